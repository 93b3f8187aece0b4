//! FlatGeobuf 3 with a packed R-tree: what a map program reads by Range, a box at a time.
//!
//! Features keep the order of the table. Cells lie in the order of their H3 index, which is as good a curve through the
//! plane as Hilbert's, and so the index is packed over neighbours without sorting a second time.

use std::fs::File;
use std::io::{self, BufWriter, Seek as _, SeekFrom, Write};

use flatbuffers::{FlatBufferBuilder, WIPOffset};
use flatgeobuf::packed_r_tree::{NodeItem, PackedRTree, calc_extent};
use flatgeobuf::{
    Column, ColumnArgs, ColumnType as FgbType, Crs, CrsArgs, Feature, FeatureArgs, Geometry, GeometryArgs,
    GeometryType, Header, HeaderArgs,
};

use super::error::ReleaseError;
use super::published::{ColumnType, PublishedColumn};
use super::shape::{Ring, Shape};
use super::value::Value;

/// Media type of the files, as the IANA has none.
pub(super) const FLATGEOBUF: &str = "application/vnd.flatgeobuf";

/// What every file begins with: the name of the format with its version, 3.0.
const MAGIC: &[u8; 8] = b"fgb\x03fgb\x00";

/// Children of a node of the index.
const NODE_SIZE: u16 = PackedRTree::DEFAULT_NODE_SIZE;

/// A file that is being written: its features are put aside until the index that precedes them is known.
pub(super) struct FlatGeobuf {
    types: Vec<FgbType>,
    features: BufWriter<File>,
    bytes: u64,
    nodes: Vec<NodeItem>,
    shapes: Option<GeometryType>,
    builder: FlatBufferBuilder<'static>,
    properties: Vec<u8>,
}

/// What stands in the header.
pub(super) struct About<'a> {
    pub(super) name: &'a str,
    pub(super) description: &'a str,
    pub(super) members: &'a [(&'a str, &'a str)],
    pub(super) columns: &'a [&'a PublishedColumn],
    pub(super) key: &'a [String],
}

fn failed(problem: impl std::fmt::Display) -> ReleaseError {
    ReleaseError::Format { format: "FlatGeobuf", problem: problem.to_string() }
}

impl FlatGeobuf {
    /// Begins a file with these columns; `aside` holds its features for a while.
    pub(super) fn new(columns: &[&PublishedColumn], aside: File) -> Self {
        Self {
            types: columns.iter().map(|column| type_of(column)).collect(),
            features: BufWriter::with_capacity(1 << 16, aside),
            bytes: 0,
            nodes: Vec::new(),
            shapes: None,
            builder: FlatBufferBuilder::new(),
            properties: Vec::new(),
        }
    }

