//! Effort: stored whole or not at all, the same again changes nothing, and the later word of a pass replaces its earlier one.

use std::collections::BTreeMap;

use camera_census::model::{AuditUnit, Effort, EffortMark, PassLetter, UnitKind, UnitShape, UnitState, WaveEffort};
use camera_census::storage::{DatabaseKind, EffortCounts, StorageError};
use h3o::Resolution;
use rstest::rstest;

use super::harness::{bits, cell, database, week};

/// A street somewhere, in no order of `seed`.
fn street(seed: u64) -> AuditUnit {
    let coordinate = |bits: u64| i32::try_from(bits % 90_000_000).unwrap();
    let start = [coordinate(bits(seed)), coordinate(bits(seed ^ 1 << 62))];
    AuditUnit::new(UnitShape::segment(vec![start, [start[0] + 900, start[1] + 100]]).unwrap())
}

fn ground(seed: u64) -> AuditUnit {
    AuditUnit::new(UnitShape::Cell(cell(seed).parent(Resolution::Eleven).unwrap()))
}

/// What pass A says of these units, all the same.
fn effort(wave: &str, mut units: Vec<AuditUnit>, state: UnitState) -> Effort {
    units.sort_by_key(|unit| unit.id);
    units.dedup_by_key(|unit| unit.id);
    let pass = PassLetter::parse("A").unwrap();
    let marks = units.iter().map(|unit| EffortMark { unit: unit.id, pass, state }).collect();
    let is_frame = state == UnitState::NotWalked;
    let wave = WaveEffort { campaign: "default".to_owned(), wave: wave.to_owned(), is_frame, marks };
    Effort { units, waves: vec![wave] }
}

/// Some streets of a wave, walked.
pub(crate) fn some_effort(wave: &str) -> Effort {
    effort(wave, streets(0..5), UnitState::Complete)
}

fn streets(seeds: std::ops::Range<u64>) -> Vec<AuditUnit> {
    seeds.map(street).collect()
}

const fn counts(units_added: u64, marks_added: u64, marks_changed: u64, marks_unchanged: u64) -> EffortCounts {
    EffortCounts { units_added, marks_added, marks_changed, marks_unchanged }
}

#[rstest]
#[tokio::test]
async fn the_same_effort_again_changes_nothing_and_a_later_word_replaces_an_earlier_one(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    let now = week("2024-W20");
    let all = effort("spring", streets(0..2_500), UnitState::NotWalked);
    assert_eq!(db.store.add_effort(&all, now, true).await.unwrap(), counts(2_500, 2_500, 0, 0));
    assert_eq!(db.store.effort().await.unwrap(), all);
    assert_eq!(db.store.add_effort(&all, week("2024-W30"), true).await.unwrap(), counts(0, 0, 0, 2_500));
    assert_eq!(db.store.effort().await.unwrap(), all);

    let walked = effort("spring", streets(2_400..2_600), UnitState::Complete);
    assert_eq!(db.store.add_effort(&walked, now, true).await.unwrap(), counts(100, 100, 100, 0));
    let found = db.store.effort().await.unwrap();
    let complete = |effort: &Effort| {
        let marks = effort.waves[0].marks.iter();
        marks.filter(|mark| mark.state == UnitState::Complete).count()
    };
    assert_eq!((found.units.len(), found.waves[0].marks.len(), complete(&found)), (2_600, 2_600, 200));
    assert!(found.units.is_sorted_by(|a, b| a.id < b.id) && found.waves[0].marks.is_sorted_by(|a, b| a < b));
    assert!(found.waves[0].is_frame);
    assert_eq!(db.store.check().await.unwrap(), Vec::<String>::new());
}

#[rstest]
#[tokio::test]
async fn a_frame_stays_one_when_everything_missing_was_walked(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    for state in [UnitState::NotWalked, UnitState::Complete] {
        let effort = effort("spring", streets(0..3), state);
        db.store.add_effort(&effort, week("2024-W20"), true).await.unwrap();
    }
    let found = db.store.effort().await.unwrap();
    assert!(found.waves[0].is_frame && found.waves[0].marks.iter().all(|mark| mark.state == UnitState::Complete));
}

#[rstest]
#[tokio::test]
async fn a_new_wave_is_closed_and_an_open_one_stays_open(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    let now = week("2024-W20");
    db.store.open_wave("default", "autumn", now).await.unwrap();
    for wave in ["spring", "autumn"] {
        db.store.add_effort(&effort(wave, streets(0..2), UnitState::Complete), now, true).await.unwrap();
    }
    let closed: Vec<_> = db.store.waves().await.unwrap().into_iter().map(|wave| (wave.slug, wave.closed)).collect();
    assert_eq!(closed, [("autumn".to_owned(), None), ("spring".to_owned(), Some(now))]);
    let waves: Vec<_> = db.store.effort().await.unwrap().waves.into_iter().map(|wave| wave.wave).collect();
    assert_eq!(waves, ["autumn", "spring"]);
}

#[rstest]
#[tokio::test]
async fn what_cannot_be_added_whole_leaves_no_trace_and_neither_does_a_dry_run(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    let now = week("2024-W20");
    let before = effort("spring", streets(0..5), UnitState::Complete);
    db.store.add_effort(&before, now, true).await.unwrap();

    let dry = effort("summer", streets(3..9), UnitState::Partial);
    assert_eq!(db.store.add_effort(&dry, now, false).await.unwrap(), counts(4, 6, 0, 0));
    let cells = effort("spring", (0..5).map(ground).collect(), UnitState::Complete);
    assert!(matches!(db.store.add_effort(&cells, now, true).await, Err(StorageError::MixedUnits)));
    let mut nowhere = effort("spring", streets(5..9), UnitState::Complete);
    nowhere.waves[0].campaign = "nowhere".to_owned();
    assert!(matches!(db.store.add_effort(&nowhere, now, true).await, Err(StorageError::NoCampaign)));

    assert_eq!(db.store.effort().await.unwrap(), before);
    assert_eq!(db.store.waves().await.unwrap().len(), 1);
}

#[rstest]
#[tokio::test]
async fn cells_are_units_as_well_and_a_seal_keeps_them(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    let cells = effort("spring", (0..1_200).map(ground).collect(), UnitState::NotVisible);
    db.store.add_effort(&cells, week("2024-W20"), true).await.unwrap();
    db.store.seal(week("2024-W21")).await.unwrap();
    assert_eq!(db.store.effort().await.unwrap(), cells);
    let kinds = db.store.effort_kinds().await.unwrap();
    assert_eq!(kinds, BTreeMap::from([(("default".to_owned(), "spring".to_owned()), UnitKind::Cell)]));
}
