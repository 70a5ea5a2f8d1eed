//! Every format of `check` shows the same findings as JSON does, and each is what its readers expect.

mod common;
#[path = "check_formats/parse.rs"]
mod parse;

use std::collections::BTreeSet;
use std::fs;

use common::{Ran, Tree, run};
use lmnet::lang::Lang;
use lmnet::render::findings::{Shown, human};
use parse::{Told, commands};
use serde_json::Value;

/// What `check` prints in a format, in English unless the arguments say otherwise.
fn checked(tree: &Tree, format: &str, arguments: &[&str]) -> Ran {
    let lang = if arguments.contains(&"--lang") { &[][..] } else { &["--lang", "en"] };
    run(&mut tree.command(&[&["check", "--format", format], lang, arguments].concat()))
}

fn json(tree: &Tree, arguments: &[&str]) -> Value {
    serde_json::from_str(&checked(tree, "json", arguments).out).unwrap()
}

/// A registry with every planted mistake, two folders down in a repository whose folders have awkward names.
fn planted_in_a_repository() -> (Tree, Tree) {
    let planted = Tree::planted();
    let repository = Tree::empty();
    fs::create_dir(repository.path(".git")).unwrap();
    let root = repository.place("Læring, 50 %/a b:c/x").with_file_name("registry");
    fs::rename(&planted.root, &root).unwrap();
    (repository, Tree { root })
}

#[test]
fn every_format_shows_the_findings_that_json_shows() {
    let (repository, tree) = planted_in_a_repository();
    let (page, prefix) = (repository.path("summary.md"), "Læring, 50 %/a b:c/registry/");
    let told = parse::json(&checked(&tree, "json", &[]).out);
    assert!(told.len() > 100 && told.iter().all(|told| told.path.starts_with(prefix)), "{told:#?}");
    let levels: BTreeSet<&str> = told.iter().map(|told| &*told.level).collect();
    assert_eq!(levels, BTreeSet::from(["error", "note", "warning"]));
    let from = |format: &str| {
        let mut command = tree.command(&["check", "--format", format, "--lang", "en"]);
        let ran = run(command.env("GITHUB_STEP_SUMMARY", &page).current_dir(&repository.root));
        assert_eq!((ran.code, &*ran.talk), (Some(1), ""), "{format}");
        ran.out
    };
    let github = from("github") + &fs::read_to_string(&page).unwrap();
    for (format, shown) in [
        ("human", parse::human(&from("human"))),
        ("concise", parse::concise(&from("concise"))),
        ("sarif", parse::sarif(&from("sarif"))),
        ("github", parse::github(&github)),
        ("gitlab", parse::gitlab(&from("gitlab"))),
        ("junit", parse::junit(&from("junit"))),
    ] {
        let missing: Vec<&Told> = told.iter().filter(|told| !shown.contains(told)).collect();
        let surplus: Vec<&Told> = shown.iter().filter(|shown| !told.contains(shown)).collect();
        assert!(missing.is_empty() && surplus.is_empty(), "{format}: missing {missing:#?}, surplus {surplus:#?}");
        assert_eq!(shown, told, "{format} shows something more than once");
    }
}

#[test]
fn ten_runs_give_the_same_bytes() {
    let tree = Tree::planted();
    for format in ["human", "concise", "json", "sarif", "github", "gitlab", "junit"] {
        let first = checked(&tree, format, &[]);
        (1..10).for_each(|_| assert_eq!(checked(&tree, format, &[]), first, "{format}"));
    }
}

#[test]
fn github_gets_ten_of_each_level_the_worst_first_and_the_rest_on_the_page() {
    let tree = Tree::planted();
    let page = tree.path("page.md");
    fs::write(&page, "before\n").unwrap();
    let ran = run(tree.command(&["check", "--format", "github", "--lang", "en"]).env("GITHUB_STEP_SUMMARY", &page));
    let given = commands(&ran.out);
    let levels: Vec<&str> = given.iter().map(|command| &*command.name).collect();
    let told = json(&tree, &[]);
    let number = |key: &str| told[key].as_u64().unwrap() as usize;
    let most = [("error", number("errors")), ("warning", number("warnings")), ("notice", number("notes"))];
    let wanted: Vec<&str> = most.iter().flat_map(|(name, count)| vec![*name; *count.min(&10)]).collect();
    assert_eq!(levels, wanted);
    assert!(most[0].1 > 10, "not enough errors to try it");
    let totals = format!("{} errors, {} warnings", most[0].1, most[1].1);
    let left = most.iter().map(|(_, count)| count.saturating_sub(10)).sum::<usize>();
    assert!(ran.out.contains(&totals) && ran.out.contains(&format!("\n{left} of them")), "{}", ran.out);
    let written = fs::read_to_string(&page).unwrap();
    assert!(written.starts_with("before\n") && written.contains(&totals), "{written}");
    assert_eq!(written.lines().filter(|line| line.starts_with("| ")).count(), left + 2);
}

