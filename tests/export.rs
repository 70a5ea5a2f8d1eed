//! Exports: nothing is lost on the way into tables, parts come with what they refer to, and what makes no sense is refused.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use common::{KINDS, Tree, on_fjordnett, printed, quiet_environment, run};
use serde_json::{Value, json};

/// `lmnet … --registry registry`.
fn on_registry(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lmnet"));
    quiet_environment(&mut command);
    command.args(arguments).args(["--registry", "registry"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    let ran = run(&mut command);
    assert_eq!((ran.code, &*ran.talk), (Some(0), ""), "{arguments:?}");
    ran.out
}

/// The two registries of the repository, each by what runs a command on it.
const REGISTRIES: [fn(&[&str]) -> String; 2] = [printed, on_registry];

fn json_of(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Adds every text, number and flag in a value.
fn leaves(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| leaves(value, found)),
        Value::Object(map) => map.values().for_each(|value| leaves(value, found)),
        value => found.push(value.to_string()),
    }
}

/// Whether a column is computed.
fn is_computed(column: &str) -> bool {
    column == "ref" || matches!(column.rsplit('.').next(), Some("parts" | "earliest" | "latest"))
}

/// What an export says of each record, but for what is computed.
fn told(export: &Value) -> BTreeMap<(String, String), Vec<String>> {
    let mut told: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for (table, rows) in export["tables"].as_object().unwrap() {
        let kind = table.split('.').next().unwrap();
        for row in rows.as_array().unwrap() {
            let row = row.as_object().unwrap();
            let record = if table == kind { &row["id"] } else { &row["record"] };
            let told = told.entry((kind.to_owned(), record.as_str().unwrap().to_owned())).or_default();
            // Of a part of a record, the first columns say where in it the part stands.
            let place = row.keys().position(|column| column == "position").map_or(0, |position| position + 1);
            for (column, value) in row.iter().skip(place).filter(|(column, _)| !is_computed(column)) {
                // Beside its languages, a text stands in that of the export once more.
                let repeats = ["nn", "nb", "en", "se", "smj", "sma", "fkv"]
                    .iter()
                    .any(|code| row.contains_key(&format!("{column}.{code}")));
                if !repeats {
                    leaves(value, told);
                }
            }
        }
    }
    told
}

#[test]
fn nothing_of_a_record_is_lost() {
    let mut seen = 0;
    for registry in REGISTRIES {
        let export = json_of(&registry(&["export", "--format", "json", "--audience", "internal"]));
        let mut told = told(&export);
        for kind in KINDS {
            let list = json_of(&registry(&[kind, "list", "--all", "--format", "json"]));
            for record in list["records"].as_array().unwrap() {
                let id = record["id"].as_str().unwrap();
                let told = told.get_mut(&(kind.to_owned(), id.to_owned())).unwrap_or_else(|| panic!("{kind}/{id}"));
                let mut wanted = Vec::new();
                leaves(record, &mut wanted);
                for leaf in wanted {
                    let at = told.iter().position(|told| *told == leaf);
                    told.swap_remove(at.unwrap_or_else(|| panic!("{kind}/{id} lost {leaf}: {told:?}")));
                    seen += 1;
                }
                // What is left is what records leave unsaid: flags that are not set.
                assert!(told.iter().all(|left| left == "false"), "{kind}/{id}: {told:?}");
            }
        }
    }
    assert!(seen > 5000, "{seen} values");
}

#[test]
fn an_empty_list_and_an_absent_one_differ() {
    let tree = Tree::sound();
    let offering = "title = \"A\"\norganiser = \"hf\"\n[involvement]\nplanning = []\ndelivery = [\"lag\"]\n";
    let organisation = |kind: &str| format!("name = \"X\"\nkind = \"{kind}\"\n");
    tree.file("organisations/hf.toml", organisation("health-trust"));
    tree.file("organisations/lag.toml", organisation("user-organisation"));
    tree.file("offerings/tomt.toml", offering);
    let export = exported(&tree, &["--format", "json"]);
    let row = find(&export, "offerings", "id", "tomt");
    let parts = ["planning", "delivery", "evaluation"].map(|key| row[&format!("involvement.{key}.parts")].clone());
    assert_eq!(parts, [json!(0), json!(1), Value::Null]);
    assert_eq!(find(&export, "offerings.involvement.delivery", "record", "tomt")["delivery"], "lag");
}

/// What `lmnet export` gives of a tree, as JSON.
fn exported(tree: &Tree, arguments: &[&str]) -> Value {
    let ran = run(&mut tree.command(&[&["export"], arguments].concat()));
    assert_eq!(ran.code, Some(0), "{}", ran.talk);
    json_of(&ran.out)
}

fn find(export: &Value, table: &str, column: &str, value: &str) -> Value {
    let rows = export["tables"][table].as_array().unwrap_or_else(|| panic!("there is no {table}"));
    rows.iter().find(|row| row[column] == value).unwrap_or_else(|| panic!("no {value} in {table}")).clone()
}

#[test]
fn times_and_counts_say_how_well_they_are_known() {
    let tree = Tree::sound();
    tree.file("organisations/hf.toml", "name = \"X\"\nkind = \"health-trust\"\n").file(
        "offerings/kurs.toml",
        "title = { nb = \"Kurs\", se = \"Gursa\" }\norganiser = \"hf\"\n\
         [[run]]\nstart = \"2016-autumn\"\nstarts-at = \"18:00\"\nhours = 2.5\npatients = { at-least = 12, words = \"vel 12\" }\n\
         [[run]]\nstart = 2017-02-03\npatients = \"not-recorded\"\n[referral]\nrequired = true\n",
    );
    let export = exported(&tree, &["--format", "json", "--audience", "internal", "--lang", "nn"]);
    let runs = export["tables"]["offerings.run"].as_array().unwrap().iter();
    let [first, second] = &runs.filter(|run| run["record"] == "kurs").collect::<Vec<_>>()[..] else { panic!() };
    let expected = json!({
        "record": "kurs", "position": 1,
        "start": "2016-autumn", "start.earliest": "2016-08-01", "start.latest": "2016-12-31", "starts-at": "18:00",
        "hours": 2.5, "hours.quality": "exact",
        "patients": 12, "patients.quality": "at-least", "patients.words": "vel 12",
    });
    assert_eq!(**first, expected);
    let day = json!("2017-02-03");
    assert_eq!([&second["start"], &second["start.earliest"], &second["start.latest"]], [&day; 3]);
    assert_eq!((&second["patients"], &second["patients.quality"]), (&Value::Null, &json!("not-recorded")));
    let offering = find(&export, "offerings", "id", "kurs");
    let texts = ["title", "title.nb", "title.se", "title.nn"].map(|column| offering[column].clone());
    assert_eq!(texts, [json!("Kurs"), json!("Kurs"), json!("Gursa"), Value::Null], "Bokmål stands in for Nynorsk");
    // A flag that is not stated is not set, but in a table that is not there nothing is stated.
    assert_eq!((&offering["continuous"], &offering["referral.required"]), (&json!(false), &json!(true)));
    assert_eq!(offering["involvement.peer-led"], Value::Null);
}

#[test]
fn a_part_of_a_registry_comes_with_all_that_it_refers_to() {
    let whole = json_of(&printed(&["export", "--format", "json", "--lang", "nn"]));
    for arguments in
        [&["--network", "lm-skognett"][..], &["--year", "2024"], &["--network", "lm-lyngnett", "--year", "2025"]]
    {
        let ran = run(&mut on_fjordnett(&[&["export", "--format", "json", "--lang", "nn"], arguments].concat()));
        assert_eq!((ran.code, &*ran.talk), (Some(0), ""), "no reference leads nowhere");
        let part = json_of(&ran.out);
        for (name, rows) in part["tables"].as_object().unwrap() {
            let all = whole["tables"][name].as_array().unwrap();
            let rows = rows.as_array().unwrap();
            // A column for a language may be there only where some row has it; rows tell of what is there alone.
            assert!(rows.iter().all(|row| all.contains(row)), "{arguments:?}: {name}");
        }
        assert!(
            part["tables"]["records"].as_array().unwrap().len() < whole["tables"]["records"].as_array().unwrap().len()
        );
    }
    let skognett = json_of(&printed(&["export", "--format", "json", "--network", "lm-skognett"]));
    let networks = skognett["tables"]["offerings"].as_array().unwrap().iter().map(|row| row["network"].clone());
    assert_eq!(networks.collect::<Vec<_>>(), [json!("lm-skognett"), json!("lm-skognett")]);
}

#[test]
fn half_a_registry_is_exported_on_request_alone() {
    let tree = Tree::sound();
    tree.file("organisations/half.toml", "name = \"Halvlest\"\nkind = \"othr\"\n");
    tree.file("offerings/heil.toml", "title = \"Heil\"\norganiser = [\"half\"]\n");
    let ran = run(&mut tree.command(&["export", "--format", "json"]));
    assert_eq!((ran.code, &*ran.out), (Some(2), ""), "{}", ran.talk);
    let ran = run(&mut tree.command(&["export", "--format", "json", "--partial", "--lang", "en"]));
    assert_eq!(ran.code, Some(0));
    assert_eq!(json_of(&ran.out)["left-out"], json!(["organisations/half"]));
    // The organiser is not there, so that the column can be no key, which is said.
    assert!(
        ran.talk.contains("records left out: 1") && ran.talk.contains("offerings.organiser: organiser"),
        "{}",
        ran.talk
    );
    let package = tree.path("pakke");
    run(&mut tree.command(&["export", "--format", "datapackage", "--partial", "-o", package.to_str().unwrap()]));
    let package = json_of(&fs::read_to_string(package.join("datapackage.json")).unwrap());
    assert_eq!(package["left-out"], json!(["organisations/half"]));
    let table =
        package["resources"].as_array().unwrap().iter().find(|one| one["name"] == "offerings.organiser").unwrap();
    let keys = &table["schema"]["foreignKeys"];
    assert_eq!(keys, &json!([{ "fields": ["record"], "reference": { "resource": "offerings", "fields": ["id"] } }]));
}

#[test]
fn what_people_read_is_in_their_language() {
    let tree = Tree::empty();
    let mut labels = Vec::new();
    for lang in ["nn", "nb", "en"] {
        let path = tree.path(lang);
        printed(&["export", "--format", "datapackage", "--lang", lang, "-o", path.to_str().unwrap()]);
        let package = json_of(&fs::read_to_string(path.join("datapackage.json")).unwrap());
        let table = package["resources"].as_array().unwrap().iter().find(|one| one["name"] == "offerings.run").unwrap();
        let title = |name: &str| {
            let fields = table["schema"]["fields"].as_array().unwrap();
            fields.iter().find(|field| field["name"] == name).unwrap()["title"].as_str().unwrap().to_owned()
        };
        labels.push([
            table["title"].as_str().unwrap().to_owned(),
            title("record"),
            title("start.latest"),
            title("patients.quality"),
        ]);
    }
    assert_eq!(
        labels,
        [
            ["Tilbod: Gjennomføringar", "Tilbod", "Start, seinast", "Pasientar, kor sikkert"],
            ["Tilbud: Gjennomføringer", "Tilbud", "Start, senest", "Pasienter, hvor sikkert"],
            ["Offerings: Runs", "Offering", "Start, latest", "Patients, how certain"],
        ]
    );
}

#[test]
fn what_makes_no_sense_is_refused_with_a_way_out() {
    for (arguments, says) in [
        (&[][..], "--format: csv"),
        (&["--format", "csv"], "-o DIR, or one table with --table NAME"),
        (&["--format", "csv", "-o", "x.csv"], "is the name of a file"),
        (&["--format", "datapackage"], "-o DIR"),
        (&["--format", "csv", "--table", "offering"], "did you mean offerings?"),
        (&["--format", "json", "--table", "members.waive"], "there is no table"),
        (&["--format", "xlsx", "--excel"], "--excel is for csv"),
        (&["--format", "json", "--from", "2025-01-01"], "--year"),
        (&["--format", "ics", "--year", "2025"], "--from and --until"),
        (&["--format", "ics", "--until", "2026-01-01"], "lies before the first day"),
        (&["--format", "json", "--network", "lm-fjord"], "lm-fjordnett"),
    ] {
        let ran = run(&mut on_fjordnett(&[&["export", "--lang", "en"], arguments].concat()));
        assert_eq!((ran.code, &*ran.out), (Some(2), ""), "{arguments:?}");
        assert!(ran.talk.contains(says), "{arguments:?}: {}", ran.talk);
    }
}

#[test]
fn a_table_without_rows_can_be_asked_for() {
    let out = on_registry(&["export", "--format", "csv", "--table", "offerings.run"]);
    assert!(out.starts_with("record,position,ref,id,start,") && out.lines().count() == 1, "{out}");
}
