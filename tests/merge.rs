//! `lmnet merge organisations`: one carries on from several.

mod common;

use std::fs;

use common::{Ran, Tree, run};
use serde_json::Value;

fn merge(tree: &Tree, arguments: &[&str]) -> Ran {
    run(&mut tree.command(&[&["merge", "organisations"], arguments].concat()))
}

const NORDFJORDEN: [&str; 9] =
    ["vagvik", "oyfjord", "--into", "nordfjorden", "--name", "Nordfjorden", "--on", "2028-01-01", "--lang=en"];

/// The ids in a list of a record, each with its first and last day, as `show --format json` has them.
fn dated(tree: &Tree, noun: &str, id: &str, list: &str) -> Vec<String> {
    let ran = run(&mut tree.command(&[noun, "show", id, "--format", "json"]));
    let value: Value = serde_json::from_str(&ran.out).unwrap();
    let part = |part: &Value| match part {
        Value::String(id) => id.clone(),
        part => {
            let word = |key: &str| part[key].as_str().unwrap_or_default().to_owned();
            format!("{} {}..{} {}", word("organisation"), word("from"), word("to"), word("area")).trim().to_owned()
        }
    };
    value["record"][list].as_array().unwrap().iter().map(part).collect()
}

#[test]
fn what_held_of_the_old_ones_ends_and_begins_for_the_new_one() {
    let tree = Tree::fjordnett();
    let ran = merge(&tree, &NORDFJORDEN);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let parties = dated(&tree, "networks", "lm-fjordnett", "parties");
    for wanted in [
        "vagvik 2025-01-01..2027-12-31 ytre",
        "oyfjord ..2027-12-31 indre",
        "nordfjorden 2028-01-01..",
        "sorvik ..2024-12-31 ytre",
    ] {
        assert!(parties.iter().any(|party| party == wanted), "{wanted}: {parties:?}");
    }
    let unit = dated(&tree, "organisations", "ke-oyfjord", "part-of");
    assert_eq!(unit, ["oyfjord ..2027-12-31", "nordfjorden 2028-01-01.."]);
    let succeeds = fs::read_to_string(tree.path("organisations/nordfjorden.toml")).unwrap();
    for wanted in [
        "kind = \"municipality\"",
        "from = 2028-01-01",
        "{ organisation = \"vagvik\", on = 2028-01-01 }",
        "{ organisation = \"oyfjord\", on = 2028-01-01 }",
        "trust = [{ organisation = \"helse-ytterkyst\", from = 2028-01-01 }]",
    ] {
        assert!(succeeds.contains(wanted), "{wanted}: {succeeds}");
    }
    for gone in ["vagvik", "oyfjord"] {
        let text = fs::read_to_string(tree.path(format!("organisations/{gone}.toml"))).unwrap();
        assert!(text.contains("\nto = 2027-12-31\n"), "{text}");
        assert!(text.lines().any(|line| line.starts_with("codes") && line.contains("to = 2027-12-31")), "{text}");
    }
    assert!(ran.talk.contains("set networks/lm-fjordnett 'parties[nordfjorden].area' AREA"), "{ran:?}");

    // What is left is for people, and nothing but that: somebody who sits for one that is gone.
    let found = tree.check();
    let rules: Vec<_> = found.rules().into_iter().map(|(_, rule)| rule).collect();
    assert_eq!(rules, ["reference-outside-validity"]);
    for handed_over in
        ["Handover note: Vågvik", "Handover note: Øyfjord", "Contact person, Fjordnett", "mandat-fjordnett/behov"]
    {
        assert!(ran.out.contains(handed_over), "{handed_over}: {}", ran.out);
    }
    let ran = run(&mut tree.command(&["set", "networks/lm-fjordnett", "parties[nordfjorden].area", "indre"]));
    assert_eq!(ran.code, Some(0), "{ran:?}");
}

#[test]
fn one_that_is_there_can_carry_on_and_be_one_of_those_that_merge() {
    for before in [&["vagvik"][..], &["vagvik", "oyfjord"]] {
        let tree = Tree::fjordnett();
        let ran = merge(&tree, &[before, &["--into", "oyfjord", "--on", "2028-01-01"]].concat());
        assert_eq!(ran.code, Some(0), "{ran:?}");
        let text = fs::read_to_string(tree.path("organisations/oyfjord.toml")).unwrap();
        assert!(text.contains("succeeds = [{ organisation = \"vagvik\", on = 2028-01-01 }]"), "{text}");
        assert!(!text.contains("\nto = "), "{text}");
        let parties = dated(&tree, "networks", "lm-fjordnett", "parties");
        let own: Vec<_> = parties.iter().filter(|party| party.contains("oyfjord")).collect();
        assert_eq!(own, ["oyfjord .. indre"], "it was a party and is one");
        let again = merge(&tree, &[before, &["--into", "oyfjord", "--on", "2028-01-01", "--lang", "en"]].concat());
        assert_eq!(
            (again.code, again.talk.lines().last().unwrap()),
            (Some(0), "lmnet: it says so already"),
            "{again:?}"
        );
    }
}

