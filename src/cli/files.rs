//! Opening the files a command was given, and showing how far reading them has got.

use std::fs::File;
use std::io::{self, IsTerminal as _, Read};
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};

use crate::app::InputFile;

/// A bar over all bytes of some files, drawn on standard error when that is a terminal.
pub(super) fn progress(paths: &[PathBuf]) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bytes = paths.iter().filter_map(|path| path.metadata().ok()).map(|metadata| metadata.len()).sum();
    let style = ProgressStyle::with_template("{msg} [{wide_bar}] {bytes}/{total_bytes} {eta}");
    ProgressBar::new(bytes).with_message("reading").with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
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
