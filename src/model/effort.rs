//! Effort: which streets or cells the teams of a wave walked, and how completely.

use h3o::CellIndex;

use super::{PassLetter, UnitState};

/// Name of an audit unit: a digest of its shape, so that the same street has the same name in every wave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId(pub [u8; 16]);

/// What a team is asked to walk whole. Public geometry of a street network or of a grid, never of a report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitShape {
    /// A street segment: longitude and latitude in millionths of a degree.
    Segment(Vec<[i32; 2]>),
    /// An H3 cell.
    Cell(CellIndex),
}

/// One audit unit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AuditUnit {
    /// Its name.
    pub id: UnitId,
    /// Where it lies.
    pub shape: UnitShape,
}

/// What one team says of one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EffortMark {
    /// The unit.
    pub unit: UnitId,
    /// The team.
    pub pass: PassLetter,
    /// How completely it was walked.
    pub state: UnitState,
    /// The team says that it saw no camera at all, home cameras included: an explicit zero.
    pub none_seen: bool,
}

/// The effort of one wave.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WaveEffort {
    /// Slug of the campaign.
    pub campaign: String,
    /// Slug of the wave.
    pub wave: String,
    /// Whether the units are all there are, so that a share of them means something: some are marked `not_walked`, or the
    /// coordinator said so.
    pub is_frame: bool,
    /// The marks, by unit and pass. One wave has segments or cells, never both.
    pub marks: Vec<EffortMark>,
}

/// Everything known about effort.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Effort {
    /// Units that a mark names, by id.
    pub units: Vec<AuditUnit>,
    /// The waves, by campaign and slug.
    pub waves: Vec<WaveEffort>,
}
