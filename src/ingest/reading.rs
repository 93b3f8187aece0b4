//! From a record with a place to a candidate or a refusal: the part that every format shares.

use std::cell::Cell;
use std::fmt::Write as _;

use serde::de::IgnoredAny;

use super::candidate::Candidate;
use super::census::{self, Fault};
use super::code::Code;
use super::element::{Element, ElementReader};
use super::feature::{Coordinates, Feature, FeatureReader, Geometry, Trail};
use super::mapping::Mapping;
use super::member;
use super::operator::Operators;
use super::osm;
use super::place::{Axis, NoPlace, place};
use super::read::{Census, ReadOptions, Sink};
use super::record::{Key, Keys, Names, Record};
use super::report::{Pointer, Refusal, Reporter, Stop};
use super::value::{Found, Lenient, Value};

/// What all formats need while they read.
pub(super) struct Reading<'o, 's> {
    pub(super) options: &'o ReadOptions<'o>,
    pub(super) reporter: Reporter,
    sink: &'s mut dyn Sink,
    names: Names<'o>,
    operators: Operators,
    /// Candidates were given since the last end or discard.
    open: bool,
    /// Some document was ended.
    ended: bool,
    /// The candidates being given belong to a collection.
    pub(super) in_collection: bool,
    /// Features seen when the open collection began.
    before_collection: u64,
}

/// Where the two numbers stand, below the feature.
pub(super) struct PlaceNames<'n> {
    pub(super) longitude: &'n str,
    pub(super) latitude: &'n str,
    pub(super) both: &'n str,
}

const GEOMETRY: PlaceNames<'static> = PlaceNames {
    longitude: "/geometry/coordinates/0",
    latitude: "/geometry/coordinates/1",
    both: "/geometry/coordinates",
};

/// Names under which arrays and tables have their coordinates, used along with either reading.
pub(super) const LONGITUDES: [Key; 4] = [Key::Lon, Key::Lng, Key::Long, Key::Longitude];
pub(super) const LATITUDES: [Key; 2] = [Key::Lat, Key::Latitude];

/// A refusal of one feature.
struct Refused {
    code: Code,
    /// Below the feature.
    tail: String,
    hint: Option<&'static str>,
}

impl Refused {
    fn new(code: Code, tail: impl Into<String>) -> Self {
        Self { code, tail: tail.into(), hint: None }
    }
}

impl<'o, 's> Reading<'o, 's> {
    pub(super) fn new(options: &'o ReadOptions<'o>, sink: &'s mut dyn Sink) -> Self {
        let names = options.mapping.map_or(Names::Known, Names::Mapped);
        Self {
            options,
            reporter: Reporter::new(),
            sink,
            names,
            operators: Operators::default(),
            open: false,
            ended: false,
            in_collection: false,
            before_collection: 0,
        }
    }

