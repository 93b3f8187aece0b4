//! Pooling: what was accepted waits until a release can take in enough of its region at once (promise P12).

use std::collections::BTreeMap;

use h3o::{CellIndex, Resolution};

use super::backend::{in_transaction, on_tx};
use super::rows::{Place, cell_number};
use super::{Snapshot, StorageError, Store};
use crate::model::{IsoWeek, REGION};

/// What an H3 index tells of its region: base cell and the first five digits.
macro_rules! region {
    ($cell:literal) => {
        concat!("(", $cell, " >> 30) & 4194303")
    };
}

/// The occasions whose sightings and records may be released: those of no wave, and of closed ones.
macro_rules! closed_occasions {
    () => {
        "(SELECT o.id FROM occasions o WHERE o.wave = '' OR EXISTS \
         (SELECT 1 FROM waves w WHERE w.campaign = o.campaign AND w.slug = o.wave AND w.closed IS NOT NULL))"
    };
}

pub(super) use closed_occasions;

const COUNT_SIGHTINGS: &str = concat!(
    "SELECT ",
    region!("cell"),
    " AS region, COUNT(*) FROM sightings WHERE included_from IS NULL AND occasion IN ",
    closed_occasions!(),
    " GROUP BY region"
);
const COUNT_RULINGS: &str = concat!(
    "SELECT ",
    region!("s.cell"),
    " AS region, COUNT(*) FROM rulings r JOIN sightings s ON s.id = r.first \
     WHERE r.included_from IS NULL AND s.occasion IN ",
    closed_occasions!(),
    " GROUP BY region"
);
const COUNT_GONE: &str = concat!(
    "SELECT ",
    region!("cell"),
    " AS region, COUNT(*) FROM gone WHERE included_from IS NULL AND occasion IN ",
    closed_occasions!(),
    " GROUP BY region"
);
const INCLUDE_SIGHTINGS: &str = concat!(
    "UPDATE sightings SET included_from = $1 WHERE included_from IS NULL AND cell BETWEEN $2 AND $3 AND occasion IN ",
    closed_occasions!()
);
const INCLUDE_GONE: &str = concat!(
    "UPDATE gone SET included_from = $1 WHERE included_from IS NULL AND cell BETWEEN $2 AND $3 AND occasion IN ",
    closed_occasions!()
);
const INCLUDE_RULINGS: &str = "UPDATE rulings SET included_from = $1 WHERE included_from IS NULL AND first IN \
     (SELECT id FROM sightings WHERE cell BETWEEN $2 AND $3 AND included_from IS NOT NULL)";
const HELD: &str = concat!(
    "SELECT o.campaign, o.wave, ",
    region!("s.cell"),
    " AS region FROM sightings s JOIN occasions o ON o.id = s.occasion \
     WHERE s.included_from IS NULL AND o.wave <> '' GROUP BY o.campaign, o.wave, region"
);

pub(super) const STATEMENTS: &[&str] =
    &[COUNT_SIGHTINGS, COUNT_RULINGS, COUNT_GONE, INCLUDE_SIGHTINGS, INCLUDE_RULINGS, INCLUDE_GONE, HELD];

/// Resolutions that sightings are stored at.
const STORED: [Resolution; 2] = [Resolution::Eight, Resolution::Thirteen];

/// A region in which something waits for more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Waiting {
    /// The region, an H3 cell of resolution 5.
    pub region: CellIndex,
    /// Accepted sightings of closed waves or of none, rulings, and records that a camera was gone, that no release holds
    /// yet.
    pub changes: u64,
}

/// A wave some of whose sightings wait in a region; what its teams walked there must wait with them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HeldWave {
    /// Slug of the campaign.
    pub campaign: String,
    /// Slug of the wave.
    pub wave: String,
    /// The region.
    pub region: CellIndex,
}

