//! Reading a release directory.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use h3o::Resolution;

use super::area_row::{AreaSetEntry, AreaTable};
use super::areas_csv;
use super::cells_csv;
use super::changes::Change;
use super::citation::Citation;
use super::directory::{digest, hex};
use super::error::ReleaseError;
use super::features::FeatureFile;
use super::figures_csv::read_back;
use super::lines::{self, AreaEffort, GateLine, ModelLine, WalkLine};
use super::manifest::{FileEntry, Manifest};
use super::outlines::{self, Outline};
use super::signature::SIGNATURE;
use super::summary::Summary;
use super::tables::{MakerLine, read_makers};
use crate::density::CellTable;
use crate::figures::{read_deployments, read_figures};
use crate::model::{Deployment, PublishedFigure};

/// A release on disk, with its manifest and headline numbers read.
#[derive(Debug, Clone)]
pub struct Release {
    root: PathBuf,
    /// The manifest.
    pub manifest: Manifest,
    /// SHA-256 of `manifest.json`: what identifies the content.
    pub manifest_sha256: String,
    /// Headline numbers of the field data.
    pub summary: Summary,
}

impl Release {
    /// Opens a release directory.
    ///
    /// # Errors
    /// When the manifest or the summary is missing or does not read as such.
    pub fn open(root: &Path) -> Result<Self, ReleaseError> {
        let path = root.join("manifest.json");
        let mut file = File::open(&path).map_err(ReleaseError::at(&path))?;
        let (hash, _) = digest(&mut file).map_err(ReleaseError::at(&path))?;
        let manifest = json(&path)?;
        let summary = json(&root.join("summary.json"))?;
        Ok(Self { root: root.to_owned(), manifest, manifest_sha256: hex(hash), summary })
    }

    /// Where a file of this release is. Only files the manifest names have a place, the manifest itself, and what
    /// stands beside it.
    #[must_use]
    pub fn path(&self, name: &str) -> Option<PathBuf> {
        let path = self.root.join(name);
        let is_there = match name {
            "manifest.json" => true,
            SIGNATURE => path.is_file(),
            _ => self.manifest.file(name).is_some(),
        };
        is_there.then_some(path)
    }

    /// The manifest's entry of a file.
    #[must_use]
    pub fn entry(&self, name: &str) -> Option<&FileEntry> {
        self.manifest.file(name)
    }

    /// The counts per cell at a resolution of 3 to 10; of one list when `list` is its slug.
    ///
    /// # Errors
    /// When the release has no such table or it does not read as one.
    pub fn cells(&self, list: Option<&str>, resolution: Resolution) -> Result<CellTable, ReleaseError> {
        let prefix = list.map(|slug| format!("sources/{slug}/")).unwrap_or_default();
        let name = format!("{prefix}cells-r{}.csv", u8::from(resolution));
        let path = self.path(&name).ok_or_else(|| ReleaseError::Missing(format!("{}/{name}", self.manifest.id)))?;
        let file = File::open(&path).map_err(ReleaseError::at(&path))?;
        cells_csv::read(resolution, std::io::BufReader::new(file))
            .map_err(|problem| ReleaseError::Damaged { path, problem })
    }

    /// The area sets of this release; none in one that an earlier version built.
    ///
    /// # Errors
    /// When the list of them does not read as one.
    pub fn area_sets(&self) -> Result<Vec<AreaSetEntry>, ReleaseError> {
        self.path("areas.json").map_or_else(|| Ok(Vec::new()), |path| json(&path))
    }

    /// The counts by area of one set; of one list when `list` is its slug.
    ///
    /// # Errors
    /// When the release has no such table or it does not read as one.
    pub fn areas(&self, list: Option<&str>, set: &str) -> Result<AreaTable, ReleaseError> {
        let prefix = list.map(|slug| format!("sources/{slug}/")).unwrap_or_default();
        let name = format!("{prefix}areas-{set}.csv");
        let path = self.path(&name).ok_or_else(|| ReleaseError::Missing(format!("{}/{name}", self.manifest.id)))?;
        let file = File::open(&path).map_err(ReleaseError::at(&path))?;
        areas_csv::read(std::io::BufReader::new(file)).map_err(|problem| ReleaseError::Damaged { path, problem })
    }

    /// The outlines of the areas of one set.
    ///
    /// # Errors
    /// When the release has no such set or its file does not read as one.
    pub fn outlines(&self, set: &str) -> Result<Vec<Outline>, ReleaseError> {
        let name = format!("areas-{set}.geojson");
        self.path(&name).ok_or_else(|| ReleaseError::Missing(format!("{}/{name}", self.manifest.id)))?;
        self.table(&name, outlines::read)
    }

    /// Where the features of a GeoJSON file of this release are.
    ///
    /// # Errors
    /// When the release has no such file or it has no features with ids.
    pub fn features(&self, name: &str) -> Result<FeatureFile, ReleaseError> {
        FeatureFile::open(self.path(name).ok_or_else(|| ReleaseError::Missing(format!("{}/{name}", self.manifest.id)))?)
    }

