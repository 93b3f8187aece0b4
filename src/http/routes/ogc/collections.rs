//! `/ogc/collections`: what there is, and each of it.

use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};

use super::asked::{Asked, Face, FaceQuery, JSON};
use super::layers::{collection, collections};
use crate::http::extract::{Segments, StrictQuery};
use crate::http::file::CachePolicy;
use crate::http::pages::{OgcCell, OgcPage};
use crate::http::problem::Problem;
use crate::http::routes::pages::{context, render};
use crate::http::state::ReadSide;

/// The collections of the latest release.
#[utoipa::path(get, path = "/ogc/collections", tag = "ogc", params(FaceQuery), responses(
    (status = 200, description = "The collections; none before the first release", content((Value = "application/json"), (String = "text/html"))),
    (status = 304, description = "Not modified"),
    (status = 400, description = "A query parameter cannot be used", body = Problem, content_type = "application/problem+json"),
    (status = 406, description = "Neither JSON nor HTML is accepted", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::http::routes) async fn list(
    State(read): State<ReadSide>,
    asked: Asked,
    StrictQuery(query): StrictQuery<FaceQuery>,
) -> Result<Response, Problem> {
    let face = asked.face(query.f, &[JSON])?;
    let open = read.latest().await?;
    let all = match &open {
        Some(open) => collections(open).await?,
        None => Vec::new(),
    };
    if face == Face::Json {
        let mut documents = Vec::with_capacity(all.len());
        for (collection, open) in all.iter().zip(open.iter().cycle()) {
            documents.push(collection.document(open, &asked).await?);
        }
        let links = asked.faces("/collections", Face::Json, JSON);
        let document = json!({ "links": links, "collections": documents });
        return Ok(asked.json(&document, CachePolicy::Revalidate).await);
    }
    let page = context(&read, &asked.uri, open.as_deref());
    let rows = all.iter().map(|collection| {
        let address = page.page(&format!("ogc/collections/{}", collection.id));
        vec![
            OgcCell::link(address, collection.id.clone()),
            OgcCell::text(collection.title(&page)),
            OgcCell::text(collection.summary.licence.clone()),
        ]
    });
    let view = OgcPage {
        up: vec![(page.page("ogc"), page.t("ogc-title").into_owned())],
        lead: if all.is_empty() { vec![page.t("data-none").into_owned()] } else { Vec::new() },
        head: ["ogc-id", "ogc-about", "ogc-licence"].map(|key| page.t(key).into_owned()).into(),
        rows: rows.collect(),
        json: "?f=json".to_owned(),
        ..OgcPage::new(page.t("ogc-collections").into_owned(), page)
    };
    Ok(asked.page(render(&view)?).await)
}

/// One collection: its extent, and where its features are.
#[utoipa::path(get, path = "/ogc/collections/{collection}", tag = "ogc",
    params(("collection" = String, Path, description = "Id of a collection", example = "cells-r8"), FaceQuery),
    responses(
        (status = 200, description = "The collection", content((Value = "application/json"), (String = "text/html"))),
        (status = 304, description = "Not modified"),
        (status = 400, description = "A query parameter cannot be used", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such collection", body = Problem, content_type = "application/problem+json"),
        (status = 406, description = "Neither JSON nor HTML is accepted", body = Problem, content_type = "application/problem+json"),
    ))]
pub(in crate::http::routes) async fn one(
    State(read): State<ReadSide>,
    asked: Asked,
    segments: Segments,
    StrictQuery(query): StrictQuery<FaceQuery>,
) -> Result<Response, Problem> {
    let face = asked.face(query.f, &[JSON])?;
    let open = read.latest().await?.ok_or_else(Problem::not_found)?;
    let collection = collection(&open, segments.get("collection").unwrap_or_default()).await?;
    let document = collection.document(&open, &asked).await?;
    if face == Face::Json {
        return Ok(asked.json(&document, CachePolicy::Revalidate).await);
    }
    let page = context(&read, &asked.uri, Some(&open));
    let items = page.page(&format!("ogc/collections/{}/items", collection.id));
    let mut rows =
        vec![vec![OgcCell::text(page.t("ogc-items").into_owned()), OgcCell::link(items, collection.id.clone())]];
    let mut fact = |key: &str, text: String| {
        rows.push(vec![OgcCell::text(page.t(key).into_owned()), OgcCell::text(text)]);
    };
    let joined = |value: &Value| {
        let parts = value.as_array().into_iter().flatten();
        parts.map(|part| part.as_str().map_or_else(|| part.to_string(), str::to_owned)).collect::<Vec<_>>().join(", ")
    };
    let extent = &document["extent"];
    if extent["spatial"].is_object() {
        fact("ogc-extent", joined(&extent["spatial"]["bbox"][0]));
    }
    if extent["temporal"].is_object() {
        fact("ogc-time", joined(&extent["temporal"]["interval"][0]));
    }
    fact("ogc-licence", collection.summary.licence.clone());
    if !collection.summary.attribution.is_empty() {
        fact("ogc-attribution", collection.summary.attribution.clone());
    }
    for whole in document["links"].as_array().into_iter().flatten().filter(|link| link["rel"] == "enclosure") {
        let address = whole["href"].as_str().unwrap_or_default().to_owned();
        let name = address.rsplit('/').next().unwrap_or_default().to_owned();
        rows.push(vec![OgcCell::text(page.t("ogc-whole").into_owned()), OgcCell::link(address, name)]);
    }
    let view = OgcPage {
        up: vec![
            (page.page("ogc"), page.t("ogc-title").into_owned()),
            (page.page("ogc/collections"), page.t("ogc-collections").into_owned()),
        ],
        lead: vec![collection.text(&page)],
        rows,
        json: "?f=json".to_owned(),
        ..OgcPage::new(collection.title(&page), page)
    };
    Ok(asked.page(render(&view)?).await)
}
