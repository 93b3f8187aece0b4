//! Decisions on made-up surveys, and simulations with a known truth.

use proptest::prelude::*;

use super::survey::{Capture, Estimate, OccasionKind, SurveyCaptures, Verdict, estimate};
use super::words::{Method, Reason, Warning};
use super::{EstimateError, Linkage};

const TWO: [OccasionKind; 2] = [OccasionKind::Pass; 2];

/// So many cameras of each history, every one in a unit of its own.
fn cameras(histories: &[(u8, usize)]) -> Vec<Capture> {
    let histories = histories.iter().flat_map(|&(history, count)| std::iter::repeat_n(history, count));
    (0..).zip(histories).map(|(unit, history)| Capture { history, stratum: 0, unit }).collect()
}

fn decide(occasions: &[OccasionKind], captures: &[Capture], linkage: Option<Linkage>) -> Verdict {
    estimate(&SurveyCaptures { occasions: occasions.to_vec(), captures, linkage }).unwrap()
}

fn published(occasions: &[OccasionKind], captures: &[Capture], linkage: Option<Linkage>) -> Estimate {
    match decide(occasions, captures, linkage) {
        Verdict::Published(estimate) => *estimate,
        Verdict::Refused(reason) => panic!("{reason:?}"),
    }
}

fn flawless() -> Linkage {
    Linkage::new(1.0, 0.0, 0.0).unwrap()
}

fn close(actual: f64, expected: f64, within: f64) {
    assert!((actual - expected).abs() <= within, "{actual} is not {expected}");
}

#[test]
fn two_passes_give_chapman_with_sadinles_interval() {
    let found = published(&TWO, &cameras(&[(1, 140), (2, 240), (3, 60)]), Some(flawless()));
    close(found.estimate, 990.8197, 1e-4);
    close(found.low, 838.160, 1e-3);
    close(found.high.unwrap(), 1221.973, 1e-3);
    assert_eq!((found.counted, found.method, found.lower_side), (440.0, Method::ChapmanLinkage, true));
    close(found.missed, 550.8197, 1e-4);
    assert_eq!(found.warnings, []);
    let names: Vec<&str> = found.models.iter().map(|model| model.name.as_str()).collect();
    assert_eq!(names, ["M0", "Mt"]);
}

#[test]
fn an_unknown_linkage_is_said_and_the_result_is_no_lower_side() {
    let found = published(&TWO, &cameras(&[(1, 140), (2, 240), (3, 60)]), None);
    assert_eq!((found.method, found.lower_side), (Method::Chapman, false));
    assert_eq!(found.warnings, [Warning::LinkageUnknown]);
}

#[test]
fn linkage_errors_are_corrected_and_widen_the_interval() {
    let captures = cameras(&[(1, 140), (2, 240), (3, 60)]);
    let found = published(&TWO, &captures, Some(Linkage::new(0.895, 0.0, 0.03).unwrap()));
    close(found.estimate, 938.0308, 1e-4);
    close(found.strata[0].recaptures, 63.429_199, 1e-6);
    let unsure = published(&TWO, &captures, Some(Linkage::new(0.895, 0.05, 0.03).unwrap()));
    assert_eq!(unsure.estimate, found.estimate);
    assert!(unsure.low < found.low && unsure.high > found.high);
    let plain = published(&TWO, &captures, Some(flawless()));
    let width = |estimate: &Estimate| (estimate.high.unwrap() - estimate.low) / estimate.missed;
    assert!(width(&found) > width(&plain));
}

