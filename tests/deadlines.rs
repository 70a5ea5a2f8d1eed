//! `lmnet deadlines`: what is shown, to whom, in what order, and what the exit code says.

mod common;

use std::path::Path;
use std::process::Command;

use common::{Tree, on_fjordnett, printed, quiet_environment, run};
use serde_json::Value;

/// The registry of the project, with records kept for a network since a day.
fn tracked_since(network: &str, first: &str) -> Tree {
    let tree = Tree::copy_of("registry");
    let file = tree.path(format!("networks/{network}.toml"));
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(!text.lines().any(|line| line.starts_with("tracked")), "{network} is tracked already");
    tree.file(&file, format!("tracked = {{ from = {first} }}\n{text}"));
    tree
}

fn json(out: &str) -> Vec<Value> {
    let value: Value = serde_json::from_str(out).unwrap();
    assert_eq!((&value["schema"], &value["version"]), (&Value::from("lmnet-deadlines"), &Value::from(1)));
    value["deadlines"].as_array().unwrap().clone()
}

fn on_fonna(arguments: &[&str]) -> String {
    let tree = tracked_since("lm-fonna", "2026-01-01");
    let arguments = [&["--today", "2026-11-22", "deadlines", "--network", "lm-fonna"], arguments].concat();
    let ran = run(&mut tree.command(&arguments));
    assert_eq!((ran.code, &*ran.talk), (Some(0), ""));
    ran.out
}

#[test]
fn the_action_plan_for_the_next_year_is_due_in_eight_days() {
    let found = json(&on_fonna(&["--format", "json"]));
    let plans: Vec<&Value> = found.iter().filter(|one| one["duty"] == "mandat-fonna/handlingsplan").collect();
    let [plan] = &plans[..] else { panic!("{plans:?}") };
    assert_eq!((&plan["period"], &plan["due"]), (&Value::from("2027"), &Value::from("2026-11-30")));
    assert_eq!((&plan["days"], &plan["status"]), (&Value::from(8), &Value::from("due")));
    assert_eq!((&plan["by"][0], &plan["to"][0]), (&Value::from("lm-fonna"), &Value::from("fousam")));
}

#[test]
fn people_read_it_in_three_languages() {
    for (lang, when, wording) in [
        ("nn", "30. november 2026 (om 8 dagar), for 2027", "«Nettverket skal utarbeide ein handlingsplan"),
        ("nb", "30. november 2026 (om 8 dager), for 2027", "«Nettverket skal utarbeide ein handlingsplan"),
        ("en", "30 November 2026 (in 8 days), for 2027", "“Nettverket skal utarbeide ein handlingsplan"),
    ] {
        let out = on_fonna(&["--lang", lang]);
        let line = out.lines().find(|line| line.contains(when)).unwrap_or_else(|| panic!("{when} in:\n{out}"));
        assert!(
            line.contains(wording) && line.contains("FOUSAM") && line.contains("mandat-fonna/handlingsplan"),
            "{line}"
        );
        assert!(line.contains("Organisering og forpliktelse for partane"), "the clause: {line}");
    }
}

#[test]
fn municipalities_without_a_contact_person_share_a_line_and_are_those_of_the_day() {
    let vacant = |today: &str| {
        let tree = tracked_since("lm-fonna", "2013-01-09");
        let arguments = ["--today", today, "deadlines", "--network", "lm-fonna", "--format", "json"];
        let found = json(&run(&mut tree.command(&arguments)).out);
        found.iter().filter(|one| one["kind"] == "seat" && one["duty"] == "mandat-fonna/kontaktpersonar").count()
    };
    assert_eq!((vacant("2019-12-31"), vacant("2020-01-01")), (18, 16));
    let out = on_fonna(&["--lang", "nn"]);
    let lines: Vec<&str> = out.lines().filter(|line| line.contains("mandat-fonna/kontaktpersonar")).collect();
    assert!(matches!(&lines[..], [line] if line.contains("16 ledige")), "{lines:?}");
}

