//! Promise P5: once sealed, nothing tells the order in which reports arrived.

use std::collections::HashMap;

use camera_census::model::SightingId;
use camera_census::storage::{DatabaseKind, Selection};
use rstest::rstest;

use super::harness::{Raw, TestDatabase, bits, cell, database, pass, random, submission, week};
use super::review::accepted;

/// Reports of the test, one submission each.
const REPORTS: u64 = 2_000;
/// A correlation that a watcher could not tell from chance: three standard deviations for so many reports.
const NOTHING: f64 = 0.05;

/// Kendall's rank correlation between the order of arrival, which is the order of the slice, and some other order:
/// 1 the same, -1 the reverse, 0 none. Ties count as no order.
fn tau(places: &[i64]) -> f64 {
    let mut balance = 0_i64;
    let mut pairs = 0_i64;
    for (index, earlier) in places.iter().enumerate() {
        for later in &places[index + 1..] {
            balance += i64::from(later > earlier) - i64::from(later < earlier);
            pairs += 1;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "at most two million pairs")]
    let tau = balance as f64 / pairs as f64;
    tau
}

#[test]
fn tau_finds_order_where_there_is_some() {
    let sorted: Vec<i64> = (0..500).collect();
    let reversed: Vec<i64> = sorted.iter().rev().copied().collect();
    let mixed: Vec<i64> = (0..2_000).map(|seed| bits(seed).cast_signed()).collect();
    assert!((tau(&sorted) - 1.0).abs() < 1e-12 && (tau(&reversed) + 1.0).abs() < 1e-12);
    assert!(tau(&[3; 500]).abs() < 1e-12 && tau(&mixed).abs() < NOTHING);
    // Four arrivals in ten that keep their place are enough to be seen.
    let leaking: Vec<i64> =
        (0..2_000).map(|seed| if seed % 10 < 4 { seed } else { mixed[usize::try_from(seed).unwrap()] }).collect();
    assert!(tau(&leaking).abs() > NOTHING);
}

/// Every order in which a thief of the files could read the rows of a table, as places by arrival.
async fn orders(db: &TestDatabase, table: &str, arrivals: &[SightingId]) -> Vec<(&'static str, Vec<i64>)> {
    let by_arrival = |places: HashMap<Vec<u8>, i64>| -> Vec<i64> {
        assert_eq!(places.len(), arrivals.len());
        arrivals.iter().map(|id| places[id.0.as_slice()]).collect()
    };
    match db.raw().await {
        Raw::Sqlite(pool) => {
            let mut query = sqlx::QueryBuilder::new("SELECT id FROM ");
            let scan: Vec<Vec<u8>> = query.push(table).build_query_scalar().fetch_all(&pool).await.unwrap();
            let path = db.url.sqlite_path().unwrap();
            let file = std::fs::read(path).unwrap();
            let offsets = scan.iter().map(|id| (id.clone(), offset(&file, id)));
            vec![
                ("file offset", by_arrival(offsets.collect())),
                ("scan", by_arrival(scan.into_iter().zip(0..).collect())),
            ]
        }
        Raw::Postgres(pool) => {
            let mut query = sqlx::QueryBuilder::new("SELECT id, ctid::text, xmin::text::bigint FROM ");
            let scan: Vec<(Vec<u8>, String, i64)> = query.push(table).build_query_as().fetch_all(&pool).await.unwrap();
            vec![
                ("ctid", by_arrival(scan.iter().map(|(id, ctid, _)| (id.clone(), place(ctid))).collect())),
                ("xmin", by_arrival(scan.iter().map(|(id, _, xmin)| (id.clone(), *xmin)).collect())),
                ("scan", by_arrival(scan.into_iter().map(|(id, ..)| id).zip(0..).collect())),
            ]
        }
    }
}

/// The one place of a row in a file; a second copy would be a trace of its own.
fn offset(file: &[u8], id: &[u8]) -> i64 {
    let found: Vec<usize> = memchr::memmem::find_iter(file, id).collect();
    assert_eq!(found.len(), 1, "a row lies in the file {} times", found.len());
    i64::try_from(found[0]).unwrap()
}

