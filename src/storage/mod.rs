//! Every SQL statement, for both databases.
//!
//! Knows the nouns of `model` and how they lie in tables; nothing else of ours. A row is a cell and a week: this room
//! cannot name an exact coordinate, a clock time or a person, and no table keeps the order in which reports arrived
//! once [`Store::seal`] has run. Time and randomness are passed in.
//!
//! One [`Store`] serves SQLite and PostgreSQL with one text per statement; the few that differ stand in `dialect`.

mod areas;
mod backend;
mod batches;
mod builds;
mod campaigns;
mod check;
mod copy;
mod decisions;
mod dialect;
mod effort;
mod error;
mod figures;
mod gone;
mod homes;
mod import;
mod marks;
mod migrate;
mod moderators;
mod occasions;
mod outline;
mod pooling;
mod proposals;
mod removal;
mod reports;
mod review;
mod rows;
mod rulings;
mod seal;
mod settings;
mod sightings;
mod sources;
mod statements;
mod store;
mod submissions;
mod tokens;
mod traces;
mod url;
mod waves;

pub use areas::ListedAreaSet;
pub use builds::BuildLock;
pub use decisions::{Logged, Signature};
pub use effort::EffortCounts;
pub use error::StorageError;
pub use gone::NewGone;
pub use import::{Import, ImportCounts};
pub use marks::PendingMark;
pub use moderators::Moderator;
pub use pooling::{HeldWave, Waiting};
pub use proposals::{Proposal, Proposed};
pub use removal::{Removed, RolledBack};
pub use reports::StoredReport;
pub use review::Selection;
pub use rows::Stored;
pub use sightings::Snapshot;
pub use statements::statements;
pub use store::{OpenOptions, Store};
pub use submissions::ReceiptState;
pub use tokens::{InviteCount, Invited, Redeemable, Spend, StoredKey};
pub use traces::Traces;
pub use url::{DatabaseKind, DatabaseUrl, DatabaseUrlError};
