//! Bytes to candidates: formats, vocabularies, and the reason for every refusal.

mod candidate;
mod read;

pub use candidate::{Attributes, Candidate};
pub use read::{Bounds, Census, Limits, ReadOptions, Sink};
