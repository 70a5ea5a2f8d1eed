//! Cross tables as a document: a table of all figures by one property; by two, a table for each figure.

use super::{Dimension, Stats};
use crate::count::whole;
use crate::document::{Block, Chart, Document};
use crate::lang::{Lang, Phrase};
use crate::names::listed;
use crate::report::participants::Totals;
use crate::say;
use crate::sheet::{Cell, Column, Sheet};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    Offerings,
    Runs,
    Patients,
    Relatives,
    Participants,
}

impl Measure {
    pub(super) const ALL: [Self; 5] =
        [Self::Offerings, Self::Runs, Self::Patients, Self::Relatives, Self::Participants];

    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Offerings => "offerings",
            Self::Runs => "runs",
            Self::Patients => "patients",
            Self::Relatives => "relatives",
            Self::Participants => "participants",
        }
    }

    pub(super) fn label(self, lang: Lang) -> String {
        match self {
            Self::Offerings => say!(lang, nn: "Tilbod", nb: "Tilbud", en: "Offerings"),
            Self::Runs => say!(lang, nn: "Gjennomføringar", nb: "Gjennomføringer", en: "Runs"),
            Self::Patients => say!(lang, nn: "Pasientar", nb: "Pasienter", en: "Patients"),
            Self::Relatives => say!(lang, nn: "Pårørande", nb: "Pårørende", en: "Relatives"),
            Self::Participants => say!(lang, nn: "Deltakarar i alt", nb: "Deltakere i alt", en: "Participants in all"),
        }
    }

    /// The figure as a cell.
    pub(super) fn cell(self, figures: &Totals, lang: Lang) -> Cell {
        match self {
            Self::Offerings => Cell::whole(figures.offerings, lang),
            Self::Runs => Cell::whole(figures.runs, lang),
            Self::Patients => figures.participants.patients.cell(lang),
            Self::Relatives => figures.participants.relatives.cell(lang),
            Self::Participants => figures.participants.all.cell(lang),
        }
    }
}

/// The document; with pictures where the format has any.
#[must_use]
pub fn document(stats: &Stats, lang: Lang, pictures: bool) -> Document {
    let mut page = Document::new(lang);
    page.heading(1, title(stats, lang));
    for (what, value) in &stats.query.selection {
        page.paragraph(format!("{what}: {value}."));
    }
    if stats.total.offerings == 0 {
        page.paragraph(say!(lang, nn: "Ingen tilbod.", nb: "Ingen tilbud.", en: "No offerings."));
    } else {
        if pictures {
            page.blocks.push(Block::Chart(chart(stats, lang)));
        }
        tables(stats, lang).into_iter().for_each(|table| page.table(table));
    }
    notes(stats, lang).into_iter().for_each(|note| page.paragraph(note));
    page.explain_signs();
    page
}

fn title(stats: &Stats, lang: Lang) -> String {
    let (first, last) = (stats.query.years.start(), stats.query.years.end());
    let years = if first == last { first.to_string() } else { format!("{first}–{last}") };
    let by: Vec<String> = stats.query.by.iter().map(|by| by.label(lang).to_lowercase()).collect();
    let by = listed(&by, lang);
    say!(lang,
        nn: "Lærings- og meistringstilbod {years} etter {by}",
        nb: "Lærings- og mestringstilbud {years} etter {by}",
        en: "Learning and coping offerings {years} by {by}",
    )
}

fn tables(stats: &Stats, lang: Lang) -> Vec<Sheet> {
    match stats.axes.len() {
        2 => Measure::ALL.map(|measure| crossed(stats, measure, lang)).to_vec(),
        _ => vec![by_one(stats, lang)],
    }
}

fn sum_label(lang: Lang) -> String {
    say!(lang, nn: "I alt", nb: "I alt", en: "Total")
}

fn by_one(stats: &Stats, lang: Lang) -> Sheet {
    let axis = &stats.axes[0];
    let row = |name: &Phrase, figures: &Totals| {
        let cells = Measure::ALL.map(|measure| measure.cell(figures, lang));
        std::iter::once(Cell::from(name)).chain(cells).collect()
    };
    let mut rows: Vec<Vec<Cell>> =
        axis.parts.iter().zip(&stats.rows).map(|(part, figures)| row(&part.name, figures)).collect();
    rows.push(row(&sum_label(lang).into(), &stats.total));
    let figures = Measure::ALL.map(|measure| Column::new(measure.key(), measure.label(lang)));
    let columns = std::iter::once(Column::new(axis.by.word(), axis.by.label(lang))).chain(figures).collect();
    Sheet {
        id: axis.by.word(),
        caption: say!(lang, nn: "Tilbod og deltakarar", nb: "Tilbud og deltakere", en: "Offerings and participants")
            .into(),
        columns,
        rows,
    }
}

fn crossed(stats: &Stats, measure: Measure, lang: Lang) -> Sheet {
    let (down, across) = (&stats.axes[0], &stats.axes[1]);
    let row = |name: &Phrase, cells: &[Totals], sum: &Totals| {
        let cells = cells.iter().chain([sum]).map(|figures| measure.cell(figures, lang));
        std::iter::once(Cell::from(name)).chain(cells).collect()
    };
    let cells = stats.cells.iter().zip(&stats.rows);
    let mut rows: Vec<Vec<Cell>> =
        down.parts.iter().zip(cells).map(|(part, (cells, sum))| row(&part.name, cells, sum)).collect();
    rows.push(row(&sum_label(lang).into(), &stats.columns, &stats.total));
    let parts =
        across.parts.iter().map(|part| Column::new(part.code.as_deref().unwrap_or("unclassified"), part.name.clone()));
    let columns = std::iter::once(Column::new(down.by.word(), down.by.label(lang)))
        .chain(parts)
        .chain([Column::new("total", sum_label(lang))])
        .collect();
    Sheet { id: measure.key(), caption: measure.label(lang).into(), columns, rows }
}

