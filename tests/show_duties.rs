//! How duties and seats stand beside a network, an agreement or an organisation.
//!
//! What is expected is worked out by hand from the files of `examples/fjordnett`.

mod common;

use std::fs;
use std::path::Path;

use common::{Tree, run};
use serde_json::{Value, json};

/// The example, to be changed.
fn fjordnett() -> Tree {
    let tree = Tree::empty();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/fjordnett");
    for file in walkdir::WalkDir::new(&example).into_iter().map(Result::unwrap) {
        if file.file_type().is_file() {
            tree.file(file.path().strip_prefix(&example).unwrap(), fs::read(file.path()).unwrap());
        }
    }
    tree
}

fn printed(tree: &Tree, day: &str, arguments: &[&str]) -> String {
    let all = [arguments, &["--today", day]].concat();
    let ran = run(&mut tree.command(&all));
    assert_eq!((ran.code, &*ran.talk), (Some(0), ""), "{arguments:?}");
    ran.out
}

fn shown(tree: &Tree, day: &str, kind: &str, id: &str) -> Value {
    serde_json::from_str(&printed(tree, day, &[kind, "show", id, "--format", "json"])).unwrap()
}

/// The entry of a list whose `key` has this value.
fn entry<'v>(list: &'v Value, key: &str, value: &str) -> &'v Value {
    let found = list.as_array().unwrap().iter().find(|one| one[key] == value);
    found.unwrap_or_else(|| panic!("no {key} {value} in {list:#}"))
}

fn duty(tree: &Tree, day: &str, path: &str) -> Value {
    entry(&shown(tree, day, "networks", "lm-fjordnett")["duties"], "duty", path).clone()
}

#[test]
fn a_duty_of_many_is_one_entry_with_counts() {
    let tree = fjordnett();
    // On 1 June 2025 six municipalities take part: Vågvik, Ytterfjord, Øyfjord, Innervåg, Havnøy and Reinvik. None has met
    // the trust yet that year.
    let meetings = duty(&tree, "2025-06-01", "mandat-fjordnett/dialogmote");
    assert_eq!((&meetings["statuses"], &meetings["of"]), (&json!({ "due": 6 }), &json!(6)));
    assert_eq!(meetings["due"], "2025-12-31");
    // 15 June 2025 is a Sunday, and the catalogue moves to the Monday.
    let catalogue = duty(&tree, "2025-06-01", "mandat-fjordnett/kurskatalog");
    assert_eq!((&catalogue["status"], &catalogue["due"]), (&json!("due"), &json!("2025-06-16")));
}

#[test]
fn an_excuse_that_has_run_out_leaves_the_oldest_duty_overdue() {
    let tree = fjordnett();
    let of = |day| {
        let havnoy = shown(&tree, day, "organisations", "havnoy");
        let duty = entry(&havnoy["owed"], "duty", "mandat-fjordnett/dialogmote").clone();
        (duty["status"].clone(), duty["due"].clone())
    };
    // Havnøy is excused for 2024 until 30 June 2025, and met the trust on 11 June.
    assert_eq!(of("2025-06-10"), (json!("due"), json!("2025-12-31")));
    assert_eq!(of("2025-06-30"), (json!("met-on-time"), json!("2025-12-31")));
    assert_eq!(of("2025-07-01"), (json!("overdue"), json!("2024-12-31")));
    let text = printed(&tree, "2025-07-01", &["organisations", "show", "havnoy", "--lang", "nn"]);
    // From 31 December 2024 to 1 July 2025 there are 182 days.
    assert!(
        text.contains("- Over fristen, 31. desember 2024 (for 182 dagar sidan) – HYK–Havnøy: «Helseføretaket"),
        "{text}"
    );
    let text = printed(&tree, "2025-07-01", &["networks", "show", "lm-fjordnett", "--lang", "nb"]);
    assert!(text.contains("- Forfalt, 31. desember 2024 (for 182 dager siden) – HYK–Havnøy: "), "{text}");
    // What is overdue of one year hides nothing of the next.
    let next = text.lines().filter(|line| line.contains("dialogmote)") && line.contains("31. desember 2025"));
    assert_eq!(next.count(), 1, "{text}");
}

