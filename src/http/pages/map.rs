//! The map, and the counts that the home page shows as well.

use std::borrow::Cow;

use askama::Template;

use super::PageContext;
use super::said::{Code, of_census};
use crate::drawing::{COUNT_CLASSES, KM2_CLASSES};
use crate::model::{Kind, Operator};
use crate::release::{HeadlineEstimate, WalkLine};

/// The map page, or what to do when there is no release yet.
#[derive(Debug, Template)]
#[template(path = "map.html")]
pub struct MapPage {
    /// Header and footer.
    pub page: PageContext,
    /// What stands before the other pages of this release: nothing, or `releases/{id}/`.
    pub base: String,
    /// Slug and name of every set of areas, for the search; none for a list.
    pub sets: Vec<(String, String)>,
    /// The ground under the counts, where the server has one.
    pub basemap: Option<BasemapView>,
    /// The map; `None` before the first release.
    pub map: Option<MapView>,
}

/// The ground under the counts.
#[derive(Debug, Clone)]
pub struct BasemapView {
    /// `basemap/{id}/{z}/{x}/{y}.mvt`, relative to the root.
    pub tiles_path: String,
    /// The last zoom that has tiles.
    pub max_zoom: u8,
    /// `basemap/{id}.pmtiles`, relative to the root: what an export has instead of single tiles.
    pub archive_path: String,
    /// Size of that file.
    pub archive_bytes: u64,
    /// Whom to name.
    pub attribution: String,
}

/// Everything the map page shows of one release.
#[derive(Debug, Clone)]
pub struct MapView {
    /// Public-space cameras.
    pub cameras: u64,
    /// Camera heads of these.
    pub heads: u64,
    /// Sightings they were derived from.
    pub sightings: u64,
    /// Cameras that nobody has confirmed for 24 months, counted apart.
    pub stale: u64,
    /// Home cameras, rounded; `None` when not published.
    pub home_about: Option<u64>,
    /// `tiles/{release}/density/{z}/{x}/{y}.mvt`, relative to the root; an export reads the archive instead.
    pub tiles_path: String,
    /// `data/{release}/density.pmtiles`, relative to the root.
    pub archive_path: String,
    /// Size of that file.
    pub archive_bytes: u64,
    /// West, south, east, north in degrees; west above east means across the antimeridian.
    pub bounds: [f64; 4],
    /// The drawing of `draw`, which escapes its own text.
    pub svg: String,
    /// H3 resolution of `svg` and `rows`.
    pub resolution: u8,
    /// The cells with the most cameras, sorted; the page shows them when scripts do not run.
    pub rows: Vec<CellRow>,
    /// Cells with cameras at that resolution, listed or not.
    pub cells: u64,
    /// Cameras by kind; kinds of home cameras are not listed.
    pub kinds: Vec<(Kind, u64)>,
    /// Cameras by operator; households are not listed.
    pub operators: Vec<(Operator, u64)>,
    /// The list that is shown instead of the field data.
    pub list: Option<ListLine>,
    /// The lists of the release.
    pub lists: Vec<ListLine>,
    /// What teams walked, and what follows from it; `None` for a list, which nobody walked.
    pub effort: Option<FieldEffort>,
}

/// What teams walked, and what follows from it.
#[derive(Debug, Clone)]
pub struct FieldEffort {
    /// What stands before `areas` and `compare` in addresses: nothing, or `releases/{id}/`.
    pub base: String,
    /// The estimate of all cameras, or why there is none; `None` without effort.
    pub estimate: Option<HeadlineEstimate>,
    /// Share of the streets or cells walked completely.
    pub surveyed_share: Option<f64>,
    /// The first cells with something left to walk; none but on the first page, which alone shows them.
    pub walk_next: Vec<WalkLine>,
}

/// A cell with something left to walk, as it is shown.
#[derive(Debug, Clone)]
pub struct WalkRow {
    /// The cell.
    pub cell: String,
    /// Latitude and longitude of its centre.
    pub centre: String,
    /// Percentage not walked.
    pub left: String,
    /// Percentage walked once.
    pub once: String,
}

/// Somebody else's register in a release, kept apart from the field data.
#[derive(Debug, Clone)]
pub struct ListLine {
    /// Name for people.
    pub name: String,
    /// Path of its map without root and language.
    pub path: String,
    /// Public-space cameras in it.
    pub cameras: u64,
    /// SPDX name of its licence.
    pub licence: String,
    /// Whom its licence wants named.
    pub attribution: String,
}

/// One cell in the table.
#[derive(Debug, Clone)]
pub struct CellRow {
    /// The H3 index.
    pub cell: String,
    /// Public-space cameras.
    pub cameras: u64,
    /// The same per square kilometre of the cell.
    pub per_km2: f64,
    /// Camera heads.
    pub heads: u64,
}

