//! The examples for CI, and the workflows of this repository: their steps are run as they stand, in a repository with a base, a
//! change, and a job's environment. What only the services themselves can do (their actions, their caches) is left out.

mod common;
#[path = "common/repository.rs"]
mod repository;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use common::Tree;
use repository::git;
use serde_json::Value;

const GITHUB: &str = "examples/ci/github/.github/workflows/registry.yml";
const GITHUB_WEEKLY: &str = "examples/ci/github/.github/workflows/deadlines.yml";
const OWN: &str = ".github/workflows/registry.yml";
const GITLAB: &str = "examples/ci/gitlab/.gitlab-ci.yml";

fn yaml(path: &str) -> Value {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A machine that a job runs on: a home with lmnet installed, a checkout, and the files that steps hand things on by.
struct Machine {
    tree: Tree,
    checkout: PathBuf,
    base: String,
    variables: BTreeMap<String, String>,
}

impl Machine {
    /// A repository whose registry has one old mistake, with a change on top.
    fn new(change: &'static str) -> Self {
        let tree = Tree::empty();
        let checkout = tree.path("checkout");
        fs::create_dir_all(checkout.join("registry")).unwrap();
        let mut machine = Self { tree, checkout, base: String::new(), variables: BTreeMap::new() };
        for (path, text) in files(common::SOUND).into_iter().chain([("registry/stray.txt", "Hei")]) {
            machine.put(path, text);
        }
        git(&machine.checkout, &["init", "-q"]);
        machine.commit("base");
        machine.base = git(&machine.checkout, &["rev-parse", "HEAD"]);
        for (path, text) in files(change) {
            machine.put(path, text);
        }
        machine.commit("change");
        for place in ["home/lmnet/bin/lmnet", "checkout/target/release/lmnet", "checkout/.lmnet/bin/lmnet"] {
            let place = machine.tree.path(place);
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_lmnet"), place).unwrap();
        }
        let (home, page, path) = (machine.file("home"), machine.file("summary.md"), machine.file("path"));
        for (name, value) in [("HOME", home), ("GITHUB_STEP_SUMMARY", page), ("GITHUB_PATH", path)] {
            machine.variables.insert(name.to_owned(), value);
        }
        machine
    }

    fn file(&self, name: &str) -> String {
        self.tree.path(name).to_str().unwrap().to_owned()
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.checkout.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn commit(&self, message: &str) {
        git(&self.checkout, &["add", "-A"]);
        git(&self.checkout, &["commit", "-q", "-m", message]);
    }

    /// Runs a piece of shell as the service does.
    fn shell(&self, program: &[&str], script: &str) -> Output {
        let more = fs::read_to_string(self.tree.path("path")).unwrap_or_default();
        let own = std::env::var("PATH").unwrap();
        let path = more.lines().rev().map(str::to_owned).chain([own]).collect::<Vec<_>>().join(":");
        let mut command = Command::new(program[0]);
        command.args(&program[1..]).arg(script).current_dir(&self.checkout);
        command.env("LMNET_TODAY", "2026-11-25").envs(&self.variables).env("PATH", path).output().unwrap()
    }

    /// Runs the steps of a workflow's only job until one fails; gives what was printed, and the last exit code.
    fn workflow(&mut self, path: &str, event: &str) -> (String, i32) {
        let workflow = yaml(path);
        for (name, value) in workflow["env"].as_object().into_iter().flatten() {
            let value = value.as_str().unwrap();
            let value = match (value.contains("base.sha"), event) {
                (true, "pull_request") => self.base.clone(),
                (true, _) => String::new(),
                _ => value.to_owned(),
            };
            self.variables.insert(name.clone(), value);
        }
        let jobs = workflow["jobs"].as_object().unwrap();
        let job = jobs.values().next().unwrap();
        let (mut printed, mut code) = (String::new(), 0);
        for step in job["steps"].as_array().unwrap() {
            let wanted = match step["if"].as_str() {
                None => true,
                Some("env.BASE != ''") => !self.variables["BASE"].is_empty(),
                Some("github.event_name == 'push'") => event == "push",
                Some(other) => panic!("{path}: no such condition is known here: {other}"),
            };
            let Some(script) = step["run"].as_str().filter(|_| wanted) else { continue };
            let run = self.shell(&["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"], script);
            printed += &String::from_utf8_lossy(&run.stdout);
            printed += &String::from_utf8_lossy(&run.stderr);
            code = run.status.code().unwrap();
            if code != 0 {
                break;
            }
        }
        (printed, code)
    }

    /// Runs a job of the GitLab file: what stands before each script, then its own.
    fn gitlab(&self, job: &str) -> (String, i32) {
        let pipeline = yaml(GITLAB);
        let lines = [&pipeline[".lmnet"]["before_script"], &pipeline[job]["script"]];
        let script: Vec<&str> =
            lines.into_iter().flat_map(|lines| lines.as_array().unwrap()).map(|line| line.as_str().unwrap()).collect();
        let run = self.shell(&["sh", "-e", "-c"], &script.join("\n"));
        let printed = String::from_utf8_lossy(&run.stdout) + String::from_utf8_lossy(&run.stderr);
        (printed.into_owned(), run.status.code().unwrap())
    }
}

/// The files of a page, in the folder of the registry.
fn files(page: &'static str) -> Vec<(&'static str, &'static str)> {
    let fences = page.split("~~~toml ").skip(1).map(|fence| {
        let (path, rest) = fence.split_once('\n').unwrap();
        (path, rest.split("~~~").next().unwrap())
    });
    fences.map(|(path, text)| (&*format!("registry/{path}").leak(), text)).collect()
}

const MISTAKE: &str = "~~~toml offerings/ny.toml\ntitle = \"Nytt tilbod\"\norganiser = \"finst-ikkje\"\n~~~\n";
const SOUND_CHANGE: &str = "~~~toml organisations/ny.toml\nname = \"Ny\"\nkind = \"other\"\n~~~\n";

#[test]
fn a_pull_request_with_a_new_mistake_fails_on_its_line_and_is_told_in_words() {
    for path in [GITHUB, OWN] {
        let mut machine = Machine::new(MISTAKE);
        let (printed, code) = machine.workflow(path, "pull_request");
        assert_eq!(code, 1, "{path}: {printed}");
        assert!(printed.contains("::error file=registry/offerings/ny.toml,line=2,"), "{path}: {printed}");
        assert!(!printed.contains("stray.txt"), "{path}: what was there before is shown: {printed}");
        let summary = fs::read_to_string(machine.tree.path("summary.md")).unwrap();
        assert!(summary.contains("offerings/ny") && summary.contains("unknown-reference"), "{path}: {summary}");
        assert_eq!(
            fs::read_to_string(machine.checkout.join("brief/brief.md")).unwrap().lines().next(),
            summary.lines().next()
        );
    }
}

#[test]
fn a_pull_request_without_a_new_mistake_passes() {
    for path in [GITHUB, OWN] {
        let mut machine = Machine::new(SOUND_CHANGE);
        let (printed, code) = machine.workflow(path, "pull_request");
        assert_eq!(code, 0, "{path}: {printed}");
        assert!(!printed.contains("::error") && !printed.contains("::warning"), "{path}: {printed}");
    }
}

#[test]
fn a_push_shows_everything_and_makes_the_file_for_code_scanning() {
    for path in [GITHUB, OWN] {
        let mut machine = Machine::new(SOUND_CHANGE);
        let (printed, code) = machine.workflow(path, "push");
        assert_eq!(code, 0, "{path}: {printed}");
        assert!(printed.contains("::warning file=registry/stray.txt"), "{path}: {printed}");
        let sarif: Value = serde_json::from_slice(&fs::read(machine.checkout.join("lmnet.sarif")).unwrap()).unwrap();
        assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), 1);
    }
}

