//! What every page has around its content: the language, the release, and where addresses lead.
//!
//! Every address on a page comes from its `PageContext`, so that the same templates make the pages of the server and those
//! of a static export.

use std::borrow::Cow;

use super::Site;
use super::site::{page_file, picture_file};
use crate::http::assets;
use crate::language::{Language, Messages};
use crate::model::IsoWeek;
use crate::release::Summary;

/// What every page has around its content.
#[derive(Debug, Clone)]
pub struct PageContext {
    /// The language of the page.
    pub language: Language,
    /// Whether the page is served or written as a file.
    pub site: Site,
    /// This page's path without root and language: empty for the first page, `data`, `releases/{id}/data`.
    pub path: String,
    /// The release the page shows; `None` before the first one.
    pub release: Option<ReleaseRef>,
    /// Whether the picture that links to this page are shown with can be had, if the site knows its own address.
    pub has_picture: bool,
}

/// The release a page shows.
#[derive(Debug, Clone)]
pub struct ReleaseRef {
    /// `YYYY-Www-` and eight hexadecimal digits.
    pub id: String,
    /// The week up to which reports are counted.
    pub as_of: IsoWeek,
    /// Name of the census.
    pub title: String,
    /// SPDX name of the licence of the data shown.
    pub licence: String,
}

impl ReleaseRef {
    /// What a page says about a release; `None` where its week cannot be read.
    #[must_use]
    pub fn of(summary: &Summary) -> Option<Self> {
        Some(Self {
            id: summary.release.clone(),
            as_of: summary.as_of.parse().ok()?,
            title: summary.title.clone(),
            licence: summary.licence.clone(),
        })
    }
}

impl PageContext {
    /// A context of no page: for the words of documents that are none.
    #[must_use]
    pub const fn bare(language: Language) -> Self {
        Self { language, site: Site::Served, path: String::new(), release: None, has_picture: false }
    }

