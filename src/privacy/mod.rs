//! The privacy boundary: an exact candidate goes in, a coarse sighting comes out.
//!
//! Touches the nouns and `ingest::Candidate`. Holds the rules of `PRIVACY` that are arithmetic: cells, rounding,
//! policy. Knows no files, no SQL, no clock.

mod coarsen;

pub use coarsen::coarsen;
