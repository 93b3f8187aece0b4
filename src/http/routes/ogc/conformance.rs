//! `/ogc/conformance`: which parts of the standard are implemented.

use axum::extract::State;
use axum::response::Response;
use serde_json::json;

use super::asked::{Asked, Face, FaceQuery, JSON};
use crate::http::extract::StrictQuery;
use crate::http::file::CachePolicy;
use crate::http::pages::{OgcCell, OgcPage};
use crate::http::problem::Problem;
use crate::http::routes::pages::{context, render};
use crate::http::state::ReadSide;

/// The classes. `oas30` is not among them: the description of the interface is `OpenAPI` 3.1.
const CLASSES: [&str; 3] = [
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
];

/// The conformance classes of OGC API - Features that are implemented.
#[utoipa::path(get, path = "/ogc/conformance", tag = "ogc", params(FaceQuery), responses(
    (status = 200, description = "The classes", content((Value = "application/json"), (String = "text/html"))),
    (status = 304, description = "Not modified"),
    (status = 400, description = "A query parameter cannot be used", body = Problem, content_type = "application/problem+json"),
    (status = 406, description = "Neither JSON nor HTML is accepted", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::http::routes) async fn get(
    State(read): State<ReadSide>,
    asked: Asked,
    StrictQuery(query): StrictQuery<FaceQuery>,
) -> Result<Response, Problem> {
    if asked.face(query.f, &[JSON])? == Face::Json {
        let links = asked.faces("/conformance", Face::Json, JSON);
        return Ok(asked.json(&json!({ "conformsTo": CLASSES, "links": links }), CachePolicy::Revalidate).await);
    }
    let open = read.latest().await?;
    let page = context(&read, &asked.uri, open.as_deref());
    let view = OgcPage {
        up: vec![(page.page("ogc"), page.t("ogc-title").into_owned())],
        rows: CLASSES.iter().map(|class| vec![OgcCell::text((*class).to_owned())]).collect(),
        json: "?f=json".to_owned(),
        ..OgcPage::new(page.t("ogc-conformance").into_owned(), page)
    };
    Ok(asked.page(render(&view)?).await)
}
