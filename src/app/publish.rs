//! From the database to a release on the shelf.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use h3o::CellIndex;

use super::error::AppError;
use super::figures::{all_deployments, all_figures};
use crate::effort::withhold;
use crate::model::{
    Effort, IsoWeek, Observed, Occasion, OccasionId, Ruled, Ruling, SightingId, Verdict, Wave, WaveEffort,
};
use crate::privacy::HomeKey;
use crate::release::{Inputs, Manifest, Policy, ReleaseError, Shelf, ShelfLock, identify};
use crate::storage::{HeldWave, StorageError, Store, Waiting};

/// Sightings read from the database at a time.
const PAGE: u32 = 20_000;

/// Name of the setting that holds the key of the home-count rounding.
const HOME_KEY: &str = "home_key";

/// What a release is called and under which licence it stands.
#[derive(Debug, Clone)]
pub struct PublishRequest {
    /// Name of the census.
    pub title: String,
    /// SPDX identifier of the licence of the field data.
    pub licence: String,
    /// Week the release speaks of.
    pub as_of: IsoWeek,
    /// The present week: the database is sealed after the build.
    pub current_week: IsoWeek,
    /// Lists that serve as one more capture occasion of the estimates, by slug.
    pub estimate_lists: Vec<String>,
    /// Name of the profile the rules come from.
    pub profile: String,
    /// A region appears, and changes between releases, only when so many changes came together (promise P12).
    pub min_changes: u32,
    /// Whether a release in which nothing but the week would be another is left out.
    pub only_changed: bool,
}

/// What came of a build.
#[derive(Debug)]
pub struct Published {
    /// The release: a new one, or the latest where nothing has changed since.
    pub manifest: Manifest,
    /// Whether it was built now.
    pub is_new: bool,
    /// Where something waits for more.
    pub waiting: Vec<Waiting>,
    /// Whether the database could be sealed afterwards; the release stands in any case.
    pub sealed: Result<(), StorageError>,
}

/// Builds a release of what was accepted and puts it on the shelf. Sightings of open waves stay out, and those of regions
/// in which too few wait. When nothing has changed since the latest release, that one is returned and nothing is written.
///
/// One build at a time, over all programs that share the database or the shelf: another waits, until the database is
/// sealed too, because a seal cannot run beside a reader.
///
/// # Errors
/// When the database or the file system fails, or the release is one that was withdrawn.
pub async fn publish(
    store: &Store,
    shelf: &Shelf,
    request: &PublishRequest,
    random: impl FnOnce() -> [u8; 32],
) -> Result<Published, AppError> {
    let builder = store.lock_builds().await?;
    let (lock, shelf) = lock(shelf).await?;
    let mut outcome = publish_locked(store, &shelf, &lock, request, random).await;
    if let Ok(published) = &mut outcome {
        published.sealed = store.seal(request.current_week).await;
    }
    drop(lock);
    builder.release().await?;
    outcome
}

async fn publish_locked(
    store: &Store,
    shelf: &Shelf,
    lock: &Arc<ShelfLock>,
    request: &PublishRequest,
    random: impl FnOnce() -> [u8; 32],
) -> Result<Published, AppError> {
    let sources = store.sources().await?;
    if request.estimate_lists.iter().any(|list| !sources.iter().any(|source| source.is_list && source.slug == *list)) {
        return Err(AppError::Refused(
            "a list named for the estimates is not there; sources imported with --list can be named, by their short names"
                .to_owned(),
        ));
    }
    let home_key = home_key(store, random).await?;
    let waiting = store.pool(request.min_changes, request.as_of).await?;
    let Included { occasions, observed, rulings, waves, held, .. } = included(store, false).await?;
    let effort = closed_effort(store, &waves, &held).await?;
    let latest = shelf.latest()?;
    let mut inputs = Inputs {
        title: request.title.clone(),
        licence: request.licence.clone(),
        as_of: request.as_of,
        previous: latest.as_ref().and_then(|release| release.manifest.previous.clone()),
        occasions,
        observed,
        sources,
        figures: all_figures(store).await?.into_iter().map(|row| row.value).collect(),
        deployments: all_deployments(store).await?.into_iter().map(|row| row.value).collect(),
        keys: store.token_keys().await?.into_iter().map(|stored| stored.key).collect(),
        rulings,
        areas: store.area_sets().await?,
        effort,
        policy: Policy {
            estimate_lists: request.estimate_lists.clone(),
            ..Policy::of_profile(&request.profile, request.min_changes)
        },
        home_key,
    };
    if let Some(latest) = latest {
        if request.only_changed {
            inputs.as_of = latest.manifest.as_of.parse().unwrap_or(request.as_of);
        }
        if identify(&mut inputs).as_str() == latest.manifest.id {
            return Ok(Published { manifest: latest.manifest, is_new: false, waiting, sealed: Ok(()) });
        }
        inputs.as_of = request.as_of;
        inputs.previous = Some(latest.manifest.id);
    }
    let (shelf, lock) = (shelf.clone(), Arc::clone(lock));
    let manifest = off_thread(move || shelf.publish(&lock, inputs)).await?;
    Ok(Published { manifest, is_new: true, waiting, sealed: Ok(()) })
}

async fn lock(shelf: &Shelf) -> Result<(Arc<ShelfLock>, Shelf), AppError> {
    let shelf = shelf.clone();
    off_thread(move || Ok((Arc::new(shelf.lock()?), shelf))).await
}

