//! `/`: the first page.

use std::sync::Arc;

use axum::extract::{OriginalUri, State};
use axum::response::Response;
use http::Uri;

use super::pages::{base, context, page, render, view, wanted};
use crate::http::extract::Segments;
use crate::http::open::OpenRelease;
use crate::http::pages::{AreaLine, AreaSetLine, HomePage, LastChange, MapView};
use crate::http::problem::Problem;
use crate::http::state::{ReadSide, blocking};
use crate::language::by_name;
use crate::model::Area;
use crate::release::AreaRow;

/// Areas of a set that stand on the first page; a larger set has its own page and the search.
const AREAS: usize = 60;
/// Rows of the table of where to walk next.
const WALK_ROWS: usize = 10;

pub(super) async fn get(State(read): State<ReadSide>, OriginalUri(uri): OriginalUri, segments: Segments) -> Response {
    page(&uri, async {
        let (open, cache) = wanted(&read, &segments).await?;
        let (counts, change, sets) = match &open {
            Some(open) => {
                (Some(counts(open, &segments, &uri).await?), last_change(open).await?, area_sets(open).await?)
            }
            None => (None, None, Vec::new()),
        };
        let home =
            HomePage { page: context(&read, &uri, open.as_deref()), base: base(&segments), view: counts, change, sets };
        Ok((render(&home)?, cache))
    })
    .await
}

/// The counts, with where to walk next, which no other page shows.
async fn counts(open: &Arc<OpenRelease>, segments: &Segments, uri: &Uri) -> Result<MapView, Problem> {
    let mut view = view(open, segments, uri).await?;
    if let Some(effort) = &mut view.effort {
        let release = Arc::clone(&open.release);
        effort.walk_next = blocking(move || release.walk_next(WALK_ROWS)).await?;
    }
    Ok(view)
}

async fn last_change(open: &OpenRelease) -> Result<Option<LastChange>, Problem> {
    let release = Arc::clone(&open.release);
    let change = blocking(move || release.census_change()).await?;
    Ok(change.map(|change| LastChange {
        new: change.changes.new.into(),
        newly_found: change.changes.newly_found.into(),
        gone: change.changes.gone.into(),
    }))
}

async fn area_sets(open: &OpenRelease) -> Result<Vec<AreaSetLine>, Problem> {
    let mut lines = Vec::new();
    for set in open.area_sets().await? {
        let mut areas: Vec<AreaLine> = if set.areas > AREAS {
            Vec::new()
        } else {
            open.areas(None, &set.set).await?.rows.iter().map(line).collect()
        };
        areas.sort_by_cached_key(|area| (area.slug.is_none(), by_name(&area.name)));
        lines.push(AreaSetLine { set: set.set.clone(), name: set.name.clone(), number: set.areas as u64, areas });
    }
    Ok(lines)
}

fn line(row: &AreaRow) -> AreaLine {
    AreaLine {
        slug: (row.slug != Area::UNASSIGNED).then(|| row.slug.clone()),
        name: row.name.clone(),
        cameras: row.is_looked_at.then_some(row.counts.cameras.into()),
        surveyed_share: row.surveyed_share,
    }
}
