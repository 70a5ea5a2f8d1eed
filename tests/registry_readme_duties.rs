//! What the README of the registry says of duties and seats comes true: its own examples, laid out as a registry, give the
//! deadlines that the text beside them tells.

mod common;

use common::Tree;
use lmnet::date::Date;
use lmnet::lang::Lang;
use lmnet::mandate::{Mandates, SeatStatus, Status};
use lmnet::model;
use lmnet::registry::Registry;
use serde_json::Value;

const README: &str = include_str!("../registry/README.md");
const LANGUAGES: [(Lang, &str, &str); 3] = [
    (Lang::Nn, "\n## Nynorsk\n", "\n### Plikter og plassar"),
    (Lang::Nb, "\n## Bokmål\n", "\n### Plikter og plasser"),
    (Lang::En, "\n## English\n", "\n### Duties and seats"),
];

const PLAN: &str = "plans/lm-fjord-2027.toml";
const COURSE: &str = "title = \"Endring\"\nmodule = \"endring\"\nnetwork = \"lm-fjord\"\norganiser = \"fjord-hf\"\n";

#[test]
fn a_recurring_duty_is_due_as_the_readme_says() {
    for (_, language, _) in LANGUAGES {
        let tree = example(language);
        tree.change(PLAN, "on = 2026-11-20", "on = 2026-12-04");
        for (today, status, late) in [
            ("2025-12-31", "upcoming", None),
            ("2026-01-01", "due", None),
            ("2026-11-30", "due", None),
            ("2026-12-01", "overdue", None),
            ("2026-12-03", "overdue", None),
            ("2026-12-04", "met-late", Some(4)),
        ] {
            let found = tree.deadlines(today, "handlingsplan");
            let plan = found.iter().find(|one| one["due"] == "2026-11-30").unwrap();
            assert_eq!((&plan["period"], &plan["status"]), (&"2027".into(), &status.into()), "{today}");
            assert_eq!(plan.get("late-by").and_then(Value::as_i64), late, "{today}");
        }
    }
}

#[test]
fn a_gap_is_counted_from_the_last_time() {
    for (_, language, _) in LANGUAGES {
        let tree = example(language);
        let windows = |today: &str| -> Vec<String> {
            let found = tree.deadlines(today, "endring");
            let text = |one: &Value, key: &str| one[key].as_str().unwrap().to_owned();
            found.iter().map(|one| ["period", "due", "status"].map(|key| text(one, key)).join(" ")).collect()
        };
        assert_eq!(windows("2026-11-23"), ["2026-spring..2026-autumn 2026-12-31 due"]);
        tree.file("courses/endring-sein.toml", format!("{COURSE}start = 2027-02-03\n"));
        let late = ["2026-spring..2026-autumn 2026-12-31 met-late", "2027-autumn..2028-spring 2028-07-31 upcoming"];
        assert_eq!(windows("2027-03-01"), late, "a late course");
        tree.file("courses/endring-sein.toml", format!("{COURSE}start = 2026-03-10\n"));
        let in_time = ["2026-spring..2026-autumn 2026-12-31 met-on-time", "2026-autumn..2027-spring 2027-07-31 due"];
        assert_eq!(windows("2026-11-23"), in_time, "a course in March");
        tree.append("networks/lm-fjord.toml", &tree.excuse);
        let excused = |today: &str| windows(today).remove(1);
        assert_eq!(excused("2027-12-31"), "2026-autumn..2027-spring 2027-07-31 excused");
        assert_eq!(excused("2028-01-01"), "2026-autumn..2027-spring 2027-07-31 overdue");
    }
}

#[test]
fn a_compiled_report_names_whose_part_is_missing() {
    for (_, language, _) in LANGUAGES {
        let tree = example(language);
        for (today, missing) in [("2027-02-19", Some("lm-fjord")), ("2027-02-20", None)] {
            let found = tree.deadlines(today, "samla-rapport");
            let report = found.iter().find(|one| one["period"] == "2026").unwrap();
            assert_eq!(report["due"], "2027-03-31");
            assert_eq!(report.pointer("/missing/0").and_then(Value::as_str), missing, "{today}");
        }
    }
}

