//! The abstract tests of OGC API - Features Part 1 (17-069r4, Annex A), and what we add to the standard.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::areas::{Answer, Census};

const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
const COLLECTIONS: [&str; 7] =
    ["cells-r3", "cells-r8", "cells-r10", "areas-wards", "effort", "figures", "city-cells-r8"];

/// What the documents of the standard must at least have, in our words.
fn schema(of: &str) -> Value {
    let link = json!({ "type": "object", "required": ["href", "rel", "type"], "properties": {
        "href": { "type": "string", "pattern": "^https?://[^ ]+$" },
        "rel": { "type": "string", "minLength": 1 },
        "type": { "type": "string", "pattern": "^[a-z]+/[^ ]+$" },
        "length": { "type": "integer", "minimum": 0 },
    }});
    let number = json!({ "type": "number" });
    let moment = json!({ "type": ["string", "null"], "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z$" });
    let links = json!({ "type": "array", "items": link });
    let collection = json!({ "type": "object", "required": ["id", "links"], "properties": {
        "id": { "type": "string", "pattern": "^[a-z0-9-]+$" },
        "title": { "type": "string" },
        "description": { "type": "string" },
        "links": links,
        "itemType": { "const": "feature" },
        "crs": { "type": "array", "items": { "type": "string" } },
        "extent": { "type": "object", "minProperties": 1, "properties": {
            "spatial": { "type": "object", "required": ["bbox"], "properties": {
                "bbox": { "type": "array", "minItems": 1, "items": { "type": "array", "minItems": 4, "maxItems": 4, "items": number } },
                "crs": { "const": CRS84 },
            }},
            "temporal": { "type": "object", "required": ["interval"], "properties": {
                "interval": { "type": "array", "minItems": 1, "items": { "type": "array", "minItems": 2, "maxItems": 2, "items": moment } },
                "trs": { "const": "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian" },
            }},
        }},
    }});
    let feature = json!({ "type": "object", "required": ["type", "geometry", "properties", "id"], "properties": {
        "type": { "const": "Feature" },
        "id": { "type": ["string", "integer"] },
        "links": links,
        "properties": { "type": ["object", "null"] },
        "geometry": { "oneOf": [{ "type": "null" }, { "type": "object", "required": ["type", "coordinates"], "properties": {
            "type": { "enum": ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"] },
            "coordinates": { "type": "array" },
        }}]},
    }});
    match of {
        "landing" => json!({ "type": "object", "required": ["links"], "properties": { "links": links } }),
        "conformance" => json!({ "type": "object", "required": ["conformsTo"], "properties": {
            "conformsTo": { "type": "array", "items": { "type": "string" } },
        }}),
        "collections" => json!({ "type": "object", "required": ["links", "collections"], "properties": {
            "links": links, "collections": { "type": "array", "items": collection },
        }}),
        "collection" => collection,
        "feature" => feature,
        "features" => json!({ "type": "object", "required": ["type", "features"], "properties": {
            "type": { "const": "FeatureCollection" },
            "features": { "type": "array", "items": feature },
            "links": links,
            "timeStamp": { "type": "string" },
            "numberMatched": { "type": "integer", "minimum": 0 },
            "numberReturned": { "type": "integer", "minimum": 0 },
        }}),
        other => panic!("no schema of {other}"),
    }
}

/// Fails unless a document is of its kind.
#[track_caller]
fn is_valid(kind: &str, document: &Value) {
    let validator = jsonschema::validator_for(&schema(kind)).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(document).map(|error| format!("{} {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{kind}: {errors:#?}");
}

/// The links of a relation.
fn links<'a>(document: &'a Value, rel: &str) -> Vec<&'a Value> {
    document["links"].as_array().into_iter().flatten().filter(|link| link["rel"] == rel).collect()
}

/// The path and query of an absolute address of this site.
#[track_caller]
fn local(link: &Value) -> String {
    let address = link["href"].as_str().unwrap();
    address.strip_prefix("https://census.example").unwrap_or_else(|| panic!("{address} is elsewhere")).to_owned()
}

