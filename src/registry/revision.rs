//! The registry as it stood at a revision, read from the objects of git; the files of the work tree play no part.
//!
//! The only place that runs another program: `git`, with commands that only read, and so that nothing in the repository
//! can make it run a third one or reach for the network.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};

use super::file::LARGEST;
use super::walk::{Met, meet, walk};
use super::{MANIFEST, Origin, Registry, load};
use crate::lang::Said;
use crate::say;

/// A registry as it stood at a commit.
#[derive(Debug)]
pub struct Revision {
    /// The revision, as it was asked for.
    pub asked: String,
    /// The commit, by its whole name.
    pub commit: String,
    /// The way from the root of the repository to the registry: empty, or ending in `/`.
    pub folder: String,
    /// What was there; nothing if there was no registry yet.
    pub registry: Option<Registry>,
}

/// The folder of a registry in git.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// The id of its tree at the commit that is checked out.
    pub id: String,
    /// Whether what is read of it has changed since.
    pub changed: bool,
}

impl Registry {
    /// This registry at a revision, also where it lay in another folder then. `main...` is the commit at which the work
    /// that is checked out parted from `main`.
    ///
    /// # Errors
    ///
    /// When git is missing, the folder is in no repository, or the revision or one of its objects is not there.
    pub fn at(&self, revision: &str) -> anyhow::Result<Revision> {
        let Origin::Folder(root, _) = &self.origin else { bail!("a registry in memory has no revisions") };
        let root = root.canonicalize()?;
        let Some(folder) = Self::git_root(&root) else {
            let root = root.display();
            bail!(say!(
                nn: "{root} ligg ikkje i noko git-depot, og berre git veit korleis det stod ved «{revision}»",
                nb: "{root} ligger ikke i noe git-depot, og bare git vet hvordan det sto ved «{revision}»",
                en: "{root} is in no git repository, and only git knows what it was like at '{revision}'",
            ))
        };
        let git = Git { folder };
        let (asked, commit) = (revision.to_owned(), git.commit(revision)?);
        let entries = git.list(&commit)?;
        let own = root.strip_prefix(&git.folder).unwrap_or(Path::new(""));
        let own = own.iter().map(|part| part.to_string_lossy() + "/").collect::<String>();
        let Some(folder) = self.folder_among(&entries, &own, &git.folder) else {
            return Ok(Revision { asked, commit, folder: own, registry: None });
        };
        let registry = git.load(&entries, &folder)?;
        Ok(Revision { asked, commit, folder, registry: Some(registry) })
    }

    /// The tree of git that the folder of this registry is at the commit that is checked out. Nothing without git, or before
    /// the first commit.
    #[must_use]
    pub fn tree(&self) -> Option<Tree> {
        let Origin::Folder(root, _) = &self.origin else { return None };
        let root = root.canonicalize().ok()?;
        let git = Git { folder: Self::git_root(&root)? };
        let own = root.strip_prefix(&git.folder).unwrap_or(Path::new(""));
        let folder = own.iter().map(|part| part.to_string_lossy() + "/").collect::<String>();
        let commit = git.commit("HEAD").ok()?;
        let id = git.output(&["rev-parse", "--verify", "--quiet", &format!("{commit}:{folder}")]).ok()?.ok()?;
        let mut kept: Vec<(PathBuf, String)> = git
            .list(&commit)
            .ok()?
            .into_iter()
            .filter_map(|entry| {
                let (path, met) = entry.met(&folder)?;
                is_read(&met).then_some((path, entry.object))
            })
            .collect();
        kept.sort_unstable();
        let there: Vec<PathBuf> =
            walk(&root).into_iter().filter(|(_, met)| is_read(met)).map(|(path, _)| path).collect();
        let hashes = git.hashes(&there).ok()?;
        let within = there.iter().filter_map(|path| path.strip_prefix(&root).ok().map(Path::to_owned));
        let mut there: Vec<(PathBuf, String)> = within.zip(hashes).collect();
        there.sort_unstable();
        Some(Tree { id, changed: kept != there })
    }

