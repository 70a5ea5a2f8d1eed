//! Findings as a JUnit report: a suite for each file, in it a test for each rule, so that what is right shows too.

use std::collections::HashMap;
use std::io::Write;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{Shown, concise};
use crate::check::Finding;
use crate::diagnostic::{Rule, Severity};
use crate::render::xml::plain;

/// What the tests of a report are.
#[derive(Debug)]
pub struct LookedAt<'a> {
    /// The files, as the registry names them.
    pub files: &'a [String],
    /// The rules that are not switched off.
    pub rules: &'a [&'static Rule],
    /// Findings from this severity on fail their test; the others stand in its output.
    pub fail_on: Option<Severity>,
}

/// As a JUnit report. It fails exactly when the command does.
///
/// # Errors
///
/// Never for texts in memory.
pub fn junit(shown: &Shown<'_>, looked_at: &LookedAt<'_>) -> anyhow::Result<String> {
    let mut found: HashMap<(&str, &str), Vec<&Finding>> = HashMap::new();
    for finding in shown.outcome.new_findings() {
        found.entry((&finding.place.path, finding.rule.id)).or_default().push(finding);
    }
    let fails = |finding: &&Finding| looked_at.fail_on.is_some_and(|least| finding.severity >= least);
    let mut failures: HashMap<&str, usize> = HashMap::new();
    for ((file, _), _) in found.iter().filter(|(_, all)| all.iter().any(fails)) {
        *failures.entry(file).or_default() += 1;
    }
    let failed: usize = failures.values().sum();
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let tests = (looked_at.files.len() * looked_at.rules.len()).to_string();
    writer
        .create_element("testsuites")
        .with_attributes(totals("lmnet", &tests, &failed.to_string()))
        .write_inner_content(|writer| {
            for file in looked_at.files {
                let path = plain(&format!("{}{file}", shown.prefix));
                let tests = looked_at.rules.len().to_string();
                let failures = failures.get(&**file).copied().unwrap_or_default().to_string();
                let suite = writer.create_element("testsuite").with_attributes(totals(&path, &tests, &failures));
                suite.write_inner_content(|writer| {
                    for rule in looked_at.rules {
                        let found = found.get(&(&**file, rule.id)).map_or(&[][..], |found| found);
                        test(writer, &path, rule, found, shown, fails)?;
                    }
                    Ok(())
                })?;
            }
            Ok(())
        })?;
    Ok(String::from_utf8(writer.into_inner())? + "\n")
}

/// The attributes of a suite, or of all. No clock is read, so that the same tree gives the same bytes.
fn totals<'a>(name: &'a str, tests: &'a str, failures: &'a str) -> [(&'a str, &'a str); 5] {
    [("name", name), ("tests", tests), ("failures", failures), ("errors", "0"), ("time", "0")]
}

fn test(
    writer: &mut Writer<impl Write>,
    path: &str,
    rule: &Rule,
    found: &[&Finding],
    shown: &Shown<'_>,
    fails: impl Fn(&&Finding) -> bool,
) -> std::io::Result<()> {
    let case = [("classname", path), ("name", rule.id), ("file", path), ("time", "0")];
    let case = writer.create_element("testcase").with_attributes(case);
    let lines = |found: &[&Finding]| {
        let told = |finding: &&Finding| {
            let hint = finding.hint.as_ref().map_or(String::new(), |hint| format!("\n  {}", hint.get(shown.lang)));
            concise::line(finding, shown) + &hint
        };
        plain(&found.iter().map(told).collect::<Vec<_>>().join("\n"))
    };
    let (failing, passing): (Vec<&Finding>, Vec<&Finding>) = found.iter().partition(|finding| fails(finding));
    if found.is_empty() {
        return case.write_empty().map(|_| ());
    }
    case.write_inner_content(|writer| {
        if let Some(first) = failing.first() {
            let message = plain(first.message.get(shown.lang));
            let failure = [("message", &*message), ("type", first.severity.code())];
            let failure = writer.create_element("failure").with_attributes(failure);
            failure.write_text_content(BytesText::new(&lines(&failing)))?;
        }
        if !passing.is_empty() {
            writer.create_element("system-out").write_text_content(BytesText::new(&lines(&passing)))?;
        }
        Ok(())
    })?;
    Ok(())
}
