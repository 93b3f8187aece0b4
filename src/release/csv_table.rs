//! A CSV table (RFC 4180, UTF-8, with a header), written row by row.

use std::io::Write;

use super::error::ReleaseError;
use super::published::PublishedColumn;
use super::value::Value;

/// A table that is being written.
pub(super) struct CsvTable<W: Write> {
    writer: csv::Writer<W>,
    record: csv::StringRecord,
}

pub(super) fn failed(e: impl std::fmt::Display) -> ReleaseError {
    ReleaseError::Format { format: "CSV", problem: e.to_string() }
}

impl<W: Write> CsvTable<W> {
    /// Begins a table with the names of these columns.
    pub(super) fn begin(out: W, columns: &[&PublishedColumn]) -> Result<Self, ReleaseError> {
        let mut writer = csv::WriterBuilder::new().buffer_capacity(1 << 16).from_writer(out);
        writer.write_record(columns.iter().map(|column| &column.name)).map_err(failed)?;
        Ok(Self { writer, record: csv::StringRecord::new() })
    }

    /// Adds a row.
    pub(super) fn row(&mut self, values: &[Value<'_>]) -> Result<(), ReleaseError> {
        self.record.clear();
        for value in values {
            value.csv(|field| self.record.push_field(field));
        }
        self.writer.write_record(&self.record).map_err(failed)
    }

    /// The rest is written.
    pub(super) fn end(self) -> Result<W, ReleaseError> {
        self.writer.into_inner().map_err(|e| failed(e.error()))
    }
}