    fn messages(&self) -> &'static Messages {
        Messages::of(self.language)
    }

    /// A message.
    #[must_use]
    pub fn t(&self, key: &str) -> Cow<'static, str> {
        self.messages().get(key)
    }

    /// Whether there is a message with this key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.messages().has(key)
    }

    /// A message with one text or formatted number, `$value`.
    #[must_use]
    pub fn t1(&self, key: &str, value: &str) -> String {
        self.messages().with_text(key, value)
    }

    /// A message with one number, `$value`, that decides about plurals.
    #[must_use]
    pub fn tn(&self, key: &str, value: &u64) -> String {
        self.messages().with_number(key, *value)
    }

    /// A whole number.
    #[must_use]
    pub fn number(&self, value: &u64) -> String {
        self.messages().number(*value)
    }

    /// A measure, to three significant digits.
    #[must_use]
    pub fn measure(&self, value: &f64) -> String {
        self.messages().measure(*value)
    }

    /// The address of a file that is the same in every language: an asset, a download.
    #[must_use]
    pub fn file(&self, path: &str) -> String {
        self.site.file(&self.own_file(), path)
    }

    /// The name at the head of the page: the census's own, or the program's before there is a release.
    #[must_use]
    pub fn name(&self) -> Cow<'_, str> {
        self.release.as_ref().map_or_else(|| self.t("site-name"), |release| Cow::Borrowed(release.title.as_str()))
    }

    /// The address of a page in the language of this one; the empty path is the first one.
    #[must_use]
    pub fn page(&self, path: &str) -> String {
        self.page_in(self.language, path)
    }

    /// The address of a file of the release shown.
    #[must_use]
    pub fn release_file(&self, name: &str) -> String {
        self.release.as_ref().map_or_else(String::new, |release| self.file(&format!("data/{}/{name}", release.id)))
    }

    /// This page in every language.
    #[must_use]
    pub fn translations(&self) -> Vec<(Language, String)> {
        Language::ALL.into_iter().map(|language| (language, self.page_in(language, &self.path))).collect()
    }

    /// This page in every language, for programs: absolute where the site knows its own address.
    #[must_use]
    pub fn alternates(&self) -> Vec<(Language, String)> {
        let address = |(language, address)| (language, self.site.absolute(language, &self.path).unwrap_or(address));
        self.translations().into_iter().map(address).collect()
    }

    /// The one address of this page, where an export was told its own.
    #[must_use]
    pub fn canonical(&self) -> Option<String> {
        self.site.absolute(self.language, &self.path)
    }

    /// The picture that a link to this page is shown with, at `og/{name}.png`: where there is one, the site knows its own
    /// address, and of the latest release alone.
    #[must_use]
    pub fn picture(&self, name: &str) -> Option<String> {
        let is_latest = !self.path.starts_with("releases/");
        (self.has_picture && is_latest).then(|| self.site.absolute_file(&picture_file(self.language, name)))?
    }

    /// Whether the page is a plain file with no server of ours behind it.
    #[must_use]
    pub fn is_exported(&self) -> bool {
        self.site.is_exported()
    }

    /// The content policy, where the page has to carry it itself.
    #[must_use]
    pub fn policy(&self) -> Option<&'static str> {
        self.site.policy()
    }

    /// Whether `path` is this page: a link to it is marked as the current one.
    #[must_use]
    pub fn is_here(&self, path: &str) -> bool {
        self.path == path
    }

    /// The style sheet.
    #[must_use]
    pub fn style(&self) -> String {
        self.file(assets::STYLE_CSS)
    }

    /// The icon of the site.
    #[must_use]
    pub fn icon(&self) -> String {
        self.file(assets::ICON)
    }

    /// The script of the map, if the program was built with it.
    #[must_use]
    pub fn map_script(&self) -> Option<String> {
        assets::MAP_JS.map(|path| self.file(path))
    }

    /// What that script imports, so that a browser need not read it first to know.
    #[must_use]
    pub fn map_script_parts(&self) -> Vec<String> {
        [assets::MAP_ENGINE, assets::MAP_SHARED].into_iter().flatten().map(|path| self.file(path)).collect()
    }

    /// Land and borders for maps that show a whole region, if the program was built with them.
    #[must_use]
    pub fn land(&self) -> Option<String> {
        assets::LAND.map(|path| self.file(path))
    }

    /// The script of the search for areas, if the program was built with it.
    #[must_use]
    pub fn search_script(&self) -> Option<String> {
        assets::SEARCH_JS.map(|path| self.file(path))
    }

    /// A message that names a number, leading to what the number means on the page about the method. The text is escaped.
    #[must_use]
    pub fn term(&self, key: &str, anchor: &str) -> String {
        let text = self.t(key);
        let text =
            askama::filters::escape(&*text, askama::filters::Html).map(|text| text.to_string()).unwrap_or_default();
        format!(r#"<a class="term" href="{}#{anchor}">{text}</a>"#, self.page("method"))
    }

    /// Sets of areas, by slug and name, for the search: name, table and pages of each, as JSON. `base` stands before their
    /// pages.
    #[must_use]
    pub fn searched<'a>(&self, base: &str, sets: impl Iterator<Item = (&'a str, &'a str)>) -> String {
        let set = |(slug, name): (&str, &str)| {
            let (table, page) = (format!("areas-{slug}.csv"), format!("{base}areas/{slug}/{{slug}}"));
            serde_json::json!({ "set": slug, "name": name, "table": self.release_file(&table), "page": self.page(&page) })
        };
        sets.map(set).collect::<serde_json::Value>().to_string()
    }

    /// The licences of the packages in the script.
    #[must_use]
    pub fn licences(&self) -> Option<String> {
        assets::LICENCES.map(|path| self.file(path))
    }

    fn page_in(&self, language: Language, path: &str) -> String {
        self.site.page(&self.own_file(), language, path)
    }

    /// The file of this page in an export.
    fn own_file(&self) -> String {
        page_file(self.language, &self.path)
    }
}
