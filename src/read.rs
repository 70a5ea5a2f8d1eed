//! From TOML to typed values, with every shape error of a file and its place.
//!
//! [`record!`] declares a table of a record once: from the one list of fields come its type, its reading, its place in
//! "did you mean", its JSON and the walk over its references. [`words!`] does the same for a closed list.
//!
//! Opens no file and knows no registry: whether a reference points to something is for others to ask.

use std::fmt;
use std::marker::PhantomData;

use serde::ser::{Serialize, SerializeMap, Serializer};
use toml_spanner::{Item, Table, Value as Toml};

use crate::count::{Count, Quality};
use crate::date::{Date, MonthDay, When};
use crate::diagnostic::{At, Diagnostic, Place, Rule};
use crate::lang::{Label, Said, Text};
use crate::source::{Bytes, FileId, KeyPath, Step, first_line};
use crate::{rules, say};

/// A word of a closed list.
pub trait Word: Copy + Send + Sync + 'static {
    /// Every word.
    const WORDS: &'static [&'static str];

    /// The choice with this word.
    fn from_word(word: &str) -> Option<Self>;
}

/// A value that a record can hold. `Default` fills the hole where a value could not be read, so that the rest of its
/// record is still looked at; such a record is marked broken.
pub trait Field: Default + Serialize {
    /// Whether the key may be absent.
    const OPTIONAL: bool = false;

    /// Reads the value, or reports why not.
    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self>;

    /// What may stand here.
    fn shape() -> Shape;

    /// Shows every reference and every dated table inside to `visit`.
    fn walk<'a>(&'a self, _trail: &mut Trail, _visit: &mut dyn FnMut(&Trail, Seen<'a>)) {}

    /// Whether there is nothing to write down.
    fn is_unset(&self) -> bool {
        false
    }
}

/// What may stand in a place: for messages, for "did you mean", for whoever documents the records.
#[derive(Clone, Debug)]
pub enum Shape {
    /// Human text, plain or by language.
    Text,
    /// A string that is no human text.
    String,
    /// One word of a closed list, with what people call the word at each place.
    Choice(&'static [&'static str], fn(usize) -> Option<Label>),
    /// The id of something.
    Reference(Target),
    /// A day, month, semester or year.
    When,
    /// A day.
    Day,
    /// A day of the year: `"11-30"`.
    MonthDay,
    /// A time of day: `"18:00"`.
    ClockTime,
    /// A stretch of time: `"2 years"`.
    Duration,
    /// A calendar year.
    Year,
    /// A whole number.
    Whole,
    /// A count with its quality; with decimals or without.
    Count {
        /// Whether 12.5 is allowed.
        decimals: bool,
    },
    /// True or false.
    Flag,
    /// Several of the same.
    List(Box<Shape>),
    /// A table with these keys.
    Table(fn() -> Vec<FieldInfo>),
    /// The first as a short form of the second.
    Either(Box<Shape>, Box<Shape>),
    /// Any value: conditions of an obligation.
    Free,
}

/// A key of a table.
#[derive(Clone, Debug)]
pub struct FieldInfo {
    /// The key.
    pub key: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// What may stand there.
    pub shape: Shape,
}

impl Shape {
    /// What is wanted, in words that fit after "must be".
    #[must_use]
    pub fn wanted(&self) -> Said {
        match self {
            Self::Text => say!(
                nn: "ein tekst: \"…\" eller {{ nn = \"…\", nb = \"…\" }}",
                nb: "en tekst: \"…\" eller {{ nn = \"…\", nb = \"…\" }}",
                en: "a text: \"…\" or {{ nn = \"…\", nb = \"…\" }}",
            ),
            Self::String => say!(nn: "ein tekst i hermeteikn", nb: "en tekst i anførselstegn", en: "a text in quotes"),
            Self::Choice(words, _) => {
                let words = words.join(", ");
                say!(nn: "eitt av desse orda: {words}", nb: "ett av disse ordene: {words}", en: "one of these words: {words}")
            }
            Self::Reference(_) => say!(nn: "ein id i hermeteikn", nb: "en id i anførselstegn", en: "an id in quotes"),
            Self::When => say!(
                nn: "ei tid: 2016-05-31, \"2016-05\", \"2016-autumn\" eller \"2016\"",
                nb: "en tid: 2016-05-31, \"2016-05\", \"2016-autumn\" eller \"2016\"",
                en: "a time: 2016-05-31, \"2016-05\", \"2016-autumn\" or \"2016\"",
            ),
            Self::Day => say!(
                nn: "ein dato utan hermeteikn: 2016-05-31",
                nb: "en dato uten anførselstegn: 2016-05-31",
                en: "a date without quotes: 2016-05-31",
            ),
            Self::MonthDay => {
                say!(nn: "månad og dag: \"11-30\"", nb: "måned og dag: \"11-30\"", en: "month and day: \"11-30\"")
            }
            Self::ClockTime => {
                say!(nn: "eit klokkeslett: \"18:00\"", nb: "et klokkeslett: \"18:00\"", en: "a time of day: \"18:00\"")
            }
            Self::Duration => say!(
                nn: "ei tidslengd: \"1 year\", \"2 semesters\", \"6 months\"",
                nb: "en tidslengde: \"1 year\", \"2 semesters\", \"6 months\"",
                en: "a length of time: \"1 year\", \"2 semesters\", \"6 months\"",
            ),
            Self::Year => {
                say!(nn: "eit årstal utan hermeteikn: 2016", nb: "et årstall uten anførselstegn: 2016", en: "a year without quotes: 2016")
            }
            Self::Whole => say!(nn: "eit heiltal: 12", nb: "et heltall: 12", en: "a whole number: 12"),
            Self::Count { decimals: false } => say!(
                nn: "eit tal på noko: 12, {{ at-least = 12 }}, {{ about = 12 }} eller \"not-recorded\"",
                nb: "et antall: 12, {{ at-least = 12 }}, {{ about = 12 }} eller \"not-recorded\"",
                en: "a count: 12, {{ at-least = 12 }}, {{ about = 12 }} or \"not-recorded\"",
            ),
            Self::Count { decimals: true } => say!(
                nn: "eit tal: 12, 12.5, {{ at-least = 12 }}, {{ about = 12 }} eller \"not-recorded\"",
                nb: "et tall: 12, 12.5, {{ at-least = 12 }}, {{ about = 12 }} eller \"not-recorded\"",
                en: "a number: 12, 12.5, {{ at-least = 12 }}, {{ about = 12 }} or \"not-recorded\"",
            ),
            Self::Flag => say!(nn: "true eller false", nb: "true eller false", en: "true or false"),
            Self::List(each) => {
                let Said { nn, nb, en } = each.wanted();
                say!(nn: "ei liste, der kvart ledd er {nn}", nb: "en liste, der hvert ledd er {nb}", en: "a list, each part of it {en}")
            }
            Self::Table(fields) => {
                let keys: Vec<_> = fields().iter().map(|field| field.key).collect();
                let keys = keys.join(", ");
                say!(nn: "ein tabell med nøklane {keys}", nb: "en tabell med nøklene {keys}", en: "a table with the keys {keys}")
            }
            Self::Either(short, long) => {
                let (short, long) = (short.wanted(), long.wanted());
                let (a, b) = (&short.nn, &long.nn);
                let nn = format!("{a}, eller {b}");
                let (a, b) = (&short.nb, &long.nb);
                let nb = format!("{a}, eller {b}");
                let (a, b) = (&short.en, &long.en);
                Said { nn, nb, en: format!("{a}, or {b}") }
            }
            Self::Free => say!(nn: "ein verdi", nb: "en verdi", en: "a value"),
        }
    }

