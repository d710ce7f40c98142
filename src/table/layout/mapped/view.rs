//! A sheet seen by records and places: rows and columns, or columns and rows where the table is transposed.

use crate::base::origin::Origin;
use crate::source::raw::{RawSheet, Rect};
use crate::table::grid::{From, RecordAt};
use crate::table::layout::cells;
use std::borrow::Cow;

/// A sheet, perhaps turned. A *line* holds one record; a *place* on it holds one field.
#[derive(Clone, Copy)]
pub struct View<'s> {
    /// The sheet.
    pub sheet: &'s RawSheet,
    /// True where records are columns.
    pub turned: bool,
}

impl<'s> View<'s> {
    fn at(self, line: u32, place: u32) -> (u32, u32) {
        if self.turned { (place, line) } else { (line, place) }
    }

    /// The trimmed text of a cell.
    pub fn text(self, line: u32, place: u32) -> Option<Cow<'s, str>> {
        let (row, col) = self.at(line, place);
        cells::text_of(self.sheet, row, col)
    }

    /// White space before the text of a cell.
    pub fn leading_spaces(self, line: u32, place: u32) -> usize {
        let (row, col) = self.at(line, place);
        let text = self.sheet.cell_text(row, col).unwrap_or("");
        text.chars().take_while(|letter| letter.is_whitespace()).count()
    }

    /// The indent of a cell's alignment.
    pub fn indent(self, line: u32, place: u32) -> usize {
        let (row, col) = self.at(line, place);
        self.sheet.cell(row, col).map_or(0, |(_, style)| usize::from(style.indent))
    }

    /// The outline level of a line; 0 where rows have none or the table is transposed.
    pub fn outline(self, line: u32) -> usize {
        if self.turned {
            return 0;
        }
        let found = self.sheet.outline_levels.binary_search_by_key(&line, |(row, _)| *row);
        found.map_or(0, |position| usize::from(self.sheet.outline_levels[position].1))
    }

    /// Where a cell lies on the sheet.
    pub fn origin(self, line: u32, place: u32) -> Origin {
        let (row, col) = self.at(line, place);
        self.sheet.origin(row, col)
    }

    /// The anchor of a record: of its line, or of its own cell.
    pub fn anchor(self, line: u32, place: Option<u32>) -> RecordAt {
        let (row, col) = self.at(line, place.unwrap_or(0));
        RecordAt { row, col }
    }

    /// The binding of a place on every record's line.
    pub fn binding(self, place: u32) -> From {
        if self.turned { From::Row(place) } else { From::Column(place) }
    }

    /// The used rectangle, lines as `top` and `bottom`.
    pub fn extent(self) -> Option<Rect> {
        let extent = self.sheet.extent()?;
        Some(self.turn(extent))
    }

    /// A rectangle of the sheet as lines and places.
    pub fn turn(self, rect: Rect) -> Rect {
        if self.turned { Rect { top: rect.left, left: rect.top, bottom: rect.right, right: rect.bottom } } else { rect }
    }

    /// True where a cell holds a value of any kind.
    pub fn holds(self, line: u32, place: u32) -> bool {
        let (row, col) = self.at(line, place);
        self.sheet.cell(row, col).is_some_and(|(value, _)| !cells::is_blank_value(self.sheet, value))
    }
}