#[test]
fn a_checkout_without_history_says_what_to_fetch() {
    let mut machine = Machine::new(SOUND_CHANGE);
    let from = format!("file://{}", machine.checkout.display());
    let shallow = machine.tree.path("shallow");
    git(&machine.checkout, &["clone", "-q", "--depth", "1", &from, shallow.to_str().unwrap()]);
    machine.checkout = shallow;
    let (printed, code) = machine.workflow(GITHUB, "pull_request");
    assert_eq!(code, 2, "{printed}");
    assert!(printed.contains("fetch-depth: 0"), "{printed}");
}

#[test]
fn the_weekly_job_of_github_tells_what_is_overdue() {
    let mut machine = Machine::new(SOUND_CHANGE);
    let (printed, code) = machine.workflow(GITHUB_WEEKLY, "schedule");
    assert_eq!(code, 1, "{printed}");
    let summary = fs::read_to_string(machine.tree.path("summary.md")).unwrap();
    assert!(summary.contains("mandat-fjord/plan") && printed.contains("mandat-fjord/plan"), "{summary}");
    machine.variables.insert("LMNET_TODAY".to_owned(), "2010-06-01".to_owned());
    assert_eq!(machine.workflow(GITHUB_WEEKLY, "schedule").1, 0);
}

#[test]
fn gitlab_gets_its_reports_also_where_the_job_fails() {
    for (change, wanted) in [(MISTAKE, 1), (SOUND_CHANGE, 0)] {
        let mut machine = Machine::new(change);
        machine.variables.insert("CI_MERGE_REQUEST_DIFF_BASE_SHA".to_owned(), machine.base.clone());
        let (printed, code) = machine.gitlab("check");
        assert_eq!(code, wanted, "{printed}");
        let quality = fs::read(machine.checkout.join("gl-code-quality-report.json")).unwrap();
        let quality: Value = serde_json::from_slice(&quality).unwrap();
        assert_eq!(quality.as_array().unwrap().len(), wanted as usize);
        assert!(fs::read_to_string(machine.checkout.join("lmnet-junit.xml")).unwrap().contains("<testsuites"));
        assert!(machine.checkout.join("brief.md").is_file());
    }
    let machine = Machine::new(SOUND_CHANGE);
    assert_eq!(machine.gitlab("check").1, 0);
    assert_eq!(machine.gitlab("overdue").1, 1);
}

