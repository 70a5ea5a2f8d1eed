//! How lists and records are printed: formats that other readers understand, Norwegian order, columns, what a command
//! line is refused for, what refers to a record, and where the result goes.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Stdio;

use common::{KINDS, Tree, on_fjordnett as lmnet, printed, run};
use serde_json::Value as Json;
use toml::{Table, Value};

const FORMATS: [&str; 5] = ["table", "json", "yaml", "csv", "md"];

/// What a command says that must not run: with exit code 2 and nothing printed.
fn refused(arguments: &[&str]) -> String {
    let ran = run(lmnet(arguments).args(["--lang", "en"]));
    assert_eq!((ran.code, &*ran.out), (Some(2), ""), "{arguments:?}: {}", ran.talk);
    ran.talk
}

fn in_format(arguments: &[&str], format: &str) -> String {
    printed(&[arguments, &["--format", format]].concat())
}

fn json(arguments: &[&str]) -> Json {
    serde_json::from_str(&in_format(arguments, "json")).unwrap()
}

fn ids(list: &Json) -> Vec<String> {
    list["records"].as_array().unwrap().iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect()
}

fn csv_rows(text: &str) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(text.as_bytes()).into_deserialize().map(Result::unwrap).collect()
}

/// The first column of a table for people, below its heading.
fn first_column(format: &str, table: &str) -> Vec<String> {
    let rows = table.lines().skip(2);
    match format {
        "md" => rows.map(|row| row.split(" | ").next().unwrap().trim_start_matches("| ").to_owned()).collect(),
        _ => rows.map(|row| row.split_whitespace().next().unwrap().to_owned()).collect(),
    }
}

/// The records of a kind by id, as another reader sees them.
fn records(kind: &str) -> BTreeMap<String, Table> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/fjordnett").join(kind);
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|file| file.file_type().is_file());
    let id = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
    files.map(|file| (id(file.path()), std::fs::read_to_string(file.path()).unwrap().parse().unwrap())).collect()
}

#[test]
fn every_format_of_a_list_can_be_read_and_holds_the_same_records() {
    for kind in KINDS {
        let ask = [kind, "list", "--all"];
        let list = json(&ask);
        let (schema, files) = (format!("lmnet-{kind}"), records(kind));
        assert_eq!((list["schema"].as_str(), list["version"].as_u64()), (Some(&*schema), Some(1)));
        let by_id: Vec<String> = files.keys().cloned().collect();
        assert_eq!(ids(&list), by_id, "{kind}: every record, by id");
        for record in list["records"].as_array().unwrap() {
            let keys: BTreeSet<&String> = record.as_object().unwrap().keys().filter(|key| *key != "id").collect();
            assert_eq!(keys, files[record["id"].as_str().unwrap()].keys().collect(), "{kind}: {}", record["id"]);
        }
        let yaml: Json = serde_yaml::from_str(&in_format(&ask, "yaml")).unwrap();
        assert_eq!(yaml, list, "{kind}");
        let csv: Vec<_> =
            csv_rows(&in_format(&ask, "csv")).into_iter().map(|mut row| row.remove("id").unwrap()).collect();
        assert_eq!(csv, by_id, "{kind}");
        let tables = ["table", "md"].map(|format| first_column(format, &in_format(&ask, format)));
        assert_eq!(tables[0], tables[1], "{kind}");
        assert_eq!(tables[0].iter().collect::<BTreeSet<_>>(), by_id.iter().collect(), "{kind}");
    }
}

#[test]
fn every_format_of_a_record_can_be_read() {
    for kind in KINDS {
        let (id, record) = records(kind).pop_first().unwrap();
        let ask = [kind, "show", &id];
        let shown = json(&ask);
        assert_eq!(shown["id"], *id);
        let keys: Vec<&String> = shown["record"].as_object().unwrap().keys().collect();
        assert_eq!(
            keys.iter().collect::<BTreeSet<_>>(),
            record.keys().collect::<Vec<_>>().iter().collect(),
            "{kind}/{id}"
        );
        let yaml: Json = serde_yaml::from_str(&in_format(&ask, "yaml")).unwrap();
        assert_eq!(yaml, shown, "{kind}/{id}");
        let lines = csv_rows(&in_format(&ask, "csv"));
        assert_eq!((&*lines[0]["key"], &*lines[0]["value"]), ("id", &*id));
        let own = lines.iter().filter(|line| !["id", "referred-to-by"].contains(&&*line["key"]));
        assert_eq!(own.map(|line| &line["key"]).collect::<Vec<_>>(), keys, "{kind}/{id}");
        let referrers = lines.iter().filter(|line| line["key"] == "referred-to-by").count();
        assert_eq!(referrers, shown["referred-to-by"].as_array().unwrap().len(), "{kind}/{id}");
        assert!(in_format(&ask, "md").starts_with("# "), "{kind}/{id}");
        assert!(in_format(&ask, "table").contains(&format!("{kind}/{id}")), "{kind}/{id}");
    }
}

