//! What moderators ruled about pairs of accepted sightings.

use super::backend::{in_transaction, on_readers, on_tx};
use super::rows::Place;
use super::{StorageError, Store};
use crate::model::{SightingId, Verdict};

const PUT: &str = "INSERT INTO rulings (first, second, verdict) VALUES ($1, $2, $3) \
                   ON CONFLICT (first, second) DO UPDATE SET verdict = excluded.verdict";
const DROP: &str = "DELETE FROM rulings WHERE first = $1 AND second = $2";
/// What releases follow; with `$1` 1, what waits too.
const LIST: &str = "SELECT first, second, verdict FROM rulings WHERE $1 = 1 OR included_from IS NOT NULL \
                    ORDER BY first, second";
const THERE: &str = "SELECT COUNT(*) FROM sightings WHERE id = $1 OR id = $2";

pub(super) const STATEMENTS: &[&str] = &[PUT, DROP, LIST, THERE];

#[derive(sqlx::FromRow)]
struct RulingRow {
    first: Vec<u8>,
    second: Vec<u8>,
    verdict: i64,
}

impl RulingRow {
    fn decode(self) -> Result<(SightingId, SightingId, Verdict), StorageError> {
        let at = |column| Place { table: "rulings", column };
        Ok((
            SightingId(at("first").need(self.first.try_into().ok())?),
            SightingId(at("second").need(self.second.try_into().ok())?),
            at("verdict").code(self.verdict, Verdict::from_code)?,
        ))
    }
}

impl Store {
    /// Rules that two accepted sightings are of one camera or of two; replaces what was ruled before.
    ///
    /// # Errors
    /// [`StorageError::NoSighting`] when the two are one, or one of them is no accepted sighting, or when the database
    /// fails.
    pub async fn rule(&self, one: SightingId, other: SightingId, verdict: Verdict) -> Result<(), StorageError> {
        let (first, second) = (one.min(other), one.max(other));
        in_transaction!(self, tx => {
            let there: i64 = on_tx!(tx, conn => {
                sqlx::query_scalar(THERE).bind(first.0.as_slice()).bind(second.0.as_slice()).fetch_one(conn).await
            })?;
            if there != 2 {
                return Err(StorageError::NoSighting);
            }
            on_tx!(tx, conn => {
                sqlx::query(PUT)
                    .bind(first.0.as_slice())
                    .bind(second.0.as_slice())
                    .bind(i64::from(verdict.code()))
                    .execute(conn)
                    .await
                    .map(drop)
            })?;
            Ok(())
        })
    }

    /// Takes back what was ruled about two sightings; `false` when nothing was.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_back_ruling(&self, one: SightingId, other: SightingId) -> Result<bool, StorageError> {
        let (first, second) = (one.min(other), one.max(other));
        in_transaction!(self, tx => {
            let dropped = on_tx!(tx, conn => {
                sqlx::query(DROP)
                    .bind(first.0.as_slice())
                    .bind(second.0.as_slice())
                    .execute(conn)
                    .await
                    .map(|done| done.rows_affected())
            })?;
            Ok(dropped > 0)
        })
    }

    /// The rulings that releases follow, and `with_waiting` those that wait too. One that names a sighting which is gone
    /// says nothing.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn rulings(&self, with_waiting: bool) -> Result<Vec<(SightingId, SightingId, Verdict)>, StorageError> {
        let rows: Vec<RulingRow> = on_readers!(self, pool => {
            sqlx::query_as(LIST).bind(i64::from(with_waiting)).fetch_all(pool).await
        })?;
        rows.into_iter().map(RulingRow::decode).collect()
    }
}
