//! The calendar of what happens: which days and hours an event has, what it is known by, and what has no place in it.

mod common;

use std::collections::BTreeMap;

use common::{Tree, run};

/// A registry in which offerings, courses and meetings happen in several ways.
const HAPPENINGS: &str = r#"
~~~toml lmnet.toml
format = 1
~~~
~~~toml organisations/hf.toml
name = "HF"
kind = "health-trust"
~~~
~~~toml networks/nett.toml
name = { nn = "Nettet" }
~~~
~~~toml offerings/kurs.toml
title = { nn = "Kurs", en = "Course for all" }
organiser = ["hf"]
network = "nett"
url = "https://example.org/kurs"
[involvement]
planning = []
delivery = []
evaluation = []
[[run]]
id = "kveld"
start = 2026-12-01
starts-at = "18:00"
hours = 2.5
place = "Biblioteket, 2. høgda"
mode = "in-person"
[[run]]
start = 2026-12-08
end = 2026-12-10
[[run]]
start = 2027-01-05
end = 2027-01-26
sessions = 4
starts-at = "10:00"
hours = 8
[[run]]
start = 2027-02-02
end = 2027-02-23
sessions = 4
[[run]]
start = 2027-03-02
status = "cancelled"
[[run]]
start = "2027-spring"
[[run]]
start = "2019"
[[run]]
start = 2019-05-05
~~~
~~~toml courses/grunnkurs.toml
title = "Grunnkurs"
module = "grunnkurs"
organiser = ["hf"]
start = 2026-11-30
end = 2026-12-02
~~~
~~~toml meetings/samling.toml
title = "Samling"
kind = "gathering"
body = "nett"
start = 2026-12-15
theme = "Saman"
~~~
~~~toml meetings/fleire.toml
title = "Møte som berre er talde"
kind = "working-meeting"
body = "nett"
start = 2026-12-16
held = 3
~~~
"#;

fn happenings() -> Tree {
    let tree = Tree::empty();
    tree.lay(HAPPENINGS);
    tree
}

/// The events of a calendar, each as its properties, and what is said beside it.
fn events(tree: &Tree, arguments: &[&str]) -> (Vec<BTreeMap<String, String>>, String) {
    let ran = run(&mut tree.command(&[&["export", "--format", "ics"], arguments].concat()));
    assert_eq!(ran.code, Some(0), "{}", ran.talk);
    let lines = ran.out.replace("\r\n ", "");
    let events = lines.split("BEGIN:VEVENT\r\n").skip(1).map(|event| {
        let lines = event.lines().take_while(|line| *line != "END:VEVENT");
        // A property ends where its parameters begin; those of times say what times they are.
        let property = |line: &str| {
            let (name, value) = line.split_once(':').unwrap();
            let key = name.split(";LANGUAGE").next().unwrap();
            (key.to_owned(), value.to_owned())
        };
        lines.map(property).collect()
    });
    (events.collect(), ran.talk)
}

#[test]
fn an_event_has_the_days_and_hours_that_are_known() {
    let (events, _) = events(&happenings(), &["--lang", "nn"]);
    let times: Vec<(&str, Vec<(&str, &str)>)> = events
        .iter()
        .map(|event| {
            let times = event.iter().filter(|(key, _)| key.starts_with("DTSTART") || key.starts_with("DTEND"));
            (&*event["SUMMARY"], times.map(|(key, value)| (&**key, &**value)).collect())
        })
        .collect();
    let days = |first, after| vec![("DTEND;VALUE=DATE", after), ("DTSTART;VALUE=DATE", first)];
    let (start, end) = ("DTSTART;TZID=Europe/Oslo", "DTEND;TZID=Europe/Oslo");
    let expected = [
        ("Grunnkurs", days("20261130", "20261203")),
        ("Kurs", vec![(end, "20261201T203000"), (start, "20261201T180000")]),
        ("Kurs", days("20261208", "20261211")),
        ("Samling", days("20261215", "20261216")),
        // Of four sessions, only the first day is known, and not when each of them ends.
        ("Kurs", vec![(start, "20270105T100000")]),
        ("Kurs", days("20270202", "20270203")),
        ("Avlyst: Kurs", days("20270302", "20270303")),
    ];
    assert_eq!(times, expected);
    assert_eq!(events[1]["LOCATION"], "Biblioteket\\, 2. høgda");
    assert_eq!(events[1]["DESCRIPTION"], "HF\\nFysisk");
    assert_eq!(events[1]["URL"], "https://example.org/kurs");
    assert_eq!(events[5]["DESCRIPTION"], "HF\\nSamlingar: 4\\, den siste 23. februar 2027");
    assert_eq!((&*events[6]["STATUS"], events[5].get("STATUS")), ("CANCELLED", None));
    assert_eq!(events[3]["DESCRIPTION"], "Saman\\nNettet");
}

#[test]
fn an_event_stays_the_same_when_it_is_moved_renamed_or_called_off() {
    let tree = happenings();
    let uids = |arguments: &[&str]| -> Vec<String> {
        events(&tree, arguments).0.iter().map(|event| event["UID"].clone()).collect()
    };
    let before = uids(&["--lang", "nn"]);
    let mut different = before.clone();
    different.sort();
    different.dedup();
    assert_eq!(different.len(), before.len(), "no two have one UID");
    assert_eq!(uids(&["--lang", "en", "--today", "2026-12-01"]), before);
    let text = HAPPENINGS
        .replace("start = 2026-12-01\nstarts-at = \"18:00\"", "start = 2026-12-03\nstatus = \"cancelled\"")
        .replace("\"Kurs\"", "\"Anna namn\"")
        .replace("start = 2026-12-15", "start = 2026-12-14");
    tree.lay(&text);
    assert_eq!(uids(&["--lang", "nn"]), before);
}

#[test]
fn what_has_no_day_is_counted_beside_the_calendar() {
    let tree = happenings();
    for (lang, says) in [
        ("nn", "lmnet: utan dag i kalenderen, og difor ikkje med (gjennomføringar, kurs og møte): 2\n"),
        ("nb", "lmnet: uten dag i kalenderen, og derfor ikke med (gjennomføringer, kurs og møter): 2\n"),
        ("en", "lmnet: without a day in the calendar, and so left out (runs, courses and meetings): 2\n"),
    ] {
        assert_eq!(events(&tree, &["--lang", lang]).1, says);
    }
    let (all, talk) = events(&tree, &["--from", "2019-01-01", "--lang", "en"]);
    assert_eq!(all.len(), 8);
    assert!(talk.contains("meetings): 3"), "the year 2019 too: {talk}");
    assert_eq!(all[0]["SUMMARY"], "Course for all");
}

#[test]
fn a_window_has_what_lies_in_it() {
    let tree = happenings();
    let titles = |arguments: &[&str]| -> Vec<String> {
        events(&tree, arguments).0.iter().map(|event| event["SUMMARY"].clone()).collect()
    };
    let window = ["--lang", "nn", "--from", "2026-12-02", "--until", "2026-12-08"];
    assert_eq!(titles(&window), ["Grunnkurs", "Kurs"], "what goes on then is in it");
    assert_eq!(titles(&[&window[..], &["--network", "nett"]].concat()), ["Kurs"]);
    // A run that began earlier goes on until its last session.
    assert_eq!(titles(&["--lang", "nn", "--from", "2027-01-20", "--until", "2027-01-21"]), ["Kurs"]);
    assert_eq!(titles(&["--from", "2040-01-01"]), Vec::<String>::new());
}