#[test]
fn the_page_of_a_run_stays_below_what_github_takes() {
    let tree = Tree::sound();
    for file in 0..12 {
        let bad: String = (0..490).map(|key| format!("{}{key} = 1\n", "x".repeat(150))).collect();
        tree.file(format!("offerings/many-{file}.toml"), bad);
    }
    let page = tree.path("page.md");
    run(tree.command(&["check", "--format", "github"]).env("GITHUB_STEP_SUMMARY", &page));
    let written = fs::read_to_string(&page).unwrap();
    assert!((800_000..1024 * 1024).contains(&written.len()), "{}", written.len());
    let last = written.trim_end().lines().next_back().unwrap();
    let left: usize = last.split(' ').next().unwrap().parse().unwrap();
    let rows = written.lines().filter(|line| line.starts_with("| ")).count() - 2;
    let told = json(&tree, &[])["findings"].as_array().unwrap().len();
    let shown = commands(&run(&mut tree.command(&["check", "--format", "github"])).out).len();
    assert_eq!(rows + left + shown, told);
}

#[test]
fn a_page_that_cannot_be_written_is_an_error() {
    let tree = Tree::planted();
    let ran = run(tree.command(&["check", "--format", "github"]).env("GITHUB_STEP_SUMMARY", tree.path("no/such.md")));
    assert!(ran.code == Some(2) && ran.talk.contains("no/such.md"), "{ran:?}");
    // Whoever does not ask for the format writes nothing there.
    let ran = run(tree.command(&["check"]).env("GITHUB_STEP_SUMMARY", tree.path("no/such.md")));
    assert_eq!(ran.code, Some(1));
}

#[test]
fn an_ending_chooses_the_format_where_it_can_mean_only_one() {
    let tree = Tree::sound();
    let written = |name: &str, arguments: &[&str]| {
        let file = tree.path("mappings").join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        let ran = run(tree.command(&[&["check"], arguments].concat()).arg("-o").arg(&file));
        (ran.code, fs::read_to_string(file).unwrap_or(ran.talk))
    };
    for (name, arguments, begins) in [
        ("a.sarif", &[][..], "{\n  \"$schema\""),
        ("a.json", &[], "{\n  \"schema\": \"lmnet-check\""),
        ("a.xml", &[], "<?xml"),
        ("a.txt", &[], "15 "),
        ("sarif.json", &["--format", "sarif"], "{\n  \"$schema\""),
        ("gl-code-quality-report.json", &["--format", "gitlab"], "[]"),
        ("concise.txt", &["--format", "concise"], "15 "),
    ] {
        let (code, text) = written(name, arguments);
        assert!(code == Some(0) && text.starts_with(begins), "{name}: {code:?} {text}");
    }
    for (name, arguments) in
        [("b.csv", &[][..]), ("b.sarif", &["--format", "json"]), ("b.xml", &["--format", "gitlab"])]
    {
        assert_eq!(written(name, arguments).0, Some(2), "{name}");
    }
}

#[test]
fn fingerprints_are_unique_and_the_same_in_every_language() {
    let tree = Tree::planted();
    let of = |lang: &str| -> Vec<String> {
        let findings = json(&tree, &["--lang", lang])["findings"].take();
        findings.as_array().unwrap().iter().map(|finding| finding["fingerprint"].to_string()).collect()
    };
    let (nn, en) = (of("nn"), of("en"));
    assert_eq!(nn, en);
    assert_eq!(nn.iter().collect::<BTreeSet<_>>().len(), nn.len());
}

