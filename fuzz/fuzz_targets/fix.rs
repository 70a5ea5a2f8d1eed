//! What can be fixed is fixed: no error comes, and a second time there is nothing left to do.

#![no_main]

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use libfuzzer_sys::{Corpus, fuzz_target};
use lmnet::check::fix::Fixing;
use lmnet_fuzz::{Files, SOUND, errors, is_within, laid, only_fewer, parts};

/// A folder of this process, in memory where the machine has one there.
static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
    let memory = PathBuf::from("/dev/shm");
    let folder = if memory.is_dir() { memory } else { std::env::temp_dir() };
    folder.join(format!("lmnet-fuzz-{}", std::process::id()))
});

fn lay(files: Files) -> bool {
    let _ = fs::remove_dir_all(&*ROOT);
    files.into_iter().all(|(path, bytes)| {
        let path = ROOT.join(path);
        path.parent().is_some_and(|folder| fs::create_dir_all(folder).is_ok()) && fs::write(path, bytes).is_ok()
    })
}

fuzz_target!(|data: &[u8]| -> Corpus {
    let files = parts(data);
    if !files.iter().all(|(path, _)| is_within(path)) || !lay(laid(SOUND, files)) {
        return Corpus::Reject;
    }
    let fixing = Fixing::all(&ROOT);
    let before = errors(&fixing.none().outcome);
    let fixed = fixing.run();
    let after = errors(&fixed.outcome);
    // What is left out because a file has too much of it, can't be held against each other.
    if fixed.outcome.omitted == 0 {
        assert!(only_fewer(&before, &after), "{before:#?} {after:#?} {:?}", fixed.made);
    }
    fixed.changes.write(&ROOT).expect("what was read a moment ago can be written");
    let again = fixing.run();
    assert!(again.changes.is_empty() && again.made.is_empty(), "{:?} and then {:?}", fixed.made, again.made);
    assert_eq!(errors(&again.outcome), after, "{:?}", fixed.made);
    Corpus::Keep
});
