//! What changed between two states of a registry: every field that was edited is told once, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use lmnet::change::{Brief, Carry, RecordChange, State, records};
use lmnet::lang::Lang;
use lmnet::registry::{ManifestRead, Registry};
use proptest::prelude::*;
use proptest::sample::Index;
use toml::{Table, Value};

type Texts = BTreeMap<PathBuf, String>;

/// The files of the fictional network.
fn example() -> Texts {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/fjordnett");
    let files = walkdir::WalkDir::new(&root).into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.path().extension().is_some_and(|end| end == "toml"));
    let files = files.filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
    let text = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(&root).unwrap().to_owned();
        (path, std::fs::read_to_string(entry.path()).unwrap())
    };
    files.map(text).collect()
}

fn registry(texts: &Texts) -> Registry {
    Registry::from_texts(texts.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())))
}

/// What is told of a change, and what could not be read after it.
fn told(old: &Texts, new: &Texts) -> (Vec<RecordChange>, Vec<String>) {
    let (mut old, mut new) = (registry(old), registry(new));
    old.leave_out_broken();
    let broken = new.leave_out_broken();
    let mut broken: Vec<String> = broken.iter().map(|(kind, id)| format!("{}/{id}", kind.word())).collect();
    if new.manifest_read() != ManifestRead::Whole {
        broken.push("lmnet.toml".to_owned());
    }
    (records(&old, &new, &Carry::of(&old, &new), Lang::Nn).0, broken)
}

fn brief(old: &Texts, new: &Texts) -> Brief {
    Brief::of(&mut registry(old), &mut registry(new), "2026-11-25".parse().unwrap(), Lang::Nn)
}

/// `offerings/kols-skule` of a path; the manifest stands for itself.
fn record_of(path: &Path) -> String {
    let folder = path.iter().next().unwrap().to_string_lossy();
    match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => folder.into_owned(),
        _ => format!("{folder}/{}", path.file_stem().unwrap().to_string_lossy()),
    }
}

/// The key paths of all single values, each with its steps. A list of words counts as one value.
fn leaves(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Table(table) => {
            for (key, value) in table {
                leaves(value, &if at.is_empty() { key.clone() } else { format!("{at}.{key}") }, found);
            }
        }
        Value::Array(values) if values.iter().any(Value::is_table) => {
            values.iter().enumerate().for_each(|(index, value)| leaves(value, &format!("{at}[{index}]"), found));
        }
        _ => found.push(at.to_owned()),
    }
}

fn at<'v>(value: &'v mut Value, path: &str) -> &'v mut Value {
    path.split('.').fold(value, |value, step| {
        let (key, index) = step.split_once('[').map_or((step, None), |(key, index)| (key, Some(index)));
        let value = &mut value[key];
        match index {
            Some(index) => &mut value[index.trim_end_matches(']').parse::<usize>().unwrap()],
            None => value,
        }
    })
}

