//! Effort: audit units, and what the passes of a wave say of them.

use std::collections::BTreeMap;

use sqlx::QueryBuilder;

use super::backend::{Tx, on_readers, on_tx};
use super::batches::BATCH;
use super::occasions::pass_number;
use super::rows::Place;
use super::{StorageError, Store};
use crate::model::{
    AuditUnit, Effort, EffortMark, IsoWeek, PassLetter, UnitId, UnitKind, UnitShape, UnitState, WaveEffort,
};

const UNITS: &str = "SELECT id, shape FROM audit_units ORDER BY id";
const WAVES: &str = "SELECT campaign, wave, kind, is_frame FROM effort_waves";
const MARKS: &str = "SELECT unit, pass, state FROM effort_marks WHERE campaign = $1 AND wave = $2 \
                     ORDER BY unit, pass";
const COUNT_UNITS: &str = "SELECT COUNT(*) FROM audit_units";
const COUNT_MARKS: &str = "SELECT COUNT(*) FROM effort_marks WHERE campaign = $1 AND wave = $2";
const KIND: &str = "SELECT kind FROM effort_waves WHERE campaign = $1 AND wave = $2";
/// A frame stays one: later marks may say that what was missing has been walked.
const UPSERT_WAVE: &str = "INSERT INTO effort_waves (campaign, wave, kind, is_frame) VALUES ($1, $2, $3, $4) \
                           ON CONFLICT (campaign, wave) DO UPDATE SET is_frame = \
                           CASE WHEN excluded.is_frame > effort_waves.is_frame THEN excluded.is_frame \
                           ELSE effort_waves.is_frame END";

const INSERT_UNITS: &str = "INSERT INTO audit_units (id, shape) ";
const KEEP: &str = " ON CONFLICT DO NOTHING";
const INSERT_MARKS: &str = "INSERT INTO effort_marks (campaign, wave, unit, pass, state) ";
/// Ends an `INSERT` of marks: the later word of a pass replaces its earlier one; the same word again is no change.
const REPLACE: &str = " ON CONFLICT (campaign, wave, unit, pass) DO UPDATE SET state = excluded.state \
                       WHERE effort_marks.state <> excluded.state";

pub(super) const STATEMENTS: &[&str] = &[UNITS, WAVES, MARKS, COUNT_UNITS, COUNT_MARKS, KIND, UPSERT_WAVE];

/// What adding effort changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EffortCounts {
    /// Units that were not known before.
    pub units_added: u64,
    /// Marks of units that a pass had said nothing of.
    pub marks_added: u64,
    /// Marks that say something else than before.
    pub marks_changed: u64,
    /// Marks that were there already.
    pub marks_unchanged: u64,
}

#[derive(sqlx::FromRow)]
struct WaveRow {
    campaign: String,
    wave: String,
    kind: i64,
    is_frame: i64,
}

#[derive(sqlx::FromRow)]
struct MarkRow {
    unit: Vec<u8>,
    pass: i64,
    state: i64,
}

impl MarkRow {
    fn decode(self) -> Result<EffortMark, StorageError> {
        let at = |column| Place { table: "effort_marks", column };
        Ok(EffortMark {
            unit: UnitId(at("unit").need(self.unit.try_into().ok())?),
            pass: at("pass").code(self.pass, PassLetter::from_number)?,
            state: at("state").code(self.state, UnitState::from_code)?,
        })
    }
}

const fn kind_code(kind: UnitKind) -> i64 {
    match kind {
        UnitKind::Segment => 0,
        UnitKind::Cell => 1,
    }
}

fn kind_from(code: i64) -> Result<UnitKind, StorageError> {
    let kind = [UnitKind::Segment, UnitKind::Cell].into_iter().find(|kind| kind_code(*kind) == code);
    Place { table: "effort_waves", column: "kind" }.need(kind)
}

fn flag(at: Place, stored: i64) -> Result<bool, StorageError> {
    at.code(stored, |code| (code < 2).then_some(code == 1))
}

impl Store {
    /// Adds effort whole or not at all; with `keep` false nothing of it stays and the counts tell what would change. A
    /// wave the campaign has not got is created, opened and closed in `week`; an open one stays open. The word of a pass on a
    /// unit replaces its earlier one, so the same effort again changes nothing.
    ///
    /// # Errors
    /// [`StorageError::NoCampaign`], [`StorageError::MixedUnits`] when a wave has units of the other kind, or when the
    /// database fails.
    pub async fn add_effort(&self, effort: &Effort, week: IsoWeek, keep: bool) -> Result<EffortCounts, StorageError> {
        let mut tx = self.begin().await?;
        let added = tx.add_effort(effort, week).await;
        if keep {
            return tx.end(added).await;
        }
        tx.roll_back().await?;
        added
    }

    /// All effort: units by id, waves by campaign and slug, marks by unit and pass.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn effort(&self) -> Result<Effort, StorageError> {
        let mut tx = self.begin_read().await?;
        let effort = tx.effort().await;
        tx.end(effort).await
    }

    /// Whether waves that have effort are walked by streets or by cells, by campaign and wave.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn effort_kinds(&self) -> Result<BTreeMap<(String, String), UnitKind>, StorageError> {
        let rows: Vec<WaveRow> = on_readers!(self, pool => sqlx::query_as(WAVES).fetch_all(pool).await)?;
        rows.into_iter().map(|row| Ok(((row.campaign, row.wave), kind_from(row.kind)?))).collect()
    }
}

