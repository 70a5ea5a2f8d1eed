//! How fast `lmnet` is, beside `rg` reading the same bytes in the same run. See `benches/README.md`.

mod generate;

use std::hint::black_box;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

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

const USAGE: &str = "\
cargo bench --bench speed                      measure and show
cargo bench --bench speed -- --enforce         measure, and fail if a limit is exceeded
cargo bench --bench speed -- generate N DIR    write a registry of N records into the new folder DIR";

/// Records of the large tree.
const RECORDS: usize = 13_000;
/// Records of the tree whose deadlines are told, and the ten years of them.
const WITH_DEADLINES: usize = 10_000;
const TEN_YEARS: [&str; 3] = ["2022-06-01", "2017-01-01", "2026-12-31"]; // the day, from, until
/// Records of the tree whose documents are made: 10,000 offerings and what belongs to them.
const WITH_DOCUMENTS: usize = 20_900;
const REPORTED: i32 = 2016;
const WARM_UP: usize = 2;

type Outcome<T> = Result<T, String>;

fn main() -> ExitCode {
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

/// A registry on disk.
struct Tree {
    root: PathBuf,
    files: usize,
    bytes: u64,
}

impl Tree {
    fn at(root: PathBuf) -> Outcome<Self> {
        let (files, bytes) = read_all(&root)?;
        Ok(Self { root, files, bytes })
    }

    /// Written anew each time: an old one may be from an old generator.
    fn generated(count: usize) -> Outcome<Self> {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("registry-{count}"));
        let failed = |error: io::Error| format!("{}: {error}", root.display());
        if root.exists() {
            std::fs::remove_dir_all(&root).map_err(failed)?;
        }
        generate::write(count, &root).map_err(failed)?;
        Self::at(root)
    }

    fn is_sound(&self) -> Outcome<()> {
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

    fn lmnet(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lmnet"));
        command.args(words).arg("--registry").arg(&self.root);
        command.env_remove("LMNET_LANG").env_remove("LMNET_TODAY");
        command
    }

    /// The yardstick: walks the same tree and reads the same bytes, with two threads.
    fn rg(&self) -> Command {
        let mut command = Command::new("rg");
        command.args(["-c", "", "-j2", "--no-ignore", "--no-config"]).arg(&self.root);
        command
    }
}

/// The same command, held to the first core.
fn one_core(command: &Command) -> Command {
    let mut held = Command::new("taskset");
    held.args(["-c", "0"]).arg(command.get_program()).args(command.get_args());
    held.env_remove("LMNET_LANG").env_remove("LMNET_TODAY");
    held
}

/// What else the machine does, as Linux tells: figures of a busy machine mean little.
fn busy() -> String {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split_whitespace().next().map_or_else(String::new, |load| format!("load average before the start: {load}\n"))
}

/// Walks the tree and reads every record and the manifest, in one thread: how many files, how many bytes.
fn read_all(root: &Path) -> Outcome<(usize, u64)> {
    let (mut files, mut bytes) = (0, 0);
    for entry in walkdir::WalkDir::new(root) {
        let entry = entry.map_err(|error| error.to_string())?;
        if entry.path().extension().is_some_and(|end| end == "toml") {
            let text = std::fs::read(entry.path()).map_err(|error| format!("{}: {error}", entry.path().display()))?;
            files += 1;
            bytes += text.len() as u64;
        }
    }
    Ok((files, bytes))
}

/// Something that is timed, once a round.
struct Subject<'a> {
    name: &'static str,
    run: Box<dyn FnMut() -> Outcome<Duration> + 'a>,
    /// At most so many times the yardstick, which is the first subject of its tree.
    limit: Option<f64>,
    times: Vec<Duration>,
}

impl<'a> Subject<'a> {
    fn new(name: &'static str, run: impl FnMut() -> Outcome<Duration> + 'a) -> Self {
        Self { name, run: Box::new(run), limit: None, times: Vec::new() }
    }

