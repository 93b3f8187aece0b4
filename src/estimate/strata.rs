//! Strata: cameras that are seen about as easily as each other are estimated together, and the totals are added.
//!
//! One estimate over cameras that differ in how easily they are seen is too low; adding up strata takes out the part
//! that the strata explain. Strata that cannot be estimated are pooled.

use std::cmp::Ordering;

use super::confidence::Confidence;
use super::two_pass::TwoPass;

/// Fewest recaptures of a survey below which its estimate is marked as doubtful. From seven on one can be 95 % sure that
/// the bias of Chapman's estimate is negligible (Robson and Regier 1964; Seber 1982, section 3.1).
pub const FEWEST_RECAPTURES: u32 = 7;

/// What two passes saw of one stratum, or of several pooled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TwoPassCounts {
    /// Numbers of the strata, ascending.
    pub strata: Vec<u8>,
    /// Cameras the first pass saw.
    pub n1: u32,
    /// Cameras the second pass saw.
    pub n2: u32,
    /// Cameras both saw, as linked.
    pub links: u32,
}

impl TwoPassCounts {
    /// By the share of sightings that were of a camera both passes saw, without the rounding of a division.
    fn compare_share(&self, other: &Self) -> Ordering {
        let sightings = |counts: &Self| u64::from(counts.n1) + u64::from(counts.n2);
        (u64::from(self.links) * sightings(other)).cmp(&(u64::from(other.links) * sightings(self)))
    }

    fn absorb(&mut self, other: Self) {
        self.strata.extend(other.strata);
        self.strata.sort_unstable();
        self.n1 += other.n1;
        self.n2 += other.n2;
        self.links += other.links;
    }
}

/// Pools the strata in which no camera was seen again.
///
/// All of them become one, and it joins the stratum that is hardest to see: the one with the lowest share of recaptures
/// (of equals, the one with the lower number). What comes out is ordered by the lowest number of each.
///
/// Strata with few recaptures stay by themselves. Their estimates are rough, which their intervals say, and a little too
/// low; pooling them with others is worse, because those with few recaptures are those that are hard to see. In
/// simulations (100 cameras seen with probability 0.8 and 100 with 0.2) pooling below seven recaptures put the estimate
/// 26 % too low and the truth inside the interval in 8 % of surveys; pooling below one, 2 % and 95 %.
#[must_use]
pub fn pool(mut strata: Vec<TwoPassCounts>) -> Vec<TwoPassCounts> {
    strata.sort_by(|a, b| a.compare_share(b).then_with(|| a.strata.cmp(&b.strata)));
    let mut pooled: Vec<TwoPassCounts> = Vec::new();
    for stratum in strata {
        // Ascending by share, so only the first can be without a recapture.
        match pooled.first_mut().filter(|first| first.links == 0) {
            Some(first) => first.absorb(stratum),
            None => pooled.push(stratum),
        }
    }
    pooled.sort_by(|a, b| a.strata.cmp(&b.strata));
    pooled
}

/// Adds up independent strata: counts, estimates and variances add.
///
/// The ends of the interval lie as far from the sum as the root of the summed squares of their distances in each
/// stratum (MOVER; Zou and Donner 2008). That keeps the skew of Sadinle's intervals, gives his interval for a single
/// stratum, and never reaches below what was counted. A saturated stratum enters with its exact upper end; if all are
/// saturated, or one has no recapture, the sum has no upper end.
#[must_use]
pub fn sum(strata: &[TwoPass]) -> TwoPass {
    let add = |value: fn(&TwoPass) -> f64| strata.iter().map(value).sum::<f64>();
    let (counted, estimate) = (add(|part| part.counted), add(|part| part.estimate));
    let below = add(|part| (part.estimate - part.low).powi(2)).sqrt();
    let above: Option<f64> = strata.iter().map(|part| Some((part.limit? - part.estimate).powi(2))).sum();
    let limit = above.map(|squares| estimate + squares.sqrt());
    TwoPass {
        counted,
        estimate,
        variance: add(|part| part.variance),
        low: (estimate - below).max(counted),
        high: limit.filter(|_| strata.iter().any(|part| part.high.is_some())),
        limit,
    }
}

