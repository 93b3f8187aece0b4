//! One report beside all others.

use std::collections::{BTreeMap, HashMap};

use h3o::CellIndex;

use super::flag::{BURST_CELL, BURST_REPORTS, DENSE_CELL, DENSE_HEADS, Flag, is_outside};
use super::teams::{independent, is_attested};
use crate::matching::{Gate, Near};
use crate::model::{IsoWeek, Observed, Occasion, OccasionId, SourceKind};

/// A sighting that waits, or one that was accepted and stands beside those that wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reported {
    /// What was seen, and the number of its occasion in the table given beside it.
    pub observed: Observed,
    /// Whether a moderator or coordinator accepted it.
    pub is_accepted: bool,
}

/// How far a report that waits has come. Worked out, never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// A check found something.
    Pending,
    /// No check found anything.
    Plausible,
    /// And another team saw it too. A rank only: a moderator still decides.
    Corroborated,
}

impl State {
    /// The word on pages and in answers.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Plausible => "plausible",
            Self::Corroborated => "corroborated",
        }
    }
}

/// What is said of one sighting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// How far it has come.
    pub state: State,
    /// What the checks found, the lightest first.
    pub flags: Vec<Flag>,
    /// Positions of the accepted sightings that may be of the same camera, the nearest first.
    pub near: Vec<usize>,
}

impl Judged {
    /// Whether two moderators must agree to accept it, where there are two (rule A2).
    #[must_use]
    pub fn is_frozen(&self) -> bool {
        self.flags.contains(&Flag::Burst)
    }
}

/// Accepted sightings kept for each report, at most: enough for a page.
const NEAR: usize = 8;

/// Judges every sighting of a slice, in its order; those that are accepted already are only neighbours, and get no flags.
///
/// `occasions` is what the numbers of occasions stand for, `bounds` has the box of each campaign that has one. The
/// outcome for a sighting does not depend on the order of the others.
#[must_use]
pub fn judge(
    reports: &[Reported],
    occasions: &BTreeMap<OccasionId, Occasion>,
    bounds: &BTreeMap<String, [f64; 4]>,
) -> Vec<Judged> {
    let observed: Vec<Observed> = reports.iter().map(|report| report.observed).collect();
    let near = Near::of(&observed, Gate::NORMAL);
    let crowds = Crowds::of(reports);
    let mut judged = Vec::with_capacity(reports.len());
    for (at, report) in reports.iter().enumerate() {
        if report.is_accepted {
            judged.push(Judged { state: State::Plausible, flags: Vec::new(), near: Vec::new() });
            continue;
        }
        let occasion = occasions.get(&report.observed.occasion);
        let box_of = occasion.and_then(|occasion| bounds.get(&occasion.campaign));
        let mut flags = Vec::new();
        if box_of.is_some_and(|bounds| is_outside(report.observed.sighting.cell, *bounds)) {
            flags.push(Flag::OutsideBounds);
        }
        flags.extend(crowds.flags(report));
        let public = is_public(report);
        let is_confirmed = || {
            occasion.is_some_and(|own| {
                is_attested(own) && near.like(at).any(|other| confirms(&reports[other], own, occasions))
            })
        };
        let state = if !flags.is_empty() {
            State::Pending
        } else if public && is_confirmed() {
            State::Corroborated
        } else {
            State::Plausible
        };
        let near = if public { accepted_near(&near, at, reports) } else { Vec::new() };
        judged.push(Judged { state, flags, near });
    }
    judged
}

/// Home cameras are counted by cell and explicit zeros are none: neither is a place that another team could confirm.
fn is_public(report: &Reported) -> bool {
    !report.observed.sighting.is_home() && report.observed.sighting.heads > 0
}

fn confirms(other: &Reported, own: &Occasion, occasions: &BTreeMap<OccasionId, Occasion>) -> bool {
    let Some(theirs) = occasions.get(&other.observed.occasion) else { return false };
    // Without a token a pass is whatever its sender says; what was accepted has been looked at.
    let is_known = is_attested(theirs) || other.is_accepted;
    is_public(other) && is_known && theirs.kind != SourceKind::List && independent(own, theirs)
}

