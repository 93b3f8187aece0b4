//! Totals and densities from a sample of streets, drawn with known chances.
//!
//! Streets are the sampled units, never cameras: one shop front has many. Nothing here reaches beyond the streets the
//! sample was drawn from.

/// What a simple random sample of the units of one stratum showed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SampledStratum {
    /// Units of the stratum, sampled or not.
    pub units: f64,
    /// Sampled units, at least 2.
    pub sampled: f64,
    /// Mean count per sampled unit.
    pub mean: f64,
    /// Variance of the counts between sampled units, with n - 1.
    pub variance: f64,
}

impl SampledStratum {
    /// From the counts of the sampled units. `None` for fewer than two, or for more than there are.
    #[must_use]
    pub fn of_counts(units: u64, counts: &[u64]) -> Option<Self> {
        if counts.len() < 2 || counts.len() as u64 > units {
            return None;
        }
        let sampled = counts.len() as f64;
        let mean = counts.iter().map(|&count| count as f64).sum::<f64>() / sampled;
        let squares: f64 = counts.iter().map(|&count| (count as f64 - mean).powi(2)).sum();
        Some(Self { units: units as f64, sampled, mean, variance: squares / (sampled - 1.0) })
    }
}

/// An estimate from a sample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DesignEstimate {
    /// The total or density.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
}

impl DesignEstimate {
    /// The same multiplied by a constant, such as kilometres of street.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self { value: self.value * factor, standard_error: self.standard_error * factor.abs() }
    }

    /// The same divided by the share of cameras that are detected; relative errors add as squares (delta method).
    /// `None` unless the share lies above 0 and not above 1.
    #[must_use]
    pub fn corrected_for(self, recall: Recall) -> Option<Self> {
        if !(recall.share > 0.0 && recall.share <= 1.0) {
            return None;
        }
        let value = self.value / recall.share;
        let by_recall = value * recall.standard_error / recall.share;
        Some(Self { value, standard_error: (self.standard_error / recall.share).hypot(by_recall) })
    }
}

/// Share of the cameras in view that are detected.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recall {
    /// Above 0, at most 1.
    pub share: f64,
    /// Its standard error; 0 only if it is known, which it hardly ever is.
    pub standard_error: f64,
}

impl Recall {
    /// From a check of cameras known to be there. `None` without one.
    #[must_use]
    pub fn of_check(detected: u64, present: u64) -> Option<Self> {
        if present == 0 || detected > present {
            return None;
        }
        let share = detected as f64 / present as f64;
        Some(Self { share, standard_error: (share * (1.0 - share) / present as f64).sqrt() })
    }
}

/// The total over strata: each one's mean times its units, with the correction for finite strata.
#[must_use]
pub fn stratified_total(strata: &[SampledStratum]) -> DesignEstimate {
    let value = strata.iter().map(|stratum| stratum.units * stratum.mean).sum();
    let variance: f64 = strata
        .iter()
        .map(|stratum| {
            let unseen = (1.0 - stratum.sampled / stratum.units).max(0.0);
            stratum.units * stratum.units * unseen * stratum.variance / stratum.sampled
        })
        .sum();
    DesignEstimate { value, standard_error: variance.sqrt() }
}

/// Cameras per kilometre by the ratio estimator (Cochran 1977, section 6.3): all cameras over all kilometres of a
/// simple random sample of `sampled` = (cameras, kilometres) out of `units` streets. `None` for fewer than two streets
/// or no length.
#[must_use]
pub fn ratio_per_length(units: u64, sampled: &[(u64, f64)]) -> Option<DesignEstimate> {
    let size = sampled.len() as f64;
    let length: f64 = sampled.iter().map(|(_, kilometres)| kilometres).sum();
    if sampled.len() < 2 || sampled.len() as u64 > units || length.is_nan() || length <= 0.0 {
        return None;
    }
    let value = sampled.iter().map(|(cameras, _)| *cameras as f64).sum::<f64>() / length;
    let residuals: f64 =
        sampled.iter().map(|(cameras, kilometres)| (*cameras as f64 - value * kilometres).powi(2)).sum();
    let unseen = 1.0 - size / units as f64;
    let variance = unseen * residuals / (size - 1.0) / size / (length / size).powi(2);
    Some(DesignEstimate { value, standard_error: variance.sqrt() })
}

