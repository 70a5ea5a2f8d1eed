//! Reads Word documents and Markdown into the same pieces.

#![allow(dead_code, reason = "no test file uses all of it")]

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use roxmltree::{Document as Xml, Node};

const WORDS: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A piece of a document, as a reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Heading(u8, String),
    Paragraph(String),
    Point(String),
    Caption(String),
    /// Its rows, the header first.
    Table(Vec<Vec<String>>),
}

/// The parts of a file by name.
#[derive(Debug)]
pub(crate) struct Word {
    pub(crate) parts: BTreeMap<String, String>,
}

impl Word {
    pub(crate) fn open(bytes: &[u8]) -> Self {
        let mut file = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let parts = (0..file.len()).map(|number| {
            let mut part = file.by_index(number).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            (part.name().unwrap().into_owned(), text)
        });
        let parts = parts.collect::<Vec<_>>();
        let number = parts.len();
        let parts: BTreeMap<_, _> = parts.into_iter().collect();
        assert_eq!(parts.len(), number, "a part stands in the file twice");
        Self { parts }
    }

    pub(crate) fn xml(&self, part: &str) -> Xml<'_> {
        let text = self.parts.get(part).unwrap_or_else(|| panic!("no part {part}"));
        Xml::parse(text).unwrap_or_else(|error| panic!("{part}: {error}"))
    }

    /// What stands in the file, in order, without contents lists.
    pub(crate) fn pieces(&self) -> Vec<Piece> {
        let xml = self.xml("word/document.xml");
        let mut pieces = Vec::new();
        let mut number = 0;
        for node in child(xml.root_element(), "body").unwrap().children() {
            match node.tag_name().name() {
                "p" => {
                    let (style, text) = (style(node), text(node));
                    number = if style == "ListNumber" { number + 1 } else { 0 };
                    match &*style {
                        "TableEnd" => assert_eq!(text, ""),
                        "Title" => pieces.push(Piece::Heading(1, text)),
                        "Caption" => pieces.push(Piece::Caption(text)),
                        "ListBullet" => pieces.push(Piece::Point(text)),
                        "ListNumber" => pieces.push(Piece::Point(format!("{number}. {text}"))),
                        "Normal" => pieces.push(Piece::Paragraph(text)),
                        other => {
                            let level: u8 =
                                other.strip_prefix("Heading").unwrap_or_else(|| panic!("{other}")).parse().unwrap();
                            pieces.push(Piece::Heading(level + 1, text));
                        }
                    }
                }
                "tbl" => {
                    let row = |row| children(row, "tc").map(text).collect();
                    pieces.push(Piece::Table(children(node, "tr").map(row).collect()));
                }
                _ => {}
            }
        }
        pieces
    }
}

/// The children of this name.
pub(crate) fn children<'a>(node: Node<'a, 'a>, name: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
    node.children().filter(move |child| child.has_tag_name((WORDS, name)))
}

pub(crate) fn child<'a>(node: Node<'a, 'a>, name: &'static str) -> Option<Node<'a, 'a>> {
    children(node, name).next()
}

/// All of this name, at any depth.
pub(crate) fn all<'a>(xml: &'a Xml<'a>, name: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
    xml.descendants().filter(move |node| node.has_tag_name((WORDS, name)))
}

/// An attribute in the namespace of the text.
pub(crate) fn value<'a>(node: Node<'a, 'a>, name: &str) -> Option<&'a str> {
    node.attribute((WORDS, name))
}

/// The style of a paragraph.
pub(crate) fn style(paragraph: Node<'_, '_>) -> String {
    let properties = paragraph.children().find(|node| node.has_tag_name((WORDS, "pPr")));
    let style = properties.and_then(|node| node.children().find(|node| node.has_tag_name((WORDS, "pStyle"))));
    style.and_then(|style| style.attribute((WORDS, "val"))).unwrap_or("Normal").to_owned()
}

/// What is to be read in a node.
pub(crate) fn text(node: Node<'_, '_>) -> String {
    let texts = node.descendants().filter(|node| node.has_tag_name((WORDS, "t")));
    texts.filter_map(|node| node.text()).collect()
}

/// The pieces of Markdown as GitHub has it; a paragraph that is all strong is a caption.
pub(crate) fn markdown(markdown: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut text, mut rows, mut is_strong, mut in_point) = (String::new(), Vec::new(), false, false);
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Text(words) => text += &words,
            Event::SoftBreak => text.push(' '),
            Event::InlineHtml(html) => assert_eq!(&*html, "<!-- -->"),
            Event::Start(Tag::Strong) => is_strong = true,
            Event::Start(Tag::Item) => in_point = true,
            Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
            Event::End(TagEnd::TableCell) => rows.last_mut().unwrap().push(std::mem::take(&mut text)),
            Event::End(TagEnd::Table) => pieces.push(Piece::Table(std::mem::take(&mut rows))),
            Event::End(TagEnd::Heading(level)) => pieces.push(Piece::Heading(number(level), std::mem::take(&mut text))),
            Event::End(TagEnd::Item) => {
                in_point = false;
                pieces.push(Piece::Point(std::mem::take(&mut text)));
            }
            Event::End(TagEnd::Paragraph) if !in_point => {
                let text = std::mem::take(&mut text);
                pieces.push(if std::mem::take(&mut is_strong) { Piece::Caption(text) } else { Piece::Paragraph(text) });
            }
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::List(None) | Tag::Table(_) | Tag::TableCell)
            | Event::End(TagEnd::Strong | TagEnd::Paragraph | TagEnd::List(_) | TagEnd::TableHead | TagEnd::TableRow)
            | Event::Rule => {}
            other => panic!("nothing of the kind is written: {other:?}"),
        }
    }
    pieces
}

fn number(level: HeadingLevel) -> u8 {
    (level as usize).try_into().unwrap()
}
