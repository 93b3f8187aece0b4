//! From counts to estimates with intervals: how many cameras there are beyond those that were recorded.
//!
//! Plain numbers in, plain numbers out. Knows no cameras, places, ids, files, clock or randomness, and uses no other
//! room. Every method names its source, and its tests reproduce published figures.
#![expect(clippy::cast_precision_loss, reason = "counts of cameras are far below 2^52")]
#![cfg_attr(test, expect(clippy::float_cmp, reason = "what is exact is compared exactly"))]

mod confidence;
mod error;
mod rates;
mod smoothing;
mod two_pass;

pub use confidence::{Confidence, Interval, missed_interval};
pub use error::EstimateError;
pub use rates::{
    Observed, Rate, RateRatio, dispersion, garwood, inseparable, is_publishable, mid_p, rate_ratio, separable,
};
pub use smoothing::Prior;
pub use two_pass::{TwoPass, chapman, exact_interval, is_saturated};
