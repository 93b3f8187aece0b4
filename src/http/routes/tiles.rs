//! `/tiles`: vector tiles of a release, and the documents that describe them.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use http::{HeaderMap, HeaderValue, StatusCode};
use pmtiles::TileCoord;
use serde_json::{Value, json};

use crate::density::MAX_ZOOM;
use crate::http::address;
use crate::http::extract::{NoQuery, Segments};
use crate::http::file::CachePolicy;
use crate::http::negotiate::{Coding, coding};
use crate::http::open::OpenRelease;
use crate::http::problem::Problem;
use crate::http::state::ReadSide;
use crate::release::{ReleaseId, Summary, area_layers, vector_layers};

/// Where the tiles end, in degrees north and south.
const LAST_LATITUDE: f64 = 85.05;

const MVT: HeaderValue = HeaderValue::from_static("application/vnd.mapbox-vector-tile");

/// One tile. An address where nothing was counted answers 204.
#[utoipa::path(get, path = "/tiles/{release}/{layer}/{z}/{x}/{y}", tag = "tiles",
    params(
        ("release" = String, Path, description = "Id of a release"),
        ("layer" = String, Path, description = "`density` for field data, `areas` for the areas, or the slug of a list", example = "density"),
        ("z" = u8, Path, description = "Zoom level, 0 to 14"),
        ("x" = u32, Path, description = "Column"),
        ("y" = String, Path, description = "Row with the extension `.mvt`", example = "0.mvt"),
    ),
    responses(
        (status = 200, description = "The tile", content_type = "application/vnd.mapbox-vector-tile"),
        (status = 204, description = "Nothing was counted here"),
        (status = 304, description = "Not modified"),
        (status = 404, description = "No such release, layer or tile", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn tile(
    State(read): State<ReadSide>,
    segments: Segments,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let row = segments.get("y").and_then(|y| y.strip_suffix(".mvt").or_else(|| y.strip_suffix(".pbf")));
    let y: u32 = row.and_then(|y| y.parse().ok()).ok_or_else(Problem::not_found)?;
    let coord =
        TileCoord::new(segments.parse("z")?, segments.parse("x")?, y).map_err(|_outside| Problem::not_found())?;
    if coord.z() > MAX_ZOOM {
        return Err(Problem::not_found());
    }
    let open = release(&read, &segments).await?;
    let archive = open.archive(&archive_name(&segments)?).await?;
    if coord.z() > archive.get_header().max_zoom {
        return Err(Problem::not_found());
    }
    let tile = archive.get_tile(coord).await.map_err(|error| {
        tracing::error!(%error, "a tile cannot be read");
        Problem::internal()
    })?;
    answer_tile(tile, true, &tag(&open, &segments, coord), &headers)
}

/// Sends a tile that never changes, `name` being its own; 204 where there is none. One that is stored as gzip goes plain to a
/// client that does not take it, under a tag of its own.
pub(super) fn answer_tile(
    tile: Option<Bytes>,
    is_gzip: bool,
    name: &str,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let cache = (CACHE_CONTROL, CachePolicy::Immutable.header_value());
    let Some(tile) = tile else { return Ok((StatusCode::NO_CONTENT, [cache]).into_response()) };
    let gzip = is_gzip && coding(headers, &[Coding::Gzip, Coding::Identity]) == Some(Coding::Gzip);
    let tag = format!("\"{name}{}\"", if gzip { "-gzip" } else { "" });
    let vary = (VARY, HeaderValue::from_static("accept-encoding"));
    let known = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if known.is_some_and(|known| {
        known.split(',').map(str::trim).any(|one| one == "*" || one.trim_start_matches("W/") == tag)
    }) {
        return Ok((StatusCode::NOT_MODIFIED, [(ETAG, header(&tag)?), cache, vary]).into_response());
    }
    let body = if gzip || !is_gzip { tile } else { unpacked(&tile)? };
    let mut answer = ([(CONTENT_TYPE, MVT), (ETAG, header(&tag)?), cache, vary], body).into_response();
    if gzip {
        answer.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    Ok(answer)
}

/// What TileJSON 3.0 says about the cells of the latest release.
#[utoipa::path(get, path = "/tiles/density.json", tag = "tiles", responses(
    (status = 200, description = "TileJSON 3.0 of the latest release", content_type = "application/json"),
    (status = 400, description = "Unknown query parameter", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "There is no release yet", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn tilejson(
    State(read): State<ReadSide>,
    headers: HeaderMap,
    _: NoQuery,
) -> Result<Response, Problem> {
    let open = read.latest().await?.ok_or_else(Problem::not_found)?;
    let about = Layer { max_zoom: MAX_ZOOM, bounds: bounds(&open.release.summary), layers: vector_layers() };
    Ok(answer_tilejson(&read, &open.release.summary, "density", about, &headers))
}

/// What TileJSON 3.0 says about the areas of the latest release.
#[utoipa::path(get, path = "/tiles/areas.json", tag = "tiles", responses(
    (status = 200, description = "TileJSON 3.0 of the latest release", content_type = "application/json"),
    (status = 400, description = "Unknown query parameter", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "There is no release yet, or it has no areas", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn areas_tilejson(
    State(read): State<ReadSide>,
    headers: HeaderMap,
    _: NoQuery,
) -> Result<Response, Problem> {
    let open = read.latest().await?.ok_or_else(Problem::not_found)?;
    let about = areas_layer(&open).await?;
    Ok(answer_tilejson(&read, &open.release.summary, "areas", about, &headers))
}

/// A layer as both descriptions tell it.
struct Layer {
    max_zoom: u8,
    bounds: [f64; 4],
    layers: Value,
}

/// The layer of areas: as deep and as wide as its archive.
async fn areas_layer(open: &OpenRelease) -> Result<Layer, Problem> {
    let archive = open.archive("areas.pmtiles").await?;
    let header = archive.get_header();
    let (south, north) = (header.min_latitude.max(-LAST_LATITUDE), header.max_latitude.min(LAST_LATITUDE));
    let bounds = [header.min_longitude, south, header.max_longitude, north];
    Ok(Layer { max_zoom: header.max_zoom, bounds, layers: area_layers(header.max_zoom) })
}

fn answer_tilejson(read: &ReadSide, summary: &Summary, name: &str, about: Layer, headers: &HeaderMap) -> Response {
    let mut document = description(summary, about);
    let (base, cache) = address::base(read, headers, CachePolicy::Revalidate);
    let tiles = format!("{base}/tiles/{}/{name}/{{z}}/{{x}}/{{y}}.mvt", summary.release);
    if let Value::Object(members) = &mut document {
        members.insert("tilejson".to_owned(), "3.0.0".into());
        members.insert("tiles".to_owned(), json!([tiles]));
        members.insert("scheme".to_owned(), "xyz".into());
    }
    ([(CACHE_CONTROL, cache.header_value())], Json(document)).into_response()
}

/// What GDAL's MVT driver looks for beside the zoom directories.
#[utoipa::path(get, path = "/tiles/{release}/{layer}/metadata.json", tag = "tiles",
    params(
        ("release" = String, Path, description = "Id of a release"),
        ("layer" = String, Path, description = "`density` for field data, `areas` for the areas, or the slug of a list"),
    ),
    responses(
        (status = 200, description = "Tileset metadata in the form of MBTiles", content_type = "application/json"),
        (status = 404, description = "No such release or layer", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn metadata(State(read): State<ReadSide>, segments: Segments) -> Result<Response, Problem> {
    let open = release(&read, &segments).await?;
    let field = || open.release.summary.clone();
    let (summary, about) = match segments.get("layer") {
        Some("density") => (field(), None),
        Some("areas") => (field(), Some(areas_layer(&open).await?)),
        Some(list) => (open.release.list_summary(list).map_err(|_missing| Problem::not_found())?, None),
        None => return Err(Problem::not_found()),
    };
    let cells = || Layer { max_zoom: MAX_ZOOM, bounds: bounds(&summary), layers: vector_layers() };
    let Layer { max_zoom, bounds, layers } = about.unwrap_or_else(cells);
    let document = json!({
        "name": summary.title,
        "description": format!("Counts of surveillance cameras, release {}", summary.release),
        "version": 2,
        "minzoom": 0,
        "maxzoom": max_zoom,
        "center": format!("{},{},10", f64::midpoint(bounds[0], bounds[2]), f64::midpoint(bounds[1], bounds[3])),
        "bounds": bounds.map(|edge| edge.to_string()).join(","),
        "type": "overlay",
        "format": "pbf",
        "json": json!({ "vector_layers": layers }).to_string(),
    });
    Ok(([(CACHE_CONTROL, CachePolicy::Immutable.header_value())], Json(document)).into_response())
}

fn description(summary: &Summary, Layer { max_zoom, bounds, layers }: Layer) -> Value {
    json!({
        "name": summary.title,
        "description": format!("Counts of surveillance cameras, release {}", summary.release),
        "version": "1.0.0",
        "attribution": summary.attribution,
        "minzoom": 0,
        "maxzoom": max_zoom,
        "bounds": bounds,
        "center": [f64::midpoint(bounds[0], bounds[2]), f64::midpoint(bounds[1], bounds[3]), 10],
        "vector_layers": layers,
        "release": summary.release,
        "licence": summary.licence,
    })
}

/// TileJSON wants west below east, so a box over the antimeridian becomes the whole width.
fn bounds(summary: &Summary) -> [f64; 4] {
    match summary.bounds {
        Some([west, south, east, north]) if west <= east => {
            [west, south.max(-LAST_LATITUDE), east, north.min(LAST_LATITUDE)]
        }
        Some([_, south, _, north]) => [-180.0, south.max(-LAST_LATITUDE), 180.0, north.min(LAST_LATITUDE)],
        None => [-180.0, -LAST_LATITUDE, 180.0, LAST_LATITUDE],
    }
}

async fn release(read: &ReadSide, segments: &Segments) -> Result<std::sync::Arc<OpenRelease>, Problem> {
    let id = ReleaseId::parse(segments.get("release").unwrap_or_default()).ok_or_else(Problem::not_found)?;
    read.release(&id).await
}

fn archive_name(segments: &Segments) -> Result<String, Problem> {
    match segments.get("layer") {
        Some("density") => Ok("density.pmtiles".to_owned()),
        Some("areas") => Ok("areas.pmtiles".to_owned()),
        Some(list) => Ok(format!("sources/{list}/density.pmtiles")),
        None => Err(Problem::not_found()),
    }
}

/// A tile of an immutable release never changes, so its address identifies its content.
fn tag(open: &OpenRelease, segments: &Segments, coord: TileCoord) -> String {
    let digest = open.release.manifest_sha256.get(..16).unwrap_or_default();
    let layer = segments.get("layer").unwrap_or_default();
    format!("{digest}-{layer}-{}-{}-{}", coord.z(), coord.x(), coord.y())
}

fn header(text: &str) -> Result<HeaderValue, Problem> {
    HeaderValue::from_str(text).map_err(|_not_ascii| Problem::not_found())
}

/// The tile as a client without gzip reads it. An archive of somebody else may hold what unpacks to far more than a tile.
fn unpacked(tile: &Bytes) -> Result<Bytes, Problem> {
    use std::io::Read as _;
    /// No tile of a map is as large.
    const MOST: u64 = 16 << 20;
    let mut bytes = Vec::new();
    let mut gunzip = flate2::read::GzDecoder::new(tile.as_ref()).take(MOST + 1);
    let size = gunzip.read_to_end(&mut bytes).map_err(|_damaged| Problem::internal())?;
    if size as u64 > MOST {
        tracing::error!("a tile of the base map unpacks to more than 16 MiB; make the archive anew");
        return Err(Problem::internal());
    }
    Ok(bytes.into())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn a_tile_is_unpacked_and_one_that_grows_without_end_is_not() {
        let packed = |bytes: &[u8]| {
            let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            gzip.write_all(bytes).unwrap();
            Bytes::from(gzip.finish().unwrap())
        };
        assert_eq!(unpacked(&packed(b"a tile")).unwrap(), Bytes::from_static(b"a tile"));
        assert!(unpacked(&packed(&vec![0; (16 << 20) + 1])).is_err());
        assert!(unpacked(&Bytes::from_static(b"no gzip")).is_err());
    }
}
