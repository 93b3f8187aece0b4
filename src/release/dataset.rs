//! One body of data of a release: the field data, or one list. Both go the same way.

use std::collections::BTreeMap;

use super::areas::{Counted, CountedSet, count_areas, line, scope_text, warnings};
use super::inputs::Inputs;
use super::standing::Standing;
use super::summary::{HeadlineEstimate, Share, Summary};
use super::survey::{ScopeEstimate, Survey, WaveSurvey};
use crate::density::{CellTable, Surveyed, extent_degrees, tables};
use crate::matching::{AtGate, HomeCount, home_counts};
use crate::model::{Camera, Kind, Linked, Maker, Observed, Operator, Sighting, Source, SourceKind};

/// The counts of one body of data.
pub(super) struct Dataset {
    /// Empty for field data, `sources/{slug}/` for a list.
    pub(super) prefix: String,
    pub(super) tables: Vec<CellTable>,
    pub(super) summary: Summary,
    /// One for each area set, in the order of the inputs.
    pub(super) areas: Vec<CountedSet>,
    pub(super) sensitivity: [AtGate; 3],
    /// What the waves say about the whole of it; empty for a list.
    pub(super) whole: Vec<(usize, ScopeEstimate)>,
}

/// The sightings that belong to one body of data.
pub(super) fn observed_of(inputs: &Inputs, list: Option<&Source>) -> Vec<Observed> {
    let belongs = |observed: &&Observed| {
        inputs.occasions.get(observed.occasion.0 as usize).is_some_and(|occasion| match list {
            None => occasion.kind != SourceKind::List,
            Some(source) => occasion.kind == SourceKind::List && occasion.source == source.slug,
        })
    };
    inputs.observed.iter().filter(belongs).copied().collect()
}

/// Home counts of some sightings after rounding: what may be published.
pub(super) fn rounded_home(inputs: &Inputs, list: Option<&Source>, observed: &[Observed]) -> Vec<HomeCount> {
    let body = list.map_or("", |source| source.slug.as_str());
    home_counts(observed, &inputs.occasions)
        .into_iter()
        .map(|HomeCount { cell, count }| HomeCount { cell, count: inputs.home_key.round(body, cell, count) })
        .filter(|home| home.count > 0)
        .collect()
}

impl Dataset {
    /// Counts one body of data whose cameras were sorted out. Only field data has a survey: nobody walked for a list.
    pub(super) fn count(
        inputs: &Inputs,
        release: &str,
        list: Option<&Source>,
        observed: &[Observed],
        standing: Standing,
        survey: &Survey<'_>,
    ) -> Self {
        let home = rounded_home(inputs, list, observed);
        let apart: Vec<_> = standing.apart().collect();
        let Standing { counted: found, stale, gone, sensitivity, .. } = standing;
        let sightings: Vec<Sighting> =
            observed.iter().map(|o| o.sighting).filter(|sighting| !sighting.is_home()).collect();
        let base: Vec<_> = home.iter().map(|home| (home.cell, home.count)).collect();
        let tables = tables(&sightings, &found, &base, survey.cells, &apart);
        let counted = Counted {
            sightings: &sightings,
            cameras: &found,
            apart: &apart,
            home: &home,
            surveyed: survey.units,
            waves: survey.waves,
        };
        let areas: Vec<CountedSet> = inputs.areas.iter().map(|set| count_areas(set, &counted)).collect();
        let whole: Vec<_> = survey.waves.iter().map(|wave| wave.of_scope(|_| true)).enumerate().collect();
        let (title, licence, attribution) = match list {
            Some(source) => {
                (source.name.clone(), source.licence.clone(), source.attribution.clone().unwrap_or_default())
            }
            None => (inputs.title.clone(), inputs.licence.clone(), field_attribution(inputs)),
        };
        let summary = Summary {
            release: release.to_owned(),
            title,
            as_of: inputs.as_of.to_string(),
            licence,
            attribution,
            sightings: count(sightings.len()),
            cameras: count(found.len()),
            heads: found.iter().map(|camera| u32::from(camera.heads)).sum(),
            stale: count(stale.len()),
            gone: count(gone.len()),
            public_space: count(found.len()),
            home_rounded: home.iter().map(|home| home.count).sum(),
            areas: inputs.areas.iter().map(|set| set.slug.clone()).collect(),
            estimate: whole.last().map(|(wave, said)| headline(&survey.waves[*wave], said, count(found.len()))),
            surveyed_share: tables.first().and_then(|table| {
                let mut all = Surveyed::default();
                table.rows.iter().for_each(|row| all.add(&row.surveyed));
                all.share()
            }),
            largest_diameter_m: found.iter().map(|camera| f64::from(camera.reason.diameter_dm)).fold(0.0, f64::max)
                / 10.0,
            by_kind: shares(&found, Kind::ALL, |camera| camera.kind, Kind::word, |kind| *kind != Kind::Doorbell),
            by_operator: shares(
                &found,
                Operator::ALL,
                |camera| camera.operator,
                Operator::word,
                |operator| *operator != Operator::Household,
            ),
            by_linked: shares(&found, Linked::ALL, |camera| camera.linked, Linked::word, |_| true),
            by_maker: makers(&found),
            bounds: extent_degrees(extent_cells(&tables)),
            cells: tables.iter().map(|t| (format!("r{}", u8::from(t.resolution)), t.rows.len())).collect(),
        };
        let prefix = list.map(|source| format!("sources/{}/", source.slug)).unwrap_or_default();
        Self { prefix, tables, summary, areas, sensitivity, whole }
    }
}

