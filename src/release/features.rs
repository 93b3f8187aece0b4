//! The features of a GeoJSON file of a release, each found by its id and read from its place in the file.
//!
//! Our GeoJSON files have one feature a line, so a page of features costs the reading of these lines and no more.

use std::fmt;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use geo::{Coord, Geometry, LineString, MultiPolygon, Point, Polygon};
use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};

use super::cells_geojson::write_features;
use super::error::ReleaseError;
use crate::density::CellRow;

/// Where the features of one file are, by id.
#[derive(Debug)]
pub struct FeatureFile {
    path: PathBuf,
    /// Sorted by id.
    places: Vec<FeaturePlace>,
}

/// Where one feature is.
#[derive(Debug)]
pub struct FeaturePlace {
    /// Its id; that of a unit where the file gives features no ids of their own.
    pub id: Box<str>,
    /// West, south, east, north of its geometry in degrees, longitudes as they stand there; `None` without a geometry.
    pub bounds: Option<[f64; 4]>,
    first: u64,
    length: usize,
    has_own_id: bool,
}

impl FeatureFile {
    /// Goes through a file once.
    ///
    /// # Errors
    /// When it cannot be read, or a line does not read as a feature with an id.
    pub(super) fn open(path: PathBuf) -> Result<Self, ReleaseError> {
        let file = File::open(&path).map_err(ReleaseError::at(&path))?;
        let mut reader = BufReader::with_capacity(1 << 16, file);
        let (mut places, mut line, mut first) = (Vec::new(), Vec::new(), 0_u64);
        loop {
            line.clear();
            let read = reader.read_until(b'\n', &mut line).map_err(ReleaseError::at(&path))?;
            if read == 0 {
                break;
            }
            let text = line.trim_ascii_end();
            let text = text.strip_suffix(b",").unwrap_or(text);
            // The first line opens the collection and the last one closes it.
            if text.starts_with(b"{") && text.ends_with(b"}") {
                let damaged = |problem: String| ReleaseError::Damaged { path: path.clone(), problem };
                let about: About = serde_json::from_slice(text).map_err(|error| damaged(error.to_string()))?;
                let has_own_id = about.id.is_some();
                let id = about.id.or(about.properties.unit).ok_or_else(|| damaged("a feature has no id".to_owned()))?;
                let bounds = about.geometry.and_then(|geometry| geometry.coordinates.0);
                places.push(FeaturePlace { id: id.into(), bounds, first, length: text.len(), has_own_id });
            }
            first += u64::try_from(read).unwrap_or_default();
        }
        places.sort_by(|a: &FeaturePlace, b| a.id.cmp(&b.id));
        Ok(Self { path, places })
    }

    /// The features by id, in the order of their bytes.
    #[must_use]
    pub fn places(&self) -> &[FeaturePlace] {
        &self.places
    }

    /// Opens the file for reading single features.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub fn reader(&self) -> Result<FeatureReader<'_>, ReleaseError> {
        let file = File::open(&self.path).map_err(ReleaseError::at(&self.path))?;
        Ok(FeatureReader { file, path: &self.path })
    }
}

/// Reads features from an open file.
#[derive(Debug)]
pub struct FeatureReader<'a> {
    file: File,
    path: &'a Path,
}

impl FeatureReader<'_> {
    /// The feature as a GeoJSON text, with its id.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn text(&mut self, place: &FeaturePlace) -> Result<String, ReleaseError> {
        let mut text =
            if place.has_own_id { String::new() } else { format!("{{\"id\":{},", serde_json::Value::from(&*place.id)) };
        let skipped = u64::from(!place.has_own_id);
        let length = u64::try_from(place.length).unwrap_or_default().saturating_sub(skipped);
        self.file
            .seek(SeekFrom::Start(place.first + skipped))
            .and_then(|_| (&self.file).take(length).read_to_string(&mut text))
            .map_err(ReleaseError::at(self.path))?;
        Ok(text)
    }
}

/// A row of cells as one feature, as it stands in the GeoJSON file of its resolution.
///
/// # Errors
/// Never: nothing can fail in memory.
pub fn cell_feature(row: &CellRow) -> Result<String, ReleaseError> {
    let failed = |problem: String| ReleaseError::Format { format: "GeoJSON", problem };
    let mut collection = Vec::new();
    write_features(std::iter::once(row), &[], &mut collection).map_err(|error| failed(error.to_string()))?;
    // The first line opens the collection, and the second one is the feature.
    let feature = collection.split(|byte| *byte == b'\n').nth(1).unwrap_or_default().to_vec();
    String::from_utf8(feature).map_err(|error| failed(error.to_string()))
}

/// The geometry of a feature; `None` without one, or of a kind that releases do not have.
#[must_use]
pub fn feature_geometry(text: &str) -> Option<Geometry<f64>> {
    let feature: Shaped = serde_json::from_str(text).ok()?;
    Some(match feature.geometry? {
        Shape::Point { coordinates: [x, y] } => Geometry::Point(Point::new(x, y)),
        Shape::LineString { coordinates } => Geometry::LineString(line(coordinates)),
        Shape::Polygon { coordinates } => Geometry::Polygon(polygon(coordinates)),
        Shape::MultiPolygon { coordinates } => {
            Geometry::MultiPolygon(MultiPolygon(coordinates.into_iter().map(polygon).collect()))
        }
    })
}

