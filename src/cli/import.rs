//! `lmnet import`: what came back, merged into the registry.

use std::collections::HashSet;
use std::path::PathBuf;

use anyhow::{Context as _, anyhow, bail};
use clap::{Args, ValueEnum};

use super::writing::{Draft, Writing};
use super::{Context, Done, Loaded};
use crate::check::{Finding, Outcome};
use crate::diagnostic::Severity;
use crate::lang::{Lang, Said};
use crate::read::is_id;
use crate::registry::handed_in;
use crate::say;
use crate::spelling::escaped;
use crate::workbook::{self, Mapping, Merged, Part, Place, Plan, Remark, Returned, Sort, Tally};

/// What `import` takes.
#[derive(Debug, Args)]
#[command(
    before_long_help = "\
Examples:
  lmnet import vagvik.xlsx --dry-run            what would be written, as a unified diff; what is wrong, beside it
  lmnet import vagvik.xlsx                      writes it, if nothing is wrong
  lmnet import vagvik.xlsx -o answer.xlsx       what is wrong, in the cells of the same workbook, ready to be sent back
  lmnet import kurs.csv --rows courses          CSV with ; or , between cells, in UTF-8 or Windows-1252
  lmnet import kurs.xlsx --from kursliste       a sheet from elsewhere, as mappings/kursliste.toml tells of its columns",
    after_long_help = "\
What came back is held against what was exported and what the registry says now, cell by cell. Cells that were not touched
change nothing; a cell that was changed in both is a conflict and shown with all three values. Rows without an id are new. A
row with something wrong is not taken in, and then nothing is, unless --partly takes in the others. Exit code: 0 nothing wrong,
1 something is, 2 the file could not be read.

A mapping says what the rows are (rows = \"offerings\", runs, courses or seats), what headings mean ([columns], as \"Kurs\" =
\"title\"), and if need be what words mean ([values.audience], as \"Pasient\" = \"patients\") and what every new row has ([fixed],
as organiser = \"vagvik\")."
)]
pub struct Arguments {
    /// The workbook, or a CSV file
    file: PathBuf,
    /// What the rows are, where headings do not tell
    #[arg(long, value_enum)]
    rows: Option<Rows>,
    /// What the columns of a sheet from elsewhere mean: mappings/NAME.toml in the registry
    #[arg(long, value_name = "NAME", conflicts_with = "rows")]
    from: Option<String>,
    /// Take out runs and seats that were exported and are missing from their sheet
    #[arg(long)]
    delete: bool,
    /// Take in new rows although they look like something that is there
    #[arg(long)]
    accept_duplicates: bool,
    /// Take in the rows in which nothing is wrong, though something is in others
    #[arg(long)]
    partly: bool,
    #[command(flatten)]
    writing: Writing,
}

/// What the rows of a file are.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Rows {
    /// Offerings
    Offerings,
    /// Runs of offerings
    Runs,
    /// Courses
    Courses,
    /// Seats of members
    Seats,
}

impl Rows {
    fn part(self) -> Part {
        match self {
            Self::Offerings => Part::Offerings,
            Self::Runs => Part::Runs,
            Self::Courses => Part::Courses,
            Self::Seats => Part::Seats,
        }
    }
}

/// The largest file that is read, in bytes.
const LARGEST: u64 = 32 << 20;

/// What came back, and what it does.
struct Import<'a> {
    loaded: &'a Loaded,
    returned: Returned,
    merged: Merged,
    plan: Plan,
    outcome: Outcome,
    delete: bool,
    /// The language of what is said.
    lang: Lang,
}

pub(super) fn run(arguments: &Arguments, context: &Context<'_>) -> anyhow::Result<Done> {
    let loaded = context.load()?;
    let lang = context.lang(&loaded.registry)?;
    let wants_answer = context.cli.output.is_some();
    if wants_answer && arguments.writing.dry_run {
        bail!(say!(lang,
            nn: "--dry-run viser ein diff her, og -o er for arbeidsboka med svar; vel éin av dei",
            nb: "--dry-run viser en diff her, og -o er for arbeidsboken med svar; velg én av dem",
            en: "--dry-run shows a diff here, and -o is for the workbook with the answer; choose one of them",
        ));
    }
    if wants_answer && context.ending() != Some("xlsx") {
        bail!(say!(
            nn: "svaret er ei arbeidsbok; nemn ei fil som sluttar på .xlsx, med --output",
            nb: "svaret er en arbeidsbok; nevn en fil som slutter på .xlsx, med --output",
            en: "the answer is a workbook; name a file that ends in .xlsx with --output",
        ));
    }
    let path = context.world.folder.join(&arguments.file);
    let shown = escaped(&arguments.file.display().to_string());
    let answer = context.cli.output.as_ref().and_then(|answer| context.world.folder.join(answer).canonicalize().ok());
    if answer.is_some() && answer == path.canonicalize().ok() {
        bail!(say!(lang,
            nn: "{shown}: svaret ville ha teke plassen til fila som kom; vel eit anna namn etter -o",
            nb: "{shown}: svaret ville ha tatt plassen til filen som kom; velg et annet navn etter -o",
            en: "{shown}: the answer would take the place of the file that came; choose another name after -o",
        ));
    }
    let bytes = handed_in(&path, LARGEST).with_context(|| shown.clone())?;
    let told = |said: Said| anyhow!("{shown}: {}", said.get(lang));
    let mapping = arguments.from.as_deref().map(|name| mapping(&loaded, name, lang)).transpose()?;
    let returned = workbook::read(&bytes, arguments.rows.map(Rows::part), mapping.as_ref()).map_err(told)?;
    let text_lang = returned.lang().unwrap_or(lang);
    let mut merged = workbook::merge(&loaded.registry, &returned, text_lang);
    if !arguments.accept_duplicates {
        let likely = workbook::duplicates(&loaded.registry, &returned, &merged, text_lang);
        merged.remarks.extend(likely);
    }
    let mut import = Import {
        loaded: &loaded,
        returned,
        merged,
        plan: Plan::default(),
        outcome: Outcome::default(),
        delete: arguments.delete,
        lang,
    };
    import.work_out(arguments.writing.force);
    // Without the rows that `check` finds wrong, which may make others wrong in their turn.
    const ROUNDS: usize = 5;
    for _ in 0..ROUNDS {
        if !arguments.partly || !import.judged_wrong() {
            break;
        }
        import.work_out(arguments.writing.force);
    }
    import.done(&bytes, arguments, context, text_lang)
}

