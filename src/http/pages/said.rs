//! How pages say estimates, intervals and rates: the same words on every page.

use std::borrow::Cow;

use super::PageContext;
use crate::briefing::{Interval, Said};
use crate::language::Messages;
use crate::release::{EstimateLine, RateLine};

/// A code of the method page with its words.
pub type Code = (String, Cow<'static, str>);

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
