//! How well the areas of a set fit together: overlaps and gaps.

use geo::{BooleanOps as _, BoundingRect as _, GeodesicArea as _, Polygon, unary_union};
use rstar::RTree;
use rstar::primitives::{GeomWithData, Rectangle};

use crate::model::{Area, AreaFit};

/// Overlaps and gaps narrower than this on average, in metres, are slivers: the same border drawn twice.
pub const SLIVER_M: f64 = 1.0;

/// Ground of an area on the WGS 84 ellipsoid, square kilometres ([Karney 2013]).
///
/// [Karney 2013]: https://doi.org/10.1007/s00190-012-0578-z
#[must_use]
pub fn km2(area: &Area) -> f64 {
    // With sign, because the unsigned one takes the rest of the earth for a ring that runs clockwise.
    area.outline.iter().map(|part| part.geodesic_area_signed().abs()).sum::<f64>() / 1e6
}

/// Measures the overlaps and gaps of areas. Ground that three areas cover counts for each pair. A gap is ground that the
/// areas together surround, a lake within them included. `repaired` is passed through.
#[must_use]
pub fn measure(areas: &[Area], repaired: u32) -> AreaFit {
    let mut fit = AreaFit { repaired, ..AreaFit::default() };
    for (a, b) in neighbours(areas) {
        let shared = areas[a].outline.intersection(&areas[b].outline);
        let overlap: f64 = shared.iter().map(ground_beyond_slivers).sum();
        if overlap > 0.0 {
            fit.overlapping_pairs += 1;
            fit.overlap_km2 += overlap;
        }
    }
    let together = unary_union(areas.iter().map(|area| &area.outline));
    let gaps = together.iter().flat_map(|part| part.interiors().iter());
    // A sum of nothing is a minus zero in floats.
    fit.gap_km2 = gaps.map(|gap| ground_beyond_slivers(&Polygon::new(gap.clone(), Vec::new()))).sum::<f64>() + 0.0;
    fit
}

/// Pairs of areas whose bounding boxes meet.
fn neighbours(areas: &[Area]) -> Vec<(usize, usize)> {
    let boxes = areas.iter().enumerate().filter_map(|(number, area)| {
        let bounds = area.outline.bounding_rect()?;
        let [low, high] = [bounds.min(), bounds.max()].map(|corner| [corner.x, corner.y]);
        Some(GeomWithData::new(Rectangle::from_corners(low, high), number))
    });
    let tree: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>> = RTree::bulk_load(boxes.collect());
    let pairs = tree.intersection_candidates_with_other_tree(&tree).map(|(a, b)| (a.data, b.data));
    let mut pairs: Vec<(usize, usize)> = pairs.filter(|(a, b)| a < b).collect();
    // Sums of floating-point numbers depend on the order.
    pairs.sort_unstable();
    pairs
}

/// Square kilometres of a polygon; zero for a sliver.
fn ground_beyond_slivers(polygon: &Polygon<f64>) -> f64 {
    let (perimeter_m, area_m2) = polygon.geodesic_perimeter_area_signed();
    // A long band of some width has twice its length as perimeter.
    if area_m2.abs() < SLIVER_M * perimeter_m / 2.0 { 0.0 } else { area_m2.abs() / 1e6 }
}
