//! Whether an outline is valid: what the OGC's simple features ask for, as far as ground depends on it.
//!
//! `geo::Validation` compares every pair of edges, which takes minutes for a shoreline; an R-tree takes milliseconds.

use geo::coordinate_position::CoordPos;
use geo::line_intersection::{LineIntersection, line_intersection};
use geo::{BoundingRect as _, Contains as _, Coord, CoordinatePosition as _, Line, LineString, MultiPolygon, Polygon};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

/// Ring and place in it of an edge.
type Edge = GeomWithData<Rectangle<[f64; 2]>, (usize, usize)>;

/// No ring crosses or touches itself, no two rings cross or share an edge, outer rings lie in the open or in a hole, and
/// holes lie in ground.
pub(super) fn is_valid(outline: &MultiPolygon<f64>) -> bool {
    let rings: Vec<(bool, &LineString<f64>)> = outline
        .iter()
        .flat_map(|part| {
            std::iter::once((false, part.exterior())).chain(part.interiors().iter().map(|hole| (true, hole)))
        })
        .collect();
    !edges_clash(&rings) && is_nested_well(&rings)
}

fn edges_clash(rings: &[(bool, &LineString<f64>)]) -> bool {
    let edge = |ring: usize, at: usize| Line::new(rings[ring].1.0[at], rings[ring].1.0[at + 1]);
    let edges = rings.iter().enumerate().flat_map(|(ring, (_, corners))| {
        corners.lines().enumerate().map(move |(at, line)| {
            GeomWithData::new(
                Rectangle::from_corners([line.start.x, line.start.y], [line.end.x, line.end.y]),
                (ring, at),
            )
        })
    });
    let edges: Vec<Edge> = edges.collect();
    let tree = RTree::bulk_load(edges.clone());
    edges.iter().any(|one| {
        let (ring, at) = one.data;
        let line = edge(ring, at);
        let nearby = AABB::from_corners(one.geom().lower(), one.geom().upper());
        tree.locate_in_envelope_intersecting(&nearby).filter(|other| other.data > one.data).any(|other| {
            let (other_ring, other_at) = other.data;
            let met = line_intersection(line, edge(other_ring, other_at));
            let same = ring == other_ring;
            let follows = same && (other_at == at + 1 || (at == 0 && other_at + 2 == rings[ring].1.0.len()));
            match met {
                None => false,
                Some(LineIntersection::Collinear { .. }) => true,
                // Rings of their own may touch at a corner; neighbouring edges always do.
                Some(LineIntersection::SinglePoint { is_proper, .. }) => is_proper || (same && !follows),
            }
        })
    })
}

/// Counts for each ring the others that it lies in. Called when no two of them cross.
fn is_nested_well(rings: &[(bool, &LineString<f64>)]) -> bool {
    if let [(is_hole, _)] = rings {
        return !is_hole;
    }
    let polygons: Vec<Polygon<f64>> = rings.iter().map(|(_, ring)| Polygon::new((*ring).clone(), Vec::new())).collect();
    let boxes = polygons.iter().enumerate().filter_map(|(number, polygon)| {
        let bounds = polygon.bounding_rect()?;
        let corners = [bounds.min(), bounds.max()].map(|c| [c.x, c.y]);
        Some(GeomWithData::new(Rectangle::from_corners(corners[0], corners[1]), number))
    });
    let tree: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>> = RTree::bulk_load(boxes.collect());
    rings.iter().enumerate().all(|(number, (is_hole, ring))| {
        let Some(&Coord { x, y }) = ring.0.first() else { return false };
        let around = tree.locate_all_at_point(&[x, y]).map(|found| found.data).filter(|other| *other != number);
        let depth = around.filter(|other| lies_in(ring, &polygons[*other])).count();
        depth % 2 == usize::from(*is_hole)
    })
}

