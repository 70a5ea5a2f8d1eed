//! What people call things, the order in which names stand, and values as people read them.

pub mod condition;
mod folded;
mod labels;

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;
use serde_json::Value;

pub use folded::folded;
pub use labels::{label, label_within};

use crate::count::{Count, Quality};
use crate::date::{MonthDay, When};
use crate::lang::{Lang, Phrase, Text};
use crate::model::{Kind, Member, Organisation, Plan, Report};
use crate::read::{RecordKind, Shape, Target};
use crate::registry::{Entry, Registry};
use crate::say;

/// Names of records in a language.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// The registry.
    pub registry: &'a Registry,
    /// The language.
    pub lang: Lang,
}

impl Names<'_> {
    /// The full name of a record; its id where it has none or does not exist.
    #[must_use]
    pub fn title(&self, kind: Kind, id: &str) -> String {
        self.title_phrase(kind, id).text
    }

    /// The same in its language.
    #[must_use]
    pub fn title_phrase(&self, kind: Kind, id: &str) -> Phrase {
        let own = self.registry.pointed(kind, id).and_then(|found| found.title).map(|title| self.phrase(title));
        if let Some(own) = own.filter(|own| !own.text.is_empty()) {
            return own;
        }
        let made = match kind {
            Kind::Member => self.registry.members.get(id).map(|member| self.member(member)),
            Kind::Plan => self.registry.plans.get(id).map(|plan| self.plan(plan)),
            Kind::Report => self.registry.reports.get(id).map(|report| self.report(report)),
            _ => None,
        };
        made.unwrap_or_else(|| id.to_owned()).into()
    }

    fn phrase(&self, text: &Text) -> Phrase {
        Phrase::of(text, self.lang)
    }

    /// The language of [`Names::value_of`] where it is another one, and that of the whole.
    #[must_use]
    pub fn value_strays(&self, shape: &Shape, value: &Value) -> Option<&'static str> {
        match (shape, value) {
            (Shape::Text, value) => text_of(value).found(self.lang).1,
            (Shape::Reference(target), Value::String(id)) => self.reference_phrase(*target, id).lang,
            (Shape::List(each), Value::Array(values)) => {
                let strays = |value| self.value_strays(each, value);
                let first = strays(values.first()?)?;
                values.iter().all(|value| strays(value) == Some(first)).then_some(first)
            }
            _ => None,
        }
    }

    /// What people write for an organisation or network: the abbreviation, else the name.
    #[must_use]
    pub fn short(&self, id: &str) -> String {
        self.short_phrase(id).text
    }

    /// The same in its language.
    #[must_use]
    pub fn short_phrase(&self, id: &str) -> Phrase {
        let abbreviation = self
            .registry
            .organisations
            .get(id)
            .and_then(|organisation| organisation.abbreviation.as_ref())
            .or_else(|| self.registry.networks.get(id).and_then(|network| network.abbreviation.as_ref()));
        match abbreviation {
            Some(text) => self.phrase(text),
            None => self.body_phrase(id),
        }
    }

    /// The full name of an organisation or network.
    #[must_use]
    pub fn body(&self, id: &str) -> String {
        self.body_phrase(id).text
    }

    /// The same in its language.
    #[must_use]
    pub fn body_phrase(&self, id: &str) -> Phrase {
        let kind = if self.registry.networks.get(id).is_some() { Kind::Network } else { Kind::Organisation };
        self.title_phrase(kind, id)
    }

    /// The name that an organisation had in a year.
    #[must_use]
    pub fn body_in(&self, id: &str, year: i32) -> String {
        self.body_phrase_in(id, year).text
    }

    /// The same in its language.
    #[must_use]
    pub fn body_phrase_in(&self, id: &str, year: i32) -> Phrase {
        match self.registry.organisations.get(id) {
            Some(organisation) => self.phrase(name_in(organisation, year)),
            None => self.body_phrase(id),
        }
    }

    fn member(&self, member: &Entry<Member>) -> String {
        let role =
            member.appointment.first().map(|seat| (seat.role.label().get(self.lang), self.short(seat.body.id())));
        let from = self.short(member.organisation.id());
        match role {
            Some((role, body)) => format!("{role}, {body} ({from})"),
            None => from,
        }
    }

    fn plan(&self, plan: &Entry<Plan>) -> String {
        let kind = plan.kind.first().map(|kind| capital(kind.label().get(self.lang))).unwrap_or_default();
        format!("{kind} {}", plan.year.0)
    }

    fn report(&self, report: &Entry<Report>) -> String {
        format!("{} {}", capital(report.kind.label().get(self.lang)), report.year.0)
    }

    /// A focus area, `agreement/area`, by its number and title.
    #[must_use]
    pub fn focus_area(&self, path: &str) -> Phrase {
        let found = path.split_once('/').and_then(|(agreement, id)| {
            let agreement = self.registry.agreements.get(agreement)?;
            agreement.focus_areas.iter().find(|area| *area.id == *id)
        });
        found.map_or_else(|| path.into(), |area| self.phrase(&area.title))
    }

    /// A condition by its title.
    #[must_use]
    pub fn condition(&self, id: &str) -> Phrase {
        let found = self.registry.manifest.condition.iter().find(|condition| *condition.id == *id);
        found.map_or_else(|| id.into(), |condition| self.phrase(&condition.title))
    }

    /// A reference as people read it.
    #[must_use]
    pub fn reference(&self, target: Target, id: &str) -> String {
        self.reference_phrase(target, id).text
    }

    /// The same in its language.
    fn reference_phrase(&self, target: Target, id: &str) -> Phrase {
        match target {
            Target::Body | Target::Record(Kind::Organisation | Kind::Network) => self.short_phrase(id),
            Target::Record(kind) => self.title_phrase(kind, id),
            Target::AnyRecord => match id.split_once('/') {
                Some((folder, id)) => {
                    Kind::from_word(folder).map_or_else(|| id.into(), |kind| self.title_phrase(kind, id))
                }
                None => id.into(),
            },
            Target::FocusArea => self.focus_area(id),
            Target::Condition => self.condition(id),
            Target::Area => {
                let mut areas = self.registry.networks.iter().flat_map(|network| &network.areas);
                let found = areas.find(|area| *area.id == *id);
                found.map_or_else(|| id.into(), |area| self.phrase(&area.title))
            }
            Target::Duty => id.into(),
        }
    }

    /// A value of a record, which has been through JSON, as people read it.
    #[must_use]
    pub fn value(&self, shape: &Shape, value: &Value) -> String {
        self.value_of("", shape, value)
    }

    /// The same, of what stands under a key.
    #[must_use]
    pub fn value_of(&self, key: &str, shape: &Shape, value: &Value) -> String {
        match (shape, value) {
            (_, Value::Null) => String::new(),
            (Shape::Text, value) => text_of(value).get(self.lang).to_owned(),
            (Shape::Choice(words, label), Value::String(word)) => words
                .iter()
                .position(|known| known == word)
                .and_then(label)
                .map_or_else(|| word.clone(), |label| label.get(self.lang).to_owned()),
            (Shape::Reference(Target::Body), Value::String(word)) if word == "network" => {
                say!(self.lang, nn: "nettverket", nb: "nettverket", en: "the network")
            }
            (Shape::List(_), Value::String(word)) if word == "parties" => {
                say!(self.lang, nn: "alle partane", nb: "alle partene", en: "all parties")
            }
            (Shape::Reference(target), Value::String(id)) => self.reference(*target, id),
            (Shape::Count { .. }, value) => count_of(value).as_published(self.lang),
            (Shape::Duration, Value::String(text)) => self.duration(text),
            (Shape::Flag, Value::Bool(flag)) => match flag {
                true => say!(self.lang, nn: "ja", nb: "ja", en: "yes"),
                false => say!(self.lang, nn: "nei", nb: "nei", en: "no"),
            },
            (Shape::List(each), Value::Array(values)) => {
                let parts: Vec<_> = values.iter().map(|value| self.value_of(key, each, value)).collect();
                if values.is_empty() {
                    return say!(self.lang, nn: "ingen", nb: "ingen", en: "none");
                }
                parts.join(if values.iter().any(Value::is_object) { "; " } else { ", " })
            }
            (Shape::Either(_, long), value @ Value::Object(map)) => match &**long {
                Shape::Table(fields) if !fields().iter().any(|field| map.contains_key(field.key)) => {
                    count_of(value).as_published(self.lang)
                }
                _ => self.value_of(key, long, value),
            },
            (Shape::Either(short, _), value) => self.value_of(key, short, value),
            (Shape::Table(fields), Value::Object(map)) if condition::is_selection(&fields()) => {
                condition::selection(&condition::read_back(map), self)
            }
            (Shape::Table(fields), Value::Object(map)) => self.table(key, &fields(), map),
            (Shape::Free, value) if key == "require" => self.requirements(&[], std::slice::from_ref(value)),
            (Shape::MonthDay, Value::String(text)) => match MonthDay::parse(text) {
                Some(day) => day.words(self.lang),
                None => text.clone(),
            },
            (Shape::When, Value::String(text)) => match When::parse(text) {
                Some(semester @ When::Semester(..)) => semester.words(self.lang),
                _ => text.clone(),
            },
            (_, value) => plain(value),
        }
    }

    /// A length of time: `2 years` is «2 år».
    fn duration(&self, text: &str) -> String {
        let (count, unit) = text.split_once(' ').unwrap_or(("1", text));
        let one = count == "1";
        let unit = match (unit.trim_end_matches('s'), self.lang) {
            ("year", Lang::Nn | Lang::Nb) => "år",
            ("semester", Lang::Nn) => "semester",
            ("semester", Lang::Nb) => {
                if one {
                    "semester"
                } else {
                    "semestre"
                }
            }
            ("month", Lang::Nn) => {
                if one {
                    "månad"
                } else {
                    "månader"
                }
            }
            ("month", Lang::Nb) => {
                if one {
                    "måned"
                } else {
                    "måneder"
                }
            }
            ("week", Lang::Nn) => {
                if one {
                    "veke"
                } else {
                    "veker"
                }
            }
            ("week", Lang::Nb) => {
                if one {
                    "uke"
                } else {
                    "uker"
                }
            }
            ("day", Lang::Nn) => {
                if one {
                    "dag"
                } else {
                    "dagar"
                }
            }
            ("day", Lang::Nb) => {
                if one {
                    "dag"
                } else {
                    "dager"
                }
            }
            _ => unit,
        };
        format!("{count} {unit}")
    }

    /// What a duty demands of each record of these kinds.
    fn requirements(&self, kinds: &[RecordKind], entries: &[Value]) -> String {
        let entries: Vec<_> = entries.iter().filter_map(crate::read::Value::of_json).collect();
        condition::requirements(kinds, &entries.iter().collect::<Vec<_>>(), self)
    }

    /// A small table on one line: its first value bare, the others with their keys.
    fn table(&self, key: &str, fields: &[crate::read::FieldInfo], map: &serde_json::Map<String, Value>) -> String {
        let mut parts = Vec::new();
        for field in fields {
            let Some(value) = map.get(field.key) else { continue };
            let text = match (field.key, value) {
                ("require", Value::Array(entries)) => {
                    self.requirements(&condition::kinds_of(map.get("per").and_then(|per| per.get("record"))), entries)
                }
                _ => self.value_of(field.key, &field.shape, value),
            };
            let label = label_within(key, field.key);
            let label = label.map_or_else(|| field.key.to_owned(), |label| label.get(self.lang).to_lowercase());
            parts.push(if parts.is_empty() && field.required { text } else { format!("{label}: {text}") });
        }
        match &*parts {
            [] => String::new(),
            [one] => one.clone(),
            [first, rest @ ..] => format!("{first} ({})", rest.join(", ")),
        }
    }
}

