//! `/areas`: the count by named area.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{OriginalUri, State};
use axum::response::Response;
use geo::MultiPolygon;
use http::Uri;

use super::pages::{STILL_SIZE, base, context, page, render, wanted};
use crate::app::{BriefingTables, cells_of_area};
use crate::drawing::{Fill, Shape, Words, draw_area, draw_areas, km2_class};
use crate::http::extract::Segments;
use crate::http::open::OpenRelease;
use crate::http::pages::{AreaPage, AreaSetPage, AreasPage, PageContext, site::picture_file};
use crate::http::problem::Problem;
use crate::http::state::{ReadSide, blocking};
use crate::language::{Language, Messages};
use crate::release::{AreaRow, AreaSetEntry, AreaTable, Outline, inseparable, neighbours};

/// Sets with more areas leave it to the page of each area to name those that it cannot be separated from.
const ALIKE_AREAS: usize = 50;

/// The sets of a release.
pub(super) async fn sets(State(read): State<ReadSide>, OriginalUri(uri): OriginalUri, segments: Segments) -> Response {
    page(&uri, async {
        let (open, cache) = wanted(&read, &segments).await?;
        let sets = match &open {
            Some(open) => open.area_sets().await?.to_vec(),
            None => Vec::new(),
        };
        let page = context(&read, &uri, open.as_deref());
        Ok((render(&AreasPage { page, base: base(&segments), sets })?, cache))
    })
    .await
}

/// Table and map of one set.
pub(super) async fn set(State(read): State<ReadSide>, OriginalUri(uri): OriginalUri, segments: Segments) -> Response {
    page(&uri, async {
        let (open, cache) = wanted(&read, &segments).await?;
        let open = open.ok_or_else(Problem::not_found)?;
        let set = entry(&open, &segments).await?;
        let (table, outlines) = (open.areas(None, &set.set).await?, open.outlines(&set.set).await?);
        let context = context(&read, &uri, Some(&open));
        let (name, set_uri) = (set.name.clone(), uri.clone());
        let (svg, alike, table) = blocking(move || {
            let svg = choropleth(&table, &outlines, &name, &set_uri);
            let alike = (table.rows.len() <= ALIKE_AREAS + 1).then(|| alike(&table));
            Ok((svg, alike, table))
        })
        .await?;
        let summary = &open.release.summary;
        let view = AreaSetPage {
            page: context,
            base: base(&segments),
            set: set.clone(),
            table: AreaTable::clone(&table),
            whole: summary.estimate.clone(),
            surveyed_share: summary.surveyed_share,
            svg,
            alike,
        };
        Ok((render(&view)?, cache))
    })
    .await
}

/// One area.
pub(super) async fn area(State(read): State<ReadSide>, OriginalUri(uri): OriginalUri, segments: Segments) -> Response {
    page(&uri, async {
        let (open, cache) = wanted(&read, &segments).await?;
        let open = open.ok_or_else(Problem::not_found)?;
        let set = entry(&open, &segments).await?;
        let slug = segments.get("slug").unwrap_or_default().to_owned();
        let table = open.areas(None, &set.set).await?;
        let at = table.rows.iter().position(|row| row.slug == slug).ok_or_else(Problem::not_found)?;
        let outlines = open.outlines(&set.set).await?;
        let outline = outlines.iter().position(|outline| outline.slug == slug);
        let (release, set_slug) = (Arc::clone(&open.release), set.set.clone());
        let models = blocking(move || release.estimates(&set_slug, &slug)).await?;
        let page = context(&read, &uri, Some(&open));
        let row = table.rows.get(at).cloned().ok_or_else(Problem::not_found)?;
        let svg = match outline {
            Some(outline) => cell_map(&open, &outlines, outline, &page.area_name(&row), page.language).await?,
            None => None,
        };
        let names =
            |rows: Vec<usize>| rows.into_iter().filter_map(|at| Some(table.rows.get(at)?.name.clone())).collect();
        let others = neighbours(&table.rows, at).map(|others| (names(others.alike), names(others.apart)));
        let mut view = AreaPage { page, base: base(&segments), set: set.clone(), row, svg, models, others };
        let picture = picture_file(view.page.language, &format!("{}/{}", view.set.set, view.row.slug));
        view.page.has_picture = read.draws(&picture, || view.picture_words());
        Ok((render(&view)?, cache))
    })
    .await
}

