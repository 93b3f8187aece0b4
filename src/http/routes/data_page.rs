//! `/data`: the downloads of a release, how to check and to cite them.

use axum::extract::{OriginalUri, State};
use axum::response::Response;
use http::HeaderMap;
use serde_json::json;

use super::catalogue::{days, licence_address, place};
use super::pages::{context, page, render, wanted};
use crate::http::address;
use crate::http::extract::Segments;
use crate::http::file::CachePolicy;
use crate::http::open::OpenRelease;
use crate::http::pages::{DataList, DataPage, PageContext, Site, by_subject, tables};
use crate::http::problem::Problem;
use crate::http::state::ReadSide;

/// Stands in examples for the address of an export that does not know its own.
const UNKNOWN_PLACE: &str = "https://census.example";

/// The page of the latest release, or of one for ever.
pub(super) async fn get(
    State(read): State<ReadSide>,
    OriginalUri(uri): OriginalUri,
    segments: Segments,
    headers: HeaderMap,
) -> Response {
    page(&uri, async {
        let (open, _) = wanted(&read, &segments).await?;
        let open = open.ok_or_else(Problem::not_found)?;
        let page = context(&read, &uri, Some(&open));
        let (base, cache) = match read.site() {
            Site::Served | Site::ServedAt { .. } => address::base(&read, &headers, CachePolicy::Revalidate),
            Site::Exported { base_url } => {
                let known = base_url.as_deref().map_or(UNKNOWN_PLACE, |base| base.trim_end_matches('/'));
                (known.to_owned(), CachePolicy::Revalidate)
            }
        };
        // Search engines need absolute addresses; an export that does not know its own has none to give.
        let has_place = !page.is_exported() || page.canonical().is_some();
        let json_ld = has_place.then(|| json_ld(&open, &page, &base)).transpose()?;
        let manifest = &open.release.manifest;
        let lists = open.lists().await?.iter().map(|(slug, summary)| DataList {
            slug: slug.clone(),
            name: summary.title.clone(),
            licence: summary.licence.clone(),
            attribution: summary.attribution.clone(),
            tables: tables(manifest.files.iter(), &format!("sources/{slug}/")),
        });
        let view = DataPage {
            page,
            groups: by_subject(manifest.files.iter()),
            lists: lists.collect(),
            citation: open.release.citation().sentence_with_hash(&open.release.manifest_sha256),
            manifest_sha256: open.release.manifest_sha256.clone(),
            json_ld,
            base,
        };
        Ok((render(&view)?, cache))
    })
    .await
}

/// The field data of a release as a schema.org Dataset, for the search engines of data. Lists by others have licences of
/// their own and are not in it.
fn json_ld(open: &OpenRelease, page: &PageContext, base: &str) -> Result<String, Problem> {
    let (manifest, summary) = (&open.release.manifest, &open.release.summary);
    let id = &manifest.id;
    let files = manifest.files.iter().filter(|entry| !entry.path.starts_with("sources/"));
    let distribution: Vec<_> = files
        .map(|entry| {
            json!({
                "@type": "DataDownload",
                "name": entry.path,
                "description": entry.description,
                "encodingFormat": entry.media_type.split(';').next(),
                "contentUrl": format!("{base}/data/{id}/{}", entry.path),
                "contentSize": entry.bytes.to_string(),
                "sha256": entry.sha256,
            })
        })
        .collect();
    let [first, last] = days(summary)?;
    let mut dataset = json!({
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": manifest.title,
        "description": "Counts of surveillance cameras per H3 cell and area, with effort, estimates and published figures.",
        "identifier": id,
        "version": id,
        "url": page.canonical().unwrap_or_else(|| format!("{base}/releases/{id}/data")),
        "license": licence_address(&manifest.licence),
        "isAccessibleForFree": true,
        "keywords": ["surveillance cameras", "CCTV", "H3"],
        "temporalCoverage": format!("{first}/{last}"),
        "citation": open.release.citation().sentence(),
        "distribution": distribution,
    });
    if !summary.attribution.is_empty() {
        dataset["creditText"] = summary.attribution.as_str().into();
    }
    if let Some([west, south, east, north]) = place(summary) {
        let shape = json!({ "@type": "GeoShape", "box": format!("{south} {west} {north} {east}") });
        dataset["spatialCoverage"] = json!({ "@type": "Place", "geo": shape });
    }
    // Inside a page nothing may look like the end of the element or the beginning of another one.
    Ok(dataset.to_string().replace('<', "\\u003c"))
}
