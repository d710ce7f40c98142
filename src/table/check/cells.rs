//! The cells of a field, one a record, whatever the layout: a column, a row, the record's own cell, a constant.

use crate::base::day::day_from_epoch;
use crate::source::raw::{CellError, FormatClass, RawColumn, RawSheet, Style, Value};
use crate::table::grid::{From, Grid, RecordAt};
use crate::table::tables::FieldPlace;

/// A cell as it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cell<'g> {
    Empty,
    /// A number, and the index of its style.
    Number(f64, u16),
    /// The index of a text of the sheet.
    Text(u32),
    Bool(bool),
    Error(CellError),
    NeverCalculated,
    /// Words that stand in no cell, or were worked out from one.
    Words(&'g str),
}

impl Cell<'_> {
    const fn of(value: Value, style: u16) -> Self {
        match value {
            Value::Number(number) => Self::Number(number, style),
            Value::Text(index) => Self::Text(index),
            Value::Bool(yes) => Self::Bool(yes),
            Value::Error(error) => Self::Error(error),
            Value::NeverCalculated => Self::NeverCalculated,
        }
    }
}

/// The cells of all records of a grid. Debit and credit columns are read one by one, by [`in_column`].
pub(super) fn of<'g>(grid: &'g Grid<'_>, from: &'g From) -> Vec<Cell<'g>> {
    let records = grid.records.iter();
    match from {
        From::Column(col) => in_column(grid.sheet, &grid.records, *col),
        From::Row(row) => records.map(|at| one(grid.sheet, *row, at.col)).collect(),
        From::Own => records.map(|at| one(grid.sheet, at.row, at.col)).collect(),
        From::Cell(row, col) => vec![one(grid.sheet, *row, *col); grid.records.len()],
        From::Constant(words) => vec![Cell::Words(words); grid.records.len()],
        From::Derived { texts, .. } => {
            let cell = |index: usize| texts.get(index).and_then(Option::as_deref).map_or(Cell::Empty, Cell::Words);
            (0..grid.records.len()).map(cell).collect()
        }
        From::DebitCredit { debit, .. } => in_column(grid.sheet, &grid.records, *debit),
    }
}

/// The cells of one column: a walk down both lists where the records are in order, as they are in tables.
pub(super) fn in_column<'g>(sheet: &RawSheet, records: &[RecordAt], col: u32) -> Vec<Cell<'g>> {
    let Some(column) = sheet.column(col) else { return vec![Cell::Empty; records.len()] };
    let mut at = 0;
    records.iter().map(|record| walk(column, record.row, &mut at)).collect()
}

fn walk<'g>(column: &RawColumn, row: u32, at: &mut usize) -> Cell<'g> {
    while column.rows.get(*at).is_some_and(|here| *here < row) {
        *at += 1;
    }
    if column.rows.get(*at) == Some(&row) {
        return Cell::of(column.values[*at], column.styles[*at]);
    }
    // The record lies above the one before it: the walk starts again from where it lies.
    if *at > 0 && column.rows[*at - 1] > row {
        *at = column.rows.partition_point(|here| *here < row);
        if column.rows.get(*at) == Some(&row) {
            return Cell::of(column.values[*at], column.styles[*at]);
        }
    }
    Cell::Empty
}

fn one<'g>(sheet: &RawSheet, row: u32, col: u32) -> Cell<'g> {
    let found = sheet.column(col).and_then(|column| column.position(row).map(|at| (column.values[at], column.styles[at])));
    found.map_or(Cell::Empty, |(value, style)| Cell::of(value, style))
}

/// Where the cells of a binding are, for the origins of the table.
pub(super) const fn place(from: &From) -> FieldPlace {
    match from {
        From::Column(col) | From::Derived { col, .. } | From::DebitCredit { debit: col, .. } => FieldPlace::Column(*col),
        From::Row(row) => FieldPlace::Row(*row),
        From::Own => FieldPlace::Own,
        From::Cell(row, col) => FieldPlace::Cell(*row, *col),
        From::Constant(_) => FieldPlace::Constant,
    }
}

/// The style behind an index.
pub(super) fn style(sheet: &RawSheet, index: u16) -> &Style {
    sheet.styles.get(usize::from(index)).unwrap_or(&sheet.styles[0])
}

/// A cell as a person sees it, near enough to be found again: dates as 2026-10-31, percentages with their sign.
pub(super) fn shown(sheet: &RawSheet, cell: Cell<'_>) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Number(number, index) => shown_value(number, style(sheet, index), sheet.date_1904),
        Cell::Text(index) => sheet.text(index).to_string(),
        Cell::Bool(yes) => if yes { "TRUE" } else { "FALSE" }.to_string(),
        Cell::Error(error) => error.text().to_string(),
        Cell::NeverCalculated => "(never calculated)".to_string(),
        Cell::Words(words) => words.to_string(),
    }
}

/// A cell of the sheet as a person sees it; empty where there is none.
pub(super) fn shown_at(sheet: &RawSheet, row: u32, col: u32) -> String {
    shown(sheet, one(sheet, row, col))
}

/// A number as its cell shows it.
pub(super) fn shown_value(number: f64, style: &Style, date_1904: bool) -> String {
    match style.class {
        FormatClass::Percent => format!("{}%", plain(number * 100.0)),
        FormatClass::Date => shown_date(number, date_1904).unwrap_or_else(|| plain(number)),
        _ => padded(number, &style.code).unwrap_or_else(|| plain(number)),
    }
}

/// The number with zeros in front, where its format is made of zeros: `00101`.
pub(super) fn padded(number: f64, code: &str) -> Option<String> {
    let zeros = code.len() > 1 && code.bytes().all(|byte| byte == b'0');
    (zeros && number >= 0.0 && number.fract() == 0.0 && number < 1e15).then(|| format!("{number:0>width$.0}", width = code.len()))
}

/// A number without trailing zeros, to the 15 digits that Excel keeps.
pub(super) fn plain(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return format!("{number:.0}");
    }
    crate::base::number::from_excel(number).map_or_else(|| format!("{number:e}"), |decimal| decimal.to_string())
}

fn shown_date(serial: f64, date_1904: bool) -> Option<String> {
    let days = super::date::serial_days(serial, date_1904)?;
    let minutes = super::date::serial_minutes(serial);
    let day = day_from_epoch(days);
    Some(if minutes == 0 { day.to_string() } else { format!("{day} {:02}:{:02}", minutes / 60, minutes % 60) })
}
