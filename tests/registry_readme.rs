//! The README of the registry is true: it names every key and every word that a record may have, and no others, and its
//! examples are registries in which nothing is to be found.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::Tree;
use lmnet::lang::Lang;
use lmnet::model;
use lmnet::read::{FieldInfo, Shape};

const README: &str = include_str!("../registry/README.md");

/// What each kind of record may hold, by its folder.
fn kinds() -> [(&'static str, Vec<FieldInfo>); 10] {
    [
        ("organisations", model::Organisation::fields()),
        ("agreements", model::Agreement::fields()),
        ("networks", model::Network::fields()),
        ("members", model::Member::fields()),
        ("offerings", model::Offering::fields()),
        ("courses", model::Course::fields()),
        ("meetings", model::Meeting::fields()),
        ("plans", model::Plan::fields()),
        ("reports", model::Report::fields()),
        ("matters", model::Matter::fields()),
    ]
}

/// A row of a table: its cells, without the bars.
type Row = Vec<String>;

/// The tables of the README by the anchors of the headings above them.
fn tables() -> BTreeMap<String, Vec<Row>> {
    let mut tables: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    let mut anchor = String::new();
    let reference = README.split_once("\n## Nøklar").unwrap().1;
    for line in reference.lines() {
        if line.starts_with('#') {
            anchor = anchor_of(line);
        } else if let Some(row) = line.strip_prefix("| ").and_then(|row| row.strip_suffix(" |"))
            && (row.starts_with('`') || row.starts_with("**`"))
        {
            tables.entry(anchor.clone()).or_default().push(row.split(" | ").map(str::to_owned).collect());
        }
    }
    tables
}

/// The anchor that GitHub gives a heading: small letters and digits, hyphens for blanks.
fn anchor_of(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = text.chars().filter(|char| char.is_alphanumeric() || matches!(char, ' ' | '-'));
    kept.map(|char| if char == ' ' { '-' } else { char }).collect()
}

/// The key of a row, which stands between the first two backticks.
fn key(row: &Row) -> &str {
    row[0].split('`').nth(1).unwrap()
}

/// The anchors that a cell links to.
fn links(cell: &str) -> Vec<&str> {
    cell.split("](#").skip(1).map(|rest| rest.split(')').next().unwrap()).collect()
}

/// Holds tables of the README against the model, and remembers which it met.
struct Comparison {
    tables: BTreeMap<String, Vec<Row>>,
    met: BTreeSet<String>,
    problems: Vec<String>,
}

impl Comparison {
    fn table(&mut self, anchor: &str, fields: &[FieldInfo], common: &[&str]) {
        self.met.insert(anchor.to_owned());
        let Some(rows) = self.tables.get(anchor).cloned() else {
            return self.problems.push(format!("there is no table #{anchor}"));
        };
        let told: BTreeSet<&str> = rows.iter().map(key).collect();
        let known: BTreeSet<&str> = fields.iter().map(|field| field.key).filter(|key| !common.contains(key)).collect();
        if told != known {
            self.problems.push(format!("#{anchor} has {told:?}\n  the model {known:?}"));
        }
        for field in fields {
            let Some(row) = rows.iter().find(|row| key(row) == field.key) else { continue };
            if row[0].starts_with("**") != field.required || row[0].ends_with("\\*") != field.required {
                self.problems.push(format!("#{anchor} {}: must it be there or not?", field.key));
            }
            if row.len() != 5 || row.iter().any(|cell| cell.trim().is_empty()) {
                self.problems.push(format!("#{anchor} {}: a language is missing: {row:?}", field.key));
            }
            self.shape(&format!("#{anchor} {}", field.key), &row[1], &field.shape);
        }
    }

    fn shape(&mut self, place: &str, cell: &str, shape: &Shape) {
        let (words, tables): (Vec<&str>, Vec<&str>) =
            links(cell).into_iter().partition(|link| link.starts_with("words-"));
        match shape {
            Shape::List(each) => self.shape(place, cell, each),
            Shape::Either(short, long) => {
                self.shape(place, cell, short);
                self.shape(place, cell, long);
            }
            Shape::Table(fields) => match tables[..] {
                [anchor] if self.met.contains(anchor) && !anchor.starts_with("shared-") => {}
                [anchor] => self.table(anchor, &fields(), &[]),
                _ => self.problems.push(format!("{place}: no link to its keys, but {cell}")),
            },
            Shape::Choice(choices, label) => match words[..] {
                [anchor] => {
                    self.met.insert(anchor.to_owned());
                    let row = |at: usize, word: &str| {
                        let said = |lang| label(at).map_or("", |label| label.get(lang));
                        [&format!("`{word}`"), said(Lang::Nn), said(Lang::Nb), said(Lang::En)]
                            .map(str::to_owned)
                            .to_vec()
                    };
                    let known: Vec<Row> = choices.iter().enumerate().map(|(at, word)| row(at, word)).collect();
                    let told = self.tables.get(anchor).cloned().unwrap_or_default();
                    if told != known {
                        self.problems.push(format!("{place}: #{anchor} has {told:?}\n  the model {known:?}"));
                    }
                }
                // A few words stand in the cell itself.
                [] if choices.iter().all(|word| cell.contains(&format!("\"{word}\""))) => {}
                _ => self.problems.push(format!("{place}: no link to its words, but {cell}")),
            },
            _ => {}
        }
    }
}

#[test]
fn every_key_and_every_word_stands_in_the_readme_and_no_others() {
    let mut comparison = Comparison { tables: tables(), met: BTreeSet::new(), problems: Vec::new() };
    let every_record = "alle-postar-alle-poster-every-record";
    let common: Vec<String> = comparison.tables[every_record].iter().map(|row| key(row).to_owned()).collect();
    let common: Vec<&str> = common.iter().map(String::as_str).collect();
    assert!(common.len() >= 4, "{common:?}");
    for (kind, fields) in kinds() {
        comparison.table(kind, &fields, &common);
        let shared: Vec<FieldInfo> = fields.into_iter().filter(|field| common.contains(&field.key)).collect();
        comparison.table(every_record, &shared, &[]);
    }
    comparison.table("lmnettoml", &model::Manifest::fields(), &[]);
    let unused: Vec<&String> = comparison.tables.keys().filter(|anchor| !comparison.met.contains(*anchor)).collect();
    assert!(unused.is_empty(), "tables of nothing: {unused:?}");
    assert!(comparison.problems.is_empty(), "{}", comparison.problems.join("\n"));
    assert!(comparison.met.len() > 60, "{} tables and lists of words are held against the model", comparison.met.len());
}

#[test]
fn what_no_table_holds_is_told_in_words() {
    let tables = tables();
    let rules = tables["lmnettoml"].iter().find(|row| key(row) == "rules").unwrap();
    for level in model::Level::WORDS {
        assert!(rules[2..].iter().all(|cell| cell.contains(level)), "{level} of rules, in each language");
    }
    for section in ["\n## Nynorsk\n", "\n## Bokmål\n", "\n## English\n"] {
        let section = README.split_once(section).unwrap().1.split("\n## ").next().unwrap();
        for word in [
            "at-least",
            "about",
            "\"not-recorded\"",
            "words =",
            "-spring\"",
            "-autumn\"",
            "day, week, month, semester, year",
        ] {
            assert!(section.contains(word), "{word}");
        }
        for (kind, _) in kinds() {
            assert!(section.contains(&format!("| `{kind}/` |")), "{kind} among the folders");
        }
    }
}

#[test]
fn every_link_inside_the_readme_leads_to_a_heading() {
    let mut anchors = BTreeSet::new();
    for heading in README.lines().filter(|line| line.starts_with('#')) {
        let anchor = anchor_of(heading);
        // The second heading of the same words gets -1, and so on.
        let again = (1..).map(|number| format!("{anchor}-{number}")).find(|next| !anchors.contains(next));
        let anchor = if anchors.contains(&anchor) { again.unwrap() } else { anchor };
        anchors.insert(anchor);
    }
    let lost: Vec<&str> = links(README).into_iter().filter(|link| !anchors.contains(*link)).collect();
    assert!(links(README).len() > 100);
    assert!(lost.is_empty(), "{lost:?}");
}

/// The examples of one language: files with their paths, and pieces without one.
fn examples(section: &str) -> (Vec<(String, String)>, Vec<String>) {
    let section = README.split_once(section).unwrap().1.split("\n## ").next().unwrap();
    let (mut files, mut pieces) = (Vec::new(), Vec::new());
    let mut before = "";
    for (at, part) in section.split("```").enumerate() {
        match part.strip_prefix("toml\n").filter(|_| at % 2 == 1) {
            None => before = part,
            Some(text) => {
                let line = before.trim_end().lines().next_back().unwrap_or_default();
                let path = line.strip_prefix('`').and_then(|line| line.strip_suffix("`:"));
                match path {
                    Some(path) => files.push((path.to_owned(), text.to_owned())),
                    None if text.contains("format = 1") => files.push(("lmnet.toml".to_owned(), text.to_owned())),
                    None => pieces.push(text.to_owned()),
                }
            }
        }
    }
    (files, pieces)
}

const SECTIONS: [&str; 3] = ["\n## Nynorsk\n", "\n## Bokmål\n", "\n## English\n"];

#[test]
fn the_examples_of_each_language_are_a_registry_in_which_nothing_is_to_be_found() {
    for section in SECTIONS {
        let (files, pieces) = examples(section);
        let tree = Tree::empty();
        for (path, text) in &files {
            tree.file(path, text);
        }
        // The one whole record without a path is that of a user representative.
        let member = pieces.iter().find(|text| text.contains("[[appointment]]")).unwrap();
        tree.file("members/brukarrepresentant.toml", member);
        let check = tree.check();
        assert_eq!((check.code, check.rules()), (Some(0), Vec::new()), "{section}: {:?}", check.findings);
        let folders: BTreeSet<&str> = files.iter().filter_map(|(path, _)| Some(path.split_once('/')?.0)).collect();
        assert_eq!(folders, kinds().map(|(kind, _)| kind).into_iter().collect(), "{section}: an example of each kind");
        assert_eq!(
            check.number("records"),
            files.len() as u64,
            "{section}: each file but the manifest, and the member"
        );
    }
}

/// The keys of a value, at whatever depth, but the languages of texts.
fn keys_of(value: &toml::Value, found: &mut Vec<String>) {
    match value {
        toml::Value::Array(values) => values.iter().for_each(|value| keys_of(value, found)),
        toml::Value::Table(table) => {
            for (key, value) in table.iter().filter(|(key, _)| !["nn", "nb", "en"].contains(&key.as_str())) {
                found.push(key.clone());
                keys_of(value, found);
            }
        }
        _ => {}
    }
}

fn keys(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    keys_of(&toml::Value::Table(text.parse().unwrap_or_else(|error| panic!("{error}\n{text}"))), &mut found);
    found
}

#[test]
fn the_languages_have_the_same_examples() {
    let shape = |section| {
        let (files, pieces) = examples(section);
        let files: Vec<_> = files.into_iter().map(|(path, text)| (path, keys(&text))).collect();
        (files, pieces.iter().map(|text| keys(text)).collect::<Vec<_>>())
    };
    let nynorsk = shape(SECTIONS[0]);
    assert!(nynorsk.0.len() >= 12 && nynorsk.1.len() >= 4);
    assert_eq!(shape(SECTIONS[1]), nynorsk);
    assert_eq!(shape(SECTIONS[2]), nynorsk);
}

#[test]
fn pieces_have_keys_that_records_have() {
    fn gather(fields: &[FieldInfo], known: &mut BTreeSet<&'static str>) {
        fn inside(shape: &Shape, known: &mut BTreeSet<&'static str>) {
            match shape {
                Shape::List(each) => inside(each, known),
                Shape::Either(short, long) => [short, long].into_iter().for_each(|shape| inside(shape, known)),
                Shape::Table(fields) => gather(&fields(), known),
                _ => {}
            }
        }
        for field in fields {
            known.insert(field.key);
            inside(&field.shape, known);
        }
    }
    let mut known: BTreeSet<&str> = ["at-least", "about", "words"].into();
    kinds().iter().for_each(|(_, fields)| gather(fields, &mut known));
    for piece in SECTIONS.into_iter().flat_map(|section| examples(section).1) {
        for key in keys(&piece) {
            assert!(known.contains(&*key), "{key} in\n{piece}");
        }
    }
}
