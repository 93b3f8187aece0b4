//! The page that lays published figures beside the census.

use std::borrow::Cow;

use askama::Template;

use super::PageContext;
use crate::briefing::PublishedNumber;
use crate::figures::{self, Bias, CensusNumber, Reason, Verdict};
use crate::language::Messages;
use crate::model::{Deployment, IsoWeek, Linked, Operator, PublishedFigure, Stated};

/// Published figures beside the census.
#[derive(Debug, Template)]
#[template(path = "compare.html")]
pub struct ComparePage {
    /// Header and footer.
    pub page: PageContext,
    /// The comparison; `None` before the first release.
    pub view: Option<CompareView>,
}

/// Everything the page shows of one release.
#[derive(Debug, Clone)]
pub struct CompareView {
    /// The census's own numbers.
    pub census: CensusNumbers,
    /// The published figures, each with its verdict.
    pub figures: Vec<FigureView>,
    /// Announced systems.
    pub deployments: Vec<Deployment>,
    /// Cameras by whether buying from their maker is restricted.
    pub makers: MakerShares,
    /// Cameras by link to a network, unknown first.
    pub linked: Vec<(Linked, u64)>,
    /// Cameras by operator, unknown first.
    pub operators: Vec<(Operator, u64)>,
}

/// The numbers of the census that figures are laid beside.
#[derive(Debug, Clone)]
pub struct CensusNumbers {
    /// Public-space cameras.
    pub cameras: u64,
    /// Those known to feed a public or police network.
    pub linked: u64,
    /// The week up to which reports are counted.
    pub as_of: IsoWeek,
    /// Ground the census speaks of, square kilometres; `None` when the release does not say.
    pub km2: Option<f64>,
    /// Residents of that ground; `None` when the release does not say.
    pub residents: Option<u64>,
}

/// One published figure.
#[derive(Debug, Clone)]
pub struct FigureView {
    /// The figure.
    pub figure: PublishedFigure,
    /// What it is worth beside this census.
    pub verdict: Verdict,
}

/// Cameras by whether buying from their maker is restricted.
#[derive(Debug, Clone)]
pub struct MakerShares {
    /// The maker is unknown.
    pub unknown: u64,
    /// The maker is known, and a restriction is claimed.
    pub restricted: u64,
    /// The maker is known, and none is.
    pub unrestricted: u64,
    /// The makers with a restriction.
    pub list: Vec<RestrictedMaker>,
}

/// A maker from which some may not buy.
#[derive(Debug, Clone)]
pub struct RestrictedMaker {
    /// Its name.
    pub name: String,
    /// Cameras of the census.
    pub cameras: u64,
    /// The restrictions, as claimed.
    pub restriction: String,
    /// What they rest on.
    pub basis: String,
}

