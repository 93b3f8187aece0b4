//! Importing boundaries: a file to an area set, and the set into the database.

use std::io::{self, Read as _};
use std::path::Path;

use super::error::AppError;
use super::read::InputFile;
use crate::areas::{AreaOptions, Remarks, km2, read};
use crate::model::{AreaFit, AreaSet, DocumentReport, FileReport};
use crate::storage::Store;

/// What an import of boundaries did.
#[derive(Debug, Clone, serde::Serialize)]
pub struct AreaImportOutcome {
    /// The set; absent when the file could not be used at all.
    pub set: Option<AreaSetReport>,
    /// Whether it was not there before.
    pub added: bool,
    /// Whether this was a dry run.
    pub dry_run: bool,
    /// Features used.
    pub accepted: u64,
    /// Features refused.
    pub refused: u64,
    /// What was found in the file.
    pub files: Vec<FileReport>,
}

/// An area set in numbers.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct AreaSetReport {
    /// Its slug.
    pub set: String,
    /// Its name for people.
    pub name: String,
    /// Its edition; empty when not stated.
    pub edition: String,
    /// Licence of the boundaries.
    pub licence: String,
    /// How many areas it has.
    pub areas: u64,
    /// Ground of all areas, square kilometres; what two share counts twice.
    pub km2: f64,
    /// Residents of the areas whose population is stated; absent when none is.
    pub population: Option<u64>,
    /// Areas whose outline was invalid and was repaired.
    pub repaired: u32,
    /// Pairs of areas that overlap by more than a sliver.
    pub overlapping_pairs: u32,
    /// Ground in more than one area, square kilometres.
    pub overlap_km2: f64,
    /// Ground enclosed by the set but in none of its areas, square kilometres.
    pub gap_km2: f64,
}

impl AreaSetReport {
    /// Sums a set up.
    #[must_use]
    pub fn of(set: &AreaSet) -> Self {
        let AreaFit { repaired, overlapping_pairs, overlap_km2, gap_km2 } = set.fit;
        Self {
            set: set.slug.clone(),
            name: set.name.clone(),
            edition: set.edition.clone(),
            licence: set.licence.clone(),
            areas: set.areas.len() as u64,
            km2: set.areas.iter().map(km2).sum(),
            population: set.areas.iter().filter_map(|area| area.population).reduce(u64::saturating_add),
            repaired,
            overlapping_pairs,
            overlap_km2,
            gap_km2,
        }
    }
}

/// Reads boundaries. A set without a name takes that of its file.
///
/// # Errors
/// When the file cannot be read to its end. What is wrong *in* it is in the report, without a set when nothing of it can be
/// used.
pub fn read_areas(file: InputFile, mut options: AreaOptions) -> io::Result<(Option<AreaSet>, FileReport)> {
    let InputFile { path, bytes: mut input } = file;
    let mut bytes = Vec::new();
    input
        .read_to_end(&mut bytes)
        .map_err(|e| io::Error::new(e.kind(), format!("{path} could not be read to its end: {e}")))?;
    if options.set.is_empty() {
        options.set = name_of(&path);
    }
    let (set, report) = match read(&bytes, &options) {
        Ok((set, Remarks { features, problems, notes })) => {
            let mut report =
                DocumentReport { format: "geojson", features, problems, notes, ..DocumentReport::default() };
            report.refused = report.problems.len() as u64;
            report.accepted = report.features - report.refused;
            for problem in &report.problems {
                *report.refused_by.entry(problem.code).or_default() += 1;
            }
            report.problems.truncate(DocumentReport::PROBLEMS_KEPT);
            (Some(set), report)
        }
        Err(error) => (None, DocumentReport { problems: vec![error.0], ..DocumentReport::default() }),
    };
    Ok((set, FileReport { path, report }))
}

/// Name of a file without what follows its first full stop.
fn name_of(path: &str) -> String {
    let name = Path::new(path).file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let stem = name.split('.').find(|part| part.chars().any(|c| c.is_ascii_alphanumeric()));
    stem.unwrap_or("areas").to_owned()
}

/// Reads boundaries and stores them as an area set. Importing the same boundaries again changes nothing.
///
/// # Errors
/// When the file cannot be read, another set has this name and edition, or the database fails.
pub async fn import_areas(
    file: InputFile,
    options: AreaOptions,
    dry_run: bool,
    store: &Store,
) -> Result<AreaImportOutcome, AppError> {
    let (set, file) = read_areas(file, options)?;
    let added = match &set {
        None => false,
        Some(set) if dry_run => store.would_add_area_set(set).await?,
        Some(set) => store.add_area_set(set).await?,
    };
    Ok(AreaImportOutcome {
        set: set.as_ref().map(AreaSetReport::of),
        added,
        dry_run,
        accepted: file.report.accepted,
        refused: file.report.refused,
        files: vec![file],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_called_after_its_file() {
        assert_eq!(name_of("/data/ward-2012.geojson"), "ward-2012");
        assert_eq!(name_of("countries.110m.json"), "countries");
        assert_eq!(name_of("-"), "areas");
    }

    #[test]
    fn a_file_that_is_something_else_gives_a_report_and_no_set() {
        let file = |text: &'static str| InputFile { path: "x.json".to_owned(), bytes: Box::new(text.as_bytes()) };
        let (set, report) = read_areas(file(r#"{"type": "Topology"}"#), AreaOptions::default()).unwrap();
        assert!(set.is_none());
        assert_eq!(report.report.problems[0].code, "topojson");
        let square = r#"{"type": "Feature", "properties": {"name": "A"}, "geometry":
            {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}}"#;
        let (set, report) = read_areas(file(square), AreaOptions::default()).unwrap();
        let set = AreaSetReport::of(&set.unwrap());
        assert_eq!((set.set.as_str(), set.areas, report.report.accepted), ("x", 1, 1));
        // A degree by a degree at the equator (Karney's GeodSolve).
        assert!((set.km2 - 12_308.778).abs() < 0.001, "{}", set.km2);
    }
}
