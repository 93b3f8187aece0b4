//! The addresses of the program, one endpoint per file.

mod area_pages;
mod areas;
mod basemap;
mod briefing;
mod catalogue;
mod cells;
mod compare;
mod data;
mod data_page;
mod effort;
mod health;
mod home;
mod ogc;
mod openapi;
mod pages;
#[cfg(feature = "pdf")]
mod paper;
mod releases;
mod reports;
mod review;
mod submissions;
mod submit;
mod tiles;
mod tokens;

use axum::Router;
use axum::routing::{get, post};

use super::security::{hide_panic_messages, open_to_all_origins};
use super::state::{ReadSide, WriteSide};

/// Everything that is public to read: pages, tiles, API and downloads of the releases on a shelf.
pub fn public_router(read: ReadSide) -> Router {
    reading(read.clone()).merge(submit::router(read, None))
}

fn reading(read: ReadSide) -> Router {
    hide_panic_messages();
    let open = Router::new()
        .route("/api/v1/releases", get(releases::list))
        .route("/api/v1/releases/{id}", get(releases::one))
        .route("/api/v1/areas", get(areas::sets))
        .route("/api/v1/areas/{set}", get(areas::set))
        .route("/api/v1/areas/{set}/{slug}", get(areas::area))
        .route("/api/v1/cells", get(cells::get))
        .route("/api/openapi.json", get(openapi::get))
        .route("/schemas/sighting.json", get(openapi::schema))
        .route("/tiles/density.json", get(tiles::tilejson))
        .route("/tiles/areas.json", get(tiles::areas_tilejson))
        .route("/tiles/{release}/{layer}/metadata.json", get(tiles::metadata))
        .route("/tiles/{release}/{layer}/{z}/{x}/{y}", get(tiles::tile))
        .route("/data.json", get(catalogue::get))
        .route("/data/{release}/{*file}", get(data::get))
        .merge(ogc::router());
    Router::new()
        .merge(open_to_all_origins(open))
        .merge(pages::router())
        .route("/basemap/{id}/{z}/{x}/{y}", get(basemap::tile))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .fallback(pages::not_found)
        .with_state(read)
}

/// The public side, the addresses that take reports, and the pages of the moderators.
pub fn full_router(read: ReadSide, write: WriteSide) -> Router {
    let intake = Router::new()
        .route("/api/v1/submissions", post(submissions::post))
        .route("/api/v1/submissions/receipt", get(submissions::receipt).delete(submissions::withdraw))
        .route("/api/v1/reports", post(reports::post))
        .route("/api/v1/tokens/keys", get(tokens::keys))
        .route("/api/v1/tokens", post(tokens::draw))
        .route("/api/v1/effort", post(effort::post))
        .route("/api/v1/sheets/{campaign}/{wave}", get(effort::sheets))
        .with_state(write.clone());
    let review = review::router(read.clone(), write.clone());
    reading(read.clone()).merge(intake).merge(review).merge(submit::router(read, Some(write)))
}
