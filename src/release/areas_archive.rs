//! `areas.pmtiles`: the areas of every set as vector tiles, in one PMTiles v3 archive.

use std::fs::File;

use geo::BoundingRect as _;
use pmtiles::TileCoord;

use super::archive::{begin, failed, gzipped, metadata};
use super::area_row::AreaRow;
use super::dataset::Dataset;
use super::error::ReleaseError;
use crate::areas::{AREA_LAYER, AreaFeature, TileValue, area_tiles};
use crate::model::{Area, AreaSet};

/// Writes the archive.
pub(super) fn write(sets: &[AreaSet], dataset: &Dataset, out: &File) -> Result<(), ReleaseError> {
    let features: Vec<AreaFeature<'_>> = sets
        .iter()
        .zip(&dataset.areas)
        .flat_map(|(set, counted)| {
            let rows = counted.table.rows.iter();
            rows.zip(&set.areas).map(|(row, area)| feature(set, area, row))
        })
        .collect();
    let mut tiles = area_tiles(&features).map_err(failed)?;
    let max_zoom = tiles.iter().map(|tile| tile.z).max().unwrap_or_default();
    let mut writer = begin(bounds(sets), max_zoom, &metadata(&dataset.summary, &area_layers(max_zoom)), out)?;
    let coord = |z, x, y| TileCoord::new(z, x, y).map_err(failed);
    let mut keyed = Vec::with_capacity(tiles.len());
    for tile in tiles.drain(..) {
        keyed.push((pmtiles::TileId::from(coord(tile.z, tile.x, tile.y)?), tile));
    }
    keyed.sort_by_key(|(id, _)| *id);
    for (_, tile) in &keyed {
        writer.add_tile(coord(tile.z, tile.x, tile.y)?, &gzipped(&tile.bytes)?).map_err(failed)?;
    }
    writer.finalize().map_err(failed)?;
    Ok(())
}

/// What TileJSON and the archive say about the layer of areas, which is drawn up to this zoom.
pub(crate) fn area_layers(max_zoom: u8) -> serde_json::Value {
    serde_json::json!([{
        "id": AREA_LAYER,
        "description": "Areas of every set: n cameras counted (absent: nobody looked), rate per km2 where there are enough of them, smoothed is \
                        drawn towards the mean and for maps only, surveyed is the share walked completely",
        "minzoom": 0,
        "maxzoom": max_zoom,
        "fields": { "set": "String", "slug": "String", "name": "String", "n": "Number", "rate": "Number", "smoothed": "Number", "surveyed": "Number" },
    }])
}

/// What the outlines reach over; the whole width of the world where one crosses the antimeridian.
fn bounds(sets: &[AreaSet]) -> Option<[f64; 4]> {
    let boxes = sets.iter().flat_map(|set| &set.areas).filter_map(|area| area.outline.bounding_rect());
    let [west, south, east, north] = boxes
        .map(|one| [one.min().x, one.min().y, one.max().x, one.max().y])
        .reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])?;
    let is_whole = west < -180.0 || east > 180.0;
    Some([if is_whole { -180.0 } else { west }, south, if is_whole { 180.0 } else { east }, north])
}

fn feature<'a>(set: &AreaSet, area: &'a Area, row: &AreaRow) -> AreaFeature<'a> {
    let text = |key: &str, text: &str| (key.to_owned(), TileValue::Text(text.to_owned()));
    let mut properties = vec![text("set", &set.slug), text("slug", &row.slug), text("name", &row.name)];
    let numbers = [
        ("n", row.is_looked_at.then_some(f64::from(row.counts.cameras))),
        ("rate", row.per_km2.filter(|rate| rate.is_publishable).map(|rate| rounded(rate.value))),
        ("smoothed", row.smoothed_per_km2.map(rounded)),
        ("surveyed", row.surveyed_share.map(rounded)),
    ];
    let known = numbers.into_iter().filter_map(|(key, number)| Some((key.to_owned(), TileValue::Number(number?))));
    properties.extend(known);
    AreaFeature { outline: &area.outline, properties }
}

fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}
