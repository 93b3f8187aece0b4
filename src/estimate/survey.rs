//! The decision: whether a survey gives an estimate of all its cameras, by which method, and what to say beside it.
//!
//! What the number covers is the cameras that could have been seen from the streets surveyed. Which way it errs:
//! - cameras that differ in how easily they are seen, or passes that knew of each other: too low. Strata take out the
//!   part they explain, and Chao's bound is the least that the data suggest. What remains makes the result a
//!   lower-side one;
//! - passes that avoided each other's cameras: too high;
//! - links missed between passes: too high; links by chance: too low. Corrected for two passes, with the uncertainty
//!   of the correction in the interval, if the linkage is known.

use std::collections::BTreeMap;

use super::chao::chao2_bias_corrected;
use super::confidence::Confidence;
use super::error::EstimateError;
use super::histories::Histories;
use super::linkage::{self, Linkability, Linkage};
use super::models::{ModelFit, ModelOutcome, fit_models, mth_chao};
use super::strata::{FEWEST_RECAPTURES, TwoPassCounts, pool, sum, widen_by_shared};
use super::two_pass::{Passes, Spread, TwoPass};
use super::words::{Method, Reason, Warning};

const MOST_OCCASIONS: usize = 7;
/// Fewest streets or cells from which it is judged whether cameras were missed one by one.
const FEWEST_UNITS: usize = 10;
/// Dispersion from which the interval is widened, as for rates.
const DISPERSED: f64 = 1.5;
/// Chance of a link above which three or more occasions may be used without a correction.
const NEARLY_ALL_LINKED: f64 = 0.95;
/// An upper end beyond so many times the cameras counted says no more than that the data set no limit.
const NO_LIMIT: f64 = 10.0;

/// What an occasion was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OccasionKind {
    /// A team that walked the units without knowing what others found.
    Pass,
    /// Somebody else's register. It need not be independent of the passes.
    List,
}

/// One distinct camera.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capture {
    /// The occasions that saw it: bit 0 is the first.
    pub history: u8,
    /// A number for cameras that are seen about as easily as each other.
    pub stratum: u8,
    /// A number for the street or cell it stands in.
    pub unit: u32,
}

/// The distinct cameras of one scope, in units that every occasion covered completely.
#[derive(Debug, Clone, PartialEq)]
pub struct SurveyCaptures<'a> {
    /// The occasions, in the order of the bits.
    pub occasions: Vec<OccasionKind>,
    /// One entry per camera. The order does not matter.
    pub captures: &'a [Capture],
    /// How well cameras of two occasions could be linked, if that is known.
    pub linkage: Option<Linkage>,
}

/// What can be said.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// An estimate, with what has to stand beside it.
    Published(Box<Estimate>),
    /// No estimate: there are at least as many cameras as were counted, and that is all.
    Refused(Reason),
}

/// An estimate of all cameras of the scope.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// Distinct cameras seen, as linked.
    pub counted: f64,
    /// Cameras estimated to have been missed: `estimate - counted`.
    pub missed: f64,
    /// The estimated total; not below `counted`.
    pub estimate: f64,
    /// Lower end of the 95 % interval; not below `counted`.
    pub low: f64,
    /// Upper end; `None` where the data set no limit, or one beyond ten times the cameras counted.
    pub high: Option<f64>,
    /// How it was estimated.
    pub method: Method,
    /// What readers must know, in a fixed order, each once.
    pub warnings: Vec<Warning>,
    /// For two passes: what was added up, strata without a recapture pooled. Empty otherwise.
    pub strata: Vec<StratumEstimate>,
    /// All models, unstratified and on the links as found, for comparison.
    pub models: Vec<ModelFit>,
    /// Whether the truth lies rather above the estimate than below. False only where links may have been missed and
    /// that is not corrected, which errs the other way.
    pub lower_side: bool,
}

/// One stratum, or several that were pooled.
#[derive(Debug, Clone, PartialEq)]
pub struct StratumEstimate {
    /// What the passes saw.
    pub seen: TwoPassCounts,
    /// Recaptures after the correction for linkage errors; `seen.links` without one.
    pub recaptures: f64,
    /// The estimate; the errors that all strata share are in the interval of the whole only.
    pub estimate: TwoPass,
}

