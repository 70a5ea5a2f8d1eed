//! Workbooks hold what the other formats hold, each cell as what it is, whatever the texts look like.

#[path = "common/workbook.rs"]
mod workbook;

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use common::{KINDS, Tree, quiet_environment, run};
use lmnet::count::{Count, Quality};
use lmnet::date::{Date, When};
use lmnet::document::{Block, Chart, Document};
use lmnet::lang::Lang;
use lmnet::render::xlsx;
use lmnet::sheet::{Cell, Column, Sheet};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use workbook::{Value, Workbook};

const REGISTRIES: [&str; 2] = ["registry", "examples/fjordnett"];

fn lmnet(registry: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lmnet"));
    quiet_environment(&mut command);
    command.args(arguments).arg("--registry").arg(registry).args(["--today", "2026-11-25"]);
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

fn told(registry: &str, arguments: &[&str]) -> Json {
    let ran = run(&mut lmnet(Path::new(registry), &[arguments, &["--format", "json"]].concat()));
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {}", ran.talk))
}

/// What a command writes into a file with the ending `.xlsx`.
fn written(registry: impl AsRef<Path>, arguments: &[&str]) -> Vec<u8> {
    let tree = Tree::empty();
    let path = tree.path("out.xlsx");
    let ran = run(lmnet(registry.as_ref(), arguments).arg("-o").arg(&path));
    assert_eq!((ran.code, &*ran.out), (Some(0), ""), "{arguments:?}: {}", ran.talk);
    std::fs::read(path).unwrap()
}

fn book(registry: impl AsRef<Path>, arguments: &[&str]) -> Workbook {
    Workbook::read(written(registry, arguments))
}

/// Every column that a kind can show.
fn columns(registry: &str, kind: &str) -> Vec<String> {
    let ran = run(&mut lmnet(Path::new(registry), &[kind, "list", "--columns", "øøø", "--lang", "en"]));
    let columns = ran.talk.trim().split_once("there are: ").unwrap_or_else(|| panic!("{}", ran.talk)).1;
    // What a record is called is one column under three names.
    let others = columns.split(", ").filter(|key| !["title", "name", "function"].contains(key));
    others.chain(["title"]).map(str::to_owned).collect()
}

/// What a cell must be, from what machines are told.
fn fits(cell: &Value, json: &Json, bare: Option<&Value>) -> bool {
    let number = |cell: Option<&Value>, json: &Json| cell == json.as_f64().map(Value::Number).as_ref();
    match (json, json["quality"].as_str()) {
        (Json::Null, _) => *cell == Value::Nothing,
        (Json::Number(_), _) => number(Some(cell), json),
        (_, Some("not-recorded")) => matches!(cell, Value::Text(text) if text == ".." || text.contains("not recorded")),
        (_, Some("exact")) if !matches!(cell, Value::Text(_)) => number(Some(cell), &json["value"]),
        (_, Some(_)) => matches!(cell, Value::Text(_)) && number(bare, &json["value"]),
        (Json::String(text), _) if matches!(When::parse(text), Some(When::Day(_))) => *cell == Value::Day(text.clone()),
        (Json::String(text), _) if text.is_empty() => *cell == Value::Nothing,
        (Json::Array(_) | Json::Object(_), _) if [json!([]), json!({})].contains(json) && *cell == Value::Nothing => {
            true
        }
        _ => matches!(cell, Value::Text(_)),
    }
}

#[test]
fn lists_of_every_kind_hold_what_machines_are_told() {
    let mut kinds_of_cell = BTreeMap::from([("text", 0), ("number", 0), ("day", 0)]);
    for registry in REGISTRIES {
        for kind in KINDS {
            let keys = columns(registry, kind);
            let ask = [kind, "list", "--all", "--lang", "en", "--sort", "id", "--columns", &keys.join(",")];
            let (told, book) = (told(registry, &ask), book(registry, &ask));
            let records = told["records"].as_array().unwrap();
            assert_eq!((book.sheets.len(), book.formulas), (1 + usize::from(!records.is_empty()), 0), "{kind}");
            let Some((_, rows)) = book.sheets.get(1) else { continue };
            assert_eq!(rows.len(), records.len() + 1, "{kind}");
            for (row, record) in rows[1..].iter().zip(records) {
                let mut place = 0;
                for (key, expected) in record.as_object().unwrap() {
                    let bare = rows[0].get(place + 1).filter(|label| label.text().ends_with(": number only"));
                    let bare = bare.map(|_| &row[place + 1]);
                    assert!(fits(&row[place], expected, bare), "{kind}/{} {key}: {expected} in {row:?}", record["id"]);
                    let kind = match &row[place] {
                        Value::Nothing => continue_after(&mut place, bare),
                        Value::Text(_) => "text",
                        Value::Number(_) => "number",
                        Value::Day(_) => "day",
                    };
                    if !kind.is_empty() {
                        *kinds_of_cell.get_mut(kind).unwrap() += 1;
                        continue_after(&mut place, bare);
                    }
                }
                assert_eq!(place, row.len(), "{kind}: every column is told");
            }
        }
    }
    assert!(kinds_of_cell.values().all(|count| *count > 100), "{kinds_of_cell:?}");
}

/// Goes on to the next column, past the bare numbers.
fn continue_after(place: &mut usize, bare: Option<&Value>) -> &'static str {
    *place += 1 + usize::from(bare.is_some());
    ""
}

