//! The schema of one value.

use serde_json::{Map, Value, json};

use crate::count::Count;
use crate::date::When;
use crate::lang::{Label, Text};
use crate::model::Kind;
use crate::read::{FieldInfo, Shape, Target};

/// Keywords of a schema.
type Keywords = Map<String, Value>;

/// What reading takes for an id, but for the names that Windows keeps for itself.
const ID: &str = "[a-z0-9][a-z0-9-]{0,63}";
/// Those names.
const RESERVED: &str = "^(con|prn|aux|nul|com[1-9]|lpt[1-9])$";

/// A table with these keys and no others; `at` is the way to it from the top of the schema, as `$ref` has it.
pub(super) fn table(fields: &[FieldInfo], at: &str) -> Keywords {
    let properties: Keywords = fields
        .iter()
        .map(|field| (field.key.to_owned(), Value::Object(property(field, &format!("{at}/properties/{}", field.key)))))
        .collect();
    let required: Vec<&str> = fields.iter().filter(|field| field.required).map(|field| field.key).collect();
    let mut table = keywords(json!({ "type": "object", "properties": properties, "additionalProperties": false }));
    if !required.is_empty() {
        table.insert("required".to_owned(), json!(required));
    } else if fields.iter().all(|field| *field.parts.start() > 0) {
        // Lists that may not be empty are ways to say the same, of which one must be there.
        table.insert("minProperties".to_owned(), json!(1));
    }
    table
}

fn property(field: &FieldInfo, at: &str) -> Keywords {
    let mut alternatives = alternatives(&field.shape, at);
    if field.required && matches!(field.shape, Shape::Text) {
        alternatives[0].insert("pattern".to_owned(), json!("\\S"));
    }
    let (least, most) = (*field.parts.start(), *field.parts.end());
    for list in alternatives.iter_mut().filter(|one| one.contains_key("items")) {
        list.extend((least > 0).then(|| ("minItems".to_owned(), json!(least))));
        list.extend((most < usize::MAX).then(|| ("maxItems".to_owned(), json!(most))));
    }
    if least > 1 {
        // One alone does not stand for a list then.
        alternatives.retain(|one| one.contains_key("items"));
        for list in &mut alternatives {
            list.insert("type".to_owned(), json!("array"));
        }
    }
    any_of(alternatives, &with_words(field))
}

/// What a key means, with the words that may stand there.
fn with_words(field: &FieldInfo) -> String {
    let mut text = field.doc.trim().to_owned();
    if let Some((words, label)) = choices(&field.shape) {
        text.push('\n');
        for (index, word) in words.iter().enumerate() {
            text += &format!("\n- `{word}`: {}", label(index).map(in_words).unwrap_or_default());
        }
    }
    text
}

type Choices = (&'static [&'static str], fn(usize) -> Option<Label>);

fn choices(shape: &Shape) -> Option<Choices> {
    match shape {
        Shape::Choice(words, label) => Some((words, *label)),
        Shape::List(each) => choices(each),
        Shape::Either(short, _) => choices(short),
        _ => None,
    }
}

/// What people call a word, each name once.
pub(super) fn in_words(label: Label) -> String {
    let mut names = vec![label.en];
    names.extend([label.nn].into_iter().filter(|nn| *nn != label.en));
    names.extend([label.nb].into_iter().filter(|nb| *nb != label.nn));
    names.join(" / ")
}

/// The value must be one of these. The description stands with each: there all editors find it, and show it once.
fn any_of(mut alternatives: Vec<Keywords>, description: &str) -> Keywords {
    if !description.is_empty() {
        for one in &mut alternatives {
            one.shift_insert(0, "description".to_owned(), json!(description));
        }
    }
    match alternatives.len() {
        1 => alternatives.remove(0),
        _ => keywords(json!({ "anyOf": alternatives })),
    }
}

/// What a shape allows: one table of keywords, or several where no one table can tell.
fn alternatives(shape: &Shape, at: &str) -> Vec<Keywords> {
    let one = |value| vec![keywords(value)];
    match shape {
        Shape::Text => {
            let texts = Text::LANGUAGES.iter().map(|code| ((*code).to_owned(), json!({ "type": "string" })));
            one(json!({
                "type": ["string", "object"],
                "properties": texts.collect::<Keywords>(),
                "additionalProperties": false,
                "minProperties": 1,
            }))
        }
        Shape::String => one(json!({ "type": "string" })),
        Shape::Choice(words, label) => {
            let labels: Vec<String> =
                (0..words.len()).map(|index| label(index).map(in_words).unwrap_or_default()).collect();
            one(json!({ "type": "string", "enum": words, "x-taplo": { "docs": { "enumValues": labels } } }))
        }
        Shape::Id => one(json!({ "type": "string", "pattern": format!("^{ID}$"), "not": { "pattern": RESERVED } })),
        Shape::Reference(target) => one(json!({ "type": "string", "pattern": reference(*target) })),
        Shape::When => {
            let year = "(1[89]|2[0-9])[0-9]{2}";
            let day = day_of_year("0[1-9]|[12][0-9]");
            let pattern = format!("^{year}(-(0[1-9]|1[0-2]|{day}|spring|autumn))?$");
            let examples = ["2016", "2016-06", "2016-autumn"];
            vec![
                keywords(json!({ "type": "string", "format": "date", "pattern": format!("^{year}-") })),
                keywords(json!({ "type": "string", "pattern": pattern, "examples": examples })),
            ]
        }
        Shape::Day => one(json!({ "type": "string", "format": "date", "pattern": "^(1[89]|2[0-9])[0-9]{2}-" })),
        Shape::MonthDay => one(json!({
            "type": "string",
            "pattern": format!("^({})$", day_of_year("0[1-9]|1[0-9]|2[0-8]")),
            "examples": ["11-30"],
        })),
        Shape::ClockTime => {
            one(json!({ "type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$", "examples": ["18:00"] }))
        }
        Shape::Duration => one(json!({
            "type": "string",
            "pattern": "^((1 )?(year|semester|month|week|day)|([2-9]|[1-9][0-9]|100) (year|semester|month|week|day)s?)$",
            "examples": ["year", "2 semesters", "6 months"],
        })),
        Shape::Year => one(json!({ "type": "integer", "minimum": When::YEARS.start(), "maximum": When::YEARS.end() })),
        Shape::Whole(bounds) => one(json!({ "type": "integer", "minimum": bounds.start(), "maximum": bounds.end() })),
        Shape::Count { decimals } => one(count(*decimals)),
        Shape::Flag => one(json!({ "type": "boolean" })),
        Shape::List(each) => list(each, at),
        Shape::Table(fields) | Shape::Settings(fields) => vec![table(&fields(), at)],
        Shape::Either(short, long) => either(alternatives(short, at), alternatives(long, at)),
        Shape::Free => {
            one(json!({ "type": ["string", "integer", "boolean", "array", "object"], "additionalProperties": true }))
        }
    }
}

