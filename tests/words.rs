//! What people read of duties and seats, where a small invented network brings it out: what stands to be said, in three
//! languages, in the singular and the plural, before the day and after it.

mod common;

use common::{Tree, run};
use serde_json::Value;

/// A network of two trusts, two municipalities and a user organisation, and another one that begins to keep records later.
const NETWORKS: &str = r#"
~~~toml lmnet.toml
format = 1
~~~
~~~toml organisations/hf.toml
name = "HF"
kind = "health-trust"
~~~
~~~toml organisations/hf2.toml
name = "HF2"
kind = "health-trust"
~~~
~~~toml organisations/a.toml
name = "A"
kind = "municipality"
~~~
~~~toml organisations/b.toml
name = "B"
kind = "municipality"
~~~
~~~toml organisations/uo.toml
name = "UO"
kind = "user-organisation"
~~~
~~~toml organisations/hogskulen.toml
name = "Høgskulen"
kind = "education"
~~~
~~~toml organisations/sekretariat.toml
name = "Sekretariatet"
kind = "other"
~~~
~~~toml networks/nett.toml
name = "Nett"
from = 2020-01-01
parties = ["hf", "hf2", "a", "b", "uo"]
governed-by = ["mandat", "felles"]
tracked = { from = 2024-01-01 }
~~~
~~~toml networks/n2.toml
name = "N2"
from = 2020-01-01
parties = ["hf", "a"]
governed-by = ["felles"]
tracked = { from = 2026-01-01 }
~~~
~~~toml agreements/felles.toml
title = "Fellesavtale"
kind = "mandate"
from = 2020-01-01

[[obligation]]
id = "samla"
by = "sekretariat"
every = "year"
due = "02-28"
covers = "previous"
compiles = ["felles/rapport"]
evidence = { record = "report", where = { kind = "compiled" } }

[[obligation]]
id = "rapport"
by = "network"
every = "year"
due = "01-31"
covers = "previous"
evidence = { record = "report", where = { kind = "annual" } }
~~~
~~~toml agreements/mandat.toml
title = "Mandat"
kind = "mandate"
from = 2020-01-01

[[seat]]
id = "leiing"
body = "nett"
roles = ["leader", "deputy"]
sides = ["municipality", "specialist"]
count = 1
~~~
"#;

fn networks() -> Tree {
    let tree = Tree::empty();
    tree.lay(NETWORKS);
    tree
}

fn said(tree: &Tree, arguments: &[&str]) -> String {
    let ran = run(&mut tree.command(arguments));
    assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.talk);
    ran.out
}

fn member(organisation: &str, role: &str, dates: &str) -> String {
    let background = if organisation == "uo" { "user-representative" } else { "professional" };
    format!(
        "organisation = \"{organisation}\"\nbackground = \"{background}\"\n\
         appointment = {{ body = \"nett\", role = \"{role}\", {dates} }}\n"
    )
}

/// An agreement of the network with what is given.
fn with(more: &str) -> Tree {
    let tree = networks();
    tree.file(
        "agreements/mandat.toml",
        format!("title = \"Mandat\"\nkind = \"mandate\"\nfrom = 2020-01-01\nto = 2030-12-31\n\n{more}"),
    );
    tree
}

#[track_caller]
fn has(text: &str, line: &str) {
    assert!(text.lines().any(|own| own == line), "not there: {line}\n{text}");
}

#[test]
fn what_two_networks_owe_together_is_excepted_from_what_is_not_tracked() {
    let tree = networks();
    let ask = |network: &str, lang: &str| {
        said(&tree, &["summary", "--network", network, "--today", "2025-01-02", "--lang", lang])
    };
    for (lang, line) in [
        (
            "nn",
            "Plikter og plassar er berre førte frå 1. januar 2026. Det som fell utanfor den tida, står ikkje som «ledig» eller «over fristen», så nær som det som òg er ei plikt i Nett.",
        ),
        (
            "nb",
            "Plikter og plasser er bare ført fra 1. januar 2026. Det som faller utenfor den tiden, står ikke som «ledig» eller «forfalt», unntatt det som også er en plikt i Nett.",
        ),
        (
            "en",
            "Records of duties and seats are only kept from 1 January 2026. What falls outside that time is not called vacant or overdue, except what is also owed in Nett.",
        ),
    ] {
        let text = ask("n2", lang);
        has(&text, line);
        assert!(text.contains("felles/samla"), "{text}");
    }
    // Where nothing is owed together, nothing is excepted.
    tree.file("organisations/sekretariat.toml", "name = \"Sekretariatet\"\nkind = \"other\"\nto = 2021-12-31\n");
    let alone = ask("n2", "en");
    has(
        &alone,
        "Records of duties and seats are only kept from 1 January 2026. What falls outside that time is not called vacant or overdue.",
    );
}

