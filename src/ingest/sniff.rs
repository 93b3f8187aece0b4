//! What an input is, by its first bytes; never by the name of a file.

use serde::de::IgnoredAny;

use super::code::Code;
use super::scan::RECORD_SEPARATOR;

/// What the first bytes promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sniffed {
    /// One JSON document, an object.
    Object,
    /// One JSON document, an array.
    Array,
    /// One JSON text on each line.
    Lines,
    /// One JSON text after each record separator (RFC 8142).
    Records,
    /// Text that may be a table.
    Text,
    /// Not to be read.
    Refused(Code),
}

/// Bytes that are looked at.
pub(super) const WINDOW: usize = 256 * 1024;
pub(super) const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
pub(super) const GZIP: &[u8] = b"\x1F\x8B";

/// Recognises what is no text in UTF-8.
pub(super) fn sniff_bytes(head: &[u8]) -> Option<Code> {
    let starts = |magics: &[&[u8]]| magics.iter().any(|magic| head.starts_with(magic));
    let at = |from: usize, magic: &[u8]| head.get(from..).is_some_and(|tail| tail.starts_with(magic));
    if head.is_empty() {
        return Some(Code::EmptyFile);
    }
    if starts(&[b"PK\x03\x04", b"PK\x05\x06"]) {
        return Some(Code::Zip);
    }
    if starts(&[GZIP, b"BZh", b"\xFD7zXZ\0", b"\x28\xB5\x2F\xFD", b"7z\xBC\xAF"]) {
        return Some(Code::Compressed);
    }
    if starts(&[b"SQLite format 3\0"]) {
        return Some(Code::Geopackage);
    }
    if starts(&[b"\0\0\x27\x0A"]) || is_dbase(head) {
        return Some(Code::Shapefile);
    }
    let pictures: &[&[u8]] = &[
        b"\xFF\xD8\xFF",
        b"\x89PNG",
        b"GIF8",
        b"II*\0",
        b"MM\0*",
        b"II+\0",
        b"%PDF",
        b"\x1A\x45\xDF\xA3",
        b"OggS",
        b"FLV\x01",
        b"\0\0\x01\xBA",
        b"\0\0\x01\xB3",
        b"\0\0\x01\0",
        b"8BPS",
        b"data:image/",
        b"data:video/",
        b"/9j/",
        b"iVBORw0KGgo",
        b"R0lGOD",
    ];
    let contained = at(4, b"ftyp") || (starts(&[b"RIFF"]) && (at(8, b"WEBP") || at(8, b"AVI ")));
    if starts(pictures) || contained || (starts(&[b"BM"]) && head.iter().take(64).any(|&b| b == 0)) {
        return Some(Code::Imagery);
    }
    None
}

/// Recognises UTF-16 and UTF-32, and binary data.
pub(super) fn sniff_encoding(head: &[u8]) -> Option<Code> {
    let start = head.get(..head.len().min(4)).unwrap_or_default();
    if start.starts_with(b"\xFF\xFE")
        || start.starts_with(b"\xFE\xFF")
        || matches!(start, [0, _, ..] | [1..=127, 0, ..])
    {
        return Some(Code::Utf16);
    }
    head.iter().take(4096).any(|&byte| byte == 0).then_some(Code::Binary)
}

/// dBASE: a version byte, a plausible date, and the zero bytes of a header.
fn is_dbase(head: &[u8]) -> bool {
    matches!(head, [0x03 | 0x83 | 0x8B | 0xF5, _, 1..=12, 1..=31, ..])
        && head.get(12..32).is_some_and(|reserved| memchr::memchr_iter(0, reserved).count() > 12)
}

/// Recognises text; `head` begins behind a byte order mark and `whole` says that nothing follows it.
pub(super) fn sniff_text(head: &[u8], whole: bool) -> Sniffed {
    let text = head.trim_ascii_start();
    let Some(&first) = text.first() else {
        return Sniffed::Refused(if whole { Code::EmptyFile } else { Code::Unrecognised });
    };
    match first {
        b'<' => Sniffed::Refused(markup(text)),
        b'{' if lines_follow(text) => Sniffed::Lines,
        b'{' => Sniffed::Object,
        b'[' => Sniffed::Array,
        RECORD_SEPARATOR => Sniffed::Records,
        _ if text.starts_with(b"GEOGCS[") || text.starts_with(b"PROJCS[") => Sniffed::Refused(Code::Shapefile),
        _ if whole && serde_json::from_slice::<IgnoredAny>(text).is_ok() => Sniffed::Refused(Code::NotGeojson),
        _ => Sniffed::Text,
    }
}

