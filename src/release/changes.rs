//! What changed between two releases, worked out from what both of them publish, so that anybody can repeat it.
//!
//! A camera has no id, so changes are net changes of the cells of resolution 10: a camera that went and another that came
//! in the same block are no change.

use std::cmp::Ordering;

use h3o::{CellIndex, Resolution};

use super::area_row::{AreaSetEntry, AreaTable};
use super::error::ReleaseError;
use super::read::Release;
use crate::areas::Locator;
use crate::density::{CellRow, CellTable, Counts};
use crate::model::{Area, AreaFit, AreaSet};

/// What a line of changes is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangedPlace {
    /// Everything counted.
    Census,
    /// An area of a set, by slugs; `unassigned` for what lies in none.
    Area {
        /// The set.
        set: String,
        /// The area.
        slug: String,
        /// Its name for people.
        name: String,
    },
    /// A cell of resolution 10.
    Cell(CellIndex),
}

/// What became of the cameras of a cell, or of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Changes {
    /// More cameras where all there is had been walked before: they are new.
    pub new: u32,
    /// More cameras where it had not: they may have been there all along.
    pub newly_found: u32,
    /// More cameras from no more sightings: a place was told apart into several.
    pub split: u32,
    /// Fewer cameras from no fewer sightings: several were found to be one.
    pub merged: u32,
    /// Cameras found gone, and fewer cameras from fewer sightings: reports of them left the census.
    pub gone: u32,
    /// Cameras more that nobody has confirmed for 24 months; fewer, which were confirmed again, when negative.
    pub stale: i64,
    /// Cameras that stayed and are now of another kind.
    pub reclassified_kind: u32,
    /// Cameras that stayed and are now of another operator.
    pub reclassified_operator: u32,
    /// Cameras that stayed and whose link to a network is now told otherwise.
    pub reclassified_linked: u32,
    /// Walked completely now and not before: decimetres of street, or square metres of cells.
    pub newly_walked: u64,
}

/// One line of changes. `after` = `before` + `new` + `newly_found` + `split` - `merged` - `gone` - `stale` + `border`, where an
/// unknown number counts as 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it is about.
    pub place: ChangedPlace,
    /// Cameras before; `None` where nobody had looked, or the area was not in the release before in this edition.
    pub before: Option<u32>,
    /// Cameras after; `None` where nobody looked.
    pub after: Option<u32>,
    /// What became of them.
    pub changes: Changes,
    /// Cameras of cells whose middle lies across the border of the area: they are counted in the area and their change
    /// is not, or the other way round. `None` where `before` cannot be compared.
    pub border: Option<i64>,
}

/// What a comparison needs of one release.
pub(super) struct Side<'a> {
    pub(super) finest: &'a CellTable,
    pub(super) cameras: u32,
    /// Slug and edition of each area set, and what was counted by it.
    pub(super) areas: Vec<(&'a str, &'a str, &'a AreaTable)>,
}

impl Changes {
    /// The net change of one cell.
    fn of(before: &CellRow, after: &CellRow) -> Self {
        let (b, a) = (&before.counts, &after.counts);
        let mut changes = Self {
            reclassified_kind: moved(&b.kinds, &a.kinds),
            reclassified_operator: moved(&b.operators, &a.operators),
            reclassified_linked: moved(&b.linked, &a.linked),
            newly_walked: after.surveyed.complete.saturating_sub(before.surveyed.complete)
                + after.surveyed.unframed.saturating_sub(before.surveyed.unframed),
            ..Self::default()
        };
        // What was found gone or became stale is known; the rest is told by how many sightings there are.
        let gone = a.gone.saturating_sub(b.gone);
        changes.stale = i64::from(a.stale) - i64::from(b.stale);
        let rest = i64::from(a.cameras) - i64::from(b.cameras) + i64::from(gone) + changes.stale;
        let count = u32::try_from(rest.unsigned_abs()).unwrap_or(u32::MAX);
        let was_walked = before.surveyed.frame > 0 && before.surveyed.complete == before.surveyed.frame;
        match rest.cmp(&0) {
            Ordering::Greater => {
                let kind = if a.sightings <= b.sightings {
                    &mut changes.split
                } else if was_walked {
                    &mut changes.new
                } else {
                    &mut changes.newly_found
                };
                *kind = count;
            }
            Ordering::Less => {
                let kind = if a.sightings < b.sightings { &mut changes.gone } else { &mut changes.merged };
                *kind = count;
            }
            Ordering::Equal => {}
        }
        changes.gone += gone;
        changes
    }

    fn add(&mut self, other: &Self) {
        let Self { new, newly_found, split, merged, gone, stale, newly_walked, .. } = other;
        self.new += new;
        self.newly_found += newly_found;
        self.split += split;
        self.merged += merged;
        self.gone += gone;
        self.stale += stale;
        self.reclassified_kind += other.reclassified_kind;
        self.reclassified_operator += other.reclassified_operator;
        self.reclassified_linked += other.reclassified_linked;
        self.newly_walked += newly_walked;
    }

