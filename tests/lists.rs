//! What `lmnet … list` lists, for all ten kinds, over `examples/fjordnett`: worked out from the TOML files with another
//! reader. How it is printed, and `show`, stand in `list_formats.rs`.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use common::{KINDS, Tree, on_fjordnett as lmnet, printed, run};
use serde_json::Value as Json;
use toml::{Table, Value};

fn json(arguments: &[&str]) -> Json {
    serde_json::from_str(&printed(&[arguments, &["--format", "json"]].concat())).unwrap()
}

/// The ids of a list, in order.
fn listed(arguments: &[&str]) -> Vec<String> {
    let list = json(arguments);
    list["records"].as_array().unwrap().iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect()
}

/// The records of a kind by id, as the other reader sees them.
fn records(kind: &str) -> BTreeMap<String, Table> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/fjordnett").join(kind);
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|file| file.file_type().is_file());
    let records: BTreeMap<_, _> = files
        .map(|file| {
            let id = file.path().file_stem().unwrap().to_str().unwrap().to_owned();
            (id, std::fs::read_to_string(file.path()).unwrap().parse().unwrap())
        })
        .collect();
    assert!(!records.is_empty(), "{kind}");
    records
}

/// The values of a key: one or a list, of words or of tables that name it as `inner`.
fn values(table: &Table, key: &str, inner: &str) -> Vec<String> {
    let each = match table.get(key) {
        Some(Value::Array(values)) => values.iter().collect(),
        value => value.into_iter().collect::<Vec<_>>(),
    };
    each.into_iter()
        .filter_map(|value| value.as_str().or_else(|| value.get(inner)?.as_str()))
        .map(str::to_owned)
        .collect()
}

fn tables<'t>(table: &'t Table, key: &str) -> impl Iterator<Item = &'t Table> {
    table.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_table)
}

/// A time as text; a day as `2016-05-31`.
fn time(table: &Table, key: &str) -> Option<String> {
    let value = table.get(key)?;
    Some(value.as_str().map_or_else(|| value.as_datetime().unwrap().to_string(), str::to_owned))
}

/// Whether a table with `from` and `to` holds on a day; the semesters begin on 1 January and 1 August.
fn holds(table: &Table, day: &str) -> bool {
    let first = |time: String| match &time[4..] {
        "" | "-spring" => format!("{}-01-01", &time[..4]),
        "-autumn" => format!("{}-08-01", &time[..4]),
        _ => time,
    };
    let last = |time: String| match &time[4..] {
        "" | "-autumn" => format!("{}-12-31", &time[..4]),
        "-spring" => format!("{}-07-31", &time[..4]),
        _ => time,
    };
    time(table, "from").is_none_or(|from| *first(from) <= *day) && time(table, "to").is_none_or(|to| *day <= *last(to))
}

/// An organisation and everything that it is a part of.
fn wholes(id: &str) -> Vec<String> {
    static ORGANISATIONS: LazyLock<BTreeMap<String, Table>> = LazyLock::new(|| records("organisations"));
    let mut wholes = vec![id.to_owned()];
    let mut at = 0;
    while at < wholes.len() {
        if let Some(organisation) = ORGANISATIONS.get(&wholes[at]) {
            wholes.extend(values(organisation, "part-of", "organisation"));
        }
        at += 1;
    }
    wholes
}

fn all_wholes(table: &Table, keys: &[&str]) -> Vec<String> {
    keys.iter().flat_map(|key| values(table, key, "")).flat_map(|id| wholes(&id)).collect()
}

fn each(table: &Table, keys: &[&str]) -> Vec<String> {
    keys.iter().flat_map(|key| values(table, key, "organisation")).collect()
}

fn in_tables(table: &Table, list: &str, key: &str) -> Vec<String> {
    tables(table, list).flat_map(|inner| values(inner, key, "")).collect()
}

/// A filter and the words to which a record answers.
type Answers = fn(&Table) -> Vec<String>;

