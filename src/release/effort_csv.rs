//! `effort` and `effort-units`: what each pass says of each unit, and how the units stand today. `effort-areas`: the sums by
//! area. `walk-next`: where to go.

use std::collections::{BTreeMap, BTreeSet};

use h3o::{CellIndex, Resolution};

use super::directory::{Directory, hex_of};
use super::error::ReleaseError;
use super::inputs::Inputs;
use super::layer::{self, Layer};
use super::published::described;
use super::shape::Shape;
use super::survey::{WaveSurvey, middle};
use super::tables::Plain;
use super::value::Value;
use crate::areas::Locator;
use crate::effort::{UnitFinder, UnitStatus, WalkNext, complete_in, measure, named_in, walked_in};
use crate::estimate::{Confidence, Observed, dispersion_over};
use crate::model::{Area, AuditUnit, PassLetter, SourceKind, UnitId, UnitShape, UnitState, WaveEffort};

/// The word for streets.
const SEGMENT: &str = "segment";

/// One line for each unit and pass. `none_found` says that the pass completed the unit and reported no public-space
/// camera beside it: an explicit zero. What a pass found of home cameras is not told.
pub(super) fn effort(inputs: &Inputs) -> Plain<10> {
    let units: BTreeMap<UnitId, &AuditUnit> = inputs.effort.units.iter().map(|unit| (unit.id, unit)).collect();
    let rows = inputs.effort.waves.iter().flat_map(|wave| {
        let found = found_beside(inputs, wave);
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
#[derive(Clone, Default)]
struct Walked {
    named: Amount,
    by_any: Amount,
    by_all: Amount,
    none_found: Amount,
    /// Cameras counted in the area beside units that any team walked completely.
    cameras: u64,
    /// Cameras counted beside each unit that any team walked completely, and the extent of the unit.
    by_unit: Vec<(u64, u64)>,
}

impl Walked {
    /// Cameras counted per kilometre of the streets that any team walked completely: the rate with its ends, and whether it
    /// may be printed without its count. Empty for cells, and where nothing was walked.
    fn per_km(&self, kind: &str) -> [String; 4] {
        #[expect(clippy::cast_precision_loss, reason = "all streets of the earth are below 2^53 dm")]
        let kilometres = self.by_any.extent as f64 / 1e4;
        let observed = Observed::new(self.cameras, kilometres).ok().filter(|_| kind == SEGMENT);
        let Some(observed) = observed else { return <[String; 4]>::default() };
        let dispersion = dispersion_over(&self.by_unit);
        let observed = dispersion.map_or(observed, |dispersion| observed.with_dispersion(dispersion));
        let rate = observed.rate(Confidence::NINETY_FIVE);
        let [value, low, high] = [rate.value, rate.interval.low, rate.interval.high].map(|end| format!("{end:.4}"));
        [value, low, high, yes_no(rate.publishable).to_owned()]
    }
}

const BY_AREA: [&str; 19] = [
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
    "walked_cameras",
    "walked_per_km",
    "walked_per_km_low",
    "walked_per_km_high",
    "walked_per_km_publishable",
];

/// One line for each area, wave and kind of unit, the waves in closing order. A unit belongs to the area its middle lies in,
/// as it does for estimates and shares; a camera beside it to the area it stands in itself, as everywhere, so that no line has
/// more of them than the area. `surveys` are those of the waves.
pub(super) fn by_area(inputs: &Inputs, surveys: &[WaveSurvey]) -> Plain<{ BY_AREA.len() }> {
    let units: BTreeMap<UnitId, &AuditUnit> = inputs.effort.units.iter().map(|unit| (unit.id, unit)).collect();
    let waves: Vec<Finds> =
        inputs.effort.waves.iter().zip(surveys).map(|(wave, survey)| Finds::of(inputs, wave, survey)).collect();
    let mut rows = Vec::new();
    for set in &inputs.areas {
        let locator = Locator::new(set);
        let place = |cell: CellIndex| {
            let area = locator.area_of(cell).and_then(|at| set.areas.get(at));
            area.map_or(Area::UNASSIGNED, |area| area.slug.as_str())
        };
        let areas: BTreeMap<UnitId, &str> = units.iter().map(|(id, unit)| (*id, place(middle(&unit.shape)))).collect();
        for finds in &waves {
            let mut sums: BTreeMap<(&str, &str), Walked> = BTreeMap::new();
            for id in &finds.named {
                let (Some(unit), Some(area)) = (units.get(id), areas.get(id)) else { continue };
                finds.add(*id, measure(&unit.shape), sums.entry((area, kind(unit))).or_default());
            }
            for (cell, unit) in finds.beside.iter().filter(|(_, unit)| finds.by_any.contains(unit)) {
                let Some(unit) = units.get(unit) else { continue };
                if let Some(walked) = sums.get_mut(&(place(*cell), kind(unit))) {
                    walked.cameras += 1;
                }
            }
            rows.extend(sums.iter().map(|(place, walked)| finds.line(&set.slug, *place, walked)));
        }
    }
    Plain { table: "effort-areas", columns: BY_AREA, rows }
}

/// What one wave walked and found, by unit.
struct Finds<'a> {
    /// `campaign/wave`.
    name: String,
    /// Letters of the teams that walked something completely, separated by spaces.
    passes: String,
    is_frame: bool,
    named: BTreeSet<UnitId>,
    by_any: BTreeSet<UnitId>,
    by_all: BTreeSet<UnitId>,
    /// Those beside which a team reported a public-space camera.
    found: BTreeSet<UnitId>,
    /// The counted cameras beside a unit.
    beside: &'a [(CellIndex, UnitId)],
    /// How many they are by unit.
    counted: BTreeMap<UnitId, u64>,
}

impl<'a> Finds<'a> {
    fn of(inputs: &Inputs, wave: &WaveEffort, survey: &'a WaveSurvey) -> Self {
        let mut counted: BTreeMap<UnitId, u64> = BTreeMap::new();
        for (_, unit) in &survey.beside {
            *counted.entry(*unit).or_default() += 1;
        }
        Self {
            name: format!("{}/{}", wave.campaign, wave.wave),
            passes: survey.passes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
            is_frame: wave.is_frame,
            named: wave.marks.iter().map(|mark| mark.unit).collect(),
            by_any: walked_in(wave),
            by_all: complete_in(wave, &survey.passes),
            found: found_beside(inputs, wave).into_iter().map(|(_, unit)| unit).collect(),
            beside: &survey.beside,
            counted,
        }
    }

    /// Adds a unit of this extent to a sum.
    fn add(&self, unit: UnitId, extent: u64, sum: &mut Walked) {
        sum.named.add(extent);
        if self.by_any.contains(&unit) {
            sum.by_any.add(extent);
            sum.by_unit.push((self.counted.get(&unit).copied().unwrap_or_default(), extent));
            if !self.found.contains(&unit) {
                sum.none_found.add(extent);
            }
        }
        if self.by_all.contains(&unit) {
            sum.by_all.add(extent);
        }
    }

    fn line(&self, set: &str, (area, kind): (&str, &str), walked: &Walked) -> [String; BY_AREA.len()] {
        let Walked { named, by_any, by_all, none_found, cameras, .. } = walked;
        let [value, low, high, is_publishable] = walked.per_km(kind);
        [
            set.to_owned(),
            area.to_owned(),
            self.name.clone(),
            kind.to_owned(),
            self.passes.clone(),
            yes_no(self.is_frame).to_owned(),
            named.units.to_string(),
            named.extent.to_string(),
            by_any.units.to_string(),
            by_any.extent.to_string(),
            by_all.units.to_string(),
            by_all.extent.to_string(),
            none_found.units.to_string(),
            none_found.extent.to_string(),
            cameras.to_string(),
            value,
            low,
            high,
            is_publishable,
        ]
    }
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

/// The units of a wave beside which one of its passes reported a public-space camera. Only those that the wave names are
/// looked among: another wave may have the same street drawn a little differently.
fn found_beside(inputs: &Inputs, wave: &WaveEffort) -> BTreeSet<(PassLetter, UnitId)> {
    let passes: Vec<Option<PassLetter>> = inputs
        .occasions
        .iter()
        .map(|occasion| {
            let is_of_wave = occasion.kind != SourceKind::List
                && occasion.campaign == wave.campaign
                && occasion.wave.as_deref() == Some(wave.wave.as_str());
            occasion.pass.filter(|_| is_of_wave)
        })
        .collect();
    let named = named_in(&inputs.effort, wave);
    let finder = UnitFinder::new(&named);
    let public = inputs.observed.iter().filter(|o| !o.sighting.is_home() && o.sighting.heads > 0);
    public
        .filter_map(|observed| {
            let pass = passes.get(observed.occasion.0 as usize).copied().flatten()?;
            let unit = finder.unit_of(observed.sighting.cell)?;
            Some((pass, named.get(unit)?.id))
        })
        .collect()
}

const fn kind(unit: &AuditUnit) -> &'static str {
    match unit.shape {
        UnitShape::Segment(_) => SEGMENT,
        UnitShape::Cell(_) => "cell",
    }
}

const fn yes_no(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}
