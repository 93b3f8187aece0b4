//! What the rows of a database tell whoever takes it (promise P16).

use std::collections::BTreeMap;

use super::backend::on_readers;
use super::{StorageError, Store};

/// Rows of every table, and the numbers that the seizure drill speaks of.
const COUNTS: &str = "
SELECT 'campaigns' AS name, COUNT(*) AS counted FROM campaigns
UNION ALL SELECT 'waves', COUNT(*) FROM waves
UNION ALL SELECT 'sources', COUNT(*) FROM sources
UNION ALL SELECT 'pending', COUNT(*) FROM pending
UNION ALL SELECT 'sightings', COUNT(*) FROM sightings
UNION ALL SELECT 'rejections', COUNT(*) FROM rejections
UNION ALL SELECT 'rulings', COUNT(*) FROM rulings
UNION ALL SELECT 'effort_marks', COUNT(*) FROM effort_marks
UNION ALL SELECT 'pending_marks', COUNT(*) FROM pending_marks
UNION ALL SELECT 'reports', COUNT(*) FROM reports
UNION ALL SELECT 'gone', COUNT(*) FROM gone
UNION ALL SELECT 'public_keys', COUNT(*) FROM token_keys
UNION ALL SELECT 'signing_keys', COUNT(*) FROM token_keys WHERE secret IS NOT NULL
UNION ALL SELECT 'invites', COUNT(*) FROM invites
UNION ALL SELECT 'redeemed_invites', COUNT(*) FROM invites \
    WHERE sightings_batch IS NOT NULL OR marks_batch IS NOT NULL
UNION ALL SELECT 'spent_tokens', COUNT(*) FROM spent_tokens
UNION ALL SELECT 'moderators', COUNT(*) FROM moderators
UNION ALL SELECT 'decisions', COUNT(*) FROM decisions
UNION ALL SELECT 'proposals', COUNT(*) FROM proposals";

/// How many sightings there are at each resolution, the accepted and those that wait.
const RESOLUTIONS: &str = "SELECT (cell >> 52) & 15 AS resolution, COUNT(*) FROM \
    (SELECT cell FROM sightings UNION ALL SELECT cell FROM pending) AS cells GROUP BY resolution";

/// How many invitations share a key, for the key that the fewest share.
const FEWEST_INVITES: &str = "SELECT MIN(invited) FROM (SELECT COUNT(*) AS invited FROM invites \
    GROUP BY campaign, epoch, team) AS keys";

pub(super) const STATEMENTS: &[&str] = &[COUNTS, RESOLUTIONS, FEWEST_INVITES];

/// What can be counted in a database that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traces {
    /// Rows by table, and some of them by what they say.
    pub rows: BTreeMap<String, u64>,
    /// Sightings by the H3 resolution of their cell.
    pub resolutions: BTreeMap<u8, u64>,
    /// The fewest invitations that share a key; nothing where there are none.
    pub fewest_invites: Option<u64>,
}

impl Store {
    /// Counts what a thief of the database could count.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn traces(&self) -> Result<Traces, StorageError> {
        let rows: Vec<(String, i64)> = on_readers!(self, pool => sqlx::query_as(COUNTS).fetch_all(pool).await)?;
        let cells: Vec<(i64, i64)> = on_readers!(self, pool => sqlx::query_as(RESOLUTIONS).fetch_all(pool).await)?;
        let fewest: Option<i64> = on_readers!(self, pool => sqlx::query_scalar(FEWEST_INVITES).fetch_one(pool).await)?;
        Ok(Traces {
            rows: rows.into_iter().map(|(name, counted)| (name, counted.unsigned_abs())).collect(),
            resolutions: cells
                .into_iter()
                .map(|(resolution, counted)| (u8::try_from(resolution).unwrap_or(u8::MAX), counted.unsigned_abs()))
                .collect(),
            fewest_invites: fewest.map(i64::unsigned_abs),
        })
    }
}
