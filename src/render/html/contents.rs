//! The list of contents.

use std::fmt::Write;

use super::text::{lang_attribute, safe};
use crate::lang::{Lang, Phrase};

/// Fewer places than these need no list.
const FEWEST: usize = 3;

/// A place to lead to.
#[derive(Debug)]
pub(super) struct Link {
    /// How far in: 0 or 1.
    pub(super) depth: u8,
    /// Its name on the page.
    pub(super) id: String,
    /// Its heading; a language that is not named is that of the page.
    pub(super) text: Phrase,
}

/// What stands above the list.
pub(super) fn heading(lang: Lang) -> &'static str {
    match lang {
        Lang::Nn => "Innhald",
        Lang::Nb => "Innhold",
        Lang::En => "Contents",
    }
}

/// The list, two levels deep; nothing where it would help nobody.
pub(super) fn contents(links: &[Link], lang: Lang, id: &str) -> String {
    let links: Vec<&Link> = links.iter().filter(|link| link.depth < 2).collect();
    if links.len() < FEWEST {
        return String::new();
    }
    let mut out = format!("<nav aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{}</h2>\n<ol>\n", heading(lang));
    for (at, link) in links.iter().enumerate() {
        let _ = write!(
            out,
            "<li{}><a href=\"#{}\">{}</a>",
            lang_attribute(link.text.lang, lang),
            link.id,
            safe(&link.text.text)
        );
        let next = links.get(at + 1).map_or(0, |next| next.depth);
        out.push_str(match (link.depth, next) {
            (0, 1) => "\n<ol>\n",
            (1, 0) => "</li>\n</ol>\n</li>\n",
            _ => "</li>\n",
        });
    }
    out.push_str("</ol>\n</nav>\n");
    out
}
