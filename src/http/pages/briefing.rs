//! The page of a briefing: any document, laid out.

use askama::Template;

use super::PageContext;
use crate::briefing::{Cell, Column, Document, Link, Section};
use crate::drawing::Fill;

/// A briefing.
#[derive(Debug, Template)]
#[template(path = "briefing.html")]
pub struct BriefingPage {
    /// Header and footer.
    pub page: PageContext,
    /// What stands before `areas` in addresses: nothing, or `releases/{id}/`.
    pub base: String,
    /// Slug of the set of the area.
    pub set: String,
    /// Slug of the area.
    pub slug: String,
    /// What it says.
    pub document: Document,
    /// Whether it is there on paper too.
    pub is_printed: bool,
}

impl BriefingPage {
    /// Sections by the page of the paper they stand on.
    #[must_use]
    pub fn sheets(&self) -> Vec<&[Section]> {
        let sections = &self.document.sections;
        let begin = sections.iter().position(|section| section.begins_page).unwrap_or(sections.len());
        let (first, second) = sections.split_at(begin);
        [first, second].into_iter().filter(|sheet| !sheet.is_empty()).collect()
    }

    /// The address of the page about the area.
    #[must_use]
    pub fn area(&self) -> String {
        self.page.page(&format!("{}areas/{}/{}", self.base, self.set, self.slug))
    }

    /// Where a piece of text leads.
    #[must_use]
    pub fn address(&self, link: &Link) -> String {
        match link {
            Link::Page(path) => {
                let (path, anchor) = path.split_once('#').map_or((path.as_str(), None), |(path, at)| (path, Some(at)));
                let page = self.page.page(&format!("{}{path}", self.base));
                anchor.map_or_else(|| page.clone(), |anchor| format!("{page}#{anchor}"))
            }
            Link::File(name) => self.page.release_file(name),
            Link::Outside(address) => address.clone(),
        }
    }

    /// Whether a link leads away from the site.
    #[must_use]
    pub const fn leads_away(&self, link: &Link) -> bool {
        matches!(link, Link::Outside(_))
    }

    /// The address of what a number means.
    #[must_use]
    pub fn definition(&self, anchor: &str) -> String {
        format!("{}#{anchor}", self.page.page(&format!("{}method", self.base)))
    }

    /// The same document on paper, by name of the paper; none where it was not printed.
    #[must_use]
    pub fn papers(&self) -> Vec<(&'static str, String)> {
        if !self.is_printed {
            return Vec::new();
        }
        // An export has each sheet once.
        let base = if self.page.is_exported() { "" } else { self.base.as_str() };
        let path = format!("{}{base}areas/{}/{}/briefing", self.page.language.prefix(), self.set, self.slug);
        let letter = if self.page.is_exported() { "-letter.pdf" } else { ".pdf?paper=letter" };
        [("A4", ".pdf"), ("Letter", letter)].map(|(name, rest)| (name, self.page.file(&format!("{path}{rest}")))).into()
    }

    /// How a field looks.
    #[must_use]
    pub fn look(&self, column: &Column, cell: &Cell) -> &'static str {
        match (column.is_number, cell.is_word) {
            (true, true) => "number few",
            (true, false) => "number",
            (false, true) => "few",
            (false, false) => "",
        }
    }

    /// The swatch of a look of the map.
    #[must_use]
    pub fn swatch(&self, fill: &Fill) -> String {
        match fill {
            Fill::Class(class) => format!("class-{class}"),
            Fill::Zero => "zero".to_owned(),
            Fill::Few => "few-cameras".to_owned(),
            Fill::Unknown => "unsurveyed".to_owned(),
        }
    }
}