#[test]
fn nobody_is_blamed_for_what_was_not_recorded() {
    let registry = Path::new(env!("CARGO_MANIFEST_DIR")).join("registry");
    let mut command = Command::new(env!("CARGO_BIN_EXE_lmnet"));
    quiet_environment(&mut command);
    let ran = run(command
        .args(["deadlines", "--network", "lm-fonna", "--lang", "en", "--fail-on", "overdue"])
        .arg("--registry")
        .arg(registry));
    assert_eq!(ran.code, Some(0));
    let lines: Vec<&str> = ran.out.lines().filter(|line| line.contains("Not recorded")).collect();
    assert_eq!(lines.len(), 1, "{}", ran.out);
    assert!(!ran.out.contains("Overdue"), "{}", ran.out);
}

#[test]
fn what_needs_doing_first_stands_first() {
    let out = printed(&["deadlines", "--lang", "en", "--today", "2026-02-06", "--from", "2025-01-01"]);
    let headings: Vec<&str> = out
        .lines()
        .filter_map(|line| line.split_once(" ("))
        .map(|(heading, _)| heading)
        .filter(|heading| !heading.starts_with('-'))
        .collect();
    assert_eq!(
        headings,
        ["Overdue", "Due", "Not met", "Met on time", "Met late", "Excused", "Receiver ended", "Over"]
            .map(|heading| if heading == "Over" { "Passed" } else { heading })
    );
}

#[test]
fn evidence_after_the_day_is_not_seen() {
    let plan = |today: &str| {
        let out = printed(&[
            "deadlines",
            "--today",
            today,
            "--from",
            "2025-11-30",
            "--until",
            "2025-11-30",
            "--network",
            "lm-fjordnett",
            "--all",
            "--format",
            "json",
        ]);
        let found = json(&out);
        let plan = found.iter().find(|one| one["duty"] == "mandat-fjordnett/handlingsplan").unwrap().clone();
        (
            plan["status"].as_str().unwrap().to_owned(),
            plan["late-by"].as_i64(),
            plan["evidence"].as_array().map_or(0, Vec::len),
        )
    };
    assert_eq!(plan("2025-11-30"), ("due".to_owned(), None, 0));
    assert_eq!(plan("2025-12-03"), ("overdue".to_owned(), None, 0));
    assert_eq!(plan("2025-12-04"), ("met-late".to_owned(), Some(4), 1));
}

#[test]
fn a_compiled_report_names_what_is_missing() {
    let missing = |today: &str| {
        let out = printed(&[
            "deadlines",
            "--today",
            today,
            "--from",
            "2025-02-28",
            "--until",
            "2025-02-28",
            "--all",
            "--format",
            "json",
        ]);
        let found = json(&out);
        let compiled = found.iter().find(|one| one["duty"] == "sekretariatsavtalen/samla-rapport").unwrap().clone();
        compiled["missing"]
            .as_array()
            .map(|missing| missing.iter().map(|one| one.as_str().unwrap().to_owned()).collect::<Vec<_>>())
    };
    // Skognett's report for 2024 came ten days late, on 10 February 2025, and Lyngnett's never; Fjordnett's was there.
    assert_eq!(missing("2025-02-09"), Some(vec!["lm-lyngnett".to_owned(), "lm-skognett".to_owned()]));
    assert_eq!(missing("2025-02-10"), Some(vec!["lm-lyngnett".to_owned()]));
}

