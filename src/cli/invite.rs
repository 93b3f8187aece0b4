//! `invite`: who may report with tokens.

use std::io::IsTerminal as _;

use anyhow::Context as _;
use qrcode::render::unicode::Dense1x2;
use qrcode::{EcLevel, QrCode};

use super::arguments::pass;
use super::{Outcome, Shared, clock, output};
use crate::app::{InviteRequest, Invites, MANY_INVITES, invite, keys, revoke, rotate};
use crate::model::{Campaign, PassLetter, slug_of};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Make invites and print them, once: nothing can show them again.
    Create {
        #[command(flatten)]
        whom: Whom,
        /// Team of the wave, A to F.
        #[arg(long, value_name = "TEAM", value_parser = pass)]
        team: Option<PassLetter>,
        /// How many invites.
        #[arg(long, default_value_t = 1)]
        count: u32,
        /// How many sightings one of them is good for, and as many marks and reports. The same number for everybody tells least.
        #[arg(long, default_value_t = 300)]
        tokens: u32,
        /// Address of the site as volunteers know it, such as <https://census.example>.
        #[arg(long, env = "CENSUS_PUBLIC_URL", default_value = "http://127.0.0.1:8080")]
        url: String,
    },
    /// Take an invite back, before its tokens are drawn.
    Revoke {
        /// Name of the invite, as it was printed with it.
        id: String,
    },
    /// Close the open epoch: its invites and tokens are good for nothing from now on, and the next invite opens another.
    Rotate(Whom),
    /// Show how many invites share each key.
    List,
}

#[derive(Debug, clap::Args)]
pub(super) struct Whom {
    /// Campaign the invites are to.
    #[arg(long, value_name = "SLUG", default_value = Campaign::DEFAULT_SLUG)]
    campaign: String,
    /// Open wave they are to.
    #[arg(long, value_name = "WAVE")]
    wave: Option<String>,
}

impl Whom {
    fn wave(&self) -> anyhow::Result<Option<String>> {
        let slug = |wave: &String| slug_of(wave).context("the name of the wave has no letter or digit");
        self.wave.as_ref().map(slug).transpose()
    }
}

pub(super) async fn run(command: Command, shared: &Shared) -> anyhow::Result<Outcome> {
    let store = shared.store().await?;
    match command {
        Command::Create { whom, team, count, tokens, url } => {
            let wave = whom.wave()?;
            let request = InviteRequest { campaign: whom.campaign, wave, team, count, tokens, host: url };
            let made = invite(&store, &request, clock::random).await?;
            created(&request, &made, shared.json)?;
        }
        Command::Revoke { id } => {
            anyhow::ensure!(revoke(&store, &id).await?, "there is no such invite; its epoch may have been closed");
            if shared.json {
                output::json(&serde_json::json!({ "revoked": 1 }))?;
            } else {
                output::line("revoked; tokens that were drawn with it before stay good until the epoch is closed")?;
            }
        }
        Command::Rotate(whom) => {
            let closed = rotate(&store, &whom.campaign, whom.wave()?.as_deref()).await?;
            if shared.json {
                output::json(&serde_json::json!({ "closed": closed }))?;
            } else if closed {
                output::line("the epoch is closed; the next invite opens another")?;
            } else {
                output::line("no epoch was open")?;
            }
        }
        Command::List => list(&keys(&store).await?, shared.json)?,
    }
    store.close().await;
    Ok(Outcome::Done)
}

/// The code in half blocks: black on white where a terminal shows it, whatever its own colours are, because many cameras do
/// not read white on black.
fn drawn(code: &QrCode) -> String {
    let plain = code.render::<Dense1x2>().build();
    if !std::io::stdout().is_terminal() {
        return plain;
    }
    plain.lines().map(|line| format!("\x1b[30;107m{line}\x1b[0m")).collect::<Vec<_>>().join("\n")
}

fn created(request: &InviteRequest, made: &Invites, json: bool) -> anyhow::Result<()> {
    let few = made.sharing < MANY_INVITES;
    if json {
        let invites: Vec<_> =
            made.invites.iter().map(|(id, text)| serde_json::json!({ "id": id, "invite": text })).collect();
        return Ok(output::json(&serde_json::json!({
            "campaign": request.campaign,
            "wave": request.wave,
            "team": request.team.map(|team| team.to_string()),
            "epoch": made.keys.first().map(|key| key.epoch),
            "tokens": request.tokens,
            "invites": invites,
            "sharing": made.sharing,
            "below_ten": few,
        }))?);
    }
    for (id, text) in &made.invites {
        let code = QrCode::with_error_correction_level(text, EcLevel::M)?;
        output::line(drawn(&code))?;
        output::line(text)?;
        output::line(format!("  to take it back: camera-census invite revoke {id}\n"))?;
    }
    output::line(
        "Each invite is for one device. They are not kept: hand them out now, and do not send them over a channel that keeps them.",
    )?;
    if few {
        output::line(format!(
            "Warning: invites that share this key: {}. With fewer than {MANY_INVITES}, whoever has the database can guess who \
             sent which report.",
            made.sharing
        ))?;
    }
    Ok(())
}

fn list(keys: &[crate::app::PublicKey], json: bool) -> anyhow::Result<()> {
    // Both purposes share their invites: one line for the two.
    let keys = || keys.iter().filter(|public| public.key.purpose == crate::model::TokenPurpose::Sightings);
    if json {
        let rows: Vec<_> = keys()
            .map(|public| {
                serde_json::json!({
                    "campaign": public.key.campaign, "epoch": public.key.epoch, "wave": public.key.wave,
                    "team": public.key.team.map(|team| team.to_string()), "open": public.open,
                    "invites": public.invites, "drawn": public.drawn,
                })
            })
            .collect();
        return Ok(output::json(&serde_json::json!({ "keys": rows }))?);
    }
    if keys().next().is_none() {
        output::line("no invites; `invite create` makes some")?;
    }
    for public in keys() {
        let wave = public.key.wave.as_deref().map(|wave| format!(", wave {wave}")).unwrap_or_default();
        let team = public.key.team.map(|team| format!(", team {team}")).unwrap_or_default();
        let state = if public.open {
            format!("{} invites, {} of them used", public.invites, public.drawn)
        } else {
            "closed".to_owned()
        };
        output::line(format!("{}, epoch {}{wave}{team}: {state}", public.key.campaign, public.key.epoch))?;
    }
    Ok(())
}
