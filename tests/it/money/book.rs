//! Sheets as rows of values: read in memory as they are, or written into a real workbook.

use chrono::NaiveDate;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use throughline::base::day::Moment;
use throughline::base::origin::SheetName;
use throughline::source::raw::{FormatClass, RawColumn, RawSheet, Style, Value};

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Nothing,
    Text(String),
    Number(f64),
    Date(NaiveDate),
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub fn maybe(text: Option<&str>) -> Self {
        text.map_or(Self::Nothing, Self::text)
    }
}

/// A sheet: headers, then records.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub file: String,
    pub name: String,
    pub headers: Vec<&'static str>,
    pub rows: Vec<Vec<Cell>>,
}

impl Sheet {
    pub fn new(file: &str, name: &str, headers: &[&'static str]) -> Self {
        Self { file: file.into(), name: name.into(), headers: headers.to_vec(), rows: Vec::new() }
    }

    pub fn row(mut self, row: Vec<Cell>) -> Self {
        self.rows.push(row);
        self
    }

    /// The sheet as the reader would give it.
    pub fn raw(&self) -> RawSheet {
        let mut sheet = RawSheet::empty(SheetName::new(&self.file, &self.name));
        sheet.styles.push(Style { code: "yyyy-mm-dd".into(), class: FormatClass::Date, indent: 0, bold: false });
        let mut columns: BTreeMap<u32, RawColumn> = BTreeMap::new();
        let mut known: BTreeMap<String, u32> = BTreeMap::new();
        let headers = self.headers.iter().map(|header| Cell::text(*header)).collect();
        for (row, cells) in (0u32..).zip(std::iter::once(&headers).chain(&self.rows)) {
            for (col, cell) in (0u32..).zip(cells) {
                let (value, style) = match cell {
                    Cell::Nothing => continue,
                    Cell::Number(number) => (Value::Number(*number), 0),
                    Cell::Date(day) => (Value::Number(Moment::start_of(*day).excel_serial()), 1),
                    Cell::Text(text) => {
                        let next = known.len() as u32;
                        let index = *known.entry(text.clone()).or_insert(next);
                        if index == next {
                            sheet.texts.push(Arc::from(text.as_str()));
                        }
                        (Value::Text(index), 0)
                    }
                };
                let column = columns.entry(col).or_default();
                column.rows.push(row);
                column.values.push(value);
                column.styles.push(style);
            }
        }
        sheet.columns = columns.into_iter().collect();
        sheet
    }
}

/// Writes the sheets into their files below a folder, in the order in which they come.
pub fn write(sheets: &[Sheet], folder: &Path) {
    let mut books: BTreeMap<&str, Workbook> = BTreeMap::new();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    for sheet in sheets {
        let page = books.entry(&sheet.file).or_default().add_worksheet();
        page.set_name(&sheet.name).expect("a name");
        page.write_row(0, 0, sheet.headers.iter().copied()).expect("headers");
        for (row, cells) in (1u32..).zip(&sheet.rows) {
            for (col, cell) in (0u16..).zip(cells) {
                match cell {
                    Cell::Nothing => continue,
                    Cell::Text(text) => page.write(row, col, text),
                    Cell::Number(number) => page.write(row, col, *number),
                    Cell::Date(date) => {
                        let date = ExcelDateTime::from_serial_datetime(Moment::start_of(*date).excel_serial()).expect("a date");
                        page.write_with_format(row, col, &date, &day)
                    }
                }
                .expect("a cell");
            }
        }
    }
    for (file, mut book) in books {
        book.save(folder.join(file)).expect("written");
    }
}
