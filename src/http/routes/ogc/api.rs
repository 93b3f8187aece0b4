//! `/ogc/api`: the description of the interface, for programs and for people.

use axum::extract::State;
use axum::response::Response;
use serde_json::Value;

use super::asked::{Asked, Face, FaceQuery, JSON};
use crate::http::extract::StrictQuery;
use crate::http::file::CachePolicy;
use crate::http::pages::{OgcCell, OgcPage};
use crate::http::problem::Problem;
use crate::http::routes::openapi;
use crate::http::routes::pages::{context, render};
use crate::http::state::ReadSide;

/// Media type of the description.
pub(super) const OPENAPI: &str = "application/vnd.oai.openapi+json;version=3.1";

/// The description of this interface, also at `/api/openapi.json`.
#[utoipa::path(get, path = "/ogc/api", tag = "ogc", params(FaceQuery), responses(
    (status = 200, description = "OpenAPI 3.1, or a page", content((Value = "application/vnd.oai.openapi+json"), (Value = "application/json"), (String = "text/html"))),
    (status = 304, description = "Not modified"),
    (status = 400, description = "A query parameter cannot be used", body = Problem, content_type = "application/problem+json"),
    (status = 406, description = "Neither JSON nor HTML is accepted", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::http::routes) async fn get(
    State(read): State<ReadSide>,
    asked: Asked,
    StrictQuery(query): StrictQuery<FaceQuery>,
) -> Result<Response, Problem> {
    let taken = ["application/vnd.oai.openapi+json", "application/openapi+json", "application/json"];
    if asked.face(query.f, &taken)? == Face::Json {
        // GDAL and QGIS ask for version 3.0 or else plain JSON, and complain of any other version.
        let media_type = if asked.names(JSON) { JSON } else { OPENAPI };
        return Ok(asked.answer(media_type, openapi::text().to_owned(), CachePolicy::Revalidate).await);
    }
    let open = read.latest().await?;
    let page = context(&read, &asked.uri, open.as_deref());
    let view = OgcPage {
        up: vec![(page.page("ogc"), page.t("ogc-title").into_owned())],
        lead: vec![page.t("ogc-api-text").into_owned()],
        head: ["ogc-api-address", "ogc-api-about"].map(|key| page.t(key).into_owned()).into(),
        rows: operations(openapi::document()),
        json: "?f=json".to_owned(),
        ..OgcPage::new(page.t("ogc-api").into_owned(), page)
    };
    Ok(asked.page(render(&view)?).await)
}

/// Method and address of every operation, and what it does, in the words of the description.
fn operations(document: &Value) -> Vec<Vec<OgcCell>> {
    let paths = document["paths"].as_object().into_iter().flatten();
    paths
        .flat_map(|(path, item)| {
            item.as_object().into_iter().flatten().map(move |(method, operation)| {
                let said =
                    [&operation["summary"], &operation["description"]].map(|text| text.as_str().unwrap_or_default());
                let said = if said[1].starts_with(said[0]) { said[1].to_owned() } else { said.join(" ") };
                vec![OgcCell::text(format!("{} {path}", method.to_uppercase())), OgcCell::text(said)]
            })
        })
        .collect()
}
