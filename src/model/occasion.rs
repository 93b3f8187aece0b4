//! Who was counting when a sighting was made: campaign, wave, pass, or an imported source.

/// Number of an [`Occasion`] in a table of them. Small: a census has as many as it has sources, waves and passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct OccasionId(pub u32);

/// One of the teams, A to F, that walk the same wave without seeing each other's points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PassLetter(u8);

impl PassLetter {
    /// Reads a single letter, A to F.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.as_bytes() {
            [letter @ b'A'..=b'F'] => Some(Self(*letter)),
            _ => None,
        }
    }

    /// The letter.
    #[must_use]
    pub const fn letter(self) -> char {
        self.0 as char
    }

    /// 1 for A to 6 for F.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0 - b'A' + 1
    }

    /// The letter with this number, 1 to 6.
    #[must_use]
    pub const fn from_number(number: u8) -> Option<Self> {
        match number {
            1..=6 => Some(Self(b'A' + number - 1)),
            _ => None,
        }
    }
}

impl std::fmt::Display for PassLetter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.letter())
    }
}

/// Where a group of sightings came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceKind {
    /// Posted to a campaign by volunteers, and approved.
    Field,
    /// Imported by a coordinator as field data.
    Import,
    /// Somebody else's register, kept apart and never added in.
    List,
}

/// One capture occasion: sightings of one source, campaign, wave and pass, whose slots tell cameras apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Occasion {
    /// Slug of the campaign the sightings belong to.
    pub campaign: String,
    /// Slug of the source; the campaign's own slug for posted reports.
    pub source: String,
    /// How the sightings came in.
    pub kind: SourceKind,
    /// Slug of the wave, if any.
    pub wave: Option<String>,
    /// Pass within the wave, if any.
    pub pass: Option<PassLetter>,
    /// Epoch of the token key the sightings were sent under; 0 where no token was used.
    pub key_epoch: i32,
}

/// Turns a name into a slug: lower-case ASCII letters, digits and single hyphens, at most 60 long; `None` when nothing
/// is left.
#[must_use]
pub fn slug_of(name: &str) -> Option<String> {
    let mut slug = String::new();
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() == 60 {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    (!slug.is_empty()).then(|| slug.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_plain_and_stable() {
        assert_eq!(slug_of("City of Perth (2025)"), Some("city-of-perth-2025".to_owned()));
        assert_eq!(slug_of("  --  "), None);
        assert_eq!(slug_of(&"x".repeat(200)).map(|s| s.len()), Some(60));
        assert_eq!(slug_of("wave-1").as_deref(), Some("wave-1"));
    }

    #[test]
    fn passes_are_a_to_f() {
        assert_eq!(PassLetter::parse("A").map(PassLetter::letter), Some('A'));
        let numbers: Vec<u8> = (0..=7).filter_map(PassLetter::from_number).map(PassLetter::number).collect();
        assert_eq!(numbers, [1, 2, 3, 4, 5, 6]);
        assert!(
            PassLetter::parse("G").is_none() && PassLetter::parse("AB").is_none() && PassLetter::parse("a").is_none()
        );
    }
}
