//! What the benchmarks share: one million reports, and programs run side by side.

pub mod reports;
pub mod run;
