//! Taking back what was accepted: single sightings, and all that came with one epoch of tokens.

use std::collections::BTreeMap;

use h3o::CellIndex;
use sqlx::QueryBuilder;

use super::backend::{Tx, in_transaction, on_readers, on_tx};
use super::batches::{BATCH, push_ids};
use super::decisions::Signature;
use super::pooling::region_span;
use super::rows::{Place, SightingRow, Stored, decode_all, sighting_columns};
use super::{NewGone, StorageError, Store};
use crate::model::{Decision, SightingId, region_of};

const IN_SPAN: &str =
    concat!("SELECT ", sighting_columns!(), " FROM sightings WHERE cell BETWEEN $1 AND $2 ORDER BY cell, id");
const DELETE: &str = "DELETE FROM sightings WHERE id IN ";
const RETURNING_CELL: &str = " RETURNING cell";
const DELETE_RULINGS_FIRST: &str = "DELETE FROM rulings WHERE first IN ";
const DELETE_RULINGS_SECOND: &str = "DELETE FROM rulings WHERE second IN ";
const COUNT_PUBLISHED: &str = "SELECT COUNT(*) FROM sightings WHERE included_from IS NOT NULL AND id IN ";

/// The occasions of an epoch.
macro_rules! of_epoch {
    () => {
        "(SELECT id FROM occasions WHERE campaign = $1 AND key_epoch = $2)"
    };
}

const EPOCH_RULINGS: &str = concat!(
    "DELETE FROM rulings WHERE first IN (SELECT id FROM sightings WHERE occasion IN ",
    of_epoch!(),
    ") OR second IN (SELECT id FROM sightings WHERE occasion IN ",
    of_epoch!(),
    ")"
);
const EPOCH_SIGHTINGS: &str = concat!("DELETE FROM sightings WHERE occasion IN ", of_epoch!(), " RETURNING cell");
const EPOCH_PENDING: &str = concat!("DELETE FROM pending WHERE occasion IN ", of_epoch!(), " RETURNING cell");
const EPOCH_REPORTS: &str = concat!("DELETE FROM reports WHERE occasion IN ", of_epoch!());
const EPOCH_GONE: &str = concat!("DELETE FROM gone WHERE occasion IN ", of_epoch!());
const EPOCH_MARKS: &str = concat!("DELETE FROM pending_marks WHERE occasion IN ", of_epoch!());
const EPOCHS: &str = "SELECT DISTINCT campaign, key_epoch FROM occasions WHERE key_epoch > 0";

pub(super) const STATEMENTS: &[&str] =
    &[IN_SPAN, EPOCH_RULINGS, EPOCH_SIGHTINGS, EPOCH_PENDING, EPOCH_REPORTS, EPOCH_GONE, EPOCH_MARKS, EPOCHS];

/// How many accepted sightings were deleted in each region, an H3 cell of resolution 5.
pub type Removed = BTreeMap<CellIndex, u64>;

/// What a rollback deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RolledBack {
    /// Sightings that waited.
    pub pending: u64,
    /// Accepted sightings.
    pub accepted: u64,
    /// Reports against cameras, records that one is gone, and marks that waited.
    pub others: u64,
}

