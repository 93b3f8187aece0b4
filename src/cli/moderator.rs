//! `moderator`: who may decide at `/review`.

use super::{Outcome, Shared, clock, output};
use crate::app::invite_moderator;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Print a one-time link for a moderator, new or one who lost the passphrase.
    Add {
        /// Any name that tells moderators apart; it stands in the log of decisions.
        name: String,
        /// Address of the site as moderators reach it.
        #[arg(long, env = "CENSUS_PUBLIC_URL", default_value = "http://127.0.0.1:8080")]
        url: String,
    },
    /// Take the right to decide away, at once.
    Remove {
        /// Name of the moderator.
        name: String,
    },
    /// Show the moderators.
    List,
}

pub(super) async fn run(command: Command, shared: &Shared) -> anyhow::Result<Outcome> {
    let store = shared.store().await?;
    match command {
        Command::Add { name, url } => {
            let code = invite_moderator(&store, &name, clock::random()).await?;
            let link = format!("{}/review/join#{code}", url.trim_end_matches('/'));
            if shared.json {
                output::json(&serde_json::json!({ "moderator": name, "link": link }))?;
            } else {
                output::line(&link)?;
                output::line(
                    "This link works once and is not shown again. Hand it over in person or by a channel you trust.",
                )?;
            }
        }
        Command::Remove { name } => {
            anyhow::ensure!(
                store.remove_moderator(&name).await?,
                "there is no moderator of this name; `moderator list` shows those there are"
            );
            if shared.json {
                output::json(&serde_json::json!({ "removed": name }))?;
            } else {
                output::line("removed; what was decided stays decided")?;
            }
        }
        Command::List => {
            let all = store.moderators().await?;
            if shared.json {
                let all: Vec<_> = all
                    .iter()
                    .map(|m| serde_json::json!({ "name": m.name, "joined": m.passphrase.is_some(), "link_waits": m.is_invited }))
                    .collect();
                output::json(&serde_json::json!({ "moderators": all }))?;
            } else if all.is_empty() {
                output::line("no moderators; `moderator add NAME` makes a link for one")?;
            } else {
                for m in &all {
                    let joined = if m.passphrase.is_some() { "joined" } else { "not joined yet" };
                    let waits = if m.is_invited { ", a link waits" } else { "" };
                    output::line(format!("{}: {joined}{waits}", m.name))?;
                }
            }
        }
    }
    store.close().await;
    Ok(Outcome::Done)
}
