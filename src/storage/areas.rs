//! Area sets: kept by slug and edition, and never changed.

use std::collections::BTreeMap;

use super::backend::{Tx, in_transaction, on_readers, on_tx};
use super::rows::Place;
use super::{StorageError, Store, outline};
use crate::model::{Area, AreaFit, AreaSet, PopulationSource};

const INSERT_SET: &str = "INSERT INTO area_sets (slug, edition, name, licence, attribution, population_source, \
                          population_year, repaired, overlapping_pairs, overlap_km2, gap_km2) \
                          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING";
const INSERT_AREA: &str = "INSERT INTO areas (area_set, edition, slug, name, population, outline) \
                           VALUES ($1, $2, $3, $4, $5, $6)";
const LIST_SETS: &str = "SELECT slug, edition, name, licence, attribution, population_source, population_year, repaired, \
                         overlapping_pairs, overlap_km2, gap_km2 FROM area_sets";
const GET_SET: &str = "SELECT slug, edition, name, licence, attribution, population_source, population_year, repaired, \
                       overlapping_pairs, overlap_km2, gap_km2 FROM area_sets WHERE slug = $1 AND edition = $2";
const COUNT_AREAS: &str = "SELECT area_set, edition, COUNT(*) FROM areas GROUP BY area_set, edition";
const GET_AREAS: &str = "SELECT slug, name, population, outline FROM areas WHERE area_set = $1 AND edition = $2";

pub(super) const STATEMENTS: &[&str] = &[INSERT_SET, INSERT_AREA, LIST_SETS, GET_SET, COUNT_AREAS, GET_AREAS];

/// What is known of a set without reading its outlines.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedAreaSet {
    /// The set, without its areas.
    pub set: AreaSet,
    /// How many areas it has.
    pub areas: u64,
    /// Whether it is the latest edition of its slug, the one that releases use.
    pub is_latest: bool,
}

#[derive(sqlx::FromRow)]
struct SetRow {
    slug: String,
    edition: String,
    name: String,
    licence: String,
    attribution: Option<String>,
    population_source: Option<String>,
    population_year: Option<i64>,
    repaired: i64,
    overlapping_pairs: i64,
    overlap_km2: f64,
    gap_km2: f64,
}

#[derive(sqlx::FromRow)]
struct AreaRow {
    slug: String,
    name: String,
    population: Option<i64>,
    outline: Vec<u8>,
}

impl SetRow {
    fn decode(self) -> Result<AreaSet, StorageError> {
        let at = |column| Place { table: "area_sets", column };
        let population = match (self.population_source, self.population_year) {
            (Some(source), Some(year)) => {
                Some(PopulationSource { source, year: at("population_year").need(i32::try_from(year).ok())? })
            }
            _ => None,
        };
        let fit = AreaFit {
            repaired: at("repaired").need(u32::try_from(self.repaired).ok())?,
            overlapping_pairs: at("overlapping_pairs").need(u32::try_from(self.overlapping_pairs).ok())?,
            overlap_km2: self.overlap_km2,
            gap_km2: self.gap_km2,
        };
        Ok(AreaSet {
            slug: self.slug,
            name: self.name,
            edition: self.edition,
            licence: self.licence,
            attribution: self.attribution,
            population,
            fit,
            areas: Vec::new(),
        })
    }
}

impl AreaRow {
    fn decode(self) -> Result<Area, StorageError> {
        let at = |column| Place { table: "areas", column };
        let people = |number| at("population").need(u64::try_from(number).ok());
        Ok(Area {
            slug: self.slug,
            name: self.name,
            population: self.population.map(people).transpose()?,
            outline: at("outline").need(outline::decode(&self.outline))?,
        })
    }
}

impl Store {
    /// Adds an area set. `false` when the same set is there already, which changes nothing.
    ///
    /// # Errors
    /// [`StorageError::AreaSetDiffers`] when another set has this slug and edition, or when the database fails.
    pub async fn add_area_set(&self, set: &AreaSet) -> Result<bool, StorageError> {
        in_transaction!(self, tx => {
            // Whoever comes first writes the row; PostgreSQL lets the other wait for the end of that transaction.
            let is_new = tx.insert_area_set(set).await?;
            if !is_new {
                tx.compare_area_set(set).await?;
            }
            Ok(is_new)
        })
    }

    /// What [`Store::add_area_set`] would answer; changes nothing.
    ///
    /// # Errors
    /// As there.
    pub async fn would_add_area_set(&self, set: &AreaSet) -> Result<bool, StorageError> {
        in_transaction!(self, tx => { tx.compare_area_set(set).await.map(|is_there| !is_there) })
    }

