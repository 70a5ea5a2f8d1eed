//! Two readers of TOML agree on every file and example here: `toml-spanner`, with which lmnet reads, and `toml`. They
//! refuse the same texts, and find the same keys and values in those that they accept.

mod common;

use std::mem::MaybeUninit;
use std::path::{Path, PathBuf};

use common::{Item, Tree, items};
use serde_json::{Map, Value as Json, json};

/// What `toml` reads; nothing where it refuses the text.
fn by_toml(text: &str) -> Option<Json> {
    fn json(value: toml::Value) -> Json {
        match value {
            toml::Value::String(text) => Json::String(text),
            toml::Value::Integer(number) => json!({ "number": number.to_string() }),
            toml::Value::Float(number) => json!({ "float": number.to_bits() }),
            toml::Value::Boolean(flag) => json!(flag),
            toml::Value::Datetime(time) => json!({ "time": time.to_string() }),
            toml::Value::Array(values) => values.into_iter().map(json).collect(),
            toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, json(value))).collect(),
        }
    }
    text.parse::<toml::Table>().ok().map(|table| json(toml::Value::Table(table)))
}

/// What `toml-spanner` reads; nothing where it refuses the text.
fn by_spanner(text: &str) -> Option<Json> {
    use toml_spanner::Value;

    fn json(item: &toml_spanner::Item<'_>) -> Json {
        match item.value() {
            Value::String(text) => json!(text),
            Value::Integer(number) => json!({ "number": number.to_string() }),
            Value::Float(number) => json!({ "float": number.to_bits() }),
            Value::Boolean(flag) => json!(flag),
            Value::DateTime(time) => json!({ "time": time.format(&mut MaybeUninit::uninit()) }),
            Value::Array(values) => values.iter().map(json).collect(),
            Value::Table(table) => keys(table),
        }
    }
    fn keys(table: &toml_spanner::Table<'_>) -> Json {
        let pairs = table.into_iter().map(|(key, item)| (key.name.to_owned(), json(item)));
        Json::Object(pairs.collect::<Map<_, _>>())
    }
    let arena = toml_spanner::Arena::new();
    toml_spanner::parse(text, &arena).ok().map(|document| keys(document.table()))
}

