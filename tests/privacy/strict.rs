//! P7: what is refused is named with a place, a code and a sentence, and nothing of it is stored.

use std::fs;

use rstest::rstest;

use crate::random::Random;
use crate::world::{Database, World};

const GEOJSON: &str = "application/geo+json";
const POINT: &str = r#"{"type":"Point","coordinates":[13.3,52.5]}"#;

fn feature(geometry: &str, properties: &str) -> String {
    format!(r#"{{"type":"Feature","geometry":{geometry},"properties":{properties}}}"#)
}

fn at(coordinates: &str) -> String {
    feature(&format!(r#"{{"type":"Point","coordinates":{coordinates}}}"#), r#"{"kind":"dome"}"#)
}

fn with(properties: &str) -> String {
    feature(POINT, properties)
}

fn good() -> String {
    with(r#"{"kind":"dome"}"#)
}

fn collection(members: &str) -> String {
    format!(r#"{{"type":"FeatureCollection",{members}"features":[{}]}}"#, good())
}

/// Bodies of which nothing can be accepted: status, JSON Pointer and code of the refusal.
fn bad_bodies() -> Vec<(String, u16, &'static str, &'static str)> {
    let deep = format!(r#"{{"kind":"dome","x":{}{}}}"#, "[".repeat(5_000), "]".repeat(5_000));
    vec![
        ("{".to_owned(), 400, "", "broken_json"),
        (format!("{}x", good()), 400, "", "broken_json"),
        (good()[..60].to_owned(), 400, "", "broken_json"),
        (at("[NaN,2]"), 400, "", "broken_json"),
        (at("[Infinity,2]"), 400, "", "broken_json"),
        (at("[+1,2]"), 400, "", "broken_json"),
        (String::new(), 422, "", "empty_file"),
        ("[]".to_owned(), 422, "", "format_not_accepted"),
        ("1".to_owned(), 422, "", "not_geojson"),
        ("null".to_owned(), 422, "", "not_geojson"),
        ("{}".to_owned(), 422, "", "not_geojson"),
        (good().replace("Feature", "feature"), 422, "", "not_geojson"),
        (POINT.to_owned(), 422, "", "bare_geometry"),
        (r#"{"type":"Topology","objects":{}}"#.to_owned(), 422, "", "topojson"),
        (r#"{"type":"FeatureCollection","features":[]}"#.to_owned(), 422, "", "no_features"),
        (r#"{"type":"FeatureCollection","features":{}}"#.to_owned(), 422, "", "not_geojson"),
        ("<kml/>".to_owned(), 422, "", "kml"),
        ("longitude,latitude\n1,2\n".to_owned(), 422, "", "format_not_accepted"),
        (r#"{"version":0.6,"elements":[]}"#.to_owned(), 422, "", "format_not_accepted"),
        (with(&deep), 422, "", "too_deep"),
        (feature("null", r#"{"kind":"dome"}"#), 422, "/geometry", "no_geometry"),
        (feature(r#"{"type":"LineString","coordinates":[[1,2],[3,4]]}"#, "{}"), 422, "/geometry", "not_a_point"),
        (at("[]"), 422, "/geometry/coordinates", "bad_coordinates"),
        (at("[1]"), 422, "/geometry/coordinates", "bad_coordinates"),
        (at(r#"["1","2"]"#), 422, "/geometry/coordinates/0", "bad_coordinates"),
        (at("[13.3,null]"), 422, "/geometry/coordinates/1", "bad_coordinates"),
        (at("[1e999,2]"), 422, "/geometry/coordinates/0", "not_finite"),
        (at("[180.0000001,2]"), 422, "/geometry/coordinates/0", "out_of_range"),
        (at("[540,2]"), 422, "/geometry/coordinates/0", "out_of_range"),
        (at("[2,90.1]"), 422, "/geometry/coordinates/1", "out_of_range"),
        (at("[2,-95]"), 422, "/geometry/coordinates/1", "out_of_range"),
        (at("[0,0]"), 422, "/geometry/coordinates", "null_island"),
        (at("[-0.0,0.0]"), 422, "/geometry/coordinates", "null_island"),
        (with("[]"), 422, "/properties", "bad_properties"),
        (with("{}"), 422, "/properties", "kind_missing"),
        (with("null"), 422, "/properties", "kind_missing"),
        (with(r#"{"kind":7}"#), 422, "/properties/kind", "kind_unknown_value"),
        (with(r#"{"kind":"dome\u0000"}"#), 422, "/properties/kind", "kind_unknown_value"),
        (with(r#"{"kind":"dome","kind":"fixed"}"#), 422, "/properties/kind", "duplicate_member"),
        (with(r#"{"kind":"indoor"}"#), 422, "/properties/kind", "indoor"),
        (
            with(r#"{"man_made":"surveillance","surveillance:type":"guard"}"#),
            422,
            "/properties/surveillance:type",
            "not_a_camera_guard",
        ),
        (collection(r#""crs":{"type":"name","properties":{"name":"EPSG:3857"}},"#), 422, "/crs", "other_crs"),
        (collection(r#""census":[],"#), 422, "/census", "bad_census"),
        (collection(r#""census":{"campaign":"nowhere"},"#), 422, "/census/campaign", "no_campaign"),
        (collection(r#""census":{"wave":"never"},"#), 422, "/census/wave", "no_wave"),
        (collection(r#""census":{"pass":"A"},"#), 422, "/census/pass", "pass_without_wave"),
    ]
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
fn what_is_refused_is_named_and_leaves_no_row_and_no_byte(#[case] database: Database) {
    let Some(world) = World::new(database) else { return };
    let server = world.serve();
    let mut random = Random::seeded(40);
    assert_eq!(server.post(&random.secret(), good()).status, 202);
    let log = world.everything().join("census.db-wal");
    let size = || fs::metadata(&log).map_or(0, |metadata| metadata.len());
    let before = size();
    assert_eq!(before > 0, database == Database::Sqlite);
    for (body, status, pointer, code) in bad_bodies() {
        let secret = random.secret();
        let shown = &body[..body.len().min(120)];
        let problem = server.post(&secret, &body).is_problem(status);
        let first = &problem["errors"][0];
        assert_eq!((&first["pointer"], &first["code"]), (&pointer.into(), &code.into()), "{shown}: {problem}");
        assert!(first["detail"].as_str().is_some_and(|sentence| sentence.len() > 20), "{shown}: {problem}");
        assert_eq!(problem["accepted"], 0, "{shown}");
        assert_eq!(size(), before, "{shown} reached the disk");
        assert_eq!(server.receipt("GET", &secret).json()["pending"], 0, "{shown}");
    }
    for (name, value) in [("Content-Type", "text/plain"), ("Content-Encoding", "gzip"), ("Idempotency-Key", "short")] {
        let defaults = [("Content-Type", GEOJSON), ("Idempotency-Key", "00112233445566778899aabbccddeeff")];
        let kept = defaults.into_iter().filter(|(other, _)| *other != name);
        let headers: Vec<_> = kept.chain([(name, value)]).collect();
        let answer = server.ask("POST", "/api/v1/submissions", &headers, good().as_bytes());
        assert!(matches!(answer.status, 400 | 415), "{name}: {answer}");
        assert_eq!(size(), before, "{name}");
    }
    assert_eq!(world.pending(), 1);
    // The measure moves when something is stored.
    assert_eq!(server.post(&random.secret(), good()).status, 202);
    assert_eq!(size() > before, database == Database::Sqlite);
    assert_eq!(world.pending(), 2);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
fn good_features_are_kept_beside_refused_ones(#[case] database: Database) {
    let Some(world) = World::new(database) else { return };
    let server = world.serve();
    let mut random = Random::seeded(41);
    let secret = random.secret();
    let body = format!(r#"{{"type":"FeatureCollection","features":[{},7,{}]}}"#, good(), at("[181,0]"));
    let receipt = server.post(&secret, body).json();
    assert_eq!((&receipt["accepted"], &receipt["refused"]), (&1.into(), &2.into()), "{receipt}");
    let problems = &receipt["files"][0]["problems"];
    assert_eq!(problems[0]["pointer"], "/features/1", "{receipt}");
    assert_eq!(problems[1]["pointer"], "/features/2/geometry/coordinates/0", "{receipt}");
    assert_eq!(server.receipt("GET", &secret).json()["pending"], 1);

    let lines = format!("{}\n{{\"broken\n{}\n", good(), good());
    let secret = random.secret();
    let headers = [("Content-Type", "application/x-ndjson"), ("Idempotency-Key", secret.as_str())];
    let receipt = server.ask("POST", "/api/v1/submissions", &headers, lines.as_bytes()).json();
    assert_eq!((&receipt["accepted"], &receipt["refused"]), (&2.into(), &1.into()), "{receipt}");
    assert_eq!(receipt["files"][0]["problems"][0]["pointer"], "/1", "{receipt}");
    assert_eq!(receipt["files"][0]["problems"][0]["code"], "broken_json", "{receipt}");
    assert_eq!(server.receipt("GET", &secret).json()["pending"], 2);
    assert_eq!(world.pending(), 3);

    // A bad value of a known optional property becomes unknown, with a note.
    let receipt =
        server.post(&random.secret(), with(r#"{"kind":"dome","mount":"sky","heads":1000,"facing":720}"#)).json();
    assert_eq!(receipt["accepted"], 1, "{receipt}");
    let codes: Vec<&str> =
        receipt["files"][0]["notes"].as_array().unwrap().iter().filter_map(|note| note["code"].as_str()).collect();
    assert_eq!(codes.len(), 3, "{receipt}");
    assert!(["mount_unreadable", "heads_unreadable", "facing_unreadable"].iter().all(|code| codes.contains(code)));
}
