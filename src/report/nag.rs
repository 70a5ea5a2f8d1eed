//! Messages to those who owe what is overdue or due soon, ready to be pasted into a letter.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::deadlines::{Deadlines, Query, compute as due, one_json};
use crate::date::{Date, day_words};
use crate::document::Document;
use crate::lang::{Lang, Text};
use crate::mandate::wording::{distance, quoted, who};
use crate::mandate::{Mandates, Occurrence, Status, What};
use crate::names::{Names, listed};
use crate::say;

/// Messages, one for each party.
#[derive(Debug)]
pub struct Nag<'a> {
    /// The day on which they are written.
    pub day: Date,
    /// The last due date that is told.
    pub until: Date,
    /// In the order of the names of those whom they go to.
    pub messages: Vec<Message<'a>>,
    /// How many deadlines nobody is named for.
    pub nobodys: usize,
}

/// A message to one party, in its language.
#[derive(Debug)]
pub struct Message<'a> {
    /// The party.
    pub to: &'a str,
    /// Its language.
    pub lang: Lang,
    /// What is overdue, the oldest first.
    pub overdue: Vec<Occurrence<'a>>,
    /// What is due by the last day, the next first.
    pub soon: Vec<Occurrence<'a>>,
}

/// Writes to everybody who owes something, in the language that `lang` finds for a party.
#[must_use]
pub fn compute<'a>(mandates: &Mandates<'a>, query: Query, lang: impl Fn(&str) -> Lang) -> Nag<'a> {
    let asked = query.owed_by.clone();
    let Deadlines { query, occurrences, .. } = due(mandates, query);
    let mut nobodys = 0;
    let mut parties: BTreeMap<&'a str, Vec<Occurrence<'a>>> = BTreeMap::new();
    for one in occurrences {
        nobodys += usize::from(one.by.ids.is_empty());
        for id in one.by.ids.clone() {
            let is_asked = |asked: &String| crate::tally::is_part_of(mandates.registry, id, asked, None);
            if asked.as_ref().is_none_or(is_asked) {
                parties.entry(id).or_default().push(one.clone());
            }
        }
    }
    let message = |(to, owed): (&'a str, Vec<Occurrence<'a>>)| {
        let (overdue, soon) = owed.into_iter().partition(|one| one.status == Status::Overdue);
        Message { to, lang: lang(to), overdue, soon }
    };
    let mut messages: Vec<Message<'a>> = parties.into_iter().map(message).collect();
    let (order, registry) = (crate::names::norwegian(), mandates.registry);
    let name = |message: &Message<'a>| Names { registry, lang: message.lang }.body(message.to);
    messages.sort_by(|a, b| order.compare(&name(a), &name(b)));
    Nag { day: query.day, until: query.until, messages, nobodys }
}

impl Nag<'_> {
    /// Each message as a document.
    #[must_use]
    pub fn documents(&self, mandates: &Mandates<'_>) -> Vec<Document> {
        self.messages.iter().map(|message| message.document(self, mandates)).collect()
    }

    /// For machines: lmnet-nag version 1.
    #[must_use]
    pub fn json(&self, mandates: &Mandates<'_>) -> Value {
        let message = |message: &Message<'_>| {
            let names = Names { registry: mandates.registry, lang: message.lang };
            let lines = |owed: &[Occurrence<'_>]| {
                let line = |one: &Occurrence<'_>| json!({ "line": line(one, &names, self.day), "deadline": one_json(one, &names, self.day) });
                owed.iter().map(line).collect::<Vec<_>>()
            };
            json!({
                "to": message.to,
                "name": names.body(message.to),
                "language": message.lang.code(),
                "subject": message.subject(self, &names),
                "greeting": message.greeting(&names),
                "overdue": lines(&message.overdue),
                "soon": lines(&message.soon),
                "signature": message.signature(&names),
            })
        };
        json!({
            "schema": "lmnet-nag",
            "version": 1,
            "today": self.day.to_string(),
            "until": self.until.to_string(),
            "messages": self.messages.iter().map(message).collect::<Vec<_>>(),
            "nobodys": self.nobodys,
        })
    }
}

