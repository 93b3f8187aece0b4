//! Whether a published figure can be laid beside a census, worked out from what the figure says it counts.

use crate::model::{FigureBasis, FigureStatus, PublishedFigure, Stated};

/// Years beyond which cameras have come and gone too much for two counts to speak of the same thing.
pub const YEARS_APART: u32 = 5;

/// What a census counts.
///
/// Every census of this program counts cameras that are there, that people walking saw from public space, whoever owns
/// them, and none inside buildings; the fields are what differs between two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CensusDefinition {
    /// Year its numbers speak of.
    pub year: i32,
    /// Its name for people.
    pub title: String,
    /// Names of the places whose whole ground it speaks of, such as those of its areas.
    pub covers: Vec<String>,
}

/// Which number of the census a figure belongs beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CensusNumber {
    /// All public-space cameras.
    All,
    /// Only those known to feed a public or police network (`linked` is `yes`).
    Linked,
}

/// Which way a difference moves the figure, against what a census of the same streets would count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bias {
    /// The figure is larger.
    Larger,
    /// The figure is smaller.
    Smaller,
    /// It may be either.
    Unknown,
}

impl Bias {
    /// The word used in keys of messages and in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Larger => "larger",
            Self::Smaller => "smaller",
            Self::Unknown => "unknown",
        }
    }
}

/// What a reason means for the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// The two count different things.
    Differs,
    /// Nobody can tell, because the figure or the census does not say.
    NotStated,
    /// They can be compared all the same, if the right number of the census is taken.
    Condition,
}

/// What can be said of a figure beside a census.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Both count the same thing.
    Comparable,
    /// Nothing speaks against it, but not all is stated.
    CannotTell,
    /// They count different things.
    NotComparable,
}

impl Outcome {
    /// The word used in keys of messages and in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Comparable => "comparable",
            Self::CannotTell => "cannot_tell",
            Self::NotComparable => "not_comparable",
        }
    }
}

/// One thing in which a figure and a census differ, or may differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// It counts cameras that were planned, not ones that are there.
    Planned,
    /// It was scaled up from a small sample.
    Extrapolated,
    /// It is an estimate, and a census counts.
    Estimated,
    /// It was put together from sources that count differently.
    Compiled,
    /// Whoever runs the cameras gave the number; nobody else counted.
    OfficialCount,
    /// It was counted in pictures taken from the road, and people on foot see more.
    ImageCount,
    /// Cameras of private owners are left out.
    PrivateLeftOut,
    /// Cameras inside buildings are in it.
    IndoorIncluded,
    /// Cameras that cannot be seen from the street are in it.
    NotOnlyStreetVisible,
    /// It speaks of a year more than [`YEARS_APART`] away.
    YearsApart,
    /// It speaks of another place.
    AnotherPlace,
    /// Whether private cameras are in it is not stated.
    PrivateNotStated,
    /// Whether indoor cameras are in it is not stated.
    IndoorNotStated,
    /// Whether its cameras can be seen from the street is not stated.
    StreetVisibleNotStated,
    /// Whether it counts only linked cameras is not stated.
    LinkedNotStated,
    /// The census has the place in its name, and does not say whether it covers all of it.
    CoverageNotStated,
    /// It counts only cameras that feed a public or police network.
    LinkedOnly,
}

