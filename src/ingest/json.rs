//! JSON documents: walks over the outer structure itself, hands each feature or element on as it passes.

use std::io::Read;

use serde::de::IgnoredAny;

use super::code::Code;
use super::member;
use super::read::{Census, Formats};
use super::reading::{Reading, Unreadable};
use super::report::{Pointer, Refusal, Stop};
use super::scan::{Extent, Scanner};
use super::value::Value;

/// Members beside `features` are small; larger ones are passed over unread.
const MEMBER_BYTES: usize = 64 * 1024;

/// What stood at the top level of an object.
#[derive(Default)]
struct Top {
    /// Text of `type`; empty when it is no text.
    kind: Option<String>,
    census: Option<Census>,
    /// Features or elements were passed on.
    streamed: Option<Streamed>,
    /// The extent of the whole object, when nothing was passed on and it is small.
    whole: Option<(usize, usize)>,
    /// `features` or `elements` is there, and is no array.
    unlisted: bool,
    esri: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Streamed {
    Features,
    Elements,
}

/// Reads a single document that begins with a brace.
pub(super) fn object<R: Read>(scan: &mut Scanner<R>, reading: &mut Reading<'_, '_>) -> Result<(), Stop> {
    reading.reporter.set_format("geojson");
    let first_line = scan.input.lines();
    let top = members(scan, reading, "")?;
    let one_line = top.streamed.is_some() && scan.input.lines() == first_line;
    match scan.byte_after_value()? {
        None => {
            finish(scan, reading, &top, Pointer { base: "", index: None })?;
            scan.commit();
            reading.end_input();
            Ok(())
        }
        // A long first line hid that this is the first of several.
        Some(b'\n') if one_line && scan.peek()? == Some(b'{') && top.streamed == Some(Streamed::Features) => {
            finish(scan, reading, &top, Pointer { base: "", index: None })?;
            reading.reporter.becomes_first_line();
            scan.commit();
            let index = scan.input.lines() - first_line;
            sequence(scan, reading, b'\n', index)
        }
        Some(_) => {
            scan.peek()?;
            Err(scan.broken("the document has ended, and something follows, "))
        }
    }
}

/// Reads a single document that begins with a bracket.
pub(super) fn array<R: Read>(scan: &mut Scanner<R>, reading: &mut Reading<'_, '_>) -> Result<(), Stop> {
    if reading.options.formats == Formats::Geojson {
        return Err(Code::FormatNotAccepted.into());
    }
    reading.reporter.set_format("json-array");
    scan.expect(b'[')?;
    stream(scan, reading, "", Kind::Rows)?;
    if scan.peek()?.is_some() {
        return Err(scan.broken("the document has ended, and something follows, "));
    }
    if reading.reporter.features() == 0 {
        return Err(Code::NoFeatures.into());
    }
    reading.end_input();
    Ok(())
}

/// Reads one JSON text after another, each judged on its own; `index` is that of the first.
pub(super) fn sequence<R: Read>(
    scan: &mut Scanner<R>,
    reading: &mut Reading<'_, '_>,
    separator: u8,
    mut index: u64,
) -> Result<(), Stop> {
    reading.reporter.set_format("geojson-seq");
    scan.separate_at(separator);
    loop {
        if scan.peek()?.is_none() {
            if scan.byte()?.is_none() {
                break;
            }
            scan.advance();
            scan.commit();
            index += 1;
            continue;
        }
        scan.commit();
        match line(scan, reading, index) {
            Ok(()) => scan.commit(),
            Err(Stop::Refused(refusal)) if refusal.code != Code::TooManyFeatures => {
                reading.count()?;
                reading.refuse_line(index, &refusal);
                if !scan.next_document()? {
                    break;
                }
                index += 1;
            }
            Err(stop) => return Err(stop),
        }
    }
    if reading.reporter.features() == 0 {
        return Err(Code::NoFeatures.into());
    }
    reading.end_input();
    Ok(())
}

fn line<R: Read>(scan: &mut Scanner<R>, reading: &mut Reading<'_, '_>, index: u64) -> Result<(), Stop> {
    let at = Pointer { base: "", index: Some(index) };
    // Most lines are a Feature; walking over the members of those would be work done twice.
    if scan.line_is_plain_feature(reading.options.limits.feature_bytes)? {
        return match scan.value(reading.options.limits.feature_bytes)? {
            Extent::TooLarge => reading.refuse(at, Code::FeatureTooLarge),
            Extent::Within(from, to) => {
                end_of_document(scan)?;
                lone_feature(scan, reading, (from, to), at)
            }
        };
    }
    let mark = reading.reporter.mark();
    let outcome = compound_line(scan, reading, at);
    if outcome.is_err() {
        // Loose features of earlier lines were ended before the collection began, so only its own are let go.
        if reading.in_collection {
            reading.discard();
        }
        reading.reporter.back_to(mark);
    }
    outcome
}

fn compound_line<R: Read>(scan: &mut Scanner<R>, reading: &mut Reading<'_, '_>, at: Pointer<'_>) -> Result<(), Stop> {
    if scan.peek()? != Some(b'{') {
        let extent = scan.value(reading.options.limits.feature_bytes)?;
        valid(scan, extent)?;
        end_of_document(scan)?;
        return Err(Code::NotGeojson.into());
    }
    let top = members(scan, reading, &at.to_string())?;
    end_of_document(scan)?;
    finish(scan, reading, &top, at)
}

fn end_of_document<R: Read>(scan: &mut Scanner<R>) -> Result<(), Stop> {
    match scan.peek()? {
        None => Ok(()),
        Some(_) => Err(scan.broken("the value has ended, and something follows, ")),
    }
}

/// Passes over an object. Features are handed on as they come; `base` is the pointer of the object.
fn members<R: Read>(scan: &mut Scanner<R>, reading: &mut Reading<'_, '_>, base: &str) -> Result<Top, Stop> {
    reading.in_collection = false;
    let limit = reading.options.limits.feature_bytes;
    let mut top = Top::default();
    let from = scan.held();
    let mut kept = true;
    let mut seen: Vec<String> = Vec::new();
    scan.expect(b'{')?;
    if scan.peek()? == Some(b'}') {
        scan.advance();
    } else {
        loop {
            let name = name(scan)?.unwrap_or_else(|| {
                kept = false;
                String::new()
            });
            scan.expect(b':')?;
            let opens = scan.peek()? == Some(b'[');
            if is_structural(&name) {
                if seen.contains(&name) {
                    return Err(Stop::Refused(Refusal {
                        code: Code::DuplicateMember,
                        pointer: format!("/{name}"),
                        detail: None,
                    }));
                }
                seen.push(name.clone());
            }
            let streamed = match name.as_str() {
                "features" if opens && top.kind.as_deref() != Some("Feature") => Some(Streamed::Features),
                "elements" if opens && top.kind.is_none() && base.is_empty() => Some(Streamed::Elements),
                _ => None,
            };
            if let Some(streamed) = streamed {
                kept = false;
                top.streamed = Some(streamed);
                reading.begin_collection();
                scan.advance();
                if streamed == Streamed::Elements {
                    if reading.options.formats == Formats::Geojson {
                        return Err(Code::FormatNotAccepted.into());
                    }
                    reading.reporter.set_format("overpass");
                }
                let kind = if streamed == Streamed::Features { Kind::Features } else { Kind::Elements };
                stream(scan, reading, &format!("{base}/{name}"), kind)?;
            } else {
                let extent = scan.member(if is_structural(&name) { MEMBER_BYTES } else { limit })?;
                kept &= extent != Extent::TooLarge;
                top.unlisted |= matches!(name.as_str(), "features" | "elements");
                member(scan, reading, &mut top, &name, extent)?;
            }
            if kept && scan.held() - from > limit {
                kept = false;
            }
            if !kept {
                scan.commit();
            }
            if !scan.another(b'}')? {
                break;
            }
        }
    }
    if kept {
        top.whole = Some((from, scan.held()));
    } else {
        scan.commit();
    }
    Ok(top)
}

/// Members that may stand only once.
fn is_structural(name: &str) -> bool {
    matches!(name, "type" | "features" | "elements" | "census" | "crs" | "remark" | "geometry" | "properties")
}

/// A member name; `None` when it was too long to be kept.
fn name<R: Read>(scan: &mut Scanner<R>) -> Result<Option<String>, Stop> {
    if scan.peek()? != Some(b'"') {
        return Err(scan.broken("a member name in quotation marks is missing, "));
    }
    match scan.value(MEMBER_BYTES)? {
        Extent::TooLarge => Ok(None),
        Extent::Within(from, to) => {
            serde_json::from_slice(scan.slice(from, to)).map_err(|_error| scan.broken_at(from, ""))
        }
    }
}

/// Looks at a member that is no list of features.
fn member<R: Read>(
    scan: &Scanner<R>,
    reading: &mut Reading<'_, '_>,
    top: &mut Top,
    name: &str,
    extent: Extent,
) -> Result<(), Stop> {
    let wanted = matches!(name, "type" | "census" | "crs" | "remark");
    let Extent::Within(from, to) = extent else {
        return if wanted { Err(Code::NotGeojson.into()) } else { Ok(()) };
    };
    if !wanted {
        top.esri |= matches!(name, "geometryType" | "spatialReference");
        return valid(scan, extent);
    }
    let value: Value<'_> = serde_json::from_slice(scan.slice(from, to))
        .map_err(|_error| scan.broken_at(from, "in the value that begins at "))?;
    match name {
        "type" => {
            let kind = match &value {
                Value::Text(text) => text.to_string(),
                _ => String::new(),
            };
            if kind == "Topology" {
                return Err(Code::Topojson.into());
            }
            top.kind = Some(kind);
        }
        "census" => {
            let bad = || Refusal { code: Code::BadCensus, pointer: "/census".to_owned(), detail: None };
            top.census = Some(member::census(&value).ok_or_else(|| Stop::Refused(bad()))?);
        }
        "crs" if member::is_wgs84(&value) => reading.reporter.note(Code::LegacyCrs, || "/crs".to_owned()),
        "crs" => {
            return Err(Stop::Refused(Refusal { code: Code::OtherCrs, pointer: "/crs".to_owned(), detail: None }));
        }
        _ => {
            let remark = value.text().unwrap_or_default().to_ascii_lowercase();
            if ["error", "timed out", "timeout", "out of memory"].iter().any(|word| remark.contains(word)) {
                return Err(Code::FailedQuery.into());
            }
        }
    }
    Ok(())
}

/// Checks that a value nobody looks at is JSON.
fn valid<R: Read>(scan: &Scanner<R>, extent: Extent) -> Result<(), Stop> {
    let Extent::Within(from, to) = extent else { return Ok(()) };
    let text = std::str::from_utf8(scan.slice(from, to)).or(Err(Stop::from(Code::NotUtf8)))?;
    match serde_json::from_str::<IgnoredAny>(text) {
        Ok(_) => Ok(()),
        Err(_) => Err(scan.broken_at(from, "in the value that begins at ")),
    }
}

/// What an array holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Features,
    Elements,
    Rows,
}

