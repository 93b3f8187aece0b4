//! How pages say estimates, intervals and rates: the same words on every page.

use std::borrow::Cow;

use super::PageContext;
use crate::briefing::{Interval, Said};
use crate::drawing::{count_labels, km2_labels};
use crate::language::Messages;
use crate::release::{EstimateLine, HeadlineEstimate, RateLine};

/// A code of the method page with its words.
pub type Code = (String, Cow<'static, str>);

/// What is known of all cameras of a census; without an estimate that nobody recorded what was walked.
#[must_use]
pub(super) fn of_census(counted: u32, estimate: Option<&HeadlineEstimate>) -> Said<'_> {
    match estimate {
        Some(whole) => Said {
            counted,
            estimate: whole.line().map(Into::into),
            method: &whole.method,
            reason: &whole.reason,
            scope: &whole.scope,
        },
        None => Said { counted, estimate: None, method: "", reason: "no_effort", scope: "" },
    }
}

impl PageContext {
    /// A message with several texts or formatted numbers.
    #[must_use]
    pub fn tw(&self, key: &str, values: &[(&'static str, &str)]) -> String {
        Messages::of(self.language).with_texts(key, values)
    }

    /// A number that is not negative, rounded to a whole one.
    #[must_use]
    pub fn whole(&self, value: f64) -> String {
        Messages::of(self.language).whole(value)
    }

    /// A share between 0 and 1 as a percentage; what is not everything never rounds to 100.
    #[must_use]
    pub fn percentage(&self, share: f64) -> String {
        Messages::of(self.language).percentage(share)
    }

    /// What is known of the number of cameras, in one sentence.
    #[must_use]
    pub fn estimate_sentence(&self, said: &Said<'_>) -> String {
        said.sentence(Messages::of(self.language))
    }

    /// Share surveyed, in words.
    #[must_use]
    pub fn surveyed(&self, share: Option<f64>) -> String {
        share.map_or_else(
            || self.t("surveyed-unknown").into_owned(),
            |share| self.t1("surveyed-share", &self.percentage(share)),
        )
    }

    /// Class numbers and labels of the legend of counts.
    #[must_use]
    pub fn count_legend(&self) -> Vec<(u8, String)> {
        count_labels(|number| self.number(&number))
    }

    /// Class numbers and labels of the legend of densities.
    #[must_use]
    pub fn km2_legend(&self) -> Vec<(u8, String)> {
        km2_labels(|number| self.number(&number))
    }

    /// The words of a code of the method page.
    #[must_use]
    pub fn code(&self, code: &str) -> Cow<'static, str> {
        self.t(&format!("code-{code}"))
    }

    /// Codes separated by spaces, each with its words.
    #[must_use]
    pub fn codes(&self, codes: &str) -> Vec<Code> {
        codes.split_whitespace().map(|code| (code.to_owned(), self.code(code))).collect()
    }

    /// An estimate with its interval.
    #[must_use]
    pub fn estimate_range(&self, estimate: &EstimateLine) -> String {
        Interval::from(*estimate).of_cameras(Messages::of(self.language))
    }

    /// A rate with its interval.
    #[must_use]
    pub fn rate_range(&self, rate: &RateLine) -> String {
        Interval { value: rate.value, low: rate.low, high: Some(rate.high) }.of_rate(Messages::of(self.language))
    }
}
