//! `review`: what volunteers sent, and what to do with it.

use h3o::CellIndex;

use super::{Outcome, Shared, clock, output};
use crate::app::{Explained, explain, lower_home};
use crate::model::{Campaign, JoinReason, RejectReason, SightingId, Verdict};
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
    /// Say why the sightings in a cell were taken for these cameras.
    Why {
        /// H3 cell, of resolution 13 or coarser.
        #[arg(value_name = "CELL")]
        cell: CellIndex,
    },
    /// Rule that two accepted sightings are of one camera.
    Same(Pair),
    /// Rule that two accepted sightings are of different cameras.
    Different(Pair),
    /// Take back what was ruled about two sightings.
    Unruled(Pair),
    /// Count one home camera less in a cell of resolution 8, for a household that asks.
    LowerHome {
        /// H3 cell of resolution 8.
        #[arg(value_name = "CELL")]
        cell: CellIndex,
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
pub(super) struct Pair {
    /// Ids, as `review why` shows them.
    #[arg(value_name = "ID")]
    first: SightingId,
    #[arg(value_name = "ID")]
    second: SightingId,
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
        Command::Why { .. }
        | Command::LowerHome { .. }
        | Command::Same(_)
        | Command::Different(_)
        | Command::Unruled(_) => None,
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
        Command::Why { cell } => why(&explain(&store, *cell).await?, shared.json)?,
        Command::LowerHome { cell } => {
            let deleted = lower_home(&store, *cell, clock::current_week()).await?;
            decided("deleted", deleted, shared.json)?;
        }
        Command::Same(Pair { first, second }) => store.rule(*first, *second, Verdict::Same).await?,
        Command::Different(Pair { first, second }) => store.rule(*first, *second, Verdict::Different).await?,
        Command::Unruled(Pair { first, second }) => {
            let was_ruled = store.take_back_ruling(*first, *second).await?;
            anyhow::ensure!(was_ruled, "nothing was ruled about these two sightings");
        }
    }
    store.close().await;
    Ok(Outcome::Done)
}

/// Prints the cameras of a cell, why their sightings were joined, and the sightings.
fn why(cameras: &[Explained], json: bool) -> anyhow::Result<()> {
    if json {
        let rows: Vec<_> = cameras.iter().map(explained).collect();
        return Ok(output::json(&serde_json::json!({ "cameras": rows }))?);
    }
    for Explained { camera, is_gone, sightings } in cameras {
        let JoinReason { diameter_dm, told_apart, ruled, .. } = camera.reason;
        let metres = f64::from(diameter_dm) / 10.0;
        let joined = match sightings.len() {
            1 => "one sighting".to_owned(),
            n => format!("{n} sightings within {metres:.1} m of each other that nothing contradicts"),
        };
        let apart =
            if told_apart > 1 { format!("; one observer told {told_apart} cameras apart here") } else { String::new() };
        let gone = if *is_gone { "; somebody found it gone since" } else { "" };
        let ruled = if ruled { "; ruled the same by a moderator" } else { "" };
        output::line(format!("{}  {} / {}: {joined}{apart}{ruled}{gone}", camera.cell, camera.kind, camera.operator))?;
        for (id, observed, occasion) in sightings {
            let s = &observed.sighting;
            let wave = occasion.wave.as_deref().unwrap_or("no wave");
            let pass = occasion.pass.map(|pass| format!(" {pass}")).unwrap_or_default();
            output::line(format!("    {id}  {}  {} / {}, slot {}, {wave}{pass}", s.cell, s.kind, s.operator, s.slot))?;
        }
    }
    output::line(format!(
        "{} cameras; `review same ID ID` and `review different ID ID` decide otherwise",
        cameras.len()
    ))?;
    Ok(())
}

fn explained(explained: &Explained) -> serde_json::Value {
    let Explained { camera, is_gone, sightings } = explained;
    let sightings: Vec<_> = sightings
        .iter()
        .map(|(id, observed, occasion)| {
            let s = &observed.sighting;
            serde_json::json!({
                "id": id.to_string(), "cell": s.cell.to_string(), "kind": s.kind.word(), "operator": s.operator.word(),
                "slot": s.slot, "source": occasion.source, "wave": occasion.wave,
                "pass": occasion.pass.map(|pass| pass.to_string()),
            })
        })
        .collect();
    serde_json::json!({
        "cell": camera.cell.to_string(),
        "kind": camera.kind.word(),
        "operator": camera.operator.word(),
        "heads": camera.heads,
        "diameter_m": f64::from(camera.reason.diameter_dm) / 10.0,
        "unlikeness": f64::from(camera.reason.unlikeness) / 1000.0,
        "told_apart": camera.reason.told_apart,
        "ruled": camera.reason.ruled,
        "gone": is_gone,
        "sightings": sightings,
    })
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
