//! A camera: what the census believes exists, derived from a cluster of sightings. Has no id that outlives a build.

use h3o::CellIndex;

use super::{IsoWeek, Kind, Linked, Maker, Mount, Operator};

/// Why a camera's sightings were taken to be of one camera.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JoinReason {
    /// There is only one sighting.
    Single,
    /// They lie within the gate of each other and nothing contradicts it.
    Near {
        /// Largest distance between two of the joined cell centres, in decimetres.
        diameter_dm: u16,
    },
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
