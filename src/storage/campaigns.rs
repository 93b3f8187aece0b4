//! Campaigns.

use super::backend::{in_transaction, on_readers, on_tx};
use super::rows::Place;
use super::{StorageError, Store};
use crate::model::{Campaign, Intake};

const INSERT: &str = "INSERT INTO campaigns (slug, name, west, south, east, north, intake, max_pending) \
                      VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
const LIST: &str = "SELECT slug, name, west, south, east, north, intake, max_pending FROM campaigns";
const GET: &str = "SELECT slug, name, west, south, east, north, intake, max_pending FROM campaigns WHERE slug = $1";

const SET_BOUNDS: &str = "UPDATE campaigns SET west = $2, south = $3, east = $4, north = $5 WHERE slug = $1";

pub(super) const STATEMENTS: &[&str] = &[INSERT, LIST, GET, SET_BOUNDS];

#[derive(sqlx::FromRow)]
struct CampaignRow {
    slug: String,
    name: String,
    west: Option<f64>,
    south: Option<f64>,
    east: Option<f64>,
    north: Option<f64>,
    intake: i64,
    max_pending: i64,
}

impl CampaignRow {
    fn decode(self) -> Result<Campaign, StorageError> {
        let at = |column| Place { table: "campaigns", column };
        let bounds = match (self.west, self.south, self.east, self.north) {
            (Some(west), Some(south), Some(east), Some(north)) => Some([west, south, east, north]),
            _ => None,
        };
        Ok(Campaign {
            slug: self.slug,
            name: self.name,
            bounds,
            intake: at("intake").code(self.intake, Intake::from_code)?,
            max_pending: at("max_pending").need(u32::try_from(self.max_pending).ok())?,
        })
    }
}

impl Store {
    /// Adds a campaign.
    ///
    /// # Errors
    /// [`StorageError::CampaignExists`] when its slug is taken, or when the database fails.
    pub async fn create_campaign(&self, campaign: &Campaign) -> Result<(), StorageError> {
        let edge = |index| campaign.bounds.map(|bounds: [f64; 4]| bounds[index]);
        let created = in_transaction!(self, tx => {
            Ok(on_tx!(tx, conn => {
                sqlx::query(INSERT)
                    .bind(&campaign.slug)
                    .bind(&campaign.name)
                    .bind(edge(0))
                    .bind(edge(1))
                    .bind(edge(2))
                    .bind(edge(3))
                    .bind(i64::from(campaign.intake.code()))
                    .bind(i64::from(campaign.max_pending))
                    .execute(conn)
                    .await
                    .map(|done| done.rows_affected())
            })?)
        })?;
        if created == 0 { Err(StorageError::CampaignExists) } else { Ok(()) }
    }

    /// Changes the place that a campaign counts: west, south, east and north in degrees.
    ///
    /// # Errors
    /// [`StorageError::NoCampaign`], or when the database fails.
    pub async fn set_bounds(&self, slug: &str, bounds: [f64; 4]) -> Result<(), StorageError> {
        let [west, south, east, north] = bounds;
        let changed = in_transaction!(self, tx => {
            Ok(on_tx!(tx, conn => {
                sqlx::query(SET_BOUNDS)
                    .bind(slug)
                    .bind(west)
                    .bind(south)
                    .bind(east)
                    .bind(north)
                    .execute(conn)
                    .await
                    .map(|done| done.rows_affected())
            })?)
        })?;
        if changed == 0 { Err(StorageError::NoCampaign) } else { Ok(()) }
    }

    /// Every campaign, by slug.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn campaigns(&self) -> Result<Vec<Campaign>, StorageError> {
        let rows: Vec<CampaignRow> = on_readers!(self, pool => sqlx::query_as(LIST).fetch_all(pool).await)?;
        let mut campaigns: Vec<_> = rows.into_iter().map(CampaignRow::decode).collect::<Result<_, _>>()?;
        // Here and not in SQL, because the databases collate text differently.
        campaigns.sort_by(|a, b| a.slug.cmp(&b.slug));
        Ok(campaigns)
    }

    /// The campaign with this slug.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn campaign(&self, slug: &str) -> Result<Option<Campaign>, StorageError> {
        let row: Option<CampaignRow> =
            on_readers!(self, pool => sqlx::query_as(GET).bind(slug).fetch_optional(pool).await)?;
        row.map(CampaignRow::decode).transpose()
    }
}
