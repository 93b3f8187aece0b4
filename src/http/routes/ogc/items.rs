//! `/ogc/collections/{collection}/items`: the features, page by page.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};

use super::asked::{Asked, Face, GEOJSON, JSON, link};
use super::bbox::Bbox;
use super::datetime::Interval;
use super::features::{Features, Page};
use super::layers::{Collection, as_of, collection};
use crate::http::extract::{Segments, StrictQuery};
use crate::http::open::OpenRelease;
use crate::http::pages::{OgcCell, OgcPage, feature_columns};
use crate::http::problem::Problem;
use crate::http::routes::pages::{context, render};
use crate::http::state::ReadSide;

/// Features on a page when no limit is given.
const LIMIT: u64 = 100;
/// Features on a page at most; a higher limit means this one.
const MAX_LIMIT: u64 = 10_000;

/// What is asked for.
#[derive(Debug, Default, serde::Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(in crate::http::routes) struct Query {
    /// Features on a page; a higher limit than the highest means the highest.
    #[param(style = Form, explode = false, minimum = 1, maximum = 10000, default = 100)]
    limit: Option<u64>,
    /// West,south,east,north in degrees (CRS84), or the same with heights: features that intersect the box, and those
    /// without a place. West may exceed east, across the antimeridian.
    #[param(style = Form, explode = false, value_type = Option<Vec<f64>>, min_items = 4, max_items = 6)]
    bbox: Option<String>,
    /// A moment or an interval of RFC 3339, such as 2026-11-16T00:00:00Z/..: features of weeks that it meets.
    #[param(style = Form, explode = false, pattern = "^[0-9TZtz:.+-]*(/[0-9TZtz:.+-]*)?$")]
    datetime: Option<String>,
    /// Id of a release; the latest by default. Links to the next page have it.
    #[param(pattern = "^(latest|[0-9]{4}-W[0-9]{2}-[0-9a-f]{8})$")]
    release: Option<String>,
    /// Id of the feature after which the page begins. Links to the next page have it.
    after: Option<String>,
    /// `json` or `html`; by the Accept header when not given.
    #[param(value_type = Option<String>, pattern = "^(json|html)$")]
    f: Option<Face>,
}

/// The query, judged.
struct Wanted {
    limit: u64,
    bbox: Option<Bbox>,
    datetime: Option<Interval>,
    after: Option<String>,
}

impl Wanted {
    fn of(query: &Query) -> Result<Self, Problem> {
        let limit = query.limit.unwrap_or(LIMIT).min(MAX_LIMIT);
        if limit == 0 {
            return Err(Problem::bad_request("limit is a whole number from 1; above 10000 it means 10000."));
        }
        let bbox = query.bbox.as_deref().map(Bbox::parse).transpose()?;
        let datetime = query.datetime.as_deref().map(Interval::parse).transpose()?;
        Ok(Self { limit, bbox, datetime, after: query.after.clone() })
    }

    /// A query for the page after an id, or for this one.
    fn query(&self, release: Option<&str>, after: Option<&str>) -> String {
        let mut text = form_urlencoded::Serializer::new(String::new());
        text.append_pair("limit", &self.limit.to_string());
        if let Some(bbox) = &self.bbox {
            text.append_pair("bbox", &bbox.text());
        }
        if let Some(datetime) = &self.datetime {
            text.append_pair("datetime", datetime.text());
        }
        if let Some(release) = release {
            text.append_pair("release", release);
        }
        if let Some(after) = after {
            text.append_pair("after", after);
        }
        text.finish()
    }
}

/// A page of features, by id.
#[utoipa::path(get, path = "/ogc/collections/{collection}/items", tag = "ogc",
    params(("collection" = String, Path, description = "Id of a collection", example = "cells-r8"), Query),
    responses(
        (status = 200, description = "The features, with a link to the next page. Null is what is not known; where nobody looked that is every count", content((Value = "application/geo+json"), (String = "text/html"))),
        (status = 304, description = "Not modified"),
        (status = 400, description = "A query parameter cannot be used", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such collection or release", body = Problem, content_type = "application/problem+json"),
        (status = 406, description = "Neither GeoJSON nor HTML is accepted", body = Problem, content_type = "application/problem+json"),
    ))]