#[test]
fn what_cannot_be_is_refused() {
    let tree = Tree::fjordnett();
    let into = ["--into", "nordfjorden", "--name", "N", "--on"];
    for (arguments, says) in [
        (
            &[&["vagvik", "sorvik"], &into[..], &["2028-01-01"]].concat()[..],
            "sorvik: the organisation is not there on 2027-12-31",
        ),
        (&[&["vagvik"], &into[..], &["2025-01-01"]].concat(), "vagvik: the organisation is not there on 2024-12-31"),
        (&[&["vagvik", "hjartelaget"], &into[..], &["2028-01-01"]].concat(), "not of one kind"),
        (&["vagvik", "--into", "sorvik", "--on", "2028-01-01"], "sorvik: the organisation is not there on 2028-01-01"),
        (&["vagvik", "--into", "oyfjord", "--name", "X", "--on", "2028-01-01"], "oyfjord is there already"),
        (&["vagvik", "--into", "lm-fjordnett", "--name", "X", "--on", "2028-01-01"], "is taken"),
        (&["vagvik", "--into", "nytt", "--on", "2028-01-01"], "nytt is new; say what it is called"),
        (&["helse-ytterkyst", "--into", "oyfjord", "--on", "2028-01-01"], "not of one kind"),
        (&["vagvik", "--into", "vagvik", "--on", "2028-01-01"], "cannot be merged with itself"),
        (&["vagvik", "--into", "self", "--name", "Self", "--on", "2028-01-01"], "means something else in duties"),
        (&["vagvikk", "--into", "oyfjord", "--on", "2028-01-01"], "did you mean vagvik"),
    ] {
        let ran = merge(&tree, &[arguments, &["--lang", "en"]].concat());
        assert!(ran.code == Some(2) && ran.talk.contains(says), "{arguments:?}: {ran:?}");
    }
    let ran = merge(&tree, &[&NORDFJORDEN[..], &["-n"]].concat());
    assert!(ran.code == Some(0) && ran.out.contains("+++ b/organisations/nordfjorden.toml"), "{}", ran.out);
    assert!(!tree.path("organisations/nordfjorden.toml").exists() && tree.check().rules().is_empty());
}

#[test]
fn what_ended_before_stays_as_it_is_and_what_people_must_change_is_told() {
    let tree = Tree::fjordnett();
    let before = fs::read_to_string(tree.path("agreements/erklaering-oyane.toml")).unwrap();
    let oyane = ["reinvik", "havnoy", "--into", "oyane-kommune", "--name", "Øyane", "--on", "1.1.2027", "--lang", "en"];
    let ran = merge(&tree, &oyane);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(fs::read_to_string(tree.path("agreements/erklaering-oyane.toml")).unwrap(), before, "it ended in 2026");
    assert!(!ran.out.contains("31 May 2027"), "nothing is due of one that is gone: {}", ran.out);

    let tree = Tree::fjordnett();
    let ran = merge(&tree, &["reinvik", "--into", "vagvik", "--on", "2027-01-01", "--lang", "en"]);
    assert!(ran.talk.contains("those that merge are not in one area"), "{ran:?}");

    let tree = Tree::fjordnett();
    let trusts = ["helse-ytterkyst", "helse-granskog", "--into", "helse-ny", "--name", "Ny", "--on", "2027-01-01"];
    let ran = merge(&tree, &[&trusts[..], &["--lang", "en"]].concat());
    assert!(
        ran.talk.contains("must be changed in the agreement: ") && ran.talk.contains("mandat-fjordnett/brukarkurs")
    );
    let gone = fs::read_to_string(tree.path("organisations/nordvag.toml")).unwrap();
    assert!(!gone.contains("helse-ny"), "it was gone before: {gone}");

    let tree = Tree::fjordnett();
    let societies = ["hjartelaget", "sukkerlaget", "--into", "laget", "--name", "Laget", "--on", "2027-01-01"];
    assert_eq!(merge(&tree, &societies).code, Some(0));
    let text = fs::read_to_string(tree.path("organisations/laget.toml")).unwrap();
    assert!(text.contains("condition = [\"hjarte-kar\", \"diabetes-1\", \"diabetes-2\"]"), "{text}");
}

