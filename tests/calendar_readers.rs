//! Three independent readers accept the calendars that lmnet writes, and each reads the same out of them.
//!
//! They are the Python package `icalendar`, the npm package `ical.js` and the C library `libical`, called by the scripts
//! in `tests/outside/`. `.ci/run` installs them.

#![cfg(feature = "outside")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use chrono::NaiveTime;
use common::{Ran, Tree, quiet_environment, run};
use lmnet::calendar::{Calendar, Event};
use lmnet::date::Date;
use lmnet::lang::Lang;
use lmnet::render::ics::ics;
use serde_json::{Value, json};

/// Each script with the program that runs it; paths are from the root of the package.
const READERS: [(&str, &str); 3] = [
    ("target/outside/python/bin/python", "calendar_icalendar.py"),
    ("node", "calendar_ical_js.cjs"),
    ("/usr/bin/python3", "calendar_libical.py"),
];

/// What a reader makes of a file.
fn read((program, script): (&str, &str), file: &Path) -> Ran {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let program = if program.starts_with("target") { root.join(program) } else { program.into() };
    let mut command = Command::new(program);
    command.arg(root.join("tests/outside").join(script)).arg(file);
    run(command.env("NODE_PATH", root.join("target/outside/node_modules")))
}

/// What all three see in a calendar.
fn seen(calendar: &str) -> Value {
    let tree = Tree::empty();
    tree.file("calendar.ics", calendar);
    let [first, second, third] = READERS.map(|reader| {
        let ran = read(reader, &tree.path("calendar.ics"));
        assert_eq!(ran.code, Some(0), "{}: {}", reader.1, ran.talk);
        serde_json::from_str::<Value>(&ran.out).unwrap()
    });
    assert_eq!(first, second, "{} and {} differ", READERS[0].1, READERS[1].1);
    assert_eq!(first, third, "{} and {} differ", READERS[0].1, READERS[2].1);
    first
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn calendar(events: Vec<Event>) -> Calendar {
    Calendar { lang: Lang::Nn, name: "Fristar for Åsfjord".to_owned(), day: day("2026-11-22"), events }
}

fn event(number: usize) -> Event {
    Event {
        identity: vec![number.to_string()], day: day("2028-02-28"), summary: "Møte".to_owned(), ..Event::default()
    }
}

#[test]
fn every_property_comes_back() {
    let plain = Event { until: Some(day("2028-02-29")), cancelled: true, ..event(1) };
    let full = Event {
        description: "a\nBEGIN:VEVENT\nb".to_owned(),
        categories: vec!["Læring".to_owned(), "frist; år".to_owned()],
        url: Some("https://example.org/ø?a=1,2;b".to_owned()),
        ..event(2)
    };
    let timed = Event {
        day: day("2028-03-25"),
        starts_at: NaiveTime::from_hms_opt(18, 0, 0),
        ends_at: NaiveTime::from_hms_opt(20, 30, 0),
        place: "Rådhuset, Åsfjord".to_owned(),
        ..event(3)
    };
    // The clocks have been put forward; nobody knows how long it lasts.
    let summer = Event { day: day("2028-03-26"), starts_at: timed.starts_at, ..event(4) };
    let expected = json!({
        "name": "Fristar for Åsfjord",
        "others": ["VTIMEZONE"],
        "events": [
            {
                "uid": "a6a84164-95d3-5491-acbd-620fbf7a7ec5", "stamp": "2026-11-22T00:00:00Z", "first": "2028-02-28", "after": "2028-03-01",
                "place": null, "summary": "Møte", "description": null, "language": "nn", "categories": "", "url": null,
                "status": "CANCELLED", "transparency": "TRANSPARENT", "alarm": null,
            },
            {
                "uid": "68952502-d34a-5895-a93e-451e04c1ca6d", "stamp": "2026-11-22T00:00:00Z", "first": "2028-02-28", "after": "2028-02-29",
                "place": null, "summary": "Møte", "description": "a\nBEGIN:VEVENT\nb", "language": "nn",
                "categories": "Læring,frist; år", "url": "https://example.org/%C3%B8?a=1,2;b",
                "status": null, "transparency": "TRANSPARENT", "alarm": -1_209_600,
            },
            {
                "uid": "fda9f71d-f2cb-562b-9967-5dddb2bde474", "stamp": "2026-11-22T00:00:00Z", "first": "2028-03-25T18:00+01:00",
                "after": "2028-03-25T20:30+01:00", "place": "Rådhuset, Åsfjord", "summary": "Møte", "description": null,
                "language": "nn", "categories": "", "url": null, "status": null, "transparency": "TRANSPARENT",
                "alarm": -1_209_600,
            },
            {
                "uid": "c33485af-c5ea-5a8f-83b0-c68509d3e5af", "stamp": "2026-11-22T00:00:00Z", "first": "2028-03-26T18:00+02:00",
                "after": null, "place": null, "summary": "Møte", "description": null,
                "language": "nn", "categories": "", "url": null, "status": null, "transparency": "TRANSPARENT",
                "alarm": -1_209_600,
            },
        ],
    });
    assert_eq!(seen(&ics(&calendar(vec![plain, full, timed, summer]), Some(14))), expected);
}

#[test]
fn a_calendar_without_events_is_read() {
    let expected = json!({ "name": "Fristar for Åsfjord", "others": ["VTIMEZONE"], "events": [] });
    assert_eq!(seen(&ics(&calendar(Vec::new()), None)), expected);
}

/// Texts of every length up to a few lines, of characters that folding and escaping could get wrong.
fn awkward_texts() -> Vec<String> {
    const PIECES: [&str; 16] =
        ["a", "æ", "😀", "👩‍👩‍👧", " ", "  ", ",", ";", ":", "\\", "\\n", "\n", "\"", "é", "BEGIN:VEVENT", "^n"];
    let mut state: u32 = 1;
    let mut piece = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        PIECES[(state >> 28) as usize]
    };
    (0..300).map(|length| format!("({})", (0..length).map(|_| piece()).collect::<String>())).collect()
}

