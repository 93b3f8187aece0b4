//! Brings the tables up to the version of the program.
//!
//! Not sqlx's migrator: its table keeps when each migration was installed, and no column of ours decodes to a moment.

use sha2::{Digest as _, Sha256};

use super::backend::{Backend, Tx, on_readers, on_tx};
use super::dialect::{self, Both};
use super::{StorageError, Store};

/// One step of the schema; a text that has landed never changes (`migrations/checksums.txt`).
struct Migration {
    version: i64,
    sql: Both,
}

const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 1,
        sql: Both {
            sqlite: include_str!("../../migrations/sqlite/0001_initial.sql"),
            postgres: include_str!("../../migrations/postgres/0001_initial.sql"),
        },
    },
    Migration {
        version: 2,
        sql: Both {
            sqlite: include_str!("../../migrations/sqlite/0002_areas.sql"),
            postgres: include_str!("../../migrations/postgres/0002_areas.sql"),
        },
    },
    Migration {
        version: 3,
        sql: Both {
            sqlite: include_str!("../../migrations/sqlite/0003_effort.sql"),
            postgres: include_str!("../../migrations/postgres/0003_effort.sql"),
        },
    },
    Migration {
        version: 4,
        sql: Both {
            sqlite: include_str!("../../migrations/sqlite/0004_published_figures.sql"),
            postgres: include_str!("../../migrations/postgres/0004_published_figures.sql"),
        },
    },
    Migration {
        version: 5,
        sql: Both {
            sqlite: include_str!("../../migrations/sqlite/0005_rulings.sql"),
            postgres: include_str!("../../migrations/postgres/0005_rulings.sql"),
        },
    },
    Migration {
        version: 6,
        sql: Both {
            sqlite: include_str!("../../migrations/sqlite/0006_pooling.sql"),
            postgres: include_str!("../../migrations/postgres/0006_pooling.sql"),
        },
    },
    Migration {
        version: 7,
        sql: Both {
            sqlite: include_str!("../../migrations/sqlite/0007_volunteers.sql"),
            postgres: include_str!("../../migrations/postgres/0007_volunteers.sql"),
        },
    },
];

const VERSIONS: &str = "SELECT version, checksum FROM schema_versions ORDER BY version";
const INSERT_VERSION: &str = "INSERT INTO schema_versions (version, checksum) VALUES ($1, $2)";

pub(super) const STATEMENTS: &[&str] = &[VERSIONS, INSERT_VERSION];

/// Version and checksum of an applied migration.
type Applied = (i64, Vec<u8>);

impl Store {
    /// Applies what is missing. Several programs may do so at once; takes no lock when nothing is missing.
    pub(super) async fn migrate(&self) -> Result<(), StorageError> {
        let exists = self.dialect(dialect::TABLE_EXISTS);
        let tables: i64 = on_readers!(self, pool => {
            sqlx::query_scalar(exists).bind("schema_versions").fetch_one(pool).await
        })?;
        if tables > 0 {
            let applied: Vec<Applied> = on_readers!(self, pool => sqlx::query_as(VERSIONS).fetch_all(pool).await)?;
            if self.missing(&applied)?.is_empty() {
                return Ok(());
            }
        }
        let mut tx = match &self.backend {
            Backend::Sqlite { .. } => self.begin().await?,
            Backend::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        };
        self.migrate_in(&mut tx).await?;
        tx.commit().await
    }

    async fn migrate_in(&self, tx: &mut Tx) -> Result<(), StorageError> {
        if let Tx::Postgres(tx) = tx {
            sqlx::query(dialect::POSTGRES_LOCK_MIGRATIONS).execute(&mut **tx).await?;
        }
        let create = self.dialect(dialect::CREATE_VERSIONS);
        on_tx!(tx, conn => sqlx::query(create).execute(conn).await.map(drop))?;
        let applied: Vec<Applied> = on_tx!(tx, conn => sqlx::query_as(VERSIONS).fetch_all(conn).await)?;
        for migration in self.missing(&applied)? {
            let sql = self.dialect(migration.sql);
            on_tx!(tx, conn => sqlx::raw_sql(sql).execute(conn).await.map(drop))?;
            on_tx!(tx, conn => {
                sqlx::query(INSERT_VERSION).bind(migration.version).bind(checksum(sql)).execute(conn).await.map(drop)
            })?;
        }
        Ok(())
    }

    /// The migrations that were not applied yet, after checking those that were.
    fn missing(&self, applied: &[Applied]) -> Result<&'static [Migration], StorageError> {
        for (version, stored) in applied {
            let Some(migration) = MIGRATIONS.iter().find(|migration| migration.version == *version) else {
                let known = MIGRATIONS.last().map_or(0, |migration| migration.version);
                return Err(StorageError::NewerDatabase { found: *version, known });
            };
            if checksum(self.dialect(migration.sql)) != *stored {
                return Err(StorageError::ChangedMigration { version: *version });
            }
        }
        Ok(MIGRATIONS.get(applied.len()..).unwrap_or_default())
    }
}

fn checksum(sql: &str) -> Vec<u8> {
    Sha256::digest(sql.as_bytes()).to_vec()
}
