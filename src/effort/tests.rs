//! The room as a whole: files in, statuses, shares and walks out.

use std::collections::BTreeMap;

use h3o::{CellIndex, LatLng, Resolution};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::model::{AuditUnit, DocumentReport, Effort, PassLetter, UnitKind, UnitShape, UnitState};

#[expect(clippy::needless_pass_by_value, reason = "most properties are made in the call")]
fn line(points: &[[f64; 2]], properties: Value) -> Value {
    json!({ "type": "Feature", "geometry": { "type": "LineString", "coordinates": points }, "properties": properties })
}

/// A square of ground with this south-western corner.
#[expect(clippy::needless_pass_by_value, reason = "most properties are made in the call")]
fn square(west: f64, south: f64, side: f64, properties: Value) -> Value {
    let (east, north) = (west + side, south + side);
    let ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
    json!({ "type": "Feature", "geometry": { "type": "Polygon", "coordinates": [ring] }, "properties": properties })
}

fn collection(features: &[Value]) -> String {
    json!({ "type": "FeatureCollection", "features": features }).to_string()
}

fn marked(pass: &str, state: &str) -> Value {
    json!({ "wave": "spring", "pass": pass, "state": state })
}

fn read_all(texts: &[&str], options: ReadOptions) -> (Effort, Vec<DocumentReport>) {
    let mut reader = EffortReader::new(options, BTreeMap::new());
    let reports = texts.iter().map(|text| reader.read(text.as_bytes())).collect();
    (reader.finish(), reports)
}

fn read(features: &[Value]) -> (Effort, DocumentReport) {
    let (effort, mut reports) = read_all(&[&collection(features)], ReadOptions::default());
    (effort, reports.remove(0))
}

fn letter(text: &str) -> PassLetter {
    PassLetter::parse(text).unwrap()
}

/// Streets of 0.001 degrees of longitude, side by side on a parallel.
fn street(number: i32) -> [[f64; 2]; 2] {
    let west = 13.4 + f64::from(number) * 0.001;
    [[west, 52.41], [west + 0.001, 52.41]]
}

fn codes(report: &DocumentReport) -> Vec<(&str, &str)> {
    report.problems.iter().map(|problem| (problem.pointer.as_str(), problem.code)).collect()
}

#[test]
fn a_street_and_its_reverse_are_one_unit_whatever_stands_behind_the_millionth() {
    let (effort, report) = read(&[
        line(&[[13.4, 52.41], [13.401, 52.41]], marked("A", "complete")),
        line(&[[13.401_000_3, 52.410_000_2], [13.4, 52.41]], marked("B", "partial")),
        json!({ "type": "Feature", "geometry": { "type": "LineString", "coordinates": [[13.4, 52.41, 35.0], [13.401, 52.41, 36.0]] },
                "properties": marked("C", "not_visible") }),
    ]);
    assert_eq!((effort.units.len(), effort.waves[0].marks.len(), report.accepted), (1, 3, 3));
    assert_eq!((effort.waves[0].campaign.as_str(), effort.waves[0].wave.as_str()), ("default", "spring"));
    assert!(!effort.waves[0].is_frame);
}

#[test]
fn the_number_found_changes_nothing_because_it_would_tell_of_home_cameras() {
    let with = |found: Value| {
        let mut properties = marked("A", "complete");
        properties["found"] = found;
        read(&[line(&street(0), properties)])
    };
    let without = read(&[line(&street(0), marked("A", "complete"))]);
    for found in [json!(0), json!(3), json!("0"), json!(null), json!(-1)] {
        assert_eq!(with(found), without);
    }
}

#[test]
fn of_two_statements_of_one_pass_the_less_complete_is_taken_whatever_the_order() {
    let complete = line(&street(0), json!({ "wave": "spring", "pass": "A", "state": "complete", "found": 0 }));
    let partial = line(&street(0), marked("A", "partial"));
    for features in [[complete.clone(), partial.clone()], [partial, complete.clone()]] {
        let (effort, report) = read(&features);
        let mark = effort.waves[0].marks[0];
        assert_eq!((effort.waves[0].marks.len(), mark.state), (1, UnitState::Partial));
        assert_eq!((report.notes[0].code, report.notes[0].pointer.as_str()), ("contradiction", "/features/1"));
    }
    let (_, report) = read(&[complete.clone(), complete]);
    assert!(report.notes.is_empty(), "saying the same twice contradicts nothing");
}

