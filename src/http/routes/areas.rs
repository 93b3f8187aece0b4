//! `/api/v1/areas`: the area sets of a release, the counts of each area, and what is estimated and compared.

use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, Method};
use serde_json::{Map, Value, json};

use crate::http::extract::{Segments, StrictQuery};
use crate::http::file::{CachePolicy, Content, PublicFile, digest_of};
use crate::http::open::OpenRelease;
use crate::http::problem::Problem;
use crate::http::state::ReadSide;
use crate::release::{AreaRow, AreaSetEntry, area_members, neighbours};

/// What is asked for.
#[derive(Debug, serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Query {
    /// Id of a release; the latest by default.
    #[param(pattern = "^(latest|[0-9]{4}-W[0-9]{2}-[0-9a-f]{8})$")]
    release: Option<String>,
    /// Slug of a list; the field data by default.
    source: Option<String>,
}

/// The request as it came, for conditions and codings.
type Asked = (Method, HeaderMap);

/// The area sets: editions, where the populations come from, how a camera finds its area, and where the rest is.
#[utoipa::path(get, path = "/api/v1/areas", tag = "areas", params(Query), responses(
    (status = 200, description = "The area sets", content_type = "application/json"),
    (status = 304, description = "Not modified"),
    (status = 400, description = "Unknown query parameter", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "No such release or list", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn sets(
    State(read): State<ReadSide>,
    StrictQuery(query): StrictQuery<Query>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let found = Found::of(&read, query).await?;
    let entries = found.open.area_sets().await?;
    let sets: Vec<Value> = entries.iter().map(|entry| found.set(entry)).collect();
    Ok(found.answer([("sets", sets.into())], (method, headers)).await)
}

/// The counts of every area of a set, by slug, and last of what lies in none (`unassigned`).
#[utoipa::path(get, path = "/api/v1/areas/{set}", tag = "areas",
    params(("set" = String, Path, description = "Slug of an area set"), Query),
    responses(
        (status = 200, description = "The areas. Null is what is not known; where nobody looked that is every count", content_type = "application/json"),
        (status = 304, description = "Not modified"),
        (status = 400, description = "Unknown query parameter", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such release, list or set", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn set(
    State(read): State<ReadSide>,
    segments: Segments,
    StrictQuery(query): StrictQuery<Query>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let found = Found::of(&read, query).await?;
    let entry = found.entry(&segments).await?;
    let table = found.open.areas(found.list(), &entry.set).await?;
    let areas: Vec<Value> = table.rows.iter().map(|row| counts(row).into()).collect();
    Ok(found.answer([("set", found.set(entry)), ("areas", areas.into())], (method, headers)).await)
}

/// One area: counts and densities, the estimate with its interval, how much was walked, and which other areas it cannot
/// be separated from.
#[utoipa::path(get, path = "/api/v1/areas/{set}/{slug}", tag = "areas",
    params(
        ("set" = String, Path, description = "Slug of an area set"),
        ("slug" = String, Path, description = "Slug of an area, or `unassigned` for what lies in none"),
        Query,
    ),
    responses(
        (status = 200, description = "The area", content_type = "application/json"),
        (status = 304, description = "Not modified"),
        (status = 400, description = "Unknown query parameter", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such release, list, set or area", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn area(
    State(read): State<ReadSide>,
    segments: Segments,
    StrictQuery(query): StrictQuery<Query>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let found = Found::of(&read, query).await?;
    let entry = found.entry(&segments).await?;
    let table = found.open.areas(found.list(), &entry.set).await?;
    let row = table.row(segments.get("slug").unwrap_or_default()).ok_or_else(Problem::not_found)?;
    let members = [
        ("set", found.set(entry)),
        ("area", counts(row).into()),
        ("estimate", estimate(row)),
        ("effort", effort(row)),
        ("comparison", comparison(&table.rows, row)),
    ];
    Ok(found.answer(members, (method, headers)).await)
}

/// The release, and the body of data in it, that a request asks for.
struct Found {
    open: std::sync::Arc<OpenRelease>,
    cache: CachePolicy,
    query: Query,
}

impl Found {
    async fn of(read: &ReadSide, query: Query) -> Result<Self, Problem> {
        let (open, cache) = read.wanted(query.release.as_deref()).await?;
        let known = query.source.as_deref().is_none_or(|list| open.release.lists().contains(&list));
        if known { Ok(Self { open, cache, query }) } else { Err(Problem::not_found()) }
    }

    fn list(&self) -> Option<&str> {
        self.query.source.as_deref()
    }

    async fn entry(&self, segments: &Segments) -> Result<&AreaSetEntry, Problem> {
        self.open.area_set(segments.get("set").unwrap_or_default()).await
    }

    /// What `areas.json` says of a set, with the addresses at which the rest is.
    fn set(&self, entry: &AreaSetEntry) -> Value {
        let id = &self.open.release.manifest.id;
        let source = self.list().map(|list| format!("&source={list}")).unwrap_or_default();
        let file = |name: String| {
            let prefix = self.list().map(|list| format!("sources/{list}/")).unwrap_or_default();
            let name = format!("{prefix}{name}");
            self.open.release.entry(&name).map(|_| format!("/data/{id}/{name}"))
        };
        let mut set = json!(entry);
        set["links"] = json!({
            "areas": format!("/api/v1/areas/{}?release={id}{source}", entry.set),
            "table": file(format!("areas-{}.csv", entry.set)),
            "outlines": file(format!("areas-{}.geojson", entry.set)),
        });
        set
    }

    /// The document, under a tag made of its bytes.
    async fn answer<const N: usize>(&self, members: [(&str, Value); N], (method, headers): Asked) -> Response {
        let manifest = &self.open.release.manifest;
        let mut document = Map::new();
        document.insert("release".to_owned(), manifest.id.as_str().into());
        document.insert("as_of".to_owned(), manifest.as_of.as_str().into());
        document.insert("source".to_owned(), self.list().into());
        document.extend(members.map(|(name, value)| (name.to_owned(), value)));
        let body = Value::Object(document).to_string();
        let tag = digest_of(&body);
        let file = PublicFile::new("application/json", &tag, Content::Memory(body.into()), self.cache);
        file.respond(&method, &headers).await
    }
}

/// The columns of the table, and whether the home count is withheld (promise P11).
fn counts(row: &AreaRow) -> Map<String, Value> {
    let mut members = area_members(row);
    members.insert("home_withheld".to_owned(), row.home_rounded.is_none().into());
    members
}

/// The estimate of all cameras, or the reason why there is none.
fn estimate(row: &AreaRow) -> Value {
    let columns = area_members(row);
    let said = |text: &str| if text.is_empty() { Value::Null } else { text.into() };
    json!({
        "value": columns.get("estimate"),
        "low": columns.get("low"),
        "high": columns.get("high"),
        "confidence": 0.95,
        "method": said(&row.method),
        "scope": said(&row.estimate_scope),
        "wave": said(&row.wave),
        "reason": said(&row.reason),
        "warnings": row.warnings.split_whitespace().collect::<Vec<_>>(),
    })
}

fn effort(row: &AreaRow) -> Value {
    let columns = area_members(row);
    json!({
        "looked_at": row.is_looked_at,
        "surveyed_share": columns.get("surveyed_share"),
        "wave": columns.get("wave").filter(|wave| wave.as_str() != Some("")),
    })
}

/// Areas are compared in pairs and never ranked.
fn comparison(rows: &[AreaRow], row: &AreaRow) -> Value {
    let own = rows.iter().position(|other| other.slug == row.slug);
    let alike = own.and_then(|own| neighbours(rows, own)).map(|found| found.alike);
    let slugs = alike.map(|alike| alike.iter().map(|&at| rows[at].slug.clone()).collect::<Vec<_>>());
    json!({ "by": "per_km2", "confidence": 0.95, "of": "all_pairs", "cannot_be_separated_from": slugs })
}
