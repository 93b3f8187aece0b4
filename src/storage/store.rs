//! Opening and closing a database.

use std::path::Path;
use std::time::Duration;

use sqlx::postgres::PgPoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _};

use super::backend::Backend;
use super::dialect::Both;
use super::{DatabaseKind, DatabaseUrl, StorageError};

/// How a database is opened.
#[derive(Debug, Clone, Copy)]
pub struct OpenOptions {
    /// Connections to a PostgreSQL server, or readers of a SQLite file (which has one writer besides).
    pub connections: u32,
    /// How long an operation waits for a connection, or for another program's lock on a SQLite file.
    pub patience: Duration,
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self { connections: 8, patience: Duration::from_secs(10) }
    }
}

/// An open database of the write side. Cheap to share behind an `Arc`; every operation takes `&self`.
#[derive(Debug)]
pub struct Store {
    pub(super) backend: Backend,
}

impl Store {
    /// Opens a database, creates the file of a SQLite one (and its directory), and brings the tables up to date.
    ///
    /// # Errors
    /// When the file cannot be created, the server cannot be reached, or the schema is newer than, or differs from,
    /// what this program knows.
    pub async fn open(url: &DatabaseUrl, options: OpenOptions) -> Result<Self, StorageError> {
        let backend = match url.postgres_options() {
            Some(server) => {
                // No statement is logged: a log line per submission would keep its time.
                let server = server.clone().disable_statement_logging().application_name("camera-census");
                let pool = PgPoolOptions::new().max_connections(options.connections);
                Backend::Postgres(pool.acquire_timeout(options.patience).connect_with(server).await?)
            }
            None => open_sqlite(url.sqlite_path().unwrap_or(Path::new("")), options).await?,
        };
        let store = Self { backend };
        match store.migrate().await {
            Ok(()) => Ok(store),
            Err(error) => {
                store.close().await;
                Err(error)
            }
        }
    }

    /// Waits for running operations and closes every connection.
    pub async fn close(&self) {
        match &self.backend {
            Backend::Sqlite { writer, readers } => {
                // The writer last: the last connection to close folds the write-ahead log into the file.
                readers.close().await;
                writer.close().await;
            }
            Backend::Postgres(pool) => pool.close().await,
        }
    }

    /// Which database this is.
    #[must_use]
    pub const fn kind(&self) -> DatabaseKind {
        match self.backend {
            Backend::Sqlite { .. } => DatabaseKind::Sqlite,
            Backend::Postgres(_) => DatabaseKind::Postgres,
        }
    }

    /// The text of a statement for this database.
    pub(super) const fn dialect(&self, statement: Both) -> &'static str {
        match self.backend {
            Backend::Sqlite { .. } => statement.sqlite,
            Backend::Postgres(_) => statement.postgres,
        }
    }
}

async fn open_sqlite(path: &Path, options: OpenOptions) -> Result<Backend, StorageError> {
    create_file(path).map_err(StorageError::Create)?;
    let connect = SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(options.patience)
        .pragma("secure_delete", "ON")
        .pragma("temp_store", "MEMORY")
        .disable_statement_logging();
    let pool = || SqlitePoolOptions::new().acquire_timeout(options.patience);
    let writer = pool()
        .max_connections(1)
        // A full disk makes SQLite end the transaction by itself; the driver takes its own attempt to do so for failed
        // and counts an open transaction for ever, so nothing could be written by this connection again.
        .before_acquire(|connection, _| Box::pin(std::future::ready(Ok(!connection.is_in_transaction()))))
        .connect_with(connect.clone())
        .await?;
    let readers = pool().max_connections(options.connections).connect_lazy_with(connect.pragma("query_only", "ON"));
    Ok(Backend::Sqlite { writer, readers })
}

/// Creates the file, readable by its owner alone, unless it is there. SQLite gives its companions the same permissions.
fn create_file(path: &Path) -> std::io::Result<()> {
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        std::fs::create_dir_all(parent)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}
