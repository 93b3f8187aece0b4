//! Published figures: the ledger the program ships, reading others, and whether a figure can be compared with a census.
//!
//! Knows the nouns of `model` and the layout of two tables; touches nothing else. A verdict is worked out from what a
//! figure says about itself, never from how large it is, and nothing here is extrapolated.

mod columns;
mod compare;
mod density;
mod ledger;
mod problem;
mod read;

pub use columns::{DEPLOYMENT_COLUMNS, FIGURE_COLUMNS};
pub use compare::{Bias, CensusDefinition, CensusNumber, Outcome, Reason, Verdict, Weight, YEARS_APART, verdict};
pub use density::{Range, cameras, per_1000_residents, per_km2};
pub use ledger::{shipped_deployments, shipped_figures};
pub use problem::LedgerCode;
pub use read::{MAX_BYTES, read_deployments, read_figures};
