//! Briefings: what they state, and that they repeat what the tables of the release say.

use std::collections::BTreeMap;

use super::export::{Census, files, text};
use super::{LANGUAGES, Site};

type Row = BTreeMap<String, String>;

/// The rows of a table in an export.
fn table(files: &BTreeMap<String, Vec<u8>>, release: &str, name: &str) -> Vec<Row> {
    let bytes = &files[&format!("data/{release}/{name}")];
    csv::Reader::from_reader(bytes.as_slice()).deserialize().map(Result::unwrap).collect()
}

/// The text between two signs.
fn between<'t>(text: &'t str, from: &str, to: &str) -> Option<&'t str> {
    text.split_once(from)?.1.split_once(to).map(|(inside, _)| inside)
}

/// A text without its tags.
fn plain(html: &str) -> String {
    html.split('<').enumerate().map(|(at, part)| if at == 0 { part } else { part.split_once('>').unwrap().1 }).collect()
}

/// The fields of the figures of a page: label, value, interval, denominator, definition, and where the value leads.
fn stated(page: &str) -> Vec<(Vec<String>, String)> {
    let list = between(page, "<dl class=\"stated\">", "</dl>").unwrap();
    let figures = list.split("<div>").skip(1).map(|figure| {
        let fields =
            figure.split("<d").skip(1).map(|field| plain(&format!("<d{}", field.split("</d").next().unwrap())));
        (fields.collect(), between(figure, "href=\"", "\"").unwrap().to_owned())
    });
    figures.collect()
}

/// The rows of the table of a section, as texts.
fn rows(page: &str, section: &str) -> Vec<Vec<String>> {
    let section = between(page, &format!("<section class=\"about-{section}\""), "</section>").unwrap();
    let body = between(section, "<tbody>", "</tbody>").unwrap();
    let cells = |row: &str| -> Vec<String> {
        row.split("<t").skip(1).map(|cell| plain(&format!("<t{}", cell.split("</t").next().unwrap()))).collect()
    };
    body.split("<tr>").skip(1).map(cells).collect()
}

#[test]
fn every_area_has_a_briefing_in_every_language_for_the_latest_release_and_for_each_one_for_ever() {
    let census = Census::new();
    let (target, _) = census.export("site", "");
    let files = files(&target);
    let latest = &census.releases[1];
    let areas = table(&files, latest, "areas-districts.csv");
    assert!(areas.len() > 2, "{areas:?}");
    for (prefix, _) in LANGUAGES {
        let prefix = prefix.trim_start_matches('/');
        for base in [String::new(), format!("releases/{latest}/")] {
            for area in &areas {
                let page = format!("{prefix}{base}areas/districts/{}/briefing/index.html", area["slug"]);
                assert_eq!(files.contains_key(&page), area["slug"] != "unassigned", "{page}");
                let about = text(&files[&format!("{prefix}{base}areas/districts/{}/index.html", area["slug"])]);
                let link = "/briefing/index.html\"";
                assert_eq!(about.contains(&format!("{}{link}", area["slug"])), area["slug"] != "unassigned");
            }
        }
    }
}

#[test]
fn each_figure_of_a_briefing_has_a_value_that_leads_to_its_definition_an_interval_and_a_denominator() {
    let census = Census::new();
    let (target, _) = census.export("site", "");
    let files = files(&target);
    let mut seen = 0;
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with("/briefing/index.html")) {
        let page = text(bytes);
        for (fields, definition) in stated(page) {
            assert!(fields.len() == 5 && fields.iter().all(|field| !field.trim().is_empty()), "{name}: {fields:?}");
            assert!(definition.contains("method/index.html#"), "{name}: {definition}");
        }
        let tables = page.matches("<table").count();
        assert!(tables >= 2 && page.matches("<caption>").count() == tables, "{name}");
        let heads = page.matches("<th").count() - page.matches("<thead").count();
        assert_eq!(heads, page.matches("<th scope=").count(), "{name}: a head without its scope");
        assert!(page.contains("<svg") && page.contains("<title id=") && page.contains("<desc id="), "{name}");
        assert!(page.contains("swatch unsurveyed"), "{name}: the legend does not tell what was not surveyed");
        assert!(!page.contains(" style=") && !page.contains("<script"), "{name}");
        seen += 1;
    }
    assert!(seen >= 12, "{seen} briefings");
}

