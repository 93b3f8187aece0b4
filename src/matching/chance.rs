//! How often two passes would be linked by chance alone, where cameras stand close together.

use super::camera::Prepared;
use super::pair::{Gate, Point};
use crate::model::{Observed, OccasionId};

/// How far a pass is shifted, in metres: far beyond the gate, and still in the same kind of street.
const SHIFT_M: f64 = 100.0;

/// Links of one pass with another that was shifted by 100 m, for each of the four directions: for every camera that then
/// seems to be seen by both, one of its sightings that stayed in place. No such link can be true, so their number tells
/// how many of the real ones are chance (STATISTICS: linkage error estimated by random shift).
///
/// `shifted` says which occasions are moved; every other one stays.
#[must_use]
pub fn chance_links(observed: &[Observed], gate: Gate, shifted: impl Fn(OccasionId) -> bool) -> [Vec<Observed>; 4] {
    [(SHIFT_M, 0.0), (-SHIFT_M, 0.0), (0.0, SHIFT_M), (0.0, -SHIFT_M)].map(|(east_m, north_m)| {
        let prepared = Prepared::with_points(observed, &[], |observed| {
            let point = Point::new(observed);
            if shifted(observed.occasion) { point.moved(east_m, north_m) } else { point }
        });
        prepared
            .groups(gate)
            .filter_map(|(_, group)| {
                let members = || group.iter().map(|&number| observed[prepared.position(number)]);
                let stayed = members().find(|member| !shifted(member.occasion));
                stayed.filter(|_| members().any(|member| shifted(member.occasion)))
            })
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::pair::tests::sighting_at;

    fn seen(lat: f64, lng: f64, occasion: u32) -> Observed {
        Observed { sighting: sighting_at(lat, lng), occasion: OccasionId(occasion) }
    }

    #[test]
    fn cameras_that_stand_alone_are_never_linked_by_chance() {
        let observed = [seen(52.5, 13.4, 0), seen(52.5, 13.4, 1), seen(52.51, 13.4, 0)];
        let links = chance_links(&observed, Gate::NORMAL, |occasion| occasion == OccasionId(1));
        assert!(links.iter().all(Vec::is_empty), "{links:?}");
    }

    #[test]
    fn a_row_with_a_camera_every_hundred_metres_is_linked_by_chance_along_the_row_only() {
        let step = 100.0 / 111_195.0;
        let row = |occasion| (0..6).map(move |i| seen(52.5 + f64::from(i) * step, 13.4, occasion));
        let observed: Vec<Observed> = row(0).chain(row(1)).collect();
        let links = chance_links(&observed, Gate::NORMAL, |occasion| occasion == OccasionId(1));
        assert_eq!(links.each_ref().map(Vec::len), [0, 0, 5, 5]);
    }
}
