//! The public site as plain files: what there is to write, and what stands in each file.
//!
//! The pages are those of the router, asked in this process with a read side that says it is exporting; so an exported page
//! cannot drift away from the served one. Writing the files is the business of whoever asked.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use askama::Template as _;
use axum::Router;
use axum::body::Body;
use bytes::Bytes;
use http::{Request, StatusCode, Uri};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

use super::pages::site::page_file;
#[cfg(feature = "pdf")]
use super::pages::{
    HomeWords,
    site::{picture_file, sheet_files},
};
use super::pages::{LatestPage, LostPage, PageContext, ReleaseRef, Site};
use super::state::{Papers, lock};
use super::{Basemap, ReadSide, assets, public_router};
use crate::language::Language;
use crate::model::Area;
use crate::release::{Release, ReleaseError, ReleaseId, SIGNATURE, Shelf, Tombstone};

/// Files that may stand beside a manifest and belong to the downloads of a release.
const BESIDE_THE_MANIFEST: [&str; 1] = [SIGNATURE];

/// Why a site cannot be exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// There is nothing to show.
    #[error("there is no release yet; `release build` makes one")]
    NoRelease,
    /// A release cannot be read.
    #[error(transparent)]
    Release(#[from] ReleaseError),
    /// A page could not be made.
    #[error("the page {address} cannot be made: the site answered {status}")]
    Page {
        /// The address of the page on a server.
        address: String,
        /// What the server would have answered.
        status: StatusCode,
    },
    /// A briefing could not be made.
    #[error(transparent)]
    Briefing(#[from] crate::app::BriefingError),
    /// A page could not be laid out.
    #[error("a page cannot be laid out: {0}")]
    Template(#[from] askama::Error),
    /// A base address that addresses cannot be made from.
    #[error(
        "a base address is http or https, a host and perhaps a path, without a query, such as https://census.example/city/"
    )]
    BaseUrl,
}

/// Which part of the site a file belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Files of releases.
    Data,
    /// Styles, scripts and their licences.
    Asset,
    /// Briefings as PDF, and pictures of pages.
    Paper,
    /// Pages, and what leads to them.
    Page,
}

impl Part {
    /// Name for programs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Asset => "assets",
            Self::Paper => "paper",
            Self::Page => "pages",
        }
    }
}

/// Where the content of a file comes from.
#[derive(Debug, Clone)]
pub enum Origin {
    /// It is the page, sheet or picture at this address of the server: ask [`StaticSite::page`].
    Page(String),
    /// These bytes.
    Memory(Bytes),
    /// A copy of a file, of a release or of the base map.
    Copy {
        /// Where it stands.
        path: PathBuf,
        /// SHA-256 in hexadecimal that it must have, where the manifest names it.
        sha256: Option<String>,
    },
}

/// One file of the site.
#[derive(Debug, Clone)]
pub struct SiteFile {
    /// Path below the root of the site, with `/`.
    pub path: String,
    /// What it belongs to.
    pub part: Part,
    /// Where its content comes from.
    pub origin: Origin,
}

/// A release that is on the shelf and not in the export.
#[derive(Debug, Clone)]
pub struct Skipped {
    /// Its id.
    pub release: ReleaseId,
    /// Why it is not there.
    pub problem: String,
}

/// Everything a static export consists of: data first, pages last, so that a site that is being replaced never shows a
/// page whose files are not there yet.
#[derive(Debug)]
pub struct StaticSite {
    router: Router,
    files: Vec<SiteFile>,
    front: ReleaseId,
    releases: Vec<ReleaseId>,
    skipped: Vec<Skipped>,
    printed: Printed,
    /// Of what is to be printed all that was not found to lack a font.
    papers: Papers,
}

/// Which briefings of the release at the root an export has on paper, and with them the pictures of areas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Briefings {
    /// All, unless that are more than [`Briefings::MANY`] sheets.
    #[default]
    Auto,
    /// All.
    All,
    /// None.
    None,
}

