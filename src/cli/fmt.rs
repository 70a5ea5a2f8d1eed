//! `lmnet fmt`: the layout of files.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;

use super::within::Within;
use super::writing::excerpts;
use super::{Context, Done};
use crate::check::{self, Outcome};
use crate::diagnostic::Rule;
use crate::lang::Lang;
use crate::layout::layout;
use crate::registry::{LARGEST, Registry, fields_of_file};
use crate::render::diff;
use crate::render::findings::Shown;
use crate::rules::{
    BROKEN_SYNTAX, FOREIGN_ENCODING, IMPOSSIBLE_DATE, LINKED_FILE, OVERSIZED_FILE, SPECIAL_FILE, UNREADABLE_FILE,
};
use crate::say;
use crate::spelling::shown_path;
use crate::store::ChangeSet;

/// What `fmt` takes.
#[derive(Debug, Args)]
#[command(before_long_help = "\
Examples:
  lmnet fmt                                       lay out every file of the registry
  lmnet fmt --diff                                show first what would change
  lmnet fmt offerings/ members/au-leiar.toml      these only
  lmnet fmt --check                               name the files that are laid out otherwise, for CI
  lmnet fmt - --stdin-path offerings/x.toml       from stdin to stdout, for editors

Comments stay with the keys that they stand above or beside, and blank lines part what they part. What a file says never
changes. A file that is no TOML is reported, as check does, and left alone.")]
pub struct Arguments {
    /// Files and folders of the registry; all of it unless given. - reads stdin and writes stdout
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Change nothing, and name the files that would change; exit code 1 if there are any
    #[arg(long, conflicts_with = "diff")]
    check: bool,
    /// Change nothing, and show as a unified diff what would change; exit code 1 if there is something
    #[arg(long)]
    diff: bool,
    /// Where the file lies that stdin holds, which tells its kind; otherwise its keys keep their order
    #[arg(long, value_name = "PATH")]
    stdin_path: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, context: &Context<'_>) -> anyhow::Result<Done> {
    let is_stdin = |path: &PathBuf| path.as_os_str() == "-";
    match &arguments.paths[..] {
        [path] if is_stdin(path) => stdin(arguments, context),
        paths if paths.iter().any(is_stdin) => bail!(say!(
            nn: "- står for stdin og kan ikkje nemnast saman med filer",
            nb: "- står for stdin og kan ikke nevnes sammen med filer",
            en: "- stands for stdin and cannot be named beside files",
        )),
        _ if arguments.stdin_path.is_some() => bail!(say!(
            nn: "--stdin-path er for det som kjem frå stdin: lmnet fmt -",
            nb: "--stdin-path er for det som kommer fra stdin: lmnet fmt -",
            en: "--stdin-path is for what comes from stdin: lmnet fmt -",
        )),
        paths => files(paths, arguments, context),
    }
}

fn files(paths: &[PathBuf], arguments: &Arguments, context: &Context<'_>) -> anyhow::Result<Done> {
    let loaded = context.load()?;
    let registry: &Registry = &loaded.registry;
    let within = Within::new(paths, &context.world.folder, &loaded.root)?;
    let lang = context.lang(registry)?;
    let LaidOut { files, changes, unread } = LaidOut::of(registry, &within);
    let near = loaded.near_prefix(&context.world.folder);
    let changed: Vec<String> = changes.iter().map(|(path, _)| format!("{near}{}", shown_path(path))).collect();
    let mut out = String::new();
    if !unread.is_empty() {
        let mut outcome = check::run(registry);
        keep_unread(&mut outcome, &unread);
        let shown = Shown { outcome: &outcome, lang, prefix: &near };
        out = excerpts(&shown, context.width(), context.links().then_some(&*loaded.root));
        // A rule may be switched off; the file is named all the same.
        let is_told = |path: &&String| outcome.findings.iter().any(|finding| finding.place.path == **path);
        for path in unread.iter().filter(|path| !is_told(path)) {
            let words = say!(lang, nn: "kan ikkje lesast", nb: "kan ikke leses", en: "cannot be read");
            out += &format!("{near}{path}: {words}\n");
        }
    }
    let fails = !unread.is_empty() || (arguments.check || arguments.diff) && !changes.is_empty();
    let done = Done { code: u8::from(fails), ..Done::default() };
    // A diff is to be nothing but a diff, and names are to be nothing but names: what else there is to say goes beside them.
    if arguments.diff {
        let prefix = loaded.git_prefix();
        return Ok(Done { out: diff::unified(&changes, &|path| format!("{prefix}{path}")).into(), talk: out, ..done });
    }
    if arguments.check {
        let names: String = changed.iter().map(|path| format!("{path}\n")).collect();
        let talk = out + &closing_line(files, changed.len(), unread.len(), true, lang);
        return Ok(Done { out: names.into(), talk, ..done });
    }
    let words = say!(lang, nn: "nytt oppsett", nb: "nytt oppsett", en: "laid out anew");
    let talk = changed.iter().map(|path| format!("lmnet: {path}: {words}\n")).collect();
    out += &closing_line(files, changed.len(), unread.len(), false, lang);
    let changes = (!changes.is_empty()).then_some((loaded.root, changes));
    Ok(Done { out: out.into(), talk, changes, ..done })
}

/// What comes of laying out files.
struct LaidOut {
    /// How many were looked at.
    files: usize,
    changes: ChangeSet,
    /// The paths of those that can't be read as TOML.
    unread: Vec<String>,
}

