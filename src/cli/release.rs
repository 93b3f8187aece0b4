//! `release`: building, listing, verifying and exporting releases.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::arguments::PoolingArguments;
use super::{Outcome, Shared, clock, diff, export, output};
use crate::app::{PublishRequest, Published, publish};
use crate::http::Twins;
use crate::model::IsoWeek;
use crate::release::{Format, ReleaseId, Shelf, Tombstone, check_signature, public_key, sign, verify};
use crate::storage::Waiting;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Build a release of what was accepted, and make it the latest.
    Build(BuildArguments),
    /// Show the releases.
    List,
    /// Compare every file of a release with its manifest.
    Verify {
        /// Id of a release, or a directory that holds one; the latest by default.
        release: Option<String>,
        /// Public key of minisign, the line or its file: the release must be signed by it.
        #[arg(long, value_name = "KEY")]
        public_key: Option<String>,
    },
    /// Put a signature beside the manifest of a release. It is made elsewhere, with a key that no server holds:
    /// `minisign -Sm manifest.json`.
    Sign {
        /// Id of the release.
        #[arg(value_parser = release_id)]
        release: ReleaseId,
        /// The signature, manifest.json.minisig.
        #[arg(long, value_name = "FILE")]
        signature: PathBuf,
        /// Public key of minisign it was made with, the line or its file.
        #[arg(long, value_name = "KEY")]
        public_key: String,
    },
    /// Tell what changed between two releases.
    Diff {
        /// Id of the earlier release.
        #[arg(value_name = "A")]
        before: String,
        /// Id of the later release; the latest by default.
        #[arg(value_name = "B")]
        after: Option<String>,
        /// A list that both hold, by its short name; the field data by default.
        #[arg(long, value_name = "LIST")]
        list: Option<String>,
    },
    /// Delete the files of a release and leave a tombstone that says why.
    Withdraw {
        /// Id of the release.
        #[arg(value_parser = release_id)]
        release: ReleaseId,
        /// Why, in one public line.
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Write the whole public site as plain files, for any static host.
    Export(export::Arguments),
}

#[derive(Debug, clap::Args)]
pub(super) struct BuildArguments {
    #[command(flatten)]
    options: ReleaseArguments,
    /// ISO week the release speaks of; the present one by default.
    #[arg(long, value_name = "WEEK")]
    as_of: Option<IsoWeek>,
}

/// What every release of a census is built with.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct ReleaseArguments {
    /// Name of the census.
    #[arg(long, default_value = "Camera census", env = "CENSUS_TITLE")]
    title: String,
    /// SPDX identifier of the licence of the field data.
    #[arg(long, default_value = "CC-BY-4.0", env = "CENSUS_LICENCE")]
    licence: String,
    /// A list that serves as one more capture occasion of the estimates; may be given several times. It must be a register
    /// of the very cameras the passes looked for.
    #[arg(long, value_name = "LIST")]
    estimate_with: Vec<String>,
    #[command(flatten)]
    pooling: PoolingArguments,
}

impl ReleaseArguments {
    /// What to build, of the present week unless another is given.
    pub(super) fn request(&self, as_of: Option<IsoWeek>, only_changed: bool) -> PublishRequest {
        let current_week = clock::current_week();
        if let Some(warning) = self.pooling.warning() {
            tracing::warn!("{warning}");
        }
        PublishRequest {
            title: self.title.clone(),
            licence: self.licence.clone(),
            as_of: as_of.unwrap_or(current_week),
            current_week,
            estimate_lists: self.estimate_with.clone(),
            profile: self.pooling.profile().to_owned(),
            min_changes: self.pooling.min_changes(),
            only_changed,
        }
    }
}

pub(super) async fn run(command: Command, shared: &Shared) -> anyhow::Result<Outcome> {
    let shelf = Shelf::below(&shared.data);
    match command {
        Command::Build(arguments) => build(arguments, &shelf, shared).await,
        Command::List => list(&shelf, shared.json),
        Command::Verify { release, public_key } => verified(release.as_deref(), public_key.as_deref(), &shelf, shared),
        Command::Sign { release, signature, public_key } => signed(&release, &signature, &public_key, &shelf, shared),
        Command::Diff { before, after, list } => diff::run(&before, after.as_deref(), list.as_deref(), &shelf, shared),
        Command::Withdraw { release, reason } => withdraw(&release, &reason, &shelf, shared),
        Command::Export(arguments) => export::run(arguments, &shelf, shared).await,
    }
}

async fn build(arguments: BuildArguments, shelf: &Shelf, shared: &Shared) -> anyhow::Result<Outcome> {
    let request = arguments.options.request(arguments.as_of, false);
    let store = shared.store().await?;
    let Published { manifest, is_new, waiting, sealed } = publish(&store, shelf, &request, clock::random).await?;
    sealed.context("the release is built, but the database could not be sealed; run seal later")?;
    store.close().await;
    let release = shelf.latest()?.context("the release that was just built is gone")?;
    if shared.json {
        output::json(&serde_json::json!({
            "release": manifest.id, "previous": manifest.previous, "sha256": release.manifest_sha256, "new": is_new, "summary": release.summary,
            "waiting": waiting.iter().map(|region| serde_json::json!({
                "region": region.region.to_string(), "changes": region.changes,
            })).collect::<Vec<_>>(),
        }))?;
    } else {
        let summary = &release.summary;
        output::line(format!(
            "release {}: at least {} cameras with {} heads, from {} sightings",
            manifest.id, summary.cameras, summary.heads, summary.sightings
        ))?;
        output::line(format!("manifest SHA-256 {}", release.manifest_sha256))?;
        if let Some(sentence) = waiting_sentence(&waiting, request.min_changes) {
            output::line(sentence)?;
        }
        if !manifest.policy.formats.contains(&Format::Parquet) {
            output::line(
                "no GeoParquet files: this program was built without them; `cargo install --path . --locked --features full` builds one with them",
            )?;
        }
    }
    Ok(Outcome::Done)
}