    /// A program, from its start to its end, with its output to the null device.
    fn program(name: &'static str, mut command: Command) -> Self {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        Self::new(name, move || {
            let start = Instant::now();
            let status = command.status().map_err(|error| format!("{name}: {error}"))?;
            let time = start.elapsed();
            if status.success() { Ok(time) } else { Err(format!("{name}: {status}")) }
        })
    }

    /// A call within this process.
    fn call<T>(name: &'static str, mut call: impl FnMut() -> T + 'a) -> Self {
        Self::new(name, move || {
            let start = Instant::now();
            let value = black_box(call());
            let time = start.elapsed();
            drop(value);
            Ok(time)
        })
    }

    fn at_most(self, limit: Option<f64>) -> Self {
        Self { limit, ..self }
    }

    /// The median in milliseconds.
    fn median(&self) -> f64 {
        median(self.times.iter().map(|time| time.as_secs_f64() * 1000.0).collect())
    }

    /// How many times as long as the yardstick: the median over the rounds, each with its own yardstick.
    fn ratio(&self, yardstick: &Self) -> f64 {
        median(
            self.times
                .iter()
                .zip(&yardstick.times)
                .map(|(own, other)| own.as_secs_f64() / other.as_secs_f64())
                .collect(),
        )
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    f64::midpoint(values[(values.len() - 1) / 2], values[values.len() / 2])
}

fn measure(enforce: bool) -> Outcome<ExitCode> {
    needs("rg", "install it (Debian: apt install ripgrep)")?;
    if cfg!(target_os = "linux") {
        needs("taskset", "install it (Debian: apt install util-linux)")?;
    }
    let own = Tree::at(Path::new(env!("CARGO_MANIFEST_DIR")).join("registry"))?;
    let large = Tree::generated(RECORDS)?;
    large.is_sound()?;
    let mut exceeded = false;
    let mut report = busy();
    for (tree, rounds, list_limit, check_limit) in [(&own, 51, Some(1.5), None), (&large, 15, None, Some(2.0))] {
        let registry = Registry::load(&tree.root);
        let list = tree.lmnet(&["offerings", "list"]);
        let mut subjects = vec![
            Subject::program("rg -c '' -j2 --no-ignore", tree.rg()),
            Subject::program("lmnet offerings list", list).at_most(list_limit),
        ];
        // Findings make `check` exit with 1 and print much: that is no measure of anything.
        if check::run(&registry).findings.is_empty() {
            subjects.push(Subject::program("lmnet check", tree.lmnet(&["check"])).at_most(check_limit));
            if cfg!(target_os = "linux") {
                subjects.push(Subject::program("lmnet check on one core", one_core(&tree.lmnet(&["check"]))));
            }
        }
        subjects.push(Subject::call("  in process: Registry::load", || Registry::load(&tree.root)));
        subjects.push(Subject::call("  in process: check::run", || check::run(&registry)));
        subjects.push(Subject::call("  walkdir and fs::read, one thread", || read_all(&tree.root)));
        interleave(&mut subjects, rounds)?;
        exceeded |= show(&mut report, tree, &subjects, rounds);
    }
    exceeded |= deadlines(&mut report)?;
    exceeded |= documents(&mut report)?;
    if let Some(peak) = peak_memory(large.lmnet(&["check"])) {
        report += &format!("\nmost memory of lmnet check, {RECORDS} records: {:.1} MiB\n", peak as f64 / 1024.0);
    }
    say(&report)?;
    Ok(ExitCode::from(u8::from(enforce && exceeded)))
}

/// Checking, and ten years of deadlines, beside loading the same registry.
fn deadlines(report: &mut String) -> Outcome<bool> {
    let tree = Tree::generated(WITH_DEADLINES)?;
    tree.is_sound()?;
    let registry = Registry::load(&tree.root);
    let [day, from, until] = TEN_YEARS.map(|day| day.parse::<Date>().unwrap_or_default());
    let found = Mandates::new(&registry).dated(day, from, until);
    let met = found.iter().filter(|one| one.status.is_met()).count();
    let mut subjects = [
        Subject::call("  in process: Registry::load", || Registry::load(&tree.root)),
        Subject::call("  in process: check::run", || check::run(&registry)).at_most(Some(0.5)),
        Subject::call("  ten years of deadlines", || Mandates::new(&registry).dated(day, from, until))
            .at_most(Some(0.3)),
        Subject::call("    of these: Mandates::new", || Mandates::new(&registry)),
    ];
    let rounds = 15;
    interleave(&mut subjects, rounds)?;
    let exceeded = show(report, &tree, &subjects, rounds);
    *report += &format!("{} deadlines, {met} of them met\n", found.len());
    Ok(exceeded)
}

