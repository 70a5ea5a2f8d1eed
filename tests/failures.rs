//! What a command says that could not run: in the language in force, whatever went wrong.

mod common;

use std::process::Command;

use common::{Ran, Tree, quiet_environment, run};

const FAILURES: [(&[&str], [&str; 3]); 16] = [
    (
        &["organisations", "show", "oyfjor"],
        [
            "det finst ingen organisasjon «oyfjor»; meinte du oyfjord?",
            "det finnes ingen organisasjon «oyfjor»; mente du oyfjord?",
            "there is no organisation 'oyfjor'; did you mean oyfjord?",
        ],
    ),
    (
        &["networks", "show", "vagvik"],
        [
            "det finst ikkje noko nettverk «vagvik»; «lmnet organisations show vagvik» viser ein post som heiter så",
            "det finnes ikke noe nettverk «vagvik»; «lmnet organisations show vagvik» viser en post som heter det",
            "there is no network 'vagvik'; 'lmnet organisations show vagvik' is one",
        ],
    ),
    (
        &["set", "plans/fjordnett-206", "year", "2026"],
        [
            "det finst ingen plan «fjordnett-206»; meinte du",
            "det finnes ingen plan «fjordnett-206»; mente du",
            "there is no plan",
        ],
    ),
    (
        &["set", "organisasjon/vagvik", "name", "x"],
        ["det finst ikkje noko slag", "det finnes ikke noe slag", "there is no kind 'organisasjon'"],
    ),
    (
        &["sent", "vagvik", "--to", "samhandlingssekretariatet"],
        [
            "vagvik er ingen plan og ingen rapport",
            "vagvik er ingen plan og ingen rapport",
            "vagvik is no plan or report",
        ],
    ),
    (
        &["offerings", "list", "--trust", "aust"],
        ["ikkje noko helseføretak «aust»", "ikke noe helseforetak «aust»", "there is no trust 'aust'"],
    ),
    (
        &["offerings", "list", "--columns", "titel"],
        ["inga kolonne «titel»; meinte du «title»?", "ingen kolonne «titel»; mente du «title»?", "no column 'titel'"],
    ),
    (
        &["deadlines", "--alarm", "3"],
        ["--alarm er berre for kalendrar", "--alarm er bare for kalendere", "--alarm is for calendars only"],
    ),
    (
        &["import", "nope.xlsx"],
        [
            "nope.xlsx: det finst inga slik fil eller mappe",
            "nope.xlsx: det finnes ingen slik fil eller mappe",
            "nope.xlsx: there is no such file or folder",
        ],
    ),
    (
        &["check", "nope.toml"],
        [
            "nope.toml: det finst inga slik fil",
            "nope.toml: det finnes ingen slik fil",
            "nope.toml: there is no such file",
        ],
    ),
    (
        &["export", "--format", "json", "--table", "offering"],
        ["ingen tabell «offering»; meinte du offerings?", "ingen tabell «offering»; mente du", "no table 'offering'"],
    ),
    (
        &["explain", "mandat-fjordnett/handlingplan"],
        [
            "det finst inga plikt og ingen plass «mandat-fjordnett/handlingplan»; meinte du mandat-fjordnett/handlingsplan?",
            "det finnes ingen plikt og ingen plass «mandat-fjordnett/handlingplan»; mente du",
            "there is no duty or seat 'mandat-fjordnett/handlingplan'; did you mean",
        ],
    ),
    (
        &["report", "--year", "2025", "--network", "lm-fjordnett", "--explain", "reach/local"],
        ["«reach/local» er ei rad", "«reach/local» er en rad", "'reach/local' is a row"],
    ),
    (&["diff", "HEAD"], ["ligg ikkje i noko git-depot", "ligger ikke i noe git-depot", "is in no git repository"]),
    (
        &["offerings", "list", "-o", "nowhere/tilbod.docx"],
        [
            "det finst inga slik fil eller mappe",
            "det finnes ingen slik fil eller mappe",
            "there is no such file or folder",
        ],
    ),
    (
        &["offerings", "list", "-o", "tilbod.ods"],
        ["endinga .ods; nemn eit", "endelsen .ods; nevn et", "the ending .ods; name one"],
    ),
];

fn says(ran: &Ran, words: &str) {
    assert!(ran.code == Some(2) && ran.talk.starts_with("lmnet: ") && ran.talk.contains(words), "{words}: {ran:?}");
}

#[test]
fn what_is_not_there_is_told_in_the_language_asked_for() {
    let tree = Tree::fjordnett();
    for (arguments, words) in FAILURES {
        for (lang, words) in ["nn", "nb", "en"].into_iter().zip(words) {
            says(&run(tree.command(arguments).args(["--lang", lang])), words);
        }
    }
}

#[test]
fn without_being_asked_it_is_told_in_the_language_of_the_environment_or_the_registry() {
    let tree = Tree::sound();
    let show = ["plans", "show", "nope"];
    says(&run(tree.command(&show).env("LMNET_LANG", "en")), "there is no plan 'nope'");
    says(&run(tree.command(&show).env("LMNET_LANG", "english")), "LMNET_LANG: «english» er ikkje nn, nb eller en");
    tree.file("lmnet.toml", std::fs::read_to_string(tree.path("lmnet.toml")).unwrap().replace("\"nn\"", "\"nb\""));
    says(&run(&mut tree.command(&show)), "det finnes ingen plan «nope»");
    says(&run(tree.command(&show).env("LMNET_TODAY", "i morgon")), "LMNET_TODAY: «i morgon» er ingen dato som");
}

#[test]
fn without_a_registry_it_is_told_in_the_language_asked_for() {
    let tree = Tree::empty();
    for (lang, words) in
        [(None, "fann ikkje noko register"), (Some("nb"), "fant ikke noe register"), (Some("en"), "no registry found")]
    {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lmnet"));
        quiet_environment(&mut command);
        command.arg("check").current_dir(&tree.root);
        says(&run(command.args(lang.iter().flat_map(|lang| ["--lang", lang]))), words);
    }
}
