//! How estimates, intervals, rates and published numbers are said: the same words on pages and in briefings.

use crate::language::Messages;

/// An interval wider than this, beside its estimate, leaves no number to name: the rule for rates of the National Center for
/// Health Statistics, 160 %.
const WIDEST: f64 = 1.6;
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
    /// Which units the estimate speaks of, as the tables of a release have it.
    pub scope: &'a str,
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
            if self.counted == 0 {
                return messages.with_texts("said-zero", &[("reason", &reason)]);
            }
            return messages.with_texts("said-none", &[("counted", &counted), ("reason", &reason)]);
        };
        let key = match (is_bound(self.method), estimate.high) {
            (false, Some(_)) if estimate.is_wide() => "said-two-wide",
            (false, Some(_)) => "said-two",
            (false, None) => "said-two-open",
            (true, Some(_)) => "said-bound",
            (true, None) => "said-bound-open",
        };
        let [low, middle] = [estimate.low, estimate.value].map(|value| messages.whole(value));
        let high = estimate.high.map(|high| messages.whole(high)).unwrap_or_default();
        let values = [("counted", counted.as_str()), ("low", &low), ("high", &high), ("estimate", &middle)];
        let sentence = messages.with_texts(key, &values);
        if is_everything(self.scope) {
            return sentence;
        }
        // Languages without spaces between sentences have none here either.
        let space = if sentence.ends_with('。') { "" } else { " " };
        format!("{sentence}{space}{}", messages.get("said-partial"))
    }
}

impl Interval {
    /// Whether it is too wide beside its number for that number to say anything.
    #[must_use]
    pub fn is_wide(&self) -> bool {
        self.high.is_some_and(|high| high - self.low > WIDEST * self.value)
    }

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
/// otherwise is left as it is. There is no percentage where the teams named the units and nobody knows what else there is.
#[must_use]
pub fn scope(messages: &Messages, text: &str) -> String {
    let Some(Scope { done, all, percent, passes }) = Scope::read(text) else { return text.to_owned() };
    let [done, all] = [done, all].map(|number| messages.number(number));
    let values = [("done", done.as_str()), ("all", &all), ("passes", passes)];
    match percent {
        Some(percent) => messages.with_texts("area-scope-units", &[&values[..], &[("percent", percent)]].concat()),
        None => messages.with_texts("area-scope-named", &values),
    }
}

/// Whether an estimate speaks of all there is to walk.
fn is_everything(scope: &str) -> bool {
    Scope::read(scope).is_some_and(|scope| scope.percent.is_some() && scope.done == scope.all)
}

/// Units walked completely by all of some passes.
struct Scope<'a> {
    done: u64,
    all: u64,
    percent: Option<&'a str>,
    passes: &'a str,
}

impl<'a> Scope<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let (done, rest) = text.split_once(" of ")?;
        let (units, passes) = rest.split_once(" complete in ")?;
        let (all, share) = units.split_once(" units")?;
        let percent = share.strip_prefix(" (").and_then(|share| share.strip_suffix(" %)"));
        Some(Self { done: done.parse().ok()?, all: all.parse().ok()?, percent, passes })
    }
}
