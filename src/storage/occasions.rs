//! Capture occasions: what a sighting's number of an occasion stands for.

use sha2::{Digest as _, Sha256};

use super::backend::{Tx, in_transaction, on_readers, on_tx};
use super::rows::Place;
use super::{StorageError, Store};
use crate::model::{Occasion, OccasionId, PassLetter, SourceKind};

const BY_KEY: &str = "SELECT id FROM occasions WHERE campaign = $1 AND source = $2 AND kind = $3 AND wave = $4 \
                      AND pass = $5 AND key_epoch = $6";
const INSERT: &str = "INSERT INTO occasions (id, campaign, source, kind, wave, pass, key_epoch) \
                      VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
const LIST: &str = "SELECT id, campaign, source, kind, wave, pass, key_epoch FROM occasions";

pub(super) const STATEMENTS: &[&str] = &[BY_KEY, INSERT, LIST];

#[derive(sqlx::FromRow)]
struct OccasionRow {
    id: i64,
    campaign: String,
    source: String,
    kind: i64,
    wave: String,
    pass: i64,
    key_epoch: i64,
}

impl OccasionRow {
    fn decode(self) -> Result<(OccasionId, Occasion), StorageError> {
        let at = |column| Place { table: "occasions", column };
        let kind = at("kind").need(KINDS.iter().copied().find(|kind| kind_code(*kind) == self.kind))?;
        let pass = match self.pass {
            0 => None,
            number => Some(at("pass").code(number, PassLetter::from_number)?),
        };
        let occasion = Occasion {
            campaign: self.campaign,
            source: self.source,
            kind,
            wave: (!self.wave.is_empty()).then_some(self.wave),
            pass,
            key_epoch: at("key_epoch").need(i32::try_from(self.key_epoch).ok())?,
        };
        Ok((at("id").occasion(self.id)?, occasion))
    }
}

const KINDS: [SourceKind; 3] = [SourceKind::Field, SourceKind::Import, SourceKind::List];

/// The stored code of a kind of source.
pub(super) const fn kind_code(kind: SourceKind) -> i64 {
    match kind {
        SourceKind::Field => 0,
        SourceKind::Import => 1,
        SourceKind::List => 2,
    }
}

/// A to F as 1 to 6.
pub(super) fn pass_number(pass: PassLetter) -> i64 {
    i64::from(pass.number())
}

/// The query for the number of an occasion.
macro_rules! by_key {
    ($occasion:expr) => {
        sqlx::query_scalar(BY_KEY)
            .bind(&$occasion.campaign)
            .bind(&$occasion.source)
            .bind(kind_code($occasion.kind))
            .bind($occasion.wave.as_deref().unwrap_or_default())
            .bind($occasion.pass.map_or(0, pass_number))
            .bind(i64::from($occasion.key_epoch))
    };
}

/// The number an occasion gets unless it is taken: 31 bits of a digest of its key, so that numbers do not tell in which
/// order occasions were first used.
fn preferred_id(occasion: &Occasion) -> i64 {
    let mut hasher = Sha256::new();
    for text in [&*occasion.campaign, &*occasion.source, occasion.wave.as_deref().unwrap_or_default()] {
        hasher.update(text);
        hasher.update([0]);
    }
    hasher.update(kind_code(occasion.kind).to_be_bytes());
    hasher.update(occasion.pass.map_or(0, pass_number).to_be_bytes());
    hasher.update(occasion.key_epoch.to_be_bytes());
    hasher.finalize().iter().take(4).fold(0, |id, byte| id << 8 | i64::from(*byte)) & MAX_ID
}

const MAX_ID: i64 = 0x7fff_ffff;

/// Decodes rows and sorts them by what they say.
fn decode_all(rows: Vec<OccasionRow>) -> Result<Vec<(OccasionId, Occasion)>, StorageError> {
    let mut occasions: Vec<_> = rows.into_iter().map(OccasionRow::decode).collect::<Result<_, _>>()?;
    occasions.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(occasions)
}

impl Store {
    /// The number of an occasion, given to it now if it has none. Numbers are neither small nor consecutive.
    ///
    /// # Errors
    /// [`StorageError::NoCampaign`], or when the database fails.
    pub async fn occasion_id(&self, occasion: &Occasion) -> Result<OccasionId, StorageError> {
        let found: Option<i64> = on_readers!(self, pool => by_key!(occasion).fetch_optional(pool).await)?;
        if let Some(id) = found {
            return Place { table: "occasions", column: "id" }.occasion(id);
        }
        in_transaction!(self, tx => { tx.occasion_id(occasion).await })
    }

    /// Every occasion with its number, sorted by occasion.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn occasions(&self) -> Result<Vec<(OccasionId, Occasion)>, StorageError> {
        let rows = on_readers!(self, pool => sqlx::query_as(LIST).fetch_all(pool).await)?;
        decode_all(rows)
    }
}

impl Tx {
    pub(super) async fn occasion_id(&mut self, occasion: &Occasion) -> Result<OccasionId, StorageError> {
        self.need_campaign(&occasion.campaign).await?;
        let mut id = preferred_id(occasion);
        loop {
            on_tx!(self, conn => {
                sqlx::query(INSERT)
                    .bind(id)
                    .bind(&occasion.campaign)
                    .bind(&occasion.source)
                    .bind(kind_code(occasion.kind))
                    .bind(occasion.wave.as_deref().unwrap_or_default())
                    .bind(occasion.pass.map_or(0, pass_number))
                    .bind(i64::from(occasion.key_epoch))
                    .execute(conn)
                    .await
                    .map(drop)
            })?;
            let found: Option<i64> = on_tx!(self, conn => by_key!(occasion).fetch_optional(conn).await)?;
            if let Some(id) = found {
                return Place { table: "occasions", column: "id" }.occasion(id);
            }
            // Another occasion has this number: the next one is as good.
            id = (id + 1) & MAX_ID;
        }
    }

    pub(super) async fn occasions(&mut self) -> Result<Vec<(OccasionId, Occasion)>, StorageError> {
        let rows = on_tx!(self, conn => sqlx::query_as(LIST).fetch_all(conn).await)?;
        decode_all(rows)
    }
}
