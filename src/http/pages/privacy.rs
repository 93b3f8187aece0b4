//! What we promise, and what we could hand over.

use std::borrow::Cow;

use askama::Template;

use super::PageContext;

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