#[test]
fn a_wave_has_streets_or_ground_and_what_does_not_fit_is_refused_alone() {
    let (effort, report) = read(&[
        line(&street(0), marked("A", "complete")),
        square(13.4, 52.41, 0.002, marked("A", "complete")),
        square(13.4, 52.41, 0.002, json!({ "wave": "autumn", "pass": "A", "state": "complete" })),
        line(&street(1), marked("A", "complete")),
    ]);
    assert_eq!(codes(&report), [("/features/1/geometry", "mixed_units")]);
    let kinds: Vec<_> = effort.waves.iter().map(|wave| effort.kind_of(wave)).collect();
    assert_eq!(kinds, [Some(UnitKind::Cell), Some(UnitKind::Segment)]);

    let known = BTreeMap::from([(("default".to_owned(), "spring".to_owned()), UnitKind::Cell)]);
    let mut reader = EffortReader::new(ReadOptions::default(), known);
    let report = reader.read(collection(&[line(&street(0), marked("A", "complete"))]).as_bytes());
    assert_eq!((report.accepted, report.refused_by.get("mixed_units")), (0, Some(&1)));
    assert_eq!(reader.finish(), Effort::default());
}

#[test]
fn every_bad_feature_is_told_where_and_why_and_the_good_ones_stay() {
    let far = [[13.4, 52.41], [13.5, 52.41]];
    let many: Vec<[f64; 2]> = (0..1001).map(|step| [13.4 + f64::from(step) * 1e-6, 52.41]).collect();
    let good = marked("A", "complete");
    let with = |geometry: Value| json!({ "type": "Feature", "geometry": geometry, "properties": good });
    let cases = [
        (line(&street(0), json!({ "wave": "spring", "pass": "A" })), "/properties/state", "state_missing"),
        (line(&street(0), marked("A", "done")), "/properties/state", "state_unknown_value"),
        (line(&street(0), json!({ "pass": "A", "state": "partial" })), "/properties", "wave_missing"),
        (
            line(&street(0), json!({ "wave": "!", "pass": "A", "state": "partial" })),
            "/properties/wave",
            "wave_unreadable",
        ),
        (line(&street(0), json!({ "wave": 1, "state": "partial" })), "/properties", "pass_missing"),
        (line(&street(0), marked("G", "partial")), "/properties/pass", "pass_unreadable"),
        (line(&street(0), json!(null)), "/properties", "bad_properties"),
        (line(&[[13.4, 52.41]], good.clone()), "/geometry", "no_length"),
        (line(&[[13.4, 52.41], [13.4, 52.41]], good.clone()), "/geometry", "no_length"),
        (line(&[[13.4, 52.41], [13.4, 90.1]], good.clone()), "/geometry", "out_of_range"),
        (line(&far, good.clone()), "/geometry", "too_long"),
        (line(&many, good.clone()), "/geometry", "too_many_points"),
        (with(json!(null)), "", "no_geometry"),
        (with(json!({ "type": "Point", "coordinates": [13.4, 52.41] })), "/geometry", "not_a_unit"),
        (with(json!({ "type": "LineString", "coordinates": [[13.4], [52.41]] })), "/geometry", "bad_geometry"),
        (with(json!({ "type": "LineString", "coordinates": "13.4" })), "/geometry", "bad_geometry"),
        (with(json!({ "type": "MultiLineString", "coordinates": [] })), "/geometry", "no_length"),
        (with(json!({ "type": "Polygon", "coordinates": [] })), "/geometry", "bad_ring"),
        (
            with(json!({ "type": "Polygon", "coordinates": [[[13.4, 52.41], [13.5, 52.41], [13.5, 52.5]]] })),
            "/geometry",
            "bad_ring",
        ),
        (square(13.4, 52.41, 0.000_01, good.clone()), "/geometry", "no_cell"),
        (square(13.4, 52.41, 5.0, good.clone()), "/geometry", "too_large"),
        (json!({ "type": "Point" }), "", "not_a_feature"),
        (json!(7), "", "not_a_feature"),
    ];
    let mut features: Vec<Value> = cases.iter().map(|(feature, ..)| feature.clone()).collect();
    features.push(line(&street(0), good.clone()));
    let (effort, report) = read(&features);
    let expected: Vec<(String, &str)> = cases
        .iter()
        .enumerate()
        .map(|(index, (_, within, code))| (format!("/features/{index}{within}"), *code))
        .collect();
    let found: Vec<(String, &str)> =
        report.problems.iter().map(|problem| (problem.pointer.clone(), problem.code)).collect();
    assert_eq!(found, expected);
    assert_eq!((report.features, report.accepted, report.refused), (24, 1, 23));
    assert_eq!((effort.units.len(), effort.waves[0].marks.len()), (1, 1));
}

