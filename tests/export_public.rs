//! Exports for the public: nothing that is internal is in them, and small numbers are told to be hidden.

mod common;

use std::fs;

use common::{Tree, run};
use serde_json::{Value, json};

fn json_of(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// What `lmnet export` gives of a tree, as JSON.
fn exported(tree: &Tree, arguments: &[&str]) -> Value {
    let ran = run(&mut tree.command(&[&["export"], arguments].concat()));
    assert_eq!(ran.code, Some(0), "{}", ran.talk);
    json_of(&ran.out)
}

/// A record of each kind with something in it that is not for the public, marked by a word; and numbers to be hidden.
const INSIDE: &str = r#"
~~~toml organisations/hf.toml
name = "HF"
kind = "health-trust"
contact = { email = "LØYND1@example.org", phone = "LØYND2" }
note = "LØYND3"
waive = [{ rule = "unstated-involvement", reason = "LØYND4", until = 2030-01-01 }]
part-of = [{ organisation = "rhf", note = "LØYND5" }]
~~~
~~~toml organisations/rhf.toml
name = "RHF"
kind = "regional-authority"
~~~
~~~toml agreements/mandat.toml
title = "Mandat"
kind = "mandate"
[[obligation]]
id = "plan"
text = "Plan"
every = "year"
note = "LØYND6"
evidence = [{ record = ["plan"] }]
~~~
~~~toml networks/nett.toml
name = "Nett"
parties = [{ organisation = "hf", note = "LØYND7" }]
governed-by = ["mandat"]
excuse = [{ duty = "mandat/plan", covers = "2024", reason = "LØYND8" }]
~~~
~~~toml members/nokon.toml
organisation = "hf"
background = "user-representative"
function = "Synleg"
name = "LØYND9"
consent = 2024-01-01
role-description = "LØYND10"
source = ["LØYND11"]
recruited-from = "kurs"
[[appointment]]
body = "nett"
role = "member"
note = "LØYND12"
~~~
~~~toml courses/kurs.toml
title = "Kurs"
module = "grunnkurs"
organiser = ["hf"]
start = 2024-01-01
note = "LØYND13"
~~~
~~~toml offerings/tilbod.toml
title = "Tilbod"
organiser = ["hf"]
network = "nett"
form = "group"
[[run]]
start = 2024-01-01
patients = { at-least = 20, words = "LØYND14" }
relatives = 3
note = "LØYND15"
[[run]]
start = 2024-06-01
patients = 9
relatives = 14
[[run]]
start = 2024-07-01
status = "cancelled"
patients = 2
~~~
~~~toml offerings/infomote.toml
title = "Informasjonsmøte"
organiser = ["hf"]
form = "information-meeting"
[[run]]
start = 2024-01-01
patients = 4
~~~
~~~toml reports/nett-2024.toml
network = "nett"
kind = "annual"
year = 2024
[[figure]]
measure = "relatives"
value = 3
of = 17
note = "LØYND16"
[[figure]]
measure = "offerings"
value = 1
~~~
"#;

#[test]
fn the_public_sees_nothing_that_is_internal() {
    let tree = Tree::empty();
    tree.lay(INSIDE);
    tree.file("lmnet.toml", "format = 1\n");
    let output = tree.path("ut");
    let export = |format: &str, audience: &str| {
        let path = output.join(format!("{format}-{audience}"));
        fs::create_dir_all(&output).unwrap();
        let arguments = ["export", "--format", format, "--audience", audience, "-o", path.to_str().unwrap()];
        let ran = run(&mut tree.command(&arguments));
        assert_eq!(ran.code, Some(0), "{}", ran.talk);
        let mut files = vec![path.clone()];
        if path.is_dir() {
            files = fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()).collect();
        }
        files.iter().map(|file| fs::read_to_string(file).unwrap()).collect::<String>()
    };
    let secrets: Vec<String> = (1..=16).map(|number| format!("LØYND{number}")).collect();
    for format in ["json", "ndjson", "csv", "datapackage"] {
        let inside = export(format, "internal");
        assert!(secrets.iter().all(|secret| inside.contains(secret)), "{format}: {inside}");
        let outside = export(format, "public");
        assert!(!outside.contains("LØYND") && outside.contains("Synleg"), "{format}: {outside}");
        assert!(!outside.contains("consent") && !outside.contains("recruited-from"), "{format}");
    }
    let ics = run(&mut tree.command(&["export", "--format", "ics", "--from", "2020-01-01"])).out;
    assert!(ics.contains("Informasjonsmøte") && !ics.contains("LØYND"), "{ics}");
}

#[test]
fn small_numbers_are_told_to_be_hidden() {
    let tree = Tree::empty();
    tree.lay(INSIDE);
    tree.file("lmnet.toml", "format = 1\n");
    let export = exported(&tree, &["--format", "json"]);
    let quality = |record: &str, position: u64, column: &str| {
        let rows = export["tables"]["offerings.run"].as_array().unwrap().iter();
        let row = rows.clone().find(|row| row["record"] == record && row["position"] == position).unwrap().clone();
        let [number, quality] = ["", ".quality"].map(|after| row[format!("{column}{after}")].clone());
        assert_eq!(number.is_null(), quality == "hidden", "{row}");
        quality.as_str().map(str::to_owned)
    };
    let hidden = Some("hidden".to_owned());
    // 3 and 14 follow from each other beside the 17 of the annual report.
    assert_eq!([1, 2].map(|run| quality("tilbod", run, "relatives")), [hidden.clone(), hidden.clone()]);
    // A cancelled run is in no sum, so that its 2 gives nothing away of the others.
    let [first, second, cancelled] = [1, 2, 3].map(|run| quality("tilbod", run, "patients"));
    assert_eq!(
        [first.as_deref(), second.as_deref(), cancelled.as_deref()],
        [Some("at-least"), Some("exact"), Some("hidden")]
    );
    assert_eq!(quality("infomote", 1, "patients"), hidden, "not counted in any report, and small");
    let figures = export["tables"]["reports.figure"].as_array().unwrap();
    let values: Vec<_> = figures.iter().map(|row| (&row["value"], &row["value.quality"], &row["of"])).collect();
    let [null, hides, one, exact] = [Value::Null, json!("hidden"), json!(1), json!("exact")];
    assert_eq!(values, [(&null, &hides, &null), (&one, &exact, &null)], "what is no number of participants stays");

    tree.file("lmnet.toml", "format = 1\n[publish]\nsuppress-below = 0\n");
    assert!(!exported(&tree, &["--format", "json"]).to_string().contains("hidden"));
}
