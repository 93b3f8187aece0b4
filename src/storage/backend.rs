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

/// Evaluates a block that ends in a `Result` within a transaction: durable when the value is `Ok`, undone otherwise.
///
/// The block may run several times, because PostgreSQL asks for that when concurrent transactions collide. A macro and
/// not a function of an async closure: the future of such a function is not `Send` for the compiler (Rust 1.95).
macro_rules! in_transaction {
    ($store:expr, $tx:ident => $body:block) => {{
        let mut attempt = 1;
        loop {
            let mut transaction = $store.begin().await?;
            let outcome = {
                let $tx = &mut transaction;
                async { $body }.await
            };
            match transaction.end(outcome).await {
                Err(StorageError::Conflict(_)) if attempt < $crate::storage::backend::ATTEMPTS => attempt += 1,
                outcome => break outcome,
            }
        }
    }};
}

pub(super) use {in_transaction, on_readers, on_tx};

/// How often a transaction is tried when concurrent ones get in its way.
pub(super) const ATTEMPTS: u32 = 5;

impl Store {
    /// Begins a transaction that may write.
    pub(super) async fn begin(&self) -> Result<Tx, StorageError> {
        Ok(match &self.backend {
            Backend::Sqlite { writer, .. } => Tx::Sqlite(writer.begin_with(dialect::SQLITE_BEGIN_WRITE).await?),
            Backend::Postgres(pool) => Tx::Postgres(pool.begin_with(dialect::POSTGRES_BEGIN_WRITE).await?),
        })
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

    /// Commits after a success and rolls back after a failure.
    pub(super) async fn end<T>(self, outcome: Result<T, StorageError>) -> Result<T, StorageError> {
        match outcome {
            Ok(value) => self.commit().await.map(|()| value),
            Err(error) => {
                // A connection that failed cannot roll back either; the first error is the one to report.
                drop(self.roll_back().await);
                Err(error)
            }
        }
    }

    pub(super) async fn roll_back(self) -> Result<(), StorageError> {
        match self {
            Self::Sqlite(tx) => tx.rollback().await?,
            Self::Postgres(tx) => tx.rollback().await?,
        }
        Ok(())
    }
}