#[test]
fn a_file_that_is_no_geojson_is_refused_whole() {
    for (text, code) in [
        ("", "empty_file"),
        (" \n ", "empty_file"),
        ("{", "broken_json"),
        ("{\"type\": \"FeatureCollection\", \"features\": [}", "broken_json"),
        ("[1]", "not_geojson"),
        ("wave,pass", "broken_json"),
        ("{\"type\": \"LineString\", \"coordinates\": []}", "not_geojson"),
        ("{\"type\": \"FeatureCollection\", \"features\": {}}", "not_geojson"),
        ("{\"type\": \"FeatureCollection\", \"features\": []}", "no_features"),
        ("{\"type\": \"FeatureCollection\", \"census\": {\"pass\": \"G\"}, \"features\": [{}]}", "bad_census"),
        ("\x1F\u{8B}", "broken_json"),
    ] {
        let (effort, reports) = read_all(&[text], ReadOptions::default());
        assert_eq!(codes(&reports[0]), [("", code)], "{text}");
        assert_eq!((reports[0].features, effort), (0, Effort::default()));
    }
    let mut reader = EffortReader::new(ReadOptions::default(), BTreeMap::new());
    assert_eq!(codes(&reader.read(b"\x1F\x8B\x08")), [("", "compressed")]);
    assert_eq!(codes(&reader.read(b"{\"type\": \"\xFF\"}")), [("", "not_utf8")]);
}

#[test]
fn lines_are_judged_one_by_one() {
    let text = format!(
        "\u{FEFF}{}\n{{\n\n\u{1E}{}\n{}\n",
        line(&street(0), marked("A", "complete")),
        line(&street(1), marked("A", "done")),
        collection(&[line(&street(2), marked("A", "complete")), json!(1)])
    );
    let (effort, reports) = read_all(&[&text], ReadOptions::default());
    let expected =
        [("/1", "broken_json"), ("/3/properties/state", "state_unknown_value"), ("/4/features/1", "not_a_feature")];
    assert_eq!(codes(&reports[0]), expected);
    assert_eq!((reports[0].format, reports[0].accepted, effort.units.len()), ("geojson-seq", 2, 2));
}

#[test]
fn the_caller_wins_over_the_feature_and_the_feature_over_its_collection() {
    let features = [line(&street(0), json!({ "pass": "B", "state": "complete" }))];
    let census = json!({ "campaign": "Old Town", "wave": "Spring 2026", "pass": "A" });
    let text = json!({ "type": "FeatureCollection", "census": census, "features": features }).to_string();
    let (effort, _) = read_all(&[&text], ReadOptions::default());
    let wave = &effort.waves[0];
    assert_eq!((&*wave.campaign, &*wave.wave, wave.marks[0].pass), ("old-town", "spring-2026", letter("B")));
    let options = ReadOptions {
        campaign: Some("bern".to_owned()),
        wave: Some("w2".to_owned()),
        pass: Some(letter("C")),
        is_frame: true,
    };
    let (effort, _) = read_all(&[&text], options);
    let wave = &effort.waves[0];
    assert_eq!((&*wave.campaign, &*wave.wave, wave.marks[0].pass, wave.is_frame), ("bern", "w2", letter("C"), true));
}

