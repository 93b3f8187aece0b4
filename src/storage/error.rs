//! What can go wrong between the program and its database.

use sqlx::postgres::PgDatabaseError;
use sqlx::sqlite::SqliteError;

/// Why an operation on the store failed. No message quotes a stored or submitted value.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The disk, or the quota, of the database is used up. Nothing of the operation was stored.
    #[error("the database has no space left; free some space and try again")]
    Full(#[source] sqlx::Error),
    /// Somebody else holds the database for longer than we wait.
    #[error("the database is busy; try again in a moment")]
    Busy(#[source] sqlx::Error),
    /// A concurrent transaction got in the way, again and again.
    #[error("the database is busy with a conflicting change; try again in a moment")]
    Conflict(#[source] sqlx::Error),
    /// The database cannot be reached, or went away.
    #[error("the database cannot be reached; check its address and that it is running")]
    Unreachable(#[source] sqlx::Error),
    /// Something still reads an old state of the database, so [`Store::seal`](super::Store::seal) could not erase it.
    #[error("something is still reading the database, so its traces of order could not be removed; seal again later")]
    StillRead,
    /// The directory or file of a SQLite database cannot be made.
    #[error("the database file cannot be created; check that its directory is writable")]
    Create(#[source] std::io::Error),
    /// The file is something else.
    #[error("the file is not a SQLite database; name another one")]
    NotADatabase(#[source] sqlx::Error),
    /// A newer program has migrated the database.
    #[error("the database has schema version {found}, this program knows versions up to {known}; use a newer program")]
    NewerDatabase {
        /// Version of the database.
        found: i64,
        /// Latest version this program knows.
        known: i64,
    },
    /// The database was migrated by a text that this program does not have.
    #[error(
        "schema version {version} of the database differs from this program's; it was made by an unreleased program, restore a backup"
    )]
    ChangedMigration {
        /// The version that differs.
        version: i64,
    },
    /// A stored value that no release of the program wrote.
    #[error("table {table} has a value in column {column} that cannot be read; run `camera-census check`")]
    Undecodable {
        /// Name of the table.
        table: &'static str,
        /// Name of the column.
        column: &'static str,
    },
    /// No campaign has this slug.
    #[error("there is no such campaign; `camera-census campaign list` shows those there are")]
    NoCampaign,
    /// The slug is taken.
    #[error("there is a campaign with this slug already; choose another name")]
    CampaignExists,
    /// No wave has this slug.
    #[error("the campaign has no such wave; the command waves list shows those there are")]
    NoWave,
    /// A ruling needs two accepted sightings.
    #[error("a ruling is about two different accepted sightings, and these are not; `review why CELL` shows their ids")]
    NoSighting,
    /// A wave has audit units of one kind and would get some of the other.
    #[error("the wave has streets and would get cells, or the other way round; give them a wave of their own")]
    MixedUnits,
    /// The wave was closed before.
    #[error("the wave is closed and stays closed; open a new one")]
    WaveClosed,
    /// A source that has sightings would change its nature.
    #[error("the source has sightings already and is {}; import under another name", if *.is_list { "a list" } else { "field data, not a list" })]
    SourceKind {
        /// What it is now.
        is_list: bool,
    },
    /// A source that has sightings would change its licence.
    #[error("the source has sightings under another licence; import under another name, licences are never mixed")]
    SourceLicence,
    /// Another area set has this slug and edition.
    #[error(
        "there is an area set of this name and edition already, and it is a different one; give these boundaries another --edition, or another --set"
    )]
    AreaSetDiffers,
    /// The campaign's queue is full.
    #[error("{max_pending} sightings of this campaign wait for review, which is the limit; try again after a review")]
    TooManyPending {
        /// The campaign's limit.
        max_pending: u32,
    },
    /// Other sightings wait under the ids of a submission: its secret was used for something else before.
    #[error("this secret was used for another submission; make a new one for each")]
    SecretReused,
    /// The token was spent before.
    #[error("this token was spent before; spend another one")]
    TokenSpent,
    /// The epoch of the token's key was closed.
    #[error("this token is of an epoch that was closed; ask the coordinator for another invite")]
    EpochClosed,
    /// No invite has this digest.
    #[error("there is no such invite, or it was revoked; ask the coordinator for another one")]
    NoInvite,
    /// Another batch was signed for the invite before.
    #[error("this invite was used already; ask the coordinator for another one")]
    InviteUsed,
    /// Anything else the database answered.
    #[error("the database refused a statement")]
    Database(#[source] sqlx::Error),
}

impl StorageError {
    /// Whether no space was left (HTTP 507).
    #[must_use]
    pub const fn is_full(&self) -> bool {
        matches!(self, Self::Full(_))
    }

    /// Whether trying again in a moment may help (HTTP 503).
    #[must_use]
    pub const fn is_unavailable(&self) -> bool {
        matches!(self, Self::Busy(_) | Self::Conflict(_) | Self::Unreachable(_) | Self::StillRead)
    }
}

impl From<sqlx::Error> for StorageError {
    fn from(error: sqlx::Error) -> Self {
        let class = match &error {
            sqlx::Error::Database(database) => {
                if let Some(postgres) = database.try_downcast_ref::<PgDatabaseError>() {
                    postgres_class(postgres.code())
                } else if database.try_downcast_ref::<SqliteError>().is_some() {
                    sqlite_class(database.code().and_then(|code| code.parse().ok()))
                } else {
                    Self::Database
                }
            }
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
                Self::Unreachable
            }
            _ => Self::Database,
        };
        class(error)
    }
}

type Class = fn(sqlx::Error) -> StorageError;

/// SQLSTATE, PostgreSQL documentation, appendix A.
fn postgres_class(code: &str) -> Class {
    match code {
        "53100" => StorageError::Full,
        "40001" | "40P01" => StorageError::Conflict,
        "55P03" | "53300" => StorageError::Busy,
        "57P01" | "57P02" | "57P03" | "58000" => StorageError::Unreachable,
        _ if code.starts_with("08") || code.starts_with("28") || code.starts_with("3D") => StorageError::Unreachable,
        _ => StorageError::Database,
    }
}

/// Result codes, <https://www.sqlite.org/rescode.html>; the low byte is the primary code.
fn sqlite_class(code: Option<i32>) -> Class {
    const BUSY: i32 = 5;
    const LOCKED: i32 = 6;
    const FULL: i32 = 13;
    const CANTOPEN: i32 = 14;
    const NOTADB: i32 = 26;
    /// No room to extend the shared-memory file.
    const IOERR_SHMSIZE: i32 = 4874;
    match code {
        Some(IOERR_SHMSIZE) => StorageError::Full,
        Some(code) => match code & 0xff {
            BUSY | LOCKED => StorageError::Busy,
            FULL => StorageError::Full,
            CANTOPEN => StorageError::Unreachable,
            NOTADB => StorageError::NotADatabase,
            _ => StorageError::Database,
        },
        None => StorageError::Database,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_a_busy_and_an_absent_database_are_told_apart() {
        let of = |class: Class| class(sqlx::Error::PoolTimedOut);
        for full in [postgres_class("53100"), sqlite_class(Some(13)), sqlite_class(Some(4874))] {
            assert!(of(full).is_full() && !of(full).is_unavailable());
        }
        for unavailable in
            [postgres_class("57P01"), postgres_class("40001"), sqlite_class(Some(5)), sqlite_class(Some(517))]
        {
            assert!(of(unavailable).is_unavailable() && !of(unavailable).is_full());
        }
        for other in [postgres_class("23505"), sqlite_class(Some(1555)), sqlite_class(None)] {
            assert!(!of(other).is_unavailable() && !of(other).is_full());
        }
        assert!(StorageError::from(sqlx::Error::PoolTimedOut).is_unavailable());
    }
}