#[test]
fn roles_from_one_side_are_the_first_thing_to_do() {
    let tree = networks();
    tree.file("members/leiar.toml", member("a", "leader", "from = 2024-03-01"));
    tree.file("members/nestleiar.toml", member("b", "deputy", "from = 2024-04-01"));
    let ask = |lang: &str| said(&tree, &["summary", "--network", "nett", "--today", "2024-06-01", "--lang", lang]);
    let of_one = |deputy: &str| {
        tree.file("members/nestleiar.toml", member(deputy, "deputy", "from = 2024-04-01"));
    };
    for (lang, line) in [
        (
            "nn",
            "- Leiar og nestleiar i Nett er frå same side (kommunane), men rollene skal vere delte mellom kommunane og spesialisthelsetenesta (mandat/leiing)",
        ),
        (
            "nb",
            "- Leder og nestleder i Nett er fra samme side (kommunene), men rollene skal være delt mellom kommunene og spesialisthelsetjenesten (mandat/leiing)",
        ),
        (
            "en",
            "- Leader and deputy leader of Nett are from the same side (the municipalities), but the roles are to be shared between the municipalities and the specialist health service (mandat/leiing)",
        ),
    ] {
        has(&ask(lang), line);
    }
    let json: Value = serde_json::from_str(&said(
        &tree,
        &["summary", "--network", "nett", "--today", "2024-06-01", "--format", "json"],
    ))
    .unwrap();
    let next = json["networks"][0]["next"].as_array().unwrap();
    assert_eq!((&next[0]["status"], &next[0]["duty"]), (&Value::from("one-side"), &Value::from("mandat/leiing")));
    assert_eq!(next.iter().filter(|thing| thing["status"] == "one-side").count(), 1, "said once");
    // A user representative beside a municipality: two sides, but not the two that share the roles.
    of_one("uo");
    for (lang, line) in [
        (
            "nn",
            "- Nestleiar i Nett er frå UO, som ikkje er på nokon av sidene; rollene skal vere delte mellom kommunane og spesialisthelsetenesta (mandat/leiing)",
        ),
        (
            "nb",
            "- Nestleder i Nett er fra UO, som ikke er på noen av sidene; rollene skal være delt mellom kommunene og spesialisthelsetjenesten (mandat/leiing)",
        ),
        (
            "en",
            "- Deputy leader of Nett is from UO, which is on neither side; the roles are to be shared between the municipalities and the specialist health service (mandat/leiing)",
        ),
    ] {
        has(&ask(lang), line);
    }
    let seats = said(&tree, &["explain", "mandat/leiing", "--today", "2024-06-01", "--lang", "en"]);
    has(&seats, "- Not shared between the sides 1 of 2: Deputy leader of Nett (UO)");
    assert!(!seats.contains("same side") && !seats.contains("one side"), "{seats}");
    // Shared as it should be, nothing is said.
    of_one("hf");
    let shared = ask("nn");
    assert!(!shared.contains("delte mellom") && !shared.contains("ikkje delt"), "{shared}");
}

#[test]
fn there_is_no_heading_for_duties_where_there_are_none() {
    let tree = networks();
    tree.file(
        "networks/nett.toml",
        "name = \"Nett\"\nfrom = 2020-01-01\nparties = [\"hf\", \"a\"]\ngoverned-by = [\"mandat\"]\ntracked = { from = 2024-01-01 }\n",
    );
    let text = said(&tree, &["summary", "--network", "nett", "--today", "2024-06-01", "--lang", "en"]);
    assert!(text.contains("\nSeats\n") && !text.contains("\nDuties\n"), "{text}");
}

