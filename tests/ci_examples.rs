//! The examples for CI, and the workflows of this repository: their steps are run as they stand, in a repository with a base, a
//! change, and a job's environment. What only the services themselves can do (their actions, their caches) is left out.

mod common;
#[path = "ci_examples/machine.rs"]
mod machine;
#[path = "common/repository.rs"]
mod repository;

use std::fs;
#[cfg(feature = "outside")]
use std::{path::Path, process::Command};

use machine::{Machine, yaml};
use repository::git;
use serde_json::Value;

const GITHUB: &str = "examples/ci/github/.github/workflows/registry.yml";
const GITHUB_WEEKLY: &str = "examples/ci/github/.github/workflows/deadlines.yml";
const BRIEF: &str = "examples/ci/github/.github/workflows/brief.yml";
const OWN: &str = ".github/workflows/registry.yml";
const PRE_COMMIT: &str = "examples/ci/pre-commit/.pre-commit-config.yaml";

/// A workflow, and where the registry lies: it may be the whole repository.
const WORKFLOWS: [(&str, &str); 3] = [(GITHUB, "registry/"), (GITHUB, ""), (OWN, "registry/")];

const MISTAKE: &str = "~~~toml offerings/ny.toml\ntitle = \"Nytt tilbod\"\norganiser = \"finst-ikkje\"\n~~~\n";
const SOUND_CHANGE: &str = "~~~toml organisations/ny.toml\nname = \"Ny\"\nkind = \"other\"\n~~~\n";
const DELETION: &str = "without offerings/fjord-hf/kols-skule.toml";

#[test]
fn a_pull_request_with_a_new_mistake_fails_on_its_line_and_is_told_in_words() {
    for (path, folder) in WORKFLOWS {
        let mut machine = Machine::new(folder, MISTAKE);
        let (printed, code) = machine.workflow(path, "pull_request");
        assert_eq!(code, 1, "{path}: {printed}");
        assert!(printed.contains(&format!("::error file={folder}offerings/ny.toml,line=2,")), "{path}: {printed}");
        assert!(!printed.contains("stray"), "{path}: what is there without it is shown: {printed}");
        let (summary, brief) = (machine.read("summary.md"), machine.read("temporary/brief/brief.md"));
        assert!(summary.contains("offerings/ny") && summary.contains("unknown-reference"), "{path}: {summary}");
        assert!(!brief.is_empty() && summary.starts_with(&brief), "{path}: {summary}");
    }
}

#[test]
fn a_pull_request_that_only_deletes_is_checked_as_well() {
    let mut machine = Machine::new("", DELETION);
    let (printed, code) = machine.workflow(GITHUB, "pull_request");
    assert_eq!(code, 1, "{printed}");
    assert!(
        printed.contains("::error file=") && machine.read("summary.md").contains("offerings/kols-skule"),
        "{printed}"
    );
}

#[test]
fn a_pull_request_without_a_new_mistake_passes() {
    for (path, folder) in WORKFLOWS {
        let mut machine = Machine::new(folder, SOUND_CHANGE);
        let (printed, code) = machine.workflow(path, "pull_request");
        assert_eq!(code, 0, "{path}: {printed}");
        assert!(!printed.contains("::error") && !printed.contains("::warning"), "{path}: {printed}");
    }
}

#[test]
fn a_push_shows_everything_and_makes_the_file_for_code_scanning() {
    for (path, folder) in WORKFLOWS {
        let mut machine = Machine::new(folder, SOUND_CHANGE);
        let (printed, code) = machine.workflow(path, "push");
        assert_eq!(code, 0, "{path}: {printed}");
        let shown: Vec<&str> = printed.lines().filter(|line| line.starts_with("::warning")).collect();
        assert_eq!(shown.len(), 2, "{path}: {printed}");
        assert!(shown[0].starts_with(&format!("::warning file={folder}other-stray.txt")), "{path}: {printed}");
        let sarif: Value = serde_json::from_str(&machine.read("temporary/lmnet.sarif")).unwrap();
        assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), 2);
    }
}

#[test]
fn the_history_that_a_job_asks_for_is_enough_and_with_less_it_says_what_to_fetch() {
    let checkout = yaml(GITHUB)["jobs"]["check"]["steps"][0].clone();
    let depth = checkout["with"]["fetch-depth"].as_u64().unwrap();
    for (depth, wanted) in [(depth, 0), (1, 2)] {
        let mut machine = Machine::new("registry", SOUND_CHANGE);
        let from = format!("file://{}", machine.checkout.display());
        let shallow = machine.tree.path("shallow");
        let depth = depth.to_string();
        git(&machine.checkout, &["clone", "-q", "--depth", &depth, &from, shallow.to_str().unwrap()]);
        machine.checkout = shallow;
        let (printed, code) = machine.workflow(GITHUB, "pull_request");
        assert_eq!(code, wanted, "{printed}");
        assert_eq!(printed.contains("klonen er grunn (shallow)"), wanted == 2, "{printed}");
    }
}

