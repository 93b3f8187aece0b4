//! The fonts that pages are set in: those in the program, and those it is given.

use std::sync::{Arc, LazyLock};

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontFlags};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _};

use super::PaperError;

/// The family in the program that text is set in: Latin, Greek, Cyrillic.
const TEXT: &str = "Libertinus Serif";
/// The family in the program that hashes are set in.
const CODE: &str = "DejaVu Sans Mono";

/// Fonts, read once and used for every page.
#[derive(Clone)]
pub struct Fonts(Arc<Inner>);

struct Inner {
    fonts: Vec<Font>,
    book: LazyHash<FontBook>,
    library: LazyHash<Library>,
    families: Vec<String>,
}

impl Fonts {
    /// The fonts in the program.
    #[must_use]
    pub fn built_in() -> Self {
        static BUILT_IN: LazyLock<Fonts> = LazyLock::new(|| Fonts::of(own()));
        BUILT_IN.clone()
    }

    /// These fonts besides those in the program, which are asked first. Each item is a file: a font, or a collection.
    ///
    /// # Errors
    /// [`PaperError::NotAFont`] with the place of the first file that is none.
    pub fn with(files: impl IntoIterator<Item = Vec<u8>>) -> Result<Self, (usize, PaperError)> {
        let mut fonts = own();
        for (index, file) in files.into_iter().enumerate() {
            let before = fonts.len();
            fonts.extend(Font::iter(Bytes::new(file)));
            if fonts.len() == before {
                return Err((index, PaperError::NotAFont));
            }
        }
        Ok(Self::of(fonts))
    }

    fn of(fonts: Vec<Font>) -> Self {
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        let mut families = vec![TEXT.to_owned()];
        for font in &fonts {
            let info = font.info();
            let is_for_text = !info.flags.contains(FontFlags::MONOSPACE) || info.family != CODE;
            if is_for_text && !families.contains(&info.family) {
                families.push(info.family.clone());
            }
        }
        Self(Arc::new(Inner { fonts, book, library: LazyHash::new(Library::default()), families }))
    }

    /// Families that text is set in, in the order in which they are asked for a character.
    pub(super) fn families(&self) -> &[String] {
        &self.0.families
    }

    /// The family of hashes and ids.
    pub(super) const fn code() -> &'static str {
        CODE
    }

    /// Whether one of the families of text has a character.
    pub(super) fn has(&self, character: char) -> bool {
        let of_text = self.0.fonts.iter().filter(|font| font.info().family != CODE);
        of_text.into_iter().any(|font| font.info().coverage.contains(character.into()))
    }

    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        &self.0.book
    }

    pub(super) fn library(&self) -> &LazyHash<Library> {
        &self.0.library
    }

    pub(super) fn font(&self, index: usize) -> Option<Font> {
        self.0.fonts.get(index).cloned()
    }
}

/// The fonts in the program.
impl Default for Fonts {
    fn default() -> Self {
        Self::built_in()
    }
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fonts").field("families", &self.0.families).finish_non_exhaustive()
    }
}

/// Of the fonts that come with typst those that we use. The others are for formulas.
fn own() -> Vec<Font> {
    let fonts = typst_assets::fonts().flat_map(|data| Font::iter(Bytes::new(data)));
    fonts.filter(|font| [TEXT, CODE].contains(&font.info().family.as_str())).collect()
}
