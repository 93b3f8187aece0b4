//! The models fitted to two or more occasions, by name: all of them are shown, none is picked silently.
//!
//! Which model one believes moves the total more than its interval says (Silverman 2020; Binette and Steorts 2022).

use super::chao::{self, Abundance};
use super::confidence::{Confidence, Interval, missed_interval};
use super::histories::Histories;
use super::loglinear::{Fit, Goodness, ModelRefusal, Row, fit};

/// One model and what it says.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelFit {
    /// The usual name: `M0`, `Mt`, `[12,3]`, `Mh Chao`, `Mth Chao`. In brackets, occasions that belong together
    /// depend on each other: in `[12,3]` the first two do, and the third on neither.
    pub name: String,
    /// The estimate, or why there is none.
    pub outcome: Result<ModelOutcome, ModelRefusal>,
}

/// What a model says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ModelOutcome {
    /// The estimated total.
    pub estimate: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// 95 %, log-normal on the missed part.
    pub interval: Interval,
    /// How well the model fits; `None` for bounds that are computed without fitting.
    pub goodness: Option<Goodness>,
}

impl ModelOutcome {
    fn of_fit(counted: f64, fit: &Fit) -> Self {
        Self {
            estimate: counted + fit.missed,
            standard_error: fit.variance.sqrt(),
            interval: missed_interval(counted, fit.missed, fit.variance, Confidence::NINETY_FIVE),
            goodness: Some(fit.goodness),
        }
    }

    pub(super) fn of_bound(bound: &Abundance) -> Self {
        Self {
            estimate: bound.estimate,
            standard_error: bound.variance.sqrt(),
            interval: bound.interval(Confidence::NINETY_FIVE),
            goodness: None,
        }
    }
}

/// Fits the models of a survey: `M0`, `Mt` (for three and more occasions also under its bracket name, with every model
/// of up to two pairwise dependences, which for three occasions means all hierarchical models), and from three
/// occasions on the Chao bounds.
#[must_use]
pub fn fit_models(histories: &Histories) -> Vec<ModelFit> {
    let mut models = vec![
        named("M0", histories, fit(&rows(histories, Terms::Number))),
        named("Mt", histories, hierarchical(histories, &[])),
    ];
    if histories.occasions() < 3 {
        return models;
    }
    models.extend(
        pair_sets(histories.occasions()).into_iter().map(|pairs| {
            named(&bracket_name(histories.occasions(), &pairs), histories, hierarchical(histories, &pairs))
        }),
    );
    let (counted, once, twice) = (histories.counted(), histories.seen(1), histories.seen(2));
    let occasions = u64::from(histories.occasions());
    let bound = |name: &str, bound: &Abundance| ModelFit {
        name: name.to_owned(),
        outcome: if counted == 0 { Err(ModelRefusal::NeededCellEmpty) } else { Ok(ModelOutcome::of_bound(bound)) },
    };
    models.push(bound("Mh Chao", &chao::chao2(counted, once, twice, occasions)));
    models.push(bound("Mh Chao (bias-corrected)", &chao::chao2_bias_corrected(counted, once, twice, occasions)));
    models.push(ModelFit { name: "Mth Chao".to_owned(), outcome: mth_chao(histories) });
    models
}

/// The lower bound under differences between occasions and between cameras: Mt on the cameras seen once or twice, those
/// seen more often having a parameter for each number of times (Baillargeon and Rivest 2007).
pub(super) fn mth_chao(histories: &Histories) -> Result<ModelOutcome, ModelRefusal> {
    if histories.seen(1) == 0 || histories.seen(2) == 0 {
        return Err(ModelRefusal::NeededCellEmpty);
    }
    margins_present(histories, &[])?;
    fit(&rows(histories, Terms::Chao)).map(|fit| ModelOutcome::of_fit(histories.counted() as f64, &fit))
}

fn named(name: &str, histories: &Histories, fit: Result<Fit, ModelRefusal>) -> ModelFit {
    let outcome = fit.map(|fit| ModelOutcome::of_fit(histories.counted() as f64, &fit));
    ModelFit { name: name.to_owned(), outcome }
}

