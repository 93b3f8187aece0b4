//! A briefing as a PDF.

use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::sheet::{Setting, files, texts};
use super::world::{Desk, first};
use super::{Fonts, PaperError, glyphs};
use crate::briefing::Document;

const TEMPLATE: &str = include_str!("briefing.typ");
/// A briefing has so many pages, if that can be had in type that can be read.
const PAGES: usize = 2;
/// What is tried, one after the other, until the document fits. At the last size the text has 8 points.
const SETTINGS: [Setting; 10] = [
    WIDE,
    Setting { map: Some(2.5), ..WIDE },
    Setting { scale: 0.94, ..WIDE },
    Setting { scale: 0.94, map: Some(2.5), ..WIDE },
    Setting { scale: 0.94, map: Some(2.5), breaks: false, ..WIDE },
    Setting { scale: 0.88, ..WIDE },
    Setting { scale: 0.88, map: Some(2.5), ..WIDE },
    Setting { scale: 0.88, map: Some(2.5), breaks: false, ..WIDE },
    Setting { scale: 0.88, map: Some(1.6), breaks: false, ..WIDE },
    Setting { scale: 0.88, map: Some(1.1), breaks: false, spacing: 0.7 },
];
const WIDE: Setting = Setting { scale: 1.0, breaks: true, map: None, spacing: 1.0 };

/// The sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Paper {
    /// 210 by 297 millimetres.
    #[default]
    A4,
    /// 8.5 by 11 inches.
    Letter,
}

impl Paper {
    /// Its name as typst knows it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::Letter => "us-letter",
        }
    }
}

/// Where links on paper lead. A sheet stands nowhere, so its links are absolute or there are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Links<'a> {
    /// Nobody said where the census is published: the path is printed instead.
    Unknown,
    /// A server stands at `base`, which ends in a slash.
    Served {
        /// Address of the root of the site.
        base: &'a str,
        /// Id of the release.
        release: &'a str,
    },
    /// A static export stands at `base`, which ends in a slash.
    Files {
        /// Address of the directory.
        base: &'a str,
        /// Id of the release.
        release: &'a str,
    },
}

/// How a briefing is printed.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// The sheet.
    pub paper: Paper,
    /// The fonts.
    pub fonts: &'a Fonts,
    /// Where links lead.
    pub links: Links<'a>,
}

/// A briefing that was printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// The PDF.
    pub bytes: Vec<u8>,
    /// Its pages: two, and more only where the document does not fit on two in type of 8 points.
    pub pages: usize,
}

/// Prints a briefing as a tagged PDF (PDF/UA-1) with every glyph embedded. The same arguments give the same bytes.
///
/// # Errors
/// [`PaperError`] when a statement is incomplete, when no font has some of the characters, or when the template fails.
pub fn pdf(document: &Document, options: &Options<'_>) -> Result<Printed, PaperError> {
    document.verify()?;
    check(document, options.fonts)?;
    let (laid, _) = lay_out(document, options)?;
    let pages = laid.pages().len();
    for page in laid.pages() {
        glyphs::check_frame(&page.frame)?;
    }
    let standards = PdfStandards::new(&[PdfStandard::Ua_1])
        .map_err(|refused| PaperError::Template(refused.message().to_string()))?;
    let stamp = &document.stamp;
    let identity = [&stamp.release, document.language.code(), options.paper.name(), &document.title].join(" ");
    let options = PdfOptions {
        ident: Smart::Custom(identity),
        creator: Smart::Custom(Some(stamp.software.clone())),
        timestamp: None,
        standards,
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&laid, &options).map_err(|errors| PaperError::Template(first(&errors)))?;
    Ok(Printed { bytes, pages })
}

/// Whether these fonts have every character of a briefing, without laying it out.
///
/// # Errors
/// [`PaperError::NoFont`] names what they lack.
pub fn check(document: &Document, fonts: &Fonts) -> Result<(), PaperError> {
    let texts = texts(document);
    glyphs::check(texts.iter().map(String::as_str), fonts)
}

/// Lays a document out in the first setting in which it has no more than two pages; otherwise in the closest.
pub(super) fn lay_out(document: &Document, options: &Options<'_>) -> Result<(PagedDocument, Vec<String>), PaperError> {
    let mut last = None;
    for setting in SETTINGS {
        let files = files(document, options.paper, options.links, options.fonts, setting)?;
        let laid = Desk::new(options.fonts, TEMPLATE, files)?.lay_out()?;
        if laid.0.pages().len() <= PAGES {
            return Ok(laid);
        }
        last = Some(laid);
    }
    last.ok_or_else(|| PaperError::Template("nothing was laid out".to_owned()))
}