impl Reason {
    /// Every reason, in the order in which a verdict lists them.
    pub const ALL: [Self; 17] = [
        Self::Planned,
        Self::Extrapolated,
        Self::Estimated,
        Self::Compiled,
        Self::OfficialCount,
        Self::ImageCount,
        Self::PrivateLeftOut,
        Self::IndoorIncluded,
        Self::NotOnlyStreetVisible,
        Self::YearsApart,
        Self::AnotherPlace,
        Self::PrivateNotStated,
        Self::IndoorNotStated,
        Self::StreetVisibleNotStated,
        Self::LinkedNotStated,
        Self::CoverageNotStated,
        Self::LinkedOnly,
    ];

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Extrapolated => "extrapolated",
            Self::Estimated => "estimated",
            Self::Compiled => "compiled",
            Self::OfficialCount => "official_count",
            Self::ImageCount => "image_count",
            Self::PrivateLeftOut => "private_left_out",
            Self::IndoorIncluded => "indoor_included",
            Self::NotOnlyStreetVisible => "not_only_street_visible",
            Self::YearsApart => "years_apart",
            Self::AnotherPlace => "another_place",
            Self::PrivateNotStated => "private_not_stated",
            Self::IndoorNotStated => "indoor_not_stated",
            Self::StreetVisibleNotStated => "street_visible_not_stated",
            Self::LinkedNotStated => "linked_not_stated",
            Self::CoverageNotStated => "coverage_not_stated",
            Self::LinkedOnly => "linked_only",
        }
    }

    /// Which way it moves the figure.
    #[must_use]
    pub const fn bias(self) -> Bias {
        match self {
            Self::Planned | Self::IndoorIncluded | Self::NotOnlyStreetVisible | Self::CoverageNotStated => Bias::Larger,
            Self::ImageCount | Self::PrivateLeftOut | Self::LinkedOnly => Bias::Smaller,
            Self::Extrapolated
            | Self::Estimated
            | Self::Compiled
            | Self::OfficialCount
            | Self::YearsApart
            | Self::AnotherPlace
            | Self::PrivateNotStated
            | Self::IndoorNotStated
            | Self::StreetVisibleNotStated
            | Self::LinkedNotStated => Bias::Unknown,
        }
    }

    /// What it means for the comparison.
    #[must_use]
    pub const fn weight(self) -> Weight {
        match self {
            Self::PrivateNotStated
            | Self::IndoorNotStated
            | Self::StreetVisibleNotStated
            | Self::LinkedNotStated
            | Self::CoverageNotStated => Weight::NotStated,
            Self::LinkedOnly => Weight::Condition,
            _ => Weight::Differs,
        }
    }

    /// Whether it holds for this figure beside this census. Looks at definitions only, never at how many cameras.
    fn holds(self, figure: &PublishedFigure, census: &CensusDefinition) -> bool {
        use FigureBasis as Basis;
        use FigureStatus as Status;
        let is = |status: Status, basis: Basis| figure.status == status || figure.basis == basis;
        match self {
            Self::Planned => is(Status::Planned, Basis::OfficialPlan),
            Self::Extrapolated => is(Status::Extrapolation, Basis::Extrapolation),
            Self::Estimated => is(Status::Estimate, Basis::Estimate),
            Self::Compiled => figure.basis == Basis::Compilation,
            Self::OfficialCount => figure.basis == Basis::OfficialCount,
            Self::ImageCount => figure.basis == Basis::ImageCount,
            Self::PrivateLeftOut => figure.includes_private == Stated::No,
            Self::IndoorIncluded => figure.includes_indoor == Stated::Yes,
            Self::NotOnlyStreetVisible => figure.street_visible == Stated::No,
            Self::YearsApart => figure.year.abs_diff(census.year) > YEARS_APART,
            Self::AnotherPlace => place(figure, census) == Ground::Another,
            Self::PrivateNotStated => figure.includes_private == Stated::Unknown,
            Self::IndoorNotStated => figure.includes_indoor == Stated::Unknown,
            Self::StreetVisibleNotStated => figure.street_visible == Stated::Unknown,
            Self::LinkedNotStated => figure.linked_only == Stated::Unknown,
            Self::CoverageNotStated => place(figure, census) == Ground::Unclear,
            Self::LinkedOnly => figure.linked_only == Stated::Yes,
        }
    }
}

/// How the ground of a figure and of a census relate.
#[derive(PartialEq, Eq)]
enum Ground {
    Same,
    Unclear,
    Another,
}

/// Places are compared by name alone: the ledger has no outlines. A name within the title of the census tells where it
/// was made, not that it went everywhere there.
fn place(figure: &PublishedFigure, census: &CensusDefinition) -> Ground {
    let wanted = words(&figure.place);
    if census.covers.iter().any(|name| words(name) == wanted) {
        Ground::Same
    } else if !wanted.is_empty() && words(&census.title).windows(wanted.len()).any(|run| run == wanted) {
        Ground::Unclear
    } else {
        Ground::Another
    }
}

/// The words of a name in lower case, without punctuation.
fn words(name: &str) -> Vec<String> {
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// What a figure is worth beside a census.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Whether both count the same thing, so that a difference between them means something.
    pub comparable: bool,
    /// The number of the census it belongs beside.
    pub compare_with: CensusNumber,
    /// Everything that differs, that is not stated, or that is to be minded, in this order.
    pub reasons: Vec<Reason>,
}

impl Verdict {
    /// The verdict in one word.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        if self.comparable {
            Outcome::Comparable
        } else if self.reasons.iter().any(|reason| reason.weight() == Weight::Differs) {
            Outcome::NotComparable
        } else {
            Outcome::CannotTell
        }
    }
}

/// Judges a figure by its definition.
#[must_use]
pub fn verdict(figure: &PublishedFigure, census: &CensusDefinition) -> Verdict {
    let reasons: Vec<Reason> = Reason::ALL.into_iter().filter(|reason| reason.holds(figure, census)).collect();
    Verdict {
        comparable: reasons.iter().all(|reason| reason.weight() == Weight::Condition),
        compare_with: if reasons.contains(&Reason::LinkedOnly) { CensusNumber::Linked } else { CensusNumber::All },
        reasons,
    }
}

#[cfg(test)]
#[path = "compare_tests.rs"]
mod tests;
