//! How sure an interval is meant to be, and the intervals several methods share.

use statrs::distribution::{ContinuousCDF as _, Normal};

use super::EstimateError;

/// Share of surveys whose interval should contain the true value, strictly between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Confidence(f64);

impl Confidence {
    /// 95 %, what every published interval has.
    pub const NINETY_FIVE: Self = Self(0.95);

    /// A confidence between 0 and 1, both excluded.
    ///
    /// # Errors
    /// [`EstimateError::Confidence`] for anything else.
    pub fn new(share: f64) -> Result<Self, EstimateError> {
        let inside = share > 0.0 && share < 1.0;
        inside.then_some(Self(share)).ok_or(EstimateError::Confidence)
    }

    /// What each of so many statements needs so that all of them hold together with this confidence, whatever they have to
    /// do with each other (Bonferroni's inequality; Dunn 1961, "Multiple comparisons among means").
    #[must_use]
    pub fn of_each(self, statements: u64) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "a number of pairs of areas, far below 2^53")]
        let statements = statements.max(1) as f64;
        Self(1.0 - (1.0 - self.0) / statements)
    }

    /// The probability left out on each side: 0.025 at 95 %.
    #[must_use]
    pub fn tail(self) -> f64 {
        (1.0 - self.0) / 2.0
    }

    /// The quantile of the standard normal distribution that leaves [`tail`](Self::tail) above it: 1.96 at 95 %.
    #[must_use]
    pub fn z(self) -> f64 {
        -Normal::standard().inverse_cdf(self.tail())
    }
}

/// Two ends, in the unit of what they enclose.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end, not below the lower one.
    pub high: f64,
}

impl Interval {
    /// Both ends divided by a positive number.
    pub(super) fn per(self, denominator: f64) -> Self {
        Self { low: self.low / denominator, high: self.high / denominator }
    }
}

/// Log-normal interval for a total of which `counted` were seen and `missed` are estimated (Chao 1987): the counted
/// are certain, so only the missed part varies, and it cannot be negative.
///
/// With nothing missed both ends are `counted`: such data say nothing about how many were missed.
#[must_use]
pub fn missed_interval(counted: f64, missed: f64, variance: f64, confidence: Confidence) -> Interval {
    if missed <= 0.0 {
        return Interval { low: counted, high: counted };
    }
    let factor = (confidence.z() * (variance / (missed * missed)).ln_1p().sqrt()).exp();
    Interval { low: counted + missed / factor, high: counted + missed * factor }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quantile_of_ninety_five_percent_is_the_known_one() {
        assert!((Confidence::NINETY_FIVE.z() - 1.959_963_984_540_054).abs() < 1e-9);
    }

    #[test]
    fn many_statements_share_the_chance_of_error() {
        let each = Confidence::NINETY_FIVE.of_each(10);
        assert!((each.tail() - 0.0025).abs() < 1e-15 && (each.z() - 2.807_033_768_343_811).abs() < 1e-9);
        assert_eq!(Confidence::NINETY_FIVE.of_each(1), Confidence::NINETY_FIVE.of_each(0));
    }

    #[test]
    fn a_confidence_is_a_share_strictly_between_nothing_and_all() {
        for wrong in [0.0, 1.0, -0.1, 95.0, f64::NAN] {
            assert!(Confidence::new(wrong).is_err(), "{wrong}");
        }
        assert!((Confidence::new(0.9).unwrap().tail() - 0.05).abs() < 1e-15);
    }
}
