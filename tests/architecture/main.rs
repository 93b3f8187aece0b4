//! The rooms of `src/` touch each other only as the table in `ARCHITECTURE.md` says, and the exact place of a report
//! goes no further than the boundary.
#![expect(clippy::panic, clippy::unwrap_used, reason = "helpers of tests may fail loudly, like tests")]

mod boundary;
mod rooms;
mod source;
