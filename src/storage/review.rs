//! Review: what waits, and what a moderator decides about it.

use sqlx::QueryBuilder;

use std::collections::BTreeMap;

use h3o::CellIndex;

use super::backend::{Tx, in_transaction, on_readers, on_tx};
use super::batches::{BATCH, BATCH_LIMIT, Destination, push_ids};
use super::decisions::Signature;
use super::rows::{SightingRow, Stored, decode_all, sighting_columns};
use super::{StorageError, Store, dialect};
use crate::model::{Decision, IsoWeek, RejectReason, SightingId, region_of};

/// A page of what waits; `$2` empty means every campaign.
const PAGE: &str = concat!(
    "SELECT ",
    sighting_columns!(),
    " FROM pending WHERE id > $1 AND ($2 = '' OR occasion IN (SELECT id FROM occasions WHERE campaign = $2)) \
     ORDER BY id LIMIT $3"
);
/// Takes a page of a campaign out of the queue.
const TAKE_PAGE: &str = concat!(
    "DELETE FROM pending WHERE id IN (SELECT id FROM pending WHERE id > $1 AND occasion IN \
     (SELECT id FROM occasions WHERE campaign = $2) ORDER BY id LIMIT $3) RETURNING ",
    sighting_columns!()
);
const ROWS_AMONG: &str = concat!("SELECT ", sighting_columns!(), " FROM pending WHERE id IN ");
const TAKE: &str = "DELETE FROM pending WHERE id IN ";
const RETURNING: &str = concat!(" RETURNING ", sighting_columns!());

pub(super) const STATEMENTS: &[&str] = &[PAGE, TAKE_PAGE];

/// Which pending sightings a decision is about.
#[derive(Debug, Clone, Copy)]
pub enum Selection<'a> {
    /// These; ids that do not wait are passed over.
    Ids(&'a [SightingId]),
    /// All of the campaign with this slug.
    Campaign(&'a str),
}

impl Store {
    /// Up to `limit` pending sightings in the order of their ids, which is no order of arrival; of one campaign, or of all.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn pending_page(
        &self,
        campaign: Option<&str>,
        after: Option<SightingId>,
        limit: u32,
    ) -> Result<Vec<Stored>, StorageError> {
        let rows: Vec<SightingRow> = on_readers!(self, pool => {
            sqlx::query_as(PAGE)
                .bind(after_bytes(after.as_ref()))
                .bind(campaign.unwrap_or_default())
                .bind(i64::from(limit))
                .fetch_all(pool)
                .await
        })?;
        decode_all(rows, "pending")
    }

    /// Those of these sightings that wait, in the order of their ids.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn pending_among(&self, ids: &[SightingId]) -> Result<Vec<Stored>, StorageError> {
        let mut tx = self.begin_read().await?;
        let mut found = Vec::new();
        for chunk in ids.chunks(BATCH) {
            let rows: Vec<SightingRow> = on_tx!(&mut tx, Database, conn => {
                let mut query = QueryBuilder::<Database>::new(ROWS_AMONG);
                push_ids!(query, chunk);
                query.build_query_as().persistent(chunk.len() == BATCH).fetch_all(conn).await
            })?;
            found.extend(decode_all(rows, "pending")?);
        }
        tx.roll_back().await?;
        found.sort_unstable_by_key(|row| row.id);
        Ok(found)
    }

    /// Moves pending sightings to the accepted ones, all or none; returns how many. `random` gives 128 random bits a
    /// call: each accepted sighting gets a fresh id (UUID version 4), so that nothing links it to its submission.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn approve(
        &self,
        selection: Selection<'_>,
        mut random: impl FnMut() -> [u8; 16],
    ) -> Result<u64, StorageError> {
        let approved = in_transaction!(self, tx => {
            Ok(tx.approve(selection, &mut random).await?.len() as u64)
        })?;
        Ok(self.scrub_after(approved).await)
    }

    /// Rejects pending sightings, all or none; returns how many. Their details are deleted; id, reason and week stay for
    /// [`receipt_status`](Self::receipt_status) until a [`seal`](Self::seal) eight weeks later.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn reject(
        &self,
        selection: Selection<'_>,
        reason: RejectReason,
        week: IsoWeek,
    ) -> Result<u64, StorageError> {
        let rejected = in_transaction!(self, tx => { Ok(tx.reject(selection, reason, week).await?.values().sum()) })?;
        Ok(self.scrub_after(rejected).await)
    }

    /// As [`approve`](Self::approve) of some ids, with the decision of a moderator in the log. Returns the former and the
    /// new id of each.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn approve_as(
        &self,
        signature: &Signature<'_>,
        ids: &[SightingId],
        mut random: impl FnMut() -> [u8; 16],
    ) -> Result<Vec<(SightingId, SightingId)>, StorageError> {
        let approved = in_transaction!(self, tx => {
            let approved = tx.approve(Selection::Ids(ids), &mut random).await?;
            let mut regions = BTreeMap::new();
            for (cell, ..) in &approved {
                *regions.entry(*cell).or_default() += 1;
            }
            tx.log_decisions(signature, Decision::Approved, &regions).await?;
            Ok(approved)
        })?;
        self.scrub_after(approved.len() as u64).await;
        Ok(approved.into_iter().map(|(_, former, new)| (former, new)).collect())
    }

    /// As [`reject`](Self::reject) of some ids, with the decision of a moderator in the log.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn reject_as(
        &self,
        signature: &Signature<'_>,
        ids: &[SightingId],
        reason: RejectReason,
        week: IsoWeek,
    ) -> Result<u64, StorageError> {
        let rejected = in_transaction!(self, tx => {
            let regions = tx.reject(Selection::Ids(ids), reason, week).await?;
            tx.log_decisions(signature, Decision::Rejected, &regions).await?;
            Ok(regions.values().sum())
        })?;
        Ok(self.scrub_after(rejected).await)
    }

    pub(super) async fn scrub_after(&self, changed: u64) -> u64 {
        if changed > 0 {
            self.scrub().await;
        }
        changed
    }
}

