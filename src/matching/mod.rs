//! Sightings to cameras, with the reason for every join.
//!
//! A pure function of the sightings: no order of input, no ids, no randomness. Knows the nouns only.
//!
//! The method, in three steps (`docs/adr/0005-matching.md`):
//! 1. pairs of sightings within the *gate* of each other whose facing and kind do not contradict are candidates;
//! 2. candidates are joined from the best pair on, but only into clusters in which every pair is a candidate
//!    (complete linkage, so a row of cameras along a facade never chains into one);
//! 3. a cluster holds as many cameras as the occasion that told most slots apart, and is split accordingly.

mod camera;
mod chance;
mod cluster;
mod gone;
mod home;
mod near;
mod neighbours;
mod pair;
mod rules;
mod sensitivity;
mod slots;
mod split;

pub use camera::{Matching, Prepared, cameras, match_sightings};
pub use chance::chance_links;
pub use gone::found_gone;
pub use home::{HomeCount, home_counts};
pub use near::Near;
pub use pair::Gate;
pub use sensitivity::{AtGate, sensitivity};
pub use slots::{SlotAssigner, assign_slots};
