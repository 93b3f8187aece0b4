//! A table with shapes in every format at once: each row is made once, and each file is written as the rows go by.

use std::io::Write as _;

use super::csv_table::CsvTable;
use super::directory::{About, Directory, OpenFile};
use super::error::ReleaseError;
use super::features_fgb::{self, FLATGEOBUF, FlatGeobuf};
use super::features_geojson::{Collection, FeatureText, GEOJSON, GEOJSON_SEQ, sequence_text};
#[cfg(feature = "parquet")]
use super::features_parquet::{PARQUET, Parquet};
use super::format::{CSV, Format};
use super::published::{PublishedColumn, PublishedTable};
use super::shape::Shape;
use super::value::Value;

/// A table with shapes that is published in several formats.
pub(super) struct Layer<'a> {
    /// Path of its files without their ending.
    pub(super) stem: String,
    pub(super) table: &'static PublishedTable,
    pub(super) columns: Vec<&'static PublishedColumn>,
    /// What it holds, for people.
    pub(super) description: String,
    /// Whose numbers these are and under which licence.
    pub(super) members: Vec<(&'static str, &'a str)>,
}

/// Takes the rows of a layer: the first value is the id of the feature.
pub(super) type Rows<'r> = dyn FnMut(Option<&Shape>, &[Value<'_>]) -> Result<(), ReleaseError> + 'r;

fn json_failed(e: impl std::fmt::Display) -> ReleaseError {
    ReleaseError::Format { format: "GeoJSON", problem: e.to_string() }
}

/// Writes a layer in each of these formats; `fill` hands over its rows, in the order of the files.
pub(super) fn write(
    layer: &Layer<'_>,
    formats: &[Format],
    directory: &Directory,
    fill: impl FnOnce(&mut Rows<'_>) -> Result<(), ReleaseError>,
) -> Result<(), ReleaseError> {
    let Layer { stem, columns, members, .. } = layer;
    let has = |format: Format| formats.contains(&format);
    let path = |ending: &str| format!("{stem}.{ending}");
    let begin = |format: Format| has(format).then(|| directory.begin(&path(format.ending()))).transpose();

    let mut csv = CsvTable::begin(directory.begin(&path(Format::Csv.ending()))?, columns)?;
    let mut text = FeatureText::new(columns);
    let collection = begin(Format::GeoJson)?.map(|out| Collection::begin(out, members)).transpose();
    let mut collection = collection.map_err(json_failed)?;
    let mut sequence = begin(Format::GeoJsonSeq)?;
    let aside = has(Format::FlatGeobuf).then(|| directory.aside()).transpose()?;
    let mut flatgeobuf = aside.map(|aside| FlatGeobuf::new(columns, aside));
    #[cfg(feature = "parquet")]
    let mut parquet = begin(Format::Parquet)?.map(|out| Parquet::begin(out, columns, true, members)).transpose()?;

    fill(&mut |shape, values| {
        csv.row(values)?;
        if collection.is_some() || sequence.is_some() {
            let feature = text.of(shape, values).map_err(json_failed)?;
            if let Some(collection) = &mut collection {
                collection.feature(feature).map_err(json_failed)?;
            }
            if let Some(sequence) = &mut sequence {
                sequence_text(sequence, feature).map_err(json_failed)?;
            }
        }
        if let Some(flatgeobuf) = &mut flatgeobuf {
            flatgeobuf.feature(shape, values)?;
        }
        #[cfg(feature = "parquet")]
        if let Some(parquet) = &mut parquet {
            parquet.row(shape, values)?;
        }
        Ok(())
    })?;

    let end = |out: OpenFile, format: Format, media_type: &'static str, how: &str| {
        let description = format!("{}{how}", layer.description);
        directory.end(out, About { path: &path(format.ending()), media_type, description: &description })
    };
    end(csv.end()?, Format::Csv, CSV, ", as a table")?;
    if let Some(collection) = collection {
        end(collection.end().map_err(json_failed)?, Format::GeoJson, GEOJSON, ", with shapes")?;
    }
    if let Some(mut sequence) = sequence {
        sequence.flush().map_err(json_failed)?;
        end(sequence, Format::GeoJsonSeq, GEOJSON_SEQ, ", with shapes, one feature after the other (RFC 8142)")?;
    }
    #[cfg(feature = "parquet")]
    if let Some(parquet) = parquet {
        end(parquet.end()?, Format::Parquet, PARQUET, ", with shapes (GeoParquet 1.1)")?;
    }
    if let Some(flatgeobuf) = flatgeobuf {
        let mut out = directory.begin(&path(Format::FlatGeobuf.ending()))?;
        let name = stem.rsplit('/').next().unwrap_or_default();
        let about =
            features_fgb::About { name, description: &layer.description, members, columns, key: &layer.table.key };
        flatgeobuf.end(&about, &mut out)?;
        end(out, Format::FlatGeobuf, FLATGEOBUF, ", with shapes and an index (FlatGeobuf)")?;
    }
    Ok(())
}
