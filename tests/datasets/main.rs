//! Real data through the built program: every file of the shared data with camera points becomes a release whose totals
//! and cells equal an independent count, and whose tiles two decoders read alike.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that cannot go on has failed, and says loudly what it skips"
)]

mod areas;
mod ledger;
mod points;
mod reconcile;
mod tiles;

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The directory of the shared data; `None`, said loudly, where it is missing. In CI it has to be there.
fn shared_data() -> Option<PathBuf> {
    let path = std::env::var_os("CENSUS_SHARED_DATA").map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    if path.is_dir() {
        return Some(path);
    }
    assert!(std::env::var_os("CI").is_none(), "the shared data are not at {}", path.display());
    eprintln!("SKIPPED: the shared data are not at {}; set CENSUS_SHARED_DATA", path.display());
    None
}

/// Runs `map --once --json` and returns what it printed.
fn map_once(files: &[PathBuf], mapping: Option<&str>, into: &Path) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_camera-census"));
    command.arg("map").args(files).arg("--once").arg(into).args(["--json", "--as-of", "2026-W47"]);
    if let Some(mapping) = mapping {
        command.arg("--mapping").arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mappings").join(mapping));
    }
    let output = command.output().unwrap();
    assert!(
        matches!(output.status.code(), Some(0 | 3)),
        "{}: {}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let refused = report["refused"].as_u64().unwrap();
    assert_eq!(output.status.code(), Some(if refused > 0 { 3 } else { 0 }), "exit code 3 says that rows were refused");
    report
}
