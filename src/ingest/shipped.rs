//! Mappings for the exports of well-known tools, by name.

use super::mapping::{Mapping, MappingError};

const TEXTS: [(&str, &str); 3] = [
    ("odk", include_str!("mappings/odk.toml")),
    ("kobo", include_str!("mappings/kobo.toml")),
    ("epicollect", include_str!("mappings/epicollect.toml")),
];

/// Name under which data of OpenStreetMap are read, as they are without a mapping too.
const NATIVE: &str = "osm";

/// A way of reading that the program brings along.
#[derive(Debug)]
pub enum Shipped {
    /// By a mapping.
    Mapping(Mapping),
    /// By the tags of OpenStreetMap, which need none.
    Native,
}

impl Shipped {
    /// The names there are.
    pub fn names() -> impl Iterator<Item = &'static str> {
        TEXTS.into_iter().map(|(name, _)| name).chain([NATIVE])
    }

    /// The one with this name.
    ///
    /// # Errors
    /// When the mapping is not well formed, which a test rules out.
    pub fn named(name: &str) -> Option<Result<Self, MappingError>> {
        if name == NATIVE {
            return Some(Ok(Self::Native));
        }
        let (_, text) = TEXTS.into_iter().find(|(known, _)| *known == name)?;
        Some(Mapping::parse(text).map(Self::Mapping))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_mapping_is_well_formed_and_no_other_name_is_known() {
        for name in Shipped::names() {
            assert!(matches!(Shipped::named(name), Some(Ok(_))), "{name}");
        }
        assert!(Shipped::named("survey123").is_none());
    }
}
