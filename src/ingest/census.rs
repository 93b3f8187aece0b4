//! The census reading of properties: DESIGN's own words.

use super::candidate::Attributes;
use super::code::Code;
use super::direction::directions;
use super::operator::says_unknown;
use super::read::ReadOptions;
use super::record::{Key, Keys, Record};
use super::value::Value;
use crate::model::{Basis, Facing, IsoWeek, Kind, Linked, Maker, Mount, Operator, PositionClass};

/// The properties this reading uses.
pub(super) const USED: Keys = Keys::of(&[
    Key::Kind,
    Key::Operator,
    Key::Mount,
    Key::Linked,
    Key::Maker,
    Key::Basis,
    Key::Facing,
    Key::Heads,
    Key::Observed,
    Key::Position,
    Key::Accuracy,
    Key::Slot,
]);

/// A property for which the feature is refused; without a key, the properties as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) code: Code,
    pub(super) key: Option<Key>,
}

/// Reads a record. Everything that was read differently from how it stood there goes to `note`.
pub(super) fn attributes(
    record: &Record<'_>,
    options: &ReadOptions<'_>,
    note: &mut dyn FnMut(Code, Key),
) -> Result<Attributes, Fault> {
    let kind = kind(record, options.kind_required, note)?;
    let (facing, facings) = facing(record, Key::Facing, note);
    Ok(Attributes {
        kind,
        operator: word(record, Key::Operator, Operator::from_word, Code::OperatorUnreadable, note),
        mount: word(record, Key::Mount, Mount::from_word, Code::MountUnreadable, note),
        linked: linked(record, note),
        maker: maker(record, &[Key::Maker], note),
        basis: word(record, Key::Basis, Basis::from_word, Code::BasisUnreadable, note),
        facing,
        heads: heads(record, Key::Heads, facings, note),
        week: week(record, &[Key::Observed], options, note),
        position: position(record, options.kind_required, note),
        slot: slot(record, note),
    })
}

fn kind(record: &Record<'_>, required: bool, note: &mut dyn FnMut(Code, Key)) -> Result<Kind, Fault> {
    let Some(value) = record.get(Key::Kind) else {
        return if required { Err(Fault { code: Code::KindMissing, key: None }) } else { Ok(Kind::Unknown) };
    };
    let word = value.text().map(normal).unwrap_or_default();
    if let Some(kind) = Kind::from_word(&word) {
        return Ok(kind);
    }
    if let Some(code) = out_of_scope(&word) {
        return Err(Fault { code, key: Some(Key::Kind) });
    }
    if required {
        return Err(Fault { code: Code::KindUnknownValue, key: Some(Key::Kind) });
    }
    note(Code::KindUnreadable, Key::Kind);
    Ok(Kind::Unknown)
}

/// The refusal for a word (as [`normal`] gives it) that names something the census does not count.
pub(super) fn out_of_scope(word: &str) -> Option<Code> {
    Some(match word {
        "indoor" | "indoors" | "inside" => Code::Indoor,
        "body_worn" | "bodyworn" | "body_cam" | "bodycam" | "body_camera" => Code::BodyWorn,
        "vehicle" | "dashcam" | "dash_cam" | "in_car" | "drone" => Code::Vehicle,
        "guard" | "security_guard" => Code::Guard,
        "gunshot_detector" | "gunshot" | "shotspotter" => Code::Gunshot,
        "fake" | "dummy" | "mock" => Code::Fake,
        "not_a_camera" => Code::NotACamera,
        _ => return None,
    })
}

/// Lower case, with underscores for blanks and hyphens.
pub(super) fn normal(text: &str) -> String {
    text.trim().chars().map(|c| if matches!(c, ' ' | '-') { '_' } else { c.to_ascii_lowercase() }).collect()
}

fn word<T: Default>(
    record: &Record<'_>,
    key: Key,
    from_word: fn(&str) -> Option<T>,
    unreadable: Code,
    note: &mut dyn FnMut(Code, Key),
) -> T {
    let Some(value) = record.get(key) else { return T::default() };
    value.text().and_then(|text| from_word(&normal(text))).unwrap_or_else(|| {
        note(unreadable, key);
        T::default()
    })
}

