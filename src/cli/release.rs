//! `release`: building, listing and verifying releases.

use std::path::PathBuf;

use anyhow::Context as _;

use super::{Outcome, Shared, clock, output};
use crate::app::{PublishRequest, publish};
use crate::model::IsoWeek;
use crate::release::{Format, ReleaseId, Shelf, verify};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Build a release of everything accepted, and make it the latest.
    Build(BuildArguments),
    /// Show the releases.
    List,
    /// Compare every file of a release with its manifest.
    Verify {
        /// Id of a release, or a directory that holds one; the latest by default.
        release: Option<String>,
    },
}

#[derive(Debug, clap::Args)]
pub(super) struct BuildArguments {
    /// Name of the census.
    #[arg(long, default_value = "Camera census", env = "CENSUS_TITLE")]
    title: String,
    /// SPDX identifier of the licence of the field data.
    #[arg(long, default_value = "CC-BY-4.0", env = "CENSUS_LICENCE")]
    licence: String,
    /// ISO week the release speaks of; the present one by default.
    #[arg(long, value_name = "WEEK")]
    as_of: Option<IsoWeek>,
    /// A list that serves as one more capture occasion of the estimates; may be given several times. It must be a register
    /// of the very cameras the passes looked for.
    #[arg(long, value_name = "LIST")]
    estimate_with: Vec<String>,
}

pub(super) async fn run(command: Command, shared: &Shared) -> anyhow::Result<Outcome> {
    let shelf = Shelf::below(&shared.data);
    match command {
        Command::Build(arguments) => build(arguments, &shelf, shared).await,
        Command::List => list(&shelf, shared.json),
        Command::Verify { release } => verified(release.as_deref(), &shelf, shared),
    }
}

async fn build(arguments: BuildArguments, shelf: &Shelf, shared: &Shared) -> anyhow::Result<Outcome> {
    let week = clock::current_week();
    let BuildArguments { title, licence, as_of, estimate_with } = arguments;
    let request = PublishRequest { title, licence, as_of: as_of.unwrap_or(week), estimate_lists: estimate_with };
    let store = shared.store().await?;
    let manifest = publish(&store, shelf, &request, clock::random).await?;
    store.seal(week).await.context("the release is built, but the database could not be sealed; run seal later")?;
    store.close().await;
    let release = shelf.latest()?.context("the release that was just built is gone")?;
    if shared.json {
        output::json(&serde_json::json!({
            "release": manifest.id, "previous": manifest.previous, "sha256": release.manifest_sha256, "summary": release.summary,
        }))?;
    } else {
        let summary = &release.summary;
        output::line(format!(
            "release {}: at least {} cameras with {} heads, from {} sightings",
            manifest.id, summary.cameras, summary.heads, summary.sightings
        ))?;
        output::line(format!("manifest SHA-256 {}", release.manifest_sha256))?;
        if !manifest.policy.formats.contains(&Format::Parquet) {
            output::line(
                "no GeoParquet files: this program was built without them; `cargo install --path . --locked --features full` builds one with them",
            )?;
        }
    }
    Ok(Outcome::Done)
}

fn list(shelf: &Shelf, json: bool) -> anyhow::Result<Outcome> {
    let latest = shelf.latest_id()?;
    let mut rows = Vec::new();
    for id in shelf.list()? {
        let release = shelf.open(&id)?;
        let is_latest = latest.as_ref() == Some(&id);
        if json {
            rows.push(serde_json::json!({
                "release": id.as_str(), "previous": release.manifest.previous, "latest": is_latest,
                "sha256": release.manifest_sha256, "cameras": release.summary.cameras,
            }));
        } else {
            let mark = if is_latest { "  (latest)" } else { "" };
            output::line(format!(
                "{id}  {} cameras, {} sightings{mark}",
                release.summary.cameras, release.summary.sightings
            ))?;
        }
    }
    if json {
        output::json(&serde_json::json!({ "releases": rows }))?;
    } else if latest.is_none() {
        output::line("no release yet; `release build` makes one")?;
    }
    Ok(Outcome::Done)
}

fn verified(release: Option<&str>, shelf: &Shelf, shared: &Shared) -> anyhow::Result<Outcome> {
    let root = match release {
        None => {
            let id = shelf.latest_id()?.context("there is no release yet; `release build` makes one")?;
            shared.data.join("releases").join(id.as_str())
        }
        Some(text) => match ReleaseId::parse(text) {
            Some(id) => shared.data.join("releases").join(id.as_str()),
            None => PathBuf::from(text),
        },
    };
    let findings = verify(&root)?;
    if shared.json {
        output::json(&serde_json::json!({ "directory": root, "findings": findings }))?;
    } else {
        for finding in &findings {
            output::line(format!("{}: {}", finding.path, finding.problem))?;
        }
        let verdict = if findings.is_empty() { "whole and unchanged" } else { "NOT what its manifest says" };
        output::line(format!("{}: {verdict}", root.display()))?;
    }
    anyhow::ensure!(findings.is_empty(), "the release was changed after it was built");
    Ok(Outcome::Done)
}
