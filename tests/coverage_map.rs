//! `registry/COVERAGE.md` is true: each row of the source documents stands in it once, what it points to is there, and
//! nothing that the agreements demand is left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use lmnet::model;
use lmnet::read::{FieldInfo, Shape};
use toml::{Table, Value};

const COVERAGE: &str = include_str!("../registry/COVERAGE.md");
const BEYOND: &str = "\n## Beyond the rows\n";

#[test]
fn every_row_stands_once_with_what_carries_it() {
    let rows = rows();
    let ids: Vec<&str> = rows.iter().map(|row| row.id).collect();
    let expected: Vec<String> = (1..=195).map(|number| format!("R{number:03}")).collect();
    assert_eq!(ids, expected);
    for Row { id, says, carried, .. } in rows {
        assert!(!says.is_empty(), "{id} says nothing");
        let pointers = pointers(carried);
        assert!(!pointers.is_empty(), "{id} is carried by nothing");
        let words: String = carried.split('`').step_by(2).collect();
        let is_empty = pointers == ["nothing"];
        assert_eq!(is_empty, id == "R098", "{id}: only R098 asks for nothing");
        assert_eq!(is_empty, !words.trim().is_empty(), "{id}: a reason, and words only for one: {words}");
    }
}

#[test]
fn every_pointer_leads_to_something() {
    let registry = Registry::load();
    let mut all = all_pointers(COVERAGE);
    assert!(all.remove("nothing") && all.len() > 400, "{} pointers", all.len());
    let lost: Vec<String> = all.into_iter().filter_map(|pointer| registry.follow(pointer).err()).collect();
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

#[test]
fn a_wrong_pointer_leads_nowhere() {
    let registry = Registry::load();
    for wrong in [
        "duty saeravtale-lm-bergen/leiar",
        "duty no-such-agreement/rapport",
        "seat mandat-fonna/arsrapport",
        "record organisations/no-such-organisation",
        "record saeravtale-lm-bergen",
        "field agreements/saeravtale-lm-bergen notice.length",
        "field agreements/saeravtale-lm-bergen under[7].clause",
        "field agreements/saeravtale-lm-bergen seat[no-such-seat].term",
        "field agreements/saeravtale-lm-bergen under[0].clause = 5.14",
        "field agreements/saeravtale-lm-bergen",
        "figure reports/lms-nord-2016 runs",
        "figure reports/fousam-2017 fte",
        "figure reports/fousam-2017 fte[2]",
        "key offerings colour",
        "key offerings form.peer",
        "key offerings form = telepathy",
        "key no-such-folder title",
        "nothing",
        "duties saeravtale-lm-bergen/rapport",
    ] {
        assert!(registry.follow(wrong).is_err(), "{wrong} leads somewhere");
    }
}

#[test]
fn every_obligation_and_seat_is_pointed_at() {
    let (in_rows, beyond) = COVERAGE.split_once(BEYOND).unwrap();
    let (in_rows, beyond) = (all_pointers(in_rows), all_pointers(beyond));
    let demands = Registry::load().demands();
    assert!(demands.len() > 140, "{} seats and obligations", demands.len());
    let forgotten: Vec<&String> =
        demands.iter().filter(|path| !in_rows.contains(path.as_str()) && !beyond.contains(path.as_str())).collect();
    assert!(forgotten.is_empty(), "no row points at {forgotten:?}");
    let twice: Vec<&&str> = beyond.intersection(&in_rows).collect();
    assert!(twice.is_empty(), "not beyond the rows: {twice:?}");
}

#[test]
fn what_carries_a_row_fits_what_it_asks_for() {
    let registry = Registry::load();
    for Row { id, check, carried, .. } in rows() {
        let pointers = pointers(carried);
        let judged = |pointer: &&str| registry.follow(pointer).is_ok_and(|found| found.judged);
        for letter in check.split(", ") {
            match letter {
                "A" | "D" => assert!(pointers.iter().any(|at| !judged(at)), "{id} is only judged"),
                "H" => {
                    assert!(pointers.iter().any(judged), "{id} is for a person to judge, and no such duty carries it")
                }
                "–" => assert_eq!(check, "–", "{id}"),
                _ => panic!("{id} asks for {check}"),
            }
        }
    }
}

#[test]
fn a_judged_duty_carries_a_row_that_leaves_room_for_judgement() {
    let registry = Registry::load();
    // What these ask for is computed from other keys; the duty beside them holds the wording.
    let computed_elsewhere = ["R026", "R065"];
    for Row { id, check, carried, .. } in rows() {
        let judged = pointers(carried).into_iter().any(|at| registry.follow(at).is_ok_and(|found| found.judged));
        let asks_program = (check.contains('A') || check.contains('D')) && !check.contains('H');
        assert_eq!(judged && asks_program, computed_elsewhere.contains(&id), "{id} ({check})");
    }
}

#[test]
fn comments_in_the_agreements_name_the_rows_that_point_there() {
    let rows: BTreeMap<&str, Vec<&str>> = rows().iter().map(|row| (row.id, pointers(row.carried))).collect();
    let beyond = all_pointers(COVERAGE.split_once(BEYOND).unwrap().1);
    let mut problems = Vec::new();
    for (agreement, text) in agreement_texts() {
        for (form, id, named) in commented_parts(&text) {
            let pointer = format!("{form} {agreement}/{id}");
            if named.is_empty() != beyond.contains(&*pointer) {
                problems.push(format!("{pointer}: a comment names {named:?}"));
            }
            let points = |row: &&String| rows.get(&***row).is_some_and(|pointers| pointers.contains(&&*pointer));
            problems.extend(named.iter().filter(|row| !points(row)).map(|row| format!("{row} is not {pointer}")));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// A line of a table with rows of the documents.
struct Row {
    id: &'static str,
    says: &'static str,
    check: &'static str,
    carried: &'static str,
}

fn rows() -> Vec<Row> {
    let lines = COVERAGE.lines().filter(|line| line.starts_with("| R"));
    lines
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            let [id, says, check, carried] = cells[..] else { panic!("not four cells: {line}") };
            Row { id, says, check, carried }
        })
        .collect()
}

/// The pointers of all tables in a text.
fn all_pointers(text: &str) -> BTreeSet<&str> {
    text.lines().filter(|line| line.starts_with("| ")).flat_map(pointers).collect()
}

/// What stands in backticks.
fn pointers(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// Files of the registry, read without the program.
struct Registry {
    /// Records as `folder/id`.
    records: BTreeMap<String, Table>,
}

/// What a pointer leads to.
#[derive(Debug, Default)]
struct Found {
    /// Whether it is a duty that a person has to judge.
    judged: bool,
}

impl Registry {
    fn load() -> Self {
        let mut files = Vec::new();
        gather(&registry(), &mut files);
        let record = |(path, text): (String, String)| {
            let (folder, name) = (path.split('/').next().unwrap(), path.rsplit('/').next().unwrap());
            let table = text.parse().unwrap_or_else(|error| panic!("{path}: {error}"));
            (format!("{folder}/{name}"), table)
        };
        Self { records: files.into_iter().map(record).collect() }
    }

    /// Every seat and obligation of every agreement, as pointers to it.
    fn demands(&self) -> Vec<String> {
        let mut demands = Vec::new();
        for (path, agreement) in self.records.iter().filter(|(path, _)| path.starts_with("agreements/")) {
            for (form, list) in [("seat", "seat"), ("duty", "obligation")] {
                for part in agreement.get(list).and_then(Value::as_array).into_iter().flatten() {
                    let id = part["id"].as_str().unwrap();
                    demands.push(format!("{form} {}/{id}", path.strip_prefix("agreements/").unwrap()));
                }
            }
        }
        demands
    }

    fn follow(&self, pointer: &str) -> Result<Found, String> {
        let (form, rest) = pointer.split_once(' ').ok_or_else(|| format!("{pointer}: points at nothing"))?;
        let found = match form {
            "duty" => self.part("obligation", rest),
            "seat" => self.part("seat", rest),
            "record" => self.record(rest).map(|_| Found::default()),
            "field" => self.field(rest),
            "figure" => self.figure(rest),
            "key" => key(rest),
            _ => Err("no such form of pointer".to_owned()),
        };
        found.map_err(|why| format!("{pointer}: {why}"))
    }

    fn record(&self, path: &str) -> Result<&Table, String> {
        self.records.get(path).ok_or_else(|| format!("there is no {path}"))
    }

    fn part(&self, list: &str, path: &str) -> Result<Found, String> {
        let (agreement, id) = path.split_once('/').ok_or("no agreement and id")?;
        let agreement = self.record(&format!("agreements/{agreement}"))?;
        let parts = agreement.get(list).and_then(Value::as_array).ok_or("the agreement has none")?;
        let part = parts.iter().find(|part| is(part, "id", id)).ok_or("not in the agreement")?;
        for key in ["clause", "text"] {
            part.get(key).filter(|value| !is_empty(value)).ok_or_else(|| format!("without {key}"))?;
        }
        Ok(Found { judged: part.get("judged").and_then(Value::as_bool).unwrap_or_default() })
    }

    fn field(&self, rest: &str) -> Result<Found, String> {
        let (place, wanted) = rest.split_once(" = ").map_or((rest, None), |(place, wanted)| (place, Some(wanted)));
        let (record, path) = place.split_once(' ').ok_or("no key")?;
        let root = Value::Table(self.record(record)?.clone());
        let mut value = &root;
        for step in path.split('.') {
            let (key, place) = bracketed(step)?;
            value = value.get(key).ok_or_else(|| format!("there is no {key}"))?;
            if let Some(place) = place {
                let list = value.as_array().ok_or_else(|| format!("{key} is no list"))?;
                let found = match place.parse::<usize>() {
                    Ok(index) => list.get(index),
                    Err(_) => list.iter().find(|part| is(part, "id", place)),
                };
                value = found.ok_or_else(|| format!("{key} has no {place}"))?;
            }
        }
        let written = match value {
            Value::String(text) => text.clone(),
            Value::Integer(number) => number.to_string(),
            Value::Boolean(flag) => flag.to_string(),
            Value::Datetime(day) => day.to_string(),
            _ => String::new(),
        };
        match wanted {
            _ if is_empty(value) => Err("empty".to_owned()),
            Some(wanted) if wanted != written => Err(format!("{written} stands there")),
            _ => Ok(Found::default()),
        }
    }

    fn figure(&self, rest: &str) -> Result<Found, String> {
        let (report, measure) = rest.split_once(' ').ok_or("no measure")?;
        let (measure, index) = bracketed(measure)?;
        let figures = self.record(report)?.get("figure").and_then(Value::as_array).ok_or("no figures")?;
        let figures: Vec<_> = figures.iter().filter(|figure| is(figure, "measure", measure)).collect();
        let index = match index {
            Some(index) => index.parse::<usize>().map_err(|error| error.to_string())?,
            None if figures.len() > 1 => return Err("several such figures".to_owned()),
            None => 0,
        };
        figures.get(index).and_then(|figure| figure.get("value")).ok_or("no such figure with a value")?;
        Ok(Found::default())
    }
}

/// A key that records of a kind may have, and a word of its list.
fn key(rest: &str) -> Result<Found, String> {
    let (place, word) = rest.split_once(" = ").map_or((rest, None), |(place, word)| (place, Some(word)));
    let (folder, path) = place.split_once(' ').ok_or("no key")?;
    let mut fields = match folder {
        "organisations" => model::Organisation::fields(),
        "agreements" => model::Agreement::fields(),
        "networks" => model::Network::fields(),
        "members" => model::Member::fields(),
        "offerings" => model::Offering::fields(),
        "courses" => model::Course::fields(),
        "meetings" => model::Meeting::fields(),
        "plans" => model::Plan::fields(),
        "reports" => model::Report::fields(),
        "matters" => model::Matter::fields(),
        _ => return Err(format!("there is no folder {folder}")),
    };
    let mut words: Vec<&str> = Vec::new();
    for step in path.split('.') {
        let field = fields.into_iter().find(|field| field.key == step);
        (fields, words) = inside(&field.ok_or_else(|| format!("there is no key {step}"))?.shape);
    }
    match word {
        Some(word) if !words.contains(&word) => Err(format!("{word} is none of {words:?}")),
        _ => Ok(Found::default()),
    }
}

/// The keys and the words that may stand under a key.
fn inside(shape: &Shape) -> (Vec<FieldInfo>, Vec<&'static str>) {
    match shape {
        Shape::List(each) => inside(each),
        Shape::Either(short, long) => {
            let (short, long) = (inside(short), inside(long));
            (short.0.into_iter().chain(long.0).collect(), [short.1, long.1].concat())
        }
        Shape::Table(fields) => (fields(), Vec::new()),
        Shape::Choice(words, _) => (Vec::new(), words.to_vec()),
        _ => (Vec::new(), Vec::new()),
    }
}

/// `seat[leiar]` is `seat` and `leiar`.
fn bracketed(step: &str) -> Result<(&str, Option<&str>), String> {
    match step.split_once('[') {
        None => Ok((step, None)),
        Some((key, place)) => {
            let place = place.strip_suffix(']').ok_or_else(|| format!("{step} is not closed"))?;
            Ok((key, Some(place)))
        }
    }
}

fn is(part: &Value, key: &str, wanted: &str) -> bool {
    part.get(key).and_then(Value::as_str) == Some(wanted)
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Table(table) => table.is_empty(),
        _ => false,
    }
}

/// Where the registry lies.
fn registry() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("registry")
}

/// The records below a folder: paths without the ending, and texts.
fn gather(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "toml") && !path.ends_with("lmnet.toml") {
            let inside = path.strip_prefix(registry()).unwrap().with_extension("");
            found.push((inside.to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap()));
        }
    }
}