/// The participants as a picture, or the offerings where hardly any of them may be shown. Totals would dwarf the rest.
fn chart(stats: &Stats, lang: Lang) -> Chart {
    let parts = stats.rows.iter().chain(stats.cells.iter().flatten());
    let measure =
        match parts.clone().any(|part| part.runs > 0) && !parts.clone().any(|part| part.participants.any_hidden()) {
            true => Measure::Participants,
            false => Measure::Offerings,
        };
    let mut table = if stats.axes.len() == 2 { crossed(stats, measure, lang) } else { by_one(stats, lang) };
    table.rows.pop();
    if stats.axes.len() == 2 {
        table.columns.pop();
        table.rows.iter_mut().for_each(|row| row.truncate(table.columns.len()));
    } else {
        let drawn = 1 + Measure::ALL.iter().position(|known| *known == measure).unwrap_or(0);
        let keep = |at: usize| at == 0 || at == drawn;
        table.columns = table.columns.into_iter().enumerate().filter(|(at, _)| keep(*at)).map(|(_, it)| it).collect();
        for row in &mut table.rows {
            *row = std::mem::take(row).into_iter().enumerate().filter(|(at, _)| keep(*at)).map(|(_, it)| it).collect();
        }
    }
    let (what, by) = (
        measure.label(lang),
        listed(&stats.query.by.iter().map(|by| by.label(lang).to_lowercase()).collect::<Vec<_>>(), lang),
    );
    let caption = say!(lang, nn: "{what} etter {by}", nb: "{what} etter {by}", en: "{what} by {by}");
    table.caption = caption.clone().into();
    table.id = "chart";
    let largest = largest(stats, measure, lang);
    let description = match largest {
        Some((name, number)) => say!(lang,
            nn: "Flest har {name}: {number}.",
            nb: "Flest har {name}: {number}.",
            en: "{name} has the most: {number}.",
        ),
        None => caption,
    };
    Chart { description, series: (1..table.columns.len()).collect(), table }
}

/// The part of the first property that has the most, if one has and it is shown.
fn largest(stats: &Stats, measure: Measure, lang: Lang) -> Option<(String, String)> {
    let number = |figures: &Totals| measure.cell(figures, lang).counted().and_then(crate::count::Count::thousandths);
    let numbers: Vec<(Option<u64>, usize)> = stats.rows.iter().enumerate().map(|(at, row)| (number(row), at)).collect();
    let (most, at) = numbers.iter().max_by_key(|(number, _)| *number).copied()?;
    let alone = numbers.iter().filter(|(number, _)| *number == most).count() == 1;
    (alone && most? > 0).then(|| (stats.axes[0].parts[at].name.text.clone(), measure.cell(&stats.rows[at], lang).text))
}

fn notes(stats: &Stats, lang: Lang) -> Vec<String> {
    let mut notes = Vec::new();
    let overlapping: Vec<String> =
        stats.axes.iter().filter(|axis| axis.overlaps).map(|axis| axis.by.label(lang).to_lowercase()).collect();
    if !overlapping.is_empty() {
        let by = listed(&overlapping, lang);
        notes.push(say!(lang,
            nn: "Eit tilbod kan stå fleire stader etter {by}; delane er derfor til saman meir enn «I alt», der kvart tilbod er talt éin gong.",
            nb: "Et tilbud kan stå flere steder etter {by}; delene er derfor til sammen mer enn «I alt», der hvert tilbud er talt én gang.",
            en: "An offering can stand in several places by {by}; the parts therefore add up to more than “Total”, where each offering counts once.",
        ));
    }
    if stats.query.by.contains(&Dimension::Audience) {
        notes.push(say!(lang,
            nn: "«For kven» seier kven tilbodet er laga for; pasientar og pårørande er talde etter kva dei kom som.",
            nb: "«For hvem» sier hvem tilbudet er laget for; pasienter og pårørende er talt etter hva de kom som.",
            en: "“For whom” says whom the offering is made for; patients and relatives are counted by what they came as.",
        ));
    }
    if stats.total.offerings > 0 {
        notes.push(say!(lang,
            nn: "Eit tilbod tel i året dersom ei gjennomføring startar då, eller dersom det er fast og gjeld då. Avlyste gjennomføringar tel ikkje.",
            nb: "Et tilbud teller i året hvis en gjennomføring starter da, eller hvis det er fast og gjelder da. Avlyste gjennomføringer teller ikke.",
            en: "An offering counts in a year if a run starts in it, or if it is continuous and valid in it. Cancelled runs do not count.",
        ));
    }
    if stats.meetings.0 > 0 {
        let (meetings, runs) = (whole(stats.meetings.0, lang), whole(stats.meetings.1, lang));
        notes.push(say!(lang,
            nn: "I tillegg kjem informasjonsmøte, der deltakarane ikkje blir talde. Tilbod: {meetings}; gjennomføringar: {runs}.",
            nb: "I tillegg kommer informasjonsmøter, der deltakerne ikke telles. Tilbud: {meetings}; gjennomføringer: {runs}.",
            en: "Information meetings come in addition; their participants are not counted. Offerings: {meetings}; runs: {runs}.",
        ));
    }
    notes
}
