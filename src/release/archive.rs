//! `density.pmtiles`: every vector tile in one PMTiles v3 archive.

use std::fs::File;
use std::io::Write as _;

use flate2::{Compression as Level, GzBuilder};
use pmtiles::{Compression, PmTilesStreamWriter, PmTilesWriter, TileCoord, TileId, TileType};

use super::error::ReleaseError;
use super::summary::Summary;
use crate::density::{CellTable, LAYER, MAX_ZOOM, TilePlan, encode_tile, marginals, plan_tiles};

/// Number of threads that encode and compress tiles.
const WORKERS: usize = 2;

/// Writes the archive. Identical inputs give identical bytes: tiles in the order of their ids, no time in the gzip header.
pub(super) fn write(tables: &[CellTable], summary: &Summary, out: &File) -> Result<(), ReleaseError> {
    let mut plans: Vec<(TileId, TilePlan)> = Vec::new();
    for plan in plan_tiles(tables) {
        plans.push((TileId::from(coord(&plan)?), plan));
    }
    plans.sort_by_key(|(id, _)| *id);
    let mut writer = begin(summary.bounds, MAX_ZOOM, &metadata(summary, &vector_layers()), out)?;
    // Rounds of a fixed size keep few encoded tiles in memory at a time.
    for round in plans.chunks(4096) {
        for (plan, tile) in round.iter().zip(encode_round(round, tables)?) {
            writer.add_tile(coord(&plan.1)?, &tile).map_err(failed)?;
        }
    }
    writer.finalize().map_err(failed)?;
    Ok(())
}

/// Begins an archive over west, south, east and north; west above east means across the antimeridian.
pub(super) fn begin<'a>(
    bounds: Option<[f64; 4]>,
    max_zoom: u8,
    metadata: &serde_json::Value,
    out: &'a File,
) -> Result<PmTilesStreamWriter<&'a File>, ReleaseError> {
    let [west, south, east, north] = bounds.unwrap_or([-180.0, -85.0, 180.0, 85.0]);
    let east_of_west = if west > east { east + 360.0 } else { east };
    let centre = f64::midpoint(west, east_of_west);
    PmTilesWriter::new(TileType::Mvt)
        .precompressed(Compression::Gzip)
        .max_zoom(max_zoom)
        .bounds(if west > east { -180.0 } else { west }, south, if west > east { 180.0 } else { east }, north)
        .center(if centre > 180.0 { centre - 360.0 } else { centre }, f64::midpoint(south, north))
        .center_zoom(max_zoom.min(10))
        .metadata(metadata.to_string())
        .create(out)
        .map_err(failed)
}

fn encode_round(round: &[(TileId, TilePlan)], tables: &[CellTable]) -> Result<Vec<Vec<u8>>, ReleaseError> {
    let share = round.len().div_ceil(WORKERS).max(1);
    let encode =
        |plans: &[(TileId, TilePlan)]| plans.iter().map(|(_, plan)| tile(plan, tables)).collect::<Result<Vec<_>, _>>();
    let parts: Vec<Result<Vec<Vec<u8>>, ReleaseError>> = std::thread::scope(|scope| {
        let workers: Vec<_> = round.chunks(share).map(|plans| scope.spawn(move || encode(plans))).collect();
        workers.into_iter().map(|worker| worker.join().unwrap_or_else(|_| Err(failed("a worker stopped")))).collect()
    });
    parts.into_iter().try_fold(Vec::with_capacity(round.len()), |mut all, part| {
        all.extend(part?);
        Ok(all)
    })
}

fn tile(plan: &TilePlan, tables: &[CellTable]) -> Result<Vec<u8>, ReleaseError> {
    let table =
        tables.iter().find(|table| table.resolution == plan.resolution).ok_or_else(|| failed("a table is missing"))?;
    gzipped(&encode_tile(plan, table).map_err(failed)?)
}

/// A tile as it stands in an archive; no time in the header, so that equal tiles are equal bytes.
pub(super) fn gzipped(bytes: &[u8]) -> Result<Vec<u8>, ReleaseError> {
    let mut gzip = GzBuilder::new().mtime(0).write(Vec::new(), Level::new(6));
    gzip.write_all(bytes).and_then(|()| gzip.finish()).map_err(failed)
}

fn coord(plan: &TilePlan) -> Result<TileCoord, ReleaseError> {
    TileCoord::new(plan.z, plan.x, plan.y).map_err(failed)
}

pub(super) fn failed(e: impl std::fmt::Display) -> ReleaseError {
    ReleaseError::Format { format: "PMTiles", problem: e.to_string() }
}

/// What TileJSON and the archive say about the layer. Fields have the type names that GDAL and others understand; what
/// they mean stands in the description.
pub(crate) fn vector_layers() -> serde_json::Value {
    let probe = crate::density::CellRow::empty(h3o::CellIndex::first(h3o::Resolution::Three));
    let mut fields: serde_json::Map<String, serde_json::Value> =
        marginals(&probe.counts).map(|(name, _)| (name.to_owned(), "Number".into())).collect();
    fields.insert("cell".to_owned(), "String".into());
    for number in ["n", "heads", "stale", "km2", "home", "surveyed"] {
        fields.insert(number.to_owned(), "Number".into());
    }
    serde_json::json!([{
        "id": LAYER,
        "description": "Public-space cameras per H3 cell: n cameras with so many heads, by kind (k_) and operator (o_), absent means \
                        none; without n nobody looked and the number is unknown; surveyed is the share of what there is to walk that was walked \
                        completely, absent where nobody knows what there is; km2 is the area; home is about how many home cameras, rounded, at \
                        resolution 8 and coarser",
        "minzoom": 0,
        "maxzoom": MAX_ZOOM,
        "fields": fields,
    }])
}

pub(super) fn metadata(summary: &Summary, layers: &serde_json::Value) -> serde_json::Value {
    serde_json::json!({
        "name": summary.title,
        "description": format!("Counts of surveillance cameras, release {}", summary.release),
        "version": summary.release,
        "type": "overlay",
        "attribution": summary.attribution,
        "license": summary.licence,
        "vector_layers": layers,
    })
}
