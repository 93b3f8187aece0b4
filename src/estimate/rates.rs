//! Counts per square kilometre or resident: intervals, the rule for publishing them, and what may be compared.
//!
//! The intervals tell what would vary if cameras were placed by chance at a constant rate, which is what a comparison
//! of areas or years needs. They do not cover cameras that nobody saw.

use statrs::distribution::{Beta, ChiSquared, ContinuousCDF as _, Discrete as _, DiscreteCDF as _, Poisson};

use super::EstimateError;
use super::confidence::{Confidence, Interval};

/// Fewest counted cameras from which a rate is published (NCHS presentation standards for rates and counts).
const FEWEST_COUNTED: u64 = 10;
/// Widest interval of a published rate, as a multiple of the rate (NCHS, the same).
const WIDEST: f64 = 1.6;
/// Dispersion above which intervals are widened: below it, chance explains the spread of few units well enough.
const DISPERSED: f64 = 1.5;

/// Garwood's exact interval (1936) for the mean of a Poisson count.
#[must_use]
pub fn garwood(count: u64, confidence: Confidence) -> Interval {
    gamma_interval(count as f64, confidence)
}

/// Garwood's interval for any count that is not negative; whole numbers give the exact one.
fn gamma_interval(count: f64, confidence: Confidence) -> Interval {
    let tail = confidence.tail();
    let low = if count > 0.0 { chi_squared(tail, 2.0 * count) / 2.0 } else { 0.0 };
    Interval { low, high: chi_squared(1.0 - tail, 2.0 * count + 2.0) / 2.0 }
}

/// Quantile; the freedom is positive, so the distribution exists.
fn chi_squared(probability: f64, freedom: f64) -> f64 {
    ChiSquared::new(freedom).map_or(f64::NAN, |distribution| distribution.inverse_cdf(probability))
}

/// The mid-P interval of a Poisson count: half the probability of the count itself lies in either tail. Shorter than
/// [`garwood`], right on average and not for every mean.
#[must_use]
pub fn mid_p(count: u64, confidence: Confidence) -> Interval {
    let tail = confidence.tail();
    // Garwood's interval encloses the mid-P one.
    let outer = garwood(count, confidence);
    let low = if count == 0 { 0.0 } else { bisect(outer, |mean| 1.0 - mid_cdf(count, mean) > tail) };
    Interval { low, high: bisect(outer, |mean| mid_cdf(count, mean) < tail) }
}

/// Probability of fewer than `count`, and half that of `count`, at a positive mean.
fn mid_cdf(count: u64, mean: f64) -> f64 {
    Poisson::new(mean).map_or(1.0, |counts| counts.cdf(count) - counts.pmf(count) / 2.0)
}

/// Where a condition that fails at the lower end and holds at the upper one begins to hold.
fn bisect(within: Interval, holds: impl Fn(f64) -> bool) -> f64 {
    let Interval { mut low, mut high } = within;
    for _ in 0..80 {
        let middle = f64::midpoint(low, high);
        if holds(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    f64::midpoint(low, high)
}

/// Variance of counts per unit (street or cell, zeros included) divided by their mean: about 1 if cameras are placed
/// one by one, more if they come in groups. `None` for fewer than two units or no camera.
#[must_use]
pub fn dispersion(counts: &[u64]) -> Option<f64> {
    let units = counts.len() as f64;
    let mean = counts.iter().map(|&count| count as f64).sum::<f64>() / units;
    if counts.len() < 2 || mean <= 0.0 {
        return None;
    }
    let variance = counts.iter().map(|&count| (count as f64 - mean).powi(2)).sum::<f64>() / (units - 1.0);
    Some(variance / mean)
}

/// The same for units of unequal extent: the variance of the ratio estimator of cameras over extent (Cochran 1977, section
/// 6.3), divided by what it is if cameras are placed one by one. Units of one extent have their [`dispersion`].
#[must_use]
pub fn dispersion_over(units: &[(u64, u64)]) -> Option<f64> {
    let (number, counted) = (units.len() as f64, units.iter().map(|&(count, _)| count as f64).sum::<f64>());
    let extent = units.iter().map(|&(_, extent)| extent as f64).sum::<f64>();
    if units.len() < 2 || counted <= 0.0 || extent <= 0.0 {
        return None;
    }
    let rate = counted / extent;
    let squares = units.iter().map(|&(count, extent)| (count as f64 - rate * extent as f64).powi(2)).sum::<f64>();
    Some(number / (number - 1.0) * squares / counted)
}

/// A count with what it is counted over.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observed {
    count: u64,
    denominator: f64,
    dispersion: f64,
}

impl Observed {
    /// A count over a denominator above zero: square kilometres, kilometres of street, thousands of residents.
    ///
    /// # Errors
    /// [`EstimateError::Denominator`] if that is not a positive number.
    pub fn new(count: u64, denominator: f64) -> Result<Self, EstimateError> {
        let usable = denominator.is_finite() && denominator > 0.0;
        usable.then_some(Self { count, denominator, dispersion: 1.0 }).ok_or(EstimateError::Denominator)
    }

    /// The same with the [`dispersion`] of its units. Above 1.5 it widens intervals by about its square root; up to
    /// there it changes nothing.
    #[must_use]
    pub fn with_dispersion(self, dispersion: f64) -> Self {
        Self { dispersion: if dispersion > DISPERSED { dispersion } else { 1.0 }, ..self }
    }

    /// The count in independent groups: a count of dispersion phi varies as phi times a Poisson count of count / phi
    /// does. So a widened interval stays above zero, which plain scaling of its ends would not.
    fn groups(&self) -> f64 {
        self.count as f64 / self.dispersion
    }

    /// The rate with its interval.
    #[must_use]
    pub fn rate(&self, confidence: Confidence) -> Rate {
        let counts = gamma_interval(self.groups(), confidence).per(1.0 / self.dispersion);
        Rate {
            value: self.count as f64 / self.denominator,
            interval: counts.per(self.denominator),
            publishable: is_publishable(self.count, counts),
        }
    }
}

/// A rate per unit of its denominator.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Count divided by denominator.
    pub value: f64,
    /// Garwood's interval, widened if cameras come in groups.
    pub interval: Interval,
    /// Whether the rate may stand without its count; see [`is_publishable`].
    pub publishable: bool,
}

