//! Mapping files: which column or property of somebody's data means what (`docs/mapping.md`).

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use encoding_rs::Encoding;

use super::census::out_of_scope;
use super::code::Code;
use super::mapping_file::{self, Column, File, OneOrMany};
use super::operator::{Operators, says_unknown};
use super::reading::PlaceNames;
use super::record::{Key, Names, Record};
use super::value::{Value, plain_number};
use crate::model::{Maker, Operator};

/// A mapping file that was read and checked.
#[derive(Debug)]
pub struct Mapping {
    /// Columns that are looked at, by name.
    slots: HashMap<String, usize>,
    place: Option<PlaceColumns>,
    is_partial: bool,
    sources: Vec<(Key, Source)>,
    refusals: Vec<RefuseRule>,
    encoding: Option<&'static Encoding>,
    delimiter: Option<u8>,
}

/// Where a flat record has its place: slots, each with the pointer to its column.
#[derive(Debug)]
enum PlaceColumns {
    Two { longitude: Vec<(usize, String)>, latitude: Vec<(usize, String)> },
    One { columns: Vec<(usize, String)>, format: PointFormat },
}

/// How one column holds a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PointFormat {
    Wkt,
    LatLon,
    LonLat,
    Geopoint,
}

#[derive(Debug)]
enum Source {
    Constant(Value<'static>),
    Columns { columns: Vec<(usize, String)>, values: HashMap<String, Value<'static>>, names: bool },
    Count(Vec<(usize, String)>),
}

#[derive(Debug)]
struct RefuseRule {
    column: (usize, String),
    values: HashSet<String>,
    code: Code,
}

/// What is wrong with a mapping file, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// Not TOML, or a key that is not one of a mapping file.
    #[error("line {line} of the mapping file: {message}")]
    Syntax {
        /// Line, from 1.
        line: usize,
        /// The parser's words.
        message: String,
    },
    /// A key with a value that makes no sense.
    #[error("`{key}` in the mapping file: {message}")]
    Key {
        /// Path of the key.
        key: String,
        /// What to do.
        message: &'static str,
    },
}

impl Mapping {
    /// Reads a mapping file.
    ///
    /// # Errors
    /// When the text is not TOML, has a key that a mapping file does not have, or a value outside the vocabulary. The
    /// error names the line or the key, and what may stand there.
    pub fn parse(toml: &str) -> Result<Self, MappingError> {
        let file = File::parse(toml)?;
        let mut slots = Slots::default();
        let place = place_columns(&file, &mut slots)?;
        let mut sources = Vec::new();
        for (name, value) in &file.constants {
            let key = census_key("constants", name)?;
            let value = mapping_file::checked_value(key, value, &format!("constants.{name}"))?;
            sources.push((key, Source::Constant(value)));
        }
        for (name, column) in &file.columns {
            let key = census_key("columns", name)?;
            if sources.iter().any(|(other, _)| *other == key) {
                return Err(wrong(format!("columns.{name}"), "is a constant already; keep one of the two"));
            }
            sources.push((key, source(key, name, column, &mut slots)?));
        }
        let refusals = file
            .refuse
            .iter()
            .map(|rule| {
                let code = out_of_scope(&rule.because).ok_or_else(|| {
                    wrong(
                        "refuse.because",
                        "must be one of indoor, body_worn, vehicle, guard, gunshot_detector, fake, not_a_camera",
                    )
                })?;
                let values = rule.values.iter().map(|value| normal(value)).collect();
                Ok(RefuseRule { column: slots.take(&rule.column), values, code })
            })
            .collect::<Result<_, MappingError>>()?;
        Ok(Self {
            slots: slots.0,
            place,
            is_partial: file.partial,
            sources,
            refusals,
            encoding: encoding(file.encoding.as_deref())?,
            delimiter: delimiter(file.delimiter.as_deref())?,
        })
    }

    pub(super) fn slot(&self, name: &str) -> Option<usize> {
        self.slots.get(name).copied()
    }

    pub(super) fn slots(&self) -> usize {
        self.slots.len()
    }

    pub(super) const fn encoding(&self) -> Option<&'static Encoding> {
        self.encoding
    }

    pub(super) const fn delimiter(&self) -> Option<u8> {
        self.delimiter
    }

    pub(super) const fn has_place(&self) -> bool {
        self.place.is_some()
    }

