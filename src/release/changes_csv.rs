//! `changes.csv`: what changed since the release before.

use super::changes::{Change, ChangedPlace};
use super::tables::Plain;

const COLUMNS: [&str; 18] = [
    "scope",
    "set",
    "slug",
    "name",
    "cell",
    "before",
    "after",
    "new",
    "newly_found",
    "split",
    "merged",
    "gone",
    "stale",
    "border",
    "reclassified_kind",
    "reclassified_operator",
    "reclassified_linked",
    "newly_walked",
];

/// The lines; none when there is no release before.
pub(super) fn changes(changes: &[Change]) -> Plain<18> {
    Plain { table: "changes", columns: COLUMNS, rows: changes.iter().map(line).collect() }
}

fn line(change: &Change) -> [String; COLUMNS.len()] {
    let Change { place, before, after, changes, border } = change;
    let (scope, set, slug, name, cell) = match place {
        ChangedPlace::Census => ("census", String::new(), String::new(), String::new(), String::new()),
        ChangedPlace::Area { set, slug, name } => ("area", set.clone(), slug.clone(), name.clone(), String::new()),
        ChangedPlace::Cell(cell) => ("cell", String::new(), String::new(), String::new(), cell.to_string()),
    };
    let known = |number: &Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    [
        scope.to_owned(),
        set,
        slug,
        name,
        cell,
        known(before),
        known(after),
        changes.new.to_string(),
        changes.newly_found.to_string(),
        changes.split.to_string(),
        changes.merged.to_string(),
        changes.gone.to_string(),
        changes.stale.to_string(),
        border.map(|border| border.to_string()).unwrap_or_default(),
        changes.reclassified_kind.to_string(),
        changes.reclassified_operator.to_string(),
        changes.reclassified_linked.to_string(),
        changes.newly_walked.to_string(),
    ]
}
