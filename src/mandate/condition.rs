//! Conditions that obligations set on the fields of records: `where` and `require`.

use super::Line;
use super::ground::is_part_of;
use super::record::{Found, is_there};
use crate::date::{Date, When};
use crate::read::{Met, Value};
use crate::registry::Registry;

impl<'a> Line<'a> {
    /// Whether the duty asks for a record of this sort, whoever has got this one so far.
    #[must_use]
    pub fn asks_for(&self, registry: &'a Registry, found: &Found<'a>) -> bool {
        let asked = Asked { registry, selves: Some(&self.by.ids), receiver: None, day: None };
        self.duty.obligation.evidence.iter().any(|selection| {
            selection.record.iter().any(|kind| kind.kind() == found.kind())
                && selection.r#where.as_ref().is_none_or(|wanted| asked.matches(found, wanted))
        })
    }
}

/// Of whom a condition is asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'a> {
    /// The registry.
    pub registry: &'a Registry,
    /// Who owes: any of them is `"self"`. Nothing where that is not decided yet, and anybody may be.
    pub selves: Option<&'a [&'a str]>,
    /// Who is to get it: `"receiver"`.
    pub receiver: Option<&'a str>,
    /// The day on which parts belong to their wholes; ever, unless given.
    pub day: Option<Date>,
}

impl<'a> Asked<'a> {
    /// Whether a record meets every condition of a table.
    #[must_use]
    pub(super) fn matches(&self, found: &Found<'a>, condition: &Value) -> bool {
        match condition {
            Value::Table(conditions) => conditions.iter().all(|(path, wanted)| self.meets(found, path, wanted)),
            _ => false,
        }
    }

    /// The same of a record that meets every condition of the table for somebody: only what speaks of who owes or gets it
    /// is asked again.
    #[must_use]
    pub(super) fn matches_whose(&self, found: &Found<'a>, condition: &Value) -> bool {
        match condition {
            Value::Table(conditions) => conditions.iter().all(|(path, wanted)| {
                !(speaks_of(wanted, "self") || speaks_of(wanted, "receiver")) || self.meets(found, path, wanted)
            }),
            _ => false,
        }
    }

    fn meets(&self, found: &Found<'a>, path: &str, wanted: &Value) -> bool {
        let (key, rest) = step(path);
        found.key(key).is_some_and(|met| self.at(met, rest, wanted))
    }

    /// Whether an entry of `require` holds for a record.
    #[must_use]
    pub(super) fn holds(&self, found: &Found<'a>, entry: &Value) -> bool {
        match entry {
            Value::Text(path) => {
                let (key, rest) = step(path);
                found.key(key).is_some_and(|met| self.given(met, rest))
            }
            Value::List(any) => any.iter().any(|entry| self.holds(found, entry)),
            condition => self.matches(found, condition),
        }
    }

    /// Whether something stands at the end of a path.
    fn given(&self, met: Met<'_>, path: Option<&str>) -> bool {
        let Some((key, rest)) = path.map(step) else { return is_there(met) };
        match met {
            Met::Table(table) => table.key(key).is_some_and(|met| self.given(met, rest)),
            Met::List(values) => (0..values.count()).any(|index| self.given(values.at(index), path)),
            Met::Link(link) => Found::linked(self.registry, link)
                .and_then(|found| found.key(key))
                .is_some_and(|met| self.given(met, rest)),
            _ => false,
        }
    }

    /// Whether what stands at the end of a path is what is wanted.
    fn at(&self, met: Met<'_>, path: Option<&str>, wanted: &Value) -> bool {
        if let Met::List(values) = met {
            return (0..values.count()).any(|index| self.at(values.at(index), path, wanted));
        }
        let Some((key, rest)) = path.map(step) else { return self.is(met, wanted) };
        match met {
            Met::Table(table) => match table.key(key) {
                Some(met) => self.at(met, rest, wanted),
                None => table.short().is_some_and(|met| self.at(met, path, wanted)),
            },
            Met::Link(link) => Found::linked(self.registry, link)
                .and_then(|found| found.key(key))
                .is_some_and(|met| self.at(met, rest, wanted)),
            _ => false,
        }
    }

    fn is(&self, met: Met<'_>, wanted: &Value) -> bool {
        match (met, wanted) {
            (met, Value::List(any)) => any.iter().any(|wanted| self.is(met, wanted)),
            (Met::List(values), _) => (0..values.count()).any(|index| self.is(values.at(index), wanted)),
            (Met::Table(_) | Met::Link(_), Value::Table(conditions)) => {
                conditions.iter().all(|(path, wanted)| self.at(met, Some(path), wanted))
            }
            (Met::Table(table), _) => table.short().is_some_and(|met| self.is(met, wanted)),
            (Met::Link(link), Value::Text(text)) => self.is_id(link.id, text),
            (Met::Text(met), Value::Text(text)) => *met == **text || self.is_id(met, text),
            (Met::Whole(met), Value::Whole(number)) => met == *number,
            (Met::Flag(met), Value::Flag(flag)) => met == *flag,
            (Met::When(met), Value::Day(day)) => met == When::Day(*day),
            (Met::When(met), Value::Text(text)) => When::parse(text) == Some(met),
            (Met::When(met), Value::Whole(year)) => i64::from(met.year()) == *year,
            _ => false,
        }
    }

    fn is_id(&self, id: &str, wanted: &str) -> bool {
        match wanted {
            "self" => self.selves.is_none_or(|selves| selves.iter().any(|own| self.is_self(id, own))),
            "receiver" => self.receiver.is_none_or(|receiver| receiver == id),
            wanted => id == wanted,
        }
    }

    /// Whether an id means whoever owes: it is a part of them, or a network that they take part in.
    fn is_self(&self, id: &str, own: &str) -> bool {
        if id == own {
            return true;
        }
        if let Some(organisation) = self.registry.organisations.get(id) {
            return !organisation.part_of.is_empty() && is_part_of(self.registry, id, own, self.day);
        }
        self.registry.networks.get(id).is_some_and(|network| {
            let span = self.day.map(|day| crate::date::Span { from: Some(day), to: Some(day) });
            let parties = network.parties.iter();
            let mut on_day =
                parties.filter(|party| span.is_none_or(|span| self.registry.span(party.dates()).meets(&span)));
            on_day.any(|party| is_part_of(self.registry, party.organisation.id(), own, self.day))
        })
    }
}

/// The first key of a path, and the path from there on.
fn step(path: &str) -> (&str, Option<&str>) {
    match path.split_once('.') {
        Some((key, rest)) => (key, Some(rest)),
        None => (path, None),
    }
}

/// Whether a condition speaks of whoever owes.
#[must_use]
pub(super) fn speaks_of(condition: &Value, word: &str) -> bool {
    match condition {
        Value::Text(text) => **text == *word,
        Value::List(values) => values.iter().any(|value| speaks_of(value, word)),
        Value::Table(entries) => entries.iter().any(|(_, value)| speaks_of(value, word)),
        _ => false,
    }
}