/// `(page,line)` as one number.
fn place(ctid: &str) -> i64 {
    let (page, line) = ctid.trim_matches(['(', ')']).split_once(',').unwrap();
    page.parse::<i64>().unwrap() * 100_000 + line.parse::<i64>().unwrap()
}

fn log(db: &TestDatabase) -> Option<Vec<u8>> {
    db.url.sqlite_path().map(|path| std::fs::read(path.with_extension("db-wal")).unwrap())
}

#[rstest]
#[tokio::test]
async fn a_sealed_database_does_not_tell_in_which_order_reports_came(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    let mut occasions = Vec::new();
    for letter in ["A", "B", "C", "D"] {
        occasions.push(db.store.occasion_id(&pass(letter)).await.unwrap());
    }
    let mut arrivals = Vec::new();
    for (report, occasion) in (0..REPORTS).zip(occasions.iter().cycle()) {
        let sent = submission(report, report..report + 1);
        db.store.insert_submission(&sent, *occasion, None).await.unwrap();
        arrivals.push(sent[0].0);
    }
    let now = week("2024-W21");

    // Before: the order shows, so that what follows is no accident.
    match log(&db) {
        Some(log) => {
            let first = arrivals.iter().map(|id| memchr::memmem::find(&log, &id.0));
            let seen: Vec<i64> = first.flatten().map(|at| i64::try_from(at).unwrap()).collect();
            assert!(seen.len() > 100 && tau(&seen).abs() > NOTHING, "the log shows nothing even before the seal");
        }
        None => {
            for (name, places) in orders(&db, "pending", &arrivals).await {
                assert!(tau(&places) > 0.9, "{name} shows nothing even before the seal");
            }
        }
    }

    db.store.seal(now).await.unwrap();
    sealed(&db, "pending", &arrivals).await;

    // Approved in order of arrival, a few at a time.
    for (round, some) in (1..).zip(arrivals.chunks(50)) {
        db.store.approve(Selection::Ids(some), random(round)).await.unwrap();
    }
    db.store.seal(now).await.unwrap();
    let by_cell: HashMap<_, _> = accepted(&db).await.into_iter().map(|row| (row.sighting.cell, row.id)).collect();
    let arrivals: Vec<SightingId> = (0..REPORTS).map(|report| by_cell[&cell(report)]).collect();
    sealed(&db, "sightings", &arrivals).await;
    assert_eq!(db.totals().await, (0, REPORTS));
    assert_eq!(db.store.check().await.unwrap(), Vec::<String>::new());
}

async fn sealed(db: &TestDatabase, table: &str, arrivals: &[SightingId]) {
    for (name, places) in orders(db, table, arrivals).await {
        let tau = tau(&places);
        assert!(tau.abs() < NOTHING, "{table}: {name} tells the order of arrival, tau {tau}");
    }
    assert!(log(db).is_none_or(|log| log.is_empty()), "the write-ahead log is not empty");
    if let Raw::Postgres(pool) = db.raw().await {
        let mut query = sqlx::QueryBuilder::new("SELECT COUNT(DISTINCT xmin::text) FROM ");
        let transactions: i64 = query.push(table).build_query_scalar().fetch_one(&pool).await.unwrap();
        assert_eq!(transactions, 1);
    }
}

#[rstest]
#[tokio::test]
async fn a_seal_waits_for_readers_instead_of_leaving_traces(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    let occasion = db.field().await;
    db.store.insert_submission(&submission(1, 0..1_500), occasion, None).await.unwrap();
    db.store.approve(Selection::Campaign("default"), random(1)).await.unwrap();
    let mut snapshot = db.store.snapshot().await.unwrap();
    let first = snapshot.sightings_page(None, 1_000, true).await.unwrap();
    let seal = async { db.store.seal(week("2024-W21")).await };
    let read = async {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        let last = first.last().map(|row| (row.sighting.cell, row.id));
        let rest = snapshot.sightings_page(last, 1_000, true).await.unwrap();
        drop(snapshot);
        rest.len()
    };
    let (sealed, rest) = tokio::join!(seal, read);
    sealed.unwrap();
    assert_eq!(rest, 500, "a snapshot sees all rows while a seal waits");
    assert_eq!(db.totals().await, (0, 1_500));
}
