//! A survey of twelve streets by two teams, with every camera known.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::census::Census;

/// Streets of 100 m, one after the other from west to east; each has three cameras, 30 m apart.
const STREETS: usize = 12;
const CAMERAS: usize = 3 * STREETS;
/// Degrees of longitude that are 100 m at 52.41 degrees north.
const STREET: f64 = 0.001_472;

fn west_of(street: usize) -> f64 {
    13.4 + STREET * f64::from(u32::try_from(street).unwrap())
}

fn camera(number: usize) -> Value {
    let along = 0.2 + 0.3 * f64::from(u32::try_from(number % 3).unwrap());
    let kind = if number.is_multiple_of(2) { "fixed" } else { "dome" };
    // Those of the next street look the other way, so that a shift by a street links none of them by chance.
    let facing = if (number / 3).is_multiple_of(2) { 90 } else { 270 };
    json!({
        "type": "Feature",
        "geometry": { "type": "Point", "coordinates": [west_of(number / 3) + along * STREET, 52.41] },
        "properties": { "kind": kind, "operator": "business", "position": "map", "facing": facing, "observed": "2026-W22" }
    })
}

fn submission(pass: &str, sees: impl Fn(usize) -> bool) -> String {
    let features: Vec<Value> = (0..CAMERAS).filter(|number| sees(*number)).map(camera).collect();
    json!({ "type": "FeatureCollection", "census": { "wave": "spring", "pass": pass }, "features": features })
        .to_string()
}

fn marked(street: usize, pass: &str, state: &str) -> Value {
    let west = west_of(street);
    json!({
        "type": "Feature",
        "geometry": { "type": "LineString", "coordinates": [[west, 52.41], [west + STREET, 52.41]] },
        "properties": { "wave": "spring", "pass": pass, "state": state }
    })
}

fn area(name: &str, population: u32, west: f64, east: f64) -> Value {
    let ring = [[west, 52.40], [east, 52.40], [east, 52.42], [west, 52.42], [west, 52.40]];
    json!({
        "type": "Feature",
        "geometry": { "type": "Polygon", "coordinates": [ring] },
        "properties": { "name": name, "residents": population }
    })
}

fn collection(features: &[Value]) -> String {
    json!({ "type": "FeatureCollection", "features": features }).to_string()
}

/// Team A misses every third camera and team B every fourth. Street 11 is half seen by B, street 13 holds no camera, and
/// nobody walked street 14. Area `away` holds none of them.
fn surveyed() -> Census {
    let census = Census::new();
    for (pass, every) in [("A", 3), ("B", 4)] {
        let file = census.file(&format!("{pass}.geojson"), submission(pass, |number| number % every != 0));
        assert_eq!(census.run(&["import", &file, "--source", pass]).0, Some(0));
    }
    let mut marks: Vec<Value> = (0..STREETS).map(|street| marked(street, "A", "complete")).collect();
    marks.extend((0..STREETS).map(|street| marked(street, "B", if street == 11 { "partial" } else { "complete" })));
    marks.extend(["A", "B"].map(|pass| marked(13, pass, "complete")));
    marks.push(marked(20, "A", "not_walked"));
    let file = census.file("effort.geojson", collection(&marks));
    assert_eq!(census.run(&["effort", "import", &file]).0, Some(0));
    let middle = west_of(6);
    let areas = collection(&[
        area("West", 2_000, 13.39, middle),
        area("East", 8_000, middle, west_of(30)),
        area("Away", 5_000, 14.4, 14.5),
    ]);
    let file = census.file("halves.geojson", areas);
    let options = ["--set", "halves", "--name-field", "name", "--edition", "2026"];
    let people = ["--population-field", "residents", "--population-source", "Invented", "--population-year", "2025"];
    let arguments: Vec<&str> = ["areas", "import", &file].into_iter().chain(options).chain(people).collect();
    assert_eq!(census.run(&arguments).0, Some(0));
    assert_eq!(census.run(&["release", "build", "--as-of", "2026-W30"]).0, Some(0));
    census
}

fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column].parse().unwrap()
}

