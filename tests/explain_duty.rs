//! `lmnet explain AGREEMENT/DUTY`: what is said of duties and seats, in words that need no TOML.
//!
//! What is expected is worked out by hand from the files of `examples/fjordnett`.

mod common;

use std::path::Path;
use std::process::Command;

use common::{Ran, run};
use lmnet::lang::Lang;
use lmnet::mandate::Mandates;
use lmnet::names::Names;
use lmnet::registry::Registry;
use lmnet::report::duty;
use serde_json::{Value, json};

fn lmnet(arguments: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lmnet"));
    common::quiet_environment(&mut command);
    command.args(["--registry", "examples/fjordnett"]).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR"));
    run(&mut command)
}

fn explained(path: &str, day: &str, lang: &str) -> String {
    let ran = lmnet(&["explain", path, "--today", day, "--lang", lang]);
    assert_eq!((ran.code, &*ran.talk), (Some(0), ""), "{path}");
    ran.out
}

#[track_caller]
fn says(text: &str, lines: &[&str]) {
    for line in lines {
        assert!(text.lines().any(|own| own == *line), "not there: {line}\n{text}");
    }
}

#[test]
fn a_yearly_duty_with_a_day_that_moves() {
    // 15 June 2024 is a Saturday, 15 June 2025 a Sunday.
    says(
        &explained("mandat-fjordnett/kurskatalog", "2025-06-01", "nn"),
        &[
            "«Lærings- og meistringssenteret skal sende kurskatalogen for hausten til kvar kommune innan 15. juni.»",
            "Mandat for Fjordnett, 8.1",
            "- Bindande («skal»): det som ikkje er gjort når fristen er ute, står som «over fristen».",
            "- Plikta ligg på Lærings- og meistringssenteret i Helse Ytterkyst.",
            "- Det skal sendast til alle partar av typen kommune, og er gjort når alle har fått det.",
            "- Det skal gjerast éin gong i året.",
            "- Fristen er 15. juni.",
            "- Fell fristen i ei helg eller på ein heilagdag, gjeld neste yrkedag.",
            "- Som dokumentasjon tel: plan (type: anna). Andre postar tel òg, når dei seier det sjølve: shows = [\"mandat-fjordnett/kurskatalog\"].",
            "- Fjordnett: avtalen gjeld frå 1. januar 2023. Registreringsperiode: frå 1. januar 2024.",
            "- 15. juni 2023: ikkje registrert",
            "- 17. juni 2024 (for 349 dagar sidan), for 2024: oppfylt i tide – dokumentasjon: plans/kurskatalog-2024",
            "- 16. juni 2025 (om 15 dagar), for 2025: skal gjerast",
        ],
    );
    says(
        &explained("mandat-fjordnett/kurskatalog", "2025-06-01", "en"),
        &["- The deadline is 15 June.", "- A deadline on a weekend or a public holiday moves to the next working day."],
    );
}

#[test]
fn those_who_owe_the_same_share_a_line() {
    // In 2024 seven municipalities took part, Havnøy was excused, and the others met the trust.
    let text = explained("mandat-fjordnett/dialogmote", "2025-06-01", "nb");
    says(
        &text,
        &[
            "- 6 par har plikten 1. juni 2025: HYK–Havnøy, HYK–Innervåg, HYK–Øyfjord, HYK–Reinvik, HYK–Vågvik og HYK–Ytterfjord.",
            "- 31. desember 2024 (for 152 dager siden), for 2024: oppfylt i tide 6 av 7; unntatt 1 av 7: Havnøy – dokumentasjon: meetings/dialogmote-indre-2024, meetings/dialogmote-reinvik-2024 og meetings/dialogmote-ytre-2024",
            "- 31. desember 2025 (om 213 dager), for 2025: skal gjøres 6 av 6",
        ],
    );
    assert!(text.contains("Fritak: Havnøy for 2024 (gjelder til 30. juni 2025). Hurtigbåten var innstilt"), "{text}");
    assert!(text.contains("møte (type: samarbeidsmøte; deltakere fra: den som har plikten)"), "{text}");
}

#[test]
fn what_was_not_tracked_is_one_line() {
    // Two semesters of 2023 lie before 1 January 2024, when tracking begins.
    let text = explained("mandat-fjordnett/helsepedagogikk", "2025-06-01", "nb");
    says(&text, &["- 31. juli 2023 til 31. desember 2023: ikke registrert (2 frister)"]);
    assert_eq!(text.matches("ikke registrert").count(), 1, "{text}");
}

