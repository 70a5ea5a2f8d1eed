//! Which tables and columns the keys of a kind become.
//!
//! Everything follows from the shapes of the keys. A table in a record becomes columns; a list becomes a table of its own.

use std::mem::discriminant;

use super::{BODIES, CONDITIONS, RECORDS};
use crate::count::Quality;
use crate::lang::{Label, Lang, Text};
use crate::model::{Kind, is_internal};
use crate::names::condition::is_selection;
use crate::names::{capital, label, label_within};
use crate::read::{FieldInfo, Shape, Target};
use crate::say;
use crate::tables::{Column, HIDDEN, Holds, Link, QUALITY, Table, WORDS};

/// A table without rows, and how to fill it from records.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) table: Table,
    /// The lists that lead from the record to what a row is about, each by the keys that lead to it.
    pub(super) lists: Vec<Vec<&'static str>>,
    /// Where the value of each column comes from, after those that say which row it is.
    pub(super) sources: Vec<Source>,
}

impl Plan {
    /// Takes away the columns for languages that lmnet does not write itself where no row uses them.
    pub(super) fn drop_unused_languages(&mut self) {
        let before = self.table.columns.len() - self.sources.len();
        for place in (0..self.sources.len()).rev() {
            let extra = matches!(self.sources[place].part, Part::In(code) if Lang::from_code(code).is_none());
            if extra && self.table.rows.iter().all(|row| row[before + place].is_null()) {
                self.sources.remove(place);
                self.table.columns.remove(before + place);
                self.table.rows.iter_mut().for_each(|row| drop(row.remove(before + place)));
            }
        }
    }
}

/// Where a value comes from.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// The keys that lead to it.
    pub(super) keys: Vec<&'static str>,
    pub(super) part: Part,
}

/// What of a value stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// The same; what is not said is false.
    Flag,
    /// The text, in the language of the export where there is one.
    Text,
    /// The text in one language alone.
    In(&'static str),
    /// The first day that it can be.
    Earliest,
    /// The last day that it can be.
    Latest,
    /// A property of a count.
    Of(&'static str),
    /// How many parts a list has.
    Parts,
    /// The record's id and its own, by which others refer to it.
    Reference,
    /// All of it, with its parts.
    Nested,
}

/// What records of a kind are, or what else has an id.
#[derive(Clone, Copy, Debug)]
pub(super) struct Root {
    /// The name of the table.
    pub(super) name: &'static str,
    /// What several are called, and one.
    pub(super) labels: [Label; 2],
    /// The kind of record; nothing for what stands in the manifest, all of which is public.
    pub(super) kind: Option<Kind>,
}

/// The tables that things with these keys become, that of the things themselves first. For the public, there is none for
/// what is internal.
pub(super) fn plans(root: &Root, fields: &[FieldInfo], public: bool, lang: Lang) -> Vec<Plan> {
    let [several, one] = root.labels;
    let id = column("id", words("id", lang), "Its id, by which others refer to it", Holds::Code);
    let table = Table {
        name: root.name.to_owned(),
        label: capital(several.get(lang)),
        about: capital(several.en),
        columns: vec![Column { required: true, ..id }],
        key: vec!["id".to_owned()],
        links: Vec::new(),
        rows: Vec::new(),
    };
    let mut builder = Builder { root, one, public, lang, done: Vec::new() };
    // What the manifest lists has its id among its keys.
    let fields: Vec<FieldInfo> = fields.iter().filter(|field| field.key != "id").cloned().collect();
    let plan = Plan { table, lists: Vec::new(), sources: Vec::new() };
    builder.table(plan, &fields);
    builder.done.sort_by(|a, b| a.table.name.cmp(&b.table.name));
    builder.done
}

/// What people call a key.
pub(super) fn words(key: &str, lang: Lang) -> String {
    label(key).map_or(key, |label| label.get(lang)).to_owned()
}

fn column(name: &str, label: String, about: &str, holds: Holds) -> Column {
    Column { name: name.to_owned(), label, about: about.trim().to_owned(), holds, required: false }
}

struct Builder<'a> {
    root: &'a Root,
    one: Label,
    public: bool,
    lang: Lang,
    done: Vec<Plan>,
}

