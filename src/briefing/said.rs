//! How estimates, intervals, rates and published numbers are said: the same words on pages and in briefings.

use crate::language::Messages;

/// Methods that give a lower bound of the total instead of the total.
const BOUNDS: [&str; 2] = ["chao_mth", "chao2_bias_corrected"];

/// A number with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The number.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end; `None` where the data set no limit.
    pub high: Option<f64>,
}

/// An estimate of all cameras of a place, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Said<'a> {
    /// Cameras counted.
    pub counted: u32,
    /// The estimate.
    pub estimate: Option<Interval>,
    /// Code of the method.
    pub method: &'a str,
    /// Code of the reason why there is none.
    pub reason: &'a str,
}

/// A number somebody published: its middle, its ends, or one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PublishedNumber {
    /// Lower end.
    pub low: Option<u64>,
    /// The number.
    pub middle: Option<u64>,
    /// Upper end.
    pub high: Option<u64>,
}

/// Whether a method gives a lower bound of the total, not the total.
#[must_use]
pub fn is_bound(method: &str) -> bool {
    BOUNDS.contains(&method)
}

impl Said<'_> {
    /// What is known of the number of cameras, in one sentence.
    #[must_use]
    pub fn sentence(&self, messages: &Messages) -> String {
        let counted = messages.number(u64::from(self.counted));
        let Some(estimate) = self.estimate else {
            let reason = code(messages, self.reason);
            return messages.with_texts("said-none", &[("counted", &counted), ("reason", &reason)]);
        };
        let key = match (is_bound(self.method), estimate.high) {
            (false, Some(_)) => "said-two",
            (false, None) => "said-two-open",
            (true, Some(_)) => "said-bound",
            (true, None) => "said-bound-open",
        };
        let [low, middle] = [estimate.low, estimate.value].map(|value| messages.whole(value));
        let high = estimate.high.map(|high| messages.whole(high)).unwrap_or_default();
        let values = [("counted", counted.as_str()), ("low", &low), ("high", &high), ("estimate", &middle)];
        messages.with_texts(key, &values)
    }
}

impl Interval {
    /// A number of cameras with its interval.
    #[must_use]
    pub fn of_cameras(&self, messages: &Messages) -> String {
        self.range(messages, |value| messages.whole(value))
    }

    /// A rate with its interval.
    #[must_use]
    pub fn of_rate(&self, messages: &Messages) -> String {
        self.range(messages, |value| messages.measure(value))
    }

    fn range(&self, messages: &Messages, write: impl Fn(f64) -> String) -> String {
        let [middle, low] = [self.value, self.low].map(&write);
        match self.high.map(write) {
            Some(high) => messages.with_texts("area-range", &[("value", &middle), ("low", &low), ("high", &high)]),
            None => messages.with_texts("area-range-open", &[("value", &middle), ("low", &low)]),
        }
    }
}

impl PublishedNumber {
    /// `5,000`, `3,000–6,000`, or `5,000 (3,000–6,000)`.
    #[must_use]
    pub fn written(&self, messages: &Messages) -> String {
        let number = |number: u64| messages.number(number);
        let ends = match (self.low, self.high) {
            (Some(low), Some(high)) if low < high => Some(format!("{}–{}", number(low), number(high))),
            (Some(low), None) if self.middle != Some(low) => Some(format!("≥ {}", number(low))),
            (None, Some(high)) if self.middle != Some(high) => Some(format!("≤ {}", number(high))),
            (Some(one), Some(_)) if self.middle.is_none() => Some(number(one)),
            _ => None,
        };
        match (self.middle, ends) {
            (Some(middle), Some(ends)) => format!("{} ({ends})", number(middle)),
            (Some(middle), None) => number(middle),
            (None, ends) => ends.unwrap_or_default(),
        }
    }
}

/// The words of a code of the method page.
#[must_use]
pub fn code(messages: &Messages, code: &str) -> String {
    messages.get(&format!("code-{code}")).into_owned()
}

/// Says `300 of 312 units (96 %) complete in A+B`, as the tables of a release have it, in another language; what reads
/// otherwise is left as it is.
#[must_use]
pub fn scope(messages: &Messages, text: &str) -> String {
    let parts = || {
        let (done, rest) = text.split_once(" of ")?;
        let (all, rest) = rest.split_once(" units (")?;
        let (percent, passes) = rest.split_once(" %) complete in ")?;
        let number = |text: &str| text.parse::<u64>().ok().map(|number| messages.number(number));
        Some((number(done)?, number(all)?, percent, passes))
    };
    parts().map_or_else(
        || text.to_owned(),
        |(done, all, percent, passes)| {
            let values = [("done", done.as_str()), ("all", &all), ("percent", percent), ("passes", passes)];
            messages.with_texts("area-scope-units", &values)
        },
    )
}
