//! The report form, and what its sender is told.

use std::borrow::Cow;

use askama::Template;

use super::PageContext;
use crate::http::assets;
use crate::model::{Basis, Kind, Linked, Maker, Mount, Operator, makers};

/// The directions that the form offers without a script: degrees and the key of the word.
pub const DIRECTIONS: [(u16, &str); 8] = [
    (0, "facing-n"),
    (45, "facing-ne"),
    (90, "facing-e"),
    (135, "facing-se"),
    (180, "facing-s"),
    (225, "facing-sw"),
    (270, "facing-w"),
    (315, "facing-nw"),
];

/// Where a camera is said to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Looks {
    /// Not stated.
    #[default]
    Unknown,
    /// Every way.
    AllRound,
    /// One of the directions offered, in degrees.
    Degrees(u16),
}

/// What of a form may be shown again after an error: enumerated values. Where a camera stands is typed again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// Slug of the campaign; one that exists, or empty.
    pub campaign: String,
    /// Sort of camera; `None` until one is chosen.
    pub kind: Option<Kind>,
    /// Whose it is.
    pub operator: Operator,
    /// What it is fixed to.
    pub mount: Mount,
    /// Whether it feeds a public network.
    pub linked: Linked,
    /// Who made it.
    pub maker: Maker,
    /// How that is known.
    pub basis: Basis,
    /// Where it looks.
    pub facing: Looks,
    /// Heads, 0 to 99.
    pub heads: u8,
}

impl Default for Filled {
    fn default() -> Self {
        Self {
            campaign: String::new(),
            kind: None,
            operator: Operator::default(),
            mount: Mount::default(),
            linked: Linked::default(),
            maker: Maker::default(),
            basis: Basis::default(),
            facing: Looks::default(),
            heads: 1,
        }
    }
}

/// What is wrong with a form: the field, and the key of the sentence about it.
pub type FieldError = (&'static str, &'static str);

/// A campaign as the form offers it.
#[derive(Debug, Clone)]
pub struct CampaignLine {
    /// Its slug.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// Whether anybody may report.
    pub is_open: bool,
    /// West, south, east, north in degrees.
    pub bounds: Option<[f64; 4]>,
    /// Slugs of the waves that are open.
    pub waves: Vec<String>,
}

/// One choice of a field.
pub struct Choice {
    /// The value that is sent.
    pub value: Cow<'static, str>,
    /// What it is called.
    pub label: Cow<'static, str>,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// The report form.
#[derive(Debug, Template)]
#[template(path = "submit.html")]
pub struct SubmitPage {
    /// Header and footer.
    pub page: PageContext,
    /// Whether this server takes reports at all.
    pub takes_reports: bool,
    /// The campaigns.
    pub campaigns: Vec<CampaignLine>,
    /// What was chosen before.
    pub filled: Filled,
    /// What is wrong with it.
    pub errors: Vec<FieldError>,
    /// West, south, east, north of the release, if there is one.
    pub bounds: Option<[f64; 4]>,
    /// Bytes of the map of the release, if there is one.
    pub archive_bytes: Option<u64>,
}

/// What became of a report.
#[derive(Debug, Template)]
#[template(path = "submitted.html")]
pub struct SubmittedPage {
    /// Header and footer.
    pub page: PageContext,
    /// The secret that the submitter keeps.
    pub receipt: String,
    /// Reports that wait for review now.
    pub accepted: u64,
    /// Reports refused.
    pub refused: u64,
    /// Of each remark: where in the report, its code, and what it says.
    pub remarks: Vec<(String, &'static str, String)>,
}

/// The survey sheets.
#[derive(Debug, Template)]
#[template(path = "sheets.html")]
pub struct SheetsPage {
    /// Header and footer.
    pub page: PageContext,
    /// Whether this server takes reports at all.
    pub takes_reports: bool,
    /// The campaigns.
    pub campaigns: Vec<CampaignLine>,
}

fn choices<T: Copy + PartialEq>(
    page: &PageContext,
    all: &[T],
    word: impl Fn(T) -> &'static str,
    group: &str,
    chosen: Option<T>,
) -> Vec<Choice> {
    let choice = |value: &T| Choice {
        value: Cow::Borrowed(word(*value)),
        label: page.t(&format!("{group}-{}", word(*value))),
        chosen: chosen == Some(*value),
    };
    all.iter().map(choice).collect()
}

fn listed(campaigns: &[CampaignLine]) -> String {
    let line = |c: &CampaignLine| serde_json::json!({ "slug": c.slug, "name": c.name, "open": c.is_open, "bounds": c.bounds, "waves": c.waves });
    campaigns.iter().map(line).collect::<serde_json::Value>().to_string()
}

impl SubmitPage {
    /// Kinds of camera, with their drawings named by the value; not knowing comes first.
    #[must_use]
    pub fn kinds(&self) -> Vec<Choice> {
        choices(&self.page, Kind::ALL, Kind::word, "kind", self.filled.kind)
    }

