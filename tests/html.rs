//! Documents as web pages, read back by a parser of its own: what WCAG asks of structure, language and names, what makes a
//! page safe to open, and that what records say stays text.

mod common;
#[path = "html/page.rs"]
mod page;
#[path = "html/samples.rs"]
mod samples;

use std::collections::BTreeSet;

use common::{Tree, run};
use lmnet::document::Document;
use lmnet::lang::Lang;
use lmnet::render::html::documents;
use lmnet::sheet::{Cell, Column, Sheet};
use page::Page;
use samples::{HOSTILE, everything, pages, years};

#[test]
fn every_page_is_well_formed_and_named() {
    for (name, html) in pages() {
        let page = Page::of(html);
        assert_eq!(page.errors(), Vec::<String>::new(), "{name}");
        let title = page.text("head > title");
        assert!(!title.is_empty() && title.chars().count() <= 70, "{name}: {title}");
        assert!(page.text("h1").starts_with(title.trim_end_matches('…')), "{name}: {title}");
        for landmark in ["body > header", "body > main", "h1"] {
            assert_eq!(page.count(landmark), 1, "{name}: {landmark}");
        }
    }
}

#[test]
fn pages_and_parts_name_their_language() {
    for lang in Lang::ALL {
        let html = documents(&[everything(lang)]);
        let page = Page::of(&html);
        assert_eq!(page.attribute("html", "lang"), [lang.code()]);
        let other = samples::other(lang).code();
        let parts = ["p", "li", "td", "th[scope=col]", "h3", "caption > span"];
        for part in parts {
            assert_eq!(page.count(&format!("main {part}[lang={other}]")), 1, "{part} in {lang}");
        }
        let north = ["se", "smj", "sma", "fkv"];
        assert_eq!(page.count("main [lang]"), parts.len() + north.len(), "only what is in another language, in {lang}");
        assert_eq!(page.count(&format!("nav [lang={other}]")), 1, "the heading in the contents, in {lang}");
    }
}

#[test]
fn records_in_another_language_say_so_in_lists_and_cards() {
    let tree = Tree::sound();
    tree.file("organisations/berre-nynorsk.toml", "name = { nn = \"Meisterlaget\" }\nkind = \"user-organisation\"\n");
    tree.file(
        "organisations/i-alle.toml",
        "name = { nn = \"Laget\", nb = \"Laget\", en = \"The club\" }\nkind = \"user-organisation\"\n",
    );
    let page = |arguments: &[&str]| {
        let ran = run(&mut tree.command(&[arguments, &["--format", "html", "--lang", "en"]].concat()));
        assert_eq!(ran.code, Some(0), "{}", ran.talk);
        Page::of(&ran.out)
    };
    let list = page(&["organisations", "list", "--all"]);
    assert_eq!(list.texts("[lang=nn]"), ["Meisterlaget"]);
    assert!(list.texts("main td").contains(&"The club".to_owned()));
    assert_eq!(page(&["organisations", "show", "berre-nynorsk"]).texts("td[lang=nn]"), ["Meisterlaget"]);
}

#[test]
fn headings_skip_no_level_and_the_contents_lead_to_them() {
    for (name, html) in pages() {
        let page = Page::of(html);
        let levels = page.levels();
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{name}: {levels:?}");
        let ids = page.attribute("[id]", "id");
        let unlike: BTreeSet<&String> = ids.iter().collect();
        assert_eq!(unlike.len(), ids.len(), "{name}: ids are given once");
        for attribute in ["aria-labelledby", "href"] {
            for to in page.attribute(&format!("[{attribute}]"), attribute) {
                for id in to.split(' ').map(|id| id.trim_start_matches('#').to_owned()) {
                    assert!(unlike.contains(&id), "{name}: {attribute} {id}");
                }
            }
        }
        assert_eq!(page.attribute("body > a:first-child", "href").len(), 1, "{name}: the skip link comes first");
        if page.count("nav") > 0 {
            assert_eq!(page.texts("nav a").len(), page.count("nav li"), "{name}");
            let headings: BTreeSet<String> = page.texts("main h2, main h3, main h4").into_iter().collect();
            let led: BTreeSet<String> = page.texts("nav a").into_iter().collect();
            assert!(led.is_subset(&headings), "{name}: {led:?}");
        }
    }
}

#[test]
fn every_table_has_a_caption_and_headings_with_a_scope() {
    let mut tables = 0;
    for (name, html) in pages() {
        let page = Page::of(html);
        tables += page.count("table");
        assert_eq!(page.texts("caption").len(), page.count("table"), "{name}");
        assert!(page.texts("caption").iter().all(|caption| !caption.is_empty()), "{name}");
        assert_eq!(page.count("thead th[scope=col]"), page.count("thead th"), "{name}");
        assert_eq!(page.count("tbody th[scope=row]"), page.count("tbody th"), "{name}");
        assert_eq!(page.count("table > thead:not(:empty) + tbody"), page.count("table"), "{name}");
        assert_eq!(
            page.count("[tabindex]"),
            page.count("[role=group][tabindex='0'][aria-labelledby] > table"),
            "{name}"
        );
    }
    assert!(tables > 100, "{tables}");
}

