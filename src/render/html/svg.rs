//! Charts as pictures: bars from zero, one below the other, each with its number beside it.
//!
//! Lengths are shares of the width, so that the picture fits a telephone and its text stays as large as that of the page.

use std::fmt::Write;

use super::text::{safe, wrapped};
use crate::document::Chart;
use crate::sheet::Cell;

/// Heights, in pixels.
const LINE: usize = 20;
const BAR: usize = 18;
const GAP: usize = 4;
const SPACE: usize = 12;

/// The longest line of text, in signs: what a narrow telephone has room for.
const SIGNS: usize = 36;

/// The longest text beside a bar, in signs; longer ones stand above theirs.
const BESIDE: usize = 22;

/// How bars of different series look. Those who see no colours tell them apart too.
const LOOKS: [&str; 4] = ["full", "striped", "open", "dotted"];

/// The picture. `id` is the name of the figure on the page, unlike all others.
pub(super) fn chart(chart: &Chart, name: &str, id: &str) -> String {
    let drawing = Drawing::new(chart, id);
    let (content, height) = drawing.content();
    format!(
        "<svg role=\"img\" aria-labelledby=\"{id}-name {id}-text\" width=\"100%\" height=\"{height}\">\n\
         <title id=\"{id}-name\">{}</title>\n<desc id=\"{id}-text\">{}</desc>\n{}{content}</svg>\n",
        safe(name),
        safe(&chart.description),
        drawing.patterns(),
    )
}

struct Drawing<'a> {
    chart: &'a Chart,
    id: &'a str,
    /// The largest number.
    largest: f64,
    /// The length of its bar in hundredths of the width, so that every text beside a bar has room.
    full: f64,
    /// Whether the numbers stand above their bars, because there is no room beside.
    above: bool,
}

impl<'a> Drawing<'a> {
    fn new(chart: &'a Chart, id: &'a str) -> Self {
        let mut drawing = Self { chart, id, largest: 0.0, full: 0.0, above: false };
        let cells = || chart.table.rows.iter().flat_map(|row| chart.series.iter().filter_map(|at| row.get(*at)));
        drawing.largest = cells().filter_map(Cell::amount).fold(0.0, f64::max);
        let longest = cells()
            .zip(chart.series.iter().cycle())
            .map(|(cell, series)| drawing.told(cell, *series).chars().count())
            .max()
            .unwrap_or_default();
        drawing.above = longest > BESIDE;
        #[expect(clippy::cast_precision_loss, reason = "a few signs")]
        let text = longest as f64 * 100.0 / SIGNS as f64;
        drawing.full = if drawing.above { 99.0 } else { 96.0 - text };
        drawing
    }

    /// The bars are told apart by their looks, or by name where there are more than looks.
    fn is_named(&self) -> bool {
        self.chart.series.len() > LOOKS.len()
    }

    /// What stands beside or above a bar.
    fn told(&self, cell: &Cell, series: usize) -> String {
        match self.chart.table.columns.get(series) {
            Some(column) if self.is_named() => format!("{}: {}", column.label.text, cell.text),
            _ => cell.text.clone(),
        }
    }

    fn look(&self, at: usize) -> &'static str {
        LOOKS[at % LOOKS.len()]
    }

    fn patterns(&self) -> String {
        let id = self.id;
        let mut out = String::new();
        if self.chart.series.len() > 1 {
            let _ = writeln!(
                out,
                "<defs><pattern id=\"{id}-striped\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" \
                 patternTransform=\"rotate(45)\"><rect class=\"ink\" width=\"2.5\" height=\"6\"/></pattern>\
                 <pattern id=\"{id}-dotted\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">\
                 <circle class=\"ink\" cx=\"3\" cy=\"3\" r=\"1.5\"/></pattern></defs>"
            );
        }
        out
    }

    /// A bar, or a small square for the list of looks, of this width.
    fn bar(&self, look: &str, top: usize, width: &str) -> String {
        let fill = match look {
            "striped" | "dotted" => format!(" fill=\"url(#{}-{look})\"", self.id),
            _ => String::new(),
        };
        format!("<rect class=\"bar {look}\" x=\"1\" y=\"{top}\" width=\"{width}\" height=\"{BAR}\"{fill}/>\n")
    }

    /// The picture and its height.
    fn content(&self) -> (String, usize) {
        let mut out = String::new();
        let mut top = 0;
        if self.chart.series.len() > 1 && !self.is_named() {
            for (at, series) in self.chart.series.iter().enumerate() {
                let Some(column) = self.chart.table.columns.get(*series) else { continue };
                out += &self.bar(self.look(at), top, &BAR.to_string());
                out += &text(&column.label.text, "\"28\"", top + BAR - GAP, "");
                top += BAR + GAP;
            }
            top += SPACE;
        }
        let first = top;
        for row in &self.chart.table.rows {
            for line in wrapped(row.first().map_or("", |cell| &*cell.text), SIGNS) {
                out += &text(&line, "\"8\"", top + LINE - GAP - 1, "");
                top += LINE;
            }
            for (at, series) in self.chart.series.iter().enumerate() {
                let Some(cell) = row.get(*series) else { continue };
                top = self.measured(&mut out, cell, *series, self.look(at), top);
            }
            top += SPACE;
        }
        let last = top.saturating_sub(SPACE);
        let _ = writeln!(out, "<line class=\"zero\" x1=\"1\" x2=\"1\" y1=\"{first}\" y2=\"{last}\"/>");
        (out, last)
    }

    /// A number as a bar and as text; only as text where it is hidden, not recorded or nothing. Gives where the next begins.
    fn measured(&self, out: &mut String, cell: &Cell, series: usize, look: &str, top: usize) -> usize {
        let amount = cell.amount().filter(|amount| *amount > 0.0);
        let share = amount.map_or(0.0, |amount| amount / self.largest * self.full);
        let told = self.told(cell, series);
        let mut top = top;
        if self.above {
            for line in wrapped(&told, SIGNS) {
                *out += &text(&line, "\"8\"", top + LINE - GAP - 1, " class=\"value\"");
                top += LINE;
            }
        } else {
            *out += &text(&told, &format!("\"{share:.2}%\" dx=\"8\""), top + BAR - GAP, " class=\"value\"");
        }
        if amount.is_some() {
            *out += &self.bar(look, top, &format!("{share:.2}%"));
        }
        if amount.is_some() || !self.above { top + BAR + GAP } else { top }
    }
}

fn text(text: &str, left: &str, base: usize, class: &str) -> String {
    format!("<text x={left} y=\"{base}\"{class}>{}</text>\n", safe(text))
}