#[test]
fn what_cannot_be_estimated_is_refused_with_a_reason() {
    let refused = |occasions: &[OccasionKind], histories: &[(u8, usize)], linkage| match decide(
        occasions,
        &cameras(histories),
        linkage,
    ) {
        Verdict::Refused(reason) => reason,
        Verdict::Published(found) => panic!("{found:?}"),
    };
    assert_eq!(refused(&TWO, &[(1, 9), (2, 7)], Some(flawless())), Reason::NoRecaptures);
    assert_eq!(refused(&[OccasionKind::Pass; 3], &[(1, 9), (2, 7), (4, 3)], Some(flawless())), Reason::NoRecaptures);
    assert_eq!(refused(&TWO, &[], Some(flawless())), Reason::NothingCounted);
    assert_eq!(refused(&[OccasionKind::Pass], &[(1, 9)], Some(flawless())), Reason::OneOccasion);
    assert_eq!(refused(&[OccasionKind::Pass; 8], &[(1, 9)], Some(flawless())), Reason::TooManyOccasions);
    let dense = Linkage::new(0.9, 0.0, 0.26).unwrap();
    assert_eq!(refused(&TWO, &[(1, 90), (2, 90), (3, 90)], Some(dense)), Reason::PositionsTooCoarse);
    let doubtful = Linkage::new(0.9, 0.0, 0.1).unwrap();
    assert_eq!(refused(&TWO, &[(1, 95), (2, 95), (3, 5)], Some(doubtful)), Reason::LinksByChanceOnly);
}

#[test]
fn a_history_of_no_occasion_is_an_error() {
    for history in [0, 4] {
        let captures = cameras(&[(history, 1)]);
        let survey = SurveyCaptures { occasions: TWO.to_vec(), captures: &captures, linkage: None };
        assert_eq!(estimate(&survey), Err(EstimateError::History));
    }
}

#[test]
fn few_recaptures_and_chance_links_are_said() {
    let doubtful = Linkage::new(0.95, 0.0, 0.15).unwrap();
    let found = published(&TWO, &cameras(&[(1, 10), (2, 10), (3, 6)]), Some(flawless()));
    assert_eq!(found.warnings, [Warning::FewRecaptures]);
    let found = published(&TWO, &cameras(&[(1, 40), (2, 40), (3, 60)]), Some(doubtful));
    assert_eq!(found.warnings, [Warning::LinksByChance]);
}

#[test]
fn passes_that_saw_the_same_set_no_upper_end() {
    let found = published(&TWO, &cameras(&[(3, 25)]), Some(flawless()));
    assert_eq!((found.estimate, found.low, found.high), (25.0, 25.0, None));
    assert_eq!(found.warnings, [Warning::Saturated]);
    let found = published(&[OccasionKind::Pass; 3], &cameras(&[(3, 25), (7, 9)]), Some(flawless()));
    assert_eq!((found.estimate, found.low, found.high), (34.0, 34.0, None));
    assert_eq!(found.method, Method::Chao2BiasCorrected);
    assert_eq!(found.warnings, [Warning::Saturated]);
}

#[test]
fn an_estimate_below_the_count_is_raised_to_it() {
    let lossy = Linkage::new(0.9, 0.0, 0.0).unwrap();
    let found = published(&TWO, &cameras(&[(1, 30), (2, 30), (3, 200)]), Some(lossy));
    assert_eq!((found.estimate, found.missed), (260.0, 0.0));
    assert!(found.warnings.contains(&Warning::RaisedToCounted));
    assert!(found.high.is_none_or(|high| high >= 260.0));
}

#[test]
fn strata_are_added_and_those_without_a_recapture_pooled() {
    let mut captures = cameras(&[(1, 140), (2, 240), (3, 60), (1, 40), (2, 15), (3, 10), (1, 8), (2, 9)]);
    for (at, capture) in captures.iter_mut().enumerate() {
        capture.stratum = if at < 440 {
            3
        } else if at < 505 {
            1
        } else {
            7
        };
    }
    let found = published(&TWO, &captures, Some(flawless()));
    let members: Vec<&[u8]> = found.strata.iter().map(|stratum| stratum.seen.strata.as_slice()).collect();
    assert_eq!(members, [[1].as_slice(), &[3, 7]]);
    assert_eq!(found.warnings, [Warning::StrataPooled]);
    close(found.estimate, found.strata.iter().map(|stratum| stratum.estimate.estimate).sum(), 1e-9);
    close(found.strata[0].estimate.estimate, 119.5455, 1e-4);
}