    /// The tables inside, each with how a person reaches it (`[[run]]`, `[referral]`).
    fn tables(&self, path: &str, list: bool, found: &mut Vec<(String, Vec<FieldInfo>)>) {
        match self {
            Self::List(each) => each.tables(path, true, found),
            Self::Either(_, long) => long.tables(path, list, found),
            Self::Table(fields) => {
                let fields = fields();
                for field in &fields {
                    let inner = if path.is_empty() { field.key.to_owned() } else { format!("{path}.{}", field.key) };
                    field.shape.tables(&inner, false, found);
                }
                let header = match (path, list) {
                    ("", _) => String::new(),
                    (path, true) => format!("[[{path}]]"),
                    (path, false) => format!("[{path}]"),
                };
                found.push((header, fields));
            }
            _ => {}
        }
    }
}

/// How many problems of one file are kept; more can only come from a file that is no record.
const MOST_PROBLEMS: usize = 1000;

/// Reads one file's tree and keeps what is wrong with it.
#[derive(Debug)]
pub struct Reader<'s> {
    file: FileId,
    text: &'s str,
    path: KeyPath,
    root: fn() -> Vec<FieldInfo>,
    /// Lines of broken table headers: what follows each up to the next good header may belong elsewhere.
    unsure: Vec<std::ops::Range<u32>>,
    /// Whether parts of the file could not be parsed, so that absence proves nothing.
    partial: bool,
    /// What was found wrong.
    pub problems: Vec<Diagnostic>,
    /// Whether a value was lost.
    pub broken: bool,
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
            broken: false,
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
        T::read(document.table().as_item(), self).unwrap_or_default()
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
            let mut diagnostic = Diagnostic::new(rule, self.place_of(span.into()), message);
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

    /// Whether so much is wrong that more would help nobody.
    fn is_full(&self) -> bool {
        self.problems.len() >= MOST_PROBLEMS
    }

    /// Reports a problem with a value or key; the value is lost.
    pub fn report(&mut self, rule: &'static Rule, at: impl Into<Bytes>, message: Said, hint: Option<Said>) {
        self.broken = true;
        let at = at.into();
        if self.is_full() || self.unsure.iter().any(|range| range.contains(&at.start)) {
            return;
        }
        let mut diagnostic = Diagnostic::new(rule, self.place_of(at), message);
        diagnostic.hint = hint;
        self.problems.push(diagnostic);
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
        let value = T::read(item, self);
        self.path.0.pop();
        value
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
        self.report(&rules::WRONG_TYPE, item.span(), message, Some(hint));
        None
    }

    /// Reports a value of the right type that can't be read as what it should be.
    pub fn malformed<T>(&mut self, item: &Item<'_>, shape: &Shape) -> Option<T> {
        let (key, value, wanted) = (self.key(), shown(item), shape.wanted());
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

    /// Reports a key that the table doesn't have: known elsewhere, misspelt, or neither.
    pub fn unknown(&mut self, key: &toml_spanner::Key<'_>, own: &[&'static str]) {
        if self.is_full() {
            return;
        }
        let name = escaped(key.name);
        let mut tables = Vec::new();
        Shape::Table(self.root).tables("", false, &mut tables);
        let here = header_of(&self.path);
        let elsewhere: Vec<String> = tables
            .iter()
            .filter(|(header, fields)| *header != here && fields.iter().any(|field| field.key == key.name))
            .map(|(header, _)| header.clone())
            .collect();
        let near = nearest(key.name, own.iter().copied(), 1);
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
                say!(nn: "«{name}» står {nn}, der han ikkje høyrer heime", nb: "«{name}» står {nb}, der den ikke hører hjemme", en: "\"{name}\" stands {en}, where it does not belong"),
                Some(hint),
            );
            return;
        }
        let hint = match near.first() {
            Some(near) => say!(nn: "meinte du «{near}»?", nb: "mente du «{near}»?", en: "did you mean \"{near}\"?"),
            None => {
                let keys = own.join(", ");
                say!(nn: "her kan stå: {keys}", nb: "her kan stå: {keys}", en: "possible here: {keys}")
            }
        };
        let (i, within) = in_table(&self.path);
        self.report(
            &rules::UNKNOWN_KEY,
            key.span,
            say!(nn: "«{name}» er ingen nøkkel{i}", nb: "«{name}» er ingen nøkkel{i}", en: "\"{name}\" is not a key{within}"),
            Some(hint),
        );
    }

    /// Reads a word of a closed list by its place in `words`.
    pub fn choice(&mut self, item: &Item<'_>, words: &'static [&'static str]) -> Option<usize> {
        let shape = Shape::Choice(words, |_| None);
        let Some(word) = item.as_str() else { return self.wrong_type(item, &shape) };
        let found = words.iter().position(|known| *known == word);
        if found.is_none() {
            let (key, shown, all) = (self.key(), escaped(word), words.join(", "));
            let near = nearest(word, words.iter().copied(), 1);
            let hint = match near.first() {
                Some(near) => say!(
                    nn: "meinte du «{near}»? Mogleg er: {all}",
                    nb: "mente du «{near}»? Mulig er: {all}",
                    en: "did you mean \"{near}\"? Possible are: {all}",
                ),
                None => say!(nn: "mogleg er: {all}", nb: "mulig er: {all}", en: "possible are: {all}"),
            };
            self.report(
                &rules::UNKNOWN_CHOICE,
                item.span(),
                say!(nn: "«{shown}» er ikkje noko val for «{key}»", nb: "«{shown}» er ikke noe valg for «{key}»", en: "\"{shown}\" is not a choice for \"{key}\""),
                Some(hint),
            );
        }
        found
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

/// A value as a message shows it, shortened.
fn shown(item: &Item<'_>) -> String {
    match item.value() {
        Toml::String(text) => {
            let short: String = escaped(text).chars().take(60).collect();
            format!("\"{short}\"")
        }
        Toml::Integer(number) => number.as_i128().to_string(),
        Toml::Float(number) => number.to_string(),
        Toml::Boolean(flag) => flag.to_string(),
        Toml::DateTime(time) => day_of(time).map_or_else(|| "…".to_owned(), |day| day.to_string()),
        Toml::Array(_) => "[…]".to_owned(),
        Toml::Table(_) => "{…}".to_owned(),
    }
}

/// Text without characters that a terminal would obey, and without line breaks.
#[must_use]
pub fn escaped(text: &str) -> String {
    text.chars()
        .flat_map(|char| {
            let obeyed = char.is_control() || matches!(char, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
            let (plain, code) = if obeyed { (None, Some(char.escape_unicode())) } else { (Some(char), None) };
            plain.into_iter().chain(code.into_iter().flatten())
        })
        .collect()
}

fn type_name(item: &Item<'_>) -> Said {
    match item.value() {
        Toml::String(_) => say!(nn: "ein tekst", nb: "en tekst", en: "a text"),
        Toml::Integer(_) => say!(nn: "eit heiltal", nb: "et heltall", en: "a whole number"),
        Toml::Float(_) => say!(nn: "eit desimaltal", nb: "et desimaltall", en: "a number with decimals"),
        Toml::Boolean(_) => say!(nn: "true eller false", nb: "true eller false", en: "true or false"),
        Toml::DateTime(time) if time.time().is_some() && time.date().is_some() => {
            say!(nn: "ein dato med klokkeslett", nb: "en dato med klokkeslett", en: "a date with a time of day")
        }
        Toml::DateTime(time) if time.time().is_some() => {
            say!(nn: "eit klokkeslett", nb: "et klokkeslett", en: "a time of day")
        }
        Toml::DateTime(_) => say!(nn: "ein dato", nb: "en dato", en: "a date"),
        Toml::Array(_) => say!(nn: "ei liste", nb: "en liste", en: "a list"),
        Toml::Table(_) => say!(nn: "ein tabell", nb: "en tabell", en: "a table"),
    }
}

fn day_of(time: &toml_spanner::DateTime) -> Option<Date> {
    let date = time.date().filter(|_| time.time().is_none() && time.offset().is_none())?;
    Date::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
}

/// The candidates nearest to `word`, best first, at most `most`, and none that is not alike.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>, most: usize) -> Vec<&'a str> {
    if word.len() > 64 {
        return Vec::new();
    }
    let mut near: Vec<(usize, &str)> = candidates
        .filter(|candidate| candidate.len().abs_diff(word.len()) <= 3)
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + word.len().min(candidate.len()) / 4)
        .collect();
    near.sort_unstable();
    near.dedup();
    near.into_iter().take(most).map(|(_, candidate)| candidate).collect()
}

/// What a syntax error of the parser means to a person.
fn syntax_words(error: &toml_spanner::Error, text: &str) -> (&'static Rule, Said, Option<Said>) {
    use toml_spanner::ErrorKind;
    let broken = &rules::BROKEN_SYNTAX;
    let char_words = |char: char| escaped(&char.to_string());
    match error.kind() {
        ErrorKind::UnexpectedEof => (
            broken,
            say!(nn: "fila sluttar midt i ein verdi", nb: "filen slutter midt i en verdi", en: "the file ends in the middle of a value"),
            Some(say!(
                nn: "skriv verdien ferdig, og sjå etter hermeteikn og klammer som ikkje er lukka",
                nb: "skriv verdien ferdig, og se etter anførselstegn og klammer som ikke er lukket",
                en: "finish the value, and look for quotes and brackets that are not closed",
            )),
        ),
        ErrorKind::InvalidCharInString(char) | ErrorKind::Unexpected(char) => {
            let char = char_words(char);
            (
                broken,
                say!(nn: "teiknet «{char}» kan ikkje stå her", nb: "tegnet «{char}» kan ikke stå her", en: "the character \"{char}\" cannot stand here"),
                Some(say!(
                    nn: "skriv nøkkel = verdi, med tekst i rette hermeteikn: \"…\"",
                    nb: "skriv nøkkel = verdi, med tekst i rette anførselstegn: \"…\"",
                    en: "write key = value, with texts in straight quotes: \"…\"",
                )),
            )
        }
        ErrorKind::InvalidEscape(_) | ErrorKind::InvalidHexEscape(_) | ErrorKind::InvalidEscapeValue(_) => (
            broken,
            say!(
                nn: "omvend skråstrek innleier eit spesialteikn som ikkje finst",
                nb: "omvendt skråstrek innleder et spesialtegn som ikke finnes",
                en: "the backslash begins a special character that does not exist",
            ),
            Some(say!(
                nn: "skriv \\\\ for ein omvend skråstrek, eller bruk enkle hermeteikn: '…'",
                nb: "skriv \\\\ for en omvendt skråstrek, eller bruk enkle anførselstegn: '…'",
                en: "write \\\\ for a backslash, or use single quotes: '…'",
            )),
        ),
        ErrorKind::UnterminatedString(quote) => (
            broken,
            say!(nn: "teksten er ikkje avslutta", nb: "teksten er ikke avsluttet", en: "the text is not closed"),
            Some(say!(
                nn: "set {quote} etter siste ord; tekst over fleire linjer står mellom tre hermeteikn: \"\"\"",
                nb: "sett {quote} etter siste ord; tekst over flere linjer står mellom tre anførselstegn: \"\"\"",
                en: "put {quote} after the last word; text over several lines stands between three quotes: \"\"\"",
            )),
        ),
        ErrorKind::InvalidDateTime(_) => (
            &rules::IMPOSSIBLE_DATE,
            {
                let found = word_at(text, error.span().start);
                say!(nn: "{found} er ingen dato som finst", nb: "{found} er ingen dato som finnes", en: "{found} is not a date that exists")
            },
            Some(say!(
                nn: "skriv år-månad-dag: 2016-05-31; er berre månaden kjend, \"2016-05\"",
                nb: "skriv år-måned-dag: 2016-05-31; er bare måneden kjent, \"2016-05\"",
                en: "write year-month-day: 2016-05-31; if only the month is known, \"2016-05\"",
            )),
        ),
        ErrorKind::InvalidInteger(_) | ErrorKind::InvalidFloat(_) => (
            broken,
            {
                let found = word_at(text, error.span().start);
                say!(nn: "{found} er ikkje noko tal", nb: "{found} er ikke noe tall", en: "{found} is not a number")
            },
            Some(say!(
                nn: "skriv tal utan mellomrom og førestilte nullar; kodar og nummer skal i hermeteikn: \"0301\"",
                nb: "skriv tall uten mellomrom og foranstilte nuller; koder og numre skal i anførselstegn: \"0301\"",
                en: "write numbers without spaces and leading zeros; codes and numbers of things go in quotes: \"0301\"",
            )),
        ),
        ErrorKind::DuplicateKey { .. } => (
            broken,
            say!(nn: "nøkkelen står to gonger", nb: "nøkkelen står to ganger", en: "the key stands twice"),
            Some(say!(
                nn: "slett den eine, eller flytt han under den tabellen han gjeld",
                nb: "slett den ene, eller flytt den under tabellen den gjelder",
                en: "delete one of them, or move it below the table that it is about",
            )),
        ),
        ErrorKind::DuplicateTable { .. }
        | ErrorKind::RedefineAsArray { .. }
        | ErrorKind::DottedKeyInvalidType { .. } => (
            broken,
            say!(nn: "tabellen er skriven før på ein annan måte", nb: "tabellen er skrevet før på en annen måte", en: "the table was written before in another way"),
            Some(say!(
                nn: "kan det vere fleire, står kvar under [[namn]] med doble klammer",
                nb: "kan det være flere, står hver under [[navn]] med doble klammer",
                en: "where there may be several, each stands below [[name]] with double brackets",
            )),
        ),
        ErrorKind::UnquotedString => (
            broken,
            say!(nn: "teksten manglar hermeteikn", nb: "teksten mangler anførselstegn", en: "the text lacks its quotes"),
            Some(
                say!(nn: "skriv \"…\" rundt teksten", nb: "skriv \"…\" rundt teksten", en: "write \"…\" around the text"),
            ),
        ),
        ErrorKind::MissingArrayComma | ErrorKind::MissingInlineTableComma => (
            broken,
            say!(nn: "det manglar eit komma mellom ledda", nb: "det mangler et komma mellom leddene", en: "a comma is missing between the parts"),
            Some(
                say!(nn: "set komma mellom kvart ledd", nb: "sett komma mellom hvert ledd", en: "put a comma between the parts"),
            ),
        ),
        ErrorKind::UnclosedArray | ErrorKind::UnclosedInlineTable => (
            broken,
            say!(nn: "lista eller tabellen er ikkje lukka", nb: "listen eller tabellen er ikke lukket", en: "the list or table is not closed"),
            Some(
                say!(nn: "set ] etter ei liste og }} etter ein tabell", nb: "sett ] etter en liste og }} etter en tabell", en: "put ] after a list and }} after a table"),
            ),
        ),
        ErrorKind::OutOfRange { .. } => (
            broken,
            say!(nn: "listene eller tabellane ligg for djupt i kvarandre", nb: "listene eller tabellene ligger for dypt i hverandre", en: "the lists or tables are nested too deeply"),
            Some(
                say!(nn: "ein post treng aldri fleire enn nokre få nivå", nb: "en post trenger aldri flere enn noen få nivåer", en: "a record never needs more than a few levels"),
            ),
        ),
        ErrorKind::Wanted { expected, found } => {
            let (expected, found) = (token(expected), token(found));
            let Said { nn: nn_found, nb: nb_found, en: en_found } = found;
            let Said { nn, nb, en } = expected;
            (
                broken,
                say!(
                    nn: "her skulle det stå {nn}, men det står {nn_found}",
                    nb: "her skulle det stå {nb}, men det står {nb_found}",
                    en: "expected {en} here, found {en_found}",
                ),
                Some(say!(
                    nn: "skriv nøkkel = verdi på éi linje, og [tabell] eller [[tabell]] åleine på si",
                    nb: "skriv nøkkel = verdi på én linje, og [tabell] eller [[tabell]] alene på sin",
                    en: "write key = value on one line, and [table] or [[table]] alone on its own",
                )),
            )
        }
        _ => (
            broken,
            say!(nn: "linja er ikkje gyldig TOML", nb: "linjen er ikke gyldig TOML", en: "the line is not valid TOML"),
            Some(say!(nn: "skriv nøkkel = verdi", nb: "skriv nøkkel = verdi", en: "write key = value")),
        ),
    }
}

/// What the parser calls a part of the text, in words.
fn token(name: &str) -> Said {
    match name {
        "a newline" | "newline" => say!(nn: "eit linjeskift", nb: "et linjeskift", en: "a line break"),
        "a carriage return" => say!(nn: "eit vognreturteikn", nb: "et vognreturtegn", en: "a carriage return"),
        "eof" => say!(nn: "slutten på fila", nb: "slutten på filen", en: "the end of the file"),
        "whitespace" => say!(nn: "eit mellomrom", nb: "et mellomrom", en: "a space"),
        "a comment" => say!(nn: "ein kommentar", nb: "en kommentar", en: "a comment"),
        "a string" => say!(nn: "ein tekst", nb: "en tekst", en: "a text"),
        "a table key" | "an identifier" => say!(nn: "ein nøkkel", nb: "en nøkkel", en: "a key"),
        "a character" => say!(nn: "eit teikn", nb: "et tegn", en: "a character"),
        "an equals" => Said::same("="),
        "a comma" => Said::same("«,»"),
        "a period" => Said::same("«.»"),
        "a colon" => Said::same("«:»"),
        "a plus" => Said::same("«+»"),
        "a left bracket" => Said::same("["),
        "a right bracket" => Said::same("]"),
        "a left brace" => Said::same("{"),
        "a right brace" => Said::same("}"),
        other => Said::same(escaped(other)),
    }
}

/// Where a thing was written first, for errors about writing it twice.
fn first_definition(error: &toml_spanner::Error) -> Option<(Bytes, Said)> {
    use toml_spanner::ErrorKind;
    match error.kind() {
        ErrorKind::DuplicateKey { first }
        | ErrorKind::DuplicateTable { first, .. }
        | ErrorKind::RedefineAsArray { first }
        | ErrorKind::DottedKeyInvalidType { first } => {
            Some((first.into(), say!(nn: "her står det fyrst", nb: "her står det først", en: "it stands here first")))
        }
        _ => None,
    }
}

/// The run of letters and digits around a byte, so that a message can name what it is about.
fn word_at(text: &str, byte: u32) -> String {
    let byte = text.floor_char_boundary(byte as usize);
    let line = text[..byte].rfind('\n').map_or(0, |at| at + 1);
    let part = |char: char| char.is_alphanumeric() || matches!(char, '-' | ':' | '.' | '+' | '_');
    let start = text[line..byte]
        .rfind(|char| !part(char))
        .map_or(line, |at| line + at + text[line + at..].chars().next().map_or(1, char::len_utf8));
    let word: String = text[start..].chars().take_while(|char| part(*char)).take(40).collect();
    if word.is_empty() { "…".to_owned() } else { word }
}

/// Adds `Serialize` by a string form.
macro_rules! serialize_as_string {
    ($($type:ty),*) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    )*};
}

