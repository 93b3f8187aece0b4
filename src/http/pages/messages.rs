//! What the pages say, in each of their languages.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::memoizer::MemoizerKind;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// A language of the pages. English stands at `/`, the others under their code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// At `/`.
    #[default]
    English,
    /// At `/es/`.
    Spanish,
    /// At `/fr/`.
    French,
}

impl Language {
    /// Every language, in the order in which pages offer them.
    pub const ALL: [Self; 3] = [Self::English, Self::Spanish, Self::French];

    /// The language code: the value of `<html lang>`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
            Self::French => "fr",
        }
    }

    /// What stands before a path in this language: nothing, `es/` or `fr/`.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::English => "",
            Self::Spanish => "es/",
            Self::French => "fr/",
        }
    }

    /// The language of a request path, and the rest of the path with its leading slash.
    #[must_use]
    pub fn of_path(path: &str) -> (Self, &str) {
        for language in [Self::Spanish, Self::French] {
            match path.strip_prefix('/').and_then(|path| path.strip_prefix(language.code())) {
                Some("") => return (language, "/"),
                Some(rest) if rest.starts_with('/') => return (language, rest),
                _ => {}
            }
        }
        (Self::English, path)
    }

    /// The language's own name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Spanish => "Español",
            Self::French => "Français",
        }
    }

    /// The value of `<html dir>`.
    #[must_use]
    pub const fn direction(self) -> &'static str {
        match self {
            Self::English | Self::Spanish | Self::French => "ltr",
        }
    }

    /// For plural rules. Every code is a valid language, so the default (no language) is never met.
    fn identifier(self) -> LanguageIdentifier {
        self.code().parse().unwrap_or_default()
    }

    const fn source(self) -> &'static str {
        match self {
            Self::English => include_str!("messages/en.ftl"),
            Self::Spanish => include_str!("messages/es.ftl"),
            Self::French => include_str!("messages/fr.ftl"),
        }
    }

    /// What separates groups of three digits, and from how many digits on.
    const fn grouping(self) -> (char, usize) {
        match self {
            Self::English => (',', 4),
            Self::Spanish => ('.', 5),
            Self::French => ('\u{202f}', 4),
        }
    }

    const fn decimal_mark(self) -> char {
        match self {
            Self::English => '.',
            Self::Spanish | Self::French => ',',
        }
    }
}

/// The messages of one language.
pub struct Messages {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

static MESSAGES: LazyLock<[Messages; 3]> = LazyLock::new(|| Language::ALL.map(Messages::load));

impl Messages {
    /// The messages of a language, parsed once per process.
    #[must_use]
    pub fn of(language: Language) -> &'static Self {
        let [english, spanish, french] = &*MESSAGES;
        match language {
            Language::English => english,
            Language::Spanish => spanish,
            Language::French => french,
        }
    }

    fn load(language: Language) -> Self {
        // A test proves that every file parses without errors; what could be read is used in any case.
        let resource = FluentResource::try_new(language.source().to_owned()).unwrap_or_else(|(partial, _)| partial);
        let mut bundle = FluentBundle::new_concurrent(vec![language.identifier()]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::English => english,
            Language::Spanish => spanish,
            Language::French => french,
        }));
        bundle.add_resource_overriding(resource);
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

#[cfg(test)]
#[path = "messages_tests.rs"]
mod tests;