impl Briefings {
    /// More sheets take minutes, and are printed only for whoever asks for all.
    pub const MANY: usize = 600;

    /// Whether so many sheets are printed.
    const fn includes(self, sheets: usize) -> bool {
        match self {
            Self::Auto => sheets <= Self::MANY,
            Self::All => true,
            Self::None => false,
        }
    }
}

/// Papers that each briefing is printed on: A4 and Letter.
const PAPERS: usize = 2;

/// What an export prints, and with which fonts.
#[derive(Debug, Clone, Default)]
pub struct Printing {
    /// Which briefings.
    pub briefings: Briefings,
    /// The fonts.
    #[cfg(feature = "pdf")]
    pub fonts: crate::paper::Fonts,
}

/// What an export prints.
#[derive(Debug, Default)]
struct Printed {
    /// Paths of files of sheets and pictures, and their addresses on a server.
    papers: Vec<(String, String)>,
    left_out: usize,
    without_font: usize,
}

impl Printed {
    /// What is printed of a release. Its sheets and the pictures of its areas are printed, or left out, together: both take
    /// their time for each area and language. Those of the first page are few.
    fn plan(release: &Release, site: &Site, printing: &Printing) -> Result<Self, ExportError> {
        let mut areas = Vec::new();
        for set in release.area_sets()? {
            let rows = release.areas(None, &set.set)?.rows;
            let named = rows.into_iter().filter(|row| !row.slug.is_empty() && row.slug != Area::UNASSIGNED);
            areas.extend(named.map(|row| (set.set.clone(), row.slug)));
        }
        let sheets = areas.len() * Language::ALL.len() * PAPERS;
        let is_printed = cfg!(feature = "pdf") && printing.briefings.includes(sheets);
        #[cfg_attr(not(feature = "pdf"), expect(unused_mut, reason = "nothing is printed without the feature"))]
        let mut printed = Self { left_out: if is_printed { 0 } else { sheets }, ..Self::default() };
        #[cfg(feature = "pdf")]
        {
            let has_pictures = site.absolute_file("").is_some();
            if has_pictures {
                printed.add_home(release, printing);
            }
            if is_printed {
                printed.add_areas(release, &areas, has_pictures, printing)?;
            }
        }
        #[cfg(not(feature = "pdf"))]
        let _ = site;
        Ok(printed)
    }

    #[cfg(feature = "pdf")]
    fn add_home(&mut self, release: &Release, printing: &Printing) {
        for language in Language::ALL {
            let words = HomeWords::of(language, &release.summary).all();
            if crate::paper::has_glyphs(words.iter().map(String::as_str), &printing.fonts) {
                self.picture(language, "home");
            }
        }
    }

    /// A briefing in a script that no font has is left out, and so is the link to it.
    #[cfg(feature = "pdf")]
    fn add_areas(
        &mut self,
        release: &Release,
        areas: &[(String, String)],
        has_pictures: bool,
        printing: &Printing,
    ) -> Result<(), ExportError> {
        let mut tables: Option<crate::app::BriefingTables> = None;
        for (set, slug) in areas {
            if tables.as_ref().is_none_or(|tables| tables.set.set != *set) {
                tables = Some(crate::app::BriefingTables::read(release, set)?);
            }
            for language in Language::ALL {
                let Some(tables) = &tables else { continue };
                let document = tables.document(slug, language)?;
                if crate::paper::check(&document, &printing.fonts).is_err() {
                    self.without_font += 1;
                    continue;
                }
                let [a4, letter] = sheet_files(language, set, slug);
                let address = format!("/{a4}");
                self.papers.push((a4, address.clone()));
                self.papers.push((letter, format!("{address}?paper=letter")));
                if has_pictures {
                    self.picture(language, &format!("{set}/{slug}"));
                }
            }
        }
        Ok(())
    }

    #[cfg(feature = "pdf")]
    fn picture(&mut self, language: Language, name: &str) {
        let file = picture_file(language, name);
        let address = format!("/{file}");
        self.papers.push((file, address));
    }
}

