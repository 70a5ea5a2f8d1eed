//! Every finding of the tree: problems of loading, then the rules that hold records against each other.
//!
//! Depends on the tree alone. Dates are held against each other, never against the present.

mod arrangement;
mod circle;
mod condition;
mod contact;
mod duplicate;
mod duty;
pub mod fix;
mod form;
mod identity;
mod language;
mod member;
mod named;
mod number;
mod figure;
mod offering;
mod period;
mod plan;
mod published;
mod reference;
mod repair;
mod report;
mod rhythm;
mod seat;
mod since;
mod waiver;

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

pub use repair::{Repair, Replacement};
pub use since::{Gone, Silence, Since, compare};

use crate::diagnostic::{About, At, Diagnostic, Place, Rule, Severity};
use crate::lang::Said;
use crate::mandate::Mandates;
use crate::model::Level;
use crate::personal::masked;
use crate::read::Seen;
use crate::registry::{Part, Registry};
use crate::source::{Bytes, FileId, Lines, Position, first_line, locate};
use crate::spelling::is_obeyed;

/// A finding with everything that its readers need.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// How much it matters in this registry.
    pub severity: Severity,
    /// What is wrong.
    pub message: Said,
    /// What to do about it.
    pub hint: Option<Said>,
    /// Where it is.
    pub place: Spot,
    /// A second place that explains it, with what is to be seen there.
    pub related: Option<(Spot, Said)>,
    /// What the finding is known by in other runs: no other finding has it, and moved lines do not change it.
    pub fingerprint: uuid::Uuid,
    /// Whether it was there already at the revision that the registry is held against.
    pub kept: bool,
    /// What tells it from others of its rule and place.
    about: About,
    /// What stands at its place, where nobody may see it.
    hidden: String,
    /// What puts it right without a decision. It may uncover something else; [`fix`] does not make it then.
    pub fix: Option<Repair>,
}

/// A place as people see it.
#[derive(Clone, Debug)]
pub struct Spot {
    /// The path of the file, relative to the registry's root.
    pub path: String,
    /// The key path, such as `run[2].start`; empty for a whole file.
    pub key: String,
    /// Where in the text; nothing for a whole file.
    pub excerpt: Option<Excerpt>,
}

impl Spot {
    /// Where it begins and the position after its end; a whole file stands at its start.
    #[must_use]
    pub fn range(&self) -> (Position, Position) {
        let top = Position { line: 1, column: 1 };
        self.excerpt.as_ref().map_or((top, top), |excerpt| (excerpt.start, excerpt.end))
    }
}

/// A place in a text, with the line that it stands in.
#[derive(Clone, Debug)]
pub struct Excerpt {
    /// Where it begins; line and column from 1, columns in code points.
    pub start: Position,
    /// The position after its end, on the same line.
    pub end: Position,
    /// The line, or the part of it around the place.
    pub line: String,
    /// The bytes of `line` that are meant.
    pub bytes: std::ops::Range<usize>,
}

/// All that a check found.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The findings, file by file and from top to bottom.
    pub findings: Vec<Finding>,
    /// How many records were looked at.
    pub records: usize,
    /// How many findings a waiver covers.
    pub waived: usize,
    /// How many findings are left out because their file has too many.
    pub omitted: usize,
    /// The revision that the registry is held against, where one was asked for.
    pub since: Option<Since>,
}

/// How many findings of one file are shown.
const MOST_PER_FILE: usize = 500;

/// How much of a long line is shown.
const LONGEST_LINE: usize = 300;

impl Outcome {
    /// The findings, without those that were there already at the revision asked about.
    pub fn new_findings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| !finding.kept)
    }

    /// How many findings there are of a severity, without those that were there already.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.new_findings().filter(|finding| finding.severity == severity).count()
    }
}