serialize_as_string!(When, MonthDay, ClockTime, Duration);

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Plain(text) => serializer.serialize_str(text),
            Self::ByLanguage(texts) => {
                let mut map = serializer.serialize_map(Some(texts.len()))?;
                for (code, text) in texts {
                    map.serialize_entry(code, text)?;
                }
                map.end()
            }
        }
    }
}

impl Field for Text {
    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        if let Some(text) = item.as_str() {
            return Some(Self::Plain(text.into()));
        }
        let Some(table) = item.as_table() else { return cx.wrong_type(item, &Shape::Text) };
        let mut texts = Vec::with_capacity(table.len());
        for (key, item) in table {
            match Self::LANGUAGES.iter().find(|code| **code == key.name) {
                Some(code) => texts.extend(cx.field::<Box<str>>(code, item).map(|text| (*code, text))),
                None => cx.unknown(key, &Self::LANGUAGES),
            }
        }
        Some(Self::ByLanguage(texts))
    }

    fn shape() -> Shape {
        Shape::Text
    }
}

impl Field for Box<str> {
    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        match item.as_str() {
            Some(text) => Some(text.into()),
            None => cx.wrong_type(item, &Shape::String),
        }
    }

    fn shape() -> Shape {
        Shape::String
    }
}

impl Field for bool {
    const OPTIONAL: bool = true;

    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        item.as_bool().or_else(|| cx.wrong_type(item, &Shape::Flag))
    }

    fn shape() -> Shape {
        Shape::Flag
    }

    fn is_unset(&self) -> bool {
        !self
    }
}

