use askama::Template as _;

use super::*;
use crate::drawing::{Drawing, draw};
use crate::http::assets;
use crate::http::pages::{DataPage, by_subject};
use crate::language::Language;
use crate::model::{IsoWeek, Kind, Operator};
use crate::release::FileEntry;

fn context(language: Language, path: &str) -> PageContext {
    PageContext {
        language,
        site: Site::Served,
        path: path.to_owned(),
        release: Some(ReleaseRef {
            id: "2026-W47-0123abcd".to_owned(),
            as_of: IsoWeek::parse("2026-W47").unwrap(),
            title: "Testville".to_owned(),
            licence: "CC-BY-4.0".to_owned(),
        }),
        has_picture: false,
    }
}

fn map_page(language: Language) -> MapPage {
    let cell = h3o::LatLng::new(47.37, 8.54).unwrap().to_cell(h3o::Resolution::Eight);
    let svg = draw(&Drawing {
        cells: &[(cell, 1234, 7)],
        size: (800, 500),
        title: "Map",
        description: "Hexagons",
        north: "N",
    });
    MapPage {
        page: context(language, "map"),
        base: String::new(),
        sets: Vec::new(),
        basemap: None,
        map: Some(MapView {
            cameras: 1234,
            heads: 1500,
            sightings: 2000,
            stale: 4,
            home_about: Some(35),
            tiles_path: "tiles/2026-W47-0123abcd/density/{z}/{x}/{y}.mvt".to_owned(),
            archive_path: "data/2026-W47-0123abcd/density.pmtiles".to_owned(),
            archive_bytes: 4096,
            bounds: [179.0, -18.0, -179.0, -16.0],
            svg,
            resolution: 8,
            rows: vec![CellRow { cell: cell.to_string(), cameras: 1234, per_km2: 1673.4, heads: 1500 }],
            cells: 2,
            kinds: vec![(Kind::Unknown, 1000), (Kind::Dome, 234)],
            operators: vec![(Operator::Unknown, 1234)],
            list: None,
            lists: vec![ListLine {
                name: "City <register>".to_owned(),
                path: "sources/city-register/".to_owned(),
                cameras: 77,
                licence: "ODbL-1.0".to_owned(),
                attribution: "The city".to_owned(),
            }],
            effort: None,
        }),
    }
}

#[test]
fn the_map_page_carries_the_numbers_the_picture_and_what_the_script_needs() {
    let html = map_page(Language::English).render().unwrap();
    for expected in [
        "<html lang=\"en\" dir=\"ltr\">",
        "1,234</span> cameras counted (at least)</a></h1>",
        "1,500 camera heads,",
        "from 2,000 sightings.",
        "As of week 2026-W47.",
        "<polygon class=\"hexagon class-7\"",
        "data-tiles=\"/tiles/2026-W47-0123abcd/density/{z}/{x}/{y}.mvt\"",
        "data-bounds=\"179,-18,181,-16\"",
        "<th scope=\"row\">Unknown</th><td class=\"number\">1,000</td>",
        "aria-current=\"page\">Map</a>",
        "href=\"/data/2026-W47-0123abcd/manifest.json\"",
    ] {
        assert!(html.contains(expected), "missing: {expected}");
    }
    assert!(!html.contains(" style=") && !html.contains("<style") && !html.contains("onclick"));
}

#[test]
fn the_first_page_says_how_many_what_changed_and_which_areas_there_are() {
    let map = map_page(Language::English);
    let area = |name: &str, cameras| AreaLine {
        slug: Some(name.to_lowercase()),
        name: name.to_owned(),
        cameras,
        surveyed_share: Some(0.25),
    };
    let set = AreaSetLine {
        set: "wards".to_owned(),
        name: "Wards".to_owned(),
        number: 2,
        areas: vec![area("North", Some(1200)), area("South", None)],
    };
    let change = Some(LastChange { new: 3, newly_found: 40, gone: 1 });
    let page = context(Language::English, "");
    let home = HomePage { page, base: String::new(), view: map.map, change, sets: vec![set] };
    let html = home.render().unwrap();
    for expected in [
        "1,234</span> cameras counted (at least)",
        "walked before: 3. More elsewhere: 40. Gone: 1. This is no trend",
        "<a href=\"/map\">Open the map</a>",
        "<a href=\"/areas/wards/north\">North</a></th><td class=\"number\">1,200</td><td class=\"number \">25%</td>",
        "nobody looked",
        "<a href=\"/sources/city-register/\">City &#60;register&#62;</a>",
        "ODbL-1.0",
        "aria-current=\"page\">Home</a>",
    ] {
        assert!(html.contains(expected), "missing: {expected}");
    }
    let change = Some(LastChange { new: 0, newly_found: 40, gone: 1 });
    let unframed = HomePage { change, ..home }.render().unwrap();
    assert!(unframed.contains("More: 40. Gone: 1. Which of them are new is not known"), "no list of streets, no zero");
    let home = HomePage {
        change: None,
        page: context(Language::English, ""),
        base: String::new(),
        view: map_page(Language::English).map,
        sets: Vec::new(),
    };
    let first = home.render().unwrap();
    assert!(first.contains("This is the first release."));
}

