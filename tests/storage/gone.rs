//! Accepted records that a camera was gone.

use camera_census::model::{Gone, Kind};
use camera_census::storage::{DatabaseKind, NewGone, Selection, Store};
use h3o::Resolution;
use rstest::rstest;

use super::harness::{cell, database, pass, random, submission, week};

async fn followed(store: &Store, with_waiting: bool) -> Vec<Gone> {
    store.snapshot().await.unwrap().gone(with_waiting).await.unwrap()
}

#[rstest]
#[tokio::test]
async fn a_record_waits_with_the_sightings_of_its_region_until_enough_have_come_together(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    let occasion = db.field().await;
    db.store.insert_submission(&submission(1, 0..1), occasion, None).await.unwrap();
    db.store.approve(Selection::Campaign("default"), random(1)).await.unwrap();
    let here = cell(0);
    let record = NewGone { cell: here, kind: Kind::Dome, week: week("2026-W10"), occasion };
    assert_eq!(db.store.accept_gone(&[record, record], random(2)).await.unwrap(), 2, "two people who looked are two");
    let gone = Gone { cell: here, kind: Kind::Dome, week: week("2026-W10") };

    let waiting = db.store.pool(4, week("2026-W11")).await.unwrap();
    assert_eq!(waiting.iter().map(|region| region.changes).collect::<Vec<_>>(), [3], "one sighting, two records");
    assert_eq!((followed(&db.store, false).await, followed(&db.store, true).await), (vec![], vec![gone, gone]));
    assert!(db.store.pool(3, week("2026-W11")).await.unwrap().is_empty());
    assert_eq!(followed(&db.store, false).await, [gone, gone]);
    db.store.seal(week("2026-W11")).await.unwrap();
    assert_eq!(followed(&db.store, false).await, [gone, gone]);
}

#[rstest]
#[tokio::test]
async fn nothing_of_an_open_wave_is_followed_and_nothing_of_a_home_is_kept(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    db.store.open_wave("default", "spring", week("2026-W01")).await.unwrap();
    let occasion = db.store.occasion_id(&pass("A")).await.unwrap();
    let record = NewGone { cell: cell(0), kind: Kind::Unknown, week: week("2026-W10"), occasion };
    let homes = [
        NewGone { kind: Kind::Doorbell, ..record },
        NewGone { cell: cell(0).parent(Resolution::Eight).unwrap(), ..record },
    ];
    assert_eq!(db.store.accept_gone(&[homes[0], record, homes[1]], random(3)).await.unwrap(), 1);
    assert!(db.store.pool(1, week("2026-W11")).await.unwrap().is_empty());
    assert_eq!(followed(&db.store, true).await, []);
    db.store.close_wave("default", "spring", week("2026-W12")).await.unwrap();
    db.store.pool(1, week("2026-W12")).await.unwrap();
    assert_eq!(followed(&db.store, false).await.len(), 1);
}
