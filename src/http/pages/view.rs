//! What each page is given: plain numbers, addresses and names. One struct per template.
//!
//! Every address on a page comes from its `PageContext`, so that the same templates make the pages of the server and those
//! of a static export.

use std::borrow::Cow;

use askama::Template;
use fluent_bundle::FluentArgs;

use super::Site;
use super::areas::surveyed;
use super::said::Code;
use super::site::page_file;
use crate::briefing::Said;
use crate::drawing::{COUNT_CLASSES, KM2_CLASSES};
use crate::http::assets;
use crate::language::{Language, Messages};
use crate::model::{IsoWeek, Kind, Operator};
use crate::release::{GateLine, HeadlineEstimate, Summary, WalkLine};

/// What every page has around its content.
#[derive(Debug, Clone)]
pub struct PageContext {
    /// The language of the page.
    pub language: Language,
    /// Whether the page is served or written as a file.
    pub site: Site,
    /// This page's path without root and language: empty for the map, `data`, `releases/{id}/data`.
    pub path: String,
    /// The release the page shows; `None` before the first one.
    pub release: Option<ReleaseRef>,
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
        Self { language, site: Site::Served, path: String::new(), release: None }
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

    /// The address of a page in the language of this one; the empty path is the map.
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

    /// The picture that a link to this page is shown with, at `og/{name}.png`: where the site knows its own address, and of the
    /// latest release alone.
    #[must_use]
    pub fn picture(&self, name: &str) -> Option<String> {
        let is_latest = self.release.is_some() && !self.path.starts_with("releases/");
        let path = format!("{}og/{name}.png", self.language.prefix());
        (cfg!(feature = "pdf") && is_latest).then(|| self.site.absolute_file(&path))?
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

/// The map page, or what to do when there is no release yet.
#[derive(Debug, Template)]
#[template(path = "map.html")]
pub struct MapPage {
    /// Header and footer.
    pub page: PageContext,
    /// The map; `None` before the first release.
    pub map: Option<MapView>,
}

/// Everything the map page shows of one release.
#[derive(Debug, Clone)]
pub struct MapView {
    /// Public-space cameras.
    pub cameras: u64,
    /// Camera heads of these.
    pub heads: u64,
    /// Sightings they were derived from.
    pub sightings: u64,
    /// Cameras that nobody has confirmed for 24 months, counted apart.
    pub stale: u64,
    /// Home cameras, rounded; `None` when not published.
    pub home_about: Option<u64>,
    /// `tiles/{release}/density/{z}/{x}/{y}.mvt`, relative to the root; an export reads the archive instead.
    pub tiles_path: String,
    /// `data/{release}/density.pmtiles`, relative to the root.
    pub archive_path: String,
    /// Size of that file.
    pub archive_bytes: u64,
    /// West, south, east, north in degrees; west above east means across the antimeridian.
    pub bounds: [f64; 4],
    /// The drawing of `draw`, which escapes its own text.
    pub svg: String,
    /// H3 resolution of `svg` and `rows`.
    pub resolution: u8,
    /// The cells with the most cameras, sorted; the page shows them when scripts do not run.
    pub rows: Vec<CellRow>,
    /// Cells with cameras at that resolution, listed or not.
    pub cells: u64,
    /// Cameras by kind; kinds of home cameras are not listed.
    pub kinds: Vec<(Kind, u64)>,
    /// Cameras by operator; households are not listed.
    pub operators: Vec<(Operator, u64)>,
    /// The list that is shown instead of the field data.
    pub list: Option<ListLine>,
    /// The lists of the release.
    pub lists: Vec<ListLine>,
    /// What teams walked, and what follows from it; `None` for a list, which nobody walked.
    pub effort: Option<FieldEffort>,
}

/// What teams walked, and what follows from it.
#[derive(Debug, Clone)]
pub struct FieldEffort {
    /// What stands before `areas` and `compare` in addresses: nothing, or `releases/{id}/`.
    pub base: String,
    /// The estimate of all cameras, or why there is none; `None` without effort.
    pub estimate: Option<HeadlineEstimate>,
    /// Share of the streets or cells walked completely.
    pub surveyed_share: Option<f64>,
    /// The first cells with something left to walk.
    pub walk_next: Vec<WalkLine>,
}

/// A cell with something left to walk, as it is shown.
#[derive(Debug, Clone)]
pub struct WalkRow {
    /// The cell.
    pub cell: String,
    /// Latitude and longitude of its centre.
    pub centre: String,
    /// Percentage not walked.
    pub left: String,
    /// Percentage walked once.
    pub once: String,
}

/// Somebody else's register in a release, kept apart from the field data.
#[derive(Debug, Clone)]
pub struct ListLine {
    /// Name for people.
    pub name: String,
    /// Path of its map without root and language.
    pub path: String,
    /// Public-space cameras in it.
    pub cameras: u64,
    /// SPDX name of its licence.
    pub licence: String,
    /// Whom its licence wants named.
    pub attribution: String,
}

/// One cell in the table.
#[derive(Debug, Clone)]
pub struct CellRow {
    /// The H3 index.
    pub cell: String,
    /// Public-space cameras.
    pub cameras: u64,
    /// The same per square kilometre of the cell.
    pub per_km2: f64,
    /// Camera heads.
    pub heads: u64,
}

/// Keys of the texts that the map script needs; `static/messages.js` has English ones under the same keys.
const SCRIPT_KEYS: [&str; 28] = [
    "script-map-label",
    "script-column-cell",
    "script-column-cameras",
    "script-column-km2",
    "script-column-heads",
    "script-column-home",
    "script-in-view",
    "script-in-view-none",
    "script-in-view-limit",
    "script-filter-all",
    "script-filter-kinds",
    "script-filter-operators",
    "script-filter-nothing",
    "script-go-to",
    "script-details",
    "script-details-none",
    "script-area",
    "script-area-value",
    "script-kinds",
    "script-operators",
    "script-home",
    "script-home-value",
    "script-home-closed",
    "script-surveyed",
    "script-surveyed-value",
    "script-surveyed-unknown",
    "script-failed",
    "script-cooperative-touch",
];

/// Values that the script puts into its texts: the message gets `{cells}` for `$cells`.
const SCRIPT_VALUES: [&str; 9] = ["cells", "cameras", "resolution", "km2", "limit", "names", "cell", "home", "share"];

impl MapPage {
    /// The texts of the script, as JSON.
    #[must_use]
    pub fn script_messages(&self) -> String {
        let messages = Messages::of(self.page.language);
        let values: FluentArgs<'_> = SCRIPT_VALUES.iter().map(|name| (*name, format!("{{{name}}}"))).collect();
        let texts: serde_json::Map<String, serde_json::Value> =
            SCRIPT_KEYS.iter().map(|key| ((*key).to_owned(), messages.with(key, &values).into())).collect();
        serde_json::Value::Object(texts).to_string()
    }

    /// What is known of the number of all cameras, in one sentence, with the codes behind it.
    #[must_use]
    pub fn estimate(&self, map: &MapView, effort: &FieldEffort) -> (String, Vec<Code>) {
        let counted = u32::try_from(map.cameras).unwrap_or(u32::MAX);
        let (line, method, reason, warnings) = match &effort.estimate {
            Some(whole) => (whole.line(), whole.method.as_str(), whole.reason.as_str(), whole.warnings.as_str()),
            None => (None, "", "no_effort", ""),
        };
        let said = Said { counted, estimate: line.map(Into::into), method, reason };
        (self.page.estimate_sentence(&said), self.page.codes(&format!("{method} {reason} {warnings}")))
    }

    /// Share surveyed, in words.
    #[must_use]
    pub fn surveyed(&self, effort: &FieldEffort) -> String {
        surveyed(&self.page, effort.surveyed_share)
    }

    /// The first cells with something left to walk.
    #[must_use]
    pub fn walk_rows(&self, effort: &FieldEffort) -> Vec<WalkRow> {
        let share = |part: u64, whole: u64| {
            #[expect(clippy::cast_precision_loss, reason = "all streets of the earth are below 2^53 dm")]
            let share = if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
            self.page.t1("compare-percent", &self.page.percentage(share))
        };
        let row = |line: &WalkLine| {
            let centre = h3o::LatLng::from(line.cell);
            WalkRow {
                cell: line.cell.to_string(),
                centre: format!("{:.4}, {:.4}", centre.lat(), centre.lng()),
                left: share(line.not_walked, line.frame),
                once: share(line.walked_once, line.frame),
            }
        };
        effort.walk_next.iter().map(row).collect()
    }

    /// The lower bounds of the classes, as JSON.
    #[must_use]
    pub fn script_classes(&self) -> String {
        serde_json::json!({ "count": COUNT_CLASSES, "km2": KM2_CLASSES }).to_string()
    }

    /// Class numbers and labels of the legend of counts: "1", "2–4", "100+".
    #[must_use]
    pub fn count_legend(&self) -> Vec<(u8, String)> {
        count_legend(&self.page)
    }

    /// Class numbers and labels of the legend of densities: "< 1", "1–5", "500+". The upper bound is excluded.
    #[must_use]
    pub fn km2_legend(&self) -> Vec<(u8, String)> {
        legend(KM2_CLASSES, |low, next| match next {
            Some(next) if low == 0 => format!("< {}", self.page.number(&next)),
            Some(next) => format!("{}–{}", self.page.number(&low), self.page.number(&next)),
            None => format!("{}+", self.page.number(&low)),
        })
    }

    /// Kinds of public-space cameras with their names, unknown first.
    #[must_use]
    pub fn kinds(&self) -> Vec<(&'static str, Cow<'static, str>)> {
        Kind::ALL
            .iter()
            .filter(|kind| **kind != Kind::Doorbell)
            .map(|kind| (kind.word(), self.kind_name(kind)))
            .collect()
    }

    /// Operators of public-space cameras with their names, unknown first.
    #[must_use]
    pub fn operators(&self) -> Vec<(&'static str, Cow<'static, str>)> {
        Operator::ALL
            .iter()
            .filter(|operator| **operator != Operator::Household)
            .map(|operator| (operator.word(), self.operator_name(operator)))
            .collect()
    }

    /// The name of a kind.
    #[must_use]
    pub fn kind_name(&self, kind: &Kind) -> Cow<'static, str> {
        self.page.t(&format!("kind-{}", kind.word()))
    }

    /// The name of an operator.
    #[must_use]
    pub fn operator_name(&self, operator: &Operator) -> Cow<'static, str> {
        self.page.t(&format!("operator-{}", operator.word()))
    }

