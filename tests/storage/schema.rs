//! The tables themselves: the same in both databases, each column classified, each statement prepared.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use camera_census::storage::{DatabaseKind, statements};
use rstest::rstest;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use sqlx::Executor as _;

use super::harness::{Raw, TestDatabase, database, on_raw};

const COLUMNS: &str = include_str!("../../docs/columns.toml");
const CHECKSUMS: &str = include_str!("../../migrations/checksums.txt");

const SQLITE_COLUMNS: &str = "SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c \
                              WHERE m.type = 'table' ORDER BY m.name, c.cid";
const POSTGRES_COLUMNS: &str = "SELECT table_name::text, column_name::text FROM information_schema.columns \
                                WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position";

/// Tables in order, with their columns in order.
pub(crate) async fn columns(raw: &Raw) -> BTreeMap<String, Vec<String>> {
    let sql = match raw {
        Raw::Sqlite(_) => SQLITE_COLUMNS,
        Raw::Postgres(_) => POSTGRES_COLUMNS,
    };
    let rows: Vec<(String, String)> = on_raw!(raw, pool => sqlx::query_as(sql).fetch_all(pool).await).unwrap();
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (table, column) in rows {
        tables.entry(table).or_default().push(column);
    }
    tables
}

#[derive(Deserialize)]
struct Table {
    purpose: String,
    columns: BTreeMap<String, Column>,
}

#[derive(Deserialize)]
struct Column {
    purpose: String,
    #[serde(rename = "public")]
    _public: bool,
}

/// Promise P6.
#[rstest]
#[tokio::test]
async fn every_column_is_on_the_committed_list_and_nothing_else_is(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    let listed: BTreeMap<String, Table> = toml::from_str(COLUMNS).unwrap();
    for (name, table) in &listed {
        assert!(!table.purpose.is_empty(), "{name} has no purpose");
        assert!(table.columns.values().all(|column| !column.purpose.is_empty()), "a column of {name} has no purpose");
    }
    let listed: BTreeMap<String, Vec<String>> =
        listed.into_iter().map(|(name, table)| (name, table.columns.into_keys().collect())).collect();
    let mut live = columns(&db.raw().await).await;
    for columns in live.values_mut() {
        columns.sort();
    }
    assert_eq!(live, listed);
}

#[tokio::test]
async fn both_databases_have_the_same_columns_in_the_same_order() {
    let Some(postgres) = database(DatabaseKind::Postgres).await else { return };
    let sqlite = database(DatabaseKind::Sqlite).await.unwrap();
    let (sqlite, postgres) = (columns(&sqlite.raw().await).await, columns(&postgres.raw().await).await);
    assert!(sqlite.len() > 8);
    assert_eq!(sqlite, postgres);
}

#[rstest]
#[tokio::test]
async fn every_statement_prepares_on_a_fresh_database(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    let raw = db.raw().await;
    let mut prepared = 0;
    for statement in statements(kind) {
        let outcome = match &raw {
            Raw::Sqlite(pool) => pool.acquire().await.unwrap().prepare(sql(statement)).await.map(drop),
            Raw::Postgres(pool) => pool.acquire().await.unwrap().prepare(sql(statement)).await.map(drop),
        };
        outcome.unwrap_or_else(|error| panic!("{statement}: {error}"));
        prepared += 1;
    }
    assert!(prepared > 30, "only {prepared} statements are listed");
}

fn sql(statement: &'static str) -> sqlx::SqlStr {
    sqlx::SqlSafeStr::into_sql_str(statement)
}

/// A fixed statement that its file runs and forgets to list would escape the test above.
#[test]
fn every_fixed_statement_that_is_run_is_on_the_list_of_its_file() {
    let room = concat!(env!("CARGO_MANIFEST_DIR"), "/src/storage");
    let mut run = 0;
    for file in std::fs::read_dir(room).unwrap() {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(!text.contains("AssertSqlSafe") && !text.contains("query!("), "{}", path.display());
        let list = text.split_once("const STATEMENTS").map_or("", |(_, rest)| rest.split_once(';').unwrap().0);
        for call in text.split("sqlx::query").skip(1) {
            let argument = call.split_once('(').unwrap().1.split([')', ',']).next().unwrap();
            if !argument.is_empty() && argument.chars().all(|c| c.is_ascii_uppercase() || c == '_') {
                assert!(list.contains(argument), "{argument} is run but not listed in {}", path.display());
                run += 1;
            }
        }
    }
    assert!(run > 25, "only {run} statements are run");
}

#[test]
fn a_migration_that_has_landed_never_changes() {
    let migrations = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
    let mut files = BTreeMap::new();
    for folder in ["postgres", "sqlite"] {
        for file in std::fs::read_dir(format!("{migrations}/{folder}")).unwrap() {
            let path = file.unwrap().path();
            let name = format!("{folder}/{}", path.file_name().unwrap().to_str().unwrap());
            let mut checksum = String::new();
            for byte in Sha256::digest(std::fs::read(&path).unwrap()) {
                write!(checksum, "{byte:02x}").unwrap();
            }
            files.insert(name, checksum);
        }
    }
    let committed: BTreeMap<String, String> = CHECKSUMS
        .lines()
        .map(|line| line.split_once("  ").unwrap())
        .map(|(checksum, name)| (name.to_owned(), checksum.to_owned()))
        .collect();
    assert_eq!(files, committed, "add a new migration instead of changing one, and its checksum to checksums.txt");
}

#[test]
fn both_databases_have_migrations_of_the_same_names() {
    let names = |folder: &str| {
        let folder = format!("{}/migrations/{folder}", env!("CARGO_MANIFEST_DIR"));
        let mut names: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(names("sqlite"), names("postgres"));
}

#[tokio::test]
async fn sqlite_is_recent_keeps_no_rowid_and_is_set_up_to_last() {
    let db: TestDatabase = database(DatabaseKind::Sqlite).await.unwrap();
    let Raw::Sqlite(pool) = db.raw().await else { panic!("asked for SQLite") };
    let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&pool).await.unwrap();
    let version: Vec<u32> = version.split('.').map(|part| part.parse().unwrap()).collect();
    assert!(version >= vec![3, 51, 3], "{version:?}");
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&pool).await.unwrap();
    assert_eq!(mode, "wal");
    let tables: Vec<(String, i64, i64)> = sqlx::query_as(
        "SELECT name, wr, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert!(tables.len() > 8);
    for (name, without_rowid, strict) in tables {
        assert_eq!((without_rowid, strict), (1, 1), "{name}");
    }
    let path = db.url.sqlite_path().unwrap();
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(path).unwrap().permissions());
    assert_eq!(mode & 0o077, 0, "others can read the database");
}