    /// Cameras more, or fewer when negative.
    #[must_use]
    pub fn net(&self) -> i64 {
        i64::from(self.new) + i64::from(self.newly_found) + i64::from(self.split)
            - i64::from(self.merged)
            - i64::from(self.gone)
            - self.stale
    }
}

/// How many cameras that stayed stand under another word: half of what moved between the words, beyond the net change.
fn moved(before: &[u32], after: &[u32]) -> u32 {
    let total: u32 = before.iter().zip(after).map(|(b, a)| b.abs_diff(*a)).sum();
    let net = before.iter().sum::<u32>().abs_diff(after.iter().sum());
    (total - net) / 2
}

/// Compares two releases: one line for the census, and one for each area and each cell in which something changed.
pub(super) fn compare(before: &Side<'_>, after: &Side<'_>, sets: &[AreaSet]) -> Vec<Change> {
    let cells = by_cell(before.finest, after.finest);
    let mut census = Changes::default();
    for cell in &cells {
        census.add(&cell.changes);
    }
    let mut all = vec![Change {
        place: ChangedPlace::Census,
        before: Some(before.cameras),
        after: Some(after.cameras),
        changes: census,
        border: Some(i64::from(after.cameras) - i64::from(before.cameras) - census.net()),
    }];
    for (set, (slug, edition, table)) in sets.iter().zip(&after.areas) {
        let same = |earlier: &&(&str, &str, &AreaTable)| earlier.0 == *slug && earlier.1 == *edition;
        let earlier = before.areas.iter().find(same).map(|(.., table)| *table);
        all.extend(by_area(set, earlier, table, &cells));
    }
    all.extend(cells);
    all
}

fn by_cell(before: &CellTable, after: &CellTable) -> Vec<Change> {
    let (mut before, mut after) = (before.rows.iter().peekable(), after.rows.iter().peekable());
    let mut changed = Vec::new();
    loop {
        let next = match (before.peek(), after.peek()) {
            (None, None) => return changed,
            (Some(b), Some(a)) => b.cell.min(a.cell),
            (Some(row), None) | (None, Some(row)) => row.cell,
        };
        let b = before.next_if(|row| row.cell == next);
        let a = after.next_if(|row| row.cell == next);
        let empty = CellRow::empty(next);
        let changes = Changes::of(b.unwrap_or(&empty), a.unwrap_or(&empty));
        if changes != Changes::default() {
            let known = |row: Option<&CellRow>| row.filter(|row| row.is_looked_at()).map(|row| row.counts.cameras);
            changed.push(Change {
                place: ChangedPlace::Cell(next),
                before: known(b),
                after: known(a),
                changes,
                border: Some(0),
            });
        }
    }
}

fn by_area(set: &AreaSet, before: Option<&AreaTable>, after: &AreaTable, cells: &[Change]) -> Vec<Change> {
    let locator = Locator::new(set);
    let mut sums = vec![Changes::default(); set.areas.len() + 1];
    for change in cells {
        if let ChangedPlace::Cell(cell) = change.place {
            sums[locator.area_of(cell).unwrap_or(set.areas.len())].add(&change.changes);
        }
    }
    let slugs = set.areas.iter().map(|area| area.slug.as_str()).chain([Area::UNASSIGNED]);
    let lines = slugs.zip(sums).filter_map(|(slug, changes)| {
        let now = after.row(slug)?;
        let then = before.and_then(|table| table.row(slug));
        let cameras = |counts: &Counts| i64::from(counts.cameras);
        let border = then.map(|then| cameras(&now.counts) - cameras(&then.counts) - changes.net());
        let place = ChangedPlace::Area { set: set.slug.clone(), slug: slug.to_owned(), name: now.name.clone() };
        let has_changed = changes != Changes::default() || border.is_some_and(|border| border != 0);
        has_changed.then(|| Change {
            place,
            before: then.filter(|row| row.is_looked_at).map(|row| row.counts.cameras),
            after: now.is_looked_at.then_some(now.counts.cameras),
            changes,
            border,
        })
    });
    lines.collect()
}

/// What changed from one release to another, of the field data or of a list that both hold.
///
/// # Errors
/// When one of them does not hold the list, or cannot be read.
pub fn diff(before: &Release, after: &Release, list: Option<&str>) -> Result<Vec<Change>, ReleaseError> {
    let (then, now) = (Loaded::of(before, list)?, Loaded::of(after, list)?);
    let sets = now.areas.iter().map(|(entry, _)| outlines(after, entry)).collect::<Result<Vec<_>, _>>()?;
    Ok(compare(&then.side(), &now.side(), &sets))
}

/// The tables of a release that comparisons read.
pub(super) struct Loaded {
    finest: CellTable,
    cameras: u32,
    areas: Vec<(AreaSetEntry, AreaTable)>,
}

