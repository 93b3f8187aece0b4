//! Effort files: what the file says is what the list shows.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::census::Census;

fn list(census: &Census) -> Value {
    let (code, mut listed) = census.run(&["effort", "list"]);
    assert_eq!(code, Some(0));
    listed["effort"].take()
}

fn street(number: i32, wave: &str, pass: &str, state: &str, found: u32) -> Value {
    let west = 13.4 + f64::from(number) * 0.001;
    json!({
        "type": "Feature",
        "geometry": { "type": "LineString", "coordinates": [[west, 52.41], [west + 0.001, 52.41]] },
        "properties": { "wave": wave, "pass": pass, "state": state, "found": found }
    })
}

fn collection(features: &[Value]) -> String {
    json!({ "type": "FeatureCollection", "features": features }).to_string()
}

#[test]
fn the_list_shows_what_the_file_says_and_the_same_file_again_changes_nothing() {
    let census = Census::new();
    let file = census.file(
        "effort.geojson",
        collection(&[
            street(0, "spring", "A", "complete", 0),
            street(0, "spring", "B", "complete", 2),
            street(1, "spring", "A", "partial", 0),
            street(2, "spring", "A", "not_walked", 0),
            street(3, "spring", "B", "not_visible", 0),
        ]),
    );
    let (code, dry) = census.run(&["effort", "import", &file, "--dry-run"]);
    assert_eq!((code, &dry["marks_added"], &dry["dry_run"]), (Some(0), &json!(5), &json!(true)));
    assert_eq!(list(&census), json!([]));

    let (code, first) = census.run(&["effort", "import", &file]);
    assert_eq!(code, Some(0));
    let facts = ["accepted", "refused", "units", "units_added", "marks_added", "marks_changed", "marks_unchanged"];
    assert_eq!(facts.map(|fact| first[fact].as_u64().unwrap()), [5, 0, 4, 4, 5, 0, 0]);
    let listed = list(&census);
    let (_, again) = census.run(&["effort", "import", &file]);
    assert_eq!(facts.map(|fact| again[fact].as_u64().unwrap()), [5, 0, 4, 0, 0, 0, 5]);
    assert_eq!(list(&census), listed);

    let wave = &listed[0];
    assert_eq!((&wave["wave"], &wave["kind"], &wave["is_frame"]), (&json!("spring"), &json!("segments"), &json!(true)));
    // 0.001 degrees of longitude on 52.41 degrees north are 68.049 m on WGS 84; a street is measured in whole decimetres.
    let amount = |value: &Value, units: f64| {
        assert!((value["units"].as_f64().unwrap() - units).abs() < 0.1, "{value}");
        assert!((value["km"].as_f64().unwrap() - units * 0.068_049).abs() <= units * 0.000_05, "{value}");
    };
    amount(&wave["all"], 4.0);
    amount(&wave["surveyed"], 1.0);
    let states = ["complete", "partial", "not_visible", "not_walked"];
    for (pass, expected) in [(0, [1.0, 1.0, 0.0, 1.0]), (1, [1.0, 0.0, 1.0, 0.0])] {
        for (state, units) in states.into_iter().zip(expected) {
            amount(&wave["passes"][pass][state], units);
        }
    }
}

