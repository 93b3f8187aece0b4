//! Errors in linking the cameras of two passes by position: how often they happen, and the estimate without them.
//!
//! A missed link counts one camera twice and makes the estimate too high; a link by chance makes two cameras one and
//! makes it too low. A tight gate is the worse sin.

use super::EstimateError;

/// Chance links per camera up to which an estimate is published without a warning.
const FEW_BY_CHANCE: f64 = 0.10;
/// Chance links per camera beyond which there is no estimate.
const MANY_BY_CHANCE: f64 = 0.25;

/// Probability that two sightings of one camera lie farther apart than the gate. `sigma1_m` and `sigma2_m` are the
/// standard deviations of the positions per axis; all three in metres.
#[must_use]
pub fn missed_link(gate_m: f64, sigma1_m: f64, sigma2_m: f64) -> f64 {
    (-gate_m * gate_m / (2.0 * (sigma1_m * sigma1_m + sigma2_m * sigma2_m))).exp()
}

/// Probability of an unrelated camera within the gate, in metres, where cameras stand at random, so many per km².
#[must_use]
pub fn chance_neighbour(cameras_per_km2: f64, gate_m: f64) -> f64 {
    -(-cameras_per_km2 * 1e-6 * std::f64::consts::PI * gate_m * gate_m).exp_m1()
}

/// Recaptures corrected as Ding and Fienberg (1994) do: `links` of `n1` cameras, linked with probability `alpha` if
/// they were seen again and `beta` if not. `None` if `alpha` is not above `beta`.
#[must_use]
pub fn ding_fienberg(n1: f64, links: f64, alpha: f64, beta: f64) -> Option<f64> {
    (alpha > beta).then(|| (links - beta * n1) / (alpha - beta))
}

/// How well cameras of two passes can be linked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Linkage {
    alpha: f64,
    alpha_se: f64,
    beta: f64,
}

impl Linkage {
    /// `alpha` is the probability that two sightings of one camera are linked, from the noise of positions or a
    /// re-visited sample, and `alpha_se` its standard error. `beta` is the mean number of links per camera of the first
    /// pass after the second was shifted so far that no link can be true.
    ///
    /// # Errors
    /// [`EstimateError::Linkage`] unless 0 < alpha <= 1, 0 <= beta <= 1 and 0 <= `alpha_se`.
    pub fn new(alpha: f64, alpha_se: f64, beta: f64) -> Result<Self, EstimateError> {
        let chances = alpha > 0.0 && alpha <= 1.0 && (0.0..=1.0).contains(&beta);
        let usable = chances && alpha_se >= 0.0 && alpha_se.is_finite();
        usable.then_some(Self { alpha, alpha_se, beta }).ok_or(EstimateError::Linkage)
    }

    /// Probability of a link between two sightings of one camera.
    #[must_use]
    pub fn alpha(&self) -> f64 {
        self.alpha
    }

    /// Mean number of links by chance, per camera of the first pass.
    #[must_use]
    pub fn beta(&self) -> f64 {
        self.beta
    }

    /// Whether there are few enough links by chance for an estimate.
    #[must_use]
    pub fn linkability(&self) -> Linkability {
        if self.alpha <= self.beta {
            return Linkability::Refuse;
        }
        Linkability::of(self.beta)
    }

    /// Standard errors of alpha, and of beta as measured on `n1` cameras: the shifts use the same cameras again, so
    /// they count as one.
    pub(super) fn errors(&self, n1: f64) -> (f64, f64) {
        (self.alpha_se, (self.beta * (1.0 - self.beta) / n1.max(1.0)).sqrt())
    }
}

/// What the chance of links between unrelated cameras allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Linkability {
    /// Publish the estimate.
    Publish,
    /// Publish it and say that links are doubtful.
    Warn,
    /// Publish none: cameras are closer together than positions are accurate.
    Refuse,
}

impl Linkability {
    /// By `beta`: up to 0.10 publish, up to 0.25 warn, above refuse.
    #[must_use]
    pub fn of(beta: f64) -> Self {
        if beta <= FEW_BY_CHANCE {
            Self::Publish
        } else if beta <= MANY_BY_CHANCE {
            Self::Warn
        } else {
            Self::Refuse
        }
    }
}

/// Recaptures without linkage errors, and how they depend on what is uncertain.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct TrueLinks {
    /// Cameras both passes saw; may be below 1 where chance explains the links.
    pub(super) m: f64,
    /// Variance of `m` because links are missed and made at random.
    pub(super) variance: f64,
    /// Change of `m` per change of alpha.
    pub(super) by_alpha: f64,
    /// Change of `m` per change of beta.
    pub(super) by_beta: f64,
}

/// Recaptures corrected for missed links and for links by chance, between 1 and the smaller of `n1` and `n2`.
///
/// Ding and Fienberg's correction, but only cameras that have no true partner can be linked by chance:
/// `links = alpha m + beta (n1 - m)(1 - m / n2)`, solved by iteration.
#[must_use]
pub fn true_links(n1: f64, n2: f64, links: f64, linkage: &Linkage) -> f64 {
    solve(n1, n2, links, linkage).m.max(1.0).min(n1).min(n2)
}

