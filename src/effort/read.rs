//! One feature: what was walked, in which wave, by which team, and how completely.

use std::borrow::Cow;

use geojson::GeometryValue;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::code::Code;
use super::geometry::shapes;
use crate::model::{PassLetter, UnitShape, UnitState, slug_of};

/// The optional `census` member of a collection or feature, or what stands in for it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Census {
    pub(super) campaign: Option<String>,
    pub(super) wave: Option<String>,
    pub(super) pass: Option<PassLetter>,
}

impl Census {
    /// Reads the member; other members in it are ignored.
    pub(super) fn of_member(value: &Value) -> Result<Self, Code> {
        if value.is_null() {
            return Ok(Self::default());
        }
        let members = value.as_object().ok_or(Code::BadCensus)?;
        let text = |name| match members.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => value.as_str().map(Some).ok_or(Code::BadCensus),
        };
        let slug = |name| text(name)?.map(|text| slug_of(text).ok_or(Code::BadCensus)).transpose();
        let pass = text("pass")?.map(|text| PassLetter::parse(text).ok_or(Code::BadCensus)).transpose()?;
        Ok(Self { campaign: slug("campaign")?, wave: slug("wave")?, pass })
    }

    /// This, and the other where this says nothing.
    pub(super) fn or(&self, other: &Self) -> Self {
        Self {
            campaign: self.campaign.clone().or_else(|| other.campaign.clone()),
            wave: self.wave.clone().or_else(|| other.wave.clone()),
            pass: self.pass.or(other.pass),
        }
    }
}

/// A good feature.
#[derive(Debug)]
pub(super) struct Feature {
    pub(super) shapes: Vec<UnitShape>,
    pub(super) state: UnitState,
    pub(super) census: Census,
    /// Properties that nobody knows were there.
    pub(super) has_others: bool,
}

#[derive(Deserialize)]
struct Members<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<Cow<'a, str>>,
    #[serde(borrow)]
    geometry: Option<&'a RawValue>,
    properties: Option<Value>,
}

/// Reads a feature, or tells what is wrong at which pointer within it. `given` wins over what the feature says of itself,
/// `around` is what its collection says.
pub(super) fn feature(text: &str, given: &Census, around: &Census) -> Result<Feature, (&'static str, Code)> {
    let members: Members<'_> = serde_json::from_str(text).map_err(|_why| ("", Code::NotAFeature))?;
    if members.kind.as_deref() != Some("Feature") {
        return Err(("", Code::NotAFeature));
    }
    let Some(Value::Object(properties)) = members.properties else {
        return Err(("/properties", Code::BadProperties));
    };
    let state = state(&properties).map_err(|code| ("/properties/state", code))?;
    let own = Census {
        campaign: None,
        wave: wave(&properties).map_err(|code| ("/properties/wave", code))?,
        pass: pass(&properties).map_err(|code| ("/properties/pass", code))?,
    };
    let census = given.or(&own).or(around);
    if census.wave.is_none() {
        return Err(("/properties", Code::WaveMissing));
    }
    if census.pass.is_none() {
        return Err(("/properties", Code::PassMissing));
    }
    let geometry = members.geometry.filter(|geometry| geometry.get() != "null").ok_or(("", Code::NoGeometry))?;
    let geometry: GeometryValue =
        serde_json::from_str(geometry.get()).map_err(|_why| ("/geometry", Code::BadGeometry))?;
    Ok(Feature {
        shapes: shapes(&geometry).map_err(|code| ("/geometry", code))?,
        state,
        census,
        // The number found is known and not kept: with the public-space cameras of a street it, or even whether it is
        // zero, would tell of home cameras there (promises P1 and P11).
        has_others: properties.keys().any(|name| !["state", "wave", "pass", "found"].contains(&name.as_str())),
    })
}

fn stated<'a>(properties: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    properties.get(name).filter(|value| !value.is_null() && value.as_str() != Some(""))
}

fn state(properties: &Map<String, Value>) -> Result<UnitState, Code> {
    let value = stated(properties, "state").ok_or(Code::StateMissing)?;
    let word = value.as_str().ok_or(Code::StateUnknownValue)?;
    let word = word.trim().to_ascii_lowercase().replace([' ', '-'], "_");
    UnitState::from_word(&word).ok_or(Code::StateUnknownValue)
}

fn wave(properties: &Map<String, Value>) -> Result<Option<String>, Code> {
    let Some(value) = stated(properties, "wave") else { return Ok(None) };
    let name = match value {
        Value::String(name) => Cow::Borrowed(name.as_str()),
        Value::Number(number) if number.is_u64() => Cow::Owned(number.to_string()),
        _ => return Err(Code::WaveUnreadable),
    };
    slug_of(&name).map(Some).ok_or(Code::WaveUnreadable)
}

fn pass(properties: &Map<String, Value>) -> Result<Option<PassLetter>, Code> {
    let Some(value) = stated(properties, "pass") else { return Ok(None) };
    let letter = value.as_str().map(|text| text.trim().to_ascii_uppercase());
    letter.and_then(|letter| PassLetter::parse(&letter)).map(Some).ok_or(Code::PassUnreadable)
}
