//! What a moderator decides, and what two must agree on.

use std::collections::{BTreeMap, BTreeSet};

use h3o::CellIndex;

use super::desk::{load, plausible_in};
use super::error::AppError;
use super::removal::lower_home;
use crate::matching::{Gate, Near};
use crate::model::{
    Campaign, Decision, IsoWeek, Observed, Occasion, OccasionId, PassLetter, RejectReason, SightingId, UnitId, Verdict,
    region_of,
};
pub use crate::storage::{Logged, Proposal, Signature};
use crate::storage::{NewGone, Proposed, StorageError, Store};

/// More decisions than this in one go need a second moderator where there are two (rule A4).
pub const ALONE: usize = 50;
/// Deleting more sightings than this that a release may hold needs a second moderator where there are two.
pub const ALONE_PUBLISHED: u64 = 10;
/// Sightings that can be ruled on in one go.
const RULED: usize = 10;

/// Something to be decided.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Accept these reports.
    Approve(Vec<SightingId>),
    /// Accept the reports of a cell of the queue that no check found anything about.
    ApproveCell(CellIndex),
    /// Refuse these reports.
    Reject(Vec<SightingId>, RejectReason),
    /// Accept these reports, and rule that they are of one camera, or of as many as they are; a single one: of the camera
    /// counted there, or not of it.
    Rule(Vec<SightingId>, Verdict),
    /// Record that the camera these reports speak of is gone.
    Gone(Vec<SightingId>),
    /// Delete these accepted sightings, because they show no camera, and settle the reports that say so.
    NotACamera {
        /// Reports against them.
        reports: Vec<SightingId>,
        /// Accepted sightings.
        sightings: Vec<SightingId>,
    },
    /// Set reports against a camera aside.
    Dismiss(Vec<SightingId>),
    /// Delete accepted sightings because somebody asked.
    Remove(Vec<SightingId>),
    /// Count one home camera less in a cell of resolution 8, because a household asked.
    LowerHome(CellIndex),
    /// Accept or discard these marks of survey sheets.
    Marks(Vec<SightingId>, bool),
    /// Accept or discard the marks of a pass of a wave that wait.
    MarksOf {
        /// Slug of the campaign.
        campaign: String,
        /// Slug of the wave.
        wave: String,
        /// The pass.
        pass: Option<PassLetter>,
        /// Whether they are accepted.
        accepted: bool,
    },
    /// Delete everything sent with the tokens of an epoch.
    RollBack {
        /// Slug of the campaign.
        campaign: String,
        /// The epoch, from 1.
        epoch: i32,
    },
    /// Change the place a campaign counts.
    Bounds {
        /// Slug of the campaign.
        campaign: String,
        /// West, south, east and north in degrees.
        bounds: [f64; 4],
    },
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decided {
    /// It was done; so many reports or sightings.
    Done(u64),
    /// It waits for a second moderator.
    Proposed,
}

/// Why nothing was decided.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// Nothing was selected, or nothing of it waits any more.
    #[error("nothing was selected that still waits")]
    Nothing,
    /// A ruling needs two reports, or one beside a camera that is counted.
    #[error("select two to ten reports, or one beside a camera that is counted already")]
    NothingToRule,
    /// Who proposed cannot confirm.
    #[error("a second moderator has to confirm this")]
    OwnProposal,
    /// The numbers are no box, or the campaign is none.
    #[error("west, south, east and north are degrees, south below north")]
    BadBounds,
    /// The database failed.
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<StorageError> for DecideError {
    fn from(error: StorageError) -> Self {
        Self::App(error.into())
    }
}

/// Decides as one moderator: at once, or as a proposal where two exist and two must agree. `random` gives 128 random bits
/// a call.
///
/// # Errors
/// When there is nothing to decide, or the database fails.
pub async fn decide(
    store: &Store,
    signature: &Signature<'_>,
    action: Action,
    week: IsoWeek,
    mut random: impl FnMut() -> [u8; 16],
) -> Result<Decided, DecideError> {
    let action = match action {
        Action::ApproveCell(cell) => Action::Approve(plausible_in(store, cell).await?),
        Action::Bounds { bounds, .. } if !is_box(bounds) => return Err(DecideError::BadBounds),
        Action::MarksOf { campaign, wave, pass, accepted } => {
            Action::Marks(marks_of(store, &campaign, &wave, pass).await?, accepted)
        }
        other => other,
    };
    if has_two(store).await? && needs_two(store, &action).await? {
        let proposal = Proposal {
            id: SightingId(random()),
            moderator: signature.moderator.to_owned(),
            proposed: proposed(&action),
        };
        store.propose(&proposal).await?;
        return Ok(Decided::Proposed);
    }
    execute(store, signature, &action, week, random).await.map(Decided::Done)
}

