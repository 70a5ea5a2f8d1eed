//! Reads one file, and says in three languages what is wrong with it.

use toml_spanner::{ArrayStyle, Item, Table, TableStyle, Value as Toml};

use super::newer::{Newer, has_newer_signs, is_newer_table, newer};
use super::shape::{shown, type_name};
use super::syntax::{first_definition, syntax_words, word_around};
use super::{Address, Field, FieldInfo, Shape};
use crate::date::When;
use crate::diagnostic::{At, Diagnostic, Edit, Fix, Place, Rule};
use crate::lang::Said;
use crate::source::{Bytes, FileId, KeyPath, Step, first_line, spellings};
use crate::spelling::{did_you_mean, is_slip, likeliest, nearest, quoted, slip};
use crate::{rules, say};

/// How many problems of one file are kept; more can only come from a file that is no record.
const MOST_PROBLEMS: usize = 1000;

/// Reads one file's tree and keeps what is wrong with it.
#[derive(Debug)]
pub struct Reader<'s> {
    pub(super) file: FileId,
    pub(super) text: &'s str,
    pub(super) path: KeyPath,
    pub(super) root: fn() -> Vec<FieldInfo>,
    /// Lines of broken table headers: what follows each up to the next good header may belong elsewhere.
    unsure: Vec<std::ops::Range<u32>>,
    /// Whether parts of the file could not be parsed, so that absence proves nothing.
    pub(super) partial: bool,
    /// What was found wrong.
    pub problems: Vec<Diagnostic>,
    /// Ways to reach somebody, outside an organisation's `contact`.
    pub addresses: Vec<Address>,
    /// Whether a value was lost.
    pub broken: bool,
    /// Whether a table was met that may be written as only TOML 1.1 allows.
    newer_tables: bool,
}

impl<'s> Reader<'s> {
    /// A reader of `text`, whose top level has the keys `root`.
    #[must_use]
    pub fn new(file: FileId, text: &'s str, root: fn() -> Vec<FieldInfo>) -> Self {
        Self {
            file,
            text,
            path: KeyPath::default(),
            root,
            unsure: Vec::new(),
            partial: false,
            problems: Vec::new(),
            addresses: Vec::new(),
            broken: false,
            newer_tables: false,
        }
    }

    /// Parses the text and reads it as a `T`, reporting every problem on the way.
    pub fn document<T: Field>(&mut self) -> T {
        let arena = toml_spanner::Arena::new();
        let document = toml_spanner::parse_recoverable(self.text, &arena);
        if document.has_errors() {
            self.partial = true;
            self.broken = true;
            self.syntax(document.errors());
        }
        let value = T::read(document.table().as_item(), self).unwrap_or_default();
        // What is not read, since nothing like it belongs there, has been told; then the text is looked at whole.
        if !self.partial && (self.newer_tables || self.broken || has_newer_signs(self.text)) {
            self.newer();
        }
        self.personal(document.table());
        value
    }

    /// Reports what only TOML 1.1 has. Nothing is lost by it.
    fn newer(&mut self) {
        for (newer, at) in newer(self.text) {
            // A time of day is no value of any key, which has been said then.
            let told = |problem: &Diagnostic| {
                std::ptr::eq(problem.rule, &rules::WRONG_TYPE)
                    && matches!(&problem.place.at, At::Bytes(place, _) if place.start <= at.start && at.end <= place.end)
            };
            if self.problems.len() >= MOST_PROBLEMS || newer == Newer::Time && self.problems.iter().any(told) {
                continue;
            }
            let (message, hint) = newer.words();
            self.problems.push(Diagnostic::new(&rules::NEWER_TOML, self.place_of(at), message).hint(hint));
        }
    }

