//! The thin outside of lmnet: the only place that reads the clock, the environment and the streams.

use std::fs;
use std::io::{self, BufRead, IsTerminal, Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::Context as _;
use clap::Parser;
use lmnet::cli::{self, Append, Cli, Done, Out, World};
use lmnet::failure;
use lmnet::registry::{LARGEST, files_read};
use lmnet::{say, store};

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let world = World {
        today: chrono::Local::now().date_naive(),
        variable: |name| std::env::var(name).ok().filter(|value| !value.is_empty()),
        folder: std::env::current_dir().unwrap_or_default(),
        width: terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)),
        terminal: io::stdout().is_terminal(),
        input,
        ask: (io::stdin().is_terminal() && io::stderr().is_terminal()).then_some(ask),
    };
    let done = while_told(&cli, &world, || cli::run(&cli, &world).and_then(|done| change(done, &cli)))
        .unwrap_or_else(|error| Done::failed(&error, cli::language(&cli, &world)));
    deliver(done, &cli, &world).unwrap_or(ExitCode::from(2))
}

/// What stands on the last line of the terminal.
#[derive(PartialEq, Eq)]
enum Line {
    Nothing,
    GoingOn,
    /// A question, or what was answered: nothing is told any longer.
    Question,
}

static LINE: Mutex<Line> = Mutex::new(Line::Nothing);

/// Puts something else on the line, after what was told there is gone.
fn clear(line: &mut Line, to: Line) {
    if *line == Line::GoingOn {
        let _ = write!(io::stderr(), "\r\x1b[K");
    }
    *line = to;
}

fn line() -> MutexGuard<'static, Line> {
    LINE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Does something, and tells on a terminal that it goes on once it has taken half a second. Nothing of it is left in the end.
fn while_told<T>(cli: &Cli, world: &World, work: impl FnOnce() -> T) -> T {
    const PATIENCE: Duration = Duration::from_millis(500);
    const PACE: Duration = Duration::from_millis(200);
    let is_told =
        !cli.quiet && io::stderr().is_terminal() && (world.variable)("TERM").is_none_or(|term| term != "dumb");
    if !is_told {
        return work();
    }
    let (done, over) = mpsc::channel::<()>();
    let result = thread::scope(|scope| {
        scope.spawn(move || {
            let is_over = |wait| over.recv_timeout(wait) != Err(RecvTimeoutError::Timeout);
            let mut waited = PATIENCE;
            if is_over(PATIENCE) {
                return;
            }
            let lang = cli::language(cli, world);
            loop {
                let mut line = line();
                if *line == Line::Question {
                    return;
                }
                clear(&mut line, Line::GoingOn);
                let _ = write!(io::stderr(), "{}", cli::going_on(lang, files_read(), waited.as_secs()));
                drop(line);
                if is_over(PACE) {
                    return;
                }
                waited += PACE;
            }
        });
        let result = work();
        drop(done);
        result
    });
    let mut line = line();
    if *line == Line::GoingOn {
        clear(&mut line, Line::Nothing);
    }
    drop(line);
    result
}

/// What is handed in on stdin, a byte more than a file may have at most.
fn input() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes).map(|_| bytes)
}

/// Asks on the terminal. Beside the result, so that a result can go elsewhere.
fn ask(text: &str) -> io::Result<Option<String>> {
    clear(&mut line(), Line::Question);
    let mut stderr = io::stderr().lock();
    stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush())?;
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map(|bytes| (bytes > 0).then_some(line))
}

/// Writes what the command wants changed, unless its result could not be written then. If it fails, the rest of the result is not
/// true.
fn change(done: Done, cli: &Cli) -> anyhow::Result<Done> {
    if let Some((root, changes)) = &done.changes {
        if let Some(path) = cli.output.as_ref().or(done.to.as_ref()) {
            store::can_replace(path).with_context(|| path.display().to_string())?;
        }
        changes.write(root)?;
    }
    Ok(done)
}

/// Hands over the result. A closed pipe is no error: whoever reads has seen enough.
fn deliver(mut done: Done, cli: &Cli, world: &World) -> io::Result<ExitCode> {
    let choice = cli.colour();
    let file = cli.output.as_ref().or(done.to.as_ref());
    let result = match file {
        // What could not run leaves a file from before as it was.
        Some(_) if done.code == 2 => Ok(()),
        Some(folder) if !done.files.is_empty() => write_files(folder, &done.files).map_err(Into::into),
        Some(path) => match (done.parts.take(), &done.folder, &done.out) {
            (Some(parts), ..) => while_told(cli, world, || store::replace_parts(path, &parts.name, parts.make)),
            (None, Some(folder), _) => store::fill(path, &folder.files, folder.is_own),
            (None, None, Out::Text(text)) => write_text(path, text).map_err(Into::into),
            (None, None, Out::Bytes(bytes)) => write_file(path, bytes).map_err(Into::into),
        },
        None => match &done.out {
            Out::Text(text) => {
                let mut stdout = anstream::AutoStream::new(io::stdout().lock(), choice);
                stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()).map_err(Into::into)
            }
            Out::Bytes(_) if io::stdout().is_terminal() => Err(say!(
                nn: "ein terminal kan ikkje vise ei slik fil; nemn ei med --output FIL",
                nb: "en terminal kan ikke vise en slik fil; nevn en med --output FIL",
                en: "a terminal cannot show such a file; name one with --output FILE",
            )
            .into()),
            Out::Bytes(bytes) => io::stdout().lock().write_all(bytes).map_err(Into::into),
        },
    };
    let mut stderr = anstream::AutoStream::new(io::stderr().lock(), choice);
    let to = file.map_or_else(|| "stdout".to_owned(), |path| path.display().to_string());
    let appended = done.append.as_ref().map_or(Ok(()), append).map_err(anyhow::Error::from);
    let and_to = done.append.as_ref().map_or_else(String::new, |append| append.path.display().to_string());
    for (to, result) in [(to, result), (and_to, appended)] {
        match result {
            Err(error) if !is_closed_pipe(&error) => {
                let told = failure::told(&error, cli::language(cli, world));
                writeln!(stderr, "lmnet: {to}: {told}")?;
                return Ok(ExitCode::from(2));
            }
            _ => {}
        }
    }
    if !cli.quiet || done.code == 2 {
        stderr.write_all(done.talk.as_bytes())?;
    }
    Ok(ExitCode::from(done.code))
}

fn append(append: &Append) -> io::Result<()> {
    fs::OpenOptions::new().append(true).create(true).open(&append.path)?.write_all(append.text.as_bytes())
}

/// Writes several results into a folder, which is made if need be.
fn write_files(folder: &Path, files: &[(String, String)]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    files.iter().try_for_each(|(name, text)| write_text(&folder.join(name), text))
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// Files have no colours.
fn write_text(path: &Path, text: &str) -> io::Result<()> {
    write_file(path, anstream::adapter::strip_str(text).to_string().as_bytes())
}

/// A link is followed; a device or pipe is written to as it stands.
fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(there) if !there.is_file() => fs::OpenOptions::new().write(true).open(path)?.write_all(bytes),
        Ok(there) if there.permissions().readonly() => Err(io::ErrorKind::PermissionDenied.into()),
        Ok(_) => store::replace(&fs::canonicalize(path)?, bytes),
        Err(_) => store::replace(path, bytes),
    }
}
