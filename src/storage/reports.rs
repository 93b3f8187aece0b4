//! Reports that a camera is gone or never was one, while they wait for a moderator.

use super::backend::{Tx, in_transaction, on_readers, on_tx};
use super::batches::BATCH;
use super::rows::{Place, cell_number};
use super::{Spend, StorageError, Store};
use crate::model::{Claim, Kind, OccasionId, Report, SightingId};

const INSERT: &str = "INSERT INTO reports (id, occasion, cell, kind, claim, week) VALUES ($1, $2, $3, $4, $5, $6) \
                      ON CONFLICT DO NOTHING";
const GET: &str = "SELECT id, occasion, cell, kind, claim, week FROM reports WHERE id = $1";
const LIST: &str = "SELECT id, occasion, cell, kind, claim, week FROM reports ORDER BY id";
/// How many wait in the campaign of an occasion.
const COUNT: &str = "SELECT COUNT(*) FROM reports WHERE occasion IN (SELECT id FROM occasions \
                     WHERE campaign = (SELECT campaign FROM occasions WHERE id = $1))";
const DROP_AMONG: &str = "DELETE FROM reports WHERE id IN ";
const RETURNING_ID: &str = " RETURNING id";

pub(super) const STATEMENTS: &[&str] = &[INSERT, GET, LIST, COUNT];

/// A report as it waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StoredReport {
    /// What is said.
    pub report: Report,
    /// Derived from the submitter's secret.
    pub id: SightingId,
    /// Its occasion.
    pub occasion: OccasionId,
}

#[derive(sqlx::FromRow)]
struct ReportRow {
    id: Vec<u8>,
    occasion: i64,
    cell: i64,
    kind: i64,
    claim: i64,
    week: i64,
}

impl ReportRow {
    fn decode(self) -> Result<StoredReport, StorageError> {
        let at = |column| Place { table: "reports", column };
        Ok(StoredReport {
            id: at("id").id(&self.id)?,
            occasion: at("occasion").occasion(self.occasion)?,
            report: Report {
                cell: at("cell").cell(self.cell)?,
                kind: at("kind").code(self.kind, Kind::from_code)?,
                claim: at("claim").code(self.claim, Claim::from_code)?,
                week: at("week").week(self.week)?,
            },
        })
    }
}

impl Store {
    /// Keeps a report until a moderator looks at it, and spends the token it came with; durable when this returns. `false`
    /// when it waits already, and then nothing is spent.
    ///
    /// # Errors
    /// [`StorageError::SecretReused`] when another report waits under this id, [`StorageError::TooManyPending`] when the
    /// campaign's queue would grow past its limit, [`StorageError::TokenSpent`] and
    /// [`StorageError::EpochClosed`] as the token goes, [`StorageError::NoCampaign`] when the occasion is of no campaign, or when the database fails. Nothing is stored then.
    pub async fn insert_report(&self, stored: &StoredReport, spend: Option<&Spend>) -> Result<bool, StorageError> {
        let StoredReport { report, id, occasion } = *stored;
        in_transaction!(self, tx => {
            let max_pending = self.lock_campaign(tx, occasion).await?;
            let waiting: Option<ReportRow> = on_tx!(tx, conn => {
                sqlx::query_as(GET).bind(id.0.as_slice()).fetch_optional(conn).await
            })?;
            if let Some(row) = waiting {
                // A report without a week gets that of the day it arrives, and a retry may come in the next.
                let waiting = row.decode()?;
                let same = waiting.occasion == occasion && Report { week: report.week, ..waiting.report } == report;
                return if same { Ok(false) } else { Err(StorageError::SecretReused) };
            }
            on_tx!(tx, conn => {
                sqlx::query(INSERT)
                    .bind(id.0.as_slice())
                    .bind(i64::from(occasion.0))
                    .bind(cell_number(report.cell))
                    .bind(i64::from(report.kind.code()))
                    .bind(i64::from(report.claim.code()))
                    .bind(i64::from(report.week.number()))
                    .execute(conn)
                    .await
                    .map(drop)
            })?;
            let count: i64 = on_tx!(tx, conn => {
                sqlx::query_scalar(COUNT).bind(i64::from(occasion.0)).fetch_one(conn).await
            })?;
            if count > i64::from(max_pending) {
                return Err(StorageError::TooManyPending { max_pending });
            }
            if let Some(spend) = spend {
                tx.spend(spend).await?;
            }
            Ok(true)
        })
    }

    /// Every report that waits, by id, which is no order of arrival.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn reports(&self) -> Result<Vec<StoredReport>, StorageError> {
        let rows: Vec<ReportRow> = on_readers!(self, pool => sqlx::query_as(LIST).fetch_all(pool).await)?;
        rows.into_iter().map(ReportRow::decode).collect()
    }

    /// Deletes those of these reports that wait; returns how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drop_reports(&self, ids: &[SightingId]) -> Result<u64, StorageError> {
        let dropped = in_transaction!(self, tx => { tx.drop_reports(ids).await })?;
        if dropped > 0 {
            self.scrub_accepted().await;
        }
        Ok(dropped)
    }
}

impl Tx {
    /// Deletes those of these reports that wait; returns how many.
    pub(super) async fn drop_reports(&mut self, ids: &[SightingId]) -> Result<u64, StorageError> {
        let mut dropped = 0;
        for chunk in ids.chunks(BATCH) {
            dropped += self.ids_among(DROP_AMONG, chunk, RETURNING_ID, "reports").await?.len() as u64;
        }
        Ok(dropped)
    }
}
