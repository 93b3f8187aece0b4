//! GeoJSON (RFC 7946), as one collection and as a text sequence (RFC 8142): the same features, written once.

use std::io::{self, Write};

use super::published::PublishedColumn;
use super::shape::Shape;
use super::value::Value;

/// Media type of a collection.
pub(super) const GEOJSON: &str = "application/geo+json";

/// Media type of a text sequence (RFC 8142).
pub(super) const GEOJSON_SEQ: &str = "application/geo+json-seq";

/// What begins every text of a sequence (RFC 7464).
const RECORD_SEPARATOR: u8 = 0x1e;

/// Makes the text of features.
pub(super) struct FeatureText {
    /// `"name":` of every column, with the comma before it.
    names: Vec<Vec<u8>>,
    text: Vec<u8>,
}

impl FeatureText {
    pub(super) fn new(columns: &[&PublishedColumn]) -> Self {
        let name = |(number, column): (usize, &&PublishedColumn)| {
            let comma = if number == 0 { "" } else { "," };
            format!("{comma}{}:", serde_json::Value::from(column.name.as_str())).into_bytes()
        };
        Self { names: columns.iter().enumerate().map(name).collect(), text: Vec::new() }
    }

    /// The text of a feature, in one line. Its id is the first value.
    pub(super) fn of(&mut self, shape: Option<&Shape>, values: &[Value<'_>]) -> io::Result<&[u8]> {
        let Self { names, text } = self;
        text.clear();
        text.extend_from_slice(b"{\"type\":\"Feature\",\"id\":");
        if let Some(id) = values.first() {
            id.json(text)?;
        }
        text.extend_from_slice(b",\"geometry\":");
        match shape {
            Some(shape) => shape.json(text)?,
            None => text.extend_from_slice(b"null"),
        }
        text.extend_from_slice(b",\"properties\":{");
        for (name, value) in names.iter().zip(values) {
            text.extend_from_slice(name);
            value.json(text)?;
        }
        text.extend_from_slice(b"}}");
        Ok(text)
    }
}

/// A `FeatureCollection`, one feature a line.
pub(super) struct Collection<W> {
    out: W,
    is_first: bool,
}

impl<W: Write> Collection<W> {
    /// Begins one. `members` become foreign members: whose numbers these are and under which licence.
    pub(super) fn begin(mut out: W, members: &[(&str, &str)]) -> io::Result<Self> {
        out.write_all(b"{\"type\":\"FeatureCollection\"")?;
        for (name, text) in members {
            write!(out, ",{}:{}", serde_json::Value::from(*name), serde_json::Value::from(*text))?;
        }
        out.write_all(b",\"features\":[")?;
        Ok(Self { out, is_first: true })
    }

    pub(super) fn feature(&mut self, text: &[u8]) -> io::Result<()> {
        self.out.write_all(if self.is_first { b"\n" } else { b",\n" })?;
        self.is_first = false;
        self.out.write_all(text)
    }

    pub(super) fn end(mut self) -> io::Result<W> {
        self.out.write_all(b"\n]}\n")?;
        Ok(self.out)
    }
}

/// Writes one text of a sequence.
pub(super) fn sequence_text(out: &mut impl Write, text: &[u8]) -> io::Result<()> {
    out.write_all(&[RECORD_SEPARATOR])?;
    out.write_all(text)?;
    out.write_all(b"\n")
}
