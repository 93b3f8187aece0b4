//! The shape of a feature, made once for all formats.

use std::io::{self, Write as _};

use geo::{LineString, MultiPolygon};
use h3o::CellIndex;

use super::value::round;
use crate::density::boundary_degrees;
use crate::model::{AuditUnit, UnitShape};

/// A corner: longitude and latitude, degrees WGS 84.
pub(super) type Corner = [f64; 2];

/// A closed ring: the last corner is the first.
pub(super) type Ring = Vec<Corner>;

/// The outline of a cell or an area, or the course of a street. Coordinates are rounded already.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    Line(Vec<Corner>),
    Polygon(Vec<Ring>),
    MultiPolygon(Vec<Vec<Ring>>),
}

/// Decimals of the corners of cells and streets: about 0.1 m, finer than any published cell.
const MICRO: u8 = 6;

/// Decimals of the corners of areas, about a centimetre.
const AREA: u8 = 7;

impl Shape {
    /// The outline of a cell, counterclockwise. One on the antimeridian is cut there (RFC 7946, 3.1.9).
    pub(super) fn of_cell(cell: CellIndex) -> Self {
        let corners = boundary_degrees(cell).into_iter();
        let mut ring: Ring = corners.map(|(lng, lat)| [round(lng, MICRO), round(lat, MICRO)]).collect();
        ring.extend(ring.first().copied());
        if ring.iter().any(|corner| corner[0].abs() > 180.0) {
            Self::MultiPolygon(halves(&ring))
        } else {
            Self::Polygon(vec![ring])
        }
    }

    /// The outline of an area. One across the antimeridian keeps its continuous longitudes.
    pub(super) fn of_area(outline: &MultiPolygon<f64>) -> Self {
        let ring = |ring: &LineString<f64>| -> Ring {
            ring.coords().map(|corner| [round(corner.x, AREA), round(corner.y, AREA)]).collect()
        };
        let polygons = outline.iter().map(|polygon| {
            let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
            rings.map(ring).collect()
        });
        Self::MultiPolygon(polygons.collect())
    }

    /// A street, or the outline of a cell that was to be walked.
    pub(super) fn of_unit(unit: &AuditUnit) -> Self {
        match &unit.shape {
            UnitShape::Segment(points) => {
                Self::Line(points.iter().map(|[lng, lat]| [f64::from(*lng) / 1e6, f64::from(*lat) / 1e6]).collect())
            }
            UnitShape::Cell(cell) => Self::of_cell(*cell),
        }
    }

    /// Name of its type in GeoJSON and GeoParquet.
    pub(super) const fn type_name(&self) -> &'static str {
        match self {
            Self::Line(_) => "LineString",
            Self::Polygon(_) => "Polygon",
            Self::MultiPolygon(_) => "MultiPolygon",
        }
    }

    /// Every corner.
    pub(super) fn corners(&self) -> impl Iterator<Item = Corner> + '_ {
        let (line, polygons): (&[Corner], Vec<&[Ring]>) = match self {
            Self::Line(corners) => (corners, Vec::new()),
            Self::Polygon(rings) => (&[], vec![rings]),
            Self::MultiPolygon(polygons) => (&[], polygons.iter().map(Vec::as_slice).collect()),
        };
        line.iter().chain(polygons.into_iter().flatten().flatten()).copied()
    }

    /// Writes it as GeoJSON.
    pub(super) fn json(&self, out: &mut Vec<u8>) -> io::Result<()> {
        write!(out, "{{\"type\":\"{}\",\"coordinates\":", self.type_name())?;
        match self {
            Self::Line(corners) => serde_json::to_writer(&mut *out, corners)?,
            Self::Polygon(rings) => serde_json::to_writer(&mut *out, rings)?,
            Self::MultiPolygon(polygons) => serde_json::to_writer(&mut *out, polygons)?,
        }
        out.write_all(b"}")
    }
}

/// The parts of a closed ring west and east of the meridian it crosses, each brought back into -180 to 180.
fn halves(ring: &[Corner]) -> Vec<Vec<Ring>> {
    let meridian = if ring.iter().any(|corner| corner[0] > 180.0) { 180.0 } else { -180.0 };
    [1.0, -1.0]
        .into_iter()
        .map(|side: f64| {
            let inside = |corner: &Corner| (corner[0] - meridian) * side <= 0.0;
            let mut part = Vec::new();
            for pair in ring.windows(2) {
                let [from, to] = [pair[0], pair[1]];
                if inside(&from) {
                    part.push(from);
                }
                if inside(&from) != inside(&to) {
                    let at = (meridian - from[0]) / (to[0] - from[0]);
                    part.push([meridian, round(from[1] + at * (to[1] - from[1]), MICRO)]);
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
            vec![part.into_iter().map(|c| [round(c[0] + shift, MICRO), c[1]]).collect::<Ring>()]
        })
        .filter(|rings| rings[0].len() > 3)
        .collect()
}
