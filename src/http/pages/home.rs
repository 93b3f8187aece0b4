//! The first page: what was counted, how sure that is, how much was looked at, and where to walk next.

use askama::Template;

use super::areas::Field;
use super::{MapView, PageContext};

/// The first page, or what to do when there is no release yet.
#[derive(Debug, Template)]
#[template(path = "home.html")]
pub struct HomePage {
    /// Header and footer.
    pub page: PageContext,
    /// What stands before the other pages of this release: nothing, or `releases/{id}/`.
    pub base: String,
    /// The counts; `None` before the first release.
    pub view: Option<MapView>,
    /// What became of the cameras of the release before; `None` in a first release.
    pub change: Option<LastChange>,
    /// The sets of areas.
    pub sets: Vec<AreaSetLine>,
}

/// What became of cameras since the release before.
#[derive(Debug, Clone, Copy)]
pub struct LastChange {
    /// Where streets had been walked completely before.
    pub new: u64,
    /// Where nobody, or not everybody, had looked.
    pub newly_found: u64,
    /// Found gone, or reports of them left the census.
    pub gone: u64,
}

/// A set of areas, with those of its areas that fit on the page.
#[derive(Debug, Clone)]
pub struct AreaSetLine {
    /// Slug.
    pub set: String,
    /// Name for people.
    pub name: String,
    /// How many areas it has.
    pub number: u64,
    /// All of them by name, or none where they are too many.
    pub areas: Vec<AreaLine>,
}

/// An area with its number.
#[derive(Debug, Clone)]
pub struct AreaLine {
    /// Slug; `None` for what lies in no area of the set, so that the table adds up.
    pub slug: Option<String>,
    /// Name for people.
    pub name: String,
    /// Public-space cameras; `None` where nobody is known to have looked.
    pub cameras: Option<u64>,
    /// Share surveyed; `None` where nobody knows what there is.
    pub surveyed_share: Option<f64>,
}

impl HomePage {
    /// A path of this release, as the context takes it.
    fn of(&self, path: &str) -> String {
        self.page.page(&format!("{}{path}", self.base))
    }

    /// The changes in words. Where no list says what there is to walk, nothing can be told to be new.
    #[must_use]
    pub fn changed(&self, change: &LastChange) -> String {
        let effort = self.view.as_ref().and_then(|view| view.effort.as_ref());
        let is_framed = effort.is_some_and(|effort| effort.surveyed_share.is_some());
        let [new, found, gone] = [change.new, change.newly_found, change.gone].map(|number| self.page.number(&number));
        if change.new == 0 && !is_framed {
            return self.page.tw("home-changed-open", &[("found", &found), ("gone", &gone)]);
        }
        self.page.tw("home-changed-text", &[("new", &new), ("found", &found), ("gone", &gone)])
    }

    /// Share of an area that was surveyed.
    fn surveyed(&self, area: &AreaLine) -> Field {
        self.page.area_share(area.surveyed_share)
    }

    /// The sets for the search: name, table and pages of each, as JSON.
    #[must_use]
    pub fn searched(&self) -> String {
        self.page.searched(&self.base, self.sets.iter().map(|set| (set.set.as_str(), set.name.as_str())))
    }
}
