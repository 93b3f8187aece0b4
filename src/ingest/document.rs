//! The entry: recognises what an input is and gives it to the reader of that format.

use std::io::{Error, Read};

use super::code::Code;
use super::input::Input;
use super::json;
use super::read::{ReadOptions, Sink};
use super::reading::Reading;
use super::report::{Refusal, Stop};
use super::scan::{RECORD_SEPARATOR, Scanner};
use super::sniff::{BYTE_ORDER_MARK, GZIP, Sniffed, WINDOW, sniff_bytes, sniff_encoding, sniff_text};
use super::table::table;
use super::unpack::{Decoding, Gunzip, Unpacking};
use crate::model::DocumentReport;

/// Reads an input to its end and hands its good features to `sink`, in order.
///
/// The format is recognised by content. Memory does not grow with the input: at most a few times
/// [`Limits::feature_bytes`](super::Limits::feature_bytes) are held.
///
/// A `FeatureCollection` is a document, also as one line of several, and so is a `Feature` with a `census` member of
/// its own; other lines, the rows of a table and the elements of an array belong to one document of the input, which
/// ends at its end or before a `FeatureCollection`. An input that is unusable as a whole gives a report with
/// `features: 0` and one problem, and [`Sink::discard_document`] is called; documents that ended before (in
/// newline-delimited input beyond the limit of features) are then the caller's to forget, so keep nothing until this
/// returns.
///
/// # Errors
/// When `input` cannot be read. What was read never is an error.
pub fn read<R: Read>(input: R, options: &ReadOptions<'_>, sink: &mut dyn Sink) -> Result<DocumentReport, Error> {
    let mut reading = Reading::new(options, sink);
    match unpacked(input, &mut reading) {
        Ok(()) => Ok(reading.reporter.finish()),
        Err(Stop::Io(error)) => Err(error),
        Err(Stop::Refused(refusal)) => {
            reading.discard();
            Ok(reading.reporter.unusable(refusal))
        }
    }
}

fn unpacked<R: Read>(input: R, reading: &mut Reading<'_, '_>) -> Result<(), Stop> {
    let mut input = Input::new(input);
    if !reading.options.gunzip || !input.peek(GZIP.len())?.starts_with(GZIP) {
        return decoded(input, reading);
    }
    let gunzip = Gunzip::new(input);
    let state = gunzip.state();
    match decoded(Input::new(gunzip), reading) {
        Err(Stop::Io(error)) => match state.get() {
            Unpacking::ReaderFailed => Err(Stop::Io(error)),
            Unpacking::Bomb => Err(Code::GzipBomb.into()),
            Unpacking::Fine => Err(Code::BrokenGzip.into()),
        },
        other => other,
    }
}

fn decoded<R: Read>(mut input: Input<R>, reading: &mut Reading<'_, '_>) -> Result<(), Stop> {
    if let Some(code) = sniff_bytes(input.peek(4096)?) {
        return Err(code.into());
    }
    match reading.options.mapping.and_then(super::Mapping::encoding) {
        Some(encoding) => text(Input::new(Decoding::new(input, encoding)), reading),
        None => text(input, reading),
    }
}

fn text<R: Read>(mut input: Input<R>, reading: &mut Reading<'_, '_>) -> Result<(), Stop> {
    if let Some(code) = sniff_encoding(input.peek(4096)?) {
        return Err(code.into());
    }
    if input.peek(BYTE_ORDER_MARK.len())?.starts_with(BYTE_ORDER_MARK) {
        input.consume(BYTE_ORDER_MARK.len());
    }
    let head = input.peek(WINDOW)?;
    let sniffed = sniff_text(head, head.len() < WINDOW);
    if sniffed == Sniffed::Text {
        let head = head.trim_ascii_start();
        let head = head.get(..head.len().min(4096)).unwrap_or_default().to_vec();
        return table(input, &head, reading);
    }
    let mut scan = Scanner::new(input);
    match sniffed {
        Sniffed::Object => json::object(&mut scan, reading),
        Sniffed::Array => json::array(&mut scan, reading),
        Sniffed::Lines => json::sequence(&mut scan, reading, b'\n', 0),
        Sniffed::Records => {
            // Behind the first separator stands text 0.
            scan.peek()?;
            scan.advance();
            scan.commit();
            json::sequence(&mut scan, reading, RECORD_SEPARATOR, 0)
        }
        Sniffed::Refused(code) => Err(Stop::Refused(Refusal { code, pointer: String::new(), detail: None })),
        Sniffed::Text => Ok(()),
    }
}
