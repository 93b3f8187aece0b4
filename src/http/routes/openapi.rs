//! `/api/openapi.json` and `/schemas/sighting.json`: the interface, described for programs.

use std::sync::OnceLock;

use axum::response::{IntoResponse as _, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use serde_json::{Value, json};
use utoipa::OpenApi;

use crate::http::extract::NoQuery;
use crate::http::file::CachePolicy;
use crate::http::problem::Problem;
use crate::model::{Basis, Kind, Linked, Mount, Operator};

/// The OpenAPI 3.1 description of everything but the pages.
#[derive(OpenApi)]
#[openapi(
    info(title = "camera-census", description = "Counts of surveillance cameras, and the door for reports."),
    paths(
        super::releases::list,
        super::releases::one,
        super::areas::sets,
        super::areas::set,
        super::areas::area,
        super::cells::get,
        super::data::get,
        super::catalogue::get,
        super::tiles::tile,
        super::tiles::tilejson,
        super::tiles::areas_tilejson,
        super::tiles::metadata,
        super::ogc::landing::get,
        super::ogc::conformance::get,
        super::ogc::api::get,
        super::ogc::collections::list,
        super::ogc::collections::one,
        super::ogc::items::get,
        super::ogc::item::get,
        super::submissions::post,
        super::submissions::receipt,
        super::submissions::withdraw,
        super::reports::post,
        super::effort::post,
        super::effort::sheets,
        super::tokens::keys,
        super::tokens::draw,
    ),
    components(schemas(Problem))
)]
pub(super) struct Description;

/// The `OpenAPI` document.
pub(super) async fn get(_: NoQuery) -> Response {
    answer("application/vnd.oai.openapi+json;version=3.1", text())
}

/// The JSON Schema of a submission.
pub(super) async fn schema(_: NoQuery) -> Response {
    static TEXT: OnceLock<String> = OnceLock::new();
    let text = TEXT.get_or_init(|| sighting_schema().to_string());
    answer("application/schema+json", text)
}

/// The `OpenAPI` document, as it is sent.
pub(super) fn text() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| document().to_string())
}

/// The `OpenAPI` document: what the code says, and the schema of a submission.
pub(super) fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        let mut document = serde_json::to_value(Description::openapi()).unwrap_or_default();
        describe_submission(&mut document);
        document
    })
}

/// Puts the schema of a submission among the components, under the names of its parts, and points its body at it.
fn describe_submission(document: &mut Value) {
    let mut schema = sighting_schema();
    let parts = schema.as_object_mut().and_then(|schema| schema.remove("$defs")).unwrap_or_default();
    for member in ["$schema", "$id"] {
        schema.as_object_mut().and_then(|schema| schema.remove(member));
    }
    for (name, mut part) in parts.as_object().cloned().into_iter().flatten().chain([("submission".to_owned(), schema)])
    {
        point_to_components(&mut part);
        document["components"]["schemas"][name] = part;
    }
    let body = &mut document["paths"]["/api/v1/submissions"]["post"]["requestBody"];
    body["required"] = true.into();
    for media_type in ["application/geo+json", "application/json"] {
        body["content"][media_type]["schema"] = json!({ "$ref": "#/components/schemas/submission" });
    }
}

fn point_to_components(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(address) if name == "$ref" => {
                        *address = address.replace("#/$defs/", "#/components/schemas/");
                    }
                    member => point_to_components(member),
                }
            }
        }
        Value::Array(members) => members.iter_mut().for_each(point_to_components),
        _ => {}
    }
}

fn answer(media_type: &'static str, text: &'static str) -> Response {
    ([(CONTENT_TYPE, media_type)], [(CACHE_CONTROL, CachePolicy::Revalidate.header_value())], text).into_response()
}

/// What a posted Feature or `FeatureCollection` looks like (JSON Schema 2020-12). Made from the vocabularies, so it cannot
/// disagree with them.
pub(super) fn sighting_schema() -> Value {
    fn words<T: Copy>(all: &[T], word: impl Fn(T) -> &'static str) -> Vec<&'static str> {
        all.iter().map(|value| word(*value)).collect()
    }
    let bearing = json!({ "oneOf": [
        { "type": "number", "minimum": 0, "maximum": 360 },
        { "type": "string", "description": "A compass point, a range such as 338-23, all_round, or a list of these with ;" },
    ]});
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "/schemas/sighting.json",
        "title": "Reports of surveillance cameras",
        "description": "A GeoJSON Feature or FeatureCollection. Properties that are not named here are dropped.",
        "oneOf": [{ "$ref": "#/$defs/feature" }, { "$ref": "#/$defs/collection" }],
        "$defs": {
            "census": {
                "type": "object",
                "properties": {
                    "campaign": { "type": "string" },
                    "wave": { "type": "string" },
                    "pass": { "enum": ["A", "B", "C", "D", "E", "F"] },
                },
            },
            "collection": {
                "type": "object",
                "required": ["type", "features"],
                "properties": {
                    "type": { "const": "FeatureCollection" },
                    "census": { "$ref": "#/$defs/census" },
                    "features": { "type": "array", "items": { "$ref": "#/$defs/feature" } },
                },
            },
            "feature": {
                "type": "object",
                "required": ["type", "geometry", "properties"],
                "properties": {
                    "type": { "const": "Feature" },
                    "census": { "$ref": "#/$defs/census" },
                    "geometry": {
                        "type": "object",
                        "required": ["type", "coordinates"],
                        "properties": {
                            "type": { "const": "Point" },
                            "coordinates": {
                                "type": "array",
                                "description": "Longitude, latitude in degrees WGS 84",
                                "prefixItems": [
                                    { "type": "number", "minimum": -180, "maximum": 180 },
                                    { "type": "number", "minimum": -90, "maximum": 90 },
                                ],
                                "minItems": 2,
                            },
                        },
                    },
                    "properties": {
                        "type": "object",
                        "required": ["kind"],
                        "properties": {
                            "kind": { "enum": words(Kind::ALL, Kind::word) },
                            "operator": { "enum": words(Operator::ALL, Operator::word) },
                            "mount": { "enum": words(Mount::ALL, Mount::word) },
                            "linked": { "enum": words(Linked::ALL, Linked::word) },
                            "basis": { "enum": words(Basis::ALL, Basis::word) },
                            "maker": { "type": "string", "description": "A name or alias from makers.csv" },
                            "facing": { "oneOf": [bearing, { "type": "array", "items": bearing }] },
                            "heads": { "type": "integer", "minimum": 0, "maximum": 99 },
                            "observed": { "type": "string", "description": "An ISO week such as 2026-W47, or a date" },
                            "position": { "enum": ["map", "gps", "import"] },
                            "accuracy_m": { "type": "number", "minimum": 0 },
                            "slot": { "type": "integer", "minimum": 0, "maximum": 7 },
                        },
                    },
                },
            },
        },
    })
}
