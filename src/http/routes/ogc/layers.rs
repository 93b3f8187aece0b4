//! The collections of a release: cells by resolution, areas by set, effort, published figures, and those of each list.

use std::sync::Arc;

use h3o::Resolution;
use serde_json::{Value, json};

use super::asked::{Asked, Face, GEOJSON, HTML, link};
use super::datetime::week;
use crate::density::RESOLUTIONS;
use crate::http::open::OpenRelease;
use crate::http::pages::PageContext;
use crate::http::problem::Problem;
use crate::http::routes::catalogue::licence_address;
use crate::language::Language;
use crate::release::Summary;

/// The coordinate reference system of everything: longitude, latitude, WGS 84.
const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

/// What the features of a collection are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Layer {
    /// Cells of one resolution.
    Cells(Resolution),
    /// Areas of a set: its slug and its name.
    Areas(String, String),
    /// Audit units.
    Effort,
    /// Published figures, which have no geometry.
    Figures,
}

/// One collection.
#[derive(Debug, Clone)]
pub(super) struct Collection {
    pub(super) id: String,
    pub(super) layer: Layer,
    /// Slug of the list; `None` for field data.
    pub(super) list: Option<String>,
    /// Headline numbers of the body of data it belongs to.
    pub(super) summary: Summary,
    /// The file of the release that its features come from.
    pub(super) file: String,
}

/// Every collection of a release, field data first.
pub(super) async fn collections(open: &OpenRelease) -> Result<Vec<Collection>, Problem> {
    let lists = open.lists().await?.iter().map(|(slug, summary)| (Some(slug.clone()), summary));
    let bodies: Vec<_> = std::iter::once((None, &open.release.summary)).chain(lists).collect();
    let mut all = Vec::new();
    for (list, summary) in bodies {
        let cells = RESOLUTIONS.into_iter().map(Layer::Cells);
        let areas = open.area_sets().await?.iter().map(|entry| Layer::Areas(entry.set.clone(), entry.name.clone()));
        let others = [Layer::Effort, Layer::Figures].into_iter().filter(|_| list.is_none());
        for layer in cells.chain(areas).chain(others) {
            let before = list.as_deref().map(|slug| format!("{slug}-")).unwrap_or_default();
            let id = format!("{before}{}", layer.stem());
            let collection =
                Collection { id, layer, list: list.clone(), summary: summary.clone(), file: String::new() };
            // An earlier version built releases without some of these files, or under another name.
            let found = collection.files().into_iter().find(|file| open.release.entry(file).is_some());
            all.extend(found.map(|file| Collection { file, ..collection }));
        }
    }
    Ok(all)
}

/// The collection with this id.
pub(super) async fn collection(open: &OpenRelease, id: &str) -> Result<Collection, Problem> {
    collections(open).await?.into_iter().find(|collection| collection.id == id).ok_or_else(Problem::not_found)
}

impl Layer {
    fn stem(&self) -> String {
        match self {
            Self::Cells(resolution) => format!("cells-r{}", u8::from(*resolution)),
            Self::Areas(set, _) => format!("areas-{set}"),
            Self::Effort => "effort".to_owned(),
            Self::Figures => "figures".to_owned(),
        }
    }
}

impl Collection {
    /// The files that its features may come from.
    fn files(&self) -> Vec<String> {
        let folder = self.list.as_deref().map(|slug| format!("sources/{slug}/")).unwrap_or_default();
        let stem = self.layer.stem();
        match self.layer {
            Layer::Figures => vec!["figures.csv".to_owned()],
            Layer::Effort => vec!["effort-units.geojson".to_owned(), "effort.geojson".to_owned()],
            Layer::Cells(_) | Layer::Areas(..) => vec![format!("{folder}{stem}.geojson")],
        }
    }

    /// The name of that file up to its extension.
    fn stem(&self) -> &str {
        self.file.rsplit_once('.').map_or(&self.file, |(stem, _)| stem)
    }

    /// Whether its features speak of the week of the release. Published figures have dates of their own.
    pub(super) fn is_of_the_week(&self) -> bool {
        self.layer != Layer::Figures
    }

