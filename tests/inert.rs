//! Texts that would be markup, commands or formulas elsewhere come out as texts, in every format: what is made of a registry full of
//! them has the same bones as what is made of the same registry without.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::PathBuf;

use common::{Tree, run, toml_files};
use lmnet::read::{FieldInfo, Shape};
use lmnet::registry::fields_of_file;
use pulldown_cmark::{Event, Options, Parser};
use scraper::Html;
use toml_edit::{DocumentMut, Item, TableLike, Value};

/// What stands before each text: a formula for spreadsheets.
const BEFORE: &str = "=cmd|' /C calc'!A0 ";

/// What stands behind each text.
const BEHIND: &str = " <script>alert('x')</script></style></title>--><img src=x onerror=y> &amp; ]]> <w:p/> [x](javascript:y) \
    ![y](http://example.org/z) <http://example.org> **b** _i_ `c` ~~s~~ | a || b \\ ; , : ::error file=x::y %0A%0D \
    ${{ github.token }} {{7*7}} @user #1 END:VEVENT \u{1b}[31m\u{1b}]8;;http://example.org\u{7}\u{202e}\u{0}";

/// What stands on lines of its own behind texts of several lines.
const BELOW: &str = "\n\n# heading\n::error file=x::y\n##[error]z\n- point\n> quote\n<div>\n\n| a | b |\n| - | - |\n| c | d |\n\n```\nBEGIN:VEVENT\r\nATTACH:x";

fn texts(table: &mut dyn TableLike, fields: &[FieldInfo], change: &dyn Fn(&str) -> String) {
    for (key, item) in table.iter_mut() {
        let Some(field) = fields.iter().find(|field| field.key == key.get()) else { continue };
        within(item, &field.shape, change);
    }
}

fn within(item: &mut Item, shape: &Shape, change: &dyn Fn(&str) -> String) {
    match item {
        Item::Table(table) if matches!(shape, Shape::Text) => all(table, change),
        Item::Table(table) => texts(table, &shape.fields().unwrap_or_default(), change),
        Item::ArrayOfTables(tables) => {
            let fields = shape.fields().unwrap_or_default();
            tables.iter_mut().for_each(|table| texts(table, &fields, change));
        }
        Item::Value(value) => in_value(value, shape, change),
        Item::None => {}
    }
}

fn in_value(value: &mut Value, shape: &Shape, change: &dyn Fn(&str) -> String) {
    match (value, shape) {
        (Value::Array(values), Shape::List(each)) => {
            values.iter_mut().for_each(|value| in_value(value, each, change));
        }
        (value, Shape::List(each)) => in_value(value, each, change),
        (Value::InlineTable(table), Shape::Text) => all(table, change),
        (Value::InlineTable(table), shape) => texts(table, &shape.fields().unwrap_or_default(), change),
        (value, Shape::Text) => {
            if let Some(text) = value.as_str() {
                *value = change(text).into();
            }
        }
        _ => {}
    }
}

/// A text by language.
fn all(table: &mut dyn TableLike, change: &dyn Fn(&str) -> String) {
    for (_, item) in table.iter_mut() {
        if let Some(text) = item.as_str() {
            *item = Item::Value(change(text).into());
        }
    }
}

/// The fictional registry with every text changed.
fn tree(change: &dyn Fn(&str) -> String) -> Tree {
    let tree = Tree::fjordnett();
    let mut paths = Vec::new();
    toml_files(&tree.root, &mut paths);
    for path in paths {
        let Some(fields) = fields_of_file(path.strip_prefix(&tree.root).unwrap()) else { continue };
        let mut document: DocumentMut = fs::read_to_string(&path).unwrap().parse().unwrap();
        texts(document.as_table_mut(), &fields, change);
        if path.parent().is_some_and(|folder| folder.ends_with("members")) {
            document.remove("name"); // beside texts that name everything, it would be an error
        }
        fs::write(&path, document.to_string()).unwrap();
    }
    tree
}

fn made(tree: &Tree, arguments: &[&str], ending: &str) -> Vec<u8> {
    let path: PathBuf = tree.path(format!(".out.{ending}"));
    let ran = run(tree.command(arguments).arg("-o").arg(&path));
    assert_eq!(ran.code, Some(0), "{arguments:?} {ending}: {ran:?}");
    fs::read(path).unwrap()
}

/// What something is made of, and how often: elements, properties, keys; never texts.
type Bones = BTreeMap<String, usize>;

fn counted(names: impl IntoIterator<Item = String>) -> Bones {
    let mut bones = Bones::new();
    names.into_iter().for_each(|name| *bones.entry(name).or_default() += 1);
    bones
}

