//! The TOML of a mapping file, before its columns are numbered.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::census;
use super::code::Code;
use super::mapping::{MappingError, Tables, wrong};
use super::read::{Formats, Limits, ReadOptions};
use super::record::{Key, Names, Record};
use super::value::Value;
use crate::model::IsoWeek;

/// A mapping file as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) longitude: Option<OneOrMany>,
    pub(super) latitude: Option<OneOrMany>,
    pub(super) point: Option<Point>,
    pub(super) encoding: Option<String>,
    pub(super) delimiter: Option<String>,
    /// Whether a table may lack some of the columns.
    #[serde(default)]
    pub(super) partial: bool,
    #[serde(default)]
    pub(super) constants: Tables,
    #[serde(default)]
    pub(super) columns: BTreeMap<String, Column>,
    #[serde(default)]
    pub(super) refuse: Vec<Refuse>,
}

/// A column, or several of which the first filled one counts.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    pub(super) fn names(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Many(names) => names,
        }
    }
}

/// A column that holds a place, or several of which the first filled one counts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Point {
    pub(super) column: OneOrMany,
    pub(super) format: String,
}

/// A rule that refuses rows.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Refuse {
    pub(super) column: String,
    pub(super) values: Vec<String>,
    pub(super) because: String,
}

/// Where a property comes from.
#[derive(Debug, Default)]
pub(super) struct Column {
    pub(super) columns: Vec<String>,
    pub(super) count: Vec<String>,
    pub(super) values: Tables,
    pub(super) names: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnTable {
    column: Option<String>,
    #[serde(default)]
    columns: Vec<String>,
    #[serde(default)]
    count: Vec<String>,
    #[serde(default)]
    values: Tables,
    #[serde(default)]
    names: bool,
}

impl<'de> Deserialize<'de> for Column {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ColumnVisitor;
        impl<'de> serde::de::Visitor<'de> for ColumnVisitor {
            type Value = Column;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("the name of a column, or a table with column, columns or count")
            }

            fn visit_str<E>(self, name: &str) -> Result<Column, E> {
                Ok(Column { columns: vec![name.to_owned()], ..Column::default() })
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, members: A) -> Result<Column, A::Error> {
                let table = ColumnTable::deserialize(serde::de::value::MapAccessDeserializer::new(members))?;
                let columns = table.column.into_iter().chain(table.columns).collect();
                Ok(Column { columns, count: table.count, values: table.values, names: table.names })
            }
        }
        deserializer.deserialize_any(ColumnVisitor)
    }
}

impl File {
    pub(super) fn parse(text: &str) -> Result<Self, MappingError> {
        toml::from_str(text).map_err(|error: toml::de::Error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            MappingError::Syntax { line: before.matches('\n').count() + 1, message: error.message().to_owned() }
        })
    }
}

/// A value of the census vocabulary, checked by the reading that will meet it: what it would note or refuse is wrong
/// here, except a word for something that is out of scope.
pub(super) fn checked_value(key: Key, value: &toml::Value, path: &str) -> Result<Value<'static>, MappingError> {
    let value = plain(value).ok_or_else(|| wrong(path, "must be text, a number, true or false, or a list of these"))?;
    let mut record = Record::new(Names::Known);
    record.set(key, value.clone());
    let mut noted = false;
    let readable = lenient().is_some_and(|options| {
        let fault = census::attributes(&record, &options, &mut |_, _| noted = true).err();
        fault.is_none_or(|fault| fault.code != Code::KindUnknownValue)
    });
    if noted || !readable {
        return Err(wrong(path, "is not a value of this property; the list of values is in docs/mapping.md"));
    }
    Ok(value)
}

fn plain(value: &toml::Value) -> Option<Value<'static>> {
    Some(match value {
        toml::Value::String(text) => Value::Text(text.clone().into()),
        #[expect(clippy::cast_precision_loss, reason = "bearings and counts")]
        toml::Value::Integer(number) => Value::Number(*number as f64),
        toml::Value::Float(number) => Value::Number(*number),
        toml::Value::Boolean(value) => Value::Bool(*value),
        toml::Value::Array(items) => Value::List(items.iter().map(plain).collect::<Option<_>>()?),
        toml::Value::Datetime(date) => Value::Text(date.to_string().into()),
        toml::Value::Table(_) => return None,
    })
}

/// Options under which a reading objects to nothing but the value itself.
fn lenient() -> Option<ReadOptions<'static>> {
    Some(ReadOptions {
        formats: Formats::All,
        mapping: None,
        gunzip: false,
        bounds: None,
        repair_swapped: false,
        kind_required: false,
        default_week: None,
        current_week: IsoWeek::new(2999, 1).ok()?,
        limits: Limits { features: 0, feature_bytes: 0 },
    })
}
