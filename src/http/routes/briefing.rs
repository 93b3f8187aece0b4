//! `/areas/{set}/{slug}/briefing`: two pages about one area.

use axum::extract::{OriginalUri, State};
use axum::response::Response;

use super::pages::{base, context, page, render, wanted};
use crate::app::BriefingError;
use crate::briefing::Document;
use crate::http::extract::Segments;
use crate::http::open::OpenRelease;
use crate::http::pages::{BriefingPage, PageContext, briefing_words, site::picture_file};
use crate::http::problem::Problem;
use crate::http::state::{ReadSide, blocking};
use crate::language::Language;

/// The page, of the latest release or of one for ever.
pub(super) async fn get(State(read): State<ReadSide>, OriginalUri(uri): OriginalUri, segments: Segments) -> Response {
    page(&uri, async {
        let language = Language::of_path(uri.path()).0;
        let (open, cache) = wanted(&read, &segments).await?;
        let open = open.ok_or_else(Problem::not_found)?;
        let document = document(&open, &segments, language).await?;
        let [set, slug] = ["set", "slug"].map(|name| segments.get(name).unwrap_or_default().to_owned());
        let picture = picture_file(language, &format!("{set}/{slug}"));
        let has_picture = read.draws(&picture, || briefing_words(&document));
        let view = BriefingPage {
            page: PageContext { has_picture, ..context(&read, &uri, Some(&open)) },
            base: base(&segments),
            is_printed: read.prints(&document, &set, &slug),
            set,
            slug,
            document,
        };
        Ok((render(&view)?, cache))
    })
    .await
}

/// The briefing about the area that an address speaks of.
pub(super) async fn document(open: &OpenRelease, segments: &Segments, language: Language) -> Result<Document, Problem> {
    let tables = open.briefing_tables(segments.get("set").unwrap_or_default()).await?;
    let slug = segments.get("slug").unwrap_or_default().to_owned();
    let document = blocking(move || Ok(tables.document(&slug, language))).await?;
    document.map_err(|error| match error {
        BriefingError::NoSet | BriefingError::NoArea => Problem::not_found(),
        BriefingError::Release(_) | BriefingError::Incomplete(_) => {
            tracing::error!(%error, "a briefing cannot be made");
            Problem::internal()
        }
    })
}
