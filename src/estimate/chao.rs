//! Chao's lower bounds for the total, and sample coverage: what the cameras seen once and twice tell of those not seen.
//!
//! The bounds hold whatever the differences in how easily cameras are seen; they are the least that the data suggest.

use super::confidence::{Confidence, Interval, missed_interval};

/// A total with its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Abundance {
    /// Distinct cameras seen.
    pub counted: f64,
    /// The estimated total.
    pub estimate: f64,
    /// Variance of the estimate.
    pub variance: f64,
}

impl Abundance {
    /// The log-normal interval on the missed part.
    #[must_use]
    pub fn interval(&self, confidence: Confidence) -> Interval {
        missed_interval(self.counted, self.estimate - self.counted, self.variance, confidence)
    }
}

/// Chao2 (Chao 1987), the heterogeneity bound Mh: `counted` distinct cameras, of which `once` and `twice` were seen on
/// exactly one and two of `occasions`.
#[must_use]
pub fn chao2(counted: u64, once: u64, twice: u64, occasions: u64) -> Abundance {
    bound(counted, once, twice, share_before_last(occasions))
}

/// Chao1: the same from `sightings` of single cameras, without occasions.
#[must_use]
pub fn chao1(counted: u64, once: u64, twice: u64, sightings: u64) -> Abundance {
    bound(counted, once, twice, share_before_last(sightings))
}

/// The bias-corrected form of [`chao2`], which needs no camera seen twice (variance by the delta
/// method, as in the R package vegan).
#[must_use]
pub fn chao2_bias_corrected(counted: u64, once: u64, twice: u64, occasions: u64) -> Abundance {
    bias_corrected(counted, once, twice, share_before_last(occasions))
}

/// `(n - 1) / n`, which takes the bounds from infinite to finite samples.
fn share_before_last(samples: u64) -> f64 {
    if samples == 0 { 0.0 } else { (samples - 1) as f64 / samples as f64 }
}

fn bound(counted: u64, once: u64, twice: u64, a: f64) -> Abundance {
    if twice == 0 {
        return without_twice(counted, once, a);
    }
    let (once, twice) = (once as f64, twice as f64);
    let ratio = once / twice;
    Abundance {
        counted: counted as f64,
        estimate: counted as f64 + a * once * once / (2.0 * twice),
        variance: twice * (a * ratio.powi(2) / 2.0 + a * a * ratio.powi(3) + a * a * ratio.powi(4) / 4.0),
    }
}

fn without_twice(counted: u64, once: u64, a: f64) -> Abundance {
    let seen = counted as f64;
    if once < 2 {
        return Abundance { counted: seen, estimate: seen, variance: 0.0 };
    }
    let once = once as f64;
    let missed = a * once * (once - 1.0) / 2.0;
    let estimate = seen + missed;
    let variance = missed + a * a * once * (2.0 * once - 1.0).powi(2) / 4.0 - a * a * once.powi(4) / (4.0 * estimate);
    Abundance { counted: seen, estimate, variance: variance.max(0.0) }
}

fn bias_corrected(counted: u64, once: u64, twice: u64, a: f64) -> Abundance {
    let seen = counted as f64;
    if once < 2 {
        return Abundance { counted: seen, estimate: seen, variance: 0.0 };
    }
    let (once, twice) = (once as f64, twice as f64);
    let more = twice + 1.0;
    let estimate = seen + a * once * (once - 1.0) / (2.0 * more);
    // Slopes of the estimate in the numbers of cameras seen once, twice and more often; multinomial covariances.
    let by_once = 1.0 + a * (2.0 * once - 1.0) / (2.0 * more);
    let by_twice = 1.0 - a * once * (once - 1.0) / (2.0 * more * more);
    let oftener = (seen - once - twice).max(0.0);
    let squares = by_once * by_once * once + by_twice * by_twice * twice + oftener;
    let linear = by_once * once + by_twice * twice + oftener;
    Abundance { counted: seen, estimate, variance: (squares - linear * linear / estimate).max(0.0) }
}

/// Sample coverage of sightings (Chao and Jost 2012): the chance that one further sighting would be of a camera already
/// listed. It is not the share of cameras that are listed. `None` without sightings.
#[must_use]
pub fn coverage_of_individuals(sightings: u64, once: u64, twice: u64) -> Option<f64> {
    coverage(sightings, sightings, once, twice)
}

