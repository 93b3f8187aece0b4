//! The pages people read, in every language, of the latest release and of each one for ever.

use std::sync::{Arc, OnceLock};

use askama::Template;
use axum::Router;
use axum::extract::{OriginalUri, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use bytes::Bytes;
use fluent_bundle::{FluentArgs, FluentValue};
use h3o::Resolution;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderMap, Method, StatusCode, Uri};

use crate::density::{CellRow as Counts, RESOLUTIONS};
use crate::drawing::{Drawing, count_class, draw};
use crate::http::assets;
use crate::http::extract::Segments;
use crate::http::file::{CachePolicy, Content, PublicFile};
use crate::http::negotiate::Coding;
use crate::http::open::OpenRelease;
use crate::http::pages::{
    BasemapView, CellRow, ErrorPage, FieldEffort, HandOver, HomeWords, ListLine, MapPage, MapView, MatchingView,
    MethodPage, PageContext, PrivacyPage, ReleaseLine, ReleaseRef, ReleasesPage, WithdrawnLine, site::picture_file,
};
use crate::http::problem::{Problem, ProblemKind};
use crate::http::state::{ReadSide, blocking};
use crate::language::{Language, Messages};
use crate::model::{IsoWeek, Kind, Operator};
use crate::release::{ReleaseId, Summary, Tombstone};

/// The still map shows the finest cells of which there are no more than this.
const STILL_CELLS: usize = 200;
/// Rows of the table below it.
const TABLE_ROWS: usize = 100;
/// Size of the still map in units of the picture.
pub(super) const STILL_SIZE: (u32, u32) = (960, 640);

/// The routes of the pages: each in English at the root and in the other languages below their prefix.
pub(super) fn router() -> Router<ReadSide> {
    let mut router = Router::new().route("/assets/{hash}/{name}", get(asset));
    for language in Language::ALL {
        if language != Language::English {
            router = router.route(&format!("/{}", language.prefix().trim_end_matches('/')), get(super::home::get));
        }
        let at = |path: &str| format!("/{}{path}", language.prefix());
        router = router
            .route(&at(""), get(super::home::get))
            .route(&at("map"), get(map))
            .route(&at("data"), get(super::data_page::get))
            .route(&at("compare"), get(super::compare::get))
            .route(&at("areas"), get(super::area_pages::sets))
            .route(&at("areas/{set}"), get(super::area_pages::set))
            .route(&at("areas/{set}/{slug}"), get(super::area_pages::area))
            .route(&at("areas/{set}/{slug}/briefing"), get(super::briefing::get))
            .route(&at("method"), get(method))
            .route(&at("privacy"), get(privacy))
            .route(&at("releases"), get(releases))
            .route(&at("problems/{code}"), get(problem))
            .route(&at("sources/{list}/"), get(map))
            .route(&at("releases/{id}/"), get(super::home::get))
            .route(&at("releases/{id}/map"), get(map))
            .route(&at("releases/{id}/sources/{list}/"), get(map))
            .route(&at("releases/{id}/data"), get(super::data_page::get))
            .route(&at("releases/{id}/compare"), get(super::compare::get))
            .route(&at("releases/{id}/areas"), get(super::area_pages::sets))
            .route(&at("releases/{id}/areas/{set}"), get(super::area_pages::set))
            .route(&at("releases/{id}/areas/{set}/{slug}"), get(super::area_pages::area))
            .route(&at("releases/{id}/areas/{set}/{slug}/briefing"), get(super::briefing::get))
            .route(&at("releases/{id}/method"), get(method));
        #[cfg(feature = "pdf")]
        {
            router = router
                .route(&at("areas/{set}/{slug}/briefing.pdf"), get(super::paper::briefing))
                .route(&at("releases/{id}/areas/{set}/{slug}/briefing.pdf"), get(super::paper::briefing))
                .route(&at("og/home.png"), get(super::paper::home))
                .route(&at("og/{set}/{slug}"), get(super::paper::area));
        }
    }
    router
}

/// An address at which nothing lives: a page for people, a problem document for programs.
pub(super) async fn not_found(OriginalUri(uri): OriginalUri) -> Response {
    let path = uri.path();
    if ["/api/", "/tiles/", "/data/", "/schemas/", "/ogc/"].iter().any(|prefix| path.starts_with(prefix)) {
        return Problem::not_found().into_response();
    }
    error_page(&uri, StatusCode::NOT_FOUND)
}

