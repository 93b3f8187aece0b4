//! Two passes over the same area: Chapman's estimate of the total, Sadinle's interval, and the exact one to check it.

use statrs::distribution::{DiscreteCDF as _, Hypergeometric};

use super::confidence::{Confidence, Interval};

/// Cameras in an area that two passes walked.
///
/// The estimate assumes that the passes are independent and that every camera is as likely to be seen as any other.
/// Cameras that differ in how easily they are seen, and passes that influence each other, make it too low; links
/// missed between the passes make it too high, false ones too low.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwoPass {
    /// Cameras either pass saw: `n1 + n2 - m`.
    pub counted: f64,
    /// Chapman's estimate of the total; not below `counted`.
    pub estimate: f64,
    /// Its variance (Seber 1982).
    pub variance: f64,
    /// Lower end of the 95 % interval; not below `counted`.
    pub low: f64,
    /// Upper end. None where the data set no limit: nothing was seen twice, or next to everything was (see
    /// [`is_saturated`]).
    pub high: Option<f64>,
    /// Upper end to add up with others: `high`, or the exact one where passes are saturated. None if nothing was seen
    /// twice.
    pub(super) limit: Option<f64>,
}

/// Chapman's estimate (1951) with Sadinle's transformed logit interval (2009) at 95 %.
///
/// `n1` and `n2` are the cameras each pass saw, `m` those both saw. All three may be fractions, as they are after a
/// correction for linkage errors; `m` is held between 0 and the smaller of the others.
#[must_use]
pub fn chapman(n1: f64, n2: f64, m: f64) -> TwoPass {
    Passes::new(n1, n2, m).estimate(Spread::default(), Confidence::NINETY_FIVE)
}

/// Relative standard error to expect of the estimate of `total` cameras that the passes see with probabilities `p1` and
/// `p2`, above 0 and up to 1: what a survey that is being planned will be able to say.
#[must_use]
pub fn expected_relative_error(total: f64, p1: f64, p2: f64) -> f64 {
    ((1.0 - p1) * (1.0 - p2) / (total * p1 * p2)).sqrt()
}

/// What two passes saw.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Passes {
    n1: f64,
    n2: f64,
    m: f64,
}

/// Uncertainty beyond that of two independent passes whose links are known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spread {
    /// Variance of `m` that comes from links missed and made by chance.
    pub(super) m_variance: f64,
    /// Factor on the variance of the passes themselves, 1 or more: whole streets are missed, not single cameras.
    pub(super) dispersion: f64,
}

impl Default for Spread {
    fn default() -> Self {
        Self { m_variance: 0.0, dispersion: 1.0 }
    }
}

impl Passes {
    pub(super) fn new(n1: f64, n2: f64, m: f64) -> Self {
        Self { n1, n2, m: m.min(n1).min(n2).max(0.0) }
    }

    pub(super) fn counted(self) -> f64 {
        self.n1 + self.n2 - self.m
    }

    pub(super) fn total(self) -> f64 {
        ((self.n1 + 1.0) * (self.n2 + 1.0) / (self.m + 1.0) - 1.0).max(self.counted())
    }

    pub(super) fn variance(self) -> f64 {
        let Self { n1, n2, m } = self;
        (n1 + 1.0) * (n2 + 1.0) * (n1 - m) * (n2 - m) / ((m + 1.0) * (m + 1.0) * (m + 2.0))
    }

    /// Change of the estimate per additional link: negative.
    pub(super) fn slope(self) -> f64 {
        -(self.n1 + 1.0) * (self.n2 + 1.0) / ((self.m + 1.0) * (self.m + 1.0))
    }

    pub(super) fn estimate(self, spread: Spread, confidence: Confidence) -> TwoPass {
        let (low, high) = self.sadinle(spread, confidence);
        let high = (self.m > 0.0 && !is_saturated(self.n1, self.n2, self.m)).then_some(high);
        TwoPass {
            counted: self.counted(),
            estimate: self.total(),
            variance: self.variance() * spread.dispersion + self.slope().powi(2) * spread.m_variance,
            low,
            high,
            limit: high.or_else(|| self.exact_high(confidence)).map(|end| end.max(self.total())),
        }
    }

    /// Sadinle 2009: the odds of having been missed, on the log scale, with half a camera added to every cell.
    fn sadinle(self, spread: Spread, confidence: Confidence) -> (f64, f64) {
        let Self { n1, n2, m } = self;
        let (only1, only2, both) = (n1 - m + 0.5, n2 - m + 0.5, m + 0.5);
        let missed = only1 * only2 / both;
        let passes = 1.0 / both + 1.0 / only1 + 1.0 / only2 + 1.0 / missed;
        // The delta method, put wholly on the missed part so that the interval cannot reach below what was counted.
        let links = self.slope().powi(2) * spread.m_variance / (missed * missed);
        let factor = (confidence.z() * (passes * spread.dispersion + links).sqrt()).exp();
        let fixed = self.counted() - 0.5;
        // The upper end of nearly full passes overflows; it is not published.
        ((fixed + missed / factor).max(self.counted()), fixed + missed * factor)
    }

