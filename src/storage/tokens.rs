//! Keys of tokens, the invites to them, and which tokens were spent. Epochs are periods in which keys sign: one that is closed
//! keeps its public keys and nothing else.

use super::backend::{Tx, in_transaction, on_readers, on_tx};
use super::occasions::pass_number;
use super::rows::Place;
use super::{StorageError, Store, dialect};
use crate::model::{PassLetter, TokenKey, TokenPurpose};

const KEYS: &str = "SELECT campaign, epoch, team, purpose, wave, public, secret FROM token_keys";
const KEYS_OF_TEAM: &str = "SELECT campaign, epoch, team, purpose, wave, public, secret FROM token_keys \
                            WHERE campaign = $1 AND epoch = $2 AND team = $3";
const INSERT_KEY: &str = "INSERT INTO token_keys (campaign, epoch, team, purpose, wave, public, secret) \
                          VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
const OPEN_EPOCH: &str = "SELECT MAX(epoch) FROM token_keys WHERE campaign = $1 AND wave = $2 AND secret IS NOT NULL";
const LAST_EPOCH: &str = "SELECT MAX(epoch) FROM token_keys WHERE campaign = $1";
const OPEN_EPOCHS: &str =
    "SELECT DISTINCT epoch FROM token_keys WHERE campaign = $1 AND wave = $2 AND secret IS NOT NULL";
const FORGET_SECRETS: &str = "UPDATE token_keys SET secret = NULL WHERE campaign = $1 AND epoch = $2";
const FORGET_SPENT: &str = "DELETE FROM spent_tokens WHERE campaign = $1 AND epoch = $2";
const FORGET_INVITES: &str = "DELETE FROM invites WHERE campaign = $1 AND epoch = $2";
const INSERT_INVITE: &str = "INSERT INTO invites (id, campaign, epoch, team, tokens) VALUES ($1, $2, $3, $4, $5)";
const REVOKE: &str = "DELETE FROM invites WHERE id = $1";
const INVITE: &str = "SELECT campaign, epoch, team, tokens, sightings_batch, marks_batch FROM invites WHERE id = $1";
const NOTE_SIGHTINGS: &str = "UPDATE invites SET sightings_batch = $1 WHERE id = $2 AND sightings_batch IS NULL";
const NOTE_MARKS: &str = "UPDATE invites SET marks_batch = $1 WHERE id = $2 AND marks_batch IS NULL";
const COUNTS: &str = "SELECT campaign, epoch, team, COUNT(*), COUNT(sightings_batch) FROM invites \
                      GROUP BY campaign, epoch, team";
const SPEND: &str = "INSERT INTO spent_tokens (digest, campaign, epoch) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";

pub(super) const STATEMENTS: &[&str] = &[
    KEYS,
    KEYS_OF_TEAM,
    INSERT_KEY,
    OPEN_EPOCH,
    LAST_EPOCH,
    OPEN_EPOCHS,
    FORGET_SECRETS,
    FORGET_SPENT,
    FORGET_INVITES,
    INSERT_INVITE,
    REVOKE,
    INVITE,
    NOTE_SIGHTINGS,
    NOTE_MARKS,
    COUNTS,
    SPEND,
];

/// A token that was found good, to be spent in the transaction that stores what it pays for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spend {
    /// What is kept of it.
    pub digest: [u8; 32],
    /// Campaign of its key.
    pub campaign: String,
    /// Epoch of its key.
    pub epoch: i32,
    /// Team of its key.
    pub team: Option<PassLetter>,
    /// What its key's tokens pay for.
    pub purpose: TokenPurpose,
}

/// A key, with its secret while its epoch is open.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredKey {
    /// The public side.
    pub key: TokenKey,
    /// The secret scalar.
    pub secret: Option<[u8; 32]>,
}

impl std::fmt::Debug for StoredKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoredKey").field("key", &self.key).finish_non_exhaustive()
    }
}

/// What was stored for new invites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// The keys they yield tokens of, in canonical order.
    pub keys: Vec<TokenKey>,
    /// Invites that share these keys, the new ones among them.
    pub sharing: u64,
}

/// How many invites share a key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct InviteCount {
    /// Slug of the campaign.
    pub campaign: String,
    /// Epoch of the key.
    pub epoch: i32,
    /// Team of the key, if any.
    pub team: Option<PassLetter>,
    /// Invites that were made and not revoked.
    pub invites: u64,
    /// Those whose tokens for sightings were drawn.
    pub drawn: u64,
}