/// A key, or several that lead from what a row is about to a value.
#[derive(Clone)]
struct At {
    keys: Vec<&'static str>,
    /// What the column is called.
    name: String,
    label: String,
    about: &'static str,
    required: bool,
}

impl At {
    /// The same for a key of the table that stands here. What is required of it is only if it is there.
    fn key(&self, field: &FieldInfo, lang: Lang) -> Self {
        let (outer, inner) = (self.keys.last().copied().unwrap_or_default(), field.key);
        let label = label_within(outer, inner).map_or(inner, |label| label.get(lang));
        let joined = |above: &str, between: &str, own: &str| match above {
            "" => own.to_owned(),
            above => format!("{above}{between}{own}"),
        };
        Self {
            keys: self.keys.iter().copied().chain([inner]).collect(),
            name: joined(&self.name, ".", inner),
            label: joined(&self.label, ": ", label),
            about: field.doc,
            required: field.required && self.keys.is_empty(),
        }
    }
}

impl Builder<'_> {
    /// The columns of a table and the tables of its lists.
    fn table(&mut self, mut plan: Plan, fields: &[FieldInfo]) {
        let outer = plan.lists.last().and_then(|keys| keys.last()).copied();
        let top = At { keys: Vec::new(), name: String::new(), label: String::new(), about: "", required: true };
        for field in fields {
            let mut at = top.key(field, self.lang);
            if let Some(label) = outer.and_then(|outer| label_within(outer, field.key)) {
                at.label = label.get(self.lang).to_owned();
            }
            self.value(&mut plan, &at, &field.shape);
        }
        self.done.push(plan);
    }

    fn is_internal(&self, plan: &Plan, at: &At) -> bool {
        let keys: Vec<&str> = plan.lists.iter().flatten().chain(&at.keys).copied().collect();
        self.public && self.root.kind.is_some_and(|kind| is_internal(kind, &keys.join(".")))
    }

    fn value(&mut self, plan: &mut Plan, at: &At, shape: &Shape) {
        if self.is_internal(plan, at) {
            return;
        }
        let mut put = |holds, part| put(plan, at, ("", &at.label), (holds, part));
        match shape {
            Shape::Text => self.text(plan, at),
            Shape::String | Shape::Id | Shape::MonthDay | Shape::Duration => put(Holds::Code, Part::Whole),
            Shape::Choice(words, _) => put(Holds::Word(words.to_vec()), Part::Whole),
            Shape::Day => put(Holds::Day, Part::Whole),
            Shape::ClockTime => put(Holds::Clock, Part::Whole),
            Shape::Year => put(Holds::Year, Part::Whole),
            Shape::Whole(_) => put(Holds::Whole, Part::Whole),
            Shape::Flag => put(Holds::Flag, Part::Flag),
            Shape::When => self.time(plan, at),
            Shape::Count { decimals } => self.count(plan, at, *decimals),
            Shape::Reference(target) => {
                put(Holds::Code, Part::Whole);
                plan.table.links.extend(pointed(*target).map(|(table, to)| Link {
                    columns: vec![at.name.clone()],
                    table: table.to_owned(),
                    to: vec![to.to_owned()],
                }));
            }
            Shape::List(each) => self.list(plan, at, each),
            _ => match table_in(shape) {
                Some((count, fields)) => {
                    if let Some(Shape::Count { decimals }) = count {
                        self.count(plan, at, *decimals);
                    }
                    for field in fields {
                        self.value(plan, &at.key(&field, self.lang), &field.shape);
                    }
                }
                None => put(Holds::Nested, Part::Nested),
            },
        }
    }

    fn text(&self, plan: &mut Plan, at: &At) {
        put(plan, at, ("", &at.label), (Holds::Text, Part::Text));
        for code in Text::LANGUAGES {
            let (after, label) = (format!(".{code}"), format!("{} ({code})", at.label));
            put(plan, &beside(at, at.about), (&after, &label), (Holds::Text, Part::In(code)));
        }
    }

    fn time(&self, plan: &mut Plan, at: &At) {
        let label = &at.label;
        let earliest = say!(self.lang, nn: "{label}, tidlegast", nb: "{label}, tidligst", en: "{label}, earliest");
        let latest = say!(self.lang, nn: "{label}, seinast", nb: "{label}, senest", en: "{label}, latest");
        put(plan, at, ("", label), (Holds::When, Part::Whole));
        put(plan, &beside(at, "The first day that it can be"), (".earliest", &earliest), (Holds::Day, Part::Earliest));
        put(plan, &beside(at, "The last day that it can be"), (".latest", &latest), (Holds::Day, Part::Latest));
    }

    fn count(&self, plan: &mut Plan, at: &At, decimals: bool) {
        let label = &at.label;
        let quality =
            say!(self.lang, nn: "{label}, kor sikkert", nb: "{label}, hvor sikkert", en: "{label}, how certain");
        let words = say!(self.lang, nn: "{label}, ordlyd", nb: "{label}, ordlyd", en: "{label}, as worded");
        let holds = if decimals { Holds::Number } else { Holds::Whole };
        let qualities = Quality::ALL.iter().map(|quality| quality.code()).chain([HIDDEN]).collect();
        let about = At { about: "How well the number is known; hidden where it must not be published", ..at.clone() };
        put(plan, &beside(at, at.about), ("", label), (holds, Part::Of("value")));
        put(plan, &about, (QUALITY, &quality), (Holds::Word(qualities), Part::Of("quality")));
        put(plan, &beside(at, "The words of the source"), (WORDS, &words), (Holds::Text, Part::Of("words")));
    }

    fn list(&mut self, plan: &mut Plan, at: &At, each: &Shape) {
        let (label, lang) = (&at.label, self.lang);
        let parts = say!(lang, nn: "{label}, kor mange", nb: "{label}, hvor mange", en: "{label}, how many");
        let about = "How many there are: 0 says that there are none, nothing says nothing";
        put(plan, &beside(at, about), (".parts", &parts), (Holds::Whole, Part::Parts));
        let mut inner = self.below(plan, at);
        match table_in(each) {
            Some((_, fields)) => {
                if plan.lists.is_empty() && fields.iter().any(|field| matches!(field.shape, Shape::Id)) {
                    let label = say!(lang, nn: "Vist til som", nb: "Vist til som", en: "Referred to as");
                    let about = "The record's id and its own, by which others refer to it";
                    let at = At { keys: vec!["id"], name: "ref".to_owned(), ..beside(at, about) };
                    put(&mut inner, &at, ("", &label), (Holds::Code, Part::Reference));
                }
                self.table(inner, &fields);
            }
            None => {
                let name = at.keys.last().copied().unwrap_or_default().to_owned();
                let at = At { keys: Vec::new(), name, required: true, ..at.clone() };
                self.value(&mut inner, &at, each);
                self.done.push(inner);
            }
        }
    }

    /// The table of a list, with the columns that say which part of which record a row is.
    fn below(&self, plan: &Plan, at: &At) -> Plan {
        let root = self.root.name;
        let record = column("record", capital(self.one.get(self.lang)), &format!("The id in {root}"), Holds::Code);
        let lists: Vec<_> = plan.lists.iter().cloned().chain([at.keys.clone()]).collect();
        let mut columns = vec![record];
        for (depth, list) in plan.lists.iter().enumerate() {
            let name = list.join(".");
            let label = list.last().map(|key| words(key, self.lang)).unwrap_or_default();
            let above = plan.lists[..=depth].concat().join(".");
            columns.push(column(&name, label, &format!("The position in {root}.{above}"), Holds::Whole));
        }
        let number = say!(self.lang, nn: "Nr.", nb: "Nr.", en: "No.");
        let mut key: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
        let link = Link { columns: key.clone(), table: plan.table.name.clone(), to: plan.table.key.clone() };
        columns.push(column("position", number, "Its place in the list, from 1", Holds::Whole));
        columns.iter_mut().for_each(|column| column.required = true);
        key.push("position".to_owned());
        let table = Table {
            name: format!("{}.{}", plan.table.name, at.keys.join(".")),
            label: format!("{}: {}", plan.table.label, at.label),
            about: at.about.trim().to_owned(),
            columns,
            key,
            links: vec![link],
            rows: Vec::new(),
        };
        Plan { table, lists, sources: Vec::new() }
    }
}

