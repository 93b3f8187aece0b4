//! The samples of the repository go through the program as the README says they do.
#![expect(clippy::unwrap_used, reason = "helpers of tests may fail loudly, like tests")]

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Runs a command on a fresh database and shelf; the JSON it prints, after checking that it ended well.
fn census(home: &Path, arguments: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_camera-census"))
        .arg("--json")
        .args(arguments)
        .env("CENSUS_DATABASE", format!("sqlite:{}", home.join("census.db").display()))
        .env("CENSUS_DATA_DIR", home.join("data"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn sample(name: &str) -> String {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples").join(name).display().to_string()
}

#[test]
fn the_synthetic_city_is_accepted_whole_and_without_a_note() {
    let home = tempfile::tempdir().unwrap();
    let once = home.path().join("release").display().to_string();
    let report = census(home.path(), &["map", &sample("synthetic-city.geojson"), "--once", &once]);
    assert_eq!((&report["accepted"], &report["refused"]), (&2000.into(), &0.into()));
    let file = &report["files"][0];
    assert_eq!((&file["notes"], &file["dropped"]), (&serde_json::json!([]), &serde_json::json!([])));
    // 288 homes are counted apart, and "about".
    assert_eq!(report["summary"]["sightings"], 1712);
    assert_eq!(report["summary"]["cameras"], 1712);
}

#[test]
fn the_synthetic_register_is_read_through_its_mapping() {
    let home = tempfile::tempdir().unwrap();
    let (register, mapping) = (sample("synthetic-register.csv"), sample("synthetic-register.toml"));
    let import = ["import", &register, "--mapping", &mapping, "--source", "Town hall", "--licence", "CC0-1.0"];
    let report = census(home.path(), &import);
    assert_eq!((&report["accepted"], &report["refused"], &report["added"]), (&120.into(), &0.into(), &120.into()));
    assert_eq!(report["files"][0]["notes"], serde_json::json!([]));
    let again = census(home.path(), &import);
    assert_eq!((&again["added"], &again["unchanged"]), (&0.into(), &120.into()));
}