pub(in crate::http::routes) async fn get(
    State(read): State<ReadSide>,
    asked: Asked,
    segments: Segments,
    StrictQuery(query): StrictQuery<Query>,
) -> Result<Response, Problem> {
    let face = asked.face(query.f, &[GEOJSON, JSON])?;
    let wanted = Wanted::of(&query)?;
    let (open, cache) = read.wanted(query.release.as_deref()).await?;
    let collection = collection(&open, segments.get("collection").unwrap_or_default()).await?;
    let week = as_of(&collection.summary)?;
    let is_meant = wanted.datetime.as_ref().is_none_or(|time| !collection.is_of_the_week() || time.meets(week));
    let found = if is_meant {
        let limit = usize::try_from(wanted.limit).unwrap_or(usize::MAX);
        Features::of(&open, &collection).await?.page(wanted.after.clone(), wanted.bbox, limit).await?
    } else {
        Page { matched: Some(0), ..Page::default() }
    };
    let path = format!("/collections/{}/items", collection.id);
    // A reader who goes on reads on in the release that was begun, whatever is the latest then.
    let release = open.release.manifest.id.as_str();
    let next = found.next.as_deref().map(|after| format!("{path}?{}", wanted.query(Some(release), Some(after))));
    if face == Face::Json {
        let own = format!("{path}?{}", wanted.query(query.release.as_deref(), wanted.after.as_deref()));
        let mut links: Vec<Value> = asked.faces(&own, Face::Json, GEOJSON).into();
        if let Some(next) = next {
            links.push(link(&format!("{}&f=json", asked.ogc(&next)), "next", GEOJSON, "The next page"));
        }
        links.push(link(&asked.ogc(&format!("/collections/{}", collection.id)), "collection", JSON, "The collection"));
        return Ok(asked.answer(GEOJSON, document(&open, &collection, &found, &links), cache).await);
    }
    page(&read, &asked, &open, &collection, found, next.map(|next| next.replacen("/collections", "ogc/collections", 1)))
        .await
}

/// The collection as one line a feature. It has no `timeStamp`, which the standard leaves to the server: a release does
/// not change with the time of day, and nothing of this program but the command line reads a clock.
fn document(open: &Arc<OpenRelease>, collection: &Collection, found: &Page, links: &[Value]) -> String {
    let mut about = json!({
        "numberReturned": found.texts.len(),
        "release": open.release.manifest.id,
        "as_of": collection.summary.as_of,
        "licence": collection.summary.licence,
        "attribution": collection.summary.attribution,
        "links": links,
    });
    if let Some(matched) = found.matched {
        about["numberMatched"] = matched.into();
    }
    let about = about.to_string();
    let about = about.strip_prefix('{').and_then(|about| about.strip_suffix('}')).unwrap_or_default();
    format!("{{\"type\":\"FeatureCollection\",{about},\"features\":[\n{}\n]}}\n", found.texts.join(",\n"))
}

async fn page(
    read: &ReadSide,
    asked: &Asked,
    open: &Arc<OpenRelease>,
    collection: &Collection,
    found: Page,
    next: Option<String>,
) -> Result<Response, Problem> {
    let page = context(read, &asked.uri, Some(open));
    let own = format!("ogc/collections/{}", collection.id);
    let (head, rows) = feature_columns(&page, &found.texts);
    let rows = rows.into_iter().map(|(id, values)| {
        let address = page.page(&format!("{own}/items/{id}"));
        std::iter::once(OgcCell::link(address, id)).chain(values.into_iter().map(OgcCell::text)).collect()
    });
    let shown = found.texts.len() as u64;
    let count = match found.matched {
        Some(matched) => {
            page.t1("ogc-shown-of", &format!("{} / {}", page.number(&shown), page.number(&(matched as u64))))
        }
        None => page.t1("ogc-shown", &page.number(&shown)),
    };
    let query =
        asked.uri.query().filter(|query| !query.is_empty()).map(|query| format!("{query}&")).unwrap_or_default();
    let view = OgcPage {
        up: vec![
            (page.page("ogc"), page.t("ogc-title").into_owned()),
            (page.page("ogc/collections"), page.t("ogc-collections").into_owned()),
            (page.page(&own), collection.id.clone()),
        ],
        lead: vec![count, page.t("ogc-null").into_owned()],
        head: std::iter::once(page.t("ogc-id").into_owned()).chain(head).collect(),
        rows: rows.collect(),
        next: next.map(|next| page.page(&next)),
        json: if query.contains("f=html") {
            format!("?{}f=json", query.replace("f=html&", ""))
        } else {
            format!("?{query}f=json")
        },
        ..OgcPage::new(collection.title(&page), page)
    };
    Ok(asked.page(render(&view)?).await)
}