/// Widens a sum for an error that all strata share, of the given variance of the total: log-normal on the missed part,
/// and added as one more independent part.
pub(super) fn widen_by_shared(total: TwoPass, variance: f64, confidence: Confidence) -> TwoPass {
    let missed = total.estimate - total.counted;
    if missed <= 0.0 || variance <= 0.0 {
        return total;
    }
    let factor = (confidence.z() * variance.sqrt() / missed).exp();
    let below = (total.estimate - total.low).hypot(missed - missed / factor);
    let widened = |end: f64| total.estimate + (end - total.estimate).hypot(missed * factor - missed);
    TwoPass {
        variance: total.variance + variance,
        low: (total.estimate - below).max(total.counted),
        high: total.high.map(widened),
        limit: total.limit.map(widened),
        ..total
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::two_pass::chapman;
    use super::*;

    fn counts(stratum: u8, links: u32) -> TwoPassCounts {
        TwoPassCounts { strata: vec![stratum], n1: 20 + links, n2: 30 + links, links }
    }

    fn members(pooled: &[TwoPassCounts]) -> Vec<Vec<u8>> {
        pooled.iter().map(|counts| counts.strata.clone()).collect()
    }

    #[test]
    fn strata_without_a_recapture_join_the_one_that_is_hardest_to_see() {
        let large = TwoPassCounts { strata: vec![4], n1: 900, n2: 900, links: 50 };
        let pooled = pool(vec![counts(1, 0), counts(2, 40), counts(3, 0), large, counts(5, 9)]);
        assert_eq!(members(&pooled), [vec![1, 3, 4], vec![2], vec![5]]);
        assert_eq!((pooled[0].n1, pooled[0].n2, pooled[0].links), (940, 960, 50));
    }

    #[test]
    fn strata_with_a_recapture_stay_by_themselves() {
        assert_eq!(members(&pool(vec![counts(2, 1), counts(1, 30)])), [vec![1], vec![2]]);
        assert_eq!(members(&pool(vec![counts(9, 0), counts(2, 0)])), [vec![2, 9]]);
        assert_eq!(members(&pool(vec![counts(3, 5), counts(2, 5), counts(1, 0)])), [vec![1, 2], vec![3]]);
    }

    #[test]
    fn one_stratum_adds_up_to_itself() {
        let one = chapman(200.0, 300.0, 60.0);
        let total = sum(&[one]);
        assert!((total.low - one.low).abs() < 1e-9 && (total.high.unwrap() - one.high.unwrap()).abs() < 1e-9);
        assert_eq!((total.estimate, total.variance), (one.estimate, one.variance));
    }

    #[test]
    fn a_saturated_stratum_does_not_take_the_upper_end_from_the_others() {
        let (full, open) = (chapman(5.0, 5.0, 5.0), chapman(200.0, 300.0, 60.0));
        let total = sum(&[full, open]);
        assert!((total.high.unwrap() - (5.0 + open.high.unwrap())).abs() < 0.1);
        assert_eq!(sum(&[full, full]).high, None);
        assert_eq!(sum(&[chapman(9.0, 7.0, 0.0), open]).high, None);
    }

    #[test]
    fn an_error_that_strata_share_widens_the_sum_and_leaves_the_estimate() {
        let total = sum(&[chapman(200.0, 300.0, 60.0), chapman(50.0, 25.0, 10.0)]);
        let wide = widen_by_shared(total, total.variance, Confidence::NINETY_FIVE);
        assert!(wide.low < total.low && wide.high.unwrap() > total.high.unwrap());
        assert_eq!((wide.estimate, wide.variance), (total.estimate, 2.0 * total.variance));
    }

    proptest! {
        #[test]
        fn pooling_loses_nothing_and_does_not_depend_on_order(links in prop::collection::vec(0u32..5, 1..12)) {
            let strata: Vec<TwoPassCounts> = (0..).zip(&links).map(|(at, &links)| counts(at, links)).collect();
            let pooled = pool(strata.clone());
            prop_assert_eq!(&pooled, &pool(strata.iter().rev().cloned().collect()));
            prop_assert_eq!(pooled.iter().map(|counts| counts.links).sum::<u32>(), links.iter().sum::<u32>());
            prop_assert!(pooled.len() == 1 || pooled.iter().all(|counts| counts.links > 0));
        }

        #[test]
        fn a_sum_is_surer_than_its_strata_together(both in 10.0..99.0f64, only in 5.0..99.0f64) {
            let (one, other) = (chapman(both + only, both + 40.0, both), chapman(60.0, 60.0, 25.0));
            let total = sum(&[one, other]);
            prop_assert!(total.low >= one.low + other.low - 1e-9 && total.low >= total.counted);
            prop_assert!(total.high.unwrap() <= one.high.unwrap() + other.high.unwrap() + 1e-9);
        }
    }
}