/// Whether a rate is certain enough to be shown as one: at least ten counted, and an interval no wider than 160 % of
/// the count (NCHS). Below that the count and the interval are shown, and the rate is hatched on maps.
#[must_use]
pub fn is_publishable(count: u64, of_count: Interval) -> bool {
    count >= FEWEST_COUNTED && of_count.high - of_count.low <= WIDEST * count as f64
}

/// How many times as high the rate of one area is as that of another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RateRatio {
    /// The ratio of the rates; `None` if the second is zero.
    pub value: Option<f64>,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end; `None` if the second rate is zero.
    pub high: Option<f64>,
}

/// Ratio of two rates with the exact conditional interval: given both counts together, the first is binomial
/// (Clopper and Pearson 1934). `None` if both counts are zero.
#[must_use]
pub fn rate_ratio(first: &Observed, second: &Observed, confidence: Confidence) -> Option<RateRatio> {
    let scale = second.denominator / first.denominator;
    let (one, other) = conditional_counts(first, second);
    if one + other <= 0.0 {
        return None;
    }
    let tail = confidence.tail();
    let odds = |share: f64| scale * share / (1.0 - share);
    let low = if one > 0.0 { odds(beta_quantile(tail, one, other + 1.0)) } else { 0.0 };
    let high = (other > 0.0).then(|| odds(beta_quantile(1.0 - tail, one + 1.0, other)));
    Some(RateRatio { value: (other > 0.0).then(|| scale * first.count as f64 / second.count as f64), low, high })
}

/// Both counts in groups of one size, the larger dispersion of the two.
fn conditional_counts(first: &Observed, second: &Observed) -> (f64, f64) {
    let dispersion = first.dispersion.max(second.dispersion);
    (first.count as f64 / dispersion, second.count as f64 / dispersion)
}

fn beta_quantile(probability: f64, a: f64, b: f64) -> f64 {
    Beta::new(a, b).map_or(f64::NAN, |shares| shares.inverse_cdf(probability))
}

/// Whether the rates of two areas differ by more than chance explains: the interval of [`rate_ratio`] leaves out 1.
///
/// Areas that are not separable are not ranked. Of several pairs each is to be compared at [`Confidence::of_each`].
#[must_use]
pub fn separable(first: &Observed, second: &Observed, confidence: Confidence) -> bool {
    let (one, other) = conditional_counts(first, second);
    let share = first.denominator / (first.denominator + second.denominator);
    // The ends of the interval are quantiles; whether 1 lies outside needs only the tails there.
    let below = if one > 0.0 { beta_cdf(share, one, other + 1.0) } else { 1.0 };
    let above = if other > 0.0 { 1.0 - beta_cdf(share, one + 1.0, other) } else { 1.0 };
    below.min(above) < confidence.tail()
}

fn beta_cdf(share: f64, a: f64, b: f64) -> f64 {
    Beta::new(a, b).map_or(f64::NAN, |shares| shares.cdf(share))
}