    /// The folder of this registry in the tree of a commit. Where nothing of a registry lies in its own folder, it is the
    /// registry that has gone since and has most files in common with it.
    fn folder_among(&self, entries: &[Entry], own: &str, repository: &Path) -> Option<String> {
        let of_registry = |entry: &&Entry| matches!(entry.met(own), Some((_, Met::Record(_) | Met::Manifest)));
        if entries.iter().any(|entry| of_registry(&entry)) {
            return Some(own.to_owned());
        }
        let known: HashSet<String> = self.files().map(|(_, path)| path).collect();
        let gone = entries.iter().filter_map(|entry| {
            let folder = entry.path.strip_suffix(MANIFEST)?;
            let there = repository.join(&entry.path).is_file();
            (!there && (folder.is_empty() || folder.ends_with('/'))).then_some(folder)
        });
        let shared = |folder: &str| {
            entries
                .iter()
                .filter(|entry| entry.path.strip_prefix(folder).is_some_and(|path| known.contains(path)))
                .count()
        };
        // The manifest alone, which every registry has, makes none the same.
        let best = gone.map(|folder| (shared(folder), folder)).filter(|(shared, _)| *shared > 1).max();
        best.map(|(_, folder)| folder.to_owned())
    }
}

/// A revision as it was asked for, with as much of the commit's name as people need.
#[must_use]
pub fn revision_words(asked: &str, commit: &str) -> String {
    let commit: String = commit.chars().take(10).collect();
    if asked.starts_with(&commit) { commit } else { format!("{asked} ({commit})") }
}

/// A file in the tree of a commit.
struct Entry {
    /// Its path from the root of the repository.
    path: String,
    object: String,
    link: bool,
}

impl Entry {
    /// What a walk through the registry in this folder would meet here.
    fn met(&self, folder: &str) -> Option<(PathBuf, Met)> {
        meet(Path::new(self.path.strip_prefix(folder)?), self.link)
    }
}

/// The program, in a repository.
struct Git {
    folder: PathBuf,
}

/// What git is told each time: to find the repository by its `.git` alone, which no commit can hold, to start nothing and
/// to write nothing.
const SETTINGS: [&str; 8] = [
    "--no-pager",
    "--no-optional-locks",
    "-c",
    "safe.bareRepository=explicit",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
];

/// Where to look instead of the folder that git is told, as in a hook; and what could change the objects.
const MISLEADING: [&str; 7] =
    ["GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_NAMESPACE", "GIT_PREFIX", "GIT_GRAFT_FILE"];

/// Nothing is fetched, also where a partial clone lacks an object, and nothing is asked.
const OFFLINE: [(&str, &str); 4] =
    [("GIT_NO_LAZY_FETCH", "1"), ("GIT_ALLOW_PROTOCOL", "none"), ("GIT_TERMINAL_PROMPT", "0"), ("LC_ALL", "C")];

