//! Pages of features, each begun after the id at which the one before it ended.
//!
//! Cells lie in memory in the order of their ids; areas and units are read from their places in a file. So a page costs
//! what is on it, wherever it is, unless `bbox` makes us look for it.

use std::sync::Arc;

use h3o::CellIndex;

use super::bbox::Bbox;
use super::layers::{Collection, Layer};
use crate::density::CellTable;
use crate::http::open::OpenRelease;
use crate::http::problem::Problem;
use crate::http::state::blocking;
use crate::model::PublishedFigure;
use crate::release::{FeatureFile, ReleaseError, cell_feature, feature_geometry};

/// Bytes after which a page ends before its limit: outlines may be large.
const PAGE_BYTES: usize = 8 << 20;

/// Where the features of a collection are.
pub(super) enum Features {
    Cells(Arc<CellTable>),
    Lines(Arc<FeatureFile>),
    Figures(Arc<OpenRelease>),
}

/// One page of features.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// GeoJSON texts, by id.
    pub(super) texts: Vec<String>,
    /// The id after which the next page begins; `None` on the last one.
    pub(super) next: Option<String>,
    /// How many features there are on all pages; `None` where that would have to be looked for.
    pub(super) matched: Option<usize>,
}

/// A page while it fills.
struct Filling {
    page: Page,
    limit: usize,
    bytes: usize,
    last: String,
}

impl Filling {
    fn new(limit: usize) -> Self {
        Self { page: Page::default(), limit, bytes: 0, last: String::new() }
    }

    /// Whether another feature has no room; the page then ends where it is, and another one follows.
    fn is_full(&mut self) -> bool {
        let is_full = self.page.texts.len() >= self.limit || self.bytes >= PAGE_BYTES;
        if is_full {
            self.page.next = Some(std::mem::take(&mut self.last));
        }
        is_full
    }

    fn push(&mut self, id: String, text: String) {
        self.bytes += text.len();
        self.page.texts.push(text);
        self.last = id;
    }
}

impl Features {
    pub(super) async fn of(open: &Arc<OpenRelease>, collection: &Collection) -> Result<Self, Problem> {
        Ok(match collection.layer {
            Layer::Cells(resolution) => Self::Cells(open.cells(collection.list.as_deref(), resolution).await?),
            Layer::Areas(..) | Layer::Effort => Self::Lines(open.features(&collection.file).await?),
            Layer::Figures => {
                open.figures().await?;
                Self::Figures(Arc::clone(open))
            }
        })
    }

    /// At most `limit` features after an id. A feature without a place is in every box, as 17-069r4 section 7.15.3 wants it.
    pub(super) async fn page(self, after: Option<String>, bbox: Option<Bbox>, limit: usize) -> Result<Page, Problem> {
        match self {
            Self::Cells(table) => blocking(move || page_of_cells(&table, after.as_deref(), bbox, limit)).await,
            Self::Lines(file) => blocking(move || page_of_lines(&file, after.as_deref(), bbox, limit)).await,
            Self::Figures(open) => page_of_figures(open.figures().await?, after.as_deref(), limit),
        }
    }

    /// The feature with this id.
    pub(super) async fn one(self, id: &str) -> Result<String, Problem> {
        match self {
            Self::Cells(table) => {
                let cell: CellIndex = id.parse().map_err(|_no_cell| Problem::not_found())?;
                let at =
                    table.rows.binary_search_by_key(&cell, |row| row.cell).map_err(|_absent| Problem::not_found())?;
                let row = table.rows.get(at).filter(|row| row.cell.to_string() == id).ok_or_else(Problem::not_found)?;
                cell_feature(row).map_err(|_never| Problem::internal())
            }
            Self::Lines(file) => {
                let id = id.to_owned();
                let found = file.places().binary_search_by(|place| (*place.id).cmp(id.as_str()));
                let at = found.map_err(|_absent| Problem::not_found())?;
                blocking(move || file.reader()?.text(&file.places()[at])).await
            }
            Self::Figures(open) => {
                let figures = open.figures().await?;
                let figure = figures.iter().find(|figure| figure.id == id).ok_or_else(Problem::not_found)?;
                Ok(figure_feature(figure))
            }
        }
    }
}

fn page_of_cells(
    table: &CellTable,
    after: Option<&str>,
    bbox: Option<Bbox>,
    limit: usize,
) -> Result<Page, ReleaseError> {
    // Sixteen hexadecimal digits at most, all of one length at one resolution: texts sort as cells do.
    let start = after.map_or(0, |after| table.rows.partition_point(|row| row.cell.to_string().as_str() <= after));
    let mut filling = Filling::new(limit);
    filling.page.matched = bbox.is_none().then_some(table.rows.len());
    for row in table.rows[start..].iter().filter(|row| bbox.is_none_or(|bbox| bbox.holds(row.cell))) {
        if filling.is_full() {
            break;
        }
        let text = cell_feature(row)?;
        filling.push(row.cell.to_string(), text);
    }
    Ok(filling.page)
}

fn page_of_lines(
    file: &FeatureFile,
    after: Option<&str>,
    bbox: Option<Bbox>,
    limit: usize,
) -> Result<Page, ReleaseError> {
    let places = file.places();
    let start = after.map_or(0, |after| places.partition_point(|place| &*place.id <= after));
    let mut reader = file.reader()?;
    let mut filling = Filling::new(limit);
    filling.page.matched = bbox.is_none().then_some(places.len());
    for place in &places[start..] {
        let near = bbox.zip(place.bounds);
        if near.is_some_and(|(bbox, bounds)| !bbox.touches(bounds)) {
            continue;
        }
        // Only where the bounds reach across the edge of the box has the shape itself to be looked at.
        let closely = near.filter(|(bbox, bounds)| !bbox.covers(*bounds)).map(|(bbox, _)| bbox);
        let text = reader.text(place)?;
        if closely.is_some_and(|bbox| feature_geometry(&text).is_some_and(|shape| !bbox.intersects(&shape))) {
            continue;
        }
        if filling.is_full() {
            break;
        }
        filling.push(place.id.to_string(), text);
    }
    Ok(filling.page)
}

fn page_of_figures(figures: &[PublishedFigure], after: Option<&str>, limit: usize) -> Result<Page, Problem> {
    let start = after.map_or(0, |after| figures.partition_point(|figure| figure.id.as_str() <= after));
    let mut filling = Filling::new(limit);
    filling.page.matched = Some(figures.len());
    for figure in figures.get(start..).ok_or_else(Problem::internal)? {
        if filling.is_full() {
            break;
        }
        filling.push(figure.id.clone(), figure_feature(figure));
    }
    Ok(filling.page)
}

fn figure_feature(figure: &PublishedFigure) -> String {
    let properties = serde_json::to_string(figure).unwrap_or_default();
    format!(
        "{{\"type\":\"Feature\",\"id\":{},\"geometry\":null,\"properties\":{properties}}}",
        serde_json::Value::from(figure.id.as_str())
    )
}