/// What a problem document's `type` points to: the problem in words.
async fn problem(State(read): State<ReadSide>, OriginalUri(uri): OriginalUri, segments: Segments) -> Response {
    let code = segments.get("code").unwrap_or_default();
    let Some(kind) = ProblemKind::ALL.into_iter().find(|kind| kind.code() == code) else {
        return error_page(&uri, StatusCode::NOT_FOUND);
    };
    page(&uri, async {
        let page = PageContext { path: format!("problems/{code}"), ..context(&read, &uri, None) };
        Ok((render(&ErrorPage { page, status: kind.status().as_u16() })?, CachePolicy::Revalidate))
    })
    .await
}

async fn asset(OriginalUri(uri): OriginalUri, method: Method, headers: HeaderMap) -> Response {
    let Some(asset) = assets::find(uri.path()) else { return Problem::not_found().into_response() };
    let memory = |bytes: &'static [u8]| Content::Memory(Bytes::from_static(bytes));
    let mut file = PublicFile::new(asset.content_type, asset.etag, memory(asset.bytes), CachePolicy::Immutable);
    if let Some(gzip) = asset.gzip {
        file = file.with_twin(Coding::Gzip, memory(gzip));
    }
    if let Some(brotli) = asset.brotli {
        file = file.with_twin(Coding::Brotli, memory(brotli));
    }
    file.respond(&method, &headers).await
}

async fn map(State(read): State<ReadSide>, OriginalUri(uri): OriginalUri, segments: Segments) -> Response {
    page(&uri, async {
        let (open, cache) = wanted(&read, &segments).await?;
        let map = match &open {
            Some(open) => Some(view(open, &segments, &uri).await?),
            None => None,
        };
        let sets = match &open {
            Some(open) if segments.get("list").is_none() => {
                open.area_sets().await?.iter().map(|set| (set.set.clone(), set.name.clone())).collect()
            }
            _ => Vec::new(),
        };
        let page = context(&read, &uri, open.as_deref());
        Ok((render(&MapPage { page, base: base(&segments), sets, basemap: basemap(&read), map })?, cache))
    })
    .await
}

fn basemap(read: &ReadSide) -> Option<BasemapView> {
    read.basemap().map(|basemap| BasemapView {
        tiles_path: format!("basemap/{}/{{z}}/{{x}}/{{y}}.mvt", basemap.id()),
        max_zoom: basemap.max_zoom,
        archive_path: basemap.archive_path(),
        archive_bytes: basemap.bytes,
        attribution: basemap.attribution().to_owned(),
    })
}

async fn method(State(read): State<ReadSide>, OriginalUri(uri): OriginalUri, segments: Segments) -> Response {
    page(&uri, async {
        let (open, cache) = wanted(&read, &segments).await?;
        let matching = match &open {
            Some(open) => {
                let release = Arc::clone(&open.release);
                let largest_diameter_m = release.summary.largest_diameter_m;
                Some(MatchingView { gates: blocking(move || release.sensitivity()).await?, largest_diameter_m })
            }
            None => None,
        };
        Ok((render(&MethodPage { page: context(&read, &uri, open.as_deref()), matching })?, cache))
    })
    .await
}

async fn privacy(State(read): State<ReadSide>, OriginalUri(uri): OriginalUri) -> Response {
    page(&uri, async {
        let open = read.latest().await?;
        let page = context(&read, &uri, open.as_deref());
        Ok((render(&PrivacyPage { page, columns: hand_over().to_vec() })?, CachePolicy::Revalidate))
    })
    .await
}

async fn releases(State(read): State<ReadSide>, OriginalUri(uri): OriginalUri) -> Response {
    page(&uri, async {
        let mut lines = Vec::new();
        let mut withdrawn = Vec::new();
        for id in read.ids().await?.into_iter().rev() {
            if let Some(Tombstone { release, reason, week, .. }) = read.tombstone(&id)? {
                withdrawn.push(WithdrawnLine { id: release, reason, week });
                continue;
            }
            let release = read.listed(&id).await?;
            let cameras = u64::from(release.summary.cameras);
            lines.push(ReleaseLine { id: id.to_string(), as_of: week(&release.summary)?, cameras });
        }
        let open = read.latest().await?;
        let page = context(&read, &uri, open.as_deref());
        Ok((render(&ReleasesPage { page, releases: lines, withdrawn })?, CachePolicy::Revalidate))
    })
    .await
}