/// Every filter of every kind; each is tried with every word to which some record answers.
const FILTERS: &[(&str, &str, Answers)] = &[
    ("offerings", "--organiser", |table| each(table, &["organiser"])),
    ("offerings", "--municipality", |table| {
        let taking_part = all_wholes(table, &["organiser", "partners"]);
        [taking_part, each(table, &["open-to"]), in_tables(table, "run", "municipality")].concat()
    }),
    ("offerings", "--trust", |table| all_wholes(table, &["organiser"])),
    ("offerings", "--care-level", |table| each(table, &["care-level"])),
    ("offerings", "--reach", |table| match table.contains_key("reach") {
        true => each(table, &["reach"]),
        false => vec!["unclassified".to_owned()],
    }),
    ("offerings", "--form", |table| each(table, &["form"])),
    ("offerings", "--scope", |table| each(table, &["scope"])),
    ("offerings", "--condition", |table| each(table, &["condition"])),
    ("offerings", "--audience", |table| each(table, &["audience"])),
    ("offerings", "--network", |table| each(table, &["network"])),
    ("organisations", "--kind", |table| each(table, &["kind"])),
    ("organisations", "--code", |table| in_tables(table, "codes", "code")),
    ("networks", "--party", |table| each(table, &["parties"])),
    ("agreements", "--kind", |table| each(table, &["kind"])),
    ("agreements", "--party", |table| values(table, "parties", "body")),
    ("members", "--organisation", |table| each(table, &["organisation"])),
    ("members", "--body", |table| in_tables(table, "appointment", "body")),
    ("members", "--role", |table| in_tables(table, "appointment", "role")),
    ("members", "--background", |table| each(table, &["background"])),
    ("courses", "--module", |table| each(table, &["module"])),
    ("courses", "--organiser", |table| all_wholes(table, &["organiser", "co-organisers"])),
    ("courses", "--audience", |table| each(table, &["audience"])),
    ("courses", "--network", |table| each(table, &["network"])),
    ("meetings", "--kind", |table| each(table, &["kind"])),
    ("meetings", "--body", |table| each(table, &["body"])),
    ("meetings", "--organiser", |table| all_wholes(table, &["organiser", "co-organisers"])),
    ("meetings", "--audience", |table| each(table, &["audience"])),
    ("plans", "--kind", |table| each(table, &["kind"])),
    ("plans", "--network", |table| each(table, &["network"])),
    ("reports", "--kind", |table| each(table, &["kind"])),
    ("reports", "--by", |table| each(table, &["by"])),
    ("reports", "--network", |table| each(table, &["network"])),
    ("matters", "--kind", |table| each(table, &["kind"])),
    ("matters", "--status", |table| each(table, &["status"])),
    ("matters", "--focus-area", |table| each(table, &["focus-area"])),
    ("matters", "--body", |table| each(table, &["by", "to", "with", "body", "ordered-by"])),
    ("matters", "--network", |table| each(table, &["network"])),
];

#[test]
fn every_filter_narrows_to_exactly_what_answers_to_it() {
    for (kind, filter, answers) in FILTERS {
        let answers: BTreeMap<String, Vec<String>> =
            records(kind).into_iter().map(|(id, record)| (id, answers(&record))).collect();
        let words: BTreeSet<&String> = answers.values().flatten().collect();
        assert!(!words.is_empty(), "{kind} {filter} is tried with nothing");
        for word in words {
            let expected: Vec<_> =
                answers.iter().filter(|(_, words)| words.contains(word)).map(|(id, _)| id.clone()).collect();
            assert_eq!(listed(&[kind, "list", "--all", filter, word]), expected, "{kind} {filter} {word}");
        }
    }
}

#[test]
fn filters_narrow_together() {
    let one = listed(&[
        "offerings",
        "list",
        "--all",
        "--network",
        "lm-fjordnett",
        "--form",
        "group",
        "--care-level",
        "municipal",
    ]);
    assert_eq!(one, ["friskliv-sorvik", "friskliv-vagvik", "meistring-i-kvardagen", "samtalegruppe-reinvik"]);
    // Body and role must be of the same seat: somebody leads another body than the one where they are contact.
    let both = |table: &Table, body: &str, role: &str| {
        tables(table, "appointment")
            .any(|seat| seat["body"].as_str() == Some(body) && seat["role"].as_str() == Some(role))
    };
    for body in ["lm-fjordnett", "arbeidsgruppe-fjordnett", "lm-skognett", "au-skognett"] {
        for role in ["leader", "contact", "member", "secretary"] {
            let expected: Vec<_> = records("members")
                .into_iter()
                .filter(|(_, member)| both(member, body, role))
                .map(|(id, _)| id)
                .collect();
            assert_eq!(
                listed(&["members", "list", "--all", "--body", body, "--role", role]),
                expected,
                "{body} {role}"
            );
        }
    }
}

