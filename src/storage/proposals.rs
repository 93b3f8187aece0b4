//! Decisions that wait for a second moderator.

use std::collections::BTreeMap;

use sqlx::QueryBuilder;

use super::backend::{Tx, in_transaction, on_readers, on_tx};
use super::batches::BATCH;
use super::rows::Place;
use super::{StorageError, Store};
use crate::model::{Decision, RejectReason, SightingId};

const INSERT: &str = "INSERT INTO proposals (id, moderator, verdict, reason, campaign, epoch, west, south, east, north) \
                      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
const LIST: &str = "SELECT id, moderator, verdict, reason, campaign, epoch, west, south, east, north FROM proposals";
const ITEMS: &str = "SELECT proposal, item FROM proposal_items ORDER BY proposal, item";
const DROP_ITEMS: &str = "DELETE FROM proposal_items WHERE proposal = $1";
const DROP: &str = "DELETE FROM proposals WHERE id = $1";
const DROP_ITEMS_OF: &str =
    "DELETE FROM proposal_items WHERE proposal IN (SELECT id FROM proposals WHERE moderator = $1)";
const DROP_OF: &str = "DELETE FROM proposals WHERE moderator = $1";
const INSERT_ITEMS: &str = "INSERT INTO proposal_items (proposal, item) ";
const KEEP: &str = " ON CONFLICT DO NOTHING";

pub(super) const STATEMENTS: &[&str] = &[INSERT, LIST, ITEMS, DROP_ITEMS, DROP, DROP_ITEMS_OF, DROP_OF];

/// What is proposed.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposed {
    /// What shall be decided.
    pub decision: Decision,
    /// Why, where reports are rejected.
    pub reason: RejectReason,
    /// Slug of the campaign it is about; the default one where that makes no difference.
    pub campaign: String,
    /// Epoch to be rolled back, if that is proposed.
    pub epoch: Option<i32>,
    /// New bounds of the campaign: west, south, east and north in degrees, if that is proposed.
    pub bounds: Option<[f64; 4]>,
    /// Ids of the sightings or reports it is about.
    pub items: Vec<SightingId>,
}

/// A proposal and whose it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// Random.
    pub id: SightingId,
    /// Name of the moderator.
    pub moderator: String,
    /// What is proposed.
    pub proposed: Proposed,
}

#[derive(sqlx::FromRow)]
struct ProposalRow {
    id: Vec<u8>,
    moderator: String,
    verdict: i64,
    reason: i64,
    campaign: String,
    epoch: Option<i64>,
    west: Option<f64>,
    south: Option<f64>,
    east: Option<f64>,
    north: Option<f64>,
}

impl Store {
    /// Keeps a proposal under a random id until a second moderator confirms it, or somebody drops it.
    ///
    /// # Errors
    /// [`StorageError::NoCampaign`], or when the database fails.
    pub async fn propose(&self, proposal: &Proposal) -> Result<(), StorageError> {
        let Proposal { id, moderator, proposed } = proposal;
        let edge = |index| proposed.bounds.map(|bounds: [f64; 4]| bounds[index]);
        in_transaction!(self, tx => {
            tx.need_campaign(&proposed.campaign).await?;
            on_tx!(tx, conn => {
                sqlx::query(INSERT)
                    .bind(id.0.as_slice())
                    .bind(moderator)
                    .bind(i64::from(proposed.decision.code()))
                    .bind(i64::from(proposed.reason.code()))
                    .bind(&proposed.campaign)
                    .bind(proposed.epoch.map(i64::from))
                    .bind(edge(0))
                    .bind(edge(1))
                    .bind(edge(2))
                    .bind(edge(3))
                    .execute(conn)
                    .await
                    .map(drop)
            })?;
            let mut items = proposed.items.clone();
            items.sort_unstable();
            for chunk in items.chunks(BATCH) {
                on_tx!(tx, Database, conn => {
                    let mut insert = QueryBuilder::<Database>::new(INSERT_ITEMS);
                    insert.push_values(chunk, |mut row, item| {
                        row.push_bind(id.0.as_slice()).push_bind(item.0.as_slice());
                    });
                    insert.push(KEEP);
                    insert.build().persistent(chunk.len() == BATCH).execute(conn).await.map(drop)
                })?;
            }
            Ok(())
        })
    }

    /// Every proposal, by id, which is no order of arrival.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn proposals(&self) -> Result<Vec<Proposal>, StorageError> {
        let rows: Vec<ProposalRow> = on_readers!(self, pool => sqlx::query_as(LIST).fetch_all(pool).await)?;
        let items: Vec<(Vec<u8>, Vec<u8>)> = on_readers!(self, pool => sqlx::query_as(ITEMS).fetch_all(pool).await)?;
        let at = |column| Place { table: "proposals", column };
        let mut by_proposal: BTreeMap<SightingId, Vec<SightingId>> = BTreeMap::new();
        for (proposal, item) in items {
            let at = Place { table: "proposal_items", column: "item" };
            by_proposal.entry(at.id(&proposal)?).or_default().push(at.id(&item)?);
        }
        let mut all = Vec::with_capacity(rows.len());
        for row in rows {
            let id = at("id").id(&row.id)?;
            let bounds = match (row.west, row.south, row.east, row.north) {
                (Some(west), Some(south), Some(east), Some(north)) => Some([west, south, east, north]),
                _ => None,
            };
            let proposed = Proposed {
                decision: at("verdict").code(row.verdict, Decision::from_code)?,
                reason: at("reason").code(row.reason, RejectReason::from_code)?,
                campaign: row.campaign,
                epoch: row.epoch.map(|epoch| at("epoch").need(i32::try_from(epoch).ok())).transpose()?,
                bounds,
                items: by_proposal.remove(&id).unwrap_or_default(),
            };
            all.push(Proposal { id, moderator: row.moderator, proposed });
        }
        all.sort_by_key(|proposal| proposal.id);
        Ok(all)
    }

    /// Takes a proposal away; `false` when it is not there any more, so that of two who confirm it at once one does.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drop_proposal(&self, id: SightingId) -> Result<bool, StorageError> {
        let dropped = in_transaction!(self, tx => {
            on_tx!(tx, conn => sqlx::query(DROP_ITEMS).bind(id.0.as_slice()).execute(conn).await.map(drop))?;
            Ok(on_tx!(tx, conn => {
                sqlx::query(DROP).bind(id.0.as_slice()).execute(conn).await.map(|done| done.rows_affected())
            })?)
        })?;
        Ok(self.scrub_after(dropped).await > 0)
    }
}

impl Tx {
    /// Takes away what somebody proposed.
    pub(super) async fn drop_proposals_of(&mut self, moderator: &str) -> Result<(), StorageError> {
        for statement in [DROP_ITEMS_OF, DROP_OF] {
            on_tx!(self, conn => sqlx::query(statement).bind(moderator).execute(conn).await.map(drop))?;
        }
        Ok(())
    }
}