fn release_id(text: &str) -> Result<ReleaseId, String> {
    ReleaseId::parse(text)
        .ok_or_else(|| "a release is named like 2026-W47-1a2b3c4d; `release list` shows them".to_owned())
}

/// What a release does not hold yet, and why.
pub(super) fn waiting_sentence(waiting: &[Waiting], min_changes: u32) -> Option<String> {
    let changes: u64 = waiting.iter().map(|region| region.changes).sum();
    (changes > 0).then(|| {
        format!(
            "{changes} accepted reports or rulings in {} regions wait until {min_changes} of a region have come together, so \
             that no release tells where one person walked; --profile small or --min-changes N lets fewer wait",
            waiting.len()
        )
    })
}

fn withdraw(release: &ReleaseId, reason: &str, shelf: &Shelf, shared: &Shared) -> anyhow::Result<Outcome> {
    let reason = Tombstone::clean_reason(reason).context("the reason is one line of 1 to 500 characters")?;
    let lock = shelf.lock()?;
    let manifest_sha256 = shelf.open(release)?.manifest_sha256;
    let week = clock::current_week().to_string();
    let tombstone = Tombstone { release: release.to_string(), reason, week, manifest_sha256 };
    let latest = shelf.withdraw(&lock, &tombstone)?;
    Twins::below(&shared.data)
        .forget(&tombstone.manifest_sha256)
        .context("the release is withdrawn, but its compressed files stay in the cache; delete them by hand")?;
    if shared.json {
        let latest = latest.as_ref().map(ReleaseId::as_str);
        output::json(&serde_json::json!({ "withdrawn": tombstone, "latest": latest }))?;
    } else {
        output::line(format!("{release} is withdrawn; its manifest and the reason stay"))?;
        match latest {
            Some(id) => output::line(format!("the latest release is {id}"))?,
            None => output::line("no release is left; `release build` makes one")?,
        }
        output::line("copies that others made stay where they are: ask mirrors and caches to drop theirs")?;
    }
    Ok(Outcome::Done)
}

fn list(shelf: &Shelf, json: bool) -> anyhow::Result<Outcome> {
    let latest = shelf.latest_id()?;
    let mut rows = Vec::new();
    for id in shelf.list()? {
        if let Some(tombstone) = shelf.tombstone(&id)? {
            if json {
                rows.push(serde_json::json!({ "release": id.as_str(), "latest": false, "withdrawn": tombstone }));
            } else {
                output::line(format!("{id}  withdrawn in {}: {}", tombstone.week, tombstone.reason))?;
            }
            continue;
        }
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

fn key(given: &str) -> anyhow::Result<minisign_verify::PublicKey> {
    let text = if Path::new(given).is_file() { std::fs::read_to_string(given)? } else { given.to_owned() };
    public_key(&text).map_err(anyhow::Error::msg)
}

fn signed(id: &ReleaseId, signature: &Path, key_text: &str, shelf: &Shelf, shared: &Shared) -> anyhow::Result<Outcome> {
    let text = std::fs::read_to_string(signature).with_context(|| format!("reading {}", signature.display()))?;
    let _lock = shelf.lock()?;
    shelf.open(id)?;
    let comment = sign(&shelf.place(id), &text, &key(key_text)?)?;
    if shared.json {
        output::json(&serde_json::json!({ "release": id.as_str(), "trusted_comment": comment }))?;
    } else {
        output::line(format!("{id} is signed ({comment})"))?;
    }
    Ok(Outcome::Done)
}

fn verified(release: Option<&str>, signed_by: Option<&str>, shelf: &Shelf, shared: &Shared) -> anyhow::Result<Outcome> {
    let root = match release {
        None => shelf.place(&shelf.latest_id()?.context("there is no release yet; `release build` makes one")?),
        Some(text) => match ReleaseId::parse(text) {
            Some(id) => shelf.place(&id),
            None => PathBuf::from(text),
        },
    };
    let findings = verify(&root)?;
    let comment = signed_by.map(|text| Ok::<_, anyhow::Error>(check_signature(&root, &key(text)?)?)).transpose()?;
    if shared.json {
        let report = serde_json::json!({ "directory": root, "findings": findings, "trusted_comment": comment });
        output::json(&report)?;
    } else {
        for finding in &findings {
            output::line(format!("{}: {}", finding.path, finding.problem))?;
        }
        let verdict = if findings.is_empty() { "whole and unchanged" } else { "NOT what its manifest says" };
        output::line(format!("{}: {verdict}", root.display()))?;
        if let Some(comment) = comment {
            output::line(format!("signed by this key ({comment})"))?;
        }
    }
    anyhow::ensure!(findings.is_empty(), "the release was changed after it was built");
    Ok(Outcome::Done)
}
