//! One shot: files in, the inputs of a release out, no database.

use std::io;
use std::path::Path;

use super::gather::{Gatherer, Origin};
use super::read::{InputFile, Reading, read_files};
use crate::figures::{shipped_deployments, shipped_figures};
use crate::model::{AreaSet, Campaign, Effort, FileReport, IsoWeek, Observed, OccasionId, RowsMode, SourceKind};
use crate::privacy::HomeKey;
use crate::release::{Inputs, Policy};

/// What to make a map of.
#[derive(Debug, Clone)]
pub struct MapRequest<'a> {
    /// Name shown on the map.
    pub title: String,
    /// Licence of the data.
    pub licence: String,
    /// Week the release speaks of.
    pub as_of: IsoWeek,
    /// Area sets to count by.
    pub areas: Vec<AreaSet>,
    /// How rows relate; by document when not given.
    pub rows: Option<RowsMode>,
    /// How the files are read.
    pub reading: Reading<'a>,
}

/// Reads files into the inputs of a release. The week of the release is the only thing it knows of time, and the rounding
/// key is the public one, so the same files give the same release everywhere.
///
/// # Errors
/// When a file cannot be read to its end.
pub fn one_shot(
    request: &MapRequest<'_>,
    files: impl Iterator<Item = io::Result<InputFile>>,
) -> io::Result<(Inputs, Vec<FileReport>)> {
    let origin = Origin {
        campaign: Some(Campaign::DEFAULT_SLUG.to_owned()),
        source: "files".to_owned(),
        kind: SourceKind::Import,
        wave: None,
        pass: None,
        rows: request.rows,
    };
    // A release build holds every sighting in memory anyway, so nothing is spilled before it.
    let mut gatherer = Gatherer::new(origin, usize::MAX, Path::new(""));
    let reports = read_files(files, &request.reading, &mut gatherer)?;
    let gathered = gatherer.finish()?;
    let occasions = gathered.occasions().to_vec();
    let observed = gathered.map(|row| row.map(|(_, observed)| observed)).collect::<io::Result<Vec<Observed>>>()?;
    let (occasions, observed) = only_used(&occasions, observed);
    let inputs = Inputs {
        title: request.title.clone(),
        licence: request.licence.clone(),
        as_of: request.as_of,
        previous: None,
        occasions,
        observed,
        sources: Vec::new(),
        figures: shipped_figures().to_vec(),
        deployments: shipped_deployments().to_vec(),
        keys: Vec::new(),
        rulings: Vec::new(),
        areas: request.areas.clone(),
        effort: Effort::default(),
        policy: Policy::one_shot(),
        home_key: HomeKey::ONE_SHOT,
    };
    Ok((inputs, reports))
}

/// Drops occasions nobody saw anything on, so that an empty document leaves no trace in the id of the release.
fn only_used<T: Clone>(table: &[T], mut observed: Vec<Observed>) -> (Vec<T>, Vec<Observed>) {
    let mut new_number: Vec<Option<u32>> = vec![None; table.len()];
    let mut used = Vec::new();
    for row in &mut observed {
        let old = row.occasion.0 as usize;
        let Some(slot) = new_number.get_mut(old) else { continue };
        let number = *slot.get_or_insert_with(|| {
            used.push(table[old].clone());
            u32::try_from(used.len() - 1).unwrap_or(u32::MAX)
        });
        row.occasion = OccasionId(number);
    }
    (used, observed)
}
