//! Words for how an estimate came about, what to say beside it, and why there is none.
//!
//! They stand in columns of published tables, so they are never changed, only added to.

/// How an estimate was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// Two passes, Chapman's estimate on the links as found.
    Chapman,
    /// Two passes, Chapman's estimate on links corrected for those missed and those made by chance.
    ChapmanLinkage,
    /// Three or more occasions, Chao's lower bound allowing for differences between occasions and between cameras.
    ChaoMth,
    /// Three or more occasions with too few cameras seen twice for [`ChaoMth`](Self::ChaoMth): Chao's bias-corrected
    /// lower bound, allowing for differences between cameras.
    Chao2BiasCorrected,
}

impl Method {
    /// All methods.
    pub const ALL: [Self; 4] = [Self::Chapman, Self::ChapmanLinkage, Self::ChaoMth, Self::Chao2BiasCorrected];

    /// Stable word for tables.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Chapman => "chapman",
            Self::ChapmanLinkage => "chapman_linkage",
            Self::ChaoMth => "chao_mth",
            Self::Chao2BiasCorrected => "chao2_bias_corrected",
        }
    }
}

/// Why there is no estimate. What was counted stands as it is: there are at least so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Fewer than two occasions covered the scope: there is nothing to compare.
    OneOccasion,
    /// More than seven occasions.
    TooManyOccasions,
    /// No occasion saw a camera.
    NothingCounted,
    /// No camera was seen twice, so the total has no upper limit.
    NoRecaptures,
    /// Cameras are closer together than positions are accurate: links say nothing.
    PositionsTooCoarse,
    /// There are no more links than chance makes between unrelated cameras.
    LinksByChanceOnly,
}

impl Reason {
    /// All reasons.
    pub const ALL: [Self; 6] = [
        Self::OneOccasion,
        Self::TooManyOccasions,
        Self::NothingCounted,
        Self::NoRecaptures,
        Self::PositionsTooCoarse,
        Self::LinksByChanceOnly,
    ];

    /// Stable word for tables.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::OneOccasion => "one_occasion",
            Self::TooManyOccasions => "too_many_occasions",
            Self::NothingCounted => "nothing_counted",
            Self::NoRecaptures => "no_recaptures",
            Self::PositionsTooCoarse => "positions_too_coarse",
            Self::LinksByChanceOnly => "links_by_chance_only",
        }
    }
}

/// What has to be said beside an estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Warning {
    /// Fewer than seven cameras were seen again: the estimate may be far off and is rather too low.
    FewRecaptures,
    /// The occasions saw nearly the same cameras. Either next to none was missed, or they knew of each other; the data
    /// set no upper limit.
    Saturated,
    /// Between 0.10 and 0.25 links by chance per camera: the correction for them carries weight.
    LinksByChance,
    /// It is not known how well cameras were linked. Missed links make the estimate too high.
    LinkageUnknown,
    /// Links were missed and the method has no correction for it: the estimate may be too high.
    LinkageNotCorrected,
    /// A list is one of the occasions. Who walked may have known it, and it may leave out whole kinds of cameras.
    ListAsOccasion,
    /// Strata in which no camera was seen again were estimated together with another.
    StrataPooled,
    /// Cameras of one street were missed together; the interval is widened for it.
    MissedInGroups,
    /// The estimate came out below what was counted, and was raised to it: links were missed, so that cameras were
    /// counted twice.
    RaisedToCounted,
}

impl Warning {
    /// All warnings, in the order in which they are given.
    pub const ALL: [Self; 9] = [
        Self::FewRecaptures,
        Self::Saturated,
        Self::LinksByChance,
        Self::LinkageUnknown,
        Self::LinkageNotCorrected,
        Self::ListAsOccasion,
        Self::StrataPooled,
        Self::MissedInGroups,
        Self::RaisedToCounted,
    ];

    /// Stable word for tables.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::FewRecaptures => "few_recaptures",
            Self::Saturated => "saturated",
            Self::LinksByChance => "links_by_chance",
            Self::LinkageUnknown => "linkage_unknown",
            Self::LinkageNotCorrected => "linkage_not_corrected",
            Self::ListAsOccasion => "list_as_occasion",
            Self::StrataPooled => "strata_pooled",
            Self::MissedInGroups => "missed_in_groups",
            Self::RaisedToCounted => "raised_to_counted",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_word_is_snake_case_and_says_one_thing() {
        let methods = Method::ALL.map(Method::code).to_vec();
        let codes: Vec<&str> =
            [methods, Reason::ALL.map(Reason::code).to_vec(), Warning::ALL.map(Warning::code).to_vec()].concat();
        let plain = |code: &str| code.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'));
        assert!(codes.iter().all(|code| plain(code)), "{codes:?}");
        assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), codes.len());
    }

    #[test]
    fn warnings_are_listed_in_their_order() {
        assert!(Warning::ALL.is_sorted());
    }
}
