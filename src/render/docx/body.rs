//! The text of documents: headings, paragraphs, lists, contents lists, sections of pages, feet.

use std::fmt::Write as _;
use std::ops::Range;

use super::WORDS;
use super::layout::{self, MARGIN, ON_ITS_SIDE, UPRIGHT};
use super::table;
use super::text::Tongue;
use crate::document::{Block, Chart, Document};
use crate::lang::{Lang, Phrase};
use crate::package::{DECLARATION, OFFICE};
use crate::say;
use crate::sheet::Sheet;

/// From this many sections on a document has a contents list.
const CONTENTS_FROM: usize = 5;

/// Text of fewer bytes gets no page of its own.
const LITTLE: usize = 500;

/// So many points stay with what comes after them.
const KEPT: usize = 5;

/// The property of a paragraph that stays with the next one.
const KEEP: &str = "<w:keepNext/>";

/// What has been written.
#[derive(Debug)]
pub(super) struct Body {
    /// The text.
    pub(super) xml: String,
    /// The feet, one for each document.
    pub(super) feet: Vec<String>,
    /// How many numbered lists there are.
    pub(super) numbered: usize,
    /// How many places have a name.
    places: usize,
    tongue: Tongue,
    /// The document, counted from 1.
    document: usize,
    /// How many headings of the document have been written.
    headings: usize,
    /// The last of them, for tables that have no caption.
    heading: Phrase,
    /// How many tables of the document have been written.
    tables: usize,
    /// Where the properties of the last paragraph end; nothing after a table.
    paragraph: Option<usize>,
}

/// The relation between the text and a foot, counted from 1.
pub(super) fn foot_id(foot: usize) -> String {
    format!("rIdFooter{foot}")
}

/// The number by which the points of a numbered list, counted from 0, refer to their list.
pub(super) fn number_id(list: usize) -> usize {
    list + 3
}

impl Body {
    /// The documents, each from a new page on, in a file of this language.
    pub(super) fn of(documents: &[Document], lang: Lang) -> Self {
        let mut body = Self {
            xml: format!("{DECLARATION}<w:document xmlns:w=\"{WORDS}\" xmlns:r=\"{OFFICE}\"><w:body>"),
            feet: Vec::new(),
            numbered: 0,
            places: 0,
            tongue: Tongue { file: lang, document: lang },
            document: 0,
            headings: 0,
            heading: Phrase::default(),
            tables: 0,
            paragraph: None,
        };
        for document in documents {
            body.document(document, documents.len());
        }
        body.xml += "</w:body></w:document>";
        body
    }

    fn document(&mut self, document: &Document, of: usize) {
        self.document += 1;
        self.tongue.document = document.lang;
        (self.headings, self.tables, self.paragraph) = (0, 0, None);
        self.heading = Phrase::default();
        self.feet.push(foot(self.tongue, document.footer.as_deref()));
        let mut contents = contents(document, self.document);
        // The contents list of one of several documents holds what lies in this range.
        let range = (of > 1 && !contents.is_empty()).then(|| self.begin_place(&range_name(self.document)));
        let pages = pages(&document.blocks);
        let last = pages.len() - 1;
        let closing = closing(&document.blocks).map_or(0, <[Block]>::len);
        for (number, (wide, blocks)) in pages.into_iter().enumerate() {
            for (place, block) in blocks.iter().enumerate() {
                if matches!(block, Block::Heading(2, _)) && !contents.is_empty() {
                    self.contents(&std::mem::take(&mut contents), of);
                }
                // What announces something does not stay behind on the page before it, and little text, such as that which
                // is signed, does not stand on a page by itself.
                let announces = match block {
                    Block::Paragraph(phrase) => {
                        phrase.text.ends_with(':') || matches!(blocks.get(place + 1), Some(Block::List(_)))
                    }
                    _ => false,
                };
                let before_closing = closing > 0 && number == last && place + 1 + closing == blocks.len();
                self.block(block, announces || before_closing, wide);
            }
            if number == last
                && let Some(range) = range
            {
                self.end_place(range);
            }
            self.end_pages(wide, number == last && self.document == of);
        }
    }

