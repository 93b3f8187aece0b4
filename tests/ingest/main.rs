//! The ingest room from outside: bytes in, report and coarse sightings out.

mod adversarial;
mod collector;
mod documents;
mod gzip;
mod imagery;
mod mappings;
mod place;
mod properties;
mod real_data;
mod refusals;
mod vocabulary;
