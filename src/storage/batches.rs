//! Statements over many rows or ids at once.

use sqlx::QueryBuilder;

use super::StorageError;
use super::backend::{Tx, on_tx};
use super::rows::{Place, Stored, push_row, sighting_columns};
use crate::model::{IsoWeek, RejectReason, SightingId};

/// Rows or ids of one statement. 15 columns each stay well under SQLite's 32,766 parameters, and the text of a full
/// statement is always the same, so it is prepared once.
pub(super) const BATCH: usize = BATCH_LIMIT as usize;
/// The same, to be bound as a `LIMIT`.
pub(super) const BATCH_LIMIT: u16 = 1_000;

const INSERT_PENDING: &str = concat!("INSERT INTO pending (", sighting_columns!(), ") ");
const INSERT_SIGHTINGS: &str = concat!("INSERT INTO sightings (", sighting_columns!(), ", included_from) ");
const INSERT_REJECTIONS: &str = "INSERT INTO rejections (id, reason, week) ";
/// Ends an `INSERT` that keeps the rows that are there.
const KEEP: &str = " ON CONFLICT DO NOTHING";

/// Where sightings go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Destination {
    /// The queue of a moderator.
    Pending,
    /// The accepted ones, to wait until enough of their region have come together.
    Waiting,
    /// The accepted ones, for the next release.
    NextRelease,
}

/// Stands for the week in `included_from` of what does not wait.
pub(super) const AT_ONCE: i64 = 0;

/// Appends a list of ids in parentheses.
macro_rules! push_ids {
    ($query:expr, $ids:expr) => {{
        let mut list = $query.push("(").separated(", ");
        for id in $ids {
            list.push_bind(id.0.as_slice());
        }
        $query.push(")");
    }};
}

pub(super) use push_ids;

impl Tx {
    /// Inserts sightings that are not there yet; returns how many that were.
    pub(super) async fn insert_sightings(&mut self, into: Destination, rows: &[Stored]) -> Result<u64, StorageError> {
        let head = if into == Destination::Pending { INSERT_PENDING } else { INSERT_SIGHTINGS };
        let included = (into == Destination::NextRelease).then_some(AT_ONCE);
        let mut inserted = 0;
        for chunk in rows.chunks(BATCH) {
            inserted += on_tx!(self, Database, conn => {
                let mut insert = QueryBuilder::<Database>::new(head);
                insert.push_values(chunk, |mut row, stored| {
                    push_row!(row, stored);
                    if into != Destination::Pending {
                        row.push_bind(included);
                    }
                });
                insert.push(KEEP);
                insert.build().persistent(chunk.len() == BATCH).execute(conn).await.map(|done| done.rows_affected())
            })?;
        }
        Ok(inserted)
    }

    /// Notes up to [`BATCH`] decisions.
    pub(super) async fn insert_rejections(
        &mut self,
        ids: &[SightingId],
        reason: RejectReason,
        week: IsoWeek,
    ) -> Result<(), StorageError> {
        on_tx!(self, Database, conn => {
            let mut insert = QueryBuilder::<Database>::new(INSERT_REJECTIONS);
            insert.push_values(ids, |mut row, id| {
                row.push_bind(id.0.as_slice())
                    .push_bind(i64::from(reason.code()))
                    .push_bind(i64::from(week.number()));
            });
            insert.push(KEEP);
            insert.build().persistent(ids.len() == BATCH).execute(conn).await.map(drop)
        })?;
        Ok(())
    }

    /// The ids that a statement finds among up to [`BATCH`] given ones; `head` ends where their list begins, `tail`
    /// follows it. The statement may delete what it returns.
    pub(super) async fn ids_among(
        &mut self,
        head: &'static str,
        ids: &[SightingId],
        tail: &'static str,
        table: &'static str,
    ) -> Result<Vec<SightingId>, StorageError> {
        let found: Vec<Vec<u8>> = on_tx!(self, Database, conn => {
            let mut query = QueryBuilder::<Database>::new(head);
            push_ids!(query, ids);
            query.push(tail);
            query.build_query_scalar().persistent(ids.len() == BATCH).fetch_all(conn).await
        })?;
        found.iter().map(|id| Place { table, column: "id" }.id(id)).collect()
    }
}