#[test]
fn a_trust_has_its_parts_and_the_municipalities_of_its_catchment() {
    // Havnøy moved from one trust to the other at the turn of 2019/2020.
    for (day, trust) in
        [("2019-12-31", "helse-granskog"), ("2020-01-01", "helse-ytterkyst"), ("2025-06-01", "helse-ytterkyst")]
    {
        let lies_in = |table: &Table| {
            let plain = table.get("trust").and_then(Value::as_str) == Some(trust);
            plain || tables(table, "trust").any(|part| part["organisation"].as_str() == Some(trust) && holds(part, day))
        };
        let expected: Vec<_> = records("organisations")
            .into_iter()
            .filter(|(id, table)| lies_in(table) || id != trust && wholes(id).iter().any(|whole| whole == trust))
            .map(|(id, _)| id)
            .collect();
        let listed = listed(&["organisations", "list", "--all", "--trust", trust, "--today", day]);
        assert_eq!(listed, expected, "{trust} on {day}");
        assert!(listed.contains(&"havnoy".to_owned()), "{trust} on {day}");
    }
}

#[test]
fn a_year_lists_the_offerings_that_count_in_it() {
    for year in ["2023", "2024", "2025", "2026"] {
        let counts = |table: &Table| {
            let run = |run: &Table| {
                time(run, "start").unwrap().starts_with(year)
                    && run.get("status").and_then(Value::as_str) != Some("cancelled")
            };
            let continuous = table.get("continuous").and_then(Value::as_bool) == Some(true);
            // The two that run all the year began in autumn 2015 and in May 2024, and have not ended.
            tables(table, "run").any(run) || continuous && &time(table, "from").unwrap()[..4] <= year
        };
        let expected: Vec<_> =
            records("offerings").into_iter().filter(|(_, table)| counts(table)).map(|(id, _)| id).collect();
        assert_eq!(listed(&["offerings", "list", "--year", year]), expected, "{year}");
    }
}

/// The text of a record that is no comment: every string in it, and the names of its conditions.
fn text(id: &str, value: &Table, conditions: &Table) -> String {
    fn gather(value: &Value, found: &mut String) {
        match value {
            Value::String(text) => *found += &format!("\n{text}"),
            Value::Array(values) => values.iter().for_each(|value| gather(value, found)),
            Value::Table(table) => table.values().for_each(|value| gather(value, found)),
            _ => {}
        }
    }
    let mut found = id.to_owned();
    gather(&Value::Table(value.clone()), &mut found);
    let own = values(value, "condition", "");
    tables(conditions, "condition").filter(|entry| own.iter().any(|id| entry["id"].as_str() == Some(id))).for_each(
        |entry| {
            ["title", "also"].iter().filter_map(|key| entry.get(*key)).for_each(|words| gather(words, &mut found));
        },
    );
    found.to_lowercase()
}

#[test]
fn a_search_finds_both_written_forms() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/fjordnett/lmnet.toml");
    let manifest: Table = std::fs::read_to_string(manifest).unwrap().parse().unwrap();
    for (kind, words) in [
        ("offerings", ["mestring", "meistring"]),
        ("courses", ["mestring", "meistring"]),
        ("offerings", ["pårørende", "pårørande"]),
        ("matters", ["pårørende", "pårørande"]),
        ("offerings", ["sykdom", "sjukdom"]),
        ("organisations", ["sykehus", "sjukehus"]),
        ("offerings", ["hjerteskole", "hjarteskule"]),
    ] {
        let holds = |(id, table): &(String, Table)| {
            let text = text(id, table, &manifest);
            words.iter().any(|word| text.contains(word))
        };
        let expected: Vec<_> = records(kind).into_iter().filter(holds).map(|(id, _)| id).collect();
        assert!(!expected.is_empty() && expected.len() < records(kind).len(), "{kind} {words:?}");
        for word in words.into_iter().flat_map(|word| [word.to_owned(), word.to_uppercase()]) {
            assert_eq!(listed(&[kind, "list", "--all", "--search", &word]), expected, "{kind} --search {word}");
        }
    }
    // Every word must occur, in whatever place and order.
    assert_eq!(listed(&["offerings", "list", "--all", "--search", "skole demens"]), ["parorandeskule-demens"]);
    assert_eq!(listed(&["offerings", "list", "--all", "--search", "kjernekraft"]), Vec::<String>::new());
}