#[test]
fn awkward_texts_come_back_letter_for_letter() {
    let texts = awkward_texts();
    let events = texts.iter().enumerate().map(|(number, text)| Event {
        summary: text.clone(),
        description: text.clone(),
        ..event(number)
    });
    let read = seen(&ics(&calendar(events.collect()), Some(1)));
    let read = read["events"].as_array().unwrap();
    assert_eq!(read.len(), texts.len());
    for (event, text) in read.iter().zip(&texts) {
        assert_eq!((event["summary"].as_str(), event["description"].as_str()), (Some(&**text), Some(&**text)));
    }
}

#[test]
fn a_spoilt_calendar_is_refused_by_each() {
    let good = ics(&calendar(vec![Event { description: "x".repeat(200), ..event(1) }]), Some(1));
    for (from, to) in [("END:VALARM\r\n", ""), ("\r\n x", "\r\nx"), ("DTSTAMP:", "X-STAMP:"), ("END:VCALENDAR", "")] {
        let tree = Tree::empty();
        let spoilt = good.replacen(from, to, 1);
        assert_ne!(spoilt, good, "{from:?}");
        tree.file("calendar.ics", spoilt);
        for reader in READERS {
            assert_ne!(read(reader, &tree.path("calendar.ics")).code, Some(0), "{}: {from:?}", reader.1);
        }
    }
}

/// What `lmnet` prints, the same each time.
fn printed(command: &str, registry: &str, lang: &str, format: &str, arguments: &[&str]) -> String {
    let print = || {
        let (name, mut command) = (command, Command::new(env!("CARGO_BIN_EXE_lmnet")));
        quiet_environment(&mut command);
        command.args([name, "--registry", registry, "--lang", lang, "--format", format]).args(arguments);
        let ran = run(command.current_dir(env!("CARGO_MANIFEST_DIR")));
        assert_eq!(ran.code, Some(0), "{command:?}: {}", ran.talk);
        ran.out
    };
    let first = print();
    assert_eq!(print(), first, "two runs differ");
    first
}

/// What makes a deadline this one and no other, as far as JSON tells it.
fn key(deadline: &Value) -> String {
    ["kind", "duty", "subject", "networks", "by", "to", "period"].map(|part| deadline[part].to_string()).join(" ")
}

/// Which UID each deadline has in all calendars, and which deadlines each UID has.
#[derive(Default)]
struct Names {
    of_deadline: BTreeMap<String, BTreeSet<String>>,
    of_uid: BTreeMap<String, BTreeSet<String>>,
}

impl Names {
    /// Takes in one calendar. What JSON tells apart by the date alone has UIDs of its own, but can't be recognised.
    fn take_in(&mut self, events: &[Value], told: &[Value]) {
        let keys: Vec<String> = told.iter().map(key).collect();
        let mut own = BTreeSet::new();
        for (event, key) in events.iter().zip(&keys) {
            let uid = event["uid"].as_str().unwrap();
            assert!(own.insert(uid), "{uid} stands twice");
            self.of_uid.entry(uid.to_owned()).or_default().insert(key.clone());
            if keys.iter().filter(|other| *other == key).count() == 1 {
                self.of_deadline.entry(key.clone()).or_default().insert(uid.to_owned());
            }
        }
    }

