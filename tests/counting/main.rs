//! From reports and effort to numbers, through the built program: counts by area, zeros, estimates, rulings.
#![expect(clippy::unwrap_used, reason = "helpers of tests may fail loudly, like tests")]

mod census;
mod effort;
mod survey;
