//! Boundaries: a boundary file to an area set, a cell to its area, a set to vector tiles.
//!
//! Pure: bytes and cells in, polygons, numbers and tile bytes out. Knows the nouns, and the projection and zooms of
//! `density`. A place here is the centre of a cell; never sees an exact coordinate of a report.

mod code;
mod document;
mod draw;
mod fit;
mod grid;
mod guess;
mod locate;
mod read;
mod repair;
mod ring;
mod slugs;
mod tiles;
mod valid;

pub use code::{CODES, Code, Scope};
pub use draw::simplified;
pub use fit::{SLIVER_M, km2, measure};
pub use locate::Locator;
pub use read::{AreaError, AreaOptions, Remarks, is_edition, read};
pub use tiles::{AREA_LAYER, AreaFeature, AreaTile, MAX_TILES_PER_ZOOM, TileValue, area_tiles};
