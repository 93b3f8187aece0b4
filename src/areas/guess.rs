//! Which field of a boundary file names the areas, when nobody says.

use std::collections::{BTreeMap, BTreeSet};

use geojson::Feature;
use serde_json::Value;

/// The names of all fields, sorted.
pub(super) fn fields(features: &[Option<Feature>]) -> BTreeSet<&str> {
    let properties = features.iter().flatten().filter_map(|feature| feature.properties.as_ref());
    properties.flat_map(|properties| properties.keys().map(String::as_str)).collect()
}

/// The field called `name` in some spelling, else the only one whose values are texts and all different; `None` when that
/// leaves a choice.
pub(super) fn name_field(features: &[Option<Feature>]) -> Option<String> {
    let fields = fields(features);
    let named = ["name", "NAME", "Name"].into_iter().find(|name| fields.contains(name));
    let named = named.or_else(|| fields.iter().copied().find(|field| field.eq_ignore_ascii_case("name")));
    if let Some(name) = named {
        return Some(name.to_owned());
    }
    let mut values: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, value) in features.iter().flatten().filter_map(|f| f.properties.as_ref()).flatten() {
        if let Value::String(text) = value {
            values.entry(name).or_default().insert(text);
        }
    }
    let all = features.iter().flatten().count();
    let mut telling = values.into_iter().filter(|(_, texts)| texts.len() == all).map(|(name, _)| name);
    telling.next().filter(|_| telling.next().is_none()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn features(properties: &[&str]) -> Vec<Option<Feature>> {
        let feature = |text: &&str| format!(r#"{{"type": "Feature", "geometry": null, "properties": {text}}}"#);
        properties.iter().map(|text| serde_json::from_str(&feature(text)).ok()).collect()
    }

    #[test]
    fn a_field_called_name_wins_in_any_spelling() {
        assert_eq!(name_field(&features(&[r#"{"id": "x", "NAME": "A"}"#])).as_deref(), Some("NAME"));
        assert_eq!(name_field(&features(&[r#"{"NAME": "A", "name": "B"}"#])).as_deref(), Some("name"));
        assert_eq!(name_field(&features(&[r#"{"nAmE": 3}"#])).as_deref(), Some("nAmE"));
    }

    #[test]
    fn else_the_only_texts_that_are_all_different() {
        let clear = features(&[r#"{"ward": "A", "city": "X", "n": 1}"#, r#"{"ward": "B", "city": "X", "n": 2}"#]);
        assert_eq!(name_field(&clear).as_deref(), Some("ward"));
        let unclear = features(&[r#"{"ward": "A", "code": "1"}"#, r#"{"ward": "B", "code": "2"}"#]);
        assert_eq!(name_field(&unclear), None);
        assert_eq!(name_field(&features(&["{}", "null"])), None);
        assert_eq!(fields(&clear).into_iter().collect::<Vec<_>>(), ["city", "n", "ward"]);
    }
}
