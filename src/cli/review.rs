//! `review`: what volunteers sent, and what to do with it.

use super::{Outcome, Shared, clock, output};
use crate::model::{Campaign, RejectReason, SightingId};
use crate::storage::{Selection, Store, Stored};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Show what waits for review.
    List {
        /// Campaign to look at.
        #[arg(long, value_name = "SLUG")]
        campaign: Option<String>,
        /// Show at most this many.
        #[arg(long, default_value_t = 1000)]
        limit: u32,
    },
    /// Accept sightings.
    Approve(Which),
    /// Reject sightings and delete their details.
    Reject {
        #[command(flatten)]
        which: Which,
        /// Why: `not_a_camera`, duplicate, `wrong_place`, implausible or other.
        #[arg(long, value_parser = reason)]
        reason: RejectReason,
    },
}

#[derive(Debug, clap::Args)]
pub(super) struct Which {
    /// Ids, as `review list` shows them.
    #[arg(value_name = "ID", required_unless_present = "all", conflicts_with = "all")]
    ids: Vec<SightingId>,
    /// Everything that waits in the campaign.
    #[arg(long)]
    all: bool,
    /// Campaign that --all speaks of.
    #[arg(long, value_name = "SLUG", default_value = Campaign::DEFAULT_SLUG)]
    campaign: String,
}

impl Which {
    fn selection(&self) -> Selection<'_> {
        if self.all { Selection::Campaign(&self.campaign) } else { Selection::Ids(&self.ids) }
    }
}

pub(super) async fn run(command: Command, shared: &Shared) -> anyhow::Result<Outcome> {
    let store = shared.store().await?;
    let campaign = match &command {
        Command::List { campaign, .. } => campaign.as_deref(),
        Command::Approve(which) | Command::Reject { which, .. } => which.all.then_some(which.campaign.as_str()),
    };
    if let Some(slug) = campaign {
        anyhow::ensure!(
            store.campaign(slug).await?.is_some(),
            "there is no such campaign; `campaign list` shows those there are"
        );
    }
    match &command {
        Command::List { campaign, limit } => list(&store, campaign.as_deref(), *limit, shared.json).await?,
        Command::Approve(which) => {
            let approved = store.approve(which.selection(), clock::random).await?;
            decided("approved", approved, shared.json)?;
        }
        Command::Reject { which, reason } => {
            let rejected = store.reject(which.selection(), *reason, clock::current_week()).await?;
            decided("rejected", rejected, shared.json)?;
        }
    }
    store.close().await;
    Ok(Outcome::Done)
}

fn decided(verb: &str, count: u64, json: bool) -> anyhow::Result<()> {
    if json {
        output::json(&serde_json::json!({ verb: count }))?;
    } else {
        output::line(format!("{count} sightings {verb}"))?;
    }
    Ok(())
}

async fn list(store: &Store, campaign: Option<&str>, limit: u32, json: bool) -> anyhow::Result<()> {
    let waiting = store.pending_page(campaign, None, limit).await?;
    let total: u64 = match campaign {
        Some(_) => waiting.len() as u64,
        None => store.pending_counts().await?.into_iter().map(|(_, count)| count).sum(),
    };
    if json {
        let rows: Vec<_> = waiting.iter().map(row).collect();
        return Ok(output::json(&serde_json::json!({ "pending": total, "sightings": rows }))?);
    }
    for Stored { id, sighting: s, .. } in &waiting {
        let week = s.week.map_or_else(|| "no week".to_owned(), |week| week.to_string());
        let maker = s.maker.name();
        output::line(format!(
            "{id}  {}  {} / {} / maker {maker}, heads {}, {week}",
            s.cell, s.kind, s.operator, s.heads
        ))?;
    }
    output::line(format!("{total} sightings wait for review"))?;
    Ok(())
}

fn row(stored: &Stored) -> serde_json::Value {
    let s = &stored.sighting;
    serde_json::json!({
        "id": stored.id.to_string(),
        "cell": s.cell.to_string(),
        "kind": s.kind.word(),
        "operator": s.operator.word(),
        "mount": s.mount.word(),
        "linked": s.linked.word(),
        "maker": s.maker.name(),
        "basis": s.basis.word(),
        "heads": s.heads,
        "week": s.week.map(|week| week.to_string()),
    })
}

fn reason(text: &str) -> Result<RejectReason, String> {
    RejectReason::from_word(text).ok_or_else(|| {
        let words: Vec<_> = RejectReason::ALL.iter().map(|reason| reason.word()).collect();
        format!("expected one of {}", words.join(", "))
    })
}
