//! Words and numbers in one language, and the pieces of a document that are made of them.

use super::document::{Block, Cell, Column, Definition, Link, Section, Span, Table, Text};
use crate::language::{Language, Messages};

/// Says things in one language.
#[derive(Clone, Copy)]
pub(super) struct Say {
    language: Language,
    pub(super) messages: &'static Messages,
}

impl Say {
    /// Says things in this language.
    pub(super) fn of(language: Language) -> Self {
        Self { language, messages: Messages::of(language) }
    }

    /// A message.
    pub(super) fn get(&self, key: &str) -> String {
        self.messages.get(key).into_owned()
    }

    /// A message with texts or formatted numbers.
    pub(super) fn with(&self, key: &str, values: &[(&'static str, &str)]) -> String {
        self.messages.with_texts(key, values)
    }

    /// A message with one text or formatted number.
    pub(super) fn with_one(&self, key: &str, value: &str) -> String {
        self.messages.with_text(key, value)
    }

    /// A whole number.
    pub(super) fn number(&self, value: impl Into<u64>) -> String {
        self.messages.number(value.into())
    }

    /// A number that may be below zero.
    pub(super) fn signed(&self, value: i64) -> String {
        let sign = if value < 0 { "−" } else { "" };
        format!("{sign}{}", self.messages.number(value.unsigned_abs()))
    }

    /// A share between 0 and 1, with its sign.
    pub(super) fn percent(&self, share: f64) -> String {
        self.with_one("compare-percent", &self.messages.percentage(share))
    }

    /// A week.
    pub(super) fn week(&self, (year, week): (i32, u8)) -> String {
        self.with("briefing-week", &[("week", &week.to_string()), ("year", &year.to_string())])
    }

    /// A section of this page.
    pub(super) fn section(&self, id: &'static str, key: &str, blocks: Vec<Block>) -> Section {
        Section { id, title: self.get(key), blocks, begins_page: false }
    }

    /// What a number means.
    pub(super) fn definition(&self, key: &str, anchor: &str) -> Definition {
        Definition { words: self.get(key), anchor: anchor.to_owned() }
    }

    /// Text with a direction of its own inside a sentence of this language.
    pub(super) fn apart(&self, text: &str) -> String {
        match self.language.direction() {
            "rtl" => format!("\u{2068}{text}\u{2069}"),
            _ => text.to_owned(),
        }
    }

    /// Joins names as the language lists them.
    pub(super) fn list(&self, names: &[String]) -> String {
        let comma = match self.language.code() {
            "zh-Hans" => "、",
            "ar" => "، ",
            _ => ", ",
        };
        names.iter().map(|name| self.apart(name)).collect::<Vec<_>>().join(comma)
    }
}

impl Text {
    /// Text of one look.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self(vec![Span { text: text.into(), is_strong: false, link: None }])
    }

    /// Adds text that stands out.
    #[must_use]
    pub fn strong(mut self, text: impl Into<String>) -> Self {
        self.0.push(Span { text: text.into(), is_strong: true, link: None });
        self
    }

    /// Adds text.
    #[must_use]
    pub fn and(mut self, text: impl Into<String>) -> Self {
        self.0.push(Span { text: text.into(), is_strong: false, link: None });
        self
    }

    /// Adds text that leads somewhere.
    #[must_use]
    pub fn link(mut self, text: impl Into<String>, to: Link) -> Self {
        self.0.push(Span { text: text.into(), is_strong: false, link: Some(to) });
        self
    }

    /// Everything that is read.
    #[must_use]
    pub fn words(&self) -> String {
        self.0.iter().map(|span| span.text.as_str()).collect()
    }
}

impl Cell {
    /// A field with a number or a name.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: Text::plain(text), is_word: false }
    }

    /// A field that says in words why there is no number.
    #[must_use]
    pub fn word(text: impl Into<String>) -> Self {
        Self { text: Text::plain(text), is_word: true }
    }
}

/// Columns by their names; the first holds names, and the others numbers where `numbers` says so.
fn columns<const N: usize>(names: [(String, bool); N]) -> Vec<Column> {
    names.into_iter().map(|(name, is_number)| Column { name, is_number }).collect()
}

impl Table {
    /// A table of these rows.
    pub(super) fn of<const N: usize>(
        caption: String,
        definition: Definition,
        names: [(String, bool); N],
        rows: impl IntoIterator<Item = [Cell; N]>,
    ) -> Self {
        Self { caption, definition, columns: columns(names), rows: rows.into_iter().map(Vec::from).collect() }
    }
}
