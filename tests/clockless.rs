//! `check` depends on the tree alone: neither the day, the time zone, the locale nor the hour of the run shows in it.

mod common;

use std::process::Command;
use std::time::{Duration, SystemTime};

use common::{Check, Ran, Tree, run};

/// A registry with findings of many kinds, in more files than one thread reads, and with days of long ago and far ahead.
fn tree() -> Tree {
    let tree = Tree::sound();
    for number in 0..300 {
        let text = match number % 3 {
            0 => "title = \"Å\"\norganiser = [\"nordvikk\", \"sorvik\"]\nform = \"gruppe\"\n",
            1 => "title = Å\norganiser = \"nordvik\"\n[[run]]\nstart = 2999-02-30\nmunicipality = \"sorvik\"\n",
            _ => "organiser = \"nordvik\"\n[[run]]\nstart = 2998-12-31\nend = 1999-01-01\nmunicipality = \"sorvik\"\n",
        };
        tree.file(format!("offerings/number-{number}.toml"), text);
    }
    for (name, until) in [("past", "1900-01-01"), ("future", "2999-12-31")] {
        let waive =
            format!("waive = [{{ rule = \"reversed-period\", reason = \"Slik er kjelda\", until = {until} }}]\n");
        tree.file(
            format!("matters/{name}.toml"),
            format!("title = \"Sak\"\nkind = \"case\"\nopened = 2017-01-01\nclosed = 2016-01-01\n{waive}"),
        );
    }
    tree
}

/// The findings for people and for machines, in a changed world.
fn seen(tree: &Tree, change: impl Fn(&mut Command)) -> [Ran; 2] {
    ["human", "json"].map(|format| {
        let mut command = tree.command(&["check", "--format", format]);
        change(&mut command);
        run(&mut command)
    })
}

#[test]
fn no_day_and_no_place_shows_in_the_findings() {
    let tree = tree();
    let usual = seen(&tree, |_| {});
    let check = Check::of(&usual[1]);
    assert!(check.findings.len() > 500, "{} findings", check.findings.len());
    assert_eq!(check.number("waived"), 2, "a waiver holds on every day");
    for day in ["1900-01-01", "2016-02-29", "2026-11-30", "2999-12-31"] {
        assert_eq!(seen(&tree, |command| _ = command.env("LMNET_TODAY", day)), usual, "LMNET_TODAY={day}");
        assert_eq!(seen(&tree, |command| _ = command.args(["--today", day])), usual, "--today {day}");
    }
    assert_eq!(seen(&tree, |command| _ = command.env_remove("LMNET_TODAY")), usual, "the clock");
    for zone in ["Pacific/Kiritimati", "America/Los_Angeles", "UTC-14", "UTC+12"] {
        assert_eq!(seen(&tree, |command| _ = command.env_remove("LMNET_TODAY").env("TZ", zone)), usual, "TZ={zone}");
    }
    for locale in ["nb_NO.UTF-8", "en_US.UTF-8", "C", "tr_TR.UTF-8"] {
        let change = |command: &mut Command| _ = command.env("LANG", locale).env("LC_ALL", locale);
        assert_eq!(seen(&tree, change), usual, "LC_ALL={locale}");
    }
}

/// Needs the program `faketime`, which must be there.
#[cfg(feature = "outside")]
#[test]
fn a_false_clock_does_not_show_in_the_findings() {
    let at = |tree: &Tree, moment: &str, arguments: &[&str]| {
        let program = tree.command(arguments);
        let mut command = Command::new("faketime");
        common::quiet_environment(&mut command);
        command.env_remove("LMNET_TODAY").arg(moment).arg(program.get_program()).args(program.get_args());
        run(command.current_dir(std::env::temp_dir()))
    };
    let tree = tree();
    for moment in ["1999-12-31 23:59:59", "2024-02-29 12:00:00", "2031-12-31 23:59:59"] {
        let found = ["human", "json"].map(|format| at(&tree, moment, &["check", "--format", format]));
        assert_eq!(found, seen(&tree, |_| {}), "{moment}");
    }
    // The false clock is really seen where the clock is asked: what is in force in 1999 is not what is in 2031.
    let listed = |moment| at(&tree, moment, &["organisations", "list", "--format", "csv"]).out;
    assert_ne!(listed("1999-12-31 23:59:59"), listed("2031-12-31 23:59:59"));
}

#[test]
fn the_age_of_files_does_not_show_in_the_findings() {
    let tree = tree();
    let usual = seen(&tree, |_| {});
    for (path, age) in [("lmnet.toml", 1), ("offerings/number-0.toml", 100_000), ("matters/past.toml", 2_000_000_000)] {
        let file = std::fs::File::options().write(true).open(tree.path(path)).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(age)).unwrap();
    }
    assert_eq!(seen(&tree, |_| {}), usual);
}

#[test]
fn ten_runs_give_the_same_bytes() {
    let tree = tree();
    let first = seen(&tree, |_| {});
    for number in 2..=10 {
        assert_eq!(seen(&tree, |_| {}), first, "run {number}");
    }
}

#[test]
fn files_laid_in_another_order_give_the_same_bytes() {
    let tree = tree();
    let usual = seen(&tree, |_| {});
    for number in (0..300).rev() {
        let path = tree.path(format!("offerings/number-{number}.toml"));
        let text = std::fs::read(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        std::fs::write(&path, text).unwrap();
    }
    assert_eq!(seen(&tree, |_| {}), usual);
}