async fn entry<'a>(open: &'a OpenRelease, segments: &Segments) -> Result<&'a AreaSetEntry, Problem> {
    open.area_set(segments.get("set").unwrap_or_default()).await
}

fn alike(table: &AreaTable) -> Vec<(String, Vec<String>)> {
    let name = |at: usize| table.rows.get(at).map(|row| row.name.clone()).unwrap_or_default();
    let rows = inseparable(&table.rows).into_iter();
    rows.map(|(at, others)| (name(at), others.into_iter().map(name).collect())).collect()
}

fn choropleth(table: &AreaTable, outlines: &[Outline], set: &str, uri: &Uri) -> String {
    let language = Language::of_path(uri.path()).0;
    let messages = Messages::of(language);
    let outlines: HashMap<&str, &MultiPolygon<f64>> =
        outlines.iter().map(|outline| (outline.slug.as_str(), &outline.shape)).collect();
    let drawn: Vec<(&MultiPolygon<f64>, Fill, String)> = table
        .rows
        .iter()
        .filter_map(|row| {
            let fill = fill(row);
            let says = match fill {
                Fill::Class(_) => row
                    .smoothed_per_km2
                    .or(row.per_km2.map(|rate| rate.value))
                    .map_or_else(String::new, |rate| messages.measure(rate)),
                Fill::Zero => messages.get("area-zero").into_owned(),
                Fill::Few => messages.get("area-few").into_owned(),
                Fill::Unknown => messages.get("area-not-looked").into_owned(),
            };
            Some((*outlines.get(row.slug.as_str())?, fill, format!("{}: {says}", row.name)))
        })
        .collect();
    let shapes: Vec<Shape<'_>> =
        drawn.iter().map(|(outline, fill, label)| Shape { outline, fill: *fill, label }).collect();
    let context = PageContext::bare(language);
    draw_areas(
        &shapes,
        &Words {
            size: STILL_SIZE,
            title: &context.t1("area-map-title", set),
            description: &messages.get("area-map-text"),
            north: &messages.get("svg-north"),
        },
    )
}

/// How an area looks on the map: a class only where its rate may be printed.
fn fill(row: &AreaRow) -> Fill {
    if !row.is_looked_at {
        return Fill::Unknown;
    }
    if row.counts.cameras == 0 {
        return Fill::Zero;
    }
    let Some(rate) = row.per_km2.filter(|rate| rate.is_publishable) else { return Fill::Few };
    km2_class(row.smoothed_per_km2.unwrap_or(rate.value)).map_or(Fill::Few, Fill::Class)
}

/// The picture of an area with the finest cells that fit on it, and their resolution; `None` where even the coarsest are too
/// many, as in a briefing: a picture without them would say that nobody looked.
async fn cell_map(
    open: &OpenRelease,
    outlines: &Arc<Vec<Outline>>,
    at: usize,
    name: &str,
    language: Language,
) -> Result<Option<(String, u8)>, Problem> {
    for resolution in BriefingTables::RESOLUTIONS {
        let (table, outlines) = (open.cells(None, resolution).await?, Arc::clone(outlines));
        let (resolution, name) = (u8::from(resolution), name.to_owned());
        let draw = move || {
            let outline = &outlines.get(at)?.shape;
            let cells = cells_of_area(&table, outline)?;
            let context = PageContext::bare(language);
            let words = Words {
                size: STILL_SIZE,
                title: &context.t1("area-cell-map-title", &name),
                description: &context.t1("area-cells-text", &resolution.to_string()),
                north: &context.t("svg-north"),
            };
            Some((draw_area(outline, &cells, &words), resolution))
        };
        let drawn = blocking(move || Ok(draw())).await?;
        if drawn.is_some() {
            return Ok(drawn);
        }
    }
    Ok(None)
}