pub(super) fn solve(n1: f64, n2: f64, links: f64, linkage: &Linkage) -> TrueLinks {
    let Linkage { alpha, beta, .. } = *linkage;
    let most = n1.min(n2);
    let unpaired = |m: f64| (n1 - m) * (1.0 - m / n2);
    let mut m = links.min(most);
    for _ in 0..500 {
        let next = ((links - beta * unpaired(m)) / alpha).clamp(0.0, most);
        let done = (next - m).abs() < 1e-12 * most;
        m = next;
        if done {
            break;
        }
    }
    // Slope of the expected links in m. With beta far below alpha it is near alpha; held away from zero elsewhere.
    let slope = (alpha - beta * (1.0 + n1 / n2 - 2.0 * m / n2)).max(alpha / 10.0);
    let free = unpaired(m);
    TrueLinks {
        m,
        variance: (m * alpha * (1.0 - alpha) + free * beta * (1.0 - beta)) / (slope * slope),
        by_alpha: -m / slope,
        by_beta: -free / slope,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::two_pass::chapman;
    use super::*;

    fn close(actual: f64, expected: f64, within: f64) {
        assert!((actual - expected).abs() <= within, "{actual} is not {expected}");
    }

    #[test]
    fn a_wider_gate_misses_fewer_links() {
        for (gate_in_sigma, expected) in [(2.0, 0.3679), (3.0, 0.1054), (4.0, 0.0183), (4.2, 0.0122)] {
            close(missed_link(gate_in_sigma * 5.0, 5.0, 5.0), expected, 5e-5);
        }
        close(missed_link(10.0, 3.0, 4.0), (-2.0_f64).exp(), 1e-12);
    }

    #[test]
    fn dense_cameras_have_neighbours_by_chance() {
        for (density, gate_m, expected) in [(100.0, 9.0, 0.0251), (400.0, 15.0, 0.2463), (1500.0, 25.0, 0.9474)] {
            close(chance_neighbour(density, gate_m), expected, 5e-5);
        }
    }

    #[test]
    fn recaptures_are_corrected_in_both_ways() {
        let linkage = Linkage::new(0.895, 0.0, 0.03).unwrap();
        let simple = ding_fienberg(200.0, 60.0, 0.895, 0.03).unwrap();
        close(simple, 62.427_746, 1e-6);
        close(200.0 * 300.0 / simple, 961.1111, 1e-4);
        let iterated = true_links(200.0, 300.0, 60.0, &linkage);
        close(iterated, 63.429_199, 1e-6);
        close(chapman(200.0, 300.0, iterated).estimate, 938.0308, 1e-4);
    }

    #[test]
    fn corrected_recaptures_stay_between_one_and_the_smaller_pass() {
        let (blind, lossy) = (Linkage::new(0.9, 0.0, 0.1).unwrap(), Linkage::new(0.5, 0.0, 0.0).unwrap());
        assert_eq!(true_links(100.0, 100.0, 5.0, &blind), 1.0);
        assert_eq!(true_links(100.0, 90.0, 80.0, &lossy), 90.0);
    }

    #[test]
    fn chance_links_decide_whether_there_is_an_estimate() {
        let cases = [(0.0, Linkability::Publish), (0.1, Linkability::Publish), (0.11, Linkability::Warn)];
        for (beta, expected) in cases.into_iter().chain([(0.25, Linkability::Warn), (0.26, Linkability::Refuse)]) {
            assert_eq!(Linkability::of(beta), expected, "{beta}");
            assert_eq!(Linkage::new(0.9, 0.0, beta).unwrap().linkability(), expected, "{beta}");
        }
        assert_eq!(Linkage::new(0.05, 0.0, 0.05).unwrap().linkability(), Linkability::Refuse);
        assert_eq!(ding_fienberg(200.0, 60.0, 0.05, 0.05), None);
    }

    #[test]
    fn impossible_chances_are_refused() {
        let wrong = [(0.0, 0.0, 0.0), (1.1, 0.0, 0.0), (0.9, -0.1, 0.0), (0.9, 0.0, 1.1), (f64::NAN, 0.0, 0.0)];
        for (alpha, error, beta) in wrong.into_iter().chain([(0.9, f64::NAN, 0.1), (0.9, 0.0, f64::NAN)]) {
            assert_eq!(Linkage::new(alpha, error, beta), Err(EstimateError::Linkage));
        }
    }

    proptest! {
        #[test]
        fn the_correction_undoes_the_errors(
            n1 in 20.0..500.0f64, n2 in 20.0..500.0f64, share in 0.1..0.95f64, alpha in 0.7..1.0f64, beta in 0.0..0.1f64
        ) {
            prop_assume!(n1 / n2 < 4.0);
            let m = share * n1.min(n2);
            let links = alpha * m + beta * (n1 - m) * (1.0 - m / n2);
            let linkage = Linkage::new(alpha, 0.0, beta).unwrap();
            prop_assert!((true_links(n1, n2, links, &linkage) - m).abs() < 1e-6);
        }

        #[test]
        fn the_slopes_are_those_of_the_correction(
            n1 in 50.0..500.0f64, n2 in 50.0..500.0f64, share in 0.2..0.7f64, alpha in 0.8..0.95f64, beta in 0.02..0.1f64
        ) {
            prop_assume!(n1 / n2 < 3.0);
            let links = share * n1.min(n2);
            let at = |alpha: f64, beta: f64| solve(n1, n2, links, &Linkage { alpha, alpha_se: 0.0, beta });
            let (here, step) = (at(alpha, beta), 1e-5);
            prop_assume!(here.m > 1.0 && here.m < 0.95 * n1.min(n2));
            prop_assert!(((at(alpha + step, beta).m - here.m) / step - here.by_alpha).abs() < 0.01 * n1);
            prop_assert!(((at(alpha, beta + step).m - here.m) / step - here.by_beta).abs() < 0.01 * n1);
        }
    }
}
