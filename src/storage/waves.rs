//! Waves: the survey periods of a campaign.

use super::backend::{Tx, in_transaction, on_readers, on_tx};
use super::rows::Place;
use super::{StorageError, Store};
use crate::model::{IsoWeek, Wave};

const INSERT: &str =
    "INSERT INTO waves (campaign, slug, opened, closed) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
const CLOSE: &str = "UPDATE waves SET closed = $3 WHERE campaign = $1 AND slug = $2 AND closed IS NULL";
const LIST: &str = "SELECT campaign, slug, opened, closed FROM waves";
const GET: &str = "SELECT campaign, slug, opened, closed FROM waves WHERE campaign = $1 AND slug = $2";
const CAMPAIGN: &str = "SELECT COUNT(*) FROM campaigns WHERE slug = $1";

pub(super) const STATEMENTS: &[&str] = &[INSERT, CLOSE, LIST, GET, CAMPAIGN];

#[derive(sqlx::FromRow)]
struct WaveRow {
    campaign: String,
    slug: String,
    opened: i64,
    closed: Option<i64>,
}

impl WaveRow {
    fn decode(self) -> Result<Wave, StorageError> {
        let at = |column| Place { table: "waves", column };
        Ok(Wave {
            campaign: self.campaign,
            slug: self.slug,
            opened: at("opened").week(self.opened)?,
            closed: self.closed.map(|week| at("closed").week(week)).transpose()?,
        })
    }
}

impl Store {
    /// Opens a wave. Opening an open wave changes nothing.
    ///
    /// # Errors
    /// [`StorageError::NoCampaign`], [`StorageError::WaveClosed`] when it was closed before, or when the database fails.
    pub async fn open_wave(&self, campaign: &str, slug: &str, week: IsoWeek) -> Result<(), StorageError> {
        in_transaction!(self, tx => {
            tx.need_campaign(campaign).await?;
            tx.insert_wave(campaign, slug, week, None).await?;
            match tx.wave(campaign, slug).await? {
                Some(wave) if wave.closed.is_none() => Ok(()),
                _ => Err(StorageError::WaveClosed),
            }
        })
    }

    /// Closes a wave, and the token epochs that belong to it. Closing a closed wave changes nothing.
    ///
    /// # Errors
    /// [`StorageError::NoWave`], or when the database fails.
    pub async fn close_wave(&self, campaign: &str, slug: &str, week: IsoWeek) -> Result<(), StorageError> {
        let closed = in_transaction!(self, tx => {
            let week = i64::from(week.number());
            on_tx!(tx, conn => {
                sqlx::query(CLOSE).bind(campaign).bind(slug).bind(week).execute(conn).await.map(drop)
            })?;
            tx.wave(campaign, slug).await?.ok_or(StorageError::NoWave)?;
            tx.close_epochs(campaign, slug).await
        })?;
        if closed > 0 {
            self.scrub_tokens().await;
        }
        Ok(())
    }

    /// Every wave, by campaign and slug.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn waves(&self) -> Result<Vec<Wave>, StorageError> {
        let rows: Vec<WaveRow> = on_readers!(self, pool => sqlx::query_as(LIST).fetch_all(pool).await)?;
        let mut waves: Vec<_> = rows.into_iter().map(WaveRow::decode).collect::<Result<_, _>>()?;
        waves.sort_by(|a, b| (&a.campaign, &a.slug).cmp(&(&b.campaign, &b.slug)));
        Ok(waves)
    }

    /// The wave with this slug in a campaign.
    ///
    /// # Errors
    /// When the database fails or holds a value that cannot be read.
    pub async fn wave(&self, campaign: &str, slug: &str) -> Result<Option<Wave>, StorageError> {
        let row: Option<WaveRow> =
            on_readers!(self, pool => sqlx::query_as(GET).bind(campaign).bind(slug).fetch_optional(pool).await)?;
        row.map(WaveRow::decode).transpose()
    }
}

impl Tx {
    /// Fails when there is no campaign with this slug.
    pub(super) async fn need_campaign(&mut self, slug: &str) -> Result<(), StorageError> {
        let found: i64 = on_tx!(self, conn => sqlx::query_scalar(CAMPAIGN).bind(slug).fetch_one(conn).await)?;
        if found == 0 { Err(StorageError::NoCampaign) } else { Ok(()) }
    }

    /// Adds a wave unless it is there.
    pub(super) async fn insert_wave(
        &mut self,
        campaign: &str,
        slug: &str,
        opened: IsoWeek,
        closed: Option<IsoWeek>,
    ) -> Result<(), StorageError> {
        on_tx!(self, conn => {
            sqlx::query(INSERT)
                .bind(campaign)
                .bind(slug)
                .bind(i64::from(opened.number()))
                .bind(closed.map(|week| i64::from(week.number())))
                .execute(conn)
                .await
                .map(drop)
        })?;
        Ok(())
    }

    pub(super) async fn wave(&mut self, campaign: &str, slug: &str) -> Result<Option<Wave>, StorageError> {
        let row: Option<WaveRow> =
            on_tx!(self, conn => sqlx::query_as(GET).bind(campaign).bind(slug).fetch_optional(conn).await)?;
        row.map(WaveRow::decode).transpose()
    }
}
