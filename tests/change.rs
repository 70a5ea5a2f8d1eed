//! What changed between two states of a registry: every field that was edited is told once, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use lmnet::change::{Brief, Carry, Met, RecordChange, Shown, State, document, records};
use lmnet::check::Silence;
use lmnet::lang::Lang;
use lmnet::names::Names;
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
    let broken = unread(&mut new);
    (records(&old, &new, &Carry::of(&old, &new), Lang::Nn).0, broken)
}

/// The records of a registry that cannot be read; they are taken out of it.
fn unread(registry: &mut Registry) -> Vec<String> {
    let broken = registry.leave_out_broken();
    let mut broken: Vec<String> = broken.iter().map(|(kind, id)| format!("{}/{id}", kind.word())).collect();
    if matches!(registry.manifest_read(), ManifestRead::Partly | ManifestRead::OtherFormat) {
        broken.push("lmnet.toml".to_owned());
    }
    broken
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

/// The steps to a value. A key may have full stops in it, as conditions have.
#[derive(Debug, Clone)]
enum Step {
    Key(String),
    Index(usize),
}

/// Where all single values stand. A list of words counts as one value.
fn leaves(value: &Value, at: &[Step], found: &mut Vec<Vec<Step>>) {
    match value {
        Value::Table(table) => {
            for (key, value) in table {
                leaves(value, &[at, &[Step::Key(key.clone())]].concat(), found);
            }
        }
        Value::Array(values) if values.iter().any(Value::is_table) => {
            for (index, value) in values.iter().enumerate() {
                leaves(value, &[at, &[Step::Index(index)]].concat(), found);
            }
        }
        _ => found.push(at.to_owned()),
    }
}

fn at<'v>(value: &'v mut Value, steps: &[Step]) -> &'v mut Value {
    steps.iter().fold(value, |value, step| match step {
        Step::Key(key) => &mut value[&**key],
        Step::Index(index) => &mut value[*index],
    })
}

/// The steps as a change tells them.
fn written(steps: &[Step]) -> String {
    let words = steps.iter().map(|step| match step {
        Step::Key(key) => format!(".{key}"),
        Step::Index(index) => format!("[{index}]"),
    });
    words.collect::<String>().trim_start_matches('.').to_owned()
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
            leaves(&value, &[], &mut keys);
            let steps = leaf.get(&keys);
            let place = at(&mut value, steps);
            let edited = other(place);
            if edited == *place {
                continue;
            }
            *place = edited;
            // An edit that makes the record unreadable is no change of a field.
            let text = toml::to_string(&value).unwrap();
            if !unread(&mut registry(&Texts::from([(path.clone(), text.clone())]))).is_empty() {
                continue;
            }
            new.insert(path.clone(), text);
            wanted.insert((record_of(path), written(steps)));
        }
        let (changes, broken) = told(&old, &new);
        prop_assert!(broken.is_empty());
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

/// The words of every field that is told, under their labels.
fn labelled(old: &Texts, new: &Texts) -> Vec<(String, [String; 2])> {
    let fields = brief(old, new).records.into_iter().flat_map(|record| record.fields);
    fields.map(|field| (field.label, field.words)).collect()
}

fn pair(label: &str, old: &str, new: &str) -> (String, [String; 2]) {
    (label.to_owned(), [old.to_owned(), new.to_owned()])
}

#[test]
fn what_can_not_be_read_is_told_and_has_no_effect() {
    let skule = "offerings/kols-skule.toml";
    let (old, broken) = edited(skule, |text| text.replace("reach = \"regional\"", "reach = \"galactic\""));
    let mut again = broken.clone();
    let text = again.get_mut(Path::new(skule)).unwrap();
    *text = text.replace("KOLS-skule", "KOLS-skulen");
    let mut gone = old.clone();
    gone.remove(Path::new(skule));
    for (before, now, met) in [
        (&old, &broken, [Met::Read, Met::Lost]),
        (&broken, &old, [Met::Lost, Met::Read]),
        (&broken, &again, [Met::Lost, Met::Lost]),
        (&broken, &gone, [Met::Lost, Met::Absent]),
        (&gone, &broken, [Met::Absent, Met::Lost]),
    ] {
        let brief = brief(before, now);
        assert!(brief.records.is_empty() && !brief.is_empty(), "{:#?}", brief.records);
        let effects = &brief.effects;
        assert!(effects.figures.is_empty() && effects.deadlines.is_empty() && effects.seats.is_empty(), "{effects:#?}");
        let told: Vec<_> = brief.unread.iter().map(|one| (&*one.record, one.met, one.changed)).collect();
        assert_eq!(told, [("offerings/kols-skule", met, true)]);
    }
    assert!(brief(&broken, &broken).is_empty());
    // Also under another id.
    let mut renamed = broken.clone();
    let text = renamed.remove(Path::new(skule)).unwrap();
    renamed.insert("offerings/kolsskulen.toml".into(), text);
    for (before, now) in [(&old, &renamed), (&renamed, &old)] {
        let brief = brief(before, now);
        assert_eq!((brief.records.len(), brief.unread.len(), brief.effects.figures.len()), (0, 1, 0), "{brief:#?}");
    }
}