#[test]
fn codes_keep_their_zeros_and_stay_text() {
    let ask = ["organisations", "list", "--all", "--sort", "id", "--columns", "id,code,number"];
    let mut zeros = 0;
    for registry in REGISTRIES {
        let (told, book) = (told(registry, &ask), book(registry, &ask));
        for (row, record) in book.sheets[1].1[1..].iter().zip(told["records"].as_array().unwrap()) {
            for (cell, key) in row.iter().zip(["id", "code", "number"]) {
                match record[key].as_str().unwrap_or_default() {
                    "" => assert_eq!(*cell, Value::Nothing),
                    code => assert_eq!(cell.text(), code),
                }
                zeros += usize::from(matches!(cell, Value::Text(code) if code.starts_with('0')));
            }
        }
    }
    let tree = Tree::sound();
    tree.file("organisations/oslo.toml", "name = \"Oslo\"\nkind = \"municipality\"\ncodes = [{ code = \"0301\" }]\n");
    let book = book(&tree.root, &["organisations", "list", "--all", "--columns", "id,code"]);
    assert!(book.sheets[1].1.contains(&["oslo", "0301"].map(|text| Value::Text(text.to_owned())).to_vec()));
    assert!(zeros < 1000, "{zeros}");
}

#[test]
fn records_of_every_kind_stand_in_their_workbooks() {
    for registry in REGISTRIES {
        for kind in KINDS {
            let list = told(registry, &[kind, "list", "--all"]);
            let Some(id) = list["records"][0]["id"].as_str() else {
                assert_eq!((registry, kind), ("registry", "plans"));
                continue;
            };
            let (shown, book) =
                (told(registry, &[kind, "show", id]), book(registry, &[kind, "show", id, "--lang", "en"]));
            let (_, rows) = &book.sheets[1];
            assert_eq!(rows[1][1].text(), format!("{kind}/{id}"));
            let tables = |value: &Json| value.as_array().is_some_and(|rows| rows.iter().any(Json::is_object));
            let (wide, short): (Vec<_>, Vec<_>) =
                shown["record"].as_object().unwrap().iter().partition(|(_, value)| tables(value));
            let mut rest = rows[2..].iter();
            for (key, value) in short {
                assert!(rest.any(|row| fits(&row[1], value, row.get(2))), "{kind}/{id} {key}: {value}");
            }
            for (key, value) in wide {
                let here = book.sheets.iter().filter(|(_, rows)| rows.len() == value.as_array().unwrap().len() + 1);
                assert!(here.count() > 0, "{kind}/{id} {key}: a row for each part");
            }
        }
    }
}

fn sheet(caption: &str, labels: &[&str], rows: Vec<Vec<Cell>>) -> Sheet {
    let columns = labels.iter().map(|label| Column::new(*label, *label)).collect();
    Sheet { id: "test", caption: caption.into(), columns, rows }
}

fn one_column(lang: Lang, cells: Vec<Cell>) -> Workbook {
    let mut document = Document::new(lang);
    document.heading(1, "Title");
    document.table(sheet("Table", &["Cell"], cells.into_iter().map(|cell| vec![cell]).collect()));
    Workbook::read(xlsx::documents(&[document]).unwrap())
}

#[test]
fn text_that_looks_like_something_else_stays_text() {
    let texts = [
        "=1+1",
        "+47 22 00 00 00",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "0301",
        "1e5",
        "TRUE",
        "2016-02-03",
        "12,5",
        "http://example.org",
        "mailto:a@example.org",
        "_x0041_",
        "<b>&amp;</b>",
        " led ",
        "'apostrophe",
        "#REF!",
        "æøåÆØÅ 🙂",
        "{=1}",
    ];
    for cell in [|text: &str| Cell::text(text), |text: &str| Cell::code(text)] {
        let book = one_column(Lang::Nn, texts.iter().map(|text| cell(text)).collect());
        assert_eq!(book.formulas, 0);
        for (row, text) in book.sheets[1].1[1..].iter().zip(texts) {
            assert_eq!(row[0].text(), text.replace('\t', "\\u{9}"));
        }
    }
    for (text, cell) in
        [("a\nb", "a\nb"), ("a\u{1b}[31m\u{0}", "a\\u{1b}[31m\\u{0}"), ("nr. 01810010068", "nr. 018100*****")]
    {
        assert_eq!(one_column(Lang::Nb, vec![Cell::text(text)]).sheets[1].1[1][0].text(), cell);
    }
    let long = "å🙂".repeat(20_000);
    let book = one_column(Lang::Nb, vec![Cell::text(long.clone())]);
    let cut = book.sheets[1].1[1][0].text();
    assert!(cut.ends_with('…') && long.starts_with(cut.trim_end_matches('…')) && cut.encode_utf16().count() > 32_760);
}

