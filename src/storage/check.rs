//! Whether a database is sound.

use super::backend::Backend;
use super::{StorageError, Store, dialect};

/// Sightings of one page of the check.
const PAGE: u32 = 10_000;

impl Store {
    /// Reads everything and reports what is wrong, one sentence per fault; none means sound. Quotes no stored value.
    ///
    /// # Errors
    /// When the database fails to answer.
    pub async fn check(&self) -> Result<Vec<String>, StorageError> {
        let mut faults = Vec::new();
        if let Backend::Sqlite { readers, .. } = &self.backend {
            let answers: Vec<String> = sqlx::query_scalar(dialect::SQLITE_INTEGRITY).fetch_all(readers).await?;
            faults.extend(answers.into_iter().filter(|answer| answer != "ok"));
        }
        let readings = [
            self.campaigns().await.map(drop),
            self.waves().await.map(drop),
            self.sources().await.map(drop),
            self.occasions().await.map(drop),
            self.effort().await.map(drop),
            self.figures().await.map(drop),
            self.rulings(true).await.map(drop),
            self.deployments().await.map(drop),
            self.area_sets().await.map(drop),
            self.read_pending().await,
            self.read_sightings().await,
        ];
        for reading in readings {
            match reading {
                Err(error @ StorageError::Undecodable { .. }) => faults.push(error.to_string()),
                other => other?,
            }
        }
        Ok(faults)
    }

    async fn read_pending(&self) -> Result<(), StorageError> {
        let mut after = None;
        while let Some(last) = self.pending_page(None, after, PAGE).await?.last() {
            after = Some(last.id);
        }
        Ok(())
    }

    async fn read_sightings(&self) -> Result<(), StorageError> {
        let mut snapshot = self.snapshot().await?;
        let mut after = None;
        while let Some(last) = snapshot.sightings_page(after, PAGE, true).await?.last() {
            after = Some((last.sighting.cell, last.id));
        }
        Ok(())
    }
}