impl Store {
    /// Marks what the next release may take in: everything that waits in a region where at least `min_changes` wait.
    /// Returns the regions where fewer do. What is marked stays marked, whether or not the build succeeds: a build that
    /// is repeated takes in the same.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pool(&self, min_changes: u32, week: IsoWeek) -> Result<Vec<Waiting>, StorageError> {
        in_transaction!(self, tx => {
            let mut changes: BTreeMap<i64, u64> = BTreeMap::new();
            for statement in [COUNT_SIGHTINGS, COUNT_RULINGS, COUNT_GONE] {
                let rows: Vec<(i64, i64)> =
                    on_tx!(tx, conn => sqlx::query_as(statement).fetch_all(conn).await)?;
                for (key, count) in rows {
                    *changes.entry(key).or_default() += count.unsigned_abs();
                }
            }
            let mut waiting = Vec::new();
            for (key, changes) in changes {
                let region = region(key)?;
                if changes < u64::from(min_changes) {
                    waiting.push(Waiting { region, changes });
                    continue;
                }
                // Sightings first: a ruling follows those it names.
                for statement in [INCLUDE_SIGHTINGS, INCLUDE_RULINGS, INCLUDE_GONE] {
                    for (first, last) in STORED.map(|resolution| cells_of(key, resolution)) {
                        on_tx!(tx, conn => {
                            sqlx::query(statement)
                                .bind(i64::from(week.number()))
                                .bind(first)
                                .bind(last)
                                .execute(conn)
                                .await
                                .map(drop)
                        })?;
                    }
                }
            }
            Ok(waiting)
        })
    }
}

impl Snapshot {
    /// The waves some of whose sightings wait, with the regions they wait in.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn held_waves(&mut self) -> Result<Vec<HeldWave>, StorageError> {
        let rows: Vec<(String, String, i64)> =
            on_tx!(&mut self.tx, conn => sqlx::query_as(HELD).fetch_all(conn).await)?;
        rows.into_iter().map(|(campaign, wave, key)| Ok(HeldWave { campaign, wave, region: region(key)? })).collect()
    }
}

/// Lowest 30 bits of an H3 index: the digits finer than a region's.
const FINER: i64 = (1 << 30) - 1;
/// The mode bits of an H3 index of a cell.
const CELL_MODE: i64 = 1 << 59;

/// An H3 index of this resolution, whose finer digits are zeros.
fn first_cell(key: i64, resolution: Resolution) -> i64 {
    CELL_MODE | (i64::from(u8::from(resolution)) << 52) | (key << 30)
}

/// The region with these bits. Digits finer than a cell's resolution are all ones.
fn region(key: i64) -> Result<CellIndex, StorageError> {
    Place { table: "sightings", column: "cell" }.cell(first_cell(key, REGION) | FINER)
}

/// The least and the greatest number that cells of a resolution in a region can have.
fn cells_of(key: i64, resolution: Resolution) -> (i64, i64) {
    let first = first_cell(key, resolution);
    (first, first | FINER)
}

/// The least and the greatest number of a cell in a region, for each resolution that sightings are stored at.
pub(super) fn region_span(region: CellIndex) -> [(i64, i64); 2] {
    let key = (cell_number(region) >> 30) & 4_194_303;
    STORED.map(|resolution| cells_of(key, resolution))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::region_of;

    #[test]
    fn a_region_is_read_off_its_cells_and_holds_exactly_them() {
        for (index, base) in (0_u32..).zip(CellIndex::base_cells()) {
            for inner in base.children(Resolution::Three).step_by(17) {
                let near = inner.center_child(REGION).unwrap();
                for stored in STORED {
                    for cell in near.children(Resolution::Eight).take(3) {
                        let cell = if stored == Resolution::Eight { cell } else { cell.center_child(stored).unwrap() };
                        let key = (cell_number(cell) >> 30) & 4_194_303;
                        assert_eq!(region(key).unwrap(), region_of(cell), "base cell {index}");
                        let (first, last) = cells_of(key, stored);
                        assert!((first..=last).contains(&cell_number(cell)));
                    }
                }
            }
        }
        let other = CellIndex::base_cells().nth(7).unwrap().center_child(Resolution::Thirteen).unwrap();
        let (first, last) = cells_of(5 << 15, Resolution::Thirteen);
        assert!(!(first..=last).contains(&cell_number(other)));
    }
}
