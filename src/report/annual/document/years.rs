//! Years side by side, as a table or, of more than two, a chart.

use super::{Page, number, totals};
use crate::count::{Count, Sum};
use crate::document::{Chart, Document};
use crate::lang::Lang;
use crate::model::Measure;
use crate::names::listed;
use crate::report::annual::content::{about_all, counted};
use crate::report::annual::offerings::COUNTED;
use crate::report::annual::{Change, Figure, YearLine, Years};
use crate::report::participants::{Number, Totals};
use crate::say;
use crate::sheet::{Cell, Column, Sheet};

/// A number of each year, of all that counts or of the parties present in all years.
struct Line {
    label: String,
    /// Nothing for a year of which nothing is recorded: it is not a year in which nothing was done.
    numbers: Vec<Option<Counted>>,
}

/// How many.
#[derive(Clone, Copy)]
enum Counted {
    /// Offerings or runs.
    Whole(usize),
    /// People.
    People(Number),
}

impl Counted {
    fn cell(self, lang: Lang) -> Cell {
        match self {
            Self::Whole(count) => Cell::whole(count, lang),
            Self::People(people) => number(&people, lang),
        }
    }

    fn number(self) -> Number {
        match self {
            Self::Whole(count) => {
                let mut sum = Sum::default();
                sum.add(Some(&Count::exact(count)));
                Number::Sum(sum)
            }
            Self::People(people) => people,
        }
    }
}

/// The table of the years, with what it takes to read it; nothing where there is nothing in any of them.
pub(super) fn table(page: &mut Page<'_>, caption: String, years: &Years) {
    let lang = page.lang;
    let mut rows: Vec<Vec<Cell>> = lines(years, lang).into_iter().map(|line| row(line, lang)).collect();
    let published = COUNTED.iter().filter_map(|measure| published(years, *measure, lang));
    rows.extend(published);
    if rows.is_empty() {
        return;
    }
    page.document.table(Sheet { id: "years", caption: caption.into(), columns: columns(years, lang), rows });
    page.trace(&["years", "like-with-like"]);
    page.document.paragraph(remarks(years, lang).join(" "));
}

/// Whether there is any number of a year, recorded or published.
pub(super) fn is_known(line: &YearLine) -> bool {
    line.all.offerings > 0 || COUNTED.iter().any(|measure| about_all(&line.figures, *measure).is_some())
}

/// What several years have in common with each other: a row for each year, to be drawn.
pub(super) fn chart(document: &mut Document, years: &Years, lang: Lang) {
    let row = |line: &YearLine| {
        let mut row = vec![Cell::shown(line.year.to_string(), line.year)];
        row.extend(totals(&line.all, lang));
        row
    };
    let columns = vec![
        Column::new("year", say!(lang, nn: "År", nb: "År", en: "Year")),
        Column::new("offerings", say!(lang, nn: "Tilbod", nb: "Tilbud", en: "Offerings")),
        Column::new("runs", say!(lang, nn: "Gjennomføringar", nb: "Gjennomføringer", en: "Runs")),
        Column::new("participants", say!(lang, nn: "Deltakarar", nb: "Deltakere", en: "Participants")),
    ];
    if years.years.iter().all(|line| line.all.offerings == 0) {
        return;
    }
    let caption = say!(lang,
        nn: "Registrerte tilbod år for år", nb: "Registrerte tilbud år for år", en: "Recorded offerings year by year",
    );
    let description = say!(lang,
        nn: "Korleis talet på tilbod, gjennomføringar og deltakarar har endra seg frå år til år.",
        nb: "Hvordan antallet tilbud, gjennomføringer og deltakere har endret seg fra år til år.",
        en: "How the number of offerings, runs and participants has changed from year to year.",
    );
    let rows = years.years.iter().map(row).collect();
    document.chart(Chart {
        description,
        table: Sheet { id: "year-by-year", caption: caption.into(), columns, rows },
        series: vec![1, 2, 3],
    });
}

/// A number of the totals of a year.
type Value<'v> = &'v dyn Fn(&Totals) -> Counted;

fn lines(years: &Years, lang: Lang) -> Vec<Line> {
    let recorded = years.years.iter().any(|line| line.all.offerings > 0);
    let mut lines = Vec::new();
    let mut add = |label: String, value: Value<'_>, like: bool| {
        let totals = |line: &YearLine| if like { line.like_with_like } else { Some(line.all) };
        let known = |line: &YearLine| totals(line).filter(|_| line.all.offerings > 0).map(|totals| value(&totals));
        let numbers: Vec<Option<Counted>> = years.years.iter().map(known).collect();
        if recorded && numbers.iter().any(Option::is_some) {
            lines.push(Line { label, numbers });
        }
    };
    let offerings = |totals: &Totals| Counted::Whole(totals.offerings);
    let runs = |totals: &Totals| Counted::Whole(totals.runs);
    let participants = |totals: &Totals| Counted::People(totals.participants.all);
    let count = years.years.len();
    let same = |what: &str| match count {
        2 => say!(lang,
            nn: "{what}, partane som er med begge åra",
            nb: "{what}, partene som er med begge årene",
            en: "{what}, parties present in both years",
        ),
        _ => say!(lang,
            nn: "{what}, partane som er med alle åra",
            nb: "{what}, partene som er med alle årene",
            en: "{what}, parties present in all years",
        ),
    };
    let counted: [(String, Value<'_>); 3] = [
        (say!(lang, nn: "Tilbod", nb: "Tilbud", en: "Offerings"), &offerings),
        (say!(lang, nn: "Gjennomføringar", nb: "Gjennomføringer", en: "Runs"), &runs),
        (say!(lang, nn: "Deltakarar", nb: "Deltakere", en: "Participants"), &participants),
    ];
    for (what, value) in counted {
        add(what.clone(), value, false);
        add(same(&what), value, true);
    }
    lines
}