impl MapView {
    /// What is known of the number of all cameras, in one sentence, with the codes behind it.
    #[must_use]
    pub fn estimate(&self, page: &PageContext, effort: &FieldEffort) -> (String, Vec<Code>) {
        let counted = u32::try_from(self.cameras).unwrap_or(u32::MAX);
        let said = of_census(counted, effort.estimate.as_ref());
        let warnings = effort.estimate.as_ref().map_or("", |whole| whole.warnings.as_str());
        let codes = format!("{} {} {warnings}", said.method, said.reason);
        (page.estimate_sentence(&said), page.codes(&codes))
    }

    /// Cameras by kind, with names.
    #[must_use]
    pub fn kind_rows(&self, page: &PageContext) -> Vec<(Cow<'static, str>, u64)> {
        self.kinds.iter().map(|(kind, cameras)| (kind_name(page, *kind), *cameras)).collect()
    }

    /// Cameras by operator, with names.
    #[must_use]
    pub fn operator_rows(&self, page: &PageContext) -> Vec<(Cow<'static, str>, u64)> {
        self.operators.iter().map(|(operator, cameras)| (operator_name(page, *operator), *cameras)).collect()
    }

    /// Class numbers and labels of the legend of counts: "1", "2–4", "100+".
    #[must_use]
    pub fn legend(&self, page: &PageContext) -> Vec<(u8, String)> {
        page.count_legend()
    }
}

impl FieldEffort {
    /// Share surveyed, in words.
    #[must_use]
    pub fn surveyed(&self, page: &PageContext) -> String {
        page.surveyed(self.surveyed_share)
    }

    /// The first cells with something left to walk.
    #[must_use]
    pub fn walk_rows(&self, page: &PageContext) -> Vec<WalkRow> {
        let share = |part: u64, whole: u64| {
            #[expect(clippy::cast_precision_loss, reason = "all streets of the earth are below 2^53 dm")]
            let share = if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
            page.t1("compare-percent", &page.percentage(share))
        };
        let row = |line: &WalkLine| {
            let centre = h3o::LatLng::from(line.cell);
            WalkRow {
                cell: line.cell.to_string(),
                centre: format!("{:.4}, {:.4}", centre.lat(), centre.lng()),
                left: share(line.not_walked, line.frame),
                once: share(line.walked_once, line.frame),
            }
        };
        self.walk_next.iter().map(row).collect()
    }
}

impl MapPage {
    /// The sets for the search: name, table and pages of each, as JSON.
    #[must_use]
    pub fn searched(&self) -> String {
        self.page.searched(&self.base, self.sets.iter().map(|(set, name)| (set.as_str(), name.as_str())))
    }

    /// The messages of the script.
    #[must_use]
    pub const fn script_messages(&self) -> &'static str {
        self.page.language.map_script()
    }

    /// The lower bounds of the classes, as JSON.
    #[must_use]
    pub fn script_classes(&self) -> String {
        serde_json::json!({ "count": COUNT_CLASSES, "km2": KM2_CLASSES }).to_string()
    }

    /// Class numbers and labels of the legend of densities.
    #[must_use]
    pub fn km2_legend(&self) -> Vec<(u8, String)> {
        self.page.km2_legend()
    }

    /// Kinds of public-space cameras with their names, unknown first.
    #[must_use]
    pub fn kinds(&self) -> Vec<(&'static str, Cow<'static, str>)> {
        Kind::ALL
            .iter()
            .filter(|kind| **kind != Kind::Doorbell)
            .map(|kind| (kind.word(), kind_name(&self.page, *kind)))
            .collect()
    }

    /// Operators of public-space cameras with their names, unknown first.
    #[must_use]
    pub fn operators(&self) -> Vec<(&'static str, Cow<'static, str>)> {
        Operator::ALL
            .iter()
            .filter(|operator| **operator != Operator::Household)
            .map(|operator| (operator.word(), operator_name(&self.page, *operator)))
            .collect()
    }

    /// `west,south,east,north`, with an east above 180 across the antimeridian.
    #[must_use]
    pub fn script_bounds(&self) -> String {
        self.map.as_ref().map_or_else(String::new, |map| {
            let [west, south, east, north] = map.bounds;
            let east = if west > east { east + 360.0 } else { east };
            format!("{west},{south},{east},{north}")
        })
    }
}

/// The name of a kind.
fn kind_name(page: &PageContext, kind: Kind) -> Cow<'static, str> {
    page.t(&format!("kind-{}", kind.word()))
}

/// The name of an operator.
fn operator_name(page: &PageContext, operator: Operator) -> Cow<'static, str> {
    page.t(&format!("operator-{}", operator.word()))
}
