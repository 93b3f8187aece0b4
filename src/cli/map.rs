//! `map`: files in, density map in the browser.

use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::arguments::ReadingArguments;
use super::{Outcome, Shared, clock, files, output, signals};
use crate::app::{MapRequest, one_shot, read_areas};
use crate::areas::AreaOptions;
use crate::http::{Basemap, ReadSide, ServerOptions, public_router, run as serve};
use crate::model::{AreaSet, FileReport, IsoWeek};
use crate::release::{Inputs, Manifest, Shelf, Summary, build};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    reading: ReadingArguments,
    /// Name shown on the map.
    #[arg(long, default_value = "Camera census")]
    title: String,
    /// SPDX identifier of the licence of the data.
    #[arg(long, default_value = "CC-BY-4.0")]
    licence: String,
    /// GeoJSON file of polygons to count by; may be given several times. Each set takes the name of its file.
    #[arg(long, value_name = "FILE")]
    areas: Vec<PathBuf>,
    /// Field that names an area; by default the one called name, or the only one that tells all areas apart.
    #[arg(long, value_name = "FIELD", requires = "areas")]
    name_field: Option<String>,
    /// PMTiles archive in the Protomaps schema to draw under the counts; docs/basemap.md says how to cut a city out of one.
    #[arg(long, value_name = "FILE", env = "CENSUS_BASEMAP", conflicts_with = "once")]
    basemap: Option<PathBuf>,
    /// Port of the local server; any free one by default.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Write the release into DIR (new or empty) and stop.
    #[arg(long, value_name = "DIR", conflicts_with = "port")]
    once: Option<PathBuf>,
    /// ISO week the release speaks of; the present one by default.
    #[arg(long, value_name = "WEEK")]
    as_of: Option<IsoWeek>,
}

/// What `--json` prints.
#[derive(serde::Serialize)]
struct Report<'a> {
    accepted: u64,
    refused: u64,
    release: &'a str,
    summary: &'a Summary,
    files: &'a [FileReport],
    areas: &'a [FileReport],
}

pub(super) async fn run(arguments: Arguments, shared: &Shared) -> anyhow::Result<Outcome> {
    if let Some(directory) = &arguments.once {
        ensure_empty(directory)?;
    }
    // What cannot be drawn from is refused before minutes are spent on the files.
    let basemap = files::basemap(arguments.basemap.as_deref()).await?;
    let (areas, area_reports) = area_sets(&arguments)?;
    let (inputs, reports) = read(&arguments, areas)?;
    if inputs.observed.is_empty() {
        if shared.json {
            let (accepted, refused) = output::totals(&reports);
            output::json(&serde_json::json!({ "accepted": accepted, "refused": refused, "files": reports }))?;
        } else {
            output::reports(&reports)?;
            output::line("nothing in the files could be used, so there is no map to show")?;
        }
        return Ok(Outcome::Problems);
    }
    let holder = tempfile::tempdir().context("making a temporary directory for the release")?;
    let (manifest, summary) = match &arguments.once {
        Some(directory) => {
            let manifest = build(inputs, None, directory)?;
            let summary = crate::release::Release::open(directory)?.summary;
            (manifest, summary)
        }
        None => publish(inputs, holder.path())?,
    };
    let (accepted, refused) = output::totals(&reports);
    if shared.json {
        output::json(&Report {
            accepted,
            refused,
            release: &manifest.id,
            summary: &summary,
            files: &reports,
            areas: &area_reports,
        })?;
    } else {
        output::reports(&reports)?;
        output::reports(&area_reports)?;
        headline(&manifest, &summary)?;
    }
    if let Some(directory) = &arguments.once {
        if !shared.json {
            output::line(format!("written to {}", directory.display()))?;
        }
    } else {
        show(holder.path(), basemap, arguments.port, shared.json).await?;
    }
    Ok(if output::had_problems(&reports) || output::had_problems(&area_reports) {
        Outcome::Problems
    } else {
        Outcome::Done
    })
}

/// The area sets of the files named with `--areas`; a file that gives none stops the command, because a map without the
/// areas asked for would pass for one with them.
fn area_sets(arguments: &Arguments) -> anyhow::Result<(Vec<AreaSet>, Vec<FileReport>)> {
    let bar = files::progress(&arguments.areas);
    let mut sets = Vec::new();
    let mut reports = Vec::new();
    for file in files::open(&arguments.areas, &bar) {
        let options = AreaOptions { name_field: arguments.name_field.clone(), ..AreaOptions::default() };
        let (set, report) = read_areas(file?, options)?;
        let problem = report.report.problems.first().map_or("", |problem| problem.message.as_str());
        sets.push(set.with_context(|| format!("{} gives no areas: {problem}", report.path))?);
        reports.push(report);
    }
    bar.finish_and_clear();
    Ok((sets, reports))
}

fn read(arguments: &Arguments, areas: Vec<AreaSet>) -> anyhow::Result<(Inputs, Vec<FileReport>)> {
    let mapping = arguments.reading.mapping()?;
    let current_week = clock::current_week();
    let request = MapRequest {
        title: arguments.title.clone(),
        licence: arguments.licence.clone(),
        as_of: arguments.as_of.unwrap_or(current_week),
        areas,
        rows: arguments.reading.rows,
        reading: arguments.reading.reading(mapping.as_ref(), current_week),
    };
    let bar = files::progress(&arguments.reading.files);
    let read = one_shot(&request, files::open(&arguments.reading.files, &bar))?;
    bar.finish_and_clear();
    Ok(read)
}

fn publish(inputs: Inputs, data: &Path) -> anyhow::Result<(Manifest, Summary)> {
    let shelf = Shelf::below(data);
    let manifest = shelf.publish(&shelf.lock()?, inputs)?;
    let summary = shelf.latest()?.context("the release that was just built is gone")?.summary;
    Ok((manifest, summary))
}

fn headline(manifest: &Manifest, summary: &Summary) -> anyhow::Result<()> {
    output::line(format!(
        "release {}: at least {} cameras with {} heads, from {} sightings{}",
        manifest.id,
        summary.cameras,
        summary.heads,
        summary.sightings,
        if summary.home_rounded > 0 { format!("; about {} home cameras", summary.home_rounded) } else { String::new() }
    ))?;
    Ok(())
}

async fn show(data: &Path, basemap: Option<Basemap>, port: u16, json: bool) -> anyhow::Result<()> {
    let read = ReadSide::new(Shelf::below(data));
    let read = match basemap {
        Some(basemap) => read.with_basemap(basemap),
        None => read,
    };
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .await
        .with_context(|| format!("port {port} cannot be used; choose another with --port, or leave it out"))?;
    let address = listener.local_addr()?;
    if !json {
        output::line(format!("\nmap: http://{address}/   (this computer only; Ctrl-C stops)"))?;
    }
    serve(listener, public_router(read), ServerOptions::default(), signals::stop()).await?;
    Ok(())
}

fn ensure_empty(directory: &Path) -> anyhow::Result<()> {
    match std::fs::read_dir(directory) {
        Ok(mut entries) => anyhow::ensure!(
            entries.next().is_none(),
            "{} is not empty; name a new directory, so that no file of another release stays in it",
            directory.display()
        ),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
        Err(e) => return Err(e).with_context(|| format!("looking into {}", directory.display())),
    }
    Ok(())
}