impl Field for u32 {
    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        match item.as_i64() {
            Some(number) => Self::try_from(number).ok().or_else(|| cx.malformed(item, &Shape::Whole)),
            None => cx.wrong_type(item, &Shape::Whole),
        }
    }

    fn shape() -> Shape {
        Shape::Whole
    }
}

/// A calendar year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Year(pub i32);

impl Serialize for Year {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i32(self.0)
    }
}

impl Field for Year {
    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        match item.as_i64() {
            Some(year @ 1800..=2999) => Some(Self(year as i32)),
            Some(_) => cx.malformed(item, &Shape::Year),
            None => cx.wrong_type(item, &Shape::Year),
        }
    }

    fn shape() -> Shape {
        Shape::Year
    }
}

impl Field for When {
    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        if let Some(time) = item.as_datetime() {
            return day_of(time).map(Self::Day).or_else(|| cx.wrong_type(item, &Shape::When));
        }
        let Some(text) = item.as_str() else { return cx.wrong_type(item, &Shape::When) };
        Self::parse(text).or_else(|| impossible_or_malformed(text, item, cx, &Shape::When))
    }

    fn shape() -> Shape {
        Shape::When
    }
}

/// A time that is written right but does not exist gets a rule of its own.
fn impossible_or_malformed<T>(text: &str, item: &Item<'_>, cx: &mut Reader<'_>, shape: &Shape) -> Option<T> {
    let digits_only = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if !digits_only || !matches!(text.len(), 7 | 10) {
        return cx.malformed(item, shape);
    }
    let Said { nn, nb, en } = shape.wanted();
    cx.report(
        &rules::IMPOSSIBLE_DATE,
        item.span(),
        say!(nn: "{text} finst ikkje i kalenderen", nb: "{text} finnes ikke i kalenderen", en: "{text} is not in the calendar"),
        Some(say!(nn: "det skal vere {nn}", nb: "det skal være {nb}", en: "it must be {en}")),
    );
    None
}

