//! Cameras to counts per cell, and counts to vector tiles.
//!
//! Pure: sorted arrays in, rows and tile bytes out. Knows the nouns only.

mod cells;
mod geometry;
mod tiles;
mod zoom;

pub use cells::{CellRow, CellTable, Counts, Surveyed, tables};
pub use geometry::{boundary_degrees, extent_degrees, mercator};
pub use tiles::{LAYER, TilePlan, encode_tile, marginals, plan_tiles};
pub use zoom::{MAX_ZOOM, RESOLUTIONS, resolution_at};