#[test]
fn what_is_not_exact_is_text_with_its_number_beside_it() {
    let count = |number, quality| Count::new(number, quality, None);
    let cells = vec![
        Cell::whole(3550, Lang::Nb),
        Cell::count(&count(12_000, Quality::AtLeast), Lang::Nb),
        Cell::count(&count(13_500, Quality::About), Lang::Nb),
        Cell::count(&count(12_500, Quality::Exact), Lang::Nb),
        Cell::count(&Count::default(), Lang::Nb),
        Cell::hidden(),
        Cell::published(Some(&Count::exact(0)), Lang::Nb),
        Cell { text: "3 av 4".to_owned(), ..Cell::whole(3, Lang::Nb) },
        Cell::default(),
    ];
    let book = one_column(Lang::Nb, cells);
    let text = |text: &str| Value::Text(text.to_owned());
    let expected = [
        [text("Cell"), text("Cell: bare tallet")],
        [Value::Number(3550.0), Value::Number(3550.0)],
        [text("minst 12"), Value::Number(12.0)],
        [text("ca. 13,5"), Value::Number(13.5)],
        [Value::Number(12.5), Value::Number(12.5)],
        [text(".."), Value::Nothing],
        [text(":"), Value::Nothing],
        [Value::Number(0.0), Value::Number(0.0)],
        [text("3 av 4"), Value::Number(3.0)],
    ];
    assert_eq!(book.sheets[1].1, expected.map(Vec::from));
    let about: Vec<_> = book.sheets[0].1.iter().map(|row| &row[0]).collect();
    for sign in [":", "..", "minst, ca."] {
        assert!(about.contains(&&text(sign)), "{sign} is explained");
    }
    let exact = one_column(Lang::Nb, vec![Cell::whole(3550, Lang::Nb), Cell::number(-7)]);
    assert_eq!(exact.sheets[1].1[1..], [vec![Value::Number(3550.0)], vec![Value::Number(-7.0)]]);
    assert!(!exact.sheets[0].1.iter().any(|row| row[0] == text(":")), "what does not occur is not explained");
}

#[test]
fn days_are_days_as_far_as_they_are_known() {
    let day = |year, month, day| Cell::when(When::Day(Date::from_ymd_opt(year, month, day).unwrap()));
    let vague = ["2016", "2016-02", "2016-autumn"].map(|text| Cell::when(When::parse(text).unwrap()));
    for lang in Lang::ALL {
        let days = [day(2016, 2, 29), day(1900, 3, 1), day(2999, 12, 31), day(1900, 2, 28), day(1814, 5, 17)];
        let book = one_column(lang, days.into_iter().chain(vague.clone()).collect());
        let cells: Vec<_> = book.sheets[1].1[1..].iter().map(|row| row[0].clone()).collect();
        let days = ["2016-02-29", "1900-03-01", "2999-12-31"].map(|day| Value::Day(day.to_owned()));
        let texts =
            ["1900-02-28", "1814-05-17", "2016", "2016-02", "2016-autumn"].map(|text| Value::Text(text.to_owned()));
        assert_eq!(cells, days.into_iter().chain(texts).collect::<Vec<_>>(), "{lang}");
    }
}