    /// Whether every column it names is among these; of a partial mapping those of a place and of one property.
    pub(super) fn fits<'h>(&self, header: impl Iterator<Item = &'h str>) -> bool {
        let header: HashSet<&str> = header.collect();
        if !self.is_partial {
            return self.slots.keys().all(|column| header.contains(column.as_str()));
        }
        let there: HashSet<usize> =
            self.slots.iter().filter(|(name, _)| header.contains(name.as_str())).map(|(_, slot)| *slot).collect();
        let any = |columns: &[(usize, String)]| columns.iter().any(|(slot, _)| there.contains(slot));
        let has_place = self.place.as_ref().is_some_and(|place| match place {
            PlaceColumns::Two { longitude, latitude } => any(longitude) && any(latitude),
            PlaceColumns::One { columns, .. } => any(columns),
        });
        has_place
            && self.sources.iter().any(|(_, source)| match source {
                Source::Constant(_) => false,
                Source::Columns { columns, .. } | Source::Count(columns) => any(columns),
            })
    }

    /// The column a property is read from, for pointers.
    pub(super) fn column_of(&self, key: Key) -> &str {
        let columns = self.sources.iter().find(|(source, _)| *source == key).map(|(_, source)| source);
        match columns {
            Some(Source::Columns { columns, .. } | Source::Count(columns)) => columns.first().map(|(_, name)| &**name),
            _ => None,
        }
        .unwrap_or(key.name())
    }

    /// Longitude and latitude of a flat record, or why there are none and below which pointer.
    pub(super) fn place(&self, record: &Record<'_>) -> Result<(f64, f64), (Code, String)> {
        match &self.place {
            None => Err((Code::NoPlace, String::new())),
            Some(PlaceColumns::Two { longitude, latitude }) => {
                Ok((number(record, longitude)?, number(record, latitude)?))
            }
            Some(PlaceColumns::One { columns, format }) => {
                let (value, pointer) = first_filled(record, columns).ok_or((Code::NoPlace, String::new()))?;
                value.text().and_then(|text| point(text, *format)).ok_or((Code::BadCoordinates, pointer.to_owned()))
            }
        }
    }

    /// Pointers, below a flat record, to its longitude, its latitude, and both.
    pub(super) fn place_names(&self) -> PlaceNames<'_> {
        match &self.place {
            Some(PlaceColumns::Two { longitude, latitude }) => {
                PlaceNames { longitude: pointer_of(longitude), latitude: pointer_of(latitude), both: "" }
            }
            Some(PlaceColumns::One { columns, .. }) => {
                let pointer = pointer_of(columns);
                PlaceNames { longitude: pointer, latitude: pointer, both: pointer }
            }
            None => PlaceNames { longitude: "", latitude: "", both: "" },
        }
    }

    /// The record in the census's own words, or the rule and column that refuse it.
    pub(super) fn translate<'a>(&self, record: &Record<'a>, operators: &Operators) -> Result<Record<'a>, (Code, &str)> {
        for RefuseRule { column: (slot, name), values, code } in &self.refusals {
            if record.at(*slot).is_some_and(|value| values.contains(&spelling(value))) {
                return Err((*code, name));
            }
        }
        let mut translated = Record::new(Names::Known);
        for (key, source) in &self.sources {
            if let Some(value) = source.value(*key, record, operators) {
                translated.set(*key, value);
            }
        }
        Ok(translated)
    }
}

impl Source {
    fn value<'a>(&self, key: Key, record: &Record<'a>, operators: &Operators) -> Option<Value<'a>> {
        match self {
            Self::Constant(value) => Some(value.clone()),
            #[expect(clippy::cast_precision_loss, reason = "a handful of columns")]
            Self::Count(columns) => {
                Some(Value::Number(columns.iter().filter(|(slot, _)| record.at(*slot).is_some()).count() as f64))
            }
            Self::Columns { columns, values, names } => {
                let mut found = columns.iter().filter_map(|(slot, _)| record.at(*slot)).map(|value| {
                    let listed = if values.is_empty() { None } else { values.get(&spelling(value)) };
                    match (listed, value) {
                        (Some(listed), _) => listed.clone(),
                        (None, Value::Text(text)) if *names => Value::Text(sort_of_body(text.clone(), operators)),
                        (None, value) => value.clone(),
                    }
                });
                match (key, columns.len()) {
                    (Key::Facing, 2..) => Some(Value::List(found.filter(|value| value.text() != Some("")).collect()))
                        .filter(|list| *list != Value::List(vec![])),
                    _ => found.next(),
                }
            }
        }
    }
}

/// The word for an operator's name; the name itself where it says nothing, so that the reading notes it.
fn sort_of_body<'a>(name: Cow<'a, str>, operators: &Operators) -> Cow<'a, str> {
    match operators.of(&name) {
        Operator::Unknown if Maker::find(&name).is_some() || says_unknown(&name) => Operator::Unknown.word().into(),
        Operator::Unknown => name,
        operator => operator.word().into(),
    }
}

/// The value of the first of these columns that has one, with the pointer to it.
fn first_filled<'r, 'v>(record: &'r Record<'v>, columns: &'r [(usize, String)]) -> Option<(&'r Value<'v>, &'r str)> {
    columns.iter().find_map(|(slot, pointer)| Some((record.at(*slot)?, pointer.as_str())))
}

