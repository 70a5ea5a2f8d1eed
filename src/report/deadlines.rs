//! What is due around a day: chosen, put in the order of what needs doing first, and made into documents, tables, calendars.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Value, json};

use crate::calendar::{Calendar, Event};
use crate::date::{Date, When, day_words};
use crate::document::Document;
use crate::lang::Lang;
use crate::mandate::wording::{distance, listed, quoted, seat, some_of, who};
use crate::mandate::{Evidence, Mandates, Occurrence, SeatOf, Status, What};
use crate::names::{Names, capital};
use crate::say;
use crate::sheet::{Cell, Column, Sheet};
use crate::tally;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Query {
    /// The day on which it is asked.
    pub day: Date,
    /// The first due date; that of the oldest unmet, unless given.
    pub from: Option<Date>,
    /// The last due date.
    pub until: Date,
    /// Only of this network.
    pub network: Option<String>,
    /// Only what this body owes, or a part of it.
    pub owed_by: Option<String>,
    /// Only what this body gets.
    pub owed_to: Option<String>,
    /// Only what stands like this.
    pub status: Vec<Status>,
    /// Also what is done, excused or not recorded.
    pub all: bool,
}

/// What is due.
#[derive(Debug)]
pub struct Deadlines<'a> {
    /// What was asked for.
    pub query: Query,
    /// By due date.
    pub occurrences: Vec<Occurrence<'a>>,
    /// How what was chosen stands, and how much of it, before it was narrowed to some states.
    pub statuses: BTreeMap<Status, usize>,
    /// How many occurrences of each network are left out since nothing was recorded then.
    pub unrecorded: BTreeMap<&'a str, usize>,
}

/// Finds what is due.
#[must_use]
pub fn compute<'a>(mandates: &Mandates<'a>, query: Query) -> Deadlines<'a> {
    let first = query.from.unwrap_or(Date::MIN);
    let mut occurrences = mandates.dated(query.day, first, query.until);
    let of = |asked: &Option<String>, ids: &[&str]| {
        asked.as_ref().is_none_or(|asked| ids.iter().any(|id| tally::is_part_of(mandates.registry, id, asked, None)))
    };
    occurrences.retain(|occurrence| {
        of(&query.owed_by, &occurrence.by.ids)
            && of(&query.owed_to, &occurrence.to)
            && query.network.as_ref().is_none_or(|network| occurrence.networks.contains(&&**network))
    });
    let mut statuses = BTreeMap::new();
    occurrences.iter().for_each(|occurrence| *statuses.entry(occurrence.status).or_default() += 1);
    let mut unrecorded = BTreeMap::new();
    if !query.all && query.status.is_empty() {
        for occurrence in occurrences.iter().filter(|occurrence| occurrence.status == Status::NotRecorded) {
            occurrence.networks.iter().for_each(|network| *unrecorded.entry(*network).or_default() += 1);
        }
    }
    occurrences.retain(|occurrence| match (&*query.status, query.all, query.from) {
        ([], true, _) => true,
        ([], false, Some(_)) => occurrence.status != Status::NotRecorded,
        ([], false, None) => occurrence.status.is_open(),
        (asked, ..) => asked.contains(&occurrence.status),
    });
    Deadlines { query, occurrences, statuses, unrecorded }
}

