//! `/api/v1/cells`: counts per cell, as GeoJSON or JSON.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use h3o::{LatLng, Resolution};
use http::HeaderMap;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, VARY};
use serde_json::{Value, json};

use crate::density::{CellRow, marginals};
use crate::http::extract::StrictQuery;
use crate::http::negotiate::media_type;
use crate::http::problem::Problem;
use crate::http::state::ReadSide;
use crate::release::write_features;

/// More cells than this are not answered at once: the download has them all.
const MAX_CELLS: usize = 10_000;

/// What is asked for.
#[derive(Debug, serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Query {
    /// H3 resolution, 3 to 10.
    #[param(minimum = 3, maximum = 10)]
    res: u8,
    /// West,south,east,north in degrees; only cells whose centre lies inside. West may exceed east.
    #[param(style = Form, explode = false, value_type = Option<Vec<f64>>, min_items = 4, max_items = 4)]
    bbox: Option<String>,
    /// Id of a release; the latest by default.
    #[param(pattern = "^(latest|[0-9]{4}-W[0-9]{2}-[0-9a-f]{8})$")]
    release: Option<String>,
    /// Slug of a list; the field data by default.
    source: Option<String>,
    /// `geojson` or `json`; by the Accept header when not given.
    #[param(pattern = "^(geojson|json)$")]
    f: Option<String>,
}

/// Counts per cell.
#[utoipa::path(get, path = "/api/v1/cells", tag = "counts", params(Query), responses(
    (status = 200, description = "The cells", content((Value = "application/geo+json"), (Value = "application/json"))),
    (status = 400, description = "A parameter cannot be used, or too many cells", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "No such release or list", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn get(
    State(read): State<ReadSide>,
    StrictQuery(query): StrictQuery<Query>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let resolution = Resolution::try_from(query.res).ok().filter(|_| (3..=10).contains(&query.res));
    let resolution = resolution.ok_or_else(|| Problem::bad_request("res is an H3 resolution from 3 to 10."))?;
    let bbox = query.bbox.as_deref().map(parse_bbox).transpose()?;
    let as_json = match query.f.as_deref() {
        None => media_type(&headers, &["application/geo+json", "application/json"]) == Some(1),
        Some("json") => true,
        Some("geojson") => false,
        Some(_) => return Err(Problem::bad_request("f is geojson or json.")),
    };
    let (open, cache) = read.wanted(query.release.as_deref()).await?;
    let table = open.cells(query.source.as_deref(), resolution).await?;
    let rows: Vec<&CellRow> = table.rows.iter().filter(|row| bbox.is_none_or(|bbox| inside(bbox, row))).collect();
    if rows.len() > MAX_CELLS {
        let sentence =
            "That is more cells than one answer holds. Ask for a smaller bbox or a coarser res, or download the table.";
        return Err(Problem::bad_request(sentence));
    }
    let headers = [(CACHE_CONTROL, cache.header_value()), (VARY, http::HeaderValue::from_static("accept"))];
    if as_json {
        let cells: Vec<Value> = rows.iter().map(|row| object(row)).collect();
        let document = json!({ "release": open.release.manifest.id, "resolution": query.res, "cells": cells });
        return Ok((headers, Json(document)).into_response());
    }
    let manifest = &open.release.manifest;
    let mut body = Vec::new();
    write_features(
        rows.into_iter(),
        &[("release", &manifest.id), ("as_of", &manifest.as_of), ("licence", &manifest.licence)],
        &mut body,
    )
    .map_err(|_never| Problem::internal())?;
    Ok((headers, [(CONTENT_TYPE, "application/geo+json")], body).into_response())
}

fn object(row: &CellRow) -> Value {
    let mut members = serde_json::Map::new();
    members.insert("cell".to_owned(), row.cell.to_string().into());
    // Where nobody looked the number is unknown, not zero.
    let known = |count: u32| if row.has_counts() { Value::from(count) } else { Value::Null };
    let CellRow { counts, surveyed, .. } = row;
    members.insert("sightings".to_owned(), known(counts.sightings));
    members.insert("cameras".to_owned(), known(counts.cameras));
    members.insert("heads".to_owned(), known(counts.heads));
    members.insert("stale".to_owned(), known(counts.stale));
    members.insert("gone".to_owned(), known(counts.gone));
    members.extend(marginals(counts).map(|(name, count)| (name.to_owned(), known(count))));
    members.insert("surveyed_share".to_owned(), surveyed.share().into());
    members.insert("km2".to_owned(), row.km2().into());
    if row.cell.resolution() <= Resolution::Eight {
        members.insert("home_rounded".to_owned(), row.counts.home_rounded.into());
    }
    Value::Object(members)
}

fn parse_bbox(text: &str) -> Result<[f64; 4], Problem> {
    let refused =
        || Problem::bad_request("bbox is west,south,east,north in degrees, longitude first, south not above north.");
    let numbers: Vec<f64> =
        text.split(',').map(|part| part.trim().parse().ok()).collect::<Option<_>>().ok_or_else(refused)?;
    let [west, south, east, north] = numbers[..] else { return Err(refused()) };
    let sound = west.abs() <= 180.0
        && east.abs() <= 180.0
        && (-90.0..=90.0).contains(&south)
        && (south..=90.0).contains(&north);
    if sound { Ok([west, south, east, north]) } else { Err(refused()) }
}

fn inside([west, south, east, north]: [f64; 4], row: &CellRow) -> bool {
    let centre = LatLng::from(row.cell);
    let (lng, lat) = (centre.lng(), centre.lat());
    let across = if west <= east { (west..=east).contains(&lng) } else { lng >= west || lng <= east };
    across && (south..=north).contains(&lat)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_are_checked_and_may_cross_the_antimeridian() {
        for bad in ["", "1,2,3", "a,b,c,d", "0,10,1,5", "0,0,400,1", "nan,0,1,1"] {
            assert!(parse_bbox(bad).is_err(), "{bad}");
        }
        let fiji = CellRow::empty(LatLng::new(-17.0, 179.5).unwrap().to_cell(Resolution::Five));
        assert!(inside(parse_bbox("177,-20,-178,-15").unwrap(), &fiji));
        assert!(!inside(parse_bbox("-178,-20,177,-15").unwrap(), &fiji));
    }
}