/// Confirms what another moderator proposed, and does it. The log names both.
///
/// # Errors
/// When this moderator proposed it, it is not there any more, or the database fails.
pub async fn confirm(
    store: &Store,
    signature: &Signature<'_>,
    proposal: SightingId,
    week: IsoWeek,
    random: impl FnMut() -> [u8; 16],
) -> Result<Decided, DecideError> {
    let all = store.proposals().await?;
    let Proposal { moderator, proposed, .. } =
        all.into_iter().find(|other| other.id == proposal).ok_or(DecideError::Nothing)?;
    if moderator == signature.moderator {
        return Err(DecideError::OwnProposal);
    }
    if !store.drop_proposal(proposal).await? {
        return Err(DecideError::Nothing);
    }
    let action = action_of(proposed).ok_or(DecideError::Nothing)?;
    let both = format!("{moderator} + {}", signature.moderator);
    let signature = Signature { moderator: &both, ..*signature };
    execute(store, &signature, &action, week, random).await.map(Decided::Done)
}

async fn has_two(store: &Store) -> Result<bool, AppError> {
    Ok(store.moderators().await?.iter().filter(|moderator| moderator.passphrase.is_some()).count() >= 2)
}

/// The rules of A2 and A4.
async fn needs_two(store: &Store, action: &Action) -> Result<bool, AppError> {
    Ok(match action {
        Action::Approve(ids) | Action::Rule(ids, _) => ids.len() > ALONE || any_is_frozen(store, ids).await?,
        Action::Reject(ids, _) | Action::Gone(ids) | Action::Dismiss(ids) | Action::Marks(ids, _) => ids.len() > ALONE,
        Action::NotACamera { sightings, .. } | Action::Remove(sightings) => {
            sightings.len() > ALONE || store.published_among(sightings).await? > ALONE_PUBLISHED
        }
        Action::RollBack { .. } | Action::Bounds { .. } => true,
        Action::ApproveCell(_) | Action::MarksOf { .. } | Action::LowerHome(_) => false,
    })
}

async fn any_is_frozen(store: &Store, ids: &[SightingId]) -> Result<bool, AppError> {
    let ids: BTreeSet<SightingId> = ids.iter().copied().collect();
    let loaded = load(store, &[]).await?;
    let rows = loaded.stored.iter().zip(&loaded.judged);
    Ok(rows.into_iter().any(|(row, judged)| judged.is_frozen() && ids.contains(&row.id)))
}

fn is_box(bounds: [f64; 4]) -> bool {
    let [west, south, east, north] = bounds;
    bounds.iter().all(|edge| edge.is_finite())
        && west.abs() <= 180.0
        && east.abs() <= 180.0
        && (-90.0..=90.0).contains(&south)
        && (south..=90.0).contains(&north)
}

fn proposed(action: &Action) -> Proposed {
    let mut proposed = Proposed {
        decision: Decision::Approved,
        reason: RejectReason::Other,
        campaign: Campaign::DEFAULT_SLUG.to_owned(),
        epoch: None,
        bounds: None,
        items: Vec::new(),
    };
    match action {
        Action::Approve(ids) => proposed.items.clone_from(ids),
        Action::ApproveCell(_) | Action::MarksOf { .. } | Action::LowerHome(_) => {}
        Action::Marks(ids, accepted) => {
            proposed.decision = if *accepted { Decision::MarksAccepted } else { Decision::MarksDiscarded };
            proposed.items.clone_from(ids);
        }
        Action::Reject(ids, reason) => {
            (proposed.decision, proposed.reason) = (Decision::Rejected, *reason);
            proposed.items.clone_from(ids);
        }
        Action::Rule(ids, verdict) => {
            proposed.decision = if *verdict == Verdict::Same { Decision::Same } else { Decision::Different };
            proposed.items.clone_from(ids);
        }
        Action::Gone(ids) => {
            proposed.decision = Decision::Gone;
            proposed.items.clone_from(ids);
        }
        Action::Dismiss(ids) => {
            proposed.decision = Decision::Dismissed;
            proposed.items.clone_from(ids);
        }
        // Ids are random, so which of them are reports need not be kept.
        Action::NotACamera { reports, sightings } => {
            proposed.decision = Decision::NotACamera;
            proposed.items = [reports.as_slice(), sightings].concat();
        }
        Action::Remove(ids) => {
            proposed.decision = Decision::Removed;
            proposed.items.clone_from(ids);
        }
        Action::RollBack { campaign, epoch } => {
            proposed.decision = Decision::RolledBack;
            proposed.campaign.clone_from(campaign);
            proposed.epoch = Some(*epoch);
        }
        Action::Bounds { campaign, bounds } => {
            proposed.decision = Decision::Bounds;
            proposed.campaign.clone_from(campaign);
            proposed.bounds = Some(*bounds);
        }
    }
    proposed
}

