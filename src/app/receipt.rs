//! What a submitter can ask with the secret: how things stand, and take it back.

use std::collections::BTreeMap;

use super::error::AppError;
use super::submit::MAX_FEATURES;
use crate::model::{Secret, SightingId};
use crate::storage::{ReceiptState as Stored, Store};

/// How a submission stands.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ReceiptState {
    /// `pending` while something waits, `rejected` when a moderator refused all that is known of, `settled` otherwise:
    /// approved, withdrawn or never sent. Nothing is kept that could tell which.
    pub state: &'static str,
    /// Sightings that wait for a moderator.
    pub pending: u64,
    /// Sightings a moderator rejected, by reason.
    pub rejected: BTreeMap<&'static str, u64>,
}

/// Tells how the submission under this secret stands. Nothing about a secret is stored: the ids are derived again.
///
/// # Errors
/// When the database fails.
pub async fn receipt(store: &Store, secret: &Secret) -> Result<ReceiptState, AppError> {
    let mut answer = ReceiptState { state: "settled", pending: 0, rejected: BTreeMap::new() };
    for state in store.receipt_status(&ids(secret)).await? {
        match state {
            Stored::Pending => answer.pending += 1,
            Stored::Rejected(reason) => *answer.rejected.entry(reason.word()).or_default() += 1,
            Stored::Settled => {}
        }
    }
    if answer.pending > 0 {
        answer.state = "pending";
    } else if !answer.rejected.is_empty() {
        answer.state = "rejected";
    }
    Ok(answer)
}

/// Deletes what still waits under this secret, at once; returns how many sightings.
///
/// # Errors
/// When the database fails.
pub async fn withdraw(store: &Store, secret: &Secret) -> Result<u64, AppError> {
    let ids = ids(secret);
    // Looked up by a reader first, so that a stranger's random secret never holds the one writer.
    let states = store.receipt_status(&ids).await?;
    let waiting: Vec<SightingId> =
        ids.into_iter().zip(states).filter(|(_, state)| *state == Stored::Pending).map(|(id, _)| id).collect();
    if waiting.is_empty() {
        return Ok(0);
    }
    Ok(store.withdraw(&waiting).await?)
}

fn ids(secret: &Secret) -> Vec<SightingId> {
    let count = u32::try_from(MAX_FEATURES).unwrap_or(u32::MAX);
    (0..count).map(|ordinal| secret.sighting_id(ordinal)).collect()
}
