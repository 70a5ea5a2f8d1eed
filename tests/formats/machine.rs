//! What machines are told, found again in the tables.

use lmnet::lang::Lang;
use serde_json::{Value as Json, json};

use crate::tables::{Table, first_number, not_recorded, number};

/// What is expected in a row: what machines are told of some of its columns.
type Row = Vec<(usize, Json)>;

/// The tables of a report, to be held against its JSON.
pub(crate) struct Told<'a> {
    documents: &'a [Vec<Table>],
    /// The same in English, by whose captions and rows tables and rows are found.
    english: &'a [Vec<Table>],
    lang: Lang,
    /// How many numbers have been held.
    pub(crate) numbers: usize,
}

impl<'a> Told<'a> {
    pub(crate) fn new(documents: &'a [Vec<Table>], english: &'a [Vec<Table>], lang: Lang) -> Self {
        Self { documents, english, lang, numbers: 0 }
    }

    /// The table of a document by its caption in English.
    fn table(&self, document: usize, caption: &str) -> Option<&'a Table> {
        let at = self.english[document].iter().position(|table| table.caption == caption)?;
        Some(&self.documents[document][at])
    }

    /// A row by its name in English, which may be longer where it names parties.
    fn row(&self, document: usize, caption: &str, name: &str) -> Option<&'a [String]> {
        let table = self.english[document].iter().find(|table| table.caption == caption)?;
        let row = table.rows.iter().position(|row| row[0].split(" present in").next() == Some(name))?;
        Some(&self.table(document, caption)?.rows[row])
    }

    /// Holds that the rows of a table are as many, and each as it should be: the column and what machines are told of it, words
    /// as words. A table that would have no rows is not there.
    fn rows(&mut self, document: usize, caption: &str, expected: Vec<Row>) {
        let found = self.table(document, caption).map_or(&[][..], |table| &table.rows[1..]);
        assert_eq!(found.len(), expected.len(), "{caption}");
        for (row, expected) in found.iter().zip(expected) {
            expected.iter().for_each(|(column, json)| self.cell(&row[*column], json, caption));
        }
    }

    fn cell(&mut self, text: &str, json: &Json, of: &str) {
        assert!(is_told(text, json, self.lang), "{of}: '{text}' is {json}");
        self.numbers += usize::from(!json.is_string());
    }
}

/// Whether a cell says what machines are told: nobody there to be counted, hidden, not recorded, or a number with its quality.
fn is_told(text: &str, json: &Json, lang: Lang) -> bool {
    let begins = |words: [&str; 3]| text.starts_with(&format!("{} ", words[lang as usize]));
    match (json, json["quality"].as_str()) {
        (Json::Null, _) => text == ".",
        (Json::String(words), _) => text == words,
        (Json::Number(_), _) => number(text, lang) == json.as_f64(),
        _ if json["hidden"] == true => text == ":",
        (_, Some("not-recorded")) => text == ".." || text == not_recorded(lang),
        (_, quality) => {
            let is_first = first_number(text, lang) == json["value"].as_f64() && json["value"].is_number();
            is_first
                && match quality {
                    Some("exact") => text == "-" || text.starts_with(|char: char| char.is_ascii_digit()),
                    Some("at-least") => begins(["minst", "minst", "at least"]),
                    Some("about") => begins(["om lag", "ca.", "about"]),
                    Some("at-least-about") => begins(["minst om lag", "minst ca.", "at least about"]),
                    _ => false,
                }
        }
    }
}

/// The columns of a row from one on.
fn row<'a>(from: usize, cells: impl IntoIterator<Item = &'a Json>) -> Row {
    (from..).zip(cells.into_iter().cloned()).collect()
}

fn list(json: &Json) -> impl Iterator<Item = &Json> {
    json.as_array().unwrap().iter()
}

/// The networks of a report that existed, each with what is told of it, in the order of the documents.
fn contents(report: &Json) -> impl Iterator<Item = (usize, &Json)> {
    list(&report["networks"]).map(|network| &network["content"]).filter(|content| !content.is_null()).enumerate()
}

