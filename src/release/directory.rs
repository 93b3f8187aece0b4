//! Writing a directory whose every file is hashed on the way.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufWriter, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use sha2::{Digest as _, Sha256};

use super::error::ReleaseError;
use super::manifest::FileEntry;

/// A release directory under construction. Files may be written from several threads.
pub(super) struct Directory {
    root: PathBuf,
    entries: Mutex<Vec<FileEntry>>,
}

/// What a file is, for the manifest.
#[derive(Debug, Clone, Copy)]
pub(super) struct About<'a> {
    pub(super) path: &'a str,
    pub(super) media_type: &'static str,
    pub(super) description: &'a str,
}

impl Directory {
    pub(super) fn new(root: &Path) -> Result<Self, ReleaseError> {
        fs::create_dir_all(root).map_err(ReleaseError::at(root))?;
        Ok(Self { root: root.to_owned(), entries: Mutex::default() })
    }

    /// Writes a file front to back, hashing as it goes.
    pub(super) fn write(
        &self,
        about: About<'_>,
        fill: impl FnOnce(&mut dyn Write) -> Result<(), ReleaseError>,
    ) -> Result<(), ReleaseError> {
        let mut out = self.begin(about.path)?;
        fill(&mut out)?;
        self.end(out, about)
    }

    /// Begins a file that is written front to back, several of them at a time if need be. [`Directory::end`] enters it.
    pub(super) fn begin(&self, name: &str) -> Result<OpenFile, ReleaseError> {
        let path = self.root.join(name);
        let hashed = Hashed { file: create(&path)?, hash: Sha256::new(), bytes: 0 };
        Ok(OpenFile { path, out: BufWriter::with_capacity(1 << 16, hashed) })
    }

    /// Makes a file durable and enters it under what it is.
    pub(super) fn end(&self, file: OpenFile, about: About<'_>) -> Result<(), ReleaseError> {
        let OpenFile { path, out } = file;
        let hashed = out.into_inner().map_err(|e| ReleaseError::at(&path)(e.into_error()))?;
        hashed.file.sync_all().map_err(ReleaseError::at(&path))?;
        self.enter(about, hashed.bytes, hashed.hash);
        Ok(())
    }

    /// A file without a name on the same disk, for what has to be put aside. Nothing is left of it.
    pub(super) fn aside(&self) -> Result<File, ReleaseError> {
        tempfile::tempfile_in(&self.root).map_err(ReleaseError::at(&self.root))
    }

    /// Writes a file whose writer seeks back, and hashes it afterwards.
    pub(super) fn write_seeking(
        &self,
        about: About<'_>,
        fill: impl FnOnce(&File) -> Result<(), ReleaseError>,
    ) -> Result<(), ReleaseError> {
        let path = self.root.join(about.path);
        let mut file = create(&path)?;
        fill(&file)?;
        file.seek(SeekFrom::Start(0)).map_err(ReleaseError::at(&path))?;
        let (hash, bytes) = digest(&mut file).map_err(ReleaseError::at(&path))?;
        file.sync_all().map_err(ReleaseError::at(&path))?;
        self.enter(about, bytes, hash);
        Ok(())
    }

    fn enter(&self, about: About<'_>, bytes: u64, hash: Sha256) {
        let entry = FileEntry {
            path: about.path.to_owned(),
            bytes,
            sha256: hex(hash),
            media_type: about.media_type.to_owned(),
            description: about.description.to_owned(),
        };
        self.entries.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(entry);
    }

    /// Everything written so far, by path.
    pub(super) fn so_far(&self) -> Vec<FileEntry> {
        let mut entries = self.entries.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
        entries.sort();
        entries
    }
}

fn create(path: &Path) -> Result<File, ReleaseError> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(ReleaseError::at(parent))?;
    }
    File::options().read(true).write(true).create_new(true).open(path).map_err(ReleaseError::at(path))
}

/// SHA-256 and length of everything a reader has left.
pub(super) fn digest(reader: &mut impl io::Read) -> io::Result<(Sha256, u64)> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut bytes = 0;
    loop {
        let read = reader.read(&mut buffer)?;
        if read == 0 {
            return Ok((hash, bytes));
        }
        hash.update(&buffer[..read]);
        bytes += read as u64;
    }
}

/// A finished hash in lower-case hexadecimal.
pub(super) fn hex(hash: Sha256) -> String {
    hex_of(&hash.finalize())
}

/// Bytes in hexadecimal.
pub(super) fn hex_of(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// A file that is being written.
pub(super) struct OpenFile {
    path: PathBuf,
    out: BufWriter<Hashed>,
}

impl Write for OpenFile {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.out.write(buffer)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

struct Hashed {
    file: File,
    hash: Sha256,
    bytes: u64,
}

impl Write for Hashed {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let written = self.file.write(buffer)?;
        self.hash.update(&buffer[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
