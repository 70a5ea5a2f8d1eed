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
    for range in ["main..main", "main...main", "...main", "..main", "main.."] {
        let ran = diff(&repository, &[range, "--lang", "en"]);
        assert_eq!((ran.code, &*ran.out), (Some(2), ""));
        assert!(ran.talk.contains("'main...' is the commit") && ran.talk.contains("two revisions"), "{}", ran.talk);
    }
}

/// A change of very much: records that go, that come, that get other texts, and a mistake in each that comes.
fn large() -> Repository {
    let repository = Repository::with("registry", |_| {});
    let offering =
        |text: &str| format!("title = \"{}\"\norganiser = \"fjord-hf\"\ntarget-group = \"{text}\"\n", text.repeat(9));
    for number in 0..300 {
        repository.file(&format!("offerings/a-{number}.toml"), &offering(&format!("Alfa {number}")));
        repository.file(&format!("offerings/b-{number}.toml"), &offering(&format!("Beta {number}")));
    }
    repository.commit("base");
    for number in 0..300 {
        std::fs::remove_file(repository.tree.path(format!("registry/offerings/a-{number}.toml"))).unwrap();
        repository.file(&format!("offerings/b-{number}.toml"), &offering(&format!("Andre | ord_{number}_ ").repeat(9)));
        repository.file(
            &format!("offerings/c-{number}.toml"),
            &format!("title = \"Gamma delta epsilon {number}\"\norganiser = \"nokon\"\n"),
        );
    }
    repository
}

#[test]
fn a_large_change_fits_a_comment_and_says_what_it_left_out() {
    let repository = large();
    let md = diff(&repository, &["HEAD", "--format", "md", "--lang", "nn"]).out;
    assert!((30_000..=60_000).contains(&md.encode_utf16().count()), "{}", md.len());
    // What it comes to stands before the fields, and no table is cut.
    let place = |heading: &str| md.find(heading).unwrap_or_else(|| panic!("{heading}: {md}"));
    assert!(place("## Fjerna (300)") < place("## Nye (300)"));
    assert!(
        place("## Nye funn (") < place("## Kven det gjeld") && place("## Kven det gjeld") < place("## Endra (300)")
    );
    assert!(md.contains("… og 200 til."));
    let shown = md.matches("\n### ").count();
    assert!(shown > 3 && md.contains(&format!("Felta i {} av 300 postar er ikkje viste.", 300 - shown)), "{shown}");
    assert!(md.ends_with("Ikkje alt fekk plass her. «lmnet diff HEAD» viser alt.\n"), "{}", &md[md.len() - 300..]);
    let rows: Vec<&str> = md.lines().filter(|line| line.starts_with('|')).collect();
    assert!(rows.iter().all(|row| row.ends_with(" |") || row.ends_with("|")));

    let human = diff(&repository, &["HEAD", "--lang", "nn"]).out;
    for all in [["offerings/a-", "Fjerna"], ["offerings/c-", "Nye"]] {
        assert!((0..300).all(|number| human.contains(&format!("{}{number}", all[0]))), "{all:?}");
    }
    assert!(!human.contains("viser alt") && !human.contains(" til."));
}

#[test]
fn the_closing_count_is_a_sentence() {
    let repository = Repository::with("registry", |_| {});
    repository.commit("base");
    repository.file("offerings/ny.toml", "title = \"Nytt tilbod\"\norganiser = \"finst-ikkje\"\n");
    for (lang, line) in [
        ("nn", "Postar: 1 ny. Funn: 1 nytt, ingen retta."),
        ("nb", "Poster: 1 ny. Funn: 1 nytt, ingen rettet."),
        ("en", "Records: 1 added. Findings: 1 new, none fixed."),
    ] {
        let out = diff(&repository, &["HEAD", "--lang", lang]).out;
        assert!(out.contains(line), "{out}");
    }
}

#[test]
fn what_can_not_be_read_is_said_in_each_language() {
    let repository = Repository::with("registry", |_| {});
    repository.commit("base");
    repository.file("organisations/fjord-hf.toml", "name = 7\n");
    let told = |words: &str| diff(&repository, &["HEAD", "--lang", words]).out;
    assert!(told("nn").contains("organisations/fjord-hf kan ikkje lesast no, så det er uvisst kva som er endra."));
    assert!(told("nb").contains("organisations/fjord-hf kan ikke leses nå, så det er uvisst hva som er endret."));
    assert!(told("en").contains("organisations/fjord-hf cannot be read now, so it is not known what changed."));
    repository.commit("broken");
    repository.file("organisations/fjord-hf.toml", "name = 8\n");
    assert!(told("nn").contains("organisations/fjord-hf kan ikkje lesast, men er endra."));
}
