//! Lengths of streets, areas of cells, and how a street is divided between cells.

use std::collections::BTreeMap;

use geo::{Distance as _, Geodesic, Point};
use h3o::{CellIndex, LatLng, Resolution};

use crate::model::UnitShape;

/// Streets are cut into pieces up to this long, metres: a tenth of the width of the finest published cell.
const PIECE_M: f64 = 5.0;

/// Length of a street in decimetres, along geodesics of the WGS 84 ellipsoid (Karney 2013). Points are longitude and
/// latitude in millionths of a degree.
#[must_use]
pub fn segment_dm(points: &[[i32; 2]]) -> u64 {
    decimetres(legs(points).map(|leg| leg.metres).sum())
}

/// Size of a unit: decimetres of a street, square metres of a cell.
#[must_use]
pub fn measure(shape: &UnitShape) -> u64 {
    match shape {
        UnitShape::Segment(points) => segment_dm(points),
        UnitShape::Cell(cell) => area_m2(*cell),
    }
}

/// How much of a unit lies in which cell of resolution 10, by cell; the parts add up to [`measure`] exactly.
///
/// A street is cut into pieces of at most 5 m. A piece belongs to the cell of its middle, by way of resolution 13 as
/// cameras do, so that the two agree about which cell a place is in.
#[must_use]
pub fn cells_of(shape: &UnitShape) -> Vec<(CellIndex, u64)> {
    let mut parts: BTreeMap<CellIndex, u64> = BTreeMap::new();
    match shape {
        UnitShape::Cell(cell) => {
            parts.insert(published(*cell), area_m2(*cell));
        }
        UnitShape::Segment(points) => {
            let mut before_m = 0.0;
            let mut before_dm = 0;
            for leg in legs(points) {
                let pieces = (leg.metres / PIECE_M).ceil().max(1.0);
                let mut piece = 0.0;
                while piece < pieces {
                    // Rounding the running total, and not each piece, lets the pieces add up to the whole.
                    let until_dm = decimetres(before_m + leg.metres * ((piece + 1.0) / pieces));
                    let cell = leg.at((piece + 0.5) / pieces).to_cell(Resolution::Thirteen);
                    *parts.entry(published(cell)).or_default() += until_dm - before_dm;
                    before_dm = until_dm;
                    piece += 1.0;
                }
                before_m += leg.metres;
            }
        }
    }
    parts.into_iter().collect()
}

/// A straight part of a street.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leg {
    /// Longitude and latitude where it begins, degrees.
    from: [f64; 2],
    /// Where it ends; beyond +-180 when that is the short way.
    to: [f64; 2],
    /// Its length.
    pub(super) metres: f64,
}

impl Leg {
    /// The place at a share of the way, 0 to 1.
    pub(super) fn at(&self, share: f64) -> LatLng {
        let [longitude, latitude] = [0, 1].map(|axis| self.from[axis] + (self.to[axis] - self.from[axis]) * share);
        let longitude = if longitude > 180.0 { longitude - 360.0 } else { longitude };
        // Between two latitudes in range: always a place.
        LatLng::new(latitude, longitude).unwrap_or_default()
    }
}

/// The straight parts of a street.
pub(super) fn legs(points: &[[i32; 2]]) -> impl Iterator<Item = Leg> {
    let degrees = |point: [i32; 2]| point.map(|millionths| f64::from(millionths) / 1e6);
    points.windows(2).map(move |pair| {
        let [mut from, mut to] = [degrees(pair[0]), degrees(pair[1])];
        if to[0] - from[0] > 180.0 {
            from[0] += 360.0;
        } else if from[0] - to[0] > 180.0 {
            to[0] += 360.0;
        }
        let metres = Geodesic.distance(Point::from(degrees(pair[0])), Point::from(degrees(pair[1])));
        Leg { from, to, metres }
    })
}

fn published(cell: CellIndex) -> CellIndex {
    cell.parent(Resolution::Ten).unwrap_or(cell)
}

