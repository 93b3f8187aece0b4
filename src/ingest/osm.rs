//! The OpenStreetMap reading of properties: `man_made=surveillance` and its neighbours.

use super::candidate::Attributes;
use super::census::{self, Fault, normal, out_of_scope};
use super::code::Code;
use super::operator::{Operators, says_unknown};
use super::read::ReadOptions;
use super::record::{Key, Keys, Record};
use super::value::Value;
use crate::model::{Basis, Kind, Linked, Mount, Operator};

/// The tags this reading uses.
pub(super) const USED: Keys = Keys::of(&[
    Key::ManMade,
    Key::Surveillance,
    Key::SurveillanceType,
    Key::CameraType,
    Key::CameraMount,
    Key::CameraDirection,
    Key::Direction,
    Key::Operator,
    Key::OperatorType,
    Key::Manufacturer,
    Key::Brand,
    Key::CameraCount,
    Key::CheckDate,
    Key::SurveyDate,
    Key::Indoor,
    Key::Fake,
    Key::Position,
    Key::Accuracy,
]);

/// Whether the tags speak OpenStreetMap's language about a camera.
pub(super) fn applies(record: &Record<'_>) -> bool {
    let is = |key, word| record.get(key).and_then(Value::text) == Some(word);
    record.tagged || is(Key::ManMade, "surveillance") || is(Key::Highway, "speed_camera")
}

/// Reads tags. Everything that was read differently from how it stood there goes to `note`.
pub(super) fn attributes(
    record: &Record<'_>,
    options: &ReadOptions<'_>,
    operators: &Operators,
    note: &mut dyn FnMut(Code, Key),
) -> Result<Attributes, Fault> {
    refuse_non_cameras(record)?;
    let direction = if record.get(Key::CameraDirection).is_some() { Key::CameraDirection } else { Key::Direction };
    let (facing, facings) = census::facing(record, direction, note);
    Ok(Attributes {
        kind: kind(record, note),
        operator: operator(record, operators, note),
        mount: mount(record, note),
        linked: Linked::Unknown,
        maker: census::maker(record, &[Key::Manufacturer, Key::Brand], note),
        basis: Basis::Seen,
        facing,
        heads: census::heads(record, Key::CameraCount, facings, note),
        week: census::week(record, &[Key::CheckDate, Key::SurveyDate], options, note),
        position: census::position(record, options.kind_required, note),
        slot: None,
    })
}

/// The items of a list of words.
fn items<'r>(record: &'r Record<'_>, key: Key) -> impl Iterator<Item = String> + 'r {
    let text = record.get(key).and_then(Value::text).unwrap_or_default();
    text.split([';', ',', '/']).map(normal).filter(|item| !item.is_empty())
}

fn refuse_non_cameras(record: &Record<'_>) -> Result<(), Fault> {
    for key in [Key::SurveillanceType, Key::CameraType, Key::Surveillance] {
        // Something said to be indoor and outdoor is kept: some of it watches public space.
        let mut refusal = None;
        for item in items(record, key) {
            match out_of_scope(&item) {
                // The ground is guarded, by a camera.
                Some(Code::Guard) if key == Key::Surveillance && record.get(Key::SurveillanceType).is_some() => {}
                Some(code) => refusal = refusal.or(Some(code)),
                None => {
                    refusal = None;
                    break;
                }
            }
        }
        if let Some(code) = refusal {
            return Err(Fault { code, key: Some(key) });
        }
    }
    if is_yes(record, Key::Indoor) {
        return Err(Fault { code: Code::Indoor, key: Some(Key::Indoor) });
    }
    if is_yes(record, Key::Fake) {
        return Err(Fault { code: Code::Fake, key: Some(Key::Fake) });
    }
    Ok(())
}

fn is_yes(record: &Record<'_>, key: Key) -> bool {
    match record.get(key) {
        Some(Value::Bool(value)) => *value,
        value => value.and_then(Value::text).is_some_and(|text| text.eq_ignore_ascii_case("yes")),
    }
}

