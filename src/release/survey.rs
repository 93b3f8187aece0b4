//! What the passes of a wave say about the cameras that nobody saw.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use h3o::{CellIndex, LatLng, Resolution};

use super::inputs::Inputs;
use super::standing::Standing;
use crate::density::Surveyed;
use crate::effort::{CellEffort, UnitFinder, UnitStatus, cell_effort, complete_in, measure, named_in, unit_status};
use crate::estimate::{Capture, Estimate, Linkage, OccasionKind, SurveyCaptures, Verdict, dispersion, estimate};
use crate::matching::{Gate, chance_links, match_sightings};
use crate::model::{
    Effort, Observed, Occasion, OccasionId, PassLetter, SourceKind, UnitId, UnitKind, UnitShape, UnitState, WaveEffort,
};

/// Standard error of the chance that two reports of one camera are linked: what it changes by when the stated accuracy of
/// positions is off by a fifth.
const ALPHA_ERROR: f64 = 0.03;

/// Everything a release knows about effort.
#[derive(Clone, Copy)]
pub(super) struct Survey<'a> {
    /// The waves with effort, in closing order.
    pub(super) waves: &'a [WaveSurvey],
    /// Effort per cell of resolution 10.
    pub(super) cells: &'a [(CellIndex, Surveyed)],
    /// The survey of each unit at its middle.
    pub(super) units: &'a [(CellIndex, Surveyed)],
}

impl Survey<'static> {
    /// Nothing: the survey of a list.
    pub(super) const NONE: Self = Self { waves: &[], cells: &[], units: &[] };
}

/// One wave, ready to be asked about any part of the city.
pub(super) struct WaveSurvey {
    pub(super) campaign: String,
    pub(super) wave: String,
    /// The passes that completed something.
    pub(super) passes: Vec<PassLetter>,
    /// Slugs of the lists that serve as further occasions.
    pub(super) lists: Vec<String>,
    /// Whether it names all there is to walk.
    pub(super) is_framed: bool,
    units: Vec<Unit>,
    cameras: Vec<Seen>,
    /// Every counted camera, whoever reported it, that stands in a unit which every pass completed.
    inside: Vec<CellIndex>,
    /// The counted cameras beside a unit, whoever reported them.
    pub(super) beside: Vec<(CellIndex, UnitId)>,
    chance: [Vec<CellIndex>; 4],
    first_pass: Vec<CellIndex>,
    alpha: Option<f64>,
}

/// A unit of the wave.
struct Unit {
    middle: CellIndex,
    /// Decimetres, or square metres.
    extent: u64,
    is_complete: bool,
    /// Cameras of the passes in it.
    cameras: u64,
}

/// A camera of the wave that stands in a unit which every pass completed.
struct Seen {
    cell: CellIndex,
    capture: Capture,
}

/// Why a place has no estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoEstimate {
    /// No wave with effort says anything about this place.
    NoEffort,
    /// No unit here was walked completely by every pass.
    NoCompleteUnits,
    /// The numbers do not allow one.
    Numbers(crate::estimate::Reason),
}

impl NoEstimate {
    /// The word of the interface.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::NoEffort => "no_effort",
            Self::NoCompleteUnits => "no_complete_units",
            Self::Numbers(reason) => reason.code(),
        }
    }
}

/// What one wave says about one place.
pub(super) struct ScopeEstimate {
    pub(super) outcome: Result<Box<Estimate>, NoEstimate>,
    /// Units of the place that every pass completed, and all units of the place that the wave names.
    pub(super) units: (u64, u64),
    /// The same in decimetres or square metres.
    pub(super) extent: (u64, u64),
    /// Cameras counted in the complete units, whoever reported them.
    pub(super) inside: u32,
    /// Dispersion of the number of cameras per complete unit; `None` for too few.
    pub(super) dispersion: Option<f64>,
    /// Chance of a link within the gate, and of a link by chance.
    pub(super) linkage: Option<Linkage>,
}

/// The surveys of every wave with effort, in the order the waves were closed. Sightings of cameras that are not counted any
/// more take no part.
pub(super) fn surveys(inputs: &Inputs, standing: &Standing) -> Vec<WaveSurvey> {
    inputs.effort.waves.iter().map(|wave| WaveSurvey::of(inputs, standing, wave)).collect()
}

