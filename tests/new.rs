//! `lmnet new`: what is written where, under which id, by options and by questions.

mod common;

use std::fs;
use std::path::Path;

use common::{Ran, Tree, run, terminal};
use lmnet::cli::Done;
use lmnet::model::OrganisationKind;
use lmnet::read::{Field, Shape, short_names};

fn new(tree: &Tree, arguments: &[&str]) -> Ran {
    run(&mut tree.command(&[&["new"], arguments].concat()))
}

fn text(tree: &Tree, path: &str) -> String {
    fs::read_to_string(tree.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn records_stand_where_their_siblings_stand_and_are_called_as_they_are() {
    let tree = Tree::fjordnett();
    for (arguments, path, says) in [
        (
            &["plan", "--network", "lm-fjordnett", "--kind", "action", "--year", "2028"][..],
            "plans/fjordnett-2028.toml",
            "network = \"lm-fjordnett\"\nkind = [\"action\"]\nyear = 2028\n",
        ),
        (
            &["reports", "--network", "lm-fjordnett", "--kind", "årsmelding", "--year", "2026"],
            "reports/fjordnett-2026.toml",
            "network = \"lm-fjordnett\"\nkind = \"annual\"\nyear = 2026\n",
        ),
        (
            &[
                "member",
                "--organisation",
                "reinvik",
                "--set",
                "background=fagperson",
                "--set",
                "appointment.body=lm-fjordnett",
                "--set",
                "appointment.role=kontaktperson",
                "--set",
                "appointment.from=1.1.2027",
            ],
            "members/kontakt-reinvik-2.toml",
            "organisation = \"reinvik\"\nbackground = \"professional\"\n\n[[appointment]]\nbody = \"lm-fjordnett\"\nrole = \"contact\"\nfrom = 2027-01-01\n",
        ),
        (
            &[
                "course",
                "--title",
                "Helsepedagogikk",
                "--set",
                "module=helsepedagogikk",
                "--organiser",
                "helse-ytterkyst",
                "--network",
                "lm-fjordnett",
                "--start",
                "2027-10-01",
            ],
            "courses/helsepedagogikk-2027-haust.toml",
            "title = { nn = \"Helsepedagogikk\" }\nmodule = \"helsepedagogikk\"\nnetwork = \"lm-fjordnett\"\norganiser = [\"helse-ytterkyst\"]\nstart = 2027-10-01\n",
        ),
        (
            &[
                "offering",
                "--title",
                "Hjerteskole på høyfjellet",
                "--organiser",
                "helse-granskog",
                "--network",
                "lm-skognett",
            ],
            "offerings/skognett/hjerteskole-pa-hoyfjellet.toml",
            "title = { nb = \"Hjerteskole på høyfjellet\" }\norganiser = [\"helse-granskog\"]\nnetwork = \"lm-skognett\"\n",
        ),
        (
            &[
                "matter",
                "--title",
                "Behov: søvn",
                "--kind",
                "need",
                "--network",
                "lm-fjordnett",
                "--set",
                "opened=2026-02",
            ],
            "matters/behov-sovn-2026.toml",
            "title = { nn = \"Behov: søvn\" }\nkind = \"need\"\nnetwork = \"lm-fjordnett\"\nopened = \"2026-02\"\n",
        ),
        (
            &[
                "organisation",
                "--title",
                "{ nn = \"Ny kommune\", nb = \"Ny kommune\" }",
                "--kind",
                "municipality",
                "--id",
                "ny",
                "--folder",
                "nye/kommunar",
            ],
            "organisations/nye/kommunar/ny.toml",
            "name = { nn = \"Ny kommune\", nb = \"Ny kommune\" }\nkind = \"municipality\"\n",
        ),
    ] {
        let ran = new(&tree, arguments);
        assert_eq!(ran.code, Some(0), "{arguments:?}: {ran:?}");
        assert_eq!(text(&tree, path), says);
        let id = Path::new(path).file_stem().unwrap().to_str().unwrap();
        assert!(ran.talk.ends_with(&format!(" show {id}\n")), "{ran:?}");
    }
    assert_eq!(run(&mut tree.command(&["fmt", "--check"])).code, Some(0));
    assert_eq!(tree.check().json["errors"].as_u64(), Some(0), "{:?}", tree.check().rules());
}

#[test]
fn a_taken_id_gets_the_month_and_then_a_number() {
    let tree = Tree::fjordnett();
    let meeting = [
        "meeting",
        "--title",
        "Styringsmøte",
        "--kind",
        "working-meeting",
        "--set",
        "body=lm-fjordnett",
        "--start",
        "2027-03-10",
    ];
    for path in ["styringsmote-2027", "styringsmote-2027-03", "styringsmote-2027-2", "styringsmote-2027-3"] {
        let ran = new(&tree, &meeting);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert!(tree.path(format!("meetings/{path}.toml")).is_file(), "{path}: {ran:?}");
    }
    let ran = new(&tree, &[&meeting[..], &["--id", "styringsmote-2027"]].concat());
    assert!(ran.code == Some(2) && ran.talk.contains("er i bruk"), "{ran:?}");
}

#[test]
fn what_cannot_be_made_is_refused_and_nothing_is_written() {
    let tree = Tree::fjordnett();
    let offering = ["offering", "--title", "Kurs", "--organiser", "helse-ytterkyst"];
    let with = |more: &[&'static str]| [&offering[..], more].concat();
    for (arguments, code, says) in [
        (
            vec!["offering", "--lang", "en"],
            2,
            "this is missing, and nobody can be asked here: title, organiser; add --set title=… --set organiser=…",
        ),
        (vec!["offering", "--lang", "nb"], 2, "dette mangler, og ingen kan spørres her: title, organiser"),
        (vec!["offring"], 2, "a similar value exists: 'offering'"),
        (with(&["--id", "Kurs"]), 2, "kan ikkje vere ein id"),
        (with(&["--id", "con"]), 2, "kan ikkje vere ein id"),
        (with(&["--id", "../kurs"]), 2, "kan ikkje vere ein id"),
        (with(&["--folder", "../plans"]), 2, "må liggje i offerings/"),
        (with(&["--folder", "/tmp"]), 2, "må liggje i offerings/"),
        (with(&["--set", "raech=local"]), 2, "meinte du «reach»"),
        (with(&["--set", "reach=nationl"]), 2, "meinte du «national»"),
        (with(&["--network", "lm-fjordnet"]), 1, "ingenting er skrive"),
        (vec!["offering", "--title", "…", "--organiser", "helse-ytterkyst"], 2, "--id"),
    ] {
        let ran = new(&tree, &arguments);
        assert!(ran.code == Some(code) && ran.talk.contains(says), "{arguments:?}: {ran:?}");
    }
    let dry = new(&tree, &with(&["-n"]));
    assert!(dry.code == Some(0) && dry.out.starts_with("--- /dev/null\n"), "{dry:?}");
    let forced = new(&tree, &with(&["--network", "lm-fjordnet", "--force"]));
    assert_eq!(forced.code, Some(0), "{forced:?}");
    let made: Vec<_> = fs::read_dir(tree.path("offerings")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(made.iter().filter(|name| name.to_str().unwrap().starts_with("kurs")).count(), 1, "{made:?}");
}

/// `lmnet new` with somebody at the terminal.
fn asked(tree: &Tree, arguments: &[&str], answers: &[&'static str]) -> (anyhow::Result<Done>, String) {
    let root = tree.root.to_str().unwrap();
    terminal::asked(&tree.root, &[&["new", "--registry", root], arguments].concat(), answers)
}

#[test]
fn what_is_not_given_is_asked_for_with_what_is_likely() {
    let tree = Tree::fjordnett();
    let answers = [
        "3",              // the third network
        "",               // a title is needed
        "Hjerteskole",    //
        "helse",          // several are called something like it
        "helse-granskog", //
        "",               // care-level, reach: as the last offering of the network
        "regionalt",      //
        "",               // form
        "-",              // scope: not known
        "leverkrim",      // nothing is called so
        "hjarte",         // some of the name
        "1, pårørende",   // two of a list
        "Hjerte",         // no id
        "",               // the id that was made
    ];
    let (done, shown) = asked(&tree, &["offering", "--lang", "nb"], &answers);
    let (_, changes) = done.unwrap().changes.expect("something is written");
    let (path, change) = changes.iter().next().unwrap();
    assert_eq!(path, Path::new("offerings/skognett/hjerteskole.toml"), "{shown}");
    let wanted = "title = { nb = \"Hjerteskole\" }\norganiser = [\"helse-granskog\"]\nnetwork = \"lm-skognett\"\n\
        care-level = \"specialist\"\nreach = \"regional\"\nform = \"group\"\ncondition = [\"hjarte-kar\"]\naudience = [\"patients\", \"relatives\"]\n";
    assert_eq!(String::from_utf8_lossy(&change.after), wanted, "{shown}");
    for says in [
        "\nTittel (bokmål)\ntitle > \nDette må være med.\ntitle > Hjerteskole\n",
        "Ingenting heter «leverkrim»",
        "organiser > helse\nHvilken?\n",
        "flere med komma imellom",
        "   3  lm-skognett  Skognett",
        "«Hjerte» kan ikke være en id",
        "(Enter: hjerteskole)",
    ] {
        assert!(shown.contains(says), "{says}: {shown}");
    }
}

#[test]
fn what_is_given_is_not_asked_for_and_whoever_leaves_has_written_nothing() {
    let tree = Tree::fjordnett();
    let given = ["plan", "--network", "lm-fjordnett", "--kind", "action"];
    let (done, shown) = asked(&tree, &given, &["i fjor", "2028", ""]);
    assert!(done.unwrap().changes.is_some());
    assert!(
        shown.contains("year > i fjor\nyear: «i fjor» kan ikkje stå her; det skal vere eit årstal")
            && !shown.contains("network >"),
        "{shown}"
    );
    let (done, _) = asked(&tree, &given, &["2028"]);
    assert!(done.unwrap_err().to_string().contains("ingenting er skrive"));
    let (done, shown) = asked(&tree, &[&given[..], &["--no-input"]].concat(), &[]);
    assert!(done.unwrap_err().to_string().contains("year") && shown.is_empty());
}

#[test]
fn abbreviations_are_understood_where_they_belong_to_one() {
    for (lang, asks) in [("nn", "Kva for ein?"), ("nb", "Hvilken?"), ("en", "Which one?")] {
        let tree = Tree::fjordnett();
        for (said, kind) in [("LMS", "lms"), ("HF", "health-trust"), ("rhf", "regional-authority"), ("SU", "committee")]
        {
            let (done, shown) =
                asked(&tree, &["organisation", "--lang", lang], &["Testvik", said, "HYK", "-", "testvik"]);
            let (_, changes) = done.unwrap().changes.expect("something is written");
            let text = String::from_utf8_lossy(&changes.iter().next().unwrap().1.after).into_owned();
            assert!(text.contains(&format!("kind = \"{kind}\"")), "{said}: {shown}");
            assert!(text.contains("part-of = [\"helse-ytterkyst\"]"), "{said}: {text}{shown}");
        }
        // What is called so by several is asked about.
        tree.file("organisations/hyttelaget.toml", "name = \"Hyttelaget\"\nabbreviation = \"HYK\"\nkind = \"other\"\n");
        let answers = ["Testvik", "LMS", "HYK", "hyttelaget", "-", "testvik"];
        let (done, shown) = asked(&tree, &["organisation", "--lang", lang], &answers);
        assert!(done.is_ok() && shown.contains(&format!("part-of > HYK\n{asks}\n")), "{shown}");
    }
    let tree = Tree::fjordnett();
    let ran = new(&tree, &["organisation", "--title", "Testvik HF", "--kind", "HF", "-n"]);
    assert!(ran.code == Some(0) && ran.out.contains("+kind = \"health-trust\""), "{ran:?}");
}

#[test]
fn each_abbreviation_belongs_to_one_kind_of_organisation() {
    let shape = <OrganisationKind as Field>::shape();
    let Shape::Choice(words, _) = shape else { panic!("a closed list") };
    let all: Vec<&str> = words.iter().flat_map(|word| short_names(word)).copied().collect();
    let unique: std::collections::BTreeSet<String> = all.iter().map(|name| name.to_lowercase()).collect();
    assert!(all.len() == unique.len() && all.contains(&"LMS"), "{all:?}");
}

#[test]
fn what_there_is_one_a_year_of_is_not_made_twice_without_a_word() {
    let tree = Tree::fjordnett();
    let report = ["report", "--network", "lm-fjordnett", "--kind", "annual", "--year", "2025"];
    for (lang, says) in [
        ("nn", "reports/fjordnett-2025 er alt årsmelding for 2025 frå Fjordnett; endre"),
        ("nb", "reports/fjordnett-2025 er allerede årsmelding for 2025 fra Fjordnett; endre"),
        ("en", "reports/fjordnett-2025 is the annual report of Fjordnett for 2025 already; change"),
    ] {
        let ran = new(&tree, &[&report[..], &["--lang", lang]].concat());
        assert!(ran.code == Some(2) && ran.talk.contains(says) && ran.talk.contains("--force"), "{ran:?}");
    }
    assert!(!tree.path("reports/fjordnett-2025-2.toml").exists());
    // One document may be several plans.
    let plan = |kind: &'static str, year: &'static str| {
        ["plan", "--network", "lm-fjordnett", "--kind", kind, "--year", year, "--lang", "en"]
    };
    for kind in ["action", "transfer"] {
        let ran = new(&tree, &plan(kind, "2026"));
        assert!(ran.code == Some(2) && ran.talk.contains("plans/fjordnett-2026 is the"), "{ran:?}");
    }
    // Another sort, another year, another network: another record. Of other sorts there may be any number.
    for arguments in [
        &plan("competence", "2026")[..],
        &plan("action", "2029"),
        &plan("other", "2025"),
        &["report", "--network", "lm-lyngnett", "--kind", "annual", "--year", "2024"],
        &["report", "--network", "lm-fjordnett", "--kind", "activity", "--year", "2024"],
    ] {
        let ran = new(&tree, &[arguments, &["-n"]].concat());
        assert_eq!(ran.code, Some(0), "{arguments:?}: {ran:?}");
    }
    assert_eq!(new(&tree, &[&report[..], &["--force"]].concat()).code, Some(0));
    assert!(tree.path("reports/fjordnett-2025-2.toml").exists());
    // Asked on a terminal, it is told before an id is asked for.
    let (done, shown) = asked(&tree, &["plan"], &["lm-fjordnett", "action", "2026"]);
    assert!(format!("{:#}", done.unwrap_err()).contains("plans/fjordnett-2026") && !shown.contains("id >"), "{shown}");
}
