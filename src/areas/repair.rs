//! Rings as a file has them to a valid outline.

use geo::{BooleanOps as _, Coord, GeodesicArea as _, LineString, MultiPolygon, Polygon, unary_union};

use super::ring::{canonical, clean, unwrap_longitudes};
use super::valid::is_valid;

/// Rings of one polygon, the outer one first.
pub(super) type Rings = Vec<Vec<Coord<f64>>>;

/// A valid outline, and what it took.
#[derive(Debug)]
pub(super) struct Repaired {
    pub(super) outline: MultiPolygon<f64>,
    /// It was invalid.
    pub(super) was_invalid: bool,
    /// Its longitudes were made continuous.
    pub(super) crosses_antimeridian: bool,
}

/// How often a repair is tried on its own result: where many parts touch in one point, the first leaves something.
const ROUNDS: usize = 4;

/// The ground that the rings of polygons enclose; `None` when they enclose none.
///
/// Of the rings of one polygon, ground enclosed an odd number of times belongs to it: the rule of `ST_MakeValid` and
/// shapely's `make_valid`, which takes a ring that crosses itself, a hole that reaches outside and a second outer ring
/// written as a hole for what they look like. Parts are joined. Turning rings around and dropping a corner that repeats the
/// one before change no ground and are not counted as repairs.
pub(super) fn repair(polygons: Vec<Rings>) -> Option<Repaired> {
    let (mut was_invalid, mut crosses_antimeridian) = (false, false);
    let mut parts = Vec::new();
    for rings in polygons {
        let mut whole: Vec<LineString<f64>> = Vec::with_capacity(rings.len());
        for ring in rings {
            match clean(ring) {
                Some(cleaned) => {
                    was_invalid |= cleaned.was_open;
                    whole.push(cleaned.ring);
                }
                None => was_invalid = true,
            }
        }
        crosses_antimeridian |= unwrap_longitudes(&mut whole);
        if whole.is_empty() {
            continue;
        }
        let mut rings = whole.into_iter();
        let outer = rings.next().unwrap_or_else(|| LineString(Vec::new()));
        parts.push(Polygon::new(outer, rings.collect()));
    }
    let mut outline = MultiPolygon(parts);
    for _ in 0..ROUNDS {
        if is_valid(&outline) {
            break;
        }
        was_invalid = true;
        let parts: Vec<MultiPolygon<f64>> = outline.iter().map(even_odd).collect();
        outline = join(&parts);
    }
    outline.0.retain(|part| part.geodesic_area_signed() != 0.0);
    (!outline.0.is_empty()).then(|| Repaired { outline: canonical(&outline), was_invalid, crosses_antimeridian })
}

/// Valid outlines as one: side by side when they do not touch, else their union.
pub(super) fn join(outlines: &[MultiPolygon<f64>]) -> MultiPolygon<f64> {
    let all = MultiPolygon(outlines.iter().flat_map(|outline| outline.0.iter().cloned()).collect());
    if is_valid(&all) { canonical(&all) } else { canonical(&unary_union(&canonical(&all))) }
}

fn even_odd(part: &Polygon<f64>) -> MultiPolygon<f64> {
    let alone = MultiPolygon(vec![part.clone()]);
    if is_valid(&alone) { alone } else { part.union(&MultiPolygon::<f64>(Vec::new())) }
}

#[cfg(test)]
mod tests {
    use geo::{Area as _, wkt};
    use proptest::prelude::*;

    use super::*;

    fn rings(polygon: &Polygon<f64>) -> Rings {
        std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(|ring| ring.0.clone()).collect()
    }

    fn repaired(polygons: &MultiPolygon<f64>) -> Repaired {
        repair(polygons.iter().map(rings).collect()).unwrap()
    }

    fn corners(points: &[(f64, f64)]) -> Vec<Coord<f64>> {
        points.iter().map(|&(x, y)| Coord { x, y }).collect()
    }

    #[test]
    fn a_valid_outline_keeps_every_corner() {
        let square = wkt!(MULTIPOLYGON(((0.1 0.2,0.1 4.3,4.7 4.3,4.7 0.2,0.1 0.2),(1. 1.,1. 2.,2. 2.,1. 1.))));
        let repaired = repaired(&square);
        assert!(!repaired.was_invalid && !repaired.crosses_antimeridian);
        assert_eq!(repaired.outline, canonical(&square));
    }

    #[test]
    fn an_open_ring_is_closed_and_counted() {
        let open = vec![corners(&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)])];
        let repaired = repair(vec![open]).unwrap();
        assert!(repaired.was_invalid);
        assert!((repaired.outline.unsigned_area() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_bow_tie_becomes_two_triangles_and_a_hole_outside_becomes_a_part() {
        let bow_tie = repaired(&wkt!(MULTIPOLYGON(((0. 0.,0. 10.,10. 0.,10. 10.,0. 0.)))));
        assert_eq!((bow_tie.outline.0.len(), bow_tie.was_invalid), (2, true));
        assert!((bow_tie.outline.unsigned_area() - 50.0).abs() < 1e-6);
        let outside = repaired(&wkt!(MULTIPOLYGON(((0. 0.,4. 0.,4. 4.,0. 4.,0. 0.),(5. 5.,5. 6.,6. 6.,6. 5.,5. 5.)))));
        assert_eq!(outside.outline.0.len(), 2);
        assert!((outside.outline.unsigned_area() - 17.0).abs() < 1e-6);
    }

    #[test]
    fn overlapping_parts_are_joined_and_ground_counts_once() {
        let parts = wkt!(MULTIPOLYGON(((0. 0.,4. 0.,4. 4.,0. 4.,0. 0.)),((2. 0.,6. 0.,6. 4.,2. 4.,2. 0.)),((0. 0.,4. 0.,4. 4.,0. 4.,0. 0.))));
        let repaired = repaired(&parts);
        assert_eq!((repaired.outline.0.len(), repaired.was_invalid), (1, true));
        assert!((repaired.outline.unsigned_area() - 24.0).abs() < 1e-6);
    }

    #[test]
    fn what_encloses_nothing_is_nothing() {
        assert!(repair(vec![vec![corners(&[(0.0, 0.0), (1.0, 1.0)])]]).is_none());
        assert!(repair(vec![vec![corners(&[(0.0, 0.0), (1.0, 1.0), (2.0, 2.0), (0.0, 0.0)])]]).is_none());
        assert!(repair(Vec::new()).is_none());
    }

    proptest! {
        #[test]
        fn whatever_the_rings_of_a_polygon_its_outline_is_valid_and_repairing_it_again_changes_nothing(
            polygons in prop::collection::vec(
                prop::collection::vec(prop::collection::vec((0..9_i32, 0..9_i32), 0..9), 1..3), 0..2),
        ) {
            let polygons: Vec<Rings> = polygons
                .into_iter()
                .map(|rings| {
                    let ring = |ring: Vec<(i32, i32)>| ring.into_iter().map(|(x, y)| Coord { x: f64::from(x), y: f64::from(y) });
                    rings.into_iter().map(|corners| ring(corners).collect()).collect()
                })
                .collect();
            if let Some(first) = repair(polygons) {
                prop_assert!(is_valid(&first.outline), "{:?}", first.outline);
                let again = repair(first.outline.iter().map(rings).collect()).unwrap();
                prop_assert!(!again.was_invalid);
                prop_assert_eq!(again.outline, first.outline);
            }
        }
    }
}