#[test]
fn a_fingerprint_outlives_moved_lines_and_another_layout() {
    let fingerprints = |text: &str, path: &str| {
        let tree = Tree::sound();
        tree.file(path, text);
        let findings = json(&tree, &[])["findings"].take();
        let of = |finding: &Value| finding["fingerprint"].as_str().unwrap().to_owned();
        findings.as_array().unwrap().iter().map(of).collect::<BTreeSet<_>>()
    };
    let path = "offerings/two.toml";
    let before =
        fingerprints("title = \"A\"\norganiser = [\"fjord-hf\", \"sørvik\"]\n[[run]]\nend = 2016-02-30\n", path);
    assert_eq!(before.len(), 2);
    let moved = "# A comment\n\norganiser = [\n  \"sørvik\",\n  \"fjord-hf\",\n]\ntitle = 'A'\n[[run]]\nstart = 2016-01-01\n\n[[run]]\nend = 2016-02-30\n";
    assert_eq!(fingerprints(moved, path), before);
    assert_eq!(fingerprints(moved, "offerings/2016/two.toml"), before);
    assert_eq!(fingerprints(moved, "offerings/three.toml").intersection(&before).count(), 0);
    let other = moved.replace("sørvik", "sørvåg");
    assert_eq!(fingerprints(&other, path).intersection(&before).count(), 1);
}

#[test]
fn two_findings_that_nothing_tells_apart_have_two_fingerprints() {
    let tree = Tree::sound();
    let run = "[[run]]\nstart = 2016-01-01\nmunicipality = \"sørvik\"\n";
    tree.file("offerings/two.toml", format!("title = \"A\"\norganiser = \"nordvik\"\n{run}{run}"));
    let findings = json(&tree, &[])["findings"].take();
    let [first, second] = &findings.as_array().unwrap()[..] else { panic!("{findings:#}") };
    assert_eq!(first["message"], second["message"]);
    assert_ne!(first["fingerprint"], second["fingerprint"]);
}

#[test]
fn a_junit_report_fails_where_the_command_does_and_tells_what_passed() {
    let tree = Tree::sound();
    tree.file("offerings/half.toml", "title = \"A\"\norganiser = \"nobody\"\n").file("stray.txt", "");
    let report = checked(&tree, "junit", &[]).out;
    let files = 15 + 1 + 1 + 1; // records, the manifest, what was just written
    let all = lmnet::rules::ALL.len() * files;
    assert_eq!(report.matches("<testcase ").count(), all);
    assert!(report.contains(&format!("<testsuites name=\"lmnet\" tests=\"{all}\" failures=\"1\"")), "{report}");
    assert_eq!((report.matches("<failure ").count(), report.matches("<system-out>").count()), (1, 1));
    assert!(report.contains("<failure message=\"&quot;nobody&quot; does not exist"), "{report}");
}

#[test]
fn what_xml_cannot_hold_is_left_out_of_it() {
    let tree = Tree::sound();
    tree.file("offerings/odd.toml", "title = \"A\"\norganiser = \"a\u{fffe}<&>'\"\n");
    let report = checked(&tree, "junit", &[]).out;
    assert!(report.contains("a&lt;&amp;&gt;"));
    assert!(!report.contains('\u{fffe}'));
}

#[test]
fn places_are_links_where_the_terminal_may_have_them() {
    let tree = Tree::sound();
    tree.file(
        "offerings/to å.toml",
        "title = \"▸ A\"\norganiser = \"fjord-hf\"\n[[run]]\nstart = 2016-02-17\nend = 2016-02-03\n",
    );
    let outcome = lmnet::check::run(&lmnet::registry::Registry::load(&tree.root));
    let shown = Shown { outcome: &outcome, lang: Lang::En, prefix: "here/" };
    let (plain, linked) = (human(&shown, None, None), human(&shown, None, Some(&tree.root)));
    let address = format!("file://{}/offerings/to%20%C3%A5.toml", tree.root.display());
    let link = format!("\x1b]8;;{address}\x1b\\here/offerings/to å.toml\x1b]8;;\x1b\\");
    // The file name, the period, and where the period begins.
    assert_eq!(linked.matches(&link).count(), 3, "{linked:?}");
    assert_eq!(linked.replace(&link, "here/offerings/to å.toml"), plain);
}

#[test]
fn there_are_no_links_in_what_is_no_terminal() {
    let tree = Tree::planted();
    let ran = run(&mut tree.command(&["check", "--color", "always"]));
    assert!(ran.out.contains("\x1b[") && !ran.out.contains("\x1b]8"));
}
