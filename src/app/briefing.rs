//! A briefing about one area, from the tables of a release.

use std::collections::BTreeMap;
use std::sync::Arc;

use geo::{Centroid as _, MultiPolygon, Point};
use h3o::{CellIndex, Resolution};

use crate::briefing::{
    self, Amount, AreaFacts, BeforeFacts, Beside, Document, Facts, FigureFacts, Incomplete, Interval, MapFacts,
    NearbyFacts, PublishedNumber, Rate, ReleaseFacts, WaveFacts,
};
use crate::density::{CellRow, CellTable};
use crate::drawing::{Fill, count_class, touching};
use crate::figures::{CensusDefinition, CensusNumber, Outcome, Reason, Weight, verdict};
use crate::language::{Language, by_name};
use crate::model::{Area, IsoWeek, Kind, Linked, Operator, PublishedFigure};
use crate::release::{
    AreaEffort, AreaRow, AreaSetEntry, AreaTable, Change, ChangedPlace, Changes, EstimateLine, Outline, RateLine,
    Release, ReleaseError, neighbours,
};

/// The map of an area shows the finest cells of which there are no more than this.
const MAP_CELLS: usize = 1500;
/// Areas nearby that are shown, the area itself not counted.
const NEARBY: usize = 6;

/// Why there is no briefing.
#[derive(Debug, thiserror::Error)]
pub enum BriefingError {
    /// The release has no such set.
    #[error("the release has no area set of this name")]
    NoSet,
    /// The set has no such area; what lies in no area has no briefing.
    #[error("the area set has no area of this name")]
    NoArea,
    /// A table of the release cannot be read.
    #[error(transparent)]
    Release(#[from] ReleaseError),
    /// A statement lacks something that it must have.
    #[error(transparent)]
    Incomplete(#[from] Incomplete),
}

/// The tables of a release that the briefings about the areas of one set are made of, read once for all of them.
#[derive(Debug, Clone)]
pub struct BriefingTables {
    /// The release.
    pub release: Arc<Release>,
    /// The set.
    pub set: AreaSetEntry,
    /// Its areas.
    pub areas: Arc<AreaTable>,
    /// Their outlines.
    pub outlines: Arc<Vec<Outline>>,
    /// Counts by cell at each of [`BriefingTables::RESOLUTIONS`].
    pub cells: Vec<Arc<CellTable>>,
    /// The smaller tables.
    pub others: Arc<BriefingLines>,
}

/// The smaller tables that briefings are made of.
#[derive(Debug)]
pub struct BriefingLines {
    effort: Vec<AreaEffort>,
    changes: Vec<Change>,
    figures: Vec<PublishedFigure>,
    sources: Vec<String>,
    /// Middle of each area, by slug.
    middles: BTreeMap<String, Point>,
}

impl BriefingLines {
    /// Reads them. `outlines` are those of the set.
    ///
    /// # Errors
    /// When a table does not read as one.
    pub fn read(release: &Release, set: &str, outlines: &[Outline]) -> Result<Self, ReleaseError> {
        let middle = |outline: &Outline| Some((outline.slug.clone(), outline.shape.centroid()?));
        Ok(Self {
            effort: release.area_efforts(set)?,
            changes: release.area_changes(set)?,
            figures: release.figures()?,
            sources: release.field_sources()?,
            middles: outlines.iter().filter_map(middle).collect(),
        })
    }

    /// How many lines they are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.effort.len() + self.changes.len() + self.figures.len() + self.sources.len() + self.middles.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl BriefingTables {
    /// The resolutions of [`BriefingTables::cells`].
    pub const RESOLUTIONS: [Resolution; 6] =
        [Resolution::Ten, Resolution::Nine, Resolution::Eight, Resolution::Seven, Resolution::Six, Resolution::Five];

    /// Reads the tables of a set.
    ///
    /// # Errors
    /// [`BriefingError::NoSet`], or when a table cannot be read.
    pub fn read(release: &Release, set: &str) -> Result<Self, BriefingError> {
        let set = release.area_sets()?.into_iter().find(|entry| entry.set == set).ok_or(BriefingError::NoSet)?;
        let cells = Self::RESOLUTIONS.into_iter().map(|resolution| release.cells(None, resolution).map(Arc::new));
        let outlines = release.outlines(&set.set)?;
        Ok(Self {
            release: Arc::new(release.clone()),
            areas: Arc::new(release.areas(None, &set.set)?),
            others: Arc::new(BriefingLines::read(release, &set.set, &outlines)?),
            outlines: Arc::new(outlines),
            cells: cells.collect::<Result<_, _>>()?,
            set,
        })
    }

    /// The briefing about one area.
    ///
    /// # Errors
    /// [`BriefingError::NoArea`], or [`BriefingError::Incomplete`] when a statement lacks something that it must have.
    pub fn document(&self, slug: &str, language: Language) -> Result<Document, BriefingError> {
        Ok(briefing::document(&self.facts(slug)?, language)?)
    }

    fn facts(&self, slug: &str) -> Result<Facts, BriefingError> {
        let rows = &self.areas.rows;
        let at = rows.iter().position(|row| row.slug == slug && slug != Area::UNASSIGNED);
        let (at, row) = at.and_then(|at| Some((at, rows.get(at)?))).ok_or(BriefingError::NoArea)?;
        let outline = self.outlines.iter().find(|outline| outline.slug == slug).map(|outline| &outline.shape);
        let (nearby, further) = self.nearby(at);
        Ok(Facts {
            release: self.release_facts()?,
            area: area_facts(&self.set, row),
            map: outline.and_then(|outline| {
                let finest =
                    self.cells.iter().find_map(|table| Some((table.resolution, cells_of_area(table, outline)?)));
                let (resolution, cells) = finest?;
                Some(MapFacts { outline: outline.clone(), cells, resolution: u8::from(resolution) })
            }),
            effort: self.others.effort.iter().filter(|line| line.area == slug).map(wave_facts).collect(),
            before: self.before(row),
            nearby,
            further,
            figures: self.figures(row)?,
        })
    }

    fn week(&self) -> Result<IsoWeek, ReleaseError> {
        let as_of = &self.release.summary.as_of;
        as_of.parse().map_err(|_unreadable| ReleaseError::Format {
            format: "summary.json",
            problem: "its week is none".to_owned(),
        })
    }

    fn release_facts(&self) -> Result<ReleaseFacts, ReleaseError> {
        let Release { manifest, summary, manifest_sha256, .. } = &*self.release;
        let week = self.week()?;
        let number = week.to_string().rsplit_once('W').and_then(|(_, number)| number.parse().ok()).unwrap_or_default();
        let areas = format!("areas-{}.csv", self.set.set);
        let others = ["estimates.csv", "effort-areas.csv", "changes.csv", "figures.csv"].map(str::to_owned);
        let files: Vec<String> = std::iter::once(areas).chain(others).collect();
        Ok(ReleaseFacts {
            census: summary.title.clone(),
            id: summary.release.clone(),
            week: (week.year(), number),
            seen_within_months: manifest.policy.stale_after_weeks.map(|weeks| weeks * 12 / 52),
            sha256: manifest_sha256.clone(),
            licence: summary.licence.clone(),
            citation: self.release.citation().sentence(),
            software: format!("{} {}", manifest.software.name, manifest.software.version),
            sources: self.others.sources.clone(),
            files: files.into_iter().filter(|file| self.release.entry(file).is_some()).collect(),
        })
    }

    /// What became of the cameras, as this release itself says: the one before may be withdrawn, or on another shelf. An area
    /// that `changes.csv` does not name did not change.
    fn before(&self, row: &AreaRow) -> Option<BeforeFacts> {
        let release = self.release.manifest.previous.clone()?;
        let is_here = |change: &&Change| matches!(&change.place, ChangedPlace::Area { slug, .. } if *slug == row.slug);
        let after = row.is_looked_at.then_some(row.counts.cameras);
        let unchanged = (after, after, Changes::default(), None);
        let (before, after, changes, border) = self.others.changes.iter().find(is_here).map_or(unchanged, |change| {
            let Change { before, after, changes, border, .. } = change;
            (*before, *after, *changes, *border)
        });
        let Changes { new, newly_found, split, merged, gone, stale, newly_walked, .. } = changes;
        Some(BeforeFacts { release, before, after, new, newly_found, split, merged, gone, stale, border, newly_walked })
    }

    /// The nearest areas with a rate and the area itself, by name, and how many more have one.
    fn nearby(&self, at: usize) -> (Vec<NearbyFacts>, u64) {
        let rows = &self.areas.rows;
        let (Some(here), Some(others)) = (rows.get(at), neighbours(rows, at)) else { return (Vec::new(), 0) };
        let middle = |row: &AreaRow| self.others.middles.get(&row.slug);
        let distance = |row: &AreaRow| {
            let (here, there) = (middle(here)?, middle(row)?);
            let east = (there.x() - here.x() + 180.0).rem_euclid(360.0) - 180.0;
            let narrow = here.y().to_radians().cos();
            Some((east * narrow).hypot(there.y() - here.y()))
        };
        let is_apart = others.alike.iter().map(|row| (*row, false)).chain(others.apart.iter().map(|row| (*row, true)));
        let mut near: Vec<(f64, usize, bool)> = is_apart
            .filter_map(|(other, is_apart)| {
                Some((distance(rows.get(other)?).unwrap_or(f64::INFINITY), other, is_apart))
            })
            .collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let further = near.len().saturating_sub(NEARBY) as u64;
        near.truncate(NEARBY);
        let line = |row: &AreaRow, beside: Beside| NearbyFacts {
            slug: row.slug.clone(),
            name: row.name.clone(),
            is_looked_at: row.is_looked_at,
            per_km2: row.per_km2.map(|rate| rate_of(&rate, 1.0)),
            surveyed_share: row.surveyed_share,
            beside,
        };
        let mut nearby: Vec<NearbyFacts> = near
            .into_iter()
            .filter_map(|(_, other, is_apart)| rows.get(other).map(|row| line(row, beside(here, row, is_apart))))
            .collect();
        nearby.push(line(here, Beside::Here));
        nearby.sort_by_cached_key(|area| by_name(&area.name));
        (nearby, further)
    }

    /// Published figures: first those of this place, then those that can be compared, then the newest.
    fn figures(&self, row: &AreaRow) -> Result<Vec<FigureFacts>, ReleaseError> {
        let summary = &self.release.summary;
        // A count speaks of all of its ground only where nearly all of it was looked at.
        let covers = if is_surveyed(row) { vec![row.name.clone()] } else { Vec::new() };
        let here = CensusDefinition { year: self.week()?.year(), title: row.name.clone(), covers };
        let whole =
            CensusDefinition { title: summary.title.clone(), covers: vec![summary.title.clone()], ..here.clone() };
        let mut judged: Vec<_> = self
            .others
            .figures
            .iter()
            .map(|figure| {
                let is_of_census = !verdict(figure, &whole).reasons.contains(&Reason::AnotherPlace);
                let said = verdict(figure, &here);
                let is_here = !said.reasons.contains(&Reason::AnotherPlace);
                let rank = match said.outcome() {
                    Outcome::Comparable => 0,
                    Outcome::CannotTell => 1,
                    Outcome::NotComparable => 2,
                };
                ((!is_here, !is_of_census, rank, -figure.year, figure.id.clone()), figure, said)
            })
            .collect();
        judged.sort_by(|a, b| a.0.cmp(&b.0));
        let facts = judged.into_iter().map(|((is_not_here, is_not_of_census, ..), figure, said)| {
            let is_elsewhere = is_not_here && is_not_of_census;
            let mut reasons = said.reasons.clone();
            // What speaks against a comparison comes first, and before all that it is another place.
            reasons.sort_by_key(|reason| (*reason != Reason::AnotherPlace, reason.weight() != Weight::Differs));
            FigureFacts {
                place: figure.place.clone(),
                is_elsewhere,
                year: figure.year,
                claimed_by: figure.claimed_by.clone(),
                url: figure.url.clone(),
                number: PublishedNumber { low: figure.cameras_low, middle: figure.cameras, high: figure.cameras_high },
                is_of_linked: said.compare_with == CensusNumber::Linked,
                outcome: said.outcome().word(),
                reasons: reasons.into_iter().map(Reason::code).collect(),
            }
        });
        Ok(facts.collect())
    }
}

/// The briefing about one area of a release.
///
/// # Errors
/// [`BriefingError`] when there is no such area, a table cannot be read, or a statement is incomplete.
pub fn document(release: &Release, set: &str, slug: &str, language: Language) -> Result<Document, BriefingError> {
    BriefingTables::read(release, set)?.document(slug, language)
}

/// Whether so much of an area was surveyed that its count can be laid beside that of another one as surveyed.
fn is_surveyed(row: &AreaRow) -> bool {
    const NEARLY_ALL: f64 = 0.9;
    row.surveyed_share.is_some_and(|share| share >= NEARLY_ALL)
}

/// How the rates of two areas stand to each other, where it is known whether they differ by more than chance explains.
fn beside(here: &AreaRow, other: &AreaRow, is_apart: bool) -> Beside {
    let is_printed = |row: &AreaRow| row.per_km2.is_some_and(|rate| rate.is_publishable);
    match (is_printed(here) && is_printed(other), is_apart, is_surveyed(here) && is_surveyed(other)) {
        (false, ..) => Beside::Few,
        (true, false, _) => Beside::Alike,
        (true, true, true) => Beside::Apart,
        (true, true, false) => Beside::Uneven,
    }
}

/// The cells of a table that reach into an area, with how each is filled; `None` where they are too many for a map.
#[must_use]
pub fn cells_of_area(table: &CellTable, outline: &MultiPolygon<f64>) -> Option<Vec<(CellIndex, u64, Fill)>> {
    let cells: Vec<_> = touching(outline, table.rows.iter(), |row| row.cell).take(MAP_CELLS + 1).map(drawn).collect();
    (cells.len() <= MAP_CELLS).then_some(cells)
}

fn drawn(row: &CellRow) -> (CellIndex, u64, Fill) {
    let cameras = u64::from(row.counts.cameras);
    let fill = match count_class(cameras) {
        Some(class) => Fill::Class(class),
        None if row.is_looked_at() => Fill::Zero,
        None => Fill::Unknown,
    };
    (row.cell, cameras, fill)
}

impl From<EstimateLine> for Interval {
    fn from(line: EstimateLine) -> Self {
        Self { value: line.estimate, low: line.low, high: line.high }
    }
}

/// A rate of a table per so many of its units.
fn rate_of(rate: &RateLine, units: f64) -> Rate {
    let RateLine { value, low, high, is_publishable } = *rate;
    Rate { interval: Interval { value: value * units, low: low * units, high: Some(high * units) }, is_publishable }
}

fn area_facts(set: &AreaSetEntry, row: &AreaRow) -> AreaFacts {
    let counts = &row.counts;
    let source = set.population_source.clone().unwrap_or_default();
    AreaFacts {
        set: set.set.clone(),
        set_name: set.name.clone(),
        edition: set.edition.clone(),
        slug: row.slug.clone(),
        name: row.name.clone(),
        is_looked_at: row.is_looked_at,
        cameras: counts.cameras,
        heads: counts.heads,
        stale: counts.stale,
        home: row.home_rounded,
        km2: row.km2,
        residents: row.population.map(|residents| (residents, source, set.population_year)),
        per_km2: row.per_km2.map(|rate| rate_of(&rate, 1.0)),
        per_10_000: row.per_1000.map(|rate| rate_of(&rate, 10.0)),
        estimate: row.estimate.map(Into::into),
        method: row.method.clone(),
        reason: row.reason.clone(),
        warnings: row.warnings.split_whitespace().map(str::to_owned).collect(),
        scope: row.estimate_scope.clone(),
        surveyed_share: row.surveyed_share,
        kinds: Kind::ALL
            .iter()
            .filter(|kind| **kind != Kind::Doorbell)
            .map(|kind| (kind.word(), counts.kinds[usize::from(kind.code())]))
            .collect(),
        operators: Operator::ALL
            .iter()
            .filter(|operator| **operator != Operator::Household)
            .map(|operator| (operator.word(), counts.operators[usize::from(operator.code())]))
            .collect(),
        linked: Linked::ALL.iter().map(|linked| (linked.word(), counts.linked[usize::from(linked.code())])).collect(),
        restricted: row.restricted,
    }
}

fn wave_facts(line: &AreaEffort) -> WaveFacts {
    let amount = |(units, extent): (u64, u64)| Amount { units, extent };
    WaveFacts {
        wave: line.wave.clone(),
        teams: line.passes.clone(),
        is_streets: line.kind == "segment",
        is_frame: line.in_frame,
        named: amount(line.named),
        walked: amount(line.walked),
        walked_by_all: amount(line.walked_by_all),
        none_found: amount(line.none_found),
        cameras: line.cameras,
        per_km: line.per_km.map(|rate| rate_of(&rate, 1.0)),
    }
}