/// Figures as published, each in a row.
fn published(told: &mut Told<'_>, document: usize, caption: &str, figures: &Json) {
    told.rows(document, caption, list(figures).map(|figure| row(0, [&figure["label"], &figure["value"]])).collect());
}

pub(crate) fn annual(report: &Json, told: &mut Told<'_>) {
    for (at, content) in contents(report) {
        published(told, at, "Published figures on the network", &content["about"]["figures"]);
        published(told, at, "Published figures on meetings", &content["meetings"]["figures"]);
        published(told, at, "Published figures on courses", &content["courses"]["figures"]);
        let offerings = &content["offerings"];
        published(told, at, "Published figures on offerings and participants", &offerings["figures"]);
        let sums = [&offerings["offerings"], &offerings["runs"]].into_iter().chain(sums_of(&offerings["participants"]));
        let mut sums: Vec<Row> = sums.map(|sum| row(1, [sum])).collect();
        if offerings["offerings"] == 0 && offerings["information-meetings"][0] == 0 {
            sums.clear();
        }
        told.rows(at, "Recorded offerings and participants", sums);

        let unknown = not_told();
        let beside = list(&offerings["beside"]).map(|one| {
            let registered = Some(&one["registered"]).filter(|json| !json.is_null()).unwrap_or(&unknown);
            row(0, [&one["label"], &one["published"], registered])
        });
        told.rows(at, "Published figures beside what is recorded", beside.collect());

        for breakdown in list(&offerings["breakdowns"]) {
            let by = breakdown["by"].as_str().unwrap().replace("care-level", "level of care");
            let rows = list(&breakdown["parts"]).map(|part| row(0, [&part["name"]].into_iter().chain(totals(part))));
            told.rows(at, &format!("Offerings by {by}"), rows.collect());
        }
        let rows = list(&offerings["rows"]).map(|offering| {
            let mut expected = row(6, [&offering["runs"]].into_iter().chain(sums_of(&offering["participants"])));
            expected.extend(row(1, [&offering["title"]]));
            expected
        });
        told.rows(at, &format!("Offerings in {}", report["year"]), rows.collect());
        let caption = "Offerings and participants, the year before and this year";
        // Of a year before that nothing is known of, a sentence tells.
        let before = &offerings["years"]["years"][0];
        let figures = list(&before["figures"]).filter(|figure| figure["organisation"].is_null());
        match before["all"]["offerings"] == 0 && figures.count() == 0 {
            true => told.rows(at, caption, Vec::new()),
            false => side_by_side(told, at, caption, &offerings["years"]),
        }
    }
}

/// Participants in the order of the tables.
fn sums_of(participants: &Json) -> impl Iterator<Item = &Json> {
    ["patients", "relatives", "all"].into_iter().map(|who| &participants[who])
}

fn not_told() -> Json {
    json!({ "quality": "not-recorded" })
}

/// The totals of a year, of a network, of a trust.
fn totals(of: &Json) -> impl Iterator<Item = &Json> {
    [&of["offerings"], &of["runs"]].into_iter().chain(of["participants"].get("all"))
}

pub(crate) fn years(report: &Json, told: &mut Told<'_>) {
    let (first, last) = (&report["years"][0], &report["years"][1]);
    for (at, content) in contents(report) {
        let rows = list(&content["years"]).map(|year| row(0, [&year["year"]].into_iter().chain(totals(&year["all"]))));
        let is_empty = list(&content["years"]).all(|year| year["all"]["offerings"] == 0);
        told.rows(at, "Recorded offerings year by year", if is_empty { Vec::new() } else { rows.collect() });
        side_by_side(told, at, &format!("Offerings and participants {first}–{last}"), content);
    }
}

