//! A sighting: one report of one or more camera heads at one spot by one observer, coarse from birth.

use h3o::CellIndex;

use super::{Basis, Facing, IsoWeek, Kind, Linked, Maker, Mount, Operator, PositionClass};

/// What somebody saw and where, as coarse as it is stored. Made by `privacy` from a candidate; 32 bytes, ordered by cell
/// first so that sorting puts neighbours together.
///
/// The order of the fields is the canonical order of records: two sightings that are equal here cannot be told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sighting {
    /// H3 cell: resolution 13, or 8 for a home camera.
    pub cell: CellIndex,
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
    /// Number of camera heads, 0 to 99; 0 says "looked, none there".
    pub heads: u8,
    /// Week of the observation, if stated.
    pub week: Option<IsoWeek>,
    /// How well the place is known.
    pub position: PositionClass,
    /// Which of the cameras near each other in one observer's report this is, from 0.
    pub slot: u8,
}

impl Sighting {
    /// Whether this is a home camera: a doorbell, or one operated by a household.
    #[must_use]
    pub const fn is_home(&self) -> bool {
        is_home(self.kind, self.operator)
    }
}

/// Whether a camera of this kind and operator is a home camera.
pub(crate) const fn is_home(kind: Kind, operator: Operator) -> bool {
    matches!(kind, Kind::Doorbell) || matches!(operator, Operator::Household)
}

/// A sighting together with the occasion it was made on: the input of a release build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Observed {
    /// The report.
    pub sighting: Sighting,
    /// Index into the table of occasions given beside it.
    pub occasion: super::OccasionId,
}
