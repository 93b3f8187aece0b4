//! Keys, invites and spent tokens.

use std::sync::Arc;

use camera_census::model::{PassLetter, TokenPurpose};
use camera_census::storage::{DatabaseKind, Invited, Spend, StorageError, Store};
use rstest::rstest;

use crate::harness::{bits_128, database, submission, week};

/// Stores one invite, and keys made of `seed` where there are none.
pub(crate) async fn invite(store: &Store, wave: Option<&str>, team: Option<PassLetter>, seed: u64) -> Invited {
    let key = |purpose: TokenPurpose| {
        let byte = u8::try_from(seed).unwrap() << 1 | purpose.code();
        ([byte; 32], [!byte; 32])
    };
    store.create_invites("default", wave, team, (&[bits_128(seed)], 300), key).await.unwrap()
}

/// A spending of a token of the default campaign.
pub(crate) fn spend(epoch: i32, token: u8) -> Spend {
    Spend { digest: [token; 32], campaign: "default".to_owned(), epoch, team: None, purpose: TokenPurpose::Sightings }
}

#[rstest]
#[tokio::test]
async fn invites_of_one_campaign_wave_and_team_share_their_keys_until_the_epoch_is_closed(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    db.store.open_wave("default", "spring", week("2026-W20")).await.unwrap();
    let team = PassLetter::parse("A");
    let first = invite(&db.store, None, None, 1).await;
    let second = invite(&db.store, None, None, 2).await;
    assert_eq!((&first.keys, second.sharing), (&second.keys, 2));
    assert_eq!(first.keys.len(), 2);
    let with_team = invite(&db.store, None, team, 3).await;
    let of_wave = invite(&db.store, Some("spring"), team, 4).await;
    let epochs = |invited: &Invited| invited.keys.iter().map(|key| key.epoch).collect::<Vec<_>>();
    assert_eq!((epochs(&first), epochs(&with_team), epochs(&of_wave)), (vec![1, 1], vec![1, 1], vec![2, 2]));
    assert_eq!(db.store.close_epochs("default", None).await.unwrap(), 1);
    let next = invite(&db.store, None, None, 5).await;
    assert_eq!(epochs(&next), [3, 3]);
    let open: Vec<i32> = db
        .store
        .token_keys()
        .await
        .unwrap()
        .iter()
        .filter(|key| key.secret.is_some())
        .map(|key| key.key.epoch)
        .collect();
    assert_eq!(open, [2, 2, 3, 3]);
    let refused = db.store.create_invites("default", Some("never"), team, (&[], 1), |_| ([1; 32], [1; 32])).await;
    assert!(matches!(refused, Err(StorageError::NoWave)), "{refused:?}");
}

#[rstest]
#[tokio::test]
async fn invites_made_at_once_open_one_epoch(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    let db = Arc::new(db);
    let making: Vec<_> = (0..20)
        .map(|seed| {
            let db = Arc::clone(&db);
            tokio::spawn(async move { invite(&db.store, None, None, seed).await })
        })
        .collect();
    for made in making {
        made.await.unwrap();
    }
    let keys = db.store.token_keys().await.unwrap();
    assert_eq!(keys.iter().map(|key| key.key.epoch).collect::<Vec<_>>(), [1, 1]);
    assert_eq!(db.store.invite_counts().await.unwrap()[0].invites, 20);
}

#[rstest]
#[tokio::test]
async fn a_spent_token_stores_nothing_and_neither_does_one_of_a_closed_epoch(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    let occasion = db.field().await;
    invite(&db.store, None, None, 1).await;
    let send = async |secret, spend: &Spend| {
        db.store.insert_submission(&submission(secret, 0..1), occasion, Some(spend)).await
    };
    assert_eq!(send(1, &spend(1, 7)).await.unwrap(), 1);
    assert_eq!(send(1, &spend(1, 7)).await.unwrap(), 0, "the same again");
    assert!(matches!(send(2, &spend(1, 7)).await, Err(StorageError::TokenSpent)));
    // The repetition spent nothing of another token either.
    assert_eq!(send(1, &spend(1, 8)).await.unwrap(), 0);
    assert_eq!(send(3, &spend(1, 8)).await.unwrap(), 1);
    let marks = Spend { purpose: TokenPurpose::Marks, ..spend(2, 9) };
    assert!(matches!(send(4, &marks).await, Err(StorageError::EpochClosed)), "there is no such key");
    db.store.close_epochs("default", None).await.unwrap();
    assert!(matches!(send(5, &spend(1, 9)).await, Err(StorageError::EpochClosed)));
    assert_eq!(db.totals().await, (2, 0));
}
