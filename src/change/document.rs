//! A change as a brief for whoever reviews it: first what it comes to, last every field.

mod counted;
mod unread;

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use super::{Brief, Effect, FieldChange, RecordChange, State};
use crate::check::{Finding, Silence};
use crate::document::Document;
use crate::mandate::wording::some_of;
use crate::names::Names;
use crate::say;
use crate::sheet::{Cell, Column, Sheet};

/// How a brief is shown.
#[derive(Clone, Debug)]
pub struct Shown<'a> {
    /// What things were called before, and are called now.
    pub names: [Names<'a>; 2],
    /// The heading.
    pub title: String,
    /// The command that shows all of it.
    pub command: String,
    /// Whether what is before and now stands in tables, or line by line.
    pub tables: bool,
    /// How many points or rows of each list are told; the others are counted.
    pub most: usize,
    /// Of how many records the fields are told; the others are counted.
    pub records: usize,
}

/// The brief in words; nothing at all for a change of nothing.
#[must_use]
pub fn document(brief: &Brief, shown: &Shown<'_>) -> Document {
    let mut page = Page { brief, shown, page: Document::new(brief.lang), is_cut: false };
    if !brief.is_empty() {
        page.all();
    }
    page.page
}

/// How many records are named on one line where there is no room for all.
const NAMED: usize = 10;

struct Page<'b> {
    brief: &'b Brief,
    shown: &'b Shown<'b>,
    page: Document,
    /// Whether something was only counted.
    is_cut: bool,
}

