//! The two databases behind one text: pools, transactions, and the macros that repeat an expression for both.

use sqlx::{PgPool, Postgres, Sqlite, SqlitePool, Transaction};

use super::{StorageError, Store, dialect};

/// The pools of an open database.
#[derive(Debug)]
pub(super) enum Backend {
    /// SQLite allows one writer at a time: a pool of one keeps the queue on our side, in order of arrival.
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
    },
    Postgres(PgPool),
}

/// An open transaction; rolled back when dropped.
pub(super) enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// Evaluates one expression with a pool of connections to read from.
macro_rules! on_readers {
    ($store:expr, $pool:ident => $body:expr) => {
        match &$store.backend {
            $crate::storage::backend::Backend::Sqlite { readers: $pool, .. } => $body,
            $crate::storage::backend::Backend::Postgres($pool) => $body,
        }
    };
}

/// Evaluates one expression with the connection of a transaction; the second form also names its `sqlx::Database`.
macro_rules! on_tx {
    ($tx:expr, $conn:ident => $body:expr) => {
        match $tx {
            $crate::storage::backend::Tx::Sqlite(tx) => {
                let $conn = &mut **tx;
                $body
            }
            $crate::storage::backend::Tx::Postgres(tx) => {
                let $conn = &mut **tx;
                $body
            }
        }
    };
    ($tx:expr, $database:ident, $conn:ident => $body:expr) => {
        match $tx {
            $crate::storage::backend::Tx::Sqlite(tx) => {
                type $database = sqlx::Sqlite;
                let $conn = &mut **tx;
                $body
            }
            $crate::storage::backend::Tx::Postgres(tx) => {
                type $database = sqlx::Postgres;
                let $conn = &mut **tx;
                $body
            }
        }
    };
}

pub(super) use {on_readers, on_tx};

/// How often a transaction is tried when concurrent ones get in its way.
const ATTEMPTS: u32 = 5;

impl Store {
    /// Begins a transaction that may write.
    pub(super) async fn begin(&self) -> Result<Tx, StorageError> {
        Ok(match &self.backend {
            Backend::Sqlite { writer, .. } => Tx::Sqlite(writer.begin_with(dialect::SQLITE_BEGIN_WRITE).await?),
            Backend::Postgres(pool) => Tx::Postgres(pool.begin_with(dialect::POSTGRES_BEGIN_WRITE).await?),
        })
    }

    /// Runs `body` in a transaction that is durable when this returns `Ok`, and leaves nothing behind otherwise.
    /// `body` may run several times: PostgreSQL asks for that when concurrent transactions collide.
    pub(super) async fn transaction<T>(
        &self,
        mut body: impl AsyncFnMut(&mut Tx) -> Result<T, StorageError>,
    ) -> Result<T, StorageError> {
        let mut attempt = 1;
        loop {
            let mut tx = self.begin().await?;
            let outcome = match body(&mut tx).await {
                Ok(value) => tx.commit().await.map(|()| value),
                Err(error) => {
                    // A connection that failed cannot roll back either; the first error is the one to report.
                    drop(tx.roll_back().await);
                    Err(error)
                }
            };
            match outcome {
                Err(StorageError::Conflict(_)) if attempt < ATTEMPTS => attempt += 1,
                outcome => return outcome,
            }
        }
    }
}

impl Tx {
    pub(super) async fn commit(self) -> Result<(), StorageError> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    pub(super) async fn roll_back(self) -> Result<(), StorageError> {
        match self {
            Self::Sqlite(tx) => tx.rollback().await?,
            Self::Postgres(tx) => tx.rollback().await?,
        }
        Ok(())
    }
}
