//! Validators from outside accept what `check` prints, and refuse it once it is spoilt: Microsoft's multitool for SARIF,
//! the Python packages `jsonschema` for JSON and Code Quality reports, `xmlschema` and `junitparser` for JUnit reports.
//! `.ci/run` installs them. Commands of GitHub are read back in `check_formats.rs`.

#![cfg(feature = "outside")]

mod common;
#[path = "check_formats/parse.rs"]
mod parse;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{Ran, Tree, run};
use lmnet::lang::Lang;
use serde_json::Value;

fn outside(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/outside").join(path)
}

/// A script in `tests/outside/`, on these files.
fn python(script: &str, files: &[&Path]) -> Ran {
    let mut command = Command::new(outside("python/bin/python"));
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outside").join(script)).args(files);
    run(command.env("NODE_PATH", outside("node_modules")))
}

/// What is printed of a tree without findings, and in all languages of one with every planted mistake.
fn printed(format: &str) -> Vec<String> {
    let (sound, planted) = (Tree::sound(), Tree::planted());
    let of = |tree: &Tree, lang: &str| run(&mut tree.command(&["check", "--format", format, "--lang", lang])).out;
    let mut printed = vec![of(&sound, "en")];
    printed.extend(Lang::ALL.map(|lang| of(&planted, lang.code())));
    printed
}

/// A text in a file of its own, for as long as it is looked at.
fn in_file<T>(name: &str, text: &str, look: impl FnOnce(&Path) -> T) -> T {
    let tree = Tree::empty();
    tree.file(name, text);
    look(&tree.path(name))
}

/// What the multitool finds wrong for its own sake, for GitHub and for GitHub's code scanning. It ends well whatever it
/// finds, so that only what it prints tells.
fn multitool(sarif: &str) -> Vec<String> {
    in_file("check.sarif", sarif, |file| {
        let mut command = Command::new(outside("node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"));
        command.arg("validate").arg(file).args(["--rule-kind", "Sarif;Gh;Ghas"]);
        let ran = run(command.env("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1"));
        assert!(ran.out.contains("Analysis completed successfully."), "{ran:?}");
        let told = |line: &&str| [": error ", ": warning "].iter().any(|level| line.contains(level));
        ran.out.lines().filter(told).map(str::to_owned).collect()
    })
}

#[test]
fn the_multitool_finds_no_error_and_no_warning() {
    for sarif in printed("sarif") {
        assert_eq!(multitool(&sarif), Vec::<String>::new());
    }
}

#[test]
fn the_multitool_refuses_what_is_spoilt() {
    let [_, _, _, sarif] = &printed("sarif")[..] else { panic!() };
    for (from, to) in [
        ("\"startLine\": ", "\"startLine\": -"),
        ("\"uri\": \"", "\"uri\": \"a b/"),
        ("\"informationUri\"", "\"information\""),
        ("\"ruleIndex\": ", "\"ruleIndex\": 99"),
    ] {
        let spoilt = sarif.replacen(from, to, 1);
        assert_ne!(*sarif, spoilt, "{from}");
        assert!(!multitool(&spoilt).is_empty(), "{from} is not seen");
    }
}

fn holds(schema: &str, text: &str) -> Ran {
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join(schema);
    in_file("check.json", text, |file| python("json_schema.py", &[&schema, file]))
}

#[test]
fn json_is_as_its_schema_tells() {
    const SCHEMA: &str = "docs/lmnet-check.schema.json";
    let printed = printed("json");
    for json in &printed {
        let ran = holds(SCHEMA, json);
        assert_eq!(ran.code, Some(0), "{}", ran.talk);
    }
    for (from, to) in [
        ("\"version\": 1", "\"version\": 2"),
        ("\"line\": ", "\"line\": -"),
        ("\"severity\": \"error\"", "\"severity\": \"fatal\""),
        ("\"fingerprint\": \"", "\"fingerprint\": \"x"),
        ("\"related\": null", "\"related\": {}"),
        ("\"rule\":", "\"regel\":"),
    ] {
        assert!(
            printed[3].contains(from) && holds(SCHEMA, &printed[3].replacen(from, to, 1)).code != Some(0),
            "{from}"
        );
    }
}

#[test]
fn code_quality_reports_are_as_gitlab_documents_them() {
    const SCHEMA: &str = "tests/outside/gitlab-code-quality.schema.json";
    let printed = printed("gitlab");
    for report in &printed {
        let ran = holds(SCHEMA, report);
        assert_eq!(ran.code, Some(0), "{}", ran.talk);
        let issues: Value = serde_json::from_str(report).unwrap();
        let issues = issues.as_array().unwrap();
        let fingerprints: BTreeSet<&str> = issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
        assert_eq!(fingerprints.len(), issues.len());
        assert!(!report.starts_with('\u{feff}'));
    }
    assert_ne!(holds(SCHEMA, &printed[3].replacen("\"major\"", "\"error\"", 1)).code, Some(0));
}

#[test]
fn junit_reports_are_read_and_hold_every_finding() {
    let reports = printed("junit");
    let json = printed("json");
    for (report, json) in reports.iter().zip(&json) {
        let ran = in_file("check.xml", report, |file| python("junit_report.py", &[file]));
        assert_eq!(ran.code, Some(0), "{}", ran.talk);
        let cases: Value = serde_json::from_str(&ran.out).unwrap();
        let lines = cases.as_array().unwrap().iter().flat_map(|case| [&case["failure"], &case["output"]]);
        let lines: Vec<&str> = lines.flat_map(|text| text.as_str().unwrap().lines()).collect();
        let told = lines.iter().filter_map(|line| parse::concise_line(line)).collect::<BTreeSet<_>>();
        assert_eq!(told, parse::json(json).into_iter().collect());
    }
    for (from, to) in
        [("</testsuite>", ""), ("name=\"stray-file\"", ""), ("<failure", "<failed"), ("tests=\"", "tests=\"9")]
    {
        let spoilt = reports[3].replacen(from, to, 1);
        let ran = in_file("check.xml", &spoilt, |file| python("junit_report.py", &[file]));
        assert!(spoilt != reports[3] && ran.code != Some(0), "{from}");
    }
}