#[test]
fn show_names_everything_that_refers_to_a_record() {
    /// Whether a string in the table points to the record, by id, as kind/id or as agreement/part.
    fn points(value: &Value, kind: &str, id: &str) -> bool {
        match value {
            Value::String(text) => {
                let part = kind == "agreements" && text.strip_prefix(id).is_some_and(|rest| rest.starts_with('/'));
                text == id || part || text.strip_prefix(kind).is_some_and(|rest| rest.strip_prefix('/') == Some(id))
            }
            Value::Array(values) => values.iter().any(|value| points(value, kind, id)),
            Value::Table(table) => table.values().any(|value| points(value, kind, id)),
            _ => false,
        }
    }
    let all: BTreeMap<&str, BTreeMap<String, Table>> = KINDS.into_iter().map(|kind| (kind, records(kind))).collect();
    let mut references = 0;
    for (kind, records) in &all {
        for id in records.keys() {
            let shown = json(&[kind, "show", id]);
            let found: BTreeSet<(&str, &str)> = shown["referred-to-by"]
                .as_array()
                .unwrap()
                .iter()
                .map(|by| (by["kind"].as_str().unwrap(), by["id"].as_str().unwrap()))
                .collect();
            let mut expected = BTreeSet::new();
            for (other_kind, others) in &all {
                for (other, table) in others.iter().filter(|(other, _)| (other_kind, *other) != (kind, id)) {
                    if points(&Value::Table(table.clone()), kind, id) {
                        expected.insert((*other_kind, &**other));
                    }
                }
            }
            if (*kind, &**id) == ("members", "ungdomsrepresentant") {
                assert!(
                    expected.remove(&("agreements", "mandat-fjordnett")),
                    "there a seat has the same name by chance"
                );
            }
            assert_eq!(found, expected, "{kind}/{id}");
            references += found.len();
        }
    }
    assert!(references > 500, "{references}");
}

#[test]
fn people_read_norwegian_order_and_machines_the_order_of_ids() {
    let tree = Tree::empty();
    tree.file("lmnet.toml", "format = 1\n");
    // Small letters and capitals alike; æ ø å after z; aa is å, also inside a word.
    let sorted = ["alta", "Berg", "Zulu", "Ærfugl", "Østby", "Aaberg", "Ågotnes", "Åmot"];
    for (number, name) in sorted.iter().enumerate() {
        let id = format!("o{}", (number * 5) % 8);
        tree.file(format!("organisations/{id}.toml"), format!("name = \"{name}\"\nkind = \"municipality\"\n"));
    }
    let list = |more: &[&str]| {
        let ran =
            run(&mut tree.command(&[&["organisations", "list", "--columns", "title,id", "--format"], more].concat()));
        assert_eq!(ran.code, Some(0), "{}", ran.talk);
        ran.out
    };
    for format in ["table", "md"] {
        assert_eq!(first_column(format, &list(&[format])), sorted, "{format}");
        let reverse: Vec<_> = sorted.iter().rev().copied().collect();
        assert_eq!(first_column(format, &list(&[format, "--sort", "-title"])), reverse, "{format}");
    }
    let by_id: Vec<String> = (0..8).map(|number| format!("o{number}")).collect();
    let machine = csv_rows(&list(&["csv"]));
    assert_eq!(machine.iter().map(|row| &row["id"]).collect::<Vec<_>>(), by_id.iter().collect::<Vec<_>>());
    assert_eq!(ids(&serde_json::from_str(&list(&["json"])).unwrap()), by_id);
    let asked = csv_rows(&list(&["csv", "--sort", "title"]));
    assert_eq!(
        asked.iter().map(|row| &*row["title"]).collect::<Vec<_>>(),
        sorted,
        "machines, too, where it is asked for"
    );
}

