//! Taking in marks of survey sheets, and making the sheets.

use std::collections::BTreeMap;

use h3o::{CellIndex, LatLng, Resolution};

use super::error::AppError;
use super::submit::SubmitError;
use super::tokens::admit;
use crate::effort::segment_dm;
use crate::model::{
    AuditUnit, Occasion, PassLetter, Problem, Secret, SourceKind, TokenPurpose, UnitId, UnitShape, UnitState,
};
use crate::storage::{PendingMark, Store};

/// A sheet holds the units whose middle lies in one cell of this resolution: about 350 m wide, a walk of an afternoon.
const SHEET: Resolution = Resolution::Nine;

/// One mark, as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentMark {
    /// Slug of the campaign.
    pub campaign: String,
    /// Slug of the wave.
    pub wave: String,
    /// The team, where no token says it.
    pub pass: Option<PassLetter>,
    /// What was walked.
    pub unit: UnitId,
    /// How completely. That nothing was seen is not part of it: a zero is sent as `complete`, and worked out in the release
    /// from the absence of reports. Kept as a mark of its own it would tell which of the walked streets has nothing but
    /// home cameras (`docs/adr/0011-effort-and-zeros.md`).
    pub state: UnitState,
}

/// Stores a mark until a moderator has looked at it. Sent again with the same secret it changes nothing. `token` is
/// the header `Census-Token`, which pays for one mark and decides the team.
///
/// # Errors
/// What is wrong with it, by JSON Pointer; that the campaign takes marks with tokens only, that the secret stands for
/// another mark, that too many wait; or that the database fails. Nothing was stored then.
pub async fn mark(
    store: &Store,
    secret: &Secret,
    token: Option<&str>,
    sent: &SentMark,
) -> Result<Result<(), Problem>, SubmitError> {
    let problem = |member: &str, code, message: &str| {
        Ok(Err(Problem { pointer: format!("/{member}"), code, message: message.to_owned() }))
    };
    let Some(campaign) = store.campaign(&sent.campaign).await? else {
        return problem("campaign", "no_campaign", "There is no such campaign here.");
    };
    let admission = admit(store, token, sent.campaign.as_str(), TokenPurpose::Marks).await?;
    match store.wave(&sent.campaign, &sent.wave).await? {
        None => return problem("wave", "no_wave", "The campaign has no such wave; ask its coordinator for the name."),
        Some(wave) if wave.closed.is_some() => {
            return problem("wave", "wave_closed", "This wave is closed and takes no more marks.");
        }
        Some(_) => {}
    }
    let by_token = admission.as_ref().and_then(|admission| admission.pass);
    if sent.pass.is_some() && by_token.is_some() && by_token != sent.pass {
        return problem(
            "pass",
            "token_contradicted",
            "The token is of another team, and decides; leave the member out.",
        );
    }
    if admission.as_ref().is_some_and(|admission| admission.wave.as_ref().is_some_and(|wave| *wave != sent.wave)) {
        return problem("wave", "token_contradicted", "The token is of another wave, and decides.");
    }
    let Some(pass) = by_token.or(sent.pass) else {
        return problem("pass", "pass_missing", "Say which team walked it, A to F.");
    };
    if !store.wave_has_unit(&sent.campaign, &sent.wave, sent.unit).await? {
        return problem("unit", "no_unit", "The wave has no such unit; load its sheets again.");
    }
    let occasion = Occasion {
        campaign: sent.campaign.clone(),
        source: sent.campaign.clone(),
        kind: SourceKind::Field,
        wave: Some(sent.wave.clone()),
        pass: Some(pass),
        key_epoch: admission.as_ref().map_or(0, |admission| admission.key_epoch),
    };
    let occasion = store.occasion_id(&occasion).await?;
    let mark = PendingMark { id: secret.sighting_id(0), occasion, unit: sent.unit, state: sent.state };
    store.insert_mark(mark, campaign.max_pending, admission.as_ref().map(|admission| &admission.spend)).await?;
    Ok(Ok(()))
}

/// One unit on a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetUnit {
    /// Number of its sheet, from 1.
    pub sheet: u32,
    /// The unit.
    pub unit: AuditUnit,
    /// Length in decimetres, of a street.
    pub length_dm: Option<u64>,
}

/// The sheets of an open wave: every unit once, by sheet and then by id, so that the same units always give the same
/// sheets. `None` when the campaign has no such wave or it is closed. Says nothing of what was found or walked.
///
/// # Errors
/// When the database fails.
pub async fn sheets(store: &Store, campaign: &str, wave: &str) -> Result<Option<Vec<SheetUnit>>, AppError> {
    match store.wave(campaign, wave).await? {
        Some(wave) if wave.closed.is_none() => {}
        _ => return Ok(None),
    }
    let mut by_cell: BTreeMap<CellIndex, Vec<AuditUnit>> = BTreeMap::new();
    for unit in store.wave_units(campaign, wave).await? {
        if let Some(cell) = sheet_of(&unit.shape) {
            by_cell.entry(cell).or_default().push(unit);
        }
    }
    let sheets = (1..).zip(by_cell.into_values()).flat_map(|(sheet, mut units)| {
        units.sort_by_key(|unit| unit.id);
        units.into_iter().map(move |unit| {
            let length_dm = match &unit.shape {
                UnitShape::Segment(points) => Some(segment_dm(points)),
                UnitShape::Cell(_) => None,
            };
            SheetUnit { sheet, unit, length_dm }
        })
    });
    Ok(Some(sheets.collect()))
}

/// The cell whose sheet a unit stands on: that of the middle one of its points, or of a cell its parent.
fn sheet_of(shape: &UnitShape) -> Option<CellIndex> {
    match shape {
        UnitShape::Cell(cell) => cell.parent(SHEET),
        UnitShape::Segment(points) => {
            let [longitude, latitude] = points.get(points.len() / 2)?.map(|micro| f64::from(micro) / 1e6);
            Some(LatLng::new(latitude, longitude).ok()?.to_cell(SHEET))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_streets_stand_on_one_sheet_and_far_ones_on_another() {
        let street = |longitude: i32| UnitShape::segment(vec![[longitude, 52_500_000], [longitude + 400, 52_500_100]]);
        let sheet = |longitude| street(longitude).as_ref().and_then(sheet_of);
        assert!(sheet(13_400_000).is_some());
        assert_eq!(sheet(13_400_000), sheet(13_400_400));
        assert_ne!(sheet(13_400_000), sheet(13_420_000));
    }
}