#[test]
fn ground_divided_between_polygons_is_divided_between_their_cells() {
    let whole = read(&[square(13.4, 52.41, 0.004, marked("A", "complete"))]).0;
    let halves = read(&[
        square(13.4, 52.41, 0.002, marked("A", "complete")),
        square(13.402, 52.41, 0.002, marked("A", "complete")),
        square(13.4, 52.412, 0.002, marked("A", "complete")),
        square(13.402, 52.412, 0.002, marked("A", "complete")),
    ]);
    assert!(whole.units.len() > 20 && halves.1.notes.is_empty(), "{}", whole.units.len());
    assert_eq!(halves.0, whole);
    let (west, east, south, north) = (13.4, 13.404, 52.41, 52.414);
    for unit in &whole.units {
        let UnitShape::Cell(cell) = &unit.shape else { panic!("a street") };
        let centre = LatLng::from(*cell);
        assert!((west..east).contains(&centre.lng()) && (south..north).contains(&centre.lat()));
    }
}

#[test]
fn the_latest_wave_that_names_a_unit_decides_about_it() {
    let state = |wave: &str, pass: &str, state: &str| json!({ "wave": wave, "pass": pass, "state": state });
    let (effort, _) = read(&[
        line(&street(0), state("w1", "A", "complete")),
        line(&street(0), state("w1", "B", "complete")),
        line(&street(0), state("w2", "A", "partial")),
        line(&street(1), state("w1", "A", "not_walked")),
        line(&street(1), state("w1", "B", "not_visible")),
        line(&street(2), state("w2", "F", "complete")),
    ]);
    let of = |order: &[usize], number: i32| {
        let id = read(&[line(&street(number), marked("A", "complete"))]).0.units[0].id;
        let unit = effort.unit_index(&id).unwrap();
        unit_status(&effort, order).into_iter().find(|status| status.unit == unit)
    };
    let first = of(&[0, 1], 0).unwrap();
    assert_eq!((first.wave, first.passes_complete, first.passes_partial, first.is_in_frame), (1, 0, 1, true));
    assert_eq!(first.state_by_pass, [Some(UnitState::Partial), None, None, None, None, None]);
    let turned = of(&[1, 0], 0).unwrap();
    assert_eq!((turned.wave, turned.passes_complete, turned.is_surveyed()), (0, 2, true));
    let closed = of(&[0, 1], 1).unwrap();
    assert!(closed.is_closed() && !closed.is_surveyed() && closed.wave == 0);
    let last = of(&[0, 1], 2).unwrap();
    assert_eq!((last.is_in_frame, last.state_by_pass[5]), (false, Some(UnitState::Complete)));
    assert_eq!(of(&[0], 2), None, "a wave that is left out is not looked at");
}

#[test]
fn without_a_frame_there_is_no_share() {
    let complete = [line(&street(0), marked("A", "complete")), line(&street(1), marked("A", "partial"))];
    let (unframed, _) = read(&complete);
    let (framed, _) = read_all(&[&collection(&complete)], ReadOptions { is_frame: true, ..ReadOptions::default() });
    let sum = |effort: &Effort| {
        let rows = cell_effort(effort, &unit_status(effort, &[0]), UnitKind::Segment);
        let rows = coarser(&rows, Resolution::Three);
        assert_eq!(rows.len(), 1);
        rows[0].1
    };
    let length = measure(&unframed.units[0].shape);
    let (without, with) = (sum(&unframed), sum(&framed));
    assert_eq!((without.frame(), without.complete(), without.surveyed_share()), (0, length, None));
    assert_eq!((with.frame(), with.complete(), with.twice()), (2 * length, length, 0));
    assert_eq!(with.surveyed_share(), Some(0.5));
    assert_eq!(cell_effort(&framed, &unit_status(&framed, &[0]), UnitKind::Cell), []);
}

