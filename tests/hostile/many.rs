//! Very many mistakes: the check ends soon all the same, shows some of them and counts the others.

use crate::common::Tree;
use crate::{COURSE, check};

#[test]
fn fifty_thousand_unknown_keys_are_capped() {
    let keys: String = (0..50_000).map(|number| format!("key-{number} = [{number}]\n")).collect();
    let tree = Tree::sound();
    tree.file("offerings/keys.toml", format!("{COURSE}{keys}")).file("offerings/wrong.toml", "title = 1\n");
    let check = check(&tree);
    assert!((100..=1000).contains(&check.findings.len()), "{} findings", check.findings.len());
    assert!(check.number("omitted") > 0);
    assert!(check.rules().contains(&("offerings/wrong.toml", "missing-key")));
}

#[test]
fn a_hundred_thousand_unknown_references_are_capped_and_counted() {
    let tree = Tree::sound();
    let ids = |width: usize| (0..100_000).map(|number| format!("\"{number:0width$}\",")).collect::<String>();
    tree.file("offerings/references.toml", format!("{COURSE}partners = [{}]\n", ids(5)));
    let check = check(&tree);
    let shown = check.findings.len() as u64;
    assert!((100..=1000).contains(&shown), "{shown} findings");
    assert_eq!(shown + check.number("omitted"), 100_000);
}

#[test]
fn many_waivers_of_many_findings_end_soon() {
    let tree = Tree::sound();
    let waivers = "{rule=\"a\",reason=\"-\"},".repeat(25_000);
    let partners = "\"a\",".repeat(120_000);
    tree.file("offerings/waivers.toml", format!("{COURSE}partners=[{partners}]\nwaive=[{waivers}]\n"));
    let check = check(&tree);
    // Each waiver has no rule and no reason; and a partner stands there more than once.
    assert_eq!(check.findings.len() as u64 + check.number("omitted"), 120_000 + 2 * 25_000 + 1);
}

#[test]
fn many_parts_with_ids_end_soon() {
    let tree = Tree::sound();
    let areas: String = (0..40_000).map(|number| format!("{{id=\"{number:x}\",title=\"T\"}},")).collect();
    tree.file("networks/areas.toml", format!("name = \"N\"\nurl = 1\nareas = [{areas}]\n"));
    assert_eq!(check(&tree).rules(), [("networks/areas.toml", "wrong-type")]);
}

#[test]
fn many_mistakes_on_one_line_end_soon() {
    let tree = Tree::sound();
    let runs = "{start=2016-02-03,end=2016-02-02},".repeat(25_000);
    tree.file("offerings/line.toml", format!("{COURSE}run=[{runs}]\n"));
    let check = check(&tree);
    assert_eq!(check.findings.len() as u64 + check.number("omitted"), 25_000);
}

#[test]
fn three_thousand_files_with_a_mistake_each_are_all_told() {
    let tree = Tree::sound();
    for number in 0..3000 {
        let text = if number % 2 == 0 { "title = \n" } else { "title = \"K\"\norganiser = \"nordvikk\"\n" };
        tree.file(format!("offerings/{}/kurs-{number}.toml", number % 7), text);
    }
    assert_eq!(check(&tree).findings.len(), 3000);
}

#[test]
fn many_findings_that_matter_little_hide_no_error() {
    let error = "form = \"x\"\n";
    let ids = "\"a\",".repeat(2000);
    let keys: String = (0..2000).map(|number| format!("key-{number} = 1\n")).collect();
    for (rule, text) in [
        ("unknown-reference", format!("{COURSE}partners = [{ids}]\n{error}")),
        ("unknown-key", format!("{COURSE}{keys}{error}")),
    ] {
        let tree = Tree::sound();
        tree.file(
            "lmnet.toml",
            format!("format = 1\ncondition = [{{ id = \"kols\", title = \"K\" }}]\n[rules]\n{rule} = \"note\"\n"),
        );
        tree.file("offerings/many.toml", text);
        let check = check(&tree);
        assert!(check.rules().contains(&("offerings/many.toml", "unknown-choice")), "{rule}");
        assert_eq!(check.number("errors"), 1, "{rule}");
    }
}

#[test]
fn many_files_with_very_many_mistakes_fit_in_memory() {
    let tree = Tree::sound();
    let ids: String = (0..100_000).map(|number| format!("\"{number:05}\",")).collect();
    for number in 0..5 {
        let course = COURSE.replace("Kurs", &format!("Kurs {number}"));
        tree.file(format!("offerings/many-{number}.toml"), format!("{course}partners = [{ids}]\n"));
    }
    let check = check(&tree);
    assert_eq!(check.findings.len() as u64 + check.number("omitted"), 500_000);
}

#[test]
fn a_waiver_covers_what_is_only_counted_too() {
    let tree = Tree::sound();
    let ids = "\"a\",".repeat(2000);
    let waive = "waive = [{ rule = \"unknown-reference\", reason = \"Kjelda\" }]";
    tree.file("offerings/many.toml", format!("{COURSE}partners = [{ids}]\nform = 1\n{waive}\n"));
    let check = check(&tree);
    let rules: Vec<_> = check.rules().into_iter().map(|(_, rule)| rule).collect();
    assert_eq!(
        (check.number("waived"), check.number("omitted"), rules),
        (2000, 0, vec!["repeated-value", "wrong-type"])
    );
}
