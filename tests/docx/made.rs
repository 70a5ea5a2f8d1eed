//! Documents made by hand: languages side by side, contents lists, numbers, wide tables, hostile texts, nothing at all.

use lmnet::document::{Block, Chart, Document};
use lmnet::lang::{Lang, Phrase};
use lmnet::render::docx::documents;
use lmnet::sheet::{Cell, Column, Sheet};
use roxmltree::Node;

use crate::is_whole;
use crate::read::{Piece, Word, all, child, children, style, text, value};

fn open(pages: &[Document]) -> Word {
    let word = Word::open(&documents(pages).unwrap());
    is_whole(&word, "made by hand");
    word
}

/// A table with as many columns as its first row has cells.
fn sheet(caption: &str, rows: &[&[&str]]) -> Sheet {
    let columns = rows.first().map_or(0, |row| row.len());
    let cell = |text: &&str| match text.parse() {
        Ok(number) => Cell::whole(number, Lang::Nn),
        Err(_) => Cell::text(*text),
    };
    Sheet {
        id: "words",
        caption: caption.into(),
        columns: (0..columns).map(|column| Column::new(format!("c{column}"), format!("K{column}"))).collect(),
        rows: rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
    }
}

/// The words of a file, each run with the language that it has in Word.
fn languages(word: &Word) -> Vec<(String, String)> {
    let styles = word.xml("word/styles.xml");
    let file = value(all(&styles, "lang").next().unwrap(), "val").unwrap().to_owned();
    let xml = word.xml("word/document.xml");
    let lang = |run: Node<'_, '_>| {
        let lang = run.descendants().find(|node| node.tag_name().name() == "lang");
        lang.and_then(|lang| value(lang, "val").map(str::to_owned)).unwrap_or(file.clone())
    };
    all(&xml, "r").filter(|run| !text(*run).is_empty()).map(|run| (text(run), lang(run))).collect()
}

#[test]
fn every_word_has_its_language() {
    let mut first = Document::new(Lang::Nn);
    first.heading(1, "Årsmelding");
    first.list(vec![Phrase { text: "Veileder".to_owned(), lang: Some("nb") }, "Rettleiar".into()]);
    let mut second = Document::new(Lang::En);
    second.heading(1, "Report");
    second.blocks.push(Block::Paragraph(Phrase { text: "Mandat".to_owned(), lang: Some("nn") }));
    second.table(sheet("Counted", &[&["people", "7"]]));
    let word = open(&[first, second]);
    let told = languages(&word);
    let told: Vec<(&str, &str)> = told.iter().map(|(text, lang)| (&**text, &**lang)).collect();
    assert_eq!(
        told,
        [
            ("Årsmelding", "nn-NO"),
            ("Veileder", "nb-NO"),
            ("Rettleiar", "nn-NO"),
            ("Report", "en-GB"),
            ("Mandat", "nn-NO"),
            ("Table ", "en-GB"),
            ("1", "en-GB"),
            (": Counted", "en-GB"),
            ("K0", "en-GB"),
            ("K1", "en-GB"),
            ("people", "en-GB"),
            ("7", "en-GB"),
        ]
    );
    let feet = ["word/footer1.xml", "word/footer2.xml"].map(|part| text(word.xml(part).root()));
    assert_eq!(feet, ["Side 1 av 1", "Page 1 of 1"]);
}

#[test]
fn contents_lists_lead_to_the_sections_of_their_own_document() {
    let page = |lang, name: &str, sections: usize| {
        let mut page = Document::new(lang);
        page.heading(1, name);
        page.paragraph("Slik det stod.");
        for section in 1..=sections {
            page.heading(2, format!("{section}. {name}"));
            page.heading(3, "Under");
            page.paragraph("Tekst.");
        }
        page
    };
    let word = open(&[page(Lang::Nn, "A", 6), page(Lang::Nb, "B", 2), page(Lang::En, "C", 5)]);
    let xml = word.xml("word/document.xml");
    // What stands behind a name.
    let place = |name: &str| {
        let place = all(&xml, "bookmarkStart").find(|place| value(*place, "name") == Some(name)).unwrap();
        text(place.parent().unwrap())
    };
    let links: Vec<String> = all(&xml, "hyperlink").map(text).collect();
    let led: Vec<String> = all(&xml, "hyperlink").map(|link| place(value(link, "anchor").unwrap())).collect();
    assert_eq!(links, led);
    let expected = (1..=6).map(|section| format!("{section}. A")).chain((1..=5).map(|section| format!("{section}. C")));
    assert_eq!(links, expected.collect::<Vec<_>>(), "a document of two sections has none");
    let headings: Vec<String> =
        all(&xml, "p").filter(|paragraph| style(*paragraph) == "TOCHeading").map(text).collect();
    assert_eq!(headings, ["Innhald", "Contents"]);
    // Whoever updates a list gets the sections of its document only.
    let instructions: Vec<&str> = all(&xml, "instrText").filter_map(|node| node.text()).collect();
    assert_eq!(instructions, [" TOC \\o \"1-1\" \\b document1 \\h \\z ", " TOC \\o \"1-1\" \\b document3 \\h \\z "]);
    for (number, letter) in [("document1", "A"), ("document3", "C")] {
        let start = all(&xml, "bookmarkStart").find(|place| value(*place, "name") == Some(number)).unwrap();
        let id = value(start, "id");
        let within = start
            .next_siblings()
            .take_while(|node| !(node.tag_name().name() == "bookmarkEnd" && value(*node, "id") == id));
        let within: Vec<_> = within.collect();
        assert!(within.last().unwrap().next_sibling().is_some_and(|node| node.tag_name().name() == "bookmarkEnd"));
        let titles: Vec<String> =
            within.iter().filter(|node| style(**node) == "Title").map(|node| text(*node)).collect();
        assert_eq!(titles, [letter]);
    }
}

