//! `summary.json`: the headline numbers of a release or of one list in it.

use std::collections::BTreeMap;

/// A count of cameras under a name.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Share {
    /// Word of the vocabulary, or name of a maker.
    pub name: String,
    /// Public-space cameras.
    pub cameras: u32,
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
    /// Cameras of the public space; equal to `cameras`, and named so that nobody has to guess.
    pub public_space: u32,
    /// About how many home cameras; a sum of rounded counts.
    pub home_rounded: u32,
    /// Area sets in this release.
    pub areas: Vec<String>,
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
