//! Which area a cell lies in.

use geo::kernels::{Kernel as _, Orientation, RobustKernel};
use geo::{BoundingRect as _, Coord, LinesIter as _, MultiPolygon};
use h3o::{CellIndex, LatLng};

use super::grid::Grid;
use crate::model::AreaSet;

/// Edges that one band of an area holds, about.
const EDGES_PER_BAND: f64 = 4.0;
/// Bands that one edge lies in on average, at most.
const BANDS_PER_EDGE: f64 = 8.0;

/// Finds the area of a cell, by the centre of the cell: exactly one or none.
///
/// A point is inside when a line from it to the east crosses the outline an odd number of times; it crosses an edge when
/// the point lies west of the edge and not on it, at its lower end or above, and below its upper end. So a border that two
/// areas share belongs to the one on its east, a border along a parallel to the one on its north, and no point of it to both
/// or to neither. Which side of an edge a point lies on is computed exactly, and alike for both areas ([Shewchuk 1997]).
/// Where areas overlap, the first by slug has the ground.
///
/// [Shewchuk 1997]: https://doi.org/10.1007/PL00009321
#[derive(Debug)]
pub struct Locator {
    /// By slug.
    areas: Vec<Indexed>,
    /// Bounding boxes of the outlines, in the order of `areas`.
    boxes: Grid,
    /// Westernmost and easternmost longitude of all outlines.
    span: (f64, f64),
}

#[derive(Debug)]
struct Indexed {
    /// Place in the set.
    number: usize,
    bands: Bands,
}

impl Locator {
    /// Prepares a set; time and memory grow with the number of corners.
    #[must_use]
    pub fn new(set: &AreaSet) -> Self {
        let mut order: Vec<usize> = (0..set.areas.len()).collect();
        order.sort_by(|&a, &b| set.areas[a].slug.cmp(&set.areas[b].slug));
        let (mut areas, mut boxes) = (Vec::with_capacity(order.len()), Vec::with_capacity(order.len()));
        let (mut west, mut east) = (f64::INFINITY, f64::NEG_INFINITY);
        for number in order {
            let outline = &set.areas[number].outline;
            let Some(bounds) = outline.bounding_rect() else { continue };
            let (low, high) = (bounds.min(), bounds.max());
            (west, east) = (west.min(low.x), east.max(high.x));
            boxes.push(bounds);
            areas.push(Indexed { number, bands: Bands::new(outline, low.y, high.y) });
        }
        Self { areas, boxes: Grid::new(boxes), span: (west, east) }
    }

    /// The index, in the areas of the set, of the one that the centre of `cell` lies in.
    #[must_use]
    pub fn area_of(&self, cell: CellIndex) -> Option<usize> {
        let centre = LatLng::from(cell);
        self.at(centre.lng(), centre.lat())
    }

    /// The same for a point in degrees. Outlines may reach beyond +-180.
    fn at(&self, longitude: f64, latitude: f64) -> Option<usize> {
        let copies = [longitude, longitude - 360.0, longitude + 360.0];
        let within = copies.into_iter().filter(|x| (self.span.0..=self.span.1).contains(x));
        let first = within.filter_map(|x| self.first_at(Coord { x, y: latitude })).min()?;
        self.areas.get(first).map(|area| area.number)
    }

    fn first_at(&self, point: Coord<f64>) -> Option<usize> {
        self.boxes.holding(point).find(|place| self.areas[*place].bands.contain(point))
    }
}

/// The edges of one outline, by bands of latitude of one height.
#[derive(Debug)]
struct Bands {
    south: f64,
    per_degree: f64,
    /// Where each band begins in `edges`, and where the last one ends.
    begins: Vec<u32>,
    edges: Vec<Edge>,
}

/// An edge that does not run along a parallel.
#[derive(Debug, Clone, Copy)]
struct Edge {
    low: Coord<f64>,
    high: Coord<f64>,
}

impl Bands {
    fn new(outline: &MultiPolygon<f64>, south: f64, north: f64) -> Self {
        let edges: Vec<Edge> = outline
            .lines_iter()
            .filter(|line| line.dy() != 0.0)
            .map(|line| {
                let (low, high) =
                    if line.start.y < line.end.y { (line.start, line.end) } else { (line.end, line.start) };
                Edge { low, high }
            })
            .collect();
        let climbed: f64 = edges.iter().map(|edge| edge.high.y - edge.low.y).sum();
        #[expect(clippy::cast_precision_loss, reason = "a share of a number of edges")]
        let n = edges.len() as f64;
        let count = (n / EDGES_PER_BAND).min(n * BANDS_PER_EDGE * (north - south) / climbed).clamp(1.0, 65_536.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 65,536")]
        let count = count as usize;
        #[expect(clippy::cast_precision_loss, reason = "at most 65,536")]
        let mut bands =
            Self { south, per_degree: count as f64 / (north - south), begins: vec![0; count + 1], edges: Vec::new() };
        // Counted, summed, filled: the edges of all bands in one array.
        let spans: Vec<(usize, usize)> =
            edges.iter().map(|edge| (bands.of(edge.low.y), bands.of(edge.high.y))).collect();
        let mut begins = vec![0_usize; count + 1];
        for &(first, last) in &spans {
            begins[first..=last].iter_mut().for_each(|held| *held += 1);
        }
        let mut total = 0;
        for begin in &mut begins {
            total += std::mem::replace(begin, total);
        }
        let mut next = begins.clone();
        bands.edges = vec![Edge { low: Coord::zero(), high: Coord::zero() }; total];
        for (edge, &(first, last)) in edges.iter().zip(&spans) {
            for slot in &mut next[first..=last] {
                bands.edges[*slot] = *edge;
                *slot += 1;
            }
        }
        bands.begins = begins.into_iter().map(|begin| u32::try_from(begin).unwrap_or(u32::MAX)).collect();
        bands
    }

    /// The band of a latitude. Never falls when the latitude rises, so an edge lies in every band between those of its ends.
    fn of(&self, latitude: f64) -> usize {
        let last = self.begins.len() - 2;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates, and is limited")]
        let band = ((latitude - self.south) * self.per_degree) as usize;
        band.min(last)
    }

    fn contain(&self, point: Coord<f64>) -> bool {
        let band = self.of(point.y);
        let edges = &self.edges[self.begins[band] as usize..self.begins[band + 1] as usize];
        edges.iter().filter(|edge| edge.is_crossed_eastward_of(point)).count() % 2 == 1
    }
}

impl Edge {
    fn is_crossed_eastward_of(&self, point: Coord<f64>) -> bool {
        if point.y < self.low.y || point.y >= self.high.y {
            return false;
        }
        if point.x < self.low.x.min(self.high.x) {
            return true;
        }
        point.x <= self.low.x.max(self.high.x)
            && RobustKernel::orient2d(self.low, self.high, point) == Orientation::CounterClockwise
    }
}

#[cfg(test)]
#[path = "locate_tests.rs"]
mod tests;