/// Takes what a selection names out of the queue, a batch at a time.
enum Taking<'a> {
    Ids(std::slice::Chunks<'a, SightingId>),
    Campaign { slug: &'a str, after: Option<SightingId> },
}

impl<'a> Taking<'a> {
    fn new(selection: Selection<'a>) -> Self {
        match selection {
            Selection::Ids(ids) => Self::Ids(ids.chunks(BATCH)),
            Selection::Campaign(slug) => Self::Campaign { slug, after: None },
        }
    }

    /// The next rows, never none of them; `None` at the end.
    async fn next(&mut self, tx: &mut Tx) -> Result<Option<Vec<Stored>>, StorageError> {
        match self {
            Self::Ids(chunks) => {
                for chunk in chunks {
                    let rows = tx.take(chunk).await?;
                    if !rows.is_empty() {
                        return Ok(Some(rows));
                    }
                }
                Ok(None)
            }
            Self::Campaign { slug, after } => {
                let rows = tx.take_page(slug, *after).await?;
                // Going on after the last id, never from the start: reports that come in meanwhile may wait.
                *after = rows.iter().map(|row| row.id).max();
                Ok(after.map(|_| rows))
            }
        }
    }
}

impl Tx {
    /// The region, the former and the new id of each.
    async fn approve(
        &mut self,
        selection: Selection<'_>,
        random: &mut impl FnMut() -> [u8; 16],
    ) -> Result<Vec<(CellIndex, SightingId, SightingId)>, StorageError> {
        let mut approved = Vec::new();
        let mut taking = Taking::new(selection);
        while let Some(mut rows) = taking.next(self).await? {
            for row in &mut rows {
                let former = row.id;
                row.id = uuid_v4(random());
                approved.push((region_of(row.sighting.cell), former, row.id));
            }
            rows.sort_unstable();
            self.insert_sightings(Destination::Waiting, &rows).await?;
        }
        Ok(approved)
    }

    /// How many in each region.
    async fn reject(
        &mut self,
        selection: Selection<'_>,
        reason: RejectReason,
        week: IsoWeek,
    ) -> Result<BTreeMap<CellIndex, u64>, StorageError> {
        if let Self::Postgres(tx) = self {
            sqlx::query(dialect::POSTGRES_LOCK_CAMPAIGNS).execute(&mut **tx).await?;
        }
        let mut rejected = BTreeMap::new();
        let mut taking = Taking::new(selection);
        while let Some(rows) = taking.next(self).await? {
            let mut ids: Vec<SightingId> = rows.iter().map(|row| row.id).collect();
            ids.sort_unstable();
            self.insert_rejections(&ids, reason, week).await?;
            for row in &rows {
                *rejected.entry(region_of(row.sighting.cell)).or_default() += 1;
            }
        }
        Ok(rejected)
    }

    async fn take(&mut self, ids: &[SightingId]) -> Result<Vec<Stored>, StorageError> {
        let rows: Vec<SightingRow> = on_tx!(self, Database, conn => {
            let mut query = QueryBuilder::<Database>::new(TAKE);
            push_ids!(query, ids);
            query.push(RETURNING);
            query.build_query_as().persistent(ids.len() == BATCH).fetch_all(conn).await
        })?;
        decode_all(rows, "pending")
    }

    async fn take_page(&mut self, campaign: &str, after: Option<SightingId>) -> Result<Vec<Stored>, StorageError> {
        let rows: Vec<SightingRow> = on_tx!(self, conn => {
            sqlx::query_as(TAKE_PAGE)
                .bind(after_bytes(after.as_ref()))
                .bind(campaign)
                .bind(i64::from(BATCH_LIMIT))
                .fetch_all(conn)
                .await
        })?;
        decode_all(rows, "pending")
    }
}

/// The key to go on after; nothing sorts before every id.
fn after_bytes(after: Option<&SightingId>) -> &[u8] {
    after.map_or(&[], |id| &id.0)
}

/// Random bits as a UUID of version 4 (RFC 9562, section 5.4).
pub(super) const fn uuid_v4(mut bits: [u8; 16]) -> SightingId {
    bits[6] = bits[6] & 0x0f | 0x40;
    bits[8] = bits[8] & 0x3f | 0x80;
    SightingId(bits)
}