impl Git {
    #[expect(clippy::disallowed_methods, reason = "the one program that lmnet runs")]
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(&self.folder).args(SETTINGS).args(arguments);
        for name in MISLEADING {
            command.env_remove(name);
        }
        command.envs(OFFLINE).stdin(Stdio::null());
        command
    }

    /// What a command prints, or what it says when it fails.
    fn output(&self, arguments: &[&str]) -> anyhow::Result<Result<String, String>> {
        let output = self.command(arguments).output().map_err(not_run)?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim_end_matches('\n').to_owned();
        Ok(if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) })
    }

    /// The commit that a revision names.
    fn commit(&self, revision: &str) -> anyhow::Result<String> {
        let (name, parting) = match revision.strip_suffix("...") {
            Some(name) => (name, true),
            None => (revision, false),
        };
        if name.is_empty() || name.starts_with('-') {
            bail!(say!(
                nn: "«{revision}» er ingen revisjon som main, HEAD~3 eller 1a2b3c4d",
                nb: "«{revision}» er ingen revisjon som main, HEAD~3 eller 1a2b3c4d",
                en: "'{revision}' is not a revision such as main, HEAD~3 or 1a2b3c4d",
            ));
        }
        if let Some((first, second)) = name.split_once("..") {
            let (first, second) = (first.trim_matches('.'), second.trim_matches('.'));
            let main = [first, second].into_iter().find(|one| !one.is_empty()).unwrap_or("main");
            bail!(say!(
                nn: "«{revision}» er ei rekkje, og her skal det stå éin revisjon: «{main}...» er der det som er sjekka ut, skilde lag med {main}; «lmnet diff» tek to revisjonar med mellomrom imellom",
                nb: "«{revision}» er en rekke, og her skal det stå én revisjon: «{main}...» er der det som er sjekket ut, skilte lag med {main}; «lmnet diff» tar to revisjoner med mellomrom imellom",
                en: "'{revision}' is a range, and one revision is wanted: '{main}...' is the commit at which what is checked out parted from {main}; 'lmnet diff' takes two revisions with a space between them",
            ));
        }
        // Whatever keeps git from working here at all is told in its own words.
        let shallow = match self.output(&["rev-parse", "--is-shallow-repository"])? {
            Ok(answer) => answer == "true",
            Err(error) => bail!("git: {error}"),
        };
        let lacking = |what: Said| what.and(&if shallow { deepen() } else { revisions() });
        let commit = self.output(&["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")])?;
        let commit = commit.map_err(|_| lacking(no_revision(name, &self.folder)))?;
        if !parting {
            return Ok(commit);
        }
        let parted = self.output(&["merge-base", &commit, "HEAD"])?;
        Ok(parted.map_err(|_| {
            lacking(say!(
                nn: "«{name}» og det som er sjekka ut, har ingen felles commit her",
                nb: "«{name}» og det som er sjekket ut, har ingen felles commit her",
                en: "'{name}' and what is checked out have no commit in common here",
            ))
        })?)
    }

    /// The files in the tree of a commit.
    fn list(&self, commit: &str) -> anyhow::Result<Vec<Entry>> {
        let listed = self.output(&["ls-tree", "-r", "-z", "--full-tree", commit])?;
        let listed = listed.map_err(|error| Said::same(format!("git: {error}")).and(&fetch_all()))?;
        let read = |line: &str| {
            let (head, path) = line.split_once('\t')?;
            let [mode, "blob", object] = head.split(' ').collect::<Vec<_>>()[..] else { return None };
            Some(Entry { path: path.to_owned(), object: object.to_owned(), link: mode == "120000" })
        };
        Ok(listed.split('\0').filter_map(read).collect())
    }

    /// The registry in a folder of the tree.
    fn load(&self, entries: &[Entry], folder: &str) -> anyhow::Result<Registry> {
        let met: Vec<(PathBuf, Met, &str)> = entries
            .iter()
            .filter_map(|entry| entry.met(folder).map(|(path, met)| (path, met, &*entry.object)))
            .collect();
        let wanted: Vec<&str> = met.iter().filter(|(_, met, _)| is_read(met)).map(|(.., object)| *object).collect();
        let mut texts = self.contents(&wanted)?.into_iter();
        let found = met.into_iter().map(|(path, met, _)| {
            let text = if is_read(&met) { texts.next() } else { None };
            (path, met, text.unwrap_or_default())
        });
        Ok(load::tree(found.collect()))
    }

    /// The ids that files have as objects, as they stand on the disk: no filter that the repository asks for is run.
    fn hashes(&self, paths: &[PathBuf]) -> anyhow::Result<Vec<String>> {
        let mut child = self
            .command(&["hash-object", "--no-filters", "--stdin-paths"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(not_run)?;
        let (asks, answers) = (child.stdin.take(), child.stdout.take());
        let (mut asks, mut answers) = asks.zip(answers).context("git: no pipe")?;
        let mut text = String::new();
        let read = std::thread::scope(|scope| {
            // Asked from a thread of its own, or both ends would wait for each other once the pipes are full.
            scope.spawn(move || paths.iter().try_for_each(|path| writeln!(asks, "{}", path.display())));
            answers.read_to_string(&mut text)
        });
        child.wait()?;
        read?;
        let hashes: Vec<String> = text.lines().map(str::to_owned).collect();
        if hashes.len() != paths.len() {
            bail!(say!(
                nn: "git kunne ikkje lese alle filene",
                nb: "git kunne ikke lese alle filene",
                en: "git could not read every file",
            ));
        }
        Ok(hashes)
    }

    /// The contents of objects, in their order; of one that is larger than a record may be, just enough to show it.
    fn contents(&self, objects: &[&str]) -> anyhow::Result<Vec<Vec<u8>>> {
        let mut child = self
            .command(&["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(not_run)?;
        let (asks, answers) = (child.stdin.take(), child.stdout.take());
        let (mut asks, answers) = asks.zip(answers).context("git: no pipe")?;
        let read = std::thread::scope(|scope| {
            // Asked from a thread of its own, or both ends would wait for each other once the pipes are full.
            scope.spawn(move || objects.iter().try_for_each(|object| writeln!(asks, "{object}")));
            let mut answers = BufReader::new(answers);
            objects.iter().map(|object| content(&mut answers, object)).collect::<anyhow::Result<Vec<_>>>()
        });
        child.wait()?;
        read
    }
}

/// Whether something of a registry is made of a file.
fn is_read(met: &Met) -> bool {
    matches!(met, Met::Record(_) | Met::Manifest | Met::Note)
}

/// What to do about a clone that lacks objects.
fn fetch_all() -> Said {
    say!(
        nn: "er klonen berre ein del av depotet, så hent alt med «git fetch --refetch --no-filter»",
        nb: "er klonen bare en del av depotet, så hent alt med «git fetch --refetch --no-filter»",
        en: "if the clone is a partial one, fetch everything with 'git fetch --refetch --no-filter'",
    )
}

/// What to do about a clone that lacks history.
fn deepen() -> Said {
    say!(
        nn: "klonen er grunn (shallow): hent meir av historia med «git fetch --deepen=100» eller «git fetch --unshallow» (actions/checkout: «fetch-depth: 0»; GitLab CI: «GIT_DEPTH: 0»)",
        nb: "klonen er grunn (shallow): hent mer av historien med «git fetch --deepen=100» eller «git fetch --unshallow» (actions/checkout: «fetch-depth: 0»; GitLab CI: «GIT_DEPTH: 0»)",
        en: "this clone is shallow: get more of the history with 'git fetch --deepen=100' or 'git fetch --unshallow' (actions/checkout: 'fetch-depth: 0'; GitLab CI: 'GIT_DEPTH: 0')",
    )
}

/// Where the revisions are found.
fn revisions() -> Said {
    say!(
        nn: "«git log --oneline --all» listar det som finst; ei grein på ein annan tenar heiter til dømes origin/main",
        nb: "«git log --oneline --all» lister det som finnes; en gren på en annen tjener heter for eksempel origin/main",
        en: "'git log --oneline --all' lists what there is; a branch of a remote is named as in origin/main",
    )
}

fn no_revision(name: &str, folder: &Path) -> Said {
    let folder = folder.display();
    say!(
        nn: "det finst ingen revisjon «{name}» i {folder}",
        nb: "det finnes ingen revisjon «{name}» i {folder}",
        en: "there is no revision '{name}' in {folder}",
    )
}

/// One answer of `cat-file --batch`: a line with name, kind and size, the content, and the end of a line.
fn content(answers: &mut impl BufRead, object: &str) -> anyhow::Result<Vec<u8>> {
    let mut head = String::new();
    answers.read_line(&mut head)?;
    let size = head.trim_end().rsplit_once(' ').and_then(|(_, size)| size.parse::<u64>().ok());
    let Some(size) = size else {
        let lacking = say!(
            nn: "git har ikkje objektet {object}",
            nb: "git har ikke objektet {object}",
            en: "git does not have the object {object}",
        );
        bail!(lacking.and(&fetch_all()))
    };
    let mut bytes = Vec::new();
    answers.take(size.min(LARGEST + 1)).read_to_end(&mut bytes)?;
    let rest = size - bytes.len() as u64 + 1;
    std::io::copy(&mut answers.take(rest), &mut std::io::sink())?;
    Ok(bytes)
}

fn not_run(error: std::io::Error) -> anyhow::Error {
    match error.kind() {
        std::io::ErrorKind::NotFound => say!(
            nn: "fann ikkje git: berre ei samanlikning med ein revisjon treng det, alt anna går utan",
            nb: "fant ikke git: bare en sammenligning med en revisjon trenger det, alt annet går uten",
            en: "git was not found: only a comparison with a revision needs it, everything else works without",
        )
        .into(),
        _ => anyhow::anyhow!("git: {error}"),
    }
}