    /// The fields that are a list of words: name of the field, and its choices.
    #[must_use]
    pub fn lists(&self) -> Vec<(&'static str, Vec<Choice>)> {
        let (page, filled) = (&self.page, &self.filled);
        vec![
            ("operator", choices(page, Operator::ALL, Operator::word, "operator", Some(filled.operator))),
            ("mount", choices(page, Mount::ALL, Mount::word, "mount", Some(filled.mount))),
            ("linked", choices(page, Linked::ALL, Linked::word, "form-linked", Some(filled.linked))),
            ("maker", self.makers()),
            ("basis", choices(page, Basis::ALL, Basis::word, "basis", Some(filled.basis))),
        ]
    }

    fn makers(&self) -> Vec<Choice> {
        let unknown = Choice {
            value: Cow::Borrowed("unknown"),
            label: self.page.t("operator-unknown"),
            chosen: self.filled.maker == Maker::UNKNOWN,
        };
        let named = makers().iter().map(|entry| Choice {
            value: Cow::Borrowed(entry.name),
            label: Cow::Borrowed(entry.name),
            chosen: self.filled.maker.name() == entry.name,
        });
        std::iter::once(unknown).chain(named).collect()
    }

    /// Directions.
    #[must_use]
    pub fn facings(&self) -> Vec<Choice> {
        let choice = |looks: Looks, value: String, key: &str| Choice {
            value: value.into(),
            label: self.page.t(key),
            chosen: self.filled.facing == looks,
        };
        let mut all = vec![
            choice(Looks::Unknown, "unknown".to_owned(), "operator-unknown"),
            choice(Looks::AllRound, "all_round".to_owned(), "facing-all"),
        ];
        all.extend(DIRECTIONS.map(|(degrees, key)| choice(Looks::Degrees(degrees), degrees.to_string(), key)));
        all
    }

    /// Campaigns that anybody may report to.
    #[must_use]
    pub fn open_campaigns(&self) -> Vec<&CampaignLine> {
        self.campaigns.iter().filter(|campaign| campaign.is_open).collect()
    }

    /// Whether a campaign is the one chosen.
    #[must_use]
    pub fn is_chosen(&self, campaign: &CampaignLine) -> bool {
        campaign.slug == self.filled.campaign
    }

    /// What is wrong with a field.
    #[must_use]
    pub fn error(&self, field: &str) -> Option<Cow<'static, str>> {
        self.errors.iter().find(|(name, _)| *name == field).map(|(_, key)| self.page.t(key))
    }

    /// The campaigns, for the script.
    #[must_use]
    pub fn script_campaigns(&self) -> String {
        listed(&self.campaigns)
    }

    /// Whether a wave is open: then the page shows nothing of what is known, so that teams do not see each other's points.
    #[must_use]
    pub fn is_blind(&self) -> bool {
        self.campaigns.iter().any(|campaign| !campaign.waves.is_empty())
    }

    /// `west,south,east,north` to begin with: those of the first campaign that has bounds, or of the release.
    #[must_use]
    pub fn script_bounds(&self) -> String {
        let of_campaign = self.campaigns.iter().find_map(|campaign| campaign.bounds);
        of_campaign.or(self.bounds).map_or_else(String::new, |[west, south, east, north]| {
            let east = if west > east { east + 360.0 } else { east };
            format!("{west},{south},{east},{north}")
        })
    }

    /// The messages of the script.
    #[must_use]
    pub const fn script_messages(&self) -> &'static str {
        self.page.language.forms_script()
    }

    /// The script, if the program was built with it.
    #[must_use]
    pub fn script(&self) -> Option<String> {
        assets::SUBMIT_JS.map(|path| self.page.file(path))
    }
}

impl SheetsPage {
    /// The campaigns, for the script.
    #[must_use]
    pub fn script_campaigns(&self) -> String {
        listed(&self.campaigns)
    }

    /// Whether a wave is open anywhere.
    #[must_use]
    pub fn has_waves(&self) -> bool {
        self.campaigns.iter().any(|campaign| !campaign.waves.is_empty())
    }

    /// The messages of the script.
    #[must_use]
    pub const fn script_messages(&self) -> &'static str {
        self.page.language.forms_script()
    }

    /// The script, if the program was built with it.
    #[must_use]
    pub fn script(&self) -> Option<String> {
        assets::SHEETS_JS.map(|path| self.page.file(path))
    }
}
