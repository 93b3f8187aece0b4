//! Compressed twins of the text files of a release, in a cache outside of it: `{data}/cache/{manifest SHA-256}/{file}.gz`.
//!
//! They are made in the background when a release becomes the latest, and never because somebody asked: the time at
//! which a file appears in the cache must not tell when a visitor was here (promise P3). The cache holds those of a few
//! releases and may be deleted at any time; files without a twin are sent as they are.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use flate2::{Compression, GzBuilder};

use super::file::Content;
use super::state::ReadSide;
use crate::release::{Release, ReleaseId};

/// Releases whose twins are kept, the newest ones.
const RELEASES_KEPT: usize = 4;
/// A file below this many bytes gains nothing.
const SMALLEST: u64 = 1024;
/// Time between two looks at which release is the latest.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// The cache.
#[derive(Debug, Clone)]
pub struct Twins {
    root: PathBuf,
}

impl Twins {
    /// The cache below a data directory. Nothing is created until there is something to keep.
    #[must_use]
    pub fn below(data: &Path) -> Self {
        Self { root: data.join("cache") }
    }

    /// The gzip twin of a file that the manifest of this release names, if it is there.
    pub(super) async fn of(&self, release: &Release, name: &str) -> Option<Content> {
        release.entry(name).filter(|entry| is_text(&entry.media_type))?;
        let path = self.place(release, name);
        let length = tokio::fs::metadata(&path).await.ok()?.len();
        Some(Content::Disk { path, length })
    }

    fn place(&self, release: &Release, name: &str) -> PathBuf {
        self.root.join(&release.manifest_sha256).join(format!("{name}.gz"))
    }

    /// Makes the twins that are missing. One that is there is whole: it gets its name when it is finished.
    fn make(&self, release: &Release) -> io::Result<()> {
        let files = release.manifest.files.iter();
        for entry in files.filter(|entry| entry.bytes >= SMALLEST && is_text(&entry.media_type)) {
            let (Some(from), to) = (release.path(&entry.path), self.place(release, &entry.path)) else { continue };
            if to.is_file() {
                continue;
            }
            let folder = to.parent().unwrap_or(&self.root);
            fs::create_dir_all(folder)?;
            let mut twin = tempfile::Builder::new().prefix(".making-").tempfile_in(folder)?;
            let mut packer = GzBuilder::new().write(io::BufWriter::new(twin.as_file_mut()), Compression::default());
            io::copy(&mut io::BufReader::new(File::open(from)?), &mut packer)?;
            packer.finish()?.flush()?;
            twin.as_file().sync_all()?;
            twin.persist(to).map_err(|error| error.error)?;
        }
        Ok(())
    }

    /// Removes the twins of a release that was withdrawn, by the SHA-256 of its manifest.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn forget(&self, manifest_sha256: &str) -> io::Result<()> {
        let forget = || {
            // Out of the way of a server that is making some at this moment: it would put new ones where old ones are removed.
            let aside = tempfile::Builder::new().prefix(".going-").tempdir_in(&self.root)?;
            fs::rename(self.root.join(manifest_sha256), aside.path().join("twins"))?;
            aside.close()
        };
        or_absent(forget())
    }

    /// Removes everything but the twins of these releases.
    fn keep_only(&self, manifests: &[String]) -> io::Result<()> {
        let entries = match fs::read_dir(&self.root) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            let is_kept = entry.file_name().to_str().is_some_and(|name| manifests.iter().any(|kept| kept == name));
            if !is_kept && entry.file_type()?.is_dir() {
                or_absent(fs::remove_dir_all(entry.path()))?;
            }
        }
        Ok(())
    }
}

