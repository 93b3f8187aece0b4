//! The audit unit a camera stands at.

use std::collections::HashMap;

use h3o::{CellIndex, LatLng};
use rstar::{AABB, PointDistance, RTree, RTreeObject};

use super::measure::legs;
use crate::model::{AuditUnit, UnitShape};

/// A camera belongs to a street whose axis is at most this far from the centre of its cell, metres: half a wide street,
/// and the error of a phone's position.
const REACH_M: f64 = 30.0;
/// Legs are cut into chords up to this long, metres: they stay within a millimetre of the ground, and boxes small.
const CHORD_M: f64 = 200.0;
/// Mean radius of the earth in metres (IUGG).
const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// A place in space, metres from the centre of the earth: needs no care at the poles or the antimeridian.
type Place = [f64; 3];

/// Finds the unit of a camera.
pub struct UnitFinder {
    streets: RTree<Chord>,
    cells: HashMap<CellIndex, usize>,
}

struct Chord {
    from: Place,
    to: Place,
    unit: usize,
}

impl RTreeObject for Chord {
    type Envelope = AABB<Place>;

    fn envelope(&self) -> AABB<Place> {
        AABB::from_corners(self.from, self.to)
    }
}

impl PointDistance for Chord {
    fn distance_2(&self, place: &Place) -> f64 {
        let along = minus(self.to, self.from);
        let length_2 = dot(along, along);
        let share = if length_2 > 0.0 { dot(minus(*place, self.from), along) / length_2 } else { 0.0 };
        let share = share.clamp(0.0, 1.0);
        let off = minus(*place, [0, 1, 2].map(|axis| self.from[axis] + along[axis] * share));
        dot(off, off)
    }
}

impl UnitFinder {
    /// A finder of these units, by their index. Give it those of one wave, which are streets or cells; of both, a street
    /// within reach is preferred.
    #[must_use]
    pub fn new(units: &[AuditUnit]) -> Self {
        let mut chords = Vec::new();
        let mut cells = HashMap::new();
        for (unit, AuditUnit { shape, .. }) in units.iter().enumerate() {
            match shape {
                UnitShape::Cell(cell) => {
                    cells.entry(*cell).or_insert(unit);
                }
                UnitShape::Segment(points) => {
                    for leg in legs(points) {
                        let count = (leg.metres / CHORD_M).ceil().max(1.0);
                        let mut number = 0.0;
                        while number < count {
                            let [from, to] = [number, number + 1.0].map(|end| place(leg.at(end / count)));
                            chords.push(Chord { from, to, unit });
                            number += 1.0;
                        }
                    }
                }
            }
        }
        Self { streets: RTree::bulk_load(chords), cells }
    }

    /// The unit of a camera in this cell (resolution 13): the street nearest to the cell's centre, up to 30 m away and of
    /// several equally near ones the first, or the unit cell it lies in.
    #[must_use]
    pub fn unit_of(&self, cell: CellIndex) -> Option<usize> {
        let centre = place(LatLng::from(cell));
        let within = self.streets.locate_within_distance(centre, REACH_M * REACH_M);
        // Rounded to millimetres, so that a crossing belongs to the first of its streets and not to a matter of rounding.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 30,000")]
        let near = within.map(|chord| ((chord.distance_2(&centre).sqrt() * 1e3).round() as u32, chord.unit)).min();
        near.map(|(_, unit)| unit).or_else(|| {
            let unit = cell.parent(UnitShape::CELL_RESOLUTION)?;
            self.cells.get(&unit).copied()
        })
    }
}

fn place(at: LatLng) -> Place {
    let (sin_lat, cos_lat) = at.lat_radians().sin_cos();
    let (sin_lng, cos_lng) = at.lng_radians().sin_cos();
    [cos_lat * cos_lng, cos_lat * sin_lng, sin_lat].map(|axis| axis * EARTH_RADIUS_M)
}

fn minus(a: Place, b: Place) -> Place {
    [0, 1, 2].map(|axis| a[axis] - b[axis])
}

fn dot(a: Place, b: Place) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