/// Estimates all cameras of a survey, or says why not. Every interval has 95 %.
///
/// Two occasions: Chapman's estimate by stratum on the recaptures corrected for linkage errors, Sadinle's intervals,
/// added up. Three and more: Chao's bound for model Mth, over all strata together, since it allows for differences
/// between cameras; where that cannot be fitted, the bias-corrected bound Mh.
///
/// # Errors
/// [`EstimateError::History`] if a camera was seen by no occasion or by one that does not exist.
pub fn estimate(survey: &SurveyCaptures<'_>) -> Result<Verdict, EstimateError> {
    if survey.occasions.len() < 2 {
        return Ok(Verdict::Refused(Reason::OneOccasion));
    }
    if survey.occasions.len() > MOST_OCCASIONS {
        return Ok(Verdict::Refused(Reason::TooManyOccasions));
    }
    let occasions = u8::try_from(survey.occasions.len()).unwrap_or(u8::MAX);
    let histories = Histories::new(occasions, survey.captures.iter().map(|capture| (capture.history, 1)))?;
    let reason = if histories.counted() == 0 {
        Some(Reason::NothingCounted)
    } else if survey.linkage.is_some_and(|linkage| linkage.linkability() == Linkability::Refuse) {
        Some(Reason::PositionsTooCoarse)
    } else if histories.counted() == histories.seen(1) {
        Some(Reason::NoRecaptures)
    } else {
        None
    };
    let result = match reason {
        Some(reason) => Err(reason),
        None if occasions == 2 => by_two_passes(survey, &histories),
        None => Ok(by_more(survey, &histories)),
    };
    Ok(result.map_or_else(Verdict::Refused, |mut estimate| {
        estimate.warnings.extend(general_warnings(survey, &histories));
        estimate.warnings.sort_unstable();
        estimate.warnings.dedup();
        Verdict::Published(Box::new(estimate))
    }))
}

fn general_warnings(survey: &SurveyCaptures<'_>, histories: &Histories) -> Vec<Warning> {
    let recaptures = histories.counted() - histories.seen(1);
    let doubtful = |linkage: Linkage| linkage.linkability() == Linkability::Warn;
    [
        (recaptures < u64::from(FEWEST_RECAPTURES), Warning::FewRecaptures),
        (survey.linkage.is_some_and(doubtful), Warning::LinksByChance),
        (survey.linkage.is_none(), Warning::LinkageUnknown),
        (survey.occasions.contains(&OccasionKind::List), Warning::ListAsOccasion),
    ]
    .into_iter()
    .filter_map(|(applies, warning)| applies.then_some(warning))
    .collect()
}

fn by_two_passes(survey: &SurveyCaptures<'_>, histories: &Histories) -> Result<Estimate, Reason> {
    let found = strata_of(survey.captures);
    let groups = pool(found.clone());
    let dispersion = dispersion_by_unit(survey.captures, &groups).filter(|&dispersion| dispersion > DISPERSED);
    let mut recaptures = 0.0;
    let (mut by_alpha, mut by_beta) = (0.0, 0.0);
    let mut strata = Vec::new();
    for seen in &groups {
        let (n1, n2, links) = (f64::from(seen.n1), f64::from(seen.n2), f64::from(seen.links));
        let solved = survey.linkage.map(|linkage| linkage::solve(n1, n2, links, &linkage));
        let m = solved.map_or(links, |solved| solved.m);
        recaptures += m;
        let passes = Passes::new(n1, n2, m.max(1.0));
        if let Some(solved) = solved {
            by_alpha += passes.slope() * solved.by_alpha;
            by_beta += passes.slope() * solved.by_beta;
        }
        let m_variance = solved.map_or(0.0, |solved| solved.variance);
        let spread = Spread { m_variance, dispersion: dispersion.unwrap_or(1.0) };
        let estimate = passes.estimate(spread, Confidence::NINETY_FIVE);
        strata.push(StratumEstimate { seen: seen.clone(), recaptures: m.max(1.0), estimate });
    }
    if recaptures < 1.0 {
        return Err(Reason::LinksByChanceOnly);
    }
    let mut total = sum(&strata.iter().map(|stratum| stratum.estimate).collect::<Vec<_>>());
    if let Some(linkage) = survey.linkage {
        let (alpha_se, beta_se) = linkage.errors(groups.iter().map(|seen| f64::from(seen.n1)).sum());
        let shared = (by_alpha * alpha_se).powi(2) + (by_beta * beta_se).powi(2);
        total = widen_by_shared(total, shared, Confidence::NINETY_FIVE);
    }
    let counted = histories.counted() as f64;
    let warnings = [
        (groups.len() < found.len(), Warning::StrataPooled),
        (recaptures < f64::from(FEWEST_RECAPTURES), Warning::FewRecaptures),
        (dispersion.is_some(), Warning::MissedInGroups),
        (total.high.is_none(), Warning::Saturated),
        (total.estimate < counted, Warning::RaisedToCounted),
    ];
    let estimate = total.estimate.max(counted);
    Ok(Estimate {
        counted,
        missed: estimate - counted,
        estimate,
        low: total.low.max(counted),
        high: total.high.filter(|high| *high <= NO_LIMIT * counted).map(|high| high.max(estimate)),
        method: if survey.linkage.is_some() { Method::ChapmanLinkage } else { Method::Chapman },
        warnings: warnings.into_iter().filter_map(|(applies, warning)| applies.then_some(warning)).collect(),
        strata,
        models: fit_models(histories),
        lower_side: survey.linkage.is_some(),
    })
}