#[test]
fn a_restated_duty_stands_where_it_is_counted() {
    let tree = fjordnett();
    let mandate = shown(&tree, "2025-06-01", "agreements", "mandat-fjordnett");
    let report = entry(&mandate["duties"], "duty", "mandat-fjordnett/arsrapport");
    assert_eq!(report["counted-in"], "samarbeidsavtale-ytterkyst/rapportering");
    assert_eq!((&report["status"], &report["due"]), (&json!("upcoming"), &json!("2026-01-31")));
    // In the network it is there once, with both clauses.
    let network = shown(&tree, "2025-06-01", "networks", "lm-fjordnett");
    let duties = network["duties"].as_array().unwrap();
    assert!(duties.iter().all(|one| one["duty"] != "mandat-fjordnett/arsrapport"));
    let counted = entry(&network["duties"], "duty", "samarbeidsavtale-ytterkyst/rapportering");
    assert_eq!(counted["clause"], "8");
    assert_eq!(counted["also"], json!([{ "duty": "mandat-fjordnett/arsrapport", "clause": "7.2" }]));
    let text = printed(&tree, "2025-06-01", &["networks", "show", "lm-fjordnett"]);
    assert!(text.contains("(8; mandat-fjordnett 7.2; samarbeidsavtale-ytterkyst/rapportering)"), "{text}");
}

#[test]
fn an_agreement_says_which_networks_it_governs() {
    let tree = fjordnett();
    let secretariat = shown(&tree, "2025-06-01", "agreements", "sekretariatsavtalen");
    let governs = json!([
        { "network": "lm-fjordnett", "from": "2024-07-01", "to": null },
        { "network": "lm-lyngnett", "from": "2024-07-01", "to": null },
        { "network": "lm-skognett", "from": "2024-07-01", "to": null },
    ]);
    assert_eq!(secretariat["governs"], governs);
    let text = printed(&tree, "2025-06-01", &["agreements", "show", "vedtak-vagvik", "--lang", "en"]);
    assert!(text.contains("The agreement governs no network in the registry."), "{text}");
    // The duties stand in the order of the document: 7.1, 7.2, 7.1, 8.1, …
    let mandate = shown(&tree, "2025-06-01", "agreements", "mandat-fjordnett");
    let first: Vec<&str> =
        mandate["duties"].as_array().unwrap().iter().take(4).map(|one| one["clause"].as_str().unwrap()).collect();
    assert_eq!(first, ["7.1", "7.2", "7.1", "8.1"]);
}

#[test]
fn a_duty_that_has_ended_is_not_owed_now() {
    let tree = fjordnett();
    // The answers to the youth council were on trial until 31 December 2025, and "should" is never overdue.
    let path = "mandat-fjordnett/tilbakemelding-til-unge";
    let of = |day| {
        let mandate = shown(&tree, day, "agreements", "mandat-fjordnett");
        entry(&mandate["duties"], "duty", path)["status"].clone()
    };
    assert_eq!(of("2025-06-30"), "due");
    assert_eq!(of("2026-01-01"), "not-owed");
    let network = shown(&tree, "2026-01-01", "networks", "lm-fjordnett");
    assert!(network["duties"].as_array().unwrap().iter().all(|one| one["duty"] != path));
}

#[test]
fn what_an_organisation_owes_and_is_owed_over_all_networks() {
    let tree = fjordnett();
    let secretariat = shown(&tree, "2026-11-23", "organisations", "samhandlingssekretariatet");
    let paths = |key: &str| -> Vec<String> {
        let all = secretariat[key].as_array().unwrap().iter();
        let mut all: Vec<String> = all.map(|one| one["duty"].as_str().unwrap().to_owned()).collect();
        all.sort();
        all
    };
    // The report for 2025, which is overdue, and the next one.
    assert_eq!(paths("owed"), ["sekretariatsavtalen/samla-rapport"; 2]);
    assert_eq!(
        paths("owed-to"),
        [
            "mandat-fjordnett/handlingsplan",
            "mandat-lyngnett/arsrapport",
            "mandat-skognett/arsrapport",
            "mandat-skognett/handlingsplan",
            "samarbeidsavtale-ytterkyst/rapportering",
        ]
    );
    let compiled = entry(&secretariat["owed"], "duty", "sekretariatsavtalen/samla-rapport");
    assert_eq!((&compiled["status"], &compiled["due"]), (&json!("overdue"), &json!("2026-02-28")));
    assert_eq!(compiled["networks"], json!(["lm-fjordnett", "lm-lyngnett", "lm-skognett"]));
}

