//! `/ogc/collections/{collection}/items/{feature}`: one feature.

use axum::extract::State;
use axum::response::Response;
use serde_json::Value;

use super::asked::{Asked, Face, GEOJSON, JSON, link};
use super::features::Features;
use super::layers::collection;
use crate::http::extract::{Segments, StrictQuery};
use crate::http::pages::{OgcCell, OgcPage, feature_columns};
use crate::http::problem::Problem;
use crate::http::routes::pages::{context, render};
use crate::http::state::ReadSide;

/// What is asked for.
#[derive(Debug, serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http::routes) struct Query {
    /// Id of a release; the latest by default.
    #[param(pattern = "^(latest|[0-9]{4}-W[0-9]{2}-[0-9a-f]{8})$")]
    release: Option<String>,
    /// `json` or `html`; by the Accept header when not given.
    #[param(value_type = Option<String>, pattern = "^(json|html)$")]
    f: Option<Face>,
}

/// One feature.
#[utoipa::path(get, path = "/ogc/collections/{collection}/items/{feature}", tag = "ogc",
    params(
        ("collection" = String, Path, description = "Id of a collection", example = "cells-r8"),
        ("feature" = String, Path, description = "Id of a feature: an H3 index, the slug of an area, the id of a unit or of a figure"),
        Query,
    ),
    responses(
        (status = 200, description = "The feature", content((Value = "application/geo+json"), (String = "text/html"))),
        (status = 304, description = "Not modified"),
        (status = 400, description = "A query parameter cannot be used", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such collection, feature or release", body = Problem, content_type = "application/problem+json"),
        (status = 406, description = "Neither GeoJSON nor HTML is accepted", body = Problem, content_type = "application/problem+json"),
    ))]
pub(in crate::http::routes) async fn get(
    State(read): State<ReadSide>,
    asked: Asked,
    segments: Segments,
    StrictQuery(query): StrictQuery<Query>,
) -> Result<Response, Problem> {
    let face = asked.face(query.f, &[GEOJSON, JSON])?;
    let (open, cache) = read.wanted(query.release.as_deref()).await?;
    let collection = collection(&open, segments.get("collection").unwrap_or_default()).await?;
    let id = segments.get("feature").unwrap_or_default();
    let text = Features::of(&open, &collection).await?.one(id).await?;
    let own = format!("/collections/{}", collection.id);
    if face == Face::Json {
        let pinned = query.release.as_deref().map(|release| format!("?release={release}")).unwrap_or_default();
        let path = format!("{own}/items/{id}{pinned}");
        let mut links: Vec<Value> = asked.faces(&path, Face::Json, GEOJSON).into();
        links.push(link(&asked.ogc(&own), "collection", JSON, "The collection"));
        let rest = text.strip_prefix('{').ok_or_else(Problem::internal)?;
        return Ok(asked.answer(GEOJSON, format!("{{\"links\":{},{rest}", Value::from(links)), cache).await);
    }
    let page = context(&read, &asked.uri, Some(&open));
    let (head, rows) = feature_columns(&page, std::slice::from_ref(&text));
    let values = rows.into_iter().next().map(|(_, values)| values).unwrap_or_default();
    let rows = head.into_iter().zip(values).map(|(name, value)| vec![OgcCell::text(name), OgcCell::text(value)]);
    let view = OgcPage {
        up: vec![
            (page.page("ogc"), page.t("ogc-title").into_owned()),
            (page.page("ogc/collections"), page.t("ogc-collections").into_owned()),
            (page.page(&format!("ogc{own}")), collection.id.clone()),
            (page.page(&format!("ogc{own}/items")), page.t("ogc-items").into_owned()),
        ],
        lead: vec![page.t("ogc-null").into_owned()],
        rows: rows.collect(),
        json: query.release.map_or_else(|| "?f=json".to_owned(), |release| format!("?release={release}&f=json")),
        ..OgcPage::new(id.to_owned(), page)
    };
    Ok(asked.page(render(&view)?).await)
}
