//! Documents as Word documents (Office Open XML as Word 2013 and later write it).
//!
//! The parts of the file that are the same for all documents lie beside this module as they are written; the text of the
//! documents is put together in `body`. No clock is read and nothing is drawn by lot, so that the same documents give the
//! same bytes. Nothing makes Word ask whether it may update the file: what fields show is written into them.

mod body;
mod layout;
mod table;
mod text;

use std::fmt::Write as _;

use crate::document::Document;
use crate::package::{DECLARATION, OFFICE, packed};
use body::Body;
use text::{escaped, tag};

/// The namespace of the text and of the styles.
const WORDS: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The documents, one after the other, in one file. Each begins on a new page and has its own language, foot, contents list
/// and numbers of tables. The language of the file is that of the first.
///
/// # Errors
///
/// When the file would be larger than such a file may be.
pub fn documents(documents: &[Document]) -> anyhow::Result<Vec<u8>> {
    let nothing = [Document::default()];
    let documents = if documents.is_empty() { &nothing } else { documents };
    let lang = documents[0].lang;
    let body = Body::of(documents, lang);
    let titles = documents.iter().filter_map(Document::title);
    let titles: Vec<&str> = titles.map(|title| &*title.text).collect();
    let with_lang = |part: &str| part.replace("{lang}", &tag(lang.code()));
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), content_types(body.feet.len())),
        ("_rels/.rels".to_owned(), relations_of_file()),
        (
            "docProps/core.xml".to_owned(),
            with_lang(include_str!("docx/core.xml")).replace("{title}", &escaped(&titles.join("; "))),
        ),
        ("word/_rels/document.xml.rels".to_owned(), relations_of_text(body.feet.len())),
        ("word/document.xml".to_owned(), body.xml),
        ("word/styles.xml".to_owned(), with_lang(include_str!("docx/styles.xml"))),
        ("word/numbering.xml".to_owned(), numbering(body.numbered)),
        ("word/settings.xml".to_owned(), with_lang(include_str!("docx/settings.xml"))),
    ];
    parts.extend((1..).zip(body.feet).map(|(number, foot)| (format!("word/footer{number}.xml"), foot)));
    packed(&parts)
}

fn content_types(feet: usize) -> String {
    const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let mut out = format!(
        "{DECLARATION}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"{WORD}.document.main+xml\"/>"
    );
    for part in ["styles", "numbering", "settings"] {
        let _ = write!(out, "<Override PartName=\"/word/{part}.xml\" ContentType=\"{WORD}.{part}+xml\"/>");
    }
    for foot in 1..=feet {
        let _ = write!(out, "<Override PartName=\"/word/footer{foot}.xml\" ContentType=\"{WORD}.footer+xml\"/>");
    }
    out + "</Types>"
}

fn relations_of_file() -> String {
    let properties = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    relations(&[
        ("rId1".to_owned(), format!("{OFFICE}/officeDocument"), "word/document.xml".to_owned()),
        ("rId2".to_owned(), properties.to_owned(), "docProps/core.xml".to_owned()),
    ])
}

fn relations_of_text(feet: usize) -> String {
    let fixed = (1..).zip(["styles", "numbering", "settings"]);
    let fixed = fixed.map(|(number, part)| (format!("rId{number}"), format!("{OFFICE}/{part}"), format!("{part}.xml")));
    let feet = (1..=feet).map(|foot| (body::foot_id(foot), format!("{OFFICE}/footer"), format!("footer{foot}.xml")));
    relations(&fixed.chain(feet).collect::<Vec<_>>())
}

/// Relations: id, type and target of each.
fn relations(relations: &[(String, String, String)]) -> String {
    let mut out =
        format!("{DECLARATION}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
    for (id, kind, target) in relations {
        let _ = write!(out, "<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>");
    }
    out + "</Relationships>"
}

/// The kinds of lists, and one more for each numbered list, so that it begins at 1.
fn numbering(lists: usize) -> String {
    let list = |list| {
        let id = body::number_id(list);
        format!(
            "<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"1\"/>\
             <w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>"
        )
    };
    include_str!("docx/numbering.xml").replace("{more}", &(0..lists).map(list).collect::<String>())
}
