//! What stands on a briefing, in one language and in order, ready to be laid out.

use serde::Serialize;

use crate::drawing::Fill;
use crate::language::Language;

/// A briefing about one area, in the words and with the numbers of one language.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Document {
    /// Its language.
    #[serde(serialize_with = "code")]
    pub language: Language,
    /// Name of the area, with what it is about.
    pub title: String,
    /// The number with its interval, in one sentence.
    pub lead: String,
    /// What the lead rests on: which week, which release, who counted.
    pub stamp: Stamp,
    /// The sections, in the order in which they are read. The first page of the paper ends where one says so.
    pub sections: Vec<Section>,
}

/// Where every number of a briefing comes from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stamp {
    /// Name of the census.
    pub census: String,
    /// Id of the release.
    pub release: String,
    /// The ISO week up to which reports are counted, as the language writes it.
    pub as_of: String,
    /// SHA-256 of the manifest of the release, in hexadecimal.
    pub sha256: String,
    /// SPDX name of the licence of the data.
    pub licence: String,
    /// How the release is cited.
    pub citation: String,
    /// Name and version of the program that built the release.
    pub software: String,
}

/// A part of a briefing under a heading.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    /// Anchor on the page: lower-case words with hyphens.
    pub id: &'static str,
    /// The heading.
    pub title: String,
    /// What stands below it.
    pub blocks: Vec<Block>,
    /// Whether it begins the second page of the paper.
    pub begins_page: bool,
}

/// One thing below a heading.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "block", content = "content", rename_all = "snake_case")]
pub enum Block {
    /// A paragraph.
    Paragraph(Text),
    /// Short paragraphs, one below the other.
    Bullets(Vec<Text>),
    /// Numbers, each with all that it needs.
    Figures(Vec<Figure>),
    /// A table.
    Table(Table),
    /// A map with its legend.
    Map(Map),
}

/// Running text, in pieces that look alike.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Text(pub Vec<Span>);

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Span {
    /// What is read.
    pub text: String,
    /// Whether it stands out.
    pub is_strong: bool,
    /// Where it leads.
    pub link: Option<Link>,
}

/// Where a piece of text leads. Each face makes an address of it: the page a relative one, the paper an absolute one where it
/// was told where the census is published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "to", content = "path", rename_all = "snake_case")]
pub enum Link {
    /// A page, by its path without root and language.
    Page(String),
    /// A file of the release.
    File(String),
    /// An address outside of the site, such as the source of a published figure.
    Outside(String),
}

/// A number that is stated: what it counts, how sure it is, and what it is a number of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// What it is called.
    pub label: String,
    /// The number; or the word that says that it is unknown, zero, or withheld.
    pub value: String,
    /// Its interval and what that covers; or why it has none, such as that it is a count of what was found.
    pub interval: String,
    /// What it is a number of or per: the ground, the residents with source and year, the streets; or that it is a plain count,
    /// and of which place.
    pub denominator: String,
    /// What was counted.
    pub definition: Definition,
}

/// What a number means, and the place that says it in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Definition {
    /// One short phrase.
    pub words: String,
    /// Anchor on the method page.
    pub anchor: String,
}

/// A table of numbers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    /// What it shows, of what, and where the numbers come from.
    pub caption: String,
    /// What its numbers count.
    pub definition: Definition,
    /// Heads of the columns; the first is that of the rows.
    pub columns: Vec<Column>,
    /// Rows, as long as there are columns. The first cell is the name of the row.
    pub rows: Vec<Vec<Cell>>,
}

/// The head of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// What stands there.
    pub name: String,
    /// Whether it holds numbers, which are set flush with their last digit.
    pub is_number: bool,
}

/// A field of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// What stands there.
    pub text: Text,
    /// Whether it says that something is unknown or withheld, in words.
    pub is_word: bool,
}

/// A map with its legend.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Map {
    /// The drawing, by `crate::drawing`; its colours are names of the style sheet.
    pub svg: String,
    /// What it shows, for those who cannot see it: the numbers, not that there is a map.
    pub alternative: String,
    /// What stands below it.
    pub caption: String,
    /// What each look means; unsurveyed ground is always among them.
    pub legend: Vec<LegendLine>,
}

/// A look of the map and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LegendLine {
    /// How it is filled.
    #[serde(serialize_with = "look")]
    pub fill: Fill,
    /// What it means.
    pub label: String,
}

/// A statement of a briefing without something that it must have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the briefing cannot be laid out: `{what}` in the section `{section}` does not state its {missing}")]
pub struct Incomplete {
    /// Anchor of the section.
    pub section: &'static str,
    /// Label of the figure, caption of the table or map.
    pub what: String,
    /// What is missing.
    pub missing: &'static str,
}

impl Document {
    /// Whether every figure states its definition, its interval and its denominator, every table its definition, and every map
    /// its text and its legend.
    ///
    /// # Errors
    /// [`Incomplete`] names the first that does not.
    pub fn verify(&self) -> Result<(), Incomplete> {
        for section in &self.sections {
            for block in &section.blocks {
                if let Some((what, missing)) = block.missing() {
                    return Err(Incomplete { section: section.id, what: what.to_owned(), missing });
                }
            }
        }
        Ok(())
    }
}

