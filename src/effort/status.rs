//! What is known of each unit today.

use std::collections::BTreeSet;

use crate::model::{AuditUnit, Effort, PassLetter, UnitId, UnitState, WaveEffort};

/// How a unit stands: as the latest wave that names it left it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitStatus {
    /// Index in [`Effort::units`].
    pub unit: usize,
    /// Index in [`Effort::waves`] of the latest wave that names it.
    pub wave: usize,
    /// Passes of that wave that walked it completely, 0 to 6.
    pub passes_complete: u8,
    /// Passes of that wave that walked it in part, 0 to 6.
    pub passes_partial: u8,
    /// Whether any of the waves that name it has a frame: then a share of what is there can be told.
    pub is_in_frame: bool,
    /// What each pass of that wave says, A to F.
    pub state_by_pass: [Option<UnitState>; 6],
}

impl UnitStatus {
    /// Whether at least one pass walked it completely.
    #[must_use]
    pub const fn is_surveyed(&self) -> bool {
        self.passes_complete > 0
    }

    /// Whether it cannot be seen at all: somebody said so, and nobody walked any of it.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.passes_complete == 0
            && self.passes_partial == 0
            && self.state_by_pass.contains(&Some(UnitState::NotVisible))
    }
}

/// The status of every unit that one of these waves names, by unit.
///
/// `order` are indices into [`Effort::waves`], the wave that was closed first, first; waves left out are not looked at
/// (open ones, or another campaign's).
#[must_use]
pub fn unit_status(effort: &Effort, order: &[usize]) -> Vec<UnitStatus> {
    let mut found: Vec<Option<UnitStatus>> = vec![None; effort.units.len()];
    for &index in order {
        let Some(wave) = effort.waves.get(index) else { continue };
        for mark in &wave.marks {
            let Some(unit) = effort.unit_index(&mark.unit) else { continue };
            let is_in_frame = wave.is_frame || found[unit].is_some_and(|earlier| earlier.is_in_frame);
            let status = match &mut found[unit] {
                Some(status) if status.wave == index => status,
                other => other.insert(UnitStatus {
                    unit,
                    wave: index,
                    passes_complete: 0,
                    passes_partial: 0,
                    is_in_frame,
                    state_by_pass: [None; 6],
                }),
            };
            status.state_by_pass[usize::from(mark.pass.number()) - 1] = Some(mark.state);
            status.passes_complete += u8::from(mark.state == UnitState::Complete);
            status.passes_partial += u8::from(mark.state == UnitState::Partial);
        }
    }
    found.into_iter().flatten().collect()
}

/// The units that a wave names, by id: those that a [`UnitFinder`](super::UnitFinder) of the wave looks among.
#[must_use]
pub fn named_in(effort: &Effort, wave: &WaveEffort) -> Vec<AuditUnit> {
    let ids: BTreeSet<UnitId> = wave.marks.iter().map(|mark| mark.unit).collect();
    ids.iter().filter_map(|id| effort.units.get(effort.unit_index(id)?)).cloned().collect()
}

/// The units that any pass of a wave walked completely.
#[must_use]
pub fn walked_in(wave: &WaveEffort) -> BTreeSet<UnitId> {
    wave.marks.iter().filter(|mark| mark.state == UnitState::Complete).map(|mark| mark.unit).collect()
}

/// The units that every one of these passes walked completely; none when no pass is asked for.
#[must_use]
pub fn complete_in(wave: &WaveEffort, passes: &[PassLetter]) -> BTreeSet<UnitId> {
    let of = |pass: PassLetter| -> BTreeSet<UnitId> {
        let complete = wave.marks.iter().filter(|mark| mark.pass == pass && mark.state == UnitState::Complete);
        complete.map(|mark| mark.unit).collect()
    };
    let mut sets = passes.iter().map(|pass| of(*pass));
    let first = sets.next().unwrap_or_default();
    sets.fold(first, |all, next| all.intersection(&next).copied().collect())
}
