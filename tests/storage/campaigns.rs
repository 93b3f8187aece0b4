//! Campaigns, waves, sources, occasions and settings.

use camera_census::model::{Campaign, Occasion, RowsMode, Source, SourceKind};
use camera_census::storage::{DatabaseKind, StorageError, Stored};
use rstest::rstest;

use super::harness::{bits_128, campaign, database, field, pass, sighting, week};
use camera_census::model::SightingId;

#[rstest]
#[tokio::test]
async fn a_census_starts_with_one_open_campaign_and_takes_more(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    let first = db.store.campaigns().await.unwrap();
    assert_eq!(first.iter().map(|c| c.slug.as_str()).collect::<Vec<_>>(), [Campaign::DEFAULT_SLUG]);

    let bern = campaign("bern", 10);
    db.store.create_campaign(&bern).await.unwrap();
    assert!(matches!(db.store.create_campaign(&bern).await, Err(StorageError::CampaignExists)));
    assert_eq!(db.store.campaign("bern").await.unwrap(), Some(bern));
    assert_eq!(db.store.campaign("basel").await.unwrap(), None);
    assert_eq!(db.store.campaigns().await.unwrap().len(), 2);
}

#[rstest]
#[tokio::test]
async fn a_wave_opens_closes_and_stays_closed(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    let (now, later) = (week("2024-W20"), week("2024-W22"));
    assert!(matches!(db.store.open_wave("nowhere", "spring", now).await, Err(StorageError::NoCampaign)));
    assert!(matches!(db.store.close_wave("default", "spring", now).await, Err(StorageError::NoWave)));

    db.store.open_wave("default", "spring", now).await.unwrap();
    db.store.open_wave("default", "spring", later).await.unwrap();
    let wave = db.store.wave("default", "spring").await.unwrap().unwrap();
    assert_eq!((wave.opened, wave.closed), (now, None));

    db.store.close_wave("default", "spring", later).await.unwrap();
    db.store.close_wave("default", "spring", week("2024-W30")).await.unwrap();
    let waves = db.store.waves().await.unwrap();
    assert_eq!(waves.len(), 1);
    assert_eq!(waves[0].closed, Some(later));
    assert!(matches!(db.store.open_wave("default", "spring", later).await, Err(StorageError::WaveClosed)));
}

#[rstest]
#[tokio::test]
async fn an_occasion_keeps_its_number_and_numbers_do_not_count_up(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    let mut occasions = vec![field("default")];
    occasions.extend(["A", "B", "C"].map(pass));
    occasions.push(Occasion { key_epoch: -3, ..field("default") });
    occasions.push(Occasion { kind: SourceKind::List, ..field("default") });
    let mut numbers = Vec::new();
    for occasion in &occasions {
        numbers.push(db.store.occasion_id(occasion).await.unwrap());
    }
    for (occasion, number) in occasions.iter().zip(&numbers) {
        assert_eq!(db.store.occasion_id(occasion).await.unwrap(), *number);
    }
    assert!(!numbers.is_sorted(), "{numbers:?} would tell which occasion was first used first");

    let mut expected: Vec<_> = numbers.into_iter().zip(occasions).collect();
    expected.sort_by(|a, b| a.1.cmp(&b.1));
    assert_eq!(db.store.occasions().await.unwrap(), expected);
    assert!(matches!(db.store.occasion_id(&field("nowhere")).await, Err(StorageError::NoCampaign)));
}

#[rstest]
#[tokio::test]
async fn a_source_with_sightings_keeps_its_kind_and_licence(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    let city = Source {
        slug: "city".to_owned(),
        name: "City register".to_owned(),
        licence: "CC-BY-4.0".to_owned(),
        attribution: Some("The city".to_owned()),
        is_list: true,
        rows: RowsMode::Register,
    };
    let field_data = Source { is_list: false, ..city.clone() };
    let relicensed = Source { licence: "ODbL-1.0".to_owned(), ..city.clone() };
    for source in [&field_data, &relicensed, &city] {
        db.store.upsert_source(source).await.unwrap();
    }
    assert_eq!(db.store.source("city").await.unwrap().as_ref(), Some(&city));

    let occasion = Occasion { source: "city".to_owned(), kind: SourceKind::List, ..field("default") };
    let mut import = db.store.begin_import(&city, true).await.unwrap();
    let occasion = import.occasion_id(&occasion).await.unwrap();
    import.insert(&[Stored { sighting: sighting(1), id: SightingId(bits_128(1)), occasion }]).await.unwrap();
    import.finish().await.unwrap();

    let refused = db.store.upsert_source(&field_data).await;
    assert!(matches!(refused, Err(StorageError::SourceKind { is_list: true })));
    assert!(matches!(db.store.begin_import(&relicensed, true).await.err(), Some(StorageError::SourceLicence)));
    let renamed = Source { name: "The register".to_owned(), attribution: None, ..city };
    db.store.upsert_source(&renamed).await.unwrap();
    assert_eq!(db.store.sources().await.unwrap(), [renamed]);
}

#[rstest]
#[tokio::test]
async fn a_setting_is_made_once(#[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind) {
    let Some(db) = database(kind).await else { return };
    let first = db.store.setting_or_insert("key", || vec![7; 32]).await.unwrap();
    assert_eq!(first, [7; 32]);
    let second = db.store.setting_or_insert("key", || panic!("it is there")).await.unwrap();
    assert_eq!(second, first);
}
