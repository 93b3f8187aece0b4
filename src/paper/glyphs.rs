//! Characters that no font has: looked for before anything is laid out, and again in what was laid out.

use std::collections::BTreeSet;

use typst::layout::{Frame, FrameItem};

use super::{Fonts, PaperError};

/// So many characters are named; a text in another script lacks hundreds.
const NAMED: usize = 8;

/// Blocks of scripts: first and last character, the script, and a free font that has it. Sorted.
const SCRIPTS: [(u32, u32, &str, &str); 25] = [
    (0x0000, 0x024f, "Latin", "Noto Serif"),
    (0x0370, 0x03ff, "Greek", "Noto Serif"),
    (0x0400, 0x052f, "Cyrillic", "Noto Serif"),
    (0x0530, 0x058f, "Armenian", "Noto Serif Armenian"),
    (0x0590, 0x05ff, "Hebrew", "Noto Serif Hebrew"),
    (0x0600, 0x06ff, "Arabic", "Noto Naskh Arabic"),
    (0x0750, 0x077f, "Arabic", "Noto Naskh Arabic"),
    (0x08a0, 0x08ff, "Arabic", "Noto Naskh Arabic"),
    (0x0900, 0x097f, "Devanagari", "Noto Serif Devanagari"),
    (0x0980, 0x09ff, "Bengali", "Noto Serif Bengali"),
    (0x0a00, 0x0a7f, "Gurmukhi", "Noto Serif Gurmukhi"),
    (0x0a80, 0x0aff, "Gujarati", "Noto Serif Gujarati"),
    (0x0b80, 0x0bff, "Tamil", "Noto Serif Tamil"),
    (0x0e00, 0x0e7f, "Thai", "Noto Serif Thai"),
    (0x10a0, 0x10ff, "Georgian", "Noto Serif Georgian"),
    (0x1100, 0x11ff, "Korean", "Noto Serif CJK KR"),
    (0x1200, 0x137f, "Ethiopic", "Noto Serif Ethiopic"),
    (0x3000, 0x303f, "Chinese", "Noto Serif CJK SC"),
    (0x3040, 0x30ff, "Japanese", "Noto Serif CJK JP"),
    (0x3400, 0x9fff, "Chinese", "Noto Serif CJK SC"),
    (0xac00, 0xd7af, "Korean", "Noto Serif CJK KR"),
    (0xf900, 0xfaff, "Chinese", "Noto Serif CJK SC"),
    (0xfb50, 0xfdff, "Arabic", "Noto Naskh Arabic"),
    (0xfe70, 0xfefe, "Arabic", "Noto Naskh Arabic"),
    (0x2_0000, 0x3_ffff, "Chinese", "Noto Serif CJK SC"),
];

/// Whether every character of these texts can be printed.
///
/// # Errors
/// [`PaperError::NoFont`] names the script of the first that cannot.
pub(super) fn check<'a>(texts: impl IntoIterator<Item = &'a str>, fonts: &Fonts) -> Result<(), PaperError> {
    let mut known = BTreeSet::new();
    let mut missing = Vec::new();
    for character in texts.into_iter().flat_map(str::chars) {
        if is_drawn(character) && known.insert(character) && !fonts.has(character) {
            missing.push(character);
        }
    }
    refuse(&missing)
}

/// Whether these fonts have every character of some texts.
#[must_use]
pub fn has_glyphs<'a>(texts: impl IntoIterator<Item = &'a str>, fonts: &Fonts) -> bool {
    check(texts, fonts).is_ok()
}

/// Whether every glyph of a page that was laid out is one of its font, and not the box that stands for none.
///
/// # Errors
/// As [`check`].
pub(super) fn check_frame(frame: &Frame) -> Result<(), PaperError> {
    let mut missing = Vec::new();
    collect(frame, &mut missing);
    refuse(&missing)
}

fn collect(frame: &Frame, missing: &mut Vec<char>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => collect(&group.frame, missing),
            FrameItem::Text(text) => {
                for glyph in text.glyphs.iter().filter(|glyph| glyph.id == 0) {
                    let characters = text.text.get(glyph.range()).unwrap_or_default().chars();
                    missing.extend(characters.filter(|character| is_drawn(*character)));
                }
            }
            _ => {}
        }
    }
}

fn refuse(missing: &[char]) -> Result<(), PaperError> {
    let Some(first) = missing.first() else { return Ok(()) };
    let (script, font) = script(*first);
    let alike = missing.iter().filter(|character| self::script(**character).0 == script);
    let mut characters: Vec<String> = alike.map(|character| format!("U+{:04X}", u32::from(*character))).collect();
    characters.sort();
    characters.dedup();
    let more = if characters.len() > NAMED { " …" } else { "" };
    characters.truncate(NAMED);
    Err(PaperError::NoFont { script, characters: characters.join(" ") + more, font })
}

fn script(character: char) -> (&'static str, &'static str) {
    let code = u32::from(character);
    let block = SCRIPTS.iter().find(|(first, last, ..)| (*first..=*last).contains(&code));
    block.map_or(("following", "one of the Noto families"), |(_, _, script, font)| (script, font))
}

/// Whether a character leaves a mark: spaces, and marks of direction and joining, do not.
fn is_drawn(character: char) -> bool {
    let is_unseen = matches!(
        character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
    );
    !character.is_whitespace() && !character.is_control() && !is_unseen
}
