//! Pictures of counts: cells and areas as SVG in Web Mercator, and the classes by which they are coloured.
//!
//! Colours, widths and patterns are names of the style sheet. Nothing here knows where numbers come from, or a language: the
//! words in a picture are passed in.

mod areas;
mod cells;
mod classes;

pub use areas::{Fill, Shape, Words, draw_area, draw_areas, touching};
pub use cells::{Drawing, draw};
pub use classes::{COUNT_CLASSES, KM2_CLASSES, count_class, count_labels, km2_class, km2_labels};
