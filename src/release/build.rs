//! From inputs to a directory of files.

use std::collections::BTreeMap;
use std::path::Path;

use h3o::Resolution;
use sha2::{Digest as _, Sha256};

use super::archive;
use super::areas;
use super::areas_archive;
use super::areas_csv;
use super::areas_geojson;
use super::cells_csv;
use super::cells_geojson::write_features;
use super::changes::{Loaded, Side, compare};
use super::changes_csv;
use super::dataset::{Dataset, observed_of, rounded_home};
use super::directory::{About, Directory, hex};
use super::effort_csv;
use super::error::ReleaseError;
use super::estimates_csv;
use super::figures_csv::{write_deployments, write_figures};
use super::identity::ReleaseId;
use super::inputs::Inputs;
use super::manifest::{FILE_FORMAT, Manifest, Software};
use super::read::Release;
use super::survey::{EffortToday, Survey, surveys};
use super::tables::{write_makers, write_sources};
use crate::density::CellTable;
use crate::effort::walk_next;
use crate::matching::HomeCount;
use crate::model::{AreaSet, Observed, Source, region_of};

/// The id a release of these inputs has, without building it. Puts the inputs into canonical order on the way.
pub fn identify(inputs: &mut Inputs) -> ReleaseId {
    inputs.canonicalise();
    let home: Vec<(&str, Vec<HomeCount>)> = bodies(inputs)
        .into_iter()
        .map(|(list, observed)| (list.map_or("", |source| source.slug.as_str()), rounded_home(inputs, list, &observed)))
        .collect();
    ReleaseId::of(inputs, &home)
}

/// The bodies of data of a release with their sightings: the field data, then each list.
fn bodies(inputs: &Inputs) -> Vec<(Option<&Source>, Vec<Observed>)> {
    let lists = inputs.sources.iter().filter(|source| source.is_list).map(Some);
    std::iter::once(None).chain(lists).map(|list| (list, observed_of(inputs, list))).collect()
}