#[test]
fn vacancies_of_one_role_stand_together_and_a_seat_without_a_role_is_a_participant() {
    let tree = with(
        "[[seat]]\nid = \"leiar\"\nbody = \"nett\"\nrole = \"leader\"\nstrength = \"should\"\n\n\
         [[seat]]\nid = \"leiar-to\"\nbody = \"nett\"\nrole = \"leader\"\nholder = { kind = \"municipality\" }\nstrength = \"should\"\n\n\
         [[seat]]\nid = \"alle\"\nbody = \"nett\"\neach = \"party\"\n\n\
         [[seat]]\nid = \"sekretar\"\nbody = \"nett\"\nrole = \"secretary\"\n",
    );
    for (lang, remark) in [
        ("nn", "ledig: deltakar (5), sekretær; bør vere fylt: leiar (2)"),
        ("nb", "ledig: deltaker (5), sekretær; bør være fylt: leder (2)"),
        ("en", "vacant: participant (5), secretary; should be filled: leader (2)"),
    ] {
        let text = said(&tree, &["summary", "--network", "nett", "--today", "2024-06-01", "--lang", lang]);
        assert!(text.lines().any(|line| line.trim_end().ends_with(remark)), "{remark}\n{text}");
        // A seat in the network that the network itself fills: it is named once.
        let vacant = text.lines().find(|line| line.ends_with("(mandat/sekretar)")).unwrap();
        assert_eq!(vacant.matches("Nett").count(), 1, "{vacant}");
    }
}

#[test]
fn what_ended_has_ended_and_what_ends_will_end() {
    let tree = with(
        "[[obligation]]\nid = \"mote\"\ntext = { nn = \"Partane skal møtast kvart år.\" }\nevery = \"year\"\nevidence = { record = \"meeting\" }\n\n\
         [[seat]]\nid = \"kontakt\"\nbody = \"nett\"\nrole = \"contact\"\neach = \"party\"\nholder = { kind = \"municipality\" }\n\n\
         [[seat]]\nid = \"leiar\"\nbody = \"nett\"\nrole = \"leader\"\n",
    );
    let network = "name = \"Nett\"\nfrom = 2020-01-01\nparties = [\"hf\", \"a\", \"b\"]\ngoverned-by = [\"mandat\"]\ntracked = { from = 2024-01-01 }\n\n\
         [[excuse]]\nduty = \"mandat/mote\"\ncovers = \"2024\"\nuntil = 2025-06-30\nreason = { nn = \"Storm.\" }\n";
    tree.file("networks/nett.toml", network);
    for (name, organisation, role) in [("ka", "a", "contact"), ("kb", "b", "contact"), ("leiar", "hf", "leader")] {
        tree.file(format!("members/{name}.toml"), member(organisation, role, "from = 2024-01-01, to = 2025-06-30"));
    }
    let on = |day: &str, lang: &str| {
        said(
            &tree,
            &[
                "deadlines",
                "--network",
                "nett",
                "--from",
                "2025-01-01",
                "--until",
                "2025-12-31",
                "--today",
                day,
                "--lang",
                lang,
            ],
        )
    };
    for (lang, before, after) in [
        (
            "nn",
            [
                "2 periodar tek slutt (A og B)",
                "HF: Leiar i Nett: perioden går ut; ny må oppnemnast",
                "Fritaket frå «Partane skal møtast kvart år.» går ut (Nett)",
            ],
            [
                "2 periodar tok slutt (A og B)",
                "HF: Leiar i Nett: perioden er ute; ny må oppnemnast",
                "Fritaket frå «Partane skal møtast kvart år.» gjekk ut (Nett)",
            ],
        ),
        (
            "nb",
            [
                "2 perioder tar slutt (A og B)",
                "HF: Leder i Nett: perioden går ut; ny må oppnevnes",
                "Fritaket fra «Partane skal møtast kvart år.» går ut (Nett)",
            ],
            [
                "2 perioder tok slutt (A og B)",
                "HF: Leder i Nett: perioden er ute; ny må oppnevnes",
                "Fritaket fra «Partane skal møtast kvart år.» gikk ut (Nett)",
            ],
        ),
        (
            "en",
            [
                "2 terms end (A and B)",
                "HF: Leader of Nett: the term ends; a new appointment is needed",
                "The excuse from “Partane skal møtast kvart år.” lapses (Nett)",
            ],
            [
                "2 terms ended (A and B)",
                "HF: Leader of Nett: the term has ended; a new appointment is needed",
                "The excuse from “Partane skal møtast kvart år.” lapsed (Nett)",
            ],
        ),
    ] {
        for (day, words) in [("2025-06-01", before), ("2025-11-01", after)] {
            let text = on(day, lang);
            for words in words {
                assert!(text.contains(words), "{day}: {words}\n{text}");
            }
        }
    }
    // Somebody came after: nobody needs to be appointed.
    tree.file("members/ny.toml", member("hf", "leader", "from = 2025-07-01"));
    assert!(on("2025-11-01", "en").contains("Leader of Nett: the term has ended; a new appointment was made"));
}