fn row(line: Line, lang: Lang) -> Vec<Cell> {
    let mut cells = vec![Cell::text(line.label)];
    let unknown = || Cell::count(&Count::default(), lang);
    cells.extend(line.numbers.iter().map(|value| value.map_or_else(unknown, |value| value.cell(lang))));
    if let [.., before, last] = &line.numbers[..] {
        let [before, last] = [before, last].map(|counted| counted.map(Counted::number));
        cells.push(changed(Change::of(before.as_ref(), last.as_ref()), lang));
    }
    cells
}

/// A published figure of each year; nothing where no year has it.
fn published(years: &Years, measure: Measure, lang: Lang) -> Option<Vec<Cell>> {
    let figures: Vec<Option<&Figure>> = years.years.iter().map(|line| about_all(&line.figures, measure)).collect();
    figures.iter().flatten().next()?;
    let what = match measure {
        Measure::Offerings => say!(lang, nn: "Tilbod", nb: "Tilbud", en: "Offerings"),
        Measure::Runs => say!(lang, nn: "Gjennomføringar", nb: "Gjennomføringer", en: "Runs"),
        Measure::Participants => say!(lang, nn: "Deltakarar", nb: "Deltakere", en: "Participants"),
        measure => crate::names::capital(measure.label().get(lang)),
    };
    let label = say!(lang, nn: "{what} (publisert)", nb: "{what} (publisert)", en: "{what} (published)");
    let mut cells = vec![Cell::text(label)];
    cells.extend(figures.iter().map(|figure| counted(*figure, lang)));
    if let [.., before, last] = &figures[..] {
        let is_hidden = [before, last].into_iter().flatten().any(|figure| figure.hidden);
        let [before, last] = [before, last].map(|figure| figure.map(|figure| &figure.value));
        cells.push(changed(if is_hidden { Change::Hidden } else { Change::of_counts(before, last) }, lang));
    }
    Some(cells)
}

fn columns(years: &Years, lang: Lang) -> Vec<Column> {
    let mut columns = vec![Column::new("figure", say!(lang, nn: "Tal", nb: "Tall", en: "Figure"))];
    columns.extend(years.years.iter().map(|line| Column::new(line.year.to_string(), line.year.to_string())));
    if let [.., before, _] = &years.years[..] {
        let before = before.year;
        let change = say!(lang, nn: "Endring frå {before}", nb: "Endring fra {before}", en: "Change from {before}");
        columns.push(Column::new("change", change));
    }
    columns
}

/// `+3`, `−3`, `ny`.
fn changed(change: Change, lang: Lang) -> Cell {
    match change {
        Change::New => Cell::shown(say!(lang, nn: "ny", nb: "ny", en: "new"), "new"),
        Change::By(difference) => {
            let number = crate::count::whole(difference.unsigned_abs() as usize, lang);
            let sign = match difference {
                0 => "",
                1.. => "+",
                _ => "\u{2212}",
            };
            Cell { text: format!("{sign}{number}"), ..Cell::number(difference) }
        }
        Change::Hidden => Cell::hidden(),
        Change::Unsure => Cell::shown(say!(lang, nn: "uviss", nb: "usikker", en: "not certain"), "unsure"),
        Change::Nothing => Cell::default(),
    }
}

fn remarks(years: &Years, lang: Lang) -> Vec<String> {
    let mut remarks = Vec::new();
    if years.years.iter().all(|line| line.all.offerings == 0) {
        return remarks;
    }
    let names = listed(&years.parties, lang);
    remarks.push(match (years.parties.is_empty(), years.years.len()) {
        (true, _) => say!(lang,
            nn: "Ingen part er med i alle desse åra, så like kan ikkje jamførast med like.",
            nb: "Ingen part er med i alle disse årene, så like kan ikke sammenlignes med like.",
            en: "No party is present in all these years, so like cannot be compared with like.",
        ),
        (false, 2) => say!(lang,
            nn: "Partar som er med begge åra: {names}. Eit tilbod er med der når alle som svarar for det, er det.",
            nb: "Parter som er med begge årene: {names}. Et tilbud er med der når alle som svarer for det, er det.",
            en: "Parties present in both years: {names}. An offering is included there if all who answer for it are.",
        ),
        (false, _) => say!(lang,
            nn: "Partar som er med alle åra: {names}. Eit tilbod er med der når alle som svarar for det, er det.",
            nb: "Parter som er med alle årene: {names}. Et tilbud er med der når alle som svarer for det, er det.",
            en: "Parties present in all years: {names}. An offering is included there if all who answer for it are.",
        ),
    });
    remarks
}
