//! `areas-{set}.xlsx`: the table of areas as a workbook, for people who work in a spreadsheet.
//!
//! The first sheet says what the numbers are and what every column means, the second holds them. What is unknown or
//! withheld is an empty cell. Texts are stored as texts, so that none is run as a formula. The file tells the Monday of the
//! week it speaks of as its date, and equal numbers give equal bytes.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format as Style, Workbook, Worksheet, XlsxError};

use super::area_row::AreaTable;
use super::areas_csv::values;
use super::citation::Citation;
use super::directory::{About, Directory};
use super::error::ReleaseError;
use super::format::Format;
use super::layer::Layer;
use super::summary::Summary;
use super::value::Value;

/// Media type of workbooks.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Writes the workbook of an area set.
pub(super) fn write(
    layer: &Layer<'_>,
    table: &AreaTable,
    summary: &Summary,
    directory: &Directory,
) -> Result<(), ReleaseError> {
    let failed = |problem: String| ReleaseError::Format { format: "XLSX", problem };
    let path = format!("{}.{}", layer.stem, Format::Xlsx.ending());
    let description = format!("{}, as a workbook", layer.description);
    let bytes = workbook(layer, table, summary).map_err(|e| failed(e.to_string()))?;
    directory.write(About { path: &path, media_type: XLSX, description: &description }, |out| {
        out.write_all(&bytes).map_err(|e| failed(e.to_string()))
    })
}

fn workbook(layer: &Layer<'_>, table: &AreaTable, summary: &Summary) -> Result<Vec<u8>, XlsxError> {
    let citation = Citation::of(summary);
    let mut workbook = Workbook::new();
    let title = format!("{}: {}", summary.title, layer.description);
    let properties = DocProperties::new().set_title(&title).set_comment(citation.sentence());
    // Without a date the library would take that of the clock.
    let monday = ExcelDateTime::parse_from_str(&citation.monday().to_string())?;
    let properties = properties.set_creation_datetime(&monday);
    workbook.set_properties(&properties);
    about(workbook.add_worksheet().set_name("About")?, layer, &citation)?;
    areas(workbook.add_worksheet().set_name("Areas")?, table)?;
    workbook.save_to_buffer()
}

fn about(sheet: &mut Worksheet, layer: &Layer<'_>, citation: &Citation) -> Result<(), XlsxError> {
    let bold = Style::new().set_bold();
    let member = |name: &str| layer.members.iter().find(|(key, _)| *key == name).map_or("", |(_, text)| *text);
    let sentence = citation.sentence();
    let lines = [
        ("Title", citation.title.as_str()),
        ("What this is", layer.description.as_str()),
        ("Release", citation.release.as_str()),
        ("Week", citation.as_of.as_str()),
        ("Licence of the counts", citation.licence.as_str()),
        ("Whom to name", citation.attribution.as_str()),
        ("Licence of the boundaries", member("boundaries_licence")),
        ("Whom to name for the boundaries", member("boundaries_attribution")),
        ("How to cite", sentence.as_str()),
        ("Empty cells", "An empty cell is not a zero: the column says what it means."),
        (
            "What counts",
            "Cameras are cameras of the public space, at least so many; home cameras stand in a column of their own.",
        ),
    ];
    let mut row = 0;
    for (name, text) in lines.into_iter().filter(|(_, text)| !text.is_empty()) {
        sheet.write_string_with_format(row, 0, name, &bold)?.write_string(row, 1, text)?;
        row += 1;
    }
    row += 1;
    for (column, name) in (0..).zip(["Column", "What it says", "Unit", "When it is empty"]) {
        sheet.write_string_with_format(row, column, name, &bold)?;
    }
    for column in &layer.columns {
        row += 1;
        let texts = [&column.name, &column.meaning, &column.unit, column.empty.as_deref().unwrap_or_default()];
        for (number, text) in (0..).zip(texts).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row, number, text)?;
        }
    }
    sheet.set_column_width(0, 32)?.set_column_width(1, 90)?.set_column_width(2, 30)?.set_column_width(3, 60)?;
    Ok(())
}

fn areas(sheet: &mut Worksheet, table: &AreaTable) -> Result<(), XlsxError> {
    let bold = Style::new().set_bold();
    for (number, row) in (0..).zip(&table.rows) {
        for (column, (name, value)) in (0..).zip(values(row)) {
            if number == 0 {
                sheet.write_string_with_format(0, column, name, &bold)?;
            }
            match value {
                #[expect(clippy::cast_precision_loss, reason = "cameras and residents, far below 2^53")]
                Value::Integer(Some(count)) => sheet.write_number(number + 1, column, count as f64)?,
                Value::Number(Some(measure)) => sheet.write_number(number + 1, column, measure.get())?,
                Value::Boolean(Some(is)) => sheet.write_boolean(number + 1, column, is)?,
                Value::Text(text) if !text.is_empty() => sheet.write_string(number + 1, column, text)?,
                _ => continue,
            };
        }
    }
    sheet.set_freeze_panes(1, 2)?.set_column_width(0, 20)?.set_column_width(1, 30)?;
    Ok(())
}
