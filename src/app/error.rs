//! Why a use case could not be carried out.

use crate::release::ReleaseError;
use crate::storage::StorageError;

/// A use case failed for a reason that is not in its input.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The release directory.
    #[error(transparent)]
    Release(#[from] ReleaseError),
    /// A file that was read, or a temporary one.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// A rule of the census forbids it; the text says which and what to do.
    #[error("{0}")]
    Refused(String),
}
