//! What reading a document found: the report that receipts, `--json` and the terminal all show.

use std::collections::BTreeMap;

/// Why a feature, a line or a whole file was refused.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// JSON Pointer (RFC 6901) into the document; for lines and rows, `/<zero-based index>`; empty for the whole file.
    pub pointer: String,
    /// Stable code, `snake_case`.
    pub code: &'static str,
    /// What was wrong and what to do about it. Never quotes a value of the input.
    pub message: String,
}

/// Something that was read, but not quite as it stood there.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Note {
    /// JSON Pointer of the first place it happened.
    pub pointer: String,
    /// Stable code, `snake_case`.
    pub code: &'static str,
    /// What was done instead.
    pub message: String,
    /// How many features it happened to.
    pub count: u64,
}

/// The report on one document or file.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct DocumentReport {
    /// Recognised format, such as `geojson`; empty when it was not recognised.
    pub format: &'static str,
    /// Features seen.
    pub features: u64,
    /// Features accepted.
    pub accepted: u64,
    /// Features refused.
    pub refused: u64,
    /// The first [`DocumentReport::PROBLEMS_KEPT`] refusals, in document order.
    pub problems: Vec<Problem>,
    /// How many were refused for each code; counts every refusal.
    pub refused_by: BTreeMap<&'static str, u64>,
    /// What was read differently, one line for each code.
    pub notes: Vec<Note>,
    /// Names of properties that were dropped, sorted; names outside the fixed dictionary appear as `(unnamed)`.
    pub dropped: Vec<String>,
}

impl DocumentReport {
    /// Refusals are listed up to this many, and counted beyond.
    pub const PROBLEMS_KEPT: usize = 1000;
}

/// A [`DocumentReport`] with the path it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FileReport {
    /// Path as given on the command line, or `(request body)`.
    pub path: String,
    /// What was found in it.
    #[serde(flatten)]
    pub report: DocumentReport,
}
