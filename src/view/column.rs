//! Columns of lists: every key of a kind, and what is computed beside.

use std::cell::OnceCell;

use anyhow::bail;
use serde_json::{Value, json};

use super::View;
use crate::count::Sum;
use crate::date::{Span, When};
use crate::lang::Label;
use crate::model::{
    Agreement, Course, Matter, Meeting, Member, Network, Offering, Organisation, Plan, Record, Report, Run,
};
use crate::names::{Names, count_of, label};
use crate::read::{FieldInfo, Shape, fields_of};
use crate::registry::{Entry, Registry, Stored};
use crate::say;
use crate::sheet::{Cell, Content};
use crate::spelling::{missing, nearest};
use crate::tally;

/// A kind of record that can be listed.
pub trait Listed: Stored + 'static {
    /// The columns that a list has unless others are asked for.
    const USUAL: &'static [&'static str];

    /// The same for a list that is sent to others.
    const SENT: &'static [&'static str] = Self::USUAL;

    /// Columns that are computed.
    const COMPUTED: &'static [Computed<Self>];

    /// Whether it is about what happens: only a year narrows a list of it, since what happened stays listed.
    const HAPPENS: bool = false;

    /// Whether the record belongs to a network.
    fn in_network(_: &Registry, entry: &Entry<Self>, network: &Entry<Network>) -> bool {
        entry.network().is_some_and(|own| own.id() == &*network.id)
    }

    /// Whether the record is there in the span.
    fn in_force(view: &View<'_>, entry: &Entry<Self>, moment: &Span) -> bool {
        (Self::HAPPENS && view.year.is_none()) || tally::touches(view.registry, entry.when(), moment)
    }
}

/// A computed column.
#[derive(Debug)]
pub struct Computed<T> {
    key: &'static str,
    cell: fn(&View<'_>, &Entry<T>) -> Cell,
}

/// A column of a list.
#[derive(Debug)]
pub(super) enum Column<T: 'static> {
    Id,
    Name,
    Computed(&'static Computed<T>),
    Field(FieldInfo),
}

impl<T: Listed> Column<T> {
    fn find(key: &str) -> Option<Self> {
        if key == "id" {
            return Some(Self::Id);
        }
        if let Some(computed) = T::COMPUTED.iter().find(|computed| computed.key == key) {
            return Some(Self::Computed(computed));
        }
        if matches!(key, "title" | "name" | "function") {
            return Some(Self::Name);
        }
        fields_of::<T>().into_iter().find(|field| field.key == key).map(Self::Field)
    }

    pub(super) fn key(&self) -> String {
        match self {
            Self::Id => "id".to_owned(),
            Self::Name => "title".to_owned(),
            Self::Computed(computed) => computed.key.to_owned(),
            Self::Field(field) => field.key.to_owned(),
        }
    }

    pub(super) fn label(&self, lang: crate::lang::Lang) -> String {
        let key = self.key();
        label(&key).map_or(key, |label: Label| label.get(lang).to_owned())
    }

    pub(super) fn cell(&self, view: &View<'_>, row: &Row<'_, T>) -> Cell {
        let names = Names { registry: view.registry, lang: view.lang };
        match self {
            Self::Id => Cell::code(&*row.entry.id),
            Self::Name => Cell::from(&names.title_phrase(T::KIND, &row.entry.id)),
            Self::Computed(computed) => (computed.cell)(view, row.entry),
            Self::Field(field) => {
                let value = row.record().get(field.key).cloned().unwrap_or_default();
                typed(&names, field.key, &field.shape, value)
            }
        }
    }
}

/// The value of a key as a cell of its type.
pub(super) fn typed(names: &Names<'_>, key: &str, shape: &Shape, value: Value) -> Cell {
    let (content, lang) = (content(shape, &value), names.value_strays(shape, &value));
    Cell { content, lang, ..Cell::shown(names.value_of(key, shape, &value), value) }
}

fn content(shape: &Shape, value: &Value) -> Content {
    match (shape, value) {
        (Shape::Either(short, long), value) => match content(short, value) {
            Content::Text => content(long, value),
            content => content,
        },
        (Shape::Count { .. }, value) if is_count(value) => Content::Count(count_of(value)),
        (Shape::Year, Value::Number(year)) => year.as_i64().map_or(Content::Text, Content::Year),
        (Shape::Whole(_), Value::Number(number)) => number.as_i64().map_or(Content::Text, Content::Whole),
        (Shape::Day | Shape::When, Value::String(text)) => match When::parse(text) {
            Some(When::Day(day)) => Content::Day(day),
            _ => Content::Code,
        },
        (Shape::Id | Shape::String | Shape::ClockTime, Value::String(_)) => Content::Code,
        _ => Content::Text,
    }
}

/// Whether the value is a count as records write it, rather than a table of counts.
fn is_count(value: &Value) -> bool {
    value.get("quality").is_some()
}

/// A record in a list, turned into JSON once for all columns that need it.
pub(super) struct Row<'a, T> {
    pub(super) entry: &'a Entry<T>,
    record: OnceCell<Value>,
}

