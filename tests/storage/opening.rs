//! Opening databases that are new, shared, foreign, or of another version.

use camera_census::storage::{DatabaseKind, DatabaseUrl, OpenOptions, StorageError, Store};
use rstest::rstest;

use super::harness::{database, on_raw};

/// One line for each migration of each database.
async fn reopen(url: &DatabaseUrl) -> Result<Store, StorageError> {
    Store::open(url, OpenOptions::default()).await
}

/// How many migrations there are, and the version of the last.
fn migrations() -> i64 {
    let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/sqlite")).unwrap();
    i64::try_from(files.count()).unwrap()
}

#[rstest]
#[tokio::test]
async fn opening_again_changes_nothing(#[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind) {
    let Some(db) = database(kind).await else { return };
    let again = reopen(&db.url).await.unwrap();
    assert_eq!(again.kind(), kind);
    assert_eq!(again.check().await.unwrap(), Vec::<String>::new());
    let applied: i64 = on_raw!(db.raw().await, pool => {
        sqlx::query_scalar("SELECT COUNT(*) FROM schema_versions").fetch_one(&pool).await
    })
    .unwrap();
    assert_eq!(applied, migrations());
    again.close().await;
}

#[rstest]
#[tokio::test]
async fn programs_that_start_together_migrate_once(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    on_raw!(db.raw().await, pool => {
        for table in ["proposal_items", "proposals", "decisions", "moderators", "pending_marks", "gone", "reports", "spent_tokens", "invites", "token_keys", "rulings", "effort_marks", "effort_waves", "audit_units", "areas", "area_sets", "published_figures", "deployments", "rejections", "sightings", "pending", "occasions", "sources", "waves", "campaigns", "settings", "schema_versions"] {
            sqlx::QueryBuilder::new("DROP TABLE ").push(table).build().execute(&pool).await.unwrap();
        }
    });
    let opening: Vec<_> = (0..6)
        .map(|_| {
            tokio::spawn({
                let url = db.url.clone();
                async move { reopen(&url).await }
            })
        })
        .collect();
    for store in opening {
        store.await.unwrap().unwrap().close().await;
    }
    assert_eq!(db.store.campaigns().await.unwrap().len(), 1);
}

#[rstest]
#[tokio::test]
async fn a_database_of_a_newer_program_is_refused(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    on_raw!(db.raw().await, pool => {
        sqlx::query("INSERT INTO schema_versions (version, checksum) VALUES ($1, $2)")
            .bind(99_i64).bind(vec![0_u8; 32]).execute(&pool).await.map(drop)
    })
    .unwrap();
    let error = reopen(&db.url).await.err().unwrap();
    let StorageError::NewerDatabase { found, known } = error else { panic!("{error}") };
    assert_eq!((found, known), (99, migrations()));
    assert!(StorageError::NewerDatabase { found, known }.to_string().contains("newer program"));
}

#[rstest]
#[tokio::test]
async fn a_database_migrated_by_another_text_is_refused(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    on_raw!(db.raw().await, pool => {
        sqlx::query("UPDATE schema_versions SET checksum = $1").bind(vec![0_u8; 32]).execute(&pool).await.map(drop)
    })
    .unwrap();
    let error = reopen(&db.url).await.err().unwrap();
    assert!(matches!(error, StorageError::ChangedMigration { version: 1 }), "{error}");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("notes.txt");
    std::fs::write(&path, "not a database, only a few lines of text\n".repeat(200)).unwrap();
    let url = format!("sqlite:{}", path.display()).parse().unwrap();
    let error = reopen(&url).await.err().unwrap();
    assert!(matches!(error, StorageError::NotADatabase(_)), "{error:?}");

    let below_a_file = format!("sqlite:{}", path.join("census.db").display()).parse().unwrap();
    assert!(matches!(reopen(&below_a_file).await.err(), Some(StorageError::Create(_))));
}

#[tokio::test]
async fn a_server_that_is_not_there_is_unavailable() {
    let options = OpenOptions { patience: std::time::Duration::from_secs(1), ..OpenOptions::default() };
    let url = "postgres://census:pa55word@127.0.0.1:1/census".parse().unwrap();
    let error = Store::open(&url, options).await.err().unwrap();
    assert!(error.is_unavailable(), "{error:?}");
    assert!(!format!("{error:?}").contains("pa55word"));
}

#[rstest]
#[tokio::test]
async fn a_value_that_no_program_wrote_is_named_by_its_column(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    on_raw!(db.raw().await, pool => {
        sqlx::query("UPDATE campaigns SET intake = 77").execute(&pool).await.map(drop)
    })
    .unwrap();
    let error = db.store.campaigns().await.err().unwrap();
    assert!(matches!(error, StorageError::Undecodable { table: "campaigns", column: "intake" }));
    let faults = db.store.check().await.unwrap();
    assert!(faults.len() == 1 && faults[0].contains("intake") && !faults[0].contains("77"), "{faults:?}");
}
