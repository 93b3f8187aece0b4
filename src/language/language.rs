//! The languages, how each writes numbers, and how an address names one.

use unic_langid::LanguageIdentifier;

/// The messages of a language, as Fluent text.
#[derive(Debug)]
pub(super) struct Sources {
    pages: &'static str,
    briefing: &'static str,
    map: &'static str,
    forms: &'static str,
}

impl Sources {
    /// All of them; none has a message of another.
    pub(super) const fn all(&self) -> [&'static str; 4] {
        [self.pages, self.briefing, self.map, self.forms]
    }
}

macro_rules! sources {
    ($code:literal) => {
        Sources {
            pages: include_str!(concat!("messages/", $code, "/pages.ftl")),
            briefing: include_str!(concat!("messages/", $code, "/briefing.ftl")),
            map: include_str!(concat!("messages/", $code, "/map.ftl")),
            forms: include_str!(concat!("messages/", $code, "/forms.ftl")),
        }
    };
}

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
    /// At `/de/`.
    German,
    /// Simplified, at `/zh-Hans/`.
    Chinese,
    /// At `/ar/`, from right to left.
    Arabic,
}

impl Language {
    /// Every language, in the order in which pages offer them.
    pub const ALL: [Self; 6] = [Self::English, Self::Spanish, Self::French, Self::German, Self::Chinese, Self::Arabic];

    /// The language code: the value of `<html lang>`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
            Self::French => "fr",
            Self::German => "de",
            Self::Chinese => "zh-Hans",
            Self::Arabic => "ar",
        }
    }

    /// What stands before a path in this language: nothing, or its code and a slash.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::English => "",
            Self::Spanish => "es/",
            Self::French => "fr/",
            Self::German => "de/",
            Self::Chinese => "zh-Hans/",
            Self::Arabic => "ar/",
        }
    }

    /// The language of a request path, and the rest of the path with its leading slash.
    #[must_use]
    pub fn of_path(path: &str) -> (Self, &str) {
        for language in Self::ALL.into_iter().filter(|language| *language != Self::English) {
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
            Self::German => "Deutsch",
            Self::Chinese => "简体中文",
            Self::Arabic => "العربية",
        }
    }

    /// The value of `<html dir>`.
    #[must_use]
    pub const fn direction(self) -> &'static str {
        match self {
            Self::English | Self::Spanish | Self::French | Self::German | Self::Chinese => "ltr",
            Self::Arabic => "rtl",
        }
    }

    /// For plural rules. Every code is a valid language, so the default (no language) is never met.
    pub(super) fn identifier(self) -> LanguageIdentifier {
        self.code().parse().unwrap_or_default()
    }

    /// The texts in which its messages stand.
    pub(super) const fn sources(self) -> &'static Sources {
        match self {
            Self::English => &sources!("en"),
            Self::Spanish => &sources!("es"),
            Self::French => &sources!("fr"),
            Self::German => &sources!("de"),
            Self::Chinese => &sources!("zh-Hans"),
            Self::Arabic => &sources!("ar"),
        }
    }

    /// The messages of the map's script, as Fluent text for the browser.
    #[must_use]
    pub const fn map_script(self) -> &'static str {
        self.sources().map
    }

    /// The messages of the scripts of forms and sheets, as Fluent text for the browser.
    #[must_use]
    pub const fn forms_script(self) -> &'static str {
        self.sources().forms
    }

    /// What separates groups of three digits, and from how many digits on (CLDR). Arabic is written with European digits, as
    /// in the Maghreb, so that a number on a page is found again in a file.
    pub(super) const fn grouping(self) -> (char, usize) {
        match self {
            Self::English | Self::Chinese | Self::Arabic => (',', 4),
            Self::German => ('.', 4),
            Self::Spanish => ('.', 5),
            Self::French => ('\u{202f}', 4),
        }
    }

    pub(super) const fn decimal_mark(self) -> char {
        match self {
            Self::English | Self::Chinese | Self::Arabic => '.',
            Self::Spanish | Self::French | Self::German => ',',
        }
    }
}