/// A list of 10,000 offerings, and the annual reports of all their networks, as documents, beside loading the same registry.
fn documents(report: &mut String) -> Outcome<bool> {
    let tree = Tree::generated(WITH_DOCUMENTS)?;
    let registry = Registry::load(&tree.root);
    let list = || vec![listed(&registry).unwrap_or_default()];
    let reports = || reported(&registry);
    let as_file = |file: anyhow::Result<Vec<u8>>| file.unwrap_or_default().len();
    let mut subjects = [
        Subject::call("  in process: Registry::load", || Registry::load(&tree.root)),
        Subject::call("  list as html", || html::documents(&list())).at_most(Some(3.0)),
        Subject::call("  list as docx", || as_file(docx::documents(&list()))).at_most(Some(3.0)),
        Subject::call("  list as xlsx", || as_file(xlsx::documents(&list()))).at_most(Some(3.0)),
        Subject::call("  reports, before they are rendered", reports),
        Subject::call("  reports as html", || html::documents(&reports())).at_most(Some(3.0)),
        Subject::call("  reports as docx", || as_file(docx::documents(&reports()))).at_most(Some(3.0)),
        Subject::call("  reports as xlsx", || as_file(xlsx::documents(&reports()))).at_most(Some(3.0)),
    ];
    let rounds = 5;
    interleave(&mut subjects, rounds)?;
    let exceeded = show(report, &tree, &subjects, rounds);
    *report += &format!("{} offerings, {} networks\n", registry.offerings.len(), registry.networks.len());
    Ok(exceeded)
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

/// A program that is missing is a failure: nothing is skipped.
fn needs(program: &str, remedy: &str) -> Outcome<()> {
    let status = Command::new(program).arg("--version").stdout(Stdio::null()).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        _ => Err(format!("{program} is needed and can't be run: {remedy}")),
    }
}

/// A B C, A B C …: whatever else the machine does then falls on all alike.
fn interleave(subjects: &mut [Subject<'_>], rounds: usize) -> Outcome<()> {
    for round in 0..WARM_UP + rounds {
        for subject in &mut *subjects {
            let time = (subject.run)()?;
            if round >= WARM_UP {
                subject.times.push(time);
            }
        }
    }
    Ok(())
}

/// Adds a table. Gives true if a limit was exceeded.
fn show(report: &mut String, tree: &Tree, subjects: &[Subject<'_>], rounds: usize) -> bool {
    let mean = tree.bytes / tree.files as u64;
    let name = tree.root.file_name().unwrap_or_default().display();
    *report += &format!("\n{name}: {} files of {mean} bytes, medians of {rounds} rounds\n", tree.files);
    *report += &format!("{:<36}{:>10}{:>10}{:>8}{:>8}\n", "", "ms", "µs/file", "ratio", "limit");
    let mut exceeded = false;
    for subject in subjects {
        let median = subject.median();
        let ratio = subject.ratio(&subjects[0]);
        let verdict = subject.limit.map_or_else(String::new, |limit| {
            let over = ratio > limit;
            exceeded |= over;
            format!("{limit:>8.1}  {}", if over { "OVER" } else { "ok" })
        });
        let each = median * 1000.0 / tree.files as f64;
        *report += format!("{:<36}{median:>10.2}{each:>10.2}{ratio:>8.2}{verdict}", subject.name).trim_end();
        report.push('\n');
    }
    exceeded
}

/// The most memory that a program ever had, in KiB, as Linux tells while it runs; nothing elsewhere.
fn peak_memory(mut command: Command) -> Option<u64> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok()?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak = None;
    while let Ok(None) = child.try_wait() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let now = line.and_then(|line| line.trim_end_matches("kB").trim().parse().ok());
        peak = peak.max(now);
        std::thread::sleep(Duration::from_micros(200));
    }
    peak
}

fn say(text: &str) -> Outcome<()> {
    io::stdout().write_all(text.as_bytes()).map_err(|error| error.to_string())
}