    pub(super) fn title(&self, page: &PageContext) -> String {
        let title = match &self.layer {
            Layer::Cells(resolution) => page.t1("ogc-cells-title", &u8::from(*resolution).to_string()),
            Layer::Areas(_, name) => page.t1("ogc-areas-title", name),
            Layer::Effort => page.t("ogc-effort-title").into_owned(),
            Layer::Figures => page.t("ogc-figures-title").into_owned(),
        };
        if self.list.is_some() { format!("{}: {title}", self.summary.title) } else { title }
    }

    pub(super) fn text(&self, page: &PageContext) -> String {
        let key = match self.layer {
            Layer::Cells(_) => "ogc-cells-text",
            Layer::Areas(..) => "ogc-areas-text",
            Layer::Effort => "ogc-effort-text",
            Layer::Figures => "ogc-figures-text",
        };
        page.t(key).into_owned()
    }

    /// West, south, east, north in degrees; west may exceed east. `None` where nothing has a place.
    pub(super) async fn bounds(&self, open: &Arc<OpenRelease>) -> Result<Option<[f64; 4]>, Problem> {
        // A list counts in the same areas as the field data.
        let file = match &self.layer {
            Layer::Cells(_) => return Ok(self.summary.bounds),
            Layer::Figures => return Ok(None),
            Layer::Areas(..) => format!("{}.geojson", self.layer.stem()),
            Layer::Effort => self.file.clone(),
        };
        let features = open.features(&file).await?;
        let bounds = features
            .places()
            .iter()
            .filter_map(|place| place.bounds)
            .reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]);
        // Outlines run on beyond 180 degrees; an extent does not.
        let turned = |degrees: f64| if degrees > 180.0 { degrees - 360.0 } else { degrees };
        Ok(bounds.map(|[west, south, east, north]| {
            if east - west >= 360.0 {
                [-180.0, south, 180.0, north]
            } else {
                [west.max(-180.0), south, turned(east), north]
            }
        }))
    }

    /// What the standard says of a collection.
    pub(super) async fn document(&self, open: &Arc<OpenRelease>, asked: &Asked) -> Result<Value, Problem> {
        let page = PageContext::bare(Language::English);
        let path = format!("/collections/{}", self.id);
        let items = format!("{path}/items");
        let mut links: Vec<Value> = asked.faces(&path, Face::Json, super::asked::JSON).into();
        for (face, media_type, title) in
            [(Face::Json, GEOJSON, "The features"), (Face::Html, HTML, "The features as pages")]
        {
            links.push(link(&format!("{}?f={}", asked.ogc(&items), face.word()), "items", media_type, title));
        }
        let id = &open.release.manifest.id;
        let stem = format!("{}.", self.stem());
        for entry in open.release.manifest.files.iter().filter(|entry| entry.path.starts_with(&stem)) {
            let media_type = entry.media_type.split(';').next().unwrap_or_default();
            let mut whole =
                link(&asked.site(&format!("data/{id}/{}", entry.path)), "enclosure", media_type, &entry.description);
            whole["length"] = entry.bytes.into();
            links.push(whole);
        }
        links.push(link(&licence_address(&self.summary.licence), "license", HTML, &self.summary.licence));
        let mut document = json!({
            "id": self.id,
            "title": self.title(&page),
            "description": self.text(&page),
            "itemType": "feature",
            "crs": [CRS84],
            "links": links,
            "release": id,
            "licence": self.summary.licence,
        });
        if !self.summary.attribution.is_empty() {
            document["attribution"] = self.summary.attribution.as_str().into();
        }
        if let Some(bounds) = self.bounds(open).await? {
            document["extent"]["spatial"] = json!({ "bbox": [bounds], "crs": CRS84 });
        }
        if self.is_of_the_week() {
            let [first, last] = week(as_of(&self.summary)?);
            document["extent"]["temporal"] = json!({
                "interval": [[first, last]],
                "trs": "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian",
            });
        }
        Ok(document)
    }
}

/// The week the features speak of.
pub(super) fn as_of(summary: &Summary) -> Result<crate::model::IsoWeek, Problem> {
    summary.as_of.parse().map_err(|_damaged| Problem::internal())
}