/// What is not there need not be removed.
fn or_absent(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

/// Keeps the cache of a server up to date for as long as it runs. A disk that is full or may not be written to is no
/// reason to stop: files are then sent as they are.
pub async fn keep_twins(read: ReadSide, twins: Twins) {
    let mut done = None;
    loop {
        let latest = read.latest().await.ok().flatten();
        let id = latest.as_ref().map(|open| open.release.manifest_sha256.clone());
        if let Some(open) = latest.filter(|_| id != done) {
            let mut kept = vec![open.release.manifest_sha256.clone()];
            let shelf = read.shelf().clone();
            let newest = super::state::blocking(move || shelf.list()).await.unwrap_or_default();
            for id in newest.iter().rev().take(RELEASES_KEPT - 1) {
                kept.extend(read.listed(id).await.ok().map(|release| release.manifest_sha256.clone()));
            }
            let (twins, release) = (twins.clone(), std::sync::Arc::clone(&open.release));
            let shelf = read.shelf().clone();
            let work = move || {
                twins.keep_only(&kept)?;
                let made = twins.make(&release);
                // It may have been withdrawn meanwhile, and then there may be no more to make them of.
                let id = ReleaseId::parse(&release.manifest.id);
                let is_withdrawn = id.is_some_and(|id| shelf.tombstone(&id).is_ok_and(|tombstone| tombstone.is_some()));
                if is_withdrawn { twins.forget(&release.manifest_sha256) } else { made }
            };
            match tokio::task::spawn_blocking(work).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::warn!(kind = %error.kind(), "files could not be kept compressed"),
                Err(_stopped) => return,
            }
            done = id;
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// Whether files of this media type shrink, and are read whole: not archives, pictures of the map, or what is compressed
/// and read in ranges already.
fn is_text(media_type: &str) -> bool {
    let media_type = media_type.split(';').next().unwrap_or_default().trim();
    media_type.starts_with("text/")
        || matches!(media_type, "application/json" | "application/yaml" | "application/geo+json-seq")
        || media_type.ends_with("+json")
        || media_type.ends_with("+yaml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_compressed_and_what_is_compressed_or_read_in_ranges_is_not() {
        for text in [
            "text/csv; charset=utf-8; header=present",
            "application/json",
            "application/geo+json",
            "text/markdown",
            "application/geo+json-seq",
            "application/vnd.datapackage+json",
        ] {
            assert!(is_text(text), "{text}");
        }
        for other in [
            "application/vnd.pmtiles",
            "application/vnd.apache.parquet",
            "application/octet-stream",
            "",
            "application/flatgeobuf",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ] {
            assert!(!is_text(other), "{other}");
        }
    }

    #[test]
    fn a_release_is_forgotten_while_its_twins_are_being_made() {
        let folder = tempfile::tempdir().unwrap();
        let twins = Twins::below(folder.path());
        twins.forget("a").unwrap();
        let place = folder.path().join("cache/a");
        let is_over = std::sync::atomic::AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for number in 0.. {
                    if is_over.load(std::sync::atomic::Ordering::Relaxed) {
                        break;
                    }
                    let _gone = fs::create_dir_all(&place);
                    let _gone = fs::write(place.join(number.to_string()), "twin");
                }
            });
            let forget = |_| {
                while !place.is_dir() {
                    std::thread::yield_now();
                }
                twins.forget("a")
            };
            let forgotten: Vec<io::Result<()>> = (0..300).map(forget).collect();
            is_over.store(true, std::sync::atomic::Ordering::Relaxed);
            assert!(forgotten.iter().all(Result::is_ok), "{forgotten:?}");
        });
        twins.forget("a").unwrap();
        assert_eq!(fs::read_dir(folder.path().join("cache")).unwrap().count(), 0);
    }

    #[test]
    fn the_cache_forgets_other_releases() {
        let folder = tempfile::tempdir().unwrap();
        let twins = Twins::below(folder.path());
        twins.keep_only(&[]).unwrap();
        for name in ["a", "b"] {
            fs::create_dir_all(folder.path().join("cache").join(name)).unwrap();
        }
        twins.keep_only(&["b".to_owned(), "c".to_owned()]).unwrap();
        let left: Vec<_> = fs::read_dir(folder.path().join("cache")).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(left, ["b"]);
    }
}
