//! `seal`: removes every trace of arrival order.

use super::{Outcome, Shared, backup, clock, output};

pub(super) async fn run(shared: &Shared) -> anyhow::Result<Outcome> {
    let store = shared.store().await?;
    let sealed = store.seal(clock::current_week()).await;
    store.close().await;
    sealed?;
    backup::expire(&shared.data, clock::current_week())?;
    if shared.json {
        output::json(&serde_json::json!({ "sealed": true }))?;
    } else {
        output::line("sealed: nothing in the database tells the order in which reports arrived")?;
    }
    Ok(Outcome::Done)
}
