//! The faces for people of the OGC API: one layout for all of its documents.

use askama::Template;
use serde_json::Value;

use super::PageContext;

/// A document of the OGC API as a page.
#[derive(Debug, Template)]
#[template(path = "ogc.html")]
pub struct OgcPage {
    /// Header and footer.
    pub page: PageContext,
    /// The heading.
    pub title: String,
    /// Address and name of the documents above this one, the topmost first.
    pub up: Vec<(String, String)>,
    /// Paragraphs below the heading.
    pub lead: Vec<String>,
    /// Lines to copy into a terminal.
    pub code: Option<String>,
    /// Heads of the columns; none where the first column names what the second one says.
    pub head: Vec<String>,
    /// The table; the first cell of a row is its head.
    pub rows: Vec<Vec<OgcCell>>,
    /// Address of the next page.
    pub next: Option<String>,
    /// Address of the same document for programs, relative to this one.
    pub json: String,
}

/// A cell of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OgcCell {
    /// What it says.
    pub text: String,
    /// Where it leads.
    pub address: Option<String>,
}

impl OgcCell {
    /// A cell that leads nowhere.
    #[must_use]
    pub const fn text(text: String) -> Self {
        Self { text, address: None }
    }

    /// A cell that leads to an address.
    #[must_use]
    pub const fn link(address: String, text: String) -> Self {
        Self { text, address: Some(address) }
    }
}

impl OgcPage {
    /// A page without content yet.
    #[must_use]
    pub const fn new(title: String, page: PageContext) -> Self {
        Self {
            page,
            title,
            up: Vec::new(),
            lead: Vec::new(),
            code: None,
            head: Vec::new(),
            rows: Vec::new(),
            next: None,
            json: String::new(),
        }
    }
}

/// Names of the properties of some features, and the id and values of each, as people read them.
#[must_use]
pub fn feature_columns(page: &PageContext, features: &[String]) -> (Vec<String>, Vec<(String, Vec<String>)>) {
    let features: Vec<Value> = features.iter().filter_map(|text| serde_json::from_str(text).ok()).collect();
    let properties = |feature: &Value| feature["properties"].as_object().cloned().unwrap_or_default();
    let head: Vec<String> =
        features.first().map(|first| properties(first).keys().cloned().collect()).unwrap_or_default();
    let rows = features.iter().map(|feature| {
        let properties = properties(feature);
        let values = head.iter().map(|name| said(page, name, properties.get(name).unwrap_or(&Value::Null))).collect();
        (feature["id"].as_str().unwrap_or_default().to_owned(), values)
    });
    let rows = rows.collect();
    (head, rows)
}

/// A value in words. What is withheld is not unknown, and neither is zero.
fn said(page: &PageContext, name: &str, value: &Value) -> String {
    match value {
        Value::Null if name == "home_rounded" => page.t("ogc-withheld").into_owned(),
        Value::Null => "–".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().map(|part| said(page, name, part)).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn zero_unknown_and_withheld_read_differently() {
        let page = PageContext::bare(Language::English);
        let text = r#"{"id":"a","properties":{"cameras":0,"heads":null,"home_rounded":null}}"#;
        let (head, rows) = feature_columns(&page, &[text.to_owned()]);
        assert_eq!(head, ["cameras", "heads", "home_rounded"]);
        assert_eq!(rows, [("a".to_owned(), vec!["0".to_owned(), "–".to_owned(), "withheld".to_owned()])]);
    }
}