fn markup(text: &[u8]) -> Code {
    let head = text.get(..text.len().min(2048)).unwrap_or_default().to_ascii_lowercase();
    let has = |part: &[u8]| memchr::memmem::find(&head, part).is_some();
    if has(b"<kml") {
        Code::Kml
    } else if has(b"<gpx") {
        Code::Gpx
    } else if has(b"<osm") {
        Code::OsmXml
    } else if has(b"opengis.net/gml") || has(b"<gml:") || has(b"<wfs:") {
        Code::Gml
    } else if has(b"<html") || has(b"<!doctype html") || has(b"<head") || has(b"<body") {
        Code::Html
    } else {
        Code::Xml
    }
}

/// How a line of JSON ends.
#[derive(Debug, PartialEq, Eq)]
enum LineEnd {
    Complete,
    InString,
    InObject(u8),
    InArray(u8),
    Broken,
}

/// Whether the text is one JSON value a line, rather than one value over several lines: the first line is complete, or
/// it breaks off where the next one, which begins with a brace, cannot continue it.
fn lines_follow(text: &[u8]) -> bool {
    let Some(length) = memchr::memchr(b'\n', text) else { return false };
    let (first, rest) = text.split_at(length);
    let Some(&next) = rest.trim_ascii_start().first() else { return false };
    match line_end(first) {
        LineEnd::Complete => next == b'{' || memchr::memmem::find(first, b"\"FeatureCollection\"").is_none(),
        LineEnd::InString | LineEnd::Broken => next == b'{',
        LineEnd::InObject(last) => next == b'{' && last != b':',
        LineEnd::InArray(last) => next == b'{' && !matches!(last, b'[' | b','),
    }
}

fn line_end(line: &[u8]) -> LineEnd {
    let mut open = Vec::new();
    let (mut in_string, mut escaped, mut last) = (false, false, b' ');
    for &byte in line {
        if in_string {
            in_string = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
            continue;
        }
        if byte.is_ascii_whitespace() {
            continue;
        }
        if last != b' ' && open.is_empty() {
            return LineEnd::Broken;
        }
        match byte {
            b'"' => in_string = true,
            b'{' | b'[' => open.push(byte),
            b'}' | b']' => match open.pop() {
                Some(b'{') if byte == b'}' => {}
                Some(b'[') if byte == b']' => {}
                _ => return LineEnd::Broken,
            },
            _ => {}
        }
        last = byte;
    }
    match open.last() {
        _ if in_string => LineEnd::InString,
        None => LineEnd::Complete,
        Some(b'{') => LineEnd::InObject(last),
        Some(_) => LineEnd::InArray(last),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_pretty_printed_documents_are_told_apart_by_content() {
        for (text, lines) in [
            ("{\"type\":\"Feature\"}\n{\"type\":\"Feature\"}\n", true),
            ("{\"type\":\"Feature\"}\ngarbage", true),
            ("{\"type\":\"Feature\"}\n\n", false),
            ("{\n  \"type\": \"FeatureCollection\"\n}", false),
            ("{\"type\":\"FeatureCollection\",\"features\":[\n{\"type\":\"Feature\"}\n]}", false),
            ("{\"type\":\"FeatureCollection\",\"features\":[{},\n{}]}", false),
            ("{\"geometry\":\n{}}", false),
            ("{\"type\":\"Feature\",\"geometry\":{\"type\":\"Poi\n{\"type\":\"Feature\"}", true),
            ("{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\"\n{\"type\":\"Feature\"}", true),
            ("{\"type\":\"FeatureCollection\",\"features\":[]}\n{\"type\":\"Feature\"}", true),
            ("{\"type\":\"FeatureCollection\",\"features\":[]}\n]", false),
            ("{\"a\":1}}\n{\"a\":1}", true),
        ] {
            assert_eq!(lines_follow(text.as_bytes()), lines, "{text}");
        }
    }
}
