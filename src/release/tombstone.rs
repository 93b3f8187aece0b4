//! `withdrawn.json`: what is left of a release that was withdrawn, beside its manifest.

use std::fs;
use std::path::Path;

use super::error::ReleaseError;
use super::shelf::replace;

/// Says that a release was withdrawn, and why.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Tombstone {
    /// Id of the release.
    pub release: String,
    /// Why, in the words of whoever withdrew it; public. See [`Tombstone::clean_reason`].
    pub reason: String,
    /// ISO week it was withdrawn in.
    pub week: String,
    /// SHA-256 of its manifest: what it was cited by.
    pub manifest_sha256: String,
}

/// Longest reason, characters.
const LONGEST_REASON: usize = 500;

impl Tombstone {
    /// Name of the file.
    pub const FILE: &'static str = "withdrawn.json";

    /// A reason as it may stand on a page: one line of at most 500 characters; `None` when nothing is left of it.
    #[must_use]
    pub fn clean_reason(text: &str) -> Option<String> {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let printable = !line.chars().any(char::is_control);
        (!line.is_empty() && printable && line.chars().count() <= LONGEST_REASON).then_some(line)
    }

    /// The tombstone in a release directory, if there is one.
    pub(super) fn of(place: &Path) -> Result<Option<Self>, ReleaseError> {
        let path = place.join(Self::FILE);
        match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map(Some)
                .map_err(|e| ReleaseError::Damaged { path, problem: e.to_string() }),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(ReleaseError::at(&path)(e)),
        }
    }

    /// Puts it into a release directory in one step.
    pub(super) fn put(&self, place: &Path) -> Result<(), ReleaseError> {
        let failed = |e: serde_json::Error| ReleaseError::Format { format: "JSON", problem: e.to_string() };
        let text = serde_json::to_string_pretty(self).map_err(failed)?;
        replace(place, Self::FILE, format!("{text}\n").as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_one_line_with_something_in_it() {
        assert_eq!(Tombstone::clean_reason("  counted twice\n in ward 3 "), Some("counted twice in ward 3".to_owned()));
        for bad in ["", " \n", "a\u{7}b", &"x".repeat(501)] {
            assert_eq!(Tombstone::clean_reason(bad), None);
        }
    }
}