/// The confidence of each comparison where every two of so many areas are compared.
#[must_use]
pub fn of_each_pair(areas: usize, confidence: Confidence) -> Confidence {
    let areas = areas as u64;
    confidence.of_each(areas * areas.saturating_sub(1) / 2)
}

/// For each area the numbers of the others it cannot be separated from, in ascending order, with that confidence for all
/// pairs together.
#[must_use]
pub fn inseparable(areas: &[Observed], confidence: Confidence) -> Vec<Vec<usize>> {
    let confidence = of_each_pair(areas.len(), confidence);
    let mut alike = vec![Vec::new(); areas.len()];
    for (at, first) in areas.iter().enumerate() {
        for (after, second) in areas.iter().enumerate().skip(at + 1) {
            if !separable(first, second, confidence) {
                alike[at].push(after);
                alike[after].push(at);
            }
        }
    }
    alike
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn close(actual: f64, expected: f64, within: f64) {
        assert!((actual - expected).abs() <= within, "{actual} is not {expected}");
    }

    fn observed(count: u64, denominator: f64) -> Observed {
        Observed::new(count, denominator).unwrap()
    }

    #[test]
    fn streets_of_unequal_length_with_cameras_to_match_are_not_clumped() {
        let even = [(1, 100), (2, 200), (8, 800), (4, 400)];
        assert!(dispersion_over(&even).unwrap() < 1e-12, "every street has the same rate");
        assert!(dispersion(&[1, 2, 8, 4]).unwrap() > 2.0, "which their counts alone do not show");
        // By hand: rate 1/2, residuals 2, -1, -1; 3/2 times 6 over 6.
        assert!((dispersion_over(&[(4, 4), (1, 4), (1, 4)]).unwrap() - 1.5).abs() < 1e-12);
        assert_eq!((dispersion_over(&[(3, 10)]), dispersion_over(&[(0, 10), (0, 20)])), (None, None));
    }

    /// The tables of `GraphPad`, and the R package epitools.
    #[test]
    fn exact_intervals_of_counts_are_those_of_the_tables() {
        let counts = [
            (0, 0.0, 3.688_879_45),
            (1, 0.025_317_81, 5.571_643_39),
            (2, 0.242_209_28, 7.224_687_67),
            (3, 0.618_672_12, 8.767_273_07),
            (5, 1.623_486_39, 11.668_332_08),
            (10, 4.795_388_70, 18.390_356_04),
            (20, 12.216_519_59, 30.888_377_90),
            (25, 16.178_681_85, 36.904_931_70),
            (50, 37.110_963_74, 65.918_766_66),
            (100, 81.363_991_25, 121.626_793_79),
            (100_000, 99_381.152_66, 100_621.744_74),
        ];
        for (count, low, high) in counts {
            let found = garwood(count, Confidence::NINETY_FIVE);
            close(found.low, low, 1e-5_f64.min(1e-7 * low.max(1.0)).max(1e-8));
            close(found.high, high, 1e-5_f64.min(1e-7 * high).max(1e-8));
        }
        let (wide, wider) = (Confidence::new(0.9).unwrap(), Confidence::new(0.99).unwrap());
        close(garwood(25, wide).low, 17.38, 5e-3);
        close(garwood(25, wide).high, 34.92, 5e-3);
        close(garwood(25, wider).low, 14.00, 5e-3);
        close(garwood(25, wider).high, 41.00, 5e-3);
    }

    /// The R package epitools.
    #[test]
    fn mid_p_intervals_are_those_of_the_tables() {
        for (count, low, high) in [(0, 0.0, 2.9957), (1, 0.05, 4.9319), (5, 1.8320, 11.0824), (10, 5.0795, 17.8249)] {
            let found = mid_p(count, Confidence::NINETY_FIVE);
            // epitools iterates to four digits.
            close(found.low, low, 1e-3);
            close(found.high, high, 1e-3);
        }
    }

    #[test]
    fn a_rate_is_the_count_and_its_interval_over_the_denominator() {
        let per_km2 = observed(10, 2.5).rate(Confidence::NINETY_FIVE);
        close(per_km2.value, 4.0, 1e-12);
        close(per_km2.interval.low, 1.9182, 5e-5);
        close(per_km2.interval.high, 7.3561, 5e-5);
        let per_thousand = observed(10, 8.4).rate(Confidence::NINETY_FIVE);
        close(per_thousand.interval.low, 0.5709, 5e-5);
        close(per_thousand.interval.high, 2.1893, 5e-5);
    }

    #[test]
    fn a_rate_needs_a_denominator() {
        for wrong in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(Observed::new(3, wrong), Err(EstimateError::Denominator));
        }
    }

    #[test]
    fn relative_widths_are_those_of_the_standard() {
        let widths = [(5, 201.0), (7, 166.0), (8, 154.0), (10, 136.0), (16, 105.0), (20, 93.0), (100, 40.0)];
        for (count, percent) in widths {
            let found = garwood(count, Confidence::NINETY_FIVE);
            close((found.high - found.low) / count as f64 * 100.0, percent, 0.5);
        }
    }

    #[test]
    fn few_cameras_or_a_wide_interval_make_no_rate() {
        let publishable = |count: u64, dispersion: f64| {
            observed(count, 3.0).with_dispersion(dispersion).rate(Confidence::NINETY_FIVE).publishable
        };
        assert!(publishable(10, 1.0) && !publishable(9, 1.0) && !publishable(0, 1.0));
        assert!(publishable(100, 6.0) && !publishable(12, 6.0));
    }

    #[test]
    fn cameras_in_groups_are_told_from_single_ones() {
        close(dispersion(&[0, 2, 1, 7, 0, 3, 12, 1]).unwrap(), 5.428_571, 1e-6);
        assert_eq!((dispersion(&[3]), dispersion(&[0, 0])), (None, None));
    }

    #[test]
    fn dispersion_widens_by_about_its_root_and_only_above_the_threshold() {
        let width = |dispersion: f64| {
            let rate = observed(400, 1.0).with_dispersion(dispersion).rate(Confidence::NINETY_FIVE);
            rate.interval.high - rate.interval.low
        };
        close(width(1.5), width(1.0), 1e-12);
        close(width(4.0) / width(1.0), 2.0, 0.03);
    }

    /// R: `poisson.test(c(30, 12), c(10, 8))` and epitools.
    #[test]
    fn the_ratio_of_two_rates_has_its_exact_interval() {
        let found = rate_ratio(&observed(30, 10.0), &observed(12, 8.0), Confidence::NINETY_FIVE).unwrap();
        close(found.value.unwrap(), 2.0, 1e-12);
        close(found.low, 0.994_370, 1e-6);
        close(found.high.unwrap(), 4.289_335, 1e-6);
        assert!(!separable(&observed(30, 10.0), &observed(12, 8.0), Confidence::NINETY_FIVE));
    }

    #[test]
    fn a_ratio_to_nothing_has_a_lower_end_only() {
        let (some, none) = (observed(9, 1.0), observed(0, 1.0));
        let found = rate_ratio(&some, &none, Confidence::NINETY_FIVE).unwrap();
        assert!(found.low > 1.0 && found.high.is_none() && found.value.is_none());
        assert_eq!(rate_ratio(&none, &none, Confidence::NINETY_FIVE), None);
        assert!(separable(&some, &none, Confidence::NINETY_FIVE));
        assert!(!separable(&none, &none, Confidence::NINETY_FIVE));
    }

    #[test]
    fn a_table_says_which_areas_cannot_be_told_apart() {
        let areas = [observed(100, 1.0), observed(110, 1.0), observed(20, 1.0), observed(25, 1.0)];
        assert_eq!(inseparable(&areas, Confidence::NINETY_FIVE), [vec![1], vec![0], vec![3], vec![2]]);
    }

    proptest! {
        #[test]
        fn areas_are_separable_exactly_if_the_ratio_leaves_out_one(
            one in 0u64..60, other in 0u64..60, over in 0.5..20.0f64, phi in 1.0..5.0f64
        ) {
            let (first, second) = (observed(one, 5.0), observed(other, over).with_dispersion(phi));
            let apart = separable(&first, &second, Confidence::NINETY_FIVE);
            prop_assert_eq!(apart, separable(&second, &first, Confidence::NINETY_FIVE));
            let leaves_out = rate_ratio(&first, &second, Confidence::NINETY_FIVE)
                .is_some_and(|ratio| ratio.low > 1.0 || ratio.high.is_some_and(|high| high < 1.0));
            prop_assert_eq!(apart, leaves_out);
        }

        #[test]
        fn units_of_one_extent_are_dispersed_as_without_it(
            counts in proptest::collection::vec(0u64..20, 2..30), extent in 1u64..5000
        ) {
            let units: Vec<(u64, u64)> = counts.iter().map(|&count| (count, extent)).collect();
            match (dispersion(&counts), dispersion_over(&units)) {
                (Some(plain), Some(over)) => prop_assert!((plain - over).abs() < 1e-9 * plain.max(1.0)),
                (plain, over) => prop_assert_eq!(plain, over),
            }
        }

        #[test]
        fn mid_p_lies_within_the_exact_interval(count in 0u64..300) {
            let (mid, exact) = (mid_p(count, Confidence::NINETY_FIVE), garwood(count, Confidence::NINETY_FIVE));
            prop_assert!(mid.low >= exact.low && mid.high < exact.high && mid.low <= mid.high);
        }
    }
}
