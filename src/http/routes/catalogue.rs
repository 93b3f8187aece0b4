//! `/data.json`: every release as a catalogue that harvesters read (DCAT-US 3.0).

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::header::VARY;
use http::{HeaderMap, HeaderValue, Method};
use serde_json::{Value, json};

use crate::http::address;
use crate::http::extract::NoQuery;
use crate::http::file::{CachePolicy, Content, PublicFile, digest_of};
use crate::http::problem::Problem;
use crate::http::state::{ReadSide, blocking};
use crate::model::IsoWeek;
use crate::release::{FileEntry, Release, Summary};

/// The releases as a catalogue: the field data of each, and each list under its own licence.
#[utoipa::path(get, path = "/data.json", tag = "downloads", responses(
    (status = 200, description = "A DCAT-US 3.0 catalogue", content_type = "application/json"),
    (status = 304, description = "Not modified"),
    (status = 400, description = "Unknown query parameter", body = Problem, content_type = "application/problem+json"),
    (status = 406, description = "No coding the client takes", body = Problem, content_type = "application/problem+json"),
    (status = 412, description = "A precondition failed", body = Problem, content_type = "application/problem+json"),
    (status = 416, description = "Range outside the document", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn get(
    State(read): State<ReadSide>,
    _: NoQuery,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (base, cache) = address::base(&read, &headers, CachePolicy::Revalidate);
    let shelf = read.shelf().clone();
    let mut datasets = Vec::new();
    // The newest first, since harvesters show the first of a name.
    for id in blocking(move || shelf.list()).await?.iter().rev() {
        if read.tombstone(id)?.is_some() {
            continue;
        }
        let release = read.listed(id).await?;
        let own = release.manifest.files.iter().filter(|entry| !entry.path.starts_with("sources/"));
        datasets.push(dataset(&base, &release, None, &release.summary, own)?);
        let lists: Vec<String> = release.lists().into_iter().map(str::to_owned).collect();
        for slug in lists {
            let (of, wanted) = (std::sync::Arc::clone(&release), slug.clone());
            let summary = blocking(move || of.list_summary(&wanted)).await?;
            let folder = format!("sources/{slug}/");
            let files = release.manifest.files.iter().filter(|entry| entry.path.starts_with(&folder));
            datasets.push(dataset(&base, &release, Some(&slug), &summary, files)?);
        }
    }
    let catalogue = json!({
        "@type": "Catalog",
        "conformsTo": { "@id": "https://resources.data.gov/dcat-us/3.0.0", "@type": "Standard", "title": "DCAT-US 3.0" },
        "dataset": datasets,
    });
    let body = catalogue.to_string();
    let tag = digest_of(&body);
    let file = PublicFile::new("application/json", &tag, Content::Memory(body.into()), cache);
    let mut response = file.respond(&method, &headers).await.into_response();
    response.headers_mut().entry(VARY).or_insert(HeaderValue::from_static("Accept-Encoding"));
    Ok(response)
}

fn dataset<'a>(
    base: &str,
    release: &Release,
    list: Option<&str>,
    summary: &Summary,
    files: impl Iterator<Item = &'a FileEntry>,
) -> Result<Value, Problem> {
    let manifest = &release.manifest;
    let id = &manifest.id;
    let licence = licence_address(&summary.licence);
    let distribution: Vec<Value> = files
        .map(|entry| {
            json!({
                "@type": "Distribution",
                "title": entry.path,
                "description": entry.description,
                "mediaType": entry.media_type.split(';').next(),
                "format": entry.path.rsplit('.').next(),
                "downloadURL": format!("{base}/data/{id}/{}", entry.path),
                "byteSize": entry.bytes.to_string(),
                "license": licence,
                "checksum": { "@type": "Checksum", "algorithm": "SHA-256", "checksumValue": entry.sha256 },
            })
        })
        .collect();
    let [first, last] = days(summary)?;
    let part = list.map(|slug| format!("/sources/{slug}")).unwrap_or_default();
    let mut dataset = json!({
        "@type": "Dataset",
        "identifier": format!("{base}/releases/{id}{part}"),
        "title": match list {
            None => format!("{}, release {id}", manifest.title),
            Some(_) => format!("{}: {}, release {id}", manifest.title, summary.title),
        },
        "description": if list.is_none() {
            "Counts of surveillance cameras per H3 cell and area, with effort, estimates and published figures."
        } else {
            "A register by others, counted per H3 cell and area. Under its own licence, and in no other number."
        },
        "version": id,
        "keyword": ["surveillance cameras", "CCTV", "H3"],
        "publisher": { "@type": "Organization", "name": manifest.title },
        "accessRights": "public",
        "license": licence,
        "landingPage": format!("{base}/releases/{id}/data"),
        "temporal": [{ "@type": "PeriodOfTime", "startDate": first, "endDate": last }],
        "distribution": distribution,
    });
    if !summary.attribution.is_empty() {
        dataset["rights"] = format!("Attribution: {}", summary.attribution).into();
    }
    if let (Some(previous), None) = (&manifest.previous, list) {
        dataset["previousVersion"] = format!("{base}/releases/{previous}").into();
    }
    if let Some([west, south, east, north]) = place(summary) {
        // Degrees in well-known text, the corners counterclockwise.
        let bbox = format!("POLYGON(({west} {south}, {east} {south}, {east} {north}, {west} {north}, {west} {south}))");
        dataset["spatial"] = json!([{ "@type": "Location", "bbox": bbox }]);
    }
    Ok(dataset)
}

/// The first and the last day of the week that numbers speak of.
pub(super) fn days(summary: &Summary) -> Result<[String; 2], Problem> {
    let week: IsoWeek = summary.as_of.parse().map_err(|_damaged| Problem::internal())?;
    let monday = week.monday();
    let sunday = monday.checked_add(jiff::Span::new().days(6)).map_err(|_far_future| Problem::internal())?;
    Ok([monday.to_string(), sunday.to_string()])
}

/// West, south, east, north; the whole width where a box would cross the antimeridian, which these formats cannot say.
pub(super) fn place(summary: &Summary) -> Option<[f64; 4]> {
    let [west, south, east, north] = summary.bounds?;
    Some(if west <= east { [west, south, east, north] } else { [-180.0, south, 180.0, north] })
}

/// Where the words of a licence are, by its SPDX name.
pub(super) fn licence_address(licence: &str) -> String {
    let name: String = licence.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '+')).collect();
    format!("https://spdx.org/licenses/{name}.html")
}
