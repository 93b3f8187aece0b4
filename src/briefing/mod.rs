//! Briefings: two pages about one area, from one release.
//!
//! One content model, [`Document`], and two faces: the page of the site lays it out in HTML, and with the feature `pdf` typst
//! lays out the same document on paper. A figure that does not say what it counts, how sure it is and what it is a share of
//! cannot be laid out by either. [`document()`] says [`Facts`] in a language; who gathers the facts is not known here.

mod beside;
mod change;
mod count;
mod document;
mod effort;
mod facts;
mod fill;
mod method;
pub mod said;
mod say;
mod shares;

pub use document::{
    Block, Cell, Column, Definition, Document, Figure, Incomplete, LegendLine, Link, Map, Section, Span, Stamp, Table,
    Text,
};
pub use facts::{
    Amount, AreaFacts, BeforeFacts, Beside, Facts, FigureFacts, MapFacts, NearbyFacts, Rate, ReleaseFacts, WaveFacts,
};
pub use fill::document;
pub use said::{Interval, PublishedNumber, Said};
