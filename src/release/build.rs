//! From inputs to a directory of files.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use h3o::Resolution;
use sha2::{Digest as _, Sha256};

use super::archive;
use super::areas;
use super::areas_archive;
use super::areas_geojson;
use super::cells_geojson::write_cells;
use super::changes::{Loaded, Side, compare};
use super::changes_csv::changes;
use super::citation::Citation;
use super::data_package::{Bodies, data_package};
use super::dataset::{Dataset, observed_of, rounded_home};
use super::dictionary::dictionary;
use super::directory::{About, Directory, hex};
use super::effort_csv;
use super::error::ReleaseError;
use super::estimates_csv;
use super::figures_csv::{deployments, figures};
use super::format::Format;
use super::identity::ReleaseId;
use super::inputs::Inputs;
use super::keys_json::keys;
use super::manifest::{FILE_FORMAT, Manifest, Software};
use super::read::Release;
use super::readme::readme;
use super::standing::Standing;
use super::survey::{EffortToday, Survey, WaveSurvey, surveys};
use super::tables::{known_makers, sources};
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
    let mut waves = Vec::new();
    let mut bodies_cited: Vec<(String, Citation)> = Vec::new();
    for (list, observed) in bodies(&inputs) {
        let standing = Standing::of(&inputs, list, &observed);
        if list.is_none() {
            waves = surveys(&inputs, &standing);
        }
        let survey = if list.is_none() {
            Survey { waves: &waves, cells: &today.cells, units: &today.units }
        } else {
            Survey::NONE
        };
        let dataset = Dataset::count(&inputs, id.as_str(), list, &observed, standing, &survey);
        drop(observed);
        if list.is_none() {
            regions = region_hashes(&dataset.tables);
            let about = ("estimates", "Every estimate, by stratum and model");
            estimates_csv::estimates(&dataset, &inputs.areas, &waves).write(
                &directory,
                about,
                &inputs.policy.formats,
            )?;
        }
        write_changes(&dataset, &inputs, previous, list, &directory)?;
        write_dataset(&dataset, &inputs, &directory)?;
        bodies_cited.push((dataset.prefix, Citation::of(&dataset.summary)));
    }
    write_effort(&inputs, id.as_str(), &today, &waves, &directory)?;
    let entries: Vec<_> = inputs.areas.iter().map(areas::entry).collect();
    json(&directory, "areas.json", "Area sets: editions, licences, populations and how well they fit", &entries)?;
    json(&directory, "policy.json", "The rules this release was built under", &inputs.policy)?;
    let description = "Public keys of the tokens volunteers report with; everybody must have been given these";
    json(&directory, "keys.json", description, &keys(&inputs.keys))?;
    let formats = &inputs.policy.formats;
    let about = ("sources", "Sources, their licences and whom to name");
    sources(&inputs.sources).write(&directory, about, &[])?;
    let about = ("makers", "Makers, their other names, and restrictions as claimed");
    known_makers().write(&directory, about, &[])?;
    let about = ("figures", "Numbers of others, with what they counted and where");
    figures(&inputs.figures).write(&directory, about, formats)?;
    let about = ("deployments", "Announced surveillance systems, their vendors and state");
    deployments(&inputs.deployments).write(&directory, about, &[])?;
    let about = ("dictionary", "What every column of every table means");
    dictionary().write(&directory, about, &[])?;
    describe(&inputs, &bodies_cited, &directory)?;
    let manifest = Manifest {
        format: FILE_FORMAT,
        id: id.to_string(),
        previous: inputs.previous,
        as_of: inputs.as_of.to_string(),
        title: inputs.title,
        licence: inputs.licence,
        software: Software { name: "camera-census".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        policy: inputs.policy,
        files: directory.so_far(),
        regions,
    };
    json(&Directory::new(into)?, "manifest.json", "", &manifest)?;
    Ok(manifest)
}

/// What tells people and programs about the other files: written after these, before the manifest.
fn describe(inputs: &Inputs, bodies: &[(String, Citation)], directory: &Directory) -> Result<(), ReleaseError> {
    let Some(((_, field), lists)) = bodies.split_first() else { return Ok(()) };
    let data = directory.so_far();
    let boundaries = inputs
        .areas
        .iter()
        .map(|set| (set.slug.as_str(), (set.licence.as_str(), set.attribution.as_deref().unwrap_or_default())))
        .collect();
    let package = data_package(&Bodies { field, lists, boundaries }, &data);
    json(directory, "datapackage.json", "Every data file for programs, with the schema of every table", &package)?;
    let text = |path: &str, media_type, description: &str, text: String| {
        directory.write(About { path, media_type, description }, |out| {
            let failed = |e: std::io::Error| ReleaseError::Format { format: "text", problem: e.to_string() };
            out.write_all(text.as_bytes()).map_err(failed)
        })
    };
    text(
        "CITATION.cff",
        "text/yaml; charset=utf-8",
        "How to cite this release (Citation File Format 1.2)",
        field.cff(),
    )?;
    json(directory, "zenodo.json", "How to describe this release to Zenodo", &field.zenodo())?;
    let readme = readme(field, lists, &directory.so_far());
    text("README.txt", "text/plain; charset=utf-8", "What lies here, for people", readme)
}

