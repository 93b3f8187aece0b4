//! `/ogc`: where everything else is.

use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};

use super::asked::{Asked, Face, FaceQuery, HTML, JSON, link};
use crate::http::extract::StrictQuery;
use crate::http::file::CachePolicy;
use crate::http::pages::{OgcCell, OgcPage};
use crate::http::problem::Problem;
use crate::http::routes::pages::{context, render};
use crate::http::state::ReadSide;

/// The landing page of the OGC API.
#[utoipa::path(get, path = "/ogc", tag = "ogc", params(FaceQuery), responses(
    (status = 200, description = "Links to everything else", content((Value = "application/json"), (String = "text/html"))),
    (status = 304, description = "Not modified"),
    (status = 400, description = "A query parameter cannot be used", body = Problem, content_type = "application/problem+json"),
    (status = 406, description = "Neither JSON nor HTML is accepted", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::http::routes) async fn get(
    State(read): State<ReadSide>,
    asked: Asked,
    StrictQuery(query): StrictQuery<FaceQuery>,
) -> Result<Response, Problem> {
    let open = read.latest().await?;
    if asked.face(query.f, &[JSON])? == Face::Json {
        let summary = open.as_ref().map(|open| &open.release.summary);
        let title = summary.map_or("camera-census", |summary| summary.title.as_str());
        let mut links: Vec<Value> = asked.faces("", Face::Json, JSON).into();
        let api = asked.ogc("/api");
        links.extend([
            link(&format!("{api}?f=json"), "service-desc", super::api::OPENAPI, "The API, described for programs"),
            link(&format!("{api}?f=html"), "service-doc", HTML, "The API, described for people"),
            link(&asked.ogc("/conformance"), "conformance", JSON, "The conformance classes it implements"),
            link(&asked.ogc("/collections"), "data", JSON, "The collections"),
            link(&asked.site("data"), "describedby", HTML, "The whole release as files"),
        ]);
        let document = json!({
            "title": title,
            "description": "Counts of surveillance cameras: cells, areas, effort and published figures of the latest release.",
            "links": links,
        });
        return Ok(asked.json(&document, CachePolicy::Revalidate).await);
    }
    let page = context(&read, &asked.uri, open.as_deref());
    let row = |path: &str, key: &str| vec![OgcCell::link(page.page(&format!("ogc{path}")), page.t(key).into_owned())];
    let rows =
        vec![row("/collections", "ogc-collections"), row("/conformance", "ogc-conformance"), row("/api", "ogc-api")];
    let lines = [
        format!("ogrinfo -ro -so OAPIF:{} cells-r8", asked.ogc("")),
        format!("ogr2ogr -oo PAGE_SIZE=1000 cells.gpkg OAPIF:{} cells-r8", asked.ogc("")),
    ];
    let view = OgcPage {
        lead: vec![page.t("ogc-text").into_owned(), page.t("ogc-clients").into_owned()],
        code: Some(lines.join("\n")),
        rows,
        json: "?f=json".to_owned(),
        ..OgcPage::new(page.t("ogc-title").into_owned(), page)
    };
    Ok(asked.page(render(&view)?).await)
}
