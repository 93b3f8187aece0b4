//! `manifest.json`: what a release consists of, with the hash of every file.

use std::collections::BTreeMap;

use super::inputs::Policy;

/// Version of the layout of a release directory.
pub const FILE_FORMAT: u32 = 1;

/// One file of a release.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct FileEntry {
    /// Path below the release directory, with `/`.
    pub path: String,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 of the content, in hexadecimal.
    pub sha256: String,
    /// Media type.
    pub media_type: String,
    /// What it holds, for people.
    pub description: String,
}

/// The software that built a release.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Software {
    /// Name.
    pub name: String,
    /// Version.
    pub version: String,
}

/// The manifest. Its own SHA-256 identifies the content of a release.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Manifest {
    /// Version of the layout.
    pub format: u32,
    /// Id of the release.
    pub id: String,
    /// Id of the release before it.
    pub previous: Option<String>,
    /// ISO week the release speaks of.
    pub as_of: String,
    /// Name of the census.
    pub title: String,
    /// Licence of the field data.
    pub licence: String,
    /// What built it.
    pub software: Software,
    /// The rules it was built under.
    pub policy: Policy,
    /// Every other file, by path.
    pub files: Vec<FileEntry>,
    /// SHA-256 of the published rows of each region (H3 resolution 5), so that a reader sees which regions changed.
    pub regions: BTreeMap<String, String>,
}

impl Manifest {
    /// The entry of a file.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&FileEntry> {
        self.files.iter().find(|entry| entry.path == path)
    }
}