/// What an invite is good for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redeemable {
    /// The key of the tokens asked for.
    pub key: StoredKey,
    /// How many tokens it yields, of each purpose.
    pub tokens: u32,
    /// Whether they were drawn before.
    pub drawn: bool,
}

#[derive(sqlx::FromRow)]
struct KeyRow {
    campaign: String,
    epoch: i64,
    team: i64,
    purpose: i64,
    wave: String,
    public: Vec<u8>,
    secret: Option<Vec<u8>>,
}

impl KeyRow {
    fn decode(self) -> Result<StoredKey, StorageError> {
        let at = |column| Place { table: "token_keys", column };
        let secret = self.secret.map(|bytes| at("secret").need(bytes.try_into().ok())).transpose()?;
        let key = TokenKey {
            campaign: self.campaign,
            epoch: at("epoch").need(i32::try_from(self.epoch).ok())?,
            team: team(self.team, "token_keys")?,
            purpose: at("purpose").code(self.purpose, TokenPurpose::from_code)?,
            wave: (!self.wave.is_empty()).then_some(self.wave),
            public: at("public").need(self.public.try_into().ok())?,
        };
        Ok(StoredKey { key, secret })
    }
}

fn team(number: i64, table: &'static str) -> Result<Option<PassLetter>, StorageError> {
    match number {
        0 => Ok(None),
        number => Place { table, column: "team" }.code(number, PassLetter::from_number).map(Some),
    }
}

fn decode_all(rows: Vec<KeyRow>) -> Result<Vec<StoredKey>, StorageError> {
    let mut keys: Vec<_> = rows.into_iter().map(KeyRow::decode).collect::<Result<_, _>>()?;
    keys.sort_by(|a, b| a.key.cmp(&b.key));
    Ok(keys)
}

#[derive(sqlx::FromRow)]
struct InviteRow {
    campaign: String,
    epoch: i64,
    team: i64,
    tokens: i64,
    sightings_batch: Option<Vec<u8>>,
    marks_batch: Option<Vec<u8>>,
}

impl InviteRow {
    fn batch(&self, purpose: TokenPurpose) -> Option<&[u8]> {
        match purpose {
            TokenPurpose::Sightings => self.sightings_batch.as_deref(),
            TokenPurpose::Marks => self.marks_batch.as_deref(),
        }
    }
}

