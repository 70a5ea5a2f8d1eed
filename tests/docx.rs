//! Word documents hold what the Markdown holds, in the same order, and are whole: well-formed parts that refer only to what
//! is there, the language of every word, headers and captions of every table. Read with an XML reader of its own.

mod common;

#[path = "docx/made.rs"]
mod made;
#[path = "docx/read.rs"]
mod read;

use std::collections::BTreeSet;
use std::process::Command;

use common::{Tree, run};
use lmnet::document::Document;
use lmnet::lang::{Lang, Phrase};
use lmnet::render::docx;
use lmnet::sheet::{Cell, Column, Sheet};
use read::{Piece, Word, all, child, children, value};

const LANGUAGES: [&str; 3] = ["nn", "nb", "en"];

/// Commands whose documents are looked at: the report that the registry has most of, the reports of several networks, a list, a
/// record, a list of nothing.
const COMMANDS: [&[&str]; 5] = [
    &["report", "--year", "2016", "--network", "lms-nord"],
    &["report", "--year", "2025", "--registry", "examples/fjordnett"],
    &["offerings", "list", "--columns", "id,title,organiser,runs,participants", "--registry", "examples/fjordnett"],
    &["plans", "show", "fjordnett-2025", "--registry", "examples/fjordnett"],
    &["offerings", "list", "--registry", "examples/fjordnett", "--search", "ingenting-slikt"],
];