/// The name that an organisation had in a year: the one that it left last, if it left it after the year began.
#[must_use]
pub fn name_in(organisation: &Organisation, year: i32) -> &Text {
    organisation
        .formerly
        .iter()
        .filter(|former| former.to.year() >= year && former.from.is_none_or(|from| from.year() <= year))
        .min_by_key(|former| former.to.year())
        .map_or(&organisation.name, |former| &former.name)
}

/// A text that has been through JSON.
pub(crate) fn text_of(value: &Value) -> Text {
    match value {
        Value::Object(map) => Text::ByLanguage(
            Text::LANGUAGES.iter().filter_map(|code| Some((*code, map.get(*code)?.as_str()?.into()))).collect(),
        ),
        value => Text::Plain(value.as_str().unwrap_or_default().into()),
    }
}

/// A count that has been through JSON.
pub(crate) fn count_of(value: &Value) -> Count {
    let quality = match value["quality"].as_str() {
        Some("exact") => Quality::Exact,
        Some("at-least") => Quality::AtLeast,
        Some("about") => Quality::About,
        Some("at-least-about") => Quality::AtLeastAbout,
        _ => Quality::NotRecorded,
    };
    let thousandths = (value["value"].as_f64().unwrap_or(0.0) * 1000.0).round() as u64;
    Count::new(thousandths, quality, value["words"].as_str().map(Into::into))
}

