//! `/areas/{set}/{slug}/briefing.pdf`: a briefing on paper; `/og/`: the pictures that links to pages are shown with.

use axum::extract::{OriginalUri, State};
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, Uri};

use super::briefing::document;
use super::pages::{error_page, map_view, wanted};
use crate::briefing::{Block, Document};
use crate::http::extract::Segments;
use crate::http::file::{CachePolicy, Content, PublicFile};
use crate::http::pages::{HomeWords, Site};
use crate::http::print::{Sheet, Unprinted};
use crate::http::problem::Problem;
use crate::http::state::ReadSide;
use crate::language::Language;
use crate::paper::{Fonts, Links, Options, Paper, Picture, pdf, picture};

/// The briefing of an area, of the latest release or of one for ever; `?paper=letter` for Letter instead of A4.
pub(super) async fn briefing(
    State(read): State<ReadSide>,
    OriginalUri(uri): OriginalUri,
    method: Method,
    headers: HeaderMap,
    segments: Segments,
) -> Response {
    let printed = async {
        let language = Language::of_path(uri.path()).0;
        let (open, cache) = wanted(&read, &segments).await?;
        let open = open.ok_or_else(Problem::not_found)?;
        let (paper, release) = (paper(&uri), &open.release.summary.release);
        let [set, slug] = ["set", "slug"].map(|name| segments.get(name).unwrap_or_default());
        let key = format!("pdf {release} {} {paper:?} {set} {slug}", language.code());
        let sheet = read.printer().sheet(key, async {
            let (document, site) = (document(&open, &segments, language).await?, read.site().clone());
            Ok(move |fonts: &Fonts| {
                let links = links(&site, &document);
                Ok(pdf(&document, &Options { paper, fonts, links })?.bytes)
            })
        });
        Ok((sheet.await?, cache, format!("{set}-{slug}-{release}.pdf")))
    };
    match printed.await {
        Ok((sheet, cache, name)) => {
            file("application/pdf", sheet, cache).with_shown_name(&name).respond(&method, &headers).await
        }
        Err(unprinted) => refused(&uri, &unprinted),
    }
}

/// The picture of the home page: the whole census.
pub(super) async fn home(
    State(read): State<ReadSide>,
    OriginalUri(uri): OriginalUri,
    method: Method,
    headers: HeaderMap,
    segments: Segments,
) -> Response {
    let drawn = async {
        let (open, cache) = wanted(&read, &segments).await?;
        let open = open.ok_or_else(Problem::not_found)?;
        let language = Language::of_path(uri.path()).0;
        let key = format!("home {} {}", open.release.summary.release, language.code());
        let sheet = read.printer().sheet(key, async {
            let view = map_view(&open, &segments, &uri).await?;
            let words = HomeWords::of(language, &open.release.summary);
            Ok(move |fonts: &Fonts| {
                let HomeWords { census, place, lead, as_of, release } = &words;
                picture(&Picture { language, census, place, lead, release, as_of, map: Some(&view.svg) }, fonts)
            })
        });
        Ok((sheet.await?, cache))
    };
    shown(&uri, &method, &headers, drawn.await).await
}

/// The picture of an area.
pub(super) async fn area(
    State(read): State<ReadSide>,
    OriginalUri(uri): OriginalUri,
    method: Method,
    headers: HeaderMap,
    segments: Segments,
) -> Response {
    let drawn = async {
        let language = Language::of_path(uri.path()).0;
        let segments = segments.without_ending("slug", ".png").ok_or_else(Problem::not_found)?;
        let (open, cache) = wanted(&read, &segments).await?;
        let open = open.ok_or_else(Problem::not_found)?;
        let [set, slug] = ["set", "slug"].map(|name| segments.get(name).unwrap_or_default());
        let key = format!("area {} {} {set} {slug}", open.release.summary.release, language.code());
        let sheet = read.printer().sheet(key, async {
            let document = document(&open, &segments, language).await?;
            Ok(move |fonts: &Fonts| {
                let Document { title, lead, stamp, sections, .. } = &document;
                let map = sections.iter().flat_map(|section| &section.blocks).find_map(|block| match block {
                    Block::Map(map) => Some(map.svg.as_str()),
                    _ => None,
                });
                let (census, release, as_of) = (&*stamp.census, &*stamp.release, &*stamp.as_of);
                picture(&Picture { language, census, place: title, lead, release, as_of, map }, fonts)
            })
        });
        Ok((sheet.await?, cache))
    };
    shown(&uri, &method, &headers, drawn.await).await
}

async fn shown(
    uri: &Uri,
    method: &Method,
    headers: &HeaderMap,
    drawn: Result<(Sheet, CachePolicy), Unprinted>,
) -> Response {
    match drawn {
        Ok((sheet, cache)) => file("image/png", sheet, cache).respond(method, headers).await,
        Err(unprinted) => refused(uri, &unprinted),
    }
}

fn file(media_type: &'static str, sheet: Sheet, cache: CachePolicy) -> PublicFile {
    let bytes: Bytes = sheet.bytes;
    PublicFile::new(media_type, &sheet.sha256, Content::Memory(bytes), cache)
}

fn refused(uri: &Uri, unprinted: &Unprinted) -> Response {
    match unprinted {
        Unprinted::NoFont => error_page(uri, StatusCode::NOT_IMPLEMENTED),
        Unprinted::Problem(problem) => error_page(uri, problem.status()),
    }
}

fn links<'a>(site: &'a Site, document: &'a Document) -> Links<'a> {
    let release = &document.stamp.release;
    match site {
        Site::ServedAt { base_url } => Links::Served { base: base_url, release },
        Site::Exported { base_url: Some(base_url) } => Links::Files { base: base_url, release },
        Site::Served | Site::Exported { base_url: None } => Links::Unknown,
    }
}

/// The paper that a query asks for. As on every page, what it does not know changes nothing.
fn paper(uri: &Uri) -> Paper {
    let mut query = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    if query.any(|(name, value)| name == "paper" && value == "letter") { Paper::Letter } else { Paper::A4 }
}
