//! Counting by area: each camera in exactly one area of a set or in none, so that every table adds up.

use std::collections::BTreeMap;

use h3o::{CellIndex, Resolution};

use super::area_row::{AreaRow, AreaSetEntry, AreaTable, EstimateLine, RateLine};
use super::survey::{NoEstimate, ScopeEstimate, WaveSurvey};
use crate::areas::{Locator, km2};
use crate::density::{Counts, Surveyed};
use crate::estimate::{Confidence, Estimate, Observed as Rated, Prior};
use crate::matching::HomeCount;
use crate::model::{Area, AreaSet, Camera, Maker, Sighting};

/// An area with fewer centres of base cells than this inside says nothing about home cameras (promise P11).
const BASE_CELLS_NEEDED: usize = 3;

/// How a camera finds its area, for people.
const RULE: &str = "the area that the centre of the camera's resolution-13 cell lies in; where areas overlap, the first by \
                    short name; in none: unassigned";

/// What areas are counted from: one body of data.
pub(super) struct Counted<'a> {
    pub(super) sightings: &'a [Sighting],
    pub(super) cameras: &'a [Camera],
    /// What is counted apart from the cameras, by cell.
    pub(super) apart: &'a [(CellIndex, Counts)],
    /// Home counts after rounding.
    pub(super) home: &'a [HomeCount],
    /// Survey of units by their middle.
    pub(super) surveyed: &'a [(CellIndex, Surveyed)],
    /// The waves with effort, in closing order. Empty for a list, which nobody walked.
    pub(super) waves: &'a [WaveSurvey],
}

/// What a set was counted into.
pub(super) struct CountedSet {
    pub(super) table: AreaTable,
    /// What each wave says about each area it reaches, by slug.
    pub(super) estimates: Vec<(String, usize, ScopeEstimate)>,
}

/// What is being added up for one area.
#[derive(Clone, Default)]
struct Sum {
    counts: Counts,
    surveyed: Surveyed,
    restricted: (u32, u32),
}

/// Counts one area set.
pub(super) fn count_areas(set: &AreaSet, from: &Counted<'_>) -> CountedSet {
    let locator = Locator::new(set);
    let none = set.areas.len();
    let mut known: BTreeMap<CellIndex, usize> = BTreeMap::new();
    let mut place = |cell: CellIndex| *known.entry(cell).or_insert_with(|| locator.area_of(cell).unwrap_or(none));
    let mut sums = vec![Sum::default(); none + 1];
    for sighting in from.sightings {
        sums[place(sighting.cell)].counts.sightings += 1;
    }
    for camera in from.cameras {
        let sum = &mut sums[place(camera.cell)];
        sum.counts.add(&Counts::of(camera));
        if camera.maker != Maker::UNKNOWN {
            *(if camera.maker.is_restricted() { &mut sum.restricted.0 } else { &mut sum.restricted.1 }) += 1;
        }
    }
    for (cell, counts) in from.apart {
        sums[place(*cell)].counts.add(counts);
    }
    for (middle, surveyed) in from.surveyed {
        sums[place(*middle)].surveyed.add(surveyed);
    }
    for home in from.home {
        sums[place(home.cell)].counts.home_rounded += home.count;
    }
    let mut estimates = Vec::new();
    let mut rows: Vec<AreaRow> = Vec::with_capacity(none + 1);
    for (number, sum) in sums.iter().enumerate() {
        let area = set.areas.get(number);
        let slug = area.map_or(Area::UNASSIGNED, |area| area.slug.as_str());
        let within = |cell: CellIndex| locator.area_of(cell).unwrap_or(none) == number;
        let mut scope = None;
        for (wave, survey) in from.waves.iter().enumerate().filter(|(_, survey)| survey.reaches(within)) {
            let said = survey.of_scope(within);
            scope = Some((wave, estimates.len()));
            estimates.push((slug.to_owned(), wave, said));
        }
        let scope = scope.map(|(wave, at)| (&from.waves[wave], &estimates[at].2));
        let has_home = area.is_none_or(|area| base_cells(area, within) >= BASE_CELLS_NEEDED);
        rows.push(row(area, sum, has_home, scope));
    }
    smooth(&mut rows);
    CountedSet { table: AreaTable { rows }, estimates }
}

fn row(area: Option<&Area>, sum: &Sum, has_home: bool, scope: Option<(&WaveSurvey, &ScopeEstimate)>) -> AreaRow {
    let Sum { counts, surveyed, restricted } = sum;
    let home_rounded = has_home.then_some(counts.home_rounded);
    let counts = Counts { home_rounded: home_rounded.unwrap_or(0), ..*counts };
    let km2 = area.map(km2);
    let population = area.and_then(|area| area.population);
    let is_looked_at = counts.sightings > 0 || surveyed.is_walked();
    let dispersion = scope.and_then(|(_, said)| said.dispersion);
    #[expect(clippy::cast_precision_loss, reason = "residents, far below 2^53")]
    let thousands = population.map(|residents| residents as f64 / 1000.0);
    let rate = |denominator: Option<f64>| {
        let denominator = denominator.filter(|denominator| *denominator > 0.0 && is_looked_at)?;
        let observed = Rated::new(u64::from(counts.cameras), denominator).ok()?;
        let observed = dispersion.map_or(observed, |dispersion| observed.with_dispersion(dispersion));
        let rate = observed.rate(Confidence::NINETY_FIVE);
        let (low, high) = (rate.interval.low, rate.interval.high);
        Some(RateLine { value: rate.value, low, high, is_publishable: rate.publishable })
    };
    let outcome = scope.map_or(Err(NoEstimate::NoEffort), |(_, said)| match &said.outcome {
        Ok(estimate) => Ok(estimate),
        Err(reason) => Err(*reason),
    });
    AreaRow {
        slug: area.map_or(Area::UNASSIGNED, |area| area.slug.as_str()).to_owned(),
        name: area.map_or(Area::UNASSIGNED, |area| area.name.as_str()).to_owned(),
        is_looked_at,
        counts,
        home_rounded,
        restricted: *restricted,
        km2,
        population,
        per_km2: rate(km2),
        per_1000: rate(thousands),
        smoothed_per_km2: None,
        dispersion,
        estimate: outcome.ok().zip(scope).map(|(estimate, (_, said))| line(estimate, said.inside, counts.cameras)),
        method: outcome.map_or("", |estimate| estimate.method.code()).to_owned(),
        reason: outcome.map_or_else(NoEstimate::code, |_| "").to_owned(),
        warnings: outcome.map(|estimate| warnings(estimate)).unwrap_or_default(),
        estimate_scope: scope.map(|(survey, said)| scope_text(survey, said)).unwrap_or_default(),
        wave: scope.map(|(survey, _)| format!("{}/{}", survey.campaign, survey.wave)).unwrap_or_default(),
        surveyed_share: surveyed.share(),
    }
}

