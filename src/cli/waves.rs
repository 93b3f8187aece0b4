//! `waves`: survey periods.

use anyhow::Context as _;

use super::{Outcome, Shared, clock, output};
use crate::model::{Campaign, Wave, slug_of};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Open a wave: its reports enter no release until it is closed.
    Open(Which),
    /// Close a wave for good.
    Close(Which),
    /// Show the waves.
    List,
}

#[derive(Debug, clap::Args)]
pub(super) struct Which {
    /// Short name of the wave.
    wave: String,
    /// Campaign it belongs to.
    #[arg(long, value_name = "SLUG", default_value = Campaign::DEFAULT_SLUG)]
    campaign: String,
}

impl Which {
    fn slug(&self) -> anyhow::Result<String> {
        slug_of(&self.wave).context("the name of the wave has no letter or digit")
    }
}

pub(super) async fn run(command: Command, shared: &Shared) -> anyhow::Result<Outcome> {
    let store = shared.store().await?;
    let week = clock::current_week();
    let only = match &command {
        Command::Open(which) => {
            store.open_wave(&which.campaign, &which.slug()?, week).await?;
            Some((which.campaign.clone(), which.slug()?))
        }
        Command::Close(which) => {
            store.close_wave(&which.campaign, &which.slug()?, week).await?;
            Some((which.campaign.clone(), which.slug()?))
        }
        Command::List => None,
    };
    let mut waves = store.waves().await?;
    store.close().await;
    if let Some((campaign, slug)) = only {
        waves.retain(|wave| wave.campaign == campaign && wave.slug == slug);
    }
    print(&waves, shared.json)?;
    Ok(Outcome::Done)
}

fn print(waves: &[Wave], json: bool) -> anyhow::Result<()> {
    if json {
        let all: Vec<_> = waves
            .iter()
            .map(|wave| {
                let (opened, closed) = (wave.opened.to_string(), wave.closed.map(|week| week.to_string()));
                serde_json::json!({ "campaign": wave.campaign, "wave": wave.slug, "opened": opened, "closed": closed })
            })
            .collect();
        output::json(&serde_json::json!({ "waves": all }))?;
    } else if waves.is_empty() {
        output::line("no waves")?;
    } else {
        for Wave { campaign, slug, opened, closed } in waves {
            let state = closed.map_or_else(|| "open".to_owned(), |week| format!("closed {week}"));
            output::line(format!("{campaign}/{slug}: opened {opened}, {state}"))?;
        }
    }
    Ok(())
}
