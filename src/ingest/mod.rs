//! Bytes to candidates: formats, vocabularies, and the reason for every refusal.
//!
//! Recognises a format by its content, walks over the outer structure itself, and gives each feature's bytes to a
//! parser that borrows its strings; memory does not grow with the input. Knows GeoJSON (also newline-delimited and
//! RFC 8142), Overpass JSON, JSON arrays and CSV, the census's own words, `OpenStreetMap`'s, and mapping files.
//!
//! Touches the nouns alone; no files, no clock, no network. Exact coordinates leave it only inside a [`Candidate`].
//! Reports never repeat a value of the input.

mod candidate;
mod census;
mod code;
mod direction;
mod document;
mod dropped;
mod element;
mod feature;
mod input;
mod json;
mod mapping;
mod mapping_file;
mod member;
mod operator;
mod osm;
mod place;
mod read;
mod reading;
mod record;
mod report;
mod scan;
mod shipped;
mod sniff;
mod table;
mod unpack;
mod value;

pub use candidate::{Attributes, Candidate};
pub use code::{Code, Scope};
pub use document::read;
pub use mapping::{Mapping, MappingError};
pub use read::{Bounds, Census, Formats, Limits, ReadOptions, Sink};
pub use shipped::Shipped;