/// Runs long work away from the threads that answer requests.
async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ReleaseError> + Send + 'static,
) -> Result<T, AppError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => Ok(done?),
        Err(_stopped) => Err(AppError::Refused("the build stopped unexpectedly; try it again".to_owned())),
    }
}

async fn home_key(store: &Store, random: impl FnOnce() -> [u8; 32]) -> Result<HomeKey, AppError> {
    let bytes = store.setting_or_insert(HOME_KEY, || random().to_vec()).await?;
    let key = <[u8; 32]>::try_from(bytes).map_err(|bytes| {
        AppError::Refused(format!(
            "the home-count key in the database has {} bytes instead of 32; restore a backup",
            bytes.len()
        ))
    })?;
    Ok(HomeKey::from_bytes(key))
}

/// What a release may hold of field data and lists.
pub(super) struct Included {
    pub(super) occasions: Vec<Occasion>,
    pub(super) observed: Vec<Observed>,
    /// Id of each sighting, beside `observed`, where a ruling names it; `review why` keeps them all.
    pub(super) ids: Vec<SightingId>,
    pub(super) rulings: Vec<Ruling>,
    /// The waves as they were when the sightings were read.
    pub(super) waves: Vec<Wave>,
    /// Waves some of whose sightings wait, with the regions they wait in.
    pub(super) held: Vec<HeldWave>,
}

/// The occasions, sightings and rulings a release may hold, and `with_waiting` those that wait for others of their region.
pub(super) async fn included(store: &Store, with_waiting: bool) -> Result<Included, AppError> {
    let waves = store.waves().await?;
    let stored_rulings = store.rulings(with_waiting).await?;
    let mut snapshot = store.snapshot().await?;
    let mut occasions: Vec<Occasion> = Vec::new();
    let mut numbers: HashMap<OccasionId, OccasionId> = HashMap::new();
    let stored: HashMap<OccasionId, Occasion> = snapshot.occasions().await?.into_iter().collect();
    let (mut observed, mut ids) = (Vec::new(), Vec::new());
    let mut after = None;
    loop {
        let page = snapshot.sightings_page(after, PAGE, with_waiting).await?;
        let Some(last) = page.last() else { break };
        after = Some((last.sighting.cell, last.id));
        for row in page {
            let Some(occasion) = stored.get(&row.occasion).filter(|occasion| !in_open_wave(occasion, &waves)) else {
                continue;
            };
            let number = *numbers.entry(row.occasion).or_insert_with(|| {
                occasions.push(occasion.clone());
                OccasionId(u32::try_from(occasions.len() - 1).unwrap_or(u32::MAX))
            });
            observed.push(Observed { sighting: row.sighting, occasion: number });
            ids.push(row.id);
        }
    }
    let held = snapshot.held_waves().await?;
    let rulings = resolve(&stored_rulings, &observed, &ids);
    Ok(Included { occasions, observed, ids, rulings, waves, held })
}

/// Rulings by id as rulings on whole records. Of equal records the first by id has ordinal 0: which of them is meant makes
/// no difference to any count.
fn resolve(stored: &[(SightingId, SightingId, Verdict)], observed: &[Observed], ids: &[SightingId]) -> Vec<Ruling> {
    if stored.is_empty() {
        return Vec::new();
    }
    let named: HashSet<SightingId> = stored.iter().flat_map(|(first, second, _)| [*first, *second]).collect();
    let here = || observed.iter().zip(ids);
    let records: HashSet<Observed> = here().filter(|(_, id)| named.contains(*id)).map(|(record, _)| *record).collect();
    let mut equals: Vec<(Observed, SightingId)> =
        here().filter(|(record, _)| records.contains(*record)).map(|(record, id)| (*record, *id)).collect();
    equals.sort_unstable();
    let mut ruled: HashMap<SightingId, Ruled> = HashMap::new();
    for same in equals.chunk_by(|a, b| a.0 == b.0) {
        for (ordinal, (observed, id)) in (0..).zip(same) {
            ruled.insert(*id, Ruled { observed: *observed, ordinal });
        }
    }
    let of = |id: &SightingId| ruled.get(id).copied();
    stored
        .iter()
        .filter_map(|(first, second, verdict)| {
            Some(Ruling { verdict: *verdict, first: of(first)?, second: of(second)? })
        })
        .collect()
}

/// The effort of closed waves, in the order they were closed, without the regions where sightings of the wave wait.
async fn closed_effort(store: &Store, waves: &[Wave], held: &[HeldWave]) -> Result<Effort, AppError> {
    let mut effort = store.effort().await?;
    let closed = |effort: &WaveEffort| {
        let wave = waves.iter().find(|wave| wave.campaign == effort.campaign && wave.slug == effort.wave)?;
        wave.closed.map(|closed| (closed, wave.opened, wave.campaign.clone(), wave.slug.clone()))
    };
    effort.waves.retain(|wave| closed(wave).is_some());
    effort.waves.sort_by_key(closed);
    let Effort { units, waves } = &mut effort;
    for wave in waves {
        let here = held.iter().filter(|held| held.campaign == wave.campaign && held.wave == wave.wave);
        let regions: BTreeSet<CellIndex> = here.map(|held| held.region).collect();
        if !regions.is_empty() {
            withhold(wave, units, &regions);
        }
    }
    Ok(effort)
}

/// Whether sightings of this occasion stay out: their wave is open, or was opened after the waves were read.
fn in_open_wave(occasion: &Occasion, waves: &[Wave]) -> bool {
    occasion.wave.as_ref().is_some_and(|slug| {
        !waves.iter().any(|wave| wave.campaign == occasion.campaign && wave.slug == *slug && wave.closed.is_some())
    })
}