    /// Each deadline has one UID, and each UID one deadline.
    fn hold(&self) {
        for (one, several) in self.of_deadline.iter().chain(&self.of_uid) {
            assert_eq!(several.len(), 1, "{one} has {several:#?}");
        }
    }
}

/// The deadlines of a registry in all languages and on several days: calendar and JSON tell of the same ones in the same
/// order, and each has one UID for all time.
fn calendar_and_json_agree(registry: &str) {
    let wide = ["--all", "--from", "2012-01-01", "--until", "2028-12-31"];
    let mut names = Names::default();
    for (today, range) in [("2025-06-01", &[][..]), ("2025-06-01", &wide), ("2026-02-28", &wide)] {
        let arguments = [&["--today", today], range].concat();
        let told: Value = serde_json::from_str(&printed("deadlines", registry, "en", "json", &arguments)).unwrap();
        let told = told["deadlines"].as_array().unwrap();
        let mut summaries = BTreeSet::new();
        for lang in Lang::ALL.map(Lang::code) {
            let calendar = seen(&printed("deadlines", registry, lang, "ics", &arguments));
            let events = calendar["events"].as_array().unwrap();
            assert_eq!(events.len(), told.len(), "{registry} {lang} {arguments:?}");
            for (event, deadline) in events.iter().zip(told) {
                let due = day(deadline["due"].as_str().unwrap());
                let expected = json!([due, due.succ_opt(), format!("{today}T00:00:00Z"), lang, "TRANSPARENT", null]);
                let fields = ["first", "after", "stamp", "language", "transparency", "alarm"];
                assert_eq!(json!(fields.map(|field| &event[field])), expected, "{deadline}");
                assert_ne!(event["summary"].as_str().unwrap_or_default(), "", "{deadline}");
            }
            names.take_in(events, told);
            summaries.insert(events.iter().map(|event| event["summary"].to_string()).collect::<String>());
        }
        if !range.is_empty() {
            assert!(told.len() > 20, "{registry} has only {} deadlines", told.len());
            assert!(summaries.len() > 1, "all languages read alike");
        }
    }
    names.hold();
}

#[test]
fn calendar_and_json_agree_on_the_example() {
    calendar_and_json_agree("examples/fjordnett");
}

#[test]
fn calendar_and_json_agree_on_the_registry() {
    calendar_and_json_agree("registry");
}

/// What happens, as an export tells it in a calendar and in its tables, in all languages: the same things on the same days.
fn calendar_and_tables_agree(registry: &str, least: usize) {
    let tables: Value = serde_json::from_str(&printed("export", registry, "en", "json", &[])).unwrap();
    let rows = |name: &str| tables["tables"][name].as_array().cloned().unwrap_or_default();
    let offerings = rows("offerings");
    let known = |row: &Value| row["start.earliest"] == row["start.latest"] && row["held"].as_u64().unwrap_or(1) == 1;
    for lang in Lang::ALL.map(Lang::code) {
        let title = |row: &Value| row.get(format!("title.{lang}")).cloned();
        let runs = rows("offerings.run").into_iter().map(|run| {
            let offering = offerings.iter().find(|offering| offering["id"] == run["record"]).unwrap();
            (run, title(offering))
        });
        let others = ["courses", "meetings"].into_iter().flat_map(rows).map(|row| {
            let title = title(&row);
            (row, title)
        });
        let mut expected: Vec<(String, bool)> = Vec::new();
        let mut titles = BTreeSet::new();
        for (row, title) in runs.chain(others).filter(|(row, _)| known(row)) {
            expected.push((row["start"].as_str().unwrap().to_owned(), row["status"] == "cancelled"));
            titles.extend(title.and_then(|title| title.as_str().map(str::to_owned)));
        }
        let calendar = seen(&printed("export", registry, lang, "ics", &["--from", "1990-01-01"]));
        let mut found: Vec<(String, bool)> = Vec::new();
        let mut uids = BTreeSet::new();
        for event in calendar["events"].as_array().unwrap() {
            let first = event["first"].as_str().unwrap();
            found.push((first[..10].to_owned(), event["status"] == "CANCELLED"));
            assert!(uids.insert(event["uid"].to_string()), "{event}");
            let summary = event["summary"].as_str().unwrap();
            titles.retain(|title| !summary.ends_with(title));
        }
        expected.sort();
        found.sort();
        assert_eq!(found, expected, "{registry} {lang}");
        assert_eq!(titles, BTreeSet::new(), "{registry} {lang}");
        assert!(found.len() >= least, "{registry} has only {} events", found.len());
    }
}

#[test]
fn what_happens_is_the_same_in_calendar_and_tables() {
    calendar_and_tables_agree("examples/fjordnett", 60);
    calendar_and_tables_agree("registry", 3);
}