async fn features(census: &Census, path: &str) -> Value {
    let document = census.get(&format!("/ogc/collections/{path}")).await.json();
    is_valid("features", &document);
    document
}

fn ids(document: &Value) -> Vec<String> {
    let features = document["features"].as_array().unwrap();
    features.iter().map(|feature| feature["id"].as_str().unwrap().to_owned()).collect()
}

/// Every feature of a collection by the links to the next page, and how many pages that took.
async fn all_pages(census: &Census, path: &str) -> (Vec<String>, usize) {
    let (mut all, mut pages) = (Vec::new(), 0);
    let mut next = Some(format!("/ogc/collections/{path}"));
    while let Some(path) = next {
        let document = census.get(&path).await.json();
        is_valid("features", &document);
        all.extend(ids(&document));
        pages += 1;
        assert!(pages < 1000, "the pages do not end");
        next = links(&document, "next").first().map(|link| local(link));
    }
    (all, pages)
}

#[track_caller]
fn is_refused(answer: &Answer, status: u16, what: &str) {
    assert_eq!(answer.status.as_u16(), status, "{what}: {}", String::from_utf8_lossy(&answer.body));
    assert_eq!(answer.header("content-type"), "application/problem+json", "{what}");
    assert!(!String::from_utf8_lossy(&answer.body).contains("canary"), "{what} is repeated");
}

/// Abstract test 1, /conf/core/http: the addresses speak HTTP/1.1, GET and HEAD, and refuse in its terms.
#[tokio::test]
async fn the_addresses_follow_http() {
    let census = Census::shared();
    for path in ["", "/conformance", "/api", "/collections", "/collections/cells-r8", "/collections/cells-r8/items"] {
        let path = format!("/ogc{path}");
        let whole = census.get(&path).await;
        let head = census.send("HEAD", &path, &[]).await;
        assert_eq!(
            (whole.status, head.status, head.body.len()),
            (http::StatusCode::OK, http::StatusCode::OK, 0),
            "{path}"
        );
        assert_eq!(head.header("content-length"), whole.body.len().to_string(), "{path}");
        assert_eq!(whole.header("vary"), "Accept", "{path}");
        assert_eq!(whole.header("access-control-allow-origin"), "*", "{path}");
        let known = census.ask(&path, &[("if-none-match", whole.header("etag"))]).await;
        assert_eq!(known.status.as_u16(), 304, "{path}");
        assert_eq!(census.send("POST", &path, &[]).await.status.as_u16(), 405, "{path}");
        is_refused(&census.ask(&path, &[("accept", "image/png")]).await, 406, &path);
    }
}

/// Abstract test 2, /conf/core/crs84: every geometry is in CRS84, longitude first.
#[tokio::test]
async fn every_geometry_is_in_longitude_and_latitude() {
    let census = Census::shared();
    for name in ["cells-r8", "areas-wards", "effort"] {
        let document = features(&census, &format!("{name}/items")).await;
        let text = document["features"].as_array().unwrap().iter().map(|feature| feature["geometry"].to_string());
        for pair in text.filter(|text| text != "null") {
            let numbers: Vec<f64> = pair
                .split(|c: char| !c.is_ascii_digit() && c != '.' && c != '-')
                .filter_map(|number| number.parse().ok())
                .collect();
            assert!(numbers.chunks(2).all(|pair| (13.0..15.0).contains(&pair[0]) && (52.0..53.0).contains(&pair[1])));
        }
        assert_eq!(census.get(&format!("/ogc/collections/{name}")).await.json()["crs"], json!([CRS84]));
    }
}

/// Abstract tests 3 and 4, /conf/core/root-op and root-success: the landing page links to everything.
#[tokio::test]
async fn the_landing_page_leads_to_description_conformance_and_data() {
    let census = Census::shared();
    for path in ["/ogc", "/ogc/"] {
        let document = census.get(path).await.json();
        is_valid("landing", &document);
        for rel in ["self", "alternate", "service-desc", "service-doc", "conformance", "data"] {
            let found = links(&document, rel);
            assert_eq!(found.len(), 1, "{rel}");
            let answer = census.get(&local(found[0])).await;
            assert_eq!(answer.status.as_u16(), 200, "{rel}");
            let stated = found[0]["type"].as_str().unwrap().split(';').next().unwrap();
            assert!(answer.header("content-type").starts_with(stated), "{rel}: {}", answer.header("content-type"));
        }
    }
}

