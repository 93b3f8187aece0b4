//! The directory that holds the releases, and which of them is the latest.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::build::build;
use super::error::ReleaseError;
use super::identity::ReleaseId;
use super::inputs::Inputs;
use super::manifest::Manifest;
use super::read::{Release, json};
use super::tombstone::Tombstone;

/// Held by whoever builds or withdraws releases; one at a time.
#[derive(Debug)]
pub struct ShelfLock {
    _file: fs::File,
}

/// A directory of releases: one folder each, and the text file `latest`.
#[derive(Debug, Clone)]
pub struct Shelf {
    root: PathBuf,
}

impl Shelf {
    /// The shelf below a data directory. Nothing is created until something is published.
    #[must_use]
    pub fn below(data: &Path) -> Self {
        Self { root: data.join("releases") }
    }

    /// Waits until no other program builds or withdraws, and keeps others from it until the lock is dropped.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn lock(&self) -> Result<ShelfLock, ReleaseError> {
        fs::create_dir_all(&self.root).map_err(ReleaseError::at(&self.root))?;
        let path = self.root.join(".lock");
        let file =
            fs::File::create(&path).and_then(|file| file.lock().map(|()| file)).map_err(ReleaseError::at(&path))?;
        Ok(ShelfLock { _file: file })
    }

    /// Builds a release and puts it on the shelf: whole or not at all. Building what is already there is not an error.
    ///
    /// # Errors
    /// [`ReleaseError::Withdrawn`] when these inputs give a release that was withdrawn, [`ReleaseError::Missing`] when the
    /// release before it is not on the shelf, or when the file system refuses.
    pub fn publish(&self, _lock: &ShelfLock, inputs: Inputs) -> Result<Manifest, ReleaseError> {
        self.clear_away()?;
        let previous = inputs.previous.as_deref().map(|id| self.open_text(id)).transpose()?;
        let building = tempfile::Builder::new()
            .prefix(".building-")
            .tempdir_in(&self.root)
            .map_err(ReleaseError::at(&self.root))?;
        let manifest = build(inputs, previous.as_ref(), building.path())?;
        let place = self.root.join(&manifest.id);
        if let Some(tombstone) = Tombstone::of(&place)? {
            return Err(ReleaseError::Withdrawn(Box::new(tombstone)));
        }
        if !place.join("manifest.json").is_file() {
            settle(building.path())?;
            fs::rename(building.path(), &place).map_err(ReleaseError::at(&place))?;
            sync_directory(&self.root)?;
        }
        self.set_latest(&manifest.id)?;
        Ok(manifest)
    }

    /// Removes what builds that were killed left behind. Called with the lock held, so nobody is building.
    fn clear_away(&self) -> Result<(), ReleaseError> {
        for entry in fs::read_dir(&self.root).map_err(ReleaseError::at(&self.root))?.flatten() {
            let name = entry.file_name();
            let name = name.to_str().unwrap_or_default();
            let path = entry.path();
            let half = ReleaseId::parse(name).is_some() && !path.join("manifest.json").is_file();
            if name.starts_with(".building-") || half {
                fs::remove_dir_all(&path).map_err(ReleaseError::at(&path))?;
            } else if name.starts_with(".latest-") {
                fs::remove_file(&path).map_err(ReleaseError::at(&path))?;
            }
        }
        Ok(())
    }

    /// The latest release, if there is one.
    ///
    /// # Errors
    /// When `latest` names a release that is not there or cannot be read.
    pub fn latest(&self) -> Result<Option<Release>, ReleaseError> {
        self.latest_id()?.map(|id| self.open(&id)).transpose()
    }

    /// Id of the latest release: one small read, cheap enough to ask on every request.
    ///
    /// # Errors
    /// When `latest` is there but cannot be read or names no release.
    pub fn latest_id(&self) -> Result<Option<ReleaseId>, ReleaseError> {
        let path = self.root.join("latest");
        match fs::read_to_string(&path) {
            Ok(text) => ReleaseId::parse(text.trim())
                .map(Some)
                .ok_or_else(|| ReleaseError::Damaged { path, problem: "it names no release".to_owned() }),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(ReleaseError::at(&path)(e)),
        }
    }

    /// Opens one release.
    ///
    /// # Errors
    /// [`ReleaseError::Withdrawn`], or when it is not there or damaged.
    pub fn open(&self, id: &ReleaseId) -> Result<Release, ReleaseError> {
        let place = self.place(id);
        if let Some(tombstone) = Tombstone::of(&place)? {
            return Err(ReleaseError::Withdrawn(Box::new(tombstone)));
        }
        if !place.join("manifest.json").is_file() {
            return Err(ReleaseError::Missing(id.to_string()));
        }
        Release::open(&place)
    }

    fn open_text(&self, id: &str) -> Result<Release, ReleaseError> {
        self.open(&ReleaseId::parse(id).ok_or_else(|| ReleaseError::Missing(id.to_owned()))?)
    }

    /// Where a release stands, if there is one with this id.
    #[must_use]
    pub fn place(&self, id: &ReleaseId) -> PathBuf {
        self.root.join(id.as_str())
    }

    /// Why a release was withdrawn, if it was: one look at the file system, cheap enough for every request.
    ///
    /// # Errors
    /// When there is a tombstone that cannot be read.
    pub fn tombstone(&self, id: &ReleaseId) -> Result<Option<Tombstone>, ReleaseError> {
        Tombstone::of(&self.place(id))
    }

    /// Withdraws a release: deletes its files, keeps its manifest, and puts a tombstone beside it, so that whoever cited
    /// the release learns that it is gone and why. Where it was the latest, the one before it that still stands is.
    ///
    /// # Errors
    /// [`ReleaseError::Missing`], [`ReleaseError::Withdrawn`] when it was withdrawn before, or when the file system refuses.
    pub fn withdraw(&self, _lock: &ShelfLock, tombstone: &Tombstone) -> Result<Option<ReleaseId>, ReleaseError> {
        let release = self.open_text(&tombstone.release)?;
        let place = self.root.join(&tombstone.release);
        // The tombstone first: from then on nobody opens the release, so nobody sees half of it.
        tombstone.put(&place)?;
        let mut latest = self.latest_id()?;
        if latest.as_ref().is_some_and(|id| id.as_str() == tombstone.release) {
            latest = self.standing_before(&release.manifest)?;
            if let Some(id) = &latest {
                self.set_latest(id.as_str())?;
            } else {
                let path = self.root.join("latest");
                fs::remove_file(&path).map_err(ReleaseError::at(&path))?;
                sync_directory(&self.root)?;
            }
        }
        for entry in &release.manifest.files {
            let path = place.join(&entry.path);
            match fs::remove_file(&path) {
                Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(ReleaseError::at(&path)(e)),
                _ => {}
            }
        }
        let sources = place.join("sources");
        if sources.is_dir() {
            fs::remove_dir_all(&sources).map_err(ReleaseError::at(&sources))?;
        }
        sync_directory(&place)?;
        Ok(latest)
    }

    /// The nearest release before one that was not withdrawn.
    fn standing_before(&self, manifest: &Manifest) -> Result<Option<ReleaseId>, ReleaseError> {
        let mut previous = manifest.previous.clone();
        while let Some(id) = previous.as_deref().and_then(ReleaseId::parse) {
            let place = self.place(&id);
            if !place.join("manifest.json").is_file() {
                return Ok(None);
            }
            if Tombstone::of(&place)?.is_none() {
                return Ok(Some(id));
            }
            previous = json::<Manifest>(&place.join("manifest.json"))?.previous;
        }
        Ok(None)
    }

    /// The ids of all releases, oldest week first.
    ///
    /// # Errors
    /// When the shelf is there but cannot be read.
    pub fn list(&self) -> Result<Vec<ReleaseId>, ReleaseError> {
        let entries = match fs::read_dir(&self.root) {
            Ok(entries) => entries,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(e) => return Err(ReleaseError::at(&self.root)(e)),
        };
        let mut ids: Vec<ReleaseId> =
            entries.flatten().filter_map(|entry| ReleaseId::parse(entry.file_name().to_str()?)).collect();
        ids.sort();
        Ok(ids)
    }

    /// Replaces the text file `latest`.
    fn set_latest(&self, id: &str) -> Result<(), ReleaseError> {
        replace(&self.root, "latest", format!("{id}\n").as_bytes())
    }
}