/// The release an address speaks of: its own, for ever the same, or the latest.
pub(super) async fn wanted(
    read: &ReadSide,
    segments: &Segments,
) -> Result<(Option<Arc<OpenRelease>>, CachePolicy), Problem> {
    match segments.get("id") {
        Some(id) => {
            let id = ReleaseId::parse(id).ok_or_else(Problem::not_found)?;
            // The page of a release may be laid out anew by a later version of the program; its numbers may not change.
            Ok((Some(read.release(&id).await?), CachePolicy::Revalidate))
        }
        None => Ok((read.latest().await?, CachePolicy::Revalidate)),
    }
}

/// The counts of a release with what teams walked, or those of one of its lists.
pub(super) async fn view(open: &Arc<OpenRelease>, segments: &Segments, uri: &Uri) -> Result<MapView, Problem> {
    let mut view = map_view(open, segments, uri).await?;
    if segments.get("list").is_none() {
        view.effort = Some(field_effort(open, base(segments)));
    }
    Ok(view)
}

/// The view of the field data of a release, or of one of its lists.
pub(super) async fn map_view(open: &Arc<OpenRelease>, segments: &Segments, uri: &Uri) -> Result<MapView, Problem> {
    let language = Language::of_path(uri.path()).0;
    let list = segments.get("list");
    let base = base(segments);
    let lists = lists(open, &base).await?;
    let (summary, layer, prefix) = match list {
        None => (open.release.summary.clone(), "density".to_owned(), String::new()),
        Some(slug) => {
            let (open, slug) = (Arc::clone(open), slug.to_owned());
            let (layer, prefix) = (slug.clone(), format!("sources/{slug}/"));
            (blocking(move || open.release.list_summary(&slug)).await?, layer, prefix)
        }
    };
    let (resolution, mut rows) = still_cells(open, list, &summary).await?;
    let drawn: Vec<_> = rows
        .iter()
        .filter_map(|row| Some((row.cell, u64::from(row.counts.cameras), count_class(u64::from(row.counts.cameras))?)))
        .collect();
    let messages = Messages::of(language);
    let words = FluentArgs::from_iter([
        ("title", summary.title.as_str().into()),
        ("cameras", FluentValue::from(u64::from(summary.cameras))),
        ("cells", drawn.len().into()),
        ("resolution", u8::from(resolution).into()),
    ]);
    let svg = draw(&Drawing {
        cells: &drawn,
        size: STILL_SIZE,
        title: &messages.with("svg-title", &words),
        description: &messages.with("svg-description", &words),
        north: &messages.get("svg-north"),
    });
    rows.retain(|row| row.counts.cameras > 0);
    let cells = rows.len() as u64;
    rows.sort_by(|a, b| b.counts.cameras.cmp(&a.counts.cameras).then(a.cell.cmp(&b.cell)));
    rows.truncate(TABLE_ROWS);
    let archive = format!("{prefix}density.pmtiles");
    Ok(MapView {
        cameras: u64::from(summary.cameras),
        heads: u64::from(summary.heads),
        sightings: u64::from(summary.sightings),
        stale: u64::from(summary.stale),
        home_about: (summary.home_rounded > 0).then(|| u64::from(summary.home_rounded)),
        tiles_path: format!("tiles/{}/{layer}/{{z}}/{{x}}/{{y}}.mvt", summary.release),
        archive_bytes: open.release.entry(&archive).ok_or_else(Problem::internal)?.bytes,
        archive_path: format!("data/{}/{archive}", summary.release),
        bounds: summary.bounds.unwrap_or([-180.0, -60.0, 180.0, 75.0]),
        svg,
        resolution: u8::from(resolution),
        rows: rows.iter().map(table_row).collect(),
        cells,
        kinds: shares(&summary.by_kind, Kind::from_word),
        operators: shares(&summary.by_operator, Operator::from_word),
        list: list.and_then(|slug| lists.iter().find(|line| line.path == format!("{base}sources/{slug}/")).cloned()),
        lists: if list.is_none() { lists } else { Vec::new() },
        effort: None,
    })
}

/// What teams walked, and what follows from it. Where to walk next is added by the first page, which alone shows it.
fn field_effort(open: &OpenRelease, base: String) -> FieldEffort {
    let summary = &open.release.summary;
    let (estimate, surveyed_share) = (summary.estimate.clone(), summary.surveyed_share);
    FieldEffort { base, estimate, surveyed_share, walk_next: Vec::new() }
}

/// What stands before a page of the release an address speaks of: nothing for the latest, `releases/{id}/` for one for ever.
pub(super) fn base(segments: &Segments) -> String {
    segments.get("id").map(|id| format!("releases/{id}/")).unwrap_or_default()
}

