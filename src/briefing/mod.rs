//! Briefings: two pages about one area, from one release.
//!
//! One content model, [`Document`], and two faces: the page of the site lays it out in HTML, and with the feature `pdf` typst
//! lays out the same document on paper. A figure that does not say what it counts, how sure it is and what it is a share of
//! cannot be laid out by either.

mod document;

pub use document::{
    Block, Cell, Column, Definition, Document, Figure, Incomplete, LegendLine, Link, Map, Section, Span, Stamp, Table,
    Text,
};