impl Field for Date {
    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        item.as_datetime().and_then(day_of).or_else(|| cx.wrong_type(item, &Shape::Day))
    }

    fn shape() -> Shape {
        Shape::Day
    }
}

/// Adds `Field` to a type with one string form.
macro_rules! read_from_string {
    ($($type:ty => $shape:ident),*) => {$(
        impl Field for $type {
            fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
                match item.as_str() {
                    Some(text) => Self::parse(text).or_else(|| cx.malformed(item, &Shape::$shape)),
                    None => cx.wrong_type(item, &Shape::$shape),
                }
            }

            fn shape() -> Shape {
                Shape::$shape
            }
        }
    )*};
}

read_from_string!(MonthDay => MonthDay, ClockTime => ClockTime, Duration => Duration);

impl Default for MonthDay {
    fn default() -> Self {
        Self { month: 1, day: 1 }
    }
}

/// A time of day, local to the place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClockTime {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
}

impl ClockTime {
    fn parse(text: &str) -> Option<Self> {
        let (hour, minute) = text.split_once(':')?;
        if hour.len() != 2 || minute.len() != 2 || !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b':') {
            return None;
        }
        let time = Self { hour: hour.parse().ok()?, minute: minute.parse().ok()? };
        (time.hour < 24 && time.minute < 60).then_some(time)
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

/// A length of time as agreements give it: `2 years`, `year` for one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Duration {
    /// How many; at least 1.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
}