impl Deadlines<'_> {
    /// How many stand like this, and how many of them are shown.
    #[must_use]
    pub fn count(&self, status: Status) -> (usize, usize) {
        let shown = self.occurrences.iter().filter(|one| one.status == status);
        (self.statuses.get(&status).copied().unwrap_or_default(), shown.count())
    }

    /// For machines: lmnet-deadlines version 1.
    #[must_use]
    pub fn json(&self, names: &Names<'_>) -> Value {
        let from = self.query.from.map(|from| from.to_string());
        let deadlines: Vec<Value> = self.occurrences.iter().map(|one| one_json(one, names, self.query.day)).collect();
        json!({
            "schema": "lmnet-deadlines",
            "version": 1,
            "today": self.query.day.to_string(),
            "from": from,
            "until": self.query.until.to_string(),
            "deadlines": deadlines,
            "not-recorded": self.unrecorded,
        })
    }

    /// A row for each.
    #[must_use]
    pub fn sheet(&self, names: &Names<'_>) -> Sheet {
        let lang = names.lang;
        let column = |key: &str, label: String| Column::new(key, label);
        let columns = vec![
            column("due", say!(lang, nn: "Frist", nb: "Frist", en: "Due")),
            column("days", say!(lang, nn: "Dagar", nb: "Dager", en: "Days")),
            column("status", say!(lang, nn: "Status", nb: "Status", en: "Status")),
            column("what", say!(lang, nn: "Kva", nb: "Hva", en: "What")),
            column("period", say!(lang, nn: "For", nb: "For", en: "For")),
            column("by", say!(lang, nn: "Kven", nb: "Hvem", en: "Who")),
            column("to", say!(lang, nn: "Til", nb: "Til", en: "To whom")),
            column("clause", say!(lang, nn: "Heimel", nb: "Hjemmel", en: "Clause")),
            column("networks", say!(lang, nn: "Nettverk", nb: "Nettverk", en: "Network")),
            column("duty", say!(lang, nn: "Plikt", nb: "Plikt", en: "Duty")),
            column("evidence", say!(lang, nn: "Viser det", nb: "Viser det", en: "Shown by")),
        ];
        let list = |ids: &[&str]| Cell::list(&ids.iter().map(|id| names.short(id)).collect::<Vec<_>>(), ids);
        let rows = self.occurrences.iter().map(|one| {
            vec![
                one.due.map_or_else(|| Cell::text(""), |due| Cell::when(When::Day(due))),
                one.days_from(self.query.day).map_or_else(Cell::default, Cell::number),
                Cell::shown(one.standing(names), one.status.word()),
                Cell::text(one.words(names)),
                Cell::shown(
                    one.period.map(|period| period.words(lang)).unwrap_or_default(),
                    one.period.map(|period| period.code()),
                ),
                Cell::shown(who(&one.by, names), json!(one.by.ids)),
                list(&one.to),
                Cell::text(one.clauses(names).join("; ")),
                list(&one.networks),
                Cell::code(one.path().or(one.subject()).unwrap_or_default()),
                Cell::text(one.shown_by().join(", ")),
            ]
        });
        Sheet { id: "deadlines", caption: self.title(names).into(), columns, rows: rows.collect() }
    }

    fn title(&self, names: &Names<'_>) -> String {
        let (day, until) = (day_words(self.query.day, names.lang), day_words(self.query.until, names.lang));
        if let Some(from) = self.query.from.map(|from| day_words(from, names.lang)) {
            return say!(names.lang,
                nn: "Fristar frå {from} til {until}, slik dei står {day}",
                nb: "Frister fra {from} til {until}, slik de står {day}",
                en: "Deadlines from {from} to {until}, as of {day}",
            );
        }
        say!(names.lang, nn: "Fristar {day}, fram til {until}", nb: "Frister {day}, fram til {until}", en: "Deadlines on {day}, up to {until}")
    }

    /// What a calendar of these deadlines is called, on whatever day it is made.
    fn name(&self, names: &Names<'_>) -> String {
        let title = names.registry.manifest.title.as_ref().map(|title| title.get(names.lang).to_owned());
        let of = self.query.network.as_ref().map(|id| names.short(id)).or(title).unwrap_or_default();
        say!(names.lang, nn: "Fristar – {of}", nb: "Frister – {of}", en: "Deadlines – {of}")
    }

    /// For people: what needs doing first stands first.
    #[must_use]
    pub fn document(&self, names: &Names<'_>) -> Document {
        let lang = names.lang;
        let mut document = Document::new(lang);
        document.heading(1, self.title(names));
        for status in Status::ALL {
            let of_status: Vec<_> = self.occurrences.iter().filter(|one| one.status == *status).collect();
            if !of_status.is_empty() {
                document.heading(2, format!("{} ({})", capital(status.label().get(lang)), of_status.len()));
                document.list(folded(&of_status).iter().map(|alike| line(alike, names, self.query.day)).collect());
            }
        }
        if self.occurrences.is_empty() {
            document.paragraph(say!(lang, nn: "Ingen fristar.", nb: "Ingen frister.", en: "No deadlines."));
        }
        let count: usize = self.unrecorded.values().sum();
        if count > 0 {
            let networks: Vec<String> = self.unrecorded.keys().map(|id| names.body(id)).collect();
            let networks = listed(&networks, lang);
            document.paragraph(match count {
                1 => say!(lang,
                    nn: "Ikkje registrert: 1 frist for {networks} fell utanfor registreringsperioden («tracked»). --all viser han.",
                    nb: "Ikke registrert: 1 frist for {networks} faller utenfor registreringsperioden («tracked»). --all viser den.",
                    en: "Not recorded: 1 deadline of {networks} falls outside the tracked period (“tracked”). --all shows it.",
                ),
                _ => say!(lang,
                    nn: "Ikkje registrert: {count} fristar for {networks} fell utanfor registreringsperioden («tracked»). --all viser dei.",
                    nb: "Ikke registrert: {count} frister for {networks} faller utenfor registreringsperioden («tracked»). --all viser dem.",
                    en: "Not recorded: {count} deadlines of {networks} fall outside the tracked period (“tracked”). --all shows them.",
                ),
            });
        }
        document
    }

    /// An event for each.
    #[must_use]
    pub fn calendar(&self, names: &Names<'_>) -> Calendar {
        let events = self.occurrences.iter().filter_map(|one| {
            let day = one.due?;
            let part = |list: &[&str]| list.join(" ");
            let own_day = matches!(one.what, What::Seat(_) | What::Term(..));
            let mut description = vec![capital(&one.standing(names))];
            description.push(format!("{}{}", who(&one.by, names), arrow(&one.whom(names))));
            description.extend(one.clauses(names));
            description.extend(one.remarks(names, self.query.day));
            description.extend(one.shown_by());
            let networks: Vec<String> = one.networks.iter().map(|id| names.body(id)).collect();
            Some(Event {
                identity: vec![
                    part(&one.networks),
                    one.kind().to_owned(),
                    one.path().unwrap_or_default(),
                    one.subject().unwrap_or_default(),
                    part(&one.by.ids),
                    one.period.map(|period| period.code()).unwrap_or_default(),
                    if own_day { day.to_string() } else { String::new() },
                ],
                day,
                summary: one.words(names),
                description: description.join("\n"),
                categories: networks,
                cancelled: one.status == Status::Excused,
                ..Event::default()
            })
        });
        Calendar { lang: names.lang, name: self.name(names), day: self.query.day, events: events.collect() }
    }
}

