//! What is taken back because somebody has a right to it.

use h3o::{CellIndex, Resolution};

use super::error::AppError;
use crate::model::IsoWeek;
use crate::storage::Store;

/// Counts one home camera less in a cell of resolution 8, because a household asked (promise P15), and clears the files of
/// what was deleted. Returns how many sightings were deleted; the published number is rounded and may stay the same.
///
/// # Errors
/// When the cell has another resolution, no home camera is counted in it, or the database fails.
pub async fn lower_home(store: &Store, cell: CellIndex, week: IsoWeek) -> Result<u64, AppError> {
    if cell.resolution() != Resolution::Eight {
        return Err(AppError::Refused(
            "home cameras are counted in cells of resolution 8; name the one the household lies in".to_owned(),
        ));
    }
    let deleted = store.lower_home_count(cell).await?;
    if deleted == 0 {
        return Err(AppError::Refused("no home camera is counted in this cell".to_owned()));
    }
    store.seal(week).await?;
    Ok(deleted)
}