#[test]
fn three_passes_lead_with_the_bound_and_show_every_model() {
    let captures = cameras(&[(7, 20), (3, 30), (5, 25), (6, 15), (1, 80), (2, 60), (4, 50)]);
    let found = published(&[OccasionKind::Pass; 3], &captures, Some(flawless()));
    close(found.estimate, 447.7385, 1e-4);
    assert_eq!((found.method, found.lower_side), (Method::ChaoMth, true));
    assert!(found.low > 280.0 && found.low < found.estimate && found.high.unwrap() > found.estimate);
    assert_eq!(found.models.len(), 2 + 8 + 3);
    let with_list = [OccasionKind::Pass, OccasionKind::Pass, OccasionKind::List];
    let found = published(&with_list, &captures, Some(Linkage::new(0.9, 0.0, 0.0).unwrap()));
    assert_eq!(found.warnings, [Warning::LinkageNotCorrected, Warning::ListAsOccasion]);
    assert!(!found.lower_side);
}

proptest! {
    #[test]
    fn no_estimate_lies_below_the_count_or_depends_on_order(
        histories in prop::collection::vec((1u8..4, 0u8..4, 0u32..30), 0..120),
        alpha in 0.5..1.0f64, error in 0.0..0.1f64, beta in 0.0..0.3f64
    ) {
        let captures: Vec<Capture> =
            histories.iter().map(|&(history, stratum, unit)| Capture { history, stratum, unit }).collect();
        let linkage = Linkage::new(alpha, error, beta).ok();
        let verdict = decide(&TWO, &captures, linkage);
        if let Verdict::Published(found) = &verdict {
            prop_assert!(found.estimate >= found.counted && found.low >= found.counted);
            prop_assert!(found.low <= found.estimate + 1e-9 && found.estimate.is_finite());
            prop_assert!(found.high.is_none_or(|high| high >= found.estimate));
        }
        let backwards: Vec<Capture> = captures.iter().rev().copied().collect();
        prop_assert_eq!(verdict, decide(&TWO, &backwards, linkage));
    }

    #[test]
    fn more_occasions_keep_to_the_count_too(
        histories in prop::collection::vec(1u8..16, 1..150)
    ) {
        let captures: Vec<Capture> =
            histories.iter().map(|&history| Capture { history, stratum: 0, unit: 0 }).collect();
        if let Verdict::Published(found) = decide(&[OccasionKind::Pass; 4], &captures, Some(flawless())) {
            prop_assert!(found.estimate >= found.counted && found.low >= found.counted);
            prop_assert!(found.high.is_none_or(|high| high >= found.estimate));
        }
    }
}

/// `SplitMix64`: small, and the same on every machine.
struct Chance(u64);

impl Chance {
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn happens(&mut self, probability: f64) -> bool {
        self.share() < probability
    }

    /// About normal, mean 0 and deviation 1.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.share()).sum::<f64>() - 6.0
    }
}

/// Surveys of a known number of cameras.
struct Surveys {
    covered: usize,
    runs: usize,
    mean: f64,
}

/// Runs surveys of `truth` cameras.
fn simulate(
    truth: f64,
    runs: usize,
    mut survey: impl FnMut(&mut Chance) -> (Vec<Capture>, Option<Linkage>),
) -> Surveys {
    let mut chance = Chance(20_260_101);
    let mut surveys = Surveys { covered: 0, runs, mean: 0.0 };
    for _ in 0..runs {
        let (captures, linkage) = survey(&mut chance);
        let found = published(&TWO, &captures, linkage);
        surveys.mean += found.estimate / runs as f64;
        surveys.covered += usize::from(found.low <= truth && found.high.is_none_or(|high| truth <= high));
    }
    surveys
}

impl Surveys {
    fn coverage(&self) -> f64 {
        self.covered as f64 / self.runs as f64
    }
}

/// Which of two passes see each camera, given its chances.
fn walk(chance: &mut Chance, chances: impl Iterator<Item = (f64, f64, u8, u32)>) -> Vec<Capture> {
    chances
        .filter_map(|(first, second, stratum, unit)| {
            let history = u8::from(chance.happens(first)) | u8::from(chance.happens(second)) << 1;
            (history != 0).then_some(Capture { history, stratum, unit })
        })
        .collect()
}

