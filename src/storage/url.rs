//! The address of a database.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use sqlx::postgres::PgConnectOptions;

/// Which of the two databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DatabaseKind {
    /// One file beside the program.
    Sqlite,
    /// A server, version 15 or later.
    Postgres,
}

/// Where the write side is kept: `sqlite:PATH` or `postgres://USER:PASSWORD@HOST/NAME`. Shows no password when printed.
#[derive(Clone)]
pub struct DatabaseUrl(Address);

#[derive(Clone)]
enum Address {
    Sqlite(PathBuf),
    Postgres(Box<PgConnectOptions>),
}

/// An address that names no database this program can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DatabaseUrlError {
    /// Neither of the two schemes.
    #[error("a database address starts with sqlite: or postgres://, for example sqlite:census.db")]
    Scheme,
    /// `sqlite:` without a path.
    #[error("sqlite: needs the path of a file, for example sqlite:census.db")]
    NoPath,
    /// A database in memory.
    #[error(
        "a database in memory would lose every report when the program stops; name a file, for example sqlite:census.db"
    )]
    InMemory,
    /// A `?` in a path.
    #[error("options after ? are not supported in a sqlite: address; the program chooses them")]
    SqliteOptions,
    /// The part after `postgres://` cannot be read.
    #[error(
        "not an address such as postgres://user:password@host:5432/name; write special characters in the password as %XX"
    )]
    Postgres,
}

impl DatabaseUrl {
    /// Which database it names.
    #[must_use]
    pub const fn kind(&self) -> DatabaseKind {
        match self.0 {
            Address::Sqlite(_) => DatabaseKind::Sqlite,
            Address::Postgres(_) => DatabaseKind::Postgres,
        }
    }

    /// The file of a SQLite database.
    #[must_use]
    pub fn sqlite_path(&self) -> Option<&Path> {
        match &self.0 {
            Address::Sqlite(path) => Some(path),
            Address::Postgres(_) => None,
        }
    }

    /// How to reach a PostgreSQL server.
    pub(super) fn postgres_options(&self) -> Option<&PgConnectOptions> {
        match &self.0 {
            Address::Sqlite(_) => None,
            Address::Postgres(options) => Some(options),
        }
    }
}

impl FromStr for DatabaseUrl {
    type Err = DatabaseUrlError;

    fn from_str(text: &str) -> Result<Self, DatabaseUrlError> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            return match path {
                "" => Err(DatabaseUrlError::NoPath),
                _ if path.starts_with(":memory:") => Err(DatabaseUrlError::InMemory),
                _ if path.contains('?') => Err(DatabaseUrlError::SqliteOptions),
                _ => Ok(Self(Address::Sqlite(path.into()))),
            };
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            let options = text.parse().or(Err(DatabaseUrlError::Postgres))?;
            return Ok(Self(Address::Postgres(Box::new(options))));
        }
        Err(DatabaseUrlError::Scheme)
    }
}

impl std::fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0 {
            Address::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Address::Postgres(options) => {
                write!(f, "postgres://{}@", options.get_username())?;
                match options.get_socket() {
                    Some(socket) => write!(f, "{}", socket.display())?,
                    None => write!(f, "{}:{}", options.get_host(), options.get_port())?,
                }
                write!(f, "/{}", options.get_database().unwrap_or_default())
            }
        }
    }
}

impl std::fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DatabaseUrl({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_printed() {
        for text in ["postgres://ana:s3cret@db.example:5433/census", "postgresql:///census?user=ana&password=s3cret"] {
            let url: DatabaseUrl = text.parse().unwrap();
            assert_eq!(url.kind(), DatabaseKind::Postgres);
            for printed in [format!("{url}"), format!("{url:?}")] {
                assert!(!printed.contains("s3cret") && printed.contains("ana"), "{printed}");
            }
        }
    }

    #[test]
    fn a_sqlite_address_is_a_path() {
        for (text, path) in [
            ("sqlite:census.db", "census.db"),
            ("sqlite:/var/census.db", "/var/census.db"),
            ("sqlite:///var/census.db", "/var/census.db"),
            ("sqlite://census.db", "census.db"),
        ] {
            assert_eq!(text.parse::<DatabaseUrl>().unwrap().sqlite_path(), Some(Path::new(path)), "{text}");
        }
    }

    #[test]
    fn an_address_that_cannot_work_is_refused_with_the_reason() {
        for (text, error) in [
            ("sqlite::memory:", DatabaseUrlError::InMemory),
            ("sqlite:", DatabaseUrlError::NoPath),
            ("sqlite:census.db?mode=memory", DatabaseUrlError::SqliteOptions),
            ("mysql://host/name", DatabaseUrlError::Scheme),
            ("census.db", DatabaseUrlError::Scheme),
            ("postgres://host:port/name", DatabaseUrlError::Postgres),
        ] {
            assert_eq!(text.parse::<DatabaseUrl>().err(), Some(error), "{text}");
        }
    }
}
