//! `form`: forms for other people's tools.

use std::path::PathBuf;

use anyhow::Context as _;

use super::{Outcome, Shared, output};
use crate::app::xlsform;
use crate::language::{Language, Messages};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Write the form for ODK Collect and KoboToolbox, in every language of the pages.
    Xlsform {
        /// The workbook to write.
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
}

pub(super) fn run(arguments: &Arguments, shared: &Shared) -> anyhow::Result<Outcome> {
    let Command::Xlsform { output: path } = &arguments.command;
    let say = |key: &str| Language::ALL.map(|language| Messages::of(language).get(key).into_owned());
    let bytes = xlsform(&say).context("putting the form together")?;
    std::fs::write(path, &bytes).with_context(|| format!("writing {}", path.display()))?;
    if shared.json {
        output::json(&serde_json::json!({ "bytes": bytes.len() }))?;
    } else {
        output::line(format!(
            "{}: upload it to ODK Central or KoboToolbox; read their exports with `import FILE --mapping odk --rows reports` \
             (or kobo)",
            path.display()
        ))?;
    }
    Ok(Outcome::Done)
}