impl Message<'_> {
    fn document(&self, nag: &Nag<'_>, mandates: &Mandates<'_>) -> Document {
        let lang = self.lang;
        let names = Names { registry: mandates.registry, lang };
        let mut document = Document::new(lang);
        document.heading(1, self.subject(nag, &names));
        let to = names.body(self.to);
        document.paragraph(say!(lang, nn: "Til: {to}", nb: "Til: {to}", en: "To: {to}"));
        self.greeting(&names).lines().for_each(|line| document.paragraph(line));
        let lines = |owed: &[Occurrence<'_>]| owed.iter().map(|one| line(one, &names, nag.day)).collect::<Vec<_>>();
        if !self.overdue.is_empty() {
            document
                .paragraph(say!(lang, nn: "Dette er over fristen:", nb: "Dette er forfalt:", en: "This is overdue:"));
            document.list(lines(&self.overdue));
        }
        if !self.soon.is_empty() {
            let until = day_words(nag.until, lang);
            document.paragraph(say!(lang,
                nn: "Dette har frist fram til {until}:",
                nb: "Dette har frist fram til {until}:",
                en: "This is due by {until}:",
            ));
            document.list(lines(&self.soon));
        }
        document.paragraph(say!(lang,
            nn: "Er noko av dette gjort? Sei frå, så blir det ført.",
            nb: "Er noe av dette gjort? Si fra, så blir det ført.",
            en: "Has some of this been done? Let us know, and it will be recorded.",
        ));
        self.signature(&names).lines().for_each(|line| document.paragraph(line));
        document
    }

    /// `Fristar i Fjordnett: 1 over fristen, 2 fram til 26. desember 2026`
    fn subject(&self, nag: &Nag<'_>, names: &Names<'_>) -> String {
        let lang = self.lang;
        let mut networks: Vec<&str> = Vec::new();
        for network in self.overdue.iter().chain(&self.soon).flat_map(|one| &one.networks) {
            if !networks.contains(network) {
                networks.push(network);
            }
        }
        let networks = listed(&networks.iter().map(|id| names.short(id)).collect::<Vec<_>>(), lang);
        let (overdue, soon, until) = (self.overdue.len(), self.soon.len(), day_words(nag.until, lang));
        let mut parts = Vec::new();
        if overdue > 0 {
            parts.push(say!(lang, nn: "{overdue} over fristen", nb: "{overdue} forfalt", en: "{overdue} overdue"));
        }
        if soon > 0 {
            parts.push(
                say!(lang, nn: "{soon} fram til {until}", nb: "{soon} fram til {until}", en: "{soon} by {until}"),
            );
        }
        let parts = parts.join(", ");
        match &*networks {
            "" => say!(lang, nn: "Fristar: {parts}", nb: "Frister: {parts}", en: "Deadlines: {parts}"),
            networks => say!(lang,
                nn: "Fristar i {networks}: {parts}",
                nb: "Frister i {networks}: {parts}",
                en: "Deadlines in {networks}: {parts}",
            ),
        }
    }

    fn greeting(&self, names: &Names<'_>) -> String {
        let own = names.registry.manifest.messages.as_ref().and_then(|messages| messages.greeting.as_ref());
        self.chosen(own).unwrap_or_else(|| say!(self.lang, nn: "Hei!", nb: "Hei!", en: "Hello,"))
    }

    fn signature(&self, names: &Names<'_>) -> String {
        let own = names.registry.manifest.messages.as_ref().and_then(|messages| messages.signature.as_ref());
        self.chosen(own).unwrap_or_default()
    }

    fn chosen(&self, own: Option<&Text>) -> Option<String> {
        own.map(|text| text.get(self.lang).trim().to_owned()).filter(|text| !text.is_empty())
    }
}

/// When and how far off, what, to whom, by which clause, and what else there is to know.
fn line(one: &Occurrence<'_>, names: &Names<'_>, day: Date) -> String {
    let lang = names.lang;
    let due = one.due.map(|due| day_words(due, lang)).unwrap_or_default();
    let away = one.days_from(day).map(|days| distance(days, lang)).unwrap_or_default();
    let mut text = format!("{due} ({away})");
    if let Some(period) = one.period.map(|period| period.words(lang)) {
        text += &say!(lang, nn: ", for {period}", nb: ", for {period}", en: ", for {period}");
    }
    let words = one.words(names);
    text += &match one.what {
        What::Duty(..) => format!(": {}", quoted(&words, lang)),
        _ => format!(": {words}"),
    };
    let mut more = one.clauses(names);
    let whom = one.whom(names);
    if !whom.is_empty() {
        more.push(say!(lang, nn: "til {whom}", nb: "til {whom}", en: "to {whom}"));
    }
    if one.by.ids.len() > 1 {
        let who = who(&one.by, names);
        more.push(say!(lang, nn: "gjeld {who}", nb: "gjelder {who}", en: "owed by {who}"));
    }
    more.extend(one.partly(names));
    more.extend(one.remarks(names, day));
    if more.is_empty() { text } else { format!("{text} ({})", more.join("; ")) }
}
