//! Review: approving breaks the link to the submission, rejecting keeps a reason and no details.

use std::collections::HashSet;

use camera_census::model::RejectReason;
use camera_census::storage::{DatabaseKind, ReceiptState, Selection, Stored};
use rstest::rstest;

use super::harness::{TestDatabase, campaign, database, field, ids, on_raw, random, submission, week};

pub(crate) async fn accepted(db: &TestDatabase) -> Vec<Stored> {
    let mut snapshot = db.store.snapshot().await.unwrap();
    let mut all: Vec<Stored> = Vec::new();
    loop {
        let after = all.last().map(|row| (row.sighting.cell, row.id));
        let page = snapshot.sightings_page(after, 700, true).await.unwrap();
        if page.is_empty() {
            return all;
        }
        all.extend(page);
    }
}

#[rstest]
#[tokio::test]
async fn approved_sightings_get_fresh_random_ids_and_keep_what_they_say(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    let occasion = db.field().await;
    let report = submission(1, 0..2_500);
    db.store.insert_submission(&report, occasion, None).await.unwrap();
    assert_eq!(db.store.approve(Selection::Campaign("default"), random(1)).await.unwrap(), 2_500);
    assert_eq!(db.totals().await, (0, 2_500));

    let rows = accepted(&db).await;
    assert!(rows.is_sorted_by_key(|row| (row.sighting.cell, row.id)));
    let before: HashSet<_> = ids(&report).into_iter().collect();
    assert!(rows.iter().all(|row| !before.contains(&row.id) && row.occasion == occasion));
    assert!(rows.iter().all(|row| row.id.0[6] >> 4 == 4 && row.id.0[8] >> 6 == 2), "not UUIDs of version 4");
    let mut kept: Vec<_> = rows.iter().map(|row| row.sighting).collect();
    let mut sent: Vec<_> = report.iter().map(|(_, sighting)| *sighting).collect();
    kept.sort_unstable();
    sent.sort_unstable();
    assert_eq!(kept, sent);
}

#[rstest]
#[tokio::test]
async fn a_decision_reaches_its_campaign_or_its_ids_only(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    db.store.create_campaign(&campaign("bern", 5_000)).await.unwrap();
    let (home, bern) = (db.field().await, db.store.occasion_id(&field("bern")).await.unwrap());
    let (report, other) = (submission(1, 0..5), submission(2, 0..1_200));
    db.store.insert_submission(&report, home, None).await.unwrap();
    db.store.insert_submission(&other, bern, None).await.unwrap();
    assert_eq!(db.store.pending_page(Some("bern"), None, 5_000).await.unwrap().len(), 1_200);
    assert_eq!(db.store.pending_page(Some("basel"), None, 5_000).await.unwrap(), []);

    let reason = RejectReason::Implausible;
    assert_eq!(db.store.reject(Selection::Campaign("bern"), reason, week("2024-W21")).await.unwrap(), 1_200);
    assert_eq!(db.store.reject(Selection::Campaign("bern"), reason, week("2024-W21")).await.unwrap(), 0);
    let unknown = ids(&submission(9, 0..3));
    assert_eq!(db.store.approve(Selection::Ids(&unknown), random(1)).await.unwrap(), 0);
    assert_eq!(db.store.approve(Selection::Ids(&ids(&report)), random(2)).await.unwrap(), 5);
    assert_eq!(db.totals().await, (0, 5));
    assert_eq!(db.store.sighting_counts().await.unwrap(), [(home, 5)]);
}

#[rstest]
#[tokio::test]
async fn a_rejection_keeps_id_reason_and_week_for_eight_weeks_and_nothing_else(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    let occasion = db.field().await;
    let report = submission(1, 0..2);
    db.store.insert_submission(&report, occasion, None).await.unwrap();
    let (old, new) = (week("2024-W50"), week("2024-W51"));
    let all = ids(&report);
    db.store.reject(Selection::Ids(&all[..1]), RejectReason::WrongPlace, old).await.unwrap();
    db.store.reject(Selection::Ids(&all[1..]), RejectReason::Other, new).await.unwrap();
    let cells: i64 = on_raw!(db.raw().await, pool => {
        sqlx::query_scalar("SELECT COUNT(*) FROM pending").fetch_one(&pool).await
    })
    .unwrap();
    assert_eq!(cells, 0);

    // Eight weeks after the first decision, across the turn of the year.
    db.store.seal(week("2025-W06")).await.unwrap();
    let states = db.store.receipt_status(&all).await.unwrap();
    assert_eq!(states, [ReceiptState::Settled, ReceiptState::Rejected(RejectReason::Other)]);
}