impl Store {
    /// Every key there ever was, in canonical order; those of closed epochs have no secret.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn token_keys(&self) -> Result<Vec<StoredKey>, StorageError> {
        let rows: Vec<KeyRow> = on_readers!(self, pool => sqlx::query_as(KEYS).fetch_all(pool).await)?;
        decode_all(rows)
    }

    /// Stores invites under these digests, each good for so many tokens of each purpose. They share the keys of the team in
    /// the open epoch of the campaign and wave; an epoch is opened, and `new_key` asked for (secret, public) per purpose,
    /// where there is none.
    ///
    /// # Errors
    /// [`StorageError::NoCampaign`], [`StorageError::NoWave`], [`StorageError::WaveClosed`], or when the database fails.
    pub async fn create_invites(
        &self,
        campaign: &str,
        wave: Option<&str>,
        team: Option<PassLetter>,
        (ids, tokens): (&[[u8; 16]], u32),
        new_key: impl Fn(TokenPurpose) -> ([u8; 32], [u8; 32]),
    ) -> Result<Invited, StorageError> {
        let slug = wave.unwrap_or_default();
        in_transaction!(self, tx => {
            tx.hold_campaign(self.dialect(dialect::HOLD_CAMPAIGN), campaign).await?;
            if let Some(wave) = wave {
                match tx.wave(campaign, wave).await? {
                    None => return Err(StorageError::NoWave),
                    Some(wave) if wave.closed.is_some() => return Err(StorageError::WaveClosed),
                    Some(_) => {}
                }
            }
            let epoch = tx.open_epoch(campaign, slug).await?;
            for purpose in TokenPurpose::ALL {
                let (secret, public) = new_key(*purpose);
                on_tx!(tx, conn => {
                    sqlx::query(INSERT_KEY)
                        .bind(campaign)
                        .bind(epoch)
                        .bind(team.map_or(0, pass_number))
                        .bind(i64::from(purpose.code()))
                        .bind(slug)
                        .bind(public.as_slice())
                        .bind(secret.as_slice())
                        .execute(conn)
                        .await
                        .map(drop)
                })?;
            }
            for id in ids {
                on_tx!(tx, conn => {
                    sqlx::query(INSERT_INVITE)
                        .bind(id.as_slice())
                        .bind(campaign)
                        .bind(epoch)
                        .bind(team.map_or(0, pass_number))
                        .bind(i64::from(tokens))
                        .execute(conn)
                        .await
                        .map(drop)
                })?;
            }
            let keys: Vec<_> =
                tx.keys_of_team(campaign, epoch, team).await?.into_iter().map(|stored| stored.key).collect();
            let counts = tx.invite_counts().await?;
            let same = |count: &&InviteCount| {
                count.campaign == campaign && i64::from(count.epoch) == epoch && count.team == team
            };
            Ok(Invited { keys, sharing: counts.iter().find(same).map_or(0, |count| count.invites) })
        })
    }

    /// How many invites share each key, by campaign, epoch and team.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn invite_counts(&self) -> Result<Vec<InviteCount>, StorageError> {
        in_transaction!(self, tx => { tx.invite_counts().await })
    }

    /// Takes an invite back, so that no tokens can be drawn for it any more; returns whether there was one. Tokens that were
    /// drawn stay good until their epoch closes: nothing tells which they are.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revoke_invite(&self, id: &[u8; 16]) -> Result<bool, StorageError> {
        let revoked = in_transaction!(self, tx => {
            Ok(on_tx!(tx, conn => {
                sqlx::query(REVOKE).bind(id.as_slice()).execute(conn).await.map(|done| done.rows_affected() > 0)
            })?)
        })?;
        if revoked {
            self.scrub_tokens().await;
        }
        Ok(revoked)
    }

    /// Closes the open epoch of a campaign, or of one of its waves: deletes its secrets, invites and spent tokens. Returns
    /// how many were closed.
    ///
    /// # Errors
    /// [`StorageError::NoCampaign`], or when the database fails.
    pub async fn close_epochs(&self, campaign: &str, wave: Option<&str>) -> Result<u64, StorageError> {
        let closed = in_transaction!(self, tx => {
            tx.hold_campaign(self.dialect(dialect::HOLD_CAMPAIGN), campaign).await?;
            tx.close_epochs(campaign, wave.unwrap_or_default()).await
        })?;
        if closed > 0 {
            self.scrub_tokens().await;
        }
        Ok(closed)
    }

    /// What the invite with this digest is good for.
    ///
    /// # Errors
    /// [`StorageError::NoInvite`], or when the database fails or holds a value that cannot be read.
    pub async fn redeemable(&self, id: &[u8; 16], purpose: TokenPurpose) -> Result<Redeemable, StorageError> {
        let row: Option<InviteRow> =
            on_readers!(self, pool => sqlx::query_as(INVITE).bind(id.as_slice()).fetch_optional(pool).await)?;
        let row = row.ok_or(StorageError::NoInvite)?;
        let at = |column| Place { table: "invites", column };
        let team = team(row.team, "invites")?;
        let keys: Vec<KeyRow> = on_readers!(self, pool => {
            sqlx::query_as(KEYS_OF_TEAM).bind(&row.campaign).bind(row.epoch).bind(row.team).fetch_all(pool).await
        })?;
        let of_purpose = |stored: &StoredKey| stored.key.purpose == purpose && stored.key.team == team;
        let key = decode_all(keys)?.into_iter().find(of_purpose).ok_or(StorageError::NoInvite)?;
        let tokens = at("tokens").need(u32::try_from(row.tokens).ok())?;
        Ok(Redeemable { key, tokens, drawn: row.batch(purpose).is_some() })
    }

    /// Notes that this batch is signed for an invite; durable when this returns. The same batch again changes nothing.
    ///
    /// # Errors
    /// [`StorageError::NoInvite`], [`StorageError::InviteUsed`] when another batch was signed for it, or when the database
    /// fails.
    pub async fn note_batch(&self, id: &[u8; 16], purpose: TokenPurpose, batch: &[u8; 32]) -> Result<(), StorageError> {
        let note = match purpose {
            TokenPurpose::Sightings => NOTE_SIGHTINGS,
            TokenPurpose::Marks => NOTE_MARKS,
        };
        in_transaction!(self, tx => {
            on_tx!(tx, conn => {
                sqlx::query(note).bind(batch.as_slice()).bind(id.as_slice()).execute(conn).await.map(drop)
            })?;
            let row: Option<InviteRow> =
                on_tx!(tx, conn => sqlx::query_as(INVITE).bind(id.as_slice()).fetch_optional(conn).await)?;
            let row = row.ok_or(StorageError::NoInvite)?;
            if row.batch(purpose) == Some(batch.as_slice()) { Ok(()) } else { Err(StorageError::InviteUsed) }
        })
    }
}

