//! `effort` and `effort-units`: what each pass says of each unit, and how the units stand today. `walk-next`: where to go.

use std::collections::{BTreeMap, BTreeSet};

use h3o::Resolution;

use super::directory::{Directory, hex_of};
use super::error::ReleaseError;
use super::inputs::Inputs;
use super::layer::{self, Layer};
use super::published::described;
use super::shape::Shape;
use super::survey::middle;
use super::tables::Plain;
use super::value::Value;
use crate::effort::{UnitFinder, UnitStatus, WalkNext, measure};
use crate::model::{AuditUnit, PassLetter, SourceKind, UnitId, UnitShape, UnitState};

/// One line for each unit and pass. `none_found` says that the pass completed the unit and reported no public-space
/// camera beside it: an explicit zero. What a pass found of home cameras is not told.
pub(super) fn effort(inputs: &Inputs) -> Plain<10> {
    let units: BTreeMap<UnitId, &AuditUnit> = inputs.effort.units.iter().map(|unit| (unit.id, unit)).collect();
    let rows = inputs.effort.waves.iter().flat_map(|wave| {
        let found = found_beside(inputs, &wave.campaign, &wave.wave);
        let units = &units;
        wave.marks.iter().filter_map(move |mark| {
            let unit = units.get(&mark.unit)?;
            let none_found = match mark.state {
                UnitState::Complete => yes_no(!found.contains(&(mark.pass, mark.unit))),
                _ => "",
            };
            let (kind, extent) = (kind(unit), measure(&unit.shape).to_string());
            let cell = middle(&unit.shape).parent(Resolution::Ten).map(|cell| cell.to_string()).unwrap_or_default();
            let in_frame = yes_no(wave.is_frame);
            let pass = mark.pass.to_string();
            let fields = [
                &wave.campaign,
                &wave.wave,
                &pass,
                &hex_of(&mark.unit.0),
                kind,
                &cell,
                &extent,
                mark.state.word(),
                none_found,
                in_frame,
            ];
            Some(fields.map(str::to_owned))
        })
    });
    let columns = ["campaign", "wave", "pass", "unit", "kind", "cell", "extent", "state", "none_found", "in_frame"];
    Plain { table: "effort", columns, rows: rows.collect() }
}

/// Writes each unit with its shape as the latest wave that names it left it.
pub(super) fn write_units(
    inputs: &Inputs,
    release: &str,
    statuses: &[UnitStatus],
    directory: &Directory,
) -> Result<(), ReleaseError> {
    let (table, columns) = described("effort-units", ["unit", "kind", "extent", "state", "passes_complete"])?;
    let as_of = inputs.as_of.to_string();
    let layer = Layer {
        stem: "effort-units".to_owned(),
        table,
        columns,
        description: "Streets and cells as the latest wave that names them left them".to_owned(),
        members: vec![("name", &inputs.title), ("release", release), ("as_of", &as_of), ("licence", &inputs.licence)],
    };
    layer::write(&layer, &inputs.policy.formats, directory, |push| {
        for status in statuses {
            let Some(unit) = inputs.effort.units.get(status.unit) else { continue };
            let values = [
                Value::text(hex_of(&unit.id.0)),
                Value::text(kind(unit)),
                Value::integer(measure(&unit.shape)),
                Value::text(state(status).word()),
                Value::integer(u64::from(status.passes_complete)),
            ];
            push(Some(&Shape::of_unit(unit)), &values)?;
        }
        Ok(())
    })
}

fn state(status: &UnitStatus) -> UnitState {
    if status.is_surveyed() {
        UnitState::Complete
    } else if status.passes_partial > 0 {
        UnitState::Partial
    } else if status.is_closed() {
        UnitState::NotVisible
    } else {
        UnitState::NotWalked
    }
}

/// The cells with something left to walk, the most urgent first. Extents as in `cells-r*.csv`.
pub(super) fn walk_next(rows: &[WalkNext]) -> Plain<6> {
    let rows = rows.iter().enumerate().map(|(number, row)| {
        let numbers = [row.frame, row.missing, row.complete, row.once].map(|extent| extent.to_string());
        let [frame, missing, complete, once] = numbers;
        [(number + 1).to_string(), row.cell.to_string(), missing, once, complete, frame]
    });
    let columns = ["rank", "cell", "not_walked", "walked_once", "walked", "frame"];
    Plain { table: "walk-next", columns, rows: rows.collect() }
}

/// The units beside which a pass of a wave reported a public-space camera.
fn found_beside(inputs: &Inputs, campaign: &str, wave: &str) -> BTreeSet<(PassLetter, UnitId)> {
    let passes: Vec<Option<PassLetter>> = inputs
        .occasions
        .iter()
        .map(|occasion| {
            let is_of_wave = occasion.kind != SourceKind::List
                && occasion.campaign == campaign
                && occasion.wave.as_deref() == Some(wave);
            occasion.pass.filter(|_| is_of_wave)
        })
        .collect();
    let finder = UnitFinder::new(&inputs.effort.units);
    let public = inputs.observed.iter().filter(|o| !o.sighting.is_home() && o.sighting.heads > 0);
    public
        .filter_map(|observed| {
            let pass = passes.get(observed.occasion.0 as usize).copied().flatten()?;
            let unit = finder.unit_of(observed.sighting.cell)?;
            Some((pass, inputs.effort.units[unit].id))
        })
        .collect()
}

const fn kind(unit: &AuditUnit) -> &'static str {
    match unit.shape {
        UnitShape::Segment(_) => "segment",
        UnitShape::Cell(_) => "cell",
    }
}

const fn yes_no(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}