#[test]
fn who_got_it_is_told_although_others_did_not() {
    let tree = fjordnett();
    // The catalogue of 2025 reached five municipalities; nothing is noted for Havnøy.
    let of = |id| printed(&tree, "2025-07-01", &["organisations", "show", id, "--lang", "nn"]);
    let (reinvik, havnoy) = (of("reinvik"), of("havnoy"));
    let line =
        "- Over fristen, 5 av 6, ikkje til Havnøy (er kome hit), 16. juni 2025 (for 15 dagar sidan) – LMS Ytterkyst:";
    assert!(reinvik.contains(line), "{reinvik}");
    assert!(
        havnoy
            .contains("- Over fristen, 5 av 6, ikkje til Havnøy, 16. juni 2025 (for 15 dagar sidan) – LMS Ytterkyst:"),
        "{havnoy}"
    );
    let catalogue = duty(&tree, "2025-07-01", "mandat-fjordnett/kurskatalog");
    assert_eq!(catalogue["owners"][0]["outstanding"], json!(["havnoy"]));
}

#[test]
fn seats_that_are_repeated_are_one_line() {
    let tree = fjordnett();
    let of = |day| {
        let network = shown(&tree, day, "networks", "lm-fjordnett");
        entry(&network["seats"], "seat", "mandat-fjordnett/kontaktpersonar")["statuses"].clone()
    };
    // The contact person of Innervåg left after 30 June 2025.
    assert_eq!(of("2025-06-30"), json!({ "filled": 6 }));
    assert_eq!(of("2025-07-01"), json!({ "filled": 5, "vacant": 1 }));
    for (lang, line) in [
        (
            "nn",
            "- Ledig 1 av 6: Innervåg; fylt 5 av 6 – Kontaktperson i Fjordnett (3; mandat-fjordnett/kontaktpersonar)",
        ),
        (
            "nb",
            "- Ledig 1 av 6: Innervåg; fylt 5 av 6 – Kontaktperson i Fjordnett (3; mandat-fjordnett/kontaktpersonar)",
        ),
        (
            "en",
            "- Vacant 1 of 6: Innervåg; filled 5 of 6 – Contact person in Fjordnett (3; mandat-fjordnett/kontaktpersonar)",
        ),
    ] {
        let text = printed(&tree, "2025-07-01", &["networks", "show", "lm-fjordnett", "--lang", lang]);
        assert!(text.contains(line), "{lang}: {text}");
    }
    // What is vacant stands before what is filled.
    let text = printed(&tree, "2025-07-01", &["networks", "show", "lm-fjordnett", "--lang", "nn"]);
    let seats = text.split("Plassar per 1. juli 2025").nth(1).unwrap();
    assert!(seats.trim_start().starts_with("- Ledig 1 av 6"), "{seats}");
}

#[test]
fn the_seats_of_an_organisation_are_those_it_holds_and_must_fill() {
    let tree = fjordnett();
    let innervag = shown(&tree, "2025-07-01", "organisations", "innervag");
    let contact = entry(&innervag["seats"], "seat", "mandat-fjordnett/kontaktpersonar");
    assert_eq!((&contact["statuses"], &contact["of"]), (&json!({ "vacant": 1 }), &json!(1)));
    // The centre of the trust coordinates all three areas and sits in the working group until the end of 2026.
    let text = printed(&tree, "2026-11-23", &["organisations", "show", "lms-ytterkyst", "--lang", "en"]);
    assert!(text.contains("- Filled 3 of 3 – Coordinator of Fjordnett"), "{text}");
    assert!(
        text.contains("; the term ends on 31 December 2026 (in 38 days) (4; mandat-fjordnett/arbeidsgruppe-sjukehus)"),
        "{text}"
    );
}

