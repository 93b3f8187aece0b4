//! `effort` and `effort-units`: what each pass says of each unit, and how the units stand today. `effort-areas`: the sums by
//! area. `walk-next`: where to go.

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
use crate::areas::Locator;
use crate::effort::{UnitFinder, UnitStatus, WalkNext, complete_in, measure};
use crate::model::{Area, AuditUnit, PassLetter, SourceKind, UnitId, UnitShape, UnitState};

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

/// Units, and their extent.
#[derive(Clone, Copy, Default)]
struct Amount {
    units: u64,
    extent: u64,
}

impl Amount {
    const fn add(&mut self, extent: u64) {
        self.units += 1;
        self.extent += extent;
    }
}

/// What was walked of the units of one kind in one area.
#[derive(Clone, Copy, Default)]
struct Walked {
    named: Amount,
    by_any: Amount,
    by_all: Amount,
    none_found: Amount,
}

/// One line for each area, wave and kind of unit, the waves in closing order. A unit belongs to the area its middle lies in,
/// as it does for estimates and shares.
pub(super) fn by_area(inputs: &Inputs) -> Plain<14> {
    let units: BTreeMap<UnitId, &AuditUnit> = inputs.effort.units.iter().map(|unit| (unit.id, unit)).collect();
    let mut rows = Vec::new();
    for set in &inputs.areas {
        let locator = Locator::new(set);
        let place = |unit: &AuditUnit| {
            let area = locator.area_of(middle(&unit.shape)).and_then(|at| set.areas.get(at));
            area.map_or(Area::UNASSIGNED, |area| area.slug.as_str())
        };
        let areas: BTreeMap<UnitId, &str> = units.iter().map(|(id, unit)| (*id, place(unit))).collect();
        for wave in &inputs.effort.waves {
            let found: BTreeSet<UnitId> =
                found_beside(inputs, &wave.campaign, &wave.wave).into_iter().map(|(_, unit)| unit).collect();
            let complete = || wave.marks.iter().filter(|mark| mark.state == UnitState::Complete);
            let passes: BTreeSet<PassLetter> = complete().map(|mark| mark.pass).collect();
            let passes: Vec<PassLetter> = passes.into_iter().collect();
            let by_all = complete_in(wave, &passes);
            let by_any: BTreeSet<UnitId> = complete().map(|mark| mark.unit).collect();
            let named: BTreeSet<UnitId> = wave.marks.iter().map(|mark| mark.unit).collect();
            let mut sums: BTreeMap<(&str, &str), Walked> = BTreeMap::new();
            for id in named {
                let (Some(unit), Some(area)) = (units.get(&id), areas.get(&id)) else { continue };
                let (sum, extent) = (sums.entry((area, kind(unit))).or_default(), measure(&unit.shape));
                sum.named.add(extent);
                if by_any.contains(&id) {
                    sum.by_any.add(extent);
                    if !found.contains(&id) {
                        sum.none_found.add(extent);
                    }
                }
                if by_all.contains(&id) {
                    sum.by_all.add(extent);
                }
            }
            let passes = passes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
            rows.extend(sums.into_iter().map(|((area, kind), walked)| {
                let Walked { named, by_any, by_all, none_found } = walked;
                let [named, by_any, by_all, none_found] = [named, by_any, by_all, none_found]
                    .map(|Amount { units, extent }| [units.to_string(), extent.to_string()]);
                let [units, extent] = named;
                let [walked_units, walked_extent] = by_any;
                let [all_units, all_extent] = by_all;
                let [none_units, none_extent] = none_found;
                [
                    set.slug.clone(),
                    area.to_owned(),
                    format!("{}/{}", wave.campaign, wave.wave),
                    kind.to_owned(),
                    passes.clone(),
                    yes_no(wave.is_frame).to_owned(),
                    units,
                    extent,
                    walked_units,
                    walked_extent,
                    all_units,
                    all_extent,
                    none_units,
                    none_extent,
                ]
            }));
        }
    }
    let columns = [
        "set",
        "area",
        "wave",
        "kind",
        "passes",
        "in_frame",
        "units",
        "extent",
        "walked_units",
        "walked_extent",
        "walked_by_all_units",
        "walked_by_all_extent",
        "none_found_units",
        "none_found_extent",
    ];
    Plain { table: "effort-areas", columns, rows }
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
