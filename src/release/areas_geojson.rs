//! `areas-{set}.geojson`: the areas with their outlines and the columns of the table.

use std::io::{self, Write};

use geo::{LineString, MultiPolygon};
use serde_json::{Map, Number, Value as Json};

use super::area_row::{AreaRow, AreaTable};
use super::areas_csv::{Value, values};
use crate::model::AreaSet;

/// Writes one feature a line. Coordinates to the seventh decimal, about a centimetre; outlines across the antimeridian keep
/// their continuous longitudes.
pub(super) fn write(set: &AreaSet, table: &AreaTable, members: &[(&str, &str)], out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"{\"type\":\"FeatureCollection\"")?;
    for (name, text) in members {
        write!(out, ",{}:{}", Json::from(*name), Json::from(*text))?;
    }
    out.write_all(b",\"features\":[")?;
    let mut first = true;
    for row in &table.rows {
        // What lies in no area has no outline, and is a feature all the same, so that the features add up.
        let outline = set.areas.iter().find(|area| area.slug == row.slug).map(|area| geometry(&area.outline));
        let mut feature = Map::new();
        feature.insert("type".to_owned(), "Feature".into());
        feature.insert("id".to_owned(), row.slug.as_str().into());
        feature.insert("geometry".to_owned(), outline.unwrap_or_default());
        feature.insert("properties".to_owned(), Json::Object(area_members(row)));
        out.write_all(if first { b"\n" } else { b",\n" })?;
        first = false;
        serde_json::to_writer(&mut *out, &feature)?;
    }
    out.write_all(b"\n]}\n")
}

/// The columns of the line of an area as JSON, as they stand in `areas-{set}.geojson`: numbers as numbers, null where
/// nothing is known.
#[must_use]
pub fn area_members(row: &AreaRow) -> Map<String, Json> {
    properties(&values(row))
}

/// The columns of a row as JSON: numbers as numbers, null where nothing is known.
pub(super) fn properties(values: &[(&'static str, Value)]) -> Map<String, Json> {
    let of = |value: &Value| match value {
        Value::Count(count) => count.map_or(Json::Null, Json::from),
        Value::Measure(measure, decimals) => {
            let text = measure.map(|measure| format!("{measure:.decimals$}"));
            text.and_then(|text| text.parse().ok()).and_then(Number::from_f64).map_or(Json::Null, Json::Number)
        }
        Value::Text(text) => text.as_str().into(),
    };
    values.iter().map(|(name, value)| ((*name).to_owned(), of(value))).collect()
}

fn geometry(outline: &MultiPolygon<f64>) -> Json {
    let ring = |ring: &LineString<f64>| -> Json {
        ring.coords().map(|corner| Json::from(vec![rounded(corner.x), rounded(corner.y)])).collect::<Vec<_>>().into()
    };
    let polygons: Vec<Json> = outline
        .iter()
        .map(|polygon| {
            std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect::<Vec<_>>().into()
        })
        .collect();
    serde_json::json!({ "type": "MultiPolygon", "coordinates": polygons })
}

fn rounded(degrees: f64) -> f64 {
    (degrees * 1e7).round() / 1e7
}
