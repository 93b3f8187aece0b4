//! Vector tiles of areas (Mapbox Vector Tile 2.1).

use fast_mvt::{MvtCoord, MvtError, MvtGeomType, MvtLayerBuilder, MvtValueRef};
use geo::{Coord, LineString, MapCoords as _, MultiPolygon, Polygon};

use super::draw::simplified;
use crate::density::{MAX_ZOOM, mercator};

/// Name of the one layer.
pub const AREA_LAYER: &str = "areas";
/// A zoom level that would need more tiles than this is left out, and those beyond it.
pub const MAX_TILES_PER_ZOOM: usize = 4000;

/// Tile units along an edge.
const EXTENT: f64 = 4096.0;
/// Areas are drawn this far into the neighbouring tile, so that the cut edges of a tile are out of sight.
const BUFFER: f64 = 64.0;
/// Corners within so many units of where a line would go without them are left out: a quarter of a pixel of 512.
const TOLERANCE: f64 = 2.0;

/// A property of a drawn area.
#[derive(Debug, Clone, PartialEq)]
pub enum TileValue {
    /// A number; whole ones are written as such.
    Number(f64),
    /// A text.
    Text(String),
}

/// An area to draw.
#[derive(Debug, Clone)]
pub struct AreaFeature<'a> {
    /// Its outline, in degrees.
    pub outline: &'a MultiPolygon<f64>,
    /// What the tile says about it, such as `set`, `slug`, `name`, `n`.
    pub properties: Vec<(String, TileValue)>,
}

/// A tile with something on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaTile {
    /// Zoom level.
    pub z: u8,
    /// Column, from west.
    pub x: u32,
    /// Row, from north.
    pub y: u32,
    /// The tile, uncompressed.
    pub bytes: Vec<u8>,
}

/// Every tile of zoom 0 up to the last zoom with at most [`MAX_TILES_PER_ZOOM`] tiles, or [`MAX_ZOOM`], by zoom, column
/// and row. The id of a feature is its place in `features`, counted from 1, in every tile. What is smaller than a tile
/// unit is left out.
///
/// # Errors
/// When the encoder refuses a geometry, which rings of three corners and more never are.
pub fn area_tiles(features: &[AreaFeature<'_>]) -> Result<Vec<AreaTile>, MvtError> {
    let projected: Vec<MultiPolygon<f64>> = features
        .iter()
        .map(|feature| {
            feature.outline.map_coords(|corner| {
                let (x, y) = mercator((corner.x, corner.y));
                Coord { x, y }
            })
        })
        .collect();
    let mut tiles = Vec::new();
    for z in 0..=MAX_ZOOM {
        let tolerance = TOLERANCE / EXTENT / f64::from(1_u32 << z);
        let pieces = projected.iter().enumerate().flat_map(|(feature, outline)| {
            let drawn = simplified(outline, tolerance);
            // Parts beyond the antimeridian are seen from the other edge of the world.
            [-1.0, 0.0, 1.0].into_iter().flat_map(move |turn| {
                let shifted = drawn.map_coords(|corner| Coord { x: corner.x + turn, y: corner.y });
                shifted.0.into_iter().map(move |part| Piece { feature, part })
            })
        });
        let mut level = Level { z, tiles: Vec::new() };
        level.descend(Square { z: 0, x: 0, y: 0 }, pieces.collect());
        if level.tiles.len() > MAX_TILES_PER_ZOOM {
            break;
        }
        level.tiles.sort_by_key(|(square, _)| (square.x, square.y));
        for (square, pieces) in level.tiles {
            if let Some(bytes) = encode(square, &pieces, features)? {
                tiles.push(AreaTile { z, x: square.x, y: square.y, bytes });
            }
        }
    }
    Ok(tiles)
}

/// A part of an area, in the world from 0 to 1.
#[derive(Clone)]
struct Piece {
    feature: usize,
    part: Polygon<f64>,
}

#[derive(Clone, Copy)]
struct Square {
    z: u8,
    x: u32,
    y: u32,
}

/// The tiles of a zoom level with the pieces on each, found by quartering the world.
struct Level {
    z: u8,
    tiles: Vec<(Square, Vec<Piece>)>,
}

impl Level {
    fn descend(&mut self, square: Square, pieces: Vec<Piece>) {
        if self.tiles.len() > MAX_TILES_PER_ZOOM {
            return;
        }
        let within: Vec<Piece> = pieces.into_iter().filter_map(|piece| clip(piece, square)).collect();
        if within.is_empty() {
            return;
        }
        if square.z == self.z {
            self.tiles.push((square, within));
            return;
        }
        for (right, down) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
            let quarter = Square { z: square.z + 1, x: 2 * square.x + right, y: 2 * square.y + down };
            self.descend(quarter, within.clone());
        }
    }
}

