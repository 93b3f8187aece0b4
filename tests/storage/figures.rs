//! Imported figures and deployments.

use camera_census::figures::{shipped_deployments, shipped_figures};
use camera_census::model::{Deployment, PublishedFigure};
use camera_census::storage::DatabaseKind;
use rstest::rstest;

use super::harness::database;

#[rstest]
#[tokio::test]
async fn figures_and_deployments_come_back_as_they_were_kept(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    assert!(db.store.figures().await.unwrap().is_empty() && db.store.deployments().await.unwrap().is_empty());
    // Every status, basis and stated value that the ledger knows, and a range.
    let mut figures = shipped_figures().to_vec();
    (figures[0].cameras_low, figures[0].area_km2) = (Some(1), Some(0.1 + 0.2));
    db.store.put_figures(&figures).await.unwrap();
    db.store.put_deployments(shipped_deployments()).await.unwrap();
    figures.sort_by(|a, b| a.id.cmp(&b.id));
    let mut deployments = shipped_deployments().to_vec();
    deployments.sort_by(|a, b| a.id.cmp(&b.id));
    assert_eq!(db.store.figures().await.unwrap(), figures);
    assert_eq!(db.store.deployments().await.unwrap(), deployments);
    assert!(db.store.check().await.unwrap().is_empty());
}

#[rstest]
#[tokio::test]
async fn a_row_replaces_the_one_with_its_id_and_no_other(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    let first = shipped_figures()[0].clone();
    let second = PublishedFigure { id: "second".to_owned(), ..first.clone() };
    let changed = PublishedFigure { cameras: None, cameras_high: Some(7), note: "new".to_owned(), ..first.clone() };
    db.store.put_figures(&[first, second.clone()]).await.unwrap();
    db.store.put_figures(std::slice::from_ref(&changed)).await.unwrap();
    assert_eq!(db.store.figures().await.unwrap(), [changed, second]);

    let deployment = shipped_deployments()[0].clone();
    let changed = Deployment { vendors: Vec::new(), contracts: Some(3), ..deployment.clone() };
    db.store.put_deployments(&[deployment]).await.unwrap();
    db.store.put_deployments(std::slice::from_ref(&changed)).await.unwrap();
    assert_eq!(db.store.deployments().await.unwrap(), [changed]);
}