/// The cameras counted outside of the scope of an estimate, and all that the estimate says there are inside: never fewer than
/// anybody counted there. What the passes missed and others reported is counted, and so it is not missed a second time.
pub(super) fn line(estimate: &Estimate, inside: u32, counted: u32) -> EstimateLine {
    let (inside, outside) = (f64::from(inside), f64::from(counted.saturating_sub(inside)));
    let total = |end: f64| outside + end.max(inside);
    EstimateLine { estimate: total(estimate.estimate), low: total(estimate.low), high: estimate.high.map(total) }
}

/// The codes of the warnings, separated by spaces.
pub(super) fn warnings(estimate: &Estimate) -> String {
    estimate.warnings.iter().map(|warning| warning.code()).collect::<Vec<_>>().join(" ")
}

/// Which units an estimate speaks of, in words. A percentage means something in a frame only, where all there is is named.
pub(super) fn scope_text(survey: &WaveSurvey, said: &ScopeEstimate) -> String {
    let passes = survey.passes.iter().map(ToString::to_string);
    let occasions: Vec<String> = passes.chain(survey.lists.iter().cloned()).collect();
    let occasions = if occasions.is_empty() { "no pass".to_owned() } else { occasions.join("+") };
    let (done, all) = said.units;
    if !survey.is_framed {
        return format!("{done} of {all} units complete in {occasions}");
    }
    #[expect(clippy::cast_precision_loss, reason = "all streets of the earth are below 2^53 dm")]
    let percent = if said.extent.1 == 0 { 0.0 } else { 100.0 * said.extent.0 as f64 / said.extent.1 as f64 };
    format!("{done} of {all} units ({percent:.0} %) complete in {occasions}")
}

/// Draws each rate towards the mean of all areas, for maps.
fn smooth(rows: &mut [AreaRow]) {
    let pairs: Vec<(usize, f64, f64)> = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| row.is_looked_at)
        .filter_map(|(at, row)| Some((at, f64::from(row.counts.cameras), row.km2?)))
        .collect();
    let known: Vec<(f64, f64)> = pairs.iter().map(|(_, cameras, km2)| (*cameras, *km2)).collect();
    let Some(prior) = Prior::of(&known) else { return };
    for (at, cameras, km2) in pairs {
        rows[at].smoothed_per_km2 = prior.smooth(cameras, km2);
    }
}

/// How many centres of base cells lie in an area; counting stops at the number needed.
fn base_cells(area: &Area, within: impl Fn(CellIndex) -> bool) -> usize {
    use geo::BoundingRect as _;
    use h3o::LatLng;

    let Some(bounds) = area.outline.bounding_rect() else { return 0 };
    // Every base cell whose centre is in the area is found from a grid of points closer together than cells are wide.
    let step = 0.002;
    let mut found: Vec<CellIndex> = Vec::new();
    let (mut lat, south, north) = (bounds.min().y, bounds.min().y, bounds.max().y);
    debug_assert!(south <= north);
    while lat <= north + step {
        let mut lng = bounds.min().x;
        let lng_step = step / lat.to_radians().cos().max(0.01);
        while lng <= bounds.max().x + lng_step {
            let wrapped = (lng + 180.0).rem_euclid(360.0) - 180.0;
            if let Ok(at) = LatLng::new(lat.clamp(-90.0, 90.0), wrapped) {
                let cell = at.to_cell(Resolution::Eight);
                if !found.contains(&cell) && within(cell) {
                    found.push(cell);
                    if found.len() >= BASE_CELLS_NEEDED {
                        return found.len();
                    }
                }
            }
            lng += lng_step;
        }
        lat += step;
    }
    found.len()
}

/// What `areas.json` says of a set.
pub(super) fn entry(set: &AreaSet) -> AreaSetEntry {
    AreaSetEntry {
        set: set.slug.clone(),
        name: set.name.clone(),
        edition: set.edition.clone(),
        licence: set.licence.clone(),
        attribution: set.attribution.clone(),
        population_source: set.population.as_ref().map(|population| population.source.clone()),
        population_year: set.population.as_ref().map(|population| population.year),
        areas: set.areas.len(),
        repaired: set.fit.repaired,
        overlapping_pairs: set.fit.overlapping_pairs,
        overlap_km2: set.fit.overlap_km2,
        gap_km2: set.fit.gap_km2,
        rule: RULE.to_owned(),
    }
}