    fn syntax(&mut self, errors: &[toml_spanner::Error]) {
        for error in errors {
            let span = error.span();
            let line =
                self.text[..self.text.floor_char_boundary(span.start as usize)].rfind('\n').map_or(0, |at| at + 1);
            let unsure = self.unsure.iter().any(|range| range.contains(&span.start));
            let repeated = matches!(
                error.kind(),
                toml_spanner::ErrorKind::DuplicateKey { .. } | toml_spanner::ErrorKind::DottedKeyInvalidType { .. }
            );
            if unsure && repeated {
                continue;
            }
            if self.text[line..].trim_start().starts_with('[') {
                let next = self.text[line..]
                    .match_indices("\n[")
                    .map(|(at, _)| line + at + 1)
                    .next()
                    .unwrap_or(self.text.len());
                self.unsure.push(line as u32..next as u32);
            }
            if let toml_spanner::ErrorKind::RedefineAsArray { first } = error.kind() {
                // Of [x] and [[x]] the second place tells what is wrong with both.
                let header = first_line(self.text, Bytes { start: first.start, end: self.text.len() as u32 });
                let line = self.text[..header.start as usize].rfind('\n').map_or(0, |at| at as u32 + 1);
                if self.text[line as usize..].starts_with('[') {
                    self.unsure.push(line..header.end);
                }
            }
            let (rule, message, hint) = syntax_words(error, self.text);
            // A time that is no time is pointed at as a whole.
            let unreadable_time = std::ptr::eq(rule, &rules::IMPOSSIBLE_DATE);
            let at = if unreadable_time { word_around(self.text, span.start) } else { span.into() };
            let mut diagnostic = Diagnostic::new(rule, self.place_of(at), message);
            diagnostic.hint = hint;
            if let Some((first, words)) = first_definition(error) {
                diagnostic = diagnostic.related(self.place_of(first), words);
            }
            self.problems.push(diagnostic);
        }
    }

    fn place_of(&self, bytes: Bytes) -> Place {
        Place { file: self.file, at: At::Bytes(first_line(self.text, bytes), self.path.clone()) }
    }

    /// Whether so much is wrong that more of the rule would help nobody. Other rules may still matter more.
    fn is_full(&self, rule: &'static Rule) -> bool {
        let same = |problem: &&Diagnostic| std::ptr::eq(problem.rule, rule);
        self.problems.len() >= MOST_PROBLEMS && self.problems.iter().filter(same).count() >= MOST_PROBLEMS / 2
    }

    /// Reports a problem with a value or key; the value is lost.
    pub fn report(&mut self, rule: &'static Rule, at: impl Into<Bytes>, message: Said, hint: Option<Said>) {
        self.report_fixable(rule, at, message, hint, None);
    }

    fn report_fixable(
        &mut self,
        rule: &'static Rule,
        at: impl Into<Bytes>,
        message: Said,
        hint: Option<Said>,
        fix: Option<Fix>,
    ) {
        self.broken = true;
        let at = at.into();
        if self.is_full(rule) || self.unsure.iter().any(|range| range.contains(&at.start)) {
            return;
        }
        let mut diagnostic = Diagnostic::new(rule, self.place_of(at), message);
        diagnostic.hint = hint;
        // In a text that is only half understood, nothing is sure.
        diagnostic.fix = fix.filter(|_| !self.partial);
        self.problems.push(diagnostic);
    }

    /// Reports a word that its list has already. Nothing is lost by it.
    pub(super) fn repeated(&mut self, item: &Item<'_>, word: &str) {
        let at: Bytes = item.span().into();
        if self.is_full(&rules::REPEATED_VALUE) || self.unsure.iter().any(|range| range.contains(&at.start)) {
            return;
        }
        let (key, word) = (self.key(), quoted(word));
        let message = say!(
            nn: "«{word}» står meir enn éin gong i «{key}»",
            nb: "«{word}» står mer enn én gang i «{key}»",
            en: "\"{word}\" stands more than once in \"{key}\"",
        );
        let hint = say!(
            nn: "ta det bort her, eller skriv det som var meint i staden",
            nb: "ta det bort her, eller skriv det som var ment i stedet",
            en: "remove it here, or write what was meant instead",
        );
        self.problems.push(Diagnostic::new(&rules::REPEATED_VALUE, self.place_of(at), message).hint(hint));
    }

