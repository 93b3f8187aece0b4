//! Accepted sightings, as a release build reads them.

use h3o::CellIndex;

use super::backend::{Backend, Tx, on_readers, on_tx};
use super::rows::{Place, SightingRow, Stored, cell_number, decode_all, sighting_columns};
use super::{StorageError, Store, dialect};
use crate::model::{Occasion, OccasionId, SightingId};

/// A page of what releases may hold; with `$4` 1, of what waits too.
const PAGE: &str = concat!(
    "SELECT ",
    sighting_columns!(),
    " FROM sightings WHERE (cell, id) > ($1, $2) AND ($4 = 1 OR included_from IS NOT NULL) ORDER BY cell, id LIMIT $3"
);
const COUNT_SIGHTINGS: &str = "SELECT occasion, COUNT(*) FROM sightings GROUP BY occasion";
const COUNT_PENDING: &str = "SELECT occasion, COUNT(*) FROM pending GROUP BY occasion";

pub(super) const STATEMENTS: &[&str] = &[PAGE, COUNT_SIGHTINGS, COUNT_PENDING];

/// One unchanging state of the database, however long it is read. Keep it no longer than needed: a seal waits for it.
pub struct Snapshot {
    pub(super) tx: Tx,
}

impl Store {
    /// Fixes the present state for reading.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn snapshot(&self) -> Result<Snapshot, StorageError> {
        Ok(Snapshot { tx: self.begin_read().await? })
    }

    /// How many accepted sightings each occasion has; occasions without any are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sighting_counts(&self) -> Result<Vec<(OccasionId, u64)>, StorageError> {
        let rows = on_readers!(self, pool => sqlx::query_as(COUNT_SIGHTINGS).fetch_all(pool).await)?;
        counts(rows, "sightings")
    }

    /// How many pending sightings each occasion has; occasions without any are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pending_counts(&self) -> Result<Vec<(OccasionId, u64)>, StorageError> {
        let rows = on_readers!(self, pool => sqlx::query_as(COUNT_PENDING).fetch_all(pool).await)?;
        counts(rows, "pending")
    }

    /// Begins a transaction that sees one state throughout.
    pub(super) async fn begin_read(&self) -> Result<Tx, StorageError> {
        Ok(match &self.backend {
            Backend::Sqlite { readers, .. } => Tx::Sqlite(readers.begin_with(dialect::SQLITE_BEGIN_READ).await?),
            Backend::Postgres(pool) => Tx::Postgres(pool.begin_with(dialect::POSTGRES_BEGIN_READ).await?),
        })
    }
}

impl Snapshot {
    /// Up to `limit` accepted sightings after a key, in the order of (cell, id); from the start when there is no key. Those
    /// that wait for others of their region only `with_waiting`.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn sightings_page(
        &mut self,
        after: Option<(CellIndex, SightingId)>,
        limit: u32,
        with_waiting: bool,
    ) -> Result<Vec<Stored>, StorageError> {
        let cell = after.map_or(-1, |(cell, _)| cell_number(cell));
        let id: &[u8] = after.as_ref().map_or(&[], |(_, id)| &id.0);
        let tx = &mut self.tx;
        let rows: Vec<SightingRow> = on_tx!(tx, conn => {
            sqlx::query_as(PAGE)
                .bind(cell)
                .bind(id)
                .bind(i64::from(limit))
                .bind(i64::from(with_waiting))
                .fetch_all(conn)
                .await
        })?;
        decode_all(rows, "sightings")
    }

    /// Every occasion with its number, sorted by occasion.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn occasions(&mut self) -> Result<Vec<(OccasionId, Occasion)>, StorageError> {
        self.tx.occasions().await
    }
}

fn counts(rows: Vec<(i64, i64)>, table: &'static str) -> Result<Vec<(OccasionId, u64)>, StorageError> {
    let at = Place { table, column: "occasion" };
    let mut counts: Vec<_> = rows
        .into_iter()
        .map(|(occasion, count)| Ok((at.occasion(occasion)?, count.unsigned_abs())))
        .collect::<Result<_, StorageError>>()?;
    counts.sort_unstable();
    Ok(counts)
}