    /// `west,south,east,north`, with an east above 180 across the antimeridian.
    #[must_use]
    pub fn script_bounds(&self) -> String {
        self.map.as_ref().map_or_else(String::new, |map| {
            let [west, south, east, north] = map.bounds;
            let east = if west > east { east + 360.0 } else { east };
            format!("{west},{south},{east},{north}")
        })
    }
}

/// Class numbers and labels of the legend of counts: "1", "2–4", "100+".
#[must_use]
pub fn count_legend(page: &PageContext) -> Vec<(u8, String)> {
    legend(COUNT_CLASSES, |low, next| match next {
        Some(next) if next - 1 == low => page.number(&low),
        Some(next) => format!("{}–{}", page.number(&low), page.number(&(next - 1))),
        None => format!("{}+", page.number(&low)),
    })
}

fn legend(bounds: [u64; 7], label: impl Fn(u64, Option<u64>) -> String) -> Vec<(u8, String)> {
    (1..).zip(bounds).zip(1..).map(|((class, low), next)| (class, label(low, bounds.get(next).copied()))).collect()
}

/// What we promise, and what we could hand over.
#[derive(Debug, Template)]
#[template(path = "privacy.html")]
pub struct PrivacyPage {
    /// Header and footer.
    pub page: PageContext,
    /// Every column of the database.
    pub columns: Vec<HandOver>,
}

