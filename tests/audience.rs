//! Whom an offering is not for is not missing where nobody counted them.

mod common;

use common::{Tree, run};
use serde_json::{Value, json};

/// Offerings of the year 2031, in which nothing else was held: id, whom for, patients, relatives.
const OFFERINGS: [(&str, &str, &str, &str); 6] = [
    ("pasientar", r#"["patients"]"#, "8", ""),
    ("foreldre", r#"["parents", "siblings"]"#, "", "7"),
    ("ukjent", "", "10", ""),
    ("barn", r#"["patients", "children"]"#, "6", ""),
    ("ledsaga", r#"["patients"]"#, "9", "5"),
    ("uteljd", r#"["patients"]"#, "11", "\"not-recorded\""),
];

fn tree(ids: &[&str]) -> Tree {
    let tree = Tree::sound();
    for (id, audience, patients, relatives) in OFFERINGS.iter().filter(|(id, ..)| ids.contains(id)) {
        let key = |key: &str, value: &str| {
            if value.is_empty() { String::new() } else { format!("{key} = {value}\n") }
        };
        let text = format!(
            "title = \"{id}\"\norganiser = \"nordvik\"\nnetwork = \"lm-fjord\"\nform = \"group\"\n{}\n[[run]]\nstart = 2031-02-03\n{}{}",
            key("audience", audience),
            key("patients", patients),
            key("relatives", relatives),
        );
        tree.file(format!("offerings/{id}.toml"), text);
    }
    tree
}

fn printed(tree: &Tree, arguments: &[&str]) -> String {
    let ran = run(tree.command(arguments).args(["--today", "2031-12-01"]));
    assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.talk);
    ran.out
}

/// What is registered in the annual report.
fn registered(tree: &Tree, audience: &str) -> Value {
    let ask = ["report", "--year", "2031", "--audience", audience, "--format", "json"];
    let report: Value = serde_json::from_str(&printed(tree, &ask)).unwrap();
    report["networks"][0]["content"]["offerings"]["participants"].clone()
}

fn exact(value: u64, of: u64) -> Value {
    json!({ "quality": "exact", "value": value, "not-recorded": 0, "of": of })
}

#[test]
fn sums_are_exact_where_nobody_could_come_who_was_not_counted() {
    let participants = registered(&tree(&["pasientar"]), "public");
    assert_eq!(participants, json!({ "patients": exact(8, 1), "relatives": null, "all": exact(8, 1) }));
    let participants = registered(&tree(&["pasientar", "foreldre"]), "public");
    assert_eq!(participants, json!({ "patients": exact(8, 1), "relatives": exact(7, 1), "all": exact(15, 2) }));
    // What is given counts.
    let participants = registered(&tree(&["pasientar", "ledsaga"]), "public");
    assert_eq!(participants, json!({ "patients": exact(17, 2), "relatives": exact(5, 1), "all": exact(22, 3) }));
}

#[test]
fn whoever_may_have_come_is_missing_as_before() {
    for (id, patients) in [("ukjent", 10), ("barn", 6), ("uteljd", 11)] {
        let participants = registered(&tree(&[id]), "internal");
        let missing = json!({ "quality": "not-recorded", "not-recorded": 1, "of": 1 });
        let all = json!({ "quality": "at-least", "value": patients, "not-recorded": 1, "of": 2 });
        assert_eq!(participants, json!({ "patients": exact(patients, 1), "relatives": missing, "all": all }), "{id}");
    }
}

#[test]
fn lists_summaries_and_explanations_say_the_same() {
    let tree = tree(&["pasientar"]);
    let list = ["offerings", "list", "--year", "2031", "--format", "csv", "--columns"];
    let csv = printed(&tree, &[&list[..], &["id,patients,relatives,participants"]].concat());
    assert!(csv.lines().any(|line| line == "pasientar,8,,8"), "{csv}");
    for (lang, at_least, others) in [
        ("nn", "minst 8", "pasientar: 8; pårørande: tilbodet er for andre"),
        ("nb", "minst 8", "pasienter: 8; pårørende: tilbudet er for andre"),
        ("en", "at least 8", "patients: 8; relatives: the offering is for others"),
    ] {
        let report = ["report", "--year", "2031", "--network", "lm-fjord", "--lang", lang];
        assert!(!printed(&tree, &report).contains(at_least), "{lang}");
        let summary = printed(&tree, &["summary", "--network", "lm-fjord", "--lang", lang]);
        assert!(!summary.contains(at_least), "{summary}");
        let cell = "each/pasientar/participants";
        let told = printed(&tree, &[&report[..], &["--audience", "internal", "--explain", cell]].concat());
        assert!(told.contains(others), "{told}");
    }
}
