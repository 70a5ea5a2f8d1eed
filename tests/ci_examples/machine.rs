//! A machine of a service that runs jobs.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::common::{Item, SOUND, Tree, items};
use crate::repository::git;

pub(crate) const GITLAB: &str = "examples/ci/gitlab/.gitlab-ci.yml";

pub(crate) fn yaml(path: &str) -> Value {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A machine that a job runs on: a home with lmnet installed, a checkout, and the files that steps hand things on by.
pub(crate) struct Machine {
    pub(crate) tree: Tree,
    pub(crate) checkout: PathBuf,
    pub(crate) variables: BTreeMap<String, String>,
}

impl Machine {
    /// A repository with a registry in this folder. A branch makes a change of it, while on the main branch another mistake is
    /// made; checked out is what the branch would be once merged.
    pub(crate) fn new(folder: &str, change: &str) -> Self {
        let tree = Tree::empty();
        let checkout = tree.path("checkout");
        let machine = Self { tree, checkout, variables: BTreeMap::new() };
        machine.lay(folder, SOUND);
        machine.lay(folder, "~~~toml stray.txt\n~~~");
        git(&machine.checkout, &["init", "-q"]);
        machine.commit("base");
        git(&machine.checkout, &["checkout", "-q", "-b", "branch"]);
        machine.lay(folder, change);
        machine.commit("change");
        git(&machine.checkout, &["checkout", "-q", "main"]);
        machine.lay(folder, "~~~toml other-stray.txt\n~~~");
        machine.commit("meanwhile");
        git(&machine.checkout, &["merge", "-q", "--no-ff", "-m", "merge", "branch"]);
        // The workflow of this repository builds lmnet, and its registry does not lie at the root.
        let built = (!folder.is_empty()).then_some("checkout/target/release/lmnet");
        machine.installed(["home/lmnet/bin/lmnet", "checkout/.lmnet/bin/lmnet"].into_iter().chain(built))
    }

    /// Puts lmnet where jobs look for it, and tells them of their machine.
    fn installed(mut self, places: impl Iterator<Item = &'static str>) -> Self {
        for place in places {
            symlink(env!("CARGO_BIN_EXE_lmnet"), self.tree.place(place)).unwrap();
        }
        fs::create_dir(self.tree.path("temporary")).unwrap();
        let variables = [
            ("HOME", "home"),
            ("RUNNER_TEMP", "temporary"),
            ("GITHUB_STEP_SUMMARY", "summary.md"),
            ("GITHUB_PATH", "path"),
        ];
        self.variables = variables.map(|(name, place)| (name.to_owned(), self.file(place))).into();
        self
    }

    pub(crate) fn file(&self, name: &str) -> String {
        self.tree.path(name).to_str().unwrap().to_owned()
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.tree.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub(crate) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.variables.insert(name.to_owned(), value.into());
    }

    /// Lays out files in a folder of the checkout.
    fn lay(&self, folder: &str, markdown: &str) {
        for item in items(markdown) {
            let at = |path: &str| Path::new("checkout").join(folder).join(path).to_str().unwrap().to_owned();
            self.tree.put(&match item {
                Item::Bytes(path, bytes) => Item::Bytes(at(&path), bytes),
                Item::Without(path) => Item::Without(at(&path)),
                other => panic!("{other:?}"),
            });
        }
    }

    fn commit(&self, message: &str) {
        git(&self.checkout, &["add", "-A"]);
        git(&self.checkout, &["commit", "-q", "-m", message]);
    }

    /// The commit that a revision names.
    pub(crate) fn revision(&self, revision: &str) -> String {
        git(&self.checkout, &["rev-parse", revision])
    }

    /// Runs a piece of shell as the service does.
    pub(crate) fn shell(&self, program: &[&str], script: &str) -> Output {
        let more = fs::read_to_string(self.tree.path("path")).unwrap_or_default();
        let own = std::env::var("PATH").unwrap();
        let path = more.lines().rev().map(str::to_owned).chain([own]).collect::<Vec<_>>().join(":");
        let mut command = Command::new(program[0]);
        command.args(&program[1..]).arg(script).current_dir(&self.checkout);
        command.env("LMNET_TODAY", "2026-11-25").envs(&self.variables).env("PATH", path).output().unwrap()
    }

    /// Runs the steps of a workflow's only job until one fails; gives what was printed, and the last exit code.
    pub(crate) fn workflow(&mut self, path: &str, event: &str) -> (String, i32) {
        let workflow = yaml(path);
        for (name, value) in workflow["env"].as_object().into_iter().flatten() {
            let value = match (value.as_str().unwrap(), event) {
                ("${{ github.event_name == 'pull_request' && 'HEAD^1' || '' }}", "pull_request") => "HEAD^1",
                ("${{ github.event_name == 'pull_request' && 'HEAD^1' || '' }}", _) => "",
                (value, _) if value.contains("${{") => panic!("{path}: no such expression is known here: {value}"),
                (value, _) => value,
            };
            self.set(name, value);
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
    pub(crate) fn gitlab(&self, job: &str) -> (String, i32) {
        let pipeline = yaml(GITLAB);
        let lines = [&pipeline[".lmnet"]["before_script"], &pipeline[job]["script"]];
        let script: Vec<&str> =
            lines.into_iter().flat_map(|lines| lines.as_array().unwrap()).map(|line| line.as_str().unwrap()).collect();
        let run = self.shell(&["sh", "-e", "-c"], &script.join("\n"));
        let printed = String::from_utf8_lossy(&run.stdout) + String::from_utf8_lossy(&run.stderr);
        (printed.into_owned(), run.status.code().unwrap())
    }
}
