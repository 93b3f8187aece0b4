//! Sources of imported rows, and their licences.

use super::backend::{Tx, in_transaction, on_readers, on_tx};
use super::rows::Place;
use super::{StorageError, Store};
use crate::model::{RowsMode, Source, SourceKind};

const UPSERT: &str = "INSERT INTO sources (slug, name, licence, attribution, is_list, rows_mode) \
                      VALUES ($1, $2, $3, $4, $5, $6) \
                      ON CONFLICT (slug) DO UPDATE SET name = excluded.name, licence = excluded.licence, \
                      attribution = excluded.attribution, is_list = excluded.is_list, rows_mode = excluded.rows_mode";
const LIST: &str = "SELECT slug, name, licence, attribution, is_list, rows_mode FROM sources";
const GET: &str = "SELECT slug, name, licence, attribution, is_list, rows_mode FROM sources WHERE slug = $1";
/// 1 when the source has a sighting. Posted reports carry their campaign's slug as source, hence the kind.
const IN_USE: &str = "SELECT COUNT(*) FROM (SELECT 1 AS one FROM sightings WHERE occasion IN \
                      (SELECT id FROM occasions WHERE source = $1 AND kind <> $2) LIMIT 1) AS first";

pub(super) const STATEMENTS: &[&str] = &[UPSERT, LIST, GET, IN_USE];

#[derive(sqlx::FromRow)]
struct SourceRow {
    slug: String,
    name: String,
    licence: String,
    attribution: Option<String>,
    is_list: i64,
    rows_mode: i64,
}

impl SourceRow {
    fn decode(self) -> Result<Source, StorageError> {
        let at = |column| Place { table: "sources", column };
        Ok(Source {
            slug: self.slug,
            name: self.name,
            licence: self.licence,
            attribution: self.attribution,
            is_list: self.is_list != 0,
            rows: at("rows_mode").code(self.rows_mode, RowsMode::from_code)?,
        })
    }
}

impl Store {
    /// Every source, by slug.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn sources(&self) -> Result<Vec<Source>, StorageError> {
        let rows: Vec<SourceRow> = on_readers!(self, pool => sqlx::query_as(LIST).fetch_all(pool).await)?;
        let mut sources: Vec<_> = rows.into_iter().map(SourceRow::decode).collect::<Result<_, _>>()?;
        sources.sort_by(|a, b| a.slug.cmp(&b.slug));
        Ok(sources)
    }

    /// The source with this slug.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn source(&self, slug: &str) -> Result<Option<Source>, StorageError> {
        let row: Option<SourceRow> =
            on_readers!(self, pool => sqlx::query_as(GET).bind(slug).fetch_optional(pool).await)?;
        row.map(SourceRow::decode).transpose()
    }

    /// Adds a source or changes its description.
    ///
    /// # Errors
    /// [`StorageError::SourceKind`] or [`StorageError::SourceLicence`] when the source has sightings and its kind or
    /// licence would change, or when the database fails.
    pub async fn upsert_source(&self, source: &Source) -> Result<(), StorageError> {
        in_transaction!(self, tx => { tx.upsert_source(source).await })
    }
}

impl Tx {
    pub(super) async fn upsert_source(&mut self, source: &Source) -> Result<(), StorageError> {
        let row: Option<SourceRow> =
            on_tx!(self, conn => sqlx::query_as(GET).bind(&source.slug).fetch_optional(conn).await)?;
        if let Some(old) = row.map(SourceRow::decode).transpose()?
            && (old.is_list != source.is_list || old.licence != source.licence)
            && self.source_in_use(&source.slug).await?
        {
            return Err(if old.is_list == source.is_list {
                StorageError::SourceLicence
            } else {
                StorageError::SourceKind { is_list: old.is_list }
            });
        }
        on_tx!(self, conn => {
            sqlx::query(UPSERT)
                .bind(&source.slug)
                .bind(&source.name)
                .bind(&source.licence)
                .bind(&source.attribution)
                .bind(i64::from(source.is_list))
                .bind(i64::from(source.rows.code()))
                .execute(conn)
                .await
                .map(drop)
        })?;
        Ok(())
    }

    async fn source_in_use(&mut self, slug: &str) -> Result<bool, StorageError> {
        let field = super::occasions::kind_code(SourceKind::Field);
        let used: i64 = on_tx!(self, conn => sqlx::query_scalar(IN_USE).bind(slug).bind(field).fetch_one(conn).await)?;
        Ok(used > 0)
    }
}