fn action_of(proposed: Proposed) -> Option<Action> {
    let Proposed { decision, reason, campaign, epoch, bounds, items } = proposed;
    Some(match decision {
        Decision::Approved => Action::Approve(items),
        Decision::Rejected => Action::Reject(items, reason),
        Decision::Same => Action::Rule(items, Verdict::Same),
        Decision::Different => Action::Rule(items, Verdict::Different),
        Decision::Gone => Action::Gone(items),
        Decision::Dismissed => Action::Dismiss(items),
        Decision::NotACamera => Action::NotACamera { reports: items.clone(), sightings: items },
        Decision::Removed => Action::Remove(items),
        Decision::RolledBack => Action::RollBack { campaign, epoch: epoch? },
        Decision::Bounds => Action::Bounds { campaign, bounds: bounds? },
        Decision::MarksAccepted => Action::Marks(items, true),
        Decision::MarksDiscarded => Action::Marks(items, false),
    })
}

async fn execute(
    store: &Store,
    signature: &Signature<'_>,
    action: &Action,
    week: IsoWeek,
    mut random: impl FnMut() -> [u8; 16],
) -> Result<u64, DecideError> {
    let done = match action {
        Action::Approve(ids) => store.approve_as(signature, ids, random).await?.len() as u64,
        Action::ApproveCell(cell) => {
            let ids = plausible_in(store, *cell).await?;
            store.approve_as(signature, &ids, random).await?.len() as u64
        }
        Action::Reject(ids, reason) => store.reject_as(signature, ids, *reason, week).await?,
        Action::Rule(ids, verdict) => return rule(store, signature, ids, *verdict, &mut random).await,
        Action::Gone(ids) => {
            let wanted: BTreeSet<SightingId> = ids.iter().copied().collect();
            let reports = store.reports().await?;
            let chosen = reports.into_iter().filter(|stored| wanted.contains(&stored.id));
            let mut records: Vec<NewGone> = chosen
                .map(|stored| NewGone {
                    cell: stored.report.cell,
                    kind: stored.report.kind,
                    week: stored.report.week,
                    occasion: stored.occasion,
                })
                .collect();
            records.sort_unstable();
            records.dedup();
            store.accept_gone_as(signature, &records, ids, random).await?
        }
        Action::NotACamera { reports, sightings } => {
            let removed = store.delete_accepted_as(signature, Decision::NotACamera, sightings, reports).await?;
            removed.values().sum()
        }
        Action::Dismiss(ids) => {
            let wanted: BTreeSet<SightingId> = ids.iter().copied().collect();
            let mut regions: BTreeMap<CellIndex, u64> = BTreeMap::new();
            for stored in store.reports().await?.iter().filter(|stored| wanted.contains(&stored.id)) {
                *regions.entry(region_of(stored.report.cell)).or_default() += 1;
            }
            let dropped = store.drop_reports(ids).await?;
            store.log_decisions(signature, Decision::Dismissed, &regions).await?;
            dropped
        }
        Action::Remove(ids) => store.delete_accepted_as(signature, Decision::Removed, ids, &[]).await?.values().sum(),
        Action::LowerHome(cell) => {
            let deleted = lower_home(store, *cell, week).await?;
            store.log_decisions(signature, Decision::Removed, &[(region_of(*cell), 1)].into()).await?;
            deleted
        }
        Action::Marks(ids, accepted) => {
            let regions = regions_of_marks(store, ids).await?;
            let decided = store.decide_marks(ids, *accepted).await?;
            let decision = if *accepted { Decision::MarksAccepted } else { Decision::MarksDiscarded };
            store.log_decisions(signature, decision, &regions).await?;
            decided
        }
        Action::MarksOf { .. } => 0,
        Action::RollBack { campaign, epoch } => {
            let done = store.roll_back_epoch(signature, campaign, *epoch).await?;
            done.pending + done.accepted + done.others
        }
        Action::Bounds { campaign, bounds } => {
            store.set_bounds(campaign, *bounds).await?;
            let [west, south, east, north] = *bounds;
            let across = if west > east { 360.0 } else { 0.0 };
            let middle = h3o::LatLng::new(f64::midpoint(south, north), f64::midpoint(west, east + across));
            let region = middle.ok().map(|middle| middle.to_cell(crate::model::REGION));
            let regions: BTreeMap<CellIndex, u64> = region.into_iter().map(|region| (region, 1)).collect();
            store.log_decisions(signature, Decision::Bounds, &regions).await?;
            1
        }
    };
    if done == 0 { Err(DecideError::Nothing) } else { Ok(done) }
}