impl<'a, T: Listed> Row<'a, T> {
    pub(super) fn new(entry: &'a Entry<T>) -> Self {
        Self { entry, record: OnceCell::new() }
    }

    fn record(&self) -> &Value {
        self.record.get_or_init(|| serde_json::to_value(&self.entry.record).unwrap_or_default())
    }
}

/// Every column that a kind can show, in the order of its keys.
#[must_use]
pub fn columns<T: Listed>() -> Vec<String> {
    let computed = T::COMPUTED.iter().map(|computed| computed.key.to_owned());
    let fields = fields_of::<T>().into_iter().map(|field| field.key.to_owned());
    let mut columns: Vec<_> = std::iter::once("id".to_owned()).chain(fields).chain(computed).collect();
    let mut seen = std::collections::HashSet::new();
    columns.retain(|column| seen.insert(column.clone()));
    columns
}

/// The columns with these keys, or the usual ones.
pub(super) fn chosen<T: Listed>(keys: &[String]) -> anyhow::Result<Vec<Column<T>>> {
    let usual: Vec<String>;
    let keys = if keys.is_empty() {
        usual = T::USUAL.iter().map(|key| (*key).to_owned()).collect();
        &usual
    } else {
        keys
    };
    keys.iter().map(|key| one(key)).collect()
}

/// The column with this key.
pub(super) fn one<T: Listed>(key: &str) -> anyhow::Result<Column<T>> {
    if let Some(column) = Column::find(key) {
        return Ok(column);
    }
    let all = columns::<T>();
    let none = say!(nn: "inga kolonne", nb: "ingen kolonne", en: "no column");
    let way = match nearest(key, all.iter().map(String::as_str), 1).first() {
        Some(near) => say!(nn: "meinte du «{near}»?", nb: "mente du «{near}»?", en: "did you mean '{near}'?"),
        None => {
            let all = all.join(", ");
            say!(nn: "det finst: {all}", nb: "det finnes: {all}", en: "there are: {all}")
        }
    };
    bail!(missing(key, &none).and(&way))
}

fn runs<'a>(view: &View<'_>, offering: &'a Offering) -> Vec<&'a Run> {
    match view.year {
        Some(year) => tally::runs_in(offering, year).collect(),
        None => offering.run.iter().filter(|run| tally::counts(run)).collect(),
    }
}

fn participants(view: &View<'_>, entry: &Entry<Offering>, part: fn(&tally::Participants) -> Sum) -> Cell {
    let runs = runs(view, entry);
    if runs.is_empty() || !tally::has_participants(entry) {
        return Cell::default();
    }
    let sum = part(&tally::Participants::of(runs.into_iter().map(|run| (&entry.record, run))));
    if sum.of == 0 {
        return Cell::default();
    }
    Cell { text: sum.in_words(view.lang), ..Cell::count(&sum.count(), view.lang) }
}

fn names(view: &View<'_>, ids: &[&str]) -> Cell {
    let names = Names { registry: view.registry, lang: view.lang };
    Cell::list(&ids.iter().map(|id| names.short(id)).collect::<Vec<_>>(), ids)
}

impl Listed for Offering {
    const USUAL: &'static [&'static str] =
        &["id", "title", "organiser", "care-level", "reach", "form", "runs", "participants"];
    // What others need to send somebody there, and no counts, which could be small.
    const SENT: &'static [&'static str] =
        &["title", "organiser", "condition", "audience", "form", "referral", "coming-runs"];
    const COMPUTED: &'static [Computed<Self>] = &[
        Computed { key: "runs", cell: |view, entry| Cell::whole(runs(view, entry).len(), view.lang) },
        Computed { key: "patients", cell: |view, entry| participants(view, entry, |sums| sums.patients) },
        Computed { key: "relatives", cell: |view, entry| participants(view, entry, |sums| sums.relatives) },
        Computed { key: "participants", cell: |view, entry| participants(view, entry, |sums| sums.all) },
        Computed { key: "coming-runs", cell: coming },
    ];

    fn in_force(view: &View<'_>, entry: &Entry<Self>, moment: &Span) -> bool {
        match view.year {
            Some(year) => tally::counts_in(view.registry, entry, year),
            None => tally::touches(view.registry, entry.when(), moment),
        }
    }
}

