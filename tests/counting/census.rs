//! The built program with a database of its own.

use std::process::Command;

use serde_json::Value;

/// A fresh database.
pub(crate) struct Census {
    pub(crate) home: tempfile::TempDir,
}

impl Census {
    pub(crate) fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap() }
    }

    /// Runs a command with `--json`; its exit code and what it printed.
    pub(crate) fn run(&self, arguments: &[&str]) -> (Option<i32>, Value) {
        let output = self.command(arguments).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
        (output.status.code(), serde_json::from_slice(&output.stdout).unwrap())
    }

    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.home.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.display().to_string()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_camera-census"));
        command.arg("--json").args(arguments);
        command.env("CENSUS_DATABASE", format!("sqlite:{}", self.home.path().join("census.db").display()));
        command.env("CENSUS_DATA_DIR", self.home.path().join("data"));
        command
    }

    /// Runs a command that says nothing when it is done.
    pub(crate) fn quietly(&self, arguments: &[&str]) {
        let output = self.command(arguments).output().unwrap();
        assert!(output.status.success() && output.stdout.is_empty(), "{arguments:?}");
    }

    /// Builds a release in which nothing waits for others of its region, and is warned of that.
    pub(crate) fn release_at_once(&self) {
        let output = self.command(&["release", "build", "--as-of", "2026-W30", "--min-changes", "1"]).output().unwrap();
        assert!(output.status.success() && String::from_utf8_lossy(&output.stderr).contains("so few people walked"));
    }

    /// A file of the latest release.
    pub(crate) fn published(&self, name: &str) -> String {
        let releases = self.home.path().join("data/releases");
        let latest = std::fs::read_to_string(releases.join("latest")).unwrap();
        std::fs::read_to_string(releases.join(latest.trim()).join(name)).unwrap()
    }

    /// The rows of a table of the latest release, by column.
    pub(crate) fn table(&self, name: &str) -> Vec<std::collections::BTreeMap<String, String>> {
        csv::Reader::from_reader(self.published(name).as_bytes()).deserialize().map(Result::unwrap).collect()
    }
}