impl Store {
    /// Every accepted sighting of a region (an H3 cell of resolution 5), whether or not a release holds it.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn accepted_in(&self, region: CellIndex) -> Result<Vec<Stored>, StorageError> {
        let mut all = Vec::new();
        for (first, last) in region_span(region) {
            let rows: Vec<SightingRow> = on_readers!(self, pool => {
                sqlx::query_as(IN_SPAN).bind(first).bind(last).fetch_all(pool).await
            })?;
            all.extend(decode_all(rows, "sightings")?);
        }
        Ok(all)
    }

    /// How many of these accepted sightings a release may hold.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn published_among(&self, ids: &[SightingId]) -> Result<u64, StorageError> {
        let mut tx = self.begin_read().await?;
        let mut published = 0;
        for chunk in ids.chunks(BATCH) {
            let count: i64 = on_tx!(&mut tx, Database, conn => {
                let mut query = QueryBuilder::<Database>::new(COUNT_PUBLISHED);
                push_ids!(query, chunk);
                query.build_query_scalar().persistent(chunk.len() == BATCH).fetch_one(conn).await
            })?;
            published += count.unsigned_abs();
        }
        tx.roll_back().await?;
        Ok(published)
    }

    /// Deletes accepted sightings and the rulings that name them, at once and without a trace in the files; the next
    /// release leaves them out. Ids of no accepted sighting are passed over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_accepted(&self, ids: &[SightingId]) -> Result<Removed, StorageError> {
        let removed = in_transaction!(self, tx => { tx.delete_accepted(ids).await })?;
        self.scrub_accepted().await;
        Ok(removed)
    }

    /// As [`delete_accepted`](Self::delete_accepted), together with the reports that asked for it, and with the decision
    /// of a moderator in the log.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_accepted_as(
        &self,
        signature: &Signature<'_>,
        decision: Decision,
        ids: &[SightingId],
        reports: &[SightingId],
    ) -> Result<Removed, StorageError> {
        let removed = in_transaction!(self, tx => {
            tx.drop_reports(reports).await?;
            let removed = tx.delete_accepted(ids).await?;
            tx.log_decisions(signature, decision, &removed).await?;
            Ok(removed)
        })?;
        self.scrub_accepted().await;
        Ok(removed)
    }

    /// Accepts records that a camera was gone in place of the reports that say so, with the decision of a moderator in the
    /// log. Returns how many; those of home cameras are dropped.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn accept_gone_as(
        &self,
        signature: &Signature<'_>,
        records: &[NewGone],
        reports: &[SightingId],
        mut random: impl FnMut() -> [u8; 16],
    ) -> Result<u64, StorageError> {
        let accepted = in_transaction!(self, tx => {
            // Of two who accept the same reports at once, the second finds none.
            if tx.drop_reports(reports).await? == 0 {
                return Ok(0);
            }
            let accepted = tx.insert_gone(records, &mut random).await?;
            let mut regions = Removed::new();
            for record in records {
                *regions.entry(region_of(record.cell)).or_default() += 1;
            }
            tx.log_decisions(signature, Decision::Gone, &regions).await?;
            Ok(accepted)
        })?;
        self.scrub_accepted().await;
        Ok(accepted)
    }

    /// The epochs of each campaign under whose tokens something was sent, sorted.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn epochs(&self) -> Result<Vec<(String, i32)>, StorageError> {
        let rows: Vec<(String, i64)> = on_readers!(self, pool => sqlx::query_as(EPOCHS).fetch_all(pool).await)?;
        let at = Place { table: "occasions", column: "key_epoch" };
        let mut epochs: Vec<(String, i32)> = rows
            .into_iter()
            .map(|(campaign, epoch)| Ok((campaign, at.need(i32::try_from(epoch).ok())?)))
            .collect::<Result<_, StorageError>>()?;
        epochs.sort();
        Ok(epochs)
    }

    /// Deletes everything that was sent with the tokens of one epoch of a campaign: what waits, accepted sightings and
    /// the rulings that name them, reports against cameras, records that one is gone, marks that wait (rule A5). What
    /// was sent without a token has epoch 0 and cannot be rolled back.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn roll_back_epoch(
        &self,
        signature: &Signature<'_>,
        campaign: &str,
        epoch: i32,
    ) -> Result<RolledBack, StorageError> {
        if epoch <= 0 {
            return Ok(RolledBack::default());
        }
        let number = i64::from(epoch);
        let rolled_back = in_transaction!(self, tx => {
            let mut rolled_back = RolledBack::default();
            let mut regions = Removed::new();
            on_tx!(tx, conn => sqlx::query(EPOCH_RULINGS).bind(campaign).bind(number).execute(conn).await.map(drop))?;
            for (statement, table) in [(EPOCH_SIGHTINGS, "sightings"), (EPOCH_PENDING, "pending")] {
                let cells: Vec<i64> = on_tx!(tx, conn => {
                    sqlx::query_scalar(statement).bind(campaign).bind(number).fetch_all(conn).await
                })?;
                let deleted = cells.len() as u64;
                count_regions(&cells, table, &mut regions)?;
                if table == "pending" { rolled_back.pending = deleted } else { rolled_back.accepted = deleted }
            }
            for statement in [EPOCH_REPORTS, EPOCH_GONE, EPOCH_MARKS] {
                rolled_back.others += on_tx!(tx, conn => {
                    sqlx::query(statement)
                        .bind(campaign)
                        .bind(number)
                        .execute(conn)
                        .await
                        .map(|done| done.rows_affected())
                })?;
            }
            tx.log_decisions(signature, Decision::RolledBack, &regions).await?;
            Ok(rolled_back)
        })?;
        self.scrub_accepted().await;
        Ok(rolled_back)
    }
}

impl Tx {
    async fn delete_accepted(&mut self, ids: &[SightingId]) -> Result<Removed, StorageError> {
        let mut removed = Removed::new();
        for chunk in ids.chunks(BATCH) {
            for statement in [DELETE_RULINGS_FIRST, DELETE_RULINGS_SECOND] {
                on_tx!(self, Database, conn => {
                    let mut query = QueryBuilder::<Database>::new(statement);
                    push_ids!(query, chunk);
                    query.build().persistent(chunk.len() == BATCH).execute(conn).await.map(drop)
                })?;
            }
            let cells: Vec<i64> = on_tx!(self, Database, conn => {
                let mut query = QueryBuilder::<Database>::new(DELETE);
                push_ids!(query, chunk);
                query.push(RETURNING_CELL);
                query.build_query_scalar().persistent(chunk.len() == BATCH).fetch_all(conn).await
            })?;
            count_regions(&cells, "sightings", &mut removed)?;
        }
        Ok(removed)
    }
}

fn count_regions(cells: &[i64], table: &'static str, regions: &mut Removed) -> Result<(), StorageError> {
    for cell in cells {
        *regions.entry(region_of(Place { table, column: "cell" }.cell(*cell)?)).or_default() += 1;
    }
    Ok(())
}