#[test]
fn records_that_lack_something_and_standing_duties_are_told() {
    for (_, language, _) in LANGUAGES {
        let tree = example(language);
        // The offering of the README has criteria for referral, but nobody says any more who pays.
        let financing = "financing = { agreement = \"saeravtale-lm-fjord\", clause = \"6.3\" }\n";
        assert_eq!(tree.check().rules(), []);
        tree.change("offerings/nordvik/kols-kurs.toml", financing, "");
        let findings = tree.check();
        assert_eq!(findings.rules(), [("offerings/nordvik/kols-kurs.toml", "unmet-duty")]);
        assert!(findings.findings[0].message.contains("arrangement.financing"), "{:?}", findings.findings);
        assert!(!findings.findings[0].message.contains("referral"), "{:?}", findings.findings);
        assert_eq!(tree.evidence_of("gjere-kjent"), [("nordvik".to_owned(), 0)]);
        let matter = "title = \"Open dag\"\nkind = \"information\"\nnetwork = \"lm-fjord\"\nby = \"nordvik\"\nopened = 2026-05-04\n";
        tree.file("matters/open-dag.toml", matter);
        tree.append("meetings/samling-2026-haust.toml", "shows = \"saeravtale-lm-fjord/gjere-kjent\"\n");
        assert_eq!(tree.evidence_of("gjere-kjent"), [("nordvik".to_owned(), 2)]);
    }
}

#[test]
fn a_term_ends_and_the_seat_stays_filled() {
    for (_, language, _) in LANGUAGES {
        let tree = example(language);
        let leader = "organisation = \"nordvik\"\nbackground = \"professional\"\n\n[[appointment]]\nbody = \"lm-fjord\"\nrole = \"leader\"\nfrom = 2026-03-01\n";
        tree.file("members/leiar.toml", leader);
        for (today, status) in
            [("2027-11-30", "upcoming"), ("2027-12-01", "due"), ("2028-02-29", "due"), ("2028-03-01", "overdue")]
        {
            let found = tree.deadlines(today, "leiing");
            let term = found.iter().find(|one| one["kind"] == "term").unwrap();
            assert_eq!((&term["due"], &term["status"]), (&"2028-02-29".into(), &status.into()), "{today}");
        }
        let registry = Registry::load(&tree.files.root);
        let mandates = Mandates::new(&registry);
        let of_role = |role| mandates.seats.iter().find(move |line| line.of.role == Some(role)).unwrap();
        let leader = of_role(model::Role::Leader);
        assert_eq!(mandates.seat_status(leader, day("2028-02-29")), SeatStatus::Filled);
        assert_eq!(mandates.seat_status(leader, day("2028-03-01")), SeatStatus::TermEnded);
        assert_eq!(mandates.seat_status(of_role(model::Role::Deputy), day("2028-03-01")), SeatStatus::Vacant);
    }
}

#[test]
fn notices_and_verifications_come_up() {
    for (_, language, _) in LANGUAGES {
        let tree = example(language);
        let given = "notice = { period = \"1 year\", given = [{ by = \"fjord-hf\", on = 2027-03-15 }] }";
        tree.change("agreements/saeravtale-lm-fjord.toml", "notice = { period = \"1 year\" }", given);
        tree.change(PLAN, "year = 2027\n", "year = 2027\nverified = 2026-12-01\n");
        let found = tree.all("2027-04-01");
        let days = |kind: &str| -> Vec<&str> {
            found.iter().filter(|one| one["kind"] == kind).map(|one| one["due"].as_str().unwrap()).collect()
        };
        assert_eq!(days("notice"), ["2028-03-15"]);
        assert_eq!(days("verification"), ["2028-12-01"]);
    }
}