#[test]
fn filters_choose_and_the_exit_code_says_what_was_found() {
    let of = |arguments: &[&str]| {
        json(&printed(&[&["deadlines", "--today", "2026-02-06", "--format", "json"], arguments].concat()))
    };
    let all = of(&[]);
    let skognett = of(&["--network", "lm-skognett"]);
    assert!(!skognett.is_empty() && skognett.len() < all.len());
    assert!(skognett.iter().all(|one| one["networks"].as_array().unwrap().contains(&"lm-skognett".into())));
    let to = of(&["--owed-to", "strategisk-samarbeidsutval", "--within", "30"]);
    assert!(
        !to.is_empty()
            && to.iter().all(|one| one["to"].as_array().unwrap().contains(&"strategisk-samarbeidsutval".into()))
    );
    let overdue = of(&["--status", "overdue"]);
    assert!(!overdue.is_empty() && overdue.iter().all(|one| one["status"] == "overdue"));
    let code = |arguments: &[&str]| {
        run(&mut on_fjordnett(&[&["deadlines", "--today", "2026-02-06"], arguments].concat())).code
    };
    assert_eq!(code(&["--fail-on", "overdue"]), Some(1));
    assert_eq!(code(&["--fail-on", "overdue", "--network", "lm-skognett", "--from", "2026-02-06"]), Some(0));
    assert_eq!(code(&["--network", "lm-nowhere"]), Some(2));
    assert_eq!(code(&["--owed-by", "nobody"]), Some(2));
    assert_eq!(code(&["--status", "nonsense"]), Some(2));
}

#[test]
fn every_format_holds_the_same_and_twice_the_same_bytes() {
    let arguments = ["deadlines", "--today", "2026-02-06", "--from", "2025-01-01", "--all"];
    let of = |format: &str| printed(&[&arguments[..], &["--format", format]].concat());
    let count = json(&of("json")).len();
    assert!(count > 30, "{count}");
    assert_eq!(csv::Reader::from_reader(of("csv").as_bytes()).records().filter(Result::is_ok).count(), count);
    assert_eq!(of("ics").matches("BEGIN:VEVENT").count(), count);
    for format in ["json", "csv", "ics", "md", "table"] {
        assert_eq!(of(format), of(format), "{format}");
    }
}

#[test]
fn a_calendar_event_is_the_same_event_on_every_day() {
    let of = |today: &str| {
        let out = printed(&[
            "deadlines",
            "--today",
            today,
            "--from",
            "2025-01-01",
            "--until",
            "2025-12-31",
            "--all",
            "--format",
            "ics",
        ]);
        let mut uids: Vec<String> =
            out.lines().filter(|line| line.starts_with("UID:")).map(ToOwned::to_owned).collect();
        let count = uids.len();
        uids.sort();
        uids.dedup();
        assert_eq!(uids.len(), count, "two events share a UID");
        uids
    };
    let (early, late) = (of("2025-06-01"), of("2026-02-06"));
    let kept = early.iter().filter(|uid| late.contains(uid)).count();
    assert!(kept * 10 >= early.len() * 9, "{kept} of {}", early.len());
}

#[test]
fn who_is_still_to_get_something_is_named() {
    // The catalogue of 2025 reached all but Havnøy.
    let ask = ["deadlines", "--network", "lm-fjordnett", "--today", "2025-07-01"];
    for (lang, standing) in [
        ("nn", "[over fristen, 5 av 6, ikkje til Havnøy]"),
        ("nb", "[forfalt, 5 av 6, ikke til Havnøy]"),
        ("en", "[overdue, 5 of 6, not to Havnøy]"),
    ] {
        let out = printed(&[&ask[..], &["--lang", lang]].concat());
        let line = out.lines().find(|line| line.contains("mandat-fjordnett/kurskatalog)")).unwrap();
        assert!(line.contains(standing), "{line}");
        let summary = printed(&["summary", "--network", "lm-fjordnett", "--today", "2025-07-01", "--lang", lang]);
        assert!(summary.contains(standing), "{summary}");
    }
    let found = json(&printed(&[&ask[..], &["--format", "json"]].concat()));
    let with: Vec<_> = found.iter().filter(|one| !one["outstanding"].is_null()).collect();
    let [catalogue] = &with[..] else { panic!("{with:?}") };
    assert_eq!(catalogue["duty"], "mandat-fjordnett/kurskatalog");
    assert_eq!(catalogue["outstanding"], serde_json::json!(["havnoy"]));
    assert_eq!((&catalogue["got"], &catalogue["of"]), (&Value::from(5), &Value::from(6)));
}

