//! `/data/{release}/{file}`: the files of a release, for ever under the same address.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderMap, Method, StatusCode};

use crate::http::extract::Segments;
use crate::http::file::{CachePolicy, Content, PublicFile, digest_of};
use crate::http::negotiate::Coding;
use crate::http::problem::Problem;
use crate::http::state::ReadSide;
use crate::release::{ReleaseId, SIGNATURE, Tombstone};

/// Files that stay of a release that was withdrawn.
const REMAINS: [&str; 2] = ["manifest.json", Tombstone::FILE];

/// What a file is whose manifest says nothing of it.
const UNKNOWN: &str = "application/octet-stream";

/// A file of a release. `latest` redirects to the release it stands for.
#[utoipa::path(get, path = "/data/{release}/{file}", tag = "downloads",
    params(
        ("release" = String, Path, description = "Id of a release, or `latest`", example = "latest"),
        ("file" = String, Path, description = "Path of a file that the manifest names", example = "summary.json"),
    ),
    responses(
        (status = 200, description = "The file", content((Value = "application/json"), (String = "text/csv"),
            (Value = "application/geo+json"), (String = "application/vnd.pmtiles"))),
        (status = 206, description = "The part that was asked for", content((Value = "application/json"),
            (String = "text/csv"), (Value = "application/geo+json"), (String = "application/vnd.pmtiles"))),
        (status = 304, description = "Not modified"),
        (status = 307, description = "From `latest` to the release it stands for"),
        (status = 404, description = "No such release or file", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "The release was withdrawn", body = Problem, content_type = "application/problem+json"),
        (status = 406, description = "No coding the client takes", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "A precondition failed", body = Problem, content_type = "application/problem+json"),
        (status = 416, description = "Range outside the file", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn get(
    State(read): State<ReadSide>,
    segments: Segments,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (id, name) = (segments.get("release").unwrap_or_default(), segments.get("file").unwrap_or_default());
    if id == "latest" {
        let open = read.latest().await?.ok_or_else(Problem::not_found)?;
        // Only a name from our own manifest goes into the address.
        let known = open.release.path(name).ok_or_else(Problem::not_found).map(|_| name)?;
        let target = Redirect::temporary(&format!("/data/{}/{known}", open.release.manifest.id));
        return Ok(([(CACHE_CONTROL, CachePolicy::Revalidate.header_value())], target).into_response());
    }
    let id = ReleaseId::parse(id).ok_or_else(Problem::not_found)?;
    let open = match read.release(&id).await {
        // What is left of a withdrawn release stays at its address.
        Err(problem) if problem.status() == StatusCode::GONE && REMAINS.contains(&name) => {
            let bytes = tokio::fs::read(read.shelf().place(&id).join(name)).await.map_err(|_unreadable| problem)?;
            return Ok((
                [(CACHE_CONTROL, CachePolicy::Revalidate.header_value())],
                [(CONTENT_TYPE, "application/json")],
                bytes,
            )
                .into_response());
        }
        opened => opened?,
    };
    let path = open.release.path(name).ok_or_else(Problem::not_found)?;
    let file = if let Some(entry) = open.release.entry(name) {
        let content = Content::Disk { path, length: entry.bytes };
        let file = PublicFile::new(UNKNOWN, &entry.sha256, content, CachePolicy::Immutable).of_type(&entry.media_type);
        let twin = match read.twins() {
            Some(twins) => twins.of(&open.release, name).await,
            None => None,
        };
        match twin {
            Some(twin) => file.with_twin(Coding::Gzip, twin),
            None => file,
        }
    } else {
        // What stands beside the files: the manifest, and a signature, which may be replaced by another.
        let bytes = tokio::fs::read(&path).await.map_err(|_unreadable| Problem::internal())?;
        if name == SIGNATURE {
            let tag = digest_of(&bytes);
            PublicFile::new("text/plain; charset=utf-8", &tag, Content::Memory(bytes.into()), CachePolicy::Revalidate)
        } else {
            let tag = &open.release.manifest_sha256;
            PublicFile::new("application/json", tag, Content::Memory(bytes.into()), CachePolicy::Immutable)
        }
    };
    Ok(file.respond(&method, &headers).await)
}
