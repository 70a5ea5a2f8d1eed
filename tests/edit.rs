//! Changes to the text of a record: what becomes of it to the byte, and what is refused.

mod common;

use std::fs;
use std::path::Path;

use common::toml_files;
use lmnet::edit::{Edit, edited, with_part};
use lmnet::layout::layout;
use lmnet::model::Kind;
use lmnet::read::{FieldInfo, Shape};
use lmnet::registry::{fields_of_file, fields_of_kind};
use toml::Value;

const OFFERING: &str = "\
# About the file.
title = { nn = \"Kurs\", nb = \"Kurs\" } # beside
organiser = \"nordvik\"
# Above.
audience = [\"patients\"]

[referral]
required = true

# The first.
[[run]]
start = 2016-02-03 # a day
patients = 12

[[run]]
id = \"haust\"
start = \"2016-autumn\"
";

fn fields(path: &str) -> Vec<FieldInfo> {
    fields_of_file(Path::new(path)).unwrap()
}

fn set(text: &str, key: &str, values: &[&str]) -> Result<String, String> {
    let to = Some(values.iter().map(|value| (*value).to_owned()).collect());
    edited(text, &fields("offerings/x.toml"), &[Edit { key: key.to_owned(), to }]).map_err(|said| said.en)
}

fn unset(text: &str, key: &str) -> Result<String, String> {
    edited(text, &fields("offerings/x.toml"), &[Edit { key: key.to_owned(), to: None }]).map_err(|said| said.en)
}

#[test]
fn a_value_changes_and_nothing_else_does() {
    for (key, values, old, new) in [
        ("organiser", &["sorvik"][..], "organiser = \"nordvik\"", "organiser = [\"sorvik\"]"),
        ("title.nb", &["Skole"], "nb = \"Kurs\" } #", "nb = \"Skole\" } #"),
        ("title.en", &["Say \"hi\""], "nb = \"Kurs\" }", "nb = \"Kurs\", en = 'Say \"hi\"' }"),
        ("audience", &["pårørande", "patients"], "[\"patients\"]", "[\"relatives\", \"patients\"]"),
        ("audience", &["[\"relatives\"]"], "[\"patients\"]", "[\"relatives\"]"),
        ("audience", &[" [\"relatives\"]\n"], "[\"patients\"]", "[\"relatives\"]"),
        ("referral.required", &["nei"], "required = true", "required = false"),
        ("referral.to", &["Fastlegen"], "required = true\n", "required = true\nto = \"Fastlegen\"\n"),
        ("run[0].start", &["4.2.2016"], "2016-02-03 # a day", "2016-02-04 # a day"),
        ("run[2016-02-03].patients", &["ca. 12"], "patients = 12", "patients = { about = 12 }"),
        ("run[0].patients", &["vel 3 550"], "patients = 12", "patients = { at-least = 3550, words = \"vel 3 550\" }"),
        ("run[0].patients", &["minst 12"], "patients = 12", "patients = { at-least = 12 }"),
        ("run[0].patients", &["Ikkje registrert"], "patients = 12", "patients = \"not-recorded\""),
        ("run[0].hours", &["12,5"], "a day\n", "a day\nhours = 12.5\n"),
        ("run[haust].start", &["2017-haust"], "start = \"2016-autumn\"", "start = \"2017-autumn\""),
        ("run[haust].end", &["2016"], "\"2016-autumn\"\n", "\"2016-autumn\"\nend = \"2016\"\n"),
        ("form", &["gruppebasert"], "# Above.\n", "form = \"group\"\n# Above.\n"),
        ("continuous", &["ja"], "\"patients\"]\n", "\"patients\"]\ncontinuous = true\n"),
        ("involvement.planning", &["lag"], "\n# The first.", "\n[involvement]\nplanning = [\"lag\"]\n\n# The first."),
        (
            "arrangement.financing.clause",
            &["4"],
            "\n# The first.",
            "\n[arrangement]\nfinancing = { clause = \"4\" }\n\n# The first.",
        ),
        (
            "description.nn",
            &["To\nlinjer"],
            "[\"patients\"]\n",
            "[\"patients\"]\ndescription = { nn = \"\"\"\nTo\nlinjer\"\"\" }\n",
        ),
        (
            "waive",
            &["[{ rule = \"stray-file\", reason = \"Difor\" }]"],
            "[\"patients\"]\n",
            "[\"patients\"]\nwaive = [{ rule = \"stray-file\", reason = \"Difor\" }]\n",
        ),
    ] {
        let after = set(OFFERING, key, values).unwrap_or_else(|error| panic!("{key}: {error}"));
        assert_eq!(after, OFFERING.replacen(old, new, 1), "{key} {values:?}");
        assert_ne!(after, OFFERING, "{key}: {old} is not there");
    }
}

#[test]
fn a_key_is_taken_out_with_what_is_about_it() {
    for (key, old) in [
        ("audience", "# Above.\naudience = [\"patients\"]\n"),
        ("run[0].patients", "patients = 12\n"),
        ("run[haust]", "\n[[run]]\nid = \"haust\"\nstart = \"2016-autumn\"\n"),
        ("referral.required", "[referral]\nrequired = true\n\n"),
        ("title.nb", ", nb = \"Kurs\""),
        ("form", ""),
        ("involvement.planning", ""),
    ] {
        assert_eq!(unset(OFFERING, key).unwrap(), OFFERING.replacen(old, "", 1), "{key}");
    }
    let after = unset(OFFERING, "title").unwrap();
    assert!(after.starts_with("# About the file.\norganiser"), "what stands at the top is about the file: {after}");
}

#[test]
fn a_part_comes_last_and_in_the_form_of_the_others() {
    let part = [Edit::set("patients", "ca. 12"), Edit::set("start", "2017-01-10")];
    let fields = fields("offerings/x.toml");
    let run = "\n[[run]]\nstart = 2017-01-10\npatients = { about = 12 }\n";
    assert_eq!(with_part(OFFERING, &fields, "run", true, &part).unwrap(), format!("{OFFERING}{run}"));
    let none = "title = \"Kurs\"\norganiser = \"nordvik\"\n";
    assert_eq!(with_part(none, &fields, "run", true, &part).unwrap(), format!("{none}{run}"));
    let inline = "title = \"Kurs\"\norganiser = \"nordvik\"\nrun = [{ start = 2016-01-10 }]\n";
    let after = with_part(inline, &fields, "run", true, &part[1..]).unwrap();
    assert!(after.ends_with("run = [{ start = 2016-01-10 }, { start = 2017-01-10 }]\n"), "{after}");
}

#[test]
fn a_single_part_without_brackets_is_the_first_of_the_list() {
    let part = [Edit::set("to", "sorvik"), Edit::set("on", "2016-02-03")];
    let text =
        "network = \"x\"\nkind = \"action\"\nyear = 2016\nsent = { to = \"nordvik\", on = 2015-01-02 } # first\n";
    let after = with_part(text, &fields("plans/x.toml"), "sent", false, &part).unwrap();
    let both = "sent = [{ to = \"nordvik\", on = 2015-01-02 }, { to = \"sorvik\", on = 2016-02-03 }] # first\n";
    assert_eq!(after, text.replace("sent = { to = \"nordvik\", on = 2015-01-02 } # first\n", both));
    let single = "title = \"Kurs\"\norganiser = \"nordvik\"\n\n[run]\nstart = 2016-02-03\n";
    let run = [Edit::set("start", "2017-02-03")];
    let after = with_part(single, &fields("offerings/x.toml"), "run", true, &run).unwrap();
    assert_eq!(after, single.replace("[run]", "[[run]]") + "\n[[run]]\nstart = 2017-02-03\n");
    assert_eq!(set(single, "run[0].start", &["2016-02-04"]).unwrap(), single.replace("-03", "-04"));
    assert_eq!(set(single, "run[2016-02-03].patients", &["3"]).unwrap(), format!("{single}patients = 3\n"));
    assert_eq!(set(single, "organiser[0]", &["sorvik"]).unwrap(), single.replace("nordvik", "sorvik"));
    assert_eq!(unset(single, "run[0]").unwrap(), single.split("\n[run]").next().unwrap());
    assert!(set(single, "run[1].start", &["2016-02-04"]).unwrap_err().contains("run[0] (2016-02-03)"));
}

#[test]
fn a_short_form_is_spelt_out_where_more_is_said() {
    let text = "name = \"Nettverk\"\nparties = [\"nordvik\", \"sorvik\"]\n";
    let edit = Edit::set("parties[sorvik].to", "2019-12-31");
    let after = edited(text, &fields("networks/x.toml"), &[edit]).unwrap();
    assert!(after.ends_with("parties = [\"nordvik\", { organisation = \"sorvik\", to = 2019-12-31 }]\n"), "{after}");
}

/// The tables that have a short form, each with the form and its first key.
fn short_forms(shape: &Shape, depth: usize, found: &mut Vec<(String, String)>) {
    if let Shape::List(each) = shape {
        return short_forms(each, depth, found);
    }
    if let Shape::Either(short, long) = shape
        && let (Shape::Reference(_), Some(first @ Shape::Reference(_))) =
            (&**short, long.fields().map(|fields| fields[0].shape.clone()).as_ref())
    {
        found.push((format!("{short:?}"), format!("{first:?}")));
    }
    for field in shape.fields().into_iter().flatten().filter(|_| depth < 4) {
        short_forms(&field.shape, depth + 1, found);
    }
}

#[test]
fn a_short_form_always_stands_for_the_first_key() {
    let mut found = Vec::new();
    for kind in Kind::ALL {
        fields_of_kind(*kind).iter().for_each(|field| short_forms(&field.shape, 0, &mut found));
    }
    assert!(found.len() > 6, "{} forms", found.len());
    found.iter().for_each(|(short, first)| assert_eq!(short, first));
}

#[test]
fn what_fits_nowhere_is_refused_with_a_remedy() {
    for (key, values, says) in [
        ("raech", &["local"][..], "did you mean \"reach\"?"),
        ("reach", &["nationl"], "did you mean \"national\"?"),
        ("reach", &["local", "national"], "only one value"),
        ("run[0].start", &["2016-02-30"], "it must be a time: 2016-05-31"),
        ("run[0].start", &["31.4.2016"], "it must be a time"),
        ("verified", &["2016-05"], "it must be a date without quotes"),
        ("run[0].patients", &["tolv"], "it must be a count"),
        ("run[0].patients", &["12,5"], "it must be a count"),
        ("run[0].patients", &["-3"], "it must be a count"),
        ("run[0].capacity", &["mange"], "a whole number"),
        ("run[7].patients", &["1"], "there are run[0] (2016-02-03), run[1] (haust)"),
        ("run[0]", &["x"], "run[0].start"),
        ("run.patients", &["1"], "has no keys"),
        ("title[0]", &["x"], "is no list"),
        ("title", &["Kurs"], "title.nn, title.nb"),
        ("title.no", &["Kurs"], "there is no such key"),
        ("partners[0]", &["x"], "nothing in partners"),
        ("referral", &["ja"], "a table with the keys"),
        ("waive", &["[{ rule = }]"], "is not valid TOML"),
        ("[0].x", &["x"], "is no key"),
        ("run[0", &["x"], "is no key"),
        ("", &["x"], "is no key"),
        ("continuous", &["kanskje"], "true or false"),
    ] {
        let error = set(OFFERING, key, values).expect_err(key);
        assert!(error.contains(says), "{key}: {error}");
    }
    let plain = "title = \"KOLS-skule\"\norganiser = \"nordvik\"\n";
    assert!(set(plain, "title.nb", &["KOLS-skole"]).unwrap_err().contains("the same in all languages"));
    let twice = "title = \"Kurs\"\n\n[[run]]\nstart = 2016-02-03\n\n[[run]]\nstart = 2016-02-03\n";
    assert!(set(twice, "run[2016-02-03].patients", &["1"]).unwrap_err().contains("several parts"));
    assert!(set("title = \n", "form", &["group"]).unwrap_err().contains("cannot be read"));
}

#[test]
fn a_file_that_is_not_laid_out_keeps_its_looks() {
    let careless = "organiser=\"nordvik\"   # who\ntitle   = \"Kurs\"\n\n\n\n[[run]]\n  start=2016-02-03\n";
    let after = set(careless, "run[0].start", &["2016-02-04"]).unwrap();
    assert_eq!(after, careless.replace("-03", "-04"));
    let windows = careless.replace('\n', "\r\n");
    let after = set(&windows, "run[0].patients", &["12"]).unwrap();
    assert_eq!(after, format!("{windows}patients = 12\r\n"));
    let laid_out = OFFERING.replace('\n', "\r\n");
    let after = set(&laid_out, "run[0].patients", &["13"]).unwrap();
    assert_eq!(after, laid_out.replace("patients = 12", "patients = 13"));
}

/// Every value that stands alone, with the key that leads to it.
fn values(value: &Value, key: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::Table(table) => {
            for (name, value) in table {
                let name = if name.contains('.') { format!("\"{name}\"") } else { name.clone() };
                let key = if key.is_empty() { name } else { format!("{key}.{name}") };
                values(value, &key, found);
            }
        }
        Value::Array(parts) => {
            parts.iter().enumerate().for_each(|(index, part)| values(part, &format!("{key}[{index}]"), found));
        }
        Value::String(text) => found.push((key.to_owned(), text.clone())),
        other => found.push((key.to_owned(), other.to_string())),
    }
}

#[test]
fn what_is_there_set_again_changes_nothing_that_is_said() {
    let root = "examples/fjordnett";
    let (mut files, mut count) = (Vec::new(), 0);
    toml_files(Path::new(root), &mut files);
    for file in files {
        let path = file.strip_prefix(root).unwrap();
        let Some(fields) = fields_of_file(path) else { continue };
        let text = fs::read_to_string(&file).unwrap();
        let before: Value = toml::from_str(&text).unwrap();
        let mut found = Vec::new();
        values(&before, "", &mut found);
        // What a duty looks for may be any value.
        found.retain(|(key, _)| !key.contains(".where.") && !key.contains("require"));
        for (key, said) in found.into_iter().step_by(4) {
            let after = edited(&text, &fields, &[Edit::set(&key, &said)]);
            let after = after.unwrap_or_else(|error| panic!("{}: {key}: {error:?}", path.display()));
            let read: Value = toml::from_str(&after).unwrap();
            let listed = format!("{key}[0]");
            let same = read == before || {
                let mut now = Vec::new();
                values(&read, "", &mut now); // a single value of a list may stand without brackets
                now.iter().any(|(at, value)| (*at == key || *at == listed) && *value == said)
            };
            assert!(same, "{}: {key}", path.display());
            assert_eq!(layout(&after, Some(&fields)).unwrap(), after, "{}: {key}", path.display());
            count += 1;
        }
    }
    assert!(count > 500, "only {count} values");
}