#[test]
fn the_column_that_tells_rows_apart_names_them() {
    let sheet = |rows: &[[&str; 3]]| {
        let columns = ["a", "b", "c"].map(|key| Column::new(key, key)).to_vec();
        let rows = rows.iter().map(|row| row.map(Cell::text).to_vec()).collect();
        let mut document = Document::new(Lang::Nb);
        document.heading(1, "Tittel");
        document.table(Sheet { id: "x", caption: "".into(), columns, rows });
        Page::of(&documents(&[document])).texts("th[scope=row]")
    };
    assert_eq!(sheet(&[["x", "y", "1"], ["z", "y", "2"]]), ["x", "z"]);
    assert_eq!(sheet(&[["x", "y", "1"], ["x", "z", "2"]]), ["y", "z"], "the first only groups");
    assert_eq!(sheet(&[["x", "y", "1"], ["x", "y", "2"]]), [""; 0], "no name");
    assert_eq!(sheet(&[["", "y", "1"], ["x", "", "2"]]), [""; 0], "a row without a name");
}

#[test]
fn captions_are_numbered_and_tables_without_take_their_heading() {
    for (lang, table, figure) in
        [(Lang::Nn, "Tabell", "Figur"), (Lang::Nb, "Tabell", "Figur"), (Lang::En, "Table", "Figure")]
    {
        let html = documents(&[everything(lang)]);
        let captions = Page::of(&html).texts("caption");
        assert_eq!(captions[0], "Section", "the heading without its number");
        assert_eq!(captions[1..], [format!("{table} 1. Years"), format!("{table} 2. Caption")]);
        assert_eq!(Page::of(&html).texts("figcaption"), [format!("{figure} 1. More each year.")]);
        assert_eq!(Page::of(&html).texts("caption .unseen"), ["Section"]);
    }
}

#[test]
fn numbers_stand_to_the_right() {
    let page = Page::of(&documents(&[everything(Lang::Nn)]));
    assert_eq!(page.texts("figure thead th.n"), ["Offerings", "Participants"]);
    assert_eq!(page.texts("figure td.n").len(), 8);
}

#[test]
fn nothing_runs_and_nothing_is_fetched() {
    for (name, html) in pages() {
        let page = Page::of(html);
        for active in
            ["script", "link", "img", "iframe", "object", "embed", "form", "base", "image", "use", "foreignObject"]
        {
            assert_eq!(page.count(active), 0, "{name}: {active}");
        }
        let policy = &page.attribute("meta[http-equiv=Content-Security-Policy]", "content")[0];
        assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'none'"), "{name}: {policy}");
        assert!(page.attribute("[href]", "href").iter().all(|to| to.starts_with('#')), "{name}");
        for (attribute, value) in page.attributes() {
            let is_handler = attribute.starts_with("on") || ["src", "srcset", "style", "action"].contains(&&*attribute);
            assert!(!is_handler, "{name}: {attribute}");
            assert!(!value.contains("url(") || value.starts_with("url(#"), "{name}: {value}");
        }
        let style = page.text("style");
        assert!(!style.contains("url(") && !style.contains("@import"), "{name}");
    }
}

#[test]
fn what_records_say_stays_text() {
    let html = documents(&[samples::hostile(), samples::hostile()]);
    let page = Page::of(&html);
    assert_eq!(page.errors(), Vec::<String>::new());
    assert_eq!(page.count("script, img, b, [onclick], [onload]"), 0);
    let shown =
        "<script>alert('x')</script> </style></title>--> \"><img src=x onerror=y> &amp; \\u{1b}[31m\\u{202e}\\u{0} ]]>";
    assert_eq!(page.texts("main p")[0], shown);
    for place in
        ["li", "caption", "thead th", "tbody td", "td.n", "figcaption", "svg > title", "svg > desc", "footer p"]
    {
        let texts = page.texts(place);
        assert!(texts.iter().any(|text| text.contains(shown)), "{place}: {texts:?}");
    }
    let hidden: Vec<char> = html.chars().filter(|char| char.is_control() && *char != '\n').collect();
    assert_eq!(hidden, Vec::<char>::new());
}

#[test]
fn identity_numbers_are_masked_where_texts_are_cut_and_broken() {
    let number = |before: usize| format!("{}01810010068{}", "-".repeat(before), "-".repeat(20));
    let title = Page::of(&documents(&[samples::only(&number(60), Lang::Nn)])).text("head > title");
    assert!(title.contains("018100***"), "{title}");
    let lines = Page::of(&documents(&[samples::wordy(&number(30))])).texts("svg text");
    assert!(lines.contains(&format!("*****{}", "-".repeat(20))), "{lines:?}");
}

