//! Commands that change records: what is written, what is refused, and what is said.

mod common;

use std::fs;

use common::{Ran, Tree, run};

const OFFERING: &str = "title = \"Kurs\"\norganiser = \"nordvik\"\n\n[[run]]\nstart = 2026-02-03\n";

fn lmnet(tree: &Tree, arguments: &[&str]) -> Ran {
    run(&mut tree.command(&[arguments, &["--lang", "en"]].concat()))
}

fn with_offering() -> Tree {
    let tree = Tree::sound();
    tree.file("offerings/under/nytt-kurs.toml", OFFERING);
    tree
}

fn text(tree: &Tree, path: &str) -> String {
    fs::read_to_string(tree.path(path)).unwrap()
}

#[test]
fn a_value_is_written_and_said() {
    let tree = with_offering();
    for name in ["offerings/nytt-kurs", "offering/nytt-kurs", "nytt-kurs", "offerings/nytt-kurs.toml"] {
        tree.file("offerings/under/nytt-kurs.toml", OFFERING);
        let ran = lmnet(&tree, &["set", name, "reach", "regional"]);
        assert_eq!((ran.code, &*ran.out), (Some(0), ""), "{ran:?}");
        assert!(ran.talk.ends_with("offerings/under/nytt-kurs.toml: written\n"), "{ran:?}");
        let wanted = OFFERING.replace("\n\n", "\nreach = \"regional\"\n\n");
        assert_eq!(text(&tree, "offerings/under/nytt-kurs.toml"), wanted, "{name}");
    }
    let ran = lmnet(&tree, &["set", "nytt-kurs", "reach", "regional"]);
    assert_eq!((ran.code, &*ran.talk), (Some(0), "lmnet: it says so already\n"));
    let ran = lmnet(&tree, &["set", "nytt-kurs", "reach", "--unset"]);
    assert_eq!((ran.code, &*text(&tree, "offerings/under/nytt-kurs.toml")), (Some(0), OFFERING), "{ran:?}");
}

#[test]
fn dry_run_shows_what_would_be_written_and_writes_nothing() {
    let tree = with_offering();
    let ran = lmnet(&tree, &["set", "nytt-kurs", "reach", "local", "-n"]);
    assert_eq!((ran.code, &*ran.talk), (Some(0), ""));
    assert!(ran.out.contains("\n+reach = \"local\"\n"), "{ran:?}");
    assert_eq!(text(&tree, "offerings/under/nytt-kurs.toml"), OFFERING);
}

#[test]
fn what_would_be_an_error_is_refused_and_told_as_check_tells_it() {
    let tree = with_offering();
    for (key, value, rule) in [
        ("organiser", "nordvikk", "unknown-reference"),
        ("to", "2015-01-01", "run-outside-validity"),
        ("run[0].starts-at", "klokka 18", "malformed-value"),
    ] {
        let ran = lmnet(&tree, &["set", "nytt-kurs", key, value]);
        assert!(ran.code == Some(1) && ran.out.contains(&format!("error[{rule}]")), "{key}: {ran:?}");
        assert!(ran.talk.contains("--force"), "{ran:?}");
        assert_eq!(text(&tree, "offerings/under/nytt-kurs.toml"), OFFERING, "{key}");
    }
    let ran = lmnet(&tree, &["set", "nytt-kurs", "title", "--unset"]);
    assert!(ran.code == Some(1) && ran.out.contains("missing-key"), "{ran:?}");
    let ran = lmnet(&tree, &["set", "nytt-kurs", "organiser", "nordvikk", "--force"]);
    assert!(ran.code == Some(0) && ran.out.contains("unknown-reference"), "{ran:?}");
    assert!(text(&tree, "offerings/under/nytt-kurs.toml").contains("nordvikk"));
    // What was wrong before keeps nobody from putting something else right.
    let ran = lmnet(&tree, &["set", "nytt-kurs", "reach", "local"]);
    assert_eq!((ran.code, &*ran.out), (Some(0), ""), "{ran:?}");
}

