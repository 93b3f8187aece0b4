//! Places: bounds, swapped axes, the edges of the earth.

use camera_census::ingest::ReadOptions;
use h3o::{LatLng, Resolution};

use crate::collector::{bounded, codes, import, notes, only, run};

fn at(longitude: &str, latitude: &str) -> String {
    format!(
        r#"{{"type":"Feature","geometry":{{"type":"Point","coordinates":[{longitude},{latitude}]}},"properties":{{"kind":"dome"}}}}"#
    )
}

#[test]
fn the_edges_of_the_earth_are_on_it() {
    for (longitude, latitude) in
        [("180", "10"), ("-180", "10"), ("0", "90"), ("0", "-90"), ("-0.0", "51.5"), ("1e1", "2E+1")]
    {
        only(&at(longitude, latitude), &import());
    }
    assert_eq!(only(&at("180", "10"), &import()).0.cell, only(&at("-180", "10"), &import()).0.cell);
}

#[test]
fn swapped_axes_are_offered_for_repair_and_repaired_on_request() {
    let geneva = bounded(5.9, 46.0, 6.4, 46.4);
    let (report, _) = run(at("46.2", "6.14").as_bytes(), &geneva);
    assert_eq!(codes(&report), [("/geometry/coordinates", "axes_swapped")]);
    assert!(report.problems[0].message.contains("--repair-swapped"));
    let repair = ReadOptions { repair_swapped: true, ..geneva };
    let (sighting, report) = only(&at("46.2", "6.14"), &repair);
    assert_eq!(sighting.cell, LatLng::new(46.2, 6.14).unwrap().to_cell(Resolution::Thirteen));
    assert_eq!(notes(&report), [("axes_repaired", 1)]);
    assert_eq!(codes(&run(at("7", "6").as_bytes(), &repair).0), [("/geometry/coordinates", "out_of_bounds")]);
}

#[test]
fn swapped_axes_beyond_the_pole_are_recognised_without_bounds_and_repaired_with_them() {
    let perth = at("-31.95", "115.86");
    let (report, _) = run(perth.as_bytes(), &import());
    assert_eq!(codes(&report), [("/geometry/coordinates/1", "out_of_range")]);
    assert!(report.problems[0].message.contains("--bounds together with --repair-swapped"));
    let repair = ReadOptions { repair_swapped: true, ..bounded(115.0, -33.0, 117.0, -31.0) };
    assert_eq!(run(perth.as_bytes(), &repair).0.accepted, 1);
}

#[test]
fn bounds_may_cross_the_antimeridian() {
    let fiji = bounded(176.0, -20.0, -178.0, -15.0);
    for (longitude, accepted) in [("177", 1), ("180", 1), ("-179", 1), ("-177", 0), ("0.5", 0)] {
        assert_eq!(run(at(longitude, "-17").as_bytes(), &fiji).0.accepted, accepted, "{longitude}");
    }
}

#[test]
fn projected_coordinates_are_recognised() {
    let (report, _) = run(at("500000", "5118000").as_bytes(), &import());
    assert!(report.problems[0].message.contains("-t_srs EPSG:4326"), "{}", report.problems[0].message);
}

#[test]
fn elevation_further_numbers_and_boxes_are_left_out_with_a_note() {
    let text = at("6.14", "46.2")
        .replace("46.2]", "46.2,400]")
        .replace(r#""type":"Point""#, r#""type":"Point","bbox":[1,2,3,4]"#);
    assert_eq!(notes(&only(&text, &import()).1), [("elevation_ignored", 1), ("bbox_ignored", 1)]);
    let text = at("6.14", "46.2").replace("46.2]", "46.2,400,5]");
    assert_eq!(notes(&only(&text, &import()).1), [("extra_positions_ignored", 1)]);
}
