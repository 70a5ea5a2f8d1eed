//! What XML 1.0 can hold.

/// A text without characters that XML 1.0 can't hold.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(is_held).collect()
}

/// Whether XML 1.0 can hold a character.
pub(super) fn is_held(char: &char) -> bool {
    matches!(char, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
