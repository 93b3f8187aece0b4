//! GeoParquet 1.1: WKB with a covering box per row, in ZSTD. Tables without shapes are plain Parquet.

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{ColumnPath, Type};

use super::error::ReleaseError;
use super::published::{ColumnType, PublishedColumn};
use super::shape::{Ring, Shape};
use super::value::Value;

/// Media type of the files.
pub(super) const PARQUET: &str = "application/vnd.apache.parquet";

/// Rows of a group: a reader skips whole groups by their boxes, and so many rows are in memory at a time.
const GROUP: usize = 20_000;

/// Name of the column of shapes.
const GEOMETRY: &str = "geometry";

/// Name of the column of covering boxes, and of the four numbers in it.
const BBOX: &str = "bbox";
const SIDES: [&str; 4] = ["xmin", "ymin", "xmax", "ymax"];

/// A file that is being written.
pub(super) struct Parquet<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    columns: Vec<Buffer>,
    shapes: Option<Shapes>,
    rows: usize,
}

/// What is gathered of the column of shapes.
#[derive(Default)]
struct Shapes {
    wkb: Vec<ByteArray>,
    sides: [Vec<f64>; 4],
    known: Vec<i16>,
    types: BTreeSet<&'static str>,
    extent: Option<[f64; 4]>,
}

/// The values of a column that are there, and for each row whether one is.
struct Buffer {
    values: Values,
    known: Option<Vec<i16>>,
}

enum Values {
    Integers(Vec<i32>),
    Large(Vec<i64>),
    Numbers(Vec<f64>),
    Booleans(Vec<bool>),
    Texts(Vec<ByteArray>),
}

fn failed(problem: impl std::fmt::Display) -> ReleaseError {
    ReleaseError::Format { format: "Parquet", problem: problem.to_string() }
}

impl<W: Write + Send> Parquet<W> {
    /// Begins a file with these columns, and with shapes if it is to have them. `members` go into the metadata of the file.
    pub(super) fn begin(
        out: W,
        columns: &[&PublishedColumn],
        has_shapes: bool,
        members: &[(&str, &str)],
    ) -> Result<Self, ReleaseError> {
        let schema = schema(columns, has_shapes).map_err(failed)?;
        // Every value of these differs from the others, so that a dictionary is of no use.
        let distinct = columns.first().map(|column| ColumnPath::from(column.name.as_str()));
        let sides = SIDES.map(|side| ColumnPath::new(vec![BBOX.to_owned(), side.to_owned()]));
        let mut properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_key_value_metadata(Some(
                members.iter().map(|(name, text)| KeyValue::new((*name).to_owned(), (*text).to_owned())).collect(),
            ));
        for path in distinct.into_iter().chain([ColumnPath::from(GEOMETRY)]).chain(sides) {
            properties = properties.set_column_dictionary_enabled(path, false);
        }
        let writer = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties.build())).map_err(failed)?;
        let columns = columns.iter().map(|column| Buffer::of(column)).collect();
        Ok(Self { writer, columns, shapes: has_shapes.then(Shapes::default), rows: 0 })
    }

    /// Adds a row.
    pub(super) fn row(&mut self, shape: Option<&Shape>, values: &[Value<'_>]) -> Result<(), ReleaseError> {
        for (column, value) in self.columns.iter_mut().zip(values) {
            column.push(value).ok_or_else(|| failed("a value does not fit its column"))?;
        }
        if let Some(shapes) = &mut self.shapes {
            shapes.push(shape);
        }
        self.rows += 1;
        if self.rows == GROUP { self.group() } else { Ok(()) }
    }

    fn group(&mut self) -> Result<(), ReleaseError> {
        let mut group = self.writer.next_row_group().map_err(failed)?;
        for column in &mut self.columns {
            column.write(&mut group).map_err(failed)?;
        }
        if let Some(shapes) = &mut self.shapes {
            shapes.write(&mut group).map_err(failed)?;
        }
        group.close().map_err(failed)?;
        self.rows = 0;
        Ok(())
    }

    /// Writes what is left and the end of the file.
    pub(super) fn end(mut self) -> Result<W, ReleaseError> {
        if self.rows > 0 {
            self.group()?;
        }
        if let Some(shapes) = &self.shapes {
            self.writer.append_key_value_metadata(KeyValue::new("geo".to_owned(), shapes.metadata().to_string()));
        }
        self.writer.into_inner().map_err(failed)
    }
}