#[test]
fn a_mixed_and_damaged_file_gives_what_is_good_and_tells_the_rest() {
    let census = Census::new();
    let ring = [[13.4, 52.41], [13.404, 52.41], [13.404, 52.413], [13.4, 52.413], [13.4, 52.41]];
    let ground = json!({ "type": "Feature", "geometry": { "type": "Polygon", "coordinates": [ring] },
                         "properties": { "state": "complete", "wave": "spring" } });
    let mut elsewhere = ground.clone();
    elsewhere["properties"]["wave"] = json!("autumn");
    let lines = [
        street(0, "spring", "A", "complete", 0).to_string(),
        "{\"type\": \"Feature\",".to_owned(),
        ground.to_string(),
        elsewhere.to_string(),
        street(1, "spring", "A", "finished", 0).to_string(),
    ];
    let file = census.file("effort.ndjson", lines.join("\n"));
    let missing = census.file("empty.geojson", "");
    let (code, report) = census.run(&["effort", "import", &file, &missing, "--pass", "C", "--frame"]);
    assert_eq!(code, Some(3));
    let problems: Vec<(&str, &str)> = report["files"][0]["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| (problem["pointer"].as_str().unwrap(), problem["code"].as_str().unwrap()))
        .collect();
    let expected =
        [("/1", "broken_json"), ("/2/geometry", "mixed_units"), ("/4/properties/state", "state_unknown_value")];
    assert_eq!(problems, expected);
    assert_eq!(report["files"][1]["problems"][0]["code"], "empty_file");
    assert_eq!((&report["accepted"], &report["refused"]), (&json!(2), &json!(3)));

    let listed = list(&census);
    assert_eq!((&listed[0]["wave"], &listed[0]["kind"]), (&json!("autumn"), &json!("cells")));
    assert_eq!((&listed[1]["wave"], &listed[1]["all"]["units"]), (&json!("spring"), &json!(1)));
    assert!(listed.as_array().unwrap().iter().all(|wave| wave["is_frame"] == true && wave["passes"][0]["pass"] == "C"));
    // 272 m by 334 m.
    let km2 = listed[0]["all"]["km2"].as_f64().unwrap();
    assert!((km2 - 0.091).abs() < 0.009 && listed[0]["all"].get("km").is_none(), "{km2}");
}

/// The generator of a survey with a known truth, which lies beside the shared data.
fn generator() -> Option<PathBuf> {
    let shared = std::env::var_os("CENSUS_SHARED_DATA").map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    let path = shared.join("../bench/make_survey.py");
    let is_there = path.is_file() && Command::new("python3").arg("--version").output().is_ok();
    is_there.then_some(path)
}

/// Units and metres that a generated file gives each wave, pass and state; its streets are 100 m long.
fn expected(file: &Path) -> BTreeMap<(String, String, String), u64> {
    let text: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let mut counts = BTreeMap::new();
    for feature in text["features"].as_array().unwrap() {
        let word = |name: &str| feature["properties"][name].as_str().unwrap().to_owned();
        *counts.entry((word("wave"), word("pass"), word("state"))).or_default() += 1;
    }
    counts
}

#[test]
fn a_simulated_survey_is_listed_as_it_was_walked() {
    let Some(generator) = generator() else {
        println!("SKIPPED: this test needs python3 and make_survey.py beside the shared data");
        return;
    };
    let census = Census::new();
    let into = census.home.path().join("survey");
    let options = ["--streets", "14", "--partial", "0.2", "--waves", "2", "--seed", "5"];
    assert!(Command::new("python3").arg(generator).arg(&into).args(options).output().unwrap().status.success());
    let file = into.join("effort.geojson");
    let expected = expected(&file);
    assert_eq!(expected.len(), 8);

    let (code, report) = census.run(&["effort", "import", &file.display().to_string()]);
    let streets = 2 * 14 * 15;
    assert_eq!((code, &report["accepted"], &report["units"]), (Some(0), &json!(4 * streets), &json!(streets)));
    let mut found = BTreeMap::new();
    for wave in list(&census).as_array().unwrap() {
        assert_eq!((&wave["all"]["units"], &wave["is_frame"]), (&json!(streets), &json!(false)));
        for pass in wave["passes"].as_array().unwrap() {
            for state in ["complete", "partial", "not_visible", "not_walked"] {
                let (units, km) = (pass[state]["units"].as_u64().unwrap(), pass[state]["km"].as_f64().unwrap());
                if units > 0 {
                    let key = [&wave["wave"], &pass["pass"]].map(|word| word.as_str().unwrap().to_owned());
                    let [wave, pass] = key;
                    found.insert((wave, pass, state.to_owned()), units);
                }
                #[expect(clippy::cast_precision_loss, reason = "some hundred")]
                let expected_km = units as f64 * 0.1;
                // The generator draws on a sphere of 111.32 km a degree, which the ellipsoid exceeds or undercuts a little.
                assert!((km - expected_km).abs() <= 0.005 * expected_km, "{km} km of {units} streets");
            }
        }
    }
    assert_eq!(found, expected);
}