#[test]
fn a_duty_that_rolls() {
    says(
        &explained("mandat-fjordnett/endring", "2025-06-01", "en"),
        &[
            "- It is owed by Helse Ytterkyst HF and Tindehøgda Deaconess Hospital together: it is enough that one of them does it.",
            "- It must be done at least once within 2 semesters. The time is counted in whole semesters: it begins with the first whole semester that is tracked, and again with the semester after it was done.",
            "- 31 December 2024 (152 days ago), for spring 2024–autumn 2024: met on time – evidence: courses/endring-2024",
            "- 31 December 2025 (in 213 days), for spring 2025–autumn 2025: due",
        ],
    );
}

#[test]
fn a_duty_that_says_another_again_is_counted_there() {
    let text = explained("mandat-fjordnett/arsrapport", "2025-06-01", "nn");
    says(
        &text,
        &[
            "- Seier det same som Samarbeidsavtale for Ytterkyst, 8 (samarbeidsavtale-ytterkyst/rapportering). I nettverk som den avtalen styrer, blir plikta rekna der, og berre éin gong.",
            "- 31. januar 2025 (for 121 dagar sidan), for 2024: oppfylt i tide – dokumentasjon: reports/fjordnett-2024",
        ],
    );
    let original = explained("samarbeidsavtale-ytterkyst/rapportering", "2025-06-01", "nn");
    says(
        &original,
        &[
            "- Det same står i Mandat for Fjordnett, 7.2: «Nettverket skal sende årsmelding til sekretariatet innan 31. januar.»",
        ],
    );
}

#[test]
fn standing_judged_and_per_record_duties_have_no_deadline() {
    says(
        &explained("mandat-fjordnett/gjere-kjent", "2025-06-01", "nb"),
        &[
            "- Bindende («skal»).",
            "- Plikten er varig: den har ingen frist og kan ikke forfalle. Den nyeste dokumentasjonen, om det finnes noen, står nedenfor.",
            "- Ingen post teller som dokumentasjon av seg selv. En post må si det: shows = [\"mandat-fjordnett/gjere-kjent\"].",
            "- Varig, dokumentert hos 3 av 6 (ikke Havnøy, Innervåg og Reinvik)",
            "- mars 2025, for 2 måneder siden: matters/informasjon-ytre-2025 (Vågvik og Ytterfjord)",
            "- 5. oktober 2024, for 7 måneder siden: matters/informasjon-oyfjord-2024 (Øyfjord)",
        ],
    );
    says(
        &explained("rettleiar-brukarmedverknad/likeverd", "2025-06-01", "en"),
        &["- Whether it is met is for a person to judge. The program never counts it as met.", "- To be judged"],
    );
    says(
        &explained("samarbeidsavtale-ytterkyst/tilvising", "2025-06-01", "nn"),
        &[
            "- Bindande («skal»): det som manglar, gjev ei åtvaring i «lmnet check».",
            "- For kvar av dei må dette stå: tilvising (rutine) eller tilvising (kriterium).",
            "- Oppfylt for 3 av 3 postar",
        ],
    );
}

#[test]
fn a_seat_tells_who_can_sit_there_and_who_does() {
    says(
        &explained("mandat-fjordnett/kontaktpersonar", "2025-07-01", "nn"),
        &[
            "- Plassen skal vere fylt. Er han ikkje det, er han ledig.",
            "- Det er éin slik plass for kvar part som kan ha han.",
            "- Nøyaktig éin skal sitje der.",
            "- Den som sit der, må kome frå: kommune.",
            "- Den som sit der, må vere fagperson.",
            "- Ledig 1 av 6: Innervåg",
            "- 30. juni 2025 (i går): Kontaktperson i Fjordnett (Innervåg), perioden gjekk ut; ny oppnemning: over fristen",
        ],
    );
    // Leader and deputy end on the same day, and are two lines.
    says(
        &explained("mandat-fjordnett/leiing", "2025-06-01", "en"),
        &[
            "- The roles are to be shared between the municipalities and the specialist health service.",
            "- A term lasts 2 years. Of whoever stays longer it says “filled, term ended”.",
            "- 31 December 2025 (in 213 days): Leader of Fjordnett, the term ends; new appointment: upcoming",
            "- 31 December 2025 (in 213 days): Deputy leader of Fjordnett, the term ends; new appointment: upcoming",
        ],
    );
}

