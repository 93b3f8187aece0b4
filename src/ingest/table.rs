//! CSV: rows under a header, with a mapping file or recognisable names.

use std::cell::Cell;
use std::io::{Error, Read};
use std::rc::Rc;

use super::code::Code;
use super::read::Formats;
use super::reading::Reading;
use super::record::{Key, Names, Record, is_camera_tag};
use super::report::{Pointer, Refusal, Stop};
use super::value::Value;

/// Bytes a CSV parser may read ahead.
const AHEAD: usize = 64 * 1024;

/// Reads a table whose first bytes are `head`.
pub(super) fn table<R: Read>(input: R, head: &[u8], reading: &mut Reading<'_, '_>) -> Result<(), Stop> {
    let delimiter = match reading.names() {
        Names::Mapped(mapping) => mapping.delimiter(),
        Names::Known => None,
    };
    let delimiter = delimiter.unwrap_or_else(|| guess_delimiter(head));
    if reading.options.formats == Formats::Geojson {
        return Err(unrecognised(head, delimiter, Code::FormatNotAccepted));
    }
    let row_start = Rc::new(Cell::new(0));
    let limit = (reading.options.limits.feature_bytes + AHEAD) as u64;
    let bounded = RowBound { inner: input, given: 0, row_start: Rc::clone(&row_start), limit, passed: Rc::default() };
    let passed = Rc::clone(&bounded.passed);
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(true)
        .buffer_capacity(AHEAD)
        .from_reader(bounded);
    let failed = |error: csv::Error| match error.into_kind() {
        csv::ErrorKind::Io(_) if passed.get() => Stop::from(Code::RowTooLong),
        csv::ErrorKind::Io(error) => Stop::Io(error),
        _ => Code::Unrecognised.into(),
    };
    let header = rows.byte_headers().map_err(failed)?.clone();
    let header: Vec<&str> = header.iter().map(std::str::from_utf8).collect::<Result<_, _>>().or(Err(Code::NotUtf8))?;
    let columns = Columns::of(&header, reading).map_err(|code| unrecognised(head, delimiter, code))?;
    reading.reporter.set_format("csv");
    let mut row = csv::ByteRecord::new();
    let mut index = 0;
    loop {
        row_start.set(rows.position().byte());
        if !rows.read_byte_record(&mut row).map_err(failed)? {
            break;
        }
        let at = Pointer { base: "", index: Some(index) };
        index += 1;
        if row.len() > header.len() && row.iter().skip(header.len()).any(|cell| !cell.is_empty()) {
            reading.refuse(at, Code::BadRow)?;
            continue;
        }
        let record = columns.record(&row, reading.names()).map_err(|_error| {
            let detail = Some(format!("line {}", row.position().map_or(0, csv::Position::line)));
            Stop::Refused(Refusal { code: Code::NotUtf8, pointer: String::new(), detail })
        })?;
        reading.row(&record, at)?;
    }
    if index == 0 {
        return Err(Code::NoFeatures.into());
    }
    reading.end_input();
    Ok(())
}

/// One line without a delimiter is no table at all.
fn unrecognised(head: &[u8], delimiter: u8, code: Code) -> Stop {
    let line = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let cells = line.contains(&delimiter) && line.first().is_some_and(u8::is_ascii_graphic);
    if !cells || std::str::from_utf8(line).is_err() { Code::Unrecognised.into() } else { code.into() }
}

/// The delimiter that stands most often in the first line; a comma when in doubt.
fn guess_delimiter(head: &[u8]) -> u8 {
    let line = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: u8| memchr::memchr_iter(delimiter, line).count();
    [b'|', b'\t', b';', b','].into_iter().max_by_key(|&delimiter| count(delimiter)).unwrap_or(b',')
}

/// Which slot each column fills.
struct Columns {
    slots: Vec<Option<usize>>,
    tags: Vec<usize>,
}

impl Columns {
    fn of(header: &[&str], reading: &mut Reading<'_, '_>) -> Result<Self, Code> {
        let names = reading.names();
        let own = |name: &str| match names {
            Names::Known => name.trim().to_ascii_lowercase(),
            Names::Mapped(_) => name.trim().to_owned(),
        };
        let header: Vec<String> = header.iter().map(|name| own(name)).collect();
        match names {
            Names::Known => {
                let has = |keys: &[Key]| keys.iter().any(|key| header.iter().any(|name| name == key.name()));
                if !has(&super::reading::LONGITUDES) || !has(&super::reading::LATITUDES) {
                    return Err(Code::CsvColumns);
                }
            }
            Names::Mapped(mapping) if !mapping.has_place() => return Err(Code::CsvColumns),
            Names::Mapped(mapping) if !mapping.fits(header.iter().map(String::as_str)) => {
                return Err(Code::MappingColumn);
            }
            Names::Mapped(_) => {}
        }
        let slots: Vec<Option<usize>> = header.iter().map(|name| names.slot(name)).collect();
        for (index, (name, slot)) in header.iter().zip(&slots).enumerate() {
            match slot {
                Some(slot) if slots[..index].contains(&Some(*slot)) => return Err(Code::DuplicateMember),
                Some(_) => {}
                None if name.is_empty() => {}
                None => reading.reporter.dropped.add(name),
            }
        }
        let tags = header.iter().enumerate().filter(|(_, name)| is_camera_tag(name)).map(|(index, _)| index).collect();
        Ok(Self { slots, tags })
    }

    fn record<'r>(&self, row: &'r csv::ByteRecord, names: Names<'_>) -> Result<Record<'r>, std::str::Utf8Error> {
        let mut record = Record::new(names);
        for (cell, slot) in row.iter().zip(&self.slots) {
            // Every cell is checked: text in another encoding is not to be half read.
            let text = std::str::from_utf8(cell)?;
            if let Some(slot) = slot {
                record.put_at(*slot, Value::Text(text.into()));
            }
        }
        record.tagged = self.tags.iter().any(|&index| row.get(index).is_some_and(|cell| !cell.is_empty()));
        Ok(record)
    }
}

/// Stops reading when one row goes on for too long: memory must not grow with an unclosed quotation mark.
struct RowBound<R> {
    inner: R,
    given: u64,
    row_start: Rc<Cell<u64>>,
    limit: u64,
    passed: Rc<Cell<bool>>,
}

impl<R: Read> Read for RowBound<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize, Error> {
        if self.given.saturating_sub(self.row_start.get()) > self.limit {
            self.passed.set(true);
            return Err(Error::other("a row is too long"));
        }
        let count = self.inner.read(out)?;
        self.given += count as u64;
        Ok(count)
    }
}
