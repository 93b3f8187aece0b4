//! Smoothed rates for maps: Marshall's empirical Bayes estimate, which draws the rates of small areas to the mean.
//!
//! For drawing only. Tables show the raw rates with their intervals.

/// What all areas together say about the rate of one more.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prior {
    /// Rate of all areas together, per unit of the denominator.
    pub mean: f64,
    /// Variance of the true rates between areas; 0 if chance explains all differences.
    pub variance: f64,
}

impl Prior {
    /// Marshall 1991, the global form: moments of the rates, weighted by the denominators.
    ///
    /// Areas are `(count, denominator)`; those without a positive denominator are left out. `None` if none is left.
    #[must_use]
    pub fn of(areas: &[(f64, f64)]) -> Option<Self> {
        let areas: Vec<(f64, f64)> = areas.iter().copied().filter(|(_, denominator)| *denominator > 0.0).collect();
        let total: f64 = areas.iter().map(|(_, denominator)| denominator).sum();
        if total <= 0.0 {
            return None;
        }
        let mean = areas.iter().map(|(count, _)| count).sum::<f64>() / total;
        let spread = areas.iter().map(|(count, n)| n * (count / n - mean).powi(2)).sum::<f64>() / total;
        let by_chance = mean * areas.len() as f64 / total;
        Some(Self { mean, variance: (spread - by_chance).max(0.0) })
    }

    /// The smoothed rate of an area. `None` without a positive denominator: no data is not the mean.
    #[must_use]
    pub fn smooth(&self, count: f64, denominator: f64) -> Option<f64> {
        if denominator.is_nan() || denominator <= 0.0 {
            return None;
        }
        if self.variance <= 0.0 {
            return Some(self.mean);
        }
        let weight = self.variance / (self.variance + self.mean / denominator);
        Some(self.mean + weight * (count / denominator - self.mean))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Infant deaths in Auckland 1977-85, 167 areas: `EBest` of the R package spdep.
    #[test]
    fn auckland_comes_out_as_in_spdep() {
        let prior = Prior { mean: 1403.0 / 532_764.0, variance: 7.284_173e-7 };
        assert!((prior.mean - 0.002_633_436).abs() < 1e-9);
        let areas = [(8.0, 2268.0, 0.002_978_034), (2.0, 405.0, 0.002_865_623), (5.0, 3240.0, 0.002_118_165)];
        for (count, denominator, expected) in areas.into_iter().chain([(2.0, 324.0, 0.002_924_547)]) {
            assert!((prior.smooth(count, denominator).unwrap() - expected).abs() < 1e-9, "{count}/{denominator}");
        }
    }

    /// Worked by hand: rates 0.1 and 0.3 of equal areas, mean 0.2, spread 0.01, of which 0.2 * 2 / 200 is chance.
    #[test]
    fn the_prior_is_what_chance_leaves_unexplained() {
        let prior = Prior::of(&[(10.0, 100.0), (30.0, 100.0), (7.0, 0.0)]).unwrap();
        assert!((prior.mean - 0.2).abs() < 1e-12 && (prior.variance - 0.008).abs() < 1e-12);
        assert!((prior.smooth(10.0, 100.0).unwrap() - 0.12).abs() < 1e-12);
    }

    #[test]
    fn areas_that_differ_by_chance_only_get_the_same_rate() {
        let prior = Prior::of(&[(9.0, 100.0), (11.0, 100.0), (10.0, 100.0)]).unwrap();
        assert_eq!(prior.variance, 0.0);
        assert_eq!(prior.smooth(11.0, 100.0), Some(prior.mean));
    }

    #[test]
    fn no_denominator_means_no_data() {
        assert_eq!(Prior::of(&[(3.0, 0.0)]), None);
        let prior = Prior { mean: 0.1, variance: 0.1 };
        assert_eq!((prior.smooth(3.0, 0.0), prior.smooth(3.0, f64::NAN)), (None, None));
    }

    proptest! {
        #[test]
        fn a_smoothed_rate_lies_between_the_raw_one_and_the_mean(
            areas in prop::collection::vec((0.0..100.0f64, 0.1..1000.0f64), 1..20)
        ) {
            let prior = Prior::of(&areas).unwrap();
            for (count, denominator) in areas {
                let (raw, smooth) = (count / denominator, prior.smooth(count, denominator).unwrap());
                let (low, high) = (raw.min(prior.mean), raw.max(prior.mean));
                prop_assert!(smooth >= low - 1e-9 && smooth <= high + 1e-9);
            }
        }
    }
}
