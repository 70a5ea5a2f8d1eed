//! The schemas and `check` agree: what reading finds wrong in a record, its schema refuses, and what reading takes, its
//! schema takes, on records with one thing changed. Where they differ, and must, stands in [`DIFFERENCES`].
//!
//! A record is changed at every key that its kind has, in every table that its kind can have: the key is taken out, is
//! misspelt, stands in the wrong table, or has one value after another that fits there or anywhere else.

#[path = "common/records.rs"]
mod records;

use std::collections::BTreeSet;

use lmnet::read::{FieldInfo, Shape, Target};
use lmnet::schema::names;
use records::{REGISTRIES, Read, json_of, kind, records, validator, written};
use toml::{Table, Value};

/// Values of every type, and of every form that some key has.
const VALUES: &str = r#"v = [
    "", "x", "Ø x", "con", "x/y", "offerings/x", "network", "parties", "party", "error", "planned", "nb", "not-recorded",
    "2016", "2016-06", "2016-13", "2016-autumn", "2016-winter", "2016-06-30", "2016-02-30", "2016-04-31", "2015-02-29", "2016-6-1", "2016- 6- 1", "3016",
    "11-30", "11-31", "02-30", "02-29", "13-01", "18:00", "24:00", "1:30", "year", "years", "2 years", "2 year", "1 year", "1 years",
    "0 days", "100 days", "101 days", "+2 years", "02 years", "2  years", "2 decades",
    -1, 0, 3, 12, 13, 1799, 1800, 2016, 3000, 4294967295, 4294967296, 1000000000, 1000000001, 1.5, 12.0, -0.5, 0.0005,
    true, false, 2016-06-30, 1799-12-31, 3000-01-01, 2016-06-30T18:00:00, 2016-06-30T18:00:00Z, 18:00:00,
    [], [""], ["x"], ["x", "y"], ["x", 3], [3], [true], [[]], [{}], [2016-06-30], ["parties"], ["municipality"],
    {}, { nn = "x" }, { nn = "x", se = "y" }, { nn = 3 }, { xx = "x" }, { exact = 1 }, { exact = -1 }, { about = 1.5 },
    { at-least = 1, words = "x" }, { words = "x" }, { exact = 1, about = 2 }, { about = 1, xx = 2 }, { exact = "x" },
    { specialist = 3 }, { specialist = 3, exact = 3 }, { specialist = { about = 2 } }, { organisation = "x" }, { body = "x" },
    { agreement = "x" }, { duty = "x/y" }, { each = "lms" }, { each = [] }, { jointly = "parties" }, { jointly = ["x", "y"] },
    { pair = ["lms", "municipality"] }, { pair = ["lms"] }, { each = "lms", pair = ["lms", "municipality"] }, { each = "xx" },
    { record = "plan" }, { record = ["plan", "xx"] }, { record = "plan", where = { x = [1, { y = 2016-06-30 }] } },
    { start = 2016 }, { id = "x", title = "y" }, { to = "x", on = "2016" }, { to = "x", on = "2016", xx = 1 },
]"#;

/// What is changed in a record: a key, and the value that it has now, if it has one.
struct Change<'a> {
    way: &'a Way,
    field: &'a FieldInfo,
    value: Option<&'a Value>,
}

impl Change<'_> {
    /// Whether the value is so, or holds one that is.
    fn has(&self, so: &dyn Fn(&Value) -> bool) -> bool {
        self.value.is_some_and(|value| any(value, so))
    }

    fn text(&self) -> Option<&str> {
        self.value.and_then(Value::as_str)
    }

    /// Whether the key takes conditions, which are values of any form.
    fn is_free(&self) -> bool {
        match &self.field.shape {
            Shape::List(each) => matches!(**each, Shape::Free),
            shape => matches!(shape, Shape::Free),
        }
    }
}

