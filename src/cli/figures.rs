//! `figures`: numbers that others published.

use std::io::Read as _;
use std::path::PathBuf;

use super::{Outcome, Shared, files, output};
use crate::app::{FiguresOutcome, LedgerRow, all_deployments, all_figures, import_deployments, import_figures};
use crate::figures::{MAX_BYTES, cameras, per_1000_residents, per_km2};
use crate::model::{Deployment, PublishedFigure};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Show the figures: those the program ships and those that were imported.
    List {
        /// Show announced systems instead.
        #[arg(long)]
        deployments: bool,
    },
    /// Bring in figures from a CSV file with the columns of figures.csv; a row replaces one of the same id.
    Import {
        /// The file; - for standard input.
        file: PathBuf,
        /// The file holds announced systems, with the columns of deployments.csv.
        #[arg(long)]
        deployments: bool,
        /// Tell what would change, and change nothing.
        #[arg(long)]
        dry_run: bool,
    },
}

pub(super) async fn run(command: Command, shared: &Shared) -> anyhow::Result<Outcome> {
    match command {
        Command::List { deployments } => list(deployments, shared).await,
        Command::Import { file, deployments, dry_run } => import(&file, deployments, dry_run, shared).await,
    }
}

async fn list(deployments: bool, shared: &Shared) -> anyhow::Result<Outcome> {
    let store = shared.store().await?;
    let listed = if deployments {
        all_deployments(&store).await.map(|rows| print(&rows, "deployments", deployment_line, shared.json))
    } else {
        all_figures(&store).await.map(|rows| print(&rows, "figures", figure_line, shared.json))
    };
    store.close().await;
    listed??;
    Ok(Outcome::Done)
}

fn print<T: serde::Serialize>(
    rows: &[LedgerRow<T>],
    name: &str,
    line: impl Fn(&T) -> String,
    json: bool,
) -> std::io::Result<()> {
    if json {
        return output::json(&serde_json::json!({ name: rows }));
    }
    for LedgerRow { shipped, value } in rows {
        let origin = if *shipped { "shipped" } else { "imported" };
        output::line(format!("{} [{origin}]", line(value)))?;
    }
    Ok(())
}

fn figure_line(figure: &PublishedFigure) -> String {
    let PublishedFigure { id, place, year, status, basis, claimed_by, title, published, .. } = figure;
    let range = cameras(figure);
    let mut facts = vec![format!("{} cameras", range.representative())];
    facts.extend(range.ends().map(|(low, high)| format!("{low} to {high}")));
    facts.push(format!("{status}, {basis}"));
    facts.extend(per_km2(figure).map(|density| format!("{:.1} per km2", density.representative())));
    facts.extend(
        per_1000_residents(figure).map(|density| format!("{:.1} per 1000 residents", density.representative())),
    );
    format!("{id}: {place}, {year}: {}; {claimed_by}, {title} ({published})", facts.join(", "))
}

fn deployment_line(deployment: &Deployment) -> String {
    let Deployment { id, name, place, status, vendors, claimed_by, published, .. } = deployment;
    format!(
        "{id}: {name}, {place}, {}: {status}; {}; {claimed_by} ({published})",
        deployment.years(),
        vendors.join(", ")
    )
}

async fn import(path: &std::path::Path, deployments: bool, dry_run: bool, shared: &Shared) -> anyhow::Result<Outcome> {
    let bar = indicatif::ProgressBar::hidden();
    let paths = [path.to_owned()];
    let mut bytes = Vec::new();
    let mut name = String::new();
    for file in files::open(&paths, &bar) {
        let file = file?;
        name = file.path;
        // One byte more than a ledger may have, so that the reader sees that it is too large.
        file.bytes.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    }
    let store = shared.store().await?;
    let outcome = if deployments {
        import_deployments(&store, &name, &bytes, dry_run).await
    } else {
        import_figures(&store, &name, &bytes, dry_run).await
    };
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

fn sentence(outcome: &FiguresOutcome) -> String {
    let FiguresOutcome { added, replaced, unchanged, dry_run, .. } = outcome;
    let verb = if *dry_run { "would be" } else { "were" };
    format!("{added} rows {verb} added, {replaced} {verb} replaced, {unchanged} {verb} there already")
}