/// Ids of the marks of a pass that wait.
async fn marks_of(
    store: &Store,
    campaign: &str,
    wave: &str,
    pass: Option<PassLetter>,
) -> Result<Vec<SightingId>, AppError> {
    let occasions: BTreeMap<OccasionId, Occasion> = store.occasions().await?.into_iter().collect();
    let is_of = |id: &OccasionId| {
        occasions.get(id).is_some_and(|o| o.campaign == campaign && o.wave.as_deref() == Some(wave) && o.pass == pass)
    };
    let marks = store.pending_marks().await?;
    Ok(marks.into_iter().filter(|mark| is_of(&mark.occasion)).map(|mark| mark.id).collect())
}

/// How many of these marks lie in which region.
async fn regions_of_marks(store: &Store, ids: &[SightingId]) -> Result<BTreeMap<CellIndex, u64>, AppError> {
    let wanted: BTreeSet<SightingId> = ids.iter().copied().collect();
    let units: BTreeMap<UnitId, CellIndex> =
        store.effort().await?.units.iter().filter_map(|unit| Some((unit.id, unit.shape.region()?))).collect();
    let mut regions = BTreeMap::new();
    for mark in store.pending_marks().await?.iter().filter(|mark| wanted.contains(&mark.id)) {
        if let Some(region) = units.get(&mark.unit) {
            *regions.entry(*region).or_default() += 1;
        }
    }
    Ok(regions)
}

/// Accepts reports and rules on them.
async fn rule(
    store: &Store,
    signature: &Signature<'_>,
    ids: &[SightingId],
    verdict: Verdict,
    random: &mut impl FnMut() -> [u8; 16],
) -> Result<u64, DecideError> {
    if ids.len() > RULED {
        return Err(DecideError::NothingToRule);
    }
    let chosen = store.pending_among(ids).await?;
    let mut others: Vec<SightingId> = Vec::new();
    let regions: BTreeMap<CellIndex, u64> = chosen.iter().map(|row| (region_of(row.sighting.cell), 1)).collect();
    match chosen.as_slice() {
        [] => return Err(DecideError::Nothing),
        [one] => {
            let accepted = store.accepted_in(region_of(one.sighting.cell)).await?;
            let all: Vec<Observed> = std::iter::once(one)
                .chain(&accepted)
                .map(|row| Observed { sighting: row.sighting, occasion: row.occasion })
                .collect();
            let near = Near::of(&all, Gate::NORMAL);
            let mut likes: Vec<usize> = near.like(0).collect();
            let metres = |at: usize| near.metres(0, at).unwrap_or(f64::MAX);
            likes.sort_by(|&a, &b| metres(a).total_cmp(&metres(b)).then(all[a].cmp(&all[b])));
            if verdict == Verdict::Same {
                likes.truncate(1);
            }
            others.extend(likes.iter().map(|&at| accepted[at - 1].id));
            if others.is_empty() {
                return Err(DecideError::NothingToRule);
            }
        }
        _ => {}
    }
    let ids: Vec<SightingId> = chosen.iter().map(|row| row.id).collect();
    let approved: Vec<SightingId> =
        store.approve_as(signature, &ids, random).await?.into_iter().map(|(_, new)| new).collect();
    for (at, one) in approved.iter().enumerate() {
        for other in approved[..at].iter().chain(&others) {
            store.rule(*one, *other, verdict).await?;
        }
    }
    let decision = if verdict == Verdict::Same { Decision::Same } else { Decision::Different };
    store.log_decisions(signature, decision, &regions).await?;
    Ok(approved.len() as u64)
}