#[test]
fn agreements_and_notices_that_ran_out_are_told_so() {
    let tree = networks();
    tree.file(
        "agreements/mandat.toml",
        "title = \"Mandat\"\nkind = \"mandate\"\nfrom = 2020-01-01\nto = 2025-12-31\n\n\
         [notice]\nperiod = \"1 year\"\ngiven = [{ by = \"hf\", on = 2024-06-30 }]\n",
    );
    let on = |day: &str, lang: &str| {
        said(
            &tree,
            &["deadlines", "--all", "--from", "2025-01-01", "--until", "2025-12-31", "--today", day, "--lang", lang],
        )
    };
    for (lang, before, after) in [
        (
            "nn",
            ["Avtalen tek slutt: Mandat", "HF: Oppseiinga går ut: Mandat"],
            ["Avtalen tok slutt: Mandat", "HF: Oppseiinga gjekk ut: Mandat"],
        ),
        (
            "nb",
            ["Avtalen tar slutt: Mandat", "HF: Oppsigelsen går ut: Mandat"],
            ["Avtalen tok slutt: Mandat", "HF: Oppsigelsen gikk ut: Mandat"],
        ),
        (
            "en",
            ["The agreement ends: Mandat", "HF: The notice runs out: Mandat"],
            ["The agreement ended: Mandat", "HF: The notice ran out: Mandat"],
        ),
    ] {
        for (day, words) in [("2025-01-15", before), ("2026-01-01", after)] {
            for words in words {
                assert!(on(day, lang).contains(words), "{day}: {words}\n{}", on(day, lang));
            }
        }
    }
}

#[test]
fn an_agreement_that_says_a_thing_twice_is_named_once() {
    let tree = with(
        "[[obligation]]\nid = \"plan\"\ntext = { nn = \"Lage plan.\" }\nclause = \"Del 1\"\nevery = \"year\"\nevidence = { record = \"plan\" }\n\n\
         [[obligation]]\nid = \"plan-igjen\"\nclause = \"Del 2\"\nrestates = \"mandat/plan\"\n",
    );
    for (lang, more) in [
        ("nn", "(Mandat, Del 1; òg Del 2; mandat/plan)"),
        ("nb", "(Mandat, Del 1; også Del 2; mandat/plan)"),
        ("en", "(Mandat, Del 1; also Del 2; mandat/plan)"),
    ] {
        let text = said(&tree, &["deadlines", "--network", "nett", "--today", "2024-11-01", "--lang", lang]);
        assert!(text.contains(more), "{more}\n{text}");
    }
}

