//! Data that nobody here wrote, each set with the mapping file a coordinator would write for it.

use std::fs::File;
use std::path::Path;

use camera_census::ingest::Mapping;
use camera_census::model::{DocumentReport, Kind, Operator};
use h3o::Resolution;

use crate::collector::{Collected, import, mapped, notes, run, shared_data};

fn with_mapping(shared: &Path, file: &str, mapping: &str) -> (DocumentReport, Collected) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mappings").join(mapping);
    let mapping = Mapping::parse(&std::fs::read_to_string(path).unwrap()).unwrap();
    run(File::open(shared.join(file)).unwrap(), &mapped(&mapping))
}

fn plain(shared: &Path, file: &str) -> (DocumentReport, Collected) {
    run(File::open(shared.join(file)).unwrap(), &import())
}

fn note(report: &DocumentReport, code: &str) -> u64 {
    notes(report).iter().find(|(name, _)| *name == code).map_or(0, |(_, count)| *count)
}

#[test]
fn all_american_plate_readers_are_accepted_and_263_directions_are_not_read() {
    let Some(shared) = shared_data() else { return };
    let (report, collected) = with_mapping(&shared, "us_alpr_osm/cameras-us.json.gz", "us_alpr_osm.toml");
    assert_eq!((report.format, report.accepted, report.refused), ("json-array", 61_768, 0));
    assert_eq!(note(&report, "facing_unreadable"), 263);
    let sightings = collected.sightings();
    assert_eq!(sightings.iter().filter(|sighting| sighting.facing.is_none()).count(), 6_996 + 263);
    assert!(sightings.iter().all(|sighting| sighting.kind == Kind::PlateReader && sighting.heads == 1));
    assert!(sightings.iter().filter(|sighting| sighting.operator == Operator::Police).count() > 5_000);
    let flock = sightings.iter().filter(|sighting| sighting.maker.name() == "Flock Safety").count();
    assert!(flock >= 49_358 + 529 + 122 + 114, "{flock}");
}

#[test]
fn swiss_cameras_are_accepted_less_those_that_are_none() {
    let Some(shared) = shared_data() else { return };
    let (report, _) = plain(&shared, "osm_switzerland/sample.json");
    assert_eq!(report.features, 2_144);
    let refused: Vec<_> = report.refused_by.iter().map(|(code, count)| (*code, *count)).collect();
    assert_eq!(refused, [("fake", 1), ("indoor", 116), ("not_a_camera_guard", 2)]);
    assert_eq!(
        note(&report, "facing_unreadable"),
        8 + 47,
        "eight negative bearings, 47 lone 360: {:?}",
        notes(&report)
    );
}

#[test]
fn cameras_of_washington_are_accepted() {
    let Some(shared) = shared_data() else { return };
    for (layer, mapping, rows) in [
        ("cctv-street-cameras", "dc_cctv", 596),
        ("red-light-cameras", "dc_red_light", 50),
        ("speed-camera", "dc_speed", 127),
        ("traffic-camera", "dc_traffic", 339),
    ] {
        let file = format!("dc_opendata/{layer}.geojson");
        let (report, collected) = with_mapping(&shared, &file, &format!("{mapping}.toml"));
        assert_eq!((report.format, report.accepted, report.refused), ("geojson", rows, 0), "{layer}");
        assert!(report.notes.is_empty(), "{layer}: {:?}", report.notes);
        assert!(
            collected
                .sightings()
                .iter()
                .all(|sighting| sighting.operator != Operator::Unknown || layer == "cctv-street-cameras")
        );
    }
}

#[test]
fn cameras_of_dakar_are_accepted_without_properties() {
    let Some(shared) = shared_data() else { return };
    let (report, _) = plain(&shared, "dakar/cameras.geojson");
    assert_eq!((report.accepted, notes(&report)), (103, vec![("properties_missing", 103)]));
}

