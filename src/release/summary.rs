//! `summary.json`: the headline numbers of a release or of one list in it.

use std::collections::BTreeMap;

use super::area_row::EstimateLine;

/// A count of cameras under a name.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Share {
    /// Word of the vocabulary, or name of a maker.
    pub name: String,
    /// Public-space cameras.
    pub cameras: u32,
}

/// The estimate of all cameras of a census: those counted, and those missed in the units that every pass walked.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct HeadlineEstimate {
    /// Counted and missed; absent where [`HeadlineEstimate::reason`] says why.
    pub estimate: Option<f64>,
    /// Lower end of the 95 % interval, never below the number counted.
    pub low: Option<f64>,
    /// Upper end; absent where the data set no limit.
    pub high: Option<f64>,
    /// How it was estimated, a code of the method page.
    pub method: String,
    /// Why there is none, a code of the method page.
    pub reason: String,
    /// What must be said beside it: codes separated by spaces.
    pub warnings: String,
    /// Which units it speaks of.
    pub scope: String,
    /// The wave it comes from, `campaign/wave`.
    pub wave: String,
}

impl HeadlineEstimate {
    /// The estimate with its interval; `None` where there is none.
    #[must_use]
    pub fn line(&self) -> Option<EstimateLine> {
        Some(EstimateLine { estimate: self.estimate?, low: self.low?, high: self.high })
    }
}

/// The headline numbers. Every count but `home_rounded` is of public-space cameras.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Summary {
    /// Id of the release.
    pub release: String,
    /// Name of the census or of the list.
    pub title: String,
    /// ISO week the numbers speak of.
    pub as_of: String,
    /// Licence of these data.
    pub licence: String,
    /// Who must be named.
    pub attribution: String,
    /// Reports, explicit zeros among them.
    pub sightings: u32,
    /// Distinct cameras: at least so many were seen.
    pub cameras: u32,
    /// Camera heads.
    pub heads: u32,
    /// Cameras that nobody has confirmed for 24 months before `as_of`; not among `cameras`.
    #[serde(default)]
    pub stale: u32,
    /// Cameras that somebody found gone and nobody has seen since; not among `cameras`.
    #[serde(default)]
    pub gone: u32,
    /// Cameras of the public space; equal to `cameras`, and named so that nobody has to guess.
    pub public_space: u32,
    /// About how many home cameras; a sum of rounded counts.
    pub home_rounded: u32,
    /// Area sets in this release.
    pub areas: Vec<String>,
    /// What the latest wave with effort says about all cameras; absent without effort.
    pub estimate: Option<HeadlineEstimate>,
    /// Share of the streets or cells that were walked completely, 0 to 1; absent where nobody knows what there is.
    pub surveyed_share: Option<f64>,
    /// Largest distance between two sightings that were joined into one camera, metres.
    #[serde(default)]
    pub largest_diameter_m: f64,
    /// Cameras by kind, unknown first.
    pub by_kind: Vec<Share>,
    /// Cameras by operator, unknown first.
    pub by_operator: Vec<Share>,
    /// Cameras by link to a network, unknown first.
    pub by_linked: Vec<Share>,
    /// Cameras by maker, unknown first, then by name.
    pub by_maker: Vec<Share>,
    /// West, south, east, north of the counted cells in degrees; west exceeds east across the antimeridian.
    pub bounds: Option<[f64; 4]>,
    /// Number of non-empty cells at each resolution.
    pub cells: BTreeMap<String, usize>,
}