/// Name, cameras and percentage of a share.
type ShareRow = (Cow<'static, str>, String, String);

impl CensusNumbers {
    fn beside(&self, with: CensusNumber) -> u64 {
        match with {
            CensusNumber::All => self.cameras,
            CensusNumber::Linked => self.linked,
        }
    }

    /// Cameras per square kilometre, where the release says how large its ground is.
    fn per_km2(&self) -> Option<f64> {
        self.km2.filter(|km2| *km2 > 0.0).map(|km2| real(self.cameras) / km2)
    }

    /// Cameras per 1,000 residents, where the release says how many there are.
    fn per_1000_residents(&self) -> Option<f64> {
        self.residents.filter(|residents| *residents > 0).map(|residents| real(self.cameras) * 1000.0 / real(residents))
    }
}

impl ComparePage {
    /// The number of the census a figure belongs beside.
    #[must_use]
    pub fn beside(&self, census: &CensusNumbers, row: &FigureView) -> String {
        self.page.number(&census.beside(row.verdict.compare_with))
    }

    /// What that number counts.
    #[must_use]
    pub fn beside_what(&self, row: &FigureView) -> Cow<'static, str> {
        self.page.t(match row.verdict.compare_with {
            CensusNumber::All => "verdict-with-all",
            CensusNumber::Linked => "verdict-with-linked",
        })
    }

    /// Cameras of the census per square kilometre, or that it is not known.
    #[must_use]
    pub fn census_per_km2(&self, census: &CensusNumbers) -> String {
        self.measure_or(census.per_km2(), "compare-no-area")
    }

    /// Cameras of the census per 1,000 residents, or that it is not known.
    #[must_use]
    pub fn census_per_1000(&self, census: &CensusNumbers) -> String {
        self.measure_or(census.per_1000_residents(), "compare-no-area")
    }

    fn measure_or(&self, value: Option<f64>, key: &str) -> String {
        value.map_or_else(|| self.page.t(key).into_owned(), |value| self.page.measure(&value))
    }

    /// The number that was published: `5,000`, `3,000–6,000`, or `5,000 (3,000–6,000)`.
    #[must_use]
    pub fn published(&self, row: &FigureView) -> String {
        let PublishedFigure { cameras_low: low, cameras: middle, cameras_high: high, .. } = row.figure;
        PublishedNumber { low, middle, high }.written(Messages::of(self.page.language))
    }

    /// The published number per square kilometre, or that the denominator is not stated.
    #[must_use]
    pub fn per_km2(&self, row: &FigureView) -> String {
        self.density(figures::per_km2(&row.figure))
    }

    /// The published number per 1,000 residents, or that the denominator is not stated.
    #[must_use]
    pub fn per_1000(&self, row: &FigureView) -> String {
        self.density(figures::per_1000_residents(&row.figure))
    }

    fn density(&self, range: Option<figures::Range>) -> String {
        let Some(range) = range else { return self.page.t("compare-not-stated").into_owned() };
        let middle = self.page.measure(&range.representative());
        match range.ends() {
            Some((low, high)) => format!("{middle} ({}–{})", self.page.measure(&low), self.page.measure(&high)),
            None => middle,
        }
    }

    /// The verdict in words.
    #[must_use]
    pub fn outcome(&self, row: &FigureView) -> Cow<'static, str> {
        self.page.t(&format!("verdict-{}", row.verdict.outcome().word()))
    }

    /// Each reason of a verdict: its code, its words, and which way it moves the figure.
    #[must_use]
    pub fn reasons(&self, row: &FigureView) -> Vec<(&'static str, Cow<'static, str>, Cow<'static, str>)> {
        row.verdict.reasons.iter().map(|reason| self.reason(*reason)).collect()
    }

    /// Every reason there is.
    #[must_use]
    pub fn all_reasons(&self) -> Vec<(&'static str, Cow<'static, str>, Cow<'static, str>)> {
        Reason::ALL.into_iter().map(|reason| self.reason(reason)).collect()
    }

    fn reason(&self, reason: Reason) -> (&'static str, Cow<'static, str>, Cow<'static, str>) {
        let bias: Bias = reason.bias();
        let (words, bias) = (format!("reason-{}", reason.code()), format!("bias-{}", bias.word()));
        (reason.code(), self.page.t(&words), self.page.t(&bias))
    }

    /// What was counted and whose cameras, in the words of the ledger.
    #[must_use]
    pub fn counted(&self, figure: &PublishedFigure) -> String {
        match (figure.scope.as_str(), figure.ownership.as_str()) {
            ("", "") => self.page.t("compare-not-stated").into_owned(),
            (scope, "") => scope.to_owned(),
            ("", ownership) => ownership.to_owned(),
            (scope, ownership) => format!("{scope}; {ownership}"),
        }
    }

    /// Status and basis of a figure in words.
    #[must_use]
    pub fn kind_of_number(&self, figure: &PublishedFigure) -> String {
        let status = self.page.t(&format!("figure-status-{}", figure.status));
        let basis = self.page.t(&format!("figure-basis-{}", figure.basis));
        let mut words = format!("{status}; {basis}");
        if !figure.method_note.is_empty() {
            words = format!("{words} ({})", figure.method_note);
        }
        words
    }

    /// What a figure says about its definition: name and answer.
    #[must_use]
    pub fn definition(&self, figure: &PublishedFigure) -> Vec<(Cow<'static, str>, Cow<'static, str>)> {
        let answer = |stated: Stated| self.page.t(&format!("stated-{stated}"));
        vec![
            (self.page.t("compare-includes-private"), answer(figure.includes_private)),
            (self.page.t("compare-includes-indoor"), answer(figure.includes_indoor)),
            (self.page.t("compare-linked-only"), answer(figure.linked_only)),
            (self.page.t("compare-street-visible"), answer(figure.street_visible)),
        ]
    }

    /// Authors, publisher, date and page of a figure, as far as they are stated.
    #[must_use]
    pub fn publication(&self, figure: &PublishedFigure) -> String {
        let page = if figure.page.is_empty() { String::new() } else { self.page.t1("compare-page", &figure.page) };
        let parts = [&figure.authors, &figure.publisher, &figure.published, &page];
        parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(", ")
    }

    /// How far a deployment has got.
    #[must_use]
    pub fn deployment_status(&self, deployment: &Deployment) -> Cow<'static, str> {
        self.page.t(&format!("deployment-status-{}", deployment.status))
    }

    /// Key of the title and rows of each table of shares: by restriction of the maker, link and operator, unknown first.
    #[must_use]
    pub fn share_tables(&self, view: &CompareView) -> Vec<(&'static str, Vec<ShareRow>)> {
        let named = |prefix: &str, word: &str| self.page.t(&format!("{prefix}-{word}"));
        let MakerShares { unknown, restricted, unrestricted, .. } = view.makers;
        let makers = vec![
            (self.page.t("compare-maker-unknown"), unknown),
            (self.page.t("compare-maker-restricted"), restricted),
            (self.page.t("compare-maker-unrestricted"), unrestricted),
        ];
        let linked = view.linked.iter().map(|(linked, cameras)| (named("linked", linked.word()), *cameras));
        let operators = view.operators.iter().map(|(operator, cameras)| (named("operator", operator.word()), *cameras));
        vec![
            ("compare-makers", self.rows(makers)),
            ("compare-linked", self.rows(linked.collect())),
            ("operators-title", self.rows(operators.collect())),
        ]
    }

    fn rows(&self, rows: Vec<(Cow<'static, str>, u64)>) -> Vec<ShareRow> {
        let total: u64 = rows.iter().map(|(_, cameras)| cameras).sum();
        let percent = |cameras: u64| {
            let share = if total == 0 { 0.0 } else { real(cameras) * 100.0 / real(total) };
            self.page.t1("compare-percent", &self.page.measure(&share))
        };
        rows.into_iter().map(|(name, cameras)| (name, self.page.number(&cameras), percent(cameras))).collect()
    }
}

#[expect(clippy::cast_precision_loss, reason = "exact up to 2^53, far above any number of cameras or residents")]
fn real(number: u64) -> f64 {
    number as f64
}

#[cfg(test)]
#[path = "compare_tests.rs"]
mod tests;
