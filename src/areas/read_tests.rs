//! Boundary files as they come.

use proptest::prelude::*;
use serde_json::json;

use super::*;

fn options() -> AreaOptions {
    AreaOptions { set: "City wards".to_owned(), edition: "2024".to_owned(), ..AreaOptions::default() }
}

fn square(west: f64, south: f64) -> Value {
    let (east, north) = (west + 1.0, south + 1.0);
    json!({ "type": "Polygon", "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]] })
}

fn feature(properties: &Value, geometry: &Value) -> Value {
    json!({ "type": "Feature", "properties": properties, "geometry": geometry })
}

fn file(features: &[Value]) -> Vec<u8> {
    json!({ "type": "FeatureCollection", "features": features }).to_string().into_bytes()
}

fn refusal(bytes: &[u8], options: &AreaOptions) -> Problem {
    read(bytes, options).unwrap_err().0
}

#[test]
fn a_name_loses_what_nobody_sees_in_it() {
    let name = "Alt\u{1}stadt\t\u{202e}West\u{200b}\n";
    let bytes = file(&[feature(&json!({ "name": name }), &square(0.0, 0.0))]);
    let (set, _) = read(&bytes, &options()).unwrap();
    assert_eq!(set.areas[0].name, "Altstadt West");
    let bytes = file(&[feature(&json!({ "name": "\u{1}\u{feff}" }), &square(0.0, 0.0))]);
    assert!(read(&bytes, &options()).is_err(), "nothing is left of it");
}

#[test]
fn wards_named_by_numbers_and_words_become_areas_by_slug() {
    let bytes = file(&[
        feature(&json!({ "WARD": 3, "pop": "1200" }), &square(0.0, 0.0)),
        feature(&json!({ "WARD": " Old Town ", "pop": 800.0 }), &square(1.0, 0.0)),
        feature(&json!({ "WARD": 2.0, "pop": "n/a" }), &square(2.0, 0.0)),
    ]);
    let options = AreaOptions {
        name_field: Some("WARD".to_owned()),
        population_field: Some("pop".to_owned()),
        population: Some(PopulationSource { source: "Census".to_owned(), year: 2020 }),
        ..options()
    };
    let (set, remarks) = read(&bytes, &options).unwrap();
    let found: Vec<_> = set.areas.iter().map(|a| (a.slug.as_str(), a.name.as_str(), a.population)).collect();
    assert_eq!(found, [("2", "2", None), ("3", "3", Some(1200)), ("old-town", "Old Town", Some(800))]);
    assert_eq!((set.slug.as_str(), set.name.as_str(), set.edition.as_str()), ("city-wards", "City wards", "2024"));
    assert_eq!(set.population, options.population);
    assert_eq!(
        remarks.notes.iter().map(|note| (note.code, note.count)).collect::<Vec<_>>(),
        [("population_unreadable", 1)]
    );
    assert!(remarks.problems.is_empty());
}

#[test]
fn features_that_cannot_be_used_are_named_by_place_and_the_rest_is_used() {
    let bytes = file(&[
        feature(&json!({ "name": "A" }), &square(0.0, 0.0)),
        feature(&json!({ "name": null }), &square(1.0, 0.0)),
        feature(&Value::Null, &square(1.0, 0.0)),
        feature(&json!({ "name": "D" }), &Value::Null),
        feature(&json!({ "name": "E" }), &json!({ "type": "Point", "coordinates": [1.0, 1.0] })),
        feature(&json!({ "name": "F" }), &square(583_000.0, 4_507_000.0)),
        feature(&json!({ "name": "G" }), &json!({ "type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]] })),
        json!({ "type": "Feature", "properties": { "name": "H" }, "geometry": { "type": "Polygon", "coordinates": "x" } }),
        json!(7),
    ]);
    let (set, remarks) = read(&bytes, &options()).unwrap();
    assert_eq!((set.areas.len(), remarks.features), (1, 9));
    let found: Vec<_> = remarks.problems.iter().map(|problem| (problem.pointer.as_str(), problem.code)).collect();
    assert_eq!(
        found,
        [
            ("/features/1/properties", "no_name"),
            ("/features/2/properties", "no_name"),
            ("/features/3/geometry", "no_geometry"),
            ("/features/4/geometry", "not_an_outline"),
            ("/features/5/geometry", "out_of_range"),
            ("/features/6/geometry", "no_ground"),
            ("/features/7", "not_a_feature"),
            ("/features/8", "not_a_feature"),
        ]
    );
}

#[test]
fn a_file_of_points_is_refused_for_what_it_is() {
    let point = json!({ "type": "Point", "coordinates": [1.0, 1.0] });
    let bytes = file(&[feature(&json!({ "name": "A" }), &point), feature(&json!({ "name": "B" }), &point)]);
    assert_eq!(refusal(&bytes, &options()).code, "not_an_outline");
    let mixed = file(&[feature(&json!({ "name": "A" }), &point), feature(&json!({ "name": "B" }), &Value::Null)]);
    assert_eq!(refusal(&mixed, &options()).code, "no_areas");
}

#[test]
fn a_missing_field_is_refused_with_the_fields_there_are() {
    let bytes = file(&[feature(&json!({ "WARD": 3, "LABEL": "Ward 3" }), &square(0.0, 0.0))]);
    let wrong = AreaOptions { name_field: Some("ward".to_owned()), ..options() };
    let problem = refusal(&bytes, &wrong);
    assert_eq!(problem.code, "name_field_missing");
    assert!(problem.message.ends_with("The fields are: LABEL, WARD."), "{}", problem.message);
    let guessed = read(&bytes, &options()).unwrap().0;
    assert_eq!(guessed.areas[0].name, "Ward 3");
    let population = AreaOptions { population_field: Some("pop".to_owned()), ..options() };
    assert_eq!(refusal(&bytes, &population).code, "population_source_missing");
    let source = Some(PopulationSource { source: "Census".to_owned(), year: 2020 });
    assert_eq!(refusal(&bytes, &AreaOptions { population: source, ..population }).code, "population_field_missing");
    assert_eq!(refusal(&bytes, &AreaOptions { set: "!".to_owned(), ..options() }).code, "no_set_name");
}

#[test]
fn features_of_one_name_are_one_area_and_count_shared_ground_once() {
    let named = |population: Value| json!({ "name": "A", "pop": population });
    let bytes = file(&[
        feature(&named(json!(10)), &square(0.0, 0.0)),
        feature(&named(json!(10)), &square(0.5, 0.0)),
        feature(&named(json!(10)), &square(7.0, 0.0)),
    ]);
    let source = Some(PopulationSource { source: "Census".to_owned(), year: 2020 });
    let options = AreaOptions { population_field: Some("pop".to_owned()), population: source, ..options() };
    let (set, remarks) = read(&bytes, &options).unwrap();
    assert_eq!((set.areas.len(), set.areas[0].outline.0.len(), set.areas[0].population), (1, 2, Some(10)));
    assert_eq!(set.fit.repaired, 0);
    assert!((geo::Area::unsigned_area(&set.areas[0].outline) - 2.5).abs() < 1e-6);
    assert_eq!(remarks.notes.iter().map(|note| (note.code, note.count)).collect::<Vec<_>>(), [("merged", 2)]);

    let differ = file(&[feature(&named(json!(10)), &square(0.0, 0.0)), feature(&named(json!(11)), &square(5.0, 0.0))]);
    let (set, remarks) = read(&differ, &options).unwrap();
    assert_eq!((set.areas[0].population, set.population), (None, None));
    assert!(remarks.notes.iter().any(|note| note.code == "population_unclear"));
}

#[test]
fn overlaps_and_gaps_are_measured_and_repairs_counted() {
    let ring = json!({ "type": "Polygon", "coordinates": [
        [[0, 0], [3, 0], [3, 3], [0, 3], [0, 0]], [[1, 1], [1, 2], [2, 2], [2, 1], [1, 1]]] });
    let bow_tie = json!({ "type": "Polygon", "coordinates": [[[10, 0], [10, 1], [11, 0], [11, 1], [10, 0]]] });
    let bytes = file(&[
        feature(&json!({ "name": "ring" }), &ring),
        feature(&json!({ "name": "over" }), &square(2.5, 0.0)),
        feature(&json!({ "name": "bow tie" }), &bow_tie),
    ]);
    let (set, _) = read(&bytes, &options()).unwrap();
    assert_eq!((set.fit.repaired, set.fit.overlapping_pairs), (1, 1));
    // Half a square degree at the equator, and a whole one at 1.5 degrees north: 111.3 km by 110.6 km.
    assert!((set.fit.overlap_km2 - 6154.0).abs() < 5.0, "{}", set.fit.overlap_km2);
    assert!((set.fit.gap_km2 - 12304.0).abs() < 10.0, "{}", set.fit.gap_km2);
}

#[test]
fn editions_are_dates() {
    for good in ["2024", "2024-05", "2024-12-31"] {
        assert!(is_edition(good), "{good}");
    }
    for bad in ["", "24", "2024-13", "2024-5", "2024-05-32", "2024-05-01-1", "May 2024", "2024-+1", "-2024"] {
        assert!(!is_edition(bad), "{bad}");
    }
}

#[test]
fn no_message_repeats_a_value() {
    let secret = "Tzzyx";
    let bytes = file(&[
        feature(&json!({ "name": secret }), &json!({ "type": "Point", "coordinates": [77.125, 1.0] })),
        feature(&json!({ "name": [secret] }), &square(77.125, 0.0)),
        feature(&json!({ "name": secret }), &square(77.125, 0.0)),
    ]);
    let (_, remarks) = read(&bytes, &options()).unwrap();
    let all = serde_json::to_string(&remarks).unwrap();
    assert!(!all.contains(secret) && !all.contains("77.125"), "{all}");
}

proptest! {
    #[test]
    fn the_order_of_features_and_the_corner_a_ring_begins_at_do_not_matter(
        places in prop::collection::vec((0_i32..6, 0_i32..6, 0_u8..5), 1..8),
        seed in any::<u64>(),
    ) {
        let features: Vec<Value> = places
            .iter()
            .map(|(x, y, name)| feature(&json!({ "name": format!("Ward {name}") }), &square(f64::from(*x) / 2.0, f64::from(*y) / 2.0)))
            .collect();
        let mut shuffled = features.clone();
        for i in (1..shuffled.len()).rev() {
            let j = usize::try_from(seed.rotate_left(u32::try_from(i).unwrap()) % (i as u64 + 1)).unwrap();
            shuffled.swap(i, j);
        }
        for feature in &mut shuffled {
            let ring = feature["geometry"]["coordinates"][0].as_array_mut().unwrap();
            ring.pop();
            ring.rotate_left(usize::try_from(seed % 4).unwrap());
            let first = ring[0].clone();
            ring.push(first);
        }
        prop_assert_eq!(read(&file(&features), &options()).unwrap().0, read(&file(&shuffled), &options()).unwrap().0);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes, &options());
    }
}
