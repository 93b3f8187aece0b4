//! Regions: what changes together between releases (promise P12).

use h3o::{CellIndex, Resolution};

/// Resolution of a region, about 250 square kilometres: a small town, or a part of a large one.
pub const REGION: Resolution = Resolution::Five;

/// The region a cell lies in; a coarser cell is its own.
#[must_use]
pub fn region_of(cell: CellIndex) -> CellIndex {
    cell.parent(REGION).unwrap_or(cell)
}