/// Abstract tests 5 and 6, /conf/core/api-definition-op and -success: the API is described where the landing page says.
#[tokio::test]
async fn the_description_of_the_api_is_given_to_whom_asks_as_clients_do() {
    let census = Census::shared();
    let as_gdal =
        "application/vnd.oai.openapi+json;version=3.0, application/openapi+json;version=3.0, application/json";
    for accept in [as_gdal, "*/*", "application/json"] {
        let answer = census.ask("/ogc/api", &[("accept", accept)]).await;
        let is_plain = answer.header("content-type") == "application/json";
        assert_eq!(is_plain, accept != "*/*", "GDAL complains of version 3.1");
        let document = answer.json();
        assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
        for path in [
            "",
            "/conformance",
            "/collections",
            "/collections/{collection}",
            "/collections/{collection}/items",
            "/collections/{collection}/items/{feature}",
        ] {
            assert!(document["paths"][format!("/ogc{path}")]["get"].is_object(), "{path}");
        }
    }
    let page = census.get("/ogc/api?f=html").await;
    assert!(String::from_utf8_lossy(&page.body).contains("GET /ogc/collections/{collection}/items"));
}

/// Abstract tests 7 and 8, /conf/core/conformance-op and -success: only what is implemented is declared.
#[tokio::test]
async fn core_geojson_and_html_are_declared_and_nothing_else() {
    let document = Census::shared().get("/ogc/conformance").await.json();
    is_valid("conformance", &document);
    let class = |name| format!("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}");
    assert_eq!(document["conformsTo"], json!([class("core"), class("geojson"), class("html")]));
}

/// Abstract tests 9 and 10, /conf/core/fc-md-op and fc-md-success: every collection is listed with links to its features.
#[tokio::test]
async fn the_collections_are_listed_with_links_and_extents() {
    let census = Census::shared();
    let document = census.get("/ogc/collections").await.json();
    is_valid("collections", &document);
    assert_eq!((links(&document, "self").len(), links(&document, "alternate").len()), (1, 1));
    let listed = document["collections"].as_array().unwrap();
    let names: BTreeSet<&str> = listed.iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(names.len(), listed.len(), "each name once");
    let expected: BTreeSet<String> = (3..=10)
        .flat_map(|resolution| [format!("cells-r{resolution}"), format!("city-cells-r{resolution}")])
        .chain(["areas-wards", "city-areas-wards", "effort", "figures"].map(str::to_owned))
        .collect();
    assert_eq!(names, expected.iter().map(String::as_str).collect());
    for one in listed {
        for media_type in ["application/geo+json", "text/html"] {
            let items = links(one, "items").into_iter().find(|link| link["type"] == media_type).unwrap();
            assert!(census.get(&local(items)).await.header("content-type").starts_with(media_type), "{}", one["id"]);
        }
        for whole in links(one, "enclosure") {
            let file = census.get(&local(whole)).await;
            assert_eq!(file.body.len() as u64, whole["length"].as_u64().unwrap(), "{whole}");
        }
        assert!(!links(one, "enclosure").is_empty() && links(one, "license").len() == 1, "{}", one["id"]);
        assert_eq!(one["extent"].is_object(), one["id"] != "figures", "figures have neither a place nor one time");
    }
    let areas = listed.iter().find(|one| one["id"] == "areas-wards").unwrap();
    let bounds: Vec<f64> =
        areas["extent"]["spatial"]["bbox"][0].as_array().unwrap().iter().filter_map(Value::as_f64).collect();
    for (edge, expected) in bounds.iter().zip([13.38, 52.38, 14.06, 52.44]) {
        assert!((edge - expected).abs() < 1e-6, "{bounds:?}");
    }
}

