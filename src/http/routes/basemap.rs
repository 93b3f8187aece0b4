//! `/basemap`: tiles of the ground under the counts.

use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;
use pmtiles::TileCoord;

use super::tiles::answer_tile;
use crate::http::extract::Segments;
use crate::http::problem::Problem;
use crate::http::state::ReadSide;

/// One tile of the base map; 204 where it has nothing.
pub(super) async fn tile(
    State(read): State<ReadSide>,
    segments: Segments,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let basemap = read.basemap().filter(|basemap| segments.get("id") == Some(basemap.id()));
    let basemap = basemap.ok_or_else(Problem::not_found)?;
    let y = segments.get("y").and_then(|y| y.strip_suffix(".mvt")?.parse().ok()).ok_or_else(Problem::not_found)?;
    let (z, x) = (segments.parse("z")?, segments.parse("x")?);
    let coord = TileCoord::new(z, x, y).map_err(|_outside| Problem::not_found())?;
    if z > basemap.max_zoom {
        return Err(Problem::not_found());
    }
    let tile = basemap.archive.get_tile(coord).await.map_err(|error| {
        tracing::error!(%error, "a tile of the base map cannot be read");
        Problem::internal()
    })?;
    answer_tile(tile, basemap.is_gzip, &format!("{}-{z}-{x}-{y}", basemap.id()), &headers)
}