#[test]
fn a_list_is_sorted_by_the_columns_that_are_asked_for() {
    let rows = |sort: &str| {
        csv_rows(&in_format(&["offerings", "list", "--all", "--columns", "id,runs,form", "--sort", sort], "csv"))
    };
    let number = |row: &BTreeMap<String, String>| row["runs"].parse::<i64>().unwrap();
    let ups = rows("runs");
    assert!(
        ups.is_sorted_by_key(|row| (number(row), row["id"].clone())),
        "by number, and what is equal by id: {ups:?}"
    );
    let downs = rows("-runs");
    assert!(downs.is_sorted_by_key(|row| (-number(row), row["id"].clone())), "{downs:?}");
    assert_ne!(ups, downs);
    let both = rows("form,-runs");
    assert_eq!(both.last().unwrap()["form"], "", "what is empty comes last");
    let groups: Vec<_> = both.iter().filter(|row| row["form"] == "group").collect();
    assert!(groups.len() > 5 && groups.is_sorted_by_key(|row| -number(row)), "{groups:?}");
    assert!(refused(&["offerings", "list", "--sort", "-titel"]).contains("did you mean 'title'?"));
}

#[test]
fn columns_are_those_asked_for_in_that_order() {
    let table = in_format(&["meetings", "list", "--all", "--columns", "start,id"], "csv");
    assert_eq!(table.lines().next(), Some("start,id"));
    for (kind, wrong, near) in
        [("offerings", "titel", "title"), ("meetings", "organizer", "organiser"), ("plans", "acton", "action")]
    {
        let talk = refused(&[kind, "list", "--columns", &format!("id,{wrong}")]);
        assert_eq!(talk, format!("lmnet: there is no column '{wrong}'; did you mean '{near}'?\n"));
    }
}

#[test]
fn what_is_named_and_does_not_exist_is_refused_with_what_is_near() {
    for (kind, filter, wrong, near) in [
        ("offerings", "--organiser", "oyfjor", "oyfjord"),
        ("offerings", "--municipality", "Øyfjord", "oyfjord"),
        ("offerings", "--trust", "helse-yterkyst", "helse-ytterkyst"),
        ("offerings", "--condition", "kolls", "kols"),
        ("offerings", "--network", "lm-fjordnet", "lm-fjordnett"),
        ("organisations", "--trust", "helse-yterkyst", "helse-ytterkyst"),
        ("networks", "--party", "reinvig", "reinvik"),
        ("agreements", "--party", "lm-skognet", "lm-skognett"),
        ("members", "--organisation", "havnoi", "havnoy"),
        ("members", "--body", "au-skognet", "au-skognett"),
        ("courses", "--organiser", "lms-yterkyst", "lms-ytterkyst"),
        ("meetings", "--body", "lm-skognet", "lm-skognett"),
        ("meetings", "--organiser", "havnoi", "havnoy"),
        ("reports", "--by", "samhandlingssekretariat", "samhandlingssekretariatet"),
        ("matters", "--body", "reinvig", "reinvik"),
        ("matters", "--focus-area", "strategi-kystland/xx", "strategi-kystland/"),
    ] {
        let talk = refused(&[kind, "list", filter, wrong]);
        assert!(talk.contains("did you mean") && talk.contains(near), "{kind} {filter} {wrong}: {talk}");
    }
    // Words of closed lists are named all.
    assert!(refused(&["offerings", "list", "--form", "gruppe"]).contains("information-meeting"));
    for (kind, wrong, near) in [
        ("organisations", "oyfjor", "did you mean oyfjord?"),
        ("offerings", "kols-skole", "did you mean kols-skule"),
        ("matters", "reinvik", "'lmnet organisations show reinvik' is one"),
        ("plans", "kaffi", "'lmnet plans list' shows them all"),
    ] {
        let talk = refused(&[kind, "show", wrong]);
        assert!(talk.contains(near), "{kind} show {wrong}: {talk}");
    }
}

#[test]
fn a_file_holds_what_stdout_would() {
    let tree = Tree::empty();
    for ask in [&["offerings", "list"][..], &["organisations", "show", "oyfjord"], &["members", "list", "--lang", "nb"]]
    {
        for format in FORMATS {
            let ending = if format == "table" { "txt" } else { format };
            let file = tree.path(format!("list.{ending}"));
            let ran = run(lmnet(ask).arg("-o").arg(&file));
            assert_eq!((ran.code, &*ran.out), (Some(0), ""), "{ask:?} {ending}: {}", ran.talk);
            assert_eq!(std::fs::read_to_string(&file).unwrap(), in_format(ask, format), "{ask:?} {ending}");
        }
        let files = std::fs::read_dir(&tree.root).unwrap().count();
        assert_eq!(files, FORMATS.len(), "nothing is left beside them");
    }
}

