//! The properties of one feature, element or row, sorted into the places where readers look for them.

use std::borrow::Cow;

use serde::de::{IgnoredAny, MapAccess};

use super::dropped::Dropped;
use super::mapping::Mapping;
use super::value::{MapReader, Name, Value};

macro_rules! keys {
    ($($variant:ident $name:literal)+) => {
        /// A property that one of the two readings knows.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Key { $($variant),+ }

        impl Key {
            const ALL: &'static [Self] = &[$(Self::$variant),+];

            pub(super) const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            fn of(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

keys! {
    Kind "kind" Operator "operator" Mount "mount" Linked "linked" Maker "maker" Basis "basis" Facing "facing"
    Heads "heads" Observed "observed" Position "position" Accuracy "accuracy_m" Slot "slot"
    ManMade "man_made" Surveillance "surveillance" SurveillanceType "surveillance:type" CameraType "camera:type"
    CameraMount "camera:mount" CameraDirection "camera:direction" Direction "direction" OperatorType "operator:type"
    Manufacturer "manufacturer" Brand "brand" CameraCount "camera:count" CheckDate "check_date"
    SurveyDate "survey:date" Indoor "indoor" Fake "fake" Highway "highway"
    Lon "lon" Lng "lng" Long "long" Longitude "longitude" Lat "lat" Latitude "latitude"
}

impl Key {
    /// A property of a sighting, by its name.
    pub(super) fn of_census(name: &str) -> Option<Self> {
        Self::of(name).filter(|key| super::census::USED.holds(*key))
    }
}

/// A set of [`Key`]s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Keys(u64);

impl Keys {
    pub(super) const fn holds(self, key: Key) -> bool {
        self.0 & (1 << key as u64) != 0
    }

    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn of(keys: &[Key]) -> Self {
        let mut bits = 0;
        let mut index = 0;
        while index < keys.len() {
            bits |= 1 << keys[index] as u64;
            index += 1;
        }
        Self(bits)
    }
}

/// What the columns of a record mean.
#[derive(Debug, Clone, Copy)]
pub(super) enum Names<'m> {
    /// The names of the census and of OpenStreetMap.
    Known,
    /// Those a mapping file gives.
    Mapped(&'m Mapping),
}

impl Names<'_> {
    pub(super) fn slot(self, name: &str) -> Option<usize> {
        match self {
            Self::Known => Key::of(name).map(|key| key as usize),
            Self::Mapped(mapping) => mapping.slot(name),
        }
    }

    fn count(self) -> usize {
        match self {
            Self::Known => Key::ALL.len(),
            Self::Mapped(mapping) => mapping.slots(),
        }
    }
}

/// Values by slot.
#[derive(Debug)]
pub(super) struct Record<'a> {
    slots: Vec<Option<Value<'a>>>,
    /// A `camera:*` or `surveillance:*` key was present.
    pub(super) tagged: bool,
    /// Name of a known member that stands twice.
    pub(super) duplicate: Option<Cow<'a, str>>,
}

impl<'a> Record<'a> {
    pub(super) fn new(names: Names<'_>) -> Self {
        Self { slots: vec![None; names.count()], tagged: false, duplicate: None }
    }

    /// The value of a property unless it is absent, null or blank.
    pub(super) fn get(&self, key: Key) -> Option<&Value<'a>> {
        self.at(key as usize)
    }

    pub(super) fn at(&self, slot: usize) -> Option<&Value<'a>> {
        self.slots.get(slot).and_then(Option::as_ref).filter(|value| !value.is_blank())
    }

    pub(super) fn set(&mut self, key: Key, value: Value<'a>) {
        self.slots[key as usize] = Some(value);
    }

    pub(super) fn put_at(&mut self, slot: usize, value: Value<'a>) {
        self.slots[slot] = Some(value);
    }

    /// Takes in a value; a name nobody knows is handed to `dropped`.
    pub(super) fn put(&mut self, names: Names<'_>, name: Cow<'a, str>, value: Value<'a>, dropped: &mut Dropped) {
        self.tagged |= is_camera_tag(&name);
        match names.slot(&name) {
            Some(slot) if self.slots[slot].is_some() => self.duplicate = Some(name),
            Some(slot) => self.slots[slot] = Some(value),
            None => dropped.add(&name),
        }
    }

    /// Takes in one member of a JSON object.
    pub(super) fn take<A: MapAccess<'a>>(
        &mut self,
        names: Names<'_>,
        name: Cow<'a, str>,
        members: &mut A,
        dropped: &mut Dropped,
    ) -> Result<(), A::Error> {
        if names.slot(&name).is_some() {
            self.put(names, name, members.next_value()?, dropped);
        } else {
            self.tagged |= is_camera_tag(&name);
            dropped.add(&name);
            members.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }

    /// Names the properties that were there and that the reading did not use.
    pub(super) fn drop_all_but(&self, used: Keys, dropped: &mut Dropped) {
        for key in Key::ALL.iter().filter(|&&key| !used.holds(key)) {
            if self.slots[*key as usize].is_some() {
                dropped.add(key.name());
            }
        }
    }
}

pub(super) fn is_camera_tag(name: &str) -> bool {
    name.starts_with("camera:") || name.starts_with("surveillance:")
}

/// Fills a [`Record`] from a JSON object.
pub(super) struct Properties<'r, 'm> {
    pub(super) names: Names<'m>,
    pub(super) dropped: &'r mut Dropped,
}

impl<'de> MapReader<'de> for Properties<'_, '_> {
    type Output = Record<'de>;

    fn read<A: MapAccess<'de>>(self, mut members: A) -> Result<Record<'de>, A::Error> {
        let mut record = Record::new(self.names);
        while let Some(Name(name)) = members.next_key()? {
            record.take(self.names, name, &mut members, self.dropped)?;
        }
        Ok(record)
    }
}
