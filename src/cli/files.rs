//! Opening the files a command was given, and showing how far reading them has got.

use std::fs::File;
use std::io::{self, IsTerminal as _, Read};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressStyle};

use crate::app::InputFile;
use crate::http::Basemap;

/// A bar over all bytes of some files, drawn on standard error when that is a terminal.
pub(super) fn progress(paths: &[PathBuf]) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bytes = paths.iter().filter_map(|path| path.metadata().ok()).map(|metadata| metadata.len()).sum();
    let style = ProgressStyle::with_template("{msg} [{wide_bar}] {bytes}/{total_bytes} {eta}");
    ProgressBar::new(bytes).with_message("reading").with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Opens the base map named, if one is.
pub(super) async fn basemap(path: Option<&Path>) -> anyhow::Result<Option<Basemap>> {
    let Some(path) = path else { return Ok(None) };
    Basemap::open(path).await.map(Some).with_context(|| format!("opening {}", path.display()))
}

/// A bar over a number of files, drawn on standard error when that is a terminal.
pub(super) fn counter(files: u64) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{msg} [{wide_bar}] {pos}/{len} {eta}");
    ProgressBar::new(files).with_message("writing").with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Opens the files one after the other. `-` is standard input.
pub(super) fn open<'a>(paths: &'a [PathBuf], bar: &'a ProgressBar) -> impl Iterator<Item = io::Result<InputFile>> + 'a {
    paths.iter().map(|path| {
        let name = path.display().to_string();
        let bytes: Box<dyn Read> = if name == "-" {
            Box::new(io::stdin().lock())
        } else {
            let file =
                File::open(path).map_err(|e| io::Error::new(e.kind(), format!("{name} cannot be opened: {e}")))?;
            if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
                let message = format!("{name} is a directory; name the files in it");
                return Err(io::Error::new(io::ErrorKind::IsADirectory, message));
            }
            Box::new(bar.wrap_read(file))
        };
        Ok(InputFile { path: name, bytes })
    })
}

/// The fonts in the program and those in a directory, in the order of their names.
#[cfg(feature = "pdf")]
pub(super) fn fonts(directory: Option<&Path>) -> anyhow::Result<crate::paper::Fonts> {
    use anyhow::{Context as _, ensure};

    use crate::paper::Fonts;

    let Some(directory) = directory else { return Ok(Fonts::built_in()) };
    let unreadable = || format!("the fonts in {} cannot be read", directory.display());
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(directory).with_context(unreadable)? {
        let path = entry.with_context(unreadable)?.path();
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
        if matches!(ending.as_str(), "ttf" | "otf" | "ttc" | "otc") {
            paths.push(path);
        }
    }
    ensure!(!paths.is_empty(), "{} has no font: no file that ends in .ttf, .otf or .ttc", directory.display());
    paths.sort();
    let mut files = Vec::with_capacity(paths.len());
    for path in &paths {
        files.push(std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?);
    }
    Fonts::with(files).map_err(|(at, problem)| {
        let name = paths.get(at).map(|path| path.display().to_string()).unwrap_or_default();
        anyhow::anyhow!("{name}: {problem}")
    })
}
