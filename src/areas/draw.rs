//! Outlines with fewer corners, for pictures.

use geo::{BoundingRect as _, LineString, MultiPolygon, Polygon, Simplify as _};

/// The outline with no corner further than `tolerance` from where it was (Ramer, Douglas and Peucker), in the unit of the
/// coordinates. Islands and holes smaller than that in both directions are left out, but the largest part stays. Every ring
/// is simplified by itself: what two areas share may come apart by twice the tolerance, and a ring may cross itself within
/// it. For drawing only, never for counting.
#[must_use]
pub fn simplified(outline: &MultiPolygon<f64>, tolerance: f64) -> MultiPolygon<f64> {
    let extent =
        |ring: &LineString<f64>| ring.bounding_rect().map_or(0.0, |bounds| bounds.width().max(bounds.height()));
    let largest = outline.iter().map(|part| extent(part.exterior())).fold(0.0, f64::max);
    let parts = outline.iter().filter(|part| {
        let size = extent(part.exterior());
        size > tolerance || size >= largest
    });
    let parts = parts.map(|part| {
        let holes = part.interiors().iter().filter(|hole| extent(hole) > tolerance).cloned().collect();
        Polygon::new(part.exterior().clone(), holes).simplify(tolerance)
    });
    MultiPolygon(parts.collect())
}

#[cfg(test)]
mod tests {
    use geo::{Area as _, Coord, wkt};

    use super::*;

    #[test]
    fn corners_within_the_tolerance_go_and_the_shape_stays() {
        let corner = |i: u32| {
            let angle = f64::from(i) / 1000.0 * std::f64::consts::TAU;
            Coord { x: angle.cos(), y: angle.sin() }
        };
        let circle = MultiPolygon(vec![Polygon::new(LineString((0..1000).map(corner).collect()), Vec::new())]);
        let drawn = simplified(&circle, 0.001);
        let corners = drawn.0[0].exterior().0.len();
        assert!((40..200).contains(&corners), "{corners}");
        assert!((drawn.unsigned_area() - circle.unsigned_area()).abs() < 0.01);
    }

    #[test]
    fn what_would_be_a_dot_is_left_out_but_not_the_last_part() {
        let dots = wkt!(MULTIPOLYGON(((0. 0.,9. 0.,9. 9.,0. 0.),(5. 3.,5.1 3.,5.1 3.1,5. 3.)),((20. 0.,20.1 0.,20. 0.1,20. 0.))));
        let drawn = simplified(&dots, 0.5);
        assert_eq!((drawn.0.len(), drawn.0[0].interiors().len()), (1, 0));
        assert_eq!(simplified(&dots, 100.0).0.len(), 1);
        assert_eq!(simplified(&dots, 0.01), dots);
    }
}