/// A unit of time in agreements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Calendar years.
    #[default]
    Year,
    /// Semesters, as the manifest divides the year.
    Semester,
    /// Calendar months.
    Month,
    /// Weeks.
    Week,
    /// Days.
    Day,
}

impl Duration {
    const UNITS: [(&'static str, Unit); 5] = [
        ("year", Unit::Year),
        ("semester", Unit::Semester),
        ("month", Unit::Month),
        ("week", Unit::Week),
        ("day", Unit::Day),
    ];

    fn parse(text: &str) -> Option<Self> {
        let (count, unit) = match text.split_once(' ') {
            Some((count, unit)) => (count.parse().ok().filter(|count| (1..=100).contains(count))?, unit),
            None => (1, text),
        };
        let unit = unit.strip_suffix('s').filter(|_| count > 1).unwrap_or(unit);
        Self::UNITS.iter().find(|(name, _)| *name == unit).map(|(_, unit)| Self { count, unit: *unit })
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Self::UNITS.iter().find(|(_, unit)| *unit == self.unit).map_or("", |(name, _)| name);
        match self.count {
            1 => f.write_str(name),
            count => write!(f, "{count} {name}s"),
        }
    }
}

/// An amount of something that can be divided: hours, posts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Amount(pub Count);

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl Field for Amount {
    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        read_count(item, cx, true).map(Self)
    }

    fn shape() -> Shape {
        Shape::Count { decimals: true }
    }
}

impl Field for Count {
    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        read_count(item, cx, false)
    }

    fn shape() -> Shape {
        Shape::Count { decimals: false }
    }
}

fn read_count(item: &Item<'_>, cx: &mut Reader<'_>, decimals: bool) -> Option<Count> {
    const KEYS: [&str; 4] = ["exact", "at-least", "about", "words"];
    let shape = Shape::Count { decimals };
    match item.value() {
        Toml::Integer(_) | Toml::Float(_) => {
            read_thousandths(item, cx, &shape).map(|number| Count::new(number, Quality::Exact, None))
        }
        Toml::String(word) if *word == "not-recorded" => Some(Count::default()),
        Toml::String(_) => cx.malformed(item, &shape),
        Toml::Table(table) => {
            let (mut found, mut words, mut lost, mut several) = (None, None, false, false);
            for (key, part) in table {
                let quality = match key.name {
                    "exact" => Quality::Exact,
                    "at-least" => Quality::AtLeast,
                    "about" => Quality::About,
                    "words" => {
                        words = cx.field::<Box<str>>("words", part);
                        continue;
                    }
                    _ => {
                        cx.unknown(key, &KEYS);
                        continue;
                    }
                };
                match read_thousandths(part, cx, &shape) {
                    Some(number) => several |= found.replace((number, quality)).is_some(),
                    None => lost = true,
                }
            }
            match found {
                _ if lost => None,
                Some((number, quality)) if !several => Some(Count::new(number, quality, words)),
                _ => cx.malformed(item, &shape),
            }
        }
        _ => cx.wrong_type(item, &shape),
    }
}

fn read_thousandths(item: &Item<'_>, cx: &mut Reader<'_>, shape: &Shape) -> Option<u64> {
    let decimals = matches!(shape, Shape::Count { decimals: true });
    let thousandths = match item.value() {
        Toml::Integer(number) => {
            u64::try_from(number.as_i128()).ok().filter(|number| *number <= Count::MAX).map(|n| n * 1000)
        }
        Toml::Float(number) if decimals => Some(*number * 1000.0)
            .filter(|number| (0.0..=Count::MAX as f64).contains(number) && (number.round() - number).abs() < 1e-6)
            .map(|number| number.round() as u64),
        _ => return cx.wrong_type(item, shape),
    };
    thousandths.or_else(|| cx.malformed(item, shape))
}

impl<T: Field> Field for Option<T> {
    const OPTIONAL: bool = true;

    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        T::read(item, cx).map(Some)
    }

    fn shape() -> Shape {
        T::shape()
    }

    fn walk<'a>(&'a self, trail: &mut Trail, visit: &mut dyn FnMut(&Trail, Seen<'a>)) {
        if let Some(value) = self {
            value.walk(trail, visit);
        }
    }

    fn is_unset(&self) -> bool {
        self.is_none()
    }
}

impl<T: Field> Field for Vec<T> {
    const OPTIONAL: bool = true;

    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        let Some(list) = item.as_array() else {
            // One value may stand for a list of one; a table under its own header may not, since [x] and [[x]] differ.
            if item.as_table().is_some_and(|table| table.style() == toml_spanner::TableStyle::Header) {
                return cx.wrong_type(item, &Self::shape());
            }
            return T::read(item, cx).map(|value| vec![value]);
        };
        let mut values = Self::with_capacity(list.len());
        for (index, item) in list.iter().enumerate() {
            cx.path.0.push(Step::Index(index));
            // A lost part leaves a hole, so that those after it keep their places.
            values.push(T::read(item, cx).unwrap_or_default());
            cx.path.0.pop();
        }
        Some(values)
    }

    fn shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }

    fn walk<'a>(&'a self, trail: &mut Trail, visit: &mut dyn FnMut(&Trail, Seen<'a>)) {
        for (index, value) in self.iter().enumerate() {
            trail.path.0.push(Step::Index(index));
            value.walk(trail, visit);
            trail.path.0.pop();
        }
    }

    fn is_unset(&self) -> bool {
        self.is_empty()
    }
}

/// A list that must not be empty or absent.
#[derive(Clone, Debug)]
pub struct OneOrMore<T>(pub Vec<T>);

