//! How a document is read, and who receives what is read.

use super::{Candidate, Mapping};
use crate::model::{IsoWeek, PassLetter};

/// A box of longitudes and latitudes; `west` may exceed `east` when it crosses the antimeridian.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Western edge, degrees.
    pub west: f64,
    /// Southern edge, degrees.
    pub south: f64,
    /// Eastern edge, degrees.
    pub east: f64,
    /// Northern edge, degrees.
    pub north: f64,
}

/// The optional `census` member of a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Census {
    /// Slug of the campaign.
    pub campaign: Option<String>,
    /// Slug of the wave.
    pub wave: Option<String>,
    /// Pass within the wave.
    pub pass: Option<PassLetter>,
}

/// What a document may cost.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Features in one input.
    pub features: u64,
    /// Bytes of one feature, line or row. A `FeatureCollection` on one line counts by its features.
    pub feature_bytes: usize,
}

/// Which formats are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Formats {
    /// GeoJSON and newline-delimited or RFC 8142 GeoJSON: what may be posted.
    Geojson,
    /// Everything: also Overpass JSON, JSON arrays and CSV.
    All,
}

/// How to read.
#[derive(Debug, Clone, Copy)]
pub struct ReadOptions<'a> {
    /// Which formats are read.
    pub formats: Formats,
    /// Which column or property means what; without one the census and OpenStreetMap names apply.
    pub mapping: Option<&'a Mapping>,
    /// Whether gzip, recognised by its first bytes, is unpacked.
    pub gunzip: bool,
    /// Refuse what lies outside.
    pub bounds: Option<Bounds>,
    /// Exchange longitude and latitude where only that brings a point inside `bounds`.
    pub repair_swapped: bool,
    /// Whether a feature without a kind is refused (posted reports) or of unknown kind (imports). It also decides what a
    /// position of unstated origin is: a pin on a map (posted) or an import.
    pub kind_required: bool,
    /// Week of reports that do not state one.
    pub default_week: Option<IsoWeek>,
    /// The present week; later observations become unknown.
    pub current_week: IsoWeek,
    /// What a document may cost.
    pub limits: Limits,
}

/// Receives what a reader finds.
pub trait Sink {
    /// One good feature of the document being read.
    fn candidate(&mut self, candidate: Candidate);

    /// The document is complete: everything since the last end or discard belongs to it.
    fn end_document(&mut self, census: &Census);

    /// The document turned out to be unusable as a whole: forget everything since the last end or discard.
    fn discard_document(&mut self);
}
