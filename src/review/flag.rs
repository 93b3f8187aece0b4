//! The automatic checks and their limits.

use h3o::{CellIndex, LatLng, Resolution};

/// What a check found. Later ones weigh more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flag {
    /// Outside the bounds of its campaign.
    OutsideBounds,
    /// More camera heads than such a place holds.
    Density,
    /// Many reports of one team, of one week, in one cell.
    Burst,
}

impl Flag {
    /// Every flag, the lightest first.
    pub const ALL: [Self; 3] = [Self::OutsideBounds, Self::Density, Self::Burst];

    /// The word on pages and in answers.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::OutsideBounds => "outside_bounds",
            Self::Density => "density",
            Self::Burst => "burst",
        }
    }
}

/// More heads of one team than this within a cell of `DENSE_CELL` are implausible. Such a cell is about 50 m across: a
/// station square with four heads on each of ten poles is at the limit.
pub const DENSE_HEADS: u32 = 40;
/// Where heads are counted: about 2,150 square metres.
pub(super) const DENSE_CELL: Resolution = Resolution::Eleven;

/// More reports than this that wait of one team, of one week, within a cell of `BURST_CELL` are a burst. Such a cell is
/// about 130 m across: a block that takes a team an hour has some ten to twenty places to report.
pub const BURST_REPORTS: u32 = 30;
/// Where reports are counted: about 15,000 square metres. A home camera has a coarser cell, which is its own.
pub(super) const BURST_CELL: Resolution = Resolution::Ten;

/// Whether a cell lies wholly outside a box of west, south, east and north in degrees; west may exceed east across the
/// antimeridian. Its centre and corners decide, so that a large cell at the edge is inside.
pub(super) fn is_outside(cell: CellIndex, bounds: [f64; 4]) -> bool {
    let [west, south, east, north] = bounds;
    let inside = |place: &LatLng| {
        let (lng, lat) = (place.lng(), place.lat());
        let between = if west > east { lng >= west || lng <= east } else { (west..=east).contains(&lng) };
        between && (south..=north).contains(&lat)
    };
    !inside(&LatLng::from(cell)) && !cell.boundary().iter().any(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_outside_only_when_no_part_of_it_that_is_looked_at_lies_inside() {
        let at = |lat, lng, resolution| LatLng::new(lat, lng).unwrap().to_cell(resolution);
        let town = [8.0, 47.0, 8.1, 47.1];
        assert!(!is_outside(at(47.05, 8.05, Resolution::Thirteen), town));
        assert!(is_outside(at(47.2, 8.05, Resolution::Thirteen), town));
        assert!(!is_outside(at(47.1, 8.05, Resolution::Eight), town), "a cell on the edge");
        let fiji = [177.0, -20.0, -178.0, -15.0];
        assert!(!is_outside(at(-17.0, 179.9, Resolution::Thirteen), fiji));
        assert!(!is_outside(at(-17.0, -179.9, Resolution::Thirteen), fiji));
        assert!(is_outside(at(-17.0, 0.0, Resolution::Thirteen), fiji));
    }
}
