//! The order in which a moderator meets what waits.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use h3o::{CellIndex, Resolution};

use super::flag::Flag;
use super::judge::{Judged, Reported, State};

/// Reports are shown by cells of this size, about 0.1 square kilometres: a few blocks that are looked at together. Home
/// cameras by their own, coarser cell.
pub const GROUP: Resolution = Resolution::Nine;

/// Reports of one cell that the checks say the same of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The cell.
    pub cell: CellIndex,
    /// The heaviest flag of its reports: all have this one, or none has any.
    pub flag: Option<Flag>,
    /// Positions of its reports: those that other teams confirm first, then in record order.
    pub members: Vec<usize>,
}

/// Puts what waits into order: first what no check found anything about, then by flag, the lightest first. So a flood,
/// which has flags, never stands before honest work. Among equals, cells with more corroborated reports come first.
#[must_use]
pub fn queue(reports: &[Reported], judged: &[Judged]) -> Vec<Group> {
    let mut groups: BTreeMap<(Option<Flag>, CellIndex), Vec<usize>> = BTreeMap::new();
    for (at, (report, judged)) in reports.iter().zip(judged).enumerate().filter(|(_, (report, _))| !report.is_accepted)
    {
        let cell = report.observed.sighting.cell;
        let flag = judged.flags.iter().max().copied();
        groups.entry((flag, cell.parent(GROUP).unwrap_or(cell))).or_default().push(at);
    }
    let corroborated =
        |members: &[usize]| members.iter().filter(|&&at| judged[at].state == State::Corroborated).count();
    let mut groups: Vec<Group> = groups
        .into_iter()
        .map(|((flag, cell), mut members)| {
            members.sort_by_key(|&at| (Reverse(judged[at].state), reports[at]));
            Group { cell, flag, members }
        })
        .collect();
    groups.sort_by_key(|group| (group.flag, Reverse(corroborated(&group.members)), group.cell));
    groups
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::review::judge::judge;
    use crate::review::judge::tests::{occasions, sighting, waiting};

    fn order(reports: &[Reported]) -> Vec<(Option<Flag>, CellIndex, Vec<Reported>)> {
        let judged = judge(reports, &occasions(), &BTreeMap::new());
        let groups = queue(reports, &judged);
        groups.into_iter().map(|g| (g.flag, g.cell, g.members.into_iter().map(|at| reports[at]).collect())).collect()
    }

    #[test]
    fn what_has_flags_stands_behind_what_has_none_even_in_the_same_cell() {
        let mut dense = sighting(0.0, 0.0);
        dense.heads = 99;
        let mut reports = vec![waiting(dense, 0), waiting(sighting(80.0, 0.0), 1), waiting(sighting(900.0, 0.0), 1)];
        reports.push(waiting(sighting(902.0, 0.0), 0));
        let order = order(&reports);
        assert_eq!(order.iter().map(|(flag, ..)| *flag).collect::<Vec<_>>(), [None, None, Some(Flag::Density)]);
        assert_eq!(order[0].2.len(), 2, "two teams saw the same: it comes first");
    }

    proptest! {
        #[test]
        fn every_report_stands_in_the_queue_once_and_the_order_of_arrival_does_not_matter(
            places in proptest::collection::vec((0..40_i32, 0..6_u32), 1..60), turn in 0..60_usize,
        ) {
            let all: Vec<Reported> =
                places.into_iter().map(|(at, occasion)| waiting(sighting(f64::from(at) * 40.0, 0.0), occasion)).collect();
            let mut turned = all.clone();
            turned.rotate_left(turn % all.len());
            turned.reverse();
            prop_assert_eq!(order(&all), order(&turned));
            let mut shown: Vec<Reported> = order(&all).into_iter().flat_map(|(.., members)| members).collect();
            shown.sort_unstable();
            let mut sent = all;
            sent.sort_unstable();
            prop_assert_eq!(shown, sent);
        }
    }
}