    pub(super) const fn names(&self) -> Names<'o> {
        self.names
    }

    /// Ends the document, if there is one to end.
    pub(super) fn end(&mut self, census: &Census) {
        self.sink.end_document(census);
        self.open = false;
        self.ended = true;
    }

    /// Ends the document of loose features, if any are open.
    fn end_loose(&mut self) {
        if self.open {
            self.end(&Census::default());
        }
    }

    /// A collection begins: loose features before it are a document of their own.
    pub(super) fn begin_collection(&mut self) {
        self.end_loose();
        self.in_collection = true;
        self.before_collection = self.reporter.features();
    }

    pub(super) const fn collection_is_empty(&self) -> bool {
        self.reporter.features() == self.before_collection
    }

    /// At the end of the input: every input has at least one document.
    pub(super) fn end_input(&mut self) {
        if self.open || !self.ended {
            self.end(&Census::default());
        }
    }

    pub(super) fn discard(&mut self) {
        self.sink.discard_document();
        self.open = false;
    }

    pub(super) fn refuse_line(&mut self, index: u64, refusal: &Refusal) {
        let place = || (format!("/{index}{}", refusal.pointer), refusal.message());
        self.reporter.refuse(refusal.code, place);
    }

    /// Refuses a feature of which nothing more is known.
    pub(super) fn refuse(&mut self, at: Pointer<'_>, code: Code) -> Result<(), Stop> {
        self.count()?;
        self.reporter.refuse(code, || (at.to_string(), code.sentence().to_owned()));
        Ok(())
    }

    /// Makes sure that one more feature is within the limit.
    pub(super) fn count(&self) -> Result<(), Stop> {
        if self.reporter.features() < self.options.limits.features { Ok(()) } else { Err(Code::TooManyFeatures.into()) }
    }

    fn settle(&mut self, at: Pointer<'_>, outcome: Result<Candidate, Refused>) {
        match outcome {
            Ok(candidate) => {
                self.reporter.accept();
                self.open = true;
                self.sink.candidate(candidate);
            }
            Err(Refused { code, tail, hint }) => self.reporter.refuse(code, || {
                let mut message = code.sentence().to_owned();
                if let Some(hint) = hint {
                    // Writing to a String cannot fail.
                    let _ = write!(message, " ({hint})");
                }
                (format!("{at}{tail}"), message)
            }),
        }
    }

    /// Reads one Feature. A census member of its own, where one may stand (`own_census`), is handed back.
    pub(super) fn feature(
        &mut self,
        bytes: &[u8],
        at: Pointer<'_>,
        own_census: bool,
    ) -> Result<Option<Census>, Unreadable> {
        self.count().map_err(Unreadable::Stop)?;
        let whereabouts = Cell::new(Trail::Elsewhere);
        let text = utf8(bytes)?;
        let seed = FeatureReader { names: self.names, dropped: &mut self.reporter.dropped, trail: &whereabouts };
        let feature = match parse(text, Lenient(seed)) {
            Ok(Found::Object(feature)) => feature,
            Ok(_) => {
                self.settle(at, Err(Refused::new(Code::NotAFeature, "")));
                return Ok(None);
            }
            Err(ParseError::NotFinite) => {
                let tail = match whereabouts.get() {
                    Trail::Coordinate(index) => format!("/geometry/coordinates/{index}"),
                    Trail::Elsewhere => String::new(),
                };
                self.settle(at, Err(Refused::new(Code::NotFinite, tail)));
                return Ok(None);
            }
            Err(ParseError::Broken(offset)) => return Err(Unreadable::Broken(offset)),
        };
        if feature.attributes && feature.kind.is_none() {
            return Err(Unreadable::Stop(Code::EsriJson.into()));
        }
        let census = match (&feature.census, own_census) {
            (Some(value), true) => {
                let census = member::census(value);
                if census.is_none() {
                    self.settle(at, Err(Refused::new(Code::BadCensus, "/census")));
                    return Ok(None);
                }
                census
            }
            (Some(_), false) => {
                self.reporter.dropped.add("census");
                None
            }
            (None, _) => None,
        };
        if census.is_some() {
            self.end_loose();
        }
        let outcome = self.judge_feature(feature, at);
        self.settle(at, outcome);
        Ok(census)
    }

    fn judge_feature(&mut self, feature: Feature<'_>, at: Pointer<'_>) -> Result<Candidate, Refused> {
        if let Some(name) = feature.duplicate {
            return Err(Refused::new(Code::DuplicateMember, format!("/{name}")));
        }
        if feature.kind.as_ref().and_then(Value::text) != Some("Feature") {
            let tail = if feature.kind.is_some() { "/type" } else { "" };
            return Err(Refused::new(Code::NotAFeature, tail));
        }
        if let Some(crs) = &feature.crs {
            if !member::is_wgs84(crs) {
                return Err(Refused::new(Code::OtherCrs, "/crs"));
            }
            self.reporter.note(Code::LegacyCrs, || format!("{at}/crs"));
        }
        let geometry = match feature.geometry {
            None => return Err(Refused::new(Code::NoGeometry, "")),
            Some(Found::Null) => return Err(Refused::new(Code::NoGeometry, "/geometry")),
            Some(Found::SomethingElse) => return Err(Refused::new(Code::BadGeometry, "/geometry")),
            Some(Found::Object(geometry)) => geometry,
        };
        let (longitude, latitude) = self.position(&geometry, at)?;
        if feature.bbox || geometry.bbox {
            self.reporter.note(Code::BboxIgnored, || at.to_string());
        }
        let record = match feature.properties {
            Some(Found::Object(record)) => record,
            Some(Found::SomethingElse) => return Err(Refused::new(Code::BadProperties, "/properties")),
            Some(Found::Null) | None => {
                if !self.options.kind_required {
                    self.reporter.note(Code::PropertiesMissing, || at.to_string());
                }
                Record::new(self.names)
            }
        };
        self.judge(&record, (longitude, latitude), &GEOMETRY, "/properties", false, at)
    }

    fn position(&mut self, geometry: &Geometry, at: Pointer<'_>) -> Result<(f64, f64), Refused> {
        if let Some(name) = geometry.duplicate {
            return Err(Refused::new(Code::DuplicateMember, format!("/geometry/{name}")));
        }
        if !geometry.typed {
            return Err(Refused::new(Code::BadGeometry, "/geometry"));
        }
        if !geometry.is_point {
            return Err(Refused::new(Code::NotAPoint, "/geometry"));
        }
        match geometry.coordinates {
            Coordinates::Missing => Err(Refused::new(Code::BadCoordinates, "/geometry")),
            Coordinates::Bad(None) => Err(Refused::new(Code::BadCoordinates, GEOMETRY.both)),
            Coordinates::Bad(Some(index)) => {
                Err(Refused::new(Code::BadCoordinates, format!("{}/{index}", GEOMETRY.both)))
            }
            Coordinates::Position(longitude, latitude, more) => {
                if more > 0 {
                    let code = if more == 1 { Code::ElevationIgnored } else { Code::ExtraPositionsIgnored };
                    self.reporter.note(code, || format!("{at}{}/2", GEOMETRY.both));
                }
                Ok((longitude, latitude))
            }
        }
    }

    /// Reads one element of an Overpass answer (`tagged`: it must have camera tags) or of an array.
    pub(super) fn element(&mut self, bytes: &[u8], at: Pointer<'_>, tagged: bool) -> Result<(), Unreadable> {
        self.count().map_err(Unreadable::Stop)?;
        let text = utf8(bytes)?;
        let seed = ElementReader { names: self.names, dropped: &mut self.reporter.dropped };
        let outcome = match parse(text, Lenient(seed)) {
            Ok(Found::Object(element)) if element.is_feature && !tagged => {
                return self.feature(bytes, at, false).map(|_| ());
            }
            Ok(Found::Object(element)) => self.judge_element(&element, at, tagged),
            Ok(_) => Err(Refused::new(Code::NotAnObject, "")),
            Err(ParseError::NotFinite) => Err(Refused::new(Code::NotFinite, "")),
            Err(ParseError::Broken(offset)) => return Err(Unreadable::Broken(offset)),
        };
        self.settle(at, outcome);
        Ok(())
    }

    fn judge_element(&mut self, element: &Element<'_>, at: Pointer<'_>, tagged: bool) -> Result<Candidate, Refused> {
        if let Some(name) = element.duplicate {
            return Err(Refused::new(Code::DuplicateMember, format!("/{name}")));
        }
        if let Names::Mapped(mapping) = self.names {
            return self.judge_mapped(&element.record, mapping, at);
        }
        let own = (coordinate(&element.record, &LONGITUDES), coordinate(&element.record, &LATITUDES));
        let (prefix, found) = match (own, &element.center) {
            ((None, None), Some(center)) => {
                ("/center", (coordinate(center, &LONGITUDES), coordinate(center, &LATITUDES)))
            }
            (own, _) => ("", own),
        };
        let (record, container) = match &element.tags {
            Some(tags) => (tags, "/tags"),
            None => (&element.record, ""),
        };
        if (tagged || element.tags.is_some()) && !osm::applies(record) {
            return Err(Refused::new(Code::NotACamera, container));
        }
        let (point, names) = both(found, prefix)?;
        let names = PlaceNames { longitude: &names.0, latitude: &names.1, both: prefix };
        self.judge(record, point, &names, container, true, at)
    }

    /// Reads one row of a table.
    pub(super) fn row(&mut self, record: &Record<'_>, at: Pointer<'_>) -> Result<(), Stop> {
        self.count()?;
        let outcome = match self.names {
            Names::Mapped(mapping) => self.judge_mapped(record, mapping, at),
            Names::Known => {
                let found = (coordinate(record, &LONGITUDES), coordinate(record, &LATITUDES));
                both(found, "").and_then(|(point, names)| {
                    let names = PlaceNames { longitude: &names.0, latitude: &names.1, both: "" };
                    self.judge(record, point, &names, "", true, at)
                })
            }
        };
        self.settle(at, outcome);
        Ok(())
    }

    fn judge_mapped(&mut self, record: &Record<'_>, mapping: &Mapping, at: Pointer<'_>) -> Result<Candidate, Refused> {
        let point = mapping.place(record).map_err(|(code, tail)| Refused::new(code, tail))?;
        self.judge(record, point, &mapping.place_names(), "", true, at)
    }

    /// Place, then properties. `flat`: the coordinates are properties too.
    fn judge(
        &mut self,
        record: &Record<'_>,
        (longitude, latitude): (f64, f64),
        names: &PlaceNames<'_>,
        container: &str,
        flat: bool,
        at: Pointer<'_>,
    ) -> Result<Candidate, Refused> {
        let found = place(longitude, latitude, self.options).map_err(|NoPlace { code, axis, hint }| {
            let tail = match axis {
                Axis::Longitude => names.longitude,
                Axis::Latitude => names.latitude,
                Axis::Both => names.both,
            };
            Refused { code, tail: tail.to_owned(), hint }
        })?;
        if let Some(name) = &record.duplicate {
            return Err(Refused::new(Code::DuplicateMember, format!("{container}/{}", escaped(name))));
        }
        let translated = match self.names {
            Names::Mapped(mapping) => Some(
                mapping
                    .translate(record, &self.operators)
                    .map_err(|(code, column)| Refused::new(code, format!("{container}/{}", escaped(column))))?,
            ),
            Names::Known => None,
        };
        let record = translated.as_ref().unwrap_or(record);
        let names = self.names;
        let name_of = |key: Key| match names {
            Names::Mapped(mapping) => mapping.column_of(key),
            Names::Known => key.name(),
        };
        let by_tags = translated.is_none() && osm::applies(record);
        if translated.is_none()
            && !by_tags
            && record.get(Key::Surveillance).is_some()
            && record.get(Key::Kind).is_none()
        {
            return Err(Refused::new(Code::NotACamera, container));
        }
        let reporter = &mut self.reporter;
        let mut note = |code: Code, key: Key| {
            reporter.note(code, || format!("{at}{container}/{}", escaped(name_of(key))));
        };
        let read = if by_tags {
            osm::attributes(record, self.options, &self.operators, &mut note)
        } else {
            census::attributes(record, self.options, &mut note)
        };
        let attributes = read.map_err(|Fault { code, key }| {
            let tail = key.map_or_else(String::new, |key| format!("/{}", escaped(name_of(key))));
            Refused::new(code, format!("{container}{tail}"))
        })?;
        if translated.is_none() {
            let used = if by_tags { osm::USED } else { census::USED };
            let used = if flat { used.and(Keys::of(&LONGITUDES)).and(Keys::of(&LATITUDES)) } else { used };
            record.drop_all_but(used, &mut self.reporter.dropped);
        }
        if found.repaired {
            self.reporter.note(Code::AxesRepaired, || at.to_string());
        }
        Ok(Candidate::new(found.longitude, found.latitude, attributes))
    }
}