    /// Upper end of the exact interval; `None` if nothing was seen twice.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts, not negative")]
    fn exact_high(self, confidence: Confidence) -> Option<f64> {
        // Fewer links mean more cameras: rounding m down and the others up keeps the end on the safe side.
        let (n1, n2, m) = (self.n1.ceil() as u64, self.n2.ceil() as u64, self.m.floor() as u64);
        exact_interval(n1, n2, m, confidence).1.map(|high| high as f64)
    }
}

/// Whether two passes saw so nearly the same cameras that Sadinle's upper end says nothing.
///
/// His interval multiplies the missed part, about `(n1 - m + 0.5)(n2 - m + 0.5) / (m + 0.5)`, by a factor that grows as
/// that part shrinks. Where each pass saw no camera, or half of one, that the other did not, nothing in the data
/// carries the factor; and with a missed part below a tenth of a camera the end grows without bound as fewer are missed.
#[must_use]
pub fn is_saturated(n1: f64, n2: f64, m: f64) -> bool {
    let (only1, only2) = ((n1 - m).max(0.0), (n2 - m).max(0.0));
    (only1 <= 0.5 && only2 <= 0.5) || (only1 + 0.5) * (only2 + 0.5) / (m + 0.5) < 0.1
}

/// The exact interval: totals under which neither so few nor so many links are improbable (hypergeometric
/// distribution, each tail at half of what the confidence leaves). The upper end is `None` if there is no link.
///
/// A check of [`chapman`]; slow beyond some ten thousand cameras. `m` is held to the smaller of `n1` and `n2`.
#[must_use]
pub fn exact_interval(n1: u64, n2: u64, m: u64, confidence: Confidence) -> (u64, Option<u64>) {
    let m = m.min(n1).min(n2);
    let tail = confidence.tail();
    let counted = n1 + n2 - m;
    let low = smallest(counted, |total| at_most(total, n1, n2, m) > tail);
    let high = (m > 0).then(|| smallest(low, |total| at_least(total, n1, n2, m) <= tail).saturating_sub(1).max(low));
    (low, high)
}

/// The smallest number from `from` on that `holds`, which must hold for all numbers after it.
fn smallest(from: u64, holds: impl Fn(u64) -> bool) -> u64 {
    const CEILING: u64 = 1 << 40;
    let mut step = 1;
    let (mut below, mut above) = (from, from);
    while above < CEILING && !holds(above) {
        below = above + 1;
        above += step;
        step *= 2;
    }
    while below < above {
        let middle = below + (above - below) / 2;
        if holds(middle) {
            above = middle;
        } else {
            below = middle + 1;
        }
    }
    above
}

/// Probability of at most `m` links if there are `total` cameras.
fn at_most(total: u64, n1: u64, n2: u64, m: u64) -> f64 {
    Hypergeometric::new(total, n1, n2).map_or(0.0, |links| links.cdf(m))
}

/// Probability of at least `m` links, `m` at least 1, if there are `total` cameras.
fn at_least(total: u64, n1: u64, n2: u64, m: u64) -> f64 {
    Hypergeometric::new(total, n1, n2).map_or(0.0, |links| links.sf(m - 1))
}