#[test]
fn a_search_finds_a_record_that_has_only_the_other_form() {
    let tree = Tree::empty();
    tree.file("lmnet.toml", "format = 1\n[[condition]]\nid = \"kols\"\ntitle = \"KOLS\"\nalso = [\"lungesjukdom\"]\n");
    tree.file("organisations/vik.toml", "name = \"Vik\"\nkind = \"municipality\"\n");
    let pairs = [
        ("mestring", "meistring"),
        ("pårørende", "pårørande"),
        ("sykdom", "sjukdom"),
        ("brukermedvirkning", "brukarmedverknad"),
        ("henvisning", "tilvising"),
        ("Aasen", "Åsen"),
    ];
    for (number, (bokmal, nynorsk)) in pairs.iter().enumerate() {
        for (form, word) in [("nb", bokmal), ("nn", nynorsk)] {
            tree.file(
                format!("offerings/{form}-{number}.toml"),
                format!("title = \"Om {word} og slikt\"\norganiser = \"vik\"\n"),
            );
        }
    }
    tree.file("offerings/pust.toml", "title = \"Pust\"\norganiser = \"vik\"\ncondition = \"kols\"\n");
    let found = |word: &str| {
        let ran =
            run(&mut tree.command(&["offerings", "list", "--search", word, "--format", "csv", "--columns", "id"]));
        assert_eq!(ran.code, Some(0), "{}", ran.talk);
        ran.out.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    for (number, (bokmal, nynorsk)) in pairs.iter().enumerate() {
        let mut both = vec![format!("nb-{number}"), format!("nn-{number}")];
        both.extend((*bokmal == "sykdom").then(|| "pust".to_owned()));
        assert_eq!((found(bokmal), found(nynorsk)), (both.clone(), both), "{bokmal} / {nynorsk}");
    }
    assert_eq!(found("lungesykdom"), ["pust"], "another word for the condition, in the other form");
    let decomposed = "pa\u{30a}rørande";
    assert_eq!(found(decomposed), ["nb-1", "nn-1"], "å as a file from a Mac has it");
}

#[test]
fn a_day_before_and_a_day_after_the_merger_list_different_municipalities() {
    let on = |day: &str| listed(&["organisations", "list", "--kind", "municipality", "--today", day]);
    let merged = |ids: Vec<String>| ["nordvag", "sorvik", "vagvik"].map(|id| ids.contains(&id.to_owned()));
    assert_eq!(merged(on("2024-12-31")), [true, true, false]);
    assert_eq!(merged(on("2025-01-01")), [false, false, true]);
    let year = |year: &str| listed(&["organisations", "list", "--kind", "municipality", "--year", year]);
    assert_eq!(merged(year("2024")), [true, true, false]);
    assert_eq!(merged(year("2025")), [false, false, true]);
}

#[test]
fn what_is_not_in_force_is_left_out_counted_and_shown_by_all() {
    for day in ["2016-08-31", "2022-12-31", "2024-12-31", "2025-01-01", "2026-11-30"] {
        for kind in KINDS {
            let there = |table: &Table| match kind {
                "members" => tables(table, "appointment").any(|seat| holds(seat, day)),
                "organisations" | "agreements" | "networks" | "offerings" => holds(table, day),
                _ => true, // What has happened stays listed.
            };
            let all = records(kind);
            let expected: Vec<_> = all.iter().filter(|(_, table)| there(table)).map(|(id, _)| id.clone()).collect();
            assert_eq!(listed(&[kind, "list", "--today", day]), expected, "{kind} on {day}");
            let everything: Vec<_> = all.keys().cloned().collect();
            assert_eq!(listed(&[kind, "list", "--today", day, "--all"]), everything, "{kind} --all on {day}");
            let (shown, left_out) = (expected.len(), all.len() - expected.len());
            let talk = run(&mut lmnet(&[kind, "list", "--today", day, "--lang", "en"])).talk;
            let said = if left_out == 0 {
                format!("{shown} shown\n")
            } else {
                format!("{shown} shown; {left_out} not valid on ")
            };
            assert!(talk.starts_with(&said), "{kind} on {day}: {talk}");
        }
    }
}
