//! `lmnet diff` on a real history: what is printed, in each format and language, and when nothing is.

mod common;
#[path = "common/repository.rs"]
mod repository;

use common::{Ran, run};
use repository::Repository;
use serde_json::Value;

/// A history of two commits: a plan is sent, a contact leaves, a run is added, an offering gets an organiser that is not there.
fn history() -> Repository {
    let repository = Repository::with("registry", |_| {});
    repository.commit("base");
    repository.file(
        "plans/lm-fjord-2019.toml",
        "network = \"lm-fjord\"\nkind = \"action\"\nyear = 2019\nsent = [{ to = \"fjord-hf\", on = 2017-11-28 }]\n",
    );
    repository.rename("offerings/fjord-hf/kols-skule.toml", "offerings/hav/kols-skulen.toml");
    let offering = repository.read("offerings/hav/kols-skulen.toml");
    repository
        .file("offerings/hav/kols-skulen.toml", &format!("{offering}\n[[run]]\nstart = 2018-03-01\npatients = 9\n"));
    repository.file("offerings/ny.toml", "title = \"Nytt tilbod\"\norganiser = \"finst-ikkje\"\n");
    repository
}

fn diff(repository: &Repository, arguments: &[&str]) -> Ran {
    run(&mut repository.command(&[&["diff", "--today", "2018-06-01"], arguments].concat()))
}

#[test]
fn a_change_is_told_from_what_is_gone_to_whose_it_is() {
    let repository = history();
    for (lang, heading, new) in [
        ("nn", "# Endringar sidan HEAD", "## Nye funn"),
        ("nb", "# Endringer siden HEAD", "## Nye funn"),
        ("en", "# Changes since HEAD", "## New findings"),
    ] {
        let ran = diff(&repository, &["HEAD", "--format", "md", "--lang", lang]);
        assert_eq!((ran.code, &*ran.talk), (Some(0), ""));
        assert!(ran.out.starts_with(heading), "{}", ran.out);
        assert!(ran.out.contains(new) && ran.out.contains("offerings/ny.toml:2 unknown-reference"), "{}", ran.out);
        assert!(ran.out.contains("offerings/kols-skule → offerings/kols-skulen"), "{}", ran.out);
        let headings: Vec<&str> = ran.out.lines().filter(|line| line.starts_with("## ")).collect();
        assert_eq!(headings.len(), 6, "{headings:?}");
    }
}

#[test]
fn for_machines_it_is_told_by_state_and_key() {
    let repository = history();
    let ran = diff(&repository, &["HEAD", "--format", "json", "--lang", "en"]);
    let told: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&told["schema"], &told["version"]), (&"lmnet-diff".into(), &1.into()));
    let records = told["records"].as_array().unwrap();
    let states: Vec<_> = records.iter().map(|one| (&one["state"], &one["record"])).collect();
    let text = |text: &str| Value::from(text);
    assert_eq!(
        states,
        [
            (&text("added"), &text("offerings/ny")),
            (&text("added"), &text("plans/lm-fjord-2019")),
            (&text("renamed"), &text("offerings/kols-skulen")),
        ]
    );
    let fields = records[2]["fields"].as_array().unwrap();
    assert_eq!(fields.len(), 1, "{fields:?}");
    assert_eq!((&fields[0]["old"], &fields[0]["new"]["start"]), (&Value::Null, &text("2018-03-01")));
    let rules = |list: &str| {
        told["findings"][list].as_array().unwrap().iter().map(|one| one["rule"].clone()).collect::<Vec<_>>()
    };
    assert!(rules("new").contains(&text("unknown-reference")) && rules("fixed").is_empty(), "{}", told["findings"]);
    let deadlines = told["deadlines"].as_array().unwrap();
    let sent = deadlines.iter().find(|one| one["key"] == "mandat-fjord/plan/2017").expect(&ran.out);
    assert!(sent["old"].as_str().unwrap().starts_with("overdue"), "{sent}");
    assert!(sent["new"].as_str().unwrap().starts_with("met on time"), "{sent}");
    let figures: Vec<_> = told["figures"].as_array().unwrap().iter().map(|one| one["key"].clone()).collect();
    assert!(figures.contains(&text("2018/runs")) && figures.contains(&text("2018/patients")), "{figures:?}");
}

#[test]
fn two_revisions_are_held_against_each_other_and_the_files_play_no_part() {
    let repository = history();
    repository.commit("change");
    let now = diff(&repository, &["HEAD~1", "HEAD", "--format", "json"]).out;
    repository.file("offerings/ny.toml", "dette er ikkje TOML");
    assert_eq!(diff(&repository, &["HEAD~1", "HEAD", "--format", "json"]).out, now);
    let there: Value = serde_json::from_str(&diff(&repository, &["HEAD", "--format", "json"]).out).unwrap();
    assert_eq!(there["records"].as_array().unwrap().len(), 0);
    assert_eq!(there["unreadable"]["now"], Value::from(vec!["offerings/ny"]));
}

#[test]
fn nothing_changed_is_nothing_printed() {
    let repository = Repository::with("registry", |_| {});
    repository.commit("base");
    repository.file(
        "organisations/fjord-hf.toml",
        &format!("# berre ein merknad\n{}", repository.read("organisations/fjord-hf.toml")),
    );
    for format in ["human", "md"] {
        let ran = diff(&repository, &["HEAD", "--format", format]);
        assert_eq!((ran.code, &*ran.out, &*ran.talk), (Some(0), "", ""));
    }
}

#[test]
fn what_can_not_be_compared_is_said() {
    let repository = history();
    let ran = diff(&repository, &["finst-ikkje"]);
    assert_eq!((ran.code, &*ran.out), (Some(2), ""));
    assert!(ran.talk.contains("finst-ikkje"), "{}", ran.talk);
}