#[test]
fn columns_of_numbers_stand_to_the_right_and_others_do_not() {
    let mut page = Document::new(Lang::Nn);
    page.table(sheet("Tal", &[&["Vågvik", "7", "3"], &["Havnøy", "", "om lag"]]));
    let word = open(&[page]);
    let xml = word.xml("word/document.xml");
    let row = |row: Node<'_, '_>| -> String {
        let right = |cell| {
            let paragraph = child(cell, "p").unwrap();
            let properties = child(paragraph, "pPr").unwrap();
            style(paragraph) == "TableNumber" || child(properties, "jc").is_some()
        };
        children(row, "tc").map(|cell| if right(cell) { '>' } else { '<' }).collect()
    };
    let table = all(&xml, "tbl").next().unwrap();
    assert_eq!(children(table, "tr").map(row).collect::<Vec<_>>(), ["<><"; 3]);
}

#[test]
fn a_table_without_caption_has_that_of_the_heading_above_it() {
    let mut page = Document::new(Lang::Nb);
    page.table(sheet("", &[&["a"]]));
    page.heading(2, "10. Plikter");
    page.table(sheet("", &[&["b"]]));
    page.blocks.push(Block::Chart(Chart {
        description: "Flere <enn> før".to_owned(),
        table: sheet("Deltakere", &[&["2024", "7"]]),
        series: vec![1],
    }));
    let word = open(&[page]);
    let captions: Vec<Piece> = word.pieces().into_iter().filter(|piece| matches!(piece, Piece::Caption(_))).collect();
    let expected = ["Tabell 1", "Tabell 2: Plikter", "Tabell 3: Deltakere"];
    assert_eq!(captions, expected.map(|text| Piece::Caption(text.to_owned())));
    let xml = word.xml("word/document.xml");
    let told: Vec<_> = ["tblCaption", "tblDescription"].into_iter().flat_map(|name| all(&xml, name)).collect();
    let told: Vec<_> = told.into_iter().filter_map(|node| value(node, "val")).collect();
    assert_eq!(told, ["Plikter", "Deltakere", "Flere <enn> før"], "for those who can't see them");
}

#[test]
fn points_that_number_themselves_are_numbered_and_each_list_begins_at_1() {
    let mut page = Document::new(Lang::Nn);
    page.list(vec!["1. Nær der folk bur", "2. Saman"]);
    page.list(vec!["1. Først", "3. Så"]);
    page.list(vec!["1. Igjen", "2. Og igjen"]);
    let word = open(&[page]);
    let points = ["1. Nær der folk bur", "2. Saman", "1. Først", "3. Så"].map(|text| Piece::Point(text.to_owned()));
    assert_eq!(word.pieces()[..4], points);
    let xml = word.xml("word/document.xml");
    let lists: Vec<_> = all(&xml, "numId").filter_map(|list| value(list, "val")).collect();
    assert_eq!((lists[0] == lists[1], lists[2] == lists[3], lists[0] == lists[2], lists.len()), (true, true, false, 4));
    let numbering = word.xml("word/numbering.xml");
    for list in lists {
        let list = all(&numbering, "num").find(|num| value(*num, "numId") == Some(list)).unwrap();
        let start = list.descendants().find(|node| node.tag_name().name() == "startOverride").unwrap();
        assert_eq!(value(start, "val"), Some("1"));
    }
}

