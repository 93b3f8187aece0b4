//! npm packages: exact versions, checked bytes, no script of theirs, and no address they were fetched from.

use serde_json::Value;

use crate::{files, read};

fn json(path: &str) -> Value {
    serde_json::from_str(&read(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn lock_files() -> Vec<String> {
    let locks: Vec<String> = files().into_iter().filter(|file| file.ends_with("package-lock.json")).collect();
    assert!(!locks.is_empty(), "no lock file was found");
    locks
}

/// `1.2.3` or `1.2.3-rc.1`; no range, tag, address or path.
fn is_exact(version: &str) -> bool {
    let numbers: Vec<&str> = version.split(['-', '+']).next().unwrap_or_default().split('.').collect();
    numbers.len() == 3 && numbers.iter().all(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

#[test]
fn every_package_json_asks_for_exact_versions_and_has_a_lock_file() {
    let manifests = files().into_iter().filter(|file| file.ends_with("package.json"));
    for path in manifests {
        let lock = path.replace("package.json", "package-lock.json");
        assert!(lock_files().contains(&lock), "{path} has no lock file");
        let manifest = json(&path);
        assert_eq!(manifest["private"], true, "{path} must not be published by accident");
        for section in ["dependencies", "devDependencies", "optionalDependencies", "overrides"] {
            for (name, version) in manifest[section].as_object().into_iter().flatten() {
                assert!(version.as_str().is_some_and(is_exact), "{path}: {name} is not pinned");
            }
        }
    }
}

#[test]
fn every_locked_package_has_an_exact_version_and_a_hash_and_names_no_host() {
    for path in lock_files() {
        let lock = json(&path);
        assert_eq!(lock["lockfileVersion"], 3, "{path}");
        let packages = lock["packages"].as_object().unwrap();
        for (name, package) in packages.iter().filter(|(name, _)| !name.is_empty()) {
            assert!(package["version"].as_str().is_some_and(is_exact), "{path}: {name} has no exact version");
            let integrity = package["integrity"].as_str().unwrap_or_default();
            assert!(integrity.starts_with("sha512-"), "{path}: {name} has no SHA-512");
            assert!(package.get("resolved").is_none(), "{path}: {name} says where it was fetched from");
        }
    }
}

/// A lock file stays right only while what it locks asks for versions that do not move: `latest` in a package's
/// dependencies makes `npm ci` refuse a lock file that was right yesterday.
#[test]
fn no_locked_package_asks_for_a_version_that_moves_unless_the_manifest_pins_it() {
    for path in lock_files() {
        let manifest = json(&path.replace("package-lock.json", "package.json"));
        let lock = json(&path);
        for (package, locked) in lock["packages"].as_object().unwrap() {
            for section in ["dependencies", "optionalDependencies", "peerDependencies"] {
                for (name, wanted) in locked[section].as_object().into_iter().flatten() {
                    let moves = wanted
                        .as_str()
                        .is_none_or(|range| !range.contains(|sign: char| sign == '*' || sign.is_ascii_digit()));
                    assert!(
                        !moves || manifest["overrides"].get(name).is_some(),
                        "{path}: {package} asks for {name} {wanted}: pin it in overrides"
                    );
                }
            }
        }
    }
}
