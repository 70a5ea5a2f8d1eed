//! Every day from 2013 to 2030: how dated duties stand on a fixed tree. What stands moves forward only, and no occurrence is
//! lost or told twice. `every_day/random.rs` asks the same of duties and evidence at random.
//!
//! An occurrence is known by its duty, its networks, who owes it and its period.

mod common;
#[path = "every_day/random.rs"]
mod random;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use common::Item;
use lmnet::date::Date;
use lmnet::mandate::{Mandates, Occurrence, Status, What};
use lmnet::registry::Registry;

const TREE: &str = include_str!("every_day/tree.md");

/// An occurrence with each day on which it came to stand otherwise.
struct Life<'a> {
    now: Occurrence<'a>,
    steps: Vec<(Date, Status)>,
}

#[test]
fn on_a_tree_of_all_rhythms_every_day_is_a_step_forward() {
    let registry = in_memory(TREE);
    let lives = walk(&Mandates::new(&registry), day("2031-12-31"));

    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    for life in &lives {
        *numbers.entry(life.now.path().unwrap()).or_default() += 1;
    }
    let told: BTreeMap<String, usize> =
        rows("occurrences").map(|cells| (cells[0].to_owned(), cells[1].parse().unwrap())).collect();
    assert_eq!(numbers, told);

    let wrong: Vec<String> = rows("history")
        .filter_map(|cells| {
            let [duty, by, period, history] = cells[..] else { panic!("{cells:?}") };
            let found = histories(&lives, duty, by, period);
            (found != [history]).then(|| format!("{duty}, {by}, {period}: {found:?} instead of {history}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn on_the_example_every_day_is_a_step_forward() {
    let registry = Registry::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/fjordnett"));
    let lives = walk(&Mandates::new(&registry), day("2028-12-31"));

    for (duty, by, period, history) in [
        (
            "mandat-fjordnett/handlingsplan",
            "lm-fjordnett",
            "2025",
            "2013-01-01 upcoming, 2024-01-01 due, 2024-11-28 met-on-time",
        ),
        (
            "mandat-fjordnett/handlingsplan",
            "lm-fjordnett",
            "2026",
            "2013-01-01 upcoming, 2025-01-01 due, 2025-12-01 overdue, 2025-12-04 met-late",
        ),
        ("mandat-fjordnett/dialogmote", "havnoy helse-ytterkyst", "2024", "2013-01-01 excused, 2025-07-01 overdue"),
    ] {
        assert_eq!(histories(&lives, duty, by, period), [history], "{duty}, {by}, {period}");
    }
}

/// Holds each day of 2013 to 2030 against the day before, for what falls due from 2013 on.
fn walk<'a>(mandates: &Mandates<'a>, until: Date) -> Vec<Life<'a>> {
    let mut lives: Vec<Life<'a>> = Vec::new();
    for today in day("2013-01-01").iter_days().take_while(|today| *today <= day("2030-12-31")) {
        let mut before = lives.into_iter().peekable();
        lives = Vec::new();
        for now in duties(mandates, today, until) {
            let told_twice = lives.last().is_some_and(|last| is_same(&last.now, &now));
            assert!(!told_twice, "told twice on {today}: {}", told(&now));
            stands_in_its_time(&now, today);
            let Some(life) = before.next_if(|life| is_same(&life.now, &now)) else {
                assert!(today == day("2013-01-01") || is_rolling(&now), "new on {today}: {}", told(&now));
                lives.push(Life { steps: vec![(today, now.status)], now });
                continue;
            };
            let Life { now: last, mut steps } = life;
            assert!(is_forward(&last, &now), "backward on {today}: {} was {:?}", told(&now), last.status);
            if last.status != now.status {
                steps.push((today, now.status));
            }
            lives.push(Life { now, steps });
        }
        assert!(before.peek().is_none(), "lost on {today}: {}", told(&before.next().unwrap().now));
    }
    lives
}

/// The occurrences of dated duties on a day, in an order that does not depend on how they stand.
fn duties<'a>(mandates: &Mandates<'a>, today: Date, until: Date) -> Vec<Occurrence<'a>> {
    let mut found = mandates.dated(today, day("2013-01-01"), until);
    found.retain(|one| matches!(one.what, What::Duty(..)));
    found
}

fn is_same(one: &Occurrence<'_>, other: &Occurrence<'_>) -> bool {
    let (What::Duty(duty, _), What::Duty(also, _)) = (&one.what, &other.what) else { return false };
    std::ptr::eq(duty.obligation, also.obligation)
        && one.period == other.period
        && one.by == other.by
        && one.networks == other.networks
}

/// Of a duty that may lie only so far apart: its next window is known when the last one is settled.
fn is_rolling(one: &Occurrence<'_>) -> bool {
    matches!(&one.what, What::Duty(duty, _) if duty.obligation.gap.is_some())
}