/// The runs that begin on the day or later, as far as is known; of an offering that runs all the time, that it does.
fn coming(view: &View<'_>, entry: &Entry<Offering>) -> Cell {
    let semesters = view.registry.semesters();
    let mut runs: Vec<&Run> = entry.run.iter().filter(|run| tally::counts(run)).collect();
    runs.retain(|run| run.start.last(&semesters) >= view.today);
    runs.sort_by_key(|run| run.start.first(&semesters));
    let mut words: Vec<String> = runs
        .iter()
        .map(|run| {
            let when = crate::date::period(run.start, run.end, view.lang);
            match &run.place {
                Some(place) => format!("{when} ({})", place.get(view.lang)),
                None => when,
            }
        })
        .collect();
    if entry.continuous {
        words.insert(0, say!(view.lang, nn: "heile tida", nb: "hele tiden", en: "all the time"));
    }
    let starts: Vec<String> = runs.iter().map(|run| run.start.to_string()).collect();
    Cell::shown(words.join("; "), json!(starts))
}

impl Listed for Organisation {
    const USUAL: &'static [&'static str] = &["id", "title", "kind", "code", "number", "from", "to"];
    const COMPUTED: &'static [Computed<Self>] = &[Computed {
        key: "code",
        cell: |view, entry| {
            let day = Span { from: Some(view.today), to: Some(view.today) };
            let valid = entry.codes.iter().find(|code| tally::touches(view.registry, code.dates(), &day));
            // What has ended shows the code that it had last.
            Cell::code(valid.or(entry.codes.last()).map_or("", |code| &*code.code))
        },
    }];

    fn in_network(registry: &Registry, entry: &Entry<Self>, network: &Entry<Network>) -> bool {
        network.parties.iter().any(|party| party.organisation.id() == &*entry.id)
            || tally::belongs_to(registry, &entry.id, network)
    }
}

impl Listed for Network {
    const USUAL: &'static [&'static str] = &["id", "title", "parties", "areas", "reports-to", "from", "to"];
    const COMPUTED: &'static [Computed<Self>] = &[
        Computed {
            key: "parties",
            cell: |view, entry| {
                let day = Span { from: Some(view.today), to: Some(view.today) };
                let parties = entry.parties.iter().filter(|party| tally::touches(view.registry, party.dates(), &day));
                Cell::whole(parties.count(), view.lang)
            },
        },
        Computed { key: "areas", cell: |view, entry| Cell::whole(entry.areas.len(), view.lang) },
        Computed {
            key: "governed-by",
            cell: |view, entry| {
                let names = Names { registry: view.registry, lang: view.lang };
                let ids: Vec<_> = entry.governed_by.iter().map(|governing| governing.agreement.id()).collect();
                let titles: Vec<_> = ids.iter().map(|id| names.title(crate::model::Kind::Agreement, id)).collect();
                Cell::list(&titles, &ids)
            },
        },
    ];

    fn in_network(_: &Registry, entry: &Entry<Self>, network: &Entry<Network>) -> bool {
        entry.id == network.id
    }
}

impl Listed for Agreement {
    const USUAL: &'static [&'static str] = &["id", "title", "kind", "parties", "from", "to", "seats", "obligations"];
    const COMPUTED: &'static [Computed<Self>] = &[
        Computed {
            key: "parties",
            cell: |view, entry| names(view, &entry.parties.iter().map(|party| party.body.id()).collect::<Vec<_>>()),
        },
        Computed { key: "seats", cell: |view, entry| Cell::whole(entry.seat.len(), view.lang) },
        Computed { key: "obligations", cell: |view, entry| Cell::whole(entry.obligation.len(), view.lang) },
    ];

    fn in_network(_: &Registry, entry: &Entry<Self>, network: &Entry<Network>) -> bool {
        network.governed_by.iter().any(|governing| governing.agreement.id() == &*entry.id)
    }
}