#[test]
fn every_key_and_every_status_is_told_in_each_language() {
    for (lang, _, heading) in LANGUAGES {
        let section = README.split_once(heading).unwrap().1.split("\n### ").next().unwrap();
        let fields = model::Obligation::fields().into_iter().chain(model::Seat::fields()).map(|field| field.key);
        for key in fields.filter(|key| *key != "id") {
            let told = section.contains(&format!("`{key}")) || section.contains(&format!("\n{key} = "));
            assert!(told, "{key} in {lang}");
        }
        let rows: Vec<&str> = section.lines().filter(|line| line.starts_with("| ")).collect();
        for status in Status::ALL {
            let label = status.label().get(lang);
            let told = rows.iter().any(|row| {
                row.split(" | ").next().unwrap().trim_start_matches("| ").split(", ").any(|cell| cell == label)
                    || row.starts_with(&format!("| {label} |"))
            });
            assert!(told, "{label} in {lang}");
        }
    }
}

/// The examples of one language of the README as a registry.
struct Example {
    files: Tree,
    /// The piece that excuses a duty.
    excuse: String,
}

fn example(language: &str) -> Example {
    let section = README.split_once(language).unwrap().1.split("\n## ").next().unwrap();
    let mut example = Example { files: Tree::empty(), excuse: String::new() };
    let (mut before, mut pieces) = ("", String::new());
    for (at, part) in section.split("```").enumerate() {
        let Some(text) = part.strip_prefix("toml\n").filter(|_| at % 2 == 1) else {
            before = part;
            continue;
        };
        let line = before.trim_end().lines().next_back().unwrap_or_default();
        match line.strip_prefix('`').and_then(|line| line.strip_suffix("`:")) {
            Some(path) => _ = example.files.file(path, text),
            None if text.contains("format = 1") => _ = example.files.file("lmnet.toml", text),
            None if text.starts_with("[[obligation]]") || text.starts_with("[[seat]]") => {
                pieces += &format!("\n{text}")
            }
            None if text.starts_with("[[excuse]]") => text.clone_into(&mut example.excuse),
            None => {}
        }
    }
    assert_eq!(pieces.matches("[[").count(), 6, "five duties and a seat");
    example.append("agreements/saeravtale-lm-fjord.toml", &pieces);
    example
}

impl Example {
    fn file(&self, path: &str, text: impl AsRef<[u8]>) {
        self.files.file(path, text);
    }

    fn append(&self, path: &str, text: &str) {
        let known = std::fs::read_to_string(self.files.path(path)).unwrap();
        self.file(path, format!("{known}\n{text}"));
    }

    fn change(&self, path: &str, old: &str, new: &str) {
        let known = std::fs::read_to_string(self.files.path(path)).unwrap();
        assert_eq!(known.matches(old).count(), 1, "{old} in {path}");
        self.file(path, known.replace(old, new));
    }

    fn check(&self) -> common::Check {
        self.files.check()
    }

    /// Every deadline of five years as `deadlines --format json` tells it on a day.
    fn all(&self, today: &str) -> Vec<Value> {
        let range = ["--from", "2025-01-01", "--until", "2029-12-31", "--all", "--format", "json", "--today", today];
        let ran = common::run(&mut self.files.command(&[&["deadlines"], &range[..]].concat()));
        let json: Value = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
        json["deadlines"].as_array().unwrap().clone()
    }

    /// Those of one duty or seat.
    fn deadlines(&self, today: &str, id: &str) -> Vec<Value> {
        let path = format!("saeravtale-lm-fjord/{id}");
        self.all(today).into_iter().filter(|one| one["duty"] == *path).collect()
    }

    /// Who owes a standing duty at the end of 2026, and how many records show it.
    fn evidence_of(&self, id: &str) -> Vec<(String, usize)> {
        let registry = Registry::load(&self.files.root);
        let mandates = Mandates::new(&registry);
        let today = day("2026-12-31");
        let lines = mandates.lines.iter().filter(|line| *line.duty.obligation.id == *id && line.days.holds(today));
        let one = |line| mandates.of_line(line, today, today, today).remove(0);
        lines.map(one).map(|one| (one.by.ids.join("+"), one.evidence.len())).collect()
    }
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}