fn hierarchical(histories: &Histories, pairs: &[u8]) -> Result<Fit, ModelRefusal> {
    margins_present(histories, pairs)?;
    fit(&rows(histories, Terms::Hierarchical(pairs)))
}

/// Every occasion, and every pair with a parameter, must have seen a camera.
fn margins_present(histories: &Histories, pairs: &[u8]) -> Result<(), ModelRefusal> {
    let singles = (0..histories.occasions()).map(|at| 1 << at);
    let all = singles.chain(pairs.iter().copied()).all(|mask| histories.seen_on(mask) > 0);
    if all { Ok(()) } else { Err(ModelRefusal::NeededCellEmpty) }
}

/// The terms of a model beside the constant one.
#[derive(Clone, Copy)]
enum Terms<'a> {
    /// How often a camera was seen.
    Number,
    /// Which occasions saw it, and which of these pairs (masks of two bits).
    Hierarchical(&'a [u8]),
    /// Which occasions saw it, and whether three, four, ... did.
    Chao,
}

fn rows(histories: &Histories, terms: Terms<'_>) -> Vec<Row> {
    let occasions = histories.occasions();
    let indicator = |holds: bool| f64::from(u8::from(holds));
    // A number of times that no camera was seen has no finite parameter; its histories say nothing about the others.
    let often: Vec<u32> = (3..=u32::from(occasions)).filter(|&times| histories.seen(times) > 0).collect();
    let terms_of = |mask: u8| {
        let mut values = vec![1.0];
        match terms {
            Terms::Number => values.push(f64::from(mask.count_ones())),
            Terms::Hierarchical(pairs) => {
                values.extend((0..occasions).map(|at| indicator(mask >> at & 1 == 1)));
                values.extend(pairs.iter().map(|pair| indicator(mask & pair == *pair)));
            }
            Terms::Chao => {
                values.extend((0..occasions).map(|at| indicator(mask >> at & 1 == 1)));
                values.extend(often.iter().map(|&times| indicator(mask.count_ones() == times)));
            }
        }
        values
    };
    let used = |mask: u8| !matches!(terms, Terms::Chao) || mask.count_ones() < 3 || often.contains(&mask.count_ones());
    let cells = histories.cells().filter(|(mask, _)| used(*mask));
    cells.map(|(mask, count)| Row { terms: terms_of(mask), count: count as f64 }).collect()
}

/// No pair, every pair, every two pairs; for three occasions also all three.
fn pair_sets(occasions: u8) -> Vec<Vec<u8>> {
    let pairs: Vec<u8> =
        (0..occasions).flat_map(|first| (first + 1..occasions).map(move |second| 1 << first | 1 << second)).collect();
    let mut sets = vec![Vec::new()];
    sets.extend(pairs.iter().map(|&pair| vec![pair]));
    for (at, &first) in pairs.iter().enumerate() {
        sets.extend(pairs[at + 1..].iter().map(|&second| vec![first, second]));
    }
    if occasions == 3 {
        sets.push(pairs);
    }
    sets
}

