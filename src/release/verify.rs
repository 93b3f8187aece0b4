//! Whether a release is still what it was.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::Path;

use super::directory::{digest, hex};
use super::error::ReleaseError;
use super::read::Release;
use super::signature::SIGNATURE;
use super::tombstone::Tombstone;

/// Files that stand beside the manifest and not in it.
const BESIDE: [&str; 2] = [Tombstone::FILE, SIGNATURE];

/// One thing that is not as the manifest says.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// Path below the release directory.
    pub path: String,
    /// What is wrong with it.
    pub problem: &'static str,
}

/// Compares every file of a release directory with its manifest; no findings means that it is whole and unchanged.
///
/// # Errors
/// When the manifest itself cannot be read.
pub fn verify(root: &Path) -> Result<Vec<Finding>, ReleaseError> {
    if let Some(tombstone) = Tombstone::of(root)? {
        return what_should_be_gone(root, &tombstone);
    }
    let release = Release::open(root)?;
    let mut findings = Vec::new();
    let mut expected = BTreeSet::from(["manifest.json".to_owned()]);
    for entry in &release.manifest.files {
        expected.insert(entry.path.clone());
        let mut found = |problem| findings.push(Finding { path: entry.path.clone(), problem });
        match File::open(root.join(&entry.path)).and_then(|mut file| digest(&mut file)) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => found("it is missing"),
            Err(_) => found("it cannot be read"),
            Ok((_, bytes)) if bytes != entry.bytes => found("its size differs from the manifest's"),
            Ok((hash, _)) if hex(hash.clone()) != entry.sha256 => found("its SHA-256 differs from the manifest's"),
            Ok(_) => {}
        }
    }
    for path in files_below(root, "")? {
        if !expected.contains(&path) && !BESIDE.contains(&path.as_str()) {
            findings.push(Finding { path, problem: "the manifest does not name it" });
        }
    }
    if release.summary.release != release.manifest.id {
        findings.push(Finding { path: "summary.json".to_owned(), problem: "it speaks of another release" });
    }
    if root
        .file_name()
        .and_then(|name| name.to_str())
        .is_some_and(|name| super::identity::ReleaseId::parse(name).is_some() && name != release.manifest.id)
    {
        findings.push(Finding { path: "manifest.json".to_owned(), problem: "its id is not the name of the directory" });
    }
    Ok(findings)
}

/// Of a withdrawn release nothing is left but the manifest it was cited by, and the tombstone.
fn what_should_be_gone(root: &Path, tombstone: &Tombstone) -> Result<Vec<Finding>, ReleaseError> {
    let mut findings = Vec::new();
    let path = root.join("manifest.json");
    let (hash, _) = File::open(&path).and_then(|mut file| digest(&mut file)).map_err(ReleaseError::at(&path))?;
    if hex(hash) != tombstone.manifest_sha256 {
        findings.push(Finding { path: "manifest.json".to_owned(), problem: "it is not the one that was withdrawn" });
    }
    for path in files_below(root, "")? {
        if path != "manifest.json" && !BESIDE.contains(&path.as_str()) {
            findings.push(Finding { path, problem: "the release was withdrawn, and this is still here" });
        }
    }
    Ok(findings)
}

fn files_below(root: &Path, prefix: &str) -> Result<Vec<String>, ReleaseError> {
    let directory = root.join(prefix);
    let mut files = Vec::new();
    for entry in fs::read_dir(&directory).map_err(ReleaseError::at(&directory))? {
        let entry = entry.map_err(ReleaseError::at(&directory))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        if entry.file_type().map_err(ReleaseError::at(&directory))?.is_dir() {
            files.extend(files_below(root, &path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
