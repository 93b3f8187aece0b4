//! How often moderators decided what: counts without times and without the reports.

use std::collections::BTreeMap;

use h3o::CellIndex;

use super::backend::{Tx, in_transaction, on_readers, on_tx};
use super::rows::{Place, cell_number};
use super::{StorageError, Store};
use crate::model::Decision;

const COUNT: &str = "INSERT INTO decisions (release, moderator, verdict, cell, decided) VALUES ($1, $2, $3, $4, $5) \
                     ON CONFLICT (release, moderator, verdict, cell) DO UPDATE SET decided = decisions.decided + excluded.decided";
const LIST: &str = "SELECT release, moderator, verdict, cell, decided FROM decisions";

pub(super) const STATEMENTS: &[&str] = &[COUNT, LIST];

/// Who decides, and after which release.
#[derive(Debug, Clone, Copy)]
pub struct Signature<'a> {
    /// Name of the moderator; two are joined by a plus sign where a second confirmed.
    pub moderator: &'a str,
    /// Id of the latest release; empty before the first.
    pub release: &'a str,
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// Id of the release that was the latest when it was decided; empty before the first.
    pub release: String,
    /// Who decided.
    pub moderator: String,
    /// What.
    pub decision: Decision,
    /// Region it was about, an H3 cell of resolution 5.
    pub region: CellIndex,
    /// How many reports or sightings.
    pub decided: u64,
}

#[derive(sqlx::FromRow)]
struct DecisionRow {
    release: String,
    moderator: String,
    verdict: i64,
    cell: i64,
    decided: i64,
}

impl Store {
    /// The log of decisions, latest release first, then by moderator, verdict and region.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn decisions(&self) -> Result<Vec<Logged>, StorageError> {
        let rows: Vec<DecisionRow> = on_readers!(self, pool => sqlx::query_as(LIST).fetch_all(pool).await)?;
        let at = |column| Place { table: "decisions", column };
        let mut all: Vec<Logged> = rows
            .into_iter()
            .map(|row| {
                Ok(Logged {
                    release: row.release,
                    moderator: row.moderator,
                    decision: at("verdict").code(row.verdict, Decision::from_code)?,
                    region: at("cell").cell(row.cell)?,
                    decided: row.decided.unsigned_abs(),
                })
            })
            .collect::<Result<_, StorageError>>()?;
        all.sort_by(|a, b| {
            let of = |line: &Logged| (line.moderator.clone(), line.decision, line.region);
            b.release.cmp(&a.release).then_with(|| of(a).cmp(&of(b)))
        });
        Ok(all)
    }

    /// Counts decisions by region, where nothing else is written with them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn log_decisions(
        &self,
        signature: &Signature<'_>,
        decision: Decision,
        regions: &BTreeMap<CellIndex, u64>,
    ) -> Result<(), StorageError> {
        in_transaction!(self, tx => { tx.log_decisions(signature, decision, regions).await })
    }
}

impl Tx {
    /// Counts decisions by region.
    pub(super) async fn log_decisions(
        &mut self,
        signature: &Signature<'_>,
        decision: Decision,
        regions: &BTreeMap<CellIndex, u64>,
    ) -> Result<(), StorageError> {
        for (region, decided) in regions {
            on_tx!(self, conn => {
                sqlx::query(COUNT)
                    .bind(signature.release)
                    .bind(signature.moderator)
                    .bind(i64::from(decision.code()))
                    .bind(cell_number(*region))
                    .bind(decided.cast_signed())
                    .execute(conn)
                    .await
                    .map(drop)
            })?;
        }
        Ok(())
    }
}