fn line(corners: Vec<[f64; 2]>) -> LineString<f64> {
    corners.into_iter().map(|[x, y]| Coord { x, y }).collect()
}

fn polygon(rings: Vec<Vec<[f64; 2]>>) -> Polygon<f64> {
    let mut rings = rings.into_iter().map(line);
    let exterior = rings.next().unwrap_or_else(|| LineString::new(Vec::new()));
    Polygon::new(exterior, rings.collect())
}

#[derive(Deserialize)]
struct Shaped {
    geometry: Option<Shape>,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Shape {
    Point { coordinates: [f64; 2] },
    LineString { coordinates: Vec<[f64; 2]> },
    Polygon { coordinates: Vec<Vec<[f64; 2]>> },
    MultiPolygon { coordinates: Vec<Vec<Vec<[f64; 2]>>> },
}

#[derive(Deserialize)]
struct About {
    id: Option<String>,
    geometry: Option<Bounded>,
    #[serde(default)]
    properties: Unit,
}

#[derive(Deserialize, Default)]
struct Unit {
    unit: Option<String>,
}

#[derive(Deserialize)]
struct Bounded {
    coordinates: Bounds,
}

/// The box of coordinates nested to any depth, without keeping them.
struct Bounds(Option<[f64; 4]>);

/// A number, or the box of a list.
enum Nested {
    Number(f64),
    Bounds(Option<[f64; 4]>),
}

impl<'de> Deserialize<'de> for Bounds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NestedVisitor).map(|nested| match nested {
            Nested::Bounds(bounds) => Self(bounds),
            Nested::Number(_) => Self(None),
        })
    }
}

impl<'de> Deserialize<'de> for Nested {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NestedVisitor)
    }
}

struct NestedVisitor;

impl<'de> Visitor<'de> for NestedVisitor {
    type Value = Nested;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("numbers, or lists of them")
    }

    fn visit_f64<E>(self, value: f64) -> Result<Nested, E> {
        Ok(Nested::Number(value))
    }

    #[expect(clippy::cast_precision_loss, reason = "degrees are small numbers")]
    fn visit_i64<E>(self, value: i64) -> Result<Nested, E> {
        Ok(Nested::Number(value as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "degrees are small numbers")]
    fn visit_u64<E>(self, value: u64) -> Result<Nested, E> {
        Ok(Nested::Number(value as f64))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Nested, A::Error> {
        let (mut position, mut numbers, mut bounds) = ([0.0; 2], 0, None);
        while let Some(nested) = list.next_element()? {
            match nested {
                Nested::Number(number) => {
                    if let Some(place) = position.get_mut(numbers) {
                        *place = number;
                    }
                    numbers += 1;
                }
                Nested::Bounds(part) => bounds = united(bounds, part),
            }
        }
        let [x, y] = position;
        Ok(Nested::Bounds(if numbers >= 2 { united(bounds, Some([x, y, x, y])) } else { bounds }))
    }
}

fn united(a: Option<[f64; 4]>, b: Option<[f64; 4]>) -> Option<[f64; 4]> {
    match (a, b) {
        (Some(a), Some(b)) => Some([a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]),
        (a, b) => a.or(b),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn file(lines: &str) -> (tempfile::NamedTempFile, Result<FeatureFile, ReleaseError>) {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        write!(file, "{{\"type\":\"FeatureCollection\",\"features\":[\n{lines}\n]}}\n").unwrap();
        let opened = FeatureFile::open(file.path().to_owned());
        (file, opened)
    }

    #[test]
    fn features_are_found_by_id_with_their_bounds_and_read_whole() {
        let (_kept, features) = file(
            r#"{"geometry":{"coordinates":[[[[0,0],[9,-1],[9.5,9],[0,0]]],[[[20,1],[21,1],[21,2],[20,1]]]],"type":"MultiPolygon"},"id":"b","properties":{},"type":"Feature"},
{"geometry":null,"id":"a","properties":{"name":"ü"},"type":"Feature"},
{"geometry":{"coordinates":[[1,2],[3,4]],"type":"LineString"},"properties":{"unit":"c0"},"type":"Feature"}"#,
        );
        let features = features.unwrap();
        let found: Vec<_> = features.places().iter().map(|place| (&*place.id, place.bounds)).collect();
        assert_eq!(
            found,
            [("a", None), ("b", Some([0.0, -1.0, 21.0, 9.0])), ("c0", Some([1.0, 2.0, 3.0, 4.0]))],
            "sorted by id"
        );
        let mut reader = features.reader().unwrap();
        let texts: Vec<serde_json::Value> =
            features.places().iter().map(|place| serde_json::from_str(&reader.text(place).unwrap()).unwrap()).collect();
        assert_eq!((&texts[0]["properties"]["name"], &texts[2]["id"]), (&"ü".into(), &"c0".into()));
        let shape = feature_geometry(&texts[1].to_string()).unwrap();
        assert!(matches!(shape, Geometry::MultiPolygon(parts) if parts.0.len() == 2));
        assert_eq!(feature_geometry(&texts[0].to_string()), None);
    }

    #[test]
    fn an_empty_collection_has_no_features_and_one_without_ids_is_refused() {
        let (_kept, empty) = file("");
        assert!(empty.unwrap().places().is_empty());
        let (_kept, nameless) = file(r#"{"geometry":null,"properties":{},"type":"Feature"}"#);
        assert!(nameless.is_err());
    }
}