#[test]
fn the_weekly_job_of_github_tells_what_is_overdue() {
    let mut machine = Machine::new("registry", SOUND_CHANGE);
    let (printed, code) = machine.workflow(GITHUB_WEEKLY, "schedule");
    assert_eq!(code, 1, "{printed}");
    let summary = machine.read("summary.md");
    assert!(summary.contains("mandat-fjord/plan") && printed.contains("mandat-fjord/plan"), "{summary}");
    machine.set("LMNET_TODAY", "2010-06-01");
    assert_eq!(machine.workflow(GITHUB_WEEKLY, "schedule").1, 0);
}

#[test]
fn gitlab_gets_its_reports_also_where_the_job_fails() {
    for (change, folder, wanted) in [(MISTAKE, "registry", 1), (SOUND_CHANGE, "registry", 0), (SOUND_CHANGE, "", 0)] {
        let mut machine = Machine::new(folder, change);
        // A pipeline of the branch alone; the base of the difference is where it parted.
        git(&machine.checkout, &["checkout", "-q", "branch"]);
        machine.set("CI_MERGE_REQUEST_DIFF_BASE_SHA", machine.revision("main~1"));
        gitlab_reports(&machine, wanted);
        // One of the merged result.
        git(&machine.checkout, &["checkout", "-q", "main"]);
        machine.set("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", machine.revision("main~1"));
        machine.set("CI_MERGE_REQUEST_DIFF_BASE_SHA", machine.revision("main~2"));
        gitlab_reports(&machine, wanted);
    }
    let machine = Machine::new("registry", SOUND_CHANGE);
    assert_eq!(machine.gitlab("check").1, 0);
    assert_eq!(machine.gitlab("overdue").1, 1);
}

fn gitlab_reports(machine: &Machine, findings: usize) {
    let (printed, code) = machine.gitlab("check");
    assert_eq!(code, i32::from(findings > 0), "{printed}");
    let artifacts = yaml(machine::GITLAB)["check"]["artifacts"].clone();
    let read = |place: &Value| machine.read(&format!("checkout/{}", place.as_str().unwrap()));
    let quality: Value = serde_json::from_str(&read(&artifacts["reports"]["codequality"])).unwrap();
    assert_eq!(quality.as_array().unwrap().len(), findings);
    assert!(read(&artifacts["reports"]["junit"]).contains("<testsuites"));
    assert!(!read(&artifacts["paths"][0]).is_empty());
}

/// The hook that pre-commit builds lmnet for, and the one that finds it on the way.
fn hooks() -> [Value; 2] {
    [yaml(".pre-commit-hooks.yaml")[0].clone(), yaml(PRE_COMMIT)["repos"][0]["hooks"][0].clone()]
}

#[test]
fn the_hooks_of_pre_commit_run() {
    for hook in hooks() {
        assert_eq!(hook["always_run"], true, "a commit that only deletes has no file for it: {hook}");
        for (change, wanted) in [(MISTAKE, 1), (DELETION, 1), (SOUND_CHANGE, 0)] {
            let machine = Machine::new("registry", change);
            fs::write(machine.tree.path("path"), machine.file("home/lmnet/bin")).unwrap();
            let run = machine.shell(&["sh", "-c"], hook["entry"].as_str().unwrap());
            assert_eq!(run.status.code(), Some(wanted), "{run:?}");
        }
    }
}

/// What the two copies share is the same: the jobs differ only in where lmnet comes from.
#[test]
fn the_own_workflows_follow_the_examples() {
    let steps = |path: &str| {
        let workflow = yaml(path);
        let steps = workflow["jobs"].as_object().unwrap().values().next().unwrap()["steps"].clone();
        let own = |step: &&Value| {
            let text = step.to_string();
            !text.contains("cargo ") && !text.contains("actions/cache")
        };
        steps.as_array().unwrap().iter().filter(own).cloned().collect::<Vec<_>>()
    };
    assert_eq!(steps(GITHUB), steps(OWN));
    let brief = |path: &str| yaml(path)["jobs"].clone();
    assert_eq!(brief(BRIEF), brief(".github/workflows/brief.yml"));
}

/// A program that `.ci/run` installs.
#[cfg(feature = "outside")]
fn outside(program: &str) -> Command {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut command = Command::new(root.join("target/outside/python/bin").join(program));
    command.current_dir(root);
    command
}

/// What a program prints, and whether it is content.
#[cfg(feature = "outside")]
fn ran(command: &mut Command) -> (String, bool) {
    let run = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let printed = String::from_utf8_lossy(&run.stdout) + String::from_utf8_lossy(&run.stderr);
    (printed.into_owned(), run.status.success())
}

