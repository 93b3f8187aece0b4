//! Submissions while they wait for review: storing, asking, withdrawing.

use std::collections::{HashMap, HashSet};

use sqlx::QueryBuilder;

use super::backend::{Tx, in_transaction, on_tx};
use super::batches::{BATCH, Destination, push_ids};
use super::rows::{Place, SightingRow, Stored, decode_all, sighting_columns};
use super::{Spend, StorageError, Store, dialect};
use crate::model::{OccasionId, RejectReason, Sighting, SightingId};

/// How many sightings wait in the campaign of an occasion.
const COUNT_PENDING: &str = "SELECT COUNT(*) FROM pending WHERE occasion IN (SELECT id FROM occasions \
                             WHERE campaign = (SELECT campaign FROM occasions WHERE id = $1))";
const PENDING_AMONG: &str = "SELECT id FROM pending WHERE id IN ";
const REJECTED_AMONG: &str = "SELECT id FROM rejections WHERE id IN ";
const REASONS_AMONG: &str = "SELECT id, reason FROM rejections WHERE id IN ";
const ROWS_AMONG: &str = concat!("SELECT ", sighting_columns!(), " FROM pending WHERE id IN ");
const WITHDRAW: &str = "DELETE FROM pending WHERE id IN ";
const RETURNING_ID: &str = " RETURNING id";

pub(super) const STATEMENTS: &[&str] = &[COUNT_PENDING];

/// What became of a sighting, as its submitter may know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceiptState {
    /// Waits for a moderator.
    Pending,
    /// A moderator rejected it, and its details are gone.
    Rejected(RejectReason),
    /// Does not wait: approved, withdrawn, or never sent. Nothing is kept that could tell which.
    Settled,
}

impl Store {
    /// Stores the sightings of one submission as pending, and spends the token they were sent with; durable when this
    /// returns. Returns how many were new: ids that wait already, or that a moderator rejected, are left alone and pay for
    /// nothing, so that a repeated submission changes nothing.
    /// (One repeated after its approval waits again: approval cuts every link, so there is nothing to know it by.)
    ///
    /// # Errors
    /// [`StorageError::SecretReused`] when other sightings wait under these ids (nothing is stored then),
    /// [`StorageError::TooManyPending`] when the campaign's queue would grow past its limit (nothing is stored then),
    /// [`StorageError::TokenSpent`] or [`StorageError::EpochClosed`] when the token pays for nothing any more (nothing is
    /// stored then), [`StorageError::NoCampaign`] when the occasion is of no campaign, or when the database fails.
    pub async fn insert_submission(
        &self,
        sightings: &[(SightingId, Sighting)],
        occasion: OccasionId,
        spend: Option<&Spend>,
    ) -> Result<u64, StorageError> {
        let rows: Vec<Stored> = sightings.iter().map(|&(id, sighting)| Stored { sighting, id, occasion }).collect();
        in_transaction!(self, tx => {
            let max_pending = self.lock_campaign(tx, occasion).await?;
            if !tx.waits_as_sent(&rows).await? {
                return Err(StorageError::SecretReused);
            }
            let fresh = tx.without_rejected(&rows).await?;
            let inserted = tx.insert_sightings(Destination::Pending, &fresh).await?;
            if let Some(spend) = spend.filter(|_| inserted > 0) {
                tx.spend(spend).await?;
            }
            if inserted > 0 && tx.count_pending(occasion).await? > i64::from(max_pending) {
                return Err(StorageError::TooManyPending { max_pending });
            }
            Ok(inserted)
        })
    }