/// Builds a release into a new or empty directory and returns its manifest.
///
/// A pure function of the inputs and the release before: the same ones give the same bytes in every file, in whatever
/// order they come. `previous` is the release that the inputs name as such.
///
/// # Errors
/// When the release before cannot be read, or a file cannot be written; the directory is then incomplete and must not be
/// published.
pub fn build(mut inputs: Inputs, previous: Option<&Release>, into: &Path) -> Result<Manifest, ReleaseError> {
    let id = identify(&mut inputs);
    let directory = Directory::new(into)?;
    let mut regions = BTreeMap::new();
    let today = EffortToday::of(&inputs.effort);
    let waves = surveys(&inputs);
    for (list, observed) in bodies(&inputs) {
        let survey = if list.is_none() {
            Survey { waves: &waves, cells: &today.cells, units: &today.units }
        } else {
            Survey::NONE
        };
        let dataset = Dataset::count(&inputs, id.as_str(), list, &observed, &survey);
        drop(observed);
        if list.is_none() {
            regions = region_hashes(&dataset.tables);
            let about =
                About { path: "estimates.csv", media_type: CSV, description: "Every estimate, by stratum and model" };
            directory.write(about, |out| estimates_csv::write(&dataset, &inputs.areas, &waves, out))?;
        }
        write_changes(&dataset, &inputs.areas, previous, list, &directory)?;
        write_dataset(&dataset, &inputs.areas, &directory)?;
    }
    write_effort(&inputs, &today, &directory)?;
    let entries: Vec<_> = inputs.areas.iter().map(areas::entry).collect();
    json(&directory, "areas.json", "Area sets: editions, licences, populations and how well they fit", &entries)?;
    json(&directory, "policy.json", "The rules this release was built under", &inputs.policy)?;
    let about = About { path: "sources.csv", media_type: CSV, description: "Sources, their licences and whom to name" };
    directory.write(about, |out| write_sources(&inputs.sources, out))?;
    let about = About {
        path: "makers.csv",
        media_type: CSV,
        description: "Makers, their other names, and restrictions as claimed",
    };
    directory.write(about, write_makers)?;
    let about = About {
        path: "figures.csv",
        media_type: CSV,
        description: "Numbers of others, with what they counted and where",
    };
    directory.write(about, |out| write_figures(&inputs.figures, out))?;
    let about = About {
        path: "deployments.csv",
        media_type: CSV,
        description: "Announced surveillance systems, their vendors and state",
    };
    directory.write(about, |out| write_deployments(&inputs.deployments, out))?;
    let manifest = Manifest {
        format: FILE_FORMAT,
        id: id.to_string(),
        previous: inputs.previous,
        as_of: inputs.as_of.to_string(),
        title: inputs.title,
        licence: inputs.licence,
        software: Software { name: "camera-census".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        policy: inputs.policy,
        files: directory.entries(),
        regions,
    };
    json(&Directory::new(into)?, "manifest.json", "", &manifest)?;
    Ok(manifest)
}

const GEOJSON: &str = "application/geo+json";
const CSV: &str = "text/csv; charset=utf-8; header=present";

/// The files of effort. They are there without effort too, with a header and no rows.
fn write_effort(inputs: &Inputs, today: &EffortToday, directory: &Directory) -> Result<(), ReleaseError> {
    let description = "What each pass says of each street or cell; extent in decimetres or square metres";
    let about = About { path: "effort.csv", media_type: CSV, description };
    directory.write(about, |out| effort_csv::write_effort(inputs, out))?;
    let description = "Streets and cells as the latest wave that names them left them, with their shapes";
    let about = About { path: "effort.geojson", media_type: GEOJSON, description };
    directory.write(about, |out| {
        effort_csv::write_units(&inputs.effort, &today.statuses, out)
            .map_err(|e| ReleaseError::Format { format: "GeoJSON", problem: e.to_string() })
    })?;
    let rows = walk_next(&today.efforts, Resolution::Nine);
    let description = "Where to walk next: cells with most left to walk, the most urgent first";
    let about = About { path: "walk-next.csv", media_type: CSV, description };
    directory.write(about, |out| effort_csv::write_walk_next(&rows, out))
}

/// The table is there without a release before too, with a header and no rows.
fn write_changes(
    dataset: &Dataset,
    sets: &[AreaSet],
    previous: Option<&Release>,
    list: Option<&Source>,
    directory: &Directory,
) -> Result<(), ReleaseError> {
    let before = previous.map(|previous| Loaded::of(previous, list.map(|source| source.slug.as_str())));
    let before = match before {
        // A list that the release before did not hold is new as a whole.
        Some(Err(ReleaseError::Missing(_))) | None => None,
        Some(loaded) => Some(loaded?),
    };
    let entries: Vec<_> = sets.iter().map(areas::entry).collect();
    let changes = match (&before, dataset.tables.last()) {
        (Some(before), Some(finest)) => {
            let areas = entries.iter().zip(&dataset.areas).map(|(entry, counted)| (entry, &counted.table)).collect();
            compare(&before.side(), &Side { finest, cameras: dataset.summary.cameras, areas }, sets)
        }
        _ => Vec::new(),
    };
    let path = format!("{}changes.csv", dataset.prefix);
    let about = About { path: &path, media_type: CSV, description: "What changed since the release before" };
    directory.write(about, |out| changes_csv::write(&changes, out))
}

fn write_dataset(dataset: &Dataset, sets: &[AreaSet], directory: &Directory) -> Result<(), ReleaseError> {
    let Dataset { prefix, tables, summary, .. } = dataset;
    std::thread::scope(|scope| {
        let archive = scope.spawn(|| {
            let path = format!("{prefix}density.pmtiles");
            let description = "Vector tiles of the density map, zoom 0 to 14 (PMTiles v3)";
            let about = About { path: &path, media_type: "application/vnd.pmtiles", description };
            directory.write_seeking(about, |file| archive::write(tables, summary, file))
        });
        json(directory, &format!("{prefix}summary.json"), "Headline numbers", summary)?;
        for table in tables {
            write_cells(table, dataset, directory)?;
        }
        write_areas(dataset, sets, directory)?;
        let path = format!("{prefix}sensitivity.csv");
        let about = About { path: &path, media_type: CSV, description: "What a wrong gate would do to the count" };
        directory.write(about, |out| estimates_csv::write_sensitivity(&dataset.sensitivity, out))?;
        archive
            .join()
            .unwrap_or_else(|_| Err(ReleaseError::Format { format: "PMTiles", problem: "stopped".to_owned() }))
    })
}

fn write_areas(dataset: &Dataset, sets: &[AreaSet], directory: &Directory) -> Result<(), ReleaseError> {
    let Dataset { prefix, summary, .. } = dataset;
    for (set, counted) in sets.iter().zip(&dataset.areas) {
        let edition = if set.edition.is_empty() { "not stated" } else { &set.edition };
        let path = format!("{prefix}areas-{}.csv", set.slug);
        let description = format!("Counts by {} (boundaries of {edition})", set.name);
        let about = About { path: &path, media_type: CSV, description: &description };
        directory.write(about, |out| areas_csv::write(&counted.table, out))?;
        let path = format!("{prefix}areas-{}.geojson", set.slug);
        let description = format!("Counts by {} (boundaries of {edition}), with outlines", set.name);
        let about = About { path: &path, media_type: GEOJSON, description: &description };
        directory.write(about, |out| {
            let attribution = set.attribution.as_deref().unwrap_or_default();
            let members = [
                ("name", set.name.as_str()),
                ("edition", edition),
                ("release", &summary.release),
                ("as_of", &summary.as_of),
                ("licence", &summary.licence),
                ("attribution", &summary.attribution),
                ("boundaries_licence", &set.licence),
                ("boundaries_attribution", attribution),
            ];
            areas_geojson::write(set, &counted.table, &members, out)
                .map_err(|e| ReleaseError::Format { format: "GeoJSON", problem: e.to_string() })
        })?;
    }
    if !sets.is_empty() {
        let path = format!("{prefix}areas.pmtiles");
        let description = "Vector tiles of the areas (PMTiles v3)";
        let about = About { path: &path, media_type: "application/vnd.pmtiles", description };
        directory.write_seeking(about, |file| areas_archive::write(sets, dataset, file))?;
    }
    Ok(())
}

fn write_cells(table: &CellTable, dataset: &Dataset, directory: &Directory) -> Result<(), ReleaseError> {
    let Dataset { prefix, summary, .. } = dataset;
    let resolution = u8::from(table.resolution);
    let path = format!("{prefix}cells-r{resolution}.csv");
    let description = format!("Counts per H3 cell of resolution {resolution}, as a table");
    directory
        .write(About { path: &path, media_type: CSV, description: &description }, |out| cells_csv::write(table, out))?;
    let path = format!("{prefix}cells-r{resolution}.geojson");
    let description = format!("Counts per H3 cell of resolution {resolution}, with outlines");
    let about = About { path: &path, media_type: GEOJSON, description: &description };
    directory.write(about, |out| {
        let members = [
            ("name", summary.title.as_str()),
            ("release", &summary.release),
            ("as_of", &summary.as_of),
            ("licence", &summary.licence),
            ("attribution", &summary.attribution),
        ];
        write_features(table.rows.iter(), &members, out)
            .map_err(|e| ReleaseError::Format { format: "GeoJSON", problem: e.to_string() })
    })
}

fn json(
    directory: &Directory,
    path: &str,
    description: &str,
    value: &impl serde::Serialize,
) -> Result<(), ReleaseError> {
    let about = About { path, media_type: "application/json", description };
    directory.write(about, |out| {
        serde_json::to_writer_pretty(&mut *out, value)
            .map_err(std::io::Error::from)
            .and_then(|()| out.write_all(b"\n"))
            .map_err(|e| ReleaseError::Format { format: "JSON", problem: e.to_string() })
    })
}

/// A hash of the published rows of each region: the finest cells, and the home counts.
fn region_hashes(tables: &[CellTable]) -> BTreeMap<String, String> {
    let mut hashes: BTreeMap<String, Sha256> = BTreeMap::new();
    for table in tables.iter().filter(|t| matches!(t.resolution, Resolution::Eight | Resolution::Ten)) {
        for row in &table.rows {
            let region = region_of(row.cell).to_string();
            let hash = hashes.entry(region).or_default();
            if table.resolution == Resolution::Ten {
                hash.update(format!("{row:?}"));
            } else if row.counts.home_rounded > 0 {
                hash.update(format!("{} about {}", row.cell, row.counts.home_rounded));
            }
        }
    }
    hashes.into_iter().map(|(region, hash)| (region, hex(hash))).collect()
}
