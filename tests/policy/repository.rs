//! What no file of the repository may say.

use std::fs;

use crate::{files, root};

/// Hosts that packages are fetched from, and places on somebody's own disk. Spelt in two parts, because this file is
/// looked at as well.
fn traces() -> Vec<String> {
    [
        ("registry.", "npmjs"),
        ("registry.", "yarnpkg"),
        ("static.", "crates.io"),
        ("index.", "crates.io"),
        ("files.", "pythonhosted"),
        ("deb.", "debian.org"),
        ("/home", "/"),
        ("/Users", "/"),
        ("/root", "/"),
        ("/work", "/"),
        ("C:\\", "Users"),
    ]
    .map(|(one, two)| format!("{one}{two}"))
    .to_vec()
}

#[test]
fn no_file_names_a_package_host_or_a_place_on_a_developers_disk() {
    let mut found = Vec::new();
    for file in files() {
        let bytes = fs::read(root().join(&file)).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        found.extend(traces().into_iter().filter(|trace| text.contains(trace)).map(|trace| format!("{file}: {trace}")));
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn nothing_third_party_and_nothing_generated_is_committed() {
    let unwanted: Vec<String> = files()
        .into_iter()
        .filter(|file| {
            ["node_modules/", "target/", "vendor/"].iter().any(|part| file.contains(part)) || file.ends_with(".min.js")
        })
        .collect();
    assert!(unwanted.is_empty(), "{unwanted:?}");
}
