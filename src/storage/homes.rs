//! Lowering the count of home cameras in a cell, for a household that asks (promise P15).

use std::collections::BTreeMap;

use h3o::CellIndex;

use super::backend::{in_transaction, on_tx};
use super::occasions::kind_code;
use super::rows::{Place, cell_number};
use super::{StorageError, Store};
use crate::model::{Kind, Operator, SightingId, SourceKind};

/// Home cameras of a cell with what they are counted by: $2 doorbells, $3 households.
const IN_CELL: &str = "SELECT s.id, s.occasion, o.kind, o.source, o.wave, s.week FROM sightings s JOIN occasions o \
                       ON o.id = s.occasion WHERE s.cell = $1 AND s.heads > 0 AND (s.kind = $2 OR s.operator = $3) \
                       ORDER BY s.id";
const DELETE: &str = "DELETE FROM sightings WHERE cell = $1 AND id = $2";
const DELETE_RULINGS: &str = "DELETE FROM rulings WHERE first = $1 OR second = $1";

pub(super) const STATEMENTS: &[&str] = &[IN_CELL, DELETE, DELETE_RULINGS];

/// Id, occasion, kind of source, source, wave and week.
type HomeRow = (Vec<u8>, i64, i64, String, String, Option<i64>);
/// What is counted apart: field data (an empty name), or one list.
type Body = String;
/// What one observer, or one pass, saw: an occasion and, outside waves, a week.
type Group = (i64, Option<i64>);

impl Store {
    /// Lowers the number of home cameras counted in a cell by one, in the field data and in each list: of every pass (or
    /// source and week) that counted the most there, one sighting is deleted. Returns how many were deleted; none where
    /// no home camera is counted. The published number is rounded, so it may stay the same.
    ///
    /// Which camera a sighting meant is not known to the census, so any is as good as another: the one with the lowest
    /// (random) id goes. Clear the files with [`seal`](Self::seal) afterwards.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn lower_home_count(&self, cell: CellIndex) -> Result<u64, StorageError> {
        in_transaction!(self, tx => {
            let rows: Vec<HomeRow> = on_tx!(tx, conn => {
                sqlx::query_as(IN_CELL)
                    .bind(cell_number(cell))
                    .bind(i64::from(Kind::Doorbell.code()))
                    .bind(i64::from(Operator::Household.code()))
                    .fetch_all(conn)
                    .await
            })?;
            let mut bodies: BTreeMap<Body, BTreeMap<Group, Vec<SightingId>>> = BTreeMap::new();
            for (id, occasion, kind, source, wave, week) in rows {
                let id = Place { table: "sightings", column: "id" }.id(&id)?;
                let body = if kind == kind_code(SourceKind::List) { source } else { String::new() };
                let group = (occasion, if wave.is_empty() { week } else { None });
                bodies.entry(body).or_default().entry(group).or_default().push(id);
            }
            let mut deleted = 0;
            for groups in bodies.values() {
                let most = groups.values().map(Vec::len).max().unwrap_or_default();
                for id in groups.values().filter(|ids| ids.len() == most).filter_map(|ids| ids.first()) {
                    on_tx!(tx, conn => {
                        sqlx::query(DELETE).bind(cell_number(cell)).bind(&id.0[..]).execute(conn).await.map(drop)
                    })?;
                    on_tx!(tx, conn => sqlx::query(DELETE_RULINGS).bind(&id.0[..]).execute(conn).await.map(drop))?;
                    deleted += 1;
                }
            }
            Ok(deleted)
        })
    }
}
