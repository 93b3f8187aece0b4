//! What the benchmarks share: one million reports, and programs run side by side.

pub(crate) mod reports;
pub(crate) mod run;