/// Where a schema says otherwise than reading, and why it must.
struct Difference {
    why: &'static str,
    /// Whether reading takes what the schema refuses; otherwise it is the other way round.
    taken: bool,
    holds: fn(&Change<'_>) -> bool,
}

const DIFFERENCES: [Difference; 8] = [
    Difference {
        why: "JSON has no times: where a text is wanted, a schema can't tell one from the other",
        taken: false,
        holds: |change| !change.is_free() && change.has(&Value::is_datetime),
    },
    Difference {
        why: "JSON has no dates: where one is wanted, a schema takes it in quotes too",
        taken: false,
        holds: |change| matches!(change.field.shape, Shape::Day) && change.text() == Some("2016-06-30"),
    },
    Difference {
        why: "to JSON Schema 12.0 is a whole number",
        taken: false,
        holds: |change| !change.is_free() && change.has(&|value| value.as_float() == Some(12.0)),
    },
    Difference {
        why: "conditions are values of any form, so a schema does not say that they hold no decimals and no times of day",
        taken: false,
        holds: |change| change.is_free() && change.has(&|value| value.is_float() || value.is_datetime()),
    },
    Difference {
        why: "the pattern gives each year a leap day",
        taken: false,
        holds: |change| matches!(change.field.shape, Shape::When) && change.text() == Some("2015-02-29"),
    },
    Difference {
        why: "a quantity has three decimals at most, which programs that count in binary can't check without mistakes",
        taken: false,
        holds: |change| {
            let decimals = matches!(change.field.shape, Shape::Count { decimals: true });
            decimals && change.value.and_then(Value::as_float) == Some(0.0005)
        },
    },
    Difference {
        why: "that an owner has no more than one of its keys is left to check",
        taken: false,
        holds: |change| {
            let inside = change.way.ends_with(&["obligation", "by"]);
            let of_two = |value: &Value| value.as_table().is_some_and(|table| table.len() > 1);
            inside || (change.field.key == "by" && change.value.is_some_and(of_two))
        },
    },
    Difference {
        why: "a reference that can't be an id leads nowhere, which reading leaves to check",
        taken: true,
        holds: |change| refers(&change.field.shape) && change.has(&Value::is_str),
    },
];

fn refers(shape: &Shape) -> bool {
    match shape {
        Shape::Reference(_) => true,
        Shape::List(each) => refers(each),
        Shape::Either(short, long) => refers(short) || refers(long),
        Shape::Table(fields) => fields().iter().any(|field| refers(&field.shape)),
        _ => false,
    }
}

/// Whether a value is so, or holds one that is.
fn any(value: &Value, so: &dyn Fn(&Value) -> bool) -> bool {
    so(value)
        || match value {
            Value::Array(values) => values.iter().any(|value| any(value, so)),
            Value::Table(values) => values.values().any(|value| any(value, so)),
            _ => false,
        }
}

/// The way to a table inside a record: keys, and the first element of lists.
type Way = Vec<&'static str>;

/// The table at the end of a way; of a list its first element.
fn at<'t>(record: &'t mut Table, way: &[&str]) -> Option<&'t mut Table> {
    let mut table = record;
    for key in way {
        table = match table.get_mut(*key)? {
            Value::Table(table) => table,
            Value::Array(values) => values.iter_mut().find_map(Value::as_table_mut)?,
            _ => return None,
        };
    }
    Some(table)
}

/// Every table that a kind can have: its way and keys.
fn tables(fields: &[FieldInfo], way: &Way, found: &mut Vec<(Way, Vec<FieldInfo>)>) {
    fn inside(shape: &Shape) -> Option<Vec<FieldInfo>> {
        match shape {
            Shape::Table(fields) | Shape::Settings(fields) => Some(fields()),
            Shape::List(each) => inside(each),
            Shape::Either(_, long) => inside(long),
            _ => None,
        }
    }
    found.push((way.clone(), fields.to_vec()));
    for field in fields {
        if let Some(inner) = inside(&field.shape) {
            tables(&inner, &[&way[..], &[field.key]].concat(), found);
        }
    }
}

/// Leaves one table of each list of tables.
fn shorten(value: &mut Value) {
    match value {
        Value::Array(values) if values.iter().all(Value::is_table) => {
            values.truncate(1);
            values.iter_mut().for_each(shorten);
        }
        Value::Table(values) => values.iter_mut().for_each(|(_, value)| shorten(value)),
        _ => {}
    }
}

/// A value that fits.
fn sample(shape: &Shape) -> Value {
    let text = |text: &str| Value::String(text.to_owned());
    match shape {
        Shape::Text | Shape::String | Shape::Id => text("x"),
        Shape::Choice(words, _) => text(words[0]),
        Shape::Reference(target) => match target {
            Target::FocusArea | Target::Duty => text("x/y"),
            Target::AnyRecord => text("plans/x"),
            _ => text("x"),
        },
        Shape::When => text("2016"),
        Shape::Day => Value::Datetime("2016-06-30".parse().unwrap()),
        Shape::MonthDay => text("11-30"),
        Shape::ClockTime => text("18:00"),
        Shape::Duration => text("2 years"),
        Shape::Year => Value::Integer(2016),
        Shape::Whole(_) | Shape::Count { .. } => Value::Integer(3),
        Shape::Flag => Value::Boolean(true),
        Shape::List(each) => Value::Array(vec![sample(each)]),
        Shape::Table(fields) => {
            let required = fields().into_iter().filter(|field| field.required);
            Value::Table(required.map(|field| (field.key.to_owned(), sample(&field.shape))).collect())
        }
        Shape::Settings(_) | Shape::Free => Value::Table(Table::new()),
        Shape::Either(_, long) => sample(long),
    }
}