    /// What every model says about one area, or about the whole census when set and area are empty.
    ///
    /// # Errors
    /// When the table does not read as one.
    pub fn estimates(&self, set: &str, area: &str) -> Result<Vec<ModelLine>, ReleaseError> {
        self.table("estimates.csv", |bytes| lines::estimates(bytes, set, area))
    }

    /// Names of the sources whose reports are counted, lists left out.
    ///
    /// # Errors
    /// When the table does not read as one.
    pub fn field_sources(&self) -> Result<Vec<String>, ReleaseError> {
        self.table("sources.csv", lines::field_sources)
    }

    /// What the teams of each wave walked in the areas of a set, in closing order of the waves; none in a release that an
    /// earlier version built.
    ///
    /// # Errors
    /// When the table does not read as one.
    pub fn area_efforts(&self, set: &str) -> Result<Vec<AreaEffort>, ReleaseError> {
        self.table("effort-areas.csv", |bytes| lines::area_efforts(bytes, set))
    }

    /// What changed in the areas of a set since the release before: one line for each area in which something did.
    ///
    /// # Errors
    /// When the table does not read as one.
    pub fn area_changes(&self, set: &str) -> Result<Vec<Change>, ReleaseError> {
        self.table("changes.csv", |bytes| lines::area_changes(bytes, set))
    }

    /// What changed in the whole census since the release before; `None` in a first release.
    ///
    /// # Errors
    /// When the table does not read as one.
    pub fn census_change(&self) -> Result<Option<Change>, ReleaseError> {
        let has_before = self.manifest.previous.is_some();
        Ok(self.table("changes.csv", lines::census_change)?.pop().filter(|_| has_before))
    }

    /// The count at half, normal and double the gate.
    ///
    /// # Errors
    /// When the table does not read as one.
    pub fn sensitivity(&self) -> Result<Vec<GateLine>, ReleaseError> {
        self.table("sensitivity.csv", lines::gates)
    }

    /// The cells with something left to walk, the most urgent first, at most so many.
    ///
    /// # Errors
    /// When the table does not read as one.
    pub fn walk_next(&self, limit: usize) -> Result<Vec<WalkLine>, ReleaseError> {
        self.table("walk-next.csv", |bytes| lines::walk_next(bytes, limit))
    }

    /// The published figures in this release; none in one that an earlier version built.
    ///
    /// # Errors
    /// When the table does not read as one.
    pub fn figures(&self) -> Result<Vec<PublishedFigure>, ReleaseError> {
        self.table("figures.csv", |bytes| read_back(read_figures(bytes, usize::MAX)))
    }

    /// The deployments in this release; none in one that an earlier version built.
    ///
    /// # Errors
    /// When the table does not read as one.
    pub fn deployments(&self) -> Result<Vec<Deployment>, ReleaseError> {
        self.table("deployments.csv", |bytes| read_back(read_deployments(bytes, usize::MAX)))
    }

    /// The makers as this release names them, with their restrictions.
    ///
    /// # Errors
    /// When the table does not read as one.
    pub fn makers(&self) -> Result<Vec<MakerLine>, ReleaseError> {
        self.table("makers.csv", read_makers)
    }

    fn table<T>(&self, name: &str, read: impl Fn(&[u8]) -> Result<Vec<T>, String>) -> Result<Vec<T>, ReleaseError> {
        let Some(path) = self.path(name) else { return Ok(Vec::new()) };
        let bytes = fs::read(&path).map_err(ReleaseError::at(&path))?;
        read(&bytes).map_err(|problem| ReleaseError::Damaged { path, problem })
    }

    /// How this release is cited.
    #[must_use]
    pub fn citation(&self) -> Citation {
        Citation::of(&self.summary)
    }

    /// The description of every data file for programs (Data Package 2.0), as it stands in `datapackage.json`; `None` in a
    /// release that an earlier version built.
    ///
    /// # Errors
    /// When it does not read as JSON.
    pub fn data_package(&self) -> Result<Option<serde_json::Value>, ReleaseError> {
        self.path("datapackage.json").map(|path| json(&path)).transpose()
    }

    /// The headline numbers of a list.
    ///
    /// # Errors
    /// When the release has no such list or its summary is damaged.
    pub fn list_summary(&self, slug: &str) -> Result<Summary, ReleaseError> {
        let name = format!("sources/{slug}/summary.json");
        json(&self.path(&name).ok_or_else(|| ReleaseError::Missing(format!("{}/{name}", self.manifest.id)))?)
    }

    /// Slugs of the lists in this release.
    #[must_use]
    pub fn lists(&self) -> Vec<&str> {
        let slug =
            |entry: &'_ FileEntry| entry.path.strip_prefix("sources/")?.strip_suffix("/summary.json").map(str::len);
        self.manifest
            .files
            .iter()
            .filter(|entry| slug(entry).is_some())
            .filter_map(|entry| entry.path.split('/').nth(1))
            .collect()
    }
}

/// Reads a JSON file of a release.
pub(super) fn json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, ReleaseError> {
    let bytes = fs::read(path).map_err(ReleaseError::at(path))?;
    serde_json::from_slice(&bytes).map_err(|e| ReleaseError::Damaged { path: path.to_owned(), problem: e.to_string() })
}
