//! Every format of a release, read back by a reader that is not the program's own.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader as _};
use camera_census::release::{ColumnType, published_in};
use flatgeobuf::geozero::{ColumnValue, PropertyProcessor};
use flatgeobuf::{FallibleStreamingIterator as _, FeatureProperties as _, FgbReader, Geometry};
use serde_json::Value;

/// A corner, in the order of the file.
pub(crate) type Corner = [f64; 2];

/// A row: its values by column, null where there is none, and its corners where it has a shape.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    pub(crate) values: BTreeMap<String, Value>,
    pub(crate) corners: Option<Vec<Corner>>,
}

/// Reads a file of this name by its ending.
pub(crate) fn read(name: &str, bytes: Vec<u8>) -> Vec<Row> {
    match Path::new(name).extension().and_then(|ending| ending.to_str()) {
        Some("csv") => csv(name, &bytes),
        Some("geojson") => {
            let collection: Value = serde_json::from_slice(&bytes).unwrap();
            collection["features"].as_array().unwrap().iter().map(feature).collect()
        }
        Some("geojsons") => sequence(&bytes),
        Some("fgb") => flatgeobuf(bytes),
        #[cfg(feature = "parquet")]
        Some("parquet") => parquet(bytes),
        Some("xlsx") => workbook(name, bytes),
        other => panic!("no reader of {other:?}"),
    }
}

/// The types of the columns of a file, from the description of what is published.
fn types(name: &str) -> BTreeMap<String, ColumnType> {
    let (_, columns) = published_in(name).unwrap();
    columns.into_iter().map(|column| (column.name.clone(), column.kind)).collect()
}

fn csv(name: &str, bytes: &[u8]) -> Vec<Row> {
    let types = types(name);
    let mut reader = csv::Reader::from_reader(bytes);
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let value = |name: &str, text: &str| match types[name] {
        _ if text.is_empty() => Value::Null,
        ColumnType::Integer => text.parse::<i64>().unwrap().into(),
        ColumnType::Number => text.parse::<f64>().unwrap().into(),
        ColumnType::Boolean => (text == "yes").into(),
        ColumnType::String | ColumnType::Week => {
            // The rule of the README: one apostrophe before what a spreadsheet would run.
            let rest =
                text.strip_prefix('\'').filter(|rest| rest.trim_start_matches('\'').starts_with(['=', '+', '-', '@']));
            rest.unwrap_or(text).into()
        }
    };
    reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            let values = header.iter().zip(&record).map(|(name, text)| (name.clone(), value(name, text)));
            Row { values: values.collect(), corners: None }
        })
        .collect()
}

fn feature(feature: &Value) -> Row {
    assert_eq!(feature["type"], "Feature");
    let values = feature["properties"].as_object().unwrap().clone().into_iter().collect();
    let corners = feature["geometry"].as_object().map(|geometry| {
        let mut corners = Vec::new();
        flatten(&geometry["coordinates"], &mut corners);
        corners
    });
    Row { values, corners }
}

fn flatten(coordinates: &Value, into: &mut Vec<Corner>) {
    let all = coordinates.as_array().unwrap();
    match all.first() {
        Some(Value::Number(_)) => into.push([all[0].as_f64().unwrap(), all[1].as_f64().unwrap()]),
        _ => all.iter().for_each(|part| flatten(part, into)),
    }
}

fn sequence(bytes: &[u8]) -> Vec<Row> {
    let texts = bytes.split(|byte| *byte == 0x1e);
    let mut rows = Vec::new();
    for (number, text) in texts.enumerate() {
        if number == 0 {
            assert!(text.is_empty(), "every text begins with a record separator");
        } else {
            let line_break = text.iter().position(|byte| *byte == b'\n');
            assert_eq!(line_break, Some(text.len() - 1), "and ends with the only line break");
            rows.push(feature(&serde_json::from_slice(text).unwrap()));
        }
    }
    rows
}

#[derive(Default)]
struct Properties(BTreeMap<String, Value>);

impl PropertyProcessor for Properties {
    fn property(&mut self, _: usize, name: &str, value: &ColumnValue<'_>) -> flatgeobuf::geozero::error::Result<bool> {
        let value = match value {
            ColumnValue::Int(number) => (*number).into(),
            ColumnValue::Long(number) => (*number).into(),
            ColumnValue::Double(number) => (*number).into(),
            ColumnValue::Bool(is) => (*is).into(),
            ColumnValue::String(text) => (*text).into(),
            other => panic!("{other:?}"),
        };
        self.0.insert(name.to_owned(), value);
        Ok(false)
    }
}

fn flatgeobuf(bytes: Vec<u8>) -> Vec<Row> {
    let reader = FgbReader::open(Cursor::new(bytes)).unwrap();
    let count = reader.header().features_count();
    let names: Vec<String> = reader.header().columns().unwrap().iter().map(|column| column.name().to_owned()).collect();
    let mut features = reader.select_all().unwrap();
    let mut rows = Vec::new();
    while let Some(feature) = features.next().unwrap() {
        let mut properties = Properties::default();
        feature.process_properties(&mut properties).unwrap();
        for name in &names {
            properties.0.entry(name.clone()).or_insert(Value::Null);
        }
        rows.push(Row { values: properties.0, corners: feature.geometry().map(corners_of) });
    }
    assert_eq!(rows.len() as u64, count);
    rows
}