/// Month and day, where February has these days.
fn day_of_year(february: &str) -> String {
    format!("02-({february})|(0[13-9]|1[0-2])-(0[1-9]|[12][0-9]|30)|(0[13578]|1[02])-31")
}

fn reference(target: Target) -> String {
    match target {
        Target::FocusArea | Target::Duty => format!("^{ID}/{ID}$"),
        Target::AnyRecord => format!("^({})/{ID}$", Kind::WORDS.join("|")),
        Target::Record(_) | Target::Body | Target::Condition | Target::Area => format!("^{ID}$"),
    }
}

fn count(decimals: bool) -> Value {
    let number = if decimals { "number" } else { "integer" };
    let part = json!({ "type": number, "minimum": 0, "maximum": Count::MAX });
    json!({
        "type": [number, "string", "object"],
        "minimum": 0,
        "maximum": Count::MAX,
        "pattern": "^not-recorded$",
        "properties": { "exact": part, "at-least": part, "about": part, "words": { "type": "string" } },
        "additionalProperties": false,
        // That other keys may stand there is only said for editors that would warn of them.
        "if": { "type": "object", "additionalProperties": true },
        "then": {
            "additionalProperties": true,
            "oneOf": [{ "required": ["exact"] }, { "required": ["at-least"] }, { "required": ["about"] }],
        },
    })
}

/// A short form and a long one.
fn either(mut all: Vec<Keywords>, long: Vec<Keywords>) -> Vec<Keywords> {
    for mut one in long {
        if let Some(other) = all.iter_mut().find(|other| can_stand_together(other, &one)) {
            stand_together(other, one);
            continue;
        }
        if is_table(&one) && all.iter().any(is_table) {
            // Of two kinds of table, the long form is known by its keys.
            one.insert("minProperties".to_owned(), json!(1));
        }
        all.push(one);
    }
    all
}

/// How many keys a table between braces has at most.
const FEW: usize = 7;

/// Several of the same, or one that stands for a list of one.
fn list(each: &Shape, at: &str) -> Vec<Keywords> {
    let at = format!("{at}/items");
    let mut inner = alternatives(each, &at);
    let items = any_of(inner.clone(), "");
    match &mut inner[..] {
        // One by itself stands between braces, and nobody writes a large table so: its keys are not told a second time.
        [one] if one.get("properties").and_then(Value::as_object).is_some_and(|keys| keys.len() > FEW) => {
            let types: Vec<Value> = [json!("array")].into_iter().chain(types(one)).collect();
            vec![keywords(json!({
                "type": types,
                "items": items,
                "additionalProperties": true,
                "if": { "not": { "type": "array" } },
                "then": { "$ref": at },
            }))]
        }
        [one] if !is_rigid(one) && !types(one).contains(&json!("array")) => {
            stand_together(one, keywords(json!({ "type": "array", "items": items })));
            inner
        }
        _ => {
            inner.push(keywords(json!({ "type": "array", "items": items })));
            inner
        }
    }
}

fn is_table(one: &Keywords) -> bool {
    types(one).contains(&json!("object"))
}

/// Whether keywords speak of the value whatever its type.
fn is_rigid(one: &Keywords) -> bool {
    ["enum", "not", "if"].iter().any(|keyword| one.contains_key(*keyword))
}

/// Whether two tables of keywords speak of different types, so that one table can hold both.
fn can_stand_together(one: &Keywords, other: &Keywords) -> bool {
    let apart = !types(one).iter().any(|kind| types(other).contains(kind));
    apart && !is_rigid(one) && !is_rigid(other)
}

fn stand_together(one: &mut Keywords, other: Keywords) {
    let types: Vec<Value> = types(one).into_iter().chain(types(&other)).collect();
    one.extend(other);
    one.insert("type".to_owned(), Value::Array(types));
}

fn types(one: &Keywords) -> Vec<Value> {
    match &one["type"] {
        Value::Array(types) => types.clone(),
        single => vec![single.clone()],
    }
}

fn keywords(value: Value) -> Keywords {
    match value {
        Value::Object(keywords) => keywords,
        _ => Keywords::new(),
    }
}
