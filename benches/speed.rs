//! How fast `lmnet` is, beside the limit of the machine in the same run and beside what else people would take. See
//! `benches/README.md`.

mod generate;
mod measure;
mod tree;

use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use clap::Parser as _;
use lmnet::check;
use lmnet::date::Date;
use lmnet::document::Document;
use lmnet::lang::Lang;
use lmnet::mandate::Mandates;
use lmnet::model::{Network, Offering};
use lmnet::registry::{Entry, Registry};
use lmnet::render::{docx, html, xlsx};
use lmnet::report::annual::{self, Audience};
use lmnet::view::{self, OfferingFilter, Order, View, Wanted};

use measure::{Limit, Outcome, Report, Subject, has, instructions, peak_memory};
use tree::{Tree, lmnet, read_by_two, scratch};

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc; // as `main` has it

const USAGE: &str = "\
cargo bench --bench speed                      measure and show
cargo bench --bench speed -- --enforce         measure, and fail if a limit is exceeded
cargo bench --bench speed -- generate N DIR    write a registry of N records into the new folder DIR";

/// Records of the trees on which growth is shown, and rounds.
const SIZES: [(usize, usize); 3] = [(1_000, 31), (10_000, 15), (100_000, 7)];
/// Records of the tree whose documents are made: 10,000 offerings and what belongs to them.
const WITH_DOCUMENTS: usize = 20_900;
/// Records of the tree on which instructions are counted.
const COUNTED: usize = 1_300;
/// Thousands of instructions of `check` for a record that are aimed at.
const AIMED_AT: f64 = 60.0;
const TEN_YEARS: [&str; 3] = ["2022-06-01", "2017-01-01", "2026-12-31"]; // the day, from, until
const REPORTED: i32 = 2016;

/// A program that does nothing but read its arguments: the least that a start costs.
#[derive(clap::Parser)]
#[command(version)]
struct Empty {
    #[arg(long)]
    registry: Option<String>,
}

fn main() -> ExitCode {
    if std::env::args().nth(1).is_some_and(|first| first == "empty") {
        let _ = Empty::parse_from(std::env::args().skip(1)).registry;
        return ExitCode::SUCCESS;
    }
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let benched = std::env::args().any(|argument| argument == "--bench");
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match *arguments {
        [] if !benched => smoke(), // `cargo test --all-targets`
        [] => measure(false),
        ["--enforce"] => measure(true),
        ["generate", count, folder] => generate_into(count, Path::new(folder)),
        _ => Err(format!("usage:\n{USAGE}")),
    };
    result.unwrap_or_else(|message| {
        let _ = writeln!(io::stderr(), "speed: {message}");
        ExitCode::from(2)
    })
}

fn generate_into(count: &str, folder: &Path) -> Outcome<ExitCode> {
    let count: usize = count.parse().map_err(|_| format!("'{count}' is not a number of records"))?;
    if count < generate::FEWEST {
        return Err(format!("a registry needs at least {} records", generate::FEWEST));
    }
    if folder.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(format!("{} is not empty", folder.display()));
    }
    let written = generate::write(count, folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mean = written.bytes / written.records;
    say(&format!("{} records of {mean} bytes on average in {}\n", written.records, folder.display()))?;
    Ok(ExitCode::SUCCESS)
}

