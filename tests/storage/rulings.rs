//! Moderators' rulings about pairs of sightings.

use camera_census::model::{SightingId, Verdict};
use camera_census::storage::{DatabaseKind, Selection, StorageError};
use rstest::rstest;

use super::harness::{database, random, submission};
use super::review::accepted;

#[rstest]
#[tokio::test]
async fn a_ruling_is_about_two_accepted_sightings_and_can_be_changed_and_taken_back(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    let occasion = db.field().await;
    db.store.insert_submission(&submission(1, 0..3), occasion, None).await.unwrap();
    db.store.approve(Selection::Campaign("default"), random(1)).await.unwrap();
    let ids: Vec<SightingId> = accepted(&db).await.into_iter().map(|row| row.id).collect();
    let (one, other) = (ids[0].max(ids[1]), ids[0].min(ids[1]));
    db.store.rule(one, other, Verdict::Different).await.unwrap();
    db.store.rule(other, one, Verdict::Same).await.unwrap();
    assert_eq!(db.store.rulings(true).await.unwrap(), [(other, one, Verdict::Same)]);
    for (a, b) in [(one, one), (one, SightingId([7; 16]))] {
        assert!(matches!(db.store.rule(a, b, Verdict::Same).await, Err(StorageError::NoSighting)));
    }
    assert!(db.store.take_back_ruling(one, other).await.unwrap());
    assert!(!db.store.take_back_ruling(one, other).await.unwrap());
    assert_eq!(db.store.rulings(true).await.unwrap(), []);
}
