//! One GeoJSON Feature, read from its bytes in one pass with borrowed strings.

use std::cell::Cell;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::dropped::Dropped;
use super::record::{Names, Properties, Record};
use super::value::{Found, Lenient, MapReader, Name, Value};

/// What stood in a Feature.
pub(super) struct Feature<'a> {
    /// Value of `type`, if it is text.
    pub(super) kind: Option<Value<'a>>,
    pub(super) geometry: Option<Found<Geometry>>,
    pub(super) properties: Option<Found<Record<'a>>>,
    pub(super) bbox: bool,
    pub(super) crs: Option<Value<'a>>,
    pub(super) census: Option<Value<'a>>,
    /// Has Esri's `attributes` instead of properties.
    pub(super) attributes: bool,
    /// A member stands twice.
    pub(super) duplicate: Option<&'static str>,
}

/// What stood in a geometry.
pub(super) struct Geometry {
    pub(super) is_point: bool,
    /// `type` is text.
    pub(super) typed: bool,
    pub(super) coordinates: Coordinates,
    pub(super) bbox: bool,
    pub(super) duplicate: Option<&'static str>,
}

/// What stood in `coordinates`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Coordinates {
    Missing,
    /// Not a position; the index of the first entry that is no number, if that is what is wrong.
    Bad(Option<usize>),
    /// Longitude, latitude, and how many numbers follow.
    Position(f64, f64, usize),
}

/// Where a parser was, to tell where a number was impossible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Trail {
    #[default]
    Elsewhere,
    Coordinate(usize),
}

/// Reads a Feature from any JSON value.
pub(super) struct FeatureReader<'r, 'm> {
    pub(super) names: Names<'m>,
    pub(super) dropped: &'r mut Dropped,
    pub(super) trail: &'r Cell<Trail>,
}

impl<'de> MapReader<'de> for FeatureReader<'_, '_> {
    type Output = Feature<'de>;

    fn read<A: MapAccess<'de>>(self, mut members: A) -> Result<Feature<'de>, A::Error> {
        let mut feature = Feature {
            kind: None,
            geometry: None,
            properties: None,
            bbox: false,
            crs: None,
            census: None,
            attributes: false,
            duplicate: None,
        };
        while let Some(Name(name)) = members.next_key()? {
            match &*name {
                "type" => {
                    let value = members.next_value()?;
                    if feature.kind.replace(value).is_some() {
                        feature.duplicate = Some("type");
                    }
                }
                "geometry" => {
                    let value = members.next_value_seed(Lenient(GeometryReader { trail: self.trail }))?;
                    if feature.geometry.replace(value).is_some() {
                        feature.duplicate = Some("geometry");
                    }
                }
                "properties" => {
                    let reader = Properties { names: self.names, dropped: self.dropped };
                    let value = members.next_value_seed(Lenient(reader))?;
                    if feature.properties.replace(value).is_some() {
                        feature.duplicate = Some("properties");
                    }
                }
                "census" => {
                    let value = members.next_value()?;
                    if feature.census.replace(value).is_some() {
                        feature.duplicate = Some("census");
                    }
                }
                "crs" => feature.crs = Some(members.next_value()?),
                "bbox" => {
                    members.next_value::<IgnoredAny>()?;
                    feature.bbox = true;
                }
                "id" => drop(members.next_value::<IgnoredAny>()?),
                name => {
                    feature.attributes |= name == "attributes";
                    self.dropped.add(name);
                    members.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(feature)
    }
}

struct GeometryReader<'r> {
    trail: &'r Cell<Trail>,
}

impl<'de> MapReader<'de> for GeometryReader<'_> {
    type Output = Geometry;

    fn read<A: MapAccess<'de>>(self, mut members: A) -> Result<Geometry, A::Error> {
        let mut kind: Option<Value<'_>> = None;
        let mut coordinates: Option<Coordinates> = None;
        let (mut bbox, mut duplicate) = (false, None);
        while let Some(Name(name)) = members.next_key()? {
            match &*name {
                "type" => {
                    if kind.replace(members.next_value()?).is_some() {
                        duplicate = Some("type");
                    }
                }
                "coordinates" => {
                    let value = members.next_value_seed(CoordinatesReader { trail: self.trail })?;
                    if coordinates.replace(value).is_some() {
                        duplicate = Some("coordinates");
                    }
                }
                name => {
                    bbox |= name == "bbox";
                    members.next_value::<IgnoredAny>()?;
                }
            }
        }
        let kind = kind.as_ref().and_then(|kind| match kind {
            Value::Text(text) => Some(&**text),
            _ => None,
        });
        Ok(Geometry {
            is_point: kind == Some("Point"),
            typed: kind.is_some(),
            coordinates: coordinates.unwrap_or(Coordinates::Missing),
            bbox,
            duplicate,
        })
    }
}

struct CoordinatesReader<'r> {
    trail: &'r Cell<Trail>,
}

impl<'de> DeserializeSeed<'de> for CoordinatesReader<'_> {
    type Value = Coordinates;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Coordinates, D::Error> {
        deserializer.deserialize_any(self)
    }
}

macro_rules! not_a_list {
    ($($method:ident $value:ty;)+) => {
        $(fn $method<E>(self, _: $value) -> Result<Self::Value, E> {
            Ok(Coordinates::Bad(None))
        })+
    };
}

impl<'de> Visitor<'de> for CoordinatesReader<'_> {
    type Value = Coordinates;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a value")
    }

    not_a_list! { visit_bool bool; visit_u64 u64; visit_i64 i64; visit_f64 f64; visit_str &str; }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Coordinates::Bad(None))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Coordinates::Bad(None))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut numbers = [0.0; 2];
        let mut bad = None;
        let mut count = 0;
        self.trail.set(Trail::Coordinate(0));
        while let Some(Entry(number)) = items.next_element()? {
            match number {
                Some(number) if count < 2 => numbers[count] = number,
                Some(_) => {}
                None => bad = bad.or(Some(count)),
            }
            count += 1;
            self.trail.set(Trail::Coordinate(count));
        }
        self.trail.set(Trail::Elsewhere);
        Ok(match bad {
            Some(index) => Coordinates::Bad(Some(index)),
            None if count < 2 => Coordinates::Bad(None),
            None => Coordinates::Position(numbers[0], numbers[1], count - 2),
        })
    }
}

/// A number, or that it is something else.
struct Entry(Option<f64>);

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntryVisitor;
        impl<'de> Visitor<'de> for EntryVisitor {
            type Value = Entry;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a value")
            }

            fn visit_f64<E>(self, number: f64) -> Result<Entry, E> {
                Ok(Entry(Some(number)))
            }

            #[expect(clippy::cast_precision_loss, reason = "out of range long before it matters")]
            fn visit_u64<E>(self, number: u64) -> Result<Entry, E> {
                Ok(Entry(Some(number as f64)))
            }

            #[expect(clippy::cast_precision_loss, reason = "out of range long before it matters")]
            fn visit_i64<E>(self, number: i64) -> Result<Entry, E> {
                Ok(Entry(Some(number as f64)))
            }

            fn visit_bool<E>(self, _: bool) -> Result<Entry, E> {
                Ok(Entry(None))
            }

            fn visit_unit<E>(self) -> Result<Entry, E> {
                Ok(Entry(None))
            }

            fn visit_str<E>(self, _: &str) -> Result<Entry, E> {
                Ok(Entry(None))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Entry, A::Error> {
                while items.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Entry(None))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Entry, A::Error> {
                while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Entry(None))
            }
        }
        deserializer.deserialize_any(EntryVisitor)
    }
}