/// The pointer to the first of some columns.
fn pointer_of(columns: &[(usize, String)]) -> &str {
    columns.first().map_or("", |(_, pointer)| pointer)
}

/// Columns in order of first mention.
#[derive(Default)]
struct Slots(HashMap<String, usize>);

impl Slots {
    fn take(&mut self, name: &str) -> (usize, String) {
        let next = self.0.len();
        (*self.0.entry(name.to_owned()).or_insert(next), name.to_owned())
    }
}

impl Slots {
    /// A slot with the JSON Pointer (RFC 6901) of its column.
    fn pointed(&mut self, name: &str) -> (usize, String) {
        (self.take(name).0, format!("/{}", name.replace('~', "~0").replace('/', "~1")))
    }

    fn all_pointed(&mut self, columns: &OneOrMany) -> Vec<(usize, String)> {
        columns.names().iter().map(|name| self.pointed(name)).collect()
    }
}

fn place_columns(file: &File, slots: &mut Slots) -> Result<Option<PlaceColumns>, MappingError> {
    match (&file.longitude, &file.latitude, &file.point) {
        (None, None, None) => Ok(None),
        (Some(longitude), Some(latitude), None) => {
            let (longitude, latitude) = (slots.all_pointed(longitude), slots.all_pointed(latitude));
            Ok(Some(PlaceColumns::Two { longitude, latitude }))
        }
        (None, None, Some(point)) => {
            let format = match point.format.as_str() {
                "wkt" => PointFormat::Wkt,
                "lat,lon" => PointFormat::LatLon,
                "lon,lat" => PointFormat::LonLat,
                "geopoint" => PointFormat::Geopoint,
                _ => {
                    return Err(wrong("point.format", "must be \"wkt\", \"lat,lon\", \"lon,lat\" or \"geopoint\""));
                }
            };
            Ok(Some(PlaceColumns::One { columns: slots.all_pointed(&point.column), format }))
        }
        (_, _, Some(_)) => Err(wrong("point", "replaces longitude and latitude; keep one or the other")),
        (None, Some(_), None) => Err(wrong("longitude", "is missing beside latitude")),
        (Some(_), None, None) => Err(wrong("latitude", "is missing beside longitude")),
    }
}

fn source(key: Key, name: &str, column: &Column, slots: &mut Slots) -> Result<Source, MappingError> {
    let path = format!("columns.{name}");
    if !column.count.is_empty() {
        if key != Key::Heads || !column.columns.is_empty() || !column.values.is_empty() {
            return Err(wrong(format!("{path}.count"), "stands alone, and only counts camera heads"));
        }
        return Ok(Source::Count(column.count.iter().map(|column| slots.take(column)).collect()));
    }
    if column.columns.is_empty() {
        return Err(wrong(path, "must name a column: \"name\", { column = \"name\" } or { columns = [\"a\", \"b\"] }"));
    }
    if column.names && key != Key::Operator {
        return Err(wrong(format!("{path}.names"), "only reads the names of operators"));
    }
    let values = column
        .values
        .iter()
        .map(|(from, to)| Ok((normal(from), mapping_file::checked_value(key, to, &format!("{path}.values"))?)))
        .collect::<Result<HashMap<_, _>, MappingError>>()?;
    let columns = column.columns.iter().map(|column| slots.take(column)).collect();
    Ok(Source::Columns { columns, values, names: column.names })
}

fn census_key(table: &str, name: &str) -> Result<Key, MappingError> {
    Key::of_census(name).ok_or_else(|| {
        wrong(
            format!("{table}.{name}"),
            "is no property of a sighting; there are kind, operator, mount, linked, maker, basis, facing, heads, observed, \
             position, accuracy_m and slot",
        )
    })
}

fn encoding(label: Option<&str>) -> Result<Option<&'static Encoding>, MappingError> {
    let Some(label) = label else { return Ok(None) };
    let unknown =
        || wrong("encoding", "is not an encoding of the WHATWG list, such as \"windows-1252\" or \"utf-16le\"");
    Encoding::for_label(label.as_bytes()).map(Some).ok_or_else(unknown)
}

fn delimiter(text: Option<&str>) -> Result<Option<u8>, MappingError> {
    match text.map(str::as_bytes) {
        None => Ok(None),
        Some([byte]) if byte.is_ascii() && !matches!(byte, b'"' | b'\r' | b'\n') => Ok(Some(*byte)),
        Some(_) => Err(wrong("delimiter", "must be one character, such as \";\" or \"\\t\"")),
    }
}

pub(super) fn wrong(key: impl Into<String>, message: &'static str) -> MappingError {
    MappingError::Key { key: key.into(), message }
}

