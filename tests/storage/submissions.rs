//! Submissions: stored once, counted, asked about, withdrawn.

use std::sync::Arc;

use camera_census::model::{Campaign, RejectReason, Source};
use camera_census::storage::{DatabaseKind, Import, ReceiptState, Selection, StorageError, Store};
use rstest::rstest;

use super::harness::{campaign, database, field, ids, random, submission, week};

#[rstest]
#[tokio::test]
async fn a_submission_sent_twice_is_stored_once(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    let occasion = db.field().await;
    // More than one statement's worth, and not a multiple of it.
    let report = submission(1, 0..2_345);
    assert_eq!(db.store.insert_submission(&report, occasion, None).await.unwrap(), 2_345);
    assert_eq!(db.store.insert_submission(&report, occasion, None).await.unwrap(), 0);
    assert_eq!(db.totals().await, (2_345, 0));

    let mut stored = Vec::new();
    while let page @ [_, ..] = &*db.store.pending_page(None, stored.last().map(|&(id, _)| id), 1_000).await.unwrap() {
        assert!(page.iter().all(|row| row.occasion == occasion));
        stored.extend(page.iter().map(|row| (row.id, row.sighting)));
    }
    let mut sent = report;
    sent.sort_unstable();
    assert_eq!(stored, sent, "what is read is what was sent, in the order of ids");
}

