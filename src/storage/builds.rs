//! One build of a release at a time.

use sqlx::Postgres;
use sqlx::pool::PoolConnection;

use super::backend::Backend;
use super::{StorageError, Store, dialect};

/// The right to build. Dropping it gives it back too, by closing the connection that holds it.
#[must_use]
pub struct BuildLock(Option<PoolConnection<Postgres>>);

impl Store {
    /// Waits until no other program with this database builds. A SQLite database has one computer, whose programs the
    /// lock of the releases' directory keeps apart.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn lock_builds(&self) -> Result<BuildLock, StorageError> {
        let Backend::Postgres(pool) = &self.backend else { return Ok(BuildLock(None)) };
        let mut connection = pool.acquire().await?;
        connection.close_on_drop();
        sqlx::query(dialect::POSTGRES_LOCK_BUILDS).execute(&mut *connection).await?;
        Ok(BuildLock(Some(connection)))
    }
}

impl BuildLock {
    /// Lets the next one build.
    ///
    /// # Errors
    /// When the database fails; the lock is gone with its connection then.
    pub async fn release(self) -> Result<(), StorageError> {
        if let Some(mut connection) = self.0 {
            sqlx::query(dialect::POSTGRES_UNLOCK_BUILDS).execute(&mut *connection).await?;
        }
        Ok(())
    }
}