impl<T> Default for OneOrMore<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> std::ops::Deref for OneOrMore<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Serialize> Serialize for OneOrMore<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<T: Field> Field for OneOrMore<T> {
    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        if item.as_array().is_some_and(toml_spanner::Array::is_empty) {
            return cx.malformed(item, &Self::shape());
        }
        Vec::read(item, cx).map(Self)
    }

    fn shape() -> Shape {
        Vec::<T>::shape()
    }

    fn walk<'a>(&'a self, trail: &mut Trail, visit: &mut dyn FnMut(&Trail, Seen<'a>)) {
        self.0.walk(trail, visit);
    }
}

/// What a reference points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A record of one kind.
    Record(crate::model::Kind),
    /// An organisation or a network.
    Body,
    /// `agreement/area`: a focus area of an agreement.
    FocusArea,
    /// `agreement/duty`: an obligation of an agreement.
    Duty,
    /// `kind/id`: a record of any kind.
    AnyRecord,
    /// A condition of the list in the manifest.
    Condition,
    /// An area of the network in question.
    Area,
}

/// A type that names what references point to.
pub trait Pointed {
    /// What they point to.
    const TARGET: Target;
}

/// A reference, by id.
pub struct Ref<T> {
    id: Box<str>,
    to: PhantomData<fn() -> T>,
}

impl<T> Ref<T> {
    /// The id as written.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The same id, read as pointing to something else.
    #[must_use]
    pub(crate) fn retarget<U>(&self) -> Ref<U> {
        Ref { id: self.id.clone(), to: PhantomData }
    }
}

impl<T> Default for Ref<T> {
    fn default() -> Self {
        Self { id: Box::default(), to: PhantomData }
    }
}

impl<T> Clone for Ref<T> {
    fn clone(&self) -> Self {
        Self { id: self.id.clone(), to: PhantomData }
    }
}

impl<T> fmt::Debug for Ref<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.id.fmt(f)
    }
}

impl<T> PartialEq for Ref<T> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl<T> Serialize for Ref<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.id)
    }
}

impl<T: Pointed> Field for Ref<T> {
    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        match item.as_str() {
            Some("") => cx.malformed(item, &Self::shape()),
            Some(id) => Some(Self { id: id.into(), to: PhantomData }),
            None => cx.wrong_type(item, &Self::shape()),
        }
    }

    fn shape() -> Shape {
        Shape::Reference(T::TARGET)
    }

    fn walk<'a>(&'a self, trail: &mut Trail, visit: &mut dyn FnMut(&Trail, Seen<'a>)) {
        if !self.id.is_empty() {
            visit(trail, Seen::Reference(Link { target: T::TARGET, id: &self.id }));
        }
    }
}

/// A reference met on a walk.
#[derive(Clone, Copy, Debug)]
pub struct Link<'a> {
    /// What it points to.
    pub target: Target,
    /// The id as written.
    pub id: &'a str,
}

/// What a walk over a record meets.
#[derive(Clone, Copy, Debug)]
pub enum Seen<'a> {
    /// A reference.
    Reference(Link<'a>),
    /// A table with dates of its own; the trail leads to the table.
    Dates(Dates),
}

/// The dates of a record or of a part of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dates {
    /// None of its own.
    #[default]
    None,
    /// `from` and `to`: it holds in between, and an absent end is open.
    Validity(Option<When>, Option<When>),
    /// `start` and `end`: it happens then; without an end, at the start.
    Held(Option<When>, Option<When>),
}

/// The way from the top of a record to where a walk is now, with the dates passed on the way.
#[derive(Debug, Default)]
pub struct Trail {
    /// The keys.
    pub path: KeyPath,
    /// The dates of the tables around, outermost first, each with how deep its table lies; those without dates are
    /// left out.
    pub dates: Vec<(usize, Dates)>,
}

/// Any TOML value, for conditions that an obligation sets on the fields of records.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A string.
    Text(Box<str>),
    /// A whole number.
    Whole(i64),
    /// True or false.
    Flag(bool),
    /// A day.
    Day(Date),
    /// A list.
    List(Vec<Value>),
    /// A table, in the order written.
    Table(Vec<(Box<str>, Value)>),
}