/// Holds the rows of a table that has a column for each year.
fn side_by_side(told: &mut Told<'_>, document: usize, caption: &str, years: &Json) {
    let mut row = |name: &str, value: &dyn Fn(&Json) -> Option<Json>| {
        let values: Vec<Option<Json>> = list(&years["years"]).map(value).collect();
        let found = told.row(document, caption, name);
        assert_eq!(found.is_some(), values.iter().any(Option::is_some), "{caption}: {name}");
        for (text, value) in found.into_iter().flat_map(|row| &row[1..]).zip(values) {
            told.cell(text, &value.unwrap_or_else(not_told), &format!("{caption}: {name}"));
        }
    };
    for (name, pointer) in [
        ("Offerings", "/all/offerings"),
        ("Offerings, parties", "/like-with-like/offerings"),
        ("Runs", "/all/runs"),
        ("Runs, parties", "/like-with-like/runs"),
        ("Participants", "/all/participants/all"),
        ("Participants, parties", "/like-with-like/participants/all"),
    ] {
        // A year without any offering is one of which nothing was recorded.
        row(name, &|year| year.pointer(pointer).filter(|_| year["all"]["offerings"] != 0).cloned());
    }
    for measure in ["offerings", "runs", "participants", "patients", "relatives"] {
        let name = format!("{}{} (published)", measure[..1].to_uppercase(), &measure[1..]);
        row(&name, &|year| {
            let of_all = |figure: &&Json| figure["measure"] == measure && figure.get("organisation").is_none();
            Some(list(&year["figures"]).find(of_all)?["value"].clone())
        });
    }
}

pub(crate) fn compiled(report: &Json, told: &mut Told<'_>) {
    let of = |name: &str, part: &Json| row(0, [&part[name]].into_iter().chain(totals(&part["totals"])));
    let mut rows: Vec<Row> = list(&report["networks"]).map(|network| of("short", network)).collect();
    if !rows.is_empty() {
        rows.push(row(1, totals(&report["sum"])));
    }
    told.rows(0, "Offerings and participants by network and in sum", rows);
    for network in list(&report["networks"]) {
        let name = network["short"].as_str().unwrap();
        // A network's own tables are named by it, in its own words.
        let at = told.documents[0].iter().position(|table| table.caption.ends_with(&format!(" {name}")));
        let caption = at.map_or("", |at| &*told.english[0][at].caption);
        published(told, 0, caption, &network["figures"]);
    }
    let trusts = report.get("trusts").into_iter().flat_map(list);
    told.rows(0, "Offerings and participants by trust", trusts.map(|trust| of("name", trust)).collect());
}

pub(crate) fn crossed(stats: &Json, told: &mut Told<'_>) {
    let measures = ["Offerings", "Runs", "Patients", "Relatives", "Participants in all"];
    let keys = ["offerings", "runs", "patients", "relatives", "participants"];
    let axes: Vec<(&str, Vec<&Json>)> =
        list(&stats["axes"]).map(|axis| (axis["by"].as_str().unwrap(), list(&axis["parts"]).collect())).collect();
    // What no offering is in is not told.
    let nothing = json!({ "offerings": 0, "runs": 0, "patients": null, "relatives": null, "participants": null });
    let figures = |places: &[Option<&Json>]| {
        let is_here = |group: &&Json| {
            axes.iter().zip(places).all(|((by, _), part)| group.get(by) == part.map(|part| &part["code"]))
        };
        list(&stats["groups"]).chain(list(&stats["sums"])).find(is_here).unwrap_or(&nothing)
    };
    match &axes[..] {
        [(_, parts)] => {
            let lines = parts.iter().map(|part| figures(&[Some(part)])).chain([&stats["total"]]);
            let mut rows: Vec<Row> = lines.map(|line| row(1, keys.map(|key| &line[key]))).collect();
            rows.iter_mut().zip(parts).for_each(|(cells, part)| cells.extend(row(0, [&part["name"]])));
            told.rows(0, "Offerings and participants", rows);
        }
        [(_, down), (_, across)] => {
            for (key, caption) in keys.into_iter().zip(measures) {
                let columns = || across.iter().map(|part| Some(*part)).chain([None]);
                let mut rows: Vec<Row> = down
                    .iter()
                    .map(|part| {
                        let cells = columns().map(|column| &figures(&[Some(part), column])[key]);
                        row(0, [&part["name"]].into_iter().chain(cells))
                    })
                    .collect();
                let sums = across.iter().map(|part| figures(&[None, Some(part)])).chain([&stats["total"]]);
                rows.push(row(1, sums.map(|sum| &sum[key])));
                told.rows(0, caption, rows);
            }
        }
        _ => panic!("one property or two: {stats}"),
    }
}
