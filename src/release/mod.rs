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
mod build;
mod cells_csv;
mod cells_geojson;
mod dataset;
mod directory;
mod effort_csv;
mod error;
mod estimates_csv;
mod features;
mod figures_csv;
mod identity;
mod inputs;
mod lines;
mod manifest;
mod neighbours;
mod outlines;
mod read;
mod shelf;
mod summary;
mod survey;
mod tables;
mod verify;

pub(crate) use archive::vector_layers;
pub use area_row::{AreaRow, AreaSetEntry, AreaTable, EstimateLine, RateLine};
pub(crate) use areas_archive::area_layers;
pub use areas_geojson::area_members;
pub use build::{build, identify};
pub use cells_geojson::write_features;
pub use error::ReleaseError;
pub use features::{FeatureFile, FeaturePlace, FeatureReader, cell_feature, feature_geometry};
pub use identity::ReleaseId;
pub use inputs::{Inputs, Policy};
pub use lines::{GateLine, ModelLine, WalkLine};
pub use manifest::{FILE_FORMAT, FileEntry, Manifest};
pub use neighbours::{Neighbours, inseparable, neighbours};
pub use outlines::Outline;
pub use read::Release;
pub use shelf::Shelf;
pub use summary::{HeadlineEstimate, Share, Summary};
pub use tables::MakerLine;
pub use verify::{Finding, verify};
