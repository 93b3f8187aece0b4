//! The outside of an effort file: which texts are its features, and where they stand.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::code::Code;
use super::read::Census;

/// The features of a collection, or the lines of a file.
pub(super) struct Outer<'a> {
    /// Name of the format.
    pub(super) format: &'static str,
    /// Collections and lines, in order.
    pub(super) parts: Vec<Part<'a>>,
}

/// One `FeatureCollection`, or one line.
pub(super) struct Part<'a> {
    /// Pointer to the container of the features; to the feature itself where there is only one.
    base: String,
    /// Whether the features are counted within the container.
    is_counted: bool,
    /// What the collection says of all its features.
    pub(super) census: Census,
    /// The features' texts; of a line that cannot be used, why.
    pub(super) features: Result<Vec<&'a str>, Code>,
}

impl Part<'_> {
    /// Pointer to a feature by its place in [`Part::features`].
    pub(super) fn pointer(&self, index: usize) -> String {
        if self.is_counted { format!("{}/{index}", self.base) } else { self.base.clone() }
    }
}

#[derive(Deserialize)]
struct Collection<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<&'a RawValue>,
    #[serde(borrow)]
    features: Option<Vec<&'a RawValue>>,
    census: Option<serde_json::Value>,
}

/// Finds the features of a `FeatureCollection`, a lone `Feature`, or of several texts, one on each line.
pub(super) fn outer(bytes: &[u8]) -> Result<Outer<'_>, Code> {
    if bytes.starts_with(b"\x1F\x8B") || bytes.starts_with(b"PK\x03\x04") {
        return Err(Code::Compressed);
    }
    let text = std::str::from_utf8(bytes).map_err(|_why| Code::NotUtf8)?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    // RFC 8142 begins each text with a record separator.
    let mut lines =
        text.split('\n').map(|line| line.trim_start_matches('\u{1E}').trim()).filter(|line| !line.is_empty());
    let first = lines.next().ok_or(Code::EmptyFile)?;
    let is_lines = lines.next().is_some() && serde_json::from_str::<&RawValue>(first).is_ok();
    if !is_lines {
        let text = text.trim().trim_start_matches('\u{1E}');
        let part = part(text, None)?;
        return Ok(Outer { format: "geojson", parts: vec![part] });
    }
    let all = text.split('\n').map(|line| line.trim_start_matches('\u{1E}').trim()).enumerate();
    let parts = all.filter(|(_, line)| !line.is_empty()).map(|(index, line)| {
        part(line, Some(index)).unwrap_or_else(|code| Part {
            base: format!("/{index}"),
            is_counted: false,
            census: Census::default(),
            features: Err(code),
        })
    });
    Ok(Outer { format: "geojson-seq", parts: parts.collect() })
}

/// One JSON text: a collection or a feature.
fn part(text: &str, line: Option<usize>) -> Result<Part<'_>, Code> {
    let base = line.map(|line| format!("/{line}")).unwrap_or_default();
    if !text.starts_with('{') {
        let is_json = serde_json::from_str::<&RawValue>(text).is_ok();
        return Err(if is_json { Code::NotGeojson } else { Code::BrokenJson });
    }
    let collection: Collection<'_> = serde_json::from_str(text).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => Code::NotGeojson,
        _ => Code::BrokenJson,
    })?;
    let kind = collection.kind.and_then(|kind| serde_json::from_str::<Cow<'_, str>>(kind.get()).ok());
    let census = collection.census.as_ref().map_or(Ok(Census::default()), Census::of_member)?;
    match (kind.as_deref(), collection.features) {
        (Some("FeatureCollection"), Some(features)) if !features.is_empty() => Ok(Part {
            base: format!("{base}/features"),
            is_counted: true,
            census,
            features: Ok(features.into_iter().map(RawValue::get).collect()),
        }),
        (Some("FeatureCollection"), Some(_)) => Err(Code::NoFeatures),
        (Some("Feature"), None) => Ok(Part { base, is_counted: false, census, features: Ok(vec![text]) }),
        _ => Err(Code::NotGeojson),
    }
}