impl WaveSurvey {
    fn of(inputs: &Inputs, standing: &Standing, wave: &WaveEffort) -> Self {
        let (effort, left_out) = (&inputs.effort, &standing.left_out);
        let completed: BTreeSet<PassLetter> =
            wave.marks.iter().filter(|mark| mark.state == UnitState::Complete).map(|mark| mark.pass).collect();
        let passes: Vec<PassLetter> = completed.into_iter().collect();
        let lists: Vec<String> = if passes.is_empty() { Vec::new() } else { inputs.policy.estimate_lists.clone() };
        let bits: HashMap<OccasionId, u8> = (0..)
            .zip(&inputs.occasions)
            .filter_map(|(number, occasion)| Some((OccasionId(number), 1 << bit_of(occasion, wave, &passes, &lists)?)))
            .collect();
        let takes_part = |observed: &&Observed| bits.contains_key(&observed.occasion) && !left_out.contains(observed);
        let observed: Vec<Observed> = inputs.observed.iter().filter(takes_part).copied().collect();
        let complete = complete_in(wave, &passes);
        let named = named_in(effort, wave);
        let mut units: Vec<Unit> = named
            .iter()
            .map(|unit| Unit {
                middle: middle(&unit.shape),
                extent: measure(&unit.shape),
                is_complete: complete.contains(&unit.id),
                cameras: 0,
            })
            .collect();
        let finder = UnitFinder::new(&named);
        let in_complete =
            |cell: CellIndex, units: &[Unit]| finder.unit_of(cell).filter(|&unit| units[unit].is_complete);
        let matching = match_sightings(&observed, Gate::NORMAL, &inputs.rulings);
        let histories = matching.histories(&observed, |observed| bits.get(&observed.occasion).copied().unwrap_or(0));
        let mut cameras = Vec::new();
        for (camera, history) in matching.cameras().iter().zip(histories) {
            let Some(unit) = in_complete(camera.cell, &units) else { continue };
            units[unit].cameras += u64::from(history & pass_bits(&passes) != 0);
            let number = u32::try_from(unit).unwrap_or(u32::MAX);
            cameras.push(Seen {
                cell: camera.cell,
                capture: Capture { history, stratum: camera.kind.code(), unit: number },
            });
        }
        let is_pair = passes.len() + lists.len() == 2;
        let moved = |occasion: OccasionId| bits.get(&occasion).is_some_and(|bit| *bit == 2);
        let chance =
            if is_pair { chance_links(&observed, Gate::NORMAL, moved) } else { <[Vec<Observed>; 4]>::default() };
        let chance = chance.map(|links| {
            let cells = links.into_iter().map(|link| link.sighting.cell);
            cells.filter(|cell| in_complete(*cell, &units).is_some()).collect()
        });
        let counted = standing.counted.iter().map(|camera| camera.cell);
        let beside: Vec<(CellIndex, UnitId)> =
            counted.filter_map(|cell| Some((cell, named.get(finder.unit_of(cell)?)?.id))).collect();
        let inside = beside.iter().filter(|(_, unit)| complete.contains(unit)).map(|(cell, _)| *cell).collect();
        let first_pass = cameras.iter().filter(|seen| seen.capture.history & 1 != 0).map(|seen| seen.cell).collect();
        let is_framed = wave.is_frame;
        let (campaign, wave) = (wave.campaign.clone(), wave.wave.clone());
        Self {
            campaign,
            wave,
            passes,
            lists,
            is_framed,
            units,
            cameras,
            inside,
            beside,
            chance,
            first_pass,
            alpha: alpha(&observed),
        }
    }

    /// Whether the wave names a unit in a place.
    pub(super) fn reaches(&self, within: impl Fn(CellIndex) -> bool) -> bool {
        self.units.iter().any(|unit| within(unit.middle))
    }

    /// What the wave says about the place that holds the cells for which `within` is true.
    pub(super) fn of_scope(&self, within: impl Fn(CellIndex) -> bool) -> ScopeEstimate {
        let units: Vec<&Unit> = self.units.iter().filter(|unit| within(unit.middle)).collect();
        let complete = || units.iter().filter(|unit| unit.is_complete);
        let captures: Vec<Capture> =
            self.cameras.iter().filter(|seen| within(seen.cell)).map(|seen| seen.capture).collect();
        let linkage = self.linkage(&within);
        let occasions = self.passes.iter().map(|_| OccasionKind::Pass);
        let occasions: Vec<OccasionKind> = occasions.chain(self.lists.iter().map(|_| OccasionKind::List)).collect();
        let per_unit: Vec<u64> = complete().map(|unit| unit.cameras).collect();
        let outcome = if complete().next().is_none() {
            Err(NoEstimate::NoCompleteUnits)
        } else {
            match estimate(&SurveyCaptures { occasions, captures: &captures, linkage }) {
                Ok(Verdict::Published(estimate)) => Ok(estimate),
                Ok(Verdict::Refused(reason)) => Err(NoEstimate::Numbers(reason)),
                // Every camera has a history, because only sightings of an occasion were matched.
                Err(_) => Err(NoEstimate::NoCompleteUnits),
            }
        };
        ScopeEstimate {
            outcome,
            units: (complete().count() as u64, units.len() as u64),
            extent: (complete().map(|unit| unit.extent).sum(), units.iter().map(|unit| unit.extent).sum()),
            inside: u32::try_from(self.inside.iter().filter(|cell| within(**cell)).count()).unwrap_or(u32::MAX),
            dispersion: dispersion(&per_unit),
            linkage,
        }
    }