fn kind(record: &Record<'_>, note: &mut dyn FnMut(Code, Key)) -> Kind {
    let words = |key, wanted: &[&str]| items(record, key).any(|item| wanted.contains(&item.as_str()));
    if words(Key::SurveillanceType, &["alpr", "anpr", "lpr", "license_plate_reader"]) {
        return Kind::PlateReader;
    }
    let by_number = matches!(record.get(Key::CameraType), Some(Value::Number(_)));
    let by_type = items(record, Key::CameraType).find_map(|item| {
        Some(match item.as_str() {
            "fixed" | "bullet" | "static" => Kind::Fixed,
            "dome" => Kind::Dome,
            "panning" | "ptz" => Kind::Panning,
            "alpr" | "anpr" => Kind::PlateReader,
            "doorbell" => Kind::Doorbell,
            "panorama" | "360" | "webcam" | "speed" | "other" => Kind::Other,
            "unknown" => Kind::Unknown,
            _ => return None,
        })
    });
    if let Some(kind) = by_type.or(by_number.then_some(Kind::Other)) {
        return kind;
    }
    if words(Key::CameraMount, &["doorbell"]) {
        return Kind::Doorbell;
    }
    if record.get(Key::CameraType).is_some() {
        note(Code::KindUnreadable, Key::CameraType);
    }
    let other = ["webcam", "red_light", "maxspeed", "speed", "speed_camera"];
    if words(Key::SurveillanceType, &other) || words(Key::Surveillance, &other) || words(Key::Highway, &other) {
        return Kind::Other;
    }
    if record.get(Key::SurveillanceType).is_some()
        && !words(Key::SurveillanceType, &["camera", "cctv", "yes", "video", "unknown"])
    {
        note(Code::KindUnreadable, Key::SurveillanceType);
    }
    Kind::Unknown
}

fn operator(record: &Record<'_>, operators: &Operators, note: &mut dyn FnMut(Code, Key)) -> Operator {
    let name = record.get(Key::Operator).and_then(Value::text);
    let by_name = name.map_or(Operator::Unknown, |name| operators.of(name));
    if by_name != Operator::Unknown {
        return by_name;
    }
    let by_type = record.get(Key::OperatorType).and_then(Value::text).map(normal);
    match by_type.as_deref() {
        Some("public" | "government" | "municipal" | "state") => return Operator::Government,
        Some("police") => return Operator::Police,
        Some("private" | "business" | "commercial" | "company") => return Operator::Business,
        Some("private_non_profit" | "ngo" | "community" | "religious" | "association") => return Operator::Other,
        Some("individual" | "household" | "homeowner") => return Operator::Household,
        _ => {}
    }
    if let Some(name) = name {
        if crate::model::Maker::find(name).is_none() && !says_unknown(name) {
            note(Code::OperatorUnrecognised, Key::Operator);
        }
        return Operator::Unknown;
    }
    // Privately watched ground with nothing else said may be a home: the coarser reading is the safe one.
    let private = items(record, Key::Surveillance).any(|item| matches!(item.as_str(), "private" | "privat"));
    if private { Operator::Household } else { Operator::Unknown }
}

fn mount(record: &Record<'_>, note: &mut dyn FnMut(Code, Key)) -> Mount {
    if record.get(Key::CameraMount).is_none() {
        return Mount::Unknown;
    }
    let found = items(record, Key::CameraMount).find_map(|item| {
        Some(match item.as_str() {
            "wall" | "building" | "facade" | "house" => Mount::Wall,
            "pole" | "mast" | "post" => Mount::Pole,
            "street_lamp" | "lamp" | "street_light" => Mount::StreetLamp,
            "traffic_signal" | "traffic_signals" | "traffic_light" => Mount::TrafficSignal,
            "ceiling" => Mount::Ceiling,
            "roof" => Mount::Roof,
            "door" | "doorbell" => Mount::Door,
            "gantry" | "fence" | "tree" | "bridge" | "tower" | "other" => Mount::Other,
            "unknown" => Mount::Unknown,
            _ => return None,
        })
    });
    found.unwrap_or_else(|| {
        note(Code::MountUnreadable, Key::CameraMount);
        Mount::Unknown
    })
}
