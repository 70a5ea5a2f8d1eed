//! A git repository in a temporary folder, with a registry in it.

#![allow(dead_code, reason = "no test file uses all of it")]

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::common::{Ran, SOUND, Tree, quiet_environment, run};

pub(crate) struct Repository {
    /// Its root; the registry may lie anywhere below.
    pub(crate) tree: Tree,
    /// The way to the registry.
    pub(crate) registry: String,
}

/// What a comparison told: `path rule message` of each finding, by what became of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) new: Vec<String>,
    pub(crate) kept: Vec<String>,
    pub(crate) fixed: Vec<String>,
}

/// git, without any settings of the machine.
pub(crate) fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(["-c", "user.name=Test", "-c", "user.email=test@example.org"]);
    command.args(["-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always"]).args(arguments);
    let ran = run(command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1"));
    assert_eq!(ran.code, Some(0), "git {arguments:?}: {}{}", ran.out, ran.talk);
    ran.out.trim().to_owned()
}

impl Repository {
    /// The sound registry in a folder of a new repository, nothing committed yet.
    pub(crate) fn with(registry: &str, lay: impl FnOnce(&Tree)) -> Self {
        let tree = Tree::empty();
        git(&tree.root, &["init", "--quiet"]);
        let root = tree.path(registry);
        std::fs::create_dir_all(&root).unwrap();
        let inner = std::mem::ManuallyDrop::new(Tree { root });
        inner.lay(SOUND);
        lay(&inner);
        Self { tree, registry: registry.to_owned() }
    }

    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        git(&self.tree.root, arguments)
    }

    pub(crate) fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "-m", message]);
    }

    /// Writes a file of the registry.
    pub(crate) fn file(&self, path: &str, text: &str) {
        self.tree.file(Path::new(&self.registry).join(path), text);
    }

    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.tree.path(Path::new(&self.registry).join(path))).unwrap()
    }

    /// `git mv`, within the registry.
    pub(crate) fn rename(&self, from: &str, to: &str) {
        let [from, to] = [from, to].map(|path| Path::new(&self.registry).join(path).to_str().unwrap().to_owned());
        self.tree.place(&to);
        self.git(&["mv", &from, &to]);
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lmnet"));
        quiet_environment(&mut command);
        command.args(arguments).arg("--registry").arg(self.tree.path(&self.registry)).current_dir(&self.tree.root);
        command
    }

    pub(crate) fn check(&self, arguments: &[&str]) -> Ran {
        run(&mut self.command(&[&["check", "--lang", "en"], arguments].concat()))
    }

    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        let ran = self.check(&[&["--format", "json"], arguments].concat());
        serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
    }

    pub(crate) fn since(&self, revision: &str) -> Told {
        let value = self.json(&["--since", revision]);
        let of = |list: &str, state: Option<&str>| -> Vec<String> {
            let findings = value[list].as_array().unwrap().iter().filter(|finding| finding["state"].as_str() == state);
            let mut told: Vec<String> = findings
                .map(|finding| ["path", "rule", "message"].map(|key| finding[key].as_str().unwrap()).join(" "))
                .collect();
            told.sort();
            told
        };
        Told { new: of("findings", Some("new")), kept: of("findings", Some("kept")), fixed: of("fixed", None) }
    }
}
