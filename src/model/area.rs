//! Areas: named polygons of an immutable set, such as the wards of a city.

use geo::MultiPolygon;

/// An area set: its slug and edition together never change their content.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaSet {
    /// Short name in addresses and file names, see [`slug_of`](super::slug_of).
    pub slug: String,
    /// Name for people.
    pub name: String,
    /// Date of the boundaries as their publisher states it, `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; empty when not stated.
    pub edition: String,
    /// SPDX identifier, or words, of the licence of the boundaries.
    pub licence: String,
    /// Words the licence wants printed, if any.
    pub attribution: Option<String>,
    /// Where the populations come from; `None` when no area has one.
    pub population: Option<PopulationSource>,
    /// How well the areas fit together.
    pub fit: AreaFit,
    /// The areas, by slug.
    pub areas: Vec<Area>,
}

/// Where the populations of an area set come from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PopulationSource {
    /// Publisher and table, for people.
    pub source: String,
    /// Year the numbers speak of.
    pub year: i32,
}

/// How well the areas of a set fit together, as measured when it was imported.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct AreaFit {
    /// Areas whose rings were invalid and were repaired.
    pub repaired: u32,
    /// Pairs of areas that overlap by more than a sliver.
    pub overlapping_pairs: u32,
    /// Ground covered by more than one area, square kilometres.
    pub overlap_km2: f64,
    /// Ground enclosed by the set but in none of its areas, square kilometres.
    pub gap_km2: f64,
}

/// One area of a set.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// Short name, unique in its set.
    pub slug: String,
    /// Name for people.
    pub name: String,
    /// Residents, if stated.
    pub population: Option<u64>,
    /// Outline in degrees WGS 84, longitude first, valid. A polygon that crosses the antimeridian has continuous
    /// longitudes, some of them beyond +-180.
    pub outline: MultiPolygon<f64>,
}

impl Area {
    /// Slug of the line of a table that holds what lies in no area.
    pub const UNASSIGNED: &'static str = "unassigned";
}
