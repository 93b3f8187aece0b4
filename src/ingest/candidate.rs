//! The only place where an exact coordinate exists.

use crate::model::{Basis, Facing, IsoWeek, Kind, Linked, Maker, Mount, Operator, PositionClass};

/// What a report says about a camera, apart from where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attributes {
    /// Sort of camera.
    pub kind: Kind,
    /// Whose it is said to be.
    pub operator: Operator,
    /// What it is fixed to.
    pub mount: Mount,
    /// Whether it feeds a public or police network.
    pub linked: Linked,
    /// Who made it.
    pub maker: Maker,
    /// How the claim is known.
    pub basis: Basis,
    /// Where it looks.
    pub facing: Facing,
    /// Number of camera heads, 0 to 99.
    pub heads: u8,
    /// Week of the observation.
    pub week: Option<IsoWeek>,
    /// How well the place is known.
    pub position: PositionClass,
    /// The slot a device assigned, 0 to 7.
    pub slot: Option<u8>,
}

/// One feature that was read and found good, still with its exact place. Deliberately not `Clone`, not `Debug`, not
/// serialisable; `privacy::coarsen` consumes it.
pub struct Candidate {
    longitude: f64,
    latitude: f64,
    attributes: Attributes,
}

impl Candidate {
    /// A candidate at a place in degrees WGS 84. Range and finiteness were checked by the reader.
    pub(in crate::ingest) const fn new(longitude: f64, latitude: f64, attributes: Attributes) -> Self {
        Self { longitude, latitude, attributes }
    }

    /// Gives up the place (longitude, latitude) and the rest, once. For `privacy` alone.
    pub(crate) fn into_parts(self) -> (f64, f64, Attributes) {
        (self.longitude, self.latitude, self.attributes)
    }
}
