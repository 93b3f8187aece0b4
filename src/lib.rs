//! camera-census turns volunteers' reports of surveillance cameras into counts.
//!
//! Three steps, one direction: the write side keeps coarse sightings in SQL, a release build is a pure function from
//! sightings to a directory of files, and the read side serves such directories and nothing else. Each module below is
//! a room; `ARCHITECTURE.md` says who may touch whom and `tests/architecture.rs` checks it.

pub mod app;
pub mod areas;
pub mod briefing;
pub mod cli;
pub mod density;
pub mod drawing;
pub mod effort;
pub mod estimate;
pub mod figures;
pub mod http;
pub mod ingest;
pub mod language;
pub mod matching;
pub mod model;
#[cfg(feature = "pdf")]
pub mod paper;
pub mod privacy;
pub mod release;
pub mod review;
pub mod storage;
pub mod tokens;