/// The estimate of a whole census, for its first page.
fn headline(survey: &WaveSurvey, said: &ScopeEstimate, counted: u32) -> HeadlineEstimate {
    let outcome = said.outcome.as_ref();
    let line = outcome.ok().map(|estimate| line(estimate, said.inside, counted));
    HeadlineEstimate {
        estimate: line.map(|line| line.estimate),
        low: line.map(|line| line.low),
        high: line.and_then(|line| line.high),
        method: outcome.map_or("", |estimate| estimate.method.code()).to_owned(),
        reason: outcome.err().map_or("", |reason| reason.code()).to_owned(),
        warnings: outcome.map(|estimate| warnings(estimate)).unwrap_or_default(),
        scope: scope_text(survey, said),
        wave: format!("{}/{}", survey.campaign, survey.wave),
    }
}

/// Names of the imported sources of field data that ask to be named.
fn field_attribution(inputs: &Inputs) -> String {
    let mut names: Vec<&str> = inputs
        .sources
        .iter()
        .filter(|source| !source.is_list)
        .filter_map(|source| source.attribution.as_deref())
        .collect();
    names.sort_unstable();
    names.dedup();
    names.join("; ")
}

/// The finest cells, and the resolution-8 ones that hold nothing but home cameras.
fn extent_cells(tables: &[CellTable]) -> impl Iterator<Item = h3o::CellIndex> {
    let finest = tables.last().into_iter().flat_map(|table| &table.rows);
    let home = tables
        .iter()
        .filter(|table| table.resolution == h3o::Resolution::Eight)
        .flat_map(|table| &table.rows)
        .filter(|row| row.counts.sightings == 0);
    finest.chain(home).map(|row| row.cell)
}

fn shares<T: Copy + PartialEq>(
    cameras: &[Camera],
    all: &[T],
    of: impl Fn(&Camera) -> T,
    word: impl Fn(T) -> &'static str,
    shown: impl Fn(&T) -> bool,
) -> Vec<Share> {
    all.iter()
        .filter(|value| shown(value))
        .map(|&value| Share {
            name: word(value).to_owned(),
            cameras: count(cameras.iter().filter(|camera| of(camera) == value).count()),
        })
        .collect()
}

fn makers(cameras: &[Camera]) -> Vec<Share> {
    let mut totals: BTreeMap<&str, u32> = BTreeMap::new();
    for camera in cameras.iter().filter(|camera| camera.maker != Maker::UNKNOWN) {
        *totals.entry(camera.maker.name()).or_default() += 1;
    }
    let unknown = cameras.iter().filter(|camera| camera.maker == Maker::UNKNOWN).count();
    let unknown = Share { name: Maker::UNKNOWN.name().to_owned(), cameras: count(unknown) };
    let known = totals.into_iter().map(|(name, cameras)| Share { name: name.to_owned(), cameras });
    std::iter::once(unknown).chain(known).collect()
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