/// The file that a command writes.
fn written(arguments: &[&str], ending: &str) -> Vec<u8> {
    let tree = Tree::empty();
    let file = tree.path(format!("out.{ending}"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_lmnet"));
    common::quiet_environment(&mut command);
    command.args(arguments).arg("-o").arg(&file).current_dir(env!("CARGO_MANIFEST_DIR"));
    let ran = run(&mut command);
    assert_eq!(ran.code, Some(0), "{arguments:?}: {ran:?}");
    std::fs::read(file).unwrap()
}

/// Every document of the commands, with what was asked for.
fn every() -> impl Iterator<Item = (Vec<&'static str>, Word)> {
    COMMANDS.into_iter().flat_map(|command| {
        LANGUAGES.into_iter().map(move |lang| {
            let arguments = [command, &["--lang", lang]].concat();
            let word = Word::open(&written(&arguments, "docx"));
            (arguments, word)
        })
    })
}

#[test]
fn the_document_holds_what_the_markdown_holds_in_the_same_order() {
    let mut rows = 0;
    for command in &COMMANDS[..4] {
        for lang in LANGUAGES {
            let arguments = [*command, &["--lang", lang]].concat();
            // Lists are a table alone in Markdown.
            let list = command[1] == "list";
            let mut markdown = read::markdown(&String::from_utf8(written(&arguments, "md")).unwrap());
            let word = Word::open(&written(&arguments, "docx"));
            let mut pieces = word.pieces();
            for pieces in [&mut markdown, &mut pieces] {
                // Markdown has fewer captions; they have tests of their own.
                pieces.retain(|piece| match piece {
                    Piece::Caption(_) => false,
                    Piece::Table(_) => true,
                    _ => !list,
                });
            }
            let feet = word.parts.iter().filter(|(name, _)| name.contains("footer"));
            let feet: String = feet.map(|(_, foot)| foot.as_str()).collect();
            markdown.retain(|piece| !matches!(piece, Piece::Paragraph(text) if feet.contains(text.as_str())));
            assert_eq!(pieces, markdown, "{arguments:?}");
            rows +=
                pieces.iter().map(|piece| if let Piece::Table(rows) = piece { rows.len() } else { 0 }).sum::<usize>();
        }
    }
    assert!(rows > 300, "{rows} rows");
}

#[test]
fn every_part_is_well_formed_and_refers_to_what_is_there() {
    for (arguments, word) in every() {
        is_whole(&word, &format!("{arguments:?}"));
    }
}

/// Holds that nothing in a file refers to what is not in it.
fn is_whole(word: &Word, of: &str) {
    let types = word.xml("[Content_Types].xml");
    let typed: BTreeSet<String> =
        types.descendants().filter_map(|node| node.attribute("PartName")).map(|name| name[1..].to_owned()).collect();
    let parts: BTreeSet<String> =
        word.parts.keys().filter(|name| !name.ends_with(".rels") && !name.starts_with('[')).cloned().collect();
    assert_eq!(typed, parts, "{of}");
    let mut related = BTreeSet::new();
    for (name, folder) in [("_rels/.rels", ""), ("word/_rels/document.xml.rels", "word/")] {
        let relations = word.xml(name);
        for relation in relations.root_element().children() {
            let target = format!("{folder}{}", relation.attribute("Target").unwrap());
            assert!(parts.contains(&target), "{of}: {target}");
            assert!(related.insert((name, relation.attribute("Id").unwrap().to_owned())), "{of}: {target}");
        }
    }
    assert_eq!(related.len(), parts.len(), "{of}: a part that nothing refers to");
    let styles = word.xml("word/styles.xml");
    let styles: BTreeSet<&str> = all(&styles, "style").map(|style| value(style, "styleId").unwrap()).collect();
    let numbering = word.xml("word/numbering.xml");
    let lists: BTreeSet<&str> = all(&numbering, "num").map(|list| value(list, "numId").unwrap()).collect();
    for name in word.parts.keys().filter(|name| name.starts_with("word/") && !name.contains("rels")) {
        let xml = word.xml(name);
        for node in xml.descendants() {
            let val = value(node, "val").unwrap_or_default();
            match node.tag_name().name() {
                "pStyle" | "rStyle" | "tblStyle" | "basedOn" | "next" => {
                    assert!(styles.contains(val), "{of} {name}: {val}")
                }
                "numId" => assert!(lists.contains(val), "{of} {name}: {val}"),
                "fldChar" => assert!(node.attributes().len() == 1, "{of} {name}: a field that asks to be updated"),
                "updateFields" => panic!("{of} {name}"),
                _ => {}
            }
            for attribute in node
                .attributes()
                .filter(|attribute| attribute.namespace().is_some_and(|space| space.ends_with("/relationships")))
            {
                assert!(related.contains(&("word/_rels/document.xml.rels", attribute.value().to_owned())), "{of}");
            }
        }
    }
    let text = word.xml("word/document.xml");
    let fields = |kind| all(&text, "fldChar").filter(|field| value(*field, "fldCharType") == Some(kind)).count();
    assert_eq!([fields("begin"), fields("separate")], [fields("end"); 2], "{of}");
    let places: Vec<&str> = all(&text, "bookmarkStart").map(|place| value(place, "name").unwrap()).collect();
    let names: BTreeSet<&str> = places.iter().copied().collect();
    assert_eq!(names.len(), places.len(), "{of}");
    for link in all(&text, "hyperlink") {
        assert!(names.contains(value(link, "anchor").unwrap()), "{of}");
    }
    let body = child(text.root_element(), "body").unwrap();
    assert_eq!(body.last_child().unwrap().tag_name().name(), "sectPr", "{of}");
    assert!(all(&text, "tbl").all(|table| matches!(table.next_sibling().unwrap().tag_name().name(), "p")), "{of}");
}

#[test]
fn tables_repeat_their_header_keep_rows_whole_and_fit_the_page() {
    let mut tables = 0;
    for (arguments, word) in every() {
        let xml = word.xml("word/document.xml");
        for table in all(&xml, "tbl") {
            tables += 1;
            let rows: Vec<_> = children(table, "tr").collect();
            let has = |row, name| child(row, "trPr").is_some_and(|properties| child(properties, name).is_some());
            let headers = rows.iter().map(|row| has(*row, "tblHeader"));
            assert!(headers.eq((0..rows.len()).map(|row| row == 0)), "{arguments:?}");
            assert!(rows.iter().all(|row| has(*row, "cantSplit")), "{arguments:?}");
            let section =
                table.next_siblings().find_map(|node| node.descendants().find(|node| node.tag_name().name() == "pgSz"));
            let number = |text: Option<&str>| text.unwrap().parse::<usize>().unwrap();
            let page = number(value(section.unwrap(), "w"));
            let grid: Vec<usize> = children(child(table, "tblGrid").unwrap(), "gridCol")
                .map(|column| number(value(column, "w")))
                .collect();
            assert_eq!(grid.iter().sum::<usize>(), page - 2 * 1134, "{arguments:?}: {grid:?}");
            for row in rows {
                assert_eq!(children(row, "tc").count(), grid.len(), "{arguments:?}");
            }
        }
    }
    assert!(tables > 60, "{tables} tables");
}

#[test]
fn every_table_has_a_caption_numbered_from_1_in_each_document() {
    let mut captions = 0;
    for (arguments, word) in every() {
        let table = if arguments.contains(&"en") { "Table" } else { "Tabell" };
        let mut number = 0;
        let (mut of_this, pieces) = (0, word.pieces());
        for piece in &pieces {
            match piece {
                Piece::Heading(1, _) => number = 0,
                Piece::Caption(text) => {
                    number += 1;
                    of_this += 1;
                    assert!(text.starts_with(&format!("{table} {number}: ")), "{arguments:?}: {text}");
                }
                _ => {}
            }
        }
        // A caption stands right above its table, and no table without one.
        let follows = |pair: &&[Piece]| matches!(pair, [Piece::Caption(_), Piece::Table(_)]);
        assert_eq!(pieces.windows(2).filter(follows).count(), of_this, "{arguments:?}");
        assert_eq!(all(&word.xml("word/document.xml"), "tbl").count(), of_this, "{arguments:?}");
        captions += of_this;
    }
    assert!(captions > 60, "{captions} captions");
}

#[test]
fn what_holds_for_the_whole_file_is_in_its_language() {
    for (arguments, word) in every() {
        let lang = match *arguments.last().unwrap() {
            "nn" => "nn-NO",
            "nb" => "nb-NO",
            _ => "en-GB",
        };
        let styles = word.xml("word/styles.xml");
        assert_eq!(value(all(&styles, "lang").next().unwrap(), "val"), Some(lang), "{arguments:?}");
        let properties = word.xml("docProps/core.xml");
        let property =
            |name: &str| properties.descendants().find(|node| node.tag_name().name() == name).unwrap().text();
        assert_eq!(property("language"), Some(lang), "{arguments:?}");
        let titles = word.pieces().into_iter().filter_map(|piece| match piece {
            Piece::Heading(1, text) => Some(text),
            _ => None,
        });
        assert_eq!(property("title").unwrap(), titles.collect::<Vec<_>>().join("; "), "{arguments:?}");
        let foot = read::text(word.xml("word/footer1.xml").root());
        assert!(foot.starts_with(if lang == "en-GB" { "Page 1 of 1" } else { "Side 1 av 1" }), "{arguments:?}: {foot}");
    }
}

#[test]
fn what_is_in_another_language_says_so_wherever_it_stands() {
    let mut document = Document::new(Lang::Nn);
    document.heading(1, "Tittel");
    let strange = |text: &str, lang| Phrase { text: text.to_owned(), lang: Some(lang) };
    document.heading(2, strange("overskrift på bokmål", "nb"));
    document.list(["se", "smj", "sma", "fkv"].map(|lang| strange(lang, lang)).to_vec());
    document.phrase(&Phrase { text: "på bokmål".to_owned(), lang: Some("nb") });
    document.list(vec![Phrase { text: "in English".to_owned(), lang: Some("en") }]);
    let cells = vec![Cell::text("på nynorsk"), Cell { lang: Some("nb"), ..Cell::text("celle på bokmål") }];
    let columns = vec![Column::new("a", "a"), Column::new("b", strange("kolonne", "nb"))];
    document.table(Sheet { id: "t", caption: strange("heading of a table", "en"), columns, rows: vec![cells] });
    let word = Word::open(&docx::documents(&[document]).unwrap());
    let xml = word.xml("word/document.xml");
    let runs = || all(&xml, "r").map(|run| (read::text(run), all_within(run, "lang")));
    let marked: Vec<(String, Option<String>)> = runs().filter(|(_, lang)| lang.is_some()).collect();
    let told = |text: &str, lang: &str| (text.to_owned(), Some(lang.to_owned()));
    assert_eq!(
        marked,
        [
            told("overskrift på bokmål", "nb-NO"),
            told("se", "se-NO"),
            told("smj", "smj-NO"),
            told("sma", "sma-NO"),
            told("fkv", "fkv-NO"),
            told("på bokmål", "nb-NO"),
            told("in English", "en-GB"),
            told(": heading of a table", "en-GB"),
            told("kolonne", "nb-NO"),
            told("celle på bokmål", "nb-NO"),
        ]
    );
    assert!(runs().any(|(text, _)| text == "på nynorsk"));
}

/// The value of the first element of this name within another.
fn all_within(node: roxmltree::Node<'_, '_>, name: &str) -> Option<String> {
    let found = node.descendants().find(|node| node.tag_name().name() == name)?;
    value(found, "val").map(str::to_owned)
}

#[test]
fn the_same_bytes_every_time() {
    for command in COMMANDS {
        let (first, second) = (written(command, "docx"), written(command, "docx"));
        assert!(first == second, "{command:?}");
        let mut file = zip::ZipArchive::new(std::io::Cursor::new(first)).unwrap();
        for number in 0..file.len() {
            let part = file.by_index(number).unwrap();
            assert_eq!(part.last_modified().unwrap().year(), 1980, "{command:?}");
        }
    }
}
