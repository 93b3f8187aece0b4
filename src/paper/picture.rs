//! The picture that a link to a page is shown with.

use serde_json::json;
use typst::utils::Scalar;
use typst_render::RenderOptions;

use super::sheet::styled;
use super::world::Desk;
use super::{Fonts, PaperError, glyphs};
use crate::language::Language;

const TEMPLATE: &str = include_str!("picture.typ");

/// What a picture of a page says.
#[derive(Debug, Clone, Copy)]
pub struct Picture<'a> {
    /// Its language.
    pub language: Language,
    /// Name of the census.
    pub census: &'a str,
    /// Name of the place that the number is about.
    pub place: &'a str,
    /// The number with its interval, in one sentence.
    pub lead: &'a str,
    /// Id of the release.
    pub release: &'a str,
    /// The week up to which reports are counted, as the language writes it.
    pub as_of: &'a str,
    /// A map, by `crate::drawing`.
    pub map: Option<&'a str>,
}

/// Draws a picture of 1200 by 630 pixels, as PNG. The same arguments give the same bytes.
///
/// # Errors
/// [`PaperError`] when no font has some of the characters, or when the template fails.
pub fn picture(picture: &Picture<'_>, fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let Picture { language, census, place, lead, release, as_of, map } = *picture;
    glyphs::check([census, place, lead, release, as_of], fonts)?;
    let data = json!({
        "lang": language.code().split('-').next(),
        "direction": language.direction(),
        "fonts": fonts.families(),
        "code_font": Fonts::code(),
        "census": census,
        "place": place,
        "lead": lead,
        "release": release,
        "as_of": as_of,
        "map": map.is_some(),
    });
    let map = map.map(|svg| ("map-0.svg".to_owned(), styled(svg).into_bytes()));
    let files = [("data.json".to_owned(), data.to_string().into_bytes())].into_iter().chain(map);
    let (laid, _) = Desk::new(fonts, TEMPLATE, files)?.lay_out()?;
    let page = laid.pages().first().ok_or_else(|| PaperError::Template("nothing was laid out".to_owned()))?;
    glyphs::check_frame(&page.frame)?;
    let options = RenderOptions { pixel_per_pt: Scalar::new(1.0), render_bleed: false };
    let pixels = typst_render::render(page, &options);
    pixels.encode_png().map_err(|error| PaperError::Template(error.to_string()))
}
