//! Characters that nobody sees.

/// Whether a reader does not see a character, or it changes the order in which others are shown (`Bidi_Control` of Unicode), or
/// XML cannot hold it. No name of anything needs one.
#[must_use]
pub fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fffe}'..='\u{ffff}'
        )
}
