//! Sheets written as text, for the tests of this folder: rows of cells separated by `|`.

use crate::base::day::{Day, Moment};
use crate::base::origin::SheetName;
use crate::source::raw::{FormatClass, RawColumn, RawSheet, Style, Value};
use std::sync::Arc;

/// A sheet of `file.xlsx`. A cell that parses as a number is one, `2026-10-31` is a date, `64%` a percentage; a leading
/// `'` makes text of anything, as in Excel; everything else is text as it stands.
pub fn sheet(name: &str, rows: &[&str]) -> RawSheet {
    sheet_of("file.xlsx", name, rows)
}

/// A sheet of a named file.
pub fn sheet_of(file: &str, name: &str, rows: &[&str]) -> RawSheet {
    let mut sheet = RawSheet::empty(SheetName { file: file.into(), sheet: name.into() });
    for (class, code) in [(FormatClass::Date, "yyyy-mm-dd"), (FormatClass::Percent, "0%")] {
        sheet.styles.push(Style { code: code.into(), class, ..Style::general() });
    }
    for (row, line) in rows.iter().enumerate() {
        for (col, cell) in line.split('|').enumerate() {
            if !cell.is_empty() {
                put(&mut sheet, u32::try_from(row).unwrap_or(0), u32::try_from(col).unwrap_or(0), cell);
            }
        }
    }
    sheet
}

/// Writes one cell below all cells of its column.
pub fn put(sheet: &mut RawSheet, row: u32, col: u32, cell: &str) {
    let (value, style) = value_of(sheet, cell);
    let position = match sheet.columns.binary_search_by_key(&col, |(number, _)| *number) {
        Ok(position) => position,
        Err(position) => {
            sheet.columns.insert(position, (col, RawColumn::default()));
            position
        }
    };
    let column = &mut sheet.columns[position].1;
    column.rows.push(row);
    column.values.push(value);
    column.styles.push(style);
}

fn value_of(sheet: &mut RawSheet, cell: &str) -> (Value, u16) {
    let plain = |text: &str| text.parse::<f64>().ok().filter(|value| value.is_finite() && !cell.starts_with('\''));
    if let Some(value) = plain(cell) {
        return (Value::Number(value), 0);
    }
    if let Some(value) = cell.strip_suffix('%').and_then(plain) {
        return (Value::Number(value / 100.0), 2);
    }
    if let Ok(day) = cell.parse::<Day>() {
        return (Value::Number(Moment::start_of(day).excel_serial()), 1);
    }
    let text: Arc<str> = Arc::from(cell.strip_prefix('\'').unwrap_or(cell));
    let index = sheet.texts.iter().position(|known| *known == text).unwrap_or_else(|| {
        sheet.texts.push(text);
        sheet.texts.len() - 1
    });
    (Value::Text(u32::try_from(index).unwrap_or(0)), 0)
}