#[test]
fn a_manifest_that_can_not_be_read_changes_no_finding_but_its_own() {
    for (was, now, comparable) in [
        ("format = 1", "format = ", true),
        ("id = \"kols\"\n", "", true),
        ("stray-file = \"error\"", "stray-file = \"eror\"", true),
        ("format = 1", "format = 2", false),
    ] {
        let (old, new) = edited("lmnet.toml", |text| text.replacen(was, now, 1));
        for (before, after) in [(&old, &new), (&new, &old)] {
            let brief = brief(before, after);
            assert_eq!((brief.records.len(), brief.comparable), (0, comparable), "{now}: {:#?}", brief.records);
            let effects = &brief.effects;
            assert!(
                [&effects.figures, &effects.deadlines, &effects.seats].iter().all(|list| list.is_empty()),
                "{effects:#?}"
            );
            let found: Vec<_> = brief.new.iter().chain(&brief.gone.fixed).map(|one| &*one.place.path).collect();
            assert_eq!(found, ["lmnet.toml"], "{now}");
            assert_eq!(brief.unread[0].record, "lmnet.toml");
        }
    }
}

#[test]
fn a_registry_that_gets_a_manifest_gets_a_record() {
    let new = example();
    let mut old = new.clone();
    old.remove(Path::new("lmnet.toml"));
    for (before, after, state) in [(&old, &new, State::Added), (&new, &old, State::Removed)] {
        let told: Vec<_> = brief(before, after).records.into_iter().map(|one| (one.state, one.path)).collect();
        assert_eq!(told, [(state, "lmnet.toml".to_owned())]);
    }
}

#[test]
fn a_flag_that_is_taken_back_is_no() {
    let (old, new) = edited("offerings/kols-skule.toml", |text| text.replace("required = true", "required = false"));
    let field = only(&old, &new).fields.remove(0);
    assert_eq!((field.words, field.new), (["ja".to_owned(), "nei".to_owned()], false.into()));
    // The model does not tell a flag that is not set from one that is not stated.
    let (old, new) = edited("offerings/frisklivssamtale.toml", |text| text.replace("required = false\n", ""));
    assert!(old != new && told(&old, &new).0.is_empty());
}

#[test]
fn an_element_is_named_by_what_tells_it_from_the_others() {
    let (old, new) = edited("networks/lm-fjordnett.toml", |text| {
        text.replace("\"reinvik\", area = \"oyane\"", "\"reinvik\", area = \"oyane\", to = 2026-12-31").replace(
            "\"samarbeidsavtale-ytterkyst\", from = 2023-01-01",
            "\"samarbeidsavtale-ytterkyst\", from = 2023-02-01",
        )
    });
    assert_eq!(
        labelled(&old, &new),
        [
            pair("Partar, Reinvik: Til", "", "2026-12-31"),
            pair("Styrt av, Samarbeidsavtale for Ytterkyst: Frå", "2023-01-01", "2023-02-01"),
        ]
    );
    let sent = "sent = [{ to = \"samhandlingssekretariatet\", on = 2024-11-28 }, { to = \"samhandlingssekretariatet\", on = 2024-12-01 }]";
    let (mut old, _) = edited("plans/fjordnett-2025.toml", ToOwned::to_owned);
    let text = old.get_mut(Path::new("plans/fjordnett-2025.toml")).unwrap();
    *text = text.replace("sent = [{ to = \"samhandlingssekretariatet\", on = 2024-11-28 }]", sent);
    let mut new = old.clone();
    let text = new.get_mut(Path::new("plans/fjordnett-2025.toml")).unwrap();
    *text = text.replace("2024-12-01", "2024-12-02");
    assert_eq!(
        labelled(&old, &new),
        [pair("Sendt, Samhandlingssekretariatet, 2024-12-02: Dato", "2024-12-01", "2024-12-02")]
    );
}