/// Reads the address of the directory that an export will stand in, and gives it its final slash.
///
/// # Errors
/// When it is no http or https address, or carries a query.
pub fn base_url(text: &str) -> Result<Arc<str>, ExportError> {
    let uri: Uri = text.parse().map_err(|_unreadable| ExportError::BaseUrl)?;
    let is_web = matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some_and(|host| !host.is_empty());
    if !is_web || text.contains(['?', '#', '@']) {
        return Err(ExportError::BaseUrl);
    }
    Ok(format!("{}/", text.trim_end_matches('/')).into())
}

impl StaticSite {
    /// Plans the site of every release on the shelf, or of one. The latest, or the one, is shown at the root. Maps lie on the
    /// base map, of which the site gets a copy.
    ///
    /// # Errors
    /// When there is no release, or the one to be shown at the root cannot be read. Others that cannot are left out:
    /// [`StaticSite::skipped`].
    pub fn plan(
        shelf: &Shelf,
        only: Option<ReleaseId>,
        base_url: Option<Arc<str>>,
        printing: &Printing,
        basemap: Option<Basemap>,
    ) -> Result<Self, ExportError> {
        let (front, wanted) = match only {
            Some(id) => (id.clone(), vec![id]),
            None => (shelf.latest_id()?.ok_or(ExportError::NoRelease)?, shelf.list()?),
        };
        let (mut open, mut withdrawn, mut skipped) = (Vec::new(), Vec::new(), Vec::new());
        for id in wanted {
            match shelf.open(&id).and_then(|release| Ok((pages_of(&release)?, release))) {
                Ok((pages, release)) => open.push((id, pages, release)),
                Err(error) if id == front => return Err(error.into()),
                Err(ReleaseError::Withdrawn(_)) => withdrawn.push(id),
                Err(error) => skipped.push(Skipped { release: id, problem: error.to_string() }),
            }
        }
        let site = Site::Exported { base_url };
        let releases: Vec<ReleaseId> = open.iter().map(|(id, _, _)| id.clone()).collect();
        // The list of releases names the withdrawn ones too, and their manifests and the reasons stay.
        let mut listed = [releases.clone(), withdrawn.clone()].concat();
        listed.sort();
        let printed = match open.iter().find(|(id, _, _)| *id == front) {
            Some((_, _, release)) => Printed::plan(release, &site, printing)?,
            None => Printed::default(),
        };
        let read = ReadSide::new(shelf.clone());
        #[cfg(feature = "pdf")]
        let read = read.with_fonts(printing.fonts.clone());
        let mut files = Files::default();
        let read = match basemap {
            Some(basemap) => {
                let origin = Origin::Copy { path: basemap.path().to_owned(), sha256: None };
                files.add(&basemap.archive_path(), Part::Data, origin);
                read.with_basemap(basemap)
            }
            None => read,
        };
        let papers = Papers::new(Mutex::new(printed.papers.iter().map(|(path, _)| path.clone()).collect()));
        let read = read.exporting(site.clone(), front.clone(), listed, Arc::clone(&papers));
        for (path, address) in &printed.papers {
            files.add(path, Part::Paper, Origin::Page(address.clone()));
        }
        for id in &withdrawn {
            for name in ["manifest.json", Tombstone::FILE] {
                let origin = Origin::Copy { path: shelf.place(id).join(name), sha256: None };
                files.add(&format!("data/{id}/{name}"), Part::Data, origin);
            }
        }
        for (_, _, release) in &open {
            files.add_release(release);
        }
        for asset in assets::all() {
            files.add(asset.path.trim_start_matches('/'), Part::Asset, Origin::Memory(Bytes::from_static(asset.bytes)));
        }
        // The pages of a release one after the other: the read side keeps its tables in memory meanwhile.
        for (id, pages, release) in &open {
            for page in pages {
                files.add_page(&format!("releases/{id}/{page}"));
            }
            if *id == front {
                for page in pages.iter().map(String::as_str).chain(["privacy", "releases"]) {
                    files.add_page(page);
                }
                files.add_latest(release, &site)?;
            }
        }
        files.add("404.html", Part::Page, Origin::Memory(LostPage::of(&site).render()?.into()));
        Ok(Self { router: public_router(read), files: files.in_order(), front, releases, skipped, printed, papers })
    }