impl Page<'_> {
    fn all(&mut self) {
        let (lang, effects) = (self.brief.lang, &self.brief.effects);
        self.page.heading(1, self.shown.title.clone());
        if self.brief.comparable {
            self.page.paragraph(counted::counted(self.brief));
        }
        self.unread();
        for state in [State::Removed, State::Added] {
            let lines = self.of(state).map(|record| self.line(record)).collect();
            self.list(&self.heading_of(state), lines);
        }
        self.effects(&say!(lang, nn: "Tal", nb: "Tall", en: "Figures"), &effects.figures);
        self.effects(&say!(lang, nn: "Fristar", nb: "Frister", en: "Deadlines"), &effects.deadlines);
        self.effects(&say!(lang, nn: "Plassar", nb: "Plasser", en: "Seats"), &effects.seats);
        self.findings();
        self.owners();
        self.fields();
        if self.is_cut {
            let command = &self.shown.command;
            self.page.paragraph(say!(lang,
                nn: "Ikkje alt fekk plass her. «{command}» viser alt.",
                nb: "Ikke alt fikk plass her. «{command}» viser alt.",
                en: "Not everything had room here. “{command}” shows all of it.",
            ));
        }
    }

    fn of(&self, state: State) -> impl Iterator<Item = &RecordChange> {
        self.brief.records.iter().filter(move |record| record.state == state)
    }

    /// How many records are named on one line.
    fn named(&self) -> usize {
        if self.shown.most == usize::MAX { usize::MAX } else { NAMED }
    }

    fn heading_of(&self, state: State) -> String {
        format!("{} ({})", state.label().get(self.brief.lang), self.of(state).count())
    }

    /// Points under a heading, as many as there is room for; nothing for none.
    fn list(&mut self, heading: &str, mut points: Vec<String>) {
        if points.is_empty() {
            return;
        }
        self.page.heading(2, heading);
        let rest = points.len().saturating_sub(self.shown.most);
        points.truncate(self.shown.most);
        self.page.list(points);
        self.more(rest);
    }

    fn more(&mut self, rest: usize) {
        if rest > 0 {
            self.is_cut = true;
            let lang = self.brief.lang;
            self.page.paragraph(say!(lang, nn: "… og {rest} til.", nb: "… og {rest} til.", en: "… and {rest} more."));
        }
    }

    /// Rows of what it is, how it was, how it is now.
    fn rows(&mut self, what: String, mut rows: Vec<[String; 3]>) {
        let rest = rows.len().saturating_sub(self.shown.most);
        rows.truncate(self.shown.most);
        if self.shown.tables {
            let lang = self.brief.lang;
            let columns = vec![
                Column::new("what", what),
                Column::new("old", say!(lang, nn: "Før", nb: "Før", en: "Before")),
                Column::new("new", say!(lang, nn: "No", nb: "Nå", en: "Now")),
            ];
            let rows = rows.into_iter().map(|row| row.map(Cell::text).to_vec()).collect();
            self.page.table(Sheet { id: "change", caption: "".into(), columns, rows });
        } else {
            let shown = |text: String| if text.is_empty() { "–".to_owned() } else { text };
            let line = |[what, old, new]: [String; 3]| format!("{what}: {} → {}", shown(old), shown(new));
            self.page.list(rows.into_iter().map(line).collect());
        }
        self.more(rest);
    }

    /// `Kols-skule (offerings/kols-skule; Stord)`
    fn line(&self, record: &RecordChange) -> String {
        let itself = record.path.rsplit('/').next();
        let whose = record.whose.iter().filter(|id| Some(id.as_str()) != itself).map(|id| self.short(id));
        let whose = some_of(&whose.collect::<Vec<_>>(), NAMED, self.brief.lang);
        let path = match &record.was {
            Some(was) => format!("{was} → {}", record.path),
            None => record.path.clone(),
        };
        match (record.title == record.path, whose.is_empty()) {
            (true, true) => path,
            (true, false) => format!("{path} ({whose})"),
            (false, true) => format!("{} ({path})", record.title),
            (false, false) => format!("{} ({path}; {whose})", record.title),
        }
    }

    /// What people call an organisation or network, also one that is gone.
    fn short(&self, id: &str) -> String {
        let [before, now] = &self.shown.names;
        let gone = now.registry.organisations.get(id).is_none() && now.registry.networks.get(id).is_none();
        if gone { before.short(id) } else { now.short(id) }
    }

    fn effects(&mut self, heading: &str, effects: &[Effect]) {
        if effects.is_empty() {
            return;
        }
        self.page.heading(2, heading);
        let rows = effects.iter().map(|effect| [effect.label.clone(), effect.old.clone(), effect.new.clone()]);
        self.rows(say!(self.brief.lang, nn: "Kva", nb: "Hva", en: "What"), rows.collect());
    }

    fn findings(&mut self) {
        let (brief, lang) = (self.brief, self.brief.lang);
        let told = |finding: &Finding| {
            let line = finding.place.excerpt.as_ref().map_or(1, |excerpt| excerpt.start.line);
            format!("{}:{line} {}: {}", finding.place.path, finding.rule.id, finding.message.get(lang))
        };
        let silenced = |(finding, why): &(Finding, Silence)| format!("{} ({})", told(finding), why.label().get(lang));
        for (heading, points) in [
            (say!(lang, nn: "Nye funn", nb: "Nye funn", en: "New findings"), brief.new.iter().map(told).collect()),
            (
                say!(lang, nn: "Retta funn", nb: "Rettede funn", en: "Fixed findings"),
                brief.gone.fixed.iter().map(told).collect::<Vec<_>>(),
            ),
            (
                say!(lang,
                    nn: "Funn som står att, men ikkje blir viste lenger",
                    nb: "Funn som står igjen, men ikke vises lenger",
                    en: "Findings that remain but are no longer shown",
                ),
                brief.gone.silenced.iter().map(silenced).collect(),
            ),
        ] {
            self.list(&format!("{heading} ({})", points.len()), points);
        }
    }

    /// Whose records they are, so that those who should look can be asked.
    fn owners(&mut self) {
        let lang = self.brief.lang;
        let mut owners: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for record in &self.brief.records {
            for owner in &record.whose {
                owners.entry(owner).or_default().push(record.path.clone());
            }
        }
        let named = self.named();
        self.is_cut |= owners.values().any(|paths| paths.len() > named);
        let point =
            |(owner, paths): (&&str, &Vec<String>)| format!("{}: {}", self.short(owner), some_of(paths, named, lang));
        let points = owners.iter().map(point).collect();
        self.list(&say!(lang, nn: "Kven det gjeld", nb: "Hvem det gjelder", en: "Whose records"), points);
    }

    /// What has another id, and what changed, field by field.
    fn fields(&mut self) {
        let lang = self.brief.lang;
        let (mut room, mut told) = (self.shown.records, false);
        for state in [State::Renamed, State::Changed] {
            let records: Vec<&RecordChange> = self.brief.records.iter().filter(|one| one.state == state).collect();
            if records.is_empty() {
                continue;
            }
            self.page.heading(2, self.heading_of(state));
            if !mem::replace(&mut told, true) {
                self.followed();
            }
            let shown = records.len().min(room);
            room -= shown;
            for record in &records[..shown] {
                self.page.heading(3, self.line(record));
                let rows = record.fields.iter().map(|change| self.row(change)).collect();
                self.rows(say!(lang, nn: "Felt", nb: "Felt", en: "Field"), rows);
            }
            let (rest, all) = (records.len() - shown, records.len());
            if rest > 0 {
                self.is_cut = true;
                self.page.paragraph(say!(lang,
                    nn: "Felta i {rest} av {all} postar er ikkje viste.",
                    nb: "Feltene i {rest} av {all} poster er ikke vist.",
                    en: "The fields of {rest} of {all} records are not shown.",
                ));
            }
        }
    }

    /// That references follow the new ids, in one line.
    fn followed(&mut self) {
        let lang = self.brief.lang;
        let records: BTreeSet<&str> = self.brief.followed.iter().map(|followed| &*followed.record).collect();
        let (fields, count) = (self.brief.followed.len(), records.len());
        let records: Vec<String> = records.into_iter().map(ToOwned::to_owned).collect();
        let some = some_of(&records, self.named(), lang);
        if fields > 0 {
            self.is_cut |= count > self.named();
            self.page.paragraph(match count {
                1 => say!(lang,
                    nn: "Tilvisingane følgjer med i 1 post: {some}.",
                    nb: "Henvisningene følger med i 1 post: {some}.",
                    en: "References follow in 1 record: {some}.",
                ),
                _ => say!(lang,
                    nn: "Tilvisingane følgjer med i {count} postar: {some}.",
                    nb: "Henvisningene følger med i {count} poster: {some}.",
                    en: "References follow in {count} records: {some}.",
                ),
            });
        }
    }

    fn row(&self, change: &FieldChange) -> [String; 3] {
        let lang = self.brief.lang;
        let (out, come) = (say!(lang, nn: "ut", nb: "ut", en: "out"), say!(lang, nn: "inn", nb: "inn", en: "in"));
        let told = |side: usize, sign: &str| match (&*change.words[side], change.parts) {
            ("", _) => String::new(),
            (words, true) => format!("{sign}: {words}"),
            (words, false) => words.to_owned(),
        };
        [change.label.clone(), told(0, &out), told(1, &come)]
    }
}
