//! CSV as people have it: `;`, `,` or tabs between cells, UTF-8, UTF-16 or Windows-1252.

use super::grid::{Grid, Raw};
use super::xlsx::{COLUMNS, ROWS, too_many};
use crate::lang::Said;
use crate::say;

/// The one sheet of a CSV file.
///
/// # Errors
///
/// When it is no text, or too large.
pub(super) fn grid(bytes: &[u8]) -> Result<Grid, Said> {
    let text = decoded(bytes)?;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(&text))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut grid = Grid::default();
    let mut record = csv::StringRecord::new();
    let mut lines = Lines { bytes: text.as_bytes(), at: 0, line: 1 };
    // The text is UTF-8 and rows may be of any length, so that nothing is left to fail.
    while reader.read_record(&mut record).unwrap_or(false) {
        // The line in the file, which is what editors show, and Excel where no cell has several lines.
        let number = record.position().map_or(0, |start| lines.of(start.byte()));
        let cells = (0..).zip(record.iter()).filter(|(_, cell)| !cell.trim().is_empty());
        let cells: Vec<(u32, Raw)> = cells.map(|(column, cell)| (column, Raw::Text(unguarded(cell)))).collect();
        if cells.last().is_some_and(|(column, _)| *column >= COLUMNS) || !cells.is_empty() && number > ROWS {
            return Err(too_many("csv"));
        }
        if !cells.is_empty() {
            grid.rows.push((number, cells));
        }
    }
    // Then the last row reaches to the end of the file.
    let last = grid.rows.last().filter(|(_, cells)| cells.iter().any(|(_, cell)| cell.words().contains(['\n', '\r'])));
    if let Some((line, _)) = last.filter(|_| text.matches('"').count() % 2 == 1) {
        return Err(say!(
            nn: "linje {line}: eit hermeteikn er opna og aldri lukka, så resten av fila vart éi celle; lukk det, eller ta det bort",
            nb: "linje {line}: et anførselstegn er åpnet og aldri lukket, så resten av filen ble én celle; lukk det, eller fjern det",
            en: "line {line}: a quotation mark is opened and never closed, so that the rest of the file became one cell; close it, or take it out",
        ));
    }
    Ok(grid)
}

/// The lines of a text, counted as it is read.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line on which a record begins. The reader tells where the one before it ends, and passes empty lines over.
    fn of(&mut self, start: u64) -> u32 {
        let start = usize::try_from(start).unwrap_or(usize::MAX).min(self.bytes.len());
        let is_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let first = start + self.bytes[start..].iter().take_while(|byte| is_end(byte)).count();
        let passed = &self.bytes[self.at.min(first)..first];
        let ends = passed.iter().enumerate().filter(|(at, byte)| match byte {
            b'\n' => true,
            b'\r' => passed.get(at + 1) != Some(&b'\n'),
            _ => false,
        });
        self.line = self.line.saturating_add(u32::try_from(ends.count()).unwrap_or(u32::MAX));
        self.at = first;
        self.line
    }
}

/// Without the apostrophe by which programs keep `=1+1` from becoming a formula.
fn unguarded(cell: &str) -> String {
    let rest = cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@', '\t']));
    rest.unwrap_or(cell).to_owned()
}

fn decoded(bytes: &[u8]) -> Result<String, Said> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let (text, _, _) = encoding_rs::UTF_16LE.decode(bytes); // goes by the mark at the start
        return Ok(text.into_owned());
    }
    if bytes.contains(&0) {
        return Err(say!(
            nn: "fila er verken ei arbeidsbok eller tekst; lagre henne som .xlsx eller .csv",
            nb: "filen er verken en arbeidsbok eller tekst; lagre den som .xlsx eller .csv",
            en: "the file is neither a workbook nor text; save it as .xlsx or .csv",
        ));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    Ok(match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    })
}

/// What stands most often between cells in the first line, quoted text apart.
fn delimiter(text: &str) -> u8 {
    let mut counts = [(b';', 0), (b'\t', 0), (b',', 0)];
    let mut is_quoted = false;
    for byte in text.bytes().skip_while(|byte| matches!(byte, b'\r' | b'\n')) {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' if !is_quoted => break,
            byte if !is_quoted => counts.iter_mut().filter(|(own, _)| *own == byte).for_each(|(_, count)| *count += 1),
            _ => {}
        }
    }
    let mut best = counts[0];
    for one in &counts[1..] {
        if one.1 > best.1 {
            best = *one;
        }
    }
    best.0
}