/// What of a piece lies on a tile or its buffer.
fn clip(piece: Piece, square: Square) -> Option<Piece> {
    let side = 1.0 / f64::from(1_u32 << square.z);
    let margin = BUFFER / EXTENT * side;
    let (west, north) = (f64::from(square.x) * side, f64::from(square.y) * side);
    let cuts = [
        (Axis::X, west - margin, 1.0),
        (Axis::X, west + side + margin, -1.0),
        (Axis::Y, north - margin, 1.0),
        (Axis::Y, north + side + margin, -1.0),
    ];
    let (outer, holes) = piece.part.into_inner();
    let outer = clip_ring(outer, &cuts)?;
    let holes = holes.into_iter().filter_map(|hole| clip_ring(hole, &cuts)).collect();
    Some(Piece { feature: piece.feature, part: Polygon::new(outer, holes) })
}

#[derive(Clone, Copy)]
enum Axis {
    X,
    Y,
}

impl Axis {
    fn of(self, corner: Coord<f64>) -> f64 {
        match self {
            Self::X => corner.x,
            Self::Y => corner.y,
        }
    }
}

/// Sutherland and Hodgman, 1974: one half-plane after the other, each with the sign of its inner side.
fn clip_ring(ring: LineString<f64>, cuts: &[(Axis, f64, f64)]) -> Option<LineString<f64>> {
    let mut corners = ring.0;
    for &(axis, at, inward) in cuts {
        let depth = |corner: Coord<f64>| (axis.of(corner) - at) * inward;
        if corners.iter().all(|corner| depth(*corner) >= 0.0) {
            continue;
        }
        let mut kept = Vec::with_capacity(corners.len());
        let mut before = *corners.last()?;
        for &corner in &corners {
            let (from, to) = (depth(before), depth(corner));
            if (from < 0.0) != (to < 0.0) {
                let share = from / (from - to);
                let mut crossing = before + (corner - before) * share;
                match axis {
                    Axis::X => crossing.x = at,
                    Axis::Y => crossing.y = at,
                }
                kept.push(crossing);
            }
            if to >= 0.0 {
                kept.push(corner);
            }
            before = corner;
        }
        corners = kept;
        if corners.len() < 3 {
            return None;
        }
    }
    Some(LineString(corners))
}

/// A tile; `None` when everything on it is smaller than a unit.
fn encode(square: Square, pieces: &[Piece], features: &[AreaFeature<'_>]) -> Result<Option<Vec<u8>>, MvtError> {
    let mut layer = MvtLayerBuilder::new(AREA_LAYER)?;
    for same in pieces.chunk_by(|a, b| a.feature == b.feature) {
        let Some(drawn) = same.first().and_then(|piece| features.get(piece.feature)) else { continue };
        let mut rings = same.iter().flat_map(|piece| rings(square, &piece.part)).peekable();
        if rings.peek().is_none() {
            continue;
        }
        let mut feature = layer.feature_of(MvtGeomType::Polygon);
        feature.id(Some(same[0].feature as u64 + 1));
        for (ring, is_outer) in rings {
            feature.ring(ring, is_outer)?;
        }
        for (key, value) in &drawn.properties {
            match value {
                TileValue::Text(text) => feature.tag_ref(key, MvtValueRef::String(text))?,
                TileValue::Number(number) => feature.tag_ref(key, number_value(*number))?,
            };
        }
        layer = feature.end();
    }
    Ok((layer.num_features() > 0).then(|| layer.encode()))
}

fn number_value(number: f64) -> MvtValueRef<'static> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, and exact below 2^53")]
    if number.fract() == 0.0 && (0.0..9e15).contains(&number) {
        MvtValueRef::UInt(number as u64)
    } else {
        MvtValueRef::Double(number)
    }
}

/// The rings of a part in tile units, the outer one first; none when that one encloses nothing.
fn rings(square: Square, part: &Polygon<f64>) -> Vec<(Vec<MvtCoord>, bool)> {
    let outer = units(square, part.exterior());
    let Some(outer) = outer else { return Vec::new() };
    let holes = part.interiors().iter().filter_map(|hole| units(square, hole)).map(|hole| (hole, false));
    std::iter::once((outer, true)).chain(holes).collect()
}

fn units(square: Square, ring: &LineString<f64>) -> Option<Vec<MvtCoord>> {
    let tiles = f64::from(1_u32 << square.z);
    #[expect(clippy::cast_possible_truncation, reason = "within a tile and its buffer")]
    let unit = |at: f64, origin: u32| ((at * tiles - f64::from(origin)) * EXTENT).round() as i32;
    let mut corners: Vec<MvtCoord> =
        ring.coords().map(|corner| MvtCoord { x: unit(corner.x, square.x), y: unit(corner.y, square.y) }).collect();
    corners.dedup();
    if corners.len() > 1 && corners.first() == corners.last() {
        corners.pop();
    }
    let next = corners.iter().cycle().skip(1);
    let twice_area: i64 =
        corners.iter().zip(next).map(|(a, b)| i64::from(a.x) * i64::from(b.y) - i64::from(b.x) * i64::from(a.y)).sum();
    (corners.len() >= 3 && twice_area != 0).then_some(corners)
}

#[cfg(test)]
#[path = "tiles_tests.rs"]
mod tests;