/// Words of TOML that people must not meet, beside the declaration that they are to write themselves.
fn raw(sentence: &str) -> Option<&'static str> {
    let without: String =
        sentence.split("shows = [").map(|part| part.split_once("].").map_or(part, |(_, rest)| rest)).collect();
    [" = ", "\"self\"", "{", "}", "care-level", "at-least"].into_iter().find(|word| without.contains(word))
}

#[test]
fn every_duty_and_seat_is_explained_in_words_in_three_languages() {
    assert_eq!(raw("Som dokumentasjon tel: plan (kind = \"action\")."), Some(" = "));
    assert_eq!(raw("Andre postar kan seie det: shows = [\"a/b\"]. Slutt."), None);
    for root in ["examples/fjordnett", "registry"] {
        let registry = Registry::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join(root));
        let mandates = Mandates::new(&registry);
        let paths = duty::paths(&registry);
        assert!(paths.len() >= 40, "{root}: only {} duties and seats", paths.len());
        for path in &paths {
            for lang in Lang::ALL {
                let names = Names { registry: &registry, lang };
                let asked = duty::find(&registry, path).unwrap();
                let json = duty::explain(&mandates, asked, &names, "2026-11-23".parse().unwrap()).json();
                let list = |key: &str| -> Vec<String> {
                    json[key].as_array().unwrap().iter().map(|line| line.as_str().unwrap().to_owned()).collect()
                };
                assert!(list("how").len() >= 2, "{path}: {:?}", list("how"));
                assert!(!list("standing").is_empty(), "{path}");
                for sentence in list("how") {
                    assert_eq!(raw(&sentence), None, "{path} in {lang}: {sentence}");
                }
            }
        }
    }
}

#[test]
fn machines_get_every_occurrence() {
    let ran = lmnet(&["explain", "mandat-fjordnett/dialogmote", "--today", "2025-06-01", "--format", "json"]);
    let value: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&value["schema"], &value["version"]), (&json!("lmnet-explain"), &json!(1)));
    assert_eq!((&value["from"], &value["until"]), (&json!("2023-06-01"), &json!("2026-06-01")));
    let occurrences = value["occurrences"].as_array().unwrap();
    let count =
        |due: &str, status: &str| occurrences.iter().filter(|one| one["due"] == due && one["status"] == status).count();
    assert_eq!((count("2024-12-31", "met-on-time"), count("2024-12-31", "excused")), (6, 1));
    assert_eq!(count("2025-12-31", "due"), 6);
    let markdown = lmnet(&["explain", "mandat-fjordnett/dialogmote", "--today", "2025-06-01", "--format", "md"]).out;
    assert!(markdown.starts_with("# mandat-fjordnett/dialogmote\n\n«Helseføretaket"), "{markdown}");
    let rule: Value = serde_json::from_str(&lmnet(&["explain", "reversed-period", "--format", "json"]).out).unwrap();
    assert_eq!(rule["rule"], "reversed-period");
}

#[test]
fn what_is_nearly_right_is_offered() {
    for (wrong, says) in [
        ("mandat-fjordnett/handlingplan", "did you mean mandat-fjordnett/handlingsplan?"),
        ("mandat-fjordnet/kontaktpersonar", "did you mean mandat-fjordnett/kontaktpersonar or "),
        ("mandat-fjordnett/rapportering", "did you mean samarbeidsavtale-ytterkyst/rapportering?"),
        ("handlingsplan", "did you mean mandat-fjordnett/handlingsplan or mandat-skognett/handlingsplan?"),
        ("mandat-fjordnett", "'lmnet agreements show mandat-fjordnett' lists its duties and seats"),
        ("reversed-perod", "did you mean 'reversed-period'?"),
        ("nothing/like-this", "no agreement 'nothing'"),
        ("mandat-fjordnett/zzzzzzzz", "'lmnet agreements show mandat-fjordnett' lists them"),
    ] {
        let ran = lmnet(&["explain", wrong, "--lang", "en"]);
        assert_eq!((ran.code, &*ran.out), (Some(2), ""), "{wrong}");
        assert!(ran.talk.contains(says), "{wrong}: {}", ran.talk);
    }
    let rule = lmnet(&["explain", "reversed-period", "--lang", "en"]);
    assert!(rule.code == Some(0) && rule.out.starts_with("# reversed-period (error)\n"), "{}", rule.out);
}

