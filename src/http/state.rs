//! What handlers are given: the read side, and where it exists the write side.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use pmtiles::{AsyncPmTilesReader, MmapBackend};
use tokio::sync::Semaphore;

use super::file::CachePolicy;
use super::pages::Site;
use super::problem::Problem;
use crate::density::CellTable;
use crate::model::IsoWeek;
use crate::release::{AreaTable, Release, ReleaseError, ReleaseId, Shelf, Tombstone};
use crate::storage::Store;

/// Releases kept open at a time. An older one is opened again when somebody asks for it.
const OPEN_RELEASES: usize = 8;

/// Reads release directories, and nothing else.
#[derive(Clone)]
pub struct ReadSide {
    shelf: Shelf,
    open: Arc<Mutex<HashMap<String, Arc<OpenRelease>>>>,
    /// Manifests and headline numbers of every release that was asked for: a few kilobytes each, and they never change.
    listed: Arc<Mutex<HashMap<String, Arc<Release>>>>,
    public_url: Option<Arc<str>>,
    site: Site,
    scope: Option<Arc<Scope>>,
}

/// The releases of a static export: no others exist in it.
#[derive(Debug)]
struct Scope {
    /// The one that stands for the latest.
    front: ReleaseId,
    /// All, oldest first.
    all: Vec<ReleaseId>,
}

/// Rows of tables kept in memory for one release, about 100 bytes each.
const CACHED_ROWS: usize = 500_000;

/// Lines of areas kept in memory for one release, about a kilobyte each.
const CACHED_AREAS: usize = 50_000;

/// A tile archive open for reading.
type Archive = Arc<AsyncPmTilesReader<MmapBackend>>;
/// The slug of a list, and a resolution.
type TableKey = (Option<String>, u8);
/// The slug of a list, and of an area set.
type AreasKey = (Option<String>, String);

/// A release with its tile archives and tables, opened when first used.
pub(super) struct OpenRelease {
    pub(super) release: Arc<Release>,
    archives: Mutex<HashMap<String, Archive>>,
    tables: Mutex<HashMap<TableKey, Arc<CellTable>>>,
    areas: Mutex<HashMap<AreasKey, Arc<AreaTable>>>,
}

impl ReadSide {
    /// Serves the releases on this shelf.
    #[must_use]
    pub fn new(shelf: Shelf) -> Self {
        Self { shelf, open: Arc::default(), listed: Arc::default(), public_url: None, site: Site::Served, scope: None }
    }

    /// Makes absolute addresses start with this one, such as `https://census.example`, whatever host a client names.
    #[must_use]
    pub fn at(mut self, public_url: &str) -> Self {
        self.public_url = Some(public_url.trim_end_matches('/').into());
        self
    }

    /// Makes the pages those of a static export that holds the releases of `all`, oldest first, with `front` as the latest.
    pub(super) fn exporting(mut self, site: Site, front: ReleaseId, all: Vec<ReleaseId>) -> Self {
        self.site = site;
        self.scope = Some(Arc::new(Scope { front, all }));
        self
    }

    /// Whether pages are served or written as files.
    pub(super) fn site(&self) -> &Site {
        &self.site
    }

    /// The ids of all releases, oldest first.
    pub(super) async fn ids(&self) -> Result<Vec<ReleaseId>, Problem> {
        if let Some(scope) = &self.scope {
            return Ok(scope.all.clone());
        }
        let shelf = self.shelf.clone();
        blocking(move || shelf.list()).await
    }

    pub(super) fn public_url(&self) -> Option<&str> {
        self.public_url.as_deref()
    }

    /// Manifest and headline numbers of a release, without its tables and tiles.
    pub(super) async fn listed(&self, id: &ReleaseId) -> Result<Arc<Release>, Problem> {
        self.refuse_withdrawn(id)?;
        if let Some(release) = lock(&self.listed).get(id.as_str()) {
            return Ok(Arc::clone(release));
        }
        let (shelf, wanted) = (self.shelf.clone(), id.clone());
        let release = Arc::new(blocking(move || shelf.open(&wanted)).await?);
        lock(&self.listed).insert(id.as_str().to_owned(), Arc::clone(&release));
        Ok(release)
    }

    /// A release may be withdrawn while it is open here, by another program too.
    fn refuse_withdrawn(&self, id: &ReleaseId) -> Result<(), Problem> {
        let Some(tombstone) = self.tombstone(id)? else { return Ok(()) };
        lock(&self.open).remove(id.as_str());
        lock(&self.listed).remove(id.as_str());
        Err(withdrawn(&tombstone))
    }

    /// Why a release was withdrawn, if it was.
    pub(super) fn tombstone(&self, id: &ReleaseId) -> Result<Option<Tombstone>, Problem> {
        self.shelf.tombstone(id).map_err(|error| {
            tracing::error!(%error, "a release cannot be read");
            Problem::internal()
        })
    }

