//! The good and bad files of other projects' validators.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::collector::{import, posted, run, shared_data};

fn files(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.file_name().is_some_and(|name| name != "SOURCE.md" && name != "manifest.json") {
            found.push(path);
        }
    }
}

/// How many Point features a plain reading of the document finds.
fn oracle(bytes: &[u8]) -> u64 {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let Ok(document) = serde_json::from_slice::<Value>(bytes) else { return 0 };
    // `serde_json` keeps the last of two members; the one file that has a known one twice must give nothing.
    let twice = bytes.windows(7).filter(|window| window == b"\"type\":").count() > 1
        && bytes.windows(20).any(|window| window.starts_with(b"\"FeatureCollection\","))
        && document["type"] == "Feature"
        && document.get("features").is_some();
    if twice {
        return 0;
    }
    match document["type"].as_str() {
        Some("FeatureCollection") => document["features"]
            .as_array()
            .map_or(0, |all| all.iter().filter(|feature| is_point(feature)).count() as u64),
        _ => u64::from(is_point(&document)),
    }
}

fn is_point(feature: &Value) -> bool {
    let geometry = &feature["geometry"];
    let numbers: Option<Vec<f64>> =
        geometry["coordinates"].as_array().and_then(|all| all.iter().map(Value::as_f64).collect());
    let Some(numbers) = numbers else { return false };
    feature["type"] == "Feature"
        && geometry["type"] == "Point"
        && matches!(feature.get("properties"), None | Some(Value::Null | Value::Object(_)))
        && numbers.len() >= 2
        && numbers[0].abs() <= 180.0
        && numbers[1].abs() <= 90.0
        && (numbers[0] != 0.0 || numbers[1] != 0.0)
}

#[test]
fn every_file_gets_a_clean_answer_and_good_points_are_accepted() {
    let Some(shared) = shared_data() else { return };
    let mut found = Vec::new();
    files(&shared.join("geojson_adversarial"), &mut found);
    assert_eq!(found.len(), 279);
    let mut accepted = 0;
    for path in found {
        let bytes = std::fs::read(&path).unwrap();
        for options in [import(), posted()] {
            let start = Instant::now();
            let (report, _) = run(bytes.as_slice(), &options);
            assert!(start.elapsed() < Duration::from_secs(1), "{}", path.display());
            assert!(report.accepted > 0 || !report.problems.is_empty(), "{}", path.display());
            if !options.kind_required {
                assert_eq!(report.accepted, oracle(&bytes), "{}: {report:?}", path.display());
                accepted += report.accepted;
            }
        }
    }
    assert!(accepted > 10, "the oracle found something to accept");
}
