//! Who may decide.

use super::backend::{in_transaction, on_readers, on_tx};
use super::{StorageError, Store};

/// A moderator who is there already gets a new link, and the old passphrase holds until it is used.
const PUT: &str = "INSERT INTO moderators (name, passphrase, joining) VALUES ($1, NULL, $2) \
                   ON CONFLICT (name) DO UPDATE SET joining = excluded.joining";
const REMOVE: &str = "DELETE FROM moderators WHERE name = $1";
const LIST: &str = "SELECT name, passphrase, joining FROM moderators";
const BY_CODE: &str = "SELECT name FROM moderators WHERE joining = $1";
/// The condition on the code makes one of two who use a link at once the loser.
const JOIN: &str = "UPDATE moderators SET passphrase = $2, joining = NULL WHERE joining = $1";

pub(super) const STATEMENTS: &[&str] = &[PUT, REMOVE, LIST, BY_CODE, JOIN];

/// Somebody who may decide, or was asked to.
#[derive(Clone, PartialEq, Eq)]
pub struct Moderator {
    /// The name the coordinator gave.
    pub name: String,
    /// Digest of the passphrase in the PHC string format; `None` until the first link was used.
    pub passphrase: Option<String>,
    /// Whether a one-time link waits to be used.
    pub is_invited: bool,
}

impl std::fmt::Debug for Moderator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Moderator(..)")
    }
}

impl Store {
    /// Keeps the digest of the code of a one-time link for a moderator, who is added if need be.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn invite_moderator(&self, name: &str, joining: &[u8; 32]) -> Result<(), StorageError> {
        in_transaction!(self, tx => {
            Ok(on_tx!(tx, conn => {
                sqlx::query(PUT).bind(name).bind(joining.as_slice()).execute(conn).await.map(drop)
            })?)
        })
    }

    /// Removes a moderator and what this one has proposed; `false` when there is none of this name. What was decided
    /// stays decided, and logged.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_moderator(&self, name: &str) -> Result<bool, StorageError> {
        let removed = in_transaction!(self, tx => {
            tx.drop_proposals_of(name).await?;
            Ok(on_tx!(tx, conn => {
                sqlx::query(REMOVE).bind(name).execute(conn).await.map(|done| done.rows_affected())
            })?)
        })?;
        Ok(self.scrub_after(removed).await > 0)
    }

    /// Every moderator, by name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn moderators(&self) -> Result<Vec<Moderator>, StorageError> {
        let rows: Vec<(String, Option<String>, Option<Vec<u8>>)> =
            on_readers!(self, pool => sqlx::query_as(LIST).fetch_all(pool).await)?;
        let mut all: Vec<Moderator> = rows
            .into_iter()
            .map(|(name, passphrase, joining)| Moderator { name, passphrase, is_invited: joining.is_some() })
            .collect();
        all.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(all)
    }

    /// Uses up a one-time link: the moderator it was made for gets a passphrase, of which `passphrase` is the digest.
    /// Returns the name; `None` when no link with this code waits.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn join_moderator(&self, joining: &[u8; 32], passphrase: &str) -> Result<Option<String>, StorageError> {
        in_transaction!(self, tx => {
            let name: Option<String> = on_tx!(tx, conn => {
                sqlx::query_scalar(BY_CODE).bind(joining.as_slice()).fetch_optional(conn).await
            })?;
            let joined = on_tx!(tx, conn => {
                sqlx::query(JOIN)
                    .bind(joining.as_slice())
                    .bind(passphrase)
                    .execute(conn)
                    .await
                    .map(|done| done.rows_affected())
            })?;
            Ok(name.filter(|_| joined > 0))
        })
    }
}