    /// A block, which may have to stay with what comes after it.
    fn block(&mut self, block: &Block, keep: bool, wide: bool) {
        match block {
            Block::Heading(level, text) => self.heading(*level, text),
            Block::Paragraph(phrase) => {
                let run = self.tongue.phrase(phrase);
                self.paragraph("Normal", if keep { KEEP } else { "" }, &run);
            }
            Block::List(points) => self.list(points, keep),
            Block::Table(sheet) => self.table(sheet, "", wide),
            Block::Chart(Chart { description, table, .. }) => self.table(table, description, wide),
        }
    }

    /// A paragraph of a style, with further properties and its runs.
    fn paragraph(&mut self, style: &str, properties: &str, runs: &str) {
        self.paragraph_before(style, properties, "", runs);
    }

    /// The same, with what is said about the space after it.
    fn paragraph_before(&mut self, style: &str, properties: &str, after: &str, runs: &str) {
        let own_space = style.starts_with("Heading") || style == "Caption" || style == "Title";
        let below_table = self.paragraph.is_none() && self.tables > 0 && !own_space;
        let before = if below_table { " w:before=\"200\"" } else { "" };
        let space =
            if below_table || !after.is_empty() { format!("<w:spacing{before}{after}/>") } else { String::new() };
        let _ = write!(self.xml, "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{properties}{space}");
        self.paragraph = Some(self.xml.len());
        let _ = write!(self.xml, "</w:pPr>{runs}</w:p>");
    }

    fn heading(&mut self, level: u8, heading: &Phrase) {
        let name = heading_name(self.document, self.headings);
        self.headings += 1;
        self.places += 1;
        self.heading = heading.clone();
        let (place, run) = (self.places, self.tongue.phrase(heading));
        let runs =
            format!("<w:bookmarkStart w:id=\"{place}\" w:name=\"{name}\"/>{run}<w:bookmarkEnd w:id=\"{place}\"/>");
        match level {
            // Whoever goes from heading to heading finds the title too.
            0 | 1 => self.paragraph("Title", "<w:outlineLvl w:val=\"0\"/>", &runs),
            2 => self.paragraph("Heading1", "", &runs),
            3 => self.paragraph("Heading2", "", &runs),
            _ => self.paragraph("Heading3", "", &runs),
        }
    }

    /// Points; where they number themselves from 1 on, Word numbers them.
    fn list(&mut self, points: &[Phrase], keep: bool) {
        let texts: Option<Vec<&str>> =
            (1..).zip(points).map(|(number, point)| point.text.strip_prefix(&format!("{number}. "))).collect();
        let numbered = texts.filter(|texts| texts.len() > 1);
        let (style, number) = match numbered {
            Some(_) => {
                let id = number_id(self.numbered);
                self.numbered += 1;
                ("ListNumber", format!("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{id}\"/></w:numPr>"))
            }
            None => ("ListBullet", String::new()),
        };
        for (place, point) in points.iter().enumerate() {
            let text = numbered.as_ref().map_or(&*point.text, |texts| texts[place]);
            let run = self.tongue.run_in(point.lang, text);
            // What comes after the last point is not about it.
            let after = if place + 1 == points.len() { " w:after=\"160\"" } else { "" };
            let keep = if keep && place + KEPT >= points.len() { KEEP } else { "" };
            self.paragraph_before(style, &format!("{keep}{number}"), after, &run);
        }
    }

    /// A table below its caption, which is that of the table or the heading above it.
    fn table(&mut self, sheet: &Sheet, description: &str, wide: bool) {
        if sheet.columns.is_empty() {
            return; // which Word would take for a broken file
        }
        self.tables += 1;
        let lang = self.tongue.document;
        let word = say!(lang, nn: "Tabell", nb: "Tabell", en: "Table");
        let caption = match sheet.caption.text.is_empty() {
            true => self.heading.within(|text| without_number(text).to_owned()),
            false => sheet.caption.clone(),
        };
        // Each document counts from 1.
        let anew = if self.tables == 1 && self.document > 1 { " \\r 1" } else { "" };
        let number = self.tongue.field(&format!("SEQ {word} \\* ARABIC{anew}"), &self.tables.to_string());
        let mut runs = self.tongue.run(&format!("{word} ")) + &number;
        if !caption.text.is_empty() {
            runs += &self.tongue.phrase(&caption.within(|text| format!(": {text}")));
        }
        self.paragraph("Caption", "", &runs);
        let page = if wide { ON_ITS_SIDE } else { UPRIGHT };
        table::table(
            &mut self.xml,
            sheet,
            &table::Beside { caption: &caption.text, description, tongue: self.tongue, page },
        );
        self.paragraph = None;
    }