/// Puts a small public file into a directory, in one step and durably: a reader sees what was there before, or this.
pub(super) fn replace(directory: &Path, name: &str, content: &[u8]) -> Result<(), ReleaseError> {
    let path = directory.join(name);
    let mut file = tempfile::Builder::new()
        .prefix(&format!(".{name}-"))
        .tempfile_in(directory)
        .map_err(ReleaseError::at(directory))?;
    file.write_all(content).and_then(|()| file.as_file().sync_all()).map_err(ReleaseError::at(&path))?;
    open_to_readers(file.path())?;
    file.persist(&path).map_err(|e| ReleaseError::at(&path)(e.error))?;
    sync_directory(directory)
}

/// Opens a finished directory to readers and makes it durable, the directories in it first.
fn settle(directory: &Path) -> Result<(), ReleaseError> {
    for entry in fs::read_dir(directory).map_err(ReleaseError::at(directory))? {
        let path = entry.map_err(ReleaseError::at(directory))?.path();
        if path.is_dir() {
            settle(&path)?;
        } else {
            open_to_readers(&path)?;
        }
    }
    open_to_readers(directory)?;
    sync_directory(directory)
}

/// Temporary files are private to their owner; a release is public, and another user may serve it.
fn open_to_readers(path: &Path) -> Result<(), ReleaseError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = if path.is_dir() { 0o755 } else { 0o644 };
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).map_err(ReleaseError::at(path))?;
    }
    Ok(())
}

fn sync_directory(path: &Path) -> Result<(), ReleaseError> {
    fs::File::open(path).and_then(|directory| directory.sync_all()).map_err(ReleaseError::at(path))
}