fn accepted_near(near: &Near, at: usize, reports: &[Reported]) -> Vec<usize> {
    let accepted = near.like(at).filter(|&other| reports[other].is_accepted && is_public(&reports[other]));
    let mut found: Vec<(u64, Reported, usize)> = accepted
        .map(|other| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "metres within the gate")]
            let millimetres = (near.metres(at, other).unwrap_or_default() * 1000.0) as u64;
            (millimetres, reports[other], other)
        })
        .collect();
    found.sort_unstable();
    found.truncate(NEAR);
    found.into_iter().map(|(_, _, other)| other).collect()
}

/// How much one team reported in one place.
struct Crowds {
    heads: HashMap<(OccasionId, CellIndex), u32>,
    reports: HashMap<(OccasionId, Option<IsoWeek>, CellIndex), u32>,
}

impl Crowds {
    fn of(reports: &[Reported]) -> Self {
        let mut crowds = Self { heads: HashMap::new(), reports: HashMap::new() };
        for report in reports {
            if is_public(report) {
                let heads = crowds.heads.entry(Self::place(report)).or_default();
                *heads = heads.saturating_add(u32::from(report.observed.sighting.heads));
            }
            if !report.is_accepted {
                *crowds.reports.entry(Self::moment(report)).or_default() += 1;
            }
        }
        crowds
    }

    fn place(report: &Reported) -> (OccasionId, CellIndex) {
        let cell = report.observed.sighting.cell;
        (report.observed.occasion, cell.parent(DENSE_CELL).unwrap_or(cell))
    }

    fn moment(report: &Reported) -> (OccasionId, Option<IsoWeek>, CellIndex) {
        let Observed { sighting, occasion } = report.observed;
        (occasion, sighting.week, sighting.cell.parent(BURST_CELL).unwrap_or(sighting.cell))
    }

    fn flags(&self, report: &Reported) -> impl Iterator<Item = Flag> {
        let dense = is_public(report) && self.heads.get(&Self::place(report)).is_some_and(|n| *n > DENSE_HEADS);
        let burst = self.reports.get(&Self::moment(report)).is_some_and(|n| *n > BURST_REPORTS);
        [(dense, Flag::Density), (burst, Flag::Burst)].into_iter().filter(|(is, _)| *is).map(|(_, flag)| flag)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use h3o::{LatLng, Resolution};
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Basis, Facing, Kind, Linked, Maker, Mount, Operator, PositionClass, Sighting};
    use crate::review::teams::tests::occasion;

    pub(in crate::review) fn sighting(metres_north: f64, metres_east: f64) -> Sighting {
        let (lat, lng) = (47.0 + metres_north / 111_195.0, 8.0 + metres_east / 75_835.0);
        Sighting {
            cell: LatLng::new(lat, lng).unwrap().to_cell(Resolution::Thirteen),
            kind: Kind::Fixed,
            operator: Operator::Unknown,
            mount: Mount::Unknown,
            linked: Linked::Unknown,
            maker: Maker::UNKNOWN,
            basis: Basis::Seen,
            facing: Facing::NONE,
            heads: 1,
            week: Some("2026-W20".parse().unwrap()),
            position: PositionClass::Map,
            slot: 0,
        }
    }

    pub(in crate::review) fn waiting(sighting: Sighting, occasion: u32) -> Reported {
        Reported { observed: Observed { sighting, occasion: OccasionId(occasion) }, is_accepted: false }
    }

    /// 0 and 1: passes A and B with tokens; 2 and 3: the same without; 4: pass A again under a later key; 5: the next wave.
    pub(in crate::review) fn occasions() -> BTreeMap<OccasionId, Occasion> {
        let spring = Some("spring");
        let all = [
            occasion(spring, Some("A"), 1),
            occasion(spring, Some("B"), 1),
            occasion(spring, Some("A"), 0),
            occasion(spring, Some("B"), 0),
            occasion(spring, Some("A"), 2),
            occasion(Some("autumn"), Some("A"), 3),
        ];
        (0..).map(OccasionId).zip(all).collect()
    }

    fn judged(reports: &[Reported]) -> Vec<Judged> {
        judge(reports, &occasions(), &BTreeMap::from([("town".to_owned(), [7.9, 46.9, 8.1, 47.1])]))
    }

    fn states(reports: &[Reported]) -> Vec<State> {
        judged(reports).into_iter().map(|judged| judged.state).collect()
    }