/// Whether a ring lies in a polygon whose edges it does not cross; its corners may touch them.
fn lies_in(ring: &LineString<f64>, polygon: &Polygon<f64>) -> bool {
    for corner in ring.coords() {
        match polygon.coordinate_position(corner) {
            CoordPos::Inside => return true,
            CoordPos::Outside => return false,
            CoordPos::OnBoundary => {}
        }
    }
    // Every corner touches: the middle of an edge does not.
    ring.lines().next().is_some_and(|edge| polygon.contains(&geo::Point::from((edge.start + edge.end) / 2.0)))
}

#[cfg(test)]
mod tests {
    use geo::wkt;

    use super::*;

    #[test]
    fn what_encloses_ground_plainly_is_valid() {
        for good in [
            wkt!(MULTIPOLYGON(((0. 0.,4. 0.,4. 4.,0. 4.,0. 0.)))),
            wkt!(MULTIPOLYGON(((0. 0.,4. 0.,4. 4.,0. 4.,0. 0.),(1. 1.,1. 2.,2. 2.,1. 1.)))),
            // A hole that touches the shell at one corner, and an island in a hole.
            wkt!(MULTIPOLYGON(((0. 0.,4. 0.,4. 4.,0. 4.,0. 0.),(0. 2.,2. 1.,3. 2.,2. 3.,0. 2.)))),
            wkt!(MULTIPOLYGON(((0. 0.,9. 0.,9. 9.,0. 9.,0. 0.),(1. 1.,1. 8.,8. 8.,8. 1.,1. 1.)),((3. 3.,4. 3.,4. 4.,3. 3.)))),
            // Two parts that touch at a corner.
            wkt!(MULTIPOLYGON(((0. 0.,1. 0.,1. 1.,0. 0.)),((1. 1.,2. 1.,2. 2.,1. 1.)))),
        ] {
            assert!(is_valid(&good), "{good:?}");
        }
    }

    #[test]
    fn what_crosses_touches_itself_or_overlaps_is_not() {
        for bad in [
            wkt!(MULTIPOLYGON(((0. 0.,4. 4.,4. 0.,0. 4.,0. 0.)))),
            // A spike, a ring that touches itself, and one that goes around twice.
            wkt!(MULTIPOLYGON(((0. 0.,4. 0.,4. 4.,6. 6.,4. 4.,0. 4.,0. 0.)))),
            wkt!(MULTIPOLYGON(((0. 0.,4. 0.,2. 2.,4. 4.,0. 4.,2. 2.,0. 0.)))),
            wkt!(MULTIPOLYGON(((0. 0.,4. 0.,4. 4.,0. 0.,4. 0.,4. 4.,0. 0.)))),
            // A hole outside, a hole that crosses the shell, a hole in a hole.
            wkt!(MULTIPOLYGON(((0. 0.,4. 0.,4. 4.,0. 4.,0. 0.),(5. 5.,5. 6.,6. 6.,5. 5.)))),
            wkt!(MULTIPOLYGON(((0. 0.,4. 0.,4. 4.,0. 4.,0. 0.),(3. 1.,3. 2.,6. 2.,3. 1.)))),
            wkt!(MULTIPOLYGON(((0. 0.,9. 0.,9. 9.,0. 9.,0. 0.),(1. 1.,1. 8.,8. 8.,8. 1.,1. 1.),(2. 2.,2. 3.,3. 3.,2. 2.)))),
            // Parts that overlap, lie in one another, or share an edge.
            wkt!(MULTIPOLYGON(((0. 0.,4. 0.,4. 4.,0. 4.,0. 0.)),((1. 1.,6. 1.,6. 2.,1. 1.)))),
            wkt!(MULTIPOLYGON(((0. 0.,4. 0.,4. 4.,0. 4.,0. 0.)),((1. 1.,2. 1.,2. 2.,1. 1.)))),
            wkt!(MULTIPOLYGON(((0. 0.,4. 0.,4. 4.,0. 4.,0. 0.)),((4. 0.,6. 0.,6. 4.,4. 4.,4. 0.)))),
        ] {
            assert!(!is_valid(&bad), "{bad:?}");
        }
    }
}