    /// Adds a feature. One without a shape is in no box.
    pub(super) fn feature(&mut self, shape: Option<&Shape>, values: &[Value<'_>]) -> Result<(), ReleaseError> {
        let mut node = NodeItem::create(self.bytes);
        for [lng, lat] in shape.into_iter().flat_map(Shape::corners) {
            node.expand_xy(lng, lat);
        }
        self.nodes.push(node);
        self.properties.clear();
        for (number, (value, kind)) in values.iter().zip(&self.types).enumerate() {
            property(number, value, *kind, &mut self.properties).ok_or_else(|| failed("a number is too large"))?;
        }
        self.builder.reset();
        let geometry = shape.map(|shape| {
            let kind = geometry_type(shape);
            self.shapes =
                Some(self.shapes.map_or(kind, |so_far| if so_far == kind { kind } else { GeometryType::Unknown }));
            geometry(&mut self.builder, shape)
        });
        let properties = Some(self.builder.create_vector(&self.properties));
        let feature = Feature::create(&mut self.builder, &FeatureArgs { geometry, properties, columns: None });
        self.builder.finish_size_prefixed(feature, None);
        let bytes = self.builder.finished_data();
        self.bytes += bytes.len() as u64;
        self.features.write_all(bytes).map_err(failed)
    }

    /// Writes the whole file.
    pub(super) fn end(self, about: &About<'_>, out: &mut impl Write) -> Result<(), ReleaseError> {
        let extent = calc_extent(&self.nodes);
        out.write_all(MAGIC).map_err(failed)?;
        let header = header(about, &extent, self.nodes.len(), self.shapes.unwrap_or(GeometryType::Unknown));
        out.write_all(&header).map_err(failed)?;
        if !self.nodes.is_empty() {
            let tree = PackedRTree::build(&self.nodes, &extent, NODE_SIZE).map_err(failed)?;
            tree.stream_write(out).map_err(failed)?;
        }
        let mut features = self.features.into_inner().map_err(|e| failed(e.error()))?;
        features.seek(SeekFrom::Start(0)).and_then(|_| io::copy(&mut features, out)).map_err(failed)?;
        Ok(())
    }
}

fn header(about: &About<'_>, extent: &NodeItem, features: usize, geometry_type: GeometryType) -> Vec<u8> {
    let mut builder = FlatBufferBuilder::new();
    let columns: Vec<WIPOffset<Column<'_>>> = about
        .columns
        .iter()
        .map(|column| {
            let args = ColumnArgs {
                name: Some(builder.create_string(&column.name)),
                type_: type_of(column),
                description: Some(builder.create_string(&column.meaning)),
                nullable: column.empty.is_some(),
                unique: about.key == [column.name.as_str()],
                primary_key: about.key.contains(&column.name),
                ..ColumnArgs::default()
            };
            Column::create(&mut builder, &args)
        })
        .collect();
    let crs = CrsArgs {
        org: Some(builder.create_string("EPSG")),
        code: 4326,
        name: Some(builder.create_string("WGS 84")),
        ..CrsArgs::default()
    };
    let members: serde_json::Map<String, serde_json::Value> =
        about.members.iter().map(|(name, text)| ((*name).to_owned(), (*text).into())).collect();
    let has_extent = extent.min_x <= extent.max_x;
    let args = HeaderArgs {
        name: Some(builder.create_string(about.name)),
        envelope: has_extent.then(|| builder.create_vector(&[extent.min_x, extent.min_y, extent.max_x, extent.max_y])),
        geometry_type,
        columns: Some(builder.create_vector(&columns)),
        features_count: features as u64,
        index_node_size: if features == 0 { 0 } else { NODE_SIZE },
        crs: Some(Crs::create(&mut builder, &crs)),
        description: Some(builder.create_string(about.description)),
        metadata: Some(builder.create_string(&serde_json::Value::Object(members).to_string())),
        ..HeaderArgs::default()
    };
    let header = Header::create(&mut builder, &args);
    builder.finish_size_prefixed(header, None);
    builder.finished_data().to_vec()
}

fn type_of(column: &PublishedColumn) -> FgbType {
    match column.kind {
        ColumnType::Integer if column.large => FgbType::Long,
        ColumnType::Integer => FgbType::Int,
        ColumnType::Number => FgbType::Double,
        ColumnType::Boolean => FgbType::Bool,
        ColumnType::String | ColumnType::Week => FgbType::String,
    }
}

/// Adds a property: the number of its column, then its value. One that is absent is left out. `None` when it does not fit.
fn property(number: usize, value: &Value<'_>, kind: FgbType, out: &mut Vec<u8>) -> Option<()> {
    let mut add = |bytes: &[u8]| {
        out.extend_from_slice(&u16::try_from(number).ok()?.to_le_bytes());
        out.extend_from_slice(bytes);
        Some(())
    };
    match value {
        Value::Integer(Some(number)) if kind == FgbType::Int => add(&i32::try_from(*number).ok()?.to_le_bytes()),
        Value::Integer(Some(number)) => add(&number.to_le_bytes()),
        Value::Number(Some(number)) => add(&number.get().to_le_bytes()),
        Value::Boolean(Some(is)) => add(&[u8::from(*is)]),
        Value::Text(text) if !text.is_empty() => {
            add(&u32::try_from(text.len()).ok()?.to_le_bytes())?;
            out.extend_from_slice(text.as_bytes());
            Some(())
        }
        _ => Some(()),
    }
}

const fn geometry_type(shape: &Shape) -> GeometryType {
    match shape {
        Shape::Line(_) => GeometryType::LineString,
        Shape::Polygon(_) => GeometryType::Polygon,
        Shape::MultiPolygon(_) => GeometryType::MultiPolygon,
    }
}

fn geometry(builder: &mut FlatBufferBuilder<'static>, shape: &Shape) -> WIPOffset<Geometry<'static>> {
    let type_ = geometry_type(shape);
    match shape {
        Shape::Line(corners) => {
            let xy = builder.create_vector(corners.as_flattened());
            Geometry::create(builder, &GeometryArgs { xy: Some(xy), type_, ..GeometryArgs::default() })
        }
        Shape::Polygon(rings) => polygon(builder, rings),
        Shape::MultiPolygon(polygons) => {
            let parts: Vec<_> = polygons.iter().map(|rings| polygon(builder, rings)).collect();
            let parts = Some(builder.create_vector(&parts));
            Geometry::create(builder, &GeometryArgs { parts, type_, ..GeometryArgs::default() })
        }
    }
}

fn polygon(builder: &mut FlatBufferBuilder<'static>, rings: &[Ring]) -> WIPOffset<Geometry<'static>> {
    // The ends of the rings are left out where there is one only.
    let mut end = 0;
    let ends: Vec<u32> = rings
        .iter()
        .map(|ring| {
            end += u32::try_from(ring.len()).unwrap_or(u32::MAX);
            end
        })
        .collect();
    let ends = (rings.len() > 1).then(|| builder.create_vector(&ends));
    let xy: Vec<f64> = rings.iter().flat_map(|ring| ring.as_flattened()).copied().collect();
    let xy = Some(builder.create_vector(&xy));
    Geometry::create(builder, &GeometryArgs { xy, ends, type_: GeometryType::Polygon, ..GeometryArgs::default() })
}
