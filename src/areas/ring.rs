//! One ring as a file has it: closed, without repeated corners, in one piece across the antimeridian, begun at the same
//! corner however it was written.

use geo::{Coord, LineString, MultiPolygon, Orient as _, Polygon, orient::Direction};

/// A ring that can enclose ground, and what had to be done to it.
pub(super) struct Cleaned {
    pub(super) ring: LineString<f64>,
    /// The last corner was not the first again.
    pub(super) was_open: bool,
}

/// Drops corners that repeat the one before and closes the ring; `None` when fewer than three corners are left.
pub(super) fn clean(mut corners: Vec<Coord<f64>>) -> Option<Cleaned> {
    corners.dedup();
    let was_open = corners.first() != corners.last() || corners.len() == 1;
    if was_open {
        corners.extend(corners.first().copied());
    }
    // A triangle and its first corner again.
    (corners.len() >= 4).then_some(Cleaned { ring: LineString(corners), was_open })
}

/// Makes the longitudes of a polygon continuous where an edge spans more than half the earth, which only an edge across the
/// antimeridian does in a boundary file. A ring around a pole, which does not come back to where it began, is left as it is.
/// Says whether anything changed.
pub(super) fn unwrap_longitudes(rings: &mut [LineString<f64>]) -> bool {
    let mut changed = false;
    for ring in rings.iter_mut() {
        changed |= unwrap_ring(ring);
    }
    if changed {
        let centre = rings.first().map_or(0.0, middle);
        // The copy of the world whose middle lies above -180 and up to 180 degrees.
        let home = 360.0 * (((centre + 180.0) / 360.0).ceil() - 1.0);
        for ring in rings.iter_mut() {
            // A hole lies where the outer ring is; which of the copies of the world that is must agree.
            let shift = 360.0 * ((centre - middle(ring)) / 360.0).round() - home;
            if shift != 0.0 {
                ring.coords_mut().for_each(|corner| corner.x += shift);
            }
        }
    }
    changed
}

fn unwrap_ring(ring: &mut LineString<f64>) -> bool {
    let mut turns = 0.0;
    let mut corners = Vec::with_capacity(ring.0.len());
    let mut before: Option<f64> = None;
    for corner in &ring.0 {
        if let Some(before) = before {
            if corner.x - before > 180.0 {
                turns -= 360.0;
            } else if before - corner.x > 180.0 {
                turns += 360.0;
            }
        }
        before = Some(corner.x);
        corners.push(Coord { x: corner.x + turns, y: corner.y });
    }
    let comes_back = turns == 0.0;
    let moved = comes_back && corners != ring.0;
    if moved {
        ring.0 = corners;
    }
    moved
}

/// Middle of the longitudes of a ring.
fn middle(ring: &LineString<f64>) -> f64 {
    let (west, east) =
        ring.coords().fold((f64::INFINITY, f64::NEG_INFINITY), |(west, east), c| (west.min(c.x), east.max(c.x)));
    f64::midpoint(west, east)
}

/// The same ground written in one way: outer rings counterclockwise and holes clockwise (RFC 7946, section 3.1.6), each ring
/// begun at its westernmost corner, rings and parts in order.
pub(super) fn canonical(outline: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    let parts = outline.orient(Direction::Default).into_iter().map(|part| {
        let (outer, mut holes) = part.into_inner();
        holes.iter_mut().for_each(begin_westernmost);
        holes.sort_by(compare);
        let mut outer = outer;
        begin_westernmost(&mut outer);
        Polygon::new(outer, holes)
    });
    let mut parts: Vec<Polygon<f64>> = parts.collect();
    parts.sort_by(|a, b| compare(a.exterior(), b.exterior()));
    MultiPolygon(parts)
}

fn begin_westernmost(ring: &mut LineString<f64>) {
    ring.0.pop();
    let first = (0..ring.0.len()).min_by(|&a, &b| order(ring.0[a], ring.0[b]));
    ring.0.rotate_left(first.unwrap_or(0));
    ring.close();
}

fn compare(a: &LineString<f64>, b: &LineString<f64>) -> std::cmp::Ordering {
    let corners = a.0.iter().zip(&b.0).map(|(a, b)| order(*a, *b));
    corners.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then).then(a.0.len().cmp(&b.0.len()))
}

fn order(a: Coord<f64>, b: Coord<f64>) -> std::cmp::Ordering {
    a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y))
}

#[cfg(test)]
mod tests {
    use geo::wkt;

    use super::*;

    fn ring(corners: &[(f64, f64)]) -> LineString<f64> {
        clean(corners.iter().map(|&(x, y)| Coord { x, y }).collect()).unwrap().ring
    }

    #[test]
    fn a_ring_is_closed_and_loses_corners_that_repeat() {
        let corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 0.0), (1.0, 1.0)].map(|(x, y)| Coord { x, y });
        let cleaned = clean(corners.to_vec()).unwrap();
        assert!(cleaned.was_open);
        assert_eq!(cleaned.ring.0.len(), 4);
        assert!(cleaned.ring.is_closed());
        assert!(clean(vec![Coord { x: 0.0, y: 0.0 }, Coord { x: 1.0, y: 0.0 }, Coord { x: 0.0, y: 0.0 }]).is_none());
        assert!(clean(Vec::new()).is_none());
    }

    #[test]
    fn a_polygon_across_the_antimeridian_is_in_one_piece_with_its_hole() {
        let mut rings = [
            ring(&[(178.0, -20.0), (-178.0, -20.0), (-178.0, -16.0), (178.0, -16.0)]),
            ring(&[(-179.5, -19.0), (-179.0, -19.0), (-179.0, -18.0)]),
        ];
        assert!(unwrap_longitudes(&mut rings));
        assert!(rings[0].coords().all(|c| (178.0..=182.0).contains(&c.x)), "{:?}", rings[0]);
        assert!(rings[1].coords().all(|c| (180.5..=181.0).contains(&c.x)), "{:?}", rings[1]);
    }

    #[test]
    fn a_ring_around_the_pole_and_one_far_from_the_antimeridian_stay_as_they_are() {
        let polar =
            ring(&[(-180.0, -90.0), (180.0, -90.0), (180.0, -80.0), (60.0, -70.0), (-60.0, -70.0), (-180.0, -80.0)]);
        let plain = ring(&[(10.0, 0.0), (20.0, 0.0), (20.0, 10.0)]);
        let mut rings = [polar.clone(), plain.clone()];
        assert!(!unwrap_longitudes(&mut rings));
        assert_eq!(rings, [polar, plain]);
    }

    #[test]
    fn one_outline_is_written_in_one_way() {
        let one =
            wkt!(MULTIPOLYGON(((5. 5.,6. 5.,6. 6.,5. 5.)),((0. 0.,4. 0.,4. 4.,0. 4.,0. 0.),(1. 1.,1. 2.,2. 2.,1. 1.))));
        let other =
            wkt!(MULTIPOLYGON(((4. 4.,4. 0.,0. 0.,0. 4.,4. 4.),(2. 2.,1. 2.,1. 1.,2. 2.)),((6. 6.,6. 5.,5. 5.,6. 6.))));
        assert_eq!(canonical(&one), canonical(&other));
        assert_eq!(canonical(&canonical(&one)), canonical(&one));
    }
}