    pub(super) fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// The latest release, if there is one.
    pub(super) async fn latest(&self) -> Result<Option<Arc<OpenRelease>>, Problem> {
        if let Some(scope) = &self.scope {
            return self.release(&scope.front).await.map(Some);
        }
        let shelf = self.shelf.clone();
        match blocking(move || shelf.latest_id()).await? {
            Some(id) => self.release(&id).await.map(Some),
            None => Ok(None),
        }
    }

    /// The release that a query asks for: the latest by default, or one for ever.
    pub(super) async fn wanted(&self, release: Option<&str>) -> Result<(Arc<OpenRelease>, CachePolicy), Problem> {
        match release {
            None | Some("latest") => {
                Ok((self.latest().await?.ok_or_else(Problem::not_found)?, CachePolicy::Revalidate))
            }
            Some(id) => {
                let id = ReleaseId::parse(id).ok_or_else(Problem::not_found)?;
                Ok((self.release(&id).await?, CachePolicy::Immutable))
            }
        }
    }

    /// A release by its id.
    pub(super) async fn release(&self, id: &ReleaseId) -> Result<Arc<OpenRelease>, Problem> {
        self.refuse_withdrawn(id)?;
        if let Some(open) = lock(&self.open).get(id.as_str()) {
            return Ok(Arc::clone(open));
        }
        let release = self.listed(id).await?;
        let found = Arc::new(OpenRelease {
            release,
            archives: Mutex::default(),
            tables: Mutex::default(),
            areas: Mutex::default(),
        });
        let mut open = lock(&self.open);
        if open.len() >= OPEN_RELEASES {
            // Any will do: it is opened again when asked for.
            let victim = open.keys().next().cloned();
            victim.and_then(|id| open.remove(&id));
        }
        Ok(Arc::clone(open.entry(id.as_str().to_owned()).or_insert(found)))
    }
}

impl OpenRelease {
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
        self: &Arc<Self>,
        list: Option<&str>,
        resolution: h3o::Resolution,
    ) -> Result<Arc<CellTable>, Problem> {
        let key = (list.map(ToOwned::to_owned), u8::from(resolution));
        if let Some(table) = lock(&self.tables).get(&key) {
            return Ok(Arc::clone(table));
        }
        let (this, slug) = (Arc::clone(self), key.0.clone());
        let table = Arc::new(blocking(move || this.release.cells(slug.as_deref(), resolution)).await?);
        let mut tables = lock(&self.tables);
        if tables.values().map(|kept| kept.rows.len()).sum::<usize>() + table.rows.len() > CACHED_ROWS {
            tables.clear();
        }
        Ok(Arc::clone(tables.entry(key).or_insert(table)))
    }

    /// The counts by area of one set, of the field data or of a list.
    pub(super) async fn areas(self: &Arc<Self>, list: Option<&str>, set: &str) -> Result<Arc<AreaTable>, Problem> {
        let key = (list.map(ToOwned::to_owned), set.to_owned());
        if let Some(table) = lock(&self.areas).get(&key) {
            return Ok(Arc::clone(table));
        }
        let (this, (list, set)) = (Arc::clone(self), key.clone());
        let table = Arc::new(blocking(move || this.release.areas(list.as_deref(), &set)).await?);
        let mut areas = lock(&self.areas);
        if areas.values().map(|kept| kept.rows.len()).sum::<usize>() + table.rows.len() > CACHED_AREAS {
            areas.clear();
        }
        Ok(Arc::clone(areas.entry(key).or_insert(table)))
    }
}

/// Takes reports. Time and randomness are given to it.
#[derive(Clone)]
pub struct WriteSide {
    pub(super) store: Arc<Store>,
    pub(super) week: fn() -> IsoWeek,
    pub(super) random: fn() -> [u8; 16],
    /// Bounds the memory that bodies take before they are judged.
    pub(super) bodies: Arc<Semaphore>,
}

/// Bodies of submissions held in memory at a time.
const BODIES: usize = 64;

impl WriteSide {
    /// Takes reports into this database. `week` tells the present week, `random` gives 128 random bits.
    #[must_use]
    pub fn new(store: Arc<Store>, week: fn() -> IsoWeek, random: fn() -> [u8; 16]) -> Self {
        Self { store, week, random, bodies: Arc::new(Semaphore::new(BODIES)) }
    }
}

/// Runs something that reads files off the threads that answer requests.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ReleaseError> + Send + 'static,
) -> Result<T, Problem> {
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(ReleaseError::Missing(_))) => Err(Problem::not_found()),
        Ok(Err(ReleaseError::Withdrawn(tombstone))) => Err(withdrawn(&tombstone)),
        Ok(Err(error)) => {
            tracing::error!(%error, "a release cannot be read");
            Err(Problem::internal())
        }
        Err(_stopped) => Err(Problem::internal()),
    }
}

fn withdrawn(tombstone: &Tombstone) -> Problem {
    let detail = format!(
        "The release was withdrawn in {}: {} Its manifest and withdrawn.json stay.",
        tombstone.week, tombstone.reason
    );
    Problem::gone(detail).with_member("withdrawn", serde_json::json!(tombstone))
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