    /// The latest edition of each area set, by slug. Editions are dates, so the last in the order of text is the latest;
    /// one without a date comes before all.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn area_sets(&self) -> Result<Vec<AreaSet>, StorageError> {
        let mut sets = Vec::new();
        for listed in self.list_area_sets().await?.into_iter().filter(|listed| listed.is_latest) {
            let mut set = listed.set;
            let rows: Vec<AreaRow> = on_readers!(self, pool => {
                sqlx::query_as(GET_AREAS).bind(&set.slug).bind(&set.edition).fetch_all(pool).await
            })?;
            set.areas = decode_areas(rows)?;
            sets.push(set);
        }
        Ok(sets)
    }

    /// Every edition of every area set without its outlines, by slug and edition.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn list_area_sets(&self) -> Result<Vec<ListedAreaSet>, StorageError> {
        let rows: Vec<SetRow> = on_readers!(self, pool => sqlx::query_as(LIST_SETS).fetch_all(pool).await)?;
        let counts: Vec<(String, String, i64)> =
            on_readers!(self, pool => sqlx::query_as(COUNT_AREAS).fetch_all(pool).await)?;
        let counts: BTreeMap<(String, String), i64> =
            counts.into_iter().map(|(slug, edition, count)| ((slug, edition), count)).collect();
        let mut sets: Vec<AreaSet> = rows.into_iter().map(SetRow::decode).collect::<Result<_, _>>()?;
        // Here and not in SQL, because the databases collate text differently.
        sets.sort_by(|a, b| (&a.slug, &a.edition).cmp(&(&b.slug, &b.edition)));
        let latest: BTreeMap<String, String> = sets.iter().map(|set| (set.slug.clone(), set.edition.clone())).collect();
        let listed = sets.into_iter().map(|set| ListedAreaSet {
            areas: counts
                .get(&(set.slug.clone(), set.edition.clone()))
                .and_then(|count| u64::try_from(*count).ok())
                .unwrap_or(0),
            is_latest: latest.get(&set.slug) == Some(&set.edition),
            set,
        });
        Ok(listed.collect())
    }
}

impl Tx {
    async fn insert_area_set(&mut self, set: &AreaSet) -> Result<bool, StorageError> {
        let AreaSet { slug, edition, name, licence, attribution, population, fit, areas } = set;
        let inserted = on_tx!(self, conn => {
            sqlx::query(INSERT_SET)
                .bind(slug)
                .bind(edition)
                .bind(name)
                .bind(licence)
                .bind(attribution)
                .bind(population.as_ref().map(|population| &population.source))
                .bind(population.as_ref().map(|population| i64::from(population.year)))
                .bind(i64::from(fit.repaired))
                .bind(i64::from(fit.overlapping_pairs))
                .bind(fit.overlap_km2)
                .bind(fit.gap_km2)
                .execute(conn)
                .await
                .map(|done| done.rows_affected())
        })?;
        if inserted == 0 {
            return Ok(false);
        }
        for area in areas {
            on_tx!(self, conn => {
                sqlx::query(INSERT_AREA)
                    .bind(slug)
                    .bind(edition)
                    .bind(&area.slug)
                    .bind(&area.name)
                    .bind(area.population.map(u64::cast_signed))
                    .bind(outline::encode(&area.outline))
                    .execute(conn)
                    .await
                    .map(drop)
            })?;
        }
        Ok(true)
    }

    /// Whether the set is there; an error when another one is. How the areas fit is not compared: it follows from them.
    async fn compare_area_set(&mut self, set: &AreaSet) -> Result<bool, StorageError> {
        let row: Option<SetRow> = on_tx!(self, conn => {
            sqlx::query_as(GET_SET).bind(&set.slug).bind(&set.edition).fetch_optional(conn).await
        })?;
        let Some(row) = row else { return Ok(false) };
        let rows: Vec<AreaRow> = on_tx!(self, conn => {
            sqlx::query_as(GET_AREAS).bind(&set.slug).bind(&set.edition).fetch_all(conn).await
        })?;
        let there = AreaSet { fit: set.fit, areas: decode_areas(rows)?, ..row.decode()? };
        if there == *set { Ok(true) } else { Err(StorageError::AreaSetDiffers) }
    }
}

fn decode_areas(rows: Vec<AreaRow>) -> Result<Vec<Area>, StorageError> {
    let mut areas: Vec<Area> = rows.into_iter().map(AreaRow::decode).collect::<Result<_, _>>()?;
    areas.sort_by(|a, b| a.slug.cmp(&b.slug));
    Ok(areas)
}