#[test]
fn the_interval_holds_the_truth_as_often_as_it_says() {
    for (truth, p) in [(300_u32, 0.6), (100, 0.3), (1000, 0.5)] {
        let surveys = simulate(f64::from(truth), 1000, |chance| {
            (walk(chance, (0..truth).map(|unit| (p, p, 0, unit))), Some(flawless()))
        });
        println!("N {truth}, p {p}: coverage {:.3}, mean {:.1}", surveys.coverage(), surveys.mean);
        assert!(surveys.coverage() >= 0.92, "{truth} {p}: {}", surveys.coverage());
        close(surveys.mean, f64::from(truth), 0.03 * f64::from(truth));
    }
}

/// The closed form is E[p]² / E[p²].
#[test]
fn cameras_that_are_harder_to_see_make_the_estimate_too_low_as_theory_says() {
    for (share_easy, easy, hard, expected) in [(0.5, 0.8, 0.2, 0.735), (0.5, 0.6, 0.4, 0.962), (0.3, 0.9, 0.1, 0.462)] {
        let cameras = 1000_u32;
        let class = move |at: u32| if f64::from(at) < share_easy * 1000.0 { (easy, 0) } else { (hard, 1) };
        let run = |stratified: bool| {
            simulate(1000.0, 200, |chance| {
                let seen =
                    (0..cameras).map(|at| (class(at).0, class(at).0, if stratified { class(at).1 } else { 0 }, at));
                (walk(chance, seen), Some(flawless()))
            })
        };
        let (mixed, stratified) = (run(false), run(true));
        println!("{easy}/{hard}: {:.3}, stratified {:.3}", mixed.mean / 1000.0, stratified.mean / 1000.0);
        close(mixed.mean / 1000.0, expected, 0.01);
        close(stratified.mean / 1000.0, 1.0, 0.03);
        assert!(stratified.coverage() >= 0.92, "{}", stratified.coverage());
    }
}

/// Strata of few recaptures, which pooling would put 26, 17 and 54 % too low.
#[test]
fn small_strata_are_better_estimated_by_themselves() {
    for (easy, hard, cameras) in [(0.8, 0.2, [100, 100]), (0.8, 0.3, [60, 60]), (0.9, 0.1, [300, 700])] {
        let truth: u32 = cameras.iter().sum();
        let surveys = simulate(f64::from(truth), 500, |chance| {
            let class = |at: u32| if at < cameras[0] { (easy, easy, 0, at) } else { (hard, hard, 1, at) };
            (walk(chance, (0..truth).map(class)), Some(flawless()))
        });
        println!("{cameras:?}: coverage {:.3}, mean {:.1}", surveys.coverage(), surveys.mean);
        assert!(surveys.coverage() >= 0.92, "{cameras:?}: {}", surveys.coverage());
        close(surveys.mean / f64::from(truth), 1.0, 0.04);
    }
}

/// Links between what two passes saw go wrong: true ones are missed, and unpaired cameras are linked by chance.
fn mislink(chance: &mut Chance, captures: Vec<Capture>, alpha: f64, beta: f64) -> Vec<Capture> {
    let second: f64 = captures.iter().map(|capture| f64::from(capture.history >> 1 & 1)).sum();
    let free_share = captures.iter().filter(|capture| capture.history == 2).count() as f64 / second;
    let (mut first_only, mut second_only, mut linked) = (Vec::new(), Vec::new(), Vec::new());
    for capture in captures {
        match capture.history {
            1 if chance.happens(beta * free_share) => linked.push(Capture { history: 7, ..capture }),
            1 => first_only.push(capture),
            2 => second_only.push(capture),
            _ if chance.happens(alpha) => linked.push(capture),
            _ => {
                first_only.push(Capture { history: 1, ..capture });
                second_only.push(Capture { history: 2, ..capture });
            }
        }
    }
    // A link by chance takes a camera of the second pass along.
    for link in linked.iter_mut().filter(|link| link.history == 7) {
        link.history = if second_only.pop().is_some() { 3 } else { 1 };
    }
    [first_only, second_only, linked].concat()
}