/// The same from occasions: `detections` is the sum over cameras of the occasions that saw them.
#[must_use]
pub fn coverage_of_passes(occasions: u64, detections: u64, once: u64, twice: u64) -> Option<f64> {
    coverage(detections, occasions, once, twice)
}

fn coverage(detections: u64, samples: u64, once: u64, twice: u64) -> Option<f64> {
    if detections == 0 || samples == 0 {
        return None;
    }
    if once == 0 {
        return Some(1.0);
    }
    let before_last = (samples - 1) as f64;
    let (unseen, pairs) = if twice > 0 {
        (before_last * once as f64, 2.0 * twice as f64)
    } else {
        (before_last * (once - 1) as f64, 2.0)
    };
    Some(1.0 - once as f64 / detections as f64 * unseen / (unseen + pairs))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(actual: f64, expected: f64, within: f64) {
        assert!((actual - expected).abs() <= within, "{actual} is not {expected}");
    }

    fn check(found: Abundance, estimate: f64, error: f64, interval: Option<(f64, f64)>) {
        close(found.estimate, estimate, 6e-4);
        close(found.variance.sqrt(), error, 6e-4);
        if let Some((low, high)) = interval {
            close(found.interval(Confidence::NINETY_FIVE).low, low, 6e-4);
            close(found.interval(Confidence::NINETY_FIVE).high, high, 6e-4);
        }
    }

    /// Spiders, from the documentation of the R package iNEXT.
    #[test]
    fn spiders_come_out_as_in_inext() {
        check(chao1(26, 12, 4, 168), 43.893, 14.306, Some((30.511, 96.971)));
        check(chao1(37, 14, 4, 252), 61.403, 18.532, Some((43.502, 128.583)));
        close(coverage_of_individuals(168, 12, 4).unwrap(), 0.9289, 5e-5);
        close(coverage_of_individuals(252, 14, 4).unwrap(), 0.9446, 5e-5);
    }

    /// Ants, from the documentation of iNEXT; dune and BCI, from that of vegan.
    #[test]
    fn ants_and_trees_come_out_as_in_inext_and_vegan() {
        check(chao2(241, 71, 34, 230), 314.810, 23.259, Some((281.384, 375.902)));
        close(coverage_of_passes(230, 2943, 71, 34).unwrap(), 0.9760, 5e-5);
        check(chao2(14, 1, 2, 200), 14.249, 0.726, Some((14.013, 18.716)));
        close(chao2(30, 3, 2, 20).estimate, 32.1375, 1e-4);
        check(chao2(225, 21, 19, 50), 236.3732, 6.543_61, None);
        // vegan's estimateR has no factor for the size of the sample.
        check(bias_corrected(93, 31, 18, 1.0), 117.473_684, 11.583_785, None);
        close(coverage_of_individuals(448, 31, 18).unwrap(), 0.930_983, 5e-7);
    }

    /// R, for the counts 5, 1, 1, 1, 3, 4, 9.
    #[test]
    fn without_a_camera_seen_twice_the_bound_has_another_form() {
        check(chao1(7, 3, 0, 24), 9.875, 4.267_522, Some((7.346_907, 30.826_61)));
    }

    /// R, for the three passes that `models.rs` tests as well.
    #[test]
    fn three_passes_come_out_as_in_r() {
        check(chao2(280, 190, 70, 3), 451.9048, 34.8740, Some((395.9696, 534.8188)));
        close(chao2_bias_corrected(280, 190, 70, 3).estimate, 448.5915, 1e-4);
        close(coverage_of_passes(3, 390, 190, 70).unwrap(), 0.643_984_2, 5e-6);
    }

    #[test]
    fn nothing_is_missed_where_no_camera_was_seen_only_once() {
        for found in [chao2(9, 0, 4, 3), chao2(9, 1, 0, 3), chao2_bias_corrected(9, 1, 3, 3), chao1(1, 1, 0, 1)] {
            assert_eq!(found.estimate, found.counted);
            assert_eq!(found.variance, 0.0);
            assert_eq!(found.interval(Confidence::NINETY_FIVE).high, found.counted);
        }
        assert_eq!(coverage_of_passes(3, 12, 0, 4), Some(1.0));
        assert_eq!(coverage_of_individuals(0, 0, 0), None);
    }
}
