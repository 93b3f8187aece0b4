//! The privacy boundary: an exact candidate goes in, a coarse sighting comes out.
//!
//! Touches the nouns and `ingest::Candidate`. Holds the rules of the privacy contract that are arithmetic: cells and
//! rounding. Knows no files, no SQL, no clock.

mod coarsen;
mod home;

pub use coarsen::coarsen;
pub use home::{HOME_BASE, HomeKey};
