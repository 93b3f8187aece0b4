//! `effort`: which streets or cells were walked, and how completely.

use std::path::PathBuf;

use anyhow::Context as _;

use super::arguments::pass;
use super::{Outcome, Shared, clock, files, output};
use crate::app::{Amount, EffortOutcome, WaveSummary, import_effort, list_effort};
use crate::effort::ReadOptions;
use crate::model::{PassLetter, slug_of};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Import what teams say of streets and cells.
    Import(Arguments),
    /// Show what was walked in each wave and pass.
    List,
}

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Files: GeoJSON or newline-delimited GeoJSON of lines (streets) or polygons (ground); - for standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Campaign it belongs to; by default the one a document names, or the default one.
    #[arg(long, value_name = "SLUG")]
    campaign: Option<String>,
    /// Wave it was walked in; a new one is created closed. By default each feature's property "wave".
    #[arg(long, value_name = "SLUG")]
    wave: Option<String>,
    /// Pass of the wave, A to F. By default each feature's property "pass".
    #[arg(long, value_parser = pass)]
    pass: Option<PassLetter>,
    /// The files hold every street there is, walked or not, though nothing in them is marked `not_walked`.
    #[arg(long)]
    frame: bool,
    /// Tell what would change, and change nothing.
    #[arg(long)]
    dry_run: bool,
}

pub(super) async fn run(command: Command, shared: &Shared) -> anyhow::Result<Outcome> {
    match command {
        Command::Import(arguments) => import(arguments, shared).await,
        Command::List => list(shared).await,
    }
}

async fn import(arguments: Arguments, shared: &Shared) -> anyhow::Result<Outcome> {
    let Arguments { files: paths, campaign, wave, pass, frame, dry_run } = arguments;
    let wave = wave.map(|wave| slug_of(&wave).context("the name of the wave has no letter or digit")).transpose()?;
    let options = ReadOptions { campaign, wave, pass, is_frame: frame };
    let store = shared.store().await?;
    let bar = files::progress(&paths);
    let outcome = import_effort(options, files::open(&paths, &bar), &store, clock::current_week(), dry_run).await;
    bar.finish_and_clear();
    store.close().await;
    let outcome = outcome?;
    if shared.json {
        output::json(&outcome)?;
    } else {
        output::reports(&outcome.files)?;
        output::line(sentence(&outcome))?;
    }
    Ok(if output::had_problems(&outcome.files) { Outcome::Problems } else { Outcome::Done })
}

fn sentence(outcome: &EffortOutcome) -> String {
    let EffortOutcome { units, units_added, marks_added, marks_changed, marks_unchanged, dry_run, .. } = outcome;
    let verb = if *dry_run { "would be" } else { "were" };
    format!(
        "{units} units, {units_added} of them new: {marks_added} marks {verb} added, {marks_changed} {verb} changed, \
         {marks_unchanged} {verb} there already"
    )
}

async fn list(shared: &Shared) -> anyhow::Result<Outcome> {
    let store = shared.store().await?;
    let waves = list_effort(&store).await;
    store.close().await;
    let waves = waves?;
    if shared.json {
        output::json(&serde_json::json!({ "effort": waves }))?;
    } else if waves.is_empty() {
        output::line("no effort")?;
    } else {
        for WaveSummary { campaign, wave, kind, is_frame, all, surveyed, passes } in &waves {
            let share = match (is_frame, size(all)) {
                (true, whole) if whole > 0.0 => format!("{:.1} % surveyed", 100.0 * size(surveyed) / whole),
                _ => "no frame, so the share surveyed is unknown".to_owned(),
            };
            output::line(format!("{campaign}/{wave}: {} {kind}, {}, {share}", all.units, words(all)))?;
            for pass in passes {
                let states = [
                    ("complete", &pass.complete),
                    ("partial", &pass.partial),
                    ("not visible", &pass.not_visible),
                    ("not walked", &pass.not_walked),
                ];
                let states = states.map(|(state, amount)| format!("{state} {} ({})", amount.units, words(amount)));
                output::line(format!("  pass {}: {}", pass.pass, states.join(", ")))?;
            }
        }
    }
    Ok(Outcome::Done)
}

fn size(amount: &Amount) -> f64 {
    amount.km.or(amount.km2).unwrap_or_default()
}

fn words(amount: &Amount) -> String {
    let unit = if amount.km2.is_some() { "km2" } else { "km" };
    format!("{:.3} {unit}", size(amount))
}
