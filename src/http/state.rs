//! What handlers are given: the read side, and where it exists the write side.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Semaphore;

use super::basemap::Basemap;
use super::file::CachePolicy;
use super::open::OpenRelease;
use super::pages::Site;
use super::problem::Problem;
use super::sessions::Sessions;
use super::twins::Twins;
use crate::model::IsoWeek;
use crate::release::{Release, ReleaseError, ReleaseId, Shelf, Tombstone};
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
    twins: Option<Twins>,
    basemap: Option<Arc<Basemap>>,
    #[cfg(feature = "pdf")]
    printer: super::print::Printer,
}

/// Files of sheets and pictures that a static export has. One that turns out to have a character that no font has is taken out,
/// so that no page made afterwards names it.
pub(super) type Papers = Arc<Mutex<BTreeSet<String>>>;

/// The releases of a static export: no others exist in it.
#[derive(Debug)]
struct Scope {
    /// The one that stands for the latest.
    front: ReleaseId,
    /// All, oldest first.
    all: Vec<ReleaseId>,
    /// Sheets and pictures of `front`.
    #[cfg_attr(not(feature = "pdf"), expect(dead_code, reason = "nothing is printed without the feature"))]
    papers: Papers,
}

impl ReadSide {
    /// Serves the releases on this shelf.
    #[must_use]
    pub fn new(shelf: Shelf) -> Self {
        Self {
            shelf,
            open: Arc::default(),
            listed: Arc::default(),
            public_url: None,
            site: Site::Served,
            scope: None,
            twins: None,
            basemap: None,
            #[cfg(feature = "pdf")]
            printer: super::print::Printer::default(),
        }
    }

    /// Prints briefings with these fonts instead of those in the program alone.
    #[cfg(feature = "pdf")]
    #[must_use]
    pub fn with_fonts(mut self, fonts: crate::paper::Fonts) -> Self {
        self.printer = self.printer.with(fonts);
        self
    }

    #[cfg(feature = "pdf")]
    pub(super) const fn printer(&self) -> &super::print::Printer {
        &self.printer
    }

    /// Whether this briefing stands beside its page as a PDF: not where there is no font for its script, and in an export for
    /// one release alone.
    #[cfg_attr(not(feature = "pdf"), expect(clippy::unused_self, reason = "nothing is printed without the feature"))]
    pub(super) fn prints(&self, document: &crate::briefing::Document, set: &str, slug: &str) -> bool {
        #[cfg(feature = "pdf")]
        return match self.scope.as_deref() {
            Some(Scope { front, papers, .. }) => {
                let sheets = super::pages::site::sheet_files(document.language, set, slug);
                let papers = lock(papers);
                front.as_str() == document.stamp.release && sheets.iter().all(|sheet| papers.contains(sheet))
            }
            None => crate::paper::check(document, &self.printer.fonts()).is_ok(),
        };
        #[cfg(not(feature = "pdf"))]
        return {
            let _ = (document, set, slug);
            false
        };
    }

    /// Whether the picture in this file can be had: an export has it, a server has fonts with its words. Of interest only
    /// where the site knows its own address; without it no page names a picture.
    #[cfg_attr(not(feature = "pdf"), expect(clippy::unused_self, reason = "nothing is drawn without the feature"))]
    pub(super) fn draws(&self, file: &str, words: impl FnOnce() -> Vec<String>) -> bool {
        #[cfg(feature = "pdf")]
        return self.site.absolute_file(file).is_some()
            && match self.scope.as_deref() {
                Some(scope) => lock(&scope.papers).contains(file),
                None => crate::paper::has_glyphs(words().iter().map(String::as_str), &self.printer.fonts()),
            };
        #[cfg(not(feature = "pdf"))]
        return {
            let _ = (file, words);
            false
        };
    }

    /// Makes absolute addresses start with this one, such as `https://census.example`, whatever host a client names.
    #[must_use]
    pub fn at(mut self, public_url: &str) -> Self {
        let public_url = public_url.trim_end_matches('/');
        self.public_url = Some(public_url.into());
        self.site = Site::ServedAt { base_url: format!("{public_url}/").into() };
        self
    }

    /// Makes the pages those of a static export that holds the releases of `all`, oldest first, with `front` as the latest.
    /// `papers` are the sheets and pictures of `front` that are there too.
    pub(super) fn exporting(mut self, site: Site, front: ReleaseId, all: Vec<ReleaseId>, papers: Papers) -> Self {
        self.site = site;
        self.scope = Some(Arc::new(Scope { front, all, papers }));
        #[cfg(feature = "pdf")]
        {
            self.printer = self.printer.patient();
        }
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

    /// Sends files compressed where this cache has them so.
    #[must_use]
    pub fn with_twins(mut self, twins: Twins) -> Self {
        self.twins = Some(twins);
        self
    }

    /// Draws this ground under the counts.
    #[must_use]
    pub fn with_basemap(mut self, basemap: Basemap) -> Self {
        self.basemap = Some(Arc::new(basemap));
        self
    }

    pub(super) fn basemap(&self) -> Option<&Basemap> {
        self.basemap.as_deref()
    }

    pub(super) const fn twins(&self) -> Option<&Twins> {
        self.twins.as_ref()
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
        let found = Arc::new(OpenRelease::new(release));
        let mut open = lock(&self.open);
        if open.len() >= OPEN_RELEASES {
            // Any will do: it is opened again when asked for.
            let victim = open.keys().next().cloned();
            victim.and_then(|id| open.remove(&id));
        }
        Ok(Arc::clone(open.entry(id.as_str().to_owned()).or_insert(found)))
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
    /// Sessions of moderators, which live as long as the server.
    pub(super) sessions: Arc<Mutex<Sessions>>,
}

/// Bodies of submissions held in memory at a time.
const BODIES: usize = 64;

impl WriteSide {
    /// Takes reports into this database. `week` tells the present week, `random` gives 128 random bits.
    #[must_use]
    pub fn new(store: Arc<Store>, week: fn() -> IsoWeek, random: fn() -> [u8; 16]) -> Self {
        Self { store, week, random, bodies: Arc::new(Semaphore::new(BODIES)), sessions: Arc::default() }
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

pub(super) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