fn of_html(text: &str) -> Bones {
    let page = Html::parse_document(text);
    assert!(page.errors.is_empty(), "{:?}", page.errors);
    let elements = page.tree.values().filter_map(|node| node.as_element());
    // Into how many lines a picture breaks a text, and which cell heads a row, depends on the texts.
    counted(elements.filter(|element| element.name() != "text").flat_map(|element| {
        let name = if matches!(element.name(), "td" | "th") { "cell" } else { element.name() };
        if name == "cell" {
            return [name.to_owned()];
        }
        let attributes =
            element.attrs().map(|(key, _)| key).filter(|key| !matches!(*key, "style" | "lang")).collect::<Vec<_>>();
        [format!("{name} {}", attributes.join(" "))]
    }))
}

fn of_markdown(text: &str) -> Bones {
    let events = Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    let name = |event: Event<'_>| match event {
        Event::Start(tag) => Some(format!("{tag:?}").split(['(', ' ', '{']).next().unwrap_or_default().to_owned()),
        // Ours: it keeps names from being mentioned.
        Event::InlineHtml(html) if &*html == "<!-- -->" => None,
        Event::Html(_) | Event::InlineHtml(_) | Event::Code(_) | Event::Rule => Some(format!("{event:?}")),
        _ => None,
    };
    counted(events.filter_map(name))
}

fn of_xml(text: &str) -> Bones {
    let parsed = roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    // How many paragraphs there are depends on which tables want a page that lies on its side.
    const KEPT: [&str; 12] =
        ["tbl", "tr", "tc", "hyperlink", "instrText", "fldSimple", "drawing", "object", "sheet", "row", "c", "f"];
    let names = parsed.descendants().filter(roxmltree::Node::is_element).map(|node| node.tag_name().name().to_owned());
    counted(names.filter(|name| KEPT.contains(&&**name)))
}

fn of_zip(bytes: Vec<u8>) -> BTreeMap<String, Bones> {
    let mut parts = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut bones = BTreeMap::new();
    for index in 0..parts.len() {
        let mut part = parts.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        bones.insert(name, of_xml(&text));
    }
    bones
}

fn of_json(value: &serde_json::Value, bones: &mut Bones) {
    match value {
        serde_json::Value::Object(map) => map.iter().for_each(|(key, value)| {
            *bones.entry(key.clone()).or_default() += 1;
            of_json(value, bones);
        }),
        serde_json::Value::Array(values) => values.iter().for_each(|value| of_json(value, bones)),
        _ => {}
    }
}

fn of_ics(text: &str) -> Bones {
    let unfolded = text.replace("\r\n ", "");
    let property = |line: &str| line.split([':', ';']).next().unwrap_or_default().to_owned();
    counted(unfolded.split("\r\n").map(property))
}

/// Nothing in it that a terminal obeys.
fn assert_quiet(text: &str, of: &str) {
    let obeyed =
        |char: char| (char.is_control() && char != '\n' && char != '\r') || ('\u{202a}'..='\u{202e}').contains(&char);
    assert!(!text.contains(obeyed), "{of}: {:?}", text.chars().find(|char| obeyed(*char)));
}

fn bones(ending: &str, bytes: Vec<u8>, of: &str) -> BTreeMap<String, Bones> {
    if matches!(ending, "docx" | "xlsx") {
        return of_zip(bytes);
    }
    let text = String::from_utf8(bytes).unwrap();
    // Data keeps what only turns a line around.
    let is_data = matches!(ending, "yaml" | "csv");
    assert_quiet(&if is_data { text.replace('\u{202e}', "") } else { text.clone() }, of);
    let bones = match ending {
        "html" => of_html(&text),
        "md" => of_markdown(&text),
        "json" => {
            let mut bones = Bones::new();
            of_json(&serde_json::from_str(&text).unwrap(), &mut bones);
            bones
        }
        "yaml" => {
            let mut bones = Bones::new();
            of_json(&serde_yaml::from_str(&text).unwrap(), &mut bones);
            bones
        }
        "csv" => counted(csv::Reader::from_reader(text.as_bytes()).records().map(|row| row.unwrap().len().to_string())),
        "ics" => of_ics(&text),
        _ => Bones::new(),
    };
    BTreeMap::from([(String::new(), bones)])
}