    #[test]
    fn two_teams_with_tokens_corroborate_each_other_and_one_team_never_itself() {
        use State::{Corroborated, Plausible};
        let pair =
            |one: u32, other: u32| states(&[waiting(sighting(0.0, 0.0), one), waiting(sighting(3.0, 0.0), other)]);
        assert_eq!(pair(0, 1), [Corroborated, Corroborated]);
        assert_eq!(pair(0, 5), [Corroborated, Corroborated], "two waves");
        for (one, other) in [(0, 0), (0, 4), (2, 3), (0, 3)] {
            assert_eq!(pair(one, other), [Plausible, Plausible], "{one} {other}");
        }
    }

    #[test]
    fn what_was_accepted_corroborates_a_token_of_another_pass() {
        let accepted = Reported { is_accepted: true, ..waiting(sighting(0.0, 0.0), 3) };
        let found = judged(&[waiting(sighting(3.0, 0.0), 0), accepted]);
        assert_eq!((found[0].state, &found[0].near[..]), (State::Corroborated, &[1][..]));
    }

    #[test]
    fn another_place_or_a_kind_that_contradicts_corroborates_nothing() {
        let far = [waiting(sighting(0.0, 0.0), 0), waiting(sighting(60.0, 0.0), 1)];
        assert_eq!(states(&far), [State::Plausible; 2]);
        let reader = Sighting { kind: Kind::PlateReader, ..sighting(0.0, 0.0) };
        assert_eq!(states(&[waiting(sighting(0.0, 0.0), 0), waiting(reader, 1)]), [State::Plausible; 2]);
    }

    #[test]
    fn home_cameras_and_explicit_zeros_are_never_corroborated() {
        let mut home = Sighting { kind: Kind::Doorbell, ..sighting(0.0, 0.0) };
        home.cell = home.cell.parent(Resolution::Eight).unwrap();
        let zero = Sighting { heads: 0, ..sighting(0.0, 0.0) };
        for report in [home, zero] {
            assert_eq!(states(&[waiting(report, 0), waiting(report, 1)]), [State::Plausible; 2]);
        }
    }

    #[test]
    fn each_check_fires_on_its_case_and_only_there() {
        let flags = |reports: &[Reported]| judged(reports)[0].flags.clone();
        assert_eq!(flags(&[waiting(sighting(0.0, 0.0), 0)]), []);
        assert_eq!(flags(&[waiting(sighting(20_000.0, 0.0), 0)]), [Flag::OutsideBounds]);
        let many_heads = |heads| waiting(Sighting { heads, ..sighting(0.0, 0.0) }, 0);
        assert_eq!(flags(&[many_heads(40)]), []);
        assert_eq!(flags(&[many_heads(41)]), [Flag::Density]);
        let row = |count: u32| -> Vec<Reported> {
            let centre = sighting(0.0, 0.0).cell.parent(Resolution::Ten).unwrap();
            let cells = centre.children(Resolution::Thirteen).step_by(5).take(count as usize);
            cells.map(|cell| waiting(Sighting { cell, ..sighting(0.0, 0.0) }, 0)).collect()
        };
        assert_eq!(flags(&row(30)), []);
        assert_eq!(flags(&row(31)), [Flag::Burst]);
        assert!(judged(&row(31))[0].is_frozen());
        let mut teams = row(31);
        for report in &mut teams[16..] {
            report.observed.occasion = OccasionId(1);
        }
        assert_eq!(flags(&teams), [], "two teams on one block are no burst");
    }

    prop_compose! {
        fn reports()(
            all in proptest::collection::vec((0..60_i32, 0..60_i32, 0..6_u32, 0..4_u8, proptest::bool::weighted(0.2)), 1..80)
        ) -> Vec<Reported> {
            all.into_iter()
                .map(|(north, east, occasion, heads, is_accepted)| {
                    let place = sighting(f64::from(north) * 3.0, f64::from(east) * 3.0);
                    Reported { is_accepted, ..waiting(Sighting { heads, ..place }, occasion) }
                })
                .collect()
        }
    }

    proptest! {
        #[test]
        fn what_is_said_of_a_report_does_not_depend_on_the_order_of_reports(all in reports(), turn in 0..80_usize) {
            let said = |reports: &[Reported]| {
                let judged = judged(reports);
                let mut said: Vec<_> = reports
                    .iter()
                    .zip(judged)
                    .map(|(report, j)| {
                        (*report, j.state, j.flags, j.near.into_iter().map(|at| reports[at]).collect::<Vec<_>>())
                    })
                    .collect();
                said.sort_unstable();
                said
            };
            let mut turned = all.clone();
            turned.rotate_left(turn % all.len());
            turned.reverse();
            prop_assert_eq!(said(&all), said(&turned));
        }
    }
}