#[test]
fn every_table_adds_up_and_an_area_nobody_looked_at_is_unknown_and_not_zero() {
    let census = surveyed();
    let summary: Value = serde_json::from_str(&census.published("summary.json")).unwrap();
    let seen = (0..CAMERAS).filter(|number| number % 3 != 0 || number % 4 != 0).count();
    assert_eq!(summary["cameras"], json!(seen));
    assert_eq!(summary["areas"], json!(["halves"]));
    let rows = census.table("areas-halves.csv");
    let slugs: Vec<&str> = rows.iter().map(|row| row["slug"].as_str()).collect();
    assert_eq!(slugs, ["away", "east", "west", "unassigned"]);
    let cameras: f64 = rows.iter().filter(|row| !row["cameras"].is_empty()).map(|row| number(row, "cameras")).sum();
    assert!((cameras - number_of(&summary["cameras"])).abs() < 0.5);
    let away = &rows[0];
    assert_eq!((away["cameras"].as_str(), away["per_km2"].as_str(), away["reason"].as_str()), ("", "", "no_effort"));
    for row in &rows[1..3] {
        assert!((number(row, "per_1000") - number(row, "cameras") * 1000.0 / number(row, "population")).abs() < 1e-3);
        assert!((number(row, "per_km2") - number(row, "cameras") / number(row, "km2")).abs() < 1e-3);
    }
    let cells = census.table("cells-r10.csv");
    let total: f64 = cells.iter().filter(|row| !row["cameras"].is_empty()).map(|row| number(row, "cameras")).sum();
    assert!((total - number_of(&summary["cameras"])).abs() < 0.5);
}

