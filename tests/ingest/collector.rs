//! What every test here needs: options, a sink that keeps coarse sightings by document, and the shared data.

use std::io::{Read, Write as _};
use std::path::PathBuf;

use camera_census::ingest::{Bounds, Candidate, Census, Formats, Limits, Mapping, ReadOptions, Sink, read};
use camera_census::model::{DocumentReport, IsoWeek, Sighting};
use camera_census::privacy::coarsen;

/// Options of an import.
pub(crate) fn import() -> ReadOptions<'static> {
    ReadOptions {
        formats: Formats::All,
        mapping: None,
        gunzip: true,
        bounds: None,
        repair_swapped: false,
        kind_required: false,
        default_week: None,
        current_week: "2026-W47".parse().unwrap(),
        limits: Limits { features: 10_000_000, feature_bytes: 1024 * 1024 },
    }
}

/// Options of a posted report.
pub(crate) fn posted() -> ReadOptions<'static> {
    ReadOptions {
        formats: Formats::Geojson,
        gunzip: false,
        kind_required: true,
        default_week: Some(IsoWeek::parse("2026-W47").unwrap()),
        limits: Limits { features: 1000, feature_bytes: 64 * 1024 },
        ..import()
    }
}

pub(crate) fn mapped(mapping: &Mapping) -> ReadOptions<'_> {
    ReadOptions { mapping: Some(mapping), ..import() }
}

pub(crate) fn bounded(west: f64, south: f64, east: f64, north: f64) -> ReadOptions<'static> {
    ReadOptions { bounds: Some(Bounds { west, south, east, north }), ..import() }
}

/// Keeps what a careful caller would keep.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Collected {
    pub(crate) documents: Vec<(Census, Vec<Sighting>)>,
    pub(crate) open: Vec<Sighting>,
    pub(crate) discards: u32,
}

impl Collected {
    pub(crate) fn sightings(&self) -> Vec<Sighting> {
        self.documents.iter().flat_map(|(_, sightings)| sightings.iter().copied()).collect()
    }
}

impl Sink for Collected {
    fn candidate(&mut self, candidate: Candidate) {
        self.open.push(coarsen(candidate));
    }

    fn end_document(&mut self, census: &Census) {
        self.documents.push((census.clone(), std::mem::take(&mut self.open)));
    }

    fn discard_document(&mut self) {
        self.open.clear();
        self.discards += 1;
    }
}

pub(crate) fn run(input: impl Read, options: &ReadOptions<'_>) -> (DocumentReport, Collected) {
    let mut collected = Collected::default();
    let report = read(input, options, &mut collected).unwrap();
    assert!(collected.open.is_empty(), "every candidate belongs to a document that ended or was discarded");
    assert_eq!(collected.sightings().len() as u64, report.accepted, "what was accepted was given");
    assert_eq!(report.features, report.accepted + report.refused);
    (report, collected)
}

/// The one sighting of a text.
pub(crate) fn only(text: &str, options: &ReadOptions<'_>) -> (Sighting, DocumentReport) {
    let (report, collected) = run(text.as_bytes(), options);
    assert_eq!(report.accepted, 1, "{text}: {report:?}");
    (collected.sightings()[0], report)
}

/// A lone Feature in Geneva with these properties.
pub(crate) fn feature(properties: &str) -> String {
    format!(
        r#"{{"type":"Feature","geometry":{{"type":"Point","coordinates":[6.14,46.2]}},"properties":{{{properties}}}}}"#
    )
}

pub(crate) fn codes(report: &DocumentReport) -> Vec<(&str, &str)> {
    report.problems.iter().map(|problem| (problem.pointer.as_str(), problem.code)).collect()
}

pub(crate) fn notes(report: &DocumentReport) -> Vec<(&str, u64)> {
    report.notes.iter().map(|note| (note.code, note.count)).collect()
}

/// The directory of data sets that nobody here wrote; `None`, loudly, where it is missing.
pub(crate) fn shared_data() -> Option<PathBuf> {
    let named = std::env::var_os("CENSUS_SHARED_DATA").map(PathBuf::from);
    let path = named.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data"));
    if path.is_dir() {
        return Some(path);
    }
    assert!(std::env::var_os("CI").is_none(), "CENSUS_SHARED_DATA names no directory, and this is CI");
    // Straight to the stream: the test harness would swallow a `println!`.
    let line = format!("SKIPPED, NOTHING WAS TESTED: no shared data at {}\n", path.display());
    std::io::stderr().write_all(line.as_bytes()).unwrap();
    None
}