/// Runs every rule.
#[must_use]
pub fn run(registry: &Registry) -> Outcome {
    let mandates = Mandates::for_check(registry);
    // Always two halves, whatever the machine, so that the same tree gives the same suggestions everywhere.
    let (mut found, links) = std::thread::scope(|scope| {
        let second = scope.spawn(|| {
            let (mut found, links) = find(registry, &mandates, Part::Second);
            duplicate::check(registry, &mut found);
            (found, links)
        });
        let (mut found, mut links) = find(registry, &mandates, Part::First);
        find_across(registry, &mandates, &mut found);
        match second.join() {
            Ok((more, others)) => {
                found.absorb(more);
                links.absorb(others);
            }
            Err(panic) => std::panic::resume_unwind(panic),
        }
        (found, links)
    });
    links.check(&mut found);
    let waived = waiver::apply(registry, &mut found);
    let beyond = found.beyond(registry);
    let mut diagnostics = found.diagnostics;
    diagnostics.extend(registry.problems.iter().cloned());
    let (findings, omitted) = resolve(registry, diagnostics);
    Outcome { findings, records: registry.record_count(), waived, omitted: omitted + beyond, since: None }
}

/// What the rules find in a part of the records, and the links that only make sense all together.
fn find<'a>(registry: &'a Registry, mandates: &Mandates<'_>, part: Part) -> (Found, circle::Links<'a>) {
    let (mut found, mut links) = (Found::default(), circle::Links::default());
    let mut references = reference::Check::new();
    let mut texts = language::Check::new(registry, mandates);
    registry.walk_part(part, |site, trail, seen| match seen {
        Seen::Reference(link) => {
            references.check(registry, site, trail, link, &mut found);
            links.note(registry, site, trail, link.id);
        }
        Seen::Dates(dates) => period::check(registry, site, trail, dates, &mut found),
        Seen::Text(text) => texts.check(site, trail, text),
    });
    texts.finish(&mut found);
    (found, links)
}

/// What the rules find that hold records against each other.
fn find_across(registry: &Registry, mandates: &Mandates<'_>, found: &mut Found) {
    condition::check(registry, found);
    rhythm::check(registry, found);
    let owed = mandates.per_record();
    let told = duty::check(registry, mandates, &owed, found);
    seat::check(mandates, found);
    plan::check(registry, mandates, &owed, found);
    number::check(registry, found);
    member::check(registry, found);
    contact::check(registry, found);
    offering::check(registry, &told, found);
    published::check(registry, found);
    report::check(registry, found);
}

/// What the rules find. Of one rule in one file no more is kept than can be shown; the others are only counted.
#[derive(Default)]
struct Found {
    diagnostics: Vec<Diagnostic>,
    counts: HashMap<(FileId, &'static str), usize>,
}

impl Found {
    fn push(&mut self, diagnostic: Diagnostic) {
        self.push_with(diagnostic.place.file, diagnostic.rule, || diagnostic);
    }

    /// The same for a finding that costs something to make.
    fn push_with(&mut self, file: FileId, rule: &Rule, make: impl FnOnce() -> Diagnostic) {
        let count = self.counts.entry((file, rule.id)).or_default();
        *count += 1;
        if *count <= MOST_PER_FILE {
            self.diagnostics.push(make());
        }
    }

    fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        diagnostics.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }

    /// Takes in what else was found.
    fn absorb(&mut self, other: Self) {
        self.extend(other.diagnostics);
        for (at, count) in other.counts {
            *self.counts.entry(at).or_default() += count.saturating_sub(MOST_PER_FILE);
        }
    }

    fn retain(&mut self, keep: impl Fn(FileId, &str) -> bool) {
        self.diagnostics.retain(|diagnostic| keep(diagnostic.place.file, diagnostic.rule.id));
        self.counts.retain(|(file, rule), _| keep(*file, rule));
    }

    fn total(&self) -> usize {
        self.counts.values().sum()
    }

    /// How many were only counted, of rules that are not switched off.
    fn beyond(&self, registry: &Registry) -> usize {
        let matters = |rule: &str| crate::rules::find(rule).is_some_and(|rule| severity(registry, rule).is_some());
        let counts = self.counts.iter().filter(|((_, rule), _)| matters(rule));
        counts.map(|(_, count)| count.saturating_sub(MOST_PER_FILE)).sum()
    }
}

