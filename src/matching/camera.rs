//! From groups of sightings to cameras.

use super::cluster::clusters;
use super::pair::{Gate, Point};
use super::rules::Rules;
use super::split::split;
use crate::model::{Camera, JoinReason, Kind, Linked, Maker, Mount, Observed, Operator, Ruling};

/// The cameras behind some sightings, and which sightings each rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matching {
    cameras: Vec<Camera>,
    /// Positions of the sightings in what was matched, camera after camera.
    members: Vec<u32>,
    /// Where the members of each camera end.
    ends: Vec<u32>,
}

impl Matching {
    /// The cameras, in canonical order.
    #[must_use]
    pub fn cameras(&self) -> &[Camera] {
        &self.cameras
    }

    /// Gives the cameras and forgets what they rest on.
    #[must_use]
    pub fn into_cameras(self) -> Vec<Camera> {
        self.cameras
    }

    /// Positions, in the slice that was matched, of the sightings a camera rests on.
    ///
    /// # Panics
    /// When there is no camera with this number.
    #[must_use]
    pub fn members(&self, camera: usize) -> &[u32] {
        let begin = camera.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.members[begin as usize..self.ends[camera] as usize]
    }

    /// For each camera the union of some bits of its sightings, such as the passes that saw it.
    pub fn histories<'a>(
        &'a self,
        observed: &'a [Observed],
        bits: impl Fn(&Observed) -> u8 + 'a,
    ) -> impl Iterator<Item = u8> + 'a {
        (0..self.cameras.len()).map(move |camera| {
            self.members(camera).iter().map(|&at| bits(&observed[at as usize])).fold(0, |all, bits| all | bits)
        })
    }
}

/// The public-space cameras behind some sightings, in canonical order.
#[must_use]
pub fn cameras(observed: &[Observed], gate: Gate) -> Vec<Camera> {
    match_sightings(observed, gate, &[]).into_cameras()
}

/// Matches sightings into public-space cameras.
///
/// Home cameras are left out (they are only counted, see [`home_counts`](super::home_counts)) and so are explicit
/// zeros, which say that somebody looked and saw none. The cameras depend on the multiset of records and on the rulings
/// only.
#[must_use]
pub fn match_sightings(observed: &[Observed], gate: Gate, rulings: &[Ruling]) -> Matching {
    Prepared::of(observed, rulings).matching(gate)
}

/// Sightings made ready to be matched, under one gate or under several.
pub struct Prepared {
    /// Positions in what was given, in canonical record order.
    order: Vec<u32>,
    points: Vec<Point>,
    rules: Rules,
}

impl Prepared {
    /// Makes sightings ready; see [`match_sightings`].
    #[must_use]
    pub fn of(observed: &[Observed], rulings: &[Ruling]) -> Self {
        Self::with_points(observed, rulings, Point::new)
    }

    /// The same, with the points made of sightings in a way of the caller's.
    pub(super) fn with_points(observed: &[Observed], rulings: &[Ruling], point: impl Fn(Observed) -> Point) -> Self {
        let mut order: Vec<u32> = (0..).zip(observed).filter(|(_, o)| is_counted(o)).map(|(at, _)| at).collect();
        order.sort_unstable_by_key(|&at| (observed[at as usize], at));
        let points: Vec<Point> = order.iter().map(|&at| point(observed[at as usize])).collect();
        let rules = Rules::resolve(rulings, &points);
        Self { order, points, rules }
    }

    /// The position of a point in what was given.
    pub(super) fn position(&self, number: u32) -> usize {
        self.order[number as usize] as usize
    }

    /// The points behind each camera, with how many cameras their cluster was told apart into.
    pub(super) fn groups(&self, gate: Gate) -> impl Iterator<Item = (u8, Vec<u32>)> {
        clusters(&self.points, gate, &self.rules).into_iter().flat_map(move |cluster| {
            let parts =
                if cluster.len() == 1 { vec![cluster] } else { split(&cluster, &self.points, gate, &self.rules) };
            let told_apart = u8::try_from(parts.len()).unwrap_or(u8::MAX);
            parts.into_iter().map(move |members| (told_apart, members))
        })
    }

    /// The cameras under a gate.
    #[must_use]
    pub fn matching(&self, gate: Gate) -> Matching {
        let Self { order, points, rules } = self;
        let mut found: Vec<(Camera, Vec<u32>)> = self
            .groups(gate)
            .map(|(told_apart, members)| {
                let reports: Vec<Point> = members.iter().map(|&number| points[number as usize]).collect();
                let ruled = !rules.joins_none() && members.iter().any(|&number| rules.is_joined(number));
                let reason = JoinReason { told_apart, ruled, ..reason(&reports) };
                (camera(&reports, reason), members)
            })
            .collect();
        found.sort_unstable();
        let mut matching = Matching {
            cameras: Vec::with_capacity(found.len()),
            members: Vec::with_capacity(points.len()),
            ends: Vec::with_capacity(found.len()),
        };
        for (camera, members) in found {
            matching.cameras.push(camera);
            matching.members.extend(members.into_iter().map(|number| order[number as usize]));
            matching.ends.push(u32::try_from(matching.members.len()).unwrap_or(u32::MAX));
        }
        matching
    }
}

/// Whether a sighting takes part: of a public-space camera, and not an explicit zero.
fn is_counted(observed: &Observed) -> bool {
    !observed.sighting.is_home() && observed.sighting.heads > 0
}

fn camera(points: &[Point], reason: JoinReason) -> Camera {
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
        reason,
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
    let pairs = || points.iter().enumerate().flat_map(|(at, a)| points[..at].iter().map(move |b| (a, b)));
    let diameter = pairs().map(|(a, b)| a.place.distance_m(b.place)).fold(0.0, f64::max);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float cast to an integer saturates")]
    let diameter_dm = (diameter * 10.0).round() as u16;
    let unlikeness = pairs().map(|(a, b)| a.unlikeness_anywhere(b)).max().unwrap_or_default();
    JoinReason { diameter_dm, unlikeness: u16::try_from(unlikeness).unwrap_or(u16::MAX), ..JoinReason::default() }
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
        assert!((20..=100).contains(&found[0].reason.diameter_dm) && found[0].reason.told_apart == 1);
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
                prop_assert!(camera.reason.diameter_dm <= 250);
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
