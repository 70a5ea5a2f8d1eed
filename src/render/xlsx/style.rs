//! How cells look.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use crate::lang::Lang;

/// The formats of a workbook.
#[derive(Debug)]
pub(super) struct Styles {
    pub(super) title: Format,
    pub(super) heading: Format,
    pub(super) plain: Format,
    pub(super) link: Format,
    pub(super) header: Format,
    pub(super) header_right: Format,
    /// Text that runs over several lines.
    pub(super) text: Format,
    /// Text that is never broken.
    pub(super) code: Format,
    /// Text that stands for a number.
    pub(super) sign: Format,
    pub(super) year: Format,
    /// Numbers below a thousand, from there on, with decimals, and as English groups them: made once, since they are many.
    numbers: [Format; 4],
    /// Days, in Norwegian and in English.
    days: [Format; 2],
}

impl Styles {
    pub(super) fn new() -> Self {
        let top = || Format::new().set_align(FormatAlign::Top);
        let text = || top().set_num_format("@");
        let header =
            || text().set_bold().set_text_wrap().set_background_color(0xDCE6F1).set_border_bottom(FormatBorder::Thin);
        Self {
            title: text().set_bold().set_font_size(16),
            heading: text().set_bold().set_font_size(12),
            plain: text().set_text_wrap(),
            link: top().set_font_color(0x0563C1).set_underline(rust_xlsxwriter::FormatUnderline::Single),
            header: header(),
            header_right: right(header()),
            text: text().set_text_wrap(),
            code: text(),
            sign: right(text()).set_text_wrap(),
            year: right(top()).set_num_format("0"),
            numbers: ["0", "[>=1000000]#\"\u{a0}\"###\"\u{a0}\"##0;[>=1000]#\"\u{a0}\"##0;0", "0.0##", "#,##0"]
                .map(|code| right(top()).set_num_format(code)),
            days: ["dd.mm.yyyy", "[$-809]d mmmm yyyy"]
                .map(|code| top().set_align(FormatAlign::Left).set_num_format(code)),
        }
    }

    /// A number in groups of three as the language has them, on every machine: Excel would group by the settings of the
    /// reader, and `3,550` in a Norwegian text is less than four.
    pub(super) fn number(&self, thousandths: u64, lang: Lang) -> &Format {
        match (lang, thousandths.is_multiple_of(1000)) {
            (_, false) => &self.numbers[2],
            (Lang::En, true) => &self.numbers[3],
            (Lang::Nn | Lang::Nb, true) => &self.numbers[usize::from(thousandths >= 1_000_000)],
        }
    }

    /// A day: numbers with points in Norwegian; in English the month by name, since day and month are so easily taken for
    /// each other.
    pub(super) fn day(&self, lang: Lang) -> &Format {
        &self.days[usize::from(lang == Lang::En)]
    }
}

/// To the right, with a little room to what follows.
fn right(format: Format) -> Format {
    format.set_align(FormatAlign::Right).set_indent(1)
}
