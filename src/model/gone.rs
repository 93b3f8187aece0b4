//! Cameras that are not there any more.

use h3o::CellIndex;

use super::{Claim, IsoWeek, Kind};

/// An accepted record that a camera was gone: whoever looked in this week saw none where one had been reported.
///
/// The order of the fields is the canonical order of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gone {
    /// H3 cell of resolution 13 the camera was in.
    pub cell: CellIndex,
    /// Sort of camera it was; unknown stands for any.
    pub kind: Kind,
    /// Week somebody looked.
    pub week: IsoWeek,
}

/// Somebody's report that a camera the census counts is not there. Like every report it waits for a moderator.
///
/// The order of the fields is the canonical order of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Report {
    /// H3 cell of resolution 13.
    pub cell: CellIndex,
    /// Sort of camera it speaks of; unknown stands for any.
    pub kind: Kind,
    /// What is said.
    pub claim: Claim,
    /// Week somebody looked.
    pub week: IsoWeek,
}
