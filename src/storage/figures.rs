//! Imported figures and deployments; those the program ships are not in the database.

use super::backend::{in_transaction, on_readers, on_tx};
use super::rows::Place;
use super::{StorageError, Store};
use crate::model::{Deployment, DeploymentStatus, FigureBasis, FigureStatus, PublishedFigure, Stated};

const FIGURES: &str = "SELECT id, place, country, year, status, cameras_low, cameras, cameras_high, area_km2, \
                       population, scope, ownership, includes_private, includes_indoor, linked_only, street_visible, \
                       basis, method_note, claimed_by, title, publisher, authors, published, note, page, url \
                       FROM published_figures";
const PUT_FIGURE: &str = "INSERT INTO published_figures (id, place, country, year, status, cameras_low, cameras, \
                          cameras_high, area_km2, population, scope, ownership, includes_private, includes_indoor, \
                          linked_only, street_visible, basis, method_note, claimed_by, title, publisher, authors, \
                          published, note, page, url) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, \
                          $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26)";
const DROP_FIGURE: &str = "DELETE FROM published_figures WHERE id = $1";
const DEPLOYMENTS: &str = "SELECT id, name, place, country, first_year, last_year, status, contracts, vendors, role, \
                           claimed_by, publisher, published, note FROM deployments";
const PUT_DEPLOYMENT: &str = "INSERT INTO deployments (id, name, place, country, first_year, last_year, status, \
                              contracts, vendors, role, claimed_by, publisher, published, note) \
                              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
const DROP_DEPLOYMENT: &str = "DELETE FROM deployments WHERE id = $1";

pub(super) const STATEMENTS: &[&str] =
    &[FIGURES, PUT_FIGURE, DROP_FIGURE, DEPLOYMENTS, PUT_DEPLOYMENT, DROP_DEPLOYMENT];

/// What stands between the vendors of a deployment; the reader of the register splits there, so no name holds it.
const BETWEEN_VENDORS: &str = "; ";

#[derive(sqlx::FromRow)]
struct FigureRow {
    id: String,
    place: String,
    country: String,
    year: i64,
    status: i64,
    cameras_low: Option<i64>,
    cameras: Option<i64>,
    cameras_high: Option<i64>,
    area_km2: Option<f64>,
    population: Option<i64>,
    scope: String,
    ownership: String,
    includes_private: i64,
    includes_indoor: i64,
    linked_only: i64,
    street_visible: i64,
    basis: i64,
    method_note: String,
    claimed_by: String,
    title: String,
    publisher: String,
    authors: String,
    published: String,
    note: String,
    page: String,
    url: String,
}

impl FigureRow {
    fn decode(self) -> Result<PublishedFigure, StorageError> {
        let at = |column| Place { table: "published_figures", column };
        Ok(PublishedFigure {
            id: self.id,
            place: self.place,
            country: self.country,
            year: at("year").need(i32::try_from(self.year).ok())?,
            status: at("status").code(self.status, FigureStatus::from_code)?,
            cameras_low: count(at("cameras_low"), self.cameras_low)?,
            cameras: count(at("cameras"), self.cameras)?,
            cameras_high: count(at("cameras_high"), self.cameras_high)?,
            area_km2: self.area_km2,
            population: count(at("population"), self.population)?,
            scope: self.scope,
            ownership: self.ownership,
            includes_private: at("includes_private").code(self.includes_private, Stated::from_code)?,
            includes_indoor: at("includes_indoor").code(self.includes_indoor, Stated::from_code)?,
            linked_only: at("linked_only").code(self.linked_only, Stated::from_code)?,
            street_visible: at("street_visible").code(self.street_visible, Stated::from_code)?,
            basis: at("basis").code(self.basis, FigureBasis::from_code)?,
            method_note: self.method_note,
            claimed_by: self.claimed_by,
            title: self.title,
            publisher: self.publisher,
            authors: self.authors,
            published: self.published,
            note: self.note,
            page: self.page,
            url: self.url,
        })
    }
}

#[derive(sqlx::FromRow)]
struct DeploymentRow {
    id: String,
    name: String,
    place: String,
    country: String,
    first_year: i64,
    last_year: i64,
    status: i64,
    contracts: Option<i64>,
    vendors: String,
    role: String,
    claimed_by: String,
    publisher: String,
    published: String,
    note: String,
}

