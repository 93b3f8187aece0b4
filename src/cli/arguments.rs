//! Arguments that several commands share.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::app::Reading;
use crate::ingest::{Bounds, Mapping};
use crate::model::{IsoWeek, PassLetter, RowsMode};

/// How files are read.
#[derive(Debug, clap::Args)]
pub(super) struct ReadingArguments {
    /// Files: GeoJSON, newline-delimited GeoJSON, Overpass JSON, JSON arrays or CSV, plain or gzip; - for standard input.
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// Mapping file (TOML) that says which column means what.
    #[arg(long, value_name = "FILE")]
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
        self.mapping.as_deref().map(read_mapping).transpose()
    }

    /// How the files are read, with a mapping from [`ReadingArguments::mapping`].
    pub(super) fn reading<'a>(&self, mapping: Option<&'a Mapping>, current_week: IsoWeek) -> Reading<'a> {
        Reading { mapping, bounds: self.bounds, repair_swapped: self.repair_swapped, current_week }
    }
}

fn read_mapping(path: &Path) -> anyhow::Result<Mapping> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading the mapping {}", path.display()))?;
    Mapping::parse(&text).with_context(|| format!("in the mapping {}", path.display()))
}

fn rows(text: &str) -> Result<RowsMode, String> {
    RowsMode::from_word(text).ok_or_else(|| "expected register, survey or reports".to_owned())
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
    fn a_box_is_west_south_east_north_and_may_cross_the_antimeridian() {
        assert_eq!(bounds("177,-20,-178,-15"), Ok(Bounds { west: 177.0, south: -20.0, east: -178.0, north: -15.0 }));
        for bad in ["", "1,2,3", "13,52,14,x", "13,53,14,52", "52,190,53,200", "nan,0,1,1"] {
            assert!(bounds(bad).is_err(), "{bad}");
        }
    }
}
