//! What the registry has in another language than the page is marked as such wherever it stands, in the Sámi languages and Kven
//! too: in headings, captions, columns, cells, points, in web pages and in Word documents.

mod common;
#[path = "html/page.rs"]
mod page;
#[path = "docx/read.rs"]
mod read;

use common::{SOUND, Tree, run};
use page::Page;
use read::{Word, all, value};

/// Records of which each has its texts in one language only. The words are made up.
fn tree() -> Tree {
    let tree = Tree::empty();
    let mut records = SOUND.to_owned();
    for (from, to) in [
        ("title = \"Forløp\"", "title = { nn = \"Forløp\" }"),
        ("title = \"Likepersonar\"", "title = { se = \"Davviguovllut\" }"),
        ("name = { nn = \"Arbeidsgruppa\", nb = \"Arbeidsgruppen\" }", "name = { fkv = \"Tyynjoukko\" }"),
        ("title = { nn = \"KOLS-skule\", nb = \"KOLS-skole\" }", "title = { smj = \"Lulebiejvve\" }"),
        ("title = \"KOLS\"", "title = { sma = \"Åarjelnaa\" }"),
        ("title = \"Nettverkssamling\"", "title = { nb = \"Nettverkssamling\" }"),
        ("body = \"lm-fjord\"\nstart = 2016-05-31", "body = \"arbeidsgruppe-fjord\"\nstart = 2016-05-31"),
        ("from = 2015-01-01\ndecided", "from = 2015-01-01\ntasks = [{ se = \"Bargu davvin\" }]\ndecided"),
    ] {
        assert!(records.contains(from), "{from}");
        records = records.replacen(from, to, 1);
    }
    tree.lay(&records);
    tree
}

/// What a command writes, as a web page in English.
fn page(tree: &Tree, arguments: &[&str]) -> Page {
    let ran = run(&mut tree.command(&[arguments, &["--format", "html", "--lang", "en"]].concat()));
    assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.talk);
    Page::of(&ran.out)
}

/// The runs of a Word document that name a language, as `se-NO: text`.
fn marked(tree: &Tree, arguments: &[&str]) -> Vec<String> {
    let path = tree.path("out.docx");
    let ran = run(tree.command(&[arguments, &["--lang", "en"]].concat()).arg("-o").arg(&path));
    assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.talk);
    let word = Word::open(&std::fs::read(path).unwrap());
    let xml = word.xml("word/document.xml");
    let run = |run| {
        let lang = read::child(read::child(run, "rPr")?, "lang")?;
        Some(format!("{}: {}", value(lang, "val")?, read::text(run)))
    };
    all(&xml, "r").filter_map(run).collect()
}

/// Holds that a page has these texts, each found by its element and language, and a Word document the same.
fn holds(arguments: &[&str], texts: &[(&str, &str, &str)]) {
    let tree = tree();
    let (page, runs) = (page(&tree, arguments), marked(&tree, arguments));
    for (element, lang, text) in texts {
        let found = page.texts(&format!("{element}[lang={lang}]"));
        assert!(found.iter().any(|found| found == text), "{arguments:?}: {text} in {element}: {found:?}");
        assert!(
            runs.iter().any(|run| run.ends_with(text) && run.starts_with(&format!("{lang}-NO: "))),
            "{text}: {runs:?}"
        );
    }
}

#[test]
fn the_annual_report_marks_headings_points_and_cells() {
    holds(
        &["report", "--year", "2016", "--audience", "internal"],
        &[
            ("main h3", "nn", "Forløp"),
            ("main h3", "se", "Davviguovllut"),
            ("main h3", "fkv", "Tyynjoukko (1)"),
            ("main li", "se", "Bargu davvin"),
            ("main td", "smj", "Lulebiejvve"),
            ("main td", "nn", "Koordinator for frisklivssentralen"),
        ],
    );
}

#[test]
fn a_plan_marks_the_headings_and_captions_of_its_focus_areas() {
    holds(
        &["plans", "show", "lm-fjord-2017"],
        &[("main h3", "nn", "Forløp"), ("caption span", "nn", "Actions: Forløp")],
    );
}

#[test]
fn lists_and_records_mark_titles_and_what_they_refer_to() {
    let columns = ["offerings", "list", "--all", "--columns", "id,title,condition"];
    holds(&columns, &[("main td", "smj", "Lulebiejvve"), ("main td", "sma", "Åarjelnaa")]);
    holds(&["offerings", "show", "kols-skule"], &[("h1", "smj", "Lulebiejvve"), ("main td", "sma", "Åarjelnaa")]);
    assert_eq!(page(&tree(), &["offerings", "show", "kols-skule"]).attribute("head > title", "lang"), ["smj"]);
}

#[test]
fn cross_tables_mark_their_rows_and_columns() {
    let counted = |by| ["offerings", "stats", "--by", by, "--year", "2016", "--audience", "internal"];
    holds(&counted("condition"), &[("main tbody th", "sma", "Åarjelnaa")]);
    holds(&counted("reach,condition"), &[("main thead th", "sma", "Åarjelnaa")]);
}

#[test]
fn nothing_is_marked_that_is_in_the_language_of_the_page() {
    let tree = tree();
    let ran = run(&mut tree.command(&["plans", "show", "lm-fjord-2017", "--format", "html", "--lang", "nn"]));
    assert_eq!(Page::of(&ran.out).count("main [lang=nn]"), 0, "{}", ran.out);
    let own = Tree::sound();
    let english = page(&own, &["offerings", "stats", "--by", "reach", "--year", "2016"]);
    assert_eq!(english.count("main [lang]"), 0);
}
