//! A GeoJSON geometry to the shapes of audit units.

use std::collections::BTreeSet;

use geo::{LineString, Polygon};
use geojson::{GeometryValue, Position};
use h3o::CellIndex;
use h3o::geom::{ContainmentMode, TilerBuilder};

use super::code::Code;
use super::measure::segment_dm;
use crate::model::UnitShape;

/// Longest street that is one unit, decimetres.
const LONGEST_DM: u64 = 5_000 * 10;
/// Points of a street that is one unit.
const MOST_POINTS: usize = 1_000;
/// Cells one feature may be filled with, by the estimate of its bounding box, which is about twice too high.
const MOST_CELLS: usize = 200_000;
/// Corners one feature may have.
const MOST_CORNERS: usize = 100_000;

/// The units a geometry stands for: a street for each line, or the cells whose centres lie inside.
pub(super) fn shapes(geometry: &GeometryValue) -> Result<Vec<UnitShape>, Code> {
    match geometry {
        GeometryValue::LineString { coordinates } => Ok(vec![street(coordinates)?]),
        GeometryValue::MultiLineString { coordinates } if coordinates.is_empty() => Err(Code::NoLength),
        GeometryValue::MultiLineString { coordinates } => coordinates.iter().map(|line| street(line)).collect(),
        GeometryValue::Polygon { coordinates } => ground(std::slice::from_ref(coordinates)),
        GeometryValue::MultiPolygon { coordinates } => ground(coordinates),
        _ => Err(Code::NotAUnit),
    }
}

/// Longitude and latitude in range, degrees. What follows them, such as an elevation, is left out.
fn place(position: &Position) -> Result<[f64; 2], Code> {
    let &[longitude, latitude, ..] = position.as_slice() else { return Err(Code::BadGeometry) };
    if !(-180.0..=180.0).contains(&longitude) || !(-90.0..=90.0).contains(&latitude) {
        return Err(Code::OutOfRange);
    }
    Ok([longitude, latitude])
}

fn street(line: &[Position]) -> Result<UnitShape, Code> {
    if line.len() > MOST_POINTS {
        return Err(Code::TooManyPoints);
    }
    let points = line.iter().map(|position| Ok(place(position)?.map(millionths))).collect::<Result<Vec<_>, Code>>()?;
    let shape = UnitShape::segment(points).ok_or(Code::NoLength)?;
    match &shape {
        UnitShape::Segment(points) if segment_dm(points) > LONGEST_DM => Err(Code::TooLong),
        _ => Ok(shape),
    }
}

fn millionths(degrees: f64) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "at most 180 million")]
    let millionths = (degrees * 1e6).round() as i32;
    millionths
}

/// A polygon as GeoJSON has it: the outer ring, then holes.
type Rings = Vec<Vec<Position>>;

/// The cells whose centres lie inside: ground divided between polygons is divided between their cells.
fn ground(polygons: &[Rings]) -> Result<Vec<UnitShape>, Code> {
    let corners: usize = polygons.iter().flatten().map(Vec::len).sum();
    if corners > MOST_CORNERS {
        return Err(Code::TooLarge);
    }
    let mut tiler =
        TilerBuilder::new(UnitShape::CELL_RESOLUTION).containment_mode(ContainmentMode::ContainsCentroid).build();
    for rings in polygons {
        tiler.add(polygon(rings)?).map_err(|_why| Code::BadRing)?;
    }
    if tiler.coverage_size_hint() > MOST_CELLS {
        return Err(Code::TooLarge);
    }
    let cells: BTreeSet<CellIndex> = tiler.into_coverage().collect();
    if cells.is_empty() {
        return Err(Code::NoCell);
    }
    Ok(cells.into_iter().map(UnitShape::Cell).collect())
}

fn polygon(rings: &Rings) -> Result<Polygon, Code> {
    let mut rings = rings.iter().map(|ring| {
        let points = ring.iter().map(place).collect::<Result<Vec<_>, Code>>()?;
        if points.len() < 4 || points.first() != points.last() {
            return Err(Code::BadRing);
        }
        Ok(LineString::from_iter(points))
    });
    let outer = rings.next().ok_or(Code::BadRing)??;
    Ok(Polygon::new(outer, rings.collect::<Result<_, Code>>()?))
}