impl Tx {
    async fn add_effort(&mut self, effort: &Effort, week: IsoWeek) -> Result<EffortCounts, StorageError> {
        let units_before = self.count_units().await?;
        self.insert_units(&effort.units).await?;
        let mut counts =
            EffortCounts { units_added: self.count_units().await? - units_before, ..EffortCounts::default() };
        for wave in &effort.waves {
            let Some(kind) = effort.kind_of(wave) else { continue };
            self.add_wave(wave, kind, week).await?;
            let before = self.count_marks(wave).await?;
            let written = self.insert_marks(wave).await?;
            let added = self.count_marks(wave).await? - before;
            counts.marks_added += added;
            counts.marks_changed += written - added;
            counts.marks_unchanged += wave.marks.len() as u64 - written;
        }
        Ok(counts)
    }

    async fn add_wave(&mut self, wave: &WaveEffort, kind: UnitKind, week: IsoWeek) -> Result<(), StorageError> {
        self.need_campaign(&wave.campaign).await?;
        self.insert_wave(&wave.campaign, &wave.wave, week, Some(week)).await?;
        let found: Option<i64> = on_tx!(self, conn => {
            sqlx::query_scalar(KIND).bind(&wave.campaign).bind(&wave.wave).fetch_optional(conn).await
        })?;
        if found.map(kind_from).transpose()?.is_some_and(|found| found != kind) {
            return Err(StorageError::MixedUnits);
        }
        on_tx!(self, conn => {
            sqlx::query(UPSERT_WAVE)
                .bind(&wave.campaign)
                .bind(&wave.wave)
                .bind(kind_code(kind))
                .bind(i64::from(wave.is_frame))
                .execute(conn)
                .await
                .map(drop)
        })?;
        Ok(())
    }

    async fn insert_units(&mut self, units: &[AuditUnit]) -> Result<(), StorageError> {
        for chunk in units.chunks(BATCH) {
            on_tx!(self, Database, conn => {
                let mut insert = QueryBuilder::<Database>::new(INSERT_UNITS);
                insert.push_values(chunk, |mut row, unit| {
                    row.push_bind(unit.id.0.as_slice()).push_bind(unit.shape.to_bytes());
                });
                insert.push(KEEP);
                insert.build().persistent(chunk.len() == BATCH).execute(conn).await.map(drop)
            })?;
        }
        Ok(())
    }

    /// Returns how many marks are new or say something else than before.
    async fn insert_marks(&mut self, wave: &WaveEffort) -> Result<u64, StorageError> {
        let mut written = 0;
        for chunk in wave.marks.chunks(BATCH) {
            written += on_tx!(self, Database, conn => {
                let mut insert = QueryBuilder::<Database>::new(INSERT_MARKS);
                insert.push_values(chunk, |mut row, mark| {
                    row.push_bind(&wave.campaign)
                        .push_bind(&wave.wave)
                        .push_bind(mark.unit.0.as_slice())
                        .push_bind(pass_number(mark.pass))
                        .push_bind(i64::from(mark.state.code()));
                });
                insert.push(REPLACE);
                insert.build().persistent(chunk.len() == BATCH).execute(conn).await.map(|done| done.rows_affected())
            })?;
        }
        Ok(written)
    }

    async fn count_units(&mut self) -> Result<u64, StorageError> {
        let count: i64 = on_tx!(self, conn => sqlx::query_scalar(COUNT_UNITS).fetch_one(conn).await)?;
        Ok(count.unsigned_abs())
    }

    async fn count_marks(&mut self, wave: &WaveEffort) -> Result<u64, StorageError> {
        let count: i64 = on_tx!(self, conn => {
            sqlx::query_scalar(COUNT_MARKS).bind(&wave.campaign).bind(&wave.wave).fetch_one(conn).await
        })?;
        Ok(count.unsigned_abs())
    }

    async fn effort(&mut self) -> Result<Effort, StorageError> {
        let at = |column| Place { table: "audit_units", column };
        let rows: Vec<(Vec<u8>, Vec<u8>)> = on_tx!(self, conn => sqlx::query_as(UNITS).fetch_all(conn).await)?;
        let mut effort = Effort::default();
        for (id, shape) in rows {
            let unit = AuditUnit::new(at("shape").need(UnitShape::from_bytes(&shape))?);
            at("id").need((unit.id.0 == *id).then_some(()))?;
            effort.units.push(unit);
        }
        let rows: Vec<WaveRow> = on_tx!(self, conn => sqlx::query_as(WAVES).fetch_all(conn).await)?;
        for WaveRow { campaign, wave, is_frame, .. } in rows {
            let marks: Vec<MarkRow> = on_tx!(self, conn => {
                sqlx::query_as(MARKS).bind(&campaign).bind(&wave).fetch_all(conn).await
            })?;
            let marks = marks.into_iter().map(MarkRow::decode).collect::<Result<_, _>>()?;
            let is_frame = flag(Place { table: "effort_waves", column: "is_frame" }, is_frame)?;
            effort.waves.push(WaveEffort { campaign, wave, is_frame, marks });
        }
        // Not by the database, whose collation sorts in its own way.
        effort.waves.sort_by(|a, b| (&a.campaign, &a.wave).cmp(&(&b.campaign, &b.wave)));
        Ok(effort)
    }
}
