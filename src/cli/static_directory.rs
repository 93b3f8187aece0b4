//! A directory that holds a static export and may hold files of others, which are never touched.
//!
//! The marker `export.json` lists what was written. It stands there, with the old names and the new ones, before the first
//! file is written, so that an export that was interrupted can be finished by the next one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Read, Seek as _, Write as _};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use sha2::{Digest as _, Sha256};

/// The file that tells an export from any other directory.
const MARKER: &str = "export.json";
/// The sums of all other files, for `sha256sum --check`.
const SUMS: &str = "SHA256SUMS";
/// What the marker says it is.
const KIND: &str = "camera-census static export";

/// What is written into the marker.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
struct Marker {
    kind: String,
    format: u32,
    /// What the site consists of; empty while an export is being written.
    #[serde(default)]
    about: serde_json::Value,
    /// Every file, the marker and the sums among them.
    files: BTreeSet<String>,
}

/// A directory being written.
pub(super) struct StaticDirectory {
    root: PathBuf,
    earlier: BTreeSet<String>,
    planned: BTreeSet<String>,
    /// SHA-256 by path.
    written: BTreeMap<String, String>,
    unchanged: u64,
    bytes: u64,
}

/// What happened to a directory.
#[derive(Debug, Clone, Copy, serde::Serialize)]
pub(super) struct Written {
    /// Files of the export.
    pub(super) files: u64,
    /// Bytes of all of them.
    pub(super) bytes: u64,
    /// Files that were there already with the same content.
    pub(super) unchanged: u64,
    /// Files of an earlier export that are no longer part of it and were removed.
    pub(super) removed: u64,
}

impl StaticDirectory {
    /// Takes a directory that is new, empty or an earlier export, and writes down which files are coming.
    ///
    /// Refuses any other directory, and one in which a file of somebody else stands in the way.
    pub(super) fn begin<'a>(root: &Path, planned: impl IntoIterator<Item = &'a str>) -> anyhow::Result<Self> {
        let mut planned: BTreeSet<String> = planned.into_iter().map(str::to_owned).collect();
        planned.extend([MARKER.to_owned(), SUMS.to_owned()]);
        for path in &planned {
            ensure!(is_plain(path), "a release names a file outside of its directory; verify it");
        }
        let earlier = earlier(root)?;
        for path in planned.difference(&earlier) {
            ensure!(
                fs::symlink_metadata(root.join(path)).is_err(),
                "{} is in the way and not part of the earlier export; move it or export into a new directory",
                root.join(path).display()
            );
        }
        let mut this =
            Self { root: root.to_owned(), earlier, planned, written: BTreeMap::new(), unchanged: 0, bytes: 0 };
        let files = this.planned.union(&this.earlier).cloned().collect();
        let same = this.earlier == this.planned;
        if !same {
            this.place(MARKER, &marker(serde_json::Value::Null, files)?)?;
        }
        Ok(this)
    }

    /// Writes a file, unless it is there already with these bytes. `what` is its path in the export.
    pub(super) fn put(&mut self, what: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let sum = hex(Sha256::digest(bytes).as_slice());
        if self.holds(what, bytes.len() as u64, &sum)? {
            self.unchanged += 1;
        } else {
            self.place(what, bytes)?;
        }
        self.note(what, bytes.len() as u64, sum);
        Ok(())
    }

    /// Copies a file, unless it is there already with this content. Fails when its SHA-256 is not the one it must have;
    /// where nobody says which, any will do.
    pub(super) fn copy(&mut self, what: &str, from: &Path, sha256: Option<&str>) -> anyhow::Result<()> {
        let reading = || format!("reading {}", from.display());
        let mut source = File::open(from).with_context(reading)?;
        let bytes = source.metadata().with_context(reading)?.len();
        let sum = match sha256 {
            Some(sum) => Some(sum.to_owned()),
            // A large file is read twice only where there may be nothing to write.
            None if self.has_length(what, bytes)? => {
                let (_, sum) = digest(&mut source, |_| Ok(())).with_context(reading)?;
                source.rewind().with_context(reading)?;
                Some(sum)
            }
            None => None,
        };
        if let Some(sum) = sum
            && self.holds(what, bytes, &sum)?
        {
            self.unchanged += 1;
            self.note(what, bytes, sum);
            return Ok(());
        }
        let mut new = self.new_file(what)?;
        let (bytes, sum) = digest(&mut source, |part| new.write_all(part)).with_context(reading)?;
        ensure!(
            sha256.is_none_or(|wanted| wanted == sum),
            "{} is not what the manifest of its release says; `release verify` tells more",
            from.display()
        );
        self.keep(what, new)?;
        self.note(what, bytes, sum);
        Ok(())
    }

    /// Leaves out a file that was coming; one that an earlier export wrote there is removed in the end.
    pub(super) fn leave_out(&mut self, what: &str) {
        self.planned.remove(what);
    }

    /// Removes what is no longer part of the export, and writes the sums and the marker.
    pub(super) fn finish(mut self, about: serde_json::Value) -> anyhow::Result<Written> {
        let mut sums = String::new();
        for (path, sum) in &self.written {
            // Writing to a String cannot fail.
            let _ = writeln!(sums, "{sum}  {path}");
        }
        self.put(SUMS, sums.as_bytes())?;
        let gone: Vec<String> = self.earlier.difference(&self.planned).cloned().collect();
        let mut removed = 0;
        for path in &gone {
            removed += u64::from(self.remove(path)?);
        }
        let files = self.planned.clone();
        self.put(MARKER, &marker(about, files)?)?;
        Ok(Written { files: self.written.len() as u64, bytes: self.bytes, unchanged: self.unchanged, removed })
    }

    /// Bytes of all files so far.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    fn note(&mut self, what: &str, bytes: u64, sum: String) {
        self.bytes += bytes;
        self.written.insert(what.to_owned(), sum);
    }

    /// Whether a file of this length stands there.
    fn has_length(&self, what: &str, bytes: u64) -> anyhow::Result<bool> {
        let path = self.root.join(what);
        match fs::symlink_metadata(&path) {
            Ok(there) if there.is_dir() => bail!("{} is a directory; move it away", path.display()),
            Ok(there) => Ok(there.is_file() && there.len() == bytes),
            Err(_) => Ok(false),
        }
    }

    /// Whether a file stands there with this content.
    fn holds(&self, what: &str, bytes: u64, sum: &str) -> anyhow::Result<bool> {
        if !self.has_length(what, bytes)? {
            return Ok(false);
        }
        let path = self.root.join(what);
        let reading = || format!("reading {}", path.display());
        let mut file = File::open(&path).with_context(reading)?;
        Ok(digest(&mut file, |_| Ok(())).with_context(reading)?.1 == sum)
    }

    /// Writes a file in one step: a host that serves the directory shows the old one or the new one.
    fn place(&mut self, what: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let mut new = self.new_file(what)?;
        new.write_all(bytes).with_context(|| format!("writing {}", self.root.join(what).display()))?;
        self.keep(what, new)
    }

    fn new_file(&self, what: &str) -> anyhow::Result<tempfile::NamedTempFile> {
        let path = self.root.join(what);
        let folder = path.parent().unwrap_or(&self.root);
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o755);
        builder
            .recursive(true)
            .create(folder)
            .and_then(|()| tempfile::Builder::new().prefix(".writing-").tempfile_in(folder))
            .with_context(|| format!("writing {}", path.display()))
    }

    fn keep(&self, what: &str, file: tempfile::NamedTempFile) -> anyhow::Result<()> {
        let path = self.root.join(what);
        let writing = || format!("writing {}", path.display());
        // Temporary files are private to their owner; this is to be served by somebody else.
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            file.as_file().set_permissions(fs::Permissions::from_mode(0o644)).with_context(writing)?;
        }
        file.persist(&path).map_err(|failed| failed.error).with_context(writing)?;
        Ok(())
    }

    /// Removes one file of an earlier export and the directories that it leaves empty. False where it is gone already.
    fn remove(&self, what: &str) -> anyhow::Result<bool> {
        let path = self.root.join(what);
        match fs::symlink_metadata(&path) {
            Ok(there) if there.is_file() => {}
            Ok(_) => return Ok(false),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Ok(false);
            }
            Err(error) => return Err(error).with_context(|| format!("looking at {}", path.display())),
        }
        fs::remove_file(&path).with_context(|| format!("removing {}", path.display()))?;
        let parents = path.ancestors().skip(1).take_while(|folder| *folder != self.root);
        for folder in parents {
            // A directory that is not empty holds something else, and stays.
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
        Ok(true)
    }
}