/// Abstract tests 11 and 12, /conf/core/sfc-md-op and sfc-md-success: a collection by itself is what the list says of it.
#[tokio::test]
async fn a_collection_by_itself_is_what_the_list_says() {
    let census = Census::shared();
    let listed = census.get("/ogc/collections").await.json();
    for one in listed["collections"].as_array().unwrap() {
        let alone = census.get(&format!("/ogc/collections/{}", one["id"].as_str().unwrap())).await.json();
        is_valid("collection", &alone);
        assert_eq!(alone, *one);
    }
    for name in ["canary", "cells-r2", "cells-r11", "areas-canary", "canary-cells-r8", "..%2fcanary"] {
        is_refused(&census.get(&format!("/ogc/collections/{name}")).await, 404, name);
        is_refused(&census.get(&format!("/ogc/collections/{name}/items")).await, 404, name);
    }
}

/// Abstract test 13, /conf/core/fc-op: the features of every collection can be asked for.
#[tokio::test]
async fn every_collection_gives_its_features() {
    let census = Census::shared();
    for name in COLLECTIONS {
        let document = features(&census, &format!("{name}/items")).await;
        assert!(!ids(&document).is_empty(), "{name}");
    }
}

fn parameter(document: &Value, name: &str) -> Value {
    let all = document["paths"]["/ogc/collections/{collection}/items"]["get"]["parameters"].as_array().unwrap();
    all.iter().find(|parameter| parameter["name"] == name).unwrap().clone()
}

/// Abstract test 14, /conf/core/fc-bbox-definition: the parameter is described as the standard does.
#[tokio::test]
async fn bbox_is_described_as_four_to_six_numbers() {
    let bbox = parameter(&Census::shared().get("/ogc/api").await.json(), "bbox");
    assert_eq!(
        (&bbox["in"], &bbox["required"], &bbox["style"], &bbox["explode"]),
        (&json!("query"), &json!(false), &json!("form"), &json!(false))
    );
    let schema = &bbox["schema"];
    let is_array =
        schema["type"] == "array" || schema["type"].as_array().is_some_and(|types| types.contains(&json!("array")));
    assert!(is_array && schema["items"]["type"] == "number", "{schema}");
    assert_eq!((&schema["minItems"], &schema["maxItems"]), (&json!(4), &json!(6)));
}

/// Abstract test 15, /conf/core/fc-bbox-response: what intersects the box, and what has no place.
#[tokio::test]
async fn a_box_gives_what_intersects_it_and_what_has_no_place() {
    let census = Census::shared();
    let everything = ids(&features(&census, "areas-wards/items").await);
    assert_eq!(everything, ["east", "far", "small", "unassigned", "west"]);
    let inside = async |bbox: &str| ids(&features(&census, &format!("areas-wards/items?bbox={bbox}")).await);
    assert_eq!(inside("13.39,52.39,13.40,52.40").await, ["unassigned", "west"]);
    assert_eq!(inside("13.39,52.39,0,13.40,52.40,100").await, ["unassigned", "west"], "heights do not matter");
    assert_eq!(
        inside("13.39%2C52.39%2C13.46%2C52.40").await,
        ["east", "unassigned", "west"],
        "commas as clients encode them"
    );
    assert_eq!(
        inside("13.44,52.40,13.44,52.40").await,
        ["east", "unassigned", "west"],
        "a point on the border of both"
    );
    assert_eq!(inside("13.60,52.39,13.70,52.40").await, ["unassigned"]);
    assert_eq!(inside("13.4,52.4,13.3,52.5").await, ["east", "far", "small", "unassigned", "west"], "around the globe");
    assert_eq!(inside("-180,-90,180,90").await.len(), 5);
    let figures = ids(&features(&census, "figures/items?limit=10000").await);
    assert_eq!(ids(&features(&census, "figures/items?limit=10000&bbox=0,0,1,1").await), figures);

    // Cells by their outline, and not by their centre: each one is in the box of any of its corners.
    let cells = features(&census, "cells-r8/items").await;
    for feature in cells["features"].as_array().unwrap() {
        let corner = &feature["geometry"]["coordinates"][0][0];
        let bbox = format!("{0},{1},{0},{1}", corner[0], corner[1]);
        let found = ids(&features(&census, &format!("cells-r8/items?bbox={bbox}")).await);
        assert!(found.len() <= 3, "three cells meet in a corner: {found:?}");
    }
    let effort = features(&census, "effort/items?bbox=13.3996,52.3999,13.4004,52.4001").await;
    assert_eq!(effort["features"].as_array().unwrap().len(), 1, "one street: {effort}");
}

