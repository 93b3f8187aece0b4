//! Moderators' rulings, resolved to the points they speak of.

use std::collections::{HashMap, HashSet};

use super::pair::Point;
use crate::model::{Ruled, Ruling, Verdict};

/// Rulings on points. Nearly always empty, and then free.
#[derive(Debug, Default)]
pub(super) struct Rules {
    /// Pairs ruled different, lower number first.
    different: HashSet<(u32, u32)>,
    /// The group of each point that was ruled the same as another: its lowest number.
    group: HashMap<u32, u32>,
    /// Pairs ruled the same, directly or through others.
    pub(super) same: Vec<(u32, u32)>,
}

impl Rules {
    /// Resolves rulings against points in canonical record order. One that names a sighting which is not there says
    /// nothing; where "same" contradicts "different", directly or through others, "different" holds.
    pub(super) fn resolve(rulings: &[Ruling], points: &[Point]) -> Self {
        let mut rules = Self::default();
        let mut sorted = rulings.to_vec();
        sorted.sort_unstable();
        let pairs = |wanted: Verdict| {
            let rulings = sorted.iter().filter(move |ruling| ruling.verdict == wanted);
            rulings.filter_map(|ruling| {
                let (a, b) = (find(ruling.first, points)?, find(ruling.second, points)?);
                (a != b).then_some((a.min(b), a.max(b)))
            })
        };
        rules.different = pairs(Verdict::Different).collect();
        let mut groups: HashMap<u32, Vec<u32>> = HashMap::new();
        let mut same: Vec<_> = pairs(Verdict::Same).collect();
        same.sort_unstable();
        for (a, b) in same {
            let (of_a, of_b) = (rules.group_of(a), rules.group_of(b));
            let members = |of: u32| groups.get(&of).cloned().unwrap_or_else(|| vec![of]);
            let (first, second) = (members(of_a), members(of_b));
            if of_a == of_b || first.iter().any(|&x| second.iter().any(|&y| rules.forbids(x, y))) {
                continue;
            }
            let into = of_a.min(of_b);
            let all = [first, second].concat();
            for &number in &all {
                rules.group.insert(number, into);
            }
            groups.remove(&of_a.max(of_b));
            groups.insert(into, all);
            rules.same.push((a, b));
        }
        rules
    }

    /// Whether the two were ruled different.
    pub(super) fn forbids(&self, a: u32, b: u32) -> bool {
        !self.different.is_empty() && self.different.contains(&(a.min(b), a.max(b)))
    }

    /// Whether no two points were ruled the same.
    pub(super) fn joins_none(&self) -> bool {
        self.group.is_empty()
    }

    /// Whether a point was ruled the same as another.
    pub(super) fn is_joined(&self, number: u32) -> bool {
        self.group.contains_key(&number)
    }

    /// Those of some points that were ruled the same as this one, itself included.
    pub(super) fn alike(&self, number: u32, among: impl Iterator<Item = u32>) -> impl Iterator<Item = u32> {
        let group = self.group_of(number);
        among.filter(move |&other| self.group_of(other) == group)
    }

    /// The lowest number of those ruled the same as this point; its own where nothing was ruled.
    pub(super) fn group_of(&self, number: u32) -> u32 {
        self.group.get(&number).copied().unwrap_or(number)
    }
}

fn find(ruled: Ruled, points: &[Point]) -> Option<u32> {
    let first = points.partition_point(|point| point.observed < ruled.observed);
    let at = first.checked_add(usize::try_from(ruled.ordinal).ok()?)?;
    let found = points.get(at).is_some_and(|point| point.observed == ruled.observed);
    if found { u32::try_from(at).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use crate::matching::pair::tests::sighting_at;
    use crate::matching::{Gate, match_sightings};
    use crate::model::{Observed, OccasionId, Ruled, Ruling, Verdict};

    fn seen(metres_north: f64, occasion: u32) -> Observed {
        Observed { sighting: sighting_at(52.5 + metres_north / 111_195.0, 13.4), occasion: OccasionId(occasion) }
    }

    fn ruling(verdict: Verdict, first: Observed, second: Observed) -> Ruling {
        let ruled = |observed| Ruled { observed, ordinal: 0 };
        Ruling { verdict, first: ruled(first), second: ruled(second) }
    }

    #[test]
    fn a_ruling_of_different_keeps_neighbours_apart_and_its_withdrawal_brings_them_together() {
        let pair = [seen(0.0, 0), seen(4.0, 1)];
        assert_eq!(match_sightings(&pair, Gate::NORMAL, &[]).cameras().len(), 1);
        let rulings = [ruling(Verdict::Different, pair[1], pair[0])];
        assert_eq!(match_sightings(&pair, Gate::NORMAL, &rulings).cameras().len(), 2);
    }

    #[test]
    fn a_ruling_of_same_joins_beyond_the_gate_and_others_still_join_at_either_end() {
        let far = [seen(0.0, 0), seen(40.0, 1)];
        let rulings = [ruling(Verdict::Same, far[0], far[1])];
        assert_eq!(match_sightings(&far, Gate::NORMAL, &[]).cameras().len(), 2);
        let one = match_sightings(&far, Gate::NORMAL, &rulings);
        assert_eq!(one.cameras().len(), 1);
        assert!(one.cameras()[0].reason.ruled && one.cameras()[0].reason.diameter_dm > 350);
        let more = [far[0], far[1], seen(3.0, 2), seen(42.0, 3)];
        assert_eq!(match_sightings(&more, Gate::NORMAL, &rulings).cameras().len(), 1);
    }

    #[test]
    fn a_ruling_of_same_overrides_slots_and_one_of_different_overrides_same() {
        let mut beside = seen(2.0, 0);
        beside.sighting.slot = 1;
        let two = [seen(0.0, 0), beside, seen(1.0, 1)];
        assert_eq!(match_sightings(&two, Gate::NORMAL, &[]).cameras().len(), 2);
        let same = ruling(Verdict::Same, two[0], two[1]);
        assert_eq!(match_sightings(&two, Gate::NORMAL, &[same]).cameras().len(), 1);
        let different = ruling(Verdict::Different, two[0], two[1]);
        let both = match_sightings(&two, Gate::NORMAL, &[same, different]);
        assert!(both.cameras().len() == 2 && both.cameras().iter().all(|camera| !camera.reason.ruled));
    }

    #[test]
    fn a_ruling_on_a_sighting_that_is_gone_says_nothing() {
        let pair = [seen(0.0, 0), seen(4.0, 1)];
        let rulings = [ruling(Verdict::Different, pair[0], seen(500.0, 0))];
        assert_eq!(match_sightings(&pair, Gate::NORMAL, &rulings).cameras().len(), 1);
    }
}
