//! What a moderator ruled about two sightings.

use super::{Observed, Verdict};

/// A moderator's word on whether two sightings are of one camera. An input of matching: the camera stays derived, so a
/// ruling that is taken back leaves no trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ruling {
    /// Same camera, or different ones.
    pub verdict: Verdict,
    /// One of the two.
    pub first: Ruled,
    /// The other.
    pub second: Ruled,
}

/// A sighting that a ruling names: its whole coarse record, because rows have no number that outlives a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ruled {
    /// The record.
    pub observed: Observed,
    /// Which of the sightings with this very record, from 0.
    pub ordinal: u32,
}
