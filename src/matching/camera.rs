//! From groups of sightings to cameras.

use super::cluster::clusters;
use super::pair::{Gate, Point};
use super::split::split;
use crate::model::{Camera, JoinReason, Kind, Linked, Maker, Mount, Observed, Operator};

/// The public-space cameras behind some sightings, in canonical order.
///
/// Home cameras are left out (they are only counted, see [`home_counts`](super::home_counts)) and so are explicit
/// zeros, which say that somebody looked and saw none. Depends on the multiset of records only.
#[must_use]
pub fn cameras(observed: &[Observed], gate: Gate) -> Vec<Camera> {
    let mut public: Vec<Observed> =
        observed.iter().filter(|o| !o.sighting.is_home() && o.sighting.heads > 0).copied().collect();
    public.sort_unstable();
    let points: Vec<Point> = public.into_iter().map(Point::new).collect();
    let mut cameras: Vec<Camera> = clusters(&points, gate)
        .iter()
        .flat_map(|cluster| split(cluster, &points, gate))
        .map(|members| camera(&members.iter().map(|&number| points[number as usize]).collect::<Vec<_>>()))
        .collect();
    cameras.sort_unstable();
    cameras
}

fn camera(points: &[Point]) -> Camera {
    let sightings = || points.iter().map(|point| &point.observed.sighting);
    let mut heads: Vec<u8> = sightings().map(|sighting| sighting.heads).collect();
    heads.sort_unstable();
    Camera {
        cell: medoid(points).observed.sighting.cell,
        kind: majority(sightings().map(|s| s.kind), Kind::Unknown),
        operator: majority(sightings().map(|s| s.operator), Operator::Unknown),
        mount: majority(sightings().map(|s| s.mount), Mount::Unknown),
        linked: majority(sightings().map(|s| s.linked), Linked::Unknown),
        maker: majority(sightings().map(|s| s.maker), Maker::UNKNOWN),
        heads: heads[heads.len() / 2],
        sightings: u32::try_from(points.len()).unwrap_or(u32::MAX),
        last_seen: sightings().filter_map(|sighting| sighting.week).max(),
        reason: reason(points),
    }
}

/// The sighting with the smallest sum of distances to the others; the first in record order among equals.
fn medoid(points: &[Point]) -> &Point {
    let sum = |point: &Point| points.iter().map(|other| point.place.distance_m(other.place)).sum::<f64>();
    points.iter().min_by(|a, b| sum(a).total_cmp(&sum(b))).unwrap_or(&points[0])
}

/// The value most reports give, unknown only when none gives another; the lower code among equals.
fn majority<T: Copy + Ord>(values: impl Iterator<Item = T>, unknown: T) -> T {
    let mut known: Vec<T> = values.filter(|value| *value != unknown).collect();
    known.sort_unstable();
    known.chunk_by(|a, b| a == b).rev().max_by_key(|same| same.len()).map_or(unknown, |same| same[0])
}

