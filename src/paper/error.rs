//! Why something cannot be laid out.

use crate::briefing::Incomplete;

/// Why a briefing or a picture cannot be laid out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaperError {
    /// A statement lacks something that it must have.
    #[error(transparent)]
    Incomplete(#[from] Incomplete),
    /// No font has some of the characters. They would be printed as boxes.
    #[error(
        "no font here has the {script} characters {characters}; point --fonts or CENSUS_FONTS at a directory with a font \
         that has them, such as {font}"
    )]
    NoFont {
        /// Script of the first of them, in English.
        script: &'static str,
        /// Some of them as code points: `U+4E2D U+6587`.
        characters: String,
        /// A free font that has this script.
        font: &'static str,
    },
    /// Bytes that are no font.
    #[error("not a font that can be read; TrueType and OpenType fonts and collections can")]
    NotAFont,
    /// The template or its export failed: a fault of the program, not of the document.
    #[error("the page cannot be laid out: {0}")]
    Template(String),
}