    /// The last key on the way here, for messages.
    fn key(&self) -> &'static str {
        self.path
            .0
            .iter()
            .rev()
            .find_map(|step| if let Step::Key(key) = step { Some(*key) } else { None })
            .unwrap_or("")
    }

    /// Reads the value of a key.
    pub fn field<T: Field>(&mut self, key: &'static str, item: &Item<'_>) -> Option<T> {
        self.path.0.push(Step::Key(key));
        let value = self.value(item);
        if value.as_ref().is_some_and(T::is_blank) {
            self.blank(item);
        }
        self.path.0.pop();
        value
    }

    /// Reads a value where the path leads.
    pub(super) fn value<T: Field>(&mut self, item: &Item<'_>) -> Option<T> {
        self.look_at_braces(item);
        T::read(item, self)
    }

    /// Looks at how a table is written, whatever it says.
    pub(super) fn look_at_braces(&mut self, item: &Item<'_>) {
        self.newer_tables |= is_newer_table(item, self.text);
    }

    /// Reports a text that says nothing, where one must be there.
    fn blank(&mut self, item: &Item<'_>) {
        let key = self.key();
        self.report(
            &rules::MALFORMED_VALUE,
            item.span(),
            say!(nn: "«{key}» er tom", nb: "«{key}» er tom", en: "\"{key}\" is empty"),
            Some(say!(
                nn: "skriv det som skal stå der; utan det kan ingen sjå kva dette er",
                nb: "skriv det som skal stå der; uten det kan ingen se hva dette er",
                en: "write what is to stand there; without it nobody can tell what this is",
            )),
        );
    }

    /// Reports a year of a date that no record can be about.
    pub(super) fn out_of_range<T>(&mut self, item: &Item<'_>, year: &str) -> Option<T> {
        let key = self.key();
        let (first, last) = (When::YEARS.start(), When::YEARS.end());
        self.report(
            &rules::MALFORMED_VALUE,
            item.span(),
            say!(nn: "året i «{key}» er {year}", nb: "året i «{key}» er {year}", en: "the year of \"{key}\" is {year}"),
            Some(say!(
                nn: "rett årstalet: det må liggje mellom {first} og {last}",
                nb: "rett årstallet: det må ligge mellom {first} og {last}",
                en: "correct the year: it must lie between {first} and {last}",
            )),
        );
        None
    }

    /// Reports a value of another type than `shape`.
    pub fn wrong_type<T>(&mut self, item: &Item<'_>, shape: &Shape) -> Option<T> {
        let (key, wanted, found) = (self.key(), shape.wanted(), type_name(item));
        let Said { nn, nb, en } = found;
        let message = say!(nn: "verdien av «{key}» er {nn}", nb: "verdien av «{key}» er {nb}", en: "the value of \"{key}\" is {en}");
        let Said { nn, nb, en } = wanted;
        let hint = match (shape, item.as_table()) {
            (Shape::List(each), Some(_)) if matches!(**each, Shape::Table(_)) => say!(
                nn: "skriv [[{key}]] med doble klammer: det kan vere fleire",
                nb: "skriv [[{key}]] med doble klammer: det kan være flere",
                en: "write [[{key}]] with double brackets: there may be several",
            ),
            _ => say!(nn: "det skal vere {nn}", nb: "det skal være {nb}", en: "it must be {en}"),
        };
        let bytes = Bytes::from(item.span());
        let raw = &self.text[bytes.start as usize..bytes.end as usize];
        let fix = retyped(item, raw, shape).map(|text| {
            let title = say!(nn: "{raw} blir {text}", nb: "{raw} blir {text}", en: "{raw} becomes {text}");
            Fix { title, edits: vec![self.edit(bytes, text)], rename: None }
        });
        self.report_fixable(&rules::WRONG_TYPE, bytes, message, Some(hint), fix);
        None
    }

    /// Reports a value of the right type that can't be read as what it should be.
    pub fn malformed<T>(&mut self, item: &Item<'_>, shape: &Shape) -> Option<T> {
        self.unfit(item, shape.wanted())
    }

    /// Reports a value of the right type that can't be read as what is wanted.
    pub fn unfit<T>(&mut self, item: &Item<'_>, wanted: Said) -> Option<T> {
        let (key, value) = (self.key(), shown(item));
        let Said { nn, nb, en } = wanted;
        self.report(
            &rules::MALFORMED_VALUE,
            item.span(),
            say!(nn: "{value} passar ikkje i «{key}»", nb: "{value} passer ikke i «{key}»", en: "{value} does not fit in \"{key}\""),
            Some(say!(nn: "det skal vere {nn}", nb: "det skal være {nb}", en: "it must be {en}")),
        );
        None
    }

    /// Reports a required key that is not there.
    pub fn missing(&mut self, table: Bytes, key: &'static str, shape: &Shape) {
        self.broken = true;
        if self.partial {
            return;
        }
        let Said { nn, nb, en } = shape.wanted();
        let (i, within) = in_table(&self.path);
        self.report(
            &rules::MISSING_KEY,
            table,
            say!(nn: "nøkkelen «{key}» manglar{i}", nb: "nøkkelen «{key}» mangler{i}", en: "the key \"{key}\" is missing{within}"),
            Some(say!(nn: "legg til {key} = …; det skal vere {nn}", nb: "legg til {key} = …; det skal være {nb}", en: "add {key} = …; it must be {en}")),
        );
    }

    /// Reports a key that `table` can't have, since only `own` belong there: known elsewhere, misspelt, or neither.
    pub fn unknown(&mut self, key: &toml_spanner::Key<'_>, table: &Table<'_>, own: &[&'static str]) {
        if self.is_full(&rules::UNKNOWN_KEY) || self.is_full(&rules::MISPLACED_KEY) {
            return;
        }
        let name = quoted(key.name);
        let mut tables = Vec::new();
        Shape::Table(self.root).tables("", false, &mut tables);
        let here = header_of(&self.path);
        let elsewhere: Vec<String> = tables
            .iter()
            .filter(|(header, fields)| *header != here && fields.iter().any(|field| field.key == key.name))
            .map(|(header, _)| header.clone())
            .collect();
        let fields = tables.iter().find(|(header, _)| *header == here).map_or(&[][..], |(_, fields)| fields);
        let near = meant(key.name, table, own, fields);
        if near.is_empty() && !elsewhere.is_empty() {
            let stands = if here.is_empty() {
                say!(nn: "øvst i fila", nb: "øverst i filen", en: "at the top of the file")
            } else {
                say!(nn: "under {here}", nb: "under {here}", en: "under {here}")
            };
            let hint = if elsewhere.iter().any(String::is_empty) {
                say!(
                    nn: "flytt linja opp, over den fyrste linja som byrjar med [",
                    nb: "flytt linjen opp, over den første linjen som begynner med [",
                    en: "move the line up, above the first line that begins with [",
                )
            } else {
                let headers = elsewhere.join(", ");
                say!(nn: "flytt linja til under {headers}", nb: "flytt linjen til under {headers}", en: "move the line to below {headers}")
            };
            let Said { nn, nb, en } = stands;
            self.report(
                &rules::MISPLACED_KEY,
                key.span,
                say!(nn: "nøkkelen «{name}» står {nn}, der han ikkje høyrer heime", nb: "nøkkelen «{name}» står {nb}, der den ikke hører hjemme", en: "the key \"{name}\" is {en}, where it does not belong"),
                Some(hint),
            );
            return;
        }
        let hint = did_you_mean(&near).unwrap_or_else(|| {
            let keys = own.join(", ");
            say!(nn: "nøklane som kan stå her, er {keys}", nb: "nøklene som kan stå her, er {keys}", en: "possible here: {keys}")
        });
        let (i, within) = in_table(&self.path);
        let fix = if elsewhere.is_empty() { self.respelt(key, table, own, &near) } else { None };
        self.report_fixable(
            &rules::UNKNOWN_KEY,
            key.span,
            say!(nn: "nøkkelen «{name}» finst ikkje{i}", nb: "nøkkelen «{name}» finnes ikke{i}", en: "\"{name}\" is not a key{within}"),
            Some(hint),
            fix,
        );
    }

    /// The key as it was meant, if there is no doubt: the table has neither that key nor another slip of it.
    fn respelt(&self, key: &toml_spanner::Key<'_>, table: &Table<'_>, own: &[&str], near: &[&str]) -> Option<Fix> {
        const LARGEST: usize = 1 << 16; // it is parsed again for every place of the key
        let meant = slip(key.name, near.iter().copied())?;
        let other_slip = |other: &str| other != key.name && !own.contains(&other) && is_slip(other, meant);
        if table.contains_key(meant) || table.iter().any(|(other, _)| other_slip(other.name)) {
            return None;
        }
        let once = match table.get(key.name)?.value() {
            Toml::Table(table) => table.style() == TableStyle::Inline,
            Toml::Array(list) => list.style() == ArrayStyle::Inline,
            _ => true,
        };
        let places = if once {
            vec![key.span.into()]
        } else {
            Some(self.text)
                .filter(|text| text.len() <= LARGEST)
                .and_then(|text| spellings(text, &self.path, key.name, meant))?
        };
        let edit = |bytes: Bytes| self.edit(bytes, meant.to_owned());
        Some(Fix::respelling(key.name, meant, places.into_iter().map(edit).collect()))
    }

    fn edit(&self, bytes: Bytes, text: String) -> Edit {
        let was = self.text[bytes.start as usize..bytes.end as usize].to_owned();
        Edit { at: At::Bytes(bytes, self.path.clone()), was, text }
    }

    /// Reads a word of a closed list by its place in `words`.
    pub fn choice(&mut self, item: &Item<'_>, words: &'static [&'static str]) -> Option<usize> {
        let shape = Shape::Choice(words, |_| None);
        let Some(word) = item.as_str() else { return self.wrong_type(item, &shape) };
        let found = words.iter().position(|known| *known == word);
        if found.is_none() {
            let (key, shown, all) = (self.key(), quoted(word), words.join(", "));
            let near = nearest(word, words.iter().copied(), 1);
            let hint = match near.first() {
                Some(near) => say!(
                    nn: "meinte du «{near}»? Du kan velje mellom: {all}",
                    nb: "mente du «{near}»? Du kan velge mellom: {all}",
                    en: "did you mean \"{near}\"? You can choose from: {all}",
                ),
                None => say!(nn: "vel mellom: {all}", nb: "velg mellom: {all}", en: "choose from: {all}"),
            };
            let fix = slip(word, words.iter().copied())
                .map(|meant| Fix::respelling(word, meant, vec![self.edit(item.span().into(), format!("\"{meant}\""))]));
            self.report_fixable(
                &rules::UNKNOWN_CHOICE,
                item.span(),
                say!(nn: "«{key}» kan ikkje vere «{shown}»", nb: "«{key}» kan ikke være «{shown}»", en: "\"{shown}\" is not a choice for \"{key}\""),
                Some(hint),
                fix,
            );
        }
        found
    }
}

/// The keys that a misspelt one may have been meant to be. Of several that are equally near, those that its value fits.
fn meant(name: &str, table: &Table<'_>, own: &[&'static str], fields: &[FieldInfo]) -> Vec<&'static str> {
    let near = likeliest(name, own.iter().copied());
    let fits = |key: &&str| {
        let shape = fields.iter().find(|field| field.key == *key).map(|field| &field.shape);
        table.get(name).zip(shape).is_some_and(|(item, shape)| shape.fits(item))
    };
    let fitting: Vec<&str> = near.iter().copied().filter(fits).collect();
    if fitting.is_empty() { near } else { fitting }
}

