//! Values the program makes once and keeps, such as the key of the home-count rounding.

use super::backend::{in_transaction, on_readers, on_tx};
use super::{StorageError, Store};

const SELECT: &str = "SELECT value FROM settings WHERE name = $1";
const INSERT: &str = "INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING";

pub(super) const STATEMENTS: &[&str] = &[SELECT, INSERT];

impl Store {
    /// The setting with this name; made and kept when there is none. Several programs that start together agree on one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn setting_or_insert(&self, name: &str, make: impl FnOnce() -> Vec<u8>) -> Result<Vec<u8>, StorageError> {
        let found: Option<Vec<u8>> =
            on_readers!(self, pool => sqlx::query_scalar(SELECT).bind(name).fetch_optional(pool).await)?;
        if let Some(value) = found {
            return Ok(value);
        }
        let value = make();
        in_transaction!(self, tx => {
            on_tx!(tx, conn => sqlx::query(INSERT).bind(name).bind(value.as_slice()).execute(conn).await.map(drop))?;
            Ok(on_tx!(tx, conn => sqlx::query_scalar(SELECT).bind(name).fetch_one(conn).await)?)
        })
    }
}