/// Outside `cargo bench` nothing is measured: only that what is generated is sound.
fn smoke() -> Outcome<ExitCode> {
    for count in [generate::FEWEST, 1000] {
        let tree = Tree::generated(count)?;
        tree.is_sound()?;
        if tree.files != count + 1 {
            return Err(format!("{} files instead of {count} and the manifest", tree.files));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What else the machine does, as Linux tells: figures of a busy machine mean little.
fn busy() -> String {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split_whitespace().next().map_or_else(String::new, |load| format!("load average before the start: {load}"))
}

fn measure(enforce: bool) -> Outcome<ExitCode> {
    if !has("rg") {
        return Err("rg is needed and can't be run: install it (Debian: apt install ripgrep)".to_owned());
    }
    let mut report = Report::default();
    report.line(&busy());
    start(&mut report)?;
    everyday(&mut report)?;
    growth(&mut report)?;
    documents(&mut report)?;
    cold(&mut report)?;
    peers(&mut report)?;
    if let Some(each) = counted()? {
        report.line("");
        report.figure("instructions of check, thousands a record", each, Some(Limit::AtMost(AIMED_AT)));
    }
    say(&report.text)?;
    Ok(ExitCode::from(u8::from(enforce && report.exceeded)))
}

/// The start of the program, beside a program that only reads its arguments.
fn start(report: &mut Report) -> Outcome<()> {
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut empty = Command::new(own);
    empty.args(["empty", "--registry", "registry"]);
    let told = |word: &str| {
        let mut command = lmnet();
        command.arg(word);
        command
    };
    let mut subjects = [
        Subject::program("a program that only reads its arguments", empty),
        Subject::program("lmnet --version", told("--version")).at_most(2.0),
        Subject::program("lmnet --help", told("--help")).at_most(2.0),
    ];
    report.table("start", 1, 101, &mut subjects).map(drop)
}

/// Everyday commands on the registry of this repository.
fn everyday(report: &mut Report) -> Outcome<()> {
    let tree = Tree::at(Path::new(env!("CARGO_MANIFEST_DIR")).join("registry"))?;
    let mut subjects = vec![
        Subject::program("rg -c '' -j2 --no-ignore", tree.rg()),
        Subject::call("  walk and read alone, two threads", || read_by_two(&tree.root)),
    ];
    // Findings make `check` exit with 1 and print much: that is no measure of anything.
    if check::run(&Registry::load(&tree.root)).findings.is_empty() {
        subjects.push(Subject::program("lmnet check", tree.lmnet(&["check"])).at_most(1.2));
    }
    subjects.extend([
        Subject::program("lmnet offerings list", tree.lmnet(&["offerings", "list"])).at_most(1.2),
        Subject::program("lmnet deadlines", tree.lmnet(&["deadlines"])).at_most(1.2),
        Subject::program("lmnet report --year 2016", tree.lmnet(&["report", "--year", "2016"])).at_most(1.2),
    ]);
    report.table(&tree.title(), tree.files, 51, &mut subjects).map(drop)
}

/// The same work on registries of three sizes: time and memory for a record are to stay as they are.
fn growth(report: &mut Report) -> Outcome<()> {
    let mut checks = Vec::new();
    for (count, rounds) in SIZES {
        let tree = Tree::generated(count)?;
        tree.is_sound()?;
        let registry = Registry::load(&tree.root);
        let [day, from, until] = TEN_YEARS.map(|day| day.parse::<Date>().unwrap_or_default());
        let document = scratch("report")?.with_extension("docx");
        let document = document.to_string_lossy().into_owned();
        let limit = if count == 10_000 { Limit::AtMost(2.0) } else { Limit::AtMost(1.6) };
        let mut check = Subject::program("lmnet check", tree.lmnet(&["check"]));
        if count > 1_000 {
            check = check.limit(limit);
        }
        let mut subjects = vec![
            Subject::program("rg -c '' -j2 --no-ignore", tree.rg()),
            Subject::call("  walk and read alone, two threads", || read_by_two(&tree.root)),
            check,
            Subject::program("lmnet offerings list", tree.lmnet(&["offerings", "list"])),
            Subject::program("lmnet deadlines", tree.lmnet(&["deadlines"])),
            Subject::program("lmnet report --year 2016", tree.lmnet(&["report", "--year", "2016"])),
            Subject::program("  the same as docx", tree.lmnet(&["report", "--year", "2016", "-o", &document])),
        ];
        let times = report.table(&tree.title(), tree.files, rounds, &mut subjects)?;
        if let Some(peak) = peak_memory(tree.lmnet(&["check"])) {
            let limit = 20.0 + 2.0 * count as f64 / 1024.0;
            report.figure("most memory of check, MiB", peak as f64 / 1024.0, Some(Limit::AtMost(limit)));
        }
        checks.push(times[2]);
        let mut subjects = [
            Subject::call("Registry::load, in process", || Registry::load(&tree.root)),
            Subject::call("  check::run", || check::run(&registry)).at_most(0.3),
            Subject::call("  ten years of deadlines", || Mandates::new(&registry).dated(day, from, until)).at_most(0.3),
        ];
        report.table("beyond loading", tree.files, rounds, &mut subjects)?;
        exchange(report, &tree, rounds.min(7))?;
    }
    report.line("");
    let times = checks.iter().zip(checks.iter().skip(1));
    for (step, (less, more)) in ["from 1,000 to 10,000 records", "from 10,000 to 100,000"].iter().zip(times) {
        report.figure(&format!("time of check {step}: times as long"), more / less, Some(Limit::AtMost(11.0)));
    }
    Ok(())
}

/// What changed since a commit, and a workbook of all offerings, runs, courses and seats that comes back.
fn exchange(report: &mut Report, tree: &Tree, rounds: usize) -> Outcome<()> {
    tree.committed_and_edited()?;
    let workbook = scratch("exchange")?.with_extension("xlsx");
    let _ = std::fs::remove_file(&workbook);
    let workbook = workbook.to_string_lossy().into_owned();
    let mut subjects = vec![
        Subject::call("Registry::load, in process", || Registry::load(&tree.root)),
        Subject::program("  lmnet diff HEAD", tree.lmnet(&["diff", "HEAD"])),
    ];
    // A larger one is refused: no sheet that somebody fills in is nearly as long.
    if tree.files < 20_000 {
        let mut export = tree.lmnet(&["export", "--workbook", &workbook]);
        let status = export.stdout(Stdio::null()).stderr(Stdio::null()).status().map_err(|error| error.to_string())?;
        if !status.success() {
            return Err(format!("export --workbook: {status}"));
        }
        let again = tree.lmnet(&["export", "--replace", "--workbook", &workbook]);
        subjects.push(Subject::program("  lmnet export --workbook", again));
        subjects.push(Subject::program("  lmnet import --dry-run", tree.lmnet(&["import", "-n", &workbook])));
    }
    report.table("in and out", tree.files, rounds, &mut subjects).map(drop)
}

/// A list of 10,000 offerings, and the annual reports of all their networks, as documents, beside loading the same registry.
fn documents(report: &mut Report) -> Outcome<()> {
    let tree = Tree::generated(WITH_DOCUMENTS)?;
    let registry = Registry::load(&tree.root);
    let list = || vec![listed(&registry).unwrap_or_default()];
    let reports = || reported(&registry);
    let as_file = |file: anyhow::Result<Vec<u8>>| file.unwrap_or_default().len();
    let mut subjects = [
        Subject::call("Registry::load, in process", || Registry::load(&tree.root)),
        Subject::call("  list as html", || html::documents(&list())).at_most(3.0),
        Subject::call("  list as docx", || as_file(docx::documents(&list()))).at_most(3.0),
        Subject::call("  list as xlsx", || as_file(xlsx::documents(&list()))).at_most(3.0),
        Subject::call("  reports, before they are rendered", reports),
        Subject::call("  reports as html", || html::documents(&reports())).at_most(3.0),
        Subject::call("  reports as docx", || as_file(docx::documents(&reports()))).at_most(3.0),
        Subject::call("  reports as xlsx", || as_file(xlsx::documents(&reports()))).at_most(3.0),
    ];
    report.table(&tree.title(), tree.files, 5, &mut subjects)?;
    report.line(&format!("{} offerings, {} networks", registry.offerings.len(), registry.networks.len()));
    Ok(())
}

/// What is read for the first time, where the system can be asked to forget it.
fn cold(report: &mut Report) -> Outcome<()> {
    let tree = Tree::generated(13_000)?;
    if let Err(reason) = tree.cool() {
        report.line(&format!("\nnot measured with a cold cache: {reason}"));
        return Ok(());
    }
    let mut subjects = [
        Subject::program_after("rg -c '' -j2 --no-ignore", || tree.cool(), tree.rg()),
        Subject::program_after("lmnet check", || tree.cool(), tree.lmnet(&["check"])).at_most(0.8),
    ];
    report.table(&format!("cold, {}", tree.title()), tree.files, 7, &mut subjects).map(drop)
}

/// What else checks such files, or as many transactions in one file, where it is installed.
fn peers(report: &mut Report) -> Outcome<()> {
    let tree = Tree::generated(10_000)?;
    let ledger = tree.ledger()?;
    let in_tree = |words: &[&str]| {
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).current_dir(&tree.root);
        command
    };
    let peers = [
        ("taplo", in_tree(&["taplo", "lint"]), 15.0),
        ("tombi", in_tree(&["tombi", "lint", "--offline", "."]), 15.0),
        ("hledger", in_tree(&["hledger", "-f", &ledger.to_string_lossy(), "check"]), 4.0),
    ];
    let mut subjects = vec![Subject::program("lmnet check", tree.lmnet(&["check"]))];
    for (name, command, times) in peers {
        if has(name) {
            subjects.push(Subject::program(name, command).limit(Limit::AtLeast(times)));
        } else {
            report.line(&format!("\nnot measured, since it is not installed: {name}"));
        }
    }
    report.table("beside others, 10,000 records", tree.files, 3, &mut subjects).map(drop)
}

/// Thousands of instructions of `check` for a record: a count, which no other work of the machine changes.
fn counted() -> Outcome<Option<f64>> {
    if !has("valgrind") {
        return Ok(None);
    }
    let tree = Tree::generated(COUNTED)?;
    Ok(Some(instructions(&tree.lmnet(&["check"]))? as f64 / COUNTED as f64 / 1000.0))
}

/// The list of all offerings.
fn listed(registry: &Registry) -> anyhow::Result<Document> {
    let today = TEN_YEARS[0].parse().unwrap_or_default();
    let view = View { registry, lang: Lang::Nn, today, year: None };
    let (wanted, filter) = (Wanted { all: true, ..Wanted::default() }, OfferingFilter::default());
    let list = view::select::<Offering>(&view, &wanted, &filter, Order::Name)?;
    Ok(view::page::<Offering>(&view, &filter, view::sheet(&view, &list.entries, &[])?))
}

/// The annual reports of all networks.
fn reported(registry: &Registry) -> Vec<Document> {
    let networks: Vec<(&Entry<Network>, Lang)> = registry.networks.iter().map(|network| (network, Lang::Nn)).collect();
    let today = TEN_YEARS[0].parse().unwrap_or_default();
    let annual = annual::compute(&Mandates::new(registry), &networks, REPORTED, Audience::Public, today);
    annual::document(&annual)
}

fn say(text: &str) -> Outcome<()> {
    io::stdout().write_all(text.as_bytes()).map_err(|error| error.to_string())
}
