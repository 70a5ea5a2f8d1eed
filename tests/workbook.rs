//! Workbooks that go out and come back: what was not touched changes nothing, what was changed arrives as exactly that.

mod common;

#[path = "common/sheets.rs"]
mod sheets;
#[path = "common/workbook.rs"]
mod workbook;

use std::path::{Path, PathBuf};

use common::{Tree, run};
use lmnet::lang::Lang;
use lmnet::registry::Registry;
use lmnet::workbook::{Part, Scope, columns, tabs};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use sheets::{import, text};
use workbook::{Value, Workbook};

/// A copy of a registry in a folder of its own.
fn copy_of(registry: &str) -> Tree {
    let tree = Tree::empty();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(registry);
    for entry in walkdir::WalkDir::new(&from) {
        let entry = entry.unwrap();
        let below = entry.path().strip_prefix(&from).unwrap();
        if entry.file_type().is_file() && !below.components().any(|part| part.as_os_str() == ".git") {
            std::fs::copy(entry.path(), tree.place(below)).unwrap();
        }
    }
    tree
}

/// Every file of a registry with its bytes.
fn bytes_of(tree: &Tree) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<(PathBuf, Vec<u8>)> = walkdir::WalkDir::new(&tree.root)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| (entry.path().to_owned(), std::fs::read(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}

/// `lmnet export --workbook` into a folder beside the registry.
fn export(tree: &Tree, arguments: &[&str]) -> (Tree, PathBuf) {
    let folder = Tree::empty();
    let file = folder.path("out.xlsx");
    let ran = run(tree.command(&["export"]).arg("--workbook").arg(&file).args(arguments));
    assert_eq!(ran.code, Some(0), "{}", ran.talk);
    (folder, file)
}

#[test]
fn a_heading_means_one_column_in_any_language() {
    for part in Part::ALL {
        let columns = columns(part);
        let mut known = std::collections::HashMap::new();
        for column in &columns {
            for heading in [&column.heading.nn, &column.heading.nb, &column.heading.en] {
                let before = known.insert(lmnet::names::folded(heading), &column.key);
                assert!(
                    before.is_none_or(|key| *key == column.key),
                    "{part:?}: {heading} is {before:?} and {}",
                    column.key
                );
            }
        }
    }
}

#[test]
fn an_untouched_workbook_changes_no_byte() {
    for registry in ["registry", "examples/fjordnett"] {
        let tree = copy_of(registry);
        let before = bytes_of(&tree);
        for lang in Lang::ALL {
            let (_folder, file) = export(&tree, &["--lang", lang.code()]);
            let ran = import(&tree, &file, &[]);
            assert_eq!(ran.code, Some(0), "{registry} {lang}: {}{}", ran.out, ran.talk);
            let loaded = Registry::load(&tree.root);
            let rows: usize = tabs(&loaded, &Scope::default(), lang).iter().map(|tab| tab.rows.len()).sum();
            let told = format!("rows changed: 0, new: 0, taken out: 0, as before: {rows}; to be corrected: 0");
            assert!(rows > 20 && ran.talk.contains(&told), "{registry} {lang}: {rows} rows, {}", ran.talk);
            assert!(bytes_of(&tree) == before, "{registry} {lang}");
        }
    }
}

#[test]
fn the_same_registry_gives_the_same_bytes() {
    let tree = copy_of("examples/fjordnett");
    let [first, second] = [0, 1].map(|_| {
        let (_folder, file) = export(&tree, &[]);
        std::fs::read(file).unwrap()
    });
    assert!(first == second);
}

/// Every record of a registry as JSON, by kind and id.
fn records(root: &Path) -> std::collections::BTreeMap<String, Json> {
    let registry = Registry::load(root);
    let offerings = registry.offerings.iter().map(|one| (format!("offerings/{}", one.id), json!(one.record)));
    let courses = registry.courses.iter().map(|one| (format!("courses/{}", one.id), json!(one.record)));
    let members = registry.members.iter().map(|one| (format!("members/{}", one.id), json!(one.record)));
    offerings.chain(courses).chain(members).collect()
}

/// A cell that is given another value: the sheet, which of its rows, the heading, what is written, where that is to arrive in
/// the record, and as what.
type CellEdit = (&'static str, usize, &'static str, Value, &'static str, Json);

fn words() -> impl Strategy<Value = String> {
    // What spreadsheets, CSV and TOML could trip over, but nothing that only a blank is left of.
    "[a-zæøåA-Z0-9=+@][a-zæøå \"'#;,=+.\\\\{}\\[\\]]{0,30}[a-zæøå0-9]"
}

fn day() -> impl Strategy<Value = String> {
    (2015..2030, 1..=12, 1..=28).prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"))
}

fn count() -> impl Strategy<Value = (Value, Json)> {
    (0..5, 1..400_u32).prop_map(|(sort, number)| match sort {
        0 => (text(&format!("om lag {number}")), json!({ "quality": "about", "value": number })),
        1 => (text(&format!("minst {number}")), json!({ "quality": "at-least", "value": number })),
        2 => (text("ikkje registrert"), json!({ "quality": "not-recorded" })),
        3 => (
            text(&format!("vel {number}")),
            json!({ "quality": "at-least", "value": number, "words": format!("vel {number}") }),
        ),
        _ => (Value::Number(f64::from(number)), json!({ "quality": "exact", "value": number })),
    })
}

fn cell_edit() -> impl Strategy<Value = CellEdit> {
    let row = 0..1000_usize;
    let choice = |words: &'static [(&'static str, &'static str)]| prop::sample::select(words);
    let list = prop::sample::subsequence(
        vec![("pasientar", "patients"), ("foreldre", "parents"), ("søsken", "siblings")],
        1..=3,
    );
    prop_oneof![
        (row.clone(), words()).prop_map(|(row, said)| ("Tilbod", row, "Tittel", text(&said), "title.nn", json!(said))),
        (row.clone(), choice(&[("lokalt", "local"), ("Regionalt", "regional"), ("national", "national")]))
            .prop_map(|(row, (said, word))| ("Tilbod", row, "Rekkjevidd", text(said), "reach", json!(word))),
        (row.clone(), list).prop_map(|(row, chosen)| {
            let said = chosen.iter().map(|(said, _)| *said).collect::<Vec<_>>().join("; ");
            let words: Vec<&str> = chosen.iter().map(|(_, word)| *word).collect();
            ("Tilbod", row, "For kven", text(&said), "audience", json!(words))
        }),
        (row.clone(), day()).prop_map(|(row, day)| (
            "Gjennomføringar",
            row,
            "Slutt",
            Value::Day(day.clone()),
            "end",
            json!(day)
        )),
        (row.clone(), 2015..2030).prop_map(|(row, year)| {
            ("Gjennomføringar", row, "Start", text(&format!("{year}-haust")), "start", json!(format!("{year}-autumn")))
        }),
        (row.clone(), count()).prop_map(|(row, (said, json))| (
            "Gjennomføringar",
            row,
            "Pasientar",
            said,
            "patients",
            json
        )),
        (row.clone(), 1..40_u32).prop_map(|(row, number)| (
            "Gjennomføringar",
            row,
            "Kapasitet",
            Value::Number(f64::from(number)),
            "capacity",
            json!(number)
        )),
        (row.clone(), 1..40_u32).prop_map(|(row, half)| {
            let hours = f64::from(half) + 0.5;
            ("Kurs", row, "Timar", Value::Number(hours), "hours", json!({ "quality": "exact", "value": hours }))
        }),
        (row.clone(), day()).prop_map(|(row, day)| {
            let said: Vec<&str> = day.split('-').rev().collect();
            ("Kurs", row, "Kunngjort", text(&said.join(".")), "announced", json!(day))
        }),
        (row.clone(), choice(&[("leiar", "leader"), ("medlem", "member"), ("anna", "other")]))
            .prop_map(|(row, (said, word))| ("Plassar", row, "Rolle", text(said), "role", json!(word))),
        // An empty cell takes the key out; a list in which there is nobody is another thing.
        row.clone().prop_map(|row| ("Tilbod", row, "Form", Value::Nothing, "form", Json::Null)),
        row.clone().prop_map(|row| ("Gjennomføringar", row, "Pårørande", Value::Nothing, "relatives", Json::Null)),
        row.clone().prop_map(|row| ("Tilbod", row, "Fasar", text("ingen"), "phase", json!([]))),
        row.clone().prop_map(|row| ("Tilbod", row, "Tilvising krevst", text("ja"), "referral.required", json!(true))),
        (row, words()).prop_map(|(row, said)| ("Plassar", row, "Merknad", text(&said), "note", json!(said))),
    ]
}

/// Puts a value at a key path into what is expected; a text by the language of the workbook, unless the record has it plain.
fn expect(record: &mut Json, id: &str, key: &str, value: Json) {
    let (list, part) = match id.split('/').nth(2) {
        Some(index) if id.starts_with("members") => (Some("appointment"), index.parse().unwrap()),
        Some(index) => (Some("run"), index.parse().unwrap()),
        None => (None, 0),
    };
    let at = match list {
        Some(list) => &mut record[list][part as usize],
        None => record,
    };
    match key {
        "title.nn" if at["title"].is_string() => at["title"] = value,
        "title.nn" => at["title"]["nn"] = value,
        "note" if at["note"].is_object() => at["note"]["nn"] = value,
        "referral.required" => at["referral"]["required"] = value,
        key if value.is_null() => {
            at.as_object_mut().unwrap().remove(key);
        }
        key => at[key] = value,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_edits_arrive_as_exactly_those(edits in prop::collection::vec(cell_edit(), 1..40)) {
        let tree = copy_of("examples/fjordnett");
        let (_folder, file) = export(&tree, &["--lang", "nn"]);
        let mut expected = records(&tree.root);
        let mut book = Workbook::open(&file);
        let mut touched = std::collections::HashSet::new();
        for (sheet, row, heading, said, key, json) in &edits {
            let rows = book.rows(sheet).len() - 1;
            let id = book.rows(sheet)[1 + row % rows][0].text().to_owned();
            // A note where there was none is put in by the way of the other texts, which the next test shows.
            let own = id.splitn(3, '/').take(2).collect::<Vec<_>>().join("/");
            let part = id.split('/').nth(2).map(|index| index.parse::<usize>().unwrap());
            let is_new_text = *key == "note" && expected[&own]["appointment"][part.unwrap()].get("note").is_none();
            if !is_new_text && touched.insert((id.clone(), *key)) {
                book.put(sheet, &id, heading, said.clone());
                expect(expected.get_mut(&own).unwrap(), &id, key, json.clone());
            }
        }
        book.save(&file);
        let ran = import(&tree, &file, &["--force"]);
        prop_assert!(ran.talk.contains("to be corrected: 0"), "{}{}", ran.out, ran.talk);
        let now = records(&tree.root);
        prop_assert_eq!(now.len(), expected.len());
        for (id, record) in &expected {
            prop_assert_eq!(&now[id], record, "{}", id);
        }
        prop_assert_eq!(import(&tree, &file, &[]).code, Some(0), "twice is once");
    }
}