/// Spellings in value tables and rules are compared without case and surrounding blanks.
pub(super) fn normal(text: &str) -> String {
    text.trim().to_lowercase()
}

fn spelling(value: &Value<'_>) -> String {
    match value {
        Value::Text(text) => normal(text),
        Value::Number(number) => number.to_string(),
        Value::Bool(value) => value.to_string(),
        Value::Null | Value::List(_) | Value::Object(_) => String::new(),
    }
}

fn number(record: &Record<'_>, columns: &[(usize, String)]) -> Result<f64, (Code, String)> {
    let (value, pointer) = first_filled(record, columns).ok_or((Code::NoPlace, String::new()))?;
    value.number().ok_or_else(|| (Code::BadCoordinates, pointer.to_owned()))
}

/// Reads `POINT (lon lat)`, `(lat, lon)`, `lon lat`, or the `lat lon altitude accuracy` of an `XForm`.
fn point(text: &str, format: PointFormat) -> Option<(f64, f64)> {
    let text = text.trim();
    let body = match format {
        PointFormat::Wkt => {
            let body =
                text.get(..5).filter(|word| word.eq_ignore_ascii_case("point")).map(|_| &text[5..])?.trim_start();
            ["zm", "z", "m"]
                .iter()
                .find_map(|word| body.to_ascii_lowercase().starts_with(word).then(|| &body[word.len()..]))
                .unwrap_or(body)
        }
        PointFormat::LatLon | PointFormat::LonLat | PointFormat::Geopoint => text,
    };
    let body = body.trim().trim_start_matches(['(', '[']).trim_end_matches([')', ']']);
    let mut numbers = body.split([',', ' ', ';']).filter(|part| !part.is_empty()).map(plain_number);
    let (first, second) = (numbers.next()??, numbers.next()??);
    let rest = numbers.count();
    match format {
        PointFormat::Wkt if rest <= 2 => Some((first, second)),
        PointFormat::LonLat if rest == 0 => Some((first, second)),
        PointFormat::LatLon if rest == 0 => Some((second, first)),
        PointFormat::Geopoint if rest <= 2 => Some((second, first)),
        _ => None,
    }
}

/// For the checks in `mapping_file`.
pub(super) type Tables = BTreeMap<String, toml::Value>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_in_one_column_are_read() {
        assert_eq!(point("POINT (8.5 47.3)", PointFormat::Wkt), Some((8.5, 47.3)));
        assert_eq!(point("Point Z(8.5 47.3 400)", PointFormat::Wkt), Some((8.5, 47.3)));
        assert_eq!(point("(29.95, -90.06)", PointFormat::LatLon), Some((-90.06, 29.95)));
        assert_eq!(point("8.5 47.3", PointFormat::LonLat), Some((8.5, 47.3)));
        assert_eq!(point("47.3 8.5 401.2 4.6", PointFormat::Geopoint), Some((8.5, 47.3)));
        for bad in ["", "POINT", "POINT EMPTY", "POINT (x y)", "LINESTRING (1 2, 3 4)", "poinñ"] {
            assert_eq!(point(bad, PointFormat::Wkt), None, "{bad}");
        }
        assert_eq!(point("1,2,3", PointFormat::LatLon), None);
    }

    #[test]
    fn errors_name_the_line_or_the_key() {
        for (toml, part) in [
            ("longitude = \"x\"", "latitude"),
            ("longitude = ", "line 1"),
            ("\nlongitud = \"x\"", "line 2"),
            ("[constants]\nkind = \"cctv\"", "constants.kind"),
            ("[constants]\ncolour = \"red\"", "constants.colour"),
            ("[columns]\nkind = { column = \"a\", values = { b = \"cctv\" } }", "columns.kind.values"),
            ("[columns]\nkind = {}", "columns.kind"),
            ("[columns]\nkind = 7", "line 2"),
            ("[columns]\nkind = { colum = \"a\" }", "line 2"),
            ("[columns]\nmount = { count = [\"a\"] }", "columns.mount.count"),
            ("[columns]\nmount = { column = \"a\", names = true }", "columns.mount.names"),
            ("[constants]\nkind = \"dome\"\n[columns]\nkind = \"a\"", "columns.kind"),
            ("[[refuse]]\ncolumn = \"a\"\nvalues = [\"x\"]\nbecause = \"ugly\"", "refuse.because"),
            ("encoding = \"klingon\"", "encoding"),
            ("delimiter = \"ab\"", "delimiter"),
            ("point = { column = \"a\", format = \"utm\" }", "point.format"),
        ] {
            let error = Mapping::parse(toml).unwrap_err().to_string();
            assert!(error.contains(part), "{toml}: {error}");
        }
    }
}