/// Gives findings their severity and their lines, and sorts them by file and place.
fn resolve(registry: &Registry, diagnostics: Vec<Diagnostic>) -> (Vec<Finding>, usize) {
    let mut by_file: BTreeMap<(String, FileId), Vec<(Diagnostic, Severity)>> = BTreeMap::new();
    for diagnostic in diagnostics {
        if let Some(severity) = severity(registry, diagnostic.rule) {
            let file = diagnostic.place.file;
            by_file.entry((registry.path(file), file)).or_default().push((diagnostic, severity));
        }
    }
    let mut findings: Vec<Finding> = Vec::new();
    let mut related: BTreeMap<FileId, Vec<(usize, Place, Said)>> = BTreeMap::new();
    let mut omitted = 0;
    for ((path, file), mut diagnostics) in by_file {
        let places: Vec<Place> = diagnostics.iter().map(|(diagnostic, _)| diagnostic.place.clone()).collect();
        let fixable = diagnostics.iter().any(|(diagnostic, _)| diagnostic.fix.is_some());
        let text = if fixable { registry.text(file) } else { text_of(registry, &places) };
        repair::locate(text.as_deref(), &mut diagnostics);
        let bytes = bytes_of(text.as_deref(), &places);
        let mut placed: Vec<_> = bytes.into_iter().zip(diagnostics).collect();
        sort(&mut placed);
        if placed.len() > MOST_PER_FILE {
            // Notes and warnings give way, so that they never hide an error.
            omitted += placed.len() - MOST_PER_FILE;
            placed.sort_by_key(|(_, (diagnostic, severity))| Reverse((*severity, diagnostic.rule.protected)));
            placed.truncate(MOST_PER_FILE);
            sort(&mut placed);
        }
        let shown = text.as_deref().map(masked);
        let lines = shown.as_deref().map(Lines::new);
        for (bytes, (diagnostic, severity)) in placed {
            if let Some((place, words)) = diagnostic.related {
                related.entry(place.file).or_default().push((findings.len(), place, words));
            }
            findings.push(Finding {
                rule: diagnostic.rule,
                severity,
                message: without_numbers(diagnostic.message),
                hint: diagnostic.hint.map(without_numbers),
                place: spot(&path, &diagnostic.place.at, bytes, lines.as_ref()),
                related: None,
                fingerprint: uuid::Uuid::nil(),
                kept: false,
                hidden: hidden(&diagnostic.about, bytes, text.as_deref()),
                about: diagnostic.about,
                fix: diagnostic.fix.map(|fix| Repair::new(fix, &path, file, lines.as_ref())),
            });
        }
    }
    for (file, asked) in related {
        relate(registry, file, asked, &mut findings);
    }
    identity::assign(&mut findings);
    (findings, omitted)
}

/// What stands at the place of a finding that nobody may see.
fn hidden(about: &About, bytes: Option<Bytes>, text: Option<&str>) -> String {
    let stretch = bytes.filter(|_| *about == About::Hidden).zip(text);
    let shown = stretch.and_then(|(bytes, text)| text.get(bytes.start as usize..bytes.end as usize));
    shown.unwrap_or_default().to_owned()
}

/// Sorts the findings of a file from top to bottom.
fn sort(placed: &mut [(Option<Bytes>, (Diagnostic, Severity))]) {
    placed.sort_by(|(a, (x, _)), (b, (y, _))| (a, x.rule.id, &x.message.en).cmp(&(b, y.rule.id, &y.message.en)));
}

/// Gives findings their second places. Each file is looked into once, however many findings point there.
fn relate(registry: &Registry, file: FileId, asked: Vec<(usize, Place, Said)>, findings: &mut [Finding]) {
    let path = registry.path(file);
    let places: Vec<Place> = asked.iter().map(|(_, place, _)| place.clone()).collect();
    let text = text_of(registry, &places);
    let bytes = bytes_of(text.as_deref(), &places);
    let shown = text.as_deref().map(masked);
    let lines = shown.as_deref().map(Lines::new);
    for ((finding, place, words), bytes) in asked.into_iter().zip(bytes) {
        let spot = spot(&path, &place.at, bytes, lines.as_ref());
        findings[finding].related = Some((spot, without_numbers(words)));
    }
}

