//! Reports that a camera is gone or never was one, put together by place.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::teams::{independent, is_attested};
use crate::matching::{Gate, Near};
use crate::model::{
    Basis, Claim, Facing, Linked, Maker, Mount, Observed, Occasion, OccasionId, Operator, PositionClass, Report,
    Sighting,
};

/// A report against a camera, with the number of its occasion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Disputed {
    /// What is said.
    pub report: Report,
    /// The number of its occasion.
    pub occasion: OccasionId,
}

/// Reports of one place that say the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// What they say.
    pub claim: Claim,
    /// Positions of the reports, in record order.
    pub members: Vec<usize>,
    /// Whether two teams say so, each with a token: only then a moderator needs to look (rule A6).
    pub is_confirmed: bool,
    /// Positions of the accepted sightings that they may speak of.
    pub about: Vec<usize>,
}

/// Puts reports together by claim and place, those that two teams made first, and finds what each may speak of among
/// accepted sightings. What comes out does not depend on the order of the reports.
#[must_use]
pub fn disputes(
    reports: &[Disputed],
    occasions: &BTreeMap<OccasionId, Occasion>,
    accepted: &[Observed],
) -> Vec<Dispute> {
    let places = reports.iter().map(as_observed).chain(accepted.iter().copied());
    let near = Near::of(&places.collect::<Vec<_>>(), Gate::NORMAL);
    let mut order: Vec<usize> = (0..reports.len()).collect();
    order.sort_by_key(|&at| reports[at]);
    let mut taken = vec![false; reports.len()];
    let mut found: Vec<Dispute> = Vec::new();
    for &at in &order {
        if taken[at] {
            continue;
        }
        let claim = reports[at].report.claim;
        let mut members = vec![at];
        members.extend(
            near.like(at)
                .filter(|&other| other < reports.len() && !taken[other] && reports[other].report.claim == claim),
        );
        members.sort_by_key(|&member| reports[member]);
        for &member in &members {
            taken[member] = true;
        }
        let likes = members.iter().flat_map(|&member| near.like(member));
        let about: BTreeSet<usize> = likes.filter_map(|other| other.checked_sub(reports.len())).collect();
        let public = |&other: &usize| !accepted[other].sighting.is_home() && accepted[other].sighting.heads > 0;
        let mut about: Vec<usize> = about.into_iter().filter(public).collect();
        about.sort_by_key(|&other| accepted[other]);
        let is_confirmed = are_two_teams(&members, reports, occasions);
        found.push(Dispute { claim, members, is_confirmed, about });
    }
    found.sort_by_key(|dispute| (Reverse(dispute.is_confirmed), dispute.members.first().map(|&at| reports[at])));
    found
}

fn are_two_teams(members: &[usize], reports: &[Disputed], occasions: &BTreeMap<OccasionId, Occasion>) -> bool {
    let numbers: BTreeSet<OccasionId> = members.iter().map(|&at| reports[at].occasion).collect();
    let teams: Vec<&Occasion> =
        numbers.iter().filter_map(|number| occasions.get(number)).filter(|occasion| is_attested(occasion)).collect();
    teams.iter().enumerate().any(|(at, one)| teams[..at].iter().any(|other| independent(one, other)))
}

/// A report as a sighting at its place that contradicts nothing but another kind.
fn as_observed(disputed: &Disputed) -> Observed {
    let Disputed { report, occasion } = *disputed;
    let sighting = Sighting {
        cell: report.cell,
        kind: report.kind,
        operator: Operator::Unknown,
        mount: Mount::Unknown,
        linked: Linked::Unknown,
        maker: Maker::UNKNOWN,
        basis: Basis::Seen,
        facing: Facing::NONE,
        heads: 1,
        week: Some(report.week),
        position: PositionClass::Map,
        slot: 0,
    };
    Observed { sighting, occasion }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Kind;
    use crate::review::judge::tests::{occasions, sighting};

    fn gone(metres_north: f64, occasion: u32) -> Disputed {
        let report = Report {
            cell: sighting(metres_north, 0.0).cell,
            kind: Kind::Unknown,
            claim: Claim::Gone,
            week: "2026-W20".parse().unwrap(),
        };
        Disputed { report, occasion: OccasionId(occasion) }
    }

    #[test]
    fn two_teams_bring_a_camera_to_the_queue_and_one_team_or_no_token_does_not() {
        let confirmed = |one, other| disputes(&[gone(0.0, one), gone(3.0, other)], &occasions(), &[])[0].is_confirmed;
        assert!(confirmed(0, 1) && confirmed(0, 5));
        for (one, other) in [(0, 0), (0, 4), (0, 3), (2, 3)] {
            assert!(!confirmed(one, other), "{one} {other}");
        }
    }

    #[test]
    fn reports_of_another_place_or_claim_stand_apart_and_confirmed_ones_first() {
        let mut never = gone(0.0, 1);
        never.report.claim = Claim::NotACamera;
        let found = disputes(&[gone(500.0, 0), never, gone(0.0, 0), gone(502.0, 1)], &occasions(), &[]);
        assert_eq!(found.len(), 3);
        assert_eq!((found[0].is_confirmed, &found[0].members[..]), (true, &[0, 3][..]));
    }

    #[test]
    fn a_report_speaks_of_what_is_near_and_of_its_kind() {
        let accepted =
            [sighting(0.0, 0.0), sighting(90.0, 0.0)].map(|sighting| Observed { sighting, occasion: OccasionId(2) });
        assert_eq!(disputes(&[gone(2.0, 0)], &occasions(), &accepted)[0].about, [0]);
        let mut reader = gone(2.0, 0);
        reader.report.kind = Kind::PlateReader;
        assert_eq!(disputes(&[reader], &occasions(), &accepted)[0].about, Vec::<usize>::new());
    }

    proptest! {
        #[test]
        fn disputes_do_not_depend_on_the_order_of_reports(
            places in proptest::collection::vec((0..20_i32, 0..6_u32), 1..30), turn in 0..30_usize,
        ) {
            let all: Vec<Disputed> = places.into_iter().map(|(at, occasion)| gone(f64::from(at) * 6.0, occasion)).collect();
            let said = |reports: &[Disputed]| -> Vec<(bool, Vec<Disputed>)> {
                let found = disputes(reports, &occasions(), &[]);
                found.into_iter().map(|d| (d.is_confirmed, d.members.iter().map(|&at| reports[at]).collect())).collect()
            };
            let mut turned = all.clone();
            turned.rotate_left(turn % all.len());
            prop_assert_eq!(said(&all), said(&turned));
        }
    }
}