    /// Every file, in the order in which they are best written.
    #[must_use]
    pub fn files(&self) -> &[SiteFile] {
        &self.files
    }

    /// The release shown at the root.
    #[must_use]
    pub fn front(&self) -> &ReleaseId {
        &self.front
    }

    /// All releases of the site, oldest first.
    #[must_use]
    pub fn releases(&self) -> &[ReleaseId] {
        &self.releases
    }

    /// Releases of the shelf that cannot be read.
    #[must_use]
    pub fn skipped(&self) -> &[Skipped] {
        &self.skipped
    }

    /// Sheets of briefings that are not printed: too many, not asked for, or none can be by this build.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.printed.left_out
    }

    /// Briefings that are not printed because no font has one of their characters.
    #[must_use]
    pub fn without_font(&self) -> usize {
        self.printed.without_font
    }

    /// Sheets and pictures that turned out, when they were laid out, to have a character that no font has.
    #[must_use]
    pub fn unprinted(&self) -> usize {
        self.printed.papers.len() - lock(&self.papers).len()
    }

    /// What stands in this file of the site, which the server has at this address. `None` where it is a sheet or a picture
    /// that turns out to have a character that no font has: pages that are made afterwards do not name it.
    ///
    /// # Errors
    /// When the site has no such page, or a table it is made of cannot be read.
    pub async fn page(&self, file: &str, address: &str) -> Result<Option<Bytes>, ExportError> {
        let failed = |status| ExportError::Page { address: address.to_owned(), status };
        let internal = || failed(StatusCode::INTERNAL_SERVER_ERROR);
        let request = Request::get(address).body(Body::empty()).map_err(|_unusable| failed(StatusCode::NOT_FOUND))?;
        let Ok(response) = self.router.clone().oneshot(request).await;
        match response.status() {
            StatusCode::OK => Ok(Some(response.into_body().collect().await.map_err(|_broken| internal())?.to_bytes())),
            StatusCode::NOT_IMPLEMENTED if lock(&self.papers).remove(file) => Ok(None),
            status => Err(failed(status)),
        }
    }
}

/// Paths of the pages of one release, without the language.
fn pages_of(release: &Release) -> Result<Vec<String>, ReleaseError> {
    let mut pages: Vec<String> = ["", "map", "areas", "compare", "data", "method"].map(str::to_owned).into();
    pages.extend(release.lists().iter().map(|slug| format!("sources/{slug}/")));
    for set in release.area_sets()? {
        let table = release.areas(None, &set.set)?;
        let areas = || table.rows.iter().filter(|row| !row.slug.is_empty());
        pages.push(format!("areas/{}", set.set));
        pages.extend(areas().map(|row| format!("areas/{}/{}", set.set, row.slug)));
        let named = areas().filter(|row| row.slug != Area::UNASSIGNED);
        pages.extend(named.map(|row| format!("areas/{}/{}/briefing", set.set, row.slug)));
    }
    Ok(pages)
}

/// The files of a site, each path once.
#[derive(Default)]
struct Files {
    all: Vec<SiteFile>,
    known: BTreeSet<String>,
}

impl Files {
    fn add(&mut self, path: &str, part: Part, origin: Origin) {
        if self.known.insert(path.to_owned()) {
            self.all.push(SiteFile { path: path.to_owned(), part, origin });
        }
    }

    fn add_page(&mut self, path: &str) {
        for language in Language::ALL {
            let address = format!("/{}{path}", language.prefix());
            self.add(&page_file(language, path), Part::Page, Origin::Page(address));
        }
    }

