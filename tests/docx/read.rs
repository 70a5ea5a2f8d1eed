//! Reads Word documents, and Markdown as `lmnet` writes it, into the same pieces.

#![allow(dead_code, reason = "no test file uses all of it")]

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use roxmltree::{Document as Xml, Node};

const WORDS: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A piece of a document, as a reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Heading(u8, String),
    Paragraph(String),
    Point(String),
    Caption(String),
    Row(Vec<String>),
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
                    pieces.extend(children(node, "tr").map(|row| Piece::Row(children(row, "tc").map(text).collect())))
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

/// The pieces of Markdown, as `lmnet` writes it.
pub(crate) fn markdown(markdown: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for line in markdown.lines().filter(|line| !line.is_empty()) {
        if let Some(cells) = line.strip_prefix("| ") {
            if !cells.chars().all(|char| "-:| ".contains(char)) {
                pieces.push(Piece::Row(cells_of(cells)));
            }
        } else if let Some(point) = line.strip_prefix("- ") {
            pieces.push(Piece::Point(plain(point)));
        } else if line.starts_with('#') {
            let (marks, text) = line.split_once(' ').unwrap();
            pieces.push(Piece::Heading(marks.len().try_into().unwrap(), plain(text)));
        } else if let Some(caption) = line.strip_prefix("**") {
            pieces.push(Piece::Caption(plain(caption.strip_suffix("**").unwrap())));
        } else {
            pieces.push(Piece::Paragraph(plain(line)));
        }
    }
    pieces
}

fn cells_of(line: &str) -> Vec<String> {
    let line = line.strip_suffix('|').unwrap();
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for char in line.chars() {
        match char {
            '|' if !escaped => cells.push(String::new()),
            char => cells.last_mut().unwrap().push(char),
        }
        escaped = char == '\\' && !escaped;
    }
    cells.iter().map(|cell| plain(cell.trim_matches(' '))).collect()
}

fn plain(text: &str) -> String {
    let mut out = String::new();
    let text = text.replace("<!-- -->", "");
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        out.extend(if char == '\\' { chars.next() } else { Some(char) });
    }
    out
}
