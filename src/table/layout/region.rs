//! Regions of a sheet: a header row, the rows below it, and the headers over its columns.

use super::cells::{Occupied, excerpt, is_date, text_of};
use crate::source::raw::{RawSheet, Rect, TableRegion};
use crate::table::grid::{RecordAt, SetAside};

/// A table found on a sheet, before anybody has said which column is which field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Row of the headers; none where the file gives them apart from the cells.
    pub header_row: Option<u32>,
    /// First row below the headers.
    pub first: u32,
    /// Last row of the records; less than `first` where there are none.
    pub last: Option<u32>,
    /// Columns, with their headers, in order.
    pub columns: Vec<HeaderCell>,
    /// Totals rows at the foot.
    pub totals: Vec<u32>,
}

/// A header over a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderCell {
    /// Its column.
    pub col: u32,
    /// Its text; empty where the cell is.
    pub text: String,
    /// True where the cell is a date, as over the columns of a crosstab.
    pub date: bool,
}

impl Region {
    /// The region of an Excel table.
    pub fn of_table(sheet: &RawSheet, table: &TableRegion) -> Self {
        let Rect { top, left, bottom, right } = table.rect;
        let header_row = (table.header_rows > 0).then_some(top);
        let columns = (left..=right).zip(&table.columns).map(|(col, name)| header_cell(sheet, header_row, col, name)).collect();
        let first = top + table.header_rows;
        let totals: Vec<u32> = (0..table.totals_rows.min(1)).map(|_| bottom).collect();
        let last = bottom.checked_sub(table.totals_rows).filter(|last| *last >= first);
        Self { header_row, first, last, columns, totals }
    }

    /// The region of a rectangle whose first row holds the headers.
    pub fn of_rect(sheet: &RawSheet, rect: Rect) -> Self {
        let columns = (rect.left..=rect.right).map(|col| header_cell(sheet, Some(rect.top), col, "")).collect();
        let first = rect.top + 1;
        Self {
            header_row: Some(rect.top),
            first,
            last: (rect.bottom >= first).then_some(rect.bottom),
            columns,
            totals: Vec::new(),
        }
    }

    /// The headers that are not empty.
    pub fn texts(&self) -> Vec<&str> {
        self.columns.iter().map(|header| header.text.as_str()).filter(|text| !text.is_empty()).collect()
    }

    /// The rectangle below the headers.
    pub fn body(&self) -> Option<Rect> {
        let (left, right) = (self.columns.first()?.col, self.columns.last()?.col);
        Some(Rect { top: self.first, left, bottom: self.last?, right })
    }

    /// Records and blank rows of the region, by the columns for which `wanted` says yes. Blank rows at its foot belong to
    /// nobody.
    pub fn rows(&self, sheet: &RawSheet, wanted: impl Fn(u32) -> bool) -> (Vec<RecordAt>, SetAside) {
        let mut aside = SetAside { totals: self.totals.clone(), ..SetAside::default() };
        let Some(body) = self.body() else { return (Vec::new(), aside) };
        let occupied = Occupied::of(sheet, body, wanted);
        let Some(last) = occupied.last() else { return (Vec::new(), aside) };
        let mut records = Vec::with_capacity((last - self.first) as usize + 1);
        for row in self.first..=last {
            if occupied.at(row) {
                records.push(RecordAt { row, col: 0 });
            } else {
                aside.blank.push(row);
            }
        }
        (records, aside)
    }
}

fn header_cell(sheet: &RawSheet, row: Option<u32>, col: u32, name: &str) -> HeaderCell {
    let cell = row.and_then(|row| text_of(sheet, row, col));
    let text = cell.map_or_else(|| name.trim().to_string(), std::borrow::Cow::into_owned);
    HeaderCell { col, text, date: row.is_some_and(|row| is_date(sheet, row, col)) }
}

/// A header for a message: its text, or its column's letters.
pub fn header_name(header: &HeaderCell) -> String {
    if header.text.is_empty() {
        format!("column {}", crate::base::origin::column_name(header.col))
    } else {
        excerpt(&header.text)
    }
}
