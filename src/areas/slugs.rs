//! Short names of the areas of a set.

use std::collections::BTreeSet;

use crate::model::{Area, slug_of};

/// What a name without any letter or digit of ASCII becomes.
const NAMELESS: &str = "area";

/// A short name for each of some different names, in their order. Names that would share one get `-2`, `-3` and so on, in
/// the order of the names, so that it depends on no order of features.
pub(super) fn slugs(names: &BTreeSet<&str>) -> Vec<String> {
    let mut taken: BTreeSet<String> = BTreeSet::from([Area::UNASSIGNED.to_owned()]);
    let mut slugs = Vec::with_capacity(names.len());
    for name in names {
        let plain = slug_of(name).unwrap_or_else(|| NAMELESS.to_owned());
        let mut slug = plain.clone();
        let mut number = 1_u64;
        while !taken.insert(slug.clone()) {
            number += 1;
            slug = format!("{plain}-{number}");
        }
        slugs.push(slug);
    }
    slugs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_alike_get_numbers_and_the_word_for_no_area_is_nobodys() {
        let names = BTreeSet::from(["St Roch", "St. Roch", "Unassigned", "中", "北", "St. Roch 2"]);
        assert_eq!(slugs(&names), ["st-roch", "st-roch-2", "st-roch-2-2", "unassigned-2", "area", "area-2"]);
    }

    #[test]
    fn every_slug_is_unique() {
        let names = BTreeSet::from(["a", "a!", "a 2", "a-2", "A", "a_2", "!", "?"]);
        let slugs = slugs(&names);
        assert_eq!(slugs.iter().collect::<BTreeSet<_>>().len(), names.len());
    }
}