#[test]
fn the_hooks_of_pre_commit_run() {
    let own = yaml(".pre-commit-hooks.yaml");
    let local = yaml("examples/ci/pre-commit/.pre-commit-config.yaml");
    for hook in [&own[0], &local["repos"][0]["hooks"][0]] {
        let entry = hook["entry"].as_str().unwrap();
        for (change, wanted) in [(MISTAKE, 1), (SOUND_CHANGE, 0)] {
            let machine = Machine::new(change);
            fs::write(machine.tree.path("path"), machine.file("home/lmnet/bin")).unwrap();
            let run = machine.shell(&["sh", "-c"], entry);
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
    assert_eq!(brief("examples/ci/github/.github/workflows/brief.yml"), brief(".github/workflows/brief.yml"));
}

/// The services' own schemas, a linter for what is unsafe in workflows, and pre-commit itself accept the files.
#[cfg(feature = "outside")]
#[test]
fn programs_from_outside_accept_the_files() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let outside = |program: &str, words: &[&str]| {
        let run = Command::new(root.join("target/outside/python/bin").join(program))
            .args(words)
            .current_dir(root)
            .output()
            .unwrap_or_else(|error| panic!("{program}: {error}"));
        let printed = String::from_utf8_lossy(&run.stdout) + String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success(), "{program} {words:?}: {printed}");
        printed.into_owned()
    };
    let brief = "examples/ci/github/.github/workflows/brief.yml";
    outside("check-jsonschema", &["--builtin-schema", "vendor.github-workflows", OWN, GITHUB, GITHUB_WEEKLY, brief]);
    outside("check-jsonschema", &["--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci", GITLAB]);
    let linted = outside("zizmor", &["--offline", "--no-progress", ".github", "examples/ci/github"]);
    assert!(linted.contains("No findings"), "{linted}");
    outside("pre-commit", &["validate-config", "examples/ci/pre-commit/.pre-commit-config.yaml"]);
    outside("pre-commit", &["validate-manifest", ".pre-commit-hooks.yaml"]);
}