    fn add_release(&mut self, release: &Release) {
        let id = &release.manifest.id;
        let listed = release.manifest.files.iter().map(|entry| (entry.path.as_str(), Some(entry.sha256.clone())));
        let manifest = ("manifest.json", Some(release.manifest_sha256.clone()));
        let beside = BESIDE_THE_MANIFEST.map(|name| (name, None));
        for (name, sha256) in listed.chain([manifest]).chain(beside) {
            if let Some(path) = release.path(name) {
                self.add(&format!("data/{id}/{name}"), Part::Data, Origin::Copy { path, sha256 });
            }
        }
    }

    /// What stands for the redirects from `latest`: a file for programs, and a page.
    fn add_latest(&mut self, release: &Release, site: &Site) -> Result<(), ExportError> {
        let manifest = &release.manifest;
        let json = serde_json::json!({
            "release": manifest.id,
            "as_of": manifest.as_of,
            "manifest": format!("{}/manifest.json", manifest.id),
            "manifest_sha256": release.manifest_sha256,
        });
        self.add("data/latest.json", Part::Page, Origin::Memory(format!("{json:#}\n").into()));
        for language in Language::ALL {
            let (path, release) = ("data/latest".to_owned(), ReleaseRef::of(&release.summary));
            // Nobody shows a link to a page that only leads on, so that it needs no picture.
            let page = PageContext { site: site.clone(), path, release, ..PageContext::bare(language) };
            let html = LatestPage { page }.render()?;
            self.add(&page_file(language, "data/latest"), Part::Page, Origin::Memory(html.into()));
        }
        Ok(())
    }

    /// Data first, pages last.
    fn in_order(mut self) -> Vec<SiteFile> {
        self.all.sort_by_key(|file| file.part);
        self.all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_sheet_that_turns_out_to_lack_a_font_is_left_out_and_counted_and_a_page_that_fails_is_not() {
        let lacking = || axum::routing::get(async || StatusCode::NOT_IMPLEMENTED);
        let router = Router::new()
            .route("/og/home.png", lacking())
            .route("/map", lacking())
            .route("/og/wards/a.png", axum::routing::get(async || "a picture"));
        let paths = ["og/home.png", "og/wards/a.png"].map(str::to_owned);
        let printed = Printed {
            papers: paths.iter().map(|path| (path.clone(), format!("/{path}"))).collect(),
            ..Printed::default()
        };
        let site = StaticSite {
            router,
            files: Vec::new(),
            front: ReleaseId::parse("2026-W47-0123abcd").unwrap(),
            releases: Vec::new(),
            skipped: Vec::new(),
            printed,
            papers: Papers::new(Mutex::new(paths.into())),
        };
        assert!(matches!(site.page("og/home.png", "/og/home.png").await, Ok(None)));
        assert_eq!(site.page("og/wards/a.png", "/og/wards/a.png").await.unwrap().unwrap(), "a picture");
        assert_eq!((site.unprinted(), lock(&site.papers).contains("og/home.png")), (1, false));
        assert!(matches!(site.page("map/index.html", "/map").await, Err(ExportError::Page { .. })));
    }

    #[test]
    fn sheets_are_printed_up_to_a_limit_unless_all_or_none_were_asked_for() {
        let included = |sheets| [Briefings::Auto, Briefings::All, Briefings::None].map(|which| which.includes(sheets));
        assert_eq!(included(Briefings::MANY), [true, true, false]);
        assert_eq!(included(Briefings::MANY + 1), [false, true, false]);
    }

    #[test]
    fn a_base_address_ends_in_a_slash_and_carries_neither_query_nor_password() {
        for text in ["https://census.example/city", "https://census.example/city//"] {
            assert_eq!(&*base_url(text).unwrap(), "https://census.example/city/");
        }
        assert_eq!(&*base_url("http://abcdef.onion").unwrap(), "http://abcdef.onion/");
        for bad in
            ["", "/city/", "census.example", "ftp://census.example/", "https://a.example/?q", "https://u:p@a.example/"]
        {
            assert!(matches!(base_url(bad), Err(ExportError::BaseUrl)), "{bad}");
        }
    }
}
