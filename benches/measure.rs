//! Subjects that are timed in turns, and the tables that tell of them.

use std::fmt::Write as _;
use std::hint::black_box;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

pub(crate) type Outcome<T> = Result<T, String>;

const WARM_UP: usize = 2;

/// Something that is timed, once a round.
pub(crate) struct Subject<'a> {
    name: &'static str,
    run: Box<dyn FnMut() -> Outcome<Duration> + 'a>,
    limit: Option<Limit>,
    times: Vec<Duration>,
}

/// What `performance.md` asks for, as a ratio to the yardstick, which is the first subject of its table.
#[derive(Clone, Copy)]
pub(crate) enum Limit {
    AtMost(f64),
    AtLeast(f64),
}

impl<'a> Subject<'a> {
    fn new(name: &'static str, run: impl FnMut() -> Outcome<Duration> + 'a) -> Self {
        Self { name, run: Box::new(run), limit: None, times: Vec::new() }
    }

    /// A program, from its start to its end, with its output to the null device.
    pub(crate) fn program(name: &'static str, command: Command) -> Self {
        Self::program_after(name, || Ok(()), command)
    }

    /// A program before which something is done that is not timed.
    pub(crate) fn program_after(
        name: &'static str,
        mut before: impl FnMut() -> Outcome<()> + 'a,
        mut command: Command,
    ) -> Self {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        Self::new(name, move || {
            before()?;
            let start = Instant::now();
            let status = command.status().map_err(|error| format!("{name}: {error}"))?;
            let time = start.elapsed();
            if status.success() { Ok(time) } else { Err(format!("{name}: {status}")) }
        })
    }

    /// A call within this process.
    pub(crate) fn call<T>(name: &'static str, mut call: impl FnMut() -> T + 'a) -> Self {
        Self::new(name, move || {
            let start = Instant::now();
            let value = black_box(call());
            let time = start.elapsed();
            drop(value);
            Ok(time)
        })
    }

    pub(crate) fn limit(self, limit: Limit) -> Self {
        Self { limit: Some(limit), ..self }
    }

    pub(crate) fn at_most(self, limit: f64) -> Self {
        self.limit(Limit::AtMost(limit))
    }

    /// The median in milliseconds.
    fn median(&self) -> f64 {
        median(self.times.iter().map(|time| time.as_secs_f64() * 1000.0).collect())
    }

    /// How many times as long as the yardstick: the median over the rounds, each with its own yardstick.
    fn ratio(&self, yardstick: &Self) -> f64 {
        let rounds = self.times.iter().zip(&yardstick.times);
        median(rounds.map(|(own, other)| own.as_secs_f64() / other.as_secs_f64()).collect())
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    f64::midpoint(values[(values.len() - 1) / 2], values[values.len() / 2])
}

/// What was measured, and whether a limit was exceeded.
#[derive(Default)]
pub(crate) struct Report {
    pub(crate) text: String,
    pub(crate) exceeded: bool,
}

impl Report {
    /// Runs the subjects in turns and adds a table of them: times, times per record, and how many times as long as the first. Gives
    /// their medians in milliseconds.
    pub(crate) fn table(
        &mut self,
        title: &str,
        records: usize,
        rounds: usize,
        subjects: &mut [Subject<'_>],
    ) -> Outcome<Vec<f64>> {
        interleave(subjects, rounds)?;
        self.line(&format!("\n{title}, medians of {rounds} rounds"));
        self.line(&format!("{:<42}{:>10}{:>10}{:>8}{:>8}", "", "ms", "µs/record", "ratio", "limit"));
        for subject in &*subjects {
            let (median, ratio) = (subject.median(), subject.ratio(&subjects[0]));
            let each = median * 1000.0 / records as f64;
            let start = format!("{:<42}{median:>10.2}{each:>10.2}{ratio:>8.2}", subject.name);
            self.judged(&start, ratio, subject.limit);
        }
        Ok(subjects.iter().map(Subject::median).collect())
    }

    /// Adds a single figure.
    pub(crate) fn figure(&mut self, name: &str, value: f64, limit: Option<Limit>) {
        self.judged(&format!("{name:<62}{value:>8.2}"), value, limit);
    }

    fn judged(&mut self, start: &str, value: f64, limit: Option<Limit>) {
        let (sign, limit, over) = match limit {
            None => return self.line(start),
            Some(Limit::AtMost(limit)) => ("≤", limit, value > limit),
            Some(Limit::AtLeast(limit)) => ("≥", limit, value < limit),
        };
        self.exceeded |= over;
        self.line(&format!("{start}{:>8}  {}", format!("{sign}{limit:.1}"), if over { "OVER" } else { "ok" }));
    }

    pub(crate) fn line(&mut self, line: &str) {
        let _ = writeln!(self.text, "{}", line.trim_end());
    }
}

/// A B C, A B C …: whatever else the machine does then falls on all alike.
fn interleave(subjects: &mut [Subject<'_>], rounds: usize) -> Outcome<()> {
    let warm_up = WARM_UP.min(rounds / 2);
    for round in 0..warm_up + rounds {
        for subject in &mut *subjects {
            let time = (subject.run)()?;
            if round >= warm_up {
                subject.times.push(time);
            }
        }
    }
    Ok(())
}

/// The most memory that a program ever had, in KiB, as Linux tells while it runs; nothing elsewhere.
pub(crate) fn peak_memory(mut command: Command) -> Option<u64> {
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

/// The instructions that a program takes, of all its threads, as callgrind counts them.
pub(crate) fn instructions(command: &Command) -> Outcome<u64> {
    let mut counted = Command::new("valgrind");
    counted.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(command.get_program());
    let output = counted.args(command.get_args()).stdin(Stdio::null()).output();
    let output = output.map_err(|error| format!("valgrind is needed and can't be run: {error}"))?;
    let told = String::from_utf8_lossy(&output.stderr);
    let count = told.lines().find_map(|line| line.split_once("Collected :")).filter(|_| output.status.success());
    count.and_then(|(_, count)| count.trim().parse().ok()).ok_or_else(|| format!("{}\n{told}", output.status))
}

/// Whether a program is there.
pub(crate) fn has(program: &str) -> bool {
    let status = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}