/// How many of the texts were accepted and how many refused; by both alike, or the test ends here.
fn agree(texts: &[(String, String)]) -> (usize, usize) {
    let mut problems = Vec::new();
    let mut accepted = 0;
    for (name, text) in texts {
        let (one, other) = (by_toml(text), by_spanner(text));
        accepted += usize::from(one.is_some());
        if one != other {
            problems.push(format!("{name}\n  toml:         {one:?}\n  toml-spanner: {other:?}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    (accepted, texts.len() - accepted)
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files below a folder with an ending, by their paths in the repository.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(root().join(folder)).sort_by_file_name().into_iter().map(Result::unwrap);
    files
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .collect()
}

fn named(path: &Path, text: String) -> (String, String) {
    (path.strip_prefix(root()).unwrap().display().to_string(), text)
}

#[test]
fn on_every_file_of_the_registry_and_the_examples() {
    for (folder, at_least) in [("registry", 200), ("examples", 200), ("tests/readme", 3)] {
        let texts: Vec<_> =
            files(folder, "toml").iter().map(|path| named(path, std::fs::read_to_string(path).unwrap())).collect();
        let (accepted, refused) = agree(&texts);
        assert!(accepted >= at_least, "{folder}: {accepted}");
        assert_eq!(refused, 0, "{folder}");
    }
}

#[test]
fn on_every_example_of_the_rules_and_of_the_tests() {
    let mut texts = Vec::new();
    for folder in ["src/rules", "tests/planted", "tests/common"] {
        for path in files(folder, "md") {
            for item in items(&std::fs::read_to_string(&path).unwrap()) {
                // What is no UTF-8 is no TOML, and no text for either.
                if let Item::Bytes(name, bytes) = item
                    && let Ok(text) = String::from_utf8(bytes)
                {
                    texts.push(named(&path.join(name), text));
                }
            }
        }
    }
    let (accepted, refused) = agree(&texts);
    assert!(accepted > 60 && refused > 5, "{accepted} accepted, {refused} refused");
}

#[test]
fn on_every_example_of_the_readme_of_the_registry() {
    let path = root().join("registry/README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let blocks: Vec<_> = readme.split("\n```").skip(1).step_by(2).enumerate().collect();
    let texts: Vec<_> = blocks
        .iter()
        .filter_map(|(number, block)| Some((number, block.strip_prefix("toml\n")?)))
        .map(|(number, text)| (format!("block {number} of the README"), text.to_owned()))
        .collect();
    let (accepted, refused) = agree(&texts);
    assert!(accepted >= 45, "{accepted}");
    assert_eq!(refused, 0, "an example that nobody can read");
}

#[test]
fn on_the_corners_of_the_language() {
    let cases = [
        // Accepted.
        "a = 1\r\nb = 2\r\n",
        "a.b.c = 1\na.b.d = 2",
        "\"æ ø å\" = 'tekst'\n'' = 0",
        "a = [1, 2,\n # merknad\n 3,\n]",
        "a = { b = 1, c = { d = 2 } }",
        "a = { nn = \"Møte\",\n  nb = \"Møte\",\n}",
        "a = \"\"\"\nto\nlinjer\\\n   her\"\"\"",
        "a = '''\n'sitat' og \\n'''",
        "a = \"\\u00e6 \\U0001F600 \\t\\\"\"",
        "a = 0xff\nb = 0o17\nc = 0b101\nd = 1_000",
        "a = 1e3\nb = -0.0\nc = inf\nd = 12.50",
        "a = 2016-02-29\nb = 18:00:00\nc = 2016-05-31T18:00:00\nd = 2016-05-31T18:00:00.5+02:00\ne = 2016-05-31 18:00:00Z",
        "[[run]]\nstart = 2016-01-01\n[[run]]\nstart = 2017-01-01\n[run.place]\nnn = \"x\"",
        "[a.b]\nc = 1\n[a]\nd = 2",
        "# bare ein merknad",
        "",
        "a = [[1], [\"x\", { b = 2 }]]",
        "\u{feff}a = 1",
        "1234 = true\n2016-01-01 = \"nøkkel\"",
        "a = 9223372036854775807",
        // Refused.
        "a = ",
        "a = 1 b = 2",
        "a = \"åpen",
        "a = [1, 2",
        "a = 2016-02-30",
        "a = 2016-13-01",
        "a = 25:00:00",
        "a = 1\na = 2",
        "[a]\n[a]",
        "[a]\nb = 1\n[a.b]\nc = 1",
        "a = [1]\n[[a]]\nb = 1",
        "a = { b = 1 }\na.c = 2",
        "[[run]]\n[run]\n",
        "å = 1",
        "a = 007",
        "a = \"\\x\"",
        "a = \"linje\nto\"",
        "a = +\nb = 1",
        "a = Ja",
        "= 1",
        "[]\n",
        "a = \"\u{1}\"",
        "a = 1\rb = 2",
        "a = 1__0",
        "a = .5",
    ];
    let texts: Vec<_> = cases.iter().map(|text| (format!("{text:?}"), (*text).to_owned())).collect();
    let (accepted, refused) = agree(&texts);
    assert_eq!((accepted, refused), (20, 25));
}

#[test]
fn numbers_of_more_than_64_bits_which_only_one_reads_are_found_by_check() {
    let text =
        "title = \"Kurs\"\norganiser = \"nordvik\"\n[[run]]\nstart = 2016-01-01\npatients = 9223372036854775808\n";
    assert!(by_toml(text).is_none() && by_spanner(text).is_some());
    let tree = Tree::sound();
    tree.file("offerings/stort.toml", text);
    let check = tree.check();
    assert_eq!(check.findings.len(), 1, "{:?}", check.findings);
    assert_eq!((&*check.findings[0].at.path, check.findings[0].at.line), ("offerings/stort.toml", 5));
}
