//! Why the census believes what it believes about one place: its cameras, and the sightings each rests on.

use h3o::{CellIndex, Resolution};

use super::error::AppError;
use super::publish::{Included, included};
use crate::matching::{Gate, found_gone, match_sightings};
use crate::model::{Camera, Observed, Occasion, SightingId, SourceKind};
use crate::storage::Store;

/// A camera with what it was derived from.
#[derive(Debug, Clone)]
pub struct Explained {
    /// The camera; its reason says why the sightings were joined.
    pub camera: Camera,
    /// Whether somebody found it gone and nobody has seen it since: no release counts it.
    pub is_gone: bool,
    /// Its sightings with their ids and the occasions they were made on.
    pub sightings: Vec<(SightingId, Observed, Occasion)>,
}

/// The cameras of field data in a cell, as a release would count them that held everything accepted, what waits for others of its region too.
///
/// # Errors
/// When the database fails, or the cell is finer than cameras are kept.
pub async fn explain(store: &Store, cell: CellIndex) -> Result<Vec<Explained>, AppError> {
    if cell.resolution() > Resolution::Thirteen {
        return Err(AppError::Refused(
            "cameras are kept by cells of resolution 13; ask for one of these or a coarser one".to_owned(),
        ));
    }
    let Included { occasions, observed, ids, rulings, gone, .. } = included(store, true).await?;
    let field = |observed: &Observed| {
        occasions.get(observed.occasion.0 as usize).filter(|occasion| occasion.kind != SourceKind::List)
    };
    let (observed, ids): (Vec<Observed>, Vec<SightingId>) =
        observed.into_iter().zip(ids).filter(|(observed, _)| field(observed).is_some()).unzip();
    let matching = match_sightings(&observed, Gate::NORMAL, &rulings);
    let is_gone = found_gone(&matching, &observed, &gone);
    let here =
        matching.cameras().iter().enumerate().filter(|(_, camera)| camera.cell.parent(cell.resolution()) == Some(cell));
    Ok(here
        .map(|(number, camera)| {
            let members = matching.members(number).iter().filter_map(|&at| {
                let (id, sighting) = (*ids.get(at as usize)?, *observed.get(at as usize)?);
                Some((id, sighting, field(&sighting)?.clone()))
            });
            Explained { camera: *camera, is_gone: is_gone[number], sightings: members.collect() }
        })
        .collect())
}