#[test]
fn a_briefing_says_what_the_tables_of_the_release_say() {
    let census = Census::new();
    let (target, _) = census.export("site", "");
    let (files, release) = (files(&target), &census.releases[1]);
    let effort = table(&files, release, "effort-areas.csv");
    let changes = table(&files, release, "changes.csv");
    let mut with_effort = 0;
    for area in table(&files, release, "areas-districts.csv").iter().filter(|area| area["slug"] != "unassigned") {
        let page = text(&files[&format!("areas/districts/{}/briefing/index.html", area["slug"])]);
        let figures = stated(page);
        let of = |label: &str| &figures.iter().find(|(fields, _)| fields[0] == label).unwrap().0;
        let recorded = if area["cameras"].is_empty() { "not known" } else { &area["cameras"] };
        assert!(of("Cameras recorded")[1].starts_with(recorded), "{}: {:?}", area["slug"], of("Cameras recorded"));
        match area["estimate"].parse::<f64>() {
            Ok(estimate) => assert_eq!(of("Counted and missed, estimated")[1], format!("{estimate:.0}")),
            Err(_) => assert_eq!(of("Counted and missed, estimated")[1], "no estimate"),
        }
        assert!(figures.iter().all(|(_, definition)| !definition.ends_with('#')));
        let population: u64 = area["population"].parse().unwrap();
        let residents = of("Per 10,000 residents")[3].replace(',', "");
        assert!(residents.contains(&format!("{population} residents (Invented 2026)")), "{residents}");
        if area["per_1000_publishable"] == "yes" {
            let per_1000: f64 = area["per_1000"].parse().unwrap();
            let said: f64 = of("Per 10,000 residents")[1].parse().unwrap();
            assert!((said - per_1000 * 10.0).abs() < per_1000 * 0.1, "{said} {per_1000}");
        }
        let walked: Vec<&Row> = effort.iter().filter(|row| row["area"] == area["slug"]).collect();
        if let Some(latest) = walked.last() {
            let said = &rows(page, "effort")[0];
            assert_eq!((&said[0], &said[1]), (&latest["wave"], &latest["passes"]));
            let km: f64 = latest["extent"].parse::<f64>().unwrap() / 10_000.0;
            let shown: f64 = said[2].trim_end_matches(" km").parse().unwrap();
            assert!((shown - km).abs() <= km * 0.01, "{said:?} {km}");
            let zero = format!("on {} of {} walked", latest["none_found_units"], latest["walked_units"]);
            assert!(page.contains(&zero), "{zero}");
            if latest["walked_per_km_publishable"] == "yes" {
                let along = format!("walked: {}; per km", latest["walked_cameras"]);
                assert!(page.contains(&along), "{along}");
            }
            with_effort += 1;
        }
        let change = changes.iter().find(|row| row["scope"] == "area" && row["slug"] == area["slug"]);
        let said = rows(page, "changes");
        let named = |name: &str| said.iter().find(|row| row[0] == name).map(|row| row[1].replace('+', "")).unwrap();
        for (name, column) in [("New", "new"), ("Newly found", "newly_found")] {
            assert_eq!(named(name), change.map_or("0", |row| &row[column]), "{}", area["slug"]);
        }
        assert_eq!(named("Gone").replace('−', ""), change.map_or("0", |row| &row["gone"]), "{}", area["slug"]);
        let manifest = &files[&format!("data/{release}/manifest.json")];
        let hash: String = sha256(manifest);
        assert!(page.contains(&hash) && page.contains(release.as_str()), "the hash of the manifest");
    }
    assert!(with_effort > 0, "no area was walked");
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest as _, Sha256};
    let digits = |byte: &u8| [byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap());
    Sha256::digest(bytes).iter().flat_map(digits).collect()
}

#[test]
fn an_area_nobody_looked_at_is_unknown_and_what_is_no_area_has_no_briefing() {
    let site = Site::with_areas();
    let (status, _, far) = site.get("/areas/wards/ward-11/briefing");
    assert_eq!(status, 200);
    assert!(far.contains("how many cameras there are is unknown, not zero"), "{far}");
    assert!(stated(&far).iter().take(4).all(|(fields, _)| !fields[1].contains(|c: char| c.is_ascii_digit())));
    assert!(far.contains("There is no release before this one"), "{far}");
    assert!(!far.contains("Ward <11>"), "the name is escaped");
    let near = site.get("/areas/wards/ward-9/briefing").2;
    assert!(near.contains("There is no estimate of those missed: No team has recorded"), "the reason in words");
    for missing in ["/areas/wards/unassigned/briefing", "/areas/wards/nothing/briefing", "/areas/nothing/x/briefing"] {
        assert_eq!(site.get(missing).0, 404, "{missing}");
    }
}
