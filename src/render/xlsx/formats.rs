//! The theme as cell formats.

use crate::report::book::{Column, Kind, Tone};
use crate::report::theme::{Palette, Rgb, Theme, number_format};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// Formats that many cells share.
#[derive(Clone, Debug)]
pub struct Formats {
    /// Of cells that have no other.
    pub default: Format,
    /// The title in A1.
    pub title: Format,
    /// The line below it.
    pub subtitle: Format,
    /// The way back to Contents.
    pub back: Format,
    /// Headings of bands.
    pub heading: Format,
    /// Headings of tables and charts.
    pub caption: Format,
    /// Small print.
    pub small: Format,
    theme: Theme,
}

/// A colour for the library.
#[must_use]
pub const fn colour(rgb: Rgb) -> Color {
    Color::RGB(rgb)
}

impl Formats {
    /// The formats of a theme.
    #[must_use]
    pub fn new(theme: &Theme) -> Self {
        let palette = &theme.palette;
        let default = Format::new().set_font_name(&theme.font).set_font_size(10).set_font_color(colour(palette.ink));
        let centred = default.clone().set_align(FormatAlign::VerticalCenter);
        Self {
            title: centred.clone().set_font_size(18).set_bold().set_font_color(colour(palette.header)),
            subtitle: centred.clone().set_font_color(colour(palette.muted)),
            back: centred.clone().set_font_size(9).set_font_color(colour(palette.accent)),
            heading: default
                .clone()
                .set_font_size(13)
                .set_bold()
                .set_font_color(colour(palette.header))
                .set_align(FormatAlign::VerticalCenter),
            caption: default.clone().set_bold().set_font_color(colour(palette.header)).set_align(FormatAlign::VerticalCenter),
            small: centred.set_font_size(9).set_font_color(colour(palette.muted)),
            default,
            theme: theme.clone(),
        }
    }

    fn palette(&self) -> &Palette {
        &self.theme.palette
    }

    /// Header cells of a table.
    #[must_use]
    pub fn header(&self, kind: &Kind) -> Format {
        let palette = self.palette();
        let format = self.default.clone().set_bold().set_font_color(colour(palette.on_header));
        let format = format.set_background_color(colour(palette.header)).set_text_wrap().set_align(FormatAlign::VerticalCenter);
        align(format, kind)
    }

    /// The header of a column; lighter where a form does not insist on it.
    #[must_use]
    pub fn header_of(&self, column: &Column) -> Format {
        let palette = self.palette();
        let format = self.header(&column.kind);
        if !column.is_optional {
            return format;
        }
        format.set_background_color(colour(palette.line)).set_font_color(colour(palette.header))
    }

    /// Body cells of a column.
    #[must_use]
    pub fn body(&self, kind: &Kind, top: bool) -> Format {
        let line = colour(self.palette().line);
        let format = self.default.clone().set_num_format(number_format(kind));
        let format = format.set_border_bottom(FormatBorder::Hair).set_border_bottom_color(line);
        let format = format.set_align(if top { FormatAlign::Top } else { FormatAlign::VerticalCenter });
        let format = if matches!(kind, Kind::Text | Kind::Prose) { format.set_text_wrap() } else { format };
        align(format, kind)
    }

    /// Cells to fill in.
    #[must_use]
    pub fn input(&self, kind: &Kind) -> Format {
        let (fill, ink) = self.palette().input;
        let format = match kind {
            Kind::Text => self.body(kind, false).set_num_format("@"),
            Kind::Date => self.body(kind, false).set_num_format("yyyy-mm-dd"),
            _ => self.body(kind, false),
        };
        format.set_background_color(colour(fill)).set_font_color(colour(ink)).set_unlocked()
    }

    /// Cells of the totals row.
    #[must_use]
    pub fn total(&self, kind: &Kind) -> Format {
        let line = colour(self.palette().header);
        let format = self.default.clone().set_bold().set_num_format(number_format(kind)).set_align(FormatAlign::VerticalCenter);
        align(format.set_border_top(FormatBorder::Thin).set_border_top_color(line), kind)
    }

    /// `n/a`: grey, in the place of a figure.
    #[must_use]
    pub fn missing(&self, base: &Format) -> Format {
        base.clone().set_font_color(colour(self.palette().muted)).set_italic()
    }

    /// A cell that leads somewhere.
    #[must_use]
    pub fn linked(&self, base: &Format) -> Format {
        base.clone().set_font_color(colour(self.palette().accent)).set_underline(rust_xlsxwriter::FormatUnderline::Single)
    }

    /// Words between blocks.
    #[must_use]
    pub fn note(&self, tone: Tone) -> Format {
        let (ink, fill) = self.theme.tone(tone);
        let format = self.default.clone().set_text_wrap().set_align(FormatAlign::VerticalCenter).set_align(FormatAlign::Left);
        let format = format.set_font_color(colour(ink));
        match tone {
            Tone::Muted => format,
            _ => {
                let edge = format.set_background_color(colour(fill)).set_indent(1);
                edge.set_border_left(FormatBorder::Thick).set_border_left_color(colour(ink))
            }
        }
    }
}

/// Figures stand right, dates and signs in the middle, words left.
#[must_use]
pub fn align(format: Format, kind: &Kind) -> Format {
    if kind.is_figure() {
        format.set_align(FormatAlign::Right).set_indent(1)
    } else if kind.is_centred() {
        format.set_align(FormatAlign::Center)
    } else {
        format.set_align(FormatAlign::Left).set_indent(1)
    }
}
