//! What automatic checks say of reports that wait, and in which order a moderator meets them.
//!
//! Knows the nouns and how sightings match. Everything here is worked out anew each time and never stored: a report
//! that waits is only ever *pending* in the database. Checks rank, they refuse nothing (rules A1 to A3 and A6 of the
//! privacy contract): what is public is decided by a moderator alone.

mod dispute;
mod flag;
mod judge;
mod queue;
mod teams;

pub use dispute::{Dispute, Disputed, disputes};
pub use flag::{BURST_REPORTS, DENSE_HEADS, Flag};
pub use judge::{Judged, Reported, State, judge};
pub use queue::{GROUP, Group, queue};
pub use teams::independent;