/// Street images in which cameras were looked for, as Sheng, Yao and Goel (2021) did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StreetImages {
    /// Images with a detected camera.
    pub detections: u64,
    /// Images looked at, drawn at random.
    pub images: u64,
    /// Metres of street that one image shows.
    pub metres_per_image: f64,
    /// Images needed to see both sides of the street: 2 if each shows one.
    pub sides: f64,
}

impl StreetImages {
    /// Cameras per kilometre, not corrected for what detection misses ([`DesignEstimate::corrected_for`]). The error is
    /// binomial. `None` without images or length.
    #[must_use]
    pub fn per_km(&self) -> Option<DesignEstimate> {
        if self.images == 0
            || self.detections > self.images
            || self.metres_per_image.is_nan()
            || self.metres_per_image <= 0.0
        {
            return None;
        }
        let share = self.detections as f64 / self.images as f64;
        let standard_error = (share * (1.0 - share) / self.images as f64).sqrt();
        Some(DesignEstimate { value: share, standard_error }.times(1000.0 / self.metres_per_image * self.sides))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(actual: f64, expected: f64, within: f64) {
        assert!((actual - expected).abs() <= within, "{actual} is not {expected}");
    }

    /// The schools of California in the R package survey: published 3,687,178 and 114,642.
    #[test]
    fn a_stratified_total_comes_out_as_in_the_survey_package() {
        let stratum = |units, sampled, mean, variance| SampledStratum { units, sampled, mean, variance };
        let found = stratified_total(&[
            stratum(4421.0, 100.0, 416.78, 27_576.880_404),
            stratum(755.0, 50.0, 1320.70, 450_339.928_571),
            stratum(1018.0, 50.0, 832.48, 156_307.275_102),
        ]);
        close(found.value, 3_687_177.52, 5e-3);
        close(found.standard_error, 114_641.715, 5e-3);
    }

    #[test]
    fn an_audit_of_every_street_has_no_sampling_error() {
        let stratum = SampledStratum::of_counts(4, &[0, 2, 5, 1]).unwrap();
        let found = stratified_total(&[stratum]);
        assert_eq!((found.value, found.standard_error), (8.0, 0.0));
        let ratio = ratio_per_length(3, &[(2, 1.0), (0, 0.5), (4, 0.5)]).unwrap();
        assert_eq!((ratio.value, ratio.standard_error), (3.0, 0.0));
    }

    /// Worked by hand: 8 cameras on 4 km; residuals 1, -1, 0; (1 - 3/9) * 1 / 3 / (4/3)^2 = 0.125.
    #[test]
    fn the_ratio_estimator_weighs_streets_by_their_length() {
        let found = ratio_per_length(9, &[(3, 1.0), (1, 1.0), (4, 2.0)]).unwrap();
        close(found.value, 2.0, 1e-12);
        close(found.standard_error, 0.125_f64.sqrt(), 1e-12);
    }

    #[test]
    fn an_uncertain_recall_makes_the_density_twice_as_uncertain() {
        let images = StreetImages { detections: 500, images: 100_000, metres_per_image: 25.0, sides: 2.0 };
        let seen = images.per_km().unwrap();
        let known = seen.corrected_for(Recall { share: 0.63, standard_error: 0.0 }).unwrap();
        close(known.value, 0.634_921, 5e-7);
        close(known.standard_error, 0.028_323, 5e-7);
        close(known.times(3000.0).value, 1904.762, 5e-4);
        close(known.times(3000.0).standard_error, 84.970, 5e-3);
        let checked = Recall::of_check(63, 100).unwrap();
        close(checked.standard_error, 0.0483, 5e-5);
        close(seen.corrected_for(checked).unwrap().standard_error, 0.056_301, 5e-6);
    }

    #[test]
    fn what_was_not_sampled_cannot_be_estimated() {
        assert_eq!(SampledStratum::of_counts(9, &[3]), None);
        assert_eq!(SampledStratum::of_counts(1, &[3, 4]), None);
        assert_eq!(ratio_per_length(9, &[(3, 0.0), (2, 0.0)]), None);
        assert_eq!(Recall::of_check(0, 0), None);
        let seen = DesignEstimate { value: 1.0, standard_error: 0.1 };
        assert_eq!(seen.corrected_for(Recall { share: 0.0, standard_error: 0.1 }), None);
        let images = StreetImages { detections: 0, images: 0, metres_per_image: 25.0, sides: 2.0 };
        assert_eq!(images.per_km(), None);
    }
}