impl DeploymentRow {
    fn decode(self) -> Result<Deployment, StorageError> {
        let at = |column| Place { table: "deployments", column };
        let vendors = self.vendors.split(BETWEEN_VENDORS).filter(|name| !name.is_empty());
        Ok(Deployment {
            id: self.id,
            name: self.name,
            place: self.place,
            country: self.country,
            first_year: at("first_year").need(i32::try_from(self.first_year).ok())?,
            last_year: at("last_year").need(i32::try_from(self.last_year).ok())?,
            status: at("status").code(self.status, DeploymentStatus::from_code)?,
            contracts: count(at("contracts"), self.contracts)?,
            vendors: vendors.map(str::to_owned).collect(),
            role: self.role,
            claimed_by: self.claimed_by,
            publisher: self.publisher,
            published: self.published,
            note: self.note,
        })
    }
}

fn count(at: Place, number: Option<i64>) -> Result<Option<u64>, StorageError> {
    number.map(|number| at.need(u64::try_from(number).ok())).transpose()
}

/// The column holds 63 bits; the reader of the ledger stops far below.
fn stored(number: Option<u64>) -> Option<i64> {
    number.map(|number| i64::try_from(number).unwrap_or(i64::MAX))
}

impl Store {
    /// Every imported figure, by id.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn figures(&self) -> Result<Vec<PublishedFigure>, StorageError> {
        let rows: Vec<FigureRow> = on_readers!(self, pool => sqlx::query_as(FIGURES).fetch_all(pool).await)?;
        let mut figures: Vec<_> = rows.into_iter().map(FigureRow::decode).collect::<Result<_, _>>()?;
        // Here and not in SQL, because the databases collate text differently.
        figures.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(figures)
    }

    /// Keeps figures, all or none. One with the id of another replaces it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn put_figures(&self, figures: &[PublishedFigure]) -> Result<(), StorageError> {
        in_transaction!(self, tx => {
            for figure in figures {
                on_tx!(tx, conn => sqlx::query(DROP_FIGURE).bind(&figure.id).execute(conn).await.map(drop))?;
                on_tx!(tx, conn => {
                    sqlx::query(PUT_FIGURE)
                        .bind(&figure.id)
                        .bind(&figure.place)
                        .bind(&figure.country)
                        .bind(i64::from(figure.year))
                        .bind(i64::from(figure.status.code()))
                        .bind(stored(figure.cameras_low))
                        .bind(stored(figure.cameras))
                        .bind(stored(figure.cameras_high))
                        .bind(figure.area_km2)
                        .bind(stored(figure.population))
                        .bind(&figure.scope)
                        .bind(&figure.ownership)
                        .bind(i64::from(figure.includes_private.code()))
                        .bind(i64::from(figure.includes_indoor.code()))
                        .bind(i64::from(figure.linked_only.code()))
                        .bind(i64::from(figure.street_visible.code()))
                        .bind(i64::from(figure.basis.code()))
                        .bind(&figure.method_note)
                        .bind(&figure.claimed_by)
                        .bind(&figure.title)
                        .bind(&figure.publisher)
                        .bind(&figure.authors)
                        .bind(&figure.published)
                        .bind(&figure.note)
                        .bind(&figure.page)
                        .bind(&figure.url)
                        .execute(conn)
                        .await
                        .map(drop)
                })?;
            }
            Ok(())
        })
    }

    /// Every imported deployment, by id.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn deployments(&self) -> Result<Vec<Deployment>, StorageError> {
        let rows: Vec<DeploymentRow> = on_readers!(self, pool => sqlx::query_as(DEPLOYMENTS).fetch_all(pool).await)?;
        let mut deployments: Vec<_> = rows.into_iter().map(DeploymentRow::decode).collect::<Result<_, _>>()?;
        deployments.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(deployments)
    }

    /// Keeps deployments, all or none. One with the id of another replaces it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn put_deployments(&self, deployments: &[Deployment]) -> Result<(), StorageError> {
        in_transaction!(self, tx => {
            for deployment in deployments {
                on_tx!(tx, conn => sqlx::query(DROP_DEPLOYMENT).bind(&deployment.id).execute(conn).await.map(drop))?;
                on_tx!(tx, conn => {
                    sqlx::query(PUT_DEPLOYMENT)
                        .bind(&deployment.id)
                        .bind(&deployment.name)
                        .bind(&deployment.place)
                        .bind(&deployment.country)
                        .bind(i64::from(deployment.first_year))
                        .bind(i64::from(deployment.last_year))
                        .bind(i64::from(deployment.status.code()))
                        .bind(stored(deployment.contracts))
                        .bind(deployment.vendors.join(BETWEEN_VENDORS))
                        .bind(&deployment.role)
                        .bind(&deployment.claimed_by)
                        .bind(&deployment.publisher)
                        .bind(&deployment.published)
                        .bind(&deployment.note)
                        .execute(conn)
                        .await
                        .map(drop)
                })?;
            }
            Ok(())
        })
    }
}