#[test]
fn the_next_walk_goes_where_most_is_missing_then_where_most_was_seen_once() {
    let at = |number: i32, pass: &str, state: &str| {
        let west = 13.4 + f64::from(number) * 0.06;
        line(&[[west, 52.41], [west + 0.001, 52.41]], marked(pass, state))
    };
    let longer = |pass: &str, state: &str| line(&[[13.52, 52.41], [13.522, 52.41]], marked(pass, state));
    let features = [
        at(0, "A", "complete"),
        at(0, "B", "complete"),
        at(1, "A", "complete"),
        at(1, "B", "partial"),
        longer("A", "not_walked"),
        at(3, "A", "partial"),
        at(4, "A", "not_visible"),
    ];
    let (effort, _) = read(&features);
    let cells = walk_next(&cell_effort(&effort, &unit_status(&effort, &[0]), UnitKind::Segment), Resolution::Seven);
    let found: Vec<_> = cells.iter().map(|next| (next.frame, next.missing, next.complete, next.once)).collect();
    let one = measure(&effort.units[effort.units.iter().position(|u| measure(&u.shape) < 900).unwrap()].shape);
    let two = effort.units.iter().map(|unit| measure(&unit.shape)).max().unwrap();
    assert_eq!(found, [(two, two, 0, 0), (one, one, 0, 0), (one, 0, one, one)]);

    let unframed = Effort {
        waves: effort.waves.iter().map(|wave| crate::model::WaveEffort { is_frame: false, ..wave.clone() }).collect(),
        ..effort
    };
    assert_eq!(
        walk_next(&cell_effort(&unframed, &unit_status(&unframed, &[0]), UnitKind::Segment), Resolution::Nine),
        []
    );
}

#[test]
fn units_complete_in_all_of_some_passes() {
    let (effort, _) = read(&[
        line(&street(0), marked("A", "complete")),
        line(&street(0), marked("B", "complete")),
        line(&street(1), marked("A", "complete")),
        line(&street(1), marked("B", "partial")),
    ]);
    let count = |passes: &[&str]| {
        let passes: Vec<_> = passes.iter().map(|pass| letter(pass)).collect();
        complete_in(&effort.waves[0], &passes).len()
    };
    assert_eq!((count(&["A"]), count(&["B"]), count(&["A", "B"]), count(&["A", "C"]), count(&[])), (2, 1, 1, 0, 0));
}

fn camera(lng: f64, lat: f64) -> CellIndex {
    LatLng::new(lat, lng).unwrap().to_cell(Resolution::Thirteen)
}

fn units(shapes: Vec<UnitShape>) -> Vec<AuditUnit> {
    shapes.into_iter().map(AuditUnit::new).collect()
}

#[test]
fn a_camera_belongs_to_the_nearest_street_within_thirty_metres() {
    let segment = |points: Vec<[i32; 2]>| UnitShape::segment(points).unwrap();
    let streets = units(vec![
        segment(vec![[13_400_000, 52_410_000], [13_410_000, 52_410_000]]),
        segment(vec![[13_400_000, 52_410_000], [13_400_000, 52_415_000]]),
    ]);
    let finder = UnitFinder::new(&streets);
    // 1e-4 degrees of latitude are 11.1 m, of longitude here 6.8 m.
    assert_eq!(finder.unit_of(camera(13.405, 52.4101)), Some(0));
    assert_eq!(finder.unit_of(camera(13.4002, 52.412)), Some(1));
    assert_eq!(finder.unit_of(camera(13.405, 52.4104)), None);
    assert_eq!(finder.unit_of(camera(13.4099, 52.412)), None);
    let twins = units(vec![
        segment(vec![[13_400_000, 52_410_000], [13_400_000, 52_415_000]]),
        segment(vec![[13_400_000, 52_410_000], [13_400_000, 52_415_000]]),
    ]);
    assert_eq!(UnitFinder::new(&twins).unit_of(camera(13.4, 52.412)), Some(0));
    assert_eq!(UnitFinder::new(&[]).unit_of(camera(13.4, 52.412)), None);
}

#[test]
fn a_camera_across_the_antimeridian_or_near_the_pole_has_its_street() {
    let street = |points: Vec<[i32; 2]>| units(vec![UnitShape::segment(points).unwrap()]);
    let dateline = UnitFinder::new(&street(vec![[179_999_500, 1_000], [-179_999_500, 1_000]]));
    assert_eq!(dateline.unit_of(camera(-179.9999, 0.001)), Some(0));
    assert_eq!(dateline.unit_of(camera(0.0, 0.001)), None);
    let pole = UnitFinder::new(&street(vec![[10_000_000, 89_999_000], [10_000_000, 89_999_900]]));
    assert_eq!(pole.unit_of(camera(10.0, 89.9995)), Some(0));
}

