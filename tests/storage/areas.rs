//! Area sets.

use camera_census::model::{Area, AreaFit, AreaSet, PopulationSource};
use camera_census::storage::{DatabaseKind, StorageError};
use geo::{MultiPolygon, Polygon};
use rstest::rstest;

use super::harness::{database, on_raw};

fn area(slug: &str, west: f64) -> Area {
    let outer = vec![(west, 0.1), (west + 1.3, 0.2), (west + 1.1, 1.7), (west, 0.1)];
    let hole = vec![(west + 0.6, 0.5), (west + 0.7, 0.6), (west + 0.7, 0.5), (west + 0.6, 0.5)];
    Area {
        slug: slug.to_owned(),
        name: format!("Ward «{slug}»"),
        population: (west > 1.0).then_some(71_234),
        outline: MultiPolygon(vec![Polygon::new(outer.into(), vec![hole.into()])]),
    }
}

pub(crate) fn area_set(slug: &str, edition: &str) -> AreaSet {
    AreaSet {
        slug: slug.to_owned(),
        name: "Wards".to_owned(),
        edition: edition.to_owned(),
        licence: "CC-BY-4.0".to_owned(),
        attribution: Some("The city".to_owned()),
        population: Some(PopulationSource { source: "Census, table 1".to_owned(), year: 2020 }),
        fit: AreaFit { repaired: 1, overlapping_pairs: 2, overlap_km2: 0.1 + 0.2, gap_km2: 1e-9 },
        areas: vec![area("Z", 179.5), area("a", 1.0 / 3.0), area("b-1", 7.7)],
    }
}

#[rstest]
#[tokio::test]
async fn a_set_comes_back_bit_by_bit_and_adding_it_again_changes_nothing(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    assert_eq!(db.store.area_sets().await.unwrap(), []);
    let wards = area_set("wards", "2012");
    assert!(db.store.would_add_area_set(&wards).await.unwrap());
    assert!(db.store.add_area_set(&wards).await.unwrap());
    assert!(!db.store.would_add_area_set(&wards).await.unwrap());
    assert!(!db.store.add_area_set(&wards).await.unwrap());
    assert_eq!(db.store.area_sets().await.unwrap(), std::slice::from_ref(&wards));
    assert_eq!(db.store.check().await.unwrap(), Vec::<String>::new());
    // The same boundaries measured by another version of the program are the same boundaries.
    let measured_anew = AreaSet { fit: AreaFit::default(), ..wards.clone() };
    assert!(!db.store.add_area_set(&measured_anew).await.unwrap());
    assert_eq!(db.store.area_sets().await.unwrap(), [wards]);
}

#[rstest]
#[tokio::test]
async fn an_edition_never_changes_and_another_one_is_another_set(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    let old = area_set("wards", "2012");
    db.store.add_area_set(&old).await.unwrap();
    let mut moved = old.clone();
    moved.areas[0].outline.0[0].exterior_mut(|ring| ring.0[1].x += 1e-12);
    let fewer = AreaSet { areas: old.areas[1..].to_vec(), ..old.clone() };
    let relicensed = AreaSet { licence: "ODbL-1.0".to_owned(), ..old.clone() };
    let counted_anew = AreaSet { population: None, ..old.clone() };
    for other in [moved.clone(), fewer, relicensed, counted_anew] {
        let refused = db.store.add_area_set(&other).await.unwrap_err();
        assert!(matches!(refused, StorageError::AreaSetDiffers));
        assert!(refused.to_string().contains("--edition"));
        assert!(matches!(db.store.would_add_area_set(&other).await, Err(StorageError::AreaSetDiffers)));
    }
    assert_eq!(db.store.area_sets().await.unwrap(), std::slice::from_ref(&old));

    let (new, undated) = (AreaSet { edition: "2022-01".to_owned(), ..moved }, area_set("wards", ""));
    let boroughs = AreaSet { attribution: None, population: None, areas: Vec::new(), ..area_set("boroughs", "") };
    for set in [&new, &undated, &boroughs] {
        assert!(db.store.add_area_set(set).await.unwrap());
    }
    assert_eq!(db.store.area_sets().await.unwrap(), [boroughs, new]);
    let listed = db.store.list_area_sets().await.unwrap();
    let listed: Vec<_> =
        listed.iter().map(|one| (one.set.slug.as_str(), one.set.edition.as_str(), one.areas, one.is_latest)).collect();
    assert_eq!(
        listed,
        [
            ("boroughs", "", 0, true),
            ("wards", "", 3, false),
            ("wards", "2012", 3, false),
            ("wards", "2022-01", 3, true)
        ]
    );
}

#[rstest]
#[tokio::test]
async fn a_set_is_added_whole_or_not_at_all(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    let mut twice = area_set("wards", "2012");
    twice.areas.push(twice.areas[0].clone());
    assert!(matches!(db.store.add_area_set(&twice).await, Err(StorageError::Database(_))));
    assert!(db.store.list_area_sets().await.unwrap().is_empty());
}

#[rstest]
#[tokio::test]
async fn an_outline_that_cannot_be_read_is_a_fault_that_the_check_names(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    db.store.add_area_set(&area_set("wards", "2012")).await.unwrap();
    let update = "UPDATE areas SET outline = $1 WHERE slug = 'a'";
    on_raw!(&db.raw().await, pool => sqlx::query(update).bind(vec![1_u8, 2, 3]).execute(pool).await.map(drop)).unwrap();
    let faults = db.store.check().await.unwrap();
    assert!(faults.len() == 1 && faults[0].contains("table areas") && faults[0].contains("outline"), "{faults:?}");
}
