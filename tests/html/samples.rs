//! Pages to look at: reports, lists and single records of both registries in all languages, and documents with everything
//! that a document can hold.

#![allow(dead_code, reason = "no test file uses all of it")]

use std::process::Command;
use std::sync::OnceLock;

use lmnet::count::{Count, Quality};
use lmnet::document::{Block, Chart, Document};
use lmnet::lang::{Lang, Phrase};
use lmnet::render::html::documents;
use lmnet::sheet::{Cell, Column, Content, Sheet};

use crate::common::{KINDS, quiet_environment, run};

/// Text that would be markup, run or turn the line around.
pub(crate) const HOSTILE: &str =
    "<script>alert('x')</script> </style></title>--> \"><img src=x onerror=y> &amp; \u{1b}[31m\u{202e}\u{0} ]]>";

/// The pages of both registries, each by its name; made once.
pub(crate) fn pages() -> &'static [(String, String)] {
    static PAGES: OnceLock<Vec<(String, String)>> = OnceLock::new();
    PAGES.get_or_init(made)
}

fn made() -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for lang in Lang::ALL {
        let mut page = |name: &str, html: String| pages.push((format!("{name}-{lang}"), html));
        page("everything", documents(&[everything(lang)]));
        page("charts", documents(&[wordy("Samhandlingsutvalsmeistringsnettverksmøte"), many_series()]));
        page("several", documents(&[everything(lang), everything(other(lang))]));
        let registry = ["--registry", "registry"];
        let nord = ["report", "--year", "2016", "--network", "lms-nord"];
        page("nord", printed(&[&nord[..], &registry].concat(), lang));
        page("all-networks", printed(&[&["report", "--year", "2016"][..], &registry].concat(), lang));
        page("stord", printed(&[&["organisations", "show", "stord"][..], &registry].concat(), lang));
        let example = ["--registry", "examples/fjordnett"];
        page("fjordnett", printed(&[&["report", "--year", "2025"][..], &example].concat(), lang));
        page(
            "agreement",
            printed(&[&["agreements", "show", "samarbeidsavtale-ytterkyst"][..], &example].concat(), lang),
        );
        let columns = ["offerings", "list", "--columns", "id,title,organiser,runs,patients,relatives,participants"];
        page("columns", printed(&[&columns[..], &example].concat(), lang));
        page("nothing", printed(&[&["offerings", "list", "--search", "qqq"][..], &example].concat(), lang));
        for kind in KINDS {
            page(kind, printed(&[&[kind, "list", "--all"][..], &example].concat(), lang));
        }
    }
    pages
}

fn printed(arguments: &[&str], lang: Lang) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lmnet"));
    quiet_environment(&mut command);
    command.args(arguments).args(["--format", "html", "--lang", lang.code()]).current_dir(env!("CARGO_MANIFEST_DIR"));
    let ran = run(&mut command);
    assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.talk);
    ran.out
}

/// Another language.
pub(crate) fn other(lang: Lang) -> Lang {
    if lang == Lang::Nn { Lang::Nb } else { Lang::Nn }
}

fn strange(text: &str, lang: &'static str) -> Phrase {
    Phrase { text: text.to_owned(), lang: Some(lang) }
}