#[test]
fn what_a_merger_left_open_still_stands_with_those_who_are_gone() {
    let tree = fjordnett();
    let path = "mandat-fjordnett/dialogmote";
    // Nordvåg went into Vågvik at the end of 2024, having met the trust that year.
    let nordvag = |tree: &Tree| shown(tree, "2025-06-01", "organisations", "nordvag")["owed"].clone();
    assert!(nordvag(&tree).as_array().unwrap().iter().all(|one| one["duty"] != path));
    fs::remove_file(tree.path("meetings/dialogmote-ytre-2024.toml")).unwrap();
    assert_eq!(entry(&nordvag(&tree), "duty", path)["due"], "2024-12-31");
    let vagvik = shown(&tree, "2025-06-01", "organisations", "vagvik");
    assert_eq!(entry(&vagvik["owed"], "duty", path)["due"], "2025-12-31", "a successor inherits nothing");
}

#[test]
fn standing_duties_tell_their_newest_evidence_and_its_age() {
    let tree = fjordnett();
    // Øyfjord told in October 2024, Vågvik and Ytterfjord in March 2025; the other three never.
    let known = duty(&tree, "2025-06-01", "mandat-fjordnett/gjere-kjent");
    assert_eq!((&known["status"], &known["of"]), (&json!("standing"), &json!(6)));
    assert_eq!(known["newest"], json!({ "record": "matters/informasjon-ytre-2025", "on": "2025-03" }));
    assert!(known.get("due").is_none());
    let text = printed(&tree, "2025-06-01", &["networks", "show", "lm-fjordnett", "--lang", "nb"]);
    let line =
        "- Varig, dokumentert hos 3 av 6 (ikke Havnøy, Innervåg og Reinvik), sist mars 2025 (for 2 måneder siden)";
    assert!(text.contains(line), "{text}");
}

#[test]
fn duties_for_each_record_count_records() {
    let tree = fjordnett();
    let path = "samarbeidsavtale-ytterkyst/fellestilbod";
    assert_eq!(
        duty(&tree, "2025-06-01", path)["records"],
        json!({ "hold": 2, "of": 2, "lacking": [], "not-recorded": 0 })
    );
    let file = "offerings/parorandeskule-demens.toml";
    let text = fs::read_to_string(tree.path(file)).unwrap();
    assert!(text.contains("financing"), "the offering no longer says who pays");
    tree.file(file, text.lines().filter(|line| !line.contains("financing")).collect::<Vec<_>>().join("\n"));
    let lacking = &duty(&tree, "2025-06-01", path)["records"];
    assert_eq!((&lacking["hold"], &lacking["lacking"]), (&json!(1), &json!(["offerings/parorandeskule-demens"])));
}

#[test]
fn duties_for_records_of_which_there_are_none_are_one_line() {
    let tree = fjordnett();
    // The only seminar of Fjordnett is that of 2025.
    let line = "Gjelder poster som det ikke finnes noen av (1): sekretariatsavtalen/fagseminar";
    let of = || printed(&tree, "2025-07-01", &["networks", "show", "lm-fjordnett", "--lang", "nb"]);
    assert!(!of().contains(line));
    fs::remove_file(tree.path("meetings/fagseminar-digitale-tilbod-2025.toml")).unwrap();
    assert!(of().contains(line), "{}", of());
}

#[test]
fn what_only_a_person_can_judge_is_one_line() {
    let text = printed(&fjordnett(), "2025-06-01", &["networks", "show", "lm-fjordnett", "--lang", "en"]);
    let line = "To be judged (2): mandat-fjordnett/varme, rettleiar-brukarmedverknad/likeverd";
    assert!(text.contains(line), "{text}");
}