    /// A contents list without numbers of pages, which nobody knows before Word has laid them out: whoever has it updated
    /// gets them.
    fn contents(&mut self, entries: &[(String, &Phrase)], of: usize) {
        let range = if of > 1 { format!(" \\b {}", range_name(self.document)) } else { String::new() };
        let heading = say!(self.tongue.document, nn: "Innhald", nb: "Innhold", en: "Contents");
        self.xml += "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/><w:docPartUnique/>\
                     </w:docPartObj></w:sdtPr><w:sdtContent>";
        let run = self.tongue.run(&heading);
        self.paragraph("TOCHeading", "", &run);
        let begin = self.tongue.begin_field(&format!("TOC \\o \"1-1\"{range} \\h \\z"));
        let end = self.tongue.end_field();
        for (number, (name, text)) in entries.iter().enumerate() {
            let run = self.tongue.phrase(text);
            let link = format!("<w:hyperlink w:anchor=\"{name}\" w:history=\"1\">{run}</w:hyperlink>");
            let before = if number == 0 { &*begin } else { "" };
            let after = if number + 1 == entries.len() { &*end } else { "" };
            self.paragraph("TOC1", "", &format!("{before}{link}{after}"));
        }
        self.xml += "</w:sdtContent></w:sdt>";
        self.paragraph = None;
    }

    /// Ends pages that lie alike. What comes after them begins on a new page.
    fn end_pages(&mut self, wide: bool, last: bool) {
        let foot = foot_id(self.document);
        let size = if wide {
            "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>"
        } else {
            "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
        };
        let properties = format!(
            "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"{foot}\"/><w:type w:val=\"nextPage\"/>{size}\
             <w:pgMar w:top=\"{MARGIN}\" w:right=\"{MARGIN}\" w:bottom=\"{MARGIN}\" w:left=\"{MARGIN}\" w:header=\"567\" \
             w:footer=\"567\" w:gutter=\"0\"/></w:sectPr>"
        );
        if self.paragraph.is_none() {
            // No file and no section may end in a table.
            self.xml += "<w:p><w:pPr><w:pStyle w:val=\"TableEnd\"/>";
            self.paragraph = Some(self.xml.len());
            self.xml += "</w:pPr></w:p>";
        }
        match self.paragraph.filter(|_| !last) {
            Some(paragraph) => self.xml.insert_str(paragraph, &properties),
            None => self.xml += &properties,
        }
        self.paragraph = None;
    }

    fn begin_place(&mut self, name: &str) -> usize {
        self.places += 1;
        let _ = write!(self.xml, "<w:bookmarkStart w:id=\"{}\" w:name=\"{name}\"/>", self.places);
        self.places
    }

    fn end_place(&mut self, place: usize) {
        let _ = write!(self.xml, "<w:bookmarkEnd w:id=\"{place}\"/>");
    }
}

/// The name of a heading, counted from 0, of a document, as Word names what contents lists lead to.
fn heading_name(document: usize, heading: usize) -> String {
    format!("_Toc{document:03}{heading:05}")
}

/// The name of all that stands in a document.
fn range_name(document: usize) -> String {
    format!("document{document}")
}

/// The sections for a contents list, each with the name of its place; nothing for a short document.
fn contents(document: &Document, number: usize) -> Vec<(String, &Phrase)> {
    let headings = document.blocks.iter().filter_map(|block| match block {
        Block::Heading(level, text) => Some((*level, text)),
        _ => None,
    });
    let sections = headings.enumerate().filter(|(_, (level, _))| *level == 2);
    let sections: Vec<_> = sections.map(|(place, (_, text))| (heading_name(number, place), text)).collect();
    if sections.len() < CONTENTS_FROM { Vec::new() } else { sections }
}