#[test]
fn a_status_that_fails_a_job_and_is_not_shown_is_told_of() {
    let ran = |more: &[&str]| {
        let ask = ["deadlines", "--network", "lm-fjordnett", "--today", "2025-07-01", "--lang", "en"];
        run(&mut on_fjordnett(&[&ask[..], more].concat()))
    };
    let shown = ran(&["--fail-on", "overdue"]);
    assert_eq!((shown.code, &*shown.talk), (Some(1), ""), "what is shown needs no words");
    let overdue = json(&ran(&["--status", "overdue", "--format", "json"]).out).len();
    let hidden = ran(&["--status", "due", "--fail-on", "overdue"]);
    assert_eq!(hidden.code, Some(1));
    assert_eq!(
        hidden.talk,
        format!("lmnet: --fail-on overdue: {overdue} found, 0 of them shown; '--status overdue' shows all\n")
    );
    assert_eq!(ran(&["--status", "due", "--fail-on", "to-be-judged"]).code, Some(0));
}

#[test]
fn a_reminder_is_for_calendars_only() {
    for more in [&["--alarm", "3"][..], &["--alarm", "3", "--format", "json"]] {
        let ran = run(&mut on_fjordnett(&[&["deadlines", "--lang", "en"], more].concat()));
        assert_eq!((ran.code, &*ran.out), (Some(2), ""), "{more:?}");
        assert!(ran.talk.contains("--alarm is for calendars only: add '--format ics'"), "{}", ran.talk);
    }
    let ran = run(&mut on_fjordnett(&["deadlines", "--alarm", "3", "--format", "ics"]));
    assert!(ran.code == Some(0) && ran.out.contains("TRIGGER:-P3D"), "{}", ran.talk);
}

#[test]
fn the_heading_names_both_ends() {
    let ask = ["deadlines", "--today", "2025-07-01", "--from", "2025-01-31", "--until", "2025-03-31", "--lang"];
    for (lang, heading) in [
        ("nn", "Fristar frå 31. januar 2025 til 31. mars 2025, slik dei står 1. juli 2025"),
        ("nb", "Frister fra 31. januar 2025 til 31. mars 2025, slik de står 1. juli 2025"),
        ("en", "Deadlines from 31 January 2025 to 31 March 2025, as of 1 July 2025"),
    ] {
        assert_eq!(printed(&[&ask[..], &[lang]].concat()).lines().next().unwrap(), heading);
    }
}

#[test]
fn a_calendar_names_what_shows_it_once() {
    // The catalogue went to five municipalities: one plan, five times evidence.
    let out = printed(&["deadlines", "--today", "2025-12-31", "--format", "ics"]).replace("\r\n ", "");
    let events = out.split("BEGIN:VEVENT").filter(|event| event.contains("kurskatalog") && event.contains("20250616"));
    let events: Vec<&str> = events.collect();
    let [event] = &events[..] else { panic!("{events:?}") };
    assert_eq!(event.matches("plans/kurskatalog-2025").count(), 1, "{event}");
    let csv = printed(&["deadlines", "--today", "2025-12-31", "--format", "csv"]);
    let line = csv.lines().find(|line| line.starts_with("2025-06-16,")).unwrap();
    assert_eq!(line.matches("plans/kurskatalog-2025").count(), 1, "{line}");
    let found = json(&printed(&["deadlines", "--today", "2025-12-31", "--format", "json"]));
    let catalogue = found.iter().find(|one| one["due"] == "2025-06-16").unwrap();
    assert_eq!(catalogue["evidence"].as_array().unwrap().len(), 5, "who got it is told one by one");
}