#[test]
fn of_much_that_follows_only_what_people_decide_is_named_and_the_rest_is_counted() {
    for (lang, counted, elsewhere) in [
        (
            "nn",
            "Fristar det neste året: 10. «lmnet summary --for oyfjord --today 2026-11-30» viser dei.",
            "Å rette i andre postar (35): ",
        ),
        (
            "nb",
            "Frister det neste året: 10. «lmnet summary --for oyfjord --today 2026-11-30» viser dem.",
            "Å rette i andre poster (35): ",
        ),
        (
            "en",
            "Deadlines within a year: 10. \"lmnet summary --for oyfjord --today 2026-11-30\" shows them.",
            "To be put right in other records (35): ",
        ),
    ] {
        // Many duties, and the day is ahead.
        let ahead = ["vagvik", "oyfjord", "--into", "nordfjorden", "--name", "Nordfjorden", "--on", "2028-01-01"];
        let tree = Tree::fjordnett();
        let path = "agreements/mandat-fjordnett.toml";
        let duty = |number: usize| {
            let text = "text = { nn = \"Ei plikt\", nb = \"En plikt\", en = \"A duty\" }";
            format!(
                "\n[[obligation]]\nid = \"ekstra-{number}\"\n{text}\nby = \"oyfjord\"\nevery = \"year\"\nfirst = 2026\nevidence = {{ record = \"report\", where = {{ kind = \"compiled\", by = \"self\" }} }}\n"
            )
        };
        let mandate = fs::read_to_string(tree.path(path)).unwrap();
        tree.file(path, mandate + &(1..=6).map(duty).collect::<String>());
        let ran = merge(&tree, &[&ahead[..], &["--lang", lang]].concat());
        let (_, note) = ran.out.split_once(": Øyfjord, 30").unwrap_or_else(|| panic!("{ran:?}"));
        assert!(ran.code == Some(0) && note.contains(counted) && !note.contains("ekstra-"), "{ran:?}");
        // What people decide comes before what follows from the agreements.
        let seat = note.find("SSU: ").unwrap();
        assert!(seat < note.find(counted).unwrap(), "{note}");
        let listed = run(&mut tree.command(&["summary", "--for", "oyfjord", "--today", "2026-11-30", "--lang", lang]));
        assert_eq!(listed.out.matches("ekstra-").count(), 6, "{}", listed.out);

        // The day lies long past, and much names those that were gone then.
        let tree = Tree::fjordnett();
        let long_ago =
            ["oyfjord", "ytterfjord", "--into", "nordfjorden", "--name", "Nordfjorden", "--on", "2024-07-01"];
        let ran = merge(&tree, &[&long_ago[..], &["--lang", lang]].concat());
        assert!(ran.code == Some(0) && ran.out.lines().count() < 30, "{}", ran.out);
        assert!(ran.out.contains(elsewhere) && ran.out.contains("lmnet check"), "{}", ran.out);
        assert_eq!(tree.check().rules().len(), 35);
    }
}

#[test]
fn conditions_that_name_one_that_is_gone_are_told() {
    let tree = Tree::fjordnett();
    tree.file("organisations/forum-to.toml", "name = \"Forum to\"\nkind = \"umbrella-organisation\"\n");
    let forums = ["brukarforum-kystland", "forum-to", "--into", "forumet", "--name", "Forumet", "--on", "2027-01-01"];
    for (lang, says) in
        [("nn", "må endrast i avtalen: "), ("nb", "må endres i avtalen: "), ("en", "changed in the agreement: ")]
    {
        // The duty names the forum in a condition alone: where = { co-organisers = "brukarforum-kystland" }
        let ran = merge(&tree, &[&forums[..], &["--lang", lang, "-n"]].concat());
        let (_, told) = ran.talk.split_once(says).unwrap_or_else(|| panic!("{ran:?}"));
        assert_eq!(told.lines().next().unwrap().matches("mandat-fjordnett/brukarkurs").count(), 1, "{told}");
        assert!(!told.contains("mandat-fjordnett/fagdag"), "{told}");
    }
    // A condition on each record that a duty holds for, as well.
    let path = "agreements/mandat-fjordnett.toml";
    let mandate = fs::read_to_string(tree.path(path)).unwrap();
    let per = "\n[[obligation]]\nid = \"ekstra\"\ntext = \"Ei plikt\"\nper = { record = \"plan\", where = { kind = \"action\" } }\nrequire = [\"decided\", [{ \"decided.by\" = [\"forum-to\"] }, \"title\"]]\n";
    tree.file(path, mandate + per);
    let ran = merge(&tree, &[&forums[..], &["--lang", "en", "-n"]].concat());
    assert!(ran.talk.contains("mandat-fjordnett/ekstra"), "{ran:?}");
}
