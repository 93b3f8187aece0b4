//! Vector tiles of the density layer (Mapbox Vector Tile 2.1).

use std::collections::BTreeMap;

use fast_mvt::{MvtCoord, MvtError, MvtGeomType, MvtLayerBuilder, MvtValueRef};
use h3o::{CellIndex, Resolution};

use super::cells::{CellTable, Counts};
use super::geometry::{boundary_degrees, mercator};
use super::zoom::{MAX_ZOOM, resolution_at};
use crate::model::{Kind, Operator};

/// Name of the one layer.
pub const LAYER: &str = "cells";

/// Tile units along an edge.
const EXTENT: f64 = 4096.0;
/// Cells reaching this far into the neighbouring tile are drawn in both, so that lines meet.
const BUFFER: f64 = 64.0;

/// Which rows of which table a tile shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TilePlan {
    /// Zoom level.
    pub z: u8,
    /// Column, from west.
    pub x: u32,
    /// Row, from north.
    pub y: u32,
    /// Resolution of the cells.
    pub resolution: Resolution,
    /// Indexes of the rows in the table of that resolution, with the world copy they are seen in: -1, 0 or 1.
    rows: Vec<(u32, i8)>,
}

/// Every tile that shows something, by zoom, column and row. Cells beyond the projection (above 85.05 degrees) are in
/// no tile.
#[must_use]
pub fn plan_tiles(tables: &[CellTable]) -> Vec<TilePlan> {
    let mut plans = Vec::new();
    for z in 0..=MAX_ZOOM {
        let resolution = resolution_at(z);
        let Some(table) = tables.iter().find(|table| table.resolution == resolution) else { continue };
        let mut tiles: BTreeMap<(u32, u32), Vec<(u32, i8)>> = BTreeMap::new();
        for (number, row) in (0_u32..).zip(&table.rows) {
            for (x, y, world) in tiles_of(row.cell, z) {
                tiles.entry((x, y)).or_default().push((number, world));
            }
        }
        plans.extend(tiles.into_iter().map(|((x, y), rows)| TilePlan { z, x, y, resolution, rows }));
    }
    plans
}

/// The bytes of a planned tile, uncompressed.
///
/// # Errors
/// When the encoder refuses a geometry, which a hexagon or pentagon never is.
pub fn encode_tile(plan: &TilePlan, table: &CellTable) -> Result<Vec<u8>, MvtError> {
    let mut layer = MvtLayerBuilder::new(LAYER)?;
    for &(number, world) in &plan.rows {
        let Some(row) = table.rows.get(number as usize) else { continue };
        let mut feature = layer.feature_of(MvtGeomType::Polygon);
        feature.id(Some(feature_id(row.cell)));
        feature.ring(ring(row.cell, plan, world), true)?;
        feature.tag_ref("cell", MvtValueRef::String(&row.cell.to_string()))?;
        // Where nobody looked the number is unknown, and absent; zero means that somebody did.
        if row.is_looked_at() {
            feature.tag_uint("n", u64::from(row.counts.cameras))?;
            feature.tag_uint("heads", u64::from(row.counts.heads))?;
        }
        if row.counts.stale > 0 {
            feature.tag_uint("stale", u64::from(row.counts.stale))?;
        }
        if let Some(share) = row.surveyed.share() {
            #[expect(clippy::cast_possible_truncation, reason = "a share in thousandths")]
            feature.tag_float("surveyed", ((share * 1000.0).round() / 1000.0) as f32)?;
        }
        #[expect(clippy::cast_possible_truncation, reason = "seven digits are plenty for an area on a map")]
        feature.tag_float("km2", row.km2() as f32)?;
        for (key, count) in marginals(&row.counts) {
            if count > 0 {
                feature.tag_uint(key, u64::from(count))?;
            }
        }
        if row.counts.home_rounded > 0 {
            feature.tag_uint("home", u64::from(row.counts.home_rounded))?;
        }
        layer = feature.end();
    }
    Ok(layer.encode())
}

/// The counts by kind and by operator under their names in tiles, tables and the API, such as `k_dome` and `o_police`.
/// Doorbells and household cameras are home cameras and have no place here.
pub fn marginals(counts: &Counts) -> impl Iterator<Item = (&'static str, u32)> {
    let kinds = Kind::ALL.iter().filter(|kind| **kind != Kind::Doorbell);
    let operators = Operator::ALL.iter().filter(|operator| **operator != Operator::Household);
    let by_kind = kinds.map(|kind| (kind_key(*kind), counts.kinds[usize::from(kind.code())]));
    by_kind.chain(operators.map(|operator| (operator_key(*operator), counts.operators[usize::from(operator.code())])))
}

const fn kind_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Unknown => "k_unknown",
        Kind::Fixed => "k_fixed",
        Kind::Dome => "k_dome",
        Kind::Panning => "k_panning",
        Kind::PlateReader => "k_plate_reader",
        Kind::Doorbell => "k_doorbell",
        Kind::Other => "k_other",
    }
}

const fn operator_key(operator: Operator) -> &'static str {
    match operator {
        Operator::Unknown => "o_unknown",
        Operator::Police => "o_police",
        Operator::Government => "o_government",
        Operator::Transit => "o_transit",
        Operator::Traffic => "o_traffic",
        Operator::Business => "o_business",
        Operator::Education => "o_education",
        Operator::Household => "o_household",
        Operator::Other => "o_other",
    }
}

/// A feature id that is the same in every tile and stays below 2^53, where numbers of a browser are exact: the H3 index
/// without its mode bits and without the digits below its resolution.
fn feature_id(cell: CellIndex) -> u64 {
    let unused_digits = 15 - u32::from(u8::from(cell.resolution()));
    (u64::from(cell) & ((1 << 52) - 1)) >> (3 * unused_digits)
}