#[test]
fn explain_says_who_owes_it_what_records_must_have_and_what_a_year_is() {
    let tree = with(
        "[[obligation]]\nid = \"par\"\nby = { pair = [\"health-trust\", \"municipality\"] }\nevery = \"year\"\nevidence = { record = \"meeting\" }\n\n\
         [[obligation]]\nid = \"kvar\"\nby = { each = \"user-organisation\" }\ngap = \"1 year\"\nevidence = { record = \"course\", where = { module = \"endring\" } }\n\n\
         [[obligation]]\nid = \"ingen\"\nby = { each = \"clinic\" }\nevery = \"year\"\nevidence = { record = \"meeting\" }\n\n\
         [[obligation]]\nid = \"ordning\"\nper = { record = \"offering\" }\nrequire = [\"arrangement.responsibility\", \"arrangement.organisation\", \"arrangement.financing\"]\n\n\
         [[seat]]\nid = \"medlem\"\nbody = \"nett\"\nrole = \"member\"\n\n\
         [[seat]]\nid = \"radgjevar\"\nbody = \"nett\"\nrole = \"adviser\"\n",
    );
    for (path, lang, line) in [
        ("mandat/par", "nn", "- 4 par har plikta 1. juli 2025: HF–A, HF–B, HF2–A og HF2–B."),
        ("mandat/par", "nb", "- 4 par har plikten 1. juli 2025: HF–A, HF–B, HF2–A og HF2–B."),
        ("mandat/par", "en", "- 4 pairs owe it on 1 July 2025: HF–A, HF–B, HF2–A and HF2–B."),
        ("mandat/kvar", "nn", "- Éin har plikta 1. juli 2025: UO."),
        ("mandat/kvar", "nb", "- Én har plikten 1. juli 2025: UO."),
        ("mandat/kvar", "en", "- One owes it on 1 July 2025: UO."),
        ("mandat/ingen", "nn", "- Ingen har plikta 1. juli 2025."),
        ("mandat/ingen", "nb", "- Ingen har plikten 1. juli 2025."),
        ("mandat/ingen", "en", "- Nobody owes it on 1 July 2025."),
        ("mandat/ordning", "nn", "- For kvar av dei må dette stå: ordning (ansvar, organisering og finansiering)."),
        ("mandat/ordning", "nb", "- For hver av dem må dette stå: ordning (ansvar, organisering og finansiering)."),
        (
            "mandat/ordning",
            "en",
            "- For each of them, this must be given: arrangement (responsibility, organisation and financing).",
        ),
        ("mandat/medlem", "nn", "- Plassen er for ein medlem av Nett."),
        ("mandat/medlem", "nb", "- Plassen er for et medlem av Nett."),
        ("mandat/medlem", "en", "- The seat is for a member of Nett."),
        ("mandat/radgjevar", "nn", "- Plassen er for ein rådgjevar i Nett."),
        ("mandat/radgjevar", "en", "- The seat is for an adviser in Nett."),
        (
            "mandat/kvar",
            "nn",
            "- Det må gjerast minst éin gong i løpet av eitt år. Tida blir rekna i heile kalenderår: ho tek til med det fyrste heile året som er registrert, og på nytt med året etter at det er gjort.",
        ),
        (
            "mandat/kvar",
            "nb",
            "- Det må gjøres minst én gang i løpet av ett år. Tiden regnes i hele kalenderår: den begynner med det første hele året som er registrert, og på nytt med året etter at det er gjort.",
        ),
        (
            "mandat/kvar",
            "en",
            "- It must be done at least once within one year. The time is counted in whole calendar years: it begins with the first whole year that is tracked, and again with the year after it was done.",
        ),
    ] {
        has(&said(&tree, &["explain", path, "--today", "2025-07-01", "--lang", lang]), line);
    }
    let english = said(&tree, &["explain", "mandat/kvar", "--today", "2025-07-01", "--lang", "en"]);
    assert!(english.contains("course (module: change)"), "{english}");
    // What is said of a year is what is done: a course on 29 February 2024 puts the next deadline at the end of 2025.
    tree.file(
        "courses/endring.toml",
        "title = \"Endring\"\nmodule = \"endring\"\nnetwork = \"nett\"\norganiser = \"uo\"\nstart = 2024-02-29\n",
    );
    let due = said(&tree, &["explain", "mandat/kvar", "--today", "2025-01-02", "--lang", "en"]);
    has(&due, "- 31 December 2025 (in 363 days), for 2025: due");
}

#[test]
fn a_term_with_a_successor_has_not_ended_before_its_day() {
    let tree = with("[[seat]]\nid = \"leiar\"\nbody = \"nett\"\nrole = \"leader\"\n");
    tree.file("members/leiar.toml", member("hf", "leader", "from = 2024-01-01, to = 2025-06-30"));
    tree.file("members/ny.toml", member("a", "leader", "from = 2025-06-01"));
    let on = |day: &str| {
        let ask =
            ["deadlines", "--all", "--from", "2025-06-30", "--until", "2025-06-30", "--lang", "en", "--today", day];
        said(&tree, &ask)
    };
    assert!(
        on("2025-06-15").contains("Leader of Nett: the term ends; a new appointment was made"),
        "{}",
        on("2025-06-15")
    );
    assert!(on("2025-07-01").contains("Leader of Nett: the term has ended; a new appointment was made"));
}
