//! The list of releases.

use askama::Template;

use super::PageContext;
use crate::model::IsoWeek;

/// The list of releases, newest first.
#[derive(Debug, Template)]
#[template(path = "releases.html")]
pub struct ReleasesPage {
    /// Header and footer.
    pub page: PageContext,
    /// Newest first.
    pub releases: Vec<ReleaseLine>,
    /// Those that were withdrawn, newest first.
    pub withdrawn: Vec<WithdrawnLine>,
}

/// A release that was withdrawn.
#[derive(Debug, Clone)]
pub struct WithdrawnLine {
    /// Its id.
    pub id: String,
    /// Why, in the words of whoever withdrew it.
    pub reason: String,
    /// ISO week it was withdrawn in.
    pub week: String,
}

/// One release in the list.
#[derive(Debug, Clone)]
pub struct ReleaseLine {
    /// Its id.
    pub id: String,
    /// The week up to which reports are counted.
    pub as_of: IsoWeek,
    /// Public-space cameras.
    pub cameras: u64,
}