/// For a column that may be empty where the one beside it is not.
fn beside(at: &At, about: &'static str) -> At {
    At { required: false, about, ..at.clone() }
}

fn put(plan: &mut Plan, at: &At, (after, label): (&str, &str), (holds, part): (Holds, Part)) {
    let column = column(&format!("{}{after}", at.name), label.to_owned(), at.about, holds);
    plan.table.columns.push(Column { required: at.required, ..column });
    plan.sources.push(Source { keys: at.keys.clone(), part });
}

/// The keys of the table that stands here, with the count that may stand in its place. Nothing where something else may
/// stand in its place, or its keys are conditions: that is no row of columns.
fn table_in(shape: &Shape) -> Option<(Option<&Shape>, Vec<FieldInfo>)> {
    match shape {
        Shape::Table(fields) => Some((None, fields())).filter(|(_, fields)| !is_selection(fields)),
        Shape::Either(short, long) => {
            let (_, fields) = table_in(long)?;
            match &**short {
                count @ Shape::Count { .. } => Some((Some(count), fields)),
                Shape::List(_) => None,
                // In a record that has been read, the short form has become the long one.
                short => {
                    let same = |field: &FieldInfo| discriminant(&field.shape) == discriminant(short);
                    fields.iter().any(same).then_some((None, fields))
                }
            }
        }
        _ => None,
    }
}