fn number_of(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

#[test]
fn the_estimate_speaks_of_the_streets_both_teams_walked_and_is_never_below_the_count() {
    let census = surveyed();
    let rows = census.table("areas-halves.csv");
    for row in &rows[1..3] {
        assert!(number(row, "estimate") >= number(row, "cameras"), "{row:?}");
        assert!(number(row, "low") >= number(row, "cameras") && number(row, "low") <= number(row, "estimate"));
        assert_eq!(row["wave"], "default/spring");
    }
    assert_eq!(rows[2]["estimate_scope"], "6 of 6 units (100 %) complete in A+B");
    assert!(rows[1]["estimate_scope"].starts_with("6 of 8 units"), "{}", rows[1]["estimate_scope"]);
    let all = census.table("estimates.csv");
    let headline = all.iter().find(|row| row["set"].is_empty() && row["role"] == "headline").unwrap();
    // Three cameras stand in each of the eleven streets that both teams completed.
    assert!(number(headline, "low") <= 33.0 && number(headline, "estimate") > number(headline, "counted"));
    assert!(all.iter().any(|row| row["role"] == "model" && row["name"] == "Mt"));
    assert!(all.iter().filter(|row| row["area"] == "away").count() == 0, "nobody walked there");
}

#[test]
fn what_both_teams_missed_and_somebody_else_reported_is_not_missed_a_second_time() {
    let census = surveyed();
    let everything: Vec<Value> = (0..CAMERAS).map(camera).collect();
    let file = census.file("passers-by.geojson", collection(&everything));
    assert_eq!(census.run(&["import", &file, "--source", "Passers-by"]).0, Some(0));
    census.release_at_once();
    let row = &census.table("areas-halves.csv")[2];
    let (cameras, low, estimate) = (number(row, "cameras"), number(row, "low"), number(row, "estimate"));
    assert_eq!((row["slug"].as_str(), cameras), ("west", 18.0), "all there are");
    assert!(low >= cameras && estimate < 19.0, "{low} {estimate}: the teams missed two, and both are counted");
    let summary: Value = serde_json::from_str(&census.published("summary.json")).unwrap();
    let estimate = number_of(&summary["estimate"]["estimate"]);
    assert!((36.0..38.0).contains(&estimate), "{estimate}: 33 where both teams walked, and three more are counted");
}

#[test]
fn zero_not_surveyed_and_not_known_are_three_things() {
    let census = surveyed();
    let effort = census.table("effort.csv");
    let of = |state: &str, none: &str| {
        effort.iter().filter(|row| row["state"] == state && row["none_found"] == none).count()
    };
    // Both teams walked street 13 and reported nothing there; of what was not walked whole, nothing is said.
    assert_eq!((of("complete", "yes"), of("partial", ""), of("not_walked", "")), (2, 1, 1));
    let cells = census.table("cells-r10.csv");
    let unwalked: Vec<_> = cells.iter().filter(|row| row["surveyed_share"] == "0.0000").collect();
    assert!(!unwalked.is_empty() && unwalked.iter().all(|row| row["cameras"].is_empty()));
    let zero = cells.iter().filter(|row| row["cameras"] == "0" && number(row, "surveyed_share") > 0.0).count();
    assert!(zero > 0, "the street without cameras is a zero");
    let next = census.table("walk-next.csv");
    assert_eq!((next[0]["rank"].as_str(), next[0]["not_walked"].is_empty()), ("1", false));
    assert!((number(&next[0], "not_walked") - 1_000.0).abs() < 20.0, "100 m in decimetres: {:?}", next[0]);
}

#[test]
fn cameras_per_kilometre_are_those_beside_the_streets_that_somebody_walked() {
    let census = surveyed();
    let rows = census.table("effort-areas.csv");
    let of = |area: &str| rows.iter().find(|row| row["area"] == area).unwrap();
    // Neither team saw one camera in twelve: two of the eighteen in the west, one of those in the east.
    for (area, cameras, kilometres) in [("west", 16.0, 0.6), ("east", 17.0, 0.7)] {
        let row = of(area);
        assert!((number(row, "walked_cameras") - cameras).abs() < 0.5, "{row:?}");
        let per_km = number(row, "walked_per_km");
        assert!((per_km - cameras * 1e4 / number(row, "walked_extent")).abs() < 1e-3, "{row:?}");
        assert!((per_km - cameras / kilometres).abs() < 0.1, "{row:?}");
        assert!(number(row, "walked_per_km_low") < per_km && per_km < number(row, "walked_per_km_high"));
        assert_eq!(row["walked_per_km_publishable"], "yes");
    }
}

#[test]
fn a_wave_that_draws_the_same_streets_a_little_differently_finds_cameras_beside_its_own() {
    let census = surveyed();
    let reports = submission("A", |_| true).replace("spring", "autumn");
    let reports = census.file("autumn.geojson", reports);
    assert_eq!(census.run(&["import", &reports, "--source", "A"]).0, Some(0));
    let marks: Vec<Value> = (0..STREETS).chain([13]).map(|street| marked(street, "A", "complete")).collect();
    // Some metres north of where the streets of spring are drawn, and of the cameras.
    let marks = collection(&marks).replace("spring", "autumn").replace("52.41]", "52.41005]");
    let file = census.file("autumn-effort.geojson", marks);
    assert_eq!(census.run(&["effort", "import", &file]).0, Some(0));
    census.release_at_once();
    let effort = census.table("effort.csv");
    let zeros = |wave: &str| effort.iter().filter(|row| row["wave"] == wave && row["none_found"] == "yes").count();
    assert_eq!((zeros("spring"), zeros("autumn")), (2, 1), "street 13, by both teams and by one");
    let rows = census.table("effort-areas.csv");
    let autumn = rows.iter().filter(|row| row["wave"] == "default/autumn");
    let cameras: f64 = autumn.map(|row| number(row, "walked_cameras")).sum();
    assert!((cameras - 36.0).abs() < 0.5, "{cameras}: all there are");
}

#[test]
fn a_wrong_gate_is_shown_as_such_and_a_looser_one_never_counts_more() {
    let census = surveyed();
    let rows = census.table("sensitivity.csv");
    let counts: Vec<f64> = rows.iter().map(|row| number(row, "cameras")).collect();
    assert!(counts.is_sorted_by(|a, b| a >= b), "{counts:?}");
    assert_eq!(rows.iter().map(|row| row["gate"].as_str()).collect::<Vec<_>>(), ["0.5", "1", "2"]);
}

#[test]
fn a_ruling_changes_the_count_and_taking_it_back_restores_the_release() {
    let census = surveyed();
    let cells = census.table("cells-r10.csv");
    let cell = &cells.iter().find(|row| !row["cameras"].is_empty() && number(row, "cameras") > 0.0).unwrap()["cell"];
    let cameras = || census.published("summary.json").parse::<Value>().unwrap()["cameras"].as_u64().unwrap();
    let (_, why) = census.run(&["review", "why", cell]);
    let joined =
        why["cameras"].as_array().unwrap().iter().find(|camera| camera["sightings"].as_array().unwrap().len() == 2);
    let sightings = joined.unwrap()["sightings"].clone();
    let [first, second] = [0, 1].map(|at: usize| sightings[at]["id"].as_str().unwrap().to_owned());
    let (before, table) = (cameras(), census.published("areas-halves.csv"));
    census.quietly(&["review", "different", &first, &second]);
    census.release_at_once();
    assert_eq!(cameras(), before + 1);
    census.quietly(&["review", "same", &first, &second]);
    census.release_at_once();
    assert_eq!(cameras(), before);
    let (_, ruled) = census.run(&["review", "why", cell]);
    assert!(ruled["cameras"].as_array().unwrap().iter().any(|camera| camera["ruled"] == json!(true)));
    census.quietly(&["review", "unruled", &first, &second]);
    census.release_at_once();
    assert_eq!(census.published("areas-halves.csv"), table);
}

#[test]
fn an_estimate_without_effort_is_refused_in_a_word_and_the_count_stands() {
    let census = Census::new();
    for pass in ["A", "B"] {
        let file = census.file(&format!("{pass}.geojson"), submission(pass, |_| true));
        census.run(&["import", &file, "--source", pass]);
    }
    census.run(&["release", "build", "--as-of", "2026-W30"]);
    let summary: Value = serde_json::from_str(&census.published("summary.json")).unwrap();
    assert_eq!(
        (&summary["cameras"], &summary["estimate"], &summary["surveyed_share"]),
        (&json!(CAMERAS), &Value::Null, &Value::Null)
    );
    assert_eq!(census.table("estimates.csv").len(), 0);
}
