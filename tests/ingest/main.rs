//! The ingest room from outside: bytes in, report and coarse sightings out.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail loudly, like tests")]

mod adversarial;
mod collector;
mod documents;
#[cfg(test)]
mod exports;
mod gzip;
mod imagery;
mod mappings;
mod place;
mod properties;
mod real_data;
mod refusals;
mod vocabulary;
