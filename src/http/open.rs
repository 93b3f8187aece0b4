//! One release that is open for reading, with what was read of it.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex};

use pmtiles::{AsyncPmTilesReader, MmapBackend};
use tokio::sync::OnceCell;

use super::problem::Problem;
use super::state::{blocking, lock};
use crate::app::{BriefingLines, BriefingTables};
use crate::density::CellTable;
use crate::model::PublishedFigure;
use crate::release::{AreaSetEntry, AreaTable, FeatureFile, Outline, Release, ReleaseError, Summary};

/// Rows of tables kept in memory for one release, about 100 bytes each.
const CACHED_ROWS: usize = 500_000;
/// Lines of areas kept in memory for one release, about a kilobyte each.
const CACHED_AREAS: usize = 50_000;
/// Corners of outlines kept in memory for one release, 16 bytes each.
const CACHED_CORNERS: usize = 2_000_000;
/// Places of features kept in memory for one release, about 100 bytes each.
const CACHED_PLACES: usize = 500_000;

/// A tile archive open for reading.
type Archive = Arc<AsyncPmTilesReader<MmapBackend>>;
/// The slug of a list, and a resolution.
type TableKey = (Option<String>, u8);
/// The slug of a list, and of an area set.
type AreasKey = (Option<String>, String);

/// A release with its tile archives and tables, opened when first used. Nothing of it ever changes.
pub(super) struct OpenRelease {
    pub(super) release: Arc<Release>,
    archives: Mutex<HashMap<String, Archive>>,
    tables: Kept<TableKey, CellTable>,
    areas: Kept<AreasKey, AreaTable>,
    outlines: Kept<String, Vec<Outline>>,
    features: Kept<String, FeatureFile>,
    briefings: Kept<String, BriefingLines>,
    area_sets: OnceCell<Vec<AreaSetEntry>>,
    lists: OnceCell<Vec<(String, Summary)>>,
    figures: OnceCell<Vec<PublishedFigure>>,
}

impl OpenRelease {
    pub(super) fn new(release: Arc<Release>) -> Self {
        let corners = |outlines: &Vec<Outline>| {
            let polygons = outlines.iter().flat_map(|outline| &outline.shape.0);
            polygons.map(|p| p.exterior().0.len() + p.interiors().iter().map(|ring| ring.0.len()).sum::<usize>()).sum()
        };
        Self {
            release,
            archives: Mutex::default(),
            tables: Kept::new(CACHED_ROWS, |table: &CellTable| table.rows.len()),
            areas: Kept::new(CACHED_AREAS, |table: &AreaTable| table.rows.len()),
            outlines: Kept::new(CACHED_CORNERS, corners),
            features: Kept::new(CACHED_PLACES, |file: &FeatureFile| file.places().len()),
            briefings: Kept::new(CACHED_AREAS, BriefingLines::len),
            area_sets: OnceCell::new(),
            lists: OnceCell::new(),
            figures: OnceCell::new(),
        }
    }

    /// The tile archive with this name in the manifest.
    pub(super) async fn archive(&self, name: &str) -> Result<Archive, Problem> {
        if let Some(archive) = lock(&self.archives).get(name) {
            return Ok(Arc::clone(archive));
        }
        let path = self.release.path(name).ok_or_else(Problem::not_found)?;
        let reader = AsyncPmTilesReader::new_with_path(path).await.map_err(|error| {
            tracing::error!(%error, "a tile archive cannot be read");
            Problem::internal()
        })?;
        Ok(Arc::clone(lock(&self.archives).entry(name.to_owned()).or_insert(Arc::new(reader))))
    }

    /// The counts of one resolution, of the field data or of a list.
    pub(super) async fn cells(
        &self,
        list: Option<&str>,
        resolution: h3o::Resolution,
    ) -> Result<Arc<CellTable>, Problem> {
        let (release, slug) = (Arc::clone(&self.release), list.map(ToOwned::to_owned));
        let key = (slug.clone(), u8::from(resolution));
        self.tables.get(key, move || release.cells(slug.as_deref(), resolution)).await
    }

