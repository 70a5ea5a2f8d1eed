//! What XML 1.0 can hold.

use crate::package::is_held;

/// A text without characters that XML 1.0 can't hold.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(is_held).collect()
}
