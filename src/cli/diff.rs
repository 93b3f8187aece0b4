//! `release diff`: what changed between two releases.

use anyhow::Context as _;

use super::{Outcome, Shared, output};
use crate::release::{Change, ChangedPlace, Release, ReleaseId, Shelf, diff};

pub(super) fn run(
    before: &str,
    after: Option<&str>,
    list: Option<&str>,
    shelf: &Shelf,
    shared: &Shared,
) -> anyhow::Result<Outcome> {
    let earlier = open(shelf, before)?;
    let later = match after {
        Some(id) => open(shelf, id)?,
        None => shelf.latest()?.context("there is no release yet; `release build` makes one")?,
    };
    let changes = diff(&earlier, &later, list)?;
    if shared.json {
        let lines: Vec<_> = changes.iter().map(object).collect();
        output::json(&serde_json::json!({
            "before": earlier.manifest.id, "after": later.manifest.id, "list": list,
            "regions": regions(&earlier, &later), "changes": lines,
        }))?;
        return Ok(Outcome::Done);
    }
    output::line(format!("{} -> {}", earlier.manifest.id, later.manifest.id))?;
    for change in &changes {
        if let Some(line) = sentence(change) {
            output::line(line)?;
        }
    }
    let cells = changes.iter().filter(|change| matches!(change.place, ChangedPlace::Cell(_))).count();
    output::line(format!(
        "{cells} cells and {} regions changed; --json tells which, and changes.csv of a release tells the same against the \
         release before it",
        regions(&earlier, &later).len()
    ))?;
    Ok(Outcome::Done)
}

fn open(shelf: &Shelf, id: &str) -> anyhow::Result<Release> {
    let id = ReleaseId::parse(id).context("a release is named by its id; `release list` shows them")?;
    Ok(shelf.open(&id)?)
}

/// Regions whose published rows differ, by the hashes of both manifests.
fn regions(before: &Release, after: &Release) -> Vec<String> {
    let (before, after) = (&before.manifest.regions, &after.manifest.regions);
    let mut changed: Vec<String> = before
        .iter()
        .filter(|(region, hash)| after.get(*region) != Some(*hash))
        .map(|(region, _)| region.clone())
        .chain(after.keys().filter(|region| !before.contains_key(*region)).cloned())
        .collect();
    changed.sort_unstable();
    changed
}

fn object(change: &Change) -> serde_json::Value {
    let Change { place, before, after, changes, border } = change;
    let place = match place {
        ChangedPlace::Census => serde_json::json!({ "scope": "census" }),
        ChangedPlace::Area { set, slug, name } => {
            serde_json::json!({ "scope": "area", "set": set, "slug": slug, "name": name })
        }
        ChangedPlace::Cell(cell) => serde_json::json!({ "scope": "cell", "cell": cell.to_string() }),
    };
    let mut line = serde_json::json!({ "before": before, "after": after, "border": border });
    for part in [place, serde_json::json!(changes)] {
        if let (Some(line), serde_json::Value::Object(part)) = (line.as_object_mut(), part) {
            line.extend(part);
        }
    }
    line
}

/// What changed in the census or in an area, in one line; cells are too many to print.
fn sentence(change: &Change) -> Option<String> {
    let Change { place, before, after, changes, border } = change;
    let name = match place {
        ChangedPlace::Census => "all".to_owned(),
        ChangedPlace::Area { set, slug, .. } => format!("{set}/{slug}"),
        ChangedPlace::Cell(_) => return None,
    };
    let known = |number: &Option<u32>| number.map_or("not known".to_owned(), |number| number.to_string());
    let reclassified = changes.reclassified_kind + changes.reclassified_operator + changes.reclassified_linked;
    let border = border.filter(|border| *border != 0).map(|border| format!(", {border:+} at the border"));
    Some(format!(
        "{name}: {} -> {} cameras ({} new, {} newly found, {} split, {} merged, {} gone, {} stale{}), {reclassified} re-classified, {} \
         newly walked",
        known(before),
        known(after),
        changes.new,
        changes.newly_found,
        changes.split,
        changes.merged,
        changes.gone,
        changes.stale,
        border.unwrap_or_default(),
        changes.newly_walked
    ))
}