fn linked(record: &Record<'_>, note: &mut dyn FnMut(Code, Key)) -> Linked {
    match record.get(Key::Linked) {
        Some(Value::Bool(true)) => Linked::Yes,
        Some(Value::Bool(false)) => Linked::No,
        _ => word(record, Key::Linked, Linked::from_word, Code::LinkedUnreadable, note),
    }
}

/// The first of several properties that names a listed maker.
pub(super) fn maker(record: &Record<'_>, keys: &[Key], note: &mut dyn FnMut(Code, Key)) -> Maker {
    let mut unlisted = None;
    for &key in keys {
        let Some(value) = record.get(key) else { continue };
        match value.text().map(|text| (Maker::find(text), says_unknown(text))) {
            Some((Some(maker), _)) => return maker,
            Some((None, true)) => {}
            _ => unlisted = unlisted.or(Some(key)),
        }
    }
    if let Some(key) = unlisted {
        note(Code::MakerUnlisted, key);
    }
    Maker::UNKNOWN
}

/// A direction and how many it lists.
pub(super) fn facing(record: &Record<'_>, key: Key, note: &mut dyn FnMut(Code, Key)) -> (Facing, usize) {
    let Some(value) = record.get(key) else { return (Facing::NONE, 0) };
    directions(value).unwrap_or_else(|| {
        note(Code::FacingUnreadable, key);
        (Facing::NONE, 0)
    })
}

/// Camera heads: as stated, else one for each direction, else one.
pub(super) fn heads(record: &Record<'_>, key: Key, facings: usize, note: &mut dyn FnMut(Code, Key)) -> u8 {
    let default = u8::try_from(facings.clamp(1, 99)).unwrap_or(1);
    let Some(value) = record.get(key) else { return default };
    value.number().and_then(|number| whole(number, 99)).unwrap_or_else(|| {
        note(Code::HeadsUnreadable, key);
        default
    })
}

/// The week of the first of several properties that is filled in.
pub(super) fn week(
    record: &Record<'_>,
    keys: &[Key],
    options: &ReadOptions<'_>,
    note: &mut dyn FnMut(Code, Key),
) -> Option<IsoWeek> {
    let Some((key, value)) = keys.iter().find_map(|&key| Some((key, record.get(key)?))) else {
        return options.default_week;
    };
    match value.text().map(IsoWeek::parse) {
        Some(Ok(week)) if week <= options.current_week => Some(week),
        Some(Ok(_)) => {
            note(Code::ObservedInFuture, key);
            None
        }
        _ => {
            note(Code::ObservedUnreadable, key);
            None
        }
    }
}

/// How well the place is known. An accuracy on its own means satellite positioning.
pub(super) fn position(record: &Record<'_>, posted: bool, note: &mut dyn FnMut(Code, Key)) -> PositionClass {
    let default = if posted { PositionClass::Map } else { PositionClass::Import };
    let accuracy = record.get(Key::Accuracy).and_then(|value| {
        let metres = value.number().filter(|metres| metres.is_finite() && *metres >= 0.0);
        if metres.is_none() {
            note(Code::AccuracyUnreadable, Key::Accuracy);
        }
        metres
    });
    let by_satellite = accuracy.map(PositionClass::from_accuracy_m);
    let Some(value) = record.get(Key::Position) else { return by_satellite.unwrap_or(default) };
    match value.text().map(normal).as_deref() {
        Some("map") => PositionClass::Map,
        Some("import") => PositionClass::Import,
        Some("gps") => by_satellite.unwrap_or(PositionClass::GpsCoarse),
        _ => {
            note(Code::PositionUnreadable, Key::Position);
            by_satellite.unwrap_or(default)
        }
    }
}

fn slot(record: &Record<'_>, note: &mut dyn FnMut(Code, Key)) -> Option<u8> {
    let value = record.get(Key::Slot)?;
    let slot = value.number().and_then(|number| whole(number, 7));
    if slot.is_none() {
        note(Code::SlotUnreadable, Key::Slot);
    }
    slot
}

fn whole(number: f64, most: u8) -> Option<u8> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 255 after the check")]
    let whole = number as u8;
    ((0.0..=f64::from(most)).contains(&number) && number.fract() == 0.0).then_some(whole)
}