/// Hands on each element of an array, from behind its bracket to behind its end.
fn stream<R: Read>(scan: &mut Scanner<R>, reading: &mut Reading<'_, '_>, base: &str, kind: Kind) -> Result<(), Stop> {
    scan.commit();
    if scan.peek()? == Some(b']') {
        scan.advance();
        return Ok(());
    }
    let mut index = 0;
    loop {
        let at = Pointer { base, index: Some(index) };
        if scan.peek()?.is_none() {
            return Err(scan.broken("the text ends in the middle of a list, "));
        }
        match scan.value(reading.options.limits.feature_bytes)? {
            Extent::TooLarge => reading.refuse(at, Code::FeatureTooLarge)?,
            Extent::Within(from, to) => {
                let bytes = scan.slice(from, to);
                let read = match kind {
                    Kind::Features => reading.feature(bytes, at, false).map(|_| ()),
                    Kind::Elements => reading.element(bytes, at, true),
                    Kind::Rows => reading.element(bytes, at, false),
                };
                read.map_err(|unreadable| located(scan, from, unreadable))?;
            }
        }
        scan.commit();
        if !scan.another(b']')? {
            return Ok(());
        }
        index += 1;
    }
}

fn located<R: Read>(scan: &Scanner<R>, from: usize, unreadable: Unreadable) -> Stop {
    match unreadable {
        Unreadable::Broken(offset) => scan.broken_at(from + offset, ""),
        Unreadable::Stop(stop) => stop,
    }
}

