//! The command line: one file per command.
//!
//! May touch `app` and what its arguments are made of, opens files, reads the clock and prints.

mod areas;
mod arguments;
mod backup;
mod briefing;
mod campaign;
mod check;
mod clock;
mod diff;
mod drill;
mod effort;
mod export;
mod figures;
mod files;
mod form;
mod import;
mod invite;
mod logging;
mod map;
mod moderator;
mod output;
mod release;
mod review;
mod seal;
mod serve;
mod signals;
mod static_directory;
mod waves;

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::storage::{DatabaseUrl, OpenOptions, Store};

/// How a command ended, when it did not fail.
enum Outcome {
    Done,
    /// Something in the input was refused; the rest was used.
    Problems,
}

/// Counts surveillance cameras from volunteers' reports, without exposing anyone who counted.
#[derive(Debug, Parser)]
#[command(name = "camera-census", version, arg_required_else_help = true, max_term_width = 100)]
struct Arguments {
    #[command(flatten)]
    shared: Shared,
    #[command(subcommand)]
    command: Command,
}

/// Options every command takes.
#[derive(Debug, clap::Args)]
struct Shared {
    /// Database: sqlite:PATH or <postgres://USER:PASSWORD@HOST/NAME>.
    #[arg(long, global = true, env = "CENSUS_DATABASE", default_value = "sqlite:census.db", hide_env_values = true)]
    database: Address,
    /// Directory of the releases.
    #[arg(long, global = true, env = "CENSUS_DATA_DIR", default_value = "census-data")]
    data: PathBuf,
    /// Print one JSON object instead of lines for people.
    #[arg(long, global = true)]
    json: bool,
    /// Log more; twice for everything.
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    verbose: u8,
}

/// A database address as it was given. Read only when it is used, because the argument parser repeats what it cannot read,
/// and there may be a password in it.
#[derive(Clone)]
struct Address(String);

impl std::str::FromStr for Address {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Address(..)")
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Files in, density map in the browser; nothing is kept.
    Map(map::Arguments),
    /// Run the server.
    Serve(serve::Arguments),
    /// Who is counting where.
    #[command(subcommand)]
    Campaign(campaign::Command),
    /// Survey periods of a campaign.
    #[command(subcommand)]
    Waves(waves::Command),
    /// Import a coordinator's files, accepted at once.
    Import(import::Arguments),
    /// Which streets or cells were walked, and how completely.
    #[command(subcommand)]
    Effort(effort::Command),
    /// Numbers that others published, to lay beside the census.
    #[command(subcommand)]
    Figures(figures::Command),
    /// Boundaries that counts are made for, such as wards.
    #[command(subcommand)]
    Areas(areas::Command),
    /// Look at what volunteers sent, and decide.
    #[command(subcommand)]
    Review(review::Command),
    /// Invite volunteers, who then report with tokens that nobody can link to them.
    #[command(subcommand)]
    Invite(invite::Command),
    /// Who may decide at /review.
    #[command(subcommand)]
    Moderator(moderator::Command),
    /// Forms for other people's tools.
    Form(form::Arguments),
    /// Print two pages about one area, as a PDF.
    Briefing(briefing::Arguments),
    /// Build, list, verify and export releases.
    #[command(subcommand)]
    Release(release::Command),
    /// Remove every trace of the order in which reports arrived.
    Seal,
    /// Look whether the database is sound.
    Check,
    /// Copy the database into a file that only an offline key can open; backups of four weeks ago are deleted.
    Backup(backup::Arguments),
    /// Bring a backup into an empty database of either kind.
    Restore(backup::RestoreArguments),
    /// Say what somebody who takes the database and the data directory learns.
    Drill,
}

/// Runs the program. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 some of the input was refused.
#[must_use]
pub fn main() -> ExitCode {
    leave_no_core();
    let arguments = Arguments::parse();
    logging::start(arguments.shared.verbose);
    match run(arguments) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Problems) => ExitCode::from(3),
        Err(error) => {
            // Nothing is left to tell a caller whose standard error is gone.
            let _ = writeln!(io::stderr(), "error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// A core dump would hold what was in memory: sessions, secrets, places. One byte is a limit that the kernel takes for
/// "none at all", also where dumps are piped to a program and a limit of zero is passed over (core(5)).
fn leave_no_core() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        // Where it cannot be lowered it is lower already.
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(1), maximum: Some(1) });
    }
}

fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let Arguments { shared, command } = arguments;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match command {
            Command::Map(arguments) => map::run(arguments, &shared).await,
            Command::Serve(arguments) => serve::run(arguments, &shared).await,
            Command::Campaign(command) => campaign::run(command, &shared).await,
            Command::Waves(command) => waves::run(command, &shared).await,
            Command::Import(arguments) => import::run(arguments, &shared).await,
            Command::Form(arguments) => form::run(&arguments, &shared),
            Command::Effort(command) => effort::run(command, &shared).await,
            Command::Figures(command) => figures::run(command, &shared).await,
            Command::Areas(command) => areas::run(command, &shared).await,
            Command::Review(command) => review::run(command, &shared).await,
            Command::Moderator(command) => moderator::run(command, &shared).await,
            Command::Briefing(arguments) => briefing::run(&arguments, &shared),
            Command::Release(command) => release::run(command, &shared).await,
            Command::Invite(command) => invite::run(command, &shared).await,
            Command::Seal => seal::run(&shared).await,
            Command::Check => check::run(&shared).await,
            Command::Backup(arguments) => backup::run(arguments, &shared).await,
            Command::Restore(arguments) => backup::restore(arguments, &shared).await,
            Command::Drill => drill::run(&shared).await,
        }
    })
}

impl Shared {
    async fn store(&self) -> anyhow::Result<Store> {
        use anyhow::Context as _;
        let url: DatabaseUrl = self.database.0.parse()?;
        Store::open(&url, OpenOptions::default()).await.with_context(|| format!("opening {url}"))
    }
}
