//! Somebody at the terminal, who gives answers that were written down before.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io;
use std::path::Path;

use clap::Parser as _;
use lmnet::cli::{Cli, Done, World};

thread_local! {
    static ANSWERS: RefCell<VecDeque<&'static str>> = const { RefCell::new(VecDeque::new()) };
    static SHOWN: RefCell<String> = const { RefCell::new(String::new()) };
}

fn answer(text: &str) -> io::Result<Option<String>> {
    SHOWN.with_borrow_mut(|shown| shown.push_str(text));
    let line = ANSWERS.with_borrow_mut(VecDeque::pop_front);
    Ok(line.map(|line| {
        SHOWN.with_borrow_mut(|shown| *shown += &format!("{line}\n"));
        format!("{line}\n")
    }))
}

/// A command run in a folder with somebody at the terminal, who gives these answers and then leaves; with what was shown.
pub(crate) fn asked(folder: &Path, arguments: &[&str], answers: &[&'static str]) -> (anyhow::Result<Done>, String) {
    ANSWERS.with_borrow_mut(|queue| queue.extend(answers));
    let world = World {
        today: "2026-11-30".parse().unwrap(),
        variable: |_| None,
        folder: folder.to_owned(),
        width: None,
        terminal: false,
        input: || Ok(Vec::new()),
        ask: Some(answer),
    };
    let cli = Cli::parse_from([&["lmnet"], arguments].concat());
    let done = lmnet::cli::run(&cli, &world);
    assert!(ANSWERS.with_borrow(VecDeque::is_empty), "nobody asked for {:?}", ANSWERS.take());
    (done, SHOWN.take())
}
