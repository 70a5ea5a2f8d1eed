//! E-mail addresses.

use std::ops::Range;

use memchr::memchr3_iter;

/// Where e-mail addresses stand.
pub(super) fn emails(text: &str) -> impl Iterator<Item = Range<usize>> {
    let local = |char: char| char.is_alphanumeric() || matches!(char, '.' | '_' | '%' | '+' | '-');
    let domain = |char: char| char.is_alphanumeric() || matches!(char, '.' | '-');
    signs(text).filter_map(move |sign| {
        let before = &text[..sign.start];
        let name = before[before.trim_end_matches(local).len()..].trim_start_matches('.');
        let after = &text[sign.end..];
        let host = after[..after.len() - after.trim_start_matches(domain).len()].trim_end_matches(['.', '-']);
        let start = sign.start - name.len();
        let whole = !name.is_empty() && is_host(host) && !is_step_of_address(&text[..start]);
        whole.then_some(start..sign.end + host.len())
    })
}

/// The signs between name and host: `@`, and what people write to hide it from machines, with its spaces: `(at)`, `[at]`.
fn signs(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    memchr3_iter(b'@', b'(', b'[', bytes).filter_map(move |at| match bytes[at..] {
        [b'@', ..] => Some(at..at + 1),
        [_, b'a' | b'A', b't' | b'T', b')' | b']', ..] => {
            let start = at - usize::from(bytes[..at].ends_with(b" "));
            Some(start..at + 4 + usize::from(bytes[at + 4..].starts_with(b" ")))
        }
        _ => None,
    })
}

fn is_host(host: &str) -> bool {
    let Some((name, top)) = host.rsplit_once('.') else { return false };
    !name.is_empty()
        && !name.starts_with(['.', '-'])
        && top.chars().count() >= 2
        && (top.chars().all(char::is_alphabetic) || top.starts_with("xn--"))
}

/// Whether what follows is a step of a web address or the user in it: `https://example.org/logo@2x.png`.
fn is_step_of_address(before: &str) -> bool {
    const FAR: usize = 300;
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(FAR))..];
    let word = near.rsplit(|char: char| char.is_whitespace() || matches!(char, '"' | '<' | '(')).next().unwrap_or(near);
    word.ends_with('/') && word.contains("://")
}