fn agreement_texts() -> Vec<(String, String)> {
    let mut files = Vec::new();
    gather(&registry().join("agreements"), &mut files);
    let id = |path: String| path.rsplit('/').next().unwrap().to_owned();
    files.into_iter().map(|(path, text)| (id(path), text)).collect()
}

/// The seats and obligations of an agreement, each with the rows that the comment right above it begins with.
fn commented_parts(text: &str) -> Vec<(&'static str, String, Vec<String>)> {
    let mut parts: Vec<(&str, String, Vec<String>)> = Vec::new();
    let mut rows: Vec<String> = Vec::new();
    let mut open: Option<&str> = None;
    for line in text.lines() {
        if let Some(comment) = line.strip_prefix("# ") {
            for piece in comment.split(", ") {
                let word = piece.split([':', '.']).next().unwrap_or_default();
                rows.extend(Some(word.to_owned()).filter(|word| is_row(word)));
                if word != piece {
                    break;
                }
            }
        } else if line.starts_with("[[") {
            open = match line {
                "[[seat]]" => Some("seat"),
                "[[obligation]]" => Some("duty"),
                _ => None,
            };
        } else if let (Some(form), Some(id)) = (open, line.strip_prefix("id = ")) {
            parts.push((form, id.trim_matches('"').to_owned(), std::mem::take(&mut rows)));
            open = None;
        } else {
            rows.clear();
        }
    }
    parts
}

fn is_row(word: &str) -> bool {
    word.strip_prefix('R').is_some_and(|number| number.len() == 3 && number.chars().all(|char| char.is_ascii_digit()))
}
