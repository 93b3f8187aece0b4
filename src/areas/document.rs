//! A boundary file to its features, or what it is instead.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::code::{
    BARE_GEOMETRY, BROKEN_JSON, Code, EMPTY_FILE, ESRI_JSON, MARKUP, NO_FEATURES, NOT_GEOJSON, NOT_TEXT, OTHER_CRS,
    TOPOJSON,
};

/// The features of a file, as they stand there.
pub(super) struct Document<'a> {
    /// The text of each feature.
    pub(super) features: Vec<&'a RawValue>,
    /// There was a `crs` member, which names WGS 84.
    pub(super) has_crs: bool,
}

#[derive(Deserialize)]
struct Outer<'a> {
    #[serde(rename = "type")]
    kind: Option<Value>,
    crs: Option<Value>,
    #[serde(borrow)]
    features: Option<&'a RawValue>,
    #[serde(rename = "geometryType")]
    esri: Option<Value>,
}

/// Looks what a file is, and finds its features.
pub(super) fn open(bytes: &[u8]) -> Result<Document<'_>, (&'static str, &'static Code)> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let whole = |code| ("", code);
    let text = std::str::from_utf8(bytes).map_err(|_not_utf8| whole(NOT_TEXT))?.trim();
    match text.bytes().next() {
        None => return Err(whole(EMPTY_FILE)),
        Some(b'<') => return Err(whole(MARKUP)),
        Some(b'{') => {}
        Some(_) if text.contains('\0') || text.starts_with("PK") => return Err(whole(NOT_TEXT)),
        Some(_) => {
            return Err(whole(if serde_json::from_str::<&RawValue>(text).is_ok() { NOT_GEOJSON } else { BROKEN_JSON }));
        }
    }
    let outer: Outer<'_> =
        serde_json::from_str(text).map_err(|error| whole(if error.is_data() { NOT_GEOJSON } else { BROKEN_JSON }))?;
    if let Some(crs) = &outer.crs
        && !is_wgs84(crs)
    {
        return Err(("/crs", OTHER_CRS));
    }
    let has_crs = outer.crs.is_some();
    let features = match outer.kind.as_ref().and_then(Value::as_str) {
        Some("FeatureCollection") => {
            let list = outer.features.and_then(|list| serde_json::from_str::<Vec<&RawValue>>(list.get()).ok());
            list.ok_or(("/features", NOT_GEOJSON))?
        }
        Some("Feature") => vec![serde_json::from_str(text).map_err(|_error| whole(BROKEN_JSON))?],
        Some("Topology") => return Err(whole(TOPOJSON)),
        Some("Polygon" | "MultiPolygon" | "GeometryCollection") => return Err(whole(BARE_GEOMETRY)),
        _ if outer.esri.is_some() => return Err(whole(ESRI_JSON)),
        _ => return Err(whole(NOT_GEOJSON)),
    };
    if features.is_empty() { Err(whole(NO_FEATURES)) } else { Ok(Document { features, has_crs }) }
}

/// Whether a `crs` member of GeoJSON 2008 (section 3) names WGS 84 in degrees.
fn is_wgs84(crs: &Value) -> bool {
    let Some(name) = crs.pointer("/properties/name").and_then(Value::as_str) else { return crs.is_null() };
    let name = name.to_ascii_uppercase();
    ["CRS84", "EPSG:4326", "EPSG::4326", "WGS84", "WGS 84"]
        .iter()
        .any(|known| name.strip_suffix(known).is_some_and(|before| before.is_empty() || before.ends_with([':', '/'])))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> (&'static str, &'static str) {
        let (pointer, code) = open(text.as_bytes()).err().unwrap();
        (pointer, code.name)
    }

    #[test]
    fn what_is_no_feature_collection_is_called_by_its_name() {
        assert_eq!(refused(" "), ("", "empty_file"));
        assert_eq!(refused(r#"{"type": "Topology", "objects": {}, "arcs": []}"#), ("", "topojson"));
        assert_eq!(refused(r#"{"type": "Polygon", "coordinates": []}"#), ("", "bare_geometry"));
        assert_eq!(refused(r#"{"geometryType": "esriGeometryPolygon", "features": [{}]}"#), ("", "esri_json"));
        assert_eq!(refused("[1, 2]"), ("", "not_geojson"));
        assert_eq!(refused(r#"{"type": "FeatureCollection"}"#), ("/features", "not_geojson"));
        assert_eq!(refused(r#"{"type": "FeatureCollection", "features": {}}"#), ("/features", "not_geojson"));
        assert_eq!(refused(r#"{"type": "FeatureCollection", "features": []}"#), ("", "no_features"));
        assert_eq!(refused(r#"{"type": "FeatureCollection", "features": ["#), ("", "broken_json"));
        assert_eq!(refused("{\"type\": \"Feature\"}\n{\"type\": \"Feature\"}"), ("", "broken_json"));
        assert_eq!(refused("<kml/>"), ("", "markup"));
        assert_eq!(open(b"\x1f\x8b\x08\0").err().map(|(_, code)| code.name), Some("not_text"));
        assert_eq!(open(b"PK\x03\x04").err().map(|(_, code)| code.name), Some("not_text"));
    }

    #[test]
    fn a_crs_is_taken_when_it_names_wgs_84() {
        let collection = |crs: &str| {
            format!(r#"{{"type": "FeatureCollection", "crs": {crs}, "features": [{{"type": "Feature"}}]}}"#)
        };
        let named = |name: &str| collection(&format!(r#"{{"type": "name", "properties": {{"name": "{name}"}}}}"#));
        for good in ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326"] {
            assert!(open(named(good).as_bytes()).ok().unwrap().has_crs, "{good}");
        }
        assert!(open(collection("null").as_bytes()).is_ok());
        for bad in ["EPSG:3857", "urn:ogc:def:crs:EPSG::2263", "EPSG::14326"] {
            assert_eq!(refused(&named(bad)), ("/crs", "other_crs"));
        }
        assert_eq!(refused(&collection(r#"{"type": "link"}"#)), ("/crs", "other_crs"));
    }
}
