//! The small members of a document: `census` and the outdated `crs`.

use super::read::Census;
use super::value::Value;
use crate::model::{PassLetter, slug_of};

/// Reads a `census` member; `None` when it is not as it should be. Members that nobody knows are ignored.
pub(super) fn census(value: &Value<'_>) -> Option<Census> {
    if matches!(value, Value::Null) {
        return Some(Census::default());
    }
    if !matches!(value, Value::Object(_)) {
        return None;
    }
    let mut census = Census::default();
    if let Some(name) = stated(value, "campaign").ok()? {
        census.campaign = Some(slug_of(name)?);
    }
    if let Some(name) = stated(value, "wave").ok()? {
        census.wave = Some(slug_of(name)?);
    }
    if let Some(letter) = stated(value, "pass").ok()? {
        census.pass = Some(PassLetter::parse(letter)?);
    }
    Some(census)
}

/// The text of a member that may be absent or null; an error when it is there twice or is no text.
fn stated<'v>(value: &'v Value<'_>, name: &str) -> Result<Option<&'v str>, ()> {
    match value.member(name)? {
        None | Some(Value::Null) => Ok(None),
        Some(member) => member.text().map(Some).ok_or(()),
    }
}

/// Whether a `crs` member of GeoJSON 2008 (section 3) names WGS 84 in degrees.
pub(super) fn is_wgs84(crs: &Value<'_>) -> bool {
    if matches!(crs, Value::Null) {
        return true;
    }
    let name = crs.member("properties").ok().flatten().and_then(|p| p.member("name").ok().flatten());
    let Some(name) = name.and_then(Value::text) else { return false };
    let name = name.to_ascii_uppercase();
    ["CRS84", "EPSG:4326", "EPSG::4326", "WGS84", "WGS 84"]
        .iter()
        .any(|known| name.strip_suffix(known).is_some_and(|before| before.is_empty() || before.ends_with([':', '/'])))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(json: &str) -> Value<'_> {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_census_member_is_slugs_and_a_letter() {
        let read = census(&value(r#"{"campaign": "Old Town", "wave": "2026-1", "pass": "B", "x": 1}"#)).unwrap();
        assert_eq!(read.campaign.as_deref(), Some("old-town"));
        assert_eq!(read.wave.as_deref(), Some("2026-1"));
        assert_eq!(read.pass.map(PassLetter::letter), Some('B'));
        for bad in ["[]", "1", r#"{"pass": "G"}"#, r#"{"wave": 7}"#, r#"{"wave": "!"}"#, r#"{"wave":"a","wave":"b"}"#] {
            assert_eq!(census(&value(bad)), None, "{bad}");
        }
    }

    #[test]
    fn only_wgs_84_is_wgs_84() {
        for (name, good) in [
            ("urn:ogc:def:crs:OGC:1.3:CRS84", true),
            ("urn:ogc:def:crs:EPSG::4326", true),
            ("EPSG:4326", true),
            ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", true),
            ("EPSG:3857", false),
            ("urn:ogc:def:crs:EPSG::14326", false),
        ] {
            let json = format!(r#"{{"type": "name", "properties": {{"name": "{name}"}}}}"#);
            assert_eq!(is_wgs84(&value(&json)), good, "{name}");
        }
        assert!(!is_wgs84(&value(r#"{"type": "link"}"#)));
    }
}
