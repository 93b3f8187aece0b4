//! How pages say estimates, intervals and rates: the same words on every page.

use std::borrow::Cow;

use super::PageContext;
use crate::language::Messages;
use crate::release::{EstimateLine, RateLine};

/// Methods that give a lower bound of the total instead of the total.
const BOUNDS: [&str; 2] = ["chao_mth", "chao2_bias_corrected"];

/// A code of the method page with its words.
pub type Code = (String, Cow<'static, str>);

/// An estimate, or why there is none, as one sentence needs it.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// Cameras counted.
    pub counted: u32,
    /// The estimate.
    pub estimate: Option<EstimateLine>,
    /// Code of the method.
    pub method: &'a str,
    /// Code of the reason why there is none.
    pub reason: &'a str,
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
        let counted = self.number(&u64::from(said.counted));
        let Some(estimate) = said.estimate else {
            let reason = self.code(said.reason);
            return self.tw("said-none", &[("counted", &counted), ("reason", &reason)]);
        };
        let key = match (BOUNDS.contains(&said.method), estimate.high) {
            (false, Some(_)) => "said-two",
            (false, None) => "said-two-open",
            (true, Some(_)) => "said-bound",
            (true, None) => "said-bound-open",
        };
        let [low, middle] = [estimate.low, estimate.estimate].map(|value| self.whole(value));
        let high = estimate.high.map(|high| self.whole(high)).unwrap_or_default();
        self.tw(key, &[("counted", &counted), ("low", &low), ("high", &high), ("estimate", &middle)])
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
        let [middle, low] = [estimate.estimate, estimate.low].map(|value| self.whole(value));
        match estimate.high.map(|high| self.whole(high)) {
            Some(high) => self.tw("area-range", &[("value", &middle), ("low", &low), ("high", &high)]),
            None => self.tw("area-range-open", &[("value", &middle), ("low", &low)]),
        }
    }

    /// A rate with its interval.
    #[must_use]
    pub fn rate_range(&self, rate: &RateLine) -> String {
        let [value, low, high] = [rate.value, rate.low, rate.high].map(|value| self.measure(&value));
        self.tw("area-range", &[("value", &value), ("low", &low), ("high", &high)])
    }
}