#[test]
fn format_and_ending_must_agree() {
    let tree = Tree::empty();
    let file = tree.path("list.yaml");
    for ask in [["offerings", "list"], ["reports", "list"]] {
        let ran = run(lmnet(&ask).args(["--lang", "en", "--format", "json", "-o"]).arg(&file));
        assert_eq!((ran.code, &*ran.talk), (Some(2), "lmnet: --format json and the ending .yaml do not agree\n"));
        assert!(!file.exists());
    }
    assert_eq!(run(lmnet(&["offerings", "list"]).args(["--format", "yaml", "-o"]).arg(&file)).code, Some(0));
    assert!(file.exists());
}

#[test]
fn a_command_that_could_not_run_leaves_the_file_as_it_was() {
    let tree = Tree::sound();
    tree.file("offerings/odelagd.toml", "title = ");
    let file = tree.path("last-year.md");
    for ask in [
        &["report", "--year", "2016"][..],
        &["offerings", "list", "--columns", "titel"],
        &["offerings", "show", "nothing"],
        &["offerings", "list", "--no-such-option"],
    ] {
        std::fs::write(&file, "the report of last year\n").unwrap();
        let ran = run(tree.command(ask).arg("-o").arg(&file));
        assert_eq!((ran.code, &*ran.out), (Some(2), ""), "{ask:?}: {}", ran.talk);
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "the report of last year\n", "{ask:?}");
    }
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    for format in FORMATS {
        let mut command = lmnet(&["organisations", "list", "--all", "--format", format]);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let ended = child.wait_with_output().unwrap();
        let talk = String::from_utf8(ended.stderr).unwrap();
        assert_eq!(ended.status.code(), Some(0), "{format}: {talk}");
        assert!(!talk.contains("pipe") && !talk.contains("lmnet:"), "{format}: {talk}");
    }
}

#[test]
fn headings_are_in_the_language_and_keys_are_not() {
    for kind in KINDS {
        let heading = |lang| printed(&[kind, "list", "--all", "--lang", lang]).lines().next().unwrap().to_owned();
        let (nn, nb, en) = (heading("nn"), heading("nb"), heading("en"));
        assert!(nn.contains("Tittel") && nb.contains("Tittel") && en.contains("Title"), "{kind}: {nn} {nb} {en}");
        let keys = |lang| in_format(&[kind, "list", "--all", "--lang", lang], "csv").lines().next().unwrap().to_owned();
        assert_eq!((keys("nn"), keys("nb")), (keys("en"), keys("en")), "{kind}");
    }
    for (ask, nn, nb, en) in [
        (&["offerings", "list"][..], "Gjennomføringar", "Gjennomføringer", "Runs"),
        (&["matters", "list"], "Avslutta", "Avsluttet", "Closed"),
        (&["organisations", "show", "oyfjord"], "Postar som viser hit", "Poster som viser hit", "Referred to by"),
    ] {
        for (lang, word) in [("nn", nn), ("nb", nb), ("en", en)] {
            assert!(printed(&[ask, &["--lang", lang]].concat()).contains(word), "{ask:?} {lang}: {word}");
        }
    }
}

#[test]
fn the_organisation_of_an_arrangement_is_no_organisation() {
    for (lang, arrangement, organisation) in [
        ("nn", "organisering: ", "ordning (ansvar, organisering"),
        ("nb", "organisering: ", "ordning (ansvar, organisering"),
        ("en", "organisation: ", "arrangement (responsibility, organisation"),
    ] {
        let out = printed(&["offerings", "show", "parorandeskule-demens", "--lang", lang, "--format", "md"]);
        assert!(out.contains(arrangement), "{out}");
        let out = printed(&["explain", "samarbeidsavtale-ytterkyst/fellestilbod", "--lang", lang]);
        assert!(out.contains(organisation), "{out}");
        // A person's organisation is one.
        let out = printed(&["members", "show", "kontakt-reinvik", "--lang", lang, "--format", "md"]);
        assert!(out.contains(if lang == "en" { "| Organisation |" } else { "| Organisasjon |" }), "{out}");
    }
}