/// Abstract test 16, /conf/core/fc-limit-definition: the parameter is described as the standard does.
#[tokio::test]
async fn limit_is_described_with_its_bounds() {
    let limit = parameter(&Census::shared().get("/ogc/api").await.json(), "limit");
    assert_eq!(
        (&limit["in"], &limit["required"], &limit["style"], &limit["explode"]),
        (&json!("query"), &json!(false), &json!("form"), &json!(false))
    );
    let schema = &limit["schema"];
    assert_eq!((&schema["minimum"], &schema["maximum"], &schema["default"]), (&json!(1), &json!(10000), &json!(100)));
}

/// Abstract test 17, /conf/core/fc-limit-response: never more than the limit, and what is above the maximum is the maximum.
#[tokio::test]
async fn a_page_has_no_more_features_than_its_limit() {
    let census = Census::shared();
    for (limit, expected) in [("1", 1), ("3", 3), ("5", 5), ("10000", 5), ("10001", 5), ("999999999", 5)] {
        let document = features(&census, &format!("areas-wards/items?limit={limit}")).await;
        assert_eq!(ids(&document).len(), expected, "{limit}");
        assert_eq!(links(&document, "next").len(), usize::from(expected < 5), "no link to an empty page: {limit}");
    }
    for limit in ["0", "-1", "canary", "1.5", ""] {
        is_refused(&census.get(&format!("/ogc/collections/areas-wards/items?limit={limit}")).await, 400, limit);
    }
}

/// Abstract test 18, /conf/core/fc-time-definition: the parameter is described as the standard does.
#[tokio::test]
async fn datetime_is_described_as_a_text() {
    let datetime = parameter(&Census::shared().get("/ogc/api").await.json(), "datetime");
    assert_eq!(
        (&datetime["in"], &datetime["required"], &datetime["style"], &datetime["explode"]),
        (&json!("query"), &json!(false), &json!("form"), &json!(false))
    );
    assert!(
        datetime["schema"]["type"] == "string"
            || datetime["schema"]["type"].as_array().is_some_and(|t| t.contains(&json!("string")))
    );
}

/// Abstract test 19, /conf/core/fc-time-response: the week of the release, as an instant, an interval and half-open.
#[tokio::test]
async fn a_time_gives_the_features_of_a_week_that_meets_it() {
    let census = Census::shared();
    let collection = census.get("/ogc/collections/cells-r8").await.json();
    let interval = &collection["extent"]["temporal"]["interval"][0];
    let [first, last] = [0, 1].map(|end| interval[end].as_str().unwrap().to_owned());
    let count = async |name: &str, datetime: &str| {
        let document = features(&census, &format!("{name}/items?datetime={datetime}")).await;
        assert!(document["numberMatched"].is_u64());
        ids(&document).len()
    };
    let all = ids(&features(&census, "cells-r8/items").await).len();
    for meets in [
        first.clone(),
        last.clone(),
        format!("{first}/{last}"),
        format!("{first}/.."),
        format!("../{last}"),
        format!("/{last}"),
        "2000-01-01T00:00:00Z/2900-01-01T00:00:00Z".to_owned(),
        first[..10].to_owned(),
    ] {
        assert_eq!(count("cells-r8", &meets).await, all, "{meets}");
    }
    for misses in ["1999-01-01T00:00:00Z", "../2000-01-01T00:00:00Z", "2900-01-01/.."] {
        assert_eq!(count("cells-r8", misses).await, 0, "{misses}");
        assert!(count("figures", misses).await > 0, "what has no time is of every time: {misses}");
    }
}

