//! Makers of cameras, and the many ways their names are written.

use std::collections::HashMap;
use std::sync::OnceLock;

/// A known maker, or unknown. Stored as its number in `makers.csv`, where lines are only ever added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Maker(u16);

/// One line of the maker table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MakerEntry {
    /// Name used everywhere.
    pub name: &'static str,
    /// Other spellings found in real data.
    pub aliases: Vec<&'static str>,
    /// What the firm mostly supplies.
    pub role: &'static str,
    /// Restrictions on buying from it, as claimed; empty when none is known.
    pub restriction: &'static str,
    /// What the restriction rests on.
    pub restriction_basis: &'static str,
    /// What a reader should know besides; empty when nothing.
    pub note: &'static str,
}

struct Table {
    entries: Vec<MakerEntry>,
    by_key: HashMap<String, u16>,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut entries = Vec::new();
        let mut by_key = HashMap::new();
        for line in include_str!("makers.csv").lines().skip(1).filter(|line| !line.is_empty()) {
            let mut columns = line.split(',').map(str::trim);
            let mut next = || columns.next().unwrap_or_default();
            let (name, aliases) = (next(), next());
            let aliases: Vec<&'static str> = aliases.split(';').filter(|alias| !alias.is_empty()).collect();
            let (role, restriction, restriction_basis, note) = (next(), next(), next(), next());
            let entry = MakerEntry { name, aliases, role, restriction, restriction_basis, note };
            if let Ok(number) = u16::try_from(entries.len() + 1) {
                for spelling in std::iter::once(&entry.name).chain(&entry.aliases) {
                    by_key.entry(key(spelling)).or_insert(number);
                }
            }
            entries.push(entry);
        }
        Table { entries, by_key }
    })
}

/// Letters and digits only, lower case: `Flock Safety, Inc.` and `FLOCK SAFETY INC` are one spelling.
fn key(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The maker table, in order.
#[must_use]
pub fn makers() -> &'static [MakerEntry] {
    &table().entries
}

impl Maker {
    /// Not stated, or not in the table.
    pub const UNKNOWN: Self = Self(0);

    /// The maker with this name or alias, whatever its case and punctuation.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        table().by_key.get(&key(name)).map(|&number| Self(number))
    }

    /// Its name, `unknown` for [`Maker::UNKNOWN`].
    #[must_use]
    pub fn name(self) -> &'static str {
        self.entry().map_or("unknown", |entry| entry.name)
    }

    /// Its line in the table.
    #[must_use]
    pub fn entry(self) -> Option<&'static MakerEntry> {
        self.0.checked_sub(1).and_then(|index| makers().get(usize::from(index)))
    }

    /// Whether somebody restricts buying from it, as claimed in the table.
    #[must_use]
    pub fn is_restricted(self) -> bool {
        self.entry().is_some_and(|entry| !entry.restriction.is_empty())
    }

    /// The stored number; 0 is unknown.
    #[must_use]
    pub const fn code(self) -> u16 {
        self.0
    }

    /// The maker with this stored number.
    #[must_use]
    pub fn from_code(code: u16) -> Option<Self> {
        (usize::from(code) <= makers().len()).then_some(Self(code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_spellings_of_one_vendor_are_one_maker() {
        let flock = Maker::find("Flock Safety").unwrap();
        for spelling in [
            "Flock Group Inc.",
            "Flock Safety Inc",
            "Flock",
            "flock",
            "FLOCK SAFETY",
            "Floc Safety",
            "Flock Safety's",
            "Flock Safetu",
            "Flock Sarety",
            "Flock Saftey",
            "Flow Safety",
            "Flock Surveillance",
        ] {
            assert_eq!(Maker::find(spelling), Some(flock), "{spelling}");
        }
        assert_eq!(flock.name(), "Flock Safety");
    }

    #[test]
    fn a_maker_nobody_listed_is_not_found() {
        assert_eq!(Maker::find("Unknown"), None);
        assert_eq!(Maker::find(""), None);
        assert_eq!(Maker::UNKNOWN.name(), "unknown");
        assert_eq!(Maker::from_code(60_000), None);
    }

    #[test]
    fn a_restriction_is_never_named_without_what_it_rests_on() {
        let restricted: Vec<&MakerEntry> = makers().iter().filter(|maker| !maker.restriction.is_empty()).collect();
        let names: Vec<&str> = restricted.iter().map(|maker| maker.name).collect();
        assert_eq!(names, ["Hikvision", "Dahua", "Huawei", "ZTE", "Hytera"]);
        assert!(makers().iter().all(|maker| maker.restriction.is_empty() == maker.restriction_basis.is_empty()));
    }

    #[test]
    fn no_line_of_the_table_has_a_stray_column() {
        for line in include_str!("makers.csv").lines() {
            assert_eq!(line.split(',').count(), 6, "{line}");
        }
    }
}