/// One column of the database.
#[derive(Debug, Clone)]
pub struct HandOver {
    /// Table.
    pub table: String,
    /// Column.
    pub column: String,
    /// What it is for, from the committed list.
    pub purpose: String,
    /// Whether its content is published.
    pub public: bool,
}

/// Promises of the privacy contract, by number.
const PROMISES: std::ops::RangeInclusive<u8> = 1..=16;

impl PrivacyPage {
    /// What the seizure drill says of the census that the tests fill.
    #[must_use]
    pub fn seizure(&self) -> &'static str {
        let fenced = include_str!("../../../docs/seizure.md").split_once("```text\n").map(|(_, rest)| rest);
        fenced.and_then(|rest| rest.split_once("```")).map(|(text, _)| text).unwrap_or_default()
    }

    /// Number, title and text of every promise.
    #[must_use]
    pub fn promises(&self) -> Vec<(u8, Cow<'static, str>, Cow<'static, str>)> {
        PROMISES
            .map(|number| {
                let (title, text) = (format!("promise-{number}"), format!("promise-{number}-text"));
                (number, self.page.t(&title), self.page.t(&text))
            })
            .collect()
    }
}

/// The list of releases, newest first.
#[derive(Debug, Template)]
#[template(path = "releases.html")]
pub struct ReleasesPage {
    /// Header and footer.
    pub page: PageContext,
    /// Newest first.
    pub releases: Vec<ReleaseLine>,
    /// Those that were withdrawn, newest first.
    pub withdrawn: Vec<WithdrawnLine>,
}