impl Buffer {
    fn of(column: &PublishedColumn) -> Self {
        let values = match column.kind {
            ColumnType::Integer if column.large => Values::Large(Vec::new()),
            ColumnType::Integer => Values::Integers(Vec::new()),
            ColumnType::Number => Values::Numbers(Vec::new()),
            ColumnType::Boolean => Values::Booleans(Vec::new()),
            ColumnType::String | ColumnType::Week => Values::Texts(Vec::new()),
        };
        Self { values, known: column.empty.is_some().then(Vec::new) }
    }

    /// Adds a value; `None` when it does not fit, or is absent where one never is.
    fn push(&mut self, value: &Value<'_>) -> Option<()> {
        let is_known = match (&mut self.values, value) {
            (_, Value::Integer(None) | Value::Number(None) | Value::Boolean(None)) => false,
            (Values::Texts(texts), Value::Text(text)) => {
                // An empty text is an absent one where a value may be absent.
                let is_known = self.known.is_none() || !text.is_empty();
                if is_known {
                    texts.push(ByteArray::from(text.as_bytes().to_vec()));
                }
                is_known
            }
            (Values::Integers(numbers), Value::Integer(Some(number))) => {
                numbers.push(i32::try_from(*number).ok()?);
                true
            }
            (Values::Large(numbers), Value::Integer(Some(number))) => {
                numbers.push(*number);
                true
            }
            (Values::Numbers(numbers), Value::Number(Some(number))) => {
                numbers.push(number.get());
                true
            }
            (Values::Booleans(all), Value::Boolean(Some(is))) => {
                all.push(*is);
                true
            }
            _ => return None,
        };
        match &mut self.known {
            Some(known) => known.push(i16::from(is_known)),
            None if !is_known => return None,
            None => {}
        }
        Some(())
    }

    fn write<W: Write + Send>(&mut self, group: &mut SerializedRowGroupWriter<'_, W>) -> Result<(), ParquetError> {
        let known = self.known.as_deref();
        match &mut self.values {
            Values::Integers(values) => column::<Int32Type, _>(group, values, known),
            Values::Large(values) => column::<Int64Type, _>(group, values, known),
            Values::Numbers(values) => column::<DoubleType, _>(group, values, known),
            Values::Booleans(values) => column::<BoolType, _>(group, values, known),
            Values::Texts(values) => column::<ByteArrayType, _>(group, values, known),
        }?;
        if let Some(known) = &mut self.known {
            known.clear();
        }
        Ok(())
    }
}

/// Writes the values of a column and forgets them.
fn column<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: &mut Vec<T::T>,
    known: Option<&[i16]>,
) -> Result<(), ParquetError> {
    let missing = || ParquetError::General("the schema has fewer columns than the table".to_owned());
    let mut writer = group.next_column()?.ok_or_else(missing)?;
    writer.typed::<T>().write_batch(values, known, None)?;
    values.clear();
    writer.close()
}

impl Shapes {
    fn push(&mut self, shape: Option<&Shape>) {
        self.known.push(i16::from(shape.is_some()));
        let Some(shape) = shape else { return };
        self.types.insert(shape.type_name());
        let start = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        let sides = shape.corners().fold(start, |b, [x, y]| [b[0].min(x), b[1].min(y), b[2].max(x), b[3].max(y)]);
        for (column, side) in self.sides.iter_mut().zip(sides) {
            column.push(side);
        }
        let all = self.extent.unwrap_or(start);
        self.extent = Some([all[0].min(sides[0]), all[1].min(sides[1]), all[2].max(sides[2]), all[3].max(sides[3])]);
        self.wkb.push(ByteArray::from(wkb(shape)));
    }