/// A registry with one agreement.
fn agreement(obligation: &str) -> common::Tree {
    let tree = common::Tree::sound();
    tree.file(
        "agreements/m.toml",
        format!("title = \"M\"\nkind = \"mandate\"\n\n[[obligation]]\nid = \"d\"\n{obligation}"),
    );
    tree
}

#[test]
fn who_has_not_got_it_is_named() {
    says(
        &explained("mandat-fjordnett/kurskatalog", "2025-07-01", "nb"),
        &[
            "- 16. juni 2025 (for 15 dager siden), for 2025: forfalt, 5 av 6, ikke til Havnøy – dokumentasjon: plans/kurskatalog-2025",
        ],
    );
    let ran = lmnet(&["explain", "mandat-fjordnett/kurskatalog", "--today", "2025-07-01", "--format", "json"]);
    let value: Value = serde_json::from_str(&ran.out).unwrap();
    let of = |due: &str| {
        let all = value["occurrences"].as_array().unwrap();
        all.iter().find(|one| one["due"] == due).unwrap()["outstanding"].clone()
    };
    assert_eq!((of("2025-06-16"), of("2024-06-17")), (json!(["havnoy"]), Value::Null));
}

#[test]
fn one_week_is_one_week() {
    let tree = agreement("gap = \"1 week\"\nevidence = { record = \"meeting\" }\n");
    for (lang, words) in [
        ("nn", "- Det må gjerast minst éin gong i løpet av éi veke. "),
        ("nb", "- Det må gjøres minst én gang i løpet av én uke. "),
        ("en", "- It must be done at least once within one week. "),
    ] {
        let out = run(&mut tree.command(&["explain", "m/d", "--lang", lang])).out;
        assert!(out.contains(words), "{out}");
    }
    let tree = agreement("gap = \"2 weeks\"\nat-least = 3\nevidence = { record = \"meeting\" }\n");
    let out = run(&mut tree.command(&["explain", "m/d", "--lang", "nb"])).out;
    assert!(out.contains("- Det må gjøres minst 3 ganger i løpet av 2 uker. "), "{out}");
}

#[test]
fn a_list_of_nobody_is_no_receiver() {
    let tree = agreement("every = \"year\"\nreceiver = []\nevidence = { record = \"meeting\" }\n");
    let ran = run(&mut tree.command(&["explain", "m/d", "--lang", "en"]));
    assert!(ran.code == Some(0) && !ran.out.contains("sent to"), "{}", ran.out);
    let ran = run(&mut agreement("every = \"year\"\nreceiver = \"fjord-hf\"\nevidence = { record = \"meeting\" }\n")
        .command(&["explain", "m/d", "--lang", "en"]));
    assert!(ran.out.contains("- It is to be sent to Fjord HF."), "{}", ran.out);
}

#[test]
fn an_agreement_that_could_not_be_read_is_told_of() {
    let unread = "'m/d' cannot be explained: the agreement 'm' could not be read whole; 'lmnet check' shows why";
    for broken in ["every = \"fortnight\"\n", "every = \n"] {
        let tree = agreement(broken);
        let ran = run(&mut tree.command(&["explain", "m/d", "--lang", "en"]));
        assert_eq!((ran.code, &*ran.out), (Some(2), ""));
        assert!(ran.talk.contains(unread), "{}", ran.talk);
        let ran = run(&mut tree.command(&["explain", "m", "--lang", "en"]));
        assert!(
            ran.talk.contains("the agreement 'm' could not be read whole; 'lmnet check' shows why"),
            "{}",
            ran.talk
        );
        let ran = run(&mut tree.command(&["agreements", "show", "m", "--lang", "en"]));
        assert!(ran.talk.contains("the agreement 'm' could not be read whole"), "{}", ran.talk);
        let ran = run(&mut tree.command(&["explain", "n/d", "--lang", "en"]));
        assert!(!ran.talk.contains("could not be read whole"), "{}", ran.talk);
    }
}