#[test]
fn a_camera_belongs_to_the_cell_it_lies_in() {
    let seen = camera(13.4, 52.41);
    let parent = seen.parent(UnitShape::CELL_RESOLUTION).unwrap();
    let ground = units(vec![UnitShape::Cell(parent)]);
    let finder = UnitFinder::new(&ground);
    assert_eq!(finder.unit_of(seen), Some(0));
    assert_eq!(finder.unit_of(camera(13.401, 52.41)), None);
}

/// A street of a small grid, some team's word of it.
fn statement() -> impl Strategy<Value = Value> {
    let state = prop::sample::select(UnitState::ALL);
    let pass = prop::sample::select(vec!["A", "B", "C"]);
    let wave = prop::sample::select(vec!["w1", "w2"]);
    (0..12, state, pass, wave, 0..3).prop_map(|(number, state, pass, wave, found)| {
        line(&street(number), json!({ "wave": wave, "pass": pass, "state": state.word(), "found": found }))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_features_and_files_changes_nothing(
        (features, shuffled) in prop::collection::vec(statement(), 1..40)
            .prop_flat_map(|features| (Just(features.clone()), Just(features).prop_shuffle())),
        cut in 0_usize..40,
    ) {
        let whole = read(&features).0;
        let (first, second) = shuffled.split_at(cut.min(shuffled.len()));
        let texts = [first, second].map(collection);
        let (parts, _) = read_all(&[&texts[0], &texts[1]], ReadOptions::default());
        prop_assert_eq!(parts, whole);
    }

    #[test]
    fn no_length_is_lost_between_cells_units_and_resolutions(features in prop::collection::vec(statement(), 1..40)) {
        let effort = read(&features).0;
        let order: Vec<usize> = (0..effort.waves.len()).collect();
        let statuses = unit_status(&effort, &order);
        let rows = cell_effort(&effort, &statuses, UnitKind::Segment);
        let length = |keep: &dyn Fn(&UnitStatus) -> bool| -> u64 {
            statuses.iter().filter(|status| keep(status)).map(|status| measure(&effort.units[status.unit].shape)).sum()
        };
        for resolution in [Resolution::Ten, Resolution::Nine, Resolution::Six, Resolution::Three] {
            let mut sum = CellEffort::default();
            for (_, row) in coarser(&rows, resolution) {
                sum.add(&row);
            }
            prop_assert_eq!(sum.framed.all + sum.unframed.all, length(&|_| true));
            prop_assert_eq!(sum.frame(), length(&|status| status.is_in_frame));
            prop_assert_eq!(sum.complete(), length(&UnitStatus::is_surveyed));
            prop_assert_eq!(sum.twice(), length(&|status| status.passes_complete > 1));
        }
        for next in walk_next(&rows, Resolution::Nine) {
            prop_assert!(next.missing + next.complete <= next.frame && next.once <= next.complete);
        }
    }

    #[test]
    fn no_bytes_make_the_reader_fall(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut reader = EffortReader::new(ReadOptions::default(), BTreeMap::new());
        let report = reader.read(&bytes);
        prop_assert_eq!(report.accepted, 0);
    }

    #[test]
    fn no_polygon_makes_the_tiler_fall(
        corners in prop::collection::vec([-180.0..=180.0_f64, -90.0..=90.0_f64], 1..8),
        scale in prop::sample::select(vec![1.0, 1e-2, 1e-5]),
    ) {
        let mut ring: Vec<[f64; 2]> = corners.iter().map(|corner| corner.map(|degrees| degrees * scale)).collect();
        ring.push(ring[0]);
        let ground = json!({ "type": "Feature", "geometry": { "type": "Polygon", "coordinates": [ring] },
                             "properties": marked("A", "complete") });
        let (effort, report) = read(&[ground]);
        prop_assert_eq!(report.accepted > 0, !effort.units.is_empty());
    }
}
