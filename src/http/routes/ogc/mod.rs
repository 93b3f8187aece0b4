//! `/ogc`: OGC API - Features, Part 1 (17-069r4): Core, GeoJSON and HTML.
//!
//! The addresses speak of the latest release. `release=` pins one, and every `next` link does, so a reader who goes through
//! the pages while a new release appears does not mix the two.

pub(super) mod api;
mod asked;
mod bbox;
pub(super) mod collections;
pub(super) mod conformance;
mod datetime;
mod features;
pub(super) mod item;
pub(super) mod items;
pub(super) mod landing;
mod layers;

use axum::Router;
use axum::routing::get;

use crate::http::state::ReadSide;
use crate::language::Language;

/// The addresses, in every language of the pages.
pub(super) fn router() -> Router<ReadSide> {
    Language::ALL.into_iter().fold(Router::new(), |router, language| {
        let at = |path: &str| format!("/{}ogc{path}", language.prefix());
        router
            .route(&at(""), get(landing::get))
            .route(&at("/"), get(landing::get))
            .route(&at("/conformance"), get(conformance::get))
            .route(&at("/api"), get(api::get))
            .route(&at("/collections"), get(collections::list))
            .route(&at("/collections/{collection}"), get(collections::one))
            .route(&at("/collections/{collection}/items"), get(items::get))
            .route(&at("/collections/{collection}/items/{feature}"), get(item::get))
    })
}
