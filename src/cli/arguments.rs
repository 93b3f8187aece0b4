//! Arguments that several commands share.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::app::Reading;
use crate::ingest::{Bounds, Mapping, Shipped};
use crate::model::{IsoWeek, PassLetter, RowsMode};
use crate::release::{Profile, ReleaseId, Shelf};

/// How files are read.
#[derive(Debug, clap::Args)]
pub(super) struct ReadingArguments {
    /// Files: GeoJSON, newline-delimited GeoJSON, Overpass JSON, JSON arrays or CSV, plain or gzip; - for standard input.
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// Mapping file (TOML) that says which column means what, or the name of a shipped one: odk, kobo, epicollect or osm.
    #[arg(long, value_name = "FILE|NAME")]
    mapping: Option<PathBuf>,
    /// How rows relate: each row another camera (register), each document one observer (survey), each row another
    /// observer (reports). By default survey for documents that carry a census member, else register.
    #[arg(long, value_parser = rows)]
    pub(super) rows: Option<RowsMode>,
    /// Refuse what lies outside this box, in degrees.
    #[arg(long, value_name = "W,S,E,N", value_parser = bounds, allow_hyphen_values = true)]
    bounds: Option<Bounds>,
    /// Exchange longitude and latitude where only that brings a point inside the bounds.
    #[arg(long, requires = "bounds")]
    repair_swapped: bool,
}

impl ReadingArguments {
    /// The mapping, if one was named.
    pub(super) fn mapping(&self) -> anyhow::Result<Option<Mapping>> {
        self.mapping.as_deref().map_or(Ok(None), read_mapping)
    }

    /// How the files are read, with a mapping from [`ReadingArguments::mapping`].
    pub(super) fn reading<'a>(&self, mapping: Option<&'a Mapping>, current_week: IsoWeek) -> Reading<'a> {
        Reading { mapping, bounds: self.bounds, repair_swapped: self.repair_swapped, current_week }
    }
}

/// What waits for what, before it is released.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct PoolingArguments {
    /// Rules of privacy: default, or small for a town where about five people count.
    #[arg(long, value_name = "NAME", default_value = "default", env = "CENSUS_PROFILE", value_parser = profile)]
    profile: Profile,
    /// A region of about 250 square kilometres appears, and changes between releases, only when so many changes came
    /// together; by the profile 20, or 5. 1 releases everything at once: whoever compares two releases then sees single
    /// reports appear.
    #[arg(long, value_name = "N", env = "CENSUS_MIN_CHANGES", value_parser = clap::value_parser!(u32).range(1..))]
    min_changes: Option<u32>,
}

impl PoolingArguments {
    /// Name of the profile.
    pub(super) const fn profile(&self) -> &'static str {
        self.profile.name()
    }

    /// How many changes of a region must come together.
    pub(super) fn min_changes(&self) -> u32 {
        self.min_changes.unwrap_or(self.profile.min_changes())
    }

    /// What an operator who chose fewer must know.
    pub(super) fn warning(&self) -> Option<String> {
        let chosen = self.min_changes.filter(|chosen| *chosen < Profile::Small.min_changes())?;
        Some(format!(
            "a region changes in a release from {chosen} reports on; whoever compares releases can tell when and where so \
             few people walked"
        ))
    }
}

fn profile(text: &str) -> Result<Profile, String> {
    Profile::from_name(text).ok_or_else(|| "expected default or small".to_owned())
}

/// Reads a mapping file, or takes the shipped mapping of this name. A bare word is a name: `./odk` is a file.
fn read_mapping(path: &Path) -> anyhow::Result<Option<Mapping>> {
    if let Some(shipped) = path.to_str().and_then(Shipped::named) {
        return Ok(match shipped.context("in a mapping of this program")? {
            Shipped::Mapping(mapping) => Some(mapping),
            Shipped::Native => None,
        });
    }
    let text = std::fs::read_to_string(path).with_context(|| {
        let names: Vec<&str> = Shipped::names().collect();
        format!("reading the mapping {}; shipped mappings are {}", path.display(), names.join(", "))
    })?;
    Ok(Some(Mapping::parse(&text).with_context(|| format!("in the mapping {}", path.display()))?))
}

fn rows(text: &str) -> Result<RowsMode, String> {
    RowsMode::from_word(text).ok_or_else(|| "expected register, survey or reports".to_owned())
}

/// A release as it is asked for: `latest`, or its id.
#[derive(Debug, Clone)]
pub(super) enum WantedRelease {
    Latest,
    Id(ReleaseId),
}

impl WantedRelease {
    /// The id of the release meant.
    pub(super) fn id(&self, shelf: &Shelf) -> anyhow::Result<ReleaseId> {
        match self {
            Self::Latest => shelf.latest_id()?.context("there is no release yet; `release build` makes one"),
            Self::Id(id) => Ok(id.clone()),
        }
    }
}

impl std::str::FromStr for WantedRelease {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "latest" {
            return Ok(Self::Latest);
        }
        ReleaseId::parse(text).map(Self::Id).ok_or("expected the id of a release, or latest")
    }
}

/// Reads the letter of a pass.
pub(super) fn pass(text: &str) -> Result<PassLetter, String> {
    PassLetter::parse(text).ok_or_else(|| "a pass is a letter, A to F".to_owned())
}

/// Reads `W,S,E,N` in degrees.
pub(super) fn bounds(text: &str) -> Result<Bounds, String> {
    let numbers: Vec<f64> = text
        .split(',')
        .map(|part| part.trim().parse::<f64>().ok().filter(|number| number.is_finite()))
        .collect::<Option<_>>()
        .ok_or("expected four numbers: west,south,east,north")?;
    let [west, south, east, north] = numbers[..] else {
        return Err("expected four numbers: west,south,east,north".to_owned());
    };
    if !(-90.0..=90.0).contains(&south) || !(south..=90.0).contains(&north) || west.abs() > 180.0 || east.abs() > 180.0
    {
        return Err("expected west,south,east,north in degrees, longitude first, south below north".to_owned());
    }
    Ok(Bounds { west, south, east, north })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_is_asked_for_by_its_id_or_as_the_latest() {
        assert!(matches!("latest".parse(), Ok(WantedRelease::Latest)));
        assert!(matches!("2026-W47-0123abcd".parse(), Ok(WantedRelease::Id(id)) if id.as_str() == "2026-W47-0123abcd"));
        for bad in ["", "Latest", "2026-W47", "../2026-W47-0123abcd"] {
            assert!(bad.parse::<WantedRelease>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_box_is_west_south_east_north_and_may_cross_the_antimeridian() {
        assert_eq!(bounds("177,-20,-178,-15"), Ok(Bounds { west: 177.0, south: -20.0, east: -178.0, north: -15.0 }));
        for bad in ["", "1,2,3", "13,52,14,x", "13,53,14,52", "52,190,53,200", "nan,0,1,1"] {
            assert!(bounds(bad).is_err(), "{bad}");
        }
    }
}
