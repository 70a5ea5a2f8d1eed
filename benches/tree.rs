//! Registries to measure on, and what reading them costs at least.

use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::{fs, thread};

use lmnet::check;
use lmnet::registry::Registry;

use crate::generate;
use crate::measure::Outcome;

/// A registry on disk.
pub(crate) struct Tree {
    pub(crate) root: PathBuf,
    pub(crate) files: usize,
    bytes: u64,
}

impl Tree {
    pub(crate) fn at(root: PathBuf) -> Outcome<Self> {
        let (files, bytes) = read_all(&root)?;
        Ok(Self { root, files, bytes })
    }

    /// Written anew each time: an old one may be from an old generator.
    pub(crate) fn generated(count: usize) -> Outcome<Self> {
        let root = scratch(&format!("registry-{count}"))?;
        generate::write(count, &root).map_err(|error| format!("{}: {error}", root.display()))?;
        Self::at(root)
    }

    pub(crate) fn title(&self) -> String {
        let name = self.root.file_name().unwrap_or_default().display();
        format!("{name}: {} files of {} bytes", self.files, self.bytes / self.files as u64)
    }

    pub(crate) fn is_sound(&self) -> Outcome<()> {
        let outcome = check::run(&Registry::load(&self.root));
        match outcome.findings.first() {
            None => Ok(()),
            Some(finding) => Err(format!(
                "the generated registry has {} findings, the first in {}: {}",
                outcome.findings.len(),
                finding.place.path,
                finding.message.en
            )),
        }
    }

    /// The program, on this registry.
    pub(crate) fn lmnet(&self, words: &[&str]) -> Command {
        let mut command = lmnet();
        command.args(words).arg("--registry").arg(&self.root);
        command
    }

    /// The yardstick: walks the same tree and reads the same bytes, with two threads.
    pub(crate) fn rg(&self) -> Command {
        let mut command = Command::new("rg");
        command.args(["-c", "", "-j2", "--no-ignore", "--no-config"]).arg(&self.root);
        command
    }

    /// Makes a git repository of it and changes every hundredth offering after the commit.
    pub(crate) fn committed_and_edited(&self) -> Outcome<()> {
        let identity = ["-c", "user.name=bench", "-c", "user.email=bench@localhost", "-c", "commit.gpgsign=false"];
        for words in [&["init", "-q"][..], &["add", "-A"], &["commit", "-q", "-m", "all"]] {
            let mut git = Command::new("git");
            git.arg("-C").arg(&self.root).args(identity).args(words).stdout(Stdio::null());
            let status = git.status().map_err(|error| format!("git: {error}"))?;
            if !status.success() {
                return Err(format!("git {words:?}: {status}"));
            }
        }
        let failed = |error: io::Error| error.to_string();
        let mut offerings: Vec<PathBuf> = files(&self.root.join("offerings")).collect();
        offerings.sort();
        for path in offerings.iter().step_by(100) {
            let mut file = fs::File::options().append(true).open(path).map_err(failed)?;
            file.write_all(b"\n[[run]]\nstart = 2024-03-04\npatients = 9\n").map_err(failed)?;
        }
        Ok(())
    }

    /// Asks the system to forget what it has read of the tree, where it lets us.
    pub(crate) fn cool(&self) -> Outcome<()> {
        let _ = Command::new("sync").status();
        fs::write("/proc/sys/vm/drop_caches", "3").map_err(|error| format!("drop_caches: {error}"))
    }

    /// As many transactions as there are records, for a program that checks a ledger in one file.
    pub(crate) fn ledger(&self) -> Outcome<PathBuf> {
        let path = scratch("ledger")?.join("records.journal");
        let mut text = String::new();
        for number in 0..self.files {
            let (month, day) = (1 + number / 28 % 12, 1 + number % 28);
            text += &format!(
                "2016-{month:02}-{day:02} kurs {number}\n    deltakarar:kurs{}  {}\n    motpost\n\n",
                number % 500,
                1 + number % 20
            );
        }
        fs::create_dir_all(path.parent().unwrap_or(&path)).map_err(|error| error.to_string())?;
        fs::write(&path, text).map_err(|error| error.to_string())?;
        Ok(path)
    }
}

/// The program that is measured.
pub(crate) fn lmnet() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lmnet"));
    command.env_remove("LMNET_LANG").env_remove("LMNET_TODAY");
    command
}

/// A place for files of the benchmark, without what lay there before.
pub(crate) fn scratch(name: &str) -> Outcome<PathBuf> {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if root.exists() {
        fs::remove_dir_all(&root).map_err(|error| format!("{}: {error}", root.display()))?;
    }
    Ok(root)
}

fn files(root: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = walkdir::WalkDir::new(root).into_iter().filter_map(Result::ok).map(walkdir::DirEntry::into_path);
    entries.filter(|path| path.extension().is_some_and(|end| end == "toml"))
}

/// Walks the tree and reads every record and the manifest, in one thread: how many files, how many bytes.
fn read_all(root: &Path) -> Outcome<(usize, u64)> {
    let (mut count, mut bytes, mut buffer) = (0, 0, Vec::new());
    for path in files(root) {
        bytes += read(&path, &mut buffer)?;
        count += 1;
    }
    Ok((count, bytes))
}

/// The least that reading costs: the same walk, and the same bytes read into buffers that are used again, by two threads.
pub(crate) fn read_by_two(root: &Path) -> Outcome<u64> {
    let all = Mutex::new(files(root));
    let work = || -> Outcome<u64> {
        let (mut bytes, mut buffer) = (0, Vec::new());
        loop {
            let some: Vec<PathBuf> = all.lock().map_err(|error| error.to_string())?.by_ref().take(64).collect();
            if some.is_empty() {
                return Ok(bytes);
            }
            for path in some {
                bytes += read(&path, &mut buffer)?;
            }
        }
    };
    thread::scope(|scope| {
        let other = scope.spawn(work);
        let own = work()?;
        Ok(own + other.join().map_err(|_| "a thread stopped".to_owned())??)
    })
}

fn read(path: &Path, buffer: &mut Vec<u8>) -> Outcome<u64> {
    buffer.clear();
    let read = fs::File::open(path).and_then(|mut file| file.read_to_end(buffer));
    read.map(|bytes| bytes as u64).map_err(|error| format!("{}: {error}", path.display()))
}