/// The services' own schemas, a linter for what is unsafe in workflows, and pre-commit itself accept the files.
#[cfg(feature = "outside")]
#[test]
fn programs_from_outside_accept_the_files() {
    let accepted = |program: &str, words: &[&str]| {
        let (printed, content) = ran(outside(program).args(words));
        assert!(content, "{program} {words:?}: {printed}");
        printed
    };
    accepted("check-jsonschema", &["--builtin-schema", "vendor.github-workflows", OWN, GITHUB, GITHUB_WEEKLY, BRIEF]);
    let gitlab = ["--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci", machine::GITLAB];
    accepted("check-jsonschema", &gitlab);
    let linted = accepted("zizmor", &["--offline", "--no-progress", ".github", "examples/ci/github"]);
    assert!(linted.contains("No findings"), "{linted}");
    accepted("pre-commit", &["validate-config", PRE_COMMIT]);
    accepted("pre-commit", &["validate-manifest", ".pre-commit-hooks.yaml"]);
}

/// pre-commit itself, with the example as it stands, before commits that only delete, only change a note, or are right.
#[cfg(feature = "outside")]
#[test]
fn pre_commit_checks_commits_that_touch_no_record() {
    let number = "~~~toml members/note.md\nFødd: 71922470019\n~~~";
    for (change, rule) in [(DELETION, "unknown-reference"), (number, "national-identity-number"), (SOUND_CHANGE, "")] {
        let machine = Machine::new("", change);
        fs::copy(PRE_COMMIT, machine.checkout.join(".pre-commit-config.yaml")).unwrap();
        git(&machine.checkout, &["checkout", "-q", "main~1"]);
        git(&machine.checkout, &["add", "-A", "--", ".pre-commit-config.yaml"]);
        git(&machine.checkout, &["checkout", "-q", "branch", "--", "."]);
        if change == DELETION {
            git(&machine.checkout, &["rm", "-q", change.trim_start_matches("without ")]);
        }
        let path = format!("{}:{}", machine.file("home/lmnet/bin"), std::env::var("PATH").unwrap());
        let mut command = outside("pre-commit");
        command
            .arg("run")
            .current_dir(&machine.checkout)
            .env("PATH", path)
            .env("PRE_COMMIT_HOME", machine.file("home"));
        let (printed, content) = ran(&mut command);
        assert_eq!(content, rule.is_empty(), "{change}: {printed}");
        assert!(printed.contains(rule) && !printed.contains("Skipped"), "{change}: {printed}");
    }
}

/// The step of the page, on a home where nothing lies yet; a second time it finds lmnet there and fetches nothing.
#[cfg(feature = "outside")]
#[test]
fn an_archive_is_fetched_once_and_only_if_it_is_the_right_one() {
    let page = fs::read_to_string("examples/ci/README.md").unwrap();
    let step = page.split("```sh\n").nth(1).unwrap().split("```").next().unwrap();
    let mut machine = Machine::new("", SOUND_CHANGE);
    machine.set("HOME", machine.file("clean"));
    let archive = machine.file("lmnet.tar.gz");
    machine.tree.file("made/lmnet", "the program");
    let pack =
        format!("chmod +x {0}/lmnet && tar -czf {archive} -C {0} lmnet && sha256sum {archive}", machine.file("made"));
    let sum = String::from_utf8(machine.shell(&["sh", "-c"], &pack).stdout).unwrap();
    machine.set("ARCHIVE", format!("file://{archive}"));
    for (sum, there) in [("0".repeat(64), false), (sum[..64].to_owned(), true), ("0".repeat(64), true)] {
        machine.set("CHECKSUM", sum);
        let run = machine.shell(&["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"], step);
        assert_eq!(run.status.success(), there, "{run:?}");
        assert_eq!(machine.tree.path("clean/lmnet/bin/lmnet").is_file(), there);
    }
    let in_gitlab = step.replace("root=~/lmnet", "root=.lmnet");
    assert!(machine.shell(&["sh", "-e", "-c"], &in_gitlab).status.success(), "the one that is there is taken");
}

/// The comment of a pull request, made by the script of the example with the services of `tests/outside/brief.js`.
#[cfg(feature = "outside")]
#[test]
fn the_brief_becomes_one_comment_in_which_a_fork_can_put_nothing_but_text() {
    let steps = yaml(BRIEF)["jobs"]["comment"]["steps"].clone();
    let tree = common::Tree::empty();
    tree.file("script.js", steps[1]["with"]["script"].as_str().unwrap());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outside/brief.js");
    let (printed, content) = ran(Command::new("node").arg(script).current_dir(&tree.root));
    assert!(content, "{printed}");
}
