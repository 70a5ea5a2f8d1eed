//! Messages to those who owe something.

mod common;

use common::{Tree, on_fjordnett, printed, run};
use serde_json::{Value, json};

const DAY: &str = "2026-11-22";

fn messages(more: &[&str]) -> Value {
    serde_json::from_str(&printed(&[&["nag", "--today", DAY, "--format", "json"], more].concat())).unwrap()
}

fn to<'a>(messages: &'a Value, id: &str) -> Vec<&'a Value> {
    messages["messages"].as_array().unwrap().iter().filter(|one| one["to"] == id).collect()
}

#[test]
fn what_is_open_stands_in_a_message_to_each_who_owes_it() {
    let deadlines = ["deadlines", "--today", DAY, "--within", "30", "--format", "json"];
    let deadlines: Value = serde_json::from_str(&printed(&deadlines)).unwrap();
    let found = messages(&[]);
    // Every deadline and each who owes it, once, in both.
    let key = |one: &Value, by: &str| {
        format!(
            "{by} {} {} {} {}",
            one["kind"],
            one["duty"],
            one["subject"],
            one["due"].to_string() + &one["period"].to_string()
        )
    };
    let mut owed: Vec<String> = Vec::new();
    let mut nobodys = 0;
    for one in deadlines["deadlines"].as_array().unwrap() {
        let by = one.get("by").and_then(Value::as_array).cloned().unwrap_or_default();
        nobodys += u64::from(by.is_empty());
        owed.extend(by.iter().map(|by| key(one, by.as_str().unwrap())));
    }
    let mut told: Vec<String> = Vec::new();
    for message in found["messages"].as_array().unwrap() {
        for one in message["overdue"].as_array().unwrap().iter().chain(message["soon"].as_array().unwrap()) {
            told.push(key(&one["deadline"], message["to"].as_str().unwrap()));
        }
        let overdue = message["overdue"].as_array().unwrap().iter();
        assert!(overdue.clone().all(|one| one["deadline"]["status"] == "overdue"), "{message:#}");
    }
    owed.sort();
    told.sort();
    assert!(owed.len() > 10);
    assert_eq!(told, owed);
    assert_eq!(found["nobodys"], nobodys);
}

#[test]
fn the_language_is_that_of_whom_it_goes_to() {
    let found = messages(&[]);
    let greetings = |id: &str| to(&found, id).iter().map(|one| one["language"].clone()).collect::<Vec<_>>();
    assert_eq!(greetings("lm-fjordnett"), [json!("nn")]);
    let skognett = found["messages"].as_array().unwrap().iter().filter(|one| one["language"] == "nb").count();
    let all = found["messages"].as_array().unwrap().len();
    assert!(skognett < all);
    let english = messages(&["--lang", "en"]);
    assert!(english["messages"].as_array().unwrap().iter().all(|one| one["language"] == "en"));
    let line = &to(&english, "lm-fjordnett")[0]["soon"][0]["line"];
    assert!(line.as_str().unwrap().starts_with("30 November 2026 (in 8 days), for 2027: “"), "{line}");
    assert_eq!(to(&english, "lm-fjordnett")[0]["signature"], "The cooperation secretariat");
}

#[test]
fn one_party_and_its_parts_can_be_asked_for() {
    let found = messages(&["--to", "lm-fjordnett"]);
    let all: Vec<&str> = found["messages"].as_array().unwrap().iter().map(|one| one["to"].as_str().unwrap()).collect();
    assert_eq!(all, ["lm-fjordnett"]);
    let ran = run(&mut on_fjordnett(&["nag", "--to", "lm-fjordnet"]));
    assert_eq!(ran.code, Some(2));
    assert!(ran.talk.contains("lm-fjordnett"), "{}", ran.talk);
}

#[test]
fn whoever_owes_nothing_gets_nothing() {
    let tree = Tree::empty();
    tree.file("lmnet.toml", "format = 1\n");
    tree.file("organisations/nord.toml", "name = \"Nord\"\nkind = \"municipality\"\n");
    for (lang, line) in [
        ("nn", "lmnet: ingen er over fristen, og ingen har frist fram til 22. desember 2026\n"),
        ("nb", "lmnet: ingen har noe forfalt, og ingen har frist fram til 22. desember 2026\n"),
        ("en", "lmnet: nobody has anything overdue or due by 22 December 2026\n"),
    ] {
        let ran = run(&mut tree.command(&["nag", "--today", DAY, "--lang", lang]));
        assert_eq!((ran.code, &*ran.out, &*ran.talk), (Some(0), "", line));
    }
}

#[test]
fn messages_greet_and_sign_as_the_manifest_says() {
    let tree = Tree::empty();
    tree.file(
        "lmnet.toml",
        "format = 1\nlanguage = \"nb\"\n[messages]\ngreeting = \"God dag\"\nsignature = \"\"\"\nMed hilsen\nkoordinatoren\"\"\"\n",
    );
    tree.file("organisations/nord.toml", "name = \"Nord\"\nkind = \"municipality\"\n");
    tree.file("networks/lm.toml", "name = \"LM\"\nparties = [\"nord\"]\ntracked = {}\n");
    tree.file(
        "plans/lm-2026.toml",
        "network = \"lm\"\nkind = \"action\"\nyear = 2026\n[[action]]\ntitle = \"Møte\"\nresponsible = [\"nord\"]\nstatus = \"planned\"\ndue = 2026-10-01\n",
    );
    let ran = run(&mut tree.command(&["nag", "--today", DAY]));
    assert_eq!(ran.code, Some(0), "{}", ran.talk);
    let body = "Til: Nord\n\nGod dag\n\nDette er forfalt:\n\n- 1. oktober 2026 (for 52 dager siden): Tiltak: Møte";
    assert!(ran.out.contains(body), "{}", ran.out);
    assert!(ran.out.ends_with("Med hilsen\n\nkoordinatoren\n"), "{}", ran.out);
}