/// Another value of the same kind.
fn other(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(format!("{text}-x")),
        Value::Integer(number) => Value::Integer(number + 1),
        Value::Float(number) => Value::Float(number + 0.5),
        Value::Boolean(flag) => Value::Boolean(!flag),
        Value::Datetime(time) => {
            let mut time = *time;
            if let Some(date) = &mut time.date {
                date.day = if date.day == 1 { 2 } else { date.day - 1 };
            }
            Value::Datetime(time)
        }
        Value::Array(values) => Value::Array(values.iter().skip(1).cloned().collect()),
        Value::Table(table) => Value::Table(table.clone()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_edited_field_is_told_once_and_nothing_else(picks in prop::collection::vec((any::<Index>(), any::<Index>()), 1..6)) {
        let old = example();
        let mut new = old.clone();
        let paths: Vec<&PathBuf> = old.keys().collect();
        let mut wanted: BTreeSet<(String, String)> = BTreeSet::new();
        for (file, leaf) in picks {
            let path = *file.get(&paths);
            if wanted.iter().any(|(record, _)| *record == record_of(path)) {
                continue;
            }
            let mut value = Value::Table(new[path].parse::<Table>().unwrap());
            let mut keys = Vec::new();
            leaves(&value, "", &mut keys);
            let key = leaf.get(&keys).clone();
            prop_assume!(key != "format");
            let place = at(&mut value, &key);
            let edited = other(place);
            prop_assume!(edited != *place);
            *place = edited;
            new.insert(path.clone(), toml::to_string(&value).unwrap());
            wanted.insert((record_of(path), key));
        }
        let (changes, broken) = told(&old, &new);
        prop_assume!(broken.is_empty());
        let mut found: Vec<(String, String)> = Vec::new();
        for change in &changes {
            prop_assert_eq!(change.state, State::Changed);
            found.extend(change.fields.iter().map(|field| (change.path.clone(), field.path.clone())));
        }
        // A value that may stand for a table or a list is told where it really stands: a little further in or out.
        let meets = |(record, key): &(String, String), (other, told): &(String, String)| {
            record == other && (told.starts_with(key.as_str()) || key.starts_with(told.as_str()))
        };
        for edit in &wanted {
            prop_assert_eq!(found.iter().filter(|field| meets(edit, field)).count(), 1, "{:?} in {:?}", edit, found);
        }
        prop_assert_eq!(found.len(), wanted.len(), "{:?} for {:?}", found, wanted);
    }
}

/// The one change that is told.
fn only(old: &Texts, new: &Texts) -> RecordChange {
    let (changes, broken) = told(old, new);
    assert_eq!((changes.len(), broken.len()), (1, 0), "{changes:#?} {broken:?}");
    changes.into_iter().next().unwrap()
}

fn edited(path: &str, edit: impl FnOnce(&str) -> String) -> (Texts, Texts) {
    let old = example();
    let mut new = old.clone();
    let text = new.get_mut(Path::new(path)).unwrap();
    *text = edit(text);
    (old, new)
}

#[test]
fn layout_comments_and_folders_change_nothing() {
    let old = example();
    let mut new = Texts::new();
    for (path, text) in &old {
        // Indented and with the line ends of Windows, where no text runs over several lines.
        let plain = !text.contains("\"\"\"");
        let again: Vec<String> =
            text.lines().map(|line| if plain { format!("  {line}  ") } else { line.to_owned() }).collect();
        // Records moved to a folder of their own keep their ids.
        let path = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.join("flytta").join(path.file_name().unwrap()),
            _ => path.clone(),
        };
        let end = if plain { "\r\n" } else { "\n" };
        new.insert(path, format!("# anna oppsett{end}{}{end}", again.join(end)));
    }
    let (changes, broken) = told(&old, &new);
    assert!(changes.is_empty() && broken.is_empty(), "{changes:#?} {broken:?}");
    assert!(brief(&old, &new).is_empty());
}

#[test]
fn a_record_with_another_id_is_renamed_and_its_references_follow() {
    let old = example();
    let mut new = old.clone();
    let text = new.remove(Path::new("offerings/kols-skule.toml")).unwrap();
    new.insert("offerings/kolsskulen.toml".into(), text.replace("KOLS-skule", "KOLS-skulen"));
    let plan = new.get_mut(Path::new("plans/fjordnett-2026.toml")).unwrap();
    *plan = plan.replace("remains-specialist = [\"kols-skule\"", "remains-specialist = [\"kolsskulen\"");
    let brief = brief(&old, &new);
    let [renamed] = &brief.records[..] else { panic!("{:#?}", brief.records) };
    assert_eq!(renamed.state, State::Renamed);
    assert_eq!(renamed.was.as_deref(), Some("offerings/kols-skule"));
    assert_eq!(renamed.path, "offerings/kolsskulen");
    assert_eq!(renamed.fields.iter().map(|field| &*field.path).collect::<Vec<_>>(), ["title.nn"]);
    let followed: Vec<_> = brief.followed.iter().map(|one| (&*one.record, &*one.key)).collect();
    assert_eq!(followed, [("plans/fjordnett-2026", "remains-specialist")]);
}

/// Every file with another id in place of one.
fn with_id(old: &Texts, was: &str, now: &str) -> Texts {
    let name = |path: &Path| path.with_file_name(path.file_name().unwrap().to_str().unwrap().replace(was, now));
    let line = |line: &str| {
        let now = line.replace(&format!("\"{was}\""), &format!("\"{now}\""));
        if line.starts_with("id = ") { line.to_owned() } else { now }
    };
    let text = |text: &str| text.lines().map(line).collect::<Vec<_>>().join("\n");
    old.iter()
        .map(|(path, words)| {
            let whole = path.file_stem().is_some_and(|stem| *stem == *was);
            (if whole { name(path) } else { path.clone() }, text(words))
        })
        .collect()
}

#[test]
fn a_new_id_and_what_names_it_are_one_change_without_any_effect() {
    let old = example();
    for (was, now) in [("vagvik", "vagvik-kommune"), ("lm-fjordnett", "lm-fjord")] {
        let new = with_id(&old, was, now);
        let brief = brief(&old, &new);
        let told: Vec<_> = brief.records.iter().map(|one| (one.state, &*one.path, one.fields.len())).collect();
        let kind = if was == "vagvik" { "organisations" } else { "networks" };
        assert_eq!(told, [(State::Renamed, &*format!("{kind}/{now}"), 0)], "{:#?}", brief.records);
        assert!(brief.followed.len() > 3, "{:#?}", brief.followed);
        let effects = &brief.effects;
        assert!(
            [&effects.figures, &effects.deadlines, &effects.seats].iter().all(|list| list.is_empty()),
            "{effects:#?}"
        );
        assert!(brief.new.is_empty() && brief.gone.fixed.is_empty(), "{:#?}", brief.new);
    }
}

