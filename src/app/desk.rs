//! What a moderator meets: the queue, what is said against cameras, and a map of what a release would count.

use std::collections::BTreeMap;

use h3o::{CellIndex, Resolution};

use super::error::AppError;
use crate::matching::{Gate, cameras};
use crate::model::{
    Camera, Campaign, Claim, Observed, Occasion, OccasionId, PassLetter, Sighting, SightingId, SourceKind, UnitState,
    region_of,
};
use crate::review::{Disputed, Flag, GROUP, Judged, Reported, State, disputes, judge, queue};
use crate::storage::{Proposal, Store, Stored, StoredReport};

/// Reports read from the database at a time.
const PAGE: u32 = 20_000;
/// Reports on one page of the queue.
pub const DESK_PAGE: usize = 50;
/// Cells of this size around the first report of a page are drawn, about 5 square kilometres.
const PREVIEW: Resolution = Resolution::Seven;

/// What waits for a moderator.
#[derive(Debug, Clone)]
pub struct Desk {
    /// One page of the queue, cell after cell.
    pub groups: Vec<DeskGroup>,
    /// Which page this is, from 0.
    pub page: usize,
    /// How many pages there are, at least 1.
    pub pages: usize,
    /// Reports that wait, on all pages.
    pub waiting: usize,
    /// What is said against cameras; what two teams say first.
    pub disputes: Vec<DeskDispute>,
    /// Marks of survey sheets that wait, by pass.
    pub marks: Vec<DeskMarks>,
    /// What waits for a second moderator.
    pub proposals: Vec<Proposal>,
    /// The campaigns.
    pub campaigns: Vec<Campaign>,
    /// Campaigns and epochs of tokens that something was sent under.
    pub epochs: Vec<(String, i32)>,
    /// Moderators who have a passphrase.
    pub moderators: usize,
}

/// Reports of one cell that the checks say the same of.
#[derive(Debug, Clone)]
pub struct DeskGroup {
    /// The cell.
    pub cell: CellIndex,
    /// The heaviest flag, if any.
    pub flag: Option<Flag>,
    /// Reports of the cell that wait and have no flag, on all pages.
    pub plausible: usize,
    /// Those of this page.
    pub reports: Vec<DeskReport>,
}

/// One report.
#[derive(Debug, Clone)]
pub struct DeskReport {
    /// To name it in a form; shown nowhere.
    pub id: SightingId,
    /// What it says.
    pub sighting: Sighting,
    /// How far it has come.
    pub state: State,
    /// What the checks found.
    pub flags: Vec<Flag>,
    /// Cameras that are counted here already, of which it may be another report.
    pub near: Vec<Camera>,
}

/// Marks of one pass that wait.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DeskMarks {
    /// Slug of the campaign.
    pub campaign: String,
    /// Slug of the wave.
    pub wave: String,
    /// The pass.
    pub pass: Option<PassLetter>,
    /// How many there are of each state.
    pub states: BTreeMap<UnitState, u64>,
}

/// What is said against a camera.
#[derive(Debug, Clone)]
pub struct DeskDispute {
    /// What.
    pub claim: Claim,
    /// Whether two teams say so.
    pub is_confirmed: bool,
    /// The cell of the first report.
    pub cell: CellIndex,
    /// How many reports.
    pub reports: Vec<SightingId>,
    /// Accepted sightings it may be about, with what they say.
    pub about: Vec<(SightingId, Sighting)>,
}

/// Everything that judging needs, as it is in the database now.
pub(super) struct Loaded {
    pub(super) stored: Vec<Stored>,
    pub(super) reported: Vec<Reported>,
    pub(super) judged: Vec<Judged>,
    occasions: BTreeMap<OccasionId, Occasion>,
    accepted_from: usize,
}

/// Reads and judges what waits, beside what was accepted in the same regions.
pub(super) async fn load(store: &Store, also: &[StoredReport]) -> Result<Loaded, AppError> {
    let campaigns = store.campaigns().await?;
    let bounds: BTreeMap<String, [f64; 4]> =
        campaigns.iter().filter_map(|campaign| Some((campaign.slug.clone(), campaign.bounds?))).collect();
    let occasions: BTreeMap<OccasionId, Occasion> = store.occasions().await?.into_iter().collect();
    let mut stored: Vec<Stored> = Vec::new();
    loop {
        let page = store.pending_page(None, stored.last().map(|row| row.id), PAGE).await?;
        if page.is_empty() {
            break;
        }
        stored.extend(page);
    }
    let accepted_from = stored.len();
    let places = stored.iter().map(|row| row.sighting.cell).chain(also.iter().map(|stored| stored.report.cell));
    let mut regions: Vec<CellIndex> = places.map(region_of).collect();
    regions.sort_unstable();
    regions.dedup();
    for region in regions {
        let accepted = store.accepted_in(region).await?;
        let is_field = |row: &Stored| occasions.get(&row.occasion).is_some_and(|o| o.kind != SourceKind::List);
        stored.extend(accepted.into_iter().filter(is_field));
    }
    // Judging a full queue takes a while: not on a thread that answers requests.
    let work = move || {
        let reported: Vec<Reported> = stored
            .iter()
            .enumerate()
            .map(|(at, row)| Reported { observed: observed(row), is_accepted: at >= accepted_from })
            .collect();
        let judged = judge(&reported, &occasions, &bounds);
        Loaded { stored, reported, judged, occasions, accepted_from }
    };
    tokio::task::spawn_blocking(work).await.map_err(|_stopped| {
        AppError::Refused("the reports could not be judged; look at the log and try again".to_owned())
    })
}

