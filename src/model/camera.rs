//! A camera: what the census believes exists, derived from a cluster of sightings. Has no id that outlives a build.

use h3o::CellIndex;

use super::{IsoWeek, Kind, Linked, Maker, Mount, Operator};

/// Why a camera's sightings were taken to be of one camera, and of no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct JoinReason {
    /// Largest distance between two of the joined cell centres, in decimetres; 0 with a single sighting.
    pub diameter_dm: u16,
    /// How unlike the two least alike of them are, in thousandths of a log-likelihood; 0 with a single sighting.
    pub unlikeness: u16,
    /// How many cameras stand so close together here that only what one observer told apart, or a facing, separates them;
    /// 1 where the camera stands alone.
    pub told_apart: u8,
    /// Whether a moderator ruled that sightings of it are of the same camera.
    pub ruled: bool,
}

/// One public-space camera of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Camera {
    /// Resolution-13 cell of the sighting that stands for it.
    pub cell: CellIndex,
    /// Kind most sightings agree on.
    pub kind: Kind,
    /// Operator most sightings agree on.
    pub operator: Operator,
    /// Mount most sightings agree on.
    pub mount: Mount,
    /// Link to a network most sightings agree on.
    pub linked: Linked,
    /// Maker most sightings agree on.
    pub maker: Maker,
    /// Camera heads: median of its sightings, rounded up, at least 1.
    pub heads: u8,
    /// Number of sightings it rests on.
    pub sightings: u32,
    /// Last week it was seen in, if any sighting says.
    pub last_seen: Option<IsoWeek>,
    /// Why they were joined.
    pub reason: JoinReason,
}
