//! Imports: whole or not at all, the same again changes nothing, a list replaces its earlier self.

use camera_census::model::{Occasion, RowsMode, SightingId, Source, SourceKind};
use camera_census::storage::{DatabaseKind, ImportCounts, StorageError, Stored};
use rstest::rstest;

use super::harness::{TestDatabase, bits_128, database, field, sighting, week};
use super::review::accepted;

fn source(slug: &str, is_list: bool) -> Source {
    Source {
        slug: slug.to_owned(),
        name: "A source".to_owned(),
        licence: "ODbL-1.0".to_owned(),
        attribution: None,
        is_list,
        rows: RowsMode::Register,
    }
}

/// Imports these sightings, with ids made from their content as the caller does, and ends as told.
async fn import(db: &TestDatabase, source: &Source, seeds: std::ops::Range<u64>, keep: bool) -> ImportCounts {
    let kind = if source.is_list { SourceKind::List } else { SourceKind::Import };
    let mut import = db.store.begin_import(source, true).await.unwrap();
    import.ensure_closed("default", "spring", week("2024-W20")).await.unwrap();
    let occasion = Occasion { source: source.slug.clone(), kind, wave: Some("spring".to_owned()), ..field("default") };
    let occasion = import.occasion_id(&occasion).await.unwrap();
    let mut rows: Vec<Stored> =
        seeds.map(|seed| Stored { sighting: sighting(seed), id: SightingId(bits_128(seed)), occasion }).collect();
    rows.sort_unstable();
    for slice in rows.chunks(1_700) {
        import.insert(slice).await.unwrap();
    }
    if keep { import.finish().await.unwrap() } else { import.roll_back().await.unwrap() }
}

const fn counts(added: u64, unchanged: u64, removed: u64) -> ImportCounts {
    ImportCounts { added, unchanged, removed }
}

#[rstest]
#[tokio::test]
async fn the_same_file_again_changes_nothing(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
    #[values(false, true)] is_list: bool,
) {
    let Some(db) = database(kind).await else { return };
    let source = source("city", is_list);
    assert_eq!(import(&db, &source, 0..2_500, true).await, counts(2_500, 0, 0));
    let first = accepted(&db).await;
    assert_eq!(first.len(), 2_500);
    assert_eq!(import(&db, &source, 0..2_500, true).await, counts(0, 2_500, 0));
    assert_eq!(accepted(&db).await, first);
    let wave = db.store.wave("default", "spring").await.unwrap().unwrap();
    assert_eq!(wave.closed, Some(week("2024-W20")));
}

#[rstest]
#[tokio::test]
async fn a_list_replaces_its_earlier_self_and_nothing_else(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    import(&db, &source("city", true), 0..3_000, true).await;
    import(&db, &source("osm", true), 10_000..10_100, true).await;
    import(&db, &source("walkers", false), 20_000..20_100, true).await;
    assert_eq!(import(&db, &source("city", true), 1_000..3_200, true).await, counts(200, 2_000, 1_000));
    assert_eq!(db.totals().await, (0, 2_200 + 100 + 100));

    assert_eq!(import(&db, &source("walkers", false), 20_050..20_120, true).await, counts(20, 50, 0));
    assert_eq!(db.totals().await, (0, 2_200 + 100 + 120));
}

#[rstest]
#[tokio::test]
async fn a_dry_run_tells_what_would_change_and_leaves_no_trace(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    import(&db, &source("city", true), 0..500, true).await;
    let before = (accepted(&db).await, db.store.occasions().await.unwrap(), log_bytes(&db));

    assert_eq!(import(&db, &source("city", true), 100..700, false).await, counts(200, 400, 100));
    assert_eq!(import(&db, &source("other", false), 5_000..5_700, false).await, counts(700, 0, 0));
    let refused = Source { licence: "CC0-1.0".to_owned(), ..source("city", true) };
    assert!(matches!(db.store.begin_import(&refused, true).await.err(), Some(StorageError::SourceLicence)));
    let dropped = db.store.begin_import(&source("city", true), true).await.unwrap();
    drop(dropped);

    let after = (accepted(&db).await, db.store.occasions().await.unwrap(), log_bytes(&db));
    assert_eq!(after, before);
    assert_eq!(db.store.source("other").await.unwrap(), None);
}

/// Size of the write-ahead log of a SQLite database.
fn log_bytes(db: &TestDatabase) -> Option<u64> {
    db.url.sqlite_path().map(|path| std::fs::metadata(path.with_extension("db-wal")).unwrap().len())
}
