//! `estimates.csv` and `sensitivity.csv`: what every wave says about every area by every model, and what a wrong gate would
//! do to the count.

use super::areas::{scope_text, warnings};
use super::dataset::Dataset;
use super::survey::{ScopeEstimate, WaveSurvey};
use super::tables::Plain;
use crate::matching::AtGate;
use crate::model::AreaSet;

const COLUMNS: [&str; 18] = [
    "set",
    "area",
    "wave",
    "role",
    "name",
    "counted",
    "estimate",
    "low",
    "high",
    "standard_error",
    "aic",
    "bic",
    "leading",
    "reason",
    "warnings",
    "alpha",
    "beta",
    "scope",
];

/// One line for each headline, stratum and model. Numbers speak of the units of the scope alone.
pub(super) fn estimates(dataset: &Dataset, sets: &[AreaSet], waves: &[WaveSurvey]) -> Plain<18> {
    let whole = dataset.whole.iter().flat_map(|(wave, said)| lines("", "", &waves[*wave], said));
    let by_area = sets.iter().zip(&dataset.areas).flat_map(|(set, counted)| {
        counted.estimates.iter().flat_map(|(area, wave, said)| lines(&set.slug, area, &waves[*wave], said))
    });
    Plain { table: "estimates", columns: COLUMNS, rows: whole.chain(by_area).collect() }
}

fn lines(set: &str, area: &str, survey: &WaveSurvey, said: &ScopeEstimate) -> Vec<[String; COLUMNS.len()]> {
    let place = [set.to_owned(), area.to_owned(), format!("{}/{}", survey.campaign, survey.wave)];
    let linkage = said.linkage.map(|linkage| [linkage.alpha(), linkage.beta()].map(|chance| format!("{chance:.4}")));
    let [alpha, beta] = linkage.unwrap_or_default();
    let scope = scope_text(survey, said);
    let line = |role: &str, name: &str, numbers: [String; 7], leading: bool, reason: &str, warnings: &str| {
        let [counted, estimate, low, high, error, aic, bic] = numbers;
        let [set, area, wave] = place.clone();
        let leading = if leading { "yes" } else { "no" }.to_owned();
        let (role, name, reason, warnings) = (role.to_owned(), name.to_owned(), reason.to_owned(), warnings.to_owned());
        [
            set,
            area,
            wave,
            role,
            name,
            counted,
            estimate,
            low,
            high,
            error,
            aic,
            bic,
            leading,
            reason,
            warnings,
            alpha.clone(),
            beta.clone(),
            scope.clone(),
        ]
    };
    let number = |value: f64| format!("{value:.1}");
    let estimate = match &said.outcome {
        Ok(estimate) => estimate,
        Err(reason) => return vec![line("headline", "", <[String; 7]>::default(), false, reason.code(), "")],
    };
    let high = estimate.high.map(number).unwrap_or_default();
    let [none_error, none_aic, none_bic] = <[String; 3]>::default();
    let mut lines = vec![line(
        "headline",
        estimate.method.code(),
        [
            number(estimate.counted),
            number(estimate.estimate),
            number(estimate.low),
            high,
            none_error,
            none_aic,
            none_bic,
        ],
        true,
        "",
        &warnings(estimate),
    )];
    for stratum in &estimate.strata {
        let kinds: Vec<&str> = stratum
            .seen
            .strata
            .iter()
            .filter_map(|code| crate::model::Kind::from_code(*code).map(crate::model::Kind::word))
            .collect();
        let two = &stratum.estimate;
        let numbers = [
            number(two.counted),
            number(two.estimate),
            number(two.low),
            two.high.map(number).unwrap_or_default(),
            number(two.variance.sqrt()),
            String::new(),
            String::new(),
        ];
        lines.push(line("stratum", &kinds.join(" "), numbers, false, "", ""));
    }
    for model in &estimate.models {
        let numbers = model.outcome.as_ref().map(|outcome| {
            let goodness = |of: fn(&crate::estimate::Goodness) -> f64| {
                outcome.goodness.as_ref().map(|goodness| format!("{:.3}", of(goodness))).unwrap_or_default()
            };
            [
                number(estimate.counted),
                number(outcome.estimate),
                number(outcome.interval.low),
                number(outcome.interval.high),
                number(outcome.standard_error),
                goodness(|goodness| goodness.aic),
                goodness(|goodness| goodness.bic),
            ]
        });
        let reason = model.outcome.as_ref().err().map_or("", |refusal| refusal.code());
        lines.push(line("model", &model.name, numbers.unwrap_or_default(), false, reason, ""));
    }
    lines
}

/// The counts at half, normal and double the gate.
pub(super) fn sensitivity(rows: &[AtGate; 3]) -> Plain<5> {
    let normal = f64::from(rows[1].cameras).max(1.0);
    let rows = rows.iter().map(|row| {
        let percent = 100.0 * (f64::from(row.cameras) / normal - 1.0);
        [
            format!("{}", row.multiple),
            format!("{}", row.factor),
            row.cameras.to_string(),
            // Adding zero turns a minus zero into a plain one.
            format!("{:.1}", percent + 0.0),
            "effect of a wrong gate, not an interval".to_owned(),
        ]
    });
    let columns = ["gate", "sigma", "cameras", "difference_percent", "meaning"];
    Plain { table: "sensitivity", columns, rows: rows.collect() }
}
