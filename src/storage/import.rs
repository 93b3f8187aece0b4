//! Imports: rows of a source, accepted at once, in one transaction.

use std::collections::HashSet;

use h3o::CellIndex;

use super::backend::{Tx, on_tx};
use super::batches::{AT_ONCE, Destination};
use super::occasions::kind_code;
use super::rows::{Place, Stored};
use super::{StorageError, Store};
use crate::model::{IsoWeek, Occasion, OccasionId, SightingId, Source, SourceKind};

/// A page of the keys of a list's rows.
const KEYS: &str = "SELECT cell, id FROM sightings WHERE (cell, id) > ($1, $2) AND occasion IN \
                    (SELECT id FROM occasions WHERE source = $3 AND kind = $4) ORDER BY cell, id LIMIT $5";
const DELETE: &str =
    "DELETE FROM sightings WHERE occasion IN (SELECT id FROM occasions WHERE source = $1 AND kind = $2)";
/// What an earlier, smaller import of the source left waiting.
const INCLUDE: &str = "UPDATE sightings SET included_from = $1 WHERE included_from IS NULL AND occasion IN \
                       (SELECT id FROM occasions WHERE source = $2 AND kind = $3)";
const KEYS_PER_PAGE: i64 = 10_000;

pub(super) const STATEMENTS: &[&str] = &[KEYS, DELETE, INCLUDE];

/// The key of an accepted sighting.
type Key = (CellIndex, SightingId);

/// A running import; nothing of it stays unless [`finish`](Self::finish) succeeds. It holds the only writer of a SQLite
/// database, so read and sort the rows before it begins, and name occasions and waves through it.
pub struct Import {
    tx: Tx,
    /// What a list held before and did not bring again so far.
    earlier: HashSet<Key>,
    earlier_count: u64,
    given: u64,
    inserted: u64,
    source: (String, SourceKind),
    destination: Destination,
}

/// What an import changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImportCounts {
    /// Sightings that were not there before.
    pub added: u64,
    /// Sightings that were there, or came twice.
    pub unchanged: u64,
    /// Sightings of an earlier state of a list that it holds no more.
    pub removed: u64,
}

impl Store {
    /// Begins an import: adds or updates the source, and takes out the earlier rows of a list, which it replaces whole. Its
    /// rows wait for others of their region, unless they come `at_once`; those of a list always do.
    ///
    /// # Errors
    /// [`StorageError::SourceKind`] or [`StorageError::SourceLicence`] when the source has sightings and its kind or
    /// licence would change, or when the database fails.
    pub async fn begin_import(&self, source: &Source, at_once: bool) -> Result<Import, StorageError> {
        let mut tx = self.begin().await?;
        tx.upsert_source(source).await?;
        let earlier = if source.is_list { tx.take_list(&source.slug).await? } else { HashSet::new() };
        let earlier_count = earlier.len() as u64;
        let kind = if source.is_list { SourceKind::List } else { SourceKind::Import };
        let destination = if source.is_list || at_once { Destination::NextRelease } else { Destination::Waiting };
        let source = (source.slug.clone(), kind);
        Ok(Import { tx, earlier, earlier_count, given: 0, inserted: 0, source, destination })
    }
}

impl Import {
    /// The number of an occasion, as [`Store::occasion_id`].
    ///
    /// # Errors
    /// [`StorageError::NoCampaign`], or when the database fails.
    pub async fn occasion_id(&mut self, occasion: &Occasion) -> Result<OccasionId, StorageError> {
        self.tx.occasion_id(occasion).await
    }

    /// Adds a wave, opened and closed in this week, unless the campaign has it.
    ///
    /// # Errors
    /// [`StorageError::NoCampaign`], or when the database fails.
    pub async fn ensure_closed(&mut self, campaign: &str, wave: &str, week: IsoWeek) -> Result<(), StorageError> {
        self.tx.need_campaign(campaign).await?;
        self.tx.insert_wave(campaign, wave, week, Some(week)).await
    }

    /// Adds rows that are not there yet. Quickest when the rows of the whole import come sorted, in large slices.
    ///
    /// # Errors
    /// When the database fails; the import is of no use then.
    pub async fn insert(&mut self, rows: &[Stored]) -> Result<(), StorageError> {
        self.inserted += self.tx.insert_sightings(self.destination, rows).await?;
        self.given += rows.len() as u64;
        for row in rows {
            self.earlier.remove(&(row.sighting.cell, row.id));
        }
        Ok(())
    }

    /// Makes the import durable.
    ///
    /// # Errors
    /// When the database fails; nothing of the import stays then.
    pub async fn finish(mut self) -> Result<ImportCounts, StorageError> {
        let counts = self.counts();
        let (slug, kind) = &self.source;
        // Rows of a list never waited.
        if self.destination == Destination::NextRelease && *kind == SourceKind::Import {
            let tx = &mut self.tx;
            on_tx!(tx, conn => {
                sqlx::query(INCLUDE).bind(AT_ONCE).bind(slug).bind(kind_code(*kind)).execute(conn).await.map(drop)
            })?;
        }
        self.tx.commit().await?;
        Ok(counts)
    }

    /// Undoes everything, the source, occasions and waves included, and tells what would have changed: a dry run.
    ///
    /// # Errors
    /// When the database fails; nothing of the import stays in any case.
    pub async fn roll_back(self) -> Result<ImportCounts, StorageError> {
        let counts = self.counts();
        self.tx.roll_back().await?;
        Ok(counts)
    }

    /// What the import has changed so far, if it were finished now.
    #[must_use]
    pub fn counts(&self) -> ImportCounts {
        let removed = self.earlier.len() as u64;
        let kept = self.earlier_count - removed;
        let added = self.inserted - kept;
        ImportCounts { added, unchanged: self.given - added, removed }
    }
}

impl Tx {
    /// Deletes the rows of a list and returns their keys.
    async fn take_list(&mut self, slug: &str) -> Result<HashSet<Key>, StorageError> {
        let list = kind_code(SourceKind::List);
        let mut keys = HashSet::new();
        let mut after: (i64, Vec<u8>) = (-1, Vec::new());
        loop {
            let page: Vec<(i64, Vec<u8>)> = on_tx!(self, conn => {
                sqlx::query_as(KEYS)
                    .bind(after.0)
                    .bind(&after.1)
                    .bind(slug)
                    .bind(list)
                    .bind(KEYS_PER_PAGE)
                    .fetch_all(conn)
                    .await
            })?;
            for (cell, id) in &page {
                keys.insert(decode_key(*cell, id)?);
            }
            let Some(key) = page.into_iter().next_back() else { break };
            after = key;
        }
        on_tx!(self, conn => sqlx::query(DELETE).bind(slug).bind(list).execute(conn).await.map(drop))?;
        Ok(keys)
    }
}

fn decode_key(cell: i64, id: &[u8]) -> Result<Key, StorageError> {
    let at = |column| Place { table: "sightings", column };
    Ok((at("cell").cell(cell)?, at("id").id(id)?))
}
