//! `import`: a coordinator's files, accepted at once.

use std::path::Path;

use anyhow::Context as _;

use super::arguments::{PoolingArguments, ReadingArguments, pass};
use super::{Outcome, Shared, clock, files, output};
use crate::app::{ImportOutcome, ImportRequest, Origin, import};
use crate::model::{PassLetter, SourceKind, slug_of};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    reading: ReadingArguments,
    /// Name of the source; the name of the first file by default.
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// SPDX identifier of the licence of the data.
    #[arg(long, value_name = "SPDX", default_value = "CC-BY-4.0")]
    licence: String,
    /// Words the licence wants printed.
    #[arg(long, value_name = "TEXT")]
    attribution: Option<String>,
    /// Somebody else's register: kept apart from field data, replaced whole when imported again.
    #[arg(long, requires = "source")]
    list: bool,
    /// Let a list become empty, or lose more than half of its rows.
    #[arg(long, requires = "list")]
    allow_empty: bool,
    /// Campaign the sightings belong to; by default the one a document names, or the default one.
    #[arg(long, value_name = "SLUG")]
    campaign: Option<String>,
    /// Wave they were made in; a new one is created closed.
    #[arg(long, value_name = "SLUG")]
    wave: Option<String>,
    /// Pass of the wave, A to F.
    #[arg(long, value_parser = pass, requires = "wave")]
    pass: Option<PassLetter>,
    /// Tell what would change, and change nothing.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    pooling: PoolingArguments,
}

pub(super) async fn run(arguments: Arguments, shared: &Shared) -> anyhow::Result<Outcome> {
    let mapping = arguments.reading.mapping()?;
    let week = clock::current_week();
    let name = match &arguments.source {
        Some(name) => name.clone(),
        None => source_of(arguments.reading.files.first().map(std::path::PathBuf::as_path))?,
    };
    let slug = slug_of(&name).context("the name of the source has no letter or digit; choose another with --source")?;
    // A list has tiles under its slug, beside those of the field data and of the areas.
    let is_free = !["density", "areas"].contains(&slug.as_str());
    anyhow::ensure!(is_free, "the names density and areas stand for layers of the map; choose another with --source");
    let wave =
        arguments.wave.as_deref().map(|wave| slug_of(wave).context("the name of the wave has no letter or digit"));
    let request = ImportRequest {
        origin: Origin {
            campaign: arguments.campaign.clone(),
            source: slug,
            kind: if arguments.list { SourceKind::List } else { SourceKind::Import },
            wave: wave.transpose()?,
            pass: arguments.pass,
            rows: arguments.reading.rows,
        },
        name,
        licence: arguments.licence.clone(),
        attribution: arguments.attribution.clone(),
        reading: arguments.reading.reading(mapping.as_ref(), week),
        dry_run: arguments.dry_run,
        allow_empty: arguments.allow_empty,
        min_changes: arguments.pooling.min_changes(),
    };
    let store = shared.store().await?;
    let bar = files::progress(&arguments.reading.files);
    let outcome = import(request, files::open(&arguments.reading.files, &bar), &store, &shared.data, week).await;
    bar.finish_and_clear();
    store.close().await;
    let outcome = outcome?;
    if shared.json {
        output::json(&outcome)?;
    } else {
        output::reports(&outcome.files)?;
        output::line(sentence(&outcome))?;
        if outcome.waits && outcome.added > 0 {
            output::line(format!(
                "they wait until a region has {} changes; a release that must hold them now is built with --min-changes 1",
                arguments.pooling.min_changes()
            ))?;
        }
    }
    Ok(if output::had_problems(&outcome.files) { Outcome::Problems } else { Outcome::Done })
}

fn sentence(outcome: &ImportOutcome) -> String {
    let ImportOutcome { source, rows, added, unchanged, removed, dry_run, .. } = outcome;
    let verb = if *dry_run { "would be" } else { "were" };
    format!(
        "source {source} (rows: {rows}): {added} sightings {verb} added, {unchanged} {verb} there already, {removed} {verb} removed"
    )
}

fn source_of(file: Option<&Path>) -> anyhow::Result<String> {
    let name = file.and_then(Path::file_name).and_then(|name| name.to_str()).filter(|name| *name != "-");
    let name = name.context("standard input has no name; name the source with --source")?;
    Ok(name.split('.').find(|part| !part.is_empty()).unwrap_or(name).to_owned())
}