/// The files of the export that stands there; none in a directory that is new or empty.
fn earlier(root: &Path) -> anyhow::Result<BTreeSet<String>> {
    let mut entries = match fs::read_dir(root) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(error) => return Err(error).with_context(|| format!("looking into {}", root.display())),
    };
    if entries.next().is_none() {
        return Ok(BTreeSet::new());
    }
    let refused = || {
        format!(
            "{} is not empty and holds no earlier export; name a new or empty directory, so that nothing of yours is replaced",
            root.display()
        )
    };
    let text = fs::read(root.join(MARKER)).ok().with_context(refused)?;
    let marker: Marker = serde_json::from_slice(&text).ok().with_context(refused)?;
    ensure!(marker.kind == KIND, refused());
    ensure!(
        marker.files.iter().all(|path| is_plain(path)),
        "{} names files outside of its directory; remove it and export into an empty directory",
        root.join(MARKER).display()
    );
    Ok(marker.files)
}

fn marker(about: serde_json::Value, files: BTreeSet<String>) -> anyhow::Result<Vec<u8>> {
    let marker = Marker { kind: KIND.to_owned(), format: 1, about, files };
    let mut text = serde_json::to_vec_pretty(&marker)?;
    text.push(b'\n');
    Ok(text)
}

/// Whether a path stays below the directory it is joined to.
fn is_plain(path: &str) -> bool {
    !path.is_empty() && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

/// Length and SHA-256 of everything a reader has left; each part is handed on.
fn digest(reader: &mut impl Read, mut each: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<(u64, String)> {
    let (mut hash, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 16]);
    loop {
        let read = reader.read(&mut buffer)?;
        if read == 0 {
            return Ok((bytes, hex(hash.finalize().as_slice())));
        }
        hash.update(&buffer[..read]);
        each(&buffer[..read])?;
        bytes += read as u64;
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
#[path = "static_directory_tests.rs"]
mod tests;
