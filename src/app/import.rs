//! Importing a coordinator's files: accepted at once, under a named source.

use std::io;
use std::path::Path;

use super::error::AppError;
use super::gather::{Gatherer, Origin};
use super::read::{InputFile, Reading, read_files};
use crate::model::{FileReport, IsoWeek, Occasion, OccasionId, RowsMode, Source, SourceKind};
use crate::storage::{Store, Stored};

/// Sightings kept in memory before runs are spilled: 40 bytes each, so about 40 MB.
const IN_MEMORY: usize = 1 << 20;

/// Rows handed to the database at a time.
const SLICE: usize = 10_000;

/// What to import, and as what.
#[derive(Debug, Clone)]
pub struct ImportRequest<'a> {
    /// Campaign, source, wave, pass and how rows relate.
    pub origin: Origin,
    /// Name of the source for people.
    pub name: String,
    /// SPDX identifier of its licence.
    pub licence: String,
    /// Words its licence wants printed.
    pub attribution: Option<String>,
    /// How the files are read.
    pub reading: Reading<'a>,
    /// Tell what would change, and change nothing.
    pub dry_run: bool,
    /// Let a list become empty, or lose more than half of its rows.
    pub allow_empty: bool,
    /// Files that bring at least so many sightings do not wait for others of their region.
    pub min_changes: u32,
}

/// What an import did.
#[derive(Debug, Clone, serde::Serialize)]
pub struct ImportOutcome {
    /// Features accepted.
    pub accepted: u64,
    /// Features refused.
    pub refused: u64,
    /// Slug of the source.
    pub source: String,
    /// How rows were taken to relate.
    pub rows: &'static str,
    /// Sightings that were not there before.
    pub added: u64,
    /// Sightings that were there already.
    pub unchanged: u64,
    /// Sightings of the list's earlier state that it no longer holds.
    pub removed: u64,
    /// Whether the new ones wait until the next release can take in enough of their region.
    pub waits: bool,
    /// Whether this was a dry run.
    pub dry_run: bool,
    /// What was found in each file.
    pub files: Vec<FileReport>,
}

/// Reads files and stores what is good in them, in one transaction. Importing the same files again changes nothing; a
/// list replaces its earlier self.
///
/// # Errors
/// When a file cannot be read, the database fails, or a list would be emptied or cut short by accident.
pub async fn import(
    request: ImportRequest<'_>,
    files: impl Iterator<Item = io::Result<InputFile>>,
    store: &Store,
    spill_into: &Path,
    week: IsoWeek,
) -> Result<ImportOutcome, AppError> {
    let ImportRequest { origin, name, licence, attribution, reading, dry_run, allow_empty, min_changes } = request;
    let is_list = origin.kind == SourceKind::List;
    let (slug, given_rows) = (origin.source.clone(), origin.rows);
    let mut gatherer = Gatherer::new(origin, IN_MEMORY, spill_into);
    let files = read_files(files, &reading, &mut gatherer)?;
    let accepted: u64 = files.iter().map(|file| file.report.accepted).sum();
    let refused = files.iter().map(|file| file.report.refused).sum();
    if is_list {
        guard_list(&files, accepted, allow_empty)?;
    }
    let gathered = gatherer.finish()?;
    let rows = given_rows.or_else(|| gathered.rows()).unwrap_or(RowsMode::Register);
    let mut outcome = ImportOutcome {
        accepted,
        refused,
        source: slug.clone(),
        rows: rows.word(),
        added: 0,
        unchanged: 0,
        removed: 0,
        waits: !is_list && accepted < u64::from(min_changes),
        dry_run,
        files,
    };
    if accepted == 0 && !is_list {
        return Ok(outcome);
    }
    let source = Source { slug, name, licence, attribution, is_list, rows };
    let mut import = store.begin_import(&source, accepted >= u64::from(min_changes)).await?;
    let mut numbers: Vec<OccasionId> = Vec::new();
    for occasion in gathered.occasions().to_vec() {
        let Occasion { campaign, wave, .. } = &occasion;
        if let Some(wave) = wave {
            import.ensure_closed(campaign, wave, week).await?;
        }
        numbers.push(import.occasion_id(&occasion).await?);
    }
    let mut slice: Vec<Stored> = Vec::with_capacity(SLICE);
    for row in gathered {
        let (id, observed) = row?;
        let Some(&occasion) = numbers.get(observed.occasion.0 as usize) else { continue };
        slice.push(Stored { sighting: observed.sighting, id, occasion });
        if slice.len() == SLICE {
            import.insert(&slice).await?;
            slice.clear();
        }
    }
    import.insert(&slice).await?;
    let expected = import.counts();
    if is_list && !allow_empty && 2 * (expected.added + expected.unchanged) < expected.removed + expected.unchanged {
        import.roll_back().await?;
        return Err(AppError::Refused(format!(
            "the list would shrink from {} to {} sightings, as if the file had been cut short, so it was left as it was; if the \
             register really is that much smaller now, say so with --allow-empty",
            expected.removed + expected.unchanged,
            expected.added + expected.unchanged
        )));
    }
    let counts = if dry_run { import.roll_back().await? } else { import.finish().await? };
    (outcome.added, outcome.unchanged, outcome.removed) = (counts.added, counts.unchanged, counts.removed);
    Ok(outcome)
}

/// A list is replaced whole, so a file that could not be read must not pass for one that holds less.
fn guard_list(files: &[FileReport], accepted: u64, allow_empty: bool) -> Result<(), AppError> {
    let unreadable = files.iter().find(|file| {
        let empty = file.report.problems.iter().any(|problem| problem.code == "no_features");
        file.report.features == 0 && !file.report.problems.is_empty() && !(empty && allow_empty)
    });
    if let Some(file) = unreadable {
        let reason = file.report.problems.first().map_or("", |problem| problem.message.as_str());
        return Err(AppError::Refused(format!(
            "{} could not be used ({reason}), so the list was left as it was; repair the file and import it again",
            file.path
        )));
    }
    if accepted == 0 && !allow_empty {
        return Err(AppError::Refused(
            "not one row was accepted, so the list was left as it was; if the register really is empty now, say so \
             with --allow-empty"
                .to_owned(),
        ));
    }
    Ok(())
}