#[test]
fn a_duty_with_a_new_id_is_the_same_duty() {
    let old = example();
    let (path, was) = ("agreements/mandat-fjordnett.toml", "handlingsplan");
    assert!(old[Path::new(path)].contains(&format!("id = \"{was}\"")));
    let mut new = old.clone();
    let text = new.get_mut(Path::new(path)).unwrap();
    *text = text.replace("id = \"handlingsplan\"", "id = \"planen\"");
    for text in new.values_mut() {
        *text = text.replace("mandat-fjordnett/handlingsplan", "mandat-fjordnett/planen");
    }
    let brief = brief(&old, &new);
    let fields: Vec<_> =
        brief.records.iter().flat_map(|one| &one.fields).map(|field| (&*field.path, &field.words)).collect();
    assert_eq!(fields.len(), 1, "{fields:#?}");
    assert!(fields[0].0.ends_with(".id"));
    assert_eq!(*fields[0].1, ["handlingsplan", "planen"]);
    assert!(brief.effects.deadlines.is_empty(), "{:#?}", brief.effects.deadlines);
}

#[test]
fn what_is_gone_stands_before_what_came() {
    let old = example();
    let mut new = old.clone();
    new.remove(Path::new("offerings/infomote-demens.toml")).unwrap();
    new.insert("organisations/aa-ny.toml".into(), "name = \"Ny\"\nkind = \"other\"\n".into());
    let (changes, _) = told(&old, &new);
    let told: Vec<_> = changes.iter().map(|change| (change.state, &*change.path)).collect();
    assert_eq!(told, [(State::Removed, "offerings/infomote-demens"), (State::Added, "organisations/aa-ny")]);
    assert_eq!(changes[0].whose, ["oyfjord", "innervag"]);
    assert!(changes.iter().all(|change| change.fields.is_empty()));
}

#[test]
fn a_run_that_comes_and_one_that_goes_are_told_as_such() {
    let first = "[[run]]\nid = \"2024-var\"";
    let (old, new) = edited("offerings/kols-skule.toml", |text| {
        let start = text.find(first).unwrap();
        let next = start + 1 + text[start + 1..].find("[[run]]").unwrap();
        format!("{}{}\n[[run]]\nid = \"2027-var\"\nstart = 2027-03-02\n", &text[..start], &text[next..])
    });
    let change = only(&old, &new);
    let runs = old[Path::new("offerings/kols-skule.toml")].matches("[[run]]").count();
    let told: Vec<_> =
        change.fields.iter().map(|field| (&*field.path, field.old.is_null(), field.new.is_null())).collect();
    let last = format!("run[{}]", runs - 1);
    assert_eq!(told, [("run[0]", false, true), (&*last, true, false)]);
    assert_eq!(change.fields[0].label, "Gjennomføringar, 2024-var");
}

#[test]
fn of_a_list_of_references_what_left_and_what_came_is_told() {
    let (old, new) = edited("offerings/kols-skule.toml", |text| {
        text.replace("\"pusterommet\", \"frisklivssentralen-oyfjord\"", "\"oyfjord\", \"pusterommet\"")
    });
    let field = only(&old, &new).fields.remove(0);
    assert_eq!((&*field.path, field.parts), ("partners", true));
    assert_eq!(field.words, ["Frisklivssentralen i Øyfjord", "Øyfjord"]);
}

#[test]
fn a_record_that_can_not_be_read_is_neither_gone_nor_changed() {
    let (old, new) = edited("offerings/kols-skule.toml", |text| text.replace("reach = \"regional\"", "reach = 7"));
    let (changes, broken) = told(&old, &new);
    assert!(changes.is_empty(), "{changes:#?}");
    assert_eq!(broken, ["offerings/kols-skule"]);
    let (old, new) = edited("offerings/kols-skule.toml", |text| text.replace("reach = \"regional\"", "reach = "));
    assert!(told(&old, &new).0.is_empty());
}

#[test]
fn the_manifest_is_a_record_too() {
    let (old, new) = edited("lmnet.toml", |text| text.replace("suppress-below = 5", "suppress-below = 10"));
    let change = only(&old, &new);
    assert_eq!((&*change.path, change.state), ("lmnet.toml", State::Changed));
    assert_eq!(change.fields[0].path, "publish.suppress-below");
    assert_eq!(change.fields[0].words, ["5", "10"]);
}