const COMMANDS: [(&[&str], &[&str]); 11] = [
    (&["report", "--year", "2025", "--audience", "internal"], &["md", "html", "docx", "xlsx", "json", "yaml"]),
    (&["report", "--years", "2024..2025", "--network", "lm-fjordnett"], &["md", "html", "docx", "xlsx"]),
    (&["report", "--year", "2025", "--compiled-for", "samhandlingssekretariatet"], &["md", "html", "docx"]),
    (&["offerings", "list"], &["md", "html", "docx", "xlsx", "json", "yaml", "csv"]),
    (&["networks", "show", "lm-fjordnett"], &["md", "html", "docx", "json"]),
    (&["plans", "show", "fjordnett-2026"], &["md", "html", "docx"]),
    (&["deadlines", "--all"], &["md", "json", "csv", "ics", "txt"]),
    (&["summary"], &["md", "json", "txt"]),
    (&["export"], &["json", "xlsx"]),
    (&["export", "--table", "offerings"], &["csv"]),
    (&["export", "--from", "2024-01-01"], &["ics"]),
];

/// What is made of both trees has the same bones.
fn alike(plain: &Tree, hostile: &Tree, commands: &[(&[&str], &[&str])]) {
    for (arguments, endings) in commands {
        for ending in *endings {
            let of = format!("{arguments:?} {ending}");
            let wanted = bones(ending, made(plain, arguments, ending), &of);
            let found = bones(ending, made(hostile, arguments, ending), &of);
            assert_eq!(found.keys().collect::<Vec<_>>(), wanted.keys().collect::<Vec<_>>(), "{of}");
            for (part, wanted) in wanted {
                assert_eq!(found[&part], wanted, "{of} {part}");
            }
        }
    }
}

#[test]
fn every_text_stays_a_text() {
    let plain = tree(&|text| text.to_owned());
    let hostile = tree(&|text| format!("{BEFORE}{text}{BEHIND}"));
    alike(&plain, &hostile, &COMMANDS);
}

#[test]
fn no_field_for_spreadsheets_begins_like_a_formula() {
    let hostile = tree(&|text| format!("{BEFORE}{text}{BEHIND}"));
    let text = String::from_utf8(made(&hostile, &["export", "--table", "offerings", "--excel"], "csv")).unwrap();
    let mut rows =
        csv::ReaderBuilder::new().delimiter(b';').from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut seen = 0;
    for field in rows.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()) {
        assert!(!field.starts_with(['=', '+', '-', '@', '\t']), "{field}");
        seen += usize::from(field.starts_with("'=cmd"));
    }
    assert!(seen > 10, "{seen} texts would have been formulas");
}

#[test]
fn lines_within_a_text_begin_nothing() {
    // As many lines with nothing in them that means anything.
    let harmless: String = BELOW.split('\n').map(|line| if line.is_empty() { "\n" } else { "\nord" }).skip(1).collect();
    let plain = tree(&|text| format!("{text}{harmless}"));
    let hostile = tree(&|text| format!("{text}{BELOW}"));
    alike(&plain, &hostile, &COMMANDS);
}

/// A finding quotes what is wrong; in CI, a line of it could be a command of its own.
#[test]
fn findings_quote_and_command_nothing() {
    let wrong = |id: &str| {
        let tree = Tree::sound();
        let id = Value::from(id);
        tree.file("offerings/kurs.toml", format!("title = {id}\norganiser = {id}\n{id} = {id}\n"));
        tree
    };
    let (plain, hostile) = (wrong("ord"), wrong(&format!("{BEHIND}{BELOW}")));
    let found = |tree: &Tree, format: &str| run(&mut tree.command(&["check", "--format", format])).out;
    for format in ["human", "concise", "github", "gitlab", "junit", "sarif", "json"] {
        let (plain, hostile) = (found(&plain, format), found(&hostile, format));
        assert_quiet(&hostile, format);
        assert!(hostile.contains("script"), "{format}: {hostile}");
        match format {
            "junit" => assert_eq!(elements(&hostile), elements(&plain)),
            "gitlab" | "sarif" | "json" => {
                let [mut one, mut other] = [Bones::new(), Bones::new()];
                of_json(&serde_json::from_str(&hostile).unwrap(), &mut one);
                of_json(&serde_json::from_str(&plain).unwrap(), &mut other);
                // Only what is nearly right has another word suggested.
                for bones in [&mut one, &mut other] {
                    bones.retain(|key, _| !matches!(&**key, "fix" | "edits" | "related"));
                }
                assert_eq!(one, other, "{format}");
            }
            _ => {
                let commands =
                    |text: &str| text.lines().filter(|line| line.starts_with("::") || line.starts_with("##[")).count();
                assert_eq!(commands(&hostile), commands(&plain), "{format}: {hostile}");
            }
        }
    }
}

fn elements(xml: &str) -> Bones {
    let parsed = roxmltree::Document::parse(xml).unwrap();
    let elements = parsed.descendants().filter(roxmltree::Node::is_element);
    counted(elements.map(|node| node.tag_name().name().to_owned()))
}
