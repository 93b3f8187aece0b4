//! Rows of the tables, and what they mean.

use h3o::CellIndex;

use super::StorageError;
use crate::model::{
    Basis, Facing, IsoWeek, Kind, Linked, Maker, Mount, OccasionId, Operator, PositionClass, Sighting, SightingId,
};

/// A sighting as it is kept: with its id and the occasion it was made on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stored {
    /// The report; first, so that sorting follows the order of the table.
    pub sighting: Sighting,
    /// Its id.
    pub id: SightingId,
    /// Its occasion.
    pub occasion: OccasionId,
}

/// A row of `pending` or `sightings`, which differ in their key only.
#[derive(sqlx::FromRow)]
pub(super) struct SightingRow {
    id: Vec<u8>,
    occasion: i64,
    cell: i64,
    kind: i64,
    operator: i64,
    mount: i64,
    linked: i64,
    maker: i64,
    basis: i64,
    facing: i64,
    heads: i64,
    week: Option<i64>,
    position: i64,
    slot: i64,
}

/// Where a value that cannot be read stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) table: &'static str,
    pub(super) column: &'static str,
}

impl Place {
    /// The value, or an error that names this place.
    pub(super) fn need<T>(self, value: Option<T>) -> Result<T, StorageError> {
        value.ok_or(StorageError::Undecodable { table: self.table, column: self.column })
    }

    /// A small code and what it stands for.
    pub(super) fn code<T>(self, code: i64, meaning: impl FnOnce(u8) -> Option<T>) -> Result<T, StorageError> {
        self.need(u8::try_from(code).ok().and_then(meaning))
    }

    /// A week number.
    pub(super) fn week(self, number: i64) -> Result<IsoWeek, StorageError> {
        self.need(i32::try_from(number).ok().and_then(|number| IsoWeek::from_number(number).ok()))
    }

    /// An id of 16 bytes.
    pub(super) fn id(self, bytes: &[u8]) -> Result<SightingId, StorageError> {
        self.need(bytes.try_into().ok().map(SightingId))
    }

    /// A cell.
    pub(super) fn cell(self, number: i64) -> Result<CellIndex, StorageError> {
        self.need(u64::try_from(number).ok().and_then(|cell| CellIndex::try_from(cell).ok()))
    }

    /// The number of an occasion.
    pub(super) fn occasion(self, number: i64) -> Result<OccasionId, StorageError> {
        self.need(u32::try_from(number).ok().map(OccasionId))
    }
}

impl SightingRow {
    /// Decodes the row of a table.
    pub(super) fn decode(self, table: &'static str) -> Result<Stored, StorageError> {
        let at = |column| Place { table, column };
        Ok(Stored {
            id: at("id").id(&self.id)?,
            occasion: at("occasion").occasion(self.occasion)?,
            sighting: Sighting {
                cell: at("cell").cell(self.cell)?,
                kind: at("kind").code(self.kind, Kind::from_code)?,
                operator: at("operator").code(self.operator, Operator::from_code)?,
                mount: at("mount").code(self.mount, Mount::from_code)?,
                linked: at("linked").code(self.linked, Linked::from_code)?,
                maker: at("maker").need(u16::try_from(self.maker).ok().and_then(Maker::from_code))?,
                basis: at("basis").code(self.basis, Basis::from_code)?,
                facing: at("facing")
                    .need(u64::try_from(self.facing).ok().and_then(|bits| Facing::from_bits(bits).ok()))?,
                heads: at("heads").code(self.heads, Some)?,
                week: self.week.map(|week| at("week").week(week)).transpose()?,
                position: at("position").code(self.position, PositionClass::from_code)?,
                slot: at("slot").code(self.slot, Some)?,
            },
        })
    }
}

/// Decodes the rows of a table.
pub(super) fn decode_all(rows: Vec<SightingRow>, table: &'static str) -> Result<Vec<Stored>, StorageError> {
    rows.into_iter().map(|row| row.decode(table)).collect()
}

/// A cell as stored. An H3 index has its highest bit clear, so it fits, and keeps its order.
pub(super) fn cell_number(cell: CellIndex) -> i64 {
    u64::from(cell).cast_signed()
}

/// The columns of `pending` and `sightings` in the order [`push_row`] binds them.
macro_rules! sighting_columns {
    () => {
        "id, occasion, cell, kind, operator, mount, linked, maker, basis, facing, heads, week, position, slot"
    };
}

/// Binds one row. A macro, because the two databases' builders are different types.
macro_rules! push_row {
    ($row:expr, $stored:expr) => {{
        let row = $stored;
        let sighting = &row.sighting;
        $row.push_bind(row.id.0.as_slice())
            .push_bind(i64::from(row.occasion.0))
            .push_bind($crate::storage::rows::cell_number(sighting.cell))
            .push_bind(i64::from(sighting.kind.code()))
            .push_bind(i64::from(sighting.operator.code()))
            .push_bind(i64::from(sighting.mount.code()))
            .push_bind(i64::from(sighting.linked.code()))
            .push_bind(i64::from(sighting.maker.code()))
            .push_bind(i64::from(sighting.basis.code()))
            .push_bind(sighting.facing.bits().cast_signed())
            .push_bind(i64::from(sighting.heads))
            .push_bind(sighting.week.map(|week| i64::from(week.number())))
            .push_bind(i64::from(sighting.position.code()))
            .push_bind(i64::from(sighting.slot));
    }};
}

pub(super) use {push_row, sighting_columns};
