//! The pages of areas: the sets of a release, the table and map of a set, and one area.

use std::borrow::Cow;

use askama::Template;

use super::PageContext;
use super::said::Code;
use crate::briefing::{Said, said};
use crate::language::{Messages, by_name};
use crate::model::{Area, Kind, Linked, Operator};
use crate::release::{AreaRow, AreaSetEntry, AreaTable, HeadlineEstimate, ModelLine, RateLine};

/// A name and the number of cameras under it, ready to print.
type NamedCount = (Cow<'static, str>, String);

/// The area sets of a release.
#[derive(Debug, Template)]
#[template(path = "areas.html")]
pub struct AreasPage {
    /// Header and footer.
    pub page: PageContext,
    /// What stands before `areas` in addresses: nothing, or `releases/{id}/`.
    pub base: String,
    /// The sets.
    pub sets: Vec<AreaSetEntry>,
}

/// Table and map of one set.
#[derive(Debug, Template)]
#[template(path = "area_set.html")]
pub struct AreaSetPage {
    /// Header and footer.
    pub page: PageContext,
    /// What stands before `areas` in addresses.
    pub base: String,
    /// The set.
    pub set: AreaSetEntry,
    /// Its lines.
    pub table: AreaTable,
    /// What is said of the whole census.
    pub whole: Option<HeadlineEstimate>,
    /// Share surveyed of the whole census.
    pub surveyed_share: Option<f64>,
    /// The drawing, which escapes its own text.
    pub svg: String,
    /// Name of each area with a rate, and the names of those it cannot be separated from; `None` for a set so large that
    /// only the page of each area says it.
    pub alike: Option<Vec<(String, Vec<String>)>>,
}

/// One area.
#[derive(Debug, Template)]
#[template(path = "area.html")]
pub struct AreaPage {
    /// Header and footer.
    pub page: PageContext,
    /// What stands before `areas` in addresses.
    pub base: String,
    /// Its set.
    pub set: AreaSetEntry,
    /// What is known of it.
    pub row: AreaRow,
    /// The drawing of its cells, and their resolution; `None` for what lies in no area.
    pub svg: Option<(String, u8)>,
    /// What every model says about it.
    pub models: Vec<ModelLine>,
    /// Names of the areas it cannot be separated from, and of those it can; `None` where it has no rate.
    pub others: Option<(Vec<String>, Vec<String>)>,
}

/// A field of a table: its text, its class in the style sheet, and the anchor of the method page that explains it.
#[derive(Debug, Clone)]
pub struct Field {
    /// What stands there.
    pub text: String,
    /// How it looks.
    pub class: &'static str,
    /// Anchor on the method page; empty for none.
    pub anchor: String,
}

impl Field {
    fn plain(text: String) -> Self {
        Self { text, class: "", anchor: String::new() }
    }

    /// A number of home cameras, told apart from every public one.
    fn home(text: String) -> Self {
        Self { class: "home-about", ..Self::plain(text) }
    }

    fn word(text: Cow<'static, str>, class: &'static str, anchor: &str) -> Self {
        Self { text: text.into_owned(), class, anchor: anchor.to_owned() }
    }
}

/// A line of the table of a set.
#[derive(Debug, Clone)]
pub struct SetLine {
    /// Slug; empty for the total.
    pub slug: String,
    /// Name.
    pub name: String,
    /// Fields in the order of the columns.
    pub fields: Vec<Field>,
}

impl PageContext {
    /// The name of a row: what lies in no area is named in the language of the page.
    #[must_use]
    pub fn area_name(&self, row: &AreaRow) -> String {
        if row.slug == Area::UNASSIGNED { self.t("area-unassigned").into_owned() } else { row.name.clone() }
    }

    fn area_count(&self, row: &AreaRow, count: u32) -> Field {
        if !row.is_looked_at {
            Field::word(self.t("area-not-looked"), "unknown", "effort")
        } else if row.counts.cameras == 0 {
            Field::word(self.t("area-zero"), "none-found", "effort")
        } else {
            Field::plain(self.number(&u64::from(count)))
        }
    }

    fn area_rate(&self, row: &AreaRow, rate: Option<RateLine>) -> Field {
        match rate {
            _ if !row.is_looked_at => Field::word(self.t("area-not-looked"), "unknown", "effort"),
            Some(rate) if rate.is_publishable => Field::plain(self.rate_range(&rate)),
            Some(_) => Field::word(self.t("area-few"), "few", "rates"),
            None => Field::word(self.t("area-no-rate"), "few", "rates"),
        }
    }

    fn area_home(&self, row: &AreaRow) -> Field {
        match row.home_rounded {
            Some(home) => Field::home(self.number(&u64::from(home))),
            None => Field::word(self.t("area-withheld"), "withheld", "homes"),
        }
    }

    pub(super) fn area_share(&self, share: Option<f64>) -> Field {
        match share {
            Some(share) => Field::plain(self.t1("compare-percent", &self.percentage(share))),
            None => Field::word(self.t("area-no-frame"), "few", "effort"),
        }
    }
}

impl AreasPage {
    /// The sets for the search: name, table and pages of each, as JSON.
    #[must_use]
    pub fn searched(&self) -> String {
        self.page.searched(&self.base, self.sets.iter().map(|set| (set.set.as_str(), set.name.as_str())))
    }

    /// Source and year of the residents of a set.
    #[must_use]
    pub fn population(&self, set: &AreaSetEntry) -> String {
        population(&self.page, set)
    }
}

fn population(page: &PageContext, set: &AreaSetEntry) -> String {
    match (&set.population_source, set.population_year) {
        (Some(source), Some(year)) => {
            page.tw("areas-population-of", &[("source", source.as_str()), ("year", &year.to_string())])
        }
        _ => page.t("areas-not-stated").into_owned(),
    }
}

impl AreaSetPage {
    /// Source and year of the residents.
    #[must_use]
    pub fn population(&self) -> String {
        population(&self.page, &self.set)
    }

    /// Heads of the columns: text, and anchor on the method page.
    #[must_use]
    pub fn columns(&self) -> [(&'static str, &'static str); 8] {
        [
            ("script-column-cameras", "cameras"),
            ("script-column-heads", "cameras"),
            ("area-km2", "areas"),
            ("script-column-km2", "rates"),
            ("compare-per-1000", "rates"),
            ("area-estimate", "estimates"),
            ("area-surveyed", "effort"),
            ("area-home", "homes"),
        ]
    }

    /// The areas by name, then what lies in none, then the total.
    #[must_use]
    pub fn lines(&self) -> Vec<SetLine> {
        let mut rows: Vec<&AreaRow> = self.table.rows.iter().collect();
        rows.sort_by_key(|row| (row.slug == Area::UNASSIGNED, by_name(&row.name)));
        let mut lines: Vec<SetLine> = rows.into_iter().map(|row| self.line(row)).collect();
        lines.push(self.total());
        lines
    }

    fn line(&self, row: &AreaRow) -> SetLine {
        let page = &self.page;
        let estimate = match &row.estimate {
            Some(estimate) => Field { anchor: row.method.clone(), ..Field::plain(page.estimate_range(estimate)) },
            None => Field::word(page.code(&row.reason), "few reason", &row.reason),
        };
        let km2 = row.km2.map_or_else(String::new, |km2| page.measure(&km2));
        SetLine {
            slug: row.slug.clone(),
            name: page.area_name(row),
            fields: vec![
                page.area_count(row, row.counts.cameras),
                page.area_count(row, row.counts.heads),
                Field::plain(km2),
                page.area_rate(row, row.per_km2),
                page.area_rate(row, row.per_1000),
                estimate,
                page.area_share(row.surveyed_share),
                page.area_home(row),
            ],
        }
    }

    fn total(&self) -> SetLine {
        let page = &self.page;
        let total = self.table.total();
        let km2: f64 = self.table.rows.iter().filter_map(|row| row.km2).sum();
        let not_added = || Field::word(page.t("area-not-added"), "few", "estimates");
        let whole = self.whole.as_ref().and_then(HeadlineEstimate::line);
        // A sum would give away a number that is withheld in one line.
        let is_withheld = self.table.rows.iter().any(|row| row.home_rounded.is_none());
        SetLine {
            slug: String::new(),
            name: page.t("area-total").into_owned(),
            fields: vec![
                Field::plain(page.number(&u64::from(total.cameras))),
                Field::plain(page.number(&u64::from(total.heads))),
                Field::plain(page.measure(&km2)),
                not_added(),
                not_added(),
                whole.map_or_else(not_added, |whole| Field::plain(page.estimate_range(&whole))),
                page.area_share(self.surveyed_share),
                if is_withheld {
                    Field::word(page.t("area-withheld"), "withheld", "homes")
                } else {
                    Field::home(page.number(&u64::from(total.home_rounded)))
                },
            ],
        }
    }

    /// Class numbers and labels of the legend.
    #[must_use]
    pub fn legend(&self) -> Vec<(u8, String)> {
        self.page.km2_legend()
    }
}

impl AreaPage {
    /// Whether there is a briefing: not about what lies in no area.
    #[must_use]
    pub fn has_briefing(&self) -> bool {
        self.row.slug != Area::UNASSIGNED
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> String {
        self.page.area_name(&self.row)
    }

    /// What is known of the number of cameras, in one sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        if !self.row.is_looked_at {
            return self.page.t("said-nobody").into_owned();
        }
        self.page.estimate_sentence(&Said {
            counted: self.row.counts.cameras,
            estimate: self.row.estimate.map(Into::into),
            method: &self.row.method,
            reason: &self.row.reason,
            scope: &self.row.estimate_scope,
        })
    }

    /// The method and the warnings. The reason why there is no estimate is in the sentence already.
    #[must_use]
    pub fn codes(&self) -> Vec<Code> {
        self.page.codes(&format!("{} {}", self.row.method, self.row.warnings))
    }

    /// Anchor of what the sentence means on the method page.
    #[must_use]
    pub fn meaning(&self) -> &str {
        match (self.row.is_looked_at, self.row.reason.as_str()) {
            (false, _) => "effort",
            (true, "") => "estimates",
            (true, reason) => reason,
        }
    }

    /// Name, anchor of what it means on the method page, and field of each number of the count.
    #[must_use]
    pub fn counts(&self) -> [(&'static str, &'static str, Field); 4] {
        let (page, row) = (&self.page, &self.row);
        [
            ("script-column-cameras", "at-least", page.area_count(row, row.counts.cameras)),
            ("script-column-heads", "cameras", page.area_count(row, row.counts.heads)),
            ("area-stale", "at-least", page.area_count(row, row.counts.stale)),
            ("area-home", "homes", page.area_home(row)),
        ]
    }

    /// Name, rate, and what it is a rate of.
    #[must_use]
    pub fn rates(&self) -> Vec<(&'static str, Field, String)> {
        let (page, row) = (&self.page, &self.row);
        let km2 = row.km2.map_or_else(String::new, |km2| page.t1("area-per-of", &page.measure(&km2)));
        let residents = row.population.map_or_else(
            || page.t("areas-not-stated").into_owned(),
            |residents| {
                let number = page.t1("area-residents-of", &page.number(&residents));
                format!("{number} ({})", population(page, &self.set))
            },
        );
        vec![
            ("script-column-km2", page.area_rate(row, row.per_km2), km2),
            ("compare-per-1000", page.area_rate(row, row.per_1000), residents),
        ]
    }

    /// Share surveyed, in words.
    #[must_use]
    pub fn surveyed(&self) -> String {
        self.page.surveyed(self.row.surveyed_share)
    }

    /// Which units the estimate speaks of, in the language of the page.
    #[must_use]
    pub fn scope(&self) -> String {
        said::scope(Messages::of(self.page.language), &self.row.estimate_scope)
    }

    /// Key of the title and rows of each table of shares, unknown first; none where nobody looked.
    #[must_use]
    pub fn shares(&self) -> Vec<(&'static str, Vec<NamedCount>)> {
        let (page, counts) = (&self.page, &self.row.counts);
        let named = |prefix: &str, word: &str| page.t(&format!("{prefix}-{word}"));
        let number = |count: u32| page.number(&u64::from(count));
        let (restricted, unrestricted) = self.row.restricted;
        let unknown = counts.cameras.saturating_sub(restricted + unrestricted);
        let kinds = Kind::ALL.iter().filter(|kind| **kind != Kind::Doorbell);
        let operators = Operator::ALL.iter().filter(|operator| **operator != Operator::Household);
        vec![
            (
                "kinds-title",
                kinds
                    .map(|kind| (named("kind", kind.word()), number(counts.kinds[usize::from(kind.code())])))
                    .collect(),
            ),
            (
                "operators-title",
                operators
                    .map(|by| (named("operator", by.word()), number(counts.operators[usize::from(by.code())])))
                    .collect(),
            ),
            (
                "compare-linked",
                Linked::ALL
                    .iter()
                    .map(|linked| (named("linked", linked.word()), number(counts.linked[usize::from(linked.code())])))
                    .collect(),
            ),
            (
                "compare-makers",
                [("unknown", unknown), ("restricted", restricted), ("unrestricted", unrestricted)]
                    .map(|(word, count)| (named("compare-maker", word), number(count)))
                    .to_vec(),
            ),
        ]
    }

    /// A number of a model, or why there is none.
    #[must_use]
    pub fn of_model(&self, value: &Option<f64>) -> String {
        value.map_or_else(|| "–".to_owned(), |value| self.page.whole(value))
    }

    /// The role of a line in words.
    #[must_use]
    pub fn role(&self, line: &ModelLine) -> Cow<'static, str> {
        match line.role.as_str() {
            "headline" => self.page.t("role-headline"),
            "stratum" => self.page.t("role-stratum"),
            _ => self.page.t("role-model"),
        }
    }

    /// What a line is of: the words of its kinds, or the name of its method or model.
    #[must_use]
    pub fn of_what(&self, line: &ModelLine) -> String {
        if line.role != "stratum" {
            return line.name.clone();
        }
        let kinds = line.name.split_whitespace().map(|word| self.page.t(&format!("kind-{word}")).into_owned());
        kinds.collect::<Vec<_>>().join(", ")
    }

    /// Class numbers and labels of the legend of cells.
    #[must_use]
    pub fn legend(&self) -> Vec<(u8, String)> {
        self.page.count_legend()
    }

    /// Names, one after the other.
    #[must_use]
    pub fn list(&self, names: &[String]) -> String {
        names.join(", ")
    }
}
