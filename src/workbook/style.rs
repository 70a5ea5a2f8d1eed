//! How the cells of a workbook look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

use super::columns::Column;
use crate::read::Shape;

/// The formats of a workbook.
pub(super) struct Styles {
    pub(super) title: Format,
    pub(super) heading: Format,
    pub(super) subtitle: Format,
    pub(super) plain: Format,
    pub(super) link: Format,
    pub(super) header: Format,
    pub(super) needed: Format,
    /// For cells that only programs read.
    pub(super) code: Format,
}

impl Styles {
    pub(super) fn new() -> Self {
        let text = || Format::new().set_align(FormatAlign::Top).set_num_format("@");
        let header = |colour: u32| {
            text()
                .set_bold()
                .set_text_wrap()
                .set_font_color(Color::White)
                .set_background_color(colour)
                .set_border(FormatBorder::Thin)
                .set_border_color(Color::White)
        };
        Self {
            title: text().set_bold().set_font_size(16),
            heading: text().set_bold().set_font_size(12),
            subtitle: text().set_font_color(0x595959),
            plain: text().set_text_wrap(),
            link: Format::new()
                .set_align(FormatAlign::Top)
                .set_font_color(0x0563C1)
                .set_underline(FormatUnderline::Single),
            header: header(0x44546A),
            needed: header(0x1F4E79),
            code: text().set_unlocked(),
        }
    }
}

/// What a cell to be filled in looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// To be filled in.
    Input,
    /// What cannot be changed here.
    Fixed,
}

/// Text as text, so that codes and `2026-haust` stay as they are written.
pub(super) fn text(look: Look) -> Format {
    base(look).set_num_format("@").set_text_wrap()
}

/// A day as Norwegians write it, whatever the reader's settings; in English the same, since what is written is read so.
pub(super) fn day(look: Look) -> Format {
    base(look).set_num_format("dd.mm.yyyy").set_align(FormatAlign::Left)
}

pub(super) fn number(look: Look) -> Format {
    base(look).set_num_format("General").set_align(FormatAlign::Right)
}

/// What a cell of the column is when nothing stands in it. Where a year alone may be written, it must not become a day.
pub(super) fn blank(column: &Column) -> Format {
    match column.shape {
        Shape::Day => day(Look::Input),
        Shape::Whole(_) | Shape::Count { .. } => number(Look::Input),
        _ => text(Look::Input),
    }
}

fn base(look: Look) -> Format {
    let format = Format::new()
        .set_align(FormatAlign::Top)
        .set_unlocked()
        .set_border(FormatBorder::Hair)
        .set_border_color(0xBFBFBF);
    match look {
        Look::Input => format,
        Look::Fixed => format.set_font_color(0x595959).set_background_color(0xF2F2F2),
    }
}

/// How wide a column is.
pub(super) fn width(column: &Column) -> f64 {
    match (&*column.key, column.each()) {
        ("description" | "note" | "referral.criteria", _) => 44.0,
        ("title", _) => 34.0,
        (_, Shape::Text) => 28.0,
        ("url", _) => 26.0,
        (_, Shape::Reference(_)) => 28.0,
        (_, Shape::When | Shape::Day) => 13.0,
        (_, Shape::Whole(_) | Shape::Flag | Shape::ClockTime) => 12.0,
        (_, Shape::Count { .. }) => 15.0,
        _ => 22.0,
    }
}