/// Judges an object once all its members are known.
fn finish<R: Read>(scan: &Scanner<R>, reading: &mut Reading<'_, '_>, top: &Top, at: Pointer<'_>) -> Result<(), Stop> {
    let kind = top.kind.as_deref();
    match (top.streamed, kind) {
        (Some(Streamed::Features), Some("FeatureCollection")) | (Some(Streamed::Elements), _) => {
            if reading.collection_is_empty() {
                return Err(Code::NoFeatures.into());
            }
            reading.end(top.census.as_ref().unwrap_or(&Census::default()));
            reading.in_collection = false;
            Ok(())
        }
        (Some(Streamed::Features), None) if top.esri => Err(Code::EsriJson.into()),
        (Some(Streamed::Features), _) => Err(refused(Code::NotGeojson, "its \"type\" is not \"FeatureCollection\"")),
        (None, Some("Feature")) => match top.whole {
            Some(extent) => lone_feature(scan, reading, extent, at),
            None => reading.refuse(at, Code::FeatureTooLarge),
        },
        (None, Some("FeatureCollection")) if top.unlisted => {
            Err(refused(Code::NotGeojson, "its \"features\" are not an array"))
        }
        (None, Some("FeatureCollection")) => Err(refused(Code::NotGeojson, "its \"features\" are missing")),
        (
            None,
            Some(
                "Point" | "MultiPoint" | "LineString" | "MultiLineString" | "Polygon" | "MultiPolygon"
                | "GeometryCollection",
            ),
        ) => Err(Code::BareGeometry.into()),
        (None, _) if top.esri => Err(Code::EsriJson.into()),
        (None, _) => Err(Code::NotGeojson.into()),
    }
}

fn refused(code: Code, detail: &str) -> Stop {
    Stop::Refused(Refusal { code, pointer: String::new(), detail: Some(detail.to_owned()) })
}

fn lone_feature<R: Read>(
    scan: &Scanner<R>,
    reading: &mut Reading<'_, '_>,
    (from, to): (usize, usize),
    at: Pointer<'_>,
) -> Result<(), Stop> {
    let read = reading.feature(scan.slice(from, to), at, true);
    if let Some(census) = read.map_err(|unreadable| located(scan, from, unreadable))? {
        reading.end(&census);
    }
    Ok(())
}
