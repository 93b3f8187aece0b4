//! Sealing: removing every trace of the order in which reports arrived (promise P5).

use super::backend::{Backend, in_transaction, on_tx};
use super::rows::Place;
use super::{StorageError, Store, dialect};
use crate::model::IsoWeek;

/// How long a submitter can learn why a sighting was rejected.
const KEEP_REJECTIONS_WEEKS: i32 = 8;

const REJECTION_WEEKS: &str = "SELECT DISTINCT week FROM rejections";
const PURGE_REJECTIONS: &str = "DELETE FROM rejections WHERE week = $1";

pub(super) const STATEMENTS: &[&str] = &[REJECTION_WEEKS, PURGE_REJECTIONS];

impl Store {
    /// Rewrites every table that reports touch in key order, so that neither the place of a row in the files nor its
    /// transaction number tells when it came, and forgets rejections of eight weeks ago or more. Writers wait meanwhile.
    ///
    /// What is beyond reach: blocks the file system has freed, and the write-ahead log of a PostgreSQL server until the
    /// server recycles it.
    ///
    /// # Errors
    /// [`StorageError::StillRead`] when a reader keeps the old state alive, or when the database fails; sealing again
    /// later does all of it.
    pub async fn seal(&self, current_week: IsoWeek) -> Result<(), StorageError> {
        in_transaction!(self, tx => {
            let weeks: Vec<i64> = on_tx!(tx, conn => sqlx::query_scalar(REJECTION_WEEKS).fetch_all(conn).await)?;
            for number in weeks {
                let week = Place { table: "rejections", column: "week" }.week(number)?;
                if week.weeks_until(current_week) >= KEEP_REJECTIONS_WEEKS {
                    on_tx!(tx, conn => sqlx::query(PURGE_REJECTIONS).bind(number).execute(conn).await.map(drop))?;
                }
            }
            Ok(())
        })?;
        match &self.backend {
            Backend::Sqlite { writer, .. } => {
                let mut conn = writer.acquire().await?;
                truncate_log(&mut conn).await?;
                // One transaction that copies table after table in key order into fresh pages.
                sqlx::query(dialect::SQLITE_VACUUM).execute(&mut *conn).await?;
                truncate_log(&mut conn).await
            }
            Backend::Postgres(pool) => {
                let mut tx = pool.begin().await?;
                sqlx::raw_sql(dialect::POSTGRES_REWRITE).execute(&mut *tx).await?;
                tx.commit().await?;
                sqlx::raw_sql(dialect::POSTGRES_VACUUM).execute(pool).await?;
                Ok(())
            }
        }
    }

    /// Clears what was deleted out of the files, as far as can be done quickly: SQLite has overwritten the rows
    /// (`secure_delete`) but its log may still hold older pages; PostgreSQL keeps the bytes of dead rows until the table
    /// is rewritten. The deletion is durable already, so a failure here is logged only; the next seal makes up for it.
    pub(super) async fn scrub(&self) {
        self.scrub_with(dialect::POSTGRES_VACUUM_PENDING).await;
    }

    /// The same for the secrets of keys, spent tokens and invites.
    pub(super) async fn scrub_tokens(&self) {
        self.scrub_with(dialect::POSTGRES_VACUUM_TOKENS).await;
    }

    async fn scrub_with(&self, postgres: &'static str) {
        let cleared = match &self.backend {
            Backend::Sqlite { writer, .. } => match writer.acquire().await {
                Ok(mut conn) => truncate_log(&mut conn).await,
                Err(error) => Err(error.into()),
            },
            Backend::Postgres(pool) => sqlx::raw_sql(postgres).execute(pool).await.map(drop).map_err(Into::into),
        };
        if let Err(error) = cleared {
            tracing::warn!(%error, "deleted rows stay in the database's files until the next seal");
        }
    }
}

async fn truncate_log(conn: &mut sqlx::SqliteConnection) -> Result<(), StorageError> {
    let (blocked, _, _): (i64, i64, i64) = sqlx::query_as(dialect::SQLITE_TRUNCATE_LOG).fetch_one(conn).await?;
    if blocked == 0 { Ok(()) } else { Err(StorageError::StillRead) }
}