/// A release that was withdrawn.
#[derive(Debug, Clone)]
pub struct WithdrawnLine {
    /// Its id.
    pub id: String,
    /// Why, in the words of whoever withdrew it.
    pub reason: String,
    /// ISO week it was withdrawn in.
    pub week: String,
}

/// One release in the list.
#[derive(Debug, Clone)]
pub struct ReleaseLine {
    /// Its id.
    pub id: String,
    /// The week up to which reports are counted.
    pub as_of: IsoWeek,
    /// Public-space cameras.
    pub cameras: u64,
}

/// How the numbers come about.
#[derive(Debug, Template)]
#[template(path = "method.html")]
pub struct MethodPage {
    /// Header and footer.
    pub page: PageContext,
    /// How good the merging of the release shown is; `None` before the first release.
    pub matching: Option<MatchingView>,
}

/// How good the merging of a release is.
#[derive(Debug, Clone)]
pub struct MatchingView {
    /// Counts with a smaller and a larger gate; none in a release of an earlier version.
    pub gates: Vec<GateLine>,
    /// Largest distance between two reports joined into one camera, metres.
    pub largest_diameter_m: f64,
}

/// Codes of methods, reasons and warnings, in the order in which they are explained.
const CODES: [(&str, &[&str]); 3] = [
    ("method-estimate-methods", &["chapman", "chapman_linkage", "chao_mth", "chao2_bias_corrected"]),
    (
        "method-estimate-reasons",
        &[
            "no_effort",
            "no_complete_units",
            "one_occasion",
            "too_many_occasions",
            "nothing_counted",
            "no_recaptures",
            "positions_too_coarse",
            "links_by_chance_only",
        ],
    ),
    (
        "method-estimate-warnings",
        &[
            "few_recaptures",
            "saturated",
            "links_by_chance",
            "linkage_unknown",
            "linkage_not_corrected",
            "list_as_occasion",
            "strata_pooled",
            "missed_in_groups",
            "raised_to_counted",
        ],
    ),
];

impl MethodPage {
    /// Heading and codes with their words, of methods, reasons and warnings.
    #[must_use]
    pub fn code_lists(&self) -> Vec<(Cow<'static, str>, Vec<Code>)> {
        CODES.iter().map(|(key, codes)| (self.page.t(key), self.page.codes(&codes.join(" ")))).collect()
    }

    /// Gate, cameras and difference of each line of the sensitivity table.
    #[must_use]
    pub fn gate_rows(&self, matching: &MatchingView) -> Vec<(String, String, String)> {
        let row = |line: &GateLine| {
            let sign = if line.difference_percent > 0.0 {
                "+"
            } else if line.difference_percent < 0.0 {
                "−"
            } else {
                ""
            };
            let size = self.page.measure(&line.difference_percent.abs());
            let difference = format!("{sign}{}", self.page.t1("compare-percent", &size));
            (format!("× {}", self.page.measure(&line.gate)), self.page.number(&u64::from(line.cameras)), difference)
        };
        matching.gates.iter().map(row).collect()
    }

    /// Resolution, average area in km2, and the zooms at which it is drawn.
    #[must_use]
    pub fn resolutions(&self) -> Vec<(u8, f64, &'static str)> {
        let zooms = ["0–4", "5–6", "7", "8", "9–10", "11", "12–13", "14+"];
        (3..=10)
            .zip(zooms)
            .filter_map(|(resolution, zooms)| {
                let area = h3o::Resolution::try_from(resolution).ok()?.area_km2();
                Some((resolution, area, zooms))
            })
            .collect()
    }
}

/// A page that says what went wrong.
#[derive(Debug, Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    /// Header and footer.
    pub page: PageContext,
    /// The status code of the answer.
    pub status: u16,
}

impl ErrorPage {
    /// Keys of the heading and of the explanation.
    fn keys(&self) -> (&'static str, &'static str) {
        match self.status {
            404 => ("error-not-found", "error-not-found-text"),
            410 => ("error-gone", "error-gone-text"),
            501 => ("error-no-font", "error-no-font-text"),
            429 | 503 => ("error-busy", "error-busy-text"),
            400..=499 => ("error-request", "error-request-text"),
            _ => ("error-server", "error-server-text"),
        }
    }

    /// What happened.
    #[must_use]
    pub fn heading(&self) -> Cow<'static, str> {
        self.page.t(self.keys().0)
    }

    /// What to do.
    #[must_use]
    pub fn advice(&self) -> Cow<'static, str> {
        self.page.t(self.keys().1)
    }
}

#[cfg(test)]
#[path = "view_tests.rs"]
mod tests;
