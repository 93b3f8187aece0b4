//! Which sightings may be of one camera, for those who judge reports and make no cameras of them.

use super::neighbours::Neighbours;
use super::pair::{Gate, Point};
use crate::model::Observed;

/// Sightings that can be asked for their likes: those that lie within the gate of each other and do not contradict.
pub struct Near {
    points: Vec<Point>,
    index: Neighbours,
    gate: Gate,
}

impl Near {
    /// Makes sightings ready to be asked under a gate.
    #[must_use]
    pub fn of(observed: &[Observed], gate: Gate) -> Self {
        let points: Vec<Point> = observed.iter().copied().map(Point::new).collect();
        let index = Neighbours::of(&points, gate.reach_m(&points));
        Self { points, index, gate }
    }

    /// Positions of the sightings that may be of one camera with the one at a position, in no order.
    pub fn like(&self, at: usize) -> impl Iterator<Item = usize> {
        let point = self.points.get(at);
        point.into_iter().flat_map(move |point| {
            self.index
                .around(point.place)
                .map(|other| other as usize)
                .filter(move |&other| other != at && point.unlikeness(&self.points[other], self.gate).is_some())
        })
    }

    /// Metres between the centres of the cells of two sightings; `None` when one is not there.
    #[must_use]
    pub fn metres(&self, one: usize, other: usize) -> Option<f64> {
        Some(self.points.get(one)?.place.distance_m(self.points.get(other)?.place))
    }
}