/// The table is there without a release before too, with a header and no rows.
fn write_changes(
    dataset: &Dataset,
    inputs: &Inputs,
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
    let sets = &inputs.areas;
    let changed = match (&before, dataset.tables.last()) {
        (Some(before), Some(finest)) => {
            let areas = sets.iter().zip(&dataset.areas);
            let areas = areas.map(|(set, counted)| (set.slug.as_str(), set.edition.as_str(), &counted.table)).collect();
            compare(&before.side(), &Side { finest, cameras: dataset.summary.cameras, areas }, sets)
        }
        _ => Vec::new(),
    };
    let stem = format!("{}changes", dataset.prefix);
    changes(&changed).write(directory, (&stem, "What changed since the release before"), &inputs.policy.formats)
}

/// The files of effort. They are there without effort too, with a header and no rows.
fn write_effort(
    inputs: &Inputs,
    release: &str,
    today: &EffortToday,
    waves: &[WaveSurvey],
    directory: &Directory,
) -> Result<(), ReleaseError> {
    let formats = &inputs.policy.formats;
    let description = "What each pass says of each street or cell; extent in decimetres or square metres";
    effort_csv::effort(inputs).write(directory, ("effort", description), formats)?;
    effort_csv::write_units(inputs, release, &today.statuses, directory)?;
    let about = ("effort-areas", "What the teams of each survey walked in each area");
    effort_csv::by_area(inputs, waves).write(directory, about, formats)?;
    let rows = walk_next(&today.efforts, Resolution::Nine);
    let about = ("walk-next", "Where to walk next: cells with most left to walk, the most urgent first");
    effort_csv::walk_next(&rows).write(directory, about, &[])
}

/// Threads that write tables beside the one that makes tiles.
const WRITERS: usize = 2;

fn write_dataset(dataset: &Dataset, inputs: &Inputs, directory: &Directory) -> Result<(), ReleaseError> {
    let Dataset { prefix, tables, summary, .. } = dataset;
    let formats = &inputs.policy.formats;
    let stopped = || Err(ReleaseError::Format { format: "table", problem: "a thread stopped".to_owned() });
    json(directory, &format!("{prefix}summary.json"), "Headline numbers", summary)?;
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let archive = scope.spawn(|| {
            let path = format!("{prefix}density.pmtiles");
            let description = "Vector tiles of the density map, zoom 0 to 14 (PMTiles v3)";
            let about = About { path: &path, media_type: "application/vnd.pmtiles", description };
            directory.write_seeking(about, |file| archive::write(tables, summary, file))
        });
        // The finest table is the longest, so it comes first.
        let writers: Vec<_> = (0..WRITERS)
            .map(|_| {
                scope.spawn(|| {
                    let taken = || tables.iter().rev().nth(next.fetch_add(1, Ordering::Relaxed));
                    while let Some(table) = taken() {
                        write_cells(table, dataset, formats, directory)?;
                    }
                    Ok(())
                })
            })
            .collect();
        let areas = write_areas(dataset, &inputs.areas, formats, directory);
        let path = format!("{prefix}sensitivity");
        let about = (path.as_str(), "What a wrong gate would do to the count");
        let gates = estimates_csv::sensitivity(&dataset.sensitivity).write(directory, about, &[]);
        let written = writers.into_iter().map(|writer| writer.join().unwrap_or_else(|_| stopped()));
        let written: Result<(), ReleaseError> = written.collect();
        areas.and(gates).and(written).and(archive.join().unwrap_or_else(|_| stopped()))
    })
}

fn write_areas(
    dataset: &Dataset,
    sets: &[AreaSet],
    formats: &[Format],
    directory: &Directory,
) -> Result<(), ReleaseError> {
    for (set, counted) in sets.iter().zip(&dataset.areas) {
        areas_geojson::write_set(set, &counted.table, dataset, formats, directory)?;
    }
    if !sets.is_empty() {
        let path = format!("{}areas.pmtiles", dataset.prefix);
        let description = "Vector tiles of the areas (PMTiles v3)";
        let about = About { path: &path, media_type: "application/vnd.pmtiles", description };
        directory.write_seeking(about, |file| areas_archive::write(sets, dataset, file))?;
    }
    Ok(())
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
