//! The documents of the repository say what is so.
#![expect(clippy::panic, clippy::unwrap_used, reason = "helpers of tests may fail loudly, like tests")]

mod codes;
mod figures;
mod links;
mod walk_through;

use std::path::PathBuf;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}