/// Parts of a document whose pages lie alike, and whether they lie on their sides. What stands under a heading goes together,
/// so that a wide table takes its heading along; and little text after such pages does not begin one more.
fn pages(blocks: &[Block]) -> Vec<(bool, &[Block])> {
    let closing = blocks.len() - closing(blocks).map_or(0, <[Block]>::len);
    let is_wide = |block: &Block| sheet(block).is_some_and(layout::is_wide);
    let mut pages: Vec<(bool, Range<usize>)> = Vec::new();
    for part in parts(blocks) {
        let stays = part.start == closing && pages.last().is_some_and(|(wide, _)| *wide);
        let wide = stays || blocks[part.clone()].iter().any(is_wide);
        match pages.last_mut().filter(|(last, _)| *last == wide) {
            Some((_, range)) => range.end = part.end,
            None => pages.push((wide, part)),
        }
    }
    pages.into_iter().map(|(wide, range)| (wide, &blocks[range])).collect()
}

/// The parts of a document, each with the headings that it stands under.
fn parts(blocks: &[Block]) -> impl Iterator<Item = Range<usize>> {
    let is_heading = |place: usize| matches!(blocks.get(place), Some(Block::Heading(..)));
    let starts = (1..blocks.len()).filter(move |place| is_heading(*place) && !is_heading(place - 1));
    let mut start = 0;
    starts.chain([blocks.len()]).map(move |end| std::mem::replace(&mut start, end)..end)
}

/// The last part of several, if it is little text.
fn closing(blocks: &[Block]) -> Option<&[Block]> {
    let part = &blocks[parts(blocks).last().filter(|part| part.start > 0)?];
    let little = part.iter().all(|block| sheet(block).is_none()) && part.iter().map(length).sum::<usize>() < LITTLE;
    little.then_some(part)
}

/// The table of a block.
fn sheet(block: &Block) -> Option<&Sheet> {
    match block {
        Block::Table(sheet) | Block::Chart(Chart { table: sheet, .. }) => Some(sheet),
        _ => None,
    }
}

/// How much text there is, in bytes.
fn length(block: &Block) -> usize {
    match block {
        Block::Heading(_, phrase) | Block::Paragraph(phrase) => phrase.text.len(),
        Block::List(points) => points.iter().map(|point| point.text.len()).sum(),
        Block::Table(_) | Block::Chart(_) => 0,
    }
}

/// A heading as the caption of a table below it: without the number of the section.
fn without_number(heading: &str) -> &str {
    let is_number = |word: &str| word.contains('.') && word.chars().all(|char| char.is_ascii_digit() || char == '.');
    heading.split_once(' ').filter(|(word, _)| is_number(word)).map_or(heading, |(_, rest)| rest)
}

/// The foot of the pages of a document: the number of the page, and what the document says there.
fn foot(tongue: Tongue, text: Option<&str>) -> String {
    let (page, of) = (
        say!(tongue.document, nn: "Side ", nb: "Side ", en: "Page "),
        say!(tongue.document, nn: " av ", nb: " av ", en: " of "),
    );
    let numbers = tongue.run(&page) + &tongue.field("PAGE", "1") + &tongue.run(&of) + &tongue.field("NUMPAGES", "1");
    let line = "<w:pBdr><w:top w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color=\"808080\"/></w:pBdr>";
    let style = "<w:pStyle w:val=\"Footer\"/>";
    let mut out = format!(
        "{DECLARATION}<w:ftr xmlns:w=\"{WORDS}\"><w:p><w:pPr>{style}{line}<w:jc w:val=\"right\"/></w:pPr>{numbers}</w:p>"
    );
    if let Some(text) = text {
        let _ = write!(out, "<w:p><w:pPr>{style}</w:pPr>{}</w:p>", tongue.run(text));
    }
    out + "</w:ftr>"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_loses_its_number_as_a_caption() {
        for (heading, caption) in
            [("6. Tilbod", "Tilbod"), ("6.1 Tilbod", "Tilbod"), ("2016 i tal", "2016 i tal"), ("7.", "7.")]
        {
            assert_eq!(without_number(heading), caption);
        }
    }
}
