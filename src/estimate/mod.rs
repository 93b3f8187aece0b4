//! From counts to estimates with intervals: how many cameras there are beyond those that were recorded.
//!
//! Plain numbers in, plain numbers out. Knows no cameras, places, ids, files, clock or randomness, and uses no other
//! room. Every method names its source, and its tests reproduce published figures.
#![expect(clippy::cast_precision_loss, reason = "counts of cameras are far below 2^52")]
#![cfg_attr(test, expect(clippy::float_cmp, reason = "what is exact is compared exactly"))]

mod chao;
mod classes;
mod confidence;
mod design;
mod error;
mod histories;
mod linkage;
mod loglinear;
mod models;
mod rates;
mod smoothing;
mod strata;
mod survey;
#[cfg(test)]
mod survey_tests;
mod two_pass;
mod words;

pub use chao::{Abundance, chao1, chao2, chao2_bias_corrected, coverage_of_individuals, coverage_of_passes};
pub use classes::{FIXED_BREAKS, fisher_breaks, fixed_class, head_tail_breaks, quantile, quantile_breaks};
pub use confidence::{Confidence, Interval, missed_interval};
pub use design::{DesignEstimate, Recall, SampledStratum, StreetImages, ratio_per_length, stratified_total};
pub use error::EstimateError;
pub use histories::Histories;
pub use linkage::{Linkability, Linkage, chance_neighbour, ding_fienberg, missed_link, true_links};
pub use loglinear::{Goodness, ModelRefusal};
pub use models::{ModelFit, ModelOutcome, fit_models};
pub use rates::{
    Observed, Rate, RateRatio, dispersion, dispersion_over, garwood, inseparable, is_publishable, mid_p, of_each_pair,
    rate_ratio, separable,
};
pub use smoothing::Prior;
pub use strata::{FEWEST_RECAPTURES, TwoPassCounts, pool, sum};
pub use survey::{Capture, Estimate, OccasionKind, StratumEstimate, SurveyCaptures, Verdict, estimate};
pub use two_pass::{TwoPass, chapman, exact_interval, expected_relative_error, is_saturated};
pub use words::{Method, Reason, Warning};
