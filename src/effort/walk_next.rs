//! Where to walk next.

use std::cmp::Reverse;

use h3o::{CellIndex, Resolution};

use super::shares::{CellEffort, coarser};

/// A cell with something left to walk. Decimetres where units are streets, square metres where they are cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WalkNext {
    /// The cell.
    pub cell: CellIndex,
    /// All there is in it.
    pub frame: u64,
    /// Not walked completely by any pass, and not closed: what is left to walk.
    pub missing: u64,
    /// Walked completely by one pass or more.
    pub complete: u64,
    /// Walked completely by one pass only: a second one would tell how many cameras both missed.
    pub once: u64,
}

/// Cells in which something is left to walk, the most urgent first: most not walked completely by any pass, then most
/// walked completely by one only, then by cell. Only what lies in a frame counts, because nobody knows what else there is
/// elsewhere. `rows` are those of [`cell_effort`](super::cell_effort), `resolution` is 10 or coarser; cells of 9 are about
/// 350 m wide, a walk of an afternoon.
#[must_use]
pub fn walk_next(rows: &[(CellIndex, CellEffort)], resolution: Resolution) -> Vec<WalkNext> {
    let mut cells: Vec<WalkNext> = coarser(rows, resolution)
        .into_iter()
        .map(|(cell, CellEffort { framed, .. })| WalkNext {
            cell,
            frame: framed.all,
            missing: framed.all - framed.complete - framed.closed,
            complete: framed.complete,
            once: framed.complete - framed.twice,
        })
        .filter(|next| next.missing > 0 || next.once > 0)
        .collect();
    cells.sort_by_key(|next| (Reverse(next.missing), Reverse(next.once), next.cell));
    cells
}