impl TwoPass {
    /// Both ends, if there is an upper one.
    #[must_use]
    pub fn interval(&self) -> Option<Interval> {
        self.high.map(|high| Interval { low: self.low, high })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn close(actual: f64, expected: f64, within: f64) {
        assert!((actual - expected).abs() <= within, "{actual} is not {expected}");
    }

    /// n1, n2, m; Chapman, standard error, Sadinle 95 %, exact. Sources: Wikipedia "Mark and recapture"; Krebs 1989
    /// box 2.1; Ricker 1975 (all three also in the tests of the R package FSA); the rest from R.
    #[test]
    fn published_surveys_come_out_as_published() {
        let surveys = [
            (10, 15, 5, 28.3333, 5.9094, 21.941, 64.666, 21, 73),
            (948, 421, 167, 2382.7976, 129.0563, 2159.301, 2673.571, 2154, 2682),
            (109, 177, 57, 336.5862, 24.8110, 298.322, 401.865, 295, 403),
            (200, 300, 60, 990.8197, 93.8697, 838.160, 1221.973, 834, 1237),
            (50, 25, 10, 119.5455, 23.4080, 89.321, 208.506, 86, 227),
        ];
        for (n1, n2, m, estimate, error, low, high, exact_low, exact_high) in surveys {
            let found = chapman(n1 as f64, n2 as f64, m as f64);
            close(found.estimate, estimate, 1e-4);
            close(found.variance.sqrt(), error, 1e-4);
            close(found.low, low, 1e-3);
            close(found.high.unwrap(), high, 1e-3);
            let exact = exact_interval(n1, n2, m, Confidence::NINETY_FIVE);
            assert_eq!(exact, (exact_low, Some(exact_high)), "{n1} {n2} {m}");
        }
    }

    /// Pine et al. 2013 box 11.2; Seber 1982 tables 3.7 and 3.8; snowshoe hares of occasions 4 and 6 (Rcapture).
    #[test]
    fn published_totals_come_out_as_published() {
        close(chapman(421.0, 332.0, 88.0).estimate, 1578.0, 0.5);
        close(chapman(500.0, 149.0, 7.0).estimate, 9393.0, 0.5);
        close(chapman(500.0, 149.0, 7.0).variance.sqrt(), 3022.0, 0.5);
        close(chapman(1000.0, 243.0, 21.0).estimate, 11101.0, 0.5);
        close(chapman(1000.0, 243.0, 21.0).variance.sqrt(), 2184.0, 0.5);
        close(chapman(26.0, 32.0, 16.0).estimate, 51.4118, 1e-4);
    }

    #[test]
    fn a_plan_tells_how_sure_a_survey_will_be() {
        let plans = [(100.0, [0.400, 0.233, 0.100, 0.043]), (500.0, [0.179, 0.104, 0.045, 0.019])];
        for (total, expected) in plans.into_iter().chain([(1000.0, [0.126, 0.074, 0.032, 0.014])]) {
            for (p, error) in [0.2, 0.3, 0.5, 0.7].into_iter().zip(expected) {
                close(expected_relative_error(total, p, p), error, 5e-4);
            }
        }
    }

    #[test]
    fn without_a_recapture_there_is_no_upper_end() {
        let found = chapman(9.0, 7.0, 0.0);
        close(found.estimate, 79.0, 1e-9);
        close(found.variance.sqrt(), 50.1996, 1e-4);
        close(found.low, 23.055, 1e-3);
        assert_eq!(found.high, None);
        close(Passes::new(9.0, 7.0, 0.0).sadinle(Spread::default(), Confidence::NINETY_FIVE).1, 2703.146, 1e-3);
        assert_eq!(exact_interval(9, 7, 0, Confidence::NINETY_FIVE).1, None);
    }

    #[test]
    fn passes_that_saw_the_same_cameras_set_no_upper_end() {
        let found = chapman(5.0, 5.0, 5.0);
        assert_eq!((found.estimate, found.variance, found.low, found.high), (5.0, 0.0, 5.0, None));
        close(Passes::new(5.0, 5.0, 5.0).sadinle(Spread::default(), Confidence::NINETY_FIVE).1, 1034.934, 1e-3);
        assert_eq!(chapman(300.0, 301.0, 300.0).high, None);
        assert!(chapman(10.0, 15.0, 9.0).high.is_some());
        // C(8, 5) = 56, so eight cameras would have made this improbable and seven would not.
        assert_eq!(exact_interval(5, 5, 5, Confidence::NINETY_FIVE), (5, Some(7)));
    }

    proptest! {
        #[test]
        fn the_interval_holds_the_estimate_and_all_that_was_counted(
            only1 in 0.0..500.0f64, only2 in 0.0..500.0f64, both in 0.0..500.0f64
        ) {
            let found = chapman(only1 + both, only2 + both, both);
            prop_assert!(found.estimate >= found.counted && found.low >= found.counted);
            prop_assert!(found.low <= found.estimate + 1e-9);
            prop_assert!(found.high.is_none_or(|high| high >= found.estimate && high.is_finite()));
        }

        #[test]
        fn the_passes_may_be_swapped(n1 in 0.0..500.0f64, n2 in 0.0..500.0f64, share in 0.0..1.0f64) {
            let m = share * n1.min(n2);
            let (one, other) = (chapman(n1, n2, m), chapman(n2, n1, m));
            prop_assert!((one.estimate - other.estimate).abs() < 1e-6 && (one.low - other.low).abs() < 1e-6);
        }

        #[test]
        fn more_spread_widens_the_interval(n1 in 10.0..500.0f64, n2 in 10.0..500.0f64, extra in 0.1..9.0f64) {
            let passes = Passes::new(n1, n2, n1.min(n2) / 2.0);
            let plain = passes.estimate(Spread::default(), Confidence::NINETY_FIVE);
            let wide = Spread { m_variance: extra, dispersion: 1.0 + extra };
            let wide = passes.estimate(wide, Confidence::NINETY_FIVE);
            prop_assert!(wide.low <= plain.low && wide.high.unwrap() > plain.high.unwrap());
            prop_assert!((wide.estimate - plain.estimate).abs() < 1e-9 && wide.variance > plain.variance);
        }
    }
}
