//! `check`: whether the database is sound.

use super::{Outcome, Shared, output};

pub(super) async fn run(shared: &Shared) -> anyhow::Result<Outcome> {
    let store = shared.store().await?;
    let findings = store.check().await;
    store.close().await;
    let findings = findings?;
    if shared.json {
        output::json(&serde_json::json!({ "findings": findings }))?;
    } else {
        for finding in &findings {
            output::line(finding)?;
        }
        output::line(if findings.is_empty() { "the database is sound" } else { "the database is damaged" })?;
    }
    anyhow::ensure!(findings.is_empty(), "restore the database from a backup");
    Ok(Outcome::Done)
}