impl Tx {
    /// Spends a token. To be called in the transaction that stores what the token pays for, and only if that stored
    /// something: a repeated request whose rows wait already is no second spending.
    ///
    /// # Errors
    /// [`StorageError::TokenSpent`], [`StorageError::EpochClosed`], or when the database fails. The caller returns them, so
    /// that nothing is stored.
    pub(super) async fn spend(&mut self, spend: &Spend) -> Result<(), StorageError> {
        let open = match self {
            Self::Sqlite(_) => dialect::OPEN_KEY.sqlite,
            Self::Postgres(_) => dialect::OPEN_KEY.postgres,
        };
        let epoch: Option<i64> = on_tx!(self, conn => {
            sqlx::query_scalar(open)
                .bind(&spend.campaign)
                .bind(i64::from(spend.epoch))
                .bind(spend.team.map_or(0, pass_number))
                .bind(i64::from(spend.purpose.code()))
                .fetch_optional(conn)
                .await
        })?;
        if epoch.is_none() {
            return Err(StorageError::EpochClosed);
        }
        let inserted = on_tx!(self, conn => {
            sqlx::query(SPEND)
                .bind(spend.digest.as_slice())
                .bind(&spend.campaign)
                .bind(i64::from(spend.epoch))
                .execute(conn)
                .await
                .map(|done| done.rows_affected())
        })?;
        if inserted == 0 { Err(StorageError::TokenSpent) } else { Ok(()) }
    }

    /// Closes the open epochs that belong to a wave, or to none when its slug is empty; returns how many.
    pub(super) async fn close_epochs(&mut self, campaign: &str, wave: &str) -> Result<u64, StorageError> {
        let epochs: Vec<i64> = on_tx!(self, conn => {
            sqlx::query_scalar(OPEN_EPOCHS).bind(campaign).bind(wave).fetch_all(conn).await
        })?;
        for epoch in &epochs {
            for statement in [FORGET_SECRETS, FORGET_SPENT, FORGET_INVITES] {
                on_tx!(self, conn => {
                    sqlx::query(statement).bind(campaign).bind(*epoch).execute(conn).await.map(drop)
                })?;
            }
        }
        Ok(epochs.len() as u64)
    }

    async fn hold_campaign(&mut self, statement: &'static str, campaign: &str) -> Result<(), StorageError> {
        let found: Option<String> =
            on_tx!(self, conn => sqlx::query_scalar(statement).bind(campaign).fetch_optional(conn).await)?;
        found.map(drop).ok_or(StorageError::NoCampaign)
    }

    /// The epoch that new invites of a campaign and wave are of.
    async fn open_epoch(&mut self, campaign: &str, wave: &str) -> Result<i64, StorageError> {
        let open: Option<i64> =
            on_tx!(self, conn => sqlx::query_scalar(OPEN_EPOCH).bind(campaign).bind(wave).fetch_one(conn).await)?;
        if let Some(epoch) = open {
            return Ok(epoch);
        }
        let last: Option<i64> =
            on_tx!(self, conn => sqlx::query_scalar(LAST_EPOCH).bind(campaign).fetch_one(conn).await)?;
        Ok(last.unwrap_or(0) + 1)
    }

    async fn keys_of_team(
        &mut self,
        campaign: &str,
        epoch: i64,
        team: Option<PassLetter>,
    ) -> Result<Vec<StoredKey>, StorageError> {
        let rows: Vec<KeyRow> = on_tx!(self, conn => {
            sqlx::query_as(KEYS_OF_TEAM)
                .bind(campaign)
                .bind(epoch)
                .bind(team.map_or(0, pass_number))
                .fetch_all(conn)
                .await
        })?;
        decode_all(rows)
    }

    async fn invite_counts(&mut self) -> Result<Vec<InviteCount>, StorageError> {
        let rows: Vec<(String, i64, i64, i64, i64)> =
            on_tx!(self, conn => sqlx::query_as(COUNTS).fetch_all(conn).await)?;
        let at = |column| Place { table: "invites", column };
        let mut counts = rows
            .into_iter()
            .map(|(campaign, epoch, number, invites, drawn)| {
                Ok(InviteCount {
                    campaign,
                    epoch: at("epoch").need(i32::try_from(epoch).ok())?,
                    team: team(number, "invites")?,
                    invites: invites.cast_unsigned(),
                    drawn: drawn.cast_unsigned(),
                })
            })
            .collect::<Result<Vec<_>, StorageError>>()?;
        counts.sort_unstable();
        Ok(counts)
    }
}