/// A network whose meeting is due on 30 June 2025, with a meeting when it is told to be.
fn met(start: &str) -> Tree {
    let tree = Tree::empty();
    tree.file("lmnet.toml", "format = 1\n");
    tree.file("organisations/a.toml", "name = \"A\"\nkind = \"municipality\"\n");
    tree.file("organisations/b.toml", "name = \"B\"\nkind = \"municipality\"\n");
    tree.file(
        "networks/nett.toml",
        "name = \"Nett\"\nfrom = 2020-01-01\nparties = [\"a\", \"b\"]\ngoverned-by = [\"mandat\"]\ntracked = { from = 2025-01-01 }\n",
    );
    tree.file(
        "agreements/mandat.toml",
        "title = \"Mandat\"\nkind = \"mandate\"\nfrom = 2020-01-01\n\n[[obligation]]\nid = \"mote\"\nby = { each = \"municipality\" }\n\
         every = \"year\"\ndue = \"06-30\"\nevidence = { record = \"meeting\" }\n",
    );
    tree.file(
        "meetings/mote.toml",
        format!("title = \"Møte\"\nkind = \"gathering\"\nnetwork = \"nett\"\nbody = \"nett\"\nstart = {start}\n"),
    );
    tree
}

#[test]
fn what_is_known_only_to_a_semester_was_late_by_at_least_so_many_days() {
    // The autumn of 2025 begins on 1 August: 32 days after the deadline, or more.
    let late = |start: &str, lang: &str, command: &[&str]| {
        let tree = met(start);
        let ran = run(&mut tree.command(&[command, &["--today", "2026-06-01", "--lang", lang]].concat()));
        assert_eq!(ran.code, Some(0), "{}", ran.talk);
        ran.out
    };
    let all = ["deadlines", "--all", "--from", "2025-01-01", "--until", "2025-12-31"];
    let coverage = ["coverage", "--year", "2025"];
    let explain = ["explain", "mandat/mote"];
    for (lang, words, cell) in [
        ("nn", "oppfylt for seint (minst 32 dagar)", "for seint minst 32 dagar"),
        ("nb", "oppfylt for sent (minst 32 dager)", "for sent minst 32 dager"),
        ("en", "met late (at least 32 days)", "late by at least 32 days"),
    ] {
        let out = late("\"2025-autumn\"", lang, &all);
        assert!(out.contains(words), "{out}");
        let out = late("\"2025-autumn\"", lang, &coverage);
        assert!(out.contains(cell), "{out}");
        let both = words.split_once(" (").unwrap().1.trim_end_matches(')');
        assert!(late("\"2025-autumn\"", lang, &explain).contains(both));
    }
    let known = late("2025-08-01", "en", &all);
    assert!(known.contains("met late (32 days)") && !known.contains("at least"), "{known}");
    let keys = |start: &str, command: &[&str], list: &dyn Fn(&Value) -> Value| {
        let out = late(start, "en", &[command, &["--format", "json"]].concat());
        let one = list(&serde_json::from_str(&out).unwrap());
        (one["late-by"].clone(), one["late-by-at-least"].clone())
    };
    let unsure = (Value::from(32), Value::from(true));
    let sure = (Value::from(32), Value::Null);
    for (command, list) in [
        (&all[..], (&|value: &Value| value["deadlines"][0].clone()) as &dyn Fn(&Value) -> Value),
        (&coverage, &|value: &Value| value["networks"][0]["rows"][0]["cells"][0][0].clone()),
        (&explain, &|value: &Value| {
            let all = value["occurrences"].as_array().unwrap();
            all.iter().find(|one| one["due"] == "2025-06-30").unwrap().clone()
        }),
    ] {
        assert_eq!(keys("\"2025-autumn\"", command, list), unsure, "{command:?}");
        assert_eq!(keys("2025-08-01", command, list), sure, "{command:?}");
    }
}