impl LaidOut {
    fn of(registry: &Registry, within: &Within) -> Self {
        let mut laid_out = Self { files: 0, changes: ChangeSet::default(), unread: Vec::new() };
        for (file, path) in registry.files().filter(|(_, path)| within.holds(path)) {
            let place = registry.place(file);
            let Some(fields) = fields_of_file(place) else { continue };
            laid_out.files += 1;
            let bytes = registry.bytes_again(file);
            let text = bytes.as_deref().and_then(|bytes| std::str::from_utf8(bytes).ok());
            match text.and_then(|text| layout(text, Some(&fields)).ok()) {
                Some(after) if Some(after.as_bytes()) == bytes.as_deref() => {}
                Some(after) => laid_out.changes.set(place, bytes, after.into_bytes()),
                None => laid_out.unread.push(path),
            }
        }
        laid_out
    }
}

/// The rules that tell why a file can't be read as TOML.
const UNREAD: [&Rule; 7] = [
    &UNREADABLE_FILE,
    &LINKED_FILE,
    &SPECIAL_FILE,
    &OVERSIZED_FILE,
    &FOREIGN_ENCODING,
    &BROKEN_SYNTAX,
    &IMPOSSIBLE_DATE,
];

/// Keeps the findings that tell why these files can't be read.
fn keep_unread(outcome: &mut Outcome, unread: &[String]) {
    let tells = |rule: &Rule| UNREAD.iter().any(|known| known.id == rule.id);
    outcome.findings.retain(|finding| tells(finding.rule) && unread.contains(&finding.place.path));
    (outcome.waived, outcome.omitted) = (0, 0);
}

/// How many files there are, and what came of them.
fn closing_line(files: usize, changed: usize, unread: usize, only_check: bool, lang: Lang) -> String {
    let mut line = match (changed, only_check) {
        (0, _) => say!(lang,
            nn: "filer: {files}; ingen treng nytt oppsett",
            nb: "filer: {files}; ingen trenger nytt oppsett",
            en: "files: {files}; none needs laying out",
        ),
        (_, true) => say!(lang,
            nn: "filer: {files}; treng nytt oppsett: {changed}; «lmnet fmt» gjev dei det",
            nb: "filer: {files}; trenger nytt oppsett: {changed}; «lmnet fmt» gir dem det",
            en: "files: {files}; to be laid out: {changed}; \"lmnet fmt\" does it",
        ),
        (_, false) => say!(lang,
            nn: "filer: {files}; nytt oppsett: {changed}",
            nb: "filer: {files}; nytt oppsett: {changed}",
            en: "files: {files}; laid out anew: {changed}",
        ),
    };
    if unread > 0 {
        line += &say!(lang,
            nn: "; kunne ikkje lesast og er ikkje rørte: {unread}",
            nb: "; kunne ikke leses og er ikke rørt: {unread}",
            en: "; could not be read and were left alone: {unread}",
        );
    }
    line + "\n"
}

/// From stdin to stdout.
fn stdin(arguments: &Arguments, context: &Context<'_>) -> anyhow::Result<Done> {
    let bytes = (context.world.input)().context("stdin")?;
    if bytes.len() as u64 > LARGEST {
        bail!(say!(
            nn: "stdin: større enn 1 MiB, og det er ingen post",
            nb: "stdin: større enn 1 MiB, og det er ingen post",
            en: "stdin: larger than 1 MiB, which no record is",
        ));
    }
    let path = arguments.stdin_path.as_deref();
    let fields = path.and_then(|path| within_registry(path).and_then(fields_of_file));
    let after = match std::str::from_utf8(&bytes).ok().map(|text| layout(text, fields.as_deref())) {
        Some(Ok(after)) => after,
        _ => return not_toml(bytes, path, context),
    };
    let same = after.as_bytes() == bytes;
    let code = u8::from((arguments.check || arguments.diff) && !same);
    if arguments.diff {
        let mut changes = ChangeSet::default();
        if !same {
            changes.set(path.unwrap_or(Path::new("stdin")), Some(bytes), after.into_bytes());
        }
        return Ok(Done { code, ..Done::with(diff::unified(&changes, &str::to_owned)) });
    }
    Ok(Done { code, ..Done::with(if arguments.check { String::new() } else { after }) })
}

/// The path as seen from the root of the registry that it lies in, as far as the path itself tells.
fn within_registry(path: &Path) -> Option<&Path> {
    let mut rest = path.components();
    loop {
        let path = rest.as_path();
        if fields_of_file(path).is_some() {
            return Some(path);
        }
        rest.next()?;
    }
}

/// Why stdin can't be laid out, in the words of `check`.
fn not_toml(bytes: Vec<u8>, path: Option<&Path>, context: &Context<'_>) -> anyhow::Result<Done> {
    const STAND_IN: &str = "offerings/stdin.toml";
    let registry = Registry::from_texts([(PathBuf::from(STAND_IN), bytes)]);
    let mut outcome = check::run(&registry);
    keep_unread(&mut outcome, &[STAND_IN.to_owned()]);
    let shown_as = path.map_or_else(|| "stdin".to_owned(), shown_path);
    outcome.findings.iter_mut().for_each(|finding| finding.place.path.clone_from(&shown_as));
    let lang = context.asked()?.unwrap_or_default();
    let talk = excerpts(&Shown { outcome: &outcome, lang, prefix: "" }, context.width(), None);
    Ok(Done { talk, code: 2, ..Done::default() })
}
