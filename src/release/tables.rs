//! The small tables of a release: `sources.csv` and `makers.csv`.

use std::io::Write;

use super::error::ReleaseError;
use crate::model::{Source, makers};

/// Writes the sources with their licences.
pub(super) fn write_sources(sources: &[Source], out: &mut dyn Write) -> Result<(), ReleaseError> {
    let rows = sources.iter().map(|source| {
        let kind = if source.is_list { "list" } else { "field" };
        let attribution = source.attribution.as_deref().unwrap_or_default();
        [&source.slug, &source.name, kind, &source.licence, attribution].map(formula_safe)
    });
    write(&["source", "name", "kind", "licence", "attribution"], rows, out)
}

/// Writes the makers the program knows.
pub(super) fn write_makers(out: &mut dyn Write) -> Result<(), ReleaseError> {
    let rows = makers().iter().map(|maker| {
        let aliases = maker.aliases.join(";");
        [maker.name, &aliases, maker.role, maker.restriction, maker.restriction_basis, maker.note].map(formula_safe)
    });
    write(&["maker", "aliases", "role", "restriction", "restriction_basis", "note"], rows, out)
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

/// Writes a header and rows of as many cells.
pub(super) fn write<const N: usize>(
    header: &[&str; N],
    rows: impl Iterator<Item = [String; N]>,
    out: &mut dyn Write,
) -> Result<(), ReleaseError> {
    let failed = |e: csv::Error| ReleaseError::Format { format: "CSV", problem: e.to_string() };
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(header).map_err(failed)?;
    for row in rows {
        writer.write_record(row).map_err(failed)?;
    }
    writer.flush().map_err(|e| ReleaseError::Format { format: "CSV", problem: e.to_string() })
}

/// Keeps a spreadsheet from running a text as a formula: such a text gets an apostrophe in front, and so does one that
/// begins as if it had got one, so that a reader can tell which to take away.
pub(super) fn formula_safe(text: &str) -> String {
    let formula = text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
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
        let mut out = Vec::new();
        write_sources(&[source], &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "source,name,kind,licence,attribution\nx,'=cmd(),list,CC0-1.0,\"A, B\"\n"
        );
    }
}
