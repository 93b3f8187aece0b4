//! Reading several files into one gatherer.

use std::io::{self, Read};

use super::gather::Gatherer;
use crate::ingest::{Bounds, Formats, Limits, Mapping, ReadOptions, Sink, read};
use crate::model::{FileReport, IsoWeek};

/// A file that was opened for reading.
pub struct InputFile {
    /// Path as given.
    pub path: String,
    /// Its bytes.
    pub bytes: Box<dyn Read>,
}

/// How a coordinator's files are read.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// Which column means what.
    pub mapping: Option<&'a Mapping>,
    /// Refuse what lies outside.
    pub bounds: Option<Bounds>,
    /// Exchange axes where only that brings a point inside the bounds.
    pub repair_swapped: bool,
    /// The present week.
    pub current_week: IsoWeek,
}

impl Reading<'_> {
    fn options(&self) -> ReadOptions<'_> {
        ReadOptions {
            formats: Formats::All,
            mapping: self.mapping,
            gunzip: true,
            bounds: self.bounds,
            repair_swapped: self.repair_swapped,
            kind_required: false,
            default_week: None,
            current_week: self.current_week,
            // A file on the coordinator's own disk may have any length; one feature still may not fill the memory.
            limits: Limits { features: u64::MAX, feature_bytes: 16 << 20 },
        }
    }
}

/// Reads every file, in order.
///
/// # Errors
/// When a file cannot be read to its end. What is wrong *in* a file is in its report.
pub fn read_files(
    files: impl Iterator<Item = io::Result<InputFile>>,
    reading: &Reading<'_>,
    gatherer: &mut Gatherer,
) -> io::Result<Vec<FileReport>> {
    files
        .map(|file| {
            let InputFile { path, bytes } = file?;
            let sink: &mut dyn Sink = gatherer;
            let report = read(bytes, &reading.options(), sink)
                .map_err(|e| io::Error::new(e.kind(), format!("{path} could not be read to its end: {e}")))?;
            Ok(FileReport { path, report })
        })
        .collect()
}