impl Default for Value {
    fn default() -> Self {
        Self::Table(Vec::new())
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Whole(number) => serializer.serialize_i64(*number),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Day(day) => serializer.collect_str(day),
            Self::List(values) => values.serialize(serializer),
            Self::Table(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

impl Field for Value {
    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        read_value(item, cx, 8)
    }

    fn shape() -> Shape {
        Shape::Free
    }
}

fn read_value(item: &Item<'_>, cx: &mut Reader<'_>, levels: usize) -> Option<Value> {
    if levels == 0 {
        return cx.malformed(item, &Shape::Free);
    }
    Some(match item.value() {
        Toml::String(text) => Value::Text((*text).into()),
        Toml::Integer(_) => match item.as_i64() {
            Some(number) => Value::Whole(number),
            None => return cx.malformed(item, &Shape::Whole),
        },
        Toml::Float(_) => return cx.wrong_type(item, &Shape::Whole),
        Toml::Boolean(flag) => Value::Flag(*flag),
        Toml::DateTime(time) => match day_of(time) {
            Some(day) => Value::Day(day),
            None => return cx.wrong_type(item, &Shape::Day),
        },
        Toml::Array(list) => Value::List(list.iter().filter_map(|item| read_value(item, cx, levels - 1)).collect()),
        Toml::Table(table) => Value::Table(
            table.iter().filter_map(|(key, item)| Some((key.name.into(), read_value(item, cx, levels - 1)?))).collect(),
        ),
    })
}

/// The keys of a table, for messages.
#[must_use]
pub fn keys_of(fields: &[FieldInfo]) -> Vec<&'static str> {
    fields.iter().map(|field| field.key).collect()
}

/// Reports the keys of `table` that are required and absent.
pub fn report_missing(table: &Table<'_>, fields: &[FieldInfo], cx: &mut Reader<'_>) {
    for field in fields.iter().filter(|field| field.required && !table.contains_key(field.key)) {
        cx.missing(table.span().into(), field.key, &field.shape);
    }
}

/// The key of a Rust field: `care_level` is `care-level`, `r#where` is `where`.
#[doc(hidden)]
pub const fn key_length(field: &str) -> usize {
    field.len() - raw_prefix(field.as_bytes())
}

/// See [`key_length`].
#[doc(hidden)]
pub const fn key_bytes<const LENGTH: usize>(field: &str) -> [u8; LENGTH] {
    let bytes = field.as_bytes();
    let skip = raw_prefix(bytes);
    let mut key = [0; LENGTH];
    let mut index = 0;
    while index < LENGTH {
        let byte = bytes[index + skip];
        key[index] = if byte == b'_' { b'-' } else { byte };
        index += 1;
    }
    key
}

const fn raw_prefix(field: &[u8]) -> usize {
    if field.len() > 2 && field[0] == b'r' && field[1] == b'#' { 2 } else { 0 }
}

/// The key of a Rust field, as a constant.
#[doc(hidden)]
#[macro_export]
macro_rules! key_of {
    ($field:ident) => {{
        const FIELD: &str = stringify!($field);
        const BYTES: [u8; $crate::read::key_length(FIELD)] = $crate::read::key_bytes(FIELD);
        match std::str::from_utf8(&BYTES) {
            Ok(key) => key,
            Err(_) => FIELD,
        }
    }};
}

/// Declares a table of a record.
///
/// `dates |this| …;` gives the dates that the table carries; `short field;` lets a bare value stand for a table in
/// which only `field` is given.
#[macro_export]
macro_rules! record {
    (
        $(#[doc = $doc:literal])*
        $(dates |$this:ident| $dates:expr;)?
        $(short $short:ident: $short_type:ty;)?
        pub struct $name:ident {
            $( $(#[doc = $field_doc:literal])+ $field:ident: $type:ty, )+
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, Default)]
        pub struct $name {
            $( $(#[doc = $field_doc])+ pub $field: $type, )+
        }

        impl $name {
            /// The keys of the table, with their meaning.
            #[must_use]
            pub fn fields() -> Vec<$crate::read::FieldInfo> {
                vec![$( $crate::read::FieldInfo {
                    key: $crate::key_of!($field),
                    doc: concat!($($field_doc,)+),
                    required: !<$type as $crate::read::Field>::OPTIONAL,
                    shape: <$type as $crate::read::Field>::shape(),
                }, )+]
            }

            /// The dates that it carries itself.
            #[must_use]
            pub fn dates(&self) -> $crate::read::Dates {
                $( let $this = self; return $dates; )?
                #[allow(unreachable_code)]
                $crate::read::Dates::None
            }
        }

        impl $crate::read::Field for $name {
            #[allow(non_upper_case_globals)]
            fn read(item: &toml_spanner::Item<'_>, cx: &mut $crate::read::Reader<'_>) -> Option<Self> {
                $(
                    if item.as_table().is_none() && item.as_array().is_none() {
                        let mut this_table = Self::default();
                        this_table.$short = <$short_type as $crate::read::Field>::read(item, cx)?;
                        return Some(this_table);
                    }
                )?
                let Some(table) = item.as_table() else {
                    return cx.wrong_type(item, &<Self as $crate::read::Field>::shape());
                };
                $( const $field: &str = $crate::key_of!($field); )+
                let mut this_table = Self::default();
                for (found_key, found_item) in table {
                    match found_key.name {
                        $( $field => if let Some(found_value) = cx.field($field, found_item) {
                            this_table.$field = found_value;
                        }, )+
                        _ => cx.unknown(found_key, &$crate::read::keys_of(&Self::fields())),
                    }
                }
                if false $( || !<$type as $crate::read::Field>::OPTIONAL && !table.contains_key($field) )+ {
                    $crate::read::report_missing(table, &Self::fields(), cx);
                }
                Some(this_table)
            }

            fn shape() -> $crate::read::Shape {
                let table = $crate::read::Shape::Table(Self::fields);
                $(
                    let short = <$short_type as $crate::read::Field>::shape();
                    return $crate::read::Shape::Either(Box::new(short), Box::new(table));
                )?
                #[allow(unreachable_code)]
                table
            }

            fn walk<'a>(
                &'a self,
                trail: &mut $crate::read::Trail,
                visit: &mut dyn FnMut(&$crate::read::Trail, $crate::read::Seen<'a>),
            ) {
                let dates = self.dates();
                let dated = dates != $crate::read::Dates::None;
                if dated {
                    visit(trail, $crate::read::Seen::Dates(dates));
                    trail.dates.push((trail.path.0.len(), dates));
                }
                $(
                    trail.path.0.push($crate::source::Step::Key($crate::key_of!($field)));
                    $crate::read::Field::walk(&self.$field, trail, visit);
                    trail.path.0.pop();
                )+
                if dated {
                    trail.dates.pop();
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap;
                let mut map = serializer.serialize_map(None)?;
                $( if !$crate::read::Field::is_unset(&self.$field) {
                    map.serialize_entry($crate::key_of!($field), &self.$field)?;
                } )+
                map.end()
            }
        }
    };
}

/// Declares a closed list of words: the type, the word in records, and the label in three languages.
#[macro_export]
macro_rules! words {
    (
        $(#[doc = $doc:literal])*
        pub enum $name:ident {
            $( $variant:ident = $word:literal, $nn:literal, $nb:literal, $en:literal; )+
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $( #[doc = concat!("`", $word, "`: ", $en)] $variant, )+
        }

        impl $name {
            /// Every choice, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$( Self::$variant ),+];
            /// The words, in the same order.
            pub const WORDS: &'static [&'static str] = &[$( $word ),+];

            /// The word in records.
            #[must_use]
            pub fn word(self) -> &'static str {
                Self::WORDS[self as usize]
            }

            /// The choice with this word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::WORDS.iter().position(|known| *known == word).map(|index| Self::ALL[index])
            }

            /// What people call it.
            #[must_use]
            pub fn label(self) -> $crate::lang::Label {
                match self {
                    $( Self::$variant => $crate::lang::Label { nn: $nn, nb: $nb, en: $en }, )+
                }
            }
        }

        impl $crate::read::Word for $name {
            const WORDS: &'static [&'static str] = Self::WORDS;

            fn from_word(word: &str) -> Option<Self> {
                Self::from_word(word)
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::ALL[0]
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }

        impl $crate::read::Field for $name {
            fn read(item: &toml_spanner::Item<'_>, cx: &mut $crate::read::Reader<'_>) -> Option<Self> {
                cx.choice(item, Self::WORDS).map(|index| Self::ALL[index])
            }

            fn shape() -> $crate::read::Shape {
                $crate::read::Shape::Choice(Self::WORDS, |index| Self::ALL.get(index).map(|word| word.label()))
            }
        }
    };
}