impl Listed for Member {
    const USUAL: &'static [&'static str] = &["id", "title", "organisation", "background", "seats", "from", "to"];
    const COMPUTED: &'static [Computed<Self>] = &[
        Computed {
            key: "seats",
            cell: |view, entry| {
                let names = Names { registry: view.registry, lang: view.lang };
                let seat = |seat: &crate::model::Appointment| {
                    format!("{} ({})", names.short(seat.body.id()), seat.role.label().get(view.lang))
                };
                let seats: Vec<_> = entry.appointment.iter().map(seat).collect();
                Cell::shown(seats.join(", "), json!(entry.appointment))
            },
        },
        Computed {
            key: "from",
            cell: |view, entry| {
                let first = entry
                    .appointment
                    .iter()
                    .filter_map(|seat| seat.from)
                    .min_by_key(|when| when.first(&view.registry.semesters()));
                first.map_or_else(Cell::default, Cell::when)
            },
        },
        Computed {
            key: "to",
            cell: |view, entry| {
                let ends: Option<Vec<_>> = entry.appointment.iter().map(|seat| seat.to).collect();
                let last =
                    ends.and_then(|ends| ends.into_iter().max_by_key(|when| when.last(&view.registry.semesters())));
                last.map_or_else(Cell::default, Cell::when)
            },
        },
    ];

    fn in_network(registry: &Registry, entry: &Entry<Self>, network: &Entry<Network>) -> bool {
        entry.appointment.iter().any(|seat| {
            tally::belongs_to(registry, seat.body.id(), network)
                || seat.represents.as_ref().is_some_and(|body| tally::belongs_to(registry, body.id(), network))
        })
    }

    fn in_force(view: &View<'_>, entry: &Entry<Self>, moment: &Span) -> bool {
        entry.appointment.iter().any(|seat| tally::touches(view.registry, seat.dates(), moment))
    }
}

impl Listed for Course {
    const HAPPENS: bool = true;
    const USUAL: &'static [&'static str] = &["id", "title", "module", "organiser", "start", "end", "participants"];
    const COMPUTED: &'static [Computed<Self>] = &[Computed {
        key: "participants",
        cell: |view, entry| {
            entry.participants.as_ref().map_or_else(Cell::default, |all| Cell::count(&all.total(), view.lang))
        },
    }];
}

impl Listed for Meeting {
    const HAPPENS: bool = true;
    const USUAL: &'static [&'static str] = &["id", "title", "kind", "body", "start", "end", "held", "participants"];
    const COMPUTED: &'static [Computed<Self>] = &[Computed {
        key: "participants",
        cell: |view, entry| {
            entry.participants.as_ref().map_or_else(Cell::default, |all| Cell::count(&all.total(), view.lang))
        },
    }];

    fn in_network(registry: &Registry, entry: &Entry<Self>, network: &Entry<Network>) -> bool {
        entry.network().is_some_and(|own| own.id() == &*network.id)
            || entry.body.as_ref().is_some_and(|body| tally::belongs_to(registry, body.id(), network))
    }
}

fn sent(view: &View<'_>, sent: &[crate::model::Sent]) -> Cell {
    let names = Names { registry: view.registry, lang: view.lang };
    let texts: Vec<_> = sent.iter().map(|sent| format!("{} {}", names.short(sent.to.id()), sent.on)).collect();
    Cell::shown(texts.join(", "), json!(sent))
}

impl Listed for Plan {
    const HAPPENS: bool = true;
    const USUAL: &'static [&'static str] = &["id", "title", "network", "kind", "year", "actions", "sent"];
    const COMPUTED: &'static [Computed<Self>] = &[
        Computed { key: "actions", cell: |view, entry| Cell::whole(entry.action.len(), view.lang) },
        Computed { key: "sent", cell: |view, entry| sent(view, &entry.sent) },
    ];
}

impl Listed for Report {
    const HAPPENS: bool = true;
    const USUAL: &'static [&'static str] = &["id", "title", "network", "by", "kind", "year", "figures", "sent"];
    const COMPUTED: &'static [Computed<Self>] = &[
        Computed { key: "figures", cell: |view, entry| Cell::whole(entry.figure.len(), view.lang) },
        Computed { key: "sent", cell: |view, entry| sent(view, &entry.sent) },
    ];
}

impl Listed for Matter {
    const HAPPENS: bool = true;
    const USUAL: &'static [&'static str] =
        &["id", "title", "kind", "network", "focus-area", "status", "opened", "closed"];
    const COMPUTED: &'static [Computed<Self>] = &[];
}