/// A document with every kind of block.
pub(crate) fn everything(lang: Lang) -> Document {
    let mut document = Document::new(lang);
    document.heading(1, "Report 2025: Nett");
    document.paragraph("Before the first section.");
    document.heading(2, "1. Section");
    document.blocks.push(Block::Paragraph(strange("In another language.", other(lang).code())));
    document.list(vec![Phrase::from("A point"), strange("Another point", other(lang).code())]);
    document.list(["se", "smj", "sma", "fkv"].map(|lang| strange("In a language of the north", lang)).to_vec());
    let columns = vec![Column::new("key", strange("Key", other(lang).code())), Column::new("value", "Value")];
    let value = Cell { lang: Some(other(lang).code()), ..Cell::text("a-very-long-value-".repeat(20)) };
    document.table(Sheet { id: "pairs", caption: "".into(), columns, rows: vec![vec![Cell::text("name"), value]] });
    document.heading(4, strange("Two levels down", other(lang).code()));
    document.blocks.extend(years(lang).blocks.into_iter().skip(1));
    document.heading(1, "2. Section");
    document.heading(3, "Wide");
    let columns = (1..=12).map(|at| Column::new(at.to_string(), format!("Column number {at}"))).collect();
    let row = |row: usize| (1..=12).map(|at| Cell::whole(row * at * 100_000, lang)).collect();
    document.table(Sheet {
        id: "wide",
        caption: strange("Caption", other(lang).code()),
        columns,
        rows: (1..=30).map(row).collect(),
    });
    document.heading(2, "3. Section");
    document.paragraph("The end.");
    document.footer = Some("30 November".into());
    document
}

/// A chart of two series, with numbers that are not known.
pub(crate) fn years(lang: Lang) -> Document {
    let count = |number: u64, quality| Cell::count(&Count::new(number, quality, None), lang);
    let whole = |number| Cell::whole(number, lang);
    let rows = vec![
        vec![
            Cell::text("2014, when the network was young and its name longer"),
            whole(10),
            count(3_550_000, Quality::AtLeast),
        ],
        vec![Cell::text("2015"), Cell::hidden(), whole(0)],
        vec![Cell::text("2016"), whole(1775), count(0, Quality::NotRecorded)],
        vec![Cell::text("2017"), count(887_500, Quality::Exact), whole(355)],
    ];
    chart("Years", "More each year.", &["Year", "Offerings", "Participants"], rows, lang)
}

/// A chart of five series.
pub(crate) fn many_series() -> Document {
    let labels = ["Year", "Series 1", "Series 2", "Series 3", "Series 4", "Series 5"];
    let row = std::iter::once(Cell::text("2016")).chain((1..=5).map(|number| Cell::whole(number, Lang::En))).collect();
    chart("Series", "Five.", &labels, vec![row], Lang::En)
}

/// A chart of a number in many words, of something with this name.
pub(crate) fn wordy(name: &str) -> Document {
    let number =
        Cell { text: "minst 3\u{a0}550 (ikkje registrert: 2 av 17 tilbod)".to_owned(), ..Cell::whole(3550, Lang::Nn) };
    chart("Words", "Words.", &["Year", "Offerings"], vec![vec![Cell::text(name), number]], Lang::Nn)
}

/// A chart of nothing.
pub(crate) fn no_rows() -> Document {
    chart("None", "None.", &["Year", "Offerings"], Vec::new(), Lang::Nn)
}

fn chart(caption: &str, description: &str, labels: &[&str], rows: Vec<Vec<Cell>>, lang: Lang) -> Document {
    let columns = labels.iter().map(|label| Column::new(*label, *label)).collect();
    let table = Sheet { id: "chart", caption: caption.into(), columns, rows };
    let mut document = Document::new(lang);
    document.heading(1, "Title");
    document.blocks.push(Block::Chart(Chart {
        description: description.to_owned(),
        table,
        series: (1..labels.len()).collect(),
    }));
    document
}

/// A document with hostile text wherever there is text.
pub(crate) fn hostile() -> Document {
    let rows = vec![vec![Cell::text(HOSTILE), Cell { content: Content::Whole(1), ..Cell::text(HOSTILE) }]];
    let mut document = chart(HOSTILE, HOSTILE, &[HOSTILE, HOSTILE], rows, Lang::Nn);
    document.heading(2, HOSTILE);
    document.paragraph(HOSTILE);
    document.list(vec![HOSTILE]);
    document.footer = Some(HOSTILE.to_owned());
    document
}

/// A document of one paragraph.
pub(crate) fn only(text: &str, lang: Lang) -> Document {
    let mut document = Document::new(lang);
    document.paragraph(text);
    document
}
