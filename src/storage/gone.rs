//! Accepted records that a camera was gone.

use h3o::{CellIndex, Resolution};

use super::backend::{Tx, in_transaction, on_tx};
use super::pooling::closed_occasions;
use super::review::uuid_v4;
use super::rows::{Place, cell_number};
use super::{Snapshot, StorageError, Store};
use crate::model::{Gone, IsoWeek, Kind, OccasionId};

const INSERT: &str = "INSERT INTO gone (cell, id, occasion, kind, week) VALUES ($1, $2, $3, $4, $5)";
/// What releases follow, in canonical order; with `$1` 1, what waits too. Nothing of an open wave.
const LIST: &str = concat!(
    "SELECT cell, kind, week FROM gone WHERE ($1 = 1 OR included_from IS NOT NULL) AND occasion IN ",
    closed_occasions!(),
    " ORDER BY cell, kind, week"
);

pub(super) const STATEMENTS: &[&str] = &[INSERT, LIST];

/// A record that a moderator accepted: somebody looked here in this week and the camera was gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NewGone {
    /// H3 cell of resolution 13 the camera was in.
    pub cell: CellIndex,
    /// Sort of camera it was; unknown stands for any.
    pub kind: Kind,
    /// Week somebody looked.
    pub week: IsoWeek,
    /// Occasion of the report.
    pub occasion: OccasionId,
}

impl NewGone {
    /// Whether the record can be told of one camera. Home cameras are counted and not told apart, so none of them can be
    /// named as the one that is gone.
    #[must_use]
    pub fn is_of_public_space(&self) -> bool {
        self.cell.resolution() == Resolution::Thirteen && self.kind != Kind::Doorbell
    }
}

impl Store {
    /// Accepts records that cameras were gone, all or none; returns how many. Those of home cameras are dropped. They wait
    /// until enough of their region have come together, as sightings do. `random` gives 128 random bits a call.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn accept_gone(
        &self,
        records: &[NewGone],
        mut random: impl FnMut() -> [u8; 16],
    ) -> Result<u64, StorageError> {
        in_transaction!(self, tx => { tx.insert_gone(records, &mut random).await })
    }
}

impl Tx {
    /// Accepts records within a transaction, as [`Store::accept_gone`] does.
    pub(super) async fn insert_gone(
        &mut self,
        records: &[NewGone],
        mut random: impl FnMut() -> [u8; 16],
    ) -> Result<u64, StorageError> {
        let mut inserted = 0;
        for record in records.iter().filter(|record| record.is_of_public_space()) {
            let id = uuid_v4(random());
            inserted += on_tx!(self, conn => {
                sqlx::query(INSERT)
                    .bind(cell_number(record.cell))
                    .bind(id.0.as_slice())
                    .bind(i64::from(record.occasion.0))
                    .bind(i64::from(record.kind.code()))
                    .bind(i64::from(record.week.number()))
                    .execute(conn)
                    .await
                    .map(|done| done.rows_affected())
            })?;
        }
        Ok(inserted)
    }
}

impl Snapshot {
    /// The records that cameras were gone which releases follow, in canonical order, and `with_waiting` those that wait for
    /// others of their region. Those of open waves are left out.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn gone(&mut self, with_waiting: bool) -> Result<Vec<Gone>, StorageError> {
        let rows: Vec<(i64, i64, i64)> = on_tx!(&mut self.tx, conn => {
            sqlx::query_as(LIST).bind(i64::from(with_waiting)).fetch_all(conn).await
        })?;
        let at = |column| Place { table: "gone", column };
        let decode = |(cell, kind, week)| {
            Ok(Gone {
                cell: at("cell").cell(cell)?,
                kind: at("kind").code(kind, Kind::from_code)?,
                week: at("week").week(week)?,
            })
        };
        rows.into_iter().map(decode).collect()
    }
}