#[test]
fn a_value_that_is_no_value_of_the_key_is_told_in_each_language() {
    let tree = with_offering();
    for (lang, says) in [
        ("nn", "«nationl» kan ikkje stå her; det skal vere eitt av desse orda: local, regional, national"),
        ("nb", "«nationl» kan ikke stå her; det skal være ett av disse ordene: local, regional, national"),
        ("en", "\"nationl\" cannot stand here; it must be one of these words: local, regional, national"),
    ] {
        let ran = run(&mut tree.command(&["set", "nytt-kurs", "reach", "nationl", "--lang", lang]));
        assert!(ran.code == Some(2) && ran.talk.contains(says), "{ran:?}");
    }
    for (arguments, says) in [
        (&["set", "nytt-kur", "reach", "local"][..], "did you mean"),
        (&["set", "offering/nordvik", "reach", "local"], "there is no offering 'nordvik'"),
        (&["set", "offring/nytt-kurs", "reach", "local"], "offering"),
        (&["set", "nytt-kurs", "reach"], "required"),
        (&["sent", "nytt-kurs", "--to", "nordvik"], "is no plan or report"),
        (&["offerings", "run", "add", "nordvik", "--start", "2027"], "there is no offering 'nordvik'"),
        (&["offerings", "run", "add", "nytt-kurs", "--start", "2027", "--set", "plassar"], "is not KEY=VALUE"),
        (&["offerings", "run", "add", "nytt-kurs", "--start", "2027", "--set", "plassar=3"], "there is no such key"),
    ] {
        let ran = lmnet(&tree, arguments);
        assert!(ran.code == Some(2) && ran.talk.contains(says), "{arguments:?}: {ran:?}");
    }
    assert_eq!(text(&tree, "offerings/under/nytt-kurs.toml"), OFFERING);
}

#[test]
fn several_records_are_confirmed_all_or_none() {
    let tree = with_offering();
    let ran = lmnet(&tree, &["confirm", "nytt-kurs", "organisations/nordvik"]);
    assert_eq!((ran.code, ran.talk.lines().count()), (Some(0), 2), "{ran:?}");
    assert!(text(&tree, "offerings/under/nytt-kurs.toml").contains("\nverified = 2026-11-30\n"));
    assert!(text(&tree, "organisations/nordvik.toml").contains("\nverified = 2026-11-30\n"));
    let ran = lmnet(&tree, &["confirm", "nytt-kurs", "nowhere", "--today", "2026-12-01"]);
    assert_eq!(ran.code, Some(2));
    assert!(text(&tree, "offerings/under/nytt-kurs.toml").contains("\nverified = 2026-11-30\n"), "none if one fails");
}