/// Abstract test 20, /conf/core/query-param-invalid: a value that cannot be read is refused and not repeated.
#[tokio::test]
async fn a_value_that_cannot_be_read_is_refused() {
    let census = Census::shared();
    for query in [
        "limit=canary",
        "limit=0",
        "bbox=canary",
        "bbox=1,2,3",
        "bbox=1,2,3,4,5",
        "bbox=0,10,1,5",
        "bbox=0,0,400,1",
        "bbox=NaN,0,1,1",
        "bbox=",
        "datetime=canary",
        "datetime=2026-99-99",
        "datetime=../..",
        "f=canary",
        "limit=1&limit=2",
    ] {
        is_refused(&census.get(&format!("/ogc/collections/cells-r8/items?{query}")).await, 400, query);
    }
    for path in ["", "/conformance", "/api", "/collections", "/collections/cells-r8"] {
        is_refused(&census.get(&format!("/ogc{path}?f=canary")).await, 400, path);
    }
    is_refused(&census.get("/ogc/collections/cells-r8/items?release=canary").await, 404, "release");
}

/// Abstract test 21, /conf/core/query-param-unknown: a parameter that the address does not take is refused.
#[tokio::test]
async fn an_unknown_parameter_is_refused_everywhere() {
    let census = Census::shared();
    let item = ids(&features(&census, "cells-r8/items?limit=1").await).remove(0);
    let item = format!("/collections/cells-r8/items/{item}");
    for path in
        ["", "/", "/conformance", "/api", "/collections", "/collections/cells-r8", "/collections/cells-r8/items", &item]
    {
        is_refused(&census.get(&format!("/ogc{path}?canary=canary")).await, 400, path);
    }
}

/// Abstract test 22, /conf/core/fc-response: pages together are the table, in every way of cutting them.
#[tokio::test]
async fn the_pages_together_are_the_table() {
    let census = Census::shared();
    for name in COLLECTIONS {
        let whole = ids(&features(&census, &format!("{name}/items?limit=10000")).await);
        assert!(whole.is_sorted_by(|a, b| a < b), "{name}: by id, each once");
        for limit in [1, 7] {
            let (paged, pages) = all_pages(&census, &format!("{name}/items?limit={limit}")).await;
            assert_eq!((paged, pages), (whole.clone(), whole.len().div_ceil(limit)), "{name} by {limit}");
        }
    }
    // The same rows as the table has, and with a box the same as the box has at once.
    let table = census.get(&format!("/data/{}/cells-r10.csv", census.release)).await;
    let mut reader = csv::Reader::from_reader(&table.body[..]);
    let rows: Vec<String> = reader.records().map(|row| row.unwrap()[0].to_owned()).collect();
    assert_eq!(ids(&features(&census, "cells-r10/items?limit=10000").await), rows);
    let bbox = "13.40,52.40,13.41,52.41";
    let at_once = ids(&features(&census, &format!("cells-r10/items?limit=10000&bbox={bbox}")).await);
    let (paged, _) = all_pages(&census, &format!("cells-r10/items?limit=3&bbox={}", bbox.replace(',', "%2C"))).await;
    assert!(!at_once.is_empty() && at_once.len() < rows.len());
    assert_eq!(paged, at_once);
}

/// Abstract test 23, /conf/core/fc-links: a page links to itself, its other face, the next page and the collection.
#[tokio::test]
async fn a_page_links_to_itself_its_other_face_and_the_next() {
    let census = Census::shared();
    let document = features(&census, "cells-r10/items?limit=2&bbox=13,52,14,53").await;
    for (rel, media_type) in [
        ("self", "application/geo+json"),
        ("alternate", "text/html"),
        ("next", "application/geo+json"),
        ("collection", "application/json"),
    ] {
        let found = links(&document, rel);
        assert_eq!((found.len(), &found[0]["type"]), (1, &json!(media_type)), "{rel}");
        assert!(census.get(&local(found[0])).await.header("content-type").starts_with(media_type), "{rel}");
    }
    assert_eq!(census.get(&local(links(&document, "self")[0])).await.json(), document, "self is this page");
    let next = local(links(&document, "next")[0]);
    assert!(next.contains(&format!("release={}", census.release)), "the next page is of the same release: {next}");
    assert!(census.get(&next).await.header("cache-control").contains("immutable"));
}