/// What the registry says of the columns of a sheet from elsewhere.
fn mapping(loaded: &Loaded, name: &str, lang: Lang) -> anyhow::Result<Mapping> {
    if !is_id(name) {
        let name = escaped(name);
        bail!(say!(
            nn: "--from {name}: dette er ikkje namnet på noka fil i mappings/",
            nb: "--from {name}: dette er ikke navnet på noen fil i mappings/",
            en: "--from {name}: this is no name of a file in mappings/",
        ));
    }
    let path = PathBuf::from("mappings").join(format!("{name}.toml"));
    let shown = path.display().to_string();
    let bytes = handed_in(&loaded.root.join(&path), crate::registry::LARGEST).with_context(|| shown.clone())?;
    let text = String::from_utf8(bytes).with_context(|| shown.clone())?;
    workbook::mapping(&text).map_err(|said| anyhow!("{shown}: {}", said.get(lang)))
}

impl Import<'_> {
    /// Works out the files and has them judged. What is wrong in a row's own file is told of the row.
    fn work_out(&mut self, force: bool) {
        self.plan = workbook::plan(&self.loaded.registry, &self.merged, self.delete);
        let mut draft = Draft::new(self.loaded, self.lang);
        draft.changes = self.plan.changes.clone();
        self.outcome = draft.judged();
        let (errors, others): (Vec<Finding>, Vec<Finding>) = std::mem::take(&mut self.outcome.findings)
            .into_iter()
            .partition(|finding| finding.severity == Severity::Error && !force);
        self.outcome.findings = others;
        for finding in errors {
            // What stands elsewhere in the record may be wrong because of what the row says.
            let related = finding.related.as_ref().map(|(spot, _)| spot);
            let row = self
                .plan
                .origin(&finding.place.path, &finding.place.key)
                .or_else(|| related.and_then(|spot| self.plan.origin(&spot.path, &spot.key)))
                .or_else(|| self.plan.only_row(&finding.place.path));
            let Some(place) = row else {
                self.outcome.findings.push(finding);
                continue;
            };
            let columns = &self.returned.sheets[place.0].columns;
            let spoken = |said: &Said| workbook::spoken(said, columns, &self.loaded.registry);
            let (message, hint) = (spoken(&finding.message), finding.hint.as_ref().map(spoken).unwrap_or_default());
            let with = |message: &str, hint: &str| match hint {
                "" => message.to_owned(),
                hint => format!("{message}; {hint}"),
            };
            let words = Said {
                nn: with(&message.nn, &hint.nn),
                nb: with(&message.nb, &hint.nb),
                en: with(&message.en, &hint.en),
            };
            let key = finding.place.key.rsplit_once(']').map_or(&*finding.place.key, |(_, key)| key);
            let key = key.trim_start_matches('.');
            let column = (0..columns.len()).filter(|at| self.returned.sheets[place.0].places[*at].is_some());
            let column = column
                .filter(|at| !key.is_empty() && key.starts_with(columns[*at].key.as_str()))
                .max_by_key(|at| columns[*at].key.len());
            let value = column.map(|column| self.returned.said(place, column)).unwrap_or_default();
            let words = workbook::as_written(words, &value);
            self.plan.remarks.push(Remark { place, column, sort: Sort::Wrong, value, words, now: None });
        }
    }

    /// Notes which rows of the plan are wrong, so that the next one leaves them out; whether there are any.
    fn judged_wrong(&mut self) -> bool {
        let wrong: Vec<Remark> = self.plan.remarks.iter().filter(|remark| remark.sort != Sort::Note).cloned().collect();
        let some = !wrong.is_empty();
        self.merged.remarks.extend(wrong);
        some
    }

    /// All that is to be told, in the order of the rows.
    fn remarks(&self) -> Vec<Remark> {
        let mut remarks: Vec<Remark> = self.merged.remarks.iter().chain(&self.plan.remarks).cloned().collect();
        remarks.sort_by_key(|remark| (remark.place, remark.column));
        remarks
    }

    /// What is wrong, and what is to be known besides.
    fn told(&self, remarks: &[Remark]) -> (String, String) {
        let lang = self.lang;
        let (mut found, mut talk) = (String::new(), String::new());
        for note in &self.returned.notes {
            talk += &format!("lmnet: {}\n", note.get(lang));
        }
        for remark in remarks {
            let place = workbook::place(&self.returned, remark, lang);
            let place = if place.is_empty() { place } else { format!("{place}: ") };
            let line = format!("{place}{}\n", remark.words.get(lang));
            match remark.sort {
                Sort::Note => talk += &format!("lmnet: {line}"),
                _ => found += &line,
            }
        }
        if remarks.iter().any(|remark| remark.sort == Sort::Duplicate) {
            talk += &say!(lang,
                nn: "lmnet: --accept-duplicates tek inn rader som liknar noko som finst\n",
                nb: "lmnet: --accept-duplicates tar inn rader som ligner noe som finnes\n",
                en: "lmnet: --accept-duplicates takes in rows that look like something that is there\n",
            );
        }
        (found, talk)
    }

    /// What is in the registry when all is written.
    fn written(&self, remarks: &[Remark]) -> Vec<&workbook::Change> {
        let wrong: HashSet<Place> =
            remarks.iter().filter(|remark| remark.sort != Sort::Note).map(|remark| remark.place).collect();
        let is_written = |change: &&workbook::Change| {
            let is_gone = matches!(change.meaning, workbook::Meaning::Gone { .. });
            !wrong.contains(&change.place) && (self.delete || !is_gone)
        };
        self.merged.changes.iter().filter(is_written).collect()
    }

    fn done(self, bytes: &[u8], arguments: &Arguments, context: &Context<'_>, text_lang: Lang) -> anyhow::Result<Done> {
        let lang = self.lang;
        let remarks = self.remarks();
        let is_wrong = |remark: &&Remark| remark.sort != Sort::Note;
        let wrong = remarks.iter().filter(is_wrong).count();
        let (found, talk) = self.told(&remarks);
        let talk = talk + &tally(self.plan.tally, self.merged.unchanged, wrong, lang);
        let dry_run = arguments.writing.dry_run;
        let is_left_out = arguments.partly && !self.plan.remarks.iter().any(|remark| is_wrong(&remark));
        let is_refused = self.outcome.findings.iter().any(|finding| finding.severity == Severity::Error);
        let is_written = (wrong == 0 || is_left_out) && (!is_refused || arguments.writing.force);
        let answer = match context.cli.output.is_some() {
            true => {
                let written = if is_written { self.written(&remarks) } else { Vec::new() };
                Some(workbook::answer(bytes, &self.returned, &remarks, &written, text_lang)?)
            }
            false => None,
        };
        let code = u8::from(wrong > 0);
        if wrong > 0 && !is_left_out && !dry_run {
            let nothing = say!(lang,
                nn: "lmnet: ingenting er skrive; --partly tek inn dei radene som det ikkje er noko gale med\n",
                nb: "lmnet: ingenting er skrevet; --partly tar inn de radene som det ikke er noe galt med\n",
                en: "lmnet: nothing was written; --partly takes in the rows in which nothing is wrong\n",
            );
            let done = match answer {
                Some(answer) => Done { talk: found + &talk + &nothing, ..Done::with(answer) },
                None => Done { talk: talk + &nothing, ..Done::with(found) },
            };
            return Ok(Done { code, ..done });
        }
        if self.plan.changes.is_empty() {
            let done = answer.map_or_else(Done::default, Done::with);
            return Ok(Done { talk: found + &talk, code, ..done });
        }
        let mut draft = Draft::new(self.loaded, lang);
        draft.changes = self.plan.changes;
        let written = draft.finish_judged(self.outcome, arguments.writing, context)?;
        let out = answer.map_or(written.out, super::Out::from);
        let code = written.code.max(code);
        Ok(Done { out, talk: found + &talk + &written.talk, code, changes: written.changes, ..Done::default() })
    }
}

/// How many rows did what.
fn tally(tally: Tally, unchanged: usize, wrong: usize, lang: Lang) -> String {
    let Tally { changed, new, deleted } = tally;
    say!(lang,
        nn: "lmnet: rader endra: {changed}, nye: {new}, tekne ut: {deleted}, som før: {unchanged}; å rette: {wrong}\n",
        nb: "lmnet: rader endret: {changed}, nye: {new}, tatt ut: {deleted}, som før: {unchanged}; å rette: {wrong}\n",
        en: "lmnet: rows changed: {changed}, new: {new}, taken out: {deleted}, as before: {unchanged}; to be corrected: {wrong}\n",
    )
}