/// The table and column that references lead to. Areas are those of some network, which the reference does not name.
fn pointed(target: Target) -> Option<(&'static str, &'static str)> {
    match target {
        Target::Record(kind) => Some((kind.word(), "id")),
        Target::Body => Some((BODIES, "id")),
        Target::Condition => Some((CONDITIONS, "id")),
        Target::FocusArea => Some(("agreements.focus-areas", "ref")),
        Target::Duty => Some(("agreements.obligation", "ref")),
        Target::AnyRecord => Some((RECORDS, "ref")),
        Target::Area => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::export::root_of;
    use crate::registry::fields_of_kind;

    #[test]
    fn no_table_has_two_columns_of_one_name_and_every_key_has_its_columns() {
        let plans = |kind: &Kind| plans(&root_of(*kind), &fields_of_kind(*kind), false, Lang::En);
        let tables: Vec<Table> = Kind::ALL.iter().flat_map(plans).map(|plan| plan.table).collect();
        assert!(tables.len() > 80);
        for table in &tables {
            let names: BTreeSet<&str> = table.columns.iter().map(|column| &*column.name).collect();
            assert_eq!(names.len(), table.columns.len(), "{}: {names:?}", table.name);
            let here = table.key.iter().chain(table.links.iter().flat_map(|link| &link.columns));
            assert!(here.into_iter().all(|name| names.contains(&**name)), "{}: {:?}", table.name, table.links);
            for link in table.links.iter().filter(|link| ![BODIES, RECORDS, CONDITIONS].contains(&&*link.table)) {
                let other = tables.iter().find(|other| other.name == link.table);
                let other = other.unwrap_or_else(|| panic!("{}: {link:?}", table.name));
                assert!(link.to.iter().all(|name| other.column(name).is_some()), "{}: {link:?}", table.name);
            }
        }
    }
}
