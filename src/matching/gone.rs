//! Which camera a record speaks of that one is gone.

use super::camera::Matching;
use super::neighbours::Neighbours;
use super::pair::{GATE_CAP_M, Gate, Point};
use crate::model::{
    Basis, Facing, Gone, Linked, Maker, Mount, Observed, OccasionId, Operator, PositionClass, Sighting,
};

/// For each camera of a matching of `observed`, whether it is gone by these records.
///
/// A record takes part like a sighting of its cell and kind. It speaks of one camera at most: of those somebody had seen
/// by its week, and with whose sightings it could be joined, the one it is least unlike. That camera is gone unless a
/// sighting is of a later week. Two records may speak of the same camera, so that two reports of one removal remove no
/// neighbour; and a camera that came back keeps its record, which therefore does not pass to the next one.
#[must_use]
pub fn found_gone(matching: &Matching, observed: &[Observed], gone: &[Gone]) -> Vec<bool> {
    let cameras = matching.cameras();
    let mut is_gone = vec![false; cameras.len()];
    if gone.is_empty() {
        return is_gone;
    }
    let records: Vec<Point> = gone.iter().map(|record| Point::new(as_observed(record))).collect();
    let near = Neighbours::of(&records, GATE_CAP_M);
    // Unlikeness, whether it was seen later, camera: among equals one that was not seen later, then in canonical order.
    let mut named: Vec<Option<(u32, bool, usize)>> = vec![None; gone.len()];
    for (number, camera) in cameras.iter().enumerate() {
        for &at in matching.members(number) {
            let seen = Point::new(observed[at as usize]);
            for record in near.around(seen.place) {
                let week = gone[record as usize].week;
                if seen.observed.sighting.week.is_some_and(|seen| seen > week) {
                    continue;
                }
                let Some(unlikeness) = records[record as usize].unlikeness(&seen, Gate::NORMAL) else { continue };
                let found = (unlikeness, camera.last_seen.is_some_and(|seen| seen > week), number);
                let best = named[record as usize].get_or_insert(found);
                *best = found.min(*best);
            }
        }
    }
    for (_, seen_later, number) in named.into_iter().flatten() {
        is_gone[number] |= !seen_later;
    }
    is_gone
}

/// A record as a sighting that knows nothing but place and kind.
fn as_observed(record: &Gone) -> Observed {
    let sighting = Sighting {
        cell: record.cell,
        kind: record.kind,
        operator: Operator::Unknown,
        mount: Mount::Unknown,
        linked: Linked::Unknown,
        maker: Maker::UNKNOWN,
        basis: Basis::Seen,
        facing: Facing::NONE,
        heads: 0,
        week: Some(record.week),
        position: PositionClass::Import,
        slot: 0,
    };
    Observed { sighting, occasion: OccasionId::default() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::matching::match_sightings;
    use crate::matching::pair::tests::sighting_at;
    use crate::model::{Camera, IsoWeek, Kind};

    fn week(number: i8) -> IsoWeek {
        IsoWeek::new(2026, number).unwrap()
    }

    /// A dome some metres to the east, seen in a week.
    fn seen(east_m: f64, on: Option<i8>) -> Observed {
        let mut sighting = sighting_at(52.5, 13.4 + east_m / 67_800.0);
        (sighting.kind, sighting.week) = (Kind::Dome, on.map(week));
        Observed { sighting, occasion: OccasionId(0) }
    }

    fn record(east_m: f64, on: i8, kind: Kind) -> Gone {
        Gone { cell: seen(east_m, None).sighting.cell, kind, week: week(on) }
    }

    /// The cameras that are left.
    fn left(observed: &[Observed], gone: &[Gone]) -> Vec<Camera> {
        let matching = match_sightings(observed, Gate::NORMAL, &[]);
        let is_gone = found_gone(&matching, observed, gone);
        matching.cameras().iter().zip(is_gone).filter(|(_, gone)| !gone).map(|(camera, _)| *camera).collect()
    }

    #[test]
    fn a_camera_is_gone_when_nobody_saw_it_after_the_week_somebody_looked() {
        let gone = [record(0.0, 20, Kind::Dome)];
        for (last, expected) in [(None, 0), (Some(10), 0), (Some(20), 0), (Some(21), 1)] {
            assert_eq!(left(&[seen(0.0, last)], &gone).len(), expected, "{last:?}");
        }
        assert_eq!(left(&[seen(0.0, Some(10)), seen(2.0, Some(30))], &gone).len(), 1, "seen again, and back");
        assert!(left(&[seen(0.0, Some(10)), seen(2.0, Some(12))], &gone).is_empty(), "one camera, seen twice before");
    }

    #[test]
    fn a_record_reaches_as_far_as_the_gate_and_no_other_sort() {
        let camera = [seen(0.0, Some(10))];
        assert!(left(&camera, &[record(5.0, 20, Kind::Unknown)]).is_empty());
        assert_eq!(left(&camera, &[record(20.0, 20, Kind::Dome)]).len(), 1);
        assert_eq!(left(&camera, &[record(0.0, 20, Kind::PlateReader)]).len(), 1);
    }

    #[test]
    fn only_the_nearest_is_gone_and_a_second_record_of_it_takes_no_neighbour() {
        let mut two = [seen(0.0, Some(10)), seen(9.0, Some(10))];
        two[1].sighting.slot = 1;
        let there = two[1].sighting.cell;
        let gone = [record(0.0, 20, Kind::Dome), record(1.0, 21, Kind::Dome)];
        let cells: Vec<_> = left(&two, &gone).iter().map(|camera| camera.cell).collect();
        assert_eq!(cells, [there]);
    }

    #[test]
    fn a_camera_that_came_back_keeps_its_record() {
        let mut all = [seen(0.0, Some(10)), seen(9.0, Some(10)), seen(0.0, Some(30))];
        all[1].sighting.slot = 1;
        assert_eq!(left(&all, &[record(0.0, 20, Kind::Dome)]).len(), 2);
    }

    proptest! {
        #[test]
        fn what_is_gone_does_not_depend_on_any_order_and_no_record_takes_two(
            places in proptest::collection::vec((0..60_u8, 1..40_i8, 0..3_u8), 1..40),
            looked in proptest::collection::vec((0..60_u8, 1..40_i8), 0..6),
        ) {
            let mut observed: Vec<Observed> = places.iter().map(|&(x, on, slot)| {
                let mut observed = seen(f64::from(x), Some(on));
                observed.sighting.slot = slot;
                observed
            }).collect();
            let mut gone: Vec<Gone> = looked.iter().map(|&(x, on)| record(f64::from(x), on, Kind::Dome)).collect();
            let all = left(&observed, &[]).len();
            let first = left(&observed, &gone);
            prop_assert!(all - first.len() <= gone.len());
            observed.reverse();
            gone.reverse();
            prop_assert_eq!(first, left(&observed, &gone));
        }
    }
}
