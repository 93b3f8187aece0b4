//! Where the addresses on a page lead: the one place that knows whether the site is served or written as plain files.

use std::sync::Arc;

use crate::http::security::CONTENT_SECURITY;
use crate::language::Language;

/// How the public site reaches its readers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Site {
    /// By the server, at the root of its host: addresses begin with a slash.
    #[default]
    Served,
    /// The same, and the server was told its address.
    ServedAt {
        /// Address of the root of the site, with its final slash.
        base_url: Arc<str>,
    },
    /// As plain files below any path of any host. Addresses are relative to the page and name a file, so that they also
    /// work where a directory has no index document.
    Exported {
        /// Address of the directory the files will stand in, with its final slash, where it is known.
        base_url: Option<Arc<str>>,
    },
}

impl Site {
    /// Whether pages are written as files, with no server of ours behind them.
    #[must_use]
    pub const fn is_exported(&self) -> bool {
        matches!(self, Self::Exported { .. })
    }

    /// The address of a file below the root of the site, as a page sees it. `page` is the file of that page.
    pub(super) fn file(&self, page: &str, path: &str) -> String {
        match self {
            Self::Served | Self::ServedAt { .. } => format!("/{path}"),
            Self::Exported { .. } => format!("{}{path}", "../".repeat(page.matches('/').count())),
        }
    }

    /// The address of the page at `path` in a language, as another page sees it.
    pub(super) fn page(&self, from: &str, language: Language, path: &str) -> String {
        match self {
            Self::Served | Self::ServedAt { .. } => format!("/{}{path}", language.prefix()),
            Self::Exported { .. } => self.file(from, &page_file(language, path)),
        }
    }

    /// The address of the page at `path` for the world outside of the site, where the site was told its own.
    pub(super) fn absolute(&self, language: Language, path: &str) -> Option<String> {
        match self {
            Self::ServedAt { base_url } => Some(format!("{base_url}{}{path}", language.prefix())),
            Self::Served | Self::Exported { .. } => self.absolute_file(&page_file(language, path)),
        }
    }

    /// The same for a file.
    pub(in crate::http) fn absolute_file(&self, path: &str) -> Option<String> {
        match self {
            Self::Exported { base_url: Some(base) } | Self::ServedAt { base_url: base } => {
                Some(format!("{base}{path}"))
            }
            Self::Exported { base_url: None } | Self::Served => None,
        }
    }

    /// The content policy that a page carries itself because no header of ours does. `frame-ancestors` has no meaning there.
    pub(super) fn policy(&self) -> Option<&'static str> {
        let header = CONTENT_SECURITY;
        self.is_exported().then(|| header.split_once("; frame-ancestors").map_or(header, |(rest, _)| rest))
    }
}

/// The file of the page at `path`, below the root of an export.
pub(in crate::http) fn page_file(language: Language, path: &str) -> String {
    let path = path.trim_end_matches('/');
    let slash = if path.is_empty() { "" } else { "/" };
    format!("{}{path}{slash}index.html", language.prefix())
}

/// The file of the picture that links to a page are shown with, which is also its address on a server. `name` is `home`, or
/// the set and the area.
pub(in crate::http) fn picture_file(language: Language, name: &str) -> String {
    format!("{}og/{name}.png", language.prefix())
}

/// The files of a briefing on paper in an export: A4 and Letter.
#[cfg(feature = "pdf")]
pub(in crate::http) fn sheet_files(language: Language, set: &str, slug: &str) -> [String; 2] {
    ["", "-letter"].map(|paper| format!("{}areas/{set}/{slug}/briefing{paper}.pdf", language.prefix()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXPORTED: Site = Site::Exported { base_url: None };

    #[test]
    fn every_page_has_a_file_of_its_own() {
        for (language, path, file) in [
            (Language::English, "", "index.html"),
            (Language::Spanish, "", "es/index.html"),
            (Language::English, "data", "data/index.html"),
            (Language::French, "releases/2026-W47-0123abcd/", "fr/releases/2026-W47-0123abcd/index.html"),
        ] {
            assert_eq!(page_file(language, path), file);
        }
    }

    #[test]
    fn an_exported_page_finds_its_way_from_wherever_it_stands() {
        for (from, expected) in [("index.html", "data/x.csv"), ("es/areas/wards/index.html", "../../../data/x.csv")] {
            assert_eq!(EXPORTED.file(from, "data/x.csv"), expected);
        }
        assert_eq!(EXPORTED.page("fr/data/index.html", Language::English, ""), "../../index.html");
        assert_eq!(Site::Served.page("fr/data/index.html", Language::Spanish, "data"), "/es/data");
    }

    #[test]
    fn only_an_export_that_knows_its_address_has_absolute_ones() {
        let known = Site::Exported { base_url: Some("https://census.example/city/".into()) };
        assert_eq!(
            known.absolute(Language::French, "data").as_deref(),
            Some("https://census.example/city/fr/data/index.html")
        );
        assert_eq!(EXPORTED.absolute(Language::French, "data"), None);
        assert_eq!(Site::Served.absolute(Language::French, "data"), None);
    }

    #[test]
    fn the_policy_in_a_page_is_the_one_of_the_header_without_what_only_a_header_can_say() {
        let policy = EXPORTED.policy().unwrap();
        assert!(CONTENT_SECURITY.starts_with(policy) && !policy.contains("frame-ancestors"), "{policy}");
        assert!(policy.ends_with("form-action 'self'"), "{policy}");
        assert_eq!(Site::Served.policy(), None);
    }
}
