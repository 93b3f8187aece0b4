//! What can go wrong with a release directory.

use std::path::{Path, PathBuf};

use super::tombstone::Tombstone;

/// A release could not be built, read or verified.
#[derive(Debug, thiserror::Error)]
pub enum ReleaseError {
    /// The file system refused.
    #[error("{}: {source}", path.display())]
    File {
        /// Where.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file of a release does not read as what it should be.
    #[error("{}: {problem}; `release verify` tells whether the release was changed", path.display())]
    Damaged {
        /// Where.
        path: PathBuf,
        /// What was wrong.
        problem: String,
    },
    /// Writing one of the formats failed.
    #[error("{format}: {problem}")]
    Format {
        /// Which.
        format: &'static str,
        /// Why.
        problem: String,
    },
    /// There is no such release.
    #[error("there is no release {0}; `release list` shows those there are")]
    Missing(String),
    /// The release was withdrawn.
    #[error("the release {} was withdrawn in {}: {}", .0.release, .0.week, .0.reason)]
    Withdrawn(Box<Tombstone>),
}

impl ReleaseError {
    /// Turns an I/O error at a path into a [`ReleaseError::File`].
    pub(super) fn at(path: &Path) -> impl FnOnce(std::io::Error) -> Self + use<'_> {
        move |source| Self::File { path: path.to_owned(), source }
    }
}
