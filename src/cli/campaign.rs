//! `campaign`: who is counting where.

use anyhow::Context as _;

use super::arguments::bounds;
use super::{Outcome, Shared, output};
use crate::ingest::Bounds;
use crate::model::{Campaign, Intake, slug_of};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Begin a campaign.
    Create {
        /// Name for people; its short form is made from it.
        name: String,
        /// Box of the place that is counted, in degrees.
        #[arg(long, value_name = "W,S,E,N", value_parser = bounds, allow_hyphen_values = true)]
        bounds: Option<Bounds>,
        /// Who may send reports: open (anybody) or invited.
        #[arg(long, value_parser = intake, default_value = "open")]
        intake: Intake,
        /// Largest number of sightings that may wait for review at a time.
        #[arg(long, default_value_t = 100_000)]
        max_pending: u32,
    },
    /// Show the campaigns.
    List,
}

pub(super) async fn run(command: Command, shared: &Shared) -> anyhow::Result<Outcome> {
    let store = shared.store().await?;
    let campaigns = match command {
        Command::Create { name, bounds, intake, max_pending } => {
            let slug = slug_of(&name).context("the name has no letter or digit a short form could be made of")?;
            let bounds = bounds.map(|b| [b.west, b.south, b.east, b.north]);
            let campaign = Campaign { slug, name, bounds, intake, max_pending };
            store.create_campaign(&campaign).await?;
            vec![campaign]
        }
        Command::List => store.campaigns().await?,
    };
    store.close().await;
    if shared.json {
        let all: Vec<_> = campaigns
            .iter()
            .map(|c| {
                serde_json::json!({
                    "slug": c.slug, "name": c.name, "bounds": c.bounds, "intake": c.intake.word(), "max_pending": c.max_pending,
                })
            })
            .collect();
        output::json(&serde_json::json!({ "campaigns": all }))?;
    } else {
        for c in &campaigns {
            let place =
                c.bounds.map_or_else(|| "anywhere".to_owned(), |b| format!("{},{},{},{}", b[0], b[1], b[2], b[3]));
            output::line(format!(
                "{}: {} (intake {}, {place}, at most {} pending)",
                c.slug, c.name, c.intake, c.max_pending
            ))?;
        }
    }
    Ok(Outcome::Done)
}

fn intake(text: &str) -> Result<Intake, String> {
    Intake::from_word(text).ok_or_else(|| "expected open or invited".to_owned())
}
