//! Effort: reads which streets or cells were walked, measures them, and tells what is surveyed and what is not.
//!
//! Knows the public geometry of streets and cells, and what teams say of them; of cameras no more than a cell. Touches
//! `model` only. Never sees a report, a coordinate of one, or a number of cameras found.

mod code;
mod gather;
mod geometry;
mod measure;
mod nearest;
mod outer;
mod read;
mod shares;
mod status;
#[cfg(test)]
mod tests;
mod walk_next;
mod withhold;

pub use code::Code;
pub use gather::{EffortReader, ReadOptions};
pub use measure::{cells_of, measure, segment_dm};
pub use nearest::UnitFinder;
pub use shares::{CellEffort, Extent, cell_effort, coarser};
pub use status::{UnitStatus, complete_in, named_in, unit_status, walked_in};
pub use walk_next::{WalkNext, walk_next};
pub use withhold::withhold;