/// Any value without brackets: the conditions of an obligation.
fn plain(value: &Value) -> String {
    let joined = |values: &[Value], between: &str| values.iter().map(plain).collect::<Vec<_>>().join(between);
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => joined(values, if values.iter().any(Value::is_object) { "; " } else { ", " }),
        Value::Object(map) => {
            let parts: Vec<_> = map.iter().map(|(key, value)| format!("{key} = {}", plain(value))).collect();
            parts.join("; ")
        }
        value => value.to_string(),
    }
}

/// `A, B og C`
#[must_use]
pub fn listed(list: &[String], lang: Lang) -> String {
    match list {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => {
            let most = most.join(", ");
            say!(lang, nn: "{most} og {last}", nb: "{most} og {last}", en: "{most} and {last}")
        }
    }
}

/// The text with a capital first letter.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Compares as Norwegian sorts.
#[must_use]
pub fn norwegian() -> CollatorBorrowed<'static> {
    let mut options = CollatorOptions::default();
    options.strength = Some(Strength::Tertiary);
    Collator::try_new(locale!("nb").into(), options).unwrap_or_else(|_| unreachable!("the data for nb is compiled in"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_norwegian_order() {
        let golden = "Aremark,Ð,Evje og Hornnes,Kåfjord,Kaarstad,Odda,Sør-Odal,Sørfold,Ý,ü,Zimmer,Ä,Ærfugl,Ö,Østfold,\
                      Øygarden,Å,aa,Ål,Ås,Aasen";
        let golden: Vec<_> = golden.split(',').collect();
        let mut names = golden.clone();
        names.reverse();
        let collator = norwegian();
        names.sort_by(|a, b| collator.compare(a, b));
        assert_eq!(names, golden);
    }
}