/// Abstract test 24, /conf/core/fc-timeStamp: there is none, so it cannot be wrong; the release and its week are named.
#[tokio::test]
async fn no_clock_stands_on_a_page_but_the_week_of_the_release() {
    let census = Census::shared();
    let document = features(&census, "cells-r8/items").await;
    assert!(document.get("timeStamp").is_none());
    assert_eq!(document["release"], census.release.as_str());
    assert!(census.release.starts_with(document["as_of"].as_str().unwrap()));
}

/// Abstract tests 25 and 26, /conf/core/fc-numberMatched and fc-numberReturned.
#[tokio::test]
async fn the_numbers_are_those_of_all_pages_and_of_this_one() {
    let census = Census::shared();
    for name in COLLECTIONS {
        let whole = ids(&features(&census, &format!("{name}/items?limit=10000")).await).len();
        let page = features(&census, &format!("{name}/items?limit=2")).await;
        assert_eq!(page["numberReturned"], json!(ids(&page).len()), "{name}");
        assert_eq!(page["numberMatched"], json!(whole), "{name}");
    }
    let page = features(&census, "cells-r10/items?limit=2&bbox=13,52,14,53").await;
    assert!(page.get("numberMatched").is_none(), "not looked for beyond the page");
}

/// Abstract tests 27 to 29, /conf/core/f-op, f-success and f-links: each feature by itself is what its page says.
#[tokio::test]
async fn a_feature_by_itself_is_what_its_page_says() {
    let census = Census::shared();
    for name in COLLECTIONS {
        let page = features(&census, &format!("{name}/items?limit=5")).await;
        for feature in page["features"].as_array().unwrap() {
            let mut alone =
                census.get(&format!("/ogc/collections/{name}/items/{}", feature["id"].as_str().unwrap())).await.json();
            is_valid("feature", &alone);
            for (rel, media_type) in
                [("self", "application/geo+json"), ("alternate", "text/html"), ("collection", "application/json")]
            {
                let found = links(&alone, rel);
                assert_eq!((found.len(), &found[0]["type"]), (1, &json!(media_type)), "{name} {rel}");
                assert!(
                    census.get(&local(found[0])).await.header("content-type").starts_with(media_type),
                    "{name} {rel}"
                );
            }
            alone.as_object_mut().unwrap().remove("links");
            assert_eq!(alone, *feature, "{name}");
        }
        for id in ["canary", "8a0000000000000", "%FF", "..%2fcanary"] {
            is_refused(&census.get(&format!("/ogc/collections/{name}/items/{id}")).await, 404, id);
        }
    }
}

/// /conf/geojson/definition and /conf/geojson/content: features come as `application/geo+json`, and plain JSON is not refused.
#[tokio::test]
async fn features_come_as_geojson() {
    let census = Census::shared();
    for accept in ["application/geo+json", "application/json", "application/geo+json, application/json", "*/*"] {
        let answer = census.ask("/ogc/collections/areas-wards/items", &[("accept", accept)]).await;
        assert_eq!(answer.header("content-type"), "application/geo+json", "{accept}");
        let parsed: geojson::GeoJson = String::from_utf8(answer.body).unwrap().parse().unwrap();
        assert!(matches!(parsed, geojson::GeoJson::FeatureCollection(found) if found.features.len() == 5));
    }
}