#[test]
fn the_first_sheet_tells_what_the_others_are_and_one_holds_the_text() {
    let mut document = Document::new(Lang::Nn);
    document.heading(1, "Årsmelding 2025");
    document.paragraph("Utkast.");
    document.heading(2, "Tilbod");
    document.paragraph("Om tilboda.");
    document.list(vec!["Eitt", "To"]);
    document.table(sheet("", &["A"], vec![vec![Cell::text("a")]]));
    document.table(sheet("", &["Form"], vec![vec![Cell::text("a")]]));
    document.table(sheet("Kurs: vår/haust", &["A"], vec![vec![Cell::text("b")]]));
    document.heading(3, "Bilete");
    let table = sheet("", &["A", "B"], vec![vec![Cell::text("c"), Cell::whole(4, Lang::Nn)]]);
    document.blocks.push(Block::Chart(Chart { description: String::new(), table, series: vec![1] }));
    document.footer = Some("Laga 25. november".to_owned());
    let second = Document { lang: Lang::Nb, footer: document.footer.clone(), ..document.clone() };
    let book = Workbook::read(xlsx::documents(&[document, second]).unwrap());
    let names: Vec<_> = book.sheets.iter().map(|(name, _)| &**name).collect();
    assert_eq!(
        names,
        [
            "Om",
            "Tilbod",
            "Form",
            "Kurs vår-haust",
            "Bilete",
            "Tekst",
            "Tilbod (2)",
            "Form (2)",
            "Kurs vår-haust (2)",
            "Bilete (2)",
            "Tekst (2)"
        ]
    );
    let about: Vec<&str> =
        book.sheets[0].1.iter().flatten().filter(|cell| **cell != Value::Nothing).map(Value::text).collect();
    let expected = "Årsmelding 2025|Utkast.|Ark|Tilbod|Tilbod|Form|Tilbod: Form|Kurs vår-haust|Kurs: vår/haust|Bilete|Bilete|Tekst|Tekst";
    assert_eq!(about[..13].join("|"), expected);
    assert_eq!(about.iter().filter(|text| **text == "Laga 25. november").count(), 1);
    let text =
        book.records(5).iter().map(|row| format!("{}: {}", row[0].1.text(), row[1].1.text())).collect::<Vec<_>>();
    assert_eq!(text, ["Tilbod: Om tilboda.", "Tilbod: Eitt", "Tilbod: To"]);
}

fn names_of(captions: &[String]) -> Vec<String> {
    let mut document = Document::new(Lang::En);
    captions.iter().for_each(|caption| document.table(sheet(caption, &["A"], vec![vec![Cell::text("a")]])));
    let book = Workbook::read(xlsx::documents(&[document]).unwrap());
    book.sheets.into_iter().map(|(name, _)| name).collect()
}

/// As the help of Excel has it.
fn assert_valid(names: &[String]) {
    for name in names {
        let length = name.encode_utf16().count();
        assert!((1..=31).contains(&length), "{name:?}");
        assert!(!name.contains(['[', ']', ':', '*', '?', '/', '\\']) && !name.contains(char::is_control), "{name:?}");
        assert!(!name.starts_with('\'') && !name.ends_with('\'') && name.trim() == name, "{name:?}");
        assert!(!name.eq_ignore_ascii_case("history"), "{name:?}");
    }
    let unlike: BTreeSet<_> = names.iter().map(|name| name.to_lowercase()).collect();
    assert_eq!(unlike.len(), names.len(), "{names:?}");
}

#[test]
fn names_of_sheets_are_valid_and_say_what_the_caption_says() {
    let long = "Tilbod og deltakarar etter helseføretak og rekkjevidde";
    let captions = [
        "About",
        "History",
        "HISTORY",
        "",
        "'",
        "[]:*?/\\",
        "A/B",
        "a/b",
        "Ærlig Øl Å",
        "'quoted'",
        long,
        long,
        "på🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂",
        "Lærings-ogmeistringsnettverksorganisasjonar",
        "A\u{30a}s",
        "\u{c5}s",
        "nr. 01810010068",
    ];
    let names = names_of(&captions.map(str::to_owned));
    assert_valid(&names);
    let expected = [
        "About",
        "About (2)",
        "History (2)",
        "HISTORY (3)",
        "Table 4",
        "Table 5",
        "Table 6",
        "A-B",
        "a-b (2)",
        "Ærlig Øl Å",
        "quoted",
        "Tilbod og deltakarar etter…",
        "Tilbod og deltakarar etter… (2)",
        "på🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂…",
        "Lærings-ogmeistringsnettverkso…",
        "Ås",
        "Ås (2)",
        "nr. 018100",
    ];
    assert_eq!(names, expected);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn no_caption_makes_a_name_that_is_not_valid(captions in prop::collection::vec(prop_oneof![
        "\\PC{0,60}",
        "[ab':/ \\[\\]*?\\\\…]{0,40}",
        "(?i)(history|about|a{30,33}| )( \\([23]\\))?",
        any::<String>(),
    ], 1..6)) {
        let names = names_of(&captions);
        prop_assert_eq!(names.len(), captions.len() + 1);
        assert_valid(&names);
    }
}

#[test]
fn the_same_bytes_each_time() {
    let asks: [&[&str]; 3] =
        [&["report", "--year", "2025"], &["offerings", "list", "--all"], &["agreements", "show", "mandat-fjordnett"]];
    for ask in asks {
        let [once, again] = [(); 2].map(|()| written("examples/fjordnett", ask));
        assert!(once == again, "{ask:?}");
    }
}
