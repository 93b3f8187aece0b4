//! Marks of survey sheets while they wait for a moderator, and the units that sheets are made of.

use super::backend::{Tx, in_transaction, on_readers, on_tx};
use super::rows::Place;
use super::{Spend, StorageError, Store};
use crate::model::{AuditUnit, OccasionId, SightingId, UnitId, UnitShape, UnitState};

/// The units of a wave: those that any pass names, without what it says of them.
const WAVE_UNITS: &str = "SELECT shape FROM audit_units WHERE id IN \
                          (SELECT unit FROM effort_marks WHERE campaign = $1 AND wave = $2) ORDER BY id";
const HAS_UNIT: &str = "SELECT COUNT(*) FROM effort_marks WHERE campaign = $1 AND wave = $2 AND unit = $3";
const INSERT: &str =
    "INSERT INTO pending_marks (id, occasion, unit, state) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
const GET: &str = "SELECT occasion, unit, state FROM pending_marks WHERE id = $1";
const COUNT: &str = "SELECT COUNT(*) FROM pending_marks WHERE occasion IN (SELECT id FROM occasions \
                     WHERE campaign = (SELECT campaign FROM occasions WHERE id = $1))";
const LIST: &str = "SELECT id, occasion, unit, state FROM pending_marks ORDER BY id";
/// Puts the latest word of a pass on a unit in the place of its earlier one.
const ACCEPT: &str = "INSERT INTO effort_marks (campaign, wave, unit, pass, state) \
                      SELECT o.campaign, o.wave, m.unit, o.pass, m.state FROM pending_marks m \
                      JOIN occasions o ON o.id = m.occasion WHERE m.id = $1 \
                      ON CONFLICT (campaign, wave, unit, pass) DO UPDATE SET state = excluded.state";
const DELETE: &str = "DELETE FROM pending_marks WHERE id = $1";

pub(super) const STATEMENTS: &[&str] = &[WAVE_UNITS, HAS_UNIT, INSERT, GET, COUNT, LIST, ACCEPT, DELETE];

/// One mark that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PendingMark {
    /// Derived from the sender's secret.
    pub id: SightingId,
    /// The wave, the pass and the key epoch it was sent in.
    pub occasion: OccasionId,
    /// What was walked.
    pub unit: UnitId,
    /// How completely.
    pub state: UnitState,
}

#[derive(sqlx::FromRow)]
struct MarkRow {
    id: Vec<u8>,
    occasion: i64,
    unit: Vec<u8>,
    state: i64,
}

fn decode(id: SightingId, occasion: i64, unit: Vec<u8>, state: i64) -> Result<PendingMark, StorageError> {
    let at = |column| Place { table: "pending_marks", column };
    Ok(PendingMark {
        id,
        occasion: at("occasion").occasion(occasion)?,
        unit: UnitId(at("unit").need(unit.try_into().ok())?),
        state: at("state").code(state, UnitState::from_code)?,
    })
}

impl Store {
    /// The units that any pass of a wave names, by id: public geometry. What was said of them is not told.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn wave_units(&self, campaign: &str, wave: &str) -> Result<Vec<AuditUnit>, StorageError> {
        let shapes: Vec<Vec<u8>> = on_readers!(self, pool => {
            sqlx::query_scalar(WAVE_UNITS).bind(campaign).bind(wave).fetch_all(pool).await
        })?;
        let at = Place { table: "audit_units", column: "shape" };
        shapes.iter().map(|shape| Ok(AuditUnit::new(at.need(UnitShape::from_bytes(shape))?))).collect()
    }

    /// Whether a wave has a unit.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn wave_has_unit(&self, campaign: &str, wave: &str, unit: UnitId) -> Result<bool, StorageError> {
        let found: i64 = on_readers!(self, pool => {
            sqlx::query_scalar(HAS_UNIT).bind(campaign).bind(wave).bind(unit.0.as_slice()).fetch_one(pool).await
        })?;
        Ok(found > 0)
    }

    /// Stores a mark as pending, and spends the token it was sent with; durable when this returns. The same mark under the same id again changes nothing.
    ///
    /// # Errors
    /// [`StorageError::SecretReused`] when another mark waits under this id, [`StorageError::TooManyPending`] when more
    /// marks than `limit` would wait in the campaign (nothing is stored
    /// in either case), [`StorageError::TokenSpent`] or [`StorageError::EpochClosed`], or when the database fails.
    pub async fn insert_mark(&self, mark: PendingMark, limit: u32, spend: Option<&Spend>) -> Result<(), StorageError> {
        in_transaction!(self, tx => {
            let is_new = tx.insert_mark(mark, limit).await?;
            if let Some(spend) = spend.filter(|_| is_new) {
                tx.spend(spend).await?;
            }
            Ok(())
        })
    }

    /// Every mark that waits, by id.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn pending_marks(&self) -> Result<Vec<PendingMark>, StorageError> {
        let rows: Vec<MarkRow> = on_readers!(self, pool => sqlx::query_as(LIST).fetch_all(pool).await)?;
        let at = Place { table: "pending_marks", column: "id" };
        let decoded =
            |row: MarkRow| decode(SightingId(at.need(row.id.try_into().ok())?), row.occasion, row.unit, row.state);
        rows.into_iter().map(decoded).collect()
    }

    /// Ends the waiting of these marks: `accepted` ones count from the next release of their wave on, others are deleted.
    /// Returns how many waited.
    ///
    /// # Errors
    /// When the database fails; nothing was changed then.
    pub async fn decide_marks(&self, ids: &[SightingId], accepted: bool) -> Result<u64, StorageError> {
        in_transaction!(self, tx => {
            let mut decided = 0;
            for id in ids {
                if accepted {
                    tx.accept_mark(*id).await?;
                }
                decided += u64::from(tx.delete_mark(*id).await?);
            }
            Ok(decided)
        })
    }
}

impl Tx {
    /// Returns whether the mark is new.
    async fn insert_mark(&mut self, mark: PendingMark, limit: u32) -> Result<bool, StorageError> {
        let occasion = i64::from(mark.occasion.0);
        let inserted = on_tx!(self, conn => {
            sqlx::query(INSERT)
                .bind(mark.id.0.as_slice())
                .bind(occasion)
                .bind(mark.unit.0.as_slice())
                .bind(i64::from(mark.state.code()))
                .execute(conn)
                .await
                .map(|done| done.rows_affected())
        })?;
        if inserted == 0 {
            let (occasion, unit, state): (i64, Vec<u8>, i64) =
                on_tx!(self, conn => sqlx::query_as(GET).bind(mark.id.0.as_slice()).fetch_one(conn).await)?;
            let same = decode(mark.id, occasion, unit, state)? == mark;
            return if same { Ok(false) } else { Err(StorageError::SecretReused) };
        }
        let waiting: i64 = on_tx!(self, conn => sqlx::query_scalar(COUNT).bind(occasion).fetch_one(conn).await)?;
        if waiting > i64::from(limit) {
            return Err(StorageError::TooManyPending { max_pending: limit });
        }
        Ok(true)
    }

    async fn accept_mark(&mut self, id: SightingId) -> Result<(), StorageError> {
        on_tx!(self, conn => sqlx::query(ACCEPT).bind(id.0.as_slice()).execute(conn).await.map(drop))?;
        Ok(())
    }

    async fn delete_mark(&mut self, id: SightingId) -> Result<bool, StorageError> {
        let deleted = on_tx!(self, conn => {
            sqlx::query(DELETE).bind(id.0.as_slice()).execute(conn).await.map(|done| done.rows_affected())
        })?;
        Ok(deleted > 0)
    }
}