/// A record of the kind that has the table at the end of a way, shortened; made to have it where no registry does.
fn carrier(records: &[Table], fields: &[FieldInfo], way: &Way) -> Table {
    let has = |record: &&Table| at(&mut (*record).clone(), way).is_some();
    if let Some(record) = records.iter().find(has) {
        let mut record = record.clone();
        record.iter_mut().for_each(|(_, value)| shorten(value));
        return record;
    }
    let (last, before) = way.split_last().unwrap();
    let mut record = carrier(records, fields, &before.to_vec());
    let mut found = Vec::new();
    tables(fields, &Vec::new(), &mut found);
    let (_, own) = found.into_iter().find(|(way, _)| way == before).unwrap();
    let field = own.iter().find(|field| field.key == *last).unwrap();
    at(&mut record, before).unwrap().insert((*last).to_owned(), sample(&field.shape));
    record
}

/// Holds schema and reading of a kind against each other.
struct Held {
    schema: &'static str,
    read: Read,
    validator: jsonschema::Validator,
    accepted: usize,
    refused: usize,
    met: BTreeSet<&'static str>,
    wrong: Vec<String>,
}

impl Held {
    fn hold(&mut self, record: &Table, what: &dyn Fn() -> String, change: Option<&Change<'_>>) {
        let found = (self.read)(&written(record));
        let (reads, valid) = (found.is_empty(), self.validator.is_valid(&json_of(record)));
        if reads == valid {
            *if reads { &mut self.accepted } else { &mut self.refused } += 1;
            return;
        }
        let known = |known: &&Difference| known.taken == reads && change.is_some_and(|change| (known.holds)(change));
        match DIFFERENCES.iter().find(known) {
            Some(known) => {
                self.met.insert(known.why);
            }
            None => self.wrong.push(format!("{} {}: reading finds {found:?}, valid: {valid}", self.schema, what())),
        }
    }

    fn new(schema: &'static str) -> Self {
        let validator = validator(schema);
        let read = kind(schema).0;
        Self { schema, read, validator, accepted: 0, refused: 0, met: BTreeSet::new(), wrong: Vec::new() }
    }

    /// Changes records of the kind in every way.
    fn hold_all(&mut self, records: &[Table], values: &[Value]) {
        let fields = kind(self.schema).1;
        let mut found = Vec::new();
        tables(&fields, &Vec::new(), &mut found);
        let everywhere: BTreeSet<&str> = found.iter().flat_map(|(_, own)| own.iter().map(|field| field.key)).collect();
        for (way, own) in &found {
            let record = carrier(records, &fields, way);
            let changed = |change: &dyn Fn(&mut Table)| {
                let mut record = record.clone();
                change(at(&mut record, way).unwrap());
                record
            };
            self.hold(&record, &|| format!("{way:?} unchanged"), None);
            for field in own {
                let key = field.key;
                let misspell = |table: &mut Table| drop(table.insert(format!("{key}x"), sample(&field.shape)));
                self.hold(&changed(&misspell), &|| format!("{way:?} {key} misspelt"), None);
                let (one, several) = (sample(&field.shape), Value::Array(vec![sample(&field.shape)]));
                for value in values.iter().chain([&one, &several]).map(Some).chain([None]) {
                    let record = changed(&|table| match value {
                        Some(value) => drop(table.insert(key.to_owned(), value.clone())),
                        None => drop(table.remove(key)),
                    });
                    self.hold(&record, &|| format!("{way:?} {key}: {value:?}"), Some(&Change { way, field, value }));
                }
            }
            for key in everywhere.iter().filter(|key| own.iter().all(|field| field.key != **key)) {
                let record = changed(&|table| drop(table.insert((*key).to_owned(), Value::String("x".to_owned()))));
                self.hold(&record, &|| format!("{way:?} has {key}, which stands elsewhere"), None);
            }
        }
    }
}

#[test]
fn schema_and_check_agree_on_records_with_one_thing_changed() {
    let values: Table = VALUES.parse().unwrap();
    let values = values["v"].as_array().unwrap();
    let records: Vec<_> = REGISTRIES.into_iter().flat_map(records).collect();
    let hold = |schema| {
        let own: Vec<Table> = records.iter().filter(|one| one.schema == schema).map(|one| one.table.clone()).collect();
        let mut held = Held::new(schema);
        held.hold_all(&own, values);
        held
    };
    let held: Vec<Held> = std::thread::scope(|scope| {
        let threads: Vec<_> = names().into_iter().map(|schema| scope.spawn(move || hold(schema))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let wrong: Vec<&str> = held.iter().flat_map(|held| held.wrong.iter().map(String::as_str)).collect();
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
    for Held { schema, accepted, refused, .. } in &held {
        assert!(*accepted > 100 && *refused > 500, "{schema}: {accepted} accepted by both, {refused} refused by both");
    }
    let met: BTreeSet<&str> = held.iter().flat_map(|held| held.met.iter().copied()).collect();
    assert_eq!(met, DIFFERENCES.iter().map(|known| known.why).collect(), "a difference that no longer is one");
}
