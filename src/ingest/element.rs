//! One element of an Overpass answer or of a JSON array: an object with a longitude and a latitude of its own.

use serde::de::{IgnoredAny, MapAccess};

use super::dropped::Dropped;
use super::record::{Names, Properties, Record};
use super::value::{Found, Lenient, MapReader, Name, Value};

/// What stood in an element.
pub(super) struct Element<'a> {
    /// Members of the element itself.
    pub(super) record: Record<'a>,
    /// Its `tags`, when they are an object.
    pub(super) tags: Option<Record<'a>>,
    /// Its `center`, as Overpass gives it for ways and relations.
    pub(super) center: Option<Record<'a>>,
    /// It is a GeoJSON Feature.
    pub(super) is_feature: bool,
    /// Known members that stand twice.
    pub(super) duplicate: Option<&'static str>,
}

/// Reads an element from any JSON value.
pub(super) struct ElementReader<'r, 'm> {
    pub(super) names: Names<'m>,
    pub(super) dropped: &'r mut Dropped,
}

impl<'de> MapReader<'de> for ElementReader<'_, '_> {
    type Output = Element<'de>;

    fn read<A: MapAccess<'de>>(self, mut members: A) -> Result<Element<'de>, A::Error> {
        let mut element =
            Element { record: Record::new(self.names), tags: None, center: None, is_feature: false, duplicate: None };
        while let Some(Name(name)) = members.next_key()? {
            if name == "tags" {
                let seed = Lenient(Properties { names: Names::Known, dropped: &mut *self.dropped });
                if let Found::Object(tags) = members.next_value_seed(seed)?
                    && element.tags.replace(tags).is_some()
                {
                    element.duplicate = Some("tags");
                }
                continue;
            }
            if name == "center" {
                // Of a centre only the place is wanted; its other members are nobody's property.
                let seed = Lenient(Properties { names: Names::Known, dropped: &mut Dropped::new() });
                if let Found::Object(center) = members.next_value_seed(seed)?
                    && element.center.replace(center).is_some()
                {
                    element.duplicate = Some("center");
                }
                continue;
            }
            match (&*name, self.names) {
                ("type", Names::Known) => {
                    let value: Value<'_> = members.next_value()?;
                    element.is_feature = value.text() == Some("Feature");
                }
                ("id", Names::Known) => drop(members.next_value::<IgnoredAny>()?),
                _ => element.record.take(self.names, name, &mut members, self.dropped)?,
            }
        }
        Ok(element)
    }
}
