//! Which cameras still stand: those that are gone, and those that nobody has confirmed for a long time (rule A6).

use std::collections::HashSet;

use super::inputs::Inputs;
use crate::density::Counts;
use crate::matching::{AtGate, Gate, Prepared, found_gone, sensitivity};
use crate::model::{Camera, IsoWeek, Observed, RowsMode, Ruling, Source, SourceKind};

/// The cameras of one body of data.
pub(super) struct Standing {
    /// Those that are counted.
    pub(super) counted: Vec<Camera>,
    /// Those that nobody has confirmed for so long that they are counted apart.
    pub(super) stale: Vec<Camera>,
    /// Those that somebody found gone and nobody has seen since.
    pub(super) gone: Vec<Camera>,
    /// How many would be counted under other gates.
    pub(super) sensitivity: [AtGate; 3],
    /// The sightings of cameras that are not counted.
    pub(super) left_out: HashSet<Observed>,
}

impl Standing {
    /// Matches the sightings of one body of data and sorts out what still stands. A list says what its publisher says:
    /// nothing in it is gone or stale.
    pub(super) fn of(inputs: &Inputs, list: Option<&Source>, observed: &[Observed]) -> Self {
        let (rulings, gone): (&[Ruling], &[_]) =
            if list.is_none() { (&inputs.rulings, &inputs.gone) } else { (&[], &[]) };
        let prepared = Prepared::of(observed, rulings);
        let matching = prepared.matching(Gate::NORMAL);
        let is_gone = found_gone(&matching, observed, gone);
        let staling = Staling::of(inputs, list);
        let mut standing = Self {
            counted: Vec::with_capacity(matching.cameras().len()),
            stale: Vec::new(),
            gone: Vec::new(),
            sensitivity: sensitivity(&prepared, 0),
            left_out: HashSet::new(),
        };
        for (number, (camera, is_gone)) in matching.cameras().iter().zip(is_gone).enumerate() {
            let sightings = || matching.members(number).iter().map(|&at| &observed[at as usize]);
            let into = if is_gone {
                &mut standing.gone
            } else if staling.as_ref().is_some_and(|staling| sightings().all(|seen| staling.is_old(seen))) {
                &mut standing.stale
            } else {
                standing.counted.push(*camera);
                continue;
            };
            into.push(*camera);
            standing.left_out.extend(sightings());
        }
        let cameras = u32::try_from(standing.counted.len()).unwrap_or(u32::MAX);
        if standing.left_out.is_empty() {
            standing.sensitivity[1].cameras = cameras;
        } else {
            // What is not counted under one gate is not counted under the others.
            drop(prepared);
            let kept: Vec<Observed> =
                observed.iter().filter(|seen| !standing.left_out.contains(seen)).copied().collect();
            standing.sensitivity = sensitivity(&Prepared::of(&kept, rulings), cameras);
        }
        standing
    }

    /// What is counted apart, by the cell it stood in.
    pub(super) fn apart(&self) -> impl Iterator<Item = (h3o::CellIndex, Counts)> {
        let stale = self.stale.iter().map(|camera| (camera.cell, Counts { stale: 1, ..Counts::default() }));
        stale.chain(self.gone.iter().map(|camera| (camera.cell, Counts { gone: 1, ..Counts::default() })))
    }
}

/// When the sightings of a body of data are too old to stand for a camera by themselves.
struct Staling {
    after_weeks: i32,
    as_of: IsoWeek,
    /// For each occasion, whether its weeks tell when somebody looked.
    observes: Vec<bool>,
}

impl Staling {
    /// `None` where nothing becomes stale.
    fn of(inputs: &Inputs, list: Option<&Source>) -> Option<Self> {
        let after_weeks = inputs.policy.stale_after_weeks.filter(|_| list.is_none())?;
        let is_register =
            |slug: &str| inputs.sources.iter().any(|source| source.slug == slug && source.rows == RowsMode::Register);
        let observes = |occasion: &crate::model::Occasion| {
            occasion.kind == SourceKind::Field
                || (occasion.kind == SourceKind::Import && !is_register(&occasion.source))
        };
        Some(Self {
            after_weeks: i32::try_from(after_weeks).unwrap_or(i32::MAX),
            as_of: inputs.as_of,
            observes: inputs.occasions.iter().map(observes).collect(),
        })
    }

    /// Whether somebody saw this so long ago that it says little of today. A row of a register stands for as long as the
    /// register lists it: its week tells when the camera was installed, not when somebody looked.
    fn is_old(&self, seen: &Observed) -> bool {
        let observes = self.observes.get(seen.occasion.0 as usize).copied().unwrap_or_default();
        observes && seen.sighting.week.is_some_and(|week| week.weeks_until(self.as_of) >= self.after_weeks)
    }
}