#[test]
fn tables_of_new_orleans_and_chicago_are_accepted() {
    let Some(shared) = shared_data() else { return };
    let (report, first) = with_mapping(&shared, "new_orleans/new_orleans_cameras_3_11_2022.csv", "new_orleans.toml");
    assert_eq!((report.format, report.accepted, report.refused), ("csv", 432, 0));
    assert_eq!(plain(&shared, "new_orleans/new_orleans_cameras_3_11_2022.csv").0.accepted, 432);
    let (report, second) = with_mapping(&shared, "new_orleans/camera_zips.csv", "new_orleans_zips.toml");
    assert_eq!((report.accepted, report.refused), (432, 0));
    let same = first
        .sightings()
        .iter()
        .zip(second.sightings())
        .filter(|(a, b)| a.cell.parent(Resolution::Seven) == b.cell.parent(Resolution::Seven))
        .count();
    assert!(same > 390, "one list in two spellings, the second less exact: {same}");
    let (report, collected) =
        with_mapping(&shared, "chicago_enforcement/Red_Light_Camera_Locations.csv", "chicago_red_light.toml");
    assert_eq!((report.accepted, report.refused, report.notes.len()), (149, 0, 0), "{:?}", report.notes);
    assert_eq!(collected.sightings().iter().map(|sighting| u32::from(sighting.heads)).sum::<u32>(), 149 + 147 + 4);
    let (report, _) = with_mapping(&shared, "chicago_enforcement/Speed_Camera_Locations.csv", "chicago_speed.toml");
    assert_eq!((report.accepted, report.refused, report.notes.len()), (160, 0, 0), "{:?}", report.notes);
}

#[test]
fn cameras_of_perth_are_accepted() {
    let Some(shared) = shared_data() else { return };
    let (report, collected) = with_mapping(&shared, "perth/cameras_database.json", "perth.toml");
    assert_eq!((report.accepted, report.refused, report.notes.len()), (762, 0, 0), "{:?}", report.notes);
    let police = collected.sightings().iter().filter(|sighting| sighting.operator == Operator::Police).count();
    assert_eq!(police, 51);
}

/// Each of the two exports says of one camera that it is indoors.
#[test]
fn both_exports_of_a_volunteer_app_give_three_cameras_and_one_that_is_indoors() {
    let Some(shared) = shared_data() else { return };
    for file in ["CCTV-Cameras.geojson", "cameras-working-28102025.geojson"] {
        let (report, collected) =
            with_mapping(&shared, &format!("volunteer_epicollect/{file}"), "volunteer_epicollect.toml");
        assert_eq!((report.accepted, report.refused_by.get("indoor")), (3, Some(&1)), "{report:?}");
        assert!(
            report.dropped.iter().any(|name| name == "image_url")
                && report.dropped.iter().any(|name| name == "ec5_uuid")
        );
        assert!(collected.sightings().iter().all(|sighting| sighting.kind == Kind::Fixed && sighting.week.is_some()));
    }
}

#[test]
fn other_formats_are_refused_by_name() {
    let Some(shared) = shared_data() else { return };
    for (file, code) in [
        ("luxembourg_kml/cameras.kml", "kml"),
        ("natural_earth/countries-110m.json", "topojson"),
        ("natural_earth/countries-50m.json.gz", "topojson"),
        ("city_neighborhoods/londonBoroughs.topojson", "topojson"),
        ("natural_earth/shp/naturalearth_cities.shp", "shapefile"),
        ("natural_earth/shp/naturalearth_cities.shx", "shapefile"),
        ("natural_earth/shp/naturalearth_cities.dbf", "shapefile"),
        ("natural_earth/shp/naturalearth_cities.prj", "shapefile"),
        ("comparitech/city_cameras.csv", "csv_columns"),
    ] {
        let (report, _) = plain(&shared, file);
        assert_eq!(report.problems.iter().map(|p| p.code).collect::<Vec<_>>(), [code], "{file}");
        assert_eq!(report.features, 0);
    }
    let (report, _) = plain(&shared, "natural_earth/countries_lowres.geojson");
    assert_eq!((report.accepted, report.refused_by.get("not_a_point")), (0, Some(&177)));
}
