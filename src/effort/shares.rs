//! How much of each cell was surveyed.

use h3o::{CellIndex, Resolution};

use super::measure::cells_of;
use super::status::UnitStatus;
use crate::model::{Effort, UnitKind};

/// How much there is, and what was done of it: decimetres of streets, or square metres of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extent {
    /// Everything that was named.
    pub all: u64,
    /// Walked completely by one pass or more.
    pub complete: u64,
    /// Walked completely by two passes or more.
    pub twice: u64,
    /// Cannot be seen: not complete, and nothing that walking could change.
    pub closed: u64,
}

impl Extent {
    /// Adds another extent to this one.
    pub const fn add(&mut self, other: &Self) {
        self.all += other.all;
        self.complete += other.complete;
        self.twice += other.twice;
        self.closed += other.closed;
    }
}

/// The effort in one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CellEffort {
    /// Units of a frame: all there are.
    pub framed: Extent,
    /// Units that were named without saying what else there is; no share of these means anything.
    pub unframed: Extent,
}

impl CellEffort {
    /// All there is, decimetres or square metres; 0 where nobody knows.
    #[must_use]
    pub const fn frame(&self) -> u64 {
        self.framed.all
    }

    /// Walked completely by one pass or more, in a frame or not.
    #[must_use]
    pub const fn complete(&self) -> u64 {
        self.framed.complete + self.unframed.complete
    }

    /// Walked completely by two passes or more, in a frame or not.
    #[must_use]
    pub const fn twice(&self) -> u64 {
        self.framed.twice + self.unframed.twice
    }

    /// Share of the frame that was walked completely, 0 to 1; `None` where there is no frame.
    #[must_use]
    pub fn surveyed_share(&self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "all streets of the earth are below 2^53 dm")]
        let share = |part: u64, whole: u64| part as f64 / whole as f64;
        (self.framed.all > 0).then(|| share(self.framed.complete, self.framed.all))
    }

    /// Adds another cell's effort to this one.
    pub const fn add(&mut self, other: &Self) {
        self.framed.add(&other.framed);
        self.unframed.add(&other.unframed);
    }
}

/// Effort per cell of resolution 10, by cell, over the units of one kind: decimetres for segments, square metres for
/// cells. Lengths and areas are never added up.
#[must_use]
pub fn cell_effort(effort: &Effort, statuses: &[UnitStatus], kind: UnitKind) -> Vec<(CellIndex, CellEffort)> {
    let mut rows = Vec::new();
    for status in statuses {
        let Some(unit) = effort.units.get(status.unit).filter(|unit| unit.shape.kind() == kind) else { continue };
        for (cell, all) in cells_of(&unit.shape) {
            let extent = Extent {
                all,
                complete: if status.is_surveyed() { all } else { 0 },
                twice: if status.passes_complete >= 2 { all } else { 0 },
                closed: if status.is_closed() { all } else { 0 },
            };
            let mut row = CellEffort::default();
            *(if status.is_in_frame { &mut row.framed } else { &mut row.unframed }) = extent;
            rows.push((cell, row));
        }
    }
    rows.sort_unstable_by_key(|(cell, _)| *cell);
    merged(rows)
}

/// The same at a coarser resolution: each cell the exact sum of those in it.
#[must_use]
pub fn coarser(rows: &[(CellIndex, CellEffort)], resolution: Resolution) -> Vec<(CellIndex, CellEffort)> {
    // Rows sorted by cell stay sorted: an index is its ancestors' digits, then its own.
    merged(rows.iter().map(|(cell, row)| (cell.parent(resolution).unwrap_or(*cell), *row)).collect())
}

fn merged(mut rows: Vec<(CellIndex, CellEffort)>) -> Vec<(CellIndex, CellEffort)> {
    rows.dedup_by(|next, kept| {
        let is_same = next.0 == kept.0;
        if is_same {
            kept.1.add(&next.1);
        }
        is_same
    });
    rows
}