    /// The counts by area of one set, of the field data or of a list.
    pub(super) async fn areas(&self, list: Option<&str>, set: &str) -> Result<Arc<AreaTable>, Problem> {
        let key: AreasKey = (list.map(ToOwned::to_owned), set.to_owned());
        let (release, (list, set)) = (Arc::clone(&self.release), key.clone());
        self.areas.get(key, move || release.areas(list.as_deref(), &set)).await
    }

    /// The outlines of the areas of one set.
    pub(super) async fn outlines(&self, set: &str) -> Result<Arc<Vec<Outline>>, Problem> {
        let (release, key) = (Arc::clone(&self.release), set.to_owned());
        self.outlines.get(key.clone(), move || release.outlines(&key)).await
    }

    /// Where the features of a GeoJSON file are.
    pub(super) async fn features(&self, name: &str) -> Result<Arc<FeatureFile>, Problem> {
        let (release, key) = (Arc::clone(&self.release), name.to_owned());
        self.features.get(key.clone(), move || release.features(&key)).await
    }

    /// What the briefings about the areas of one set are made of.
    pub(super) async fn briefing_tables(&self, set: &str) -> Result<BriefingTables, Problem> {
        let set = self.area_set(set).await?.clone();
        let mut cells = Vec::with_capacity(BriefingTables::RESOLUTIONS.len());
        for resolution in BriefingTables::RESOLUTIONS {
            cells.push(self.cells(None, resolution).await?);
        }
        let (areas, outlines) = (self.areas(None, &set.set).await?, self.outlines(&set.set).await?);
        let (release, slug, shapes) = (Arc::clone(&self.release), set.set.clone(), Arc::clone(&outlines));
        let lines = move || BriefingLines::read(&release, &slug, &shapes);
        let others = self.briefings.get(set.set.clone(), lines).await?;
        Ok(BriefingTables { release: Arc::clone(&self.release), set, areas, outlines, cells, others })
    }

    /// The area sets.
    pub(super) async fn area_sets(&self) -> Result<&[AreaSetEntry], Problem> {
        let release = Arc::clone(&self.release);
        let sets = self.area_sets.get_or_try_init(|| blocking(move || release.area_sets())).await?;
        Ok(sets)
    }

    /// The area set with this slug.
    pub(super) async fn area_set(&self, slug: &str) -> Result<&AreaSetEntry, Problem> {
        self.area_sets().await?.iter().find(|entry| entry.set == slug).ok_or_else(Problem::not_found)
    }

    /// Slugs and headline numbers of the lists.
    pub(super) async fn lists(&self) -> Result<&[(String, Summary)], Problem> {
        let release = Arc::clone(&self.release);
        let read = move || {
            let slugs = release.lists().into_iter();
            slugs.map(|slug| Ok((slug.to_owned(), release.list_summary(slug)?))).collect()
        };
        Ok(self.lists.get_or_try_init(|| blocking(read)).await?)
    }

    /// The published figures, by id.
    pub(super) async fn figures(&self) -> Result<&[PublishedFigure], Problem> {
        let release = Arc::clone(&self.release);
        let read = move || {
            let mut figures = release.figures()?;
            figures.sort_by(|a, b| a.id.cmp(&b.id));
            Ok(figures)
        };
        Ok(self.figures.get_or_try_init(|| blocking(read)).await?)
    }
}

/// Values of one sort that were read, up to a limit on the sum of their sizes.
struct Kept<K, V> {
    limit: usize,
    size: fn(&V) -> usize,
    values: Mutex<HashMap<K, Arc<V>>>,
}

impl<K: Eq + Hash, V: Send + 'static> Kept<K, V> {
    fn new(limit: usize, size: fn(&V) -> usize) -> Self {
        Self { limit, size, values: Mutex::default() }
    }

    async fn get(
        &self,
        key: K,
        read: impl FnOnce() -> Result<V, ReleaseError> + Send + 'static,
    ) -> Result<Arc<V>, Problem> {
        if let Some(value) = lock(&self.values).get(&key) {
            return Ok(Arc::clone(value));
        }
        let value = Arc::new(blocking(read).await?);
        let mut values = lock(&self.values);
        if values.values().map(|kept| (self.size)(kept)).sum::<usize>() + (self.size)(&value) > self.limit {
            values.clear();
        }
        Ok(Arc::clone(values.entry(key).or_insert(value)))
    }
}