/// The corners of a cell in the world of a zoom level: 0 to 2^z along both axes.
fn corners(cell: CellIndex, z: u8) -> impl Iterator<Item = (f64, f64)> {
    let tiles = f64::from(1_u32 << z);
    boundary_degrees(cell).into_iter().map(move |corner| {
        let (x, y) = mercator(corner);
        (x * tiles, y * tiles)
    })
}

fn tiles_of(cell: CellIndex, z: u8) -> Vec<(u32, u32, i8)> {
    let (mut west, mut east, mut north, mut south) =
        (f64::INFINITY, f64::NEG_INFINITY, f64::INFINITY, f64::NEG_INFINITY);
    for (x, y) in corners(cell, z) {
        west = west.min(x);
        east = east.max(x);
        north = north.min(y);
        south = south.max(y);
    }
    if south <= north {
        return Vec::new();
    }
    let count = 1_i64 << z;
    let margin = BUFFER / EXTENT;
    #[expect(clippy::cast_possible_truncation, reason = "within a few tiles of 0 to 2^14")]
    let index = |at: f64| at.floor() as i64;
    let mut tiles = Vec::new();
    for column in index(west - margin)..=index(east + margin) {
        let x = column.rem_euclid(count);
        let world = i8::try_from((column - x) / count).unwrap_or(0);
        for row in index(north - margin).max(0)..=index(south + margin).min(count - 1) {
            if let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(row)) {
                tiles.push((x, y, world));
            }
        }
    }
    tiles
}

fn ring(cell: CellIndex, plan: &TilePlan, world: i8) -> Vec<MvtCoord> {
    let left = f64::from(plan.x) + f64::from(world) * f64::from(1_u32 << plan.z);
    let unit = |at: f64| {
        #[expect(clippy::cast_possible_truncation, reason = "a cell is smaller than a few tiles")]
        let unit = (at * EXTENT).round() as i32;
        unit
    };
    corners(cell, plan.z).map(|(x, y)| MvtCoord { x: unit(x - left), y: unit(y - f64::from(plan.y)) }).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use fast_mvt::MvtReaderRef;
    use h3o::LatLng;

    use super::*;
    use crate::density::CellRow;

    fn table(resolution: Resolution, places: &[(f64, f64)]) -> CellTable {
        let mut cells: Vec<CellIndex> =
            places.iter().map(|&(lat, lng)| LatLng::new(lat, lng).unwrap().to_cell(resolution)).collect();
        cells.sort_unstable();
        cells.dedup();
        let rows = cells.into_iter().map(|cell| {
            let mut row = CellRow::empty(cell);
            (row.counts.cameras, row.counts.heads, row.counts.sightings) = (3, 4, 5);
            row.counts.kinds[usize::from(Kind::Dome.code())] = 3;
            row
        });
        CellTable { resolution, rows: rows.collect() }
    }

    #[test]
    fn a_tile_reads_back_with_its_numbers_and_omits_zeros() {
        let table = table(Resolution::Nine, &[(52.5, 13.4)]);
        let plans = plan_tiles(std::slice::from_ref(&table));
        let plan = plans.iter().find(|plan| plan.z == 12).unwrap();
        let bytes = encode_tile(plan, &table).unwrap();
        let reader = MvtReaderRef::new(&bytes).unwrap();
        let layer = reader.layers().next().unwrap();
        assert_eq!(layer.name(), LAYER);
        let feature = layer.features().next().unwrap();
        let properties: BTreeMap<String, String> =
            feature.properties().map(|p| p.unwrap()).map(|(k, v)| (k.to_string(), format!("{v:?}"))).collect();
        assert!(
            properties["n"].contains('3') && properties["heads"].contains('4') && properties["k_dome"].contains('3')
        );
        assert!(!properties.contains_key("k_fixed") && !properties.contains_key("home"));
        assert!(properties["cell"].contains(&table.rows[0].cell.to_string()));
    }

    #[test]
    fn a_cell_on_the_antimeridian_is_drawn_on_both_edges_of_the_world() {
        let table = table(Resolution::Three, &[(-16.5, 180.0)]);
        let columns: BTreeSet<u32> = plan_tiles(&[table]).iter().filter(|p| p.z == 4).map(|p| p.x).collect();
        assert_eq!(columns, BTreeSet::from([0, 15]));
    }

    #[test]
    fn every_cell_is_in_at_least_one_tile_of_every_zoom_and_the_pole_is_no_panic() {
        let places = [(52.5, 13.4), (-33.9, 151.2), (89.99, 0.0), (-89.99, 10.0), (0.0, 0.0), (84.9, -179.99)];
        for z in 0..=MAX_ZOOM {
            let table = table(resolution_at(z), &places);
            let plans: Vec<TilePlan> =
                plan_tiles(std::slice::from_ref(&table)).into_iter().filter(|p| p.z == z).collect();
            let shown: BTreeSet<u32> = plans.iter().flat_map(|p| p.rows.iter().map(|(number, _)| *number)).collect();
            assert!(shown.len() >= 4, "zoom {z}: {shown:?}");
            for plan in &plans {
                assert!(plan.x < 1 << z && plan.y < 1 << z);
                assert!(!encode_tile(plan, &table).unwrap().is_empty());
            }
        }
    }

    #[test]
    fn feature_ids_are_unique_and_small_enough_for_a_browser() {
        let table = table(Resolution::Ten, &[(52.5, 13.4), (52.501, 13.4), (-33.9, 151.2)]);
        let ids: BTreeSet<u64> = table.rows.iter().map(|row| feature_id(row.cell)).collect();
        assert_eq!(ids.len(), table.rows.len());
        assert!(ids.iter().all(|id| *id < 1 << 53));
    }
}
