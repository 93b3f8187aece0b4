//! `cells-r3.geojson` to `cells-r10.geojson`: the same counts with the outline of each cell (RFC 7946).

use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap as _, Serializer};

use super::cells_csv::has_home;
use crate::density::{CellRow, boundary_degrees, marginals};
use crate::model::Linked;

/// Writes rows as one `FeatureCollection`, one feature a line. `about` becomes foreign members of the collection: whose
/// numbers these are and under which licence.
///
/// # Errors
/// When the writer fails.
pub fn write_features<'a>(
    rows: impl Iterator<Item = &'a CellRow>,
    about: &[(&str, &str)],
    out: &mut dyn Write,
) -> io::Result<()> {
    out.write_all(b"{\"type\":\"FeatureCollection\"")?;
    for (name, value) in about {
        write!(out, ",{}:{}", serde_json::to_string(name)?, serde_json::to_string(value)?)?;
    }
    out.write_all(b",\"features\":[")?;
    for (number, row) in rows.enumerate() {
        out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &Feature(row))?;
    }
    out.write_all(b"\n]}\n")
}

struct Feature<'a>(&'a CellRow);
struct Outline<'a>(&'a CellRow);
struct Properties<'a>(&'a CellRow);

impl Serialize for Feature<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("type", "Feature")?;
        map.serialize_entry("id", &self.0.cell.to_string())?;
        map.serialize_entry("geometry", &Outline(self.0))?;
        map.serialize_entry("properties", &Properties(self.0))?;
        map.end()
    }
}

impl Serialize for Outline<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        let mut ring: Vec<[f64; 2]> =
            boundary_degrees(self.0.cell).into_iter().map(|(x, y)| [micro(x), micro(y)]).collect();
        ring.extend(ring.first().copied());
        // RFC 7946, 3.1.9: a polygon on the antimeridian is cut there.
        let crosses = ring.iter().any(|corner| corner[0].abs() > 180.0);
        if crosses {
            map.serialize_entry("type", "MultiPolygon")?;
            map.serialize_entry("coordinates", &halves(&ring))?;
        } else {
            map.serialize_entry("type", "Polygon")?;
            map.serialize_entry("coordinates", &[ring])?;
        }
        map.end()
    }
}

/// The parts of a closed ring west and east of the meridian it crosses, each brought back into -180 to 180.
fn halves(ring: &[[f64; 2]]) -> Vec<[Vec<[f64; 2]>; 1]> {
    let meridian = if ring.iter().any(|corner| corner[0] > 180.0) { 180.0 } else { -180.0 };
    [1.0, -1.0]
        .into_iter()
        .map(|side: f64| {
            let inside = |corner: &[f64; 2]| (corner[0] - meridian) * side <= 0.0;
            let mut part = Vec::new();
            for pair in ring.windows(2) {
                let [from, to] = [pair[0], pair[1]];
                if inside(&from) {
                    part.push(from);
                }
                if inside(&from) != inside(&to) {
                    let at = (meridian - from[0]) / (to[0] - from[0]);
                    part.push([meridian, micro(from[1] + at * (to[1] - from[1]))]);
                }
            }
            part.extend(part.first().copied());
            let shift = if part.iter().any(|c| c[0] > 180.0) {
                -360.0
            } else if part.iter().any(|c| c[0] < -180.0)
                || (meridian > 0.0) != (side > 0.0) && part.iter().all(|c| c[0].abs() >= 180.0)
            {
                360.0
            } else {
                0.0
            };
            [part.into_iter().map(|c| [micro(c[0] + shift), c[1]]).collect()]
        })
        .filter(|[part]: &[Vec<[f64; 2]>; 1]| part.len() > 3)
        .collect()
}

impl Serialize for Properties<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let row = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("cell", &row.cell.to_string())?;
        // Where nobody looked the number is unknown, not zero.
        let known = |count: u32| row.has_counts().then_some(count);
        let counts = &row.counts;
        map.serialize_entry("sightings", &known(counts.sightings))?;
        map.serialize_entry("cameras", &known(counts.cameras))?;
        map.serialize_entry("heads", &known(counts.heads))?;
        for (name, count) in marginals(counts) {
            map.serialize_entry(name, &known(count))?;
        }
        for linked in Linked::ALL {
            let name = ["linked_unknown", "linked_yes", "linked_no"][usize::from(linked.code())];
            map.serialize_entry(name, &known(counts.linked[usize::from(linked.code())]))?;
        }
        map.serialize_entry("surveyed_share", &row.surveyed.share().map(|share| (share * 1e4).round() / 1e4))?;
        map.serialize_entry("km2", &micro(row.km2()))?;
        if has_home(row.cell.resolution()) {
            map.serialize_entry("home_rounded", &row.counts.home_rounded)?;
        }
        map.end()
    }
}

/// Six decimals: about 0.1 m, finer than any published cell.
fn micro(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use geojson::{GeoJson, GeometryValue};
    use h3o::{LatLng, Resolution};

    use super::*;

    fn collection(lat: f64, lng: f64) -> geojson::FeatureCollection {
        let row = CellRow::empty(LatLng::new(lat, lng).unwrap().to_cell(Resolution::Five));
        let mut bytes = Vec::new();
        write_features([row].iter(), &[("release", "2026-W47-00000000")], &mut bytes).unwrap();
        match String::from_utf8(bytes).unwrap().parse::<GeoJson>().unwrap() {
            GeoJson::FeatureCollection(collection) => collection,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_cell_is_a_closed_counterclockwise_polygon() {
        let collection = collection(52.5, 13.4);
        assert_eq!(collection.foreign_members.unwrap()["release"], "2026-W47-00000000");
        let GeometryValue::Polygon { coordinates } = &collection.features[0].geometry.as_ref().unwrap().value else {
            panic!()
        };
        let ring = &coordinates[0];
        assert_eq!(ring.first(), ring.last());
        let area: f64 = ring.windows(2).map(|p| p[0][0] * p[1][1] - p[1][0] * p[0][1]).sum();
        assert!(area > 0.0);
    }

    #[test]
    fn a_cell_on_the_antimeridian_is_cut_in_two_within_range() {
        let collection = collection(-16.5, 180.0);
        let GeometryValue::MultiPolygon { coordinates } = &collection.features[0].geometry.as_ref().unwrap().value
        else {
            panic!()
        };
        assert_eq!(coordinates.len(), 2);
        let sides: Vec<bool> = coordinates
            .iter()
            .map(|polygon| {
                assert!(polygon[0].iter().all(|c| c[0].abs() <= 180.0) && polygon[0].first() == polygon[0].last());
                polygon[0].iter().any(|c| c[0] > 0.0)
            })
            .collect();
        assert!(sides[0] != sides[1], "{coordinates:?}");
    }
}
