//! What the repository may depend on and may mention: the rules of `deny.toml`, and the same care for npm.
#![expect(clippy::panic, clippy::unwrap_used, reason = "helpers of tests may fail loudly, like tests")]

mod crates;
mod licence;
mod npm;
mod repository;

use std::path::PathBuf;
use std::process::Command;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The standard output of a program run in the repository.
fn output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(root()).output();
    let output = output.unwrap_or_else(|error| panic!("{program} does not run: {error}"));
    assert!(output.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Every file that is, or is about to be, part of the repository.
fn files() -> Vec<String> {
    let listed = output("git", &["ls-files", "--cached", "--others", "--exclude-standard"]);
    let files: Vec<String> = listed.lines().filter(|file| root().join(file).is_file()).map(str::to_owned).collect();
    assert!(files.iter().any(|file| file == "Cargo.toml"), "git lists no files of this repository");
    files
}