/// What is open is called by the calendar: upcoming before its period, due up to and including the day, then overdue.
fn stands_in_its_time(now: &Occurrence<'_>, today: Date) {
    let due = now.due.unwrap();
    let fits = match now.status {
        Status::Upcoming => today < now.opens,
        Status::Due => now.opens <= today && today <= due,
        Status::Overdue | Status::NotMet => due < today,
        _ => true,
    };
    assert!(fits, "on {today}: {}", told(now));
    let seen = now.evidence.iter().all(|evidence| evidence.first <= today);
    assert!(seen, "evidence of the future on {today}: {}", told(now));
}

/// Whether an occurrence can come to stand so by the lapse of one day, or of several on which nothing else happened to it.
pub(crate) fn is_forward(last: &Occurrence<'_>, now: &Occurrence<'_>) -> bool {
    use Status::{
        Due, Excused, Met, MetLate, MetOnTime, NotMet, NotRecorded, Overdue, ReceiverEnded, Standing, ToBeJudged,
        Upcoming,
    };
    let fixed = last.due == now.due && last.opens == now.opens && last.of == now.of && last.to == now.to;
    let by_the_day = match (last.status, now.status) {
        // Its period begins. It has passed. Which of the words for that it is, the strength says, not the day.
        (Upcoming, Due) | (Due, Overdue | NotMet) => true,
        // What comes before the due date has passed is in time, or may have been; plans may come before their period.
        (Upcoming | Due, MetOnTime | Met) => true,
        // What comes afterwards is late; on the very next day before anybody could call it overdue.
        (Overdue | NotMet, MetLate) => true,
        (Due, MetLate) => now.late_by.is_some_and(|late| late.days == 1),
        // A better dated record of the same.
        (Met, MetOnTime) => true,
        // An excuse lapses, and what it hid stands as it would; or it was done all the same.
        (Excused, Upcoming | Due | Overdue | NotMet | NotRecorded | MetOnTime | Met | MetLate) => true,
        // Nobody is asked, but a record shows it; of a receiver that is gone, one from when it was there.
        (NotRecorded | ReceiverEnded, MetOnTime | Met | MetLate) => true,
        // A report appears that tells how many did it, and not who.
        (Upcoming | Due | Overdue | NotMet, NotRecorded) => matches!(&now.what, What::Duty(..)),
        // What was late stays late, unless by less: an earlier record that is not needed elsewhere any more.
        (MetLate, MetLate) => now.late_by <= last.late_by,
        (Standing | ToBeJudged, _) => false,
        (last, now) => last == now,
    };
    let enough = |one: &Occurrence<'_>| one.got.min(one.of);
    fixed && enough(last) <= enough(now) && by_the_day
}

/// How those of a duty, of one or several who owe it and of a period came to stand.
fn histories(lives: &[Life<'_>], duty: &str, by: &str, period: &str) -> Vec<String> {
    let is = |now: &Occurrence<'_>| {
        let mut ids = now.by.ids.clone();
        ids.sort_unstable();
        now.path().as_deref() == Some(duty) && ids.join(" ") == by && code(now) == period
    };
    lives.iter().filter(|life| is(&life.now)).map(Life::history).collect()
}

impl Life<'_> {
    fn history(&self) -> String {
        let steps = self.steps.iter().map(|(day, status)| format!("{day} {}", status.word()));
        steps.collect::<Vec<_>>().join(", ")
    }
}

pub(crate) fn told(one: &Occurrence<'_>) -> String {
    let (path, due) = (one.path().unwrap(), one.due.unwrap());
    let evidence: Vec<_> = one.evidence.iter().map(|evidence| (evidence.found.id(), evidence.on)).collect();
    format!("{path} {:?} {:?} {} due {due} {:?} {evidence:?}", one.networks, one.by.ids, code(one), one.status)
}

pub(crate) fn code(one: &Occurrence<'_>) -> String {
    one.period.map(|period| period.code()).unwrap_or_default()
}

/// The lines of the table of the tree whose last column has this head.
fn rows(head: &str) -> impl Iterator<Item = Vec<&'static str>> {
    let cells = |line: &'static str| line.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>();
    let tables = TREE.lines().map(cells).skip_while(move |cells| cells.last() != Some(&head));
    tables.skip(2).take_while(|cells| cells.len() > 1)
}

pub(crate) fn in_memory(markdown: &str) -> Registry {
    let files = common::items(markdown).into_iter().map(|item| match item {
        Item::Bytes(path, bytes) => (PathBuf::from(path), bytes),
        other => panic!("{other:?}"),
    });
    let registry = Registry::from_texts(files);
    assert!(registry.problems.is_empty(), "{:#?}", registry.problems);
    registry
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}
