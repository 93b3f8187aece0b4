//! `/api/v1/releases`: which releases there are, and the manifest of each.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::header::CACHE_CONTROL;
use http::{HeaderMap, Method};

use crate::http::extract::{NoQuery, Segments};
use crate::http::file::{CachePolicy, Content, PublicFile};
use crate::http::problem::Problem;
use crate::http::state::{ReadSide, blocking};
use crate::release::{ReleaseId, Tombstone};

/// One release in the list.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub(super) struct ReleaseItem {
    /// Id: the week it speaks of and a hash of what it was made of.
    id: String,
    /// Id of the release before it.
    previous: Option<String>,
    /// ISO week it speaks of.
    as_of: String,
    /// Whether it is the latest.
    latest: bool,
    /// SHA-256 of its manifest: identifies the content.
    manifest_sha256: String,
    /// Public-space cameras counted.
    cameras: u32,
    /// Camera heads.
    heads: u32,
    /// Reports.
    sightings: u32,
    /// About how many home cameras.
    home_rounded: u32,
}

/// The list of releases.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub(super) struct ReleaseList {
    /// By the week they speak of, oldest first.
    releases: Vec<ReleaseItem>,
    /// Those that were withdrawn.
    withdrawn: Vec<WithdrawnRelease>,
}

/// A release that was withdrawn.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub(super) struct WithdrawnRelease {
    /// Its id.
    id: String,
    /// Why, in the words of whoever withdrew it.
    reason: String,
    /// ISO week it was withdrawn in.
    week: String,
    /// SHA-256 of its manifest: what it was cited by.
    manifest_sha256: String,
}

/// Which releases there are, by the week they speak of.
#[utoipa::path(get, path = "/api/v1/releases", tag = "releases", responses(
    (status = 200, description = "The releases", body = ReleaseList),
    (status = 400, description = "Unknown query parameter", body = Problem, content_type = "application/problem+json"),
    (status = 500, description = "A release cannot be read", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list(State(read): State<ReadSide>, _: NoQuery) -> Result<Response, Problem> {
    let shelf = read.shelf().clone();
    let (ids, latest) = blocking(move || Ok((shelf.list()?, shelf.latest_id()?))).await?;
    let (mut releases, mut withdrawn) = (Vec::with_capacity(ids.len()), Vec::new());
    for id in ids {
        if let Some(Tombstone { release, reason, week, manifest_sha256 }) = read.tombstone(&id)? {
            withdrawn.push(WithdrawnRelease { id: release, reason, week, manifest_sha256 });
            continue;
        }
        let release = read.listed(&id).await?;
        let (manifest, summary) = (&release.manifest, &release.summary);
        releases.push(ReleaseItem {
            latest: latest.as_ref() == Some(&id),
            id: manifest.id.clone(),
            previous: manifest.previous.clone(),
            as_of: manifest.as_of.clone(),
            manifest_sha256: release.manifest_sha256.clone(),
            cameras: summary.cameras,
            heads: summary.heads,
            sightings: summary.sightings,
            home_rounded: summary.home_rounded,
        });
    }
    let cache = CachePolicy::Revalidate.header_value();
    Ok(([(CACHE_CONTROL, cache)], Json(ReleaseList { releases, withdrawn })).into_response())
}

/// The manifest of a release: every file with its size and SHA-256.
#[utoipa::path(get, path = "/api/v1/releases/{id}", tag = "releases",
    params(("id" = String, Path, description = "Id of a release, or `latest`", example = "latest")),
    responses(
        (status = 200, description = "The manifest", content_type = "application/json"),
        (status = 206, description = "The part of it that a Range header asked for", content_type = "application/json"),
        (status = 304, description = "Not modified"),
        (status = 400, description = "Unknown query parameter", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such release", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "The release was withdrawn", body = Problem, content_type = "application/problem+json"),
        (status = 406, description = "No coding the client takes", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "A precondition failed", body = Problem, content_type = "application/problem+json"),
        (status = 416, description = "Range outside the file", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn one(
    State(read): State<ReadSide>,
    segments: Segments,
    method: Method,
    headers: HeaderMap,
    _: NoQuery,
) -> Result<Response, Problem> {
    let id = segments.get("id").unwrap_or_default();
    let (open, cache) = if id == "latest" {
        (read.latest().await?.ok_or_else(Problem::not_found)?, CachePolicy::Revalidate)
    } else {
        (read.release(&ReleaseId::parse(id).ok_or_else(Problem::not_found)?).await?, CachePolicy::Immutable)
    };
    let path = open.release.path("manifest.json").ok_or_else(Problem::not_found)?;
    let bytes = tokio::fs::read(path).await.map_err(|_unreadable| Problem::internal())?;
    let file = PublicFile::new("application/json", &open.release.manifest_sha256, Content::Memory(bytes.into()), cache);
    Ok(file.respond(&method, &headers).await)
}
