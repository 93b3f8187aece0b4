//! Paper: a briefing as a PDF, and the picture that a link to a page is shown with.
//!
//! Knows [`crate::briefing::Document`] and lays it out by typst, with templates that are part of the program. What a document
//! says goes in as data, never as source of a template. Fonts come in as bytes. No file, clock, package or network is in
//! reach of a template; the same document, fonts and options give the same bytes.

mod error;
mod fonts;
mod glyphs;
mod pdf;
mod picture;
mod sheet;
mod world;

pub use error::PaperError;
pub use fonts::Fonts;
pub use glyphs::has_glyphs;
pub use pdf::{Links, Options, Paper, Printed, check, pdf};
pub use picture::{Picture, picture};

#[cfg(test)]
mod tests;
