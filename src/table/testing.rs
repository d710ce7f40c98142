//! Sheets written as text, for tests. Columns are separated by `|`, the first line holds the headers.
//!
//! A cell reads as Excel would take it when typed: `12.5` a number, `64%` a percentage, `2026-10-31` a date, `TRUE`,
//! `#REF!`. `'12.5` is text, `@12.5` a number in a date format, `00:00101` a number with the format before the colon,
//! `=SUM(B2:B3) -> 12` a formula with its value, `=A1 -> ` one that was never calculated.

use crate::base::finding::Findings;
use crate::base::origin::SheetName;
use crate::base::period::FiscalCalendar;
use crate::source::raw::{CellError, FormatClass, FormulaCell, RawColumn, RawSheet, Style, Value};
use crate::table::check::{CheckSettings, check_grids};
use crate::table::contract::Contract;
use crate::table::contracts;
use crate::table::grid::{Binding, From, Grid, Reading, RecordAt, SetAside};
use crate::table::headers::{HeaderIndex, HeaderMatch};
use crate::table::tables::Tables;
use std::sync::Arc;

/// A sheet of a workbook `book.xlsx`.
pub fn sheet(name: &str, text: &str) -> RawSheet {
    sheet_of("book.xlsx", name, text)
}

/// A sheet of a file; csv files have sheets without a name.
pub fn sheet_of(file: &str, name: &str, text: &str) -> RawSheet {
    let mut sheet = RawSheet::empty(SheetName::new(file, name));
    for (row, line) in (0u32..).zip(text.trim_matches('\n').lines()) {
        for (col, cell) in (0u32..).zip(line.split('|')) {
            let cell = cell.trim_start_matches(' ').trim_end_matches(' ');
            put(&mut sheet, row, col, cell);
        }
    }
    sheet
}

/// Puts a cell into a sheet; cells of one column must come by ascending row.
pub fn put(sheet: &mut RawSheet, row: u32, col: u32, cell: &str) {
    let (shown, formula) = match cell.strip_prefix('=').and_then(|rest| rest.split_once("->")) {
        Some((formula, value)) => (value.trim(), Some(formula.trim())),
        None => (cell, None),
    };
    if let Some(formula) = formula {
        sheet.formulas.push(FormulaCell { row, col, text: Arc::from(formula) });
    }
    let typed = if formula.is_some() && shown.is_empty() {
        Some((Value::NeverCalculated, Style::general()))
    } else {
        typed(sheet, shown)
    };
    let Some((value, style)) = typed else { return };
    let style = style_index(sheet, style);
    if sheet.column(col).is_none() {
        let at = sheet.columns.partition_point(|(number, _)| *number < col);
        sheet.columns.insert(at, (col, RawColumn::default()));
    }
    let at = sheet.columns.partition_point(|(number, _)| *number < col);
    let column = &mut sheet.columns[at].1;
    column.rows.push(row);
    column.values.push(value);
    column.styles.push(style);
}

fn typed(sheet: &mut RawSheet, cell: &str) -> Option<(Value, Style)> {
    let styled = |class, code: &str| Style { code: code.into(), class, indent: 0, bold: false };
    if cell.is_empty() {
        return None;
    }
    if let Some(text) = cell.strip_prefix('\'') {
        return Some((text_value(sheet, text), Style::general()));
    }
    if let Some(number) = cell.strip_prefix('@').and_then(|number| number.parse().ok()) {
        return Some((Value::Number(number), styled(FormatClass::Date, "dd/mm/yyyy")));
    }
    if let Some((format, number)) = cell.split_once(':')
        && let Ok(number) = number.parse()
    {
        return Some((Value::Number(number), styled(FormatClass::Number, format)));
    }
    if let Some(number) = cell.strip_suffix('%').and_then(|number| number.parse::<f64>().ok()) {
        return Some((Value::Number(number / 100.0), styled(FormatClass::Percent, "0%")));
    }
    if let Ok(day) = cell.parse::<chrono::NaiveDate>() {
        let serial = crate::base::day::Moment::start_of(day).excel_serial() - if sheet.date_1904 { 1_462.0 } else { 0.0 };
        return Some((Value::Number(serial), styled(FormatClass::Date, "yyyy-mm-dd")));
    }
    if let Ok(number) = cell.parse::<f64>() {
        return Some((Value::Number(number), Style::general()));
    }
    Some(match cell {
        "TRUE" => (Value::Bool(true), Style::general()),
        "FALSE" => (Value::Bool(false), Style::general()),
        "#REF!" => (Value::Error(CellError::Ref), Style::general()),
        "#DIV/0!" => (Value::Error(CellError::Div0), Style::general()),
        text => (text_value(sheet, text), Style::general()),
    })
}

fn text_value(sheet: &mut RawSheet, text: &str) -> Value {
    let at = sheet.texts.iter().position(|known| known.as_ref() == text).unwrap_or_else(|| {
        sheet.texts.push(Arc::from(text));
        sheet.texts.len() - 1
    });
    Value::Text(u32::try_from(at).expect("few texts"))
}

fn style_index(sheet: &mut RawSheet, style: Style) -> u16 {
    let at = sheet.styles.iter().position(|known| *known == style).unwrap_or_else(|| {
        sheet.styles.push(style);
        sheet.styles.len() - 1
    });
    u16::try_from(at).expect("few styles")
}

/// A grid of a sheet whose first row holds the headers.
pub fn grid<'s>(contract: &Arc<Contract>, sheet: &'s RawSheet) -> Grid<'s> {
    let index = HeaderIndex::of(contract);
    let (mut bindings, mut open) = (Vec::new(), Vec::new());
    for (col, _) in &sheet.columns {
        let Some(header) = sheet.cell_text(0, *col) else { continue };
        match index.find(header) {
            HeaderMatch::Field(field) => {
                bindings.push(Binding { field, from: From::Column(*col), translate: Vec::new(), factor: 1.0 })
            }
            HeaderMatch::Open(name) => open.push((name, *col)),
            HeaderMatch::Unknown { .. } => {}
        }
    }
    let last = sheet.extent().map_or(0, |extent| extent.bottom);
    Grid {
        sheet,
        contract: Arc::clone(contract),
        owner: None,
        bindings,
        open,
        header_row: Some(0),
        records: (1..=last).map(|row| RecordAt { row, col: 0 }).collect(),
        set_aside: SetAside::default(),
        reading: Reading::default(),
    }
}

/// Settings whose fiscal year is the calendar year.
pub fn settings() -> CheckSettings {
    CheckSettings { fiscal: FiscalCalendar::default(), currency: None }
}

/// Checks a sheet written as text as one of our tables.
pub fn read(table: &str, text: &str) -> (Tables, Findings) {
    read_sheet(table, &sheet(table, text))
}

/// Checks a sheet as one of our tables.
pub fn read_sheet(table: &str, sheet: &RawSheet) -> (Tables, Findings) {
    let contract = contracts::find(table).expect("one of ours");
    check_grids(vec![grid(&contract, sheet)], &settings())
}

/// Findings as lines: code, address, message, hint.
pub fn lines(findings: &Findings) -> Vec<String> {
    let mut lines: Vec<String> = findings
        .0
        .iter()
        .map(|finding| format!("{} {} {} | {}", finding.code.id, finding.addresses(), finding.message(), finding.hint))
        .collect();
    lines.sort();
    lines
}
