//! Importing effort files, and telling what effort is known.

use std::collections::HashMap;
use std::io::{self, Read as _};

use super::error::AppError;
use super::read::InputFile;
use crate::effort::{EffortReader, ReadOptions, measure};
use crate::model::{Effort, FileReport, IsoWeek, PassLetter, UnitId, UnitKind, UnitState};
use crate::storage::{EffortCounts, Store};

/// Largest effort file, bytes: it is held in memory. A street takes about 250, so this is some million of them.
const LARGEST_FILE: u64 = 512 << 20;

/// What an import of effort did.
#[derive(Debug, Clone, serde::Serialize)]
pub struct EffortOutcome {
    /// Features accepted.
    pub accepted: u64,
    /// Features refused.
    pub refused: u64,
    /// Audit units the accepted features stand for.
    pub units: u64,
    /// Units that were not known before.
    pub units_added: u64,
    /// Marks of units that a pass had said nothing of.
    pub marks_added: u64,
    /// Marks that say something else than before.
    pub marks_changed: u64,
    /// Marks that were there already.
    pub marks_unchanged: u64,
    /// Whether this was a dry run.
    pub dry_run: bool,
    /// What was found in each file.
    pub files: Vec<FileReport>,
}

/// Reads effort files and stores what is good in them, in one transaction. Importing the same files again changes nothing.
///
/// # Errors
/// When a file cannot be read or is larger than memory should hold, there is no such campaign, or the database fails.
pub async fn import_effort(
    options: ReadOptions,
    files: impl Iterator<Item = io::Result<InputFile>>,
    store: &Store,
    week: IsoWeek,
    dry_run: bool,
) -> Result<EffortOutcome, AppError> {
    let mut reader = EffortReader::new(options, store.effort_kinds().await?);
    let files = files.map(|file| read_file(file?, &mut reader)).collect::<Result<Vec<_>, AppError>>()?;
    let effort = reader.finish();
    let EffortCounts { units_added, marks_added, marks_changed, marks_unchanged } =
        store.add_effort(&effort, week, !dry_run).await?;
    Ok(EffortOutcome {
        accepted: files.iter().map(|file| file.report.accepted).sum(),
        refused: files.iter().map(|file| file.report.refused).sum(),
        units: effort.units.len() as u64,
        units_added,
        marks_added,
        marks_changed,
        marks_unchanged,
        dry_run,
        files,
    })
}

fn read_file(file: InputFile, reader: &mut EffortReader) -> Result<FileReport, AppError> {
    let InputFile { path, bytes } = file;
    let mut content = Vec::new();
    let failed = |e: io::Error| io::Error::new(e.kind(), format!("{path} could not be read to its end: {e}"));
    let length = bytes.take(LARGEST_FILE + 1).read_to_end(&mut content).map_err(failed)?;
    if length as u64 > LARGEST_FILE {
        return Err(AppError::Refused(format!("{path} is larger than 512 MB; split it and import the parts")));
    }
    let report = reader.read(&content);
    Ok(FileReport { path, report })
}

/// What is known of one wave.
#[derive(Debug, Clone, serde::Serialize)]
pub struct WaveSummary {
    /// Slug of the campaign.
    pub campaign: String,
    /// Slug of the wave.
    pub wave: String,
    /// `segments`, measured in kilometres, or `cells`, measured in square kilometres.
    pub kind: &'static str,
    /// Whether its units are all there are.
    pub is_frame: bool,
    /// Every unit that a pass names.
    pub all: Amount,
    /// Units that one pass or more walked completely.
    pub surveyed: Amount,
    /// What each pass says, A to F.
    pub passes: Vec<PassSummary>,
}

/// What one pass says.
#[derive(Debug, Clone, serde::Serialize)]
pub struct PassSummary {
    /// Its letter.
    pub pass: char,
    /// Walked from end to end.
    pub complete: Amount,
    /// Walked in part.
    pub partial: Amount,
    /// Could not be seen.
    pub not_visible: Amount,
    /// Nobody was there.
    pub not_walked: Amount,
}

/// How many units, and how long or large they are together.
#[derive(Debug, Clone, Copy, PartialEq, Default, serde::Serialize)]
pub struct Amount {
    /// Units.
    pub units: u64,
    /// Kilometres of streets; absent for cells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub km: Option<f64>,
    /// Square kilometres of cells; absent for streets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub km2: Option<f64>,
}

/// The effort of every wave, by campaign and wave.
///
/// # Errors
/// When the database fails.
pub async fn list_effort(store: &Store) -> Result<Vec<WaveSummary>, AppError> {
    Ok(summaries(&store.effort().await?))
}

fn summaries(effort: &Effort) -> Vec<WaveSummary> {
    let sizes: HashMap<UnitId, u64> = effort.units.iter().map(|unit| (unit.id, measure(&unit.shape))).collect();
    let summary = |wave| {
        let kind = effort.kind_of(wave)?;
        let marks = &wave.marks;
        let sum = |keep: &dyn Fn(PassLetter, UnitState) -> bool| {
            let mut units: Vec<UnitId> =
                marks.iter().filter(|mark| keep(mark.pass, mark.state)).map(|mark| mark.unit).collect();
            units.sort_unstable();
            units.dedup();
            amount(kind, &units, &sizes)
        };
        let mut letters: Vec<PassLetter> = marks.iter().map(|mark| mark.pass).collect();
        letters.sort_unstable();
        letters.dedup();
        let of_pass = |pass: PassLetter| {
            let of = |state| sum(&|p, s| (p, s) == (pass, state));
            PassSummary {
                pass: pass.letter(),
                complete: of(UnitState::Complete),
                partial: of(UnitState::Partial),
                not_visible: of(UnitState::NotVisible),
                not_walked: of(UnitState::NotWalked),
            }
        };
        Some(WaveSummary {
            campaign: wave.campaign.clone(),
            wave: wave.wave.clone(),
            kind: match kind {
                UnitKind::Segment => "segments",
                UnitKind::Cell => "cells",
            },
            is_frame: wave.is_frame,
            all: sum(&|_, _| true),
            surveyed: sum(&|_, state| state == UnitState::Complete),
            passes: letters.into_iter().map(of_pass).collect(),
        })
    };
    effort.waves.iter().filter_map(summary).collect()
}

fn amount(kind: UnitKind, units: &[UnitId], sizes: &HashMap<UnitId, u64>) -> Amount {
    let size: u64 = units.iter().filter_map(|unit| sizes.get(unit)).sum();
    #[expect(clippy::cast_precision_loss, reason = "all streets of the earth are below 2^53 dm")]
    let size = size as f64;
    let (km, km2) = match kind {
        UnitKind::Segment => (Some(size / 1e4), None),
        UnitKind::Cell => (None, Some(size / 1e6)),
    };
    Amount { units: units.len() as u64, km, km2 }
}