#[test]
fn nobody_is_blamed_where_nothing_is_tracked() {
    let tree = fjordnett();
    let file = "networks/lm-fjordnett.toml";
    let text = fs::read_to_string(tree.path(file)).unwrap();
    let words = "1. juli 2025 ligg utanfor registreringsperiodane til nettverket";
    assert!(!printed(&tree, "2025-07-01", &["networks", "show", "lm-fjordnett"]).contains(words));
    tree.file(file, text.replace("tracked = { from = 2024-01-01 }\n", ""));
    let shown = printed(&tree, "2025-07-01", &["networks", "show", "lm-fjordnett"]);
    assert!(shown.contains(words), "{shown}");
    assert!(!shown.contains("Over fristen") && !shown.contains("Ledig"), "{shown}");
    // Havnøy and Reinvik met the trust on 11 June 2025; what is there is seen all the same.
    let line = "- Oppfylt i tide 2 av 6; ikkje registrert 4 av 6, for 2025 – kvart par av helseføretak og kommune:";
    assert!(shown.contains(line), "{shown}");
}

#[test]
fn other_kinds_have_neither_duties_nor_seats() {
    let tree = fjordnett();
    for (kind, id) in [("offerings", "kols-skule"), ("plans", "fjordnett-2026"), ("members", "kontakt-innervag")] {
        let shown = shown(&tree, "2025-06-01", kind, id);
        let keys: Vec<&str> = shown.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["schema", "version", "id", "record", "referred-to-by"], "{kind}");
    }
    let network = shown(&tree, "2025-06-01", "networks", "lm-skognett");
    let keys: Vec<&str> = network.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["schema", "version", "id", "record", "referred-to-by", "duties", "seats"]);
}

/// What all parties owe month by month; Nordvik leaves on 10 February 2025, and Ny is there from 1 March on.
const LEAVING: &str = r#"
~~~toml lmnet.toml
format = 1
language = "en"
~~~
~~~toml organisations/nordvik.toml
name = "Nordvik"
kind = "municipality"
~~~
~~~toml organisations/sorvik.toml
name = "Sørvik"
kind = "municipality"
~~~
~~~toml organisations/ny.toml
name = "Ny"
kind = "municipality"
from = 2025-03-01
~~~
~~~toml agreements/m.toml
title = "M"
kind = "mandate"
from = 2024-01-01
[[obligation]]
id = "saman"
by = { jointly = "parties" }
every = "month"
evidence = { record = "meeting" }
[[obligation]]
id = "kvar"
by = { each = "municipality" }
every = "semester"
evidence = { record = "meeting" }
[[obligation]]
id = "varig"
by = { jointly = "parties" }
evidence = { record = "meeting" }
~~~
~~~toml networks/n.toml
name = "N"
parties = [{ organisation = "nordvik", to = 2025-02-10 }, "sorvik", "ny"]
governed-by = ["m"]
tracked = { from = 2025-01-01 }
~~~
"#;

#[test]
fn an_organisation_that_left_owes_what_it_left_open_and_nothing_else() {
    let tree = Tree::empty();
    tree.lay(LEAVING);
    let of = |id: &str| {
        let owed = shown(&tree, "2025-03-15", "organisations", id)["owed"].clone();
        let told =
            |one: &Value| (one["duty"].as_str().unwrap().to_owned(), one["due"].as_str().unwrap_or("-").to_owned());
        owed.as_array().unwrap().iter().map(told).collect::<Vec<_>>()
    };
    let duty = |id: &str, due: &str| (format!("m/{id}"), due.to_owned());
    assert_eq!(of("nordvik"), [duty("saman", "2025-01-31")]);
    let here = of("sorvik");
    assert!(here.contains(&duty("saman", "2025-02-28")) && here.contains(&duty("varig", "-")), "{here:?}");
    let note = printed(&tree, "2025-03-15", &["summary", "--for", "nordvik", "--format", "json"]);
    let note: Value = serde_json::from_str(&note).unwrap();
    let overdue: Vec<_> = note["overdue"].as_array().unwrap().iter().map(|one| one["due"].clone()).collect();
    assert_eq!(overdue, [json!("2025-01-31")]);
    assert_eq!(note["standing"], json!([]));
}

#[test]
fn who_comes_before_the_day_owes_what_is_due_on_it() {
    let tree = Tree::empty();
    tree.lay(LEAVING);
    let duties = shown(&tree, "2025-02-15", "networks", "n")["duties"].clone();
    let each = entry(&duties, "duty", "m/kvar");
    assert_eq!((&each["due"], &each["of"]), (&json!("2025-07-31"), &json!(2)));
}