    /// What became of each of these ids, in their order.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn receipt_status(&self, ids: &[SightingId]) -> Result<Vec<ReceiptState>, StorageError> {
        let mut tx = self.begin_read().await?;
        let mut states = HashMap::new();
        for chunk in ids.chunks(BATCH) {
            for id in tx.ids_among(PENDING_AMONG, chunk, "", "pending").await? {
                states.insert(id, ReceiptState::Pending);
            }
            for (id, reason) in tx.reasons_among(chunk).await? {
                states.insert(id, ReceiptState::Rejected(reason));
            }
        }
        tx.roll_back().await?;
        Ok(ids.iter().map(|id| states.get(id).copied().unwrap_or(ReceiptState::Settled)).collect())
    }

    /// Deletes those of these sightings that still wait, at once and without a trace in the files; returns how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn withdraw(&self, ids: &[SightingId]) -> Result<u64, StorageError> {
        let withdrawn = in_transaction!(self, tx => {
            let mut withdrawn = 0;
            for chunk in ids.chunks(BATCH) {
                withdrawn += tx.ids_among(WITHDRAW, chunk, RETURNING_ID, "pending").await?.len() as u64;
            }
            Ok(withdrawn)
        })?;
        if withdrawn > 0 {
            self.scrub().await;
        }
        Ok(withdrawn)
    }

    async fn lock_campaign(&self, tx: &mut Tx, occasion: OccasionId) -> Result<u32, StorageError> {
        let lock = self.dialect(dialect::LOCK_CAMPAIGN);
        let limit: Option<i64> =
            on_tx!(tx, conn => sqlx::query_scalar(lock).bind(i64::from(occasion.0)).fetch_optional(conn).await)?;
        let limit = limit.ok_or(StorageError::NoCampaign)?;
        Place { table: "campaigns", column: "max_pending" }.need(u32::try_from(limit).ok())
    }
}

impl Tx {
    /// Whether what waits under the ids of these rows is these rows. The week is left aside: a report without one gets
    /// that of the day it arrives, and a retry may come in the next.
    async fn waits_as_sent(&mut self, rows: &[Stored]) -> Result<bool, StorageError> {
        let sent: HashMap<SightingId, Sighting> = rows.iter().map(|row| (row.id, row.sighting)).collect();
        for chunk in rows.chunks(BATCH) {
            let waiting: Vec<SightingRow> = on_tx!(self, Database, conn => {
                let mut query = QueryBuilder::<Database>::new(ROWS_AMONG);
                push_ids!(query, chunk.iter().map(|row| &row.id));
                query.build_query_as().persistent(chunk.len() == BATCH).fetch_all(conn).await
            })?;
            for row in decode_all(waiting, "pending")? {
                let same = sent.get(&row.id).map(|sent| Sighting { week: row.sighting.week, ..*sent });
                if same != Some(row.sighting) {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    async fn without_rejected(&mut self, rows: &[Stored]) -> Result<Vec<Stored>, StorageError> {
        let ids: Vec<SightingId> = rows.iter().map(|row| row.id).collect();
        let mut rejected = HashSet::new();
        for chunk in ids.chunks(BATCH) {
            rejected.extend(self.ids_among(REJECTED_AMONG, chunk, "", "rejections").await?);
        }
        Ok(rows.iter().filter(|row| !rejected.contains(&row.id)).copied().collect())
    }

    async fn count_pending(&mut self, occasion: OccasionId) -> Result<i64, StorageError> {
        let occasion = i64::from(occasion.0);
        Ok(on_tx!(self, conn => sqlx::query_scalar(COUNT_PENDING).bind(occasion).fetch_one(conn).await)?)
    }

    async fn reasons_among(&mut self, ids: &[SightingId]) -> Result<Vec<(SightingId, RejectReason)>, StorageError> {
        let rows: Vec<(Vec<u8>, i64)> = on_tx!(self, Database, conn => {
            let mut query = QueryBuilder::<Database>::new(REASONS_AMONG);
            push_ids!(query, ids);
            query.build_query_as().persistent(ids.len() == BATCH).fetch_all(conn).await
        })?;
        let at = |column| Place { table: "rejections", column };
        rows.iter()
            .map(|(id, reason)| Ok((at("id").id(id)?, at("reason").code(*reason, RejectReason::from_code)?)))
            .collect()
    }
}