const fn observed(row: &Stored) -> Observed {
    Observed { sighting: row.sighting, occasion: row.occasion }
}

/// One page of what waits, and everything beside it.
///
/// # Errors
/// When the database fails.
pub async fn desk(store: &Store, page: usize) -> Result<Desk, AppError> {
    let reports = store.reports().await?;
    let loaded = load(store, &reports).await?;
    let all = queue(&loaded.reported, &loaded.judged);
    let waiting = loaded.accepted_from;
    let pages = waiting.div_ceil(DESK_PAGE).max(1);
    let page = page.min(pages - 1);
    let (mut groups, mut passed) = (Vec::new(), 0);
    for group in all {
        let first = (page * DESK_PAGE).saturating_sub(passed).min(group.members.len());
        let last = ((page + 1) * DESK_PAGE).saturating_sub(passed).min(group.members.len());
        passed += group.members.len();
        if first < last {
            let plausible = if group.flag.is_none() { group.members.len() } else { 0 };
            let reports = group.members[first..last].iter().map(|&at| desk_report(&loaded, at)).collect();
            groups.push(DeskGroup { cell: group.cell, flag: group.flag, plausible, reports });
        }
    }
    let moderators = store.moderators().await?.iter().filter(|moderator| moderator.passphrase.is_some()).count();
    Ok(Desk {
        groups,
        page,
        pages,
        waiting,
        disputes: desk_disputes(&loaded, &reports),
        marks: desk_marks(store, &loaded.occasions).await?,
        proposals: store.proposals().await?,
        campaigns: store.campaigns().await?,
        epochs: store.epochs().await?,
        moderators,
    })
}

async fn desk_marks(store: &Store, occasions: &BTreeMap<OccasionId, Occasion>) -> Result<Vec<DeskMarks>, AppError> {
    let mut passes: BTreeMap<(String, String, Option<PassLetter>), BTreeMap<UnitState, u64>> = BTreeMap::new();
    for mark in store.pending_marks().await? {
        let Some(Occasion { campaign, wave: Some(wave), pass, .. }) = occasions.get(&mark.occasion) else { continue };
        let states = passes.entry((campaign.clone(), wave.clone(), *pass)).or_default();
        *states.entry(mark.state).or_default() += 1;
    }
    let of = |((campaign, wave, pass), states)| DeskMarks { campaign, wave, pass, states };
    Ok(passes.into_iter().map(of).collect())
}

fn desk_report(loaded: &Loaded, at: usize) -> DeskReport {
    let (row, judged) = (&loaded.stored[at], &loaded.judged[at]);
    let near: Vec<Observed> = judged.near.iter().map(|&other| observed(&loaded.stored[other])).collect();
    DeskReport {
        id: row.id,
        sighting: row.sighting,
        state: judged.state,
        flags: judged.flags.clone(),
        near: cameras(&near, Gate::NORMAL),
    }
}

fn desk_disputes(loaded: &Loaded, reports: &[StoredReport]) -> Vec<DeskDispute> {
    let accepted = &loaded.stored[loaded.accepted_from..];
    let disputed: Vec<Disputed> =
        reports.iter().map(|stored| Disputed { report: stored.report, occasion: stored.occasion }).collect();
    let here: Vec<Observed> = accepted.iter().map(observed).collect();
    disputes(&disputed, &loaded.occasions, &here)
        .into_iter()
        .filter_map(|dispute| {
            Some(DeskDispute {
                claim: dispute.claim,
                is_confirmed: dispute.is_confirmed,
                cell: disputed[*dispute.members.first()?].report.cell,
                reports: dispute.members.iter().map(|&at| reports[at].id).collect(),
                about: dispute.about.iter().map(|&at| (accepted[at].id, accepted[at].sighting)).collect(),
            })
        })
        .collect()
}

/// The sightings and cameras that a release would count around a place if these pending sightings were accepted: the
/// first selected one decides the place, else `around`.
///
/// # Errors
/// When the database fails.
pub async fn preview(
    store: &Store,
    selected: &[SightingId],
    around: Option<CellIndex>,
) -> Result<(Vec<Sighting>, Vec<Camera>), AppError> {
    let chosen = store.pending_among(selected).await?;
    let Some(place) = chosen.iter().map(|row| row.sighting.cell).min().or(around) else {
        return Ok((Vec::new(), Vec::new()));
    };
    let middle = place.parent(PREVIEW).unwrap_or(place);
    let occasions: BTreeMap<OccasionId, Occasion> = store.occasions().await?.into_iter().collect();
    let accepted = store.accepted_in(region_of(place)).await?;
    let is_field = |row: &&Stored| occasions.get(&row.occasion).is_some_and(|o| o.kind != SourceKind::List);
    let seen: Vec<Observed> = accepted
        .iter()
        .filter(is_field)
        .chain(&chosen)
        .map(observed)
        .filter(|observed| observed.sighting.cell.parent(PREVIEW) == Some(middle))
        .collect();
    let found = cameras(&seen, Gate::NORMAL);
    Ok((seen.into_iter().map(|observed| observed.sighting).collect(), found))
}

/// Ids of the reports of one cell of the queue that wait and have no flag.
pub(super) async fn plausible_in(store: &Store, cell: CellIndex) -> Result<Vec<SightingId>, AppError> {
    let loaded = load(store, &[]).await?;
    let here = |at: &usize| {
        let own = loaded.stored[*at].sighting.cell;
        own.parent(GROUP).unwrap_or(own) == cell && loaded.judged[*at].flags.is_empty()
    };
    Ok((0..loaded.accepted_from).filter(here).map(|at| loaded.stored[at].id).collect())
}