#[test]
fn the_manifest_is_changed_as_records_are() {
    let tree = with_offering();
    let ran = lmnet(&tree, &["set", "lmnet", "rules.stray-file", "note"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(text(&tree, "lmnet.toml").contains("[rules]\nstray-file = \"note\"\n"), "{}", text(&tree, "lmnet.toml"));
}

#[test]
fn what_is_sent_is_no_longer_due() {
    let tree = Tree::fjordnett();
    tree.file(
        "plans/fjordnett-2027.toml",
        "network = \"lm-fjordnett\"\nkind = \"action\"\nyear = 2027\nfocus-areas = [\"mandat-fjordnett/forlop\"]\n",
    );
    let owed = |tree: &Tree| {
        let ran = lmnet(tree, &["deadlines", "--owed-to", "samhandlingssekretariatet", "--network", "lm-fjordnett"]);
        ran.out.contains("mandat-fjordnett/handlingsplan")
    };
    assert!(owed(&tree));
    let sent = ["sent", "fjordnett-2027", "--to", "samhandlingssekretariatet", "--on", "2026-11-28"];
    let ran = lmnet(&tree, &sent);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let after = text(&tree, "plans/fjordnett-2027.toml");
    assert!(after.contains("\nsent = [{ to = \"samhandlingssekretariatet\", on = 2026-11-28 }]\n"), "{after}");
    assert!(!owed(&tree));
    assert_eq!(lmnet(&tree, &sent).talk, "lmnet: it says so already\n");
    let ran = lmnet(&tree, &["sent", "fjordnett-2027", "--to", "samhandlingssekretariate"]);
    assert!(ran.code == Some(2) && ran.talk.contains("samhandlingssekretariatet"), "{ran:?}");
}

#[test]
fn a_run_is_added_below_the_others() {
    let tree = with_offering();
    let add =
        ["offerings", "run", "add", "nytt-kurs", "--start", "3.11.2026", "--patients", "ca. 12", "--mode", "digital"];
    let ran = lmnet(&tree, &[&add[..], &["--set", "capacity=14", "--set", "partners=nordvik"]].concat());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let run = "\n[[run]]\nstart = 2026-11-03\nmode = \"digital\"\npartners = [\"nordvik\"]\ncapacity = 14\npatients = { about = 12 }\n";
    assert_eq!(text(&tree, "offerings/under/nytt-kurs.toml"), format!("{OFFERING}{run}"));
}

#[test]
fn several_keys_are_set_in_one_call() {
    let tree = with_offering();
    let keys = ["reach=regional", "title.nb=Et kurs = to", "audience=patients", "audience=pårørande"];
    tree.file("offerings/under/nytt-kurs.toml", OFFERING.replace("\"Kurs\"", "{ nn = \"Kurs\" }"));
    let ran = lmnet(&tree, &[&["set", "nytt-kurs"], &keys[..], &["run[2026-02-03].patients=ca. 12"]].concat());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let wanted = "title = { nn = \"Kurs\", nb = \"Et kurs = to\" }\norganiser = \"nordvik\"\nreach = \"regional\"\naudience = [\"patients\", \"relatives\"]\n\n[[run]]\nstart = 2026-02-03\npatients = { about = 12 }\n";
    assert_eq!(text(&tree, "offerings/under/nytt-kurs.toml"), wanted);
    // A value with = in it is one where a key stands before it.
    assert_eq!(lmnet(&tree, &["set", "nytt-kurs", "title.nn", "a=b"]).code, Some(0));
    assert!(text(&tree, "offerings/under/nytt-kurs.toml").contains("nn = \"a=b\""));
    let before = text(&tree, "offerings/under/nytt-kurs.toml");
    for (lang, mixed, missing) in [
        ("nn", "«local» er ikkje NØKKEL=VERDI", "reach: verdien manglar"),
        ("nb", "«local» er ikke NØKKEL=VERDI", "reach: verdien mangler"),
        ("en", "\"local\" is not KEY=VALUE", "reach: a value is required"),
    ] {
        let ran = run(&mut tree.command(&["set", "nytt-kurs", "form=group", "local", "--lang", lang]));
        assert!(ran.code == Some(2) && ran.talk.contains(mixed), "{ran:?}");
        let ran = run(&mut tree.command(&["set", "nytt-kurs", "reach", "--lang", lang]));
        assert!(ran.code == Some(2) && ran.talk.contains(missing), "{ran:?}");
    }
    // All of them, or none.
    let ran = lmnet(&tree, &["set", "nytt-kurs", "reach=local", "form=alone"]);
    assert!(ran.code == Some(2) && ran.talk.contains("form: \"alone\" cannot stand here"), "{ran:?}");
    assert_eq!(text(&tree, "offerings/under/nytt-kurs.toml"), before);
}

#[test]
fn references_are_given_by_what_people_call_them() {
    let tree = Tree::fjordnett();
    let path = "offerings/startkurs-diabetes.toml";
    for (said, id) in
        [("Helse Ytterkyst HF", "helse-ytterkyst"), ("HYK", "helse-ytterkyst"), ("helse-granskog", "helse-granskog")]
    {
        let ran = lmnet(&tree, &["set", "startkurs-diabetes", "organiser", said]);
        assert_eq!(ran.code, Some(0), "{said}: {ran:?}");
        let place = tree.path(path);
        let place = if place.exists() { place } else { tree.path("offerings/fjordnett/startkurs-diabetes.toml") };
        assert!(fs::read_to_string(place).unwrap().contains(&format!("organiser = [\"{id}\"]")), "{said}");
    }
    let run_add = ["offerings", "run", "add", "startkurs-diabetes", "--start", "2027-02-02", "--municipality"];
    let ran = lmnet(&tree, &[&run_add[..], &["Vågvik", "-n"]].concat());
    assert!(ran.code == Some(0) && ran.out.contains("+municipality = \"vagvik\""), "{ran:?}");
    let new =
        ["new", "offering", "--title", "Kurs", "--network", "Fjordnett", "--organiser", "Helse Ytterkyst HF", "-n"];
    let ran = lmnet(&tree, &new);
    assert!(ran.code == Some(0) && ran.out.contains("+network = \"lm-fjordnett\""), "{ran:?}");
    assert!(ran.out.contains("+organiser = [\"helse-ytterkyst\"]"), "{ran:?}");
    // Whose name it is, is asked where it belongs to several.
    tree.file("organisations/hyk.toml", "name = \"Hyttelaget\"\nabbreviation = \"HYK\"\nkind = \"other\"\n");
    tree.file("organisations/hyk-2.toml", "name = \"Hytteklubben\"\nabbreviation = \"Klubben\"\nkind = \"other\"\n");
    tree.file("organisations/hyk-3.toml", "name = \"Klubben\"\nkind = \"other\"\n");
    for (lang, says) in [
        ("nn", "organiser: «klubben» kan vere fleire; skriv éin av desse: "),
        ("nb", "organiser: «klubben» kan være flere; skriv én av disse: "),
        ("en", "organiser: \"klubben\" can be several; write one of these: "),
    ] {
        let ran = run(&mut tree.command(&["set", "startkurs-diabetes", "organiser", "klubben", "--lang", lang]));
        assert!(ran.code == Some(2) && ran.talk.contains(says), "{ran:?}");
        assert!(ran.talk.contains("Hytteklubben") && ran.talk.contains("Klubben"), "{ran:?}");
    }
    // An id means itself, whoever is called so.
    assert_eq!(lmnet(&tree, &["set", "startkurs-diabetes", "organiser", "hyk"]).code, Some(0));
}
