//! What a release publishes: every table and every column, with type, unit and meaning.
//!
//! One description, `docs/published.toml`, from which come the data dictionary, the table schemas of the data package, and
//! the types of the columns in FlatGeobuf, GeoParquet and workbooks.

use std::sync::OnceLock;

use super::error::ReleaseError;

/// Type of the values of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColumnType {
    /// A whole number.
    Integer,
    /// A number with decimals.
    Number,
    /// A text.
    String,
    /// `yes` or `no` in CSV, true or false elsewhere.
    Boolean,
    /// An ISO week such as `2026-W47`.
    Week,
}

impl ColumnType {
    /// The word of the description for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Boolean => "boolean",
            Self::Week => "week",
        }
    }
}

/// A column of a published table.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedColumn {
    /// Its name, in every format.
    pub name: String,
    /// Type of its values.
    #[serde(rename = "type")]
    pub kind: ColumnType,
    /// Unit of its values; empty where they have none.
    #[serde(default)]
    pub unit: String,
    /// What an absent value means; `None` where none is ever absent.
    pub empty: Option<String>,
    /// Whether its integers may exceed 32 bits.
    #[serde(default)]
    pub large: bool,
    /// Finest H3 resolution of the tables that have it; `None` where all have it.
    pub finest: Option<u8>,
    /// What it says, in one sentence.
    pub meaning: String,
}

/// A kind of table that a release holds once or several times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedTable {
    /// Its name, such as `cells`.
    pub name: String,
    /// Name of its files without their ending; `{set}` and `{resolution}` stand for what differs.
    pub files: String,
    /// What it holds.
    pub purpose: String,
    /// The columns that no two lines share.
    pub key: Vec<String>,
    /// The columns, in order.
    pub columns: Vec<PublishedColumn>,
}

impl PublishedTable {
    /// The columns of a table of this kind; `resolution` is that of the cells it counts by, if it does.
    pub fn columns_at(&self, resolution: Option<u8>) -> impl Iterator<Item = &PublishedColumn> {
        self.columns
            .iter()
            .filter(move |column| resolution.zip(column.finest).is_none_or(|(resolution, finest)| resolution <= finest))
    }

    /// What stands for the placeholder in the name of a file of this kind; empty where there is none, `None` for the file
    /// of another kind.
    fn part<'n>(&self, stem: &'n str) -> Option<&'n str> {
        match self.files.split_once('{') {
            None => (self.files == stem).then_some(""),
            Some((before, _)) => stem.strip_prefix(before).filter(|part| !part.is_empty()),
        }
    }
}

/// Every table a release publishes, in the order of the description.
#[must_use]
pub fn published_tables() -> &'static [PublishedTable] {
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Section {
        files: String,
        purpose: String,
        key: Vec<String>,
        columns: Vec<PublishedColumn>,
    }
    static TABLES: OnceLock<Vec<PublishedTable>> = OnceLock::new();
    TABLES.get_or_init(|| {
        // The text is part of the program and a test reads it; a broken one cannot be shipped.
        let listed: toml::map::Map<String, toml::Value> =
            include_str!("../../docs/published.toml").parse::<toml::Table>().unwrap_or_default();
        let table = |(name, section): (String, toml::Value)| {
            let Section { files, purpose, key, columns } = section.try_into().ok()?;
            Some(PublishedTable { name, files, purpose, key, columns })
        };
        listed.into_iter().filter_map(table).collect()
    })
}

/// The columns with these names of the table of this name, in this order.
///
/// # Errors
/// When the description lacks one: what nobody described is not published.
pub(super) fn described<'n>(
    name: &'static str,
    columns: impl IntoIterator<Item = &'n str>,
) -> Result<(&'static PublishedTable, Vec<&'static PublishedColumn>), ReleaseError> {
    let missing = |what: &str| ReleaseError::Format {
        format: "table",
        problem: format!("docs/published.toml does not describe {what}"),
    };
    let table = published_tables().iter().find(|table| table.name == name).ok_or_else(|| missing(name))?;
    let column = |column: &str| {
        let found = table.columns.iter().find(|described| described.name == column);
        found.ok_or_else(|| missing(&format!("{name}.{column}")))
    };
    let columns = columns.into_iter().map(column).collect::<Result<_, _>>()?;
    Ok((table, columns))
}

/// What kind of table a file of a release holds, by its path, and its columns. `None` for what is no table.
#[must_use]
pub fn published_in(path: &str) -> Option<(&'static PublishedTable, Vec<&'static PublishedColumn>)> {
    let name = path.rsplit('/').next()?;
    let (stem, _) = name.rsplit_once('.')?;
    let (table, part) = published_tables().iter().find_map(|table| Some((table, table.part(stem)?)))?;
    let resolution = if table.files.ends_with("{resolution}") { Some(part.parse().ok()?) } else { None };
    Some((table, table.columns_at(resolution).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_of_the_description_is_a_table() {
        let listed = include_str!("../../docs/published.toml").parse::<toml::Table>().unwrap();
        assert_eq!(published_tables().len(), listed.len());
        for table in published_tables() {
            assert!(!table.purpose.is_empty() && !table.columns.is_empty(), "{}", table.name);
            for key in &table.key {
                assert!(table.columns.iter().any(|column| column.name == *key), "{}: {key}", table.name);
            }
            for (number, column) in table.columns.iter().enumerate() {
                assert!(column.meaning.ends_with('.') && column.empty.as_deref() != Some(""), "{}", column.name);
                assert!(table.columns[..number].iter().all(|other| other.name != column.name), "{} twice", column.name);
            }
        }
    }

    #[test]
    fn a_file_is_known_by_its_name_in_every_format_and_below_a_list() {
        let name = |path| published_in(path).map(|(table, columns)| (table.name.as_str(), columns.len()));
        let (_, coarse) = name("cells-r8.csv").unwrap();
        assert_eq!(name("sources/osm/cells-r9.parquet"), Some(("cells", coarse - 1)));
        assert_eq!(name("areas-wards.fgb").unwrap().0, "areas");
        assert_eq!(name("effort.csv").unwrap().0, "effort");
        assert_eq!(name("effort-units.geojsons").unwrap().0, "effort-units");
        for other in ["areas.json", "manifest.json", "density.pmtiles", "cells-rx.csv", "README.txt", "areas-.csv"] {
            assert_eq!(name(other), None, "{other}");
        }
    }
}
