//! `areas`: boundaries that counts are made for.

use std::path::PathBuf;

use anyhow::Context as _;

use super::{Outcome, Shared, files, output};
use crate::app::{AreaImportOutcome, AreaSetReport, import_areas};
use crate::areas::{AreaOptions, is_edition};
use crate::model::PopulationSource;
use crate::storage::ListedAreaSet;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Import boundaries, a GeoJSON file of polygons; an edition never changes once it is there.
    Import(Box<Import>),
    /// Show the area sets.
    List,
}

#[derive(Debug, clap::Args)]
pub(super) struct Import {
    /// GeoJSON file; - is standard input.
    file: PathBuf,
    /// Name of the set, such as wards; its short form is made from it.
    #[arg(long, value_name = "NAME")]
    set: String,
    /// Field that names an area; by default the one called name, or the only one that tells all areas apart.
    #[arg(long, value_name = "FIELD")]
    name_field: Option<String>,
    /// Field that holds the residents of an area.
    #[arg(long, value_name = "FIELD", requires = "population_source", requires = "population_year")]
    population_field: Option<String>,
    /// Publisher and table of the populations.
    #[arg(long, value_name = "TEXT", requires = "population_field")]
    population_source: Option<String>,
    /// Year the populations speak of.
    #[arg(long, value_name = "YEAR", requires = "population_field")]
    population_year: Option<i32>,
    /// Date of the boundaries: YYYY, YYYY-MM or YYYY-MM-DD.
    #[arg(long, value_name = "DATE", value_parser = edition, default_value = "", hide_default_value = true)]
    edition: String,
    /// SPDX identifier, or words, of the licence of the boundaries.
    #[arg(long, value_name = "SPDX", default_value = "", hide_default_value = true)]
    licence: String,
    /// Words the licence wants printed.
    #[arg(long, value_name = "TEXT")]
    attribution: Option<String>,
    /// Name of the set for people; by default the name of the set.
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Tell what would change, and change nothing.
    #[arg(long)]
    dry_run: bool,
}

pub(super) async fn run(command: Command, shared: &Shared) -> anyhow::Result<Outcome> {
    match command {
        Command::Import(arguments) => import(*arguments, shared).await,
        Command::List => list(shared).await,
    }
}

async fn import(arguments: Import, shared: &Shared) -> anyhow::Result<Outcome> {
    let Import { file, dry_run, population_source, population_year, .. } = arguments;
    let options = AreaOptions {
        set: arguments.set,
        name: arguments.title,
        name_field: arguments.name_field,
        edition: arguments.edition,
        licence: arguments.licence,
        attribution: arguments.attribution,
        population_field: arguments.population_field,
        population: population_source.zip(population_year).map(|(source, year)| PopulationSource { source, year }),
    };
    let store = shared.store().await?;
    let paths = [file];
    let bar = files::progress(&paths);
    let input = files::open(&paths, &bar).next().context("no file was named")??;
    let outcome = import_areas(input, options, dry_run, &store).await;
    bar.finish_and_clear();
    store.close().await;
    let outcome = outcome?;
    if shared.json {
        output::json(&outcome)?;
    } else {
        output::reports(&outcome.files)?;
        print(&outcome)?;
    }
    let was_repaired = outcome.set.as_ref().is_some_and(|set| set.repaired > 0);
    Ok(if was_repaired || output::had_problems(&outcome.files) { Outcome::Problems } else { Outcome::Done })
}

fn print(outcome: &AreaImportOutcome) -> anyhow::Result<()> {
    let Some(set) = &outcome.set else { return Ok(()) };
    let AreaSetReport { areas, km2, repaired, overlapping_pairs, overlap_km2, gap_km2, .. } = set;
    let did = match (outcome.added, outcome.dry_run) {
        (false, _) => "was there already",
        (true, true) => "would be added",
        (true, false) => "was added",
    };
    output::line(format!("area set {} {did}: {areas} areas, {km2:.1} km2", label(&set.set, &set.edition)))?;
    if let Some(population) = set.population {
        output::line(format!("  population: {population}"))?;
    }
    output::line(format!("  invalid outlines repaired: {repaired}"))?;
    output::line(format!("  overlaps: {overlapping_pairs} pairs of areas, {overlap_km2:.3} km2"))?;
    output::line(format!("  gaps between areas: {gap_km2:.3} km2"))?;
    Ok(())
}

async fn list(shared: &Shared) -> anyhow::Result<Outcome> {
    let store = shared.store().await?;
    let listed = store.list_area_sets().await?;
    store.close().await;
    if shared.json {
        let all: Vec<_> = listed.iter().map(as_json).collect();
        output::json(&serde_json::json!({ "area_sets": all }))?;
    } else if listed.is_empty() {
        output::line("no area sets")?;
    } else {
        for ListedAreaSet { set, areas, is_latest } in &listed {
            let latest = if *is_latest { "" } else { ", replaced by a later edition" };
            let licence = if set.licence.is_empty() { "licence not stated" } else { &set.licence };
            output::line(format!(
                "{}: {}, {areas} areas, {licence}{latest}",
                label(&set.slug, &set.edition),
                set.name
            ))?;
        }
    }
    Ok(Outcome::Done)
}

fn as_json(listed: &ListedAreaSet) -> serde_json::Value {
    let ListedAreaSet { set, areas, is_latest } = listed;
    let population = set.population.as_ref();
    serde_json::json!({
        "set": set.slug,
        "edition": set.edition,
        "name": set.name,
        "licence": set.licence,
        "attribution": set.attribution,
        "population_source": population.map(|population| &population.source),
        "population_year": population.map(|population| population.year),
        "areas": areas,
        "latest": is_latest,
        "repaired": set.fit.repaired,
        "overlapping_pairs": set.fit.overlapping_pairs,
        "overlap_km2": set.fit.overlap_km2,
        "gap_km2": set.fit.gap_km2,
    })
}

fn label(slug: &str, edition: &str) -> String {
    if edition.is_empty() { slug.to_owned() } else { format!("{slug} ({edition})") }
}

fn edition(text: &str) -> Result<String, String> {
    let is_date = text.is_empty() || is_edition(text);
    if is_date { Ok(text.to_owned()) } else { Err("expected YYYY, YYYY-MM or YYYY-MM-DD".to_owned()) }
}