fn corners_of(geometry: Geometry<'_>) -> Vec<Corner> {
    let own = geometry.xy().into_iter().flat_map(|xy| xy.iter().collect::<Vec<_>>()).collect::<Vec<f64>>();
    let parts = geometry.parts().into_iter().flat_map(|parts| parts.iter().flat_map(corners_of).collect::<Vec<_>>());
    own.chunks(2).map(|pair| [pair[0], pair[1]]).chain(parts).collect()
}

#[cfg(feature = "parquet")]
fn parquet(bytes: Vec<u8>) -> Vec<Row> {
    use parquet::file::reader::{FileReader as _, SerializedFileReader};
    use parquet::record::Field;

    let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
    let known = reader.metadata().file_metadata().key_value_metadata().cloned().unwrap_or_default();
    let has_shapes = known.iter().any(|pair| pair.key == "geo");
    let rows = reader.get_row_iter(None).unwrap().map(Result::unwrap).map(|row| {
        let (mut values, mut corners, mut sides) = (BTreeMap::new(), None, None);
        for (name, field) in row.get_column_iter() {
            let value = match field {
                Field::Null => Value::Null,
                Field::Int(number) => (*number).into(),
                Field::Long(number) => (*number).into(),
                Field::Double(number) => (*number).into(),
                Field::Bool(is) => (*is).into(),
                Field::Str(text) => text.as_str().into(),
                Field::Bytes(wkb) => {
                    let (mut all, mut at) = (Vec::new(), 0);
                    well_known(wkb.data(), &mut at, &mut all);
                    assert_eq!(at, wkb.data().len());
                    corners = Some(all);
                    continue;
                }
                Field::Group(bbox) => {
                    use parquet::record::RowAccessor as _;
                    sides = Some([0, 1, 2, 3].map(|at| bbox.get_double(at).unwrap()));
                    continue;
                }
                other => panic!("{other:?}"),
            };
            values.insert(name.clone(), value);
        }
        if has_shapes {
            values.remove("geometry");
            values.remove("bbox");
            let around = corners.as_ref().map(|corners: &Vec<Corner>| {
                let start = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
                corners.iter().fold(start, |b, [x, y]| [b[0].min(*x), b[1].min(*y), b[2].max(*x), b[3].max(*y)])
            });
            assert_eq!(sides, around, "the covering box is that of the shape");
        }
        Row { values, corners }
    });
    rows.collect()
}

/// The corners of well-known binary.
#[cfg(feature = "parquet")]
fn well_known(bytes: &[u8], at: &mut usize, into: &mut Vec<Corner>) {
    let u32_at = |at: &mut usize| {
        *at += 4;
        u32::from_le_bytes(bytes[*at - 4..*at].try_into().unwrap())
    };
    let points = |at: &mut usize, into: &mut Vec<Corner>| {
        for _ in 0..u32_at(at) {
            let side = |n: usize| f64::from_le_bytes(bytes[*at + n..*at + n + 8].try_into().unwrap());
            into.push([side(0), side(8)]);
            *at += 16;
        }
    };
    assert_eq!(bytes[*at], 1, "little-endian");
    *at += 1;
    match u32_at(at) {
        2 => points(at, into),
        3 => (0..u32_at(at)).for_each(|_| points(at, into)),
        6 => (0..u32_at(at)).for_each(|_| well_known(bytes, at, into)),
        other => panic!("type {other}"),
    }
}

fn workbook(name: &str, bytes: Vec<u8>) -> Vec<Row> {
    let types = types(name);
    let mut workbook: calamine::Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    assert_eq!(workbook.sheet_names(), ["About", "Areas"]);
    assert!(workbook.worksheet_formula("Areas").unwrap().cells().all(|(_, _, formula)| formula.is_empty()));
    let range = workbook.worksheet_range("Areas").unwrap();
    let mut rows = range.rows();
    let header: Vec<String> = rows.next().unwrap().iter().map(ToString::to_string).collect();
    let value = |name: &str, cell: &Data| match (cell, types[name]) {
        (Data::Empty, _) => Value::Null,
        #[expect(clippy::cast_possible_truncation, reason = "a count that was written as one")]
        (Data::Float(number), ColumnType::Integer) => (*number as i64).into(),
        (Data::Float(number), ColumnType::Number) => (*number).into(),
        (Data::Bool(is), ColumnType::Boolean) => (*is).into(),
        (Data::String(text), ColumnType::String) => text.as_str().into(),
        (cell, kind) => panic!("{name} is {cell:?} and not {kind:?}"),
    };
    rows.map(|cells| {
        let values = header.iter().zip(cells).map(|(name, cell)| (name.clone(), value(name, cell)));
        Row { values: values.collect(), corners: None }
    })
    .collect()
}