#[test]
fn pages_of_other_languages_link_to_their_own_and_load_the_same_files() {
    let html = map_page(Language::French).render().unwrap();
    assert!(html.contains("<html lang=\"fr\" dir=\"ltr\">"));
    assert!(html.contains("href=\"/fr/privacy\""));
    assert!(html.contains("href=\"/es/map\" lang=\"es\""));
    assert!(html.contains("1\u{202f}234</span> caméras comptées (au moins)"));
    assert!(html.contains(&format!("href=\"/{}\"", assets::STYLE_CSS)));
}

#[test]
fn a_page_of_an_export_finds_its_way_by_relative_addresses() {
    let mut page = context(Language::English, "releases/2026-W47-0123abcd/data");
    page.site = Site::Exported { base_url: None };
    assert_eq!(page.page("data"), "../../../data/index.html");
    assert_eq!(page.release_file("summary.json"), "../../../data/2026-W47-0123abcd/summary.json");
    page.path = String::new();
    assert_eq!(page.page(""), "index.html");
}

#[test]
fn a_page_names_a_picture_only_where_there_is_one_and_its_address_is_known() {
    let mut page = context(Language::Arabic, "areas/wards/ward-9");
    page.site = Site::ServedAt { base_url: "https://census.example/".into() };
    assert_eq!(page.picture("wards/ward-9"), None);
    page.has_picture = true;
    assert_eq!(page.picture("wards/ward-9").unwrap(), "https://census.example/ar/og/wards/ward-9.png");
    page.path = "releases/2026-W47-0123abcd/areas/wards/ward-9".to_owned();
    assert_eq!(page.picture("wards/ward-9"), None);
    page.path = String::new();
    page.site = Site::Served;
    assert_eq!(page.picture("home"), None);
}

#[test]
fn before_the_first_release_the_map_page_says_what_to_do() {
    let mut page = context(Language::English, "");
    page.release = None;
    let html = MapPage { page, base: String::new(), sets: Vec::new(), basemap: None, map: None }.render().unwrap();
    for command in ["camera-census import", "camera-census review list", "camera-census release build"] {
        assert!(html.contains(command), "{command}");
    }
    assert!(!html.contains("<script"));
}

#[test]
fn legends_name_every_class_once() {
    let page = map_page(Language::English);
    let labels = |legend: Vec<(u8, String)>| legend.into_iter().map(|(_, label)| label).collect::<Vec<_>>();
    assert_eq!(labels(page.page.count_legend()), ["1", "2–4", "5–9", "10–19", "20–49", "50–99", "100+"]);
    assert_eq!(labels(page.km2_legend()), ["< 1", "1–5", "5–20", "20–50", "50–100", "100–500", "500+"]);
}

#[test]
fn every_other_page_renders_in_every_language_with_its_own_words() {
    for language in Language::ALL {
        let file = FileEntry {
            path: "cells-r8.csv".to_owned(),
            bytes: 12_345,
            sha256: "ab".repeat(32),
            media_type: "text/csv".to_owned(),
            description: String::new(),
        };
        let data = DataPage {
            page: context(language, "data"),
            groups: by_subject([file].iter()),
            lists: Vec::new(),
            base: "https://census.example".to_owned(),
            json_ld: Some("{}".to_owned()),
            citation: "A <census>".to_owned(),
            manifest_sha256: "cd".repeat(32),
        };
        let row = HandOver { table: "sightings".into(), column: "cell".into(), purpose: "Place".into(), public: false };
        let privacy = PrivacyPage { page: context(language, "privacy"), columns: vec![row] };
        let line =
            ReleaseLine { id: "2026-W47-0123abcd".into(), as_of: IsoWeek::parse("2026-W47").unwrap(), cameras: 7 };
        let releases =
            ReleasesPage { page: context(language, "releases"), releases: vec![line], withdrawn: Vec::new() };
        let method = MethodPage { page: context(language, "method"), matching: None };
        let error = ErrorPage { page: context(language, "nowhere"), status: 404 };
        let pages = [data.render(), privacy.render(), releases.render(), method.render(), error.render()];
        for html in pages.map(Result::unwrap) {
            for key in [
                "data-",
                "file-",
                "subject-",
                "format-",
                "ogc-",
                "promise-",
                "privacy-",
                "hand-over-",
                "releases-",
                "method-",
                "error-",
                "footer-",
            ] {
                assert!(!html.contains(&format!(">{key}")), "{language:?}: a key is shown, {key}…");
            }
        }
        assert!(data.render().unwrap().contains("A &#60;census&#62;"));
        let promises = privacy.promises();
        assert_eq!(promises.len(), 16);
        assert!(promises.iter().all(|(_, title, text)| !title.starts_with("promise") && text.len() > 60));
        assert!(privacy.seizure().starts_with("What was seen, and where\n"), "{}", privacy.seizure());
    }
}

#[test]
fn errors_say_what_to_do() {
    let heading = |status| ErrorPage { page: context(Language::English, ""), status }.heading();
    assert_eq!(heading(404), "This page does not exist");
    assert_eq!(heading(503), "The server is busy");
    assert_eq!(heading(405), "The server could not read this request");
    assert_eq!(heading(500), "Something went wrong on the server");
}