    fn write<W: Write + Send>(&mut self, group: &mut SerializedRowGroupWriter<'_, W>) -> Result<(), ParquetError> {
        let known = Some(self.known.as_slice());
        column::<ByteArrayType, _>(group, &mut self.wkb, known)?;
        for side in &mut self.sides {
            column::<DoubleType, _>(group, side, known)?;
        }
        self.known.clear();
        Ok(())
    }

    /// What GeoParquet 1.1 asks to be said of the column. No coordinate system is named: that means longitude and latitude
    /// on WGS 84.
    fn metadata(&self) -> serde_json::Value {
        let covering: serde_json::Map<String, serde_json::Value> =
            SIDES.iter().map(|side| ((*side).to_owned(), serde_json::json!([BBOX, side]))).collect();
        let mut column = serde_json::json!({
            "encoding": "WKB",
            "geometry_types": self.types,
            "edges": "planar",
            "covering": { BBOX: covering },
        });
        if let Some(extent) = self.extent {
            column["bbox"] = extent.to_vec().into();
        }
        serde_json::json!({ "version": "1.1.0", "primary_column": GEOMETRY, "columns": { GEOMETRY: column } })
    }
}

fn schema(columns: &[&PublishedColumn], has_shapes: bool) -> Result<Type, ParquetError> {
    let mut fields = Vec::with_capacity(columns.len() + 2);
    for column in columns {
        let (physical, logical) = match column.kind {
            ColumnType::Integer if column.large => (Physical::INT64, None),
            ColumnType::Integer => (Physical::INT32, None),
            ColumnType::Number => (Physical::DOUBLE, None),
            ColumnType::Boolean => (Physical::BOOLEAN, None),
            ColumnType::String | ColumnType::Week => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        };
        let repetition = if column.empty.is_some() { Repetition::OPTIONAL } else { Repetition::REQUIRED };
        fields.push(primitive(&column.name, physical, logical, repetition)?);
    }
    if has_shapes {
        fields.push(primitive(GEOMETRY, Physical::BYTE_ARRAY, None, Repetition::OPTIONAL)?);
        let side = |side: &&str| primitive(side, Physical::DOUBLE, None, Repetition::REQUIRED);
        let sides = SIDES.iter().map(side).collect::<Result<Vec<_>, _>>()?;
        let bbox = Type::group_type_builder(BBOX).with_repetition(Repetition::OPTIONAL).with_fields(sides).build()?;
        fields.push(Arc::new(bbox));
    }
    Type::group_type_builder("schema").with_fields(fields).build()
}

fn primitive(
    name: &str,
    physical: Physical,
    logical: Option<LogicalType>,
    repetition: Repetition,
) -> Result<Arc<Type>, ParquetError> {
    let builder = Type::primitive_type_builder(name, physical).with_repetition(repetition);
    Ok(Arc::new(builder.with_logical_type(logical).build()?))
}

/// Well-known binary (ISO 19125), little-endian.
fn wkb(shape: &Shape) -> Vec<u8> {
    let mut out = Vec::with_capacity(32 + 16 * shape.corners().count());
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes();
    let head = |out: &mut Vec<u8>, code: u32| {
        out.push(1);
        out.extend_from_slice(&code.to_le_bytes());
    };
    let corners = |out: &mut Vec<u8>, corners: &[[f64; 2]]| {
        out.extend_from_slice(&count(corners.len()));
        corners.as_flattened().iter().for_each(|side| out.extend_from_slice(&side.to_le_bytes()));
    };
    let polygon = |out: &mut Vec<u8>, rings: &[Ring]| {
        head(out, 3);
        out.extend_from_slice(&count(rings.len()));
        for ring in rings {
            corners(out, ring);
        }
    };
    match shape {
        Shape::Line(points) => {
            head(&mut out, 2);
            corners(&mut out, points);
        }
        Shape::Polygon(rings) => polygon(&mut out, rings),
        Shape::MultiPolygon(polygons) => {
            head(&mut out, 6);
            out.extend_from_slice(&count(polygons.len()));
            for rings in polygons {
                polygon(&mut out, rings);
            }
        }
    }
    out
}
