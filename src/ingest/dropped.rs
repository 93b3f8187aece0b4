//! Names of properties that were left out: a name is repeated only when it stands in a fixed list of common ones.

use std::collections::HashMap;
use std::sync::OnceLock;

const UNNAMED: &str = "(unnamed)";

fn dictionary() -> &'static HashMap<&'static str, usize> {
    static DICTIONARY: OnceLock<HashMap<&'static str, usize>> = OnceLock::new();
    DICTIONARY.get_or_init(|| entries().enumerate().map(|(index, name)| (name, index)).collect())
}

fn entries() -> impl Iterator<Item = &'static str> {
    include_str!("dropped_names.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The names met so far.
#[derive(Debug, Clone)]
pub(super) struct Dropped {
    seen: Vec<bool>,
    unnamed: bool,
}

impl Dropped {
    pub(super) fn new() -> Self {
        Self { seen: vec![false; entries().count()], unnamed: false }
    }

    pub(super) fn add(&mut self, name: &str) {
        let dictionary = dictionary();
        let found = dictionary.get(name).or_else(|| dictionary.get(name.trim().to_ascii_lowercase().as_str()));
        match found {
            Some(&index) => self.seen[index] = true,
            None => self.unnamed = true,
        }
    }

    /// Sorted names.
    pub(super) fn names(&self) -> Vec<String> {
        let known = entries().zip(&self.seen).filter(|(_, seen)| **seen).map(|(name, _)| name);
        let mut names: Vec<String> = known.chain(self.unnamed.then_some(UNNAMED)).map(str::to_owned).collect();
        names.sort_unstable();
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_names_are_repeated_and_others_are_not() {
        let mut dropped = Dropped::new();
        for name in ["image_url", "OBJECTID", "Created_At", "call me 555 0100", "image_url"] {
            dropped.add(name);
        }
        assert_eq!(dropped.names(), ["(unnamed)", "OBJECTID", "created_at", "image_url"]);
    }

    #[test]
    fn no_name_stands_twice_in_the_dictionary() {
        assert_eq!(dictionary().len(), entries().count());
    }
}