impl Loaded {
    pub(super) fn of(release: &Release, list: Option<&str>) -> Result<Self, ReleaseError> {
        let cameras = match list {
            Some(list) => release.list_summary(list)?.cameras,
            None => release.summary.cameras,
        };
        let areas = release.area_sets()?.into_iter().map(|entry| {
            let table = release.areas(list, &entry.set)?;
            Ok((entry, table))
        });
        Ok(Self {
            finest: release.cells(list, Resolution::Ten)?,
            cameras,
            areas: areas.collect::<Result<_, ReleaseError>>()?,
        })
    }

    pub(super) fn side(&self) -> Side<'_> {
        let areas =
            self.areas.iter().map(|(entry, table)| (entry.set.as_str(), entry.edition.as_str(), table)).collect();
        Side { finest: &self.finest, cameras: self.cameras, areas }
    }
}

/// An area set as a release holds it: enough of it to tell which area a cell lies in.
fn outlines(release: &Release, entry: &AreaSetEntry) -> Result<AreaSet, ReleaseError> {
    let area = |outline: super::outlines::Outline| Area {
        name: outline.slug.clone(),
        slug: outline.slug,
        population: None,
        outline: outline.shape,
    };
    Ok(AreaSet {
        slug: entry.set.clone(),
        name: entry.name.clone(),
        edition: entry.edition.clone(),
        licence: entry.licence.clone(),
        attribution: entry.attribution.clone(),
        population: None,
        fit: AreaFit::default(),
        areas: release.outlines(&entry.set)?.into_iter().map(area).collect(),
    })
}

#[cfg(test)]
mod tests {
    use h3o::LatLng;

    use super::*;
    use crate::density::Surveyed;

    fn row(sightings: u32, cameras: u32, kind: usize) -> CellRow {
        let cell = LatLng::new(52.5, 13.4).unwrap().to_cell(Resolution::Ten);
        let mut row = CellRow::empty(cell);
        (row.counts.sightings, row.counts.cameras) = (sightings, cameras);
        row.counts.kinds[kind] = cameras;
        row
    }

    fn walked(row: CellRow, complete: u64) -> CellRow {
        CellRow { surveyed: Surveyed { frame: 100, complete, unframed: 0 }, ..row }
    }

    #[test]
    fn a_camera_is_new_only_where_all_there_is_had_been_walked_before() {
        let changes = |before: CellRow| Changes::of(&before, &walked(row(5, 4, 0), 100));
        let new = changes(walked(row(2, 2, 0), 100));
        assert_eq!((new.new, new.newly_found, new.newly_walked), (2, 0, 0));
        let found = changes(walked(row(2, 2, 0), 60));
        assert_eq!((found.new, found.newly_found, found.newly_walked), (0, 2, 40));
        assert_eq!(changes(row(2, 2, 0)).newly_found, 2, "nobody had said that it was walked");
    }

    #[test]
    fn what_cameras_did_is_told_from_what_reports_did() {
        let changes = |before, after| Changes::of(&before, &after);
        assert_eq!(changes(row(5, 3, 0), row(5, 2, 0)).merged, 1);
        assert_eq!(changes(row(5, 3, 0), row(4, 2, 0)).gone, 1);
        assert_eq!(changes(row(5, 3, 0), row(5, 4, 0)).split, 1);
        let other = changes(row(5, 3, 0), row(6, 4, 1));
        assert_eq!((other.newly_found, other.reclassified_kind, other.net()), (1, 3, 1));
        assert_eq!(changes(row(5, 3, 0), row(5, 3, 0)), Changes::default());
    }

    #[test]
    fn what_was_found_gone_or_became_stale_is_told_apart_from_the_rest() {
        let with = |mut row: CellRow, gone, stale| {
            (row.counts.gone, row.counts.stale) = (gone, stale);
            row
        };
        let before = row(5, 4, 0);
        let changes = Changes::of(&before, &with(row(6, 2, 0), 1, 1));
        assert_eq!((changes.gone, changes.stale, changes.net()), (1, 1, -2));
        assert_eq!((changes.merged, changes.newly_found), (0, 0));
        let back = Changes::of(&with(row(6, 2, 0), 1, 1), &row(8, 4, 0));
        assert_eq!((back.gone, back.stale, back.newly_found, back.net()), (0, -1, 1, 2));
    }

    #[test]
    fn cells_of_either_release_are_met() {
        let mut far = row(1, 1, 0);
        far.cell = LatLng::new(-33.0, 151.0).unwrap().to_cell(Resolution::Ten);
        let table = |rows: Vec<CellRow>| CellTable { resolution: Resolution::Ten, rows };
        let (one, other) = (table(vec![row(1, 1, 0)]), table(vec![far]));
        let changed = by_cell(&one, &other);
        assert_eq!(changed.len(), 2);
        let sums =
            changed.iter().fold((0, 0), |(gone, found), c| (gone + c.changes.gone, found + c.changes.newly_found));
        assert_eq!(sums, (1, 1));
        assert_eq!(changed.iter().filter(|change| change.after.is_none()).count(), 1, "nobody looked there any more");
    }
}
