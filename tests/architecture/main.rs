//! The rooms of `src/` touch each other only as the table in `ARCHITECTURE.md` says, and the exact place of a report
//! goes no further than the boundary.

mod boundary;
mod rooms;
mod source;