impl Block {
    /// What it is called, and the first thing that is not stated.
    fn missing(&self) -> Option<(&str, &'static str)> {
        let stated: Vec<(&str, [(&'static str, bool); 5])> = match self {
            Self::Paragraph(_) | Self::Bullets(_) => Vec::new(),
            Self::Figures(figures) => figures.iter().map(|figure| (figure.label.as_str(), figure.stated())).collect(),
            Self::Table(table) => vec![(&table.caption, table.stated())],
            Self::Map(map) => vec![(&map.caption, map.stated())],
        };
        let mut missing = stated.into_iter().filter_map(|(what, stated)| {
            stated.into_iter().find(|(_, is_stated)| !is_stated).map(|(missing, _)| (what, missing))
        });
        missing.next()
    }
}

impl Figure {
    fn stated(&self) -> [(&'static str, bool); 5] {
        [
            ("label", is_said(&self.label)),
            ("value", is_said(&self.value)),
            ("definition", self.definition.is_said()),
            ("interval", is_said(&self.interval)),
            ("denominator", is_said(&self.denominator)),
        ]
    }
}

impl Table {
    fn stated(&self) -> [(&'static str, bool); 5] {
        [
            ("caption", is_said(&self.caption)),
            ("definition", self.definition.is_said()),
            ("columns", !self.columns.is_empty()),
            ("rows", !self.rows.is_empty()),
            ("fields", self.rows.iter().all(|row| row.len() == self.columns.len())),
        ]
    }
}

impl Map {
    fn stated(&self) -> [(&'static str, bool); 5] {
        [
            ("caption", is_said(&self.caption)),
            ("picture", is_said(&self.svg)),
            ("text for those who cannot see it", is_said(&self.alternative)),
            ("legend", !self.legend.is_empty()),
            ("look of unsurveyed ground", self.legend.iter().any(|line| line.fill == Fill::Unknown)),
        ]
    }
}

impl Definition {
    fn is_said(&self) -> bool {
        is_said(&self.words) && is_said(&self.anchor)
    }
}

fn is_said(text: &str) -> bool {
    !text.trim().is_empty()
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde calls")]
fn code<S: serde::Serializer>(language: &Language, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(language.code())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde calls")]
fn look<S: serde::Serializer>(fill: &Fill, serializer: S) -> Result<S::Ok, S::Error> {
    match fill {
        Fill::Class(class) => serializer.serialize_str(&format!("class-{class}")),
        Fill::Zero => serializer.serialize_str("zero"),
        Fill::Few => serializer.serialize_str("few"),
        Fill::Unknown => serializer.serialize_str("unknown"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure() -> Figure {
        Figure {
            label: "Cameras found".to_owned(),
            value: "12".to_owned(),
            interval: "a count of what was found".to_owned(),
            denominator: "in Ward 2".to_owned(),
            definition: Definition { words: "fixed to something".to_owned(), anchor: "cameras".to_owned() },
        }
    }

    fn with(block: Block) -> Document {
        let text = String::new;
        Document {
            language: Language::English,
            title: text(),
            lead: text(),
            stamp: Stamp {
                census: text(),
                release: text(),
                as_of: text(),
                sha256: text(),
                licence: text(),
                citation: text(),
                software: text(),
            },
            sections: vec![Section { id: "count", title: text(), blocks: vec![block], begins_page: false }],
        }
    }

    #[test]
    fn a_figure_without_its_definition_interval_or_denominator_is_refused_by_name() {
        assert_eq!(with(Block::Figures(vec![figure()])).verify(), Ok(()));
        let definition = Definition { words: "fixed to something".to_owned(), anchor: String::new() };
        for (wrong, missing) in [
            (Figure { definition, ..figure() }, "definition"),
            (Figure { interval: " ".to_owned(), ..figure() }, "interval"),
            (Figure { denominator: String::new(), ..figure() }, "denominator"),
        ] {
            let problem = with(Block::Figures(vec![figure(), wrong])).verify().unwrap_err();
            assert_eq!(problem, Incomplete { section: "count", what: "Cameras found".to_owned(), missing });
            assert!(problem.to_string().contains(missing), "{problem}");
        }
    }

    #[test]
    fn a_map_without_a_look_for_unsurveyed_ground_is_refused() {
        let line = |fill| LegendLine { fill, label: "x".to_owned() };
        let map = |legend| {
            let text = || "x".to_owned();
            with(Block::Map(Map { svg: text(), alternative: text(), caption: text(), legend })).verify()
        };
        assert_eq!(map(vec![line(Fill::Class(1)), line(Fill::Unknown)]), Ok(()));
        assert_eq!(map(vec![line(Fill::Class(1))]).unwrap_err().missing, "look of unsurveyed ground");
    }

    #[test]
    fn a_row_with_a_field_too_few_is_refused() {
        let cell = || Cell { text: Text::default(), is_word: false };
        let table = |rows| {
            let column = |name: &str| Column { name: name.to_owned(), is_number: true };
            let (caption, definition) = ("By kind".to_owned(), figure().definition);
            with(Block::Table(Table { caption, definition, columns: vec![column("a"), column("b")], rows })).verify()
        };
        assert_eq!(table(vec![vec![cell(), cell()]]), Ok(()));
        assert_eq!(table(vec![vec![cell()]]).unwrap_err().missing, "fields");
    }
}