/// A value that is right but for its quotes, with them or without, as TOML.
fn retyped(item: &Item<'_>, raw: &str, shape: &Shape) -> Option<String> {
    let number = |text: &str| text.len() <= 9 && text.parse::<u32>().is_ok_and(|number| number.to_string() == text);
    match (shape, item.value()) {
        (Shape::Year | Shape::Whole(_), Toml::String(text)) if number(text) => Some((*text).to_owned()),
        (Shape::Day, Toml::String(text)) if matches!(When::parse(text), Some(When::Day(_))) => Some((*text).to_owned()),
        (Shape::When, Toml::Integer(_)) if matches!(When::parse(raw), Some(When::Year(_))) => {
            Some(format!("\"{raw}\""))
        }
        (Shape::Flag, Toml::String(text)) if matches!(*text, "true" | "false") => Some((*text).to_owned()),
        _ => None,
    }
}

/// The header under which a table stands: `[[run]]`, `[referral]`, nothing at the top.
fn header_of(path: &KeyPath) -> String {
    let keys: Vec<_> =
        path.0.iter().filter_map(|step| if let Step::Key(key) = step { Some(*key) } else { None }).collect();
    match path.0.last() {
        None => String::new(),
        Some(Step::Index(_)) => format!("[[{}]]", keys.join(".")),
        Some(Step::Key(_)) => format!("[{}]", keys.join(".")),
    }
}

/// " i [[run]]" and " in [[run]]", or nothing at the top.
fn in_table(path: &KeyPath) -> (String, String) {
    match header_of(path) {
        header if header.is_empty() => (String::new(), String::new()),
        header => (format!(" i {header}"), format!(" in {header}")),
    }
}
