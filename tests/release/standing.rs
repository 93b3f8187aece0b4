//! Cameras that are gone, and cameras that nobody has confirmed for a long time (rule A6).

use camera_census::model::{Gone, IsoWeek, Kind, RowsMode, Sighting, SourceKind};
use camera_census::release::{Change, ChangedPlace, Inputs, Policy, Release, Summary, build, diff};

use crate::{inputs, occasion, sighting, source, week};

fn seen(n: u32, on: Option<&str>) -> Sighting {
    Sighting { kind: Kind::Dome, week: on.map(week), ..sighting(n) }
}

fn found_gone(n: u32, on: &str) -> Gone {
    Gone { cell: sighting(n).cell, kind: Kind::Dome, week: week(on) }
}

fn release(inputs: Inputs) -> (tempfile::TempDir, Release) {
    let folder = tempfile::tempdir().unwrap();
    build(inputs, None, folder.path()).unwrap();
    let release = Release::open(folder.path()).unwrap();
    (folder, release)
}

fn summary(inputs: Inputs) -> Summary {
    release(inputs).1.summary
}

/// Cameras, stale and gone ones.
fn counts(inputs: Inputs) -> (u32, u32, u32) {
    let summary = summary(inputs);
    (summary.cameras, summary.stale, summary.gone)
}

fn as_of(mut inputs: Inputs, on: &str) -> Inputs {
    inputs.as_of = week(on);
    inputs
}

#[test]
fn a_camera_is_stale_from_the_104th_week_after_it_was_seen_until_it_is_seen_again() {
    let once = || inputs([seen(0, Some("2026-W10")), seen(5, None)], []);
    assert_eq!(week("2026-W10").weeks_until(week("2028-W09")), 104);
    assert_eq!(counts(as_of(once(), "2028-W08")), (2, 0, 0));
    assert_eq!(counts(as_of(once(), "2028-W09")), (1, 1, 0), "what has no week is never stale");
    let again = inputs([seen(0, Some("2026-W10")), seen(0, Some("2027-W01"))], []);
    assert_eq!(counts(as_of(again, "2028-W09")), (1, 0, 0));
}

#[test]
fn the_rows_of_a_register_stand_as_long_as_it_lists_them_and_those_of_a_survey_do_not() {
    for (kind, rows, expected) in [
        (SourceKind::Import, RowsMode::Register, (1, 0, 0)),
        (SourceKind::Import, RowsMode::Survey, (0, 1, 0)),
        (SourceKind::Import, RowsMode::Reports, (0, 1, 0)),
    ] {
        let mut inputs = as_of(inputs([seen(0, Some("2010-W10"))], []), "2028-W09");
        inputs.occasions[0] = occasion("city", kind);
        inputs.sources.push(camera_census::model::Source { rows, ..source("city", false) });
        assert_eq!(counts(inputs), expected, "{rows:?}");
    }
}

#[test]
fn a_list_says_what_its_publisher_says_and_a_map_of_files_what_they_say() {
    let old = || as_of(inputs([], [seen(0, Some("2010-W10"))]), "2028-W09");
    let mut with_record = old();
    with_record.gone = vec![found_gone(0, "2020-W10")];
    let (_folder, built) = release(with_record);
    let list = built.list_summary("register").unwrap();
    assert_eq!((list.cameras, list.stale, list.gone), (1, 0, 0));
    let mut map = as_of(inputs([seen(0, Some("2010-W10"))], []), "2028-W09");
    map.policy = Policy::one_shot();
    assert_eq!(counts(map), (1, 0, 0));
}

#[test]
fn a_camera_found_gone_is_counted_apart_until_somebody_sees_it_in_a_later_week() {
    let with = |last: &str| {
        let mut inputs = inputs([seen(0, Some("2026-W10")), seen(0, Some(last)), seen(5, Some("2026-W10"))], []);
        inputs.gone = vec![found_gone(0, "2026-W20")];
        inputs
    };
    assert_eq!(counts(with("2026-W12")), (1, 0, 1));
    assert_eq!(counts(with("2026-W20")), (1, 0, 1), "in the same week, the word that it is gone is the later one");
    assert_eq!(counts(with("2026-W21")), (2, 0, 0));
}

#[test]
fn a_record_that_names_no_camera_changes_the_name_of_a_release_and_no_number() {
    let plain = || inputs((0..30).map(|n| seen(n, Some("2026-W10"))), []);
    let mut other = plain();
    other.gone = vec![found_gone(200, "2026-W20")];
    let (one, two) = (summary(plain()), summary(other));
    assert_ne!(one.release, two.release);
    assert_eq!(one.cameras, two.cameras);
}

#[test]
fn changes_call_cameras_gone_and_stale_and_add_up() {
    let all = || inputs((0..30).map(|n| seen(n, Some(if n < 4 { "2024-W47" } else { "2026-W10" }))), []);
    let on = |inputs: Inputs, on: &str| release(as_of(inputs, on));
    let (_one, before) = on(all(), "2026-W46");
    let mut later = all();
    later.gone = vec![found_gone(10, "2026-W45"), found_gone(20, "2026-W45")];
    let (_two, after) = on(later, "2026-W48");
    let lines = diff(&before, &after, None).unwrap();
    let Change { before: then, after: now, changes, border, .. } =
        lines.iter().find(|line| line.place == ChangedPlace::Census).unwrap();
    assert_eq!(then.unwrap() - now.unwrap(), 6);
    assert_eq!((changes.gone, changes.stale, changes.merged, changes.newly_found), (2, 4, 0, 0));
    assert_eq!((changes.net(), *border), (-6, Some(0)));
}

#[test]
fn the_week_is_all_a_release_needs_to_know() {
    // The clock plays no part: the same inputs for a week long past or far ahead give what that week says.
    let old = || inputs([seen(0, Some("2001-W10"))], []);
    assert_eq!(counts(as_of(old(), "2002-W10")), (1, 0, 0));
    assert_eq!(counts(as_of(old(), &IsoWeek::new(2999, 1).unwrap().to_string())), (0, 1, 0));
}
