//! The nouns that every other room shares.
//!
//! Knows what a sighting, a week, an occasion and a camera are, and how their values are spelt. Touches nothing of
//! ours, no files, no clock, no network. Never sees a coordinate of a report: a place here is an H3 cell.

mod area;
mod camera;
mod campaign;
mod effort;
mod facing;
mod figure;
mod gone;
mod hidden;
mod maker;
mod occasion;
mod position;
mod problem;
mod region;
mod ruling;
mod secret;
mod sighting;
mod token;
mod vocabulary;
mod week;

pub use area::{Area, AreaFit, AreaSet, PopulationSource};
pub use camera::{Camera, JoinReason};
pub use campaign::{Campaign, Source, Wave};
pub use effort::{AuditUnit, Effort, EffortMark, UnitId, UnitKind, UnitShape, WaveEffort};
pub use facing::{Facing, FacingError};
pub use figure::{Deployment, PublishedFigure};
pub use gone::{Gone, Report};
pub use hidden::is_hidden;
pub use maker::{Maker, MakerEntry, makers};
pub use occasion::{Occasion, OccasionId, PassLetter, SourceKind, slug_of};
pub use position::PositionClass;
pub use problem::{DocumentReport, FileReport, Note, Problem};
pub use region::{REGION, region_of};
pub use ruling::{Ruled, Ruling};
pub use secret::{Secret, SightingId};
pub(crate) use sighting::is_home;
pub use sighting::{Observed, Sighting};
pub use token::TokenKey;
pub use vocabulary::{
    Basis, Claim, Decision, DeploymentStatus, FigureBasis, FigureStatus, Intake, Kind, Linked, Mount, Operator,
    RejectReason, RowsMode, Stated, TokenPurpose, UnitState, Verdict,
};
pub use week::{IsoWeek, WeekError};