fn area_m2(cell: CellIndex) -> u64 {
    whole(cell.area_m2())
}

fn decimetres(metres: f64) -> u64 {
    whole(metres * 10.0)
}

fn whole(number: f64) -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a length or area on the earth")]
    let whole = number.round() as u64;
    whole
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Streets anywhere, some across the antimeridian, with legs up to some hundred metres.
    fn street() -> impl Strategy<Value = Vec<[i32; 2]>> {
        let start = prop_oneof![
            [-180_000_000..=180_000_000, -89_000_000..=89_000_000],
            [179_990_000..=180_000_000, -60_000_000..=60_000_000]
        ];
        (start, prop::collection::vec([-3_000..3_000, -3_000..3_000], 1..30)).prop_filter_map(
            "a street needs two places",
            |(start, steps)| {
                let mut points = vec![start];
                let mut last = start;
                for step in steps {
                    last = [wrapped(last[0] + step[0]), last[1] + step[1]];
                    points.push(last);
                }
                match UnitShape::segment(points)? {
                    UnitShape::Segment(points) => Some(points),
                    UnitShape::Cell(_) => None,
                }
            },
        )
    }

    fn wrapped(longitude: i32) -> i32 {
        if longitude > 180_000_000 { longitude - 360_000_000 } else { longitude }
    }

    proptest! {
        #[test]
        fn what_the_cells_get_adds_up_to_the_street(points in street()) {
            let shape = UnitShape::Segment(points);
            let parts = cells_of(&shape);
            prop_assert_eq!(parts.iter().map(|(_, dm)| dm).sum::<u64>(), measure(&shape));
            prop_assert!(parts.is_sorted_by(|a, b| a.0 < b.0));
            prop_assert!(parts.iter().all(|(cell, _)| cell.resolution() == Resolution::Ten));
        }

        #[test]
        fn a_street_is_as_long_in_either_direction(points in street()) {
            let reversed: Vec<_> = points.iter().rev().copied().collect();
            prop_assert_eq!(segment_dm(&points), segment_dm(&reversed));
        }
    }

    #[test]
    fn a_minute_of_latitude_has_the_length_of_the_ellipsoid() {
        // WGS 84 meridian arc of one minute: 1842.905 m from the equator, 1852.24 m from 45 degrees north.
        assert_eq!(segment_dm(&[[0, 0], [0, 16_667]]), 18_429);
        assert!(segment_dm(&[[0, 45_000_000], [0, 45_016_667]]).abs_diff(18_522) <= 1);
    }

    #[test]
    fn a_street_across_the_antimeridian_is_short() {
        let points = [[179_999_500, 0], [-179_999_500, 0]];
        assert_eq!(segment_dm(&points), 1_113);
        for (cell, dm) in cells_of(&UnitShape::Segment(points.to_vec())) {
            assert!(LatLng::from(cell).lng().abs() > 179.9 && dm <= 1_113);
        }
    }

    #[test]
    fn a_street_within_one_cell_is_wholly_its() {
        let centre = LatLng::new(52.41, 13.4).unwrap().to_cell(Resolution::Ten);
        let place = LatLng::from(centre);
        #[expect(clippy::cast_possible_truncation, reason = "degrees")]
        let [longitude, latitude] = [place.lng(), place.lat()].map(|degrees| (degrees * 1e6) as i32);
        let street = UnitShape::segment(vec![[longitude, latitude], [longitude + 100, latitude + 100]]).unwrap();
        assert_eq!(cells_of(&street), [(centre, measure(&street))]);
    }

    #[test]
    fn a_cell_lies_in_its_parent() {
        let cell = LatLng::new(52.41, 13.4).unwrap().to_cell(Resolution::Eleven);
        let shape = UnitShape::Cell(cell);
        assert_eq!(cells_of(&shape), [(cell.parent(Resolution::Ten).unwrap(), measure(&shape))]);
        assert!((1_500..3_000).contains(&measure(&shape)), "{}", measure(&shape));
    }
}