#[test]
fn a_record_with_hostile_text_is_shown_as_it_is() {
    let tree = Tree::sound();
    let quoted = HOSTILE.chars().map(|char| format!("\\U{:08X}", u32::from(char).max(1))).collect::<String>();
    tree.file("organisations/hostile.toml", format!("name = \"{quoted}\"\nkind = \"municipality\"\n"));
    let ran = run(&mut tree.command(&["organisations", "show", "hostile", "--format", "html"]));
    assert_eq!(ran.code, Some(0), "{}", ran.talk);
    let page = Page::of(&ran.out);
    assert_eq!(page.errors(), Vec::<String>::new());
    assert_eq!(page.count("script, img"), 0);
    assert!(page.text("h1").starts_with("<script>alert('x')</script>"), "{}", page.text("h1"));
}

#[test]
fn several_documents_are_articles_of_one_page() {
    let html =
        documents(&[everything(Lang::Nb), everything(Lang::Nn), samples::only("Skognett fantes ikke.", Lang::Nb)]);
    let page = Page::of(&html);
    assert_eq!(page.text("h1"), "Report 2025");
    assert_eq!(page.texts("article > h2"), ["Report 2025: Nett", "Report 2025: Nett", "Skognett fantes ikke."]);
    assert_eq!(page.attribute("main > article[lang]", "lang"), ["nn"]);
    assert_eq!(page.texts("nav > ol > li > a").len(), 3);
    assert_eq!(page.texts("nav > ol > li > ol > li > a").len(), 2 * page.count("article:first-child > section"));
    assert_eq!(page.texts("footer p"), ["30 November"; 2], "one in each language");
    assert_eq!(Page::of(&documents(&[everything(Lang::Nb), everything(Lang::Nb)])).texts("footer p").len(), 1);
}

#[test]
fn the_same_makes_the_same_bytes() {
    for arguments in [&["report", "--year", "2025", "--format", "html"][..], &["offerings", "list", "--format", "html"]]
    {
        assert_eq!(common::printed(arguments), common::printed(arguments));
    }
}

#[test]
fn bars_are_as_long_as_their_numbers_from_zero() {
    let page = Page::of(&documents(&[years(Lang::Nb)]));
    let widths: Vec<f64> = page
        .attribute("rect.bar[width$='%']", "width")
        .iter()
        .map(|width| width.trim_end_matches('%').parse().unwrap())
        .collect();
    // 10, at least 3 550; hidden, 0; 1 775, not recorded; 887.5, 355
    let unit = widths[1] / 3550.0;
    let lengths: Vec<f64> = widths.iter().map(|width| width / unit).collect();
    for (length, number) in lengths.iter().zip([10.0, 3550.0, 1775.0, 887.5, 355.0]) {
        assert!((length - number).abs() < 3.0, "{length} for {number}");
    }
    assert_eq!(lengths.len(), 5, "what is hidden, not recorded or nothing has no bar");
    assert_eq!(page.attribute("rect.bar[x]", "x"), ["1"; 7], "all begin at the same line");
    let shown = ["10", "minst 3\u{a0}550", ":", "0", "1\u{a0}775", "ikke registrert", "887,5", "355"];
    assert_eq!(page.texts("svg text.value"), shown);
    assert_eq!(page.texts("figure td.n"), shown, "the table says the same");
}

#[test]
fn charts_say_what_they_show_and_tell_series_apart_without_colour() {
    let page = Page::of(&documents(&[years(Lang::Nb)]));
    assert_eq!(page.count("figure > svg[role=img][aria-labelledby]"), 1);
    assert_eq!(page.texts("svg > title, svg > desc"), ["Years", "More each year."]);
    assert_eq!(page.texts("figure table").len(), 1);
    assert_eq!(page.count("rect.bar.striped[fill^='url(#']"), page.count("rect.bar.striped"));
    let patterns = page.attribute("pattern", "id");
    for fill in page.attribute("rect.bar[fill]", "fill") {
        assert!(patterns.contains(&fill["url(#".len()..fill.len() - 1].to_owned()), "{fill}");
    }
    assert_eq!(page.texts("svg text:not(.value)")[..2], ["Offerings", "Participants"]);
    // Numbers in many words stand above their bars, in lines that a telephone has room for.
    let page = Page::of(&documents(&[samples::wordy("Samhandlingsutvalsmeistringsnettverksmøte")]));
    assert_eq!(page.texts("svg text.value").join(" "), "minst 3\u{a0}550 (ikkje registrert: 2 av 17 tilbod)");
    assert_eq!(page.attribute("rect.bar", "width"), ["99.00%"]);
    assert!(page.texts("svg text").iter().all(|line| line.chars().count() <= 36));
    // More series than looks: each number says what it counts.
    let page = Page::of(&documents(&[samples::many_series()]));
    assert_eq!(page.texts("svg text.value")[4], "Series 5: 5");
    assert_eq!(Page::of(&documents(&[samples::no_rows()])).count("figure, table"), 0, "nothing to see");
}
