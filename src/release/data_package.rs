//! `datapackage.json`: every data file of a release for programs (Data Package 2.0), with the schema of every table.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::citation::{Citation, spdx};
use super::manifest::FileEntry;
use super::published::{ColumnType, PublishedColumn, PublishedTable, published_in};
use crate::model::slug_of;

/// The profile of the version of the standard.
const PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";

/// Whose data a directory of a release holds.
pub(super) struct Bodies<'a> {
    /// The field data, in the release directory itself.
    pub(super) field: &'a Citation,
    /// The lists, by directory with a slash at the end.
    pub(super) lists: &'a [(String, Citation)],
    /// Licence and attribution of the boundaries of each area set, by slug.
    pub(super) boundaries: BTreeMap<&'a str, (&'a str, &'a str)>,
}

/// The description of these files.
pub(super) fn data_package(bodies: &Bodies<'_>, files: &[FileEntry]) -> Json {
    let Citation { title, release, as_of, .. } = bodies.field;
    let name = slug_of(title).unwrap_or_else(|| "camera-census".to_owned());
    let resources: Vec<Json> = files.iter().map(|file| resource(bodies, file)).collect();
    let mut sources = source(bodies.field);
    sources.extend(bodies.lists.iter().map(|(directory, list)| json!({ "title": list.title, "path": directory })));
    let mut package = json!({
        "$schema": PROFILE,
        // The name stays the same from release to release; the version tells which one it is.
        "name": name,
        "title": format!("{title}: counts of surveillance cameras"),
        "description": format!("Counts of surveillance cameras as of week {as_of}. {}", bodies.field.sentence()),
        "version": release,
        "licenses": [licence(&bodies.field.licence)],
        "contributors": [{ "title": title, "roles": ["creator"] }],
        "keywords": ["surveillance", "cameras", "open data"],
    });
    if !sources.is_empty() {
        package["sources"] = sources.into();
    }
    package["resources"] = resources.into();
    package
}

fn resource(bodies: &Bodies<'_>, file: &FileEntry) -> Json {
    let list = bodies.lists.iter().find(|(directory, _)| file.path.starts_with(directory));
    let citation = list.map_or(bodies.field, |(_, citation)| citation);
    let ending = file.path.rsplit('.').next().unwrap_or_default();
    let media_type = file.media_type.split(';').next().unwrap_or_default();
    let mut licences = vec![licence(&citation.licence)];
    let mut sources = source(citation);
    let name = file.path.rsplit('/').next().unwrap_or_default();
    let set = name.strip_prefix("areas-").and_then(|name| name.rsplit_once('.')).map(|(set, _)| set);
    if let Some((boundaries, attribution)) = set.and_then(|set| bodies.boundaries.get(set)) {
        let boundaries = licence(boundaries);
        if !licences.contains(&boundaries) {
            licences.push(boundaries);
        }
        sources.extend((!attribution.is_empty()).then(|| json!({ "title": attribution })));
    }
    // Only tables in CSV have a schema. The two others that programs know as tables are given names of their own, because
    // a validator that finds `xlsx` or `parquet` wants to read them, which takes parts of it that few have.
    let format = match ending {
        "parquet" => "apache-parquet",
        "xlsx" => "office-open-xml",
        other => other,
    };
    let mut resource = json!({
        "name": file.path.to_lowercase().replace('/', "."),
        "path": file.path,
        "description": file.description,
        "format": format,
        "mediatype": media_type,
        "bytes": file.bytes,
        "hash": format!("sha256:{}", file.sha256),
        "licenses": licences,
    });
    if !sources.is_empty() {
        resource["sources"] = sources.into();
    }
    if let Some((table, columns)) = published_in(&file.path).filter(|_| ending == "csv") {
        resource["type"] = "table".into();
        resource["encoding"] = "utf-8".into();
        resource["schema"] = schema(table, &columns);
    }
    resource
}

/// The schema of a table (Table Schema 2.0).
fn schema(table: &PublishedTable, columns: &[&PublishedColumn]) -> Json {
    let mut schema = json!({
        "fields": columns.iter().map(|column| field(column)).collect::<Vec<_>>(),
        "missingValues": [""],
    });
    if !table.key.is_empty() {
        schema["primaryKey"] = json!(table.key);
    }
    schema
}

fn field(column: &PublishedColumn) -> Json {
    let mut description = column.meaning.clone();
    let mut constraints = Map::new();
    if let Some(empty) = &column.empty {
        description = format!("{description} Empty: {empty}.");
    } else {
        constraints.insert("required".to_owned(), true.into());
    }
    let kind = match column.kind {
        ColumnType::Week => {
            constraints.insert("pattern".to_owned(), "^[0-9]{4}-W[0-9]{2}$".into());
            ColumnType::String
        }
        kind => kind,
    };
    let mut field = json!({ "name": column.name, "type": kind.word(), "description": description });
    if kind == ColumnType::Boolean {
        field["trueValues"] = json!(["yes"]);
        field["falseValues"] = json!(["no"]);
    }
    if !column.unit.is_empty() {
        field["unit"] = column.unit.as_str().into();
    }
    if !constraints.is_empty() {
        field["constraints"] = constraints.into();
    }
    field
}

/// A licence as the standard wants it: an identifier with an address, or words.
fn licence(licence: &str) -> Json {
    if let Some(id) = spdx(licence) {
        return json!({ "name": id, "path": format!("https://spdx.org/licenses/{id}.html") });
    }
    if licence.is_empty() {
        return json!({ "name": "not-stated", "title": "not stated" });
    }
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' };
    let name: String = licence.chars().map(plain).collect();
    json!({ "name": name, "title": licence })
}

fn source(citation: &Citation) -> Vec<Json> {
    if citation.attribution.is_empty() { Vec::new() } else { vec![json!({ "title": citation.attribution })] }
}