/// `[12,3]`: the pairs, and the occasions in none of them, ordered by their first occasion.
fn bracket_name(occasions: u8, pairs: &[u8]) -> String {
    let covered = pairs.iter().fold(0, |all, pair| all | pair);
    let alone = (0..occasions).map(|at| 1_u8 << at).filter(|mask| covered & mask == 0);
    let digits = |mask: u8| -> String {
        ('1'..='7').enumerate().filter(|(at, _)| mask >> at & 1 == 1).map(|(_, digit)| digit).collect()
    };
    let mut parts: Vec<String> = pairs.iter().copied().chain(alone).map(digits).collect();
    parts.sort_unstable();
    format!("[{}]", parts.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(actual: f64, expected: f64, within: f64) {
        assert!((actual - expected).abs() <= within, "{actual} is not {expected}");
    }

    /// Histories as they are usually written, the first occasion first.
    fn histories(cells: &[(&str, u64)]) -> Histories {
        let mask = |text: &str| u8::from_str_radix(&text.chars().rev().collect::<String>(), 2).unwrap();
        let occasions = u8::try_from(cells[0].0.len()).unwrap();
        Histories::new(occasions, cells.iter().map(|(text, count)| (mask(text), *count))).unwrap()
    }

    fn outcome(models: &[ModelFit], name: &str) -> ModelOutcome {
        models.iter().find(|model| model.name == name).unwrap().outcome.unwrap()
    }

    fn three_passes() -> Histories {
        histories(&[("111", 20), ("110", 30), ("101", 25), ("011", 15), ("100", 80), ("010", 60), ("001", 50)])
    }

    fn rome() -> Histories {
        let two = [("1100", 33), ("1010", 20), ("1001", 6), ("0110", 35), ("0101", 10), ("0011", 11)];
        let one = [("1000", 403), ("0100", 545), ("0010", 621), ("0001", 205)];
        let more = [("1110", 3), ("1101", 1), ("0111", 3)];
        histories(&[more.as_slice(), &two, &one].concat())
    }

    /// R: Rcapture 1.4-4, and `glm` by hand.
    #[test]
    fn three_passes_come_out_as_in_r() {
        let models = fit_models(&three_passes());
        for (name, estimate, error) in [
            ("Mt", 408.733_883, 23.261_509),
            ("[1,2,3]", 408.733_883, 23.261_509),
            ("[12,3]", 421.666_667, 31.553_159),
            ("[12,13]", 480.0, 65.828_059),
            ("[12,13,23]", 706.666_667, 209.679_826),
        ] {
            close(outcome(&models, name).estimate, estimate, 1e-5);
            close(outcome(&models, name).standard_error, error, 1e-5);
        }
        close(outcome(&models, "Mth Chao").estimate, 447.7385, 1e-4);
        close(outcome(&models, "Mth Chao").standard_error, 34.1772, 1e-4);
        close(outcome(&models, "Mh Chao").estimate, 451.9048, 1e-4);
        close(outcome(&models, "Mh Chao (bias-corrected)").estimate, 448.5915, 1e-4);
        let goodness = outcome(&models, "Mt").goodness.unwrap();
        close(goodness.deviance, 6.909_473, 1e-6);
        assert_eq!(goodness.degrees_of_freedom, 3);
    }

    #[test]
    fn three_passes_have_eight_hierarchical_models() {
        let models = fit_models(&three_passes());
        let names: Vec<&str> =
            models.iter().map(|model| model.name.as_str()).filter(|name| name.starts_with('[')).collect();
        let expected = ["[1,2,3]", "[12,3]", "[13,2]", "[1,23]", "[12,13]", "[12,23]", "[13,23]", "[12,13,23]"];
        assert_eq!(names, expected);
    }

    /// Fienberg 1972: the closed forms of the missing cell.
    #[test]
    fn fits_agree_with_the_closed_forms() {
        let [n111, n110, n101, n011, n100, n010, n001] = [17.0, 31.0, 9.0, 22.0, 70.0, 41.0, 55.0];
        let cells = [("111", 17), ("110", 31), ("101", 9), ("011", 22), ("100", 70), ("010", 41), ("001", 55)];
        let models = fit_models(&histories(&cells));
        let missed = |name: &str| outcome(&models, name).estimate - 245.0;
        close(missed("[12,13,23]"), n111 * n100 * n010 * n001 / (n110 * n101 * n011), 1e-6);
        close(missed("[12,13]"), n010 * n001 / n011, 1e-6);
        close(missed("[13,23]"), n100 * n010 / n110, 1e-6);
        close(missed("[12,3]"), n001 * (n100 + n010 + n110) / (n101 + n011 + n111), 1e-6);
        close(missed("[1,23]"), n100 * (n010 + n001 + n011) / (n110 + n101 + n111), 1e-6);
    }

    /// HIV in Rome, four lists: the examples of the R package Rcapture.
    #[test]
    fn four_lists_come_out_as_in_rcapture() {
        let models = fit_models(&rome());
        let expected = [("Mt", 11_124.6, 904.8), ("[12,3,4]", 12_318.5, 1188.7), ("[12,23,4]", 13_569.0, 1751.0)];
        for (name, estimate, error) in expected {
            close(outcome(&models, name).estimate, estimate, 0.05);
            close(outcome(&models, name).standard_error, error, 0.05);
        }
        let goodness = outcome(&models, "[12,3,4]").goodness.unwrap();
        close(goodness.deviance, 7.614, 5e-4);
        close(goodness.aic, 86.65, 5e-3);
        close(goodness.bic, goodness.aic + 6.0 * (1896_f64.ln() - 2.0), 1e-9);
        assert_eq!(goodness.degrees_of_freedom, 9);
        // The profile interval of Rcapture is 10,266 to 14,992.
        let interval = outcome(&models, "[12,3,4]").interval;
        close(interval.low, 10_266.0, 0.01 * 10_266.0);
        close(interval.high, 14_992.0, 0.01 * 14_992.0);
        assert_eq!(models.iter().filter(|model| model.name.starts_with('[')).count(), 1 + 6 + 15);
    }

    #[test]
    fn all_pairs_of_four_lists_come_out_as_in_rcapture() {
        let pairs = [0b0011, 0b0101, 0b1001, 0b0110, 0b1010, 0b1100];
        let fit = hierarchical(&rome(), &pairs).unwrap();
        close(1896.0 + fit.missed, 23_443.5, 0.05);
        close(fit.variance.sqrt(), 9594.9, 0.05);
        close(fit.goodness.deviance, 3.037, 5e-4);
        close(fit.goodness.aic, 92.073, 5e-4);
    }

    /// Snowshoe hares, six occasions (Rcapture): these two models see only how often each was caught.
    #[test]
    fn hares_come_out_as_in_rcapture() {
        let cells = [(0b1, 25), (0b11, 22), (0b111, 13), (0b1111, 5), (0b1_1111, 1), (0b11_1111, 2)];
        let models = fit_models(&Histories::new(6, cells).unwrap());
        close(outcome(&models, "M0").estimate, 75.4, 0.05);
        close(outcome(&models, "M0").standard_error, 3.5, 0.05);
        close(outcome(&models, "Mh Chao").estimate, 79.8, 0.05);
        close(outcome(&models, "Mh Chao").standard_error, 6.4, 0.05);
    }

    /// Seber 1982, p. 107, as in the examples of Rcapture.
    #[test]
    fn two_passes_have_two_models() {
        let models = fit_models(&histories(&[("11", 167), ("10", 781), ("01", 254)]));
        assert_eq!(models.len(), 2);
        let (equal, by_pass) = (outcome(&models, "M0"), outcome(&models, "Mt"));
        close(equal.estimate, 2805.6, 0.05);
        close(equal.standard_error, 164.1, 0.05);
        close(equal.goodness.unwrap().deviance, 281.334, 5e-4);
        close(equal.goodness.unwrap().aic, 308.166, 5e-4);
        close(by_pass.estimate, 2389.9, 0.05);
        close(by_pass.standard_error, 130.4, 0.05);
        close(by_pass.goodness.unwrap().aic, 28.831, 5e-4);
    }

    #[test]
    fn models_that_need_an_empty_cell_say_so() {
        let refusal =
            |models: &[ModelFit], name: &str| models.iter().find(|model| model.name == name).unwrap().outcome.err();
        let no_pair =
            histories(&[("111", 0), ("110", 0), ("101", 9), ("011", 8), ("100", 30), ("010", 40), ("001", 20)]);
        let models = fit_models(&no_pair);
        assert_eq!(refusal(&models, "[12,3]"), Some(ModelRefusal::NeededCellEmpty));
        assert_eq!(refusal(&models, "[1,23]"), None);
        let only_saturated =
            histories(&[("111", 5), ("110", 9), ("101", 0), ("011", 8), ("100", 30), ("010", 40), ("001", 20)]);
        let models = fit_models(&only_saturated);
        assert_eq!(refusal(&models, "[12,13,23]"), Some(ModelRefusal::NeededCellEmpty));
        assert_eq!(refusal(&models, "[1,2,3]"), None);
        let nothing = fit_models(&Histories::new(3, []).unwrap());
        assert!(nothing.iter().all(|model| model.outcome.is_err()), "{nothing:?}");
    }

    #[test]
    fn seven_occasions_are_not_too_many() {
        let cells = (1..128_u8).map(|mask| (mask, 200 >> mask.count_ones()));
        let models = fit_models(&Histories::new(7, cells).unwrap());
        assert_eq!(models.len(), 2 + 1 + 21 + 210 + 3);
        assert!(models.iter().all(|model| model.outcome.is_ok()));
    }
}
