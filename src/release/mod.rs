//! Builds, verifies and reads release directories.
//!
//! A build is a pure function of its [`Inputs`]: the same reports, policy and week give the same bytes, whatever order
//! they come in. This room touches the pure rooms and the file system, never SQL, HTTP or the clock. One file per
//! format.

mod archive;
mod area_row;
mod areas;
mod areas_archive;
mod areas_csv;
mod areas_geojson;
mod areas_xlsx;
mod build;
mod cells_csv;
mod cells_geojson;
mod changes;
mod changes_csv;
mod citation;
mod csv_table;
mod data_package;
mod dataset;
mod dictionary;
mod directory;
mod effort_csv;
mod error;
mod estimates_csv;
mod features;
mod features_fgb;
mod features_geojson;
#[cfg(feature = "parquet")]
mod features_parquet;
mod figures_csv;
mod format;
mod identity;
mod inputs;
mod keys_json;
mod layer;
mod lines;
mod manifest;
mod neighbours;
mod outlines;
mod profile;
mod published;
mod read;
mod readme;
mod shape;
mod shelf;
mod signature;
mod standing;
mod summary;
mod survey;
mod tables;
mod tombstone;
mod value;
mod verify;

pub(crate) use archive::vector_layers;
pub use area_row::{AreaRow, AreaSetEntry, AreaTable, EstimateLine, RateLine};
pub(crate) use areas_archive::area_layers;
pub use areas_geojson::area_members;
pub use build::{build, identify};
pub use cells_geojson::write_features;
pub use changes::{Change, ChangedPlace, Changes, diff};
pub use citation::Citation;
pub use error::ReleaseError;
pub use features::{FeatureFile, FeaturePlace, FeatureReader, cell_feature, feature_geometry};
pub use format::Format;
pub use identity::ReleaseId;
pub use inputs::{Inputs, Policy};
pub use lines::{AreaEffort, GateLine, ModelLine, WalkLine};
pub use manifest::{FILE_FORMAT, FileEntry, Manifest};
pub use neighbours::{Neighbours, inseparable, neighbours};
pub use outlines::Outline;
pub use profile::Profile;
pub use published::{ColumnType, PublishedColumn, PublishedTable, published_in, published_tables};
pub use read::Release;
pub use shelf::{Shelf, ShelfLock};
pub use signature::{SIGNATURE, check_signature, public_key, sign};
pub use summary::{HeadlineEstimate, Share, Summary};
pub use tables::MakerLine;
pub use tombstone::Tombstone;
pub use verify::{Finding, verify};