fn strata_of(captures: &[Capture]) -> Vec<TwoPassCounts> {
    let mut strata: BTreeMap<u8, TwoPassCounts> = BTreeMap::new();
    for capture in captures {
        let empty = || TwoPassCounts { strata: vec![capture.stratum], n1: 0, n2: 0, links: 0 };
        let counts = strata.entry(capture.stratum).or_insert_with(empty);
        counts.n1 += u32::from(capture.history & 1 != 0);
        counts.n2 += u32::from(capture.history & 2 != 0);
        counts.links += u32::from(capture.history == 3);
    }
    strata.into_values().collect()
}

/// How much more the estimate varies because cameras of one street are missed together: the variance of its linear
/// parts summed by unit, over that of single cameras (the variance inflation factor of capture-recapture, Lebreton et
/// al. 1992, taken over clusters). `None` for too few units.
fn dispersion_by_unit(captures: &[Capture], groups: &[TwoPassCounts]) -> Option<f64> {
    // Counted first, so that no sum depends on the order of the cameras.
    let mut cells: BTreeMap<u32, BTreeMap<(usize, u8), u32>> = BTreeMap::new();
    for capture in captures {
        let group = groups.iter().position(|group| group.strata.contains(&capture.stratum))?;
        *cells.entry(capture.unit).or_default().entry((group, capture.history)).or_default() += 1;
    }
    let (mut single, mut grouped) = (0.0, 0.0);
    for unit in cells.values() {
        let mut together = 0.0;
        for (&(group, history), &cameras) in unit {
            let part = linear_part(&groups[group], history);
            together += part * f64::from(cameras);
            single += part * part * f64::from(cameras);
        }
        grouped += together * together;
    }
    (cells.len() >= FEWEST_UNITS && single > 0.0).then(|| grouped / single)
}

/// How much `n1 n2 / m`, per counted camera, rises with one more camera of this history. The group has recaptures.
fn linear_part(group: &TwoPassCounts, history: u8) -> f64 {
    let (n1, n2, m) = (f64::from(group.n1), f64::from(group.n2), f64::from(group.links));
    let seen_by = |bits: u8| f64::from(u8::from(history & bits == bits));
    n1 * n2 / m * (seen_by(1) / n1 + seen_by(2) / n2 - seen_by(3) / m - 1.0 / (n1 + n2 - m))
}

fn by_more(survey: &SurveyCaptures<'_>, histories: &Histories) -> Estimate {
    let (method, outcome) = match mth_chao(histories) {
        Ok(outcome) => (Method::ChaoMth, outcome),
        Err(_) => (Method::Chao2BiasCorrected, bias_corrected(histories)),
    };
    let counted = histories.counted() as f64;
    // Nothing, or one camera, was seen only once: the bound says that none was missed, and no more.
    let saturated = outcome.estimate <= counted;
    let may_miss_links = survey.linkage.is_none_or(|linkage| linkage.alpha() < NEARLY_ALL_LINKED);
    let warnings =
        [(saturated, Warning::Saturated), (survey.linkage.is_some() && may_miss_links, Warning::LinkageNotCorrected)];
    Estimate {
        counted,
        missed: outcome.estimate - counted,
        estimate: outcome.estimate,
        low: outcome.interval.low,
        high: (!saturated).then_some(outcome.interval.high),
        method,
        warnings: warnings.into_iter().filter_map(|(applies, warning)| applies.then_some(warning)).collect(),
        strata: Vec::new(),
        models: fit_models(histories),
        lower_side: !may_miss_links,
    }
}

fn bias_corrected(histories: &Histories) -> ModelOutcome {
    let occasions = u64::from(histories.occasions());
    ModelOutcome::of_bound(&chao2_bias_corrected(histories.counted(), histories.seen(1), histories.seen(2), occasions))
}