fn reason(points: &[Point]) -> JoinReason {
    if points.len() == 1 {
        return JoinReason::Single;
    }
    let diameter = points.iter().flat_map(|a| points.iter().map(|b| a.place.distance_m(b.place))).fold(0.0, f64::max);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most the gate's cap, 250 dm")]
    let diameter_dm = (diameter * 10.0).round() as u16;
    JoinReason::Near { diameter_dm }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::matching::pair::tests::sighting_at;
    use crate::model::{Facing, OccasionId};

    fn seen(sighting: crate::model::Sighting, occasion: u32) -> Observed {
        Observed { sighting, occasion: OccasionId(occasion) }
    }

    #[test]
    fn two_reports_of_one_camera_are_one_camera() {
        let a = sighting_at(52.5, 13.4);
        let b = sighting_at(52.500_04, 13.400_02);
        let found = cameras(&[seen(a, 0), seen(b, 1)], Gate::NORMAL);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].sightings, 2);
        assert!(matches!(found[0].reason, JoinReason::Near { diameter_dm: 20..=100 }));
    }

    #[test]
    fn what_one_observer_saw_side_by_side_stays_two_even_when_another_saw_one() {
        let a = sighting_at(52.5, 13.4);
        let mut b = a;
        b.slot = 1;
        let found = cameras(&[seen(a, 0), seen(b, 0), seen(a, 1)], Gate::NORMAL);
        assert_eq!(found.iter().map(|camera| camera.sightings).sum::<u32>(), 3);
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn a_row_along_a_facade_does_not_chain_into_one() {
        let row: Vec<Observed> =
            (0..20).map(|i| seen(sighting_at(52.5 + f64::from(i) * 9e-5, 13.4), u32::try_from(i).unwrap())).collect();
        let found = cameras(&row, Gate::NORMAL);
        assert!(found.len() >= 10, "{}", found.len());
    }

    #[test]
    fn opposite_facings_on_one_pole_are_two_cameras() {
        let mut east = sighting_at(52.5, 13.4);
        let mut west = east;
        east.facing = Facing::bearing(90.0).unwrap();
        west.facing = Facing::bearing(270.0).unwrap();
        assert_eq!(cameras(&[seen(east, 0), seen(west, 1)], Gate::NORMAL).len(), 2);
    }

    #[test]
    fn home_cameras_and_explicit_zeros_are_no_public_cameras() {
        let mut home = sighting_at(52.5, 13.4);
        home.operator = Operator::Household;
        let mut zero = sighting_at(52.5, 13.4);
        zero.heads = 0;
        assert!(cameras(&[seen(home, 0), seen(zero, 0)], Gate::NORMAL).is_empty());
    }

    prop_compose! {
        fn scattered()(
            at in proptest::collection::vec((0..30_i32, 0..30_i32, 0..4_u32, 0..3_u8, 0..37_u32, 0..3_usize), 1..60)
        ) -> Vec<Observed> {
            at.into_iter()
                .map(|(x, y, occasion, slot, facing, kind)| {
                    let mut s = sighting_at(52.5 + f64::from(y) * 3e-5, 13.4 + f64::from(x) * 4e-5);
                    s.slot = slot;
                    s.kind = [Kind::Fixed, Kind::Dome, Kind::PlateReader][kind];
                    s.facing = if facing == 36 { Facing::NONE } else { Facing::bearing(f64::from(facing) * 10.0).unwrap() };
                    seen(s, occasion)
                })
                .collect()
        }
    }

    proptest! {
        #[test]
        fn cameras_do_not_depend_on_the_order_of_reports(mut all in scattered(), seed in 0..1000_usize) {
            let first = cameras(&all, Gate::NORMAL);
            let n = all.len();
            for i in 0..n {
                all.swap(i, (i * 7 + seed) % n);
            }
            prop_assert_eq!(first, cameras(&all, Gate::NORMAL));
        }

        #[test]
        fn every_sighting_ends_in_exactly_one_camera_no_wider_than_the_cap(all in scattered()) {
            let found = cameras(&all, Gate::NORMAL);
            prop_assert_eq!(found.iter().map(|c| c.sightings as usize).sum::<usize>(), all.len());
            for camera in &found {
                if let JoinReason::Near { diameter_dm } = camera.reason {
                    prop_assert!(diameter_dm <= 250);
                }
            }
        }

        #[test]
        fn a_report_far_away_changes_nothing_else(all in scattered()) {
            let mut more = all.clone();
            more.push(seen(sighting_at(-33.0, 151.0), 9));
            let (before, mut after) = (cameras(&all, Gate::NORMAL), cameras(&more, Gate::NORMAL));
            let far = sighting_at(-33.0, 151.0).cell;
            after.retain(|camera| camera.cell != far);
            prop_assert_eq!(before, after);
        }
    }
}
