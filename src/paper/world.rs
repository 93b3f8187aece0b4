//! What a template can reach: its data, its pictures and the fonts. Nothing else exists for it.

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};
use typst_layout::PagedDocument;

use super::{Fonts, PaperError};

/// One template with what it lays out.
pub(super) struct Desk<'a> {
    fonts: &'a Fonts,
    template: Source,
    others: Vec<(FileId, Bytes)>,
}

impl<'a> Desk<'a> {
    /// A template with its files, which it reads by their names. The names come from a short list: typst keeps each for ever.
    pub(super) fn new(
        fonts: &'a Fonts,
        template: &str,
        others: impl IntoIterator<Item = (String, Vec<u8>)>,
    ) -> Result<Self, PaperError> {
        let template = Source::new(id("main.typ")?, template.to_owned());
        let others = others.into_iter().map(|(name, bytes)| Ok((id(&name)?, Bytes::new(bytes))));
        Ok(Self { fonts, template, others: others.collect::<Result<_, PaperError>>()? })
    }

    /// Lays the template out. Also what typst warned of.
    pub(super) fn lay_out(&self) -> Result<(PagedDocument, Vec<String>), PaperError> {
        let laid = typst::compile::<PagedDocument>(self);
        // Typst remembers what it worked out; what three later documents did not use is forgotten.
        typst::comemo::evict(3);
        let document = laid.output.map_err(|errors| PaperError::Template(first(&errors)))?;
        Ok((document, laid.warnings.iter().map(|warning| warning.message.to_string()).collect()))
    }
}

/// The first of some errors, in words.
pub(super) fn first(errors: &[typst::diag::SourceDiagnostic]) -> String {
    let Some(error) = errors.first() else { return String::new() };
    let hints = error.hints.iter().map(|hint| format!(" ({})", hint.v));
    hints.fold(error.message.to_string(), |text, hint| text + &hint)
}

fn id(name: &str) -> Result<FileId, PaperError> {
    let path = VirtualPath::new(name).map_err(|error| PaperError::Template(format!("{error:?}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        self.fonts.library()
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let found = self.others.iter().find(|(other, _)| *other == id);
        found.map(|(_, bytes)| bytes.clone()).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    /// Paper tells the week of its release, and no day on which it was printed.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
