//! Documents as web pages: one file, which needs no script and nothing from elsewhere, for the screen, for screen readers
//! and for paper.
//!
//! Follows WCAG 2.1 A and AA; `tests/html.rs` and `tests/html_readers.rs` hold it to that.

mod body;
mod contents;
mod ids;
mod svg;
mod table;
mod text;

use std::fmt::Write;

use body::Body;
use contents::{Link, contents};
use ids::Ids;
use text::{cut, lang_attribute, safe};

use crate::document::{Block, Document};
use crate::lang::{Lang, Phrase};
use crate::say;

const STYLE: &str = include_str!("html/style.css");

/// Nothing may be loaded and nothing run; the only style is the one in the page itself.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'none'; base-uri 'none'; form-action 'none'";

/// The longest title that a tab or a list of bookmarks shows, in signs.
const LONGEST_TITLE: usize = 70;

/// The documents, one after the other, as one page in the language of the first.
#[must_use]
pub fn documents(documents: &[Document]) -> String {
    let lang = documents.first().map(|document| document.lang).unwrap_or_default();
    let mut ids = Ids::default();
    let (main, nav) = (ids.fresh(&skipped_to(lang)), ids.fresh(contents::heading(lang)));
    let mut links = Vec::new();
    let (title, content, wide) = match documents {
        [one] => {
            let mut body = Body::new(one, 1, &mut ids);
            body.all();
            links.extend(body.links);
            (title(one), body.out, body.wide)
        }
        several => (shared_title(several, lang).into(), articles(several, lang, &mut ids, &mut links), false),
    };
    let nav = contents(&links, lang, &nav);
    let shape = match (nav.is_empty(), wide) {
        (true, true) => " class=\"short wide\"",
        (true, false) => " class=\"short\"",
        (false, true) => " class=\"wide\"",
        (false, false) => "",
    };
    let skip = say!(lang, nn: "Hopp til innhaldet", nb: "Hopp til innholdet", en: "Skip to the content");
    let mut out = String::with_capacity(STYLE.len() + content.len() + 2048);
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title{}>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body{shape}>\n\
         <a class=\"skip\" href=\"#{main}\">{skip}</a>\n<header>\n<h1{}>{}</h1>\n</header>\n{nav}\
         <main id=\"{main}\">\n{content}</main>\n{}</body>\n</html>\n",
        lang_attribute(title.lang, lang),
        safe(&cut(&title.text, LONGEST_TITLE)),
        lang_attribute(title.lang, lang),
        safe(&title.text),
        footer(documents, lang),
    );
    out
}

/// Where the skip link leads, for addresses.
fn skipped_to(lang: Lang) -> String {
    say!(lang, nn: "hovuddel", nb: "hoveddel", en: "main")
}

/// What a document is called: its first heading, else its first paragraph.
fn title(document: &Document) -> Phrase {
    let paragraph =
        || document.blocks.iter().find_map(|block| if let Block::Paragraph(text) = block { Some(text) } else { None });
    let untitled = || say!(document.lang, nn: "Utan tittel", nb: "Uten tittel", en: "Untitled");
    document.title().or_else(paragraph).map_or_else(|| untitled().into(), Phrase::clone)
}

/// What several documents are called together: what stands before the colon, where that is the same in all that have a
/// heading, such as “Årsmelding 2016”.
fn shared_title(documents: &[Document], lang: Lang) -> String {
    let mut beginnings =
        documents.iter().filter_map(Document::title).map(|title| title.text.split_once(": ").map(|(start, _)| start));
    let first = beginnings.next().flatten();
    match first {
        Some(first) if beginnings.all(|other| other == Some(first)) => first.to_owned(),
        _ => {
            let count = documents.len();
            say!(lang, nn: "{count} dokument", nb: "{count} dokumenter", en: "{count} documents")
        }
    }
}

fn articles(documents: &[Document], lang: Lang, ids: &mut Ids, links: &mut Vec<Link>) -> String {
    let mut out = String::new();
    for document in documents {
        let title = title(document);
        let id = ids.fresh(&title.text);
        let mut body = Body::new(document, 2, ids);
        body.all();
        let wide = if body.wide { " class=\"wide\"" } else { "" };
        let language = lang_attribute(Some(document.lang.code()), lang);
        let _ = write!(
            out,
            "<article{wide}{language} aria-labelledby=\"{id}\">\n<h2 id=\"{id}\"{}>{}</h2>\n{}</article>\n",
            lang_attribute(title.lang, document.lang),
            safe(&title.text),
            body.out
        );
        let own = |text: Phrase| Phrase { lang: text.lang.or(Some(document.lang.code())), ..text };
        links.push(Link { depth: 0, id, text: own(title) });
        links.extend(body.links.into_iter().map(|link| Link { depth: link.depth + 1, text: own(link.text), ..link }));
    }
    out
}

/// What stands at the foot of the documents, each once.
fn footer(documents: &[Document], lang: Lang) -> String {
    let mut lines: Vec<String> = Vec::new();
    for document in documents {
        let Some(footer) = &document.footer else { continue };
        let line = format!("<p{}>{}</p>\n", lang_attribute(Some(document.lang.code()), lang), safe(footer));
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    if lines.is_empty() { String::new() } else { format!("<footer>\n{}</footer>\n", lines.concat()) }
}
