//! Counts per cell with the outline of each cell, in every format of a release and as an answer of the API.

use std::io::{self, Write};

use super::cells_csv;
use super::dataset::Dataset;
use super::directory::Directory;
use super::error::ReleaseError;
use super::features_geojson::{Collection, FeatureText};
use super::format::Format;
use super::layer::{self, Layer};
use super::published::described;
use super::shape::Shape;
use crate::density::{CellRow, CellTable};

/// Writes `cells-r3` to `cells-r10` in each of these formats.
pub(super) fn write_cells(
    table: &CellTable,
    dataset: &Dataset,
    formats: &[Format],
    directory: &Directory,
) -> Result<(), ReleaseError> {
    let Dataset { prefix, summary, .. } = dataset;
    let resolution = u8::from(table.resolution);
    let (described, columns) = described("cells", cells_csv::columns(table.resolution))?;
    let layer = Layer {
        stem: format!("{prefix}cells-r{resolution}"),
        table: described,
        columns,
        description: format!("Counts per H3 cell of resolution {resolution}"),
        members: vec![
            ("name", &summary.title),
            ("release", &summary.release),
            ("as_of", &summary.as_of),
            ("licence", &summary.licence),
            ("attribution", &summary.attribution),
        ],
    };
    layer::write(&layer, formats, directory, |push| {
        let mut values = Vec::new();
        for row in &table.rows {
            cells_csv::values(row, &mut values);
            push(Some(&Shape::of_cell(row.cell)), &values)?;
        }
        Ok(())
    })
}

/// Writes rows of one resolution as one GeoJSON `FeatureCollection`, one feature a line. `about` becomes foreign members of
/// the collection: whose numbers these are and under which licence.
///
/// # Errors
/// When the writer fails.
pub fn write_features<'a>(
    rows: impl Iterator<Item = &'a CellRow>,
    about: &[(&str, &str)],
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut collection = Collection::begin(out, about)?;
    let mut rows = rows.peekable();
    let names = rows.peek().map(|row| cells_csv::columns(row.cell.resolution())).unwrap_or_default();
    let (_, columns) = described("cells", names).map_err(io::Error::other)?;
    let (mut text, mut values) = (FeatureText::new(&columns), Vec::new());
    for row in rows {
        cells_csv::values(row, &mut values);
        collection.feature(text.of(Some(&Shape::of_cell(row.cell)), &values)?)?;
    }
    collection.end().map(|_| ())
}

#[cfg(test)]
mod tests {
    use geojson::{GeoJson, GeometryValue};
    use h3o::{LatLng, Resolution};

    use super::*;

    fn collection(lat: f64, lng: f64) -> geojson::FeatureCollection {
        let row = CellRow::empty(LatLng::new(lat, lng).unwrap().to_cell(Resolution::Five));
        let mut bytes = Vec::new();
        write_features([row].iter(), &[("release", "2026-W47-00000000")], &mut bytes).unwrap();
        match String::from_utf8(bytes).unwrap().parse::<GeoJson>().unwrap() {
            GeoJson::FeatureCollection(collection) => collection,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_cell_is_a_closed_counterclockwise_polygon() {
        let collection = collection(52.5, 13.4);
        assert_eq!(collection.foreign_members.unwrap()["release"], "2026-W47-00000000");
        let GeometryValue::Polygon { coordinates } = &collection.features[0].geometry.as_ref().unwrap().value else {
            panic!()
        };
        let ring = &coordinates[0];
        assert_eq!(ring.first(), ring.last());
        let area: f64 = ring.windows(2).map(|p| p[0][0] * p[1][1] - p[1][0] * p[0][1]).sum();
        assert!(area > 0.0);
    }

    #[test]
    fn a_cell_on_the_antimeridian_is_cut_in_two_within_range() {
        let collection = collection(-16.5, 180.0);
        let GeometryValue::MultiPolygon { coordinates } = &collection.features[0].geometry.as_ref().unwrap().value
        else {
            panic!()
        };
        assert_eq!(coordinates.len(), 2);
        let sides: Vec<bool> = coordinates
            .iter()
            .map(|polygon| {
                assert!(polygon[0].iter().all(|c| c[0].abs() <= 180.0) && polygon[0].first() == polygon[0].last());
                polygon[0].iter().any(|c| c[0] > 0.0)
            })
            .collect();
        assert!(sides[0] != sides[1], "{coordinates:?}");
    }
}
