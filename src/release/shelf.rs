//! The directory that holds the releases, and which of them is the latest.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::build::build;
use super::error::ReleaseError;
use super::identity::ReleaseId;
use super::inputs::Inputs;
use super::manifest::Manifest;
use super::read::Release;

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

    /// Builds a release and puts it on the shelf: whole or not at all. Building what is already there is not an error. One
    /// build at a time: a second program waits.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn publish(&self, inputs: Inputs) -> Result<Manifest, ReleaseError> {
        fs::create_dir_all(&self.root).map_err(ReleaseError::at(&self.root))?;
        let lock = self.root.join(".lock");
        let lock =
            fs::File::create(&lock).and_then(|file| file.lock().map(|()| file)).map_err(ReleaseError::at(&lock))?;
        self.clear_away()?;
        let building = tempfile::Builder::new()
            .prefix(".building-")
            .tempdir_in(&self.root)
            .map_err(ReleaseError::at(&self.root))?;
        let manifest = build(inputs, building.path())?;
        let place = self.root.join(&manifest.id);
        if !place.join("manifest.json").is_file() {
            settle(building.path())?;
            fs::rename(building.path(), &place).map_err(ReleaseError::at(&place))?;
            sync_directory(&self.root)?;
        }
        self.set_latest(&manifest.id)?;
        drop(lock);
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
    /// When it is not there or damaged.
    pub fn open(&self, id: &ReleaseId) -> Result<Release, ReleaseError> {
        let place = self.root.join(id.as_str());
        if !place.join("manifest.json").is_file() {
            return Err(ReleaseError::Missing(id.to_string()));
        }
        Release::open(&place)
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

    /// Replaces the text file `latest` in one step, so a reader sees the old id or the new one.
    fn set_latest(&self, id: &str) -> Result<(), ReleaseError> {
        let path = self.root.join("latest");
        let mut file = tempfile::Builder::new()
            .prefix(".latest-")
            .tempfile_in(&self.root)
            .map_err(ReleaseError::at(&self.root))?;
        writeln!(file, "{id}").and_then(|()| file.as_file().sync_all()).map_err(ReleaseError::at(&path))?;
        open_to_readers(file.path())?;
        file.persist(&path).map_err(|e| ReleaseError::at(&path)(e.error))?;
        sync_directory(&self.root)
    }
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
