//! Who is counting where, in which survey period, and whose data is brought in.

use super::{Intake, IsoWeek, RowsMode};

/// Who is counting where.
#[derive(Debug, Clone, PartialEq)]
pub struct Campaign {
    /// Short name in addresses, see [`slug_of`](super::slug_of).
    pub slug: String,
    /// Name for people.
    pub name: String,
    /// West, south, east and north of the place that is counted, degrees WGS 84; west may exceed east when the box
    /// crosses the antimeridian.
    pub bounds: Option<[f64; 4]>,
    /// Who may send reports.
    pub intake: Intake,
    /// Largest number of sightings that may wait for review at a time.
    pub max_pending: u32,
}

impl Campaign {
    /// Slug of the campaign that every census has from the start.
    pub const DEFAULT_SLUG: &'static str = "default";
}

/// A survey period of a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wave {
    /// Slug of its campaign.
    pub campaign: String,
    /// Short name within the campaign.
    pub slug: String,
    /// Week it was opened in.
    pub opened: IsoWeek,
    /// Week it was closed in; `None` while it is open.
    pub closed: Option<IsoWeek>,
}

/// Where imported rows come from, and under which licence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Short name in addresses and file names.
    pub slug: String,
    /// Name for people.
    pub name: String,
    /// SPDX identifier of the licence of the data.
    pub licence: String,
    /// Words its licence wants printed, if any.
    pub attribution: Option<String>,
    /// Whether it is somebody else's register, kept apart and replaced whole.
    pub is_list: bool,
    /// How its rows relate to each other.
    pub rows: RowsMode,
}