fn arrow(whom: &str) -> String {
    if whom.is_empty() { String::new() } else { format!(" → {whom}") }
}

/// Puts together what is the same but for who owes it, in the order of the first of each.
#[must_use]
pub fn folded<'l, 'a>(occurrences: &[&'l Occurrence<'a>]) -> Vec<Vec<&'l Occurrence<'a>>> {
    let mut folds: Vec<Vec<&Occurrence<'a>>> = Vec::new();
    let mut places = HashMap::new();
    for one in occurrences {
        let alone = matches!(one.what, What::Record(..)).then(|| one.subject());
        let role = match &one.what {
            What::Seat(seat) | What::Term(seat, _) => seat.role,
            _ => None,
        };
        let key = (one.kind(), one.path(), role, alone, one.due, one.period, &one.to, one.standing_apart());
        let place = *places.entry(key).or_insert(folds.len());
        if place == folds.len() {
            folds.push(Vec::new());
        }
        folds[place].push(one);
    }
    folds
}

/// Occurrences that are alike on one line: when and how far off, what, who to whom, by which clause.
pub(super) fn line(alike: &[&Occurrence<'_>], names: &Names<'_>, day: Date) -> String {
    let mut more = alike[0].clauses(names);
    more.extend(alike[0].path().or(alike[0].subject()));
    more.extend(alike.iter().flat_map(|one| one.remarks(names, day)).collect::<BTreeSet<_>>());
    format!("{} ({})", told(alike, names, day), more.join("; "))
}

/// The same without the clause.
pub(super) fn told(alike: &[&Occurrence<'_>], names: &Names<'_>, day: Date) -> String {
    let (lang, one) = (names.lang, alike[0]);
    let due = one.due.map(|due| day_words(due, lang)).unwrap_or_default();
    let away = one.days_from(day).map(|days| distance(days, lang)).unwrap_or_default();
    let standing = match one.status {
        Status::Due | Status::Upcoming | Status::Overdue if one.got == 0 => String::new(),
        _ => format!(" [{}]", one.standing(names)),
    };
    let period = one.period.map(|period| period.words(lang)).unwrap_or_default();
    let period = if period.is_empty() {
        period
    } else {
        say!(lang, nn: ", for {period}", nb: ", for {period}", en: ", for {period}")
    };
    let what = what(alike, names);
    format!("{due} ({away}){period}{standing} – {what}")
}

/// What occurrences that are alike are of: who owes what to whom.
#[must_use]
pub fn what(alike: &[&Occurrence<'_>], names: &Names<'_>) -> String {
    let (lang, one) = (names.lang, alike[0]);
    let whose: Vec<String> = alike.iter().map(|one| who(&one.by, names)).filter(|who| !who.is_empty()).collect();
    let whose = some_names(&whose, lang);
    let (words, whom) = (one.words(names), arrow(&one.whom(names)));
    match &one.what {
        What::Duty(..) => format!("{whose}{whom}: {}", quoted(&words, lang)),
        What::Seat(of) | What::Term(of, _) if alike.len() > 1 => {
            let seat = seat(&SeatOf { of: None, ..*of }, names);
            let (count, vacant) = (alike.len(), matches!(one.what, What::Seat(_)));
            match (vacant, one.is_past) {
                (true, _) => {
                    say!(lang, nn: "{seat}: {count} ledige ({whose})", nb: "{seat}: {count} ledige ({whose})", en: "{seat}: {count} vacant ({whose})")
                }
                (false, true) => {
                    say!(lang, nn: "{seat}: {count} periodar tok slutt ({whose})", nb: "{seat}: {count} perioder tok slutt ({whose})", en: "{seat}: {count} terms ended ({whose})")
                }
                (false, false) => {
                    say!(lang, nn: "{seat}: {count} periodar tek slutt ({whose})", nb: "{seat}: {count} perioder tar slutt ({whose})", en: "{seat}: {count} terms end ({whose})")
                }
            }
        }
        // Whose seat it is stands in its own words.
        What::Seat(SeatOf { of: Some(of), .. }) | What::Term(SeatOf { of: Some(of), .. }, _) if one.by.ids == [*of] => {
            words
        }
        What::Seat(of) | What::Term(of, _) if one.by.ids == [of.seat.body.id()] => words,
        _ if whose.is_empty() => words,
        _ => format!("{whose}: {words}"),
    }
}

/// How many names a line holds.
const MOST_NAMES: usize = 12;

/// The names, or the first of them and how many more there are.
pub(super) fn some_names(list: &[String], lang: Lang) -> String {
    some_of(list, MOST_NAMES, lang)
}

pub(super) fn one_json(one: &Occurrence<'_>, names: &Names<'_>, day: Date) -> Value {
    let clauses: Vec<&str> = match &one.what {
        What::Duty(duty, also) => {
            std::iter::once(duty).chain(also).filter_map(|duty| duty.obligation.clause.as_deref()).collect()
        }
        What::Seat(seat) | What::Term(seat, _) => seat.seat.clause.as_deref().into_iter().collect(),
        What::Record(..) => Vec::new(),
    };
    let also: Vec<String> = match &one.what {
        What::Duty(_, also) => also.iter().map(|duty| duty.path()).collect(),
        _ => Vec::new(),
    };
    let evidence = |evidence: &Evidence<'_>| json!({ "record": evidence.found.path(), "on": evidence.on.map(|on| on.to_string()), "to": evidence.to });
    let mut value = json!({
        "kind": one.kind(),
        "duty": one.path(),
        "also": also,
        "subject": one.subject(),
        "networks": one.networks,
        "by": one.by.ids,
        "to": one.to,
        "period": one.period.map(|period| period.code()),
        "due": one.due.map(|due| due.to_string()),
        "days": one.days_from(day),
        "status": one.status.word(),
        "late-by": one.late_by.map(|late| late.days),
        "late-by-at-least": one.late_by.filter(|late| late.at_least).map(|_| true),
        "strength": one.strength.word(),
        "got": one.got,
        "of": one.of,
        "text": one.words(names),
        "clauses": clauses,
        "evidence": one.evidence.iter().map(evidence).collect::<Vec<_>>(),
        "outstanding": one.outstanding,
        "missing": one.missing,
        "reason": one.reason.map(|(reason, _)| reason),
        "until": one.reason.and_then(|(_, until)| until).map(|until| until.to_string()),
    });
    if let Value::Object(map) = &mut value {
        map.retain(|_, value| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty()));
    }
    value
}