/// Why the bytes of an element are no element.
pub(super) enum Unreadable {
    /// Not JSON from this byte on.
    Broken(usize),
    /// The whole input is to be refused.
    Stop(Stop),
}

fn utf8(bytes: &[u8]) -> Result<&str, Unreadable> {
    std::str::from_utf8(bytes).or(Err(Unreadable::Stop(Code::NotUtf8.into())))
}

enum ParseError {
    /// A number is too large; everything else is JSON.
    NotFinite,
    Broken(usize),
}

fn parse<'de, T: serde::de::DeserializeSeed<'de>>(text: &'de str, seed: T) -> Result<T::Value, ParseError> {
    let mut parser = serde_json::Deserializer::from_str(text);
    let error = match seed.deserialize(&mut parser).and_then(|value| parser.end().map(|()| value)) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    // A number beyond f64 is grammatical; whether the rest is, only reading on without looking at numbers tells.
    match serde_json::from_str::<IgnoredAny>(text) {
        Ok(_) => Err(ParseError::NotFinite),
        Err(_) => Err(ParseError::Broken(offset(text, &error))),
    }
}

/// The byte a parser's line and column stand for.
fn offset(text: &str, error: &serde_json::Error) -> usize {
    let before: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    (before + error.column().saturating_sub(1)).min(text.len())
}

