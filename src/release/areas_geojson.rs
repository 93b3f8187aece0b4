//! The areas with their outlines and the columns of the table, in every format, and as members of an answer of the API.

use serde_json::{Map, Value as Json};

use super::area_row::{AreaRow, AreaTable};
use super::areas_csv::values;
use super::areas_xlsx;
use super::dataset::Dataset;
use super::directory::Directory;
use super::error::ReleaseError;
use super::format::Format;
use super::layer::{self, Layer};
use super::published::described;
use super::shape::Shape;
use super::value::Value;
use crate::model::AreaSet;

/// Writes `areas-{set}` in each of these formats.
pub(super) fn write_set(
    set: &AreaSet,
    table: &AreaTable,
    dataset: &Dataset,
    formats: &[Format],
    directory: &Directory,
) -> Result<(), ReleaseError> {
    let Dataset { prefix, summary, .. } = dataset;
    let edition = if set.edition.is_empty() { "not stated" } else { &set.edition };
    let Some(first) = table.rows.first() else { return Ok(()) };
    let (described, columns) = described("areas", values(first).into_iter().map(|(name, _)| name))?;
    let layer = Layer {
        stem: format!("{prefix}areas-{}", set.slug),
        table: described,
        columns,
        description: if set.edition.is_empty() {
            format!("Counts by {} (boundaries without a date)", set.name)
        } else {
            format!("Counts by {} (boundaries of {edition})", set.name)
        },
        members: vec![
            ("name", &set.name),
            ("edition", edition),
            ("release", &summary.release),
            ("as_of", &summary.as_of),
            ("licence", &summary.licence),
            ("attribution", &summary.attribution),
            ("boundaries_licence", &set.licence),
            ("boundaries_attribution", set.attribution.as_deref().unwrap_or_default()),
        ],
    };
    layer::write(&layer, formats, directory, |push| {
        for row in &table.rows {
            // What lies in no area has no outline, and is a feature all the same, so that the features add up.
            let outline = set.areas.iter().find(|area| area.slug == row.slug);
            let values: Vec<Value<'_>> = values(row).into_iter().map(|(_, value)| value).collect();
            push(outline.map(|area| Shape::of_area(&area.outline)).as_ref(), &values)?;
        }
        Ok(())
    })?;
    if formats.contains(&Format::Xlsx) { areas_xlsx::write(&layer, table, summary, directory) } else { Ok(()) }
}

/// The columns of the line of an area as JSON, as they stand in `areas-{set}.geojson`: numbers as numbers, null where
/// nothing is known.
#[must_use]
pub fn area_members(row: &AreaRow) -> Map<String, Json> {
    values(row).iter().map(|(name, value)| ((*name).to_owned(), value.to_json())).collect()
}