/// /conf/html/definition and /conf/html/content: every document is a page too, with its links and its numbers.
#[tokio::test]
async fn every_document_is_a_page_in_every_language() {
    let census = Census::shared();
    let paths = [
        "",
        "/conformance",
        "/api",
        "/collections",
        "/collections/areas-wards",
        "/collections/areas-wards/items",
        "/collections/areas-wards/items/far",
        "/collections/areas-wards/items?limit=2",
        "/collections/effort/items",
    ];
    for path in paths {
        let browser = "text/html,application/xhtml+xml,*/*;q=0.8";
        let answer = census.ask(&format!("/ogc{path}"), &[("accept", browser)]).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (200, "text/html; charset=utf-8"),
            "{path}"
        );
        let text = String::from_utf8(answer.body).unwrap();
        assert!(text.contains("<html lang=\"en\"") && text.contains("f=json"), "{path}");
        for language in ["es", "fr", "de", "zh-Hans", "ar"] {
            let answer = census.get(&format!("/{language}/ogc{path}")).await;
            assert_eq!(answer.status.as_u16(), 200, "{language} {path}");
            assert!(String::from_utf8_lossy(&answer.body).contains(&format!("<html lang=\"{language}\"")), "{path}");
        }
    }
    let page = |path: &'static str| {
        let census = &census;
        async move { String::from_utf8(census.get(path).await.body).unwrap() }
    };
    let items = page("/ogc/collections/areas-wards/items?limit=2&f=html").await;
    assert!(items.contains("rel=\"next\"") && items.contains("/ogc/collections/areas-wards/items/far"), "{items}");
    let far = page("/es/ogc/collections/areas-wards/items/far").await;
    assert!(far.contains("population") && far.contains("9000"), "{far}");
    let small = page("/ogc/collections/areas-wards/items/small?f=html").await;
    assert!(small.contains("withheld"), "what is withheld is not unknown: {small}");
}

#[tokio::test]
async fn a_reader_of_pages_stays_in_the_release_that_was_begun() {
    let census = Census::new();
    let first = features(&census, "cells-r10/items?limit=5").await;
    let (rest_before, _) =
        all_pages(&census, local(links(&first, "next")[0]).trim_start_matches("/ogc/collections/")).await;
    // A new release appears, with cells that sort before and between the ones read so far.
    let spots: Vec<Value> = (0..40)
        .map(|n| {
            json!({ "type": "Feature", "properties": { "kind": "dome" },
            "geometry": { "type": "Point", "coordinates": [13.402 + 0.0015 * f64::from(n), 52.4205] } })
        })
        .collect();
    let file = census.file("more.geojson", &json!({ "type": "FeatureCollection", "features": spots }).to_string());
    census.run(&["import", &file, "--source", "more"]);
    census.run(&["release", "build"]);
    let latest = features(&census, "cells-r10/items?limit=10000").await;
    assert_ne!(latest["release"], first["release"]);
    let (rest_after, _) =
        all_pages(&census, local(links(&first, "next")[0]).trim_start_matches("/ogc/collections/")).await;
    assert_eq!(rest_after, rest_before);
    let pinned = features(&census, &format!("cells-r10/items?limit=10000&release={}", census.release)).await;
    assert_eq!(ids(&pinned), [ids(&first), rest_after].concat());
}

#[tokio::test]
async fn before_the_first_release_there_are_no_collections() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = camera_census::release::Shelf::below(folder.path());
    let router =
        camera_census::http::public_router(camera_census::http::ReadSide::new(shelf).at("https://census.example"));
    drop(std::panic::take_hook());
    let get = async |path: &str| {
        use http_body_util::BodyExt as _;
        use tower::ServiceExt as _;
        let request = http::Request::get(path).body(axum::body::Body::empty()).unwrap();
        let answer = router.clone().oneshot(request).await.unwrap();
        (answer.status().as_u16(), answer.into_body().collect().await.unwrap().to_bytes())
    };
    let (status, body) = get("/ogc/collections").await;
    assert_eq!(status, 200);
    assert_eq!(serde_json::from_slice::<Value>(&body).unwrap()["collections"], json!([]));
    assert_eq!(
        (get("/ogc").await.0, get("/ogc?f=html").await.0, get("/ogc/collections?f=html").await.0),
        (200, 200, 200)
    );
    assert_eq!(get("/ogc/collections/cells-r8/items").await.0, 404);
}