async fn lists(open: &OpenRelease, base: &str) -> Result<Vec<ListLine>, Problem> {
    let line = |(slug, summary): &(String, Summary)| ListLine {
        name: summary.title.clone(),
        path: format!("{base}sources/{slug}/"),
        cameras: u64::from(summary.cameras),
        licence: summary.licence.clone(),
        attribution: summary.attribution.clone(),
    };
    Ok(open.lists().await?.iter().map(line).collect())
}

/// The finest cells that fit on the still map.
async fn still_cells(
    open: &Arc<OpenRelease>,
    list: Option<&str>,
    summary: &Summary,
) -> Result<(Resolution, Vec<Counts>), Problem> {
    let count = |resolution: Resolution| summary.cells.get(&format!("r{}", u8::from(resolution))).copied();
    let finest = RESOLUTIONS.into_iter().rev();
    let fits = finest.into_iter().find(|r| count(*r).is_some_and(|n| n <= STILL_CELLS));
    let resolution = fits.unwrap_or(Resolution::Three);
    Ok((resolution, open.cells(list, resolution).await?.rows.clone()))
}

fn table_row(row: &Counts) -> CellRow {
    CellRow {
        cell: row.cell.to_string(),
        cameras: u64::from(row.counts.cameras),
        per_km2: f64::from(row.counts.cameras) / row.km2(),
        heads: u64::from(row.counts.heads),
    }
}

/// The counts whose names mean something.
pub(super) fn shares<T>(shares: &[crate::release::Share], of: impl Fn(&str) -> Option<T>) -> Vec<(T, u64)> {
    shares.iter().filter_map(|share| Some((of(&share.name)?, u64::from(share.cameras)))).collect()
}

/// The week a release speaks of.
pub(super) fn week(summary: &Summary) -> Result<IsoWeek, Problem> {
    summary.as_of.parse().map_err(|_damaged| Problem::internal())
}

/// Every column of the database, from the committed list.
fn hand_over() -> &'static [HandOver] {
    static COLUMNS: OnceLock<Vec<HandOver>> = OnceLock::new();
    COLUMNS.get_or_init(|| {
        let listed: toml::Table = include_str!("../../../docs/columns.toml").parse().unwrap_or_default();
        let mut columns = Vec::new();
        for (table, about) in &listed {
            for (column, about) in about.get("columns").and_then(toml::Value::as_table).into_iter().flatten() {
                columns.push(HandOver {
                    table: table.clone(),
                    column: column.clone(),
                    purpose: about.get("purpose").and_then(toml::Value::as_str).unwrap_or_default().to_owned(),
                    public: about.get("public").and_then(toml::Value::as_bool).unwrap_or_default(),
                });
            }
        }
        columns
    })
}

/// What stands around the content of a page at this address.
pub(super) fn context(read: &ReadSide, uri: &Uri, open: Option<&OpenRelease>) -> PageContext {
    let (language, path) = Language::of_path(uri.path());
    let summary = open.map(|open| &open.release.summary);
    let words = |summary| move || HomeWords::of(language, summary).all();
    PageContext {
        language,
        site: read.site().clone(),
        path: path.trim_start_matches('/').to_owned(),
        release: summary.and_then(ReleaseRef::of),
        has_picture: summary.is_some_and(|summary| read.draws(&picture_file(language, "home"), words(summary))),
    }
}

pub(super) fn render(template: &impl Template) -> Result<String, Problem> {
    template.render().map_err(|error| {
        tracing::error!(%error, "a page cannot be rendered");
        Problem::internal()
    })
}

/// Answers with the page, or with a page that says what went wrong.
pub(super) async fn page(uri: &Uri, content: impl Future<Output = Result<(String, CachePolicy), Problem>>) -> Response {
    match content.await {
        Ok((html, cache)) => {
            ([(CONTENT_TYPE, "text/html; charset=utf-8")], [(CACHE_CONTROL, cache.header_value())], html)
                .into_response()
        }
        Err(problem) => error_page(uri, problem.status()),
    }
}

pub(super) fn error_page(uri: &Uri, status: StatusCode) -> Response {
    let language = Language::of_path(uri.path()).0;
    let html = ErrorPage { page: PageContext::bare(language), status: status.as_u16() }.render().unwrap_or_default();
    (status, [(CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_we_can_hand_over_names_every_table_of_the_committed_list() {
        let tables: std::collections::BTreeSet<&str> = hand_over().iter().map(|column| column.table.as_str()).collect();
        for table in ["pending", "sightings", "rejections", "occasions", "settings", "schema_versions"] {
            assert!(tables.contains(table), "{table}");
        }
        assert!(hand_over().iter().all(|column| !column.purpose.is_empty()));
    }
}
