//! Cameras that are not there any more.

use h3o::CellIndex;

use super::{IsoWeek, Kind};

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
