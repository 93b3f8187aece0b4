//! What a briefing is made of: what one release says about one area, without words.

use super::said::{Interval, PublishedNumber};

/// Everything a briefing states.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// The release.
    pub release: ReleaseFacts,
    /// The area, and what was counted there.
    pub area: AreaFacts,
    /// The map of the area; `None` where the release has no outline of it.
    pub map: Option<MapFacts>,
    /// What teams walked, the latest wave last.
    pub effort: Vec<WaveFacts>,
    /// What changed since the release before; `None` where there is none.
    pub before: Option<BeforeFacts>,
    /// The areas nearby, by name, this one among them; empty where it has no rate.
    pub nearby: Vec<NearbyFacts>,
    /// How many more areas of the set have a rate.
    pub further: u64,
    /// Published figures, those that tell most first.
    pub figures: Vec<FigureFacts>,
}

/// Where the numbers come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseFacts {
    /// Name of the census.
    pub census: String,
    /// Id of the release.
    pub id: String,
    /// Year and number of the ISO week up to which reports are counted.
    pub week: (i32, u8),
    /// A camera that dated reports last saw so many months before that week, or longer, is counted apart unless a register
    /// lists it; `None` where nothing is.
    pub seen_within_months: Option<u32>,
    /// SHA-256 of the manifest, in hexadecimal.
    pub sha256: String,
    /// SPDX name of the licence.
    pub licence: String,
    /// How the release is cited, in one line without the hash.
    pub citation: String,
    /// Name and version of the program that built it.
    pub software: String,
    /// Names of the sources whose reports are counted.
    pub sources: Vec<String>,
    /// Its files in which the numbers stand.
    pub files: Vec<String>,
}

/// An area, and what was counted there.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaFacts {
    /// Slug of its set.
    pub set: String,
    /// Name of its set.
    pub set_name: String,
    /// Date of the boundaries; empty when not stated.
    pub edition: String,
    /// Its slug.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Whether anybody looked here; the counts are unknown where nobody did.
    pub is_looked_at: bool,
    /// Cameras counted.
    pub cameras: u32,
    /// Their heads.
    pub heads: u32,
    /// Cameras that nobody has confirmed for 24 months, not among the counted.
    pub stale: u32,
    /// About how many home cameras; `None` where that is withheld.
    pub home: Option<u32>,
    /// Square kilometres.
    pub km2: Option<f64>,
    /// Residents, with the source of that number and its year.
    pub residents: Option<(u64, String, Option<i32>)>,
    /// Cameras per square kilometre.
    pub per_km2: Option<Rate>,
    /// Cameras per 10,000 residents.
    pub per_10_000: Option<Rate>,
    /// Counted and missed.
    pub estimate: Option<Interval>,
    /// Code of the method; empty without an estimate.
    pub method: String,
    /// Code of the reason why there is no estimate; empty with one.
    pub reason: String,
    /// Codes of what must be said beside the estimate.
    pub warnings: Vec<String>,
    /// Which units the estimate speaks of, as the tables of the release have it; empty without effort.
    pub scope: String,
    /// Share of the streets or cells that were walked completely; `None` where nobody knows what there is.
    pub surveyed_share: Option<f64>,
    /// Cameras by word of the vocabulary, unknown first.
    pub kinds: Vec<(&'static str, u32)>,
    /// The same by operator.
    pub operators: Vec<(&'static str, u32)>,
    /// The same by link to a network.
    pub linked: Vec<(&'static str, u32)>,
    /// Cameras of makers under a restriction, and of known makers under none.
    pub restricted: (u32, u32),
}

/// A rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// The rate with its interval.
    pub interval: Interval,
    /// Whether there are cameras enough to print it.
    pub is_publishable: bool,
}

/// The map of the area.
#[derive(Debug, Clone, PartialEq)]
pub struct MapFacts {
    /// Outline in degrees.
    pub outline: geo::MultiPolygon<f64>,
    /// Cells that reach into the area, with their number of cameras and how they are filled.
    pub cells: Vec<(h3o::CellIndex, u64, crate::drawing::Fill)>,
    /// H3 resolution of the cells.
    pub resolution: u8,
}

/// What the teams of one wave walked in the area. Extents are decimetres of streets, or square metres of cells.
#[derive(Debug, Clone, PartialEq)]
pub struct WaveFacts {
    /// The wave, `campaign/wave`.
    pub wave: String,
    /// Letters of the teams that walked something completely.
    pub teams: String,
    /// Whether the units are streets; cells otherwise.
    pub is_streets: bool,
    /// Whether the wave names all there is to walk.
    pub is_frame: bool,
    /// Units named, and their extent.
    pub named: Amount,
    /// Walked completely by one team at least.
    pub walked: Amount,
    /// Walked completely by every team.
    pub walked_by_all: Amount,
    /// Walked completely by one team at least, and none of the teams reported a camera there.
    pub none_found: Amount,
    /// Cameras counted beside what was walked completely by one team at least; `None` where the release does not say.
    pub cameras: Option<u64>,
    /// The same per kilometre; `None` for cells.
    pub per_km: Option<Rate>,
}

/// Units, and their extent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Amount {
    /// How many.
    pub units: u64,
    /// Decimetres, or square metres.
    pub extent: u64,
}

/// What became of the cameras of the area since the release before.
#[derive(Debug, Clone, PartialEq)]
pub struct BeforeFacts {
    /// Id of the release before.
    pub release: String,
    /// Cameras then; `None` where nobody had looked, or the area was not counted in this edition.
    pub before: Option<u32>,
    /// Cameras now; `None` where nobody looked.
    pub after: Option<u32>,
    /// More cameras where all there is had been walked before.
    pub new: u32,
    /// More cameras where it had not.
    pub newly_found: u32,
    /// One place told apart into several.
    pub split: u32,
    /// Several found to be one.
    pub merged: u32,
    /// Found gone.
    pub gone: u32,
    /// Not confirmed any more; confirmed again when negative.
    pub stale: i64,
    /// What cells on the border make different; `None` where `before` cannot be compared.
    pub border: Option<i64>,
    /// Walked completely now and not before: decimetres of streets, or square metres of cells.
    pub newly_walked: u64,
}

/// An area nearby.
#[derive(Debug, Clone, PartialEq)]
pub struct NearbyFacts {
    /// Its slug.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Whether anybody looked there.
    pub is_looked_at: bool,
    /// Cameras per square kilometre.
    pub per_km2: Option<Rate>,
    /// Share surveyed.
    pub surveyed_share: Option<f64>,
    /// How its rate stands to that of the area.
    pub beside: Beside,
}

/// How the rates of two areas stand to each other at 95 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// It is the area itself.
    Here,
    /// They cannot be separated.
    Alike,
    /// They differ by more than chance explains, and both areas were surveyed alike.
    Apart,
    /// They differ by more than chance explains; so may the effort, or nobody knows it.
    Uneven,
    /// One of them has too few cameras for a rate.
    Few,
}

/// A published figure beside the count of the area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureFacts {
    /// The place it speaks of.
    pub place: String,
    /// Whether that is neither the area nor the census.
    pub is_elsewhere: bool,
    /// The year.
    pub year: i32,
    /// Who says so.
    pub claimed_by: String,
    /// Where; empty when not stated.
    pub url: String,
    /// What was published.
    pub number: PublishedNumber,
    /// Whether it counts only linked cameras, so that it stands beside those.
    pub is_of_linked: bool,
    /// Word of the outcome of the comparison.
    pub outcome: &'static str,
    /// Codes of the reasons.
    pub reasons: Vec<&'static str>,
}
