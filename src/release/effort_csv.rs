//! `effort.csv` and `effort.geojson`: what each pass says of each unit, and how the units stand today.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use h3o::Resolution;

use super::directory::hex_of;
use super::error::ReleaseError;
use super::inputs::Inputs;
use super::survey::middle;
use super::tables::{formula_safe, write as write_table};
use crate::density::boundary_degrees;
use crate::effort::{UnitFinder, UnitStatus, WalkNext, measure};
use crate::model::{AuditUnit, Effort, PassLetter, SourceKind, UnitId, UnitShape, UnitState};

/// Writes one line for each unit and pass. `none_found` says that the pass completed the unit and reported no public-space
/// camera beside it: an explicit zero. What a pass found of home cameras is not told.
pub(super) fn write_effort(inputs: &Inputs, out: &mut dyn Write) -> Result<(), ReleaseError> {
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
            let (kind, extent) = extent(unit);
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
            Some(fields.map(formula_safe))
        })
    });
    write_table(
        &["campaign", "wave", "pass", "unit", "kind", "cell", "extent", "state", "none_found", "in_frame"],
        rows,
        out,
    )
}

/// Writes each unit with its shape as the latest wave that names it left it.
pub(super) fn write_units(effort: &Effort, statuses: &[UnitStatus], out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
    for (number, status) in statuses.iter().enumerate() {
        let Some(unit) = effort.units.get(status.unit) else { continue };
        let geometry = match &unit.shape {
            UnitShape::Segment(points) => {
                let points: Vec<[f64; 2]> =
                    points.iter().map(|[lng, lat]| [f64::from(*lng) / 1e6, f64::from(*lat) / 1e6]).collect();
                serde_json::json!({ "type": "LineString", "coordinates": points })
            }
            UnitShape::Cell(cell) => {
                let micro = |degrees: f64| (degrees * 1e6).round() / 1e6;
                let mut ring: Vec<[f64; 2]> =
                    boundary_degrees(*cell).into_iter().map(|(lng, lat)| [micro(lng), micro(lat)]).collect();
                ring.extend(ring.first().copied());
                serde_json::json!({ "type": "Polygon", "coordinates": [ring] })
            }
        };
        let state = if status.is_surveyed() {
            UnitState::Complete
        } else if status.passes_partial > 0 {
            UnitState::Partial
        } else if status.is_closed() {
            UnitState::NotVisible
        } else {
            UnitState::NotWalked
        };
        let feature = serde_json::json!({
            "type": "Feature", "geometry": geometry,
            "properties": { "unit": hex_of(&unit.id.0), "state": state.word(), "passes_complete": status.passes_complete },
        });
        out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &feature)?;
    }
    out.write_all(b"\n]}\n")
}

/// Writes the cells with something left to walk, the most urgent first. Extents as in `cells-r*.csv`.
pub(super) fn write_walk_next(rows: &[WalkNext], out: &mut dyn Write) -> Result<(), ReleaseError> {
    let rows = rows.iter().enumerate().map(|(number, row)| {
        let numbers = [row.frame, row.missing, row.complete, row.once].map(|extent| extent.to_string());
        let [frame, missing, complete, once] = numbers;
        [(number + 1).to_string(), row.cell.to_string(), missing, once, complete, frame]
    });
    write_table(&["rank", "cell", "not_walked", "walked_once", "walked", "frame"], rows, out)
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

fn extent(unit: &AuditUnit) -> (&'static str, String) {
    let kind = match unit.shape {
        UnitShape::Segment(_) => "segment",
        UnitShape::Cell(_) => "cell",
    };
    (kind, measure(&unit.shape).to_string())
}

const fn yes_no(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}