/// What is said, without whole national identity numbers. Findings are the only way by which a text of the registry gets
/// into logs and dashboards, so that they are taken out here, whatever rule quotes them.
fn without_numbers(said: Said) -> Said {
    let Said { nn, nb, en } = said;
    let [nn, nb, en] = [nn, nb, en].map(|words| masked(&words).into_owned());
    Said { nn, nb, en }
}

/// The text of the file that the places are in, unless all mean the file as a whole, which may be no file at all.
fn text_of(registry: &Registry, places: &[Place]) -> Option<String> {
    let place = places.iter().find(|place| place.at != At::File)?;
    registry.text(place.file)
}

/// Where the places stand in their text; nothing for a whole file.
fn bytes_of(text: Option<&str>, places: &[Place]) -> Vec<Option<Bytes>> {
    let Some(text) = text else { return vec![None; places.len()] };
    let paths: Vec<_> =
        places.iter().filter_map(|place| if let At::Key(path) = &place.at { Some(path) } else { None }).collect();
    let mut located = if paths.is_empty() { Vec::new() } else { locate(text, &paths) }.into_iter();
    places
        .iter()
        .map(|place| match &place.at {
            At::File => None,
            At::Bytes(bytes, _) => Some(first_line(text, *bytes)),
            At::Key(_) => located.next(),
        })
        .collect()
}

fn spot(path: &str, at: &At, bytes: Option<Bytes>, lines: Option<&Lines<'_>>) -> Spot {
    let key = match at {
        At::File => String::new(),
        At::Bytes(_, key) | At::Key(key) => key.to_string(),
    };
    let excerpt = bytes.zip(lines).map(|(bytes, lines)| excerpt(lines, bytes));
    Spot { path: path.to_owned(), key, excerpt }
}

fn excerpt(lines: &Lines<'_>, bytes: Bytes) -> Excerpt {
    let (line, line_start) = lines.text_of(bytes.start);
    let start = line.floor_char_boundary((bytes.start as usize).saturating_sub(line_start));
    let end = line.floor_char_boundary((bytes.end as usize).saturating_sub(line_start)).max(start);
    let (cut, cut_end) = if line.len() <= LONGEST_LINE {
        (0, line.len())
    } else {
        let cut = line.floor_char_boundary(start.saturating_sub(LONGEST_LINE / 3));
        (cut, line.floor_char_boundary(cut + LONGEST_LINE))
    };
    Excerpt {
        start: lines.position(bytes.start),
        end: lines.position(bytes.end.max(bytes.start)),
        line: inert(&line[cut..cut_end]),
        bytes: start - cut..end.min(cut_end) - cut,
    }
}

/// A line with signs of the same length for what a terminal would obey. Those of a single byte have pictures of their own
/// in what people see.
fn inert(line: &str) -> String {
    let shown = |char: char| match char.len_utf8() {
        2 if is_obeyed(char) => '·',
        3 if is_obeyed(char) => char::REPLACEMENT_CHARACTER,
        _ => char,
    };
    line.chars().map(shown).collect()
}

/// The severity of a rule in this registry; nothing if the manifest switches it off.
#[must_use]
pub fn severity(registry: &Registry, rule: &Rule) -> Option<Severity> {
    let mut levels = registry.manifest.rules.0.iter().filter(|_| !rule.protected);
    let level = levels.find(|(id, _)| *id == rule.id).map(|(_, level)| *level);
    match level {
        None => Some(rule.severity),
        Some(Level::Error) => Some(Severity::Error),
        Some(Level::Warning) => Some(Severity::Warning),
        Some(Level::Note) => Some(Severity::Note),
        Some(Level::Off) => None,
    }
}