#[test]
fn only_a_wide_table_lies_on_its_side_and_takes_its_heading_along() {
    let long = "meistringssenteret ved det store sjukehuset";
    let mut page = Document::new(Lang::Nn);
    page.heading(1, "Melding");
    page.paragraph("Først.");
    page.table(sheet("Smal", &[&[long, "7"]]));
    page.heading(2, "Brei");
    page.table(sheet("Brei", &[&[long; 12]]));
    page.heading(2, "Etter");
    page.table(sheet("Smal", &[&[long, "7"]]));
    let word = open(&[page]);
    let xml = word.xml("word/document.xml");
    let mut pages = vec![Vec::new()];
    for node in child(xml.root_element(), "body").unwrap().children() {
        if ["Title", "Heading1"].contains(&&*style(node)) {
            pages.last_mut().unwrap().push(text(node));
        }
        if let Some(size) = node.descendants().find(|node| node.tag_name().name() == "pgSz") {
            pages.last_mut().unwrap().push(value(size, "orient").unwrap_or("portrait").to_owned());
            pages.push(Vec::new());
        }
    }
    assert_eq!(pages, [vec!["Melding", "portrait"], vec!["Brei", "landscape"], vec!["Etter", "portrait"], vec![]]);
}

#[test]
fn little_text_at_the_end_gets_no_page_of_its_own() {
    let mut page = Document::new(Lang::Nn);
    page.heading(1, "Melding");
    page.paragraph("Tekst.");
    page.heading(2, "Vedlegg");
    page.list(vec!["Vedlegg 1"; 7]);
    page.heading(2, "Underskrift");
    page.paragraph("Reinvik, 21. april");
    let kept = |page: Document| -> String {
        let word = open(&[page]);
        let xml = word.xml("word/document.xml");
        let keeps = |node: Node<'_, '_>| node.descendants().any(|node| node.tag_name().name() == "keepNext");
        all(&xml, "p")
            .filter(|node| !style(*node).starts_with("Heading"))
            .map(|node| if keeps(node) { '+' } else { '-' })
            .collect()
    };
    assert_eq!(kept(page.clone()), "----+++++-", "the last points go with it");
    page.paragraph("Tekst. ".repeat(100));
    assert_eq!(kept(page), "-----------");
}

#[test]
fn hostile_texts_stay_text() {
    let long = "hjelp".repeat(2000);
    let texts = [
        ("<w:t>&amp;\"'</w:t>]]>", "<w:t>&amp;\"'</w:t>]]>"),
        ("to\nlinjer\tog\r\n meir", "to linjer og meir"),
        ("\u{0}a\u{1b}[31m\u{7f}\u{85}\u{fffe}\u{ffff}b\u{202e}c\u{feff}", "a[31mbc"),
        ("👩‍⚕️ 健康 ᚠ \u{1f469}", "👩‍⚕️ 健康 ᚠ \u{1f469}"),
        ("3\u{a0}550 …", "3\u{a0}550 …"),
        (&long, &long),
        // A made-up number with the checks of a national identity number.
        ("fnr 01810010068.", "fnr 018100*****."),
    ];
    for (hostile, shown) in texts {
        let mut page = Document { footer: Some(hostile.to_owned()), ..Document::new(Lang::En) };
        page.heading(1, hostile);
        page.paragraph(hostile);
        page.list(vec![hostile, "2"]);
        page.table(Sheet {
            columns: vec![Column::new("a", hostile), Column::new("b", "b")],
            ..sheet(hostile, &[&[hostile, "1"]])
        });
        let word = open(&[page]);
        let pieces = word.pieces();
        let of = |text: &str| text.to_owned();
        let expected = [
            Piece::Heading(1, of(shown)),
            Piece::Paragraph(of(shown)),
            Piece::Point(of(shown)),
            Piece::Point(of("2")),
            Piece::Caption(format!("Table 1: {shown}")),
            Piece::Table(vec![vec![of(shown), of("b")], vec![of(shown), of("1")]]),
        ];
        assert!(pieces == expected, "{hostile:.80?}: {pieces:.300?}");
        assert!(text(word.xml("word/footer1.xml").root()).ends_with(shown), "{hostile:.80?}");
    }
}

#[test]
fn a_row_that_fills_pages_may_be_broken_and_others_may_not() {
    let mut page = Document::new(Lang::Nn);
    page.table(sheet("Lang", &[&["kort", "og"], &[&"ord og ord ".repeat(1500), "godt"]]));
    let word = open(&[page]);
    let xml = word.xml("word/document.xml");
    let whole: Vec<bool> =
        all(&xml, "tr").map(|row| row.descendants().any(|node| node.tag_name().name() == "cantSplit")).collect();
    assert_eq!(whole, [true, true, false]);
}

#[test]
fn nothing_makes_a_file_too() {
    assert_eq!(open(&[]).pieces(), []);
    assert_eq!(open(&[Document::new(Lang::Nb), Document::new(Lang::En)]).pieces(), []);
    let mut page = Document::new(Lang::Nn);
    page.blocks.push(Block::Table(sheet("Utan kolonnar", &[])));
    page.blocks.push(Block::Table(Sheet { rows: Vec::new(), ..sheet("Utan rader", &[&["a"]]) }));
    let header = Piece::Table(vec![vec!["K0".to_owned()]]);
    assert_eq!(open(&[page]).pieces(), [Piece::Caption("Tabell 1: Utan rader".to_owned()), header]);
}