    fn linkage(&self, within: impl Fn(CellIndex) -> bool) -> Option<Linkage> {
        let count = |cells: &[CellIndex]| cells.iter().filter(|cell| within(**cell)).count();
        let first = count(&self.first_pass);
        if self.passes.len() + self.lists.len() != 2 || first == 0 {
            return None;
        }
        #[expect(clippy::cast_precision_loss, reason = "numbers of cameras, far below 2^53")]
        let beta = self.chance.iter().map(|links| count(links) as f64).sum::<f64>() / (4.0 * first as f64);
        Linkage::new(self.alpha?, ALPHA_ERROR, beta.min(1.0)).ok()
    }
}

/// The bit of an occasion among the passes, then the lists; `None` for one that is no part of the survey.
fn bit_of(occasion: &Occasion, wave: &WaveEffort, passes: &[PassLetter], lists: &[String]) -> Option<usize> {
    if occasion.kind == SourceKind::List {
        return lists.iter().position(|list| *list == occasion.source).map(|at| passes.len() + at).filter(|at| *at < 8);
    }
    let is_of_wave = occasion.campaign == wave.campaign && occasion.wave.as_deref() == Some(wave.wave.as_str());
    passes.iter().position(|pass| is_of_wave && occasion.pass == Some(*pass))
}

fn pass_bits(passes: &[PassLetter]) -> u8 {
    u8::try_from((1_u16 << passes.len()) - 1).unwrap_or(u8::MAX)
}

/// The mean chance that two reports as accurate as one of these lie within the gate.
fn alpha(observed: &[Observed]) -> Option<f64> {
    let mut classes: BTreeMap<_, (f64, u32)> = BTreeMap::new();
    for sighting in observed.iter().map(|observed| &observed.sighting).filter(|sighting| !sighting.is_home()) {
        let class = classes.entry(sighting.position).or_insert_with(|| (Gate::NORMAL.reaches(sighting, sighting), 0));
        class.1 += 1;
    }
    let total: f64 = classes.values().map(|(_, count)| f64::from(*count)).sum();
    (total > 0.0).then(|| classes.values().map(|(chance, count)| chance * f64::from(*count)).sum::<f64>() / total)
}

/// The resolution-13 cell in the middle of a unit, or the unit cell itself.
pub(super) fn middle(shape: &UnitShape) -> CellIndex {
    match shape {
        UnitShape::Cell(cell) => *cell,
        UnitShape::Segment(points) => {
            let at = |[lng, lat]: [i32; 2]| [f64::from(lng) / 1e6, f64::from(lat) / 1e6];
            let half = points.len() / 2;
            let before = points.get(half.saturating_sub(1)).or(points.first()).copied().map_or([0.0; 2], at);
            let after = points.get(half).or(points.last()).copied().map_or([0.0; 2], at);
            let [lng, lat] =
                if points.len() % 2 == 0 { [0, 1].map(|axis| before[axis].midpoint(after[axis])) } else { after };
            // In range, because the door has checked it.
            LatLng::new(lat, lng)
                .map_or(CellIndex::first(Resolution::Thirteen), |middle| middle.to_cell(Resolution::Thirteen))
        }
    }
}

/// What is known of effort today: per cell of resolution 10, and per unit at its middle.
pub(super) struct EffortToday {
    pub(super) statuses: Vec<UnitStatus>,
    pub(super) efforts: Vec<(CellIndex, CellEffort)>,
    pub(super) cells: Vec<(CellIndex, Surveyed)>,
    pub(super) units: Vec<(CellIndex, Surveyed)>,
}

impl EffortToday {
    /// Streets are looked at where there are any, cells otherwise; lengths and areas are never added up.
    pub(super) fn of(effort: &Effort) -> Self {
        let order: Vec<usize> = (0..effort.waves.len()).collect();
        let statuses = unit_status(effort, &order);
        let kind = unit_kind(effort);
        let efforts = kind.map(|kind| cell_effort(effort, &statuses, kind)).unwrap_or_default();
        let cells = efforts.iter().map(|(cell, effort)| {
            let unframed = effort.unframed.complete;
            (*cell, Surveyed { frame: effort.frame(), complete: effort.framed.complete, unframed })
        });
        let units = statuses.iter().filter_map(|status| {
            let unit = effort.units.get(status.unit).filter(|unit| Some(unit.shape.kind()) == kind)?;
            let extent = measure(&unit.shape);
            let complete = if status.is_surveyed() { extent } else { 0 };
            let surveyed = if status.is_in_frame {
                Surveyed { frame: extent, complete, unframed: 0 }
            } else {
                Surveyed { frame: 0, complete: 0, unframed: complete }
            };
            Some((middle(&unit.shape), surveyed))
        });
        let (cells, units) = (cells.collect(), units.collect());
        Self { statuses, efforts, cells, units }
    }
}

/// The kind of unit that shares are told of.
fn unit_kind(effort: &Effort) -> Option<UnitKind> {
    let kinds = || effort.units.iter().map(|unit| unit.shape.kind());
    kinds().find(|kind| *kind == UnitKind::Segment).or_else(|| kinds().next())
}