/// The first of several properties that is filled in: its name, and its number if it is one.
fn coordinate(record: &Record<'_>, keys: &[Key]) -> Option<Coordinate> {
    keys.iter().find_map(|&key| record.get(key).map(|value| (key, value.number())))
}

/// A property that is filled in, and its number if it is one.
type Coordinate = (Key, Option<f64>);
/// Longitude and latitude.
type Point = (f64, f64);

/// Both numbers, with the pointers at which they stand.
fn both(
    (longitude, latitude): (Option<Coordinate>, Option<Coordinate>),
    prefix: &str,
) -> Result<(Point, (String, String)), Refused> {
    let (Some((lon_key, longitude)), Some((lat_key, latitude))) = (longitude, latitude) else {
        return Err(Refused::new(Code::NoPlace, ""));
    };
    let names = (format!("{prefix}/{}", lon_key.name()), format!("{prefix}/{}", lat_key.name()));
    match (longitude, latitude) {
        (Some(longitude), Some(latitude)) => Ok(((longitude, latitude), names)),
        (None, _) => Err(Refused::new(Code::BadCoordinates, names.0)),
        (_, None) => Err(Refused::new(Code::BadCoordinates, names.1)),
    }
}

/// A name as a part of a JSON Pointer (RFC 6901, section 3).
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