#[rstest]
#[tokio::test]
async fn a_secret_used_for_another_submission_is_refused_and_loses_nothing(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    let occasion = db.field().await;
    let first = submission(1, 0..5);
    db.store.insert_submission(&first, occasion, None).await.unwrap();
    // The same ids, as the same secret gives them, with what another submission holds.
    let other: Vec<_> =
        ids(&first).into_iter().zip(submission(2, 5..10)).map(|(id, (_, sighting))| (id, sighting)).collect();
    let refused = db.store.insert_submission(&other, occasion, None).await;
    assert!(matches!(refused, Err(StorageError::SecretReused)), "{refused:?}");
    assert_eq!(db.totals().await, (5, 0));
    // A retry that arrives in the next week is the same submission all the same.
    let later: Vec<_> = first
        .iter()
        .map(|&(id, s)| (id, camera_census::model::Sighting { week: Some(week("2026-W50")), ..s }))
        .collect();
    assert_eq!(db.store.insert_submission(&later, occasion, None).await.unwrap(), 0);
    assert_eq!(db.totals().await, (5, 0));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_same_submission_a_hundred_times_at_once_is_one_set_of_rows(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    let occasion = db.field().await;
    let report = Arc::new(submission(1, 0..7));
    let db = Arc::new(db);
    let sending: Vec<_> = (0..100)
        .map(|_| {
            let (db, report) = (Arc::clone(&db), Arc::clone(&report));
            tokio::spawn(async move { db.store.insert_submission(&report, occasion, None).await.unwrap() })
        })
        .collect();
    let mut inserted = 0;
    for sent in sending {
        inserted += sent.await.unwrap();
    }
    assert_eq!(inserted, 7);
    assert_eq!(db.totals().await, (7, 0));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_queue_never_grows_past_its_limit_however_many_send_at_once(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    db.store.create_campaign(&campaign("bern", 10)).await.unwrap();
    let occasion = db.store.occasion_id(&field("bern")).await.unwrap();
    let db = Arc::new(db);
    let sending: Vec<_> = (0..12)
        .map(|secret| {
            let db = Arc::clone(&db);
            tokio::spawn(async move { db.store.insert_submission(&submission(secret, 0..3), occasion, None).await })
        })
        .collect();
    let mut taken = Vec::new();
    for (secret, sent) in (0..).zip(sending) {
        match sent.await.unwrap() {
            Ok(inserted) => taken.push((secret, inserted)),
            Err(StorageError::TooManyPending { max_pending: 10 }) => {}
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!(taken.iter().map(|(_, inserted)| inserted).sum::<u64>(), 9);
    assert_eq!(db.totals().await, (9, 0));

    let (secret, _) = taken[0];
    let again = db.store.insert_submission(&submission(secret, 0..3), occasion, None).await;
    assert_eq!(again.unwrap(), 0, "a repeated submission needs no room");
    let elsewhere = db.field().await;
    assert_eq!(db.store.insert_submission(&submission(50, 0..3), elsewhere, None).await.unwrap(), 3);
}

#[rstest]
#[tokio::test]
async fn a_receipt_tells_what_became_of_each_sighting(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    let occasion = db.field().await;
    let report = submission(1, 0..4);
    let all = ids(&report);
    db.store.insert_submission(&report, occasion, None).await.unwrap();
    let reason = RejectReason::NotACamera;
    assert_eq!(db.store.reject(Selection::Ids(&all[1..2]), reason, week("2024-W21")).await.unwrap(), 1);
    assert_eq!(db.store.approve(Selection::Ids(&all[2..3]), random(1)).await.unwrap(), 1);
    let states = db.store.receipt_status(&all).await.unwrap();
    let expected =
        [ReceiptState::Pending, ReceiptState::Rejected(reason), ReceiptState::Settled, ReceiptState::Pending];
    assert_eq!(states, expected);
    assert_eq!(db.store.receipt_status(&[]).await.unwrap(), []);
}

#[rstest]
#[tokio::test]
async fn a_withdrawn_submission_is_gone_and_what_was_decided_stays(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    let occasion = db.field().await;
    let (report, other) = (submission(1, 0..5), submission(2, 0..5));
    let all = ids(&report);
    for sent in [&report, &other] {
        db.store.insert_submission(sent, occasion, None).await.unwrap();
    }
    db.store.approve(Selection::Ids(&all[..2]), random(1)).await.unwrap();
    assert_eq!(db.store.withdraw(&all).await.unwrap(), 3);
    assert_eq!(db.store.withdraw(&all).await.unwrap(), 0);
    assert_eq!(db.totals().await, (5, 2));
    if let Some(path) = db.url.sqlite_path() {
        for file in [path.to_path_buf(), path.with_extension("db-wal")] {
            let bytes = std::fs::read(file).unwrap();
            let kept = all.iter().filter(|id| memchr::memmem::find(&bytes, &id.0).is_some()).count();
            assert_eq!(kept, 0, "withdrawn ids are still in the files");
        }
    }
}

#[rstest]
#[tokio::test]
async fn a_retry_does_not_bring_back_what_was_rejected(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    let occasion = db.field().await;
    let report = submission(1, 0..3);
    db.store.insert_submission(&report, occasion, None).await.unwrap();
    db.store.reject(Selection::Ids(&ids(&report)[..1]), RejectReason::Duplicate, week("2024-W21")).await.unwrap();
    assert_eq!(db.store.insert_submission(&report, occasion, None).await.unwrap(), 0);
    assert_eq!(db.totals().await, (2, 0));
}

/// Handlers run on any thread; the compiler decides, nothing is run.
#[test]
fn every_operation_may_move_between_threads() {
    fn sendable<T: Send>(_: impl FnOnce() -> T) {}
    fn check(store: &'static Store, source: &'static Source, campaign: &'static Campaign, mut import: Import) {
        let now = week("2024-W21");
        sendable(move || store.approve(Selection::Campaign("default"), || [0; 16]));
        sendable(move || store.reject(Selection::Campaign("default"), RejectReason::Other, now));
        sendable(move || store.receipt_status(&[]));
        sendable(move || store.withdraw(&[]));
        sendable(move || store.seal(now));
        sendable(move || store.check());
        sendable(move || store.snapshot());
        sendable(move || store.begin_import(source, true));
        sendable(move || store.create_campaign(campaign));
        sendable(move || store.open_wave("default", "spring", now));
        sendable(move || store.close_wave("default", "spring", now));
        sendable(move || store.setting_or_insert("key", Vec::new));
        sendable(move || async move { import.insert(&[]).await });
    }
    let _ = check;
}