#[test]
fn the_interval_holds_the_truth_through_linkage_errors() {
    for (alpha, error, beta) in [(0.9, 0.03, 0.05), (0.8, 0.05, 0.10), (0.95, 0.0, 0.2)] {
        let run = |known: bool| {
            simulate(500.0, 1000, |chance| {
                let captures = walk(chance, (0..500).map(|unit| (0.5, 0.5, 0, unit)));
                let captures = mislink(chance, captures, alpha, beta);
                let believed = (alpha + error * chance.normal()).min(1.0);
                (captures, known.then(|| Linkage::new(believed, error, beta).unwrap()))
            })
        };
        let (corrected, naive) = (run(true), run(false));
        println!(
            "alpha {alpha}, beta {beta}: coverage {:.3}, mean {:.1}; as found {:.3}, {:.1}",
            corrected.coverage(),
            corrected.mean,
            naive.coverage(),
            naive.mean
        );
        assert!(corrected.coverage() >= 0.92, "{alpha} {beta}: {}", corrected.coverage());
        close(corrected.mean, 500.0, 25.0);
    }
}

#[test]
fn the_bound_of_three_passes_errs_less_than_the_model_without_differences() {
    let mut chance = Chance(11);
    let (mut bound, mut equal, mut missed_above) = (0.0, 0.0, 0);
    for _ in 0..200 {
        let captures: Vec<Capture> = (0..600_u32)
            .filter_map(|unit| {
                let p = if unit % 2 == 0 { 0.6 } else { 0.2 };
                let history = (0..3).map(|at| u8::from(chance.happens(p)) << at).sum();
                (history != 0).then_some(Capture { history, stratum: 0, unit })
            })
            .collect();
        let found = published(&[OccasionKind::Pass; 3], &captures, Some(flawless()));
        bound += found.estimate / 200.0 / 600.0;
        equal += found.models[1].outcome.unwrap().estimate / 200.0 / 600.0;
        missed_above += usize::from(found.low > 600.0);
    }
    println!("Mth Chao {bound:.3}, Mt {equal:.3}, lower end above the truth in {missed_above} of 200");
    // What of each class is seen once and twice: 0.712 counted, and 0.336² / (3 * 0.264) suggested as missed.
    close(bound, 0.712 + 0.336_f64.powi(2) / (3.0 * 0.264), 0.01);
    assert!(equal < bound - 0.02, "{equal} {bound}");
    assert!(missed_above <= 5);
}

#[test]
fn streets_that_are_missed_as_a_whole_widen_the_interval() {
    let run = |by_street: bool| {
        simulate(600.0, 500, |chance| {
            let streets: Vec<(f64, f64)> = (0..60)
                .map(|_| [chance.happens(0.5), chance.happens(0.5)].map(|good| if good { 0.95 } else { 0.25 }).into())
                .collect();
            let place = |at: u32| streets[at as usize % 60];
            let seen = (0..600).map(|at| (place(at).0, place(at).1, 0, if by_street { at % 60 } else { at }));
            let seen: Vec<_> = seen.collect();
            (walk(chance, seen.into_iter()), Some(flawless()))
        })
    };
    let (aware, unaware) = (run(true), run(false));
    println!("by street: coverage {:.3}; by camera: {:.3}", aware.coverage(), unaware.coverage());
    assert!(aware.coverage() >= 0.92 && unaware.coverage() < 0.9);
}

#[test]
fn units_without_a_common_fate_do_not_widen_the_interval() {
    let mut chance = Chance(7);
    let widened = (0..300)
        .filter(|_| {
            let captures = walk(&mut chance, (0..400).map(|at| (0.6, 0.6, 0, at % 40)));
            published(&TWO, &captures, Some(flawless())).warnings.contains(&Warning::MissedInGroups)
        })
        .count();
    println!("widened without need: {widened} of 300");
    assert!(widened < 15, "{widened}");
}
