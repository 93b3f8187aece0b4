//! Tables without shapes: how they are written, and the small ones, `sources.csv` and `makers.csv`.

use std::borrow::Cow;

use super::csv_table::CsvTable;
use super::directory::{About, Directory};
use super::error::ReleaseError;
#[cfg(feature = "parquet")]
use super::features_parquet::{PARQUET, Parquet};
use super::format::{CSV, Format};
use super::published::{PublishedColumn, described};
use super::value::Value;
use crate::model::{Source, makers};

/// A table without shapes, as plain texts in the order of its columns; an empty text is an absent value.
pub(super) struct Plain<const N: usize> {
    pub(super) table: &'static str,
    pub(super) columns: [&'static str; N],
    pub(super) rows: Vec<[String; N]>,
}

impl<const N: usize> Plain<N> {
    /// Writes it as CSV, and as Parquet where `formats` has that, under a path without ending.
    pub(super) fn write(
        &self,
        directory: &Directory,
        (stem, description): (&str, &str),
        formats: &[Format],
    ) -> Result<(), ReleaseError> {
        let (_, columns) = described(self.table, self.columns)?;
        let about = About { path: &format!("{stem}.csv"), media_type: CSV, description };
        directory.write(about, |out| {
            let mut csv = CsvTable::begin(out, &columns)?;
            self.each(&columns, |values| csv.row(values))?;
            csv.end().map(|_| ())
        })?;
        #[cfg(feature = "parquet")]
        if formats.contains(&Format::Parquet) {
            let path = format!("{stem}.parquet");
            let mut parquet = Parquet::begin(directory.begin(&path)?, &columns, false, &[])?;
            self.each(&columns, |values| parquet.row(None, values))?;
            let description = format!("{description}, as Parquet");
            directory.end(parquet.end()?, About { path: &path, media_type: PARQUET, description: &description })?;
        }
        #[cfg(not(feature = "parquet"))]
        let _ = formats;
        Ok(())
    }

    fn each<'t>(
        &'t self,
        columns: &[&PublishedColumn],
        mut row: impl FnMut(&[Value<'t>]) -> Result<(), ReleaseError>,
    ) -> Result<(), ReleaseError> {
        for texts in &self.rows {
            let value = |(text, column): (&'t String, &&PublishedColumn)| {
                Value::parse(text, column.kind).ok_or_else(|| ReleaseError::Format {
                    format: "table",
                    problem: format!("{}.{} holds what is no {}", self.table, column.name, column.kind.word()),
                })
            };
            row(&texts.iter().zip(columns).map(value).collect::<Result<Vec<_>, _>>()?)?;
        }
        Ok(())
    }
}

/// The sources with their licences.
pub(super) fn sources(sources: &[Source]) -> Plain<5> {
    let rows = sources.iter().map(|source| {
        let kind = if source.is_list { "list" } else { "field" };
        let attribution = source.attribution.as_deref().unwrap_or_default();
        [&source.slug, &source.name, kind, &source.licence, attribution].map(str::to_owned)
    });
    Plain { table: "sources", columns: ["source", "name", "kind", "licence", "attribution"], rows: rows.collect() }
}

/// The makers the program knows.
pub(super) fn known_makers() -> Plain<6> {
    let rows = makers().iter().map(|maker| {
        let aliases = maker.aliases.join(";");
        [maker.name, &aliases, maker.role, maker.restriction, maker.restriction_basis, maker.note].map(str::to_owned)
    });
    let columns = ["maker", "aliases", "role", "restriction", "restriction_basis", "note"];
    Plain { table: "makers", columns, rows: rows.collect() }
}

/// A maker as a release names it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub struct MakerLine {
    /// Name used everywhere.
    pub maker: String,
    /// Restrictions on buying from it, as claimed; empty when none is known.
    pub restriction: String,
    /// What the restriction rests on.
    pub restriction_basis: String,
}

/// Reads the makers back. Only a name could have been guarded as a formula, and none looks like one.
pub(super) fn read_makers(bytes: &[u8]) -> Result<Vec<MakerLine>, String> {
    csv::Reader::from_reader(bytes).deserialize().collect::<Result<_, _>>().map_err(|e: csv::Error| e.to_string())
}

/// Keeps a spreadsheet from running a text as a formula. A text that begins with `=`, `+`, `-`, `@`, a tab or a carriage
/// return gets an apostrophe in front, and so does one that begins as if it had got one, so that [`unguarded`] can tell
/// which to take away. Numbers are no texts, and a minus stays.
pub(super) fn formula_safe(text: &str) -> Cow<'_, str> {
    if is_formula(text.trim_start_matches('\'')) { format!("'{text}").into() } else { text.into() }
}

/// The text as it was before [`formula_safe`].
pub(super) fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| is_formula(rest.trim_start_matches('\''))).unwrap_or(text)
}

fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_that_looks_like_a_formula_is_defused() {
        let source = Source {
            slug: "x".to_owned(),
            name: "=cmd()".to_owned(),
            licence: "CC0-1.0".to_owned(),
            attribution: Some("A, B".to_owned()),
            is_list: true,
            rows: crate::model::RowsMode::Register,
        };
        let folder = tempfile::tempdir().unwrap();
        let directory = Directory::new(folder.path()).unwrap();
        sources(&[source]).write(&directory, ("sources", ""), &[]).unwrap();
        assert_eq!(
            std::fs::read_to_string(folder.path().join("sources.csv")).unwrap(),
            "source,name,kind,licence,attribution\nx,'=cmd(),list,CC0-1.0,\"A, B\"\n"
        );
    }

    proptest! {
        #[test]
        fn any_text_comes_back_and_none_is_a_formula(text in "['=+@\t\r a-]{0,8}|.{0,8}") {
            let guarded = formula_safe(&text);
            prop_assert!(!is_formula(&guarded), "{guarded}");
            prop_assert_eq!(unguarded(&guarded), text.as_str());
        }
    }
}