#[test]
fn a_new_duty_is_told_with_who_and_when() {
    let duty = "\n[[obligation]]\nid = \"ny\"\ntext = \"TEKST\"\nby = { each = [\"municipality\"] }\nreceiver = \
                [\"samhandlingssekretariatet\"]\nevery = \"year\"\ndue = \"10-31\"\nevidence = { record = \"meeting\", \
                where = { kind = \"cooperation-meeting\" } }\n";
    let text = "Kvar kommune skal melde kva ho treng, ".repeat(8);
    let (old, new) =
        edited("agreements/mandat-fjordnett.toml", |whole| whole.to_owned() + &duty.replace("TEKST", &text));
    let [(label, [_, words])] = &labelled(&old, &new)[..] else { panic!() };
    assert_eq!(label, "Plikter, ny");
    for part in [
        "kommune,",
        "mottakarar: Samhandlingssekretariatet",
        "frist: 31. oktober",
        "dokumentasjon: møte (type: samarbeidsmøte)",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
}

#[test]
fn texts_conditions_rules_and_orders_are_told_in_words() {
    let (old, new) = edited("offerings/kols-skule.toml", |text| {
        let title = text.lines().find(|line| line.starts_with("title = ")).unwrap();
        text.replacen(title, "title = \"KOLS-skule\"", 1)
    });
    let words = &labelled(&old, &new)[0].1;
    assert!(words[0].contains("nb: ") && words[0].contains("en: ") && words[1] == "KOLS-skule", "{words:?}");

    let (old, new) = edited("agreements/mandat-fjordnett.toml", |text| {
        text.replacen("due = \"11-30\"", "due = \"10-31\"", 1).replacen(
            "where = { kind = \"action\" }",
            "where = { kind = \"competence\", network = \"lm-fjordnett\" }",
            1,
        )
    });
    assert_eq!(
        labelled(&old, &new),
        [
            pair("Plikter, handlingsplan: Frist", "30. november", "31. oktober"),
            pair(
                "Plikter, handlingsplan: Dokumentasjon, nr. 1",
                "plan (type: handlingsplan)",
                "plan (type: plan for kompetanseutvikling; nettverk: Fjordnett)"
            ),
        ]
    );

    let (old, new) = edited("lmnet.toml", |text| {
        text.replace("stray-file = \"error\"", "stray-file = \"warning\"")
            .replace("autumn = \"08-01\"", "autumn = \"08-15\"")
    });
    assert_eq!(
        labelled(&old, &new),
        [pair("Semester: Haustsemester", "1. august", "15. august"), pair("Reglar: stray-file", "feil", "åtvaring")]
    );

    let runs = |first: &str, second: &str| format!("title = \"X\"\norganiser = \"oyfjord\"\n{first}{second}");
    let [a, b] = ["2026-01-02", "2026-03-04"].map(|day| format!("[[run]]\nstart = {day}\npatients = 9\n"));
    let mut old = example();
    old.insert("offerings/ny.toml".into(), runs(&a, &b));
    let mut new = old.clone();
    new.insert("offerings/ny.toml".into(), runs(&b, &a));
    assert_eq!(labelled(&old, &new), [pair("Gjennomføringar", "", "anna rekkjefølgje")]);
}

#[test]
fn another_abbreviation_moves_nobody() {
    let (old, new) = edited("organisations/vagvik.toml", |text| format!("abbreviation = \"VK\"\n{text}"));
    let effects = brief(&old, &new).effects;
    assert!(effects.seats.is_empty() && effects.deadlines.is_empty(), "{effects:#?}");
}

#[test]
fn of_what_is_done_only_another_status_is_told() {
    let (old, new) =
        edited("agreements/mandat-fjordnett.toml", |text| text.replacen("due = \"11-30\"", "due = \"11-29\"", 1));
    let effects = brief(&old, &new).effects.deadlines;
    assert!(!effects.is_empty());
    for effect in effects.iter().filter(|effect| effect.new.starts_with("oppfylt i tide")) {
        assert!(!effect.old.starts_with("oppfylt i tide"), "{effect:#?}");
    }
}

#[test]
fn a_finding_that_is_silenced_is_not_fixed() {
    let (path, rule) = ("offerings/strikkekafe-havnoy.toml", "unstated-involvement");
    let (off, on) = edited("lmnet.toml", |text| text.replace(&format!("{rule} = \"off\"\n"), ""));
    let gone = brief(&on, &off).gone;
    assert!(gone.fixed.is_empty() && !gone.silenced.is_empty(), "{gone:#?}");
    assert!(gone.silenced.iter().all(|(finding, why)| finding.rule.id == rule && *why == Silence::Off));
    let mut waived = on.clone();
    waived.get_mut(Path::new(path)).unwrap().push_str(&format!("[[waive]]\nrule = \"{rule}\"\nreason = \"Øving.\"\n"));
    let gone = brief(&on, &waived).gone;
    let told: Vec<_> = gone.silenced.iter().map(|(finding, why)| (&*finding.place.path, *why)).collect();
    assert_eq!((gone.fixed.len(), told), (0, vec![(path, Silence::Waived)]));
}

#[test]
fn a_change_of_a_network_or_an_organisation_concerns_itself() {
    let (old, new) = edited("organisations/reinvik.toml", |text| format!("note = \"Ny.\"\n{text}"));
    assert_eq!(only(&old, &new).whose, ["reinvik"]);
    let mut gone = old.clone();
    gone.retain(|path, _| !path.to_string_lossy().contains("reinvik"));
    let brief = brief(&old, &gone);
    let registries = [registry(&old), registry(&gone)];
    let shown = Shown {
        names: registries.each_ref().map(|registry| Names { registry, lang: Lang::Nn }),
        title: String::new(),
        command: String::new(),
        tables: false,
        most: usize::MAX,
        records: usize::MAX,
    };
    let text = lmnet::render::text::document(&document(&brief, &shown), None);
    let owners = text.split("Kven det gjeld").nth(1).unwrap();
    assert!(owners.contains("- Reinvik: ") && !owners.contains("- reinvik: "), "{owners}");
}
