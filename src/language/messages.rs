//! What pages and briefings say, in each of their languages.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::memoizer::MemoizerKind;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use super::Language;

/// The messages of one language.
pub struct Messages {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

static MESSAGES: LazyLock<[Messages; Language::ALL.len()]> = LazyLock::new(|| Language::ALL.map(Messages::load));

impl Messages {
    /// The messages of a language, parsed once per process.
    #[must_use]
    pub fn of(language: Language) -> &'static Self {
        let [english, spanish, french, german, chinese, arabic] = &*MESSAGES;
        match language {
            Language::English => english,
            Language::Spanish => spanish,
            Language::French => french,
            Language::German => german,
            Language::Chinese => chinese,
            Language::Arabic => arabic,
        }
    }

    fn load(language: Language) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![language.identifier()]);
        // Numbers and codes keep their own direction inside a sentence from right to left.
        bundle.set_use_isolating(language.direction() == "rtl");
        bundle.set_formatter(Some(match language {
            Language::English => english,
            Language::Spanish => spanish,
            Language::French => french,
            Language::German => german,
            Language::Chinese => chinese,
            Language::Arabic => arabic,
        }));
        // A test proves that every file parses without errors; what could be read is used in any case.
        for source in language.sources().all() {
            let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(partial, _)| partial);
            bundle.add_resource_overriding(resource);
        }
        Self { language, bundle }
    }

    /// A message without arguments. A key that does not exist is shown as it is.
    #[must_use]
    pub fn get(&self, key: &str) -> Cow<'_, str> {
        self.format(key, None)
    }

    /// A message with arguments.
    #[must_use]
    pub fn with<'a>(&'a self, key: &str, arguments: &'a FluentArgs<'a>) -> Cow<'a, str> {
        self.format(key, Some(arguments))
    }

    /// A message with one text or formatted number, `$value`.
    #[must_use]
    pub fn with_text(&self, key: &str, value: &str) -> String {
        self.with(key, &FluentArgs::from_iter([("value", value)])).into_owned()
    }

    /// A message with one number, `$value`, that decides about plurals.
    #[must_use]
    pub fn with_number(&self, key: &str, value: u64) -> String {
        self.with(key, &FluentArgs::from_iter([("value", value)])).into_owned()
    }

    /// A message with several texts or formatted numbers.
    #[must_use]
    pub fn with_texts(&self, key: &str, values: &[(&'static str, &str)]) -> String {
        let arguments: FluentArgs<'_> = values.iter().map(|(name, text)| (*name, FluentValue::from(*text))).collect();
        self.with(key, &arguments).into_owned()
    }

    /// Whether there is a message with this key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.bundle.get_message(key).is_some_and(|message| message.value().is_some())
    }

    fn format<'a>(&'a self, key: &str, arguments: Option<&'a FluentArgs<'a>>) -> Cow<'a, str> {
        match self.bundle.get_message(key).and_then(|message| message.value()) {
            Some(pattern) => self.bundle.format_pattern(pattern, arguments, &mut Vec::new()),
            None => Cow::Owned(key.to_owned()),
        }
    }

    /// A whole number as this language writes it.
    #[must_use]
    pub fn number(&self, value: u64) -> String {
        group(&value.to_string(), self.language)
    }

    /// A number that is not negative, rounded to a whole one.
    #[must_use]
    pub fn whole(&self, value: f64) -> String {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of cameras, rounded")]
        self.number(value.max(0.0).round() as u64)
    }

    /// A share between 0 and 1 as a percentage; what is there never rounds to 0, and what is not everything never to 100.
    #[must_use]
    pub fn percentage(&self, share: f64) -> String {
        let percent = share * 100.0;
        if percent > 0.0 && percent < 0.5 {
            return "< 1".to_owned();
        }
        self.whole(if percent < 100.0 { percent.min(99.0) } else { percent })
    }

    /// A measure with three significant digits, such as a density.
    #[must_use]
    pub fn measure(&self, value: f64) -> String {
        let decimals = match value.abs() {
            size if size >= 100.0 || size == 0.0 => 0,
            size if size >= 10.0 => 1,
            size if size >= 1.0 => 2,
            size if size >= 0.1 => 3,
            _ => 4,
        };
        let text = format!("{value:.decimals$}");
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let fraction = fraction.trim_end_matches('0');
        let whole = group(whole, self.language);
        if fraction.is_empty() { whole } else { format!("{whole}{}{fraction}", self.language.decimal_mark()) }
    }
}

impl std::fmt::Debug for Messages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Messages").field("language", &self.language).finish_non_exhaustive()
    }
}

/// Puts separators into a run of digits.
fn group(digits: &str, language: Language) -> String {
    let (separator, from) = language.grouping();
    if digits.len() < from {
        return digits.to_owned();
    }
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 * separator.len_utf8());
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

fn grouped(value: &FluentValue<'_>, language: Language) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(group(&number.as_string(), language)),
        _ => None,
    }
}

fn english<M: MemoizerKind>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    grouped(value, Language::English)
}

fn spanish<M: MemoizerKind>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    grouped(value, Language::Spanish)
}

fn french<M: MemoizerKind>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    grouped(value, Language::French)
}

fn german<M: MemoizerKind>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    grouped(value, Language::German)
}

fn chinese<M: MemoizerKind>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    grouped(value, Language::Chinese)
}

fn arabic<M: MemoizerKind>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    grouped(value, Language::Arabic)
}

#[cfg(test)]
#[path = "messages_tests.rs"]
mod tests;
