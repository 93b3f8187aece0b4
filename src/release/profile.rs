//! The rules a census chooses by its size.

/// A set of rules with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// For a city with many who walk.
    Default,
    /// For a town where about five people count: less waits, and so less is hidden.
    Small,
}

impl Profile {
    /// Every profile.
    pub const ALL: [Self; 2] = [Self::Default, Self::Small];

    /// Its name, as written in `policy.json`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Small => "small",
        }
    }

    /// The profile with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.name() == name)
    }

    /// A region appears, and changes between releases, only when so many changes came together (promise P12).
    #[must_use]
    pub const fn min_changes(self) -> u32 {
        match self {
            Self::Default => 20,
            Self::Small => 5,
        }
    }
}
