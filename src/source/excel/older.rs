//! xls, xlsb and ods to raw sheets. Runs in the helper only: calamine's readers of these formats may crash, or take any
//! amount of memory, on a damaged file.

use super::cells::error_of;
use super::dates;
use super::shared::is_too_long;
use super::workbook::named_range;
use crate::base::origin::SheetName;
use crate::source::intern::Texts;
use crate::source::kind::Kind;
use crate::source::limits::{GRID_COLS, GRID_ROWS, Limits};
use crate::source::raw::{CellError, FormatClass, FormulaCell, RawColumn, RawSheet, Style, Value, Visibility};
use crate::source::wire::Answer;
use calamine::{Data, DataRef, ExcelDateTime, Ods, OdsError, Reader, Sheet, SheetType, SheetVisible, Xls, XlsError, Xlsb};
use std::collections::{BTreeMap, HashSet};
use std::io::Cursor;
use std::sync::Arc;

type Bytes<'a> = Cursor<&'a [u8]>;

/// Reads a workbook of one of these formats.
pub fn read(bytes: &[u8], kind: Kind, limits: &Limits) -> Answer {
    let source = Cursor::new(bytes);
    match kind {
        Kind::Old => match Xls::new(source) {
            Ok(mut book) => {
                let date_1904 = book.has_1904_epoch();
                all_sheets(&mut book, date_1904, limits, dense)
            }
            Err(XlsError::Password) => Answer { password: true, ..Answer::default() },
            Err(fault) => refused(&fault),
        },
        Kind::Binary => match Xlsb::new(source) {
            Ok(mut book) => {
                let date_1904 = book.has_1904_epoch();
                all_sheets(&mut book, date_1904, limits, streamed)
            }
            Err(fault) => refused(&fault),
        },
        Kind::OpenDocument => match Ods::new(source) {
            Ok(mut book) => all_sheets(&mut book, false, limits, dense),
            Err(OdsError::Password) => Answer { password: true, ..Answer::default() },
            Err(fault) => refused(&fault),
        },
        _ => refused(&"not a format that the helper reads"),
    }
}

fn refused(fault: &dyn std::fmt::Display) -> Answer {
    Answer { refused: fault.to_string(), ..Answer::default() }
}

fn all_sheets<'a, R: Reader<Bytes<'a>>>(
    book: &mut R,
    date_1904: bool,
    limits: &Limits,
    fill: impl Fn(&mut R, &mut Builder<'_>, &str) -> Result<(), String>,
) -> Answer {
    let mut answer = Answer::default();
    let names = book.defined_names().to_vec();
    let listed = book.sheets_metadata().to_vec();
    if listed.len() > limits.sheets {
        return refused(&format!("{} sheets; at most {} (sheets)", listed.len(), limits.sheets));
    }
    for (position, entry) in (0u32..).zip(listed) {
        if entry.typ != SheetType::WorkSheet {
            continue;
        }
        let mut builder = Builder::new(&entry, position, date_1904, limits);
        match fill(book, &mut builder, &entry.name) {
            Ok(()) => {
                let mut sheet = builder.finish();
                sheet.named_ranges = names.iter().filter_map(|(name, text)| named_range(name, text, &entry.name)).collect();
                answer.sheets.push(sheet);
            }
            Err(reason) => answer.failed.push((entry.name, reason)),
        }
    }
    answer
}

/// By way of calamine's dense range: these formats bound it, and the helper's memory is bounded.
fn dense<'a, R: Reader<Bytes<'a>>>(book: &mut R, builder: &mut Builder<'_>, name: &str) -> Result<(), String>
where
    R::Error: std::fmt::Display,
{
    let words = |fault: R::Error| fault.to_string();
    if let Ok(formulas) = book.worksheet_formula(name) {
        let start = formulas.start().unwrap_or((0, 0));
        for (row, col, text) in formulas.used_cells() {
            builder.formula(offset(start.0, row), offset(start.1, col), text);
        }
    }
    let range = book.worksheet_range(name).map_err(words)?;
    let start = range.start().unwrap_or((0, 0));
    for (row, col, value) in range.used_cells() {
        builder.data(offset(start.0, row), offset(start.1, col), value)?;
    }
    Ok(())
}

fn offset(start: u32, step: usize) -> u32 {
    u32::try_from(step).map_or(u32::MAX, |step| start.saturating_add(step))
}

/// Cell by cell: an xlsb may hold two cells at opposite corners of the grid.
fn streamed(book: &mut Xlsb<Bytes<'_>>, builder: &mut Builder<'_>, name: &str) -> Result<(), String> {
    let mut reader = book.worksheet_cells_reader(name).map_err(|fault| fault.to_string())?;
    while let Some(cell) = reader.next_formula().map_err(|fault| fault.to_string())? {
        builder.formula(cell.get_position().0, cell.get_position().1, cell.get_value());
    }
    drop(reader);
    let mut reader = book.worksheet_cells_reader(name).map_err(|fault| fault.to_string())?;
    while let Some(cell) = reader.next_cell().map_err(|fault| fault.to_string())? {
        let value = match cell.get_value() {
            DataRef::SharedString(text) => Data::String((*text).to_string()),
            other => Data::from(other.clone()),
        };
        builder.data(cell.get_position().0, cell.get_position().1, &value)?;
    }
    Ok(())
}

const DATE: u16 = 1;
const TIME: u16 = 2;

struct Builder<'a> {
    sheet: RawSheet,
    limits: &'a Limits,
    columns: BTreeMap<u32, RawColumn>,
    texts: Texts,
    formula_cells: HashSet<(u32, u32)>,
    valued: HashSet<(u32, u32)>,
    cells: usize,
}

impl<'a> Builder<'a> {
    fn new(entry: &Sheet, position: u32, date_1904: bool, limits: &'a Limits) -> Self {
        let mut sheet = RawSheet::empty(SheetName::new(String::new(), entry.name.clone()));
        sheet.position = position;
        sheet.date_1904 = date_1904;
        sheet.visibility = match entry.visible {
            SheetVisible::Visible => Visibility::Visible,
            SheetVisible::Hidden => Visibility::Hidden,
            SheetVisible::VeryHidden => Visibility::VeryHidden,
        };
        let style = |code: &str, class| Style { code: code.to_string(), class, ..Style::general() };
        sheet.styles.push(style("yyyy-mm-dd", FormatClass::Date));
        sheet.styles.push(style("[h]:mm:ss", FormatClass::Time));
        let (columns, texts) = (BTreeMap::new(), Texts::default());
        Self { sheet, limits, columns, texts, formula_cells: HashSet::new(), valued: HashSet::new(), cells: 0 }
    }

    fn formula(&mut self, row: u32, col: u32, text: &str) {
        if !text.is_empty() && self.formula_cells.insert((row, col)) {
            self.sheet.formulas.push(FormulaCell { row, col, text: Arc::from(text.trim_start_matches('=')) });
        }
    }

    fn data(&mut self, row: u32, col: u32, value: &Data) -> Result<(), String> {
        if row >= GRID_ROWS || col >= GRID_COLS {
            return Err(format!("a cell in row {}, column {}, outside the worksheet", u64::from(row) + 1, u64::from(col) + 1));
        }
        if self.columns.get(&col).and_then(|column| column.rows.last()).is_some_and(|last| *last >= row) {
            return Err(format!("cells out of order at row {}", u64::from(row) + 1));
        }
        #[expect(clippy::cast_precision_loss, reason = "whole numbers of these formats have 30 bits")]
        match value {
            Data::Int(number) => self.number(row, col, *number as f64, 0),
            Data::Float(number) => self.number(row, col, *number, 0),
            Data::DateTime(serial) => self.number(row, col, serial.as_f64(), style_of(*serial)),
            Data::String(text) => self.text(row, col, text),
            Data::Bool(truth) => self.push(row, col, Value::Bool(*truth), 0),
            Data::Error(error) => self.push(row, col, Value::Error(error_of(error)), 0),
            Data::DateTimeIso(text) => match dates::serial(text, self.sheet.date_1904) {
                Some(serial) => self.number(row, col, serial, if text.contains('-') { DATE } else { TIME }),
                None => self.text(row, col, text),
            },
            Data::DurationIso(text) => match dates::duration(text) {
                Some(days) => self.number(row, col, days, TIME),
                None => self.text(row, col, text),
            },
            Data::Empty => {}
        }
        if self.cells > self.limits.cells { Err(format!("more than {} cells (cells)", self.limits.cells)) } else { Ok(()) }
    }

    fn number(&mut self, row: u32, col: u32, number: f64, style: u16) {
        let value = if number.is_finite() { Value::Number(number) } else { Value::Error(CellError::Num) };
        self.push(row, col, value, style);
    }

    fn text(&mut self, row: u32, col: u32, text: &str) {
        if is_too_long(text, self.limits) {
            return self.push(row, col, Value::Error(CellError::Other), 0);
        }
        if let Some(error) = error_named(text).filter(|_| self.formula_cells.contains(&(row, col))) {
            return self.push(row, col, Value::Error(error), 0);
        }
        let number = self.texts.number(text);
        self.push(row, col, Value::Text(number), 0);
    }

    fn push(&mut self, row: u32, col: u32, value: Value, style: u16) {
        if self.formula_cells.contains(&(row, col)) {
            self.valued.insert((row, col));
        }
        let column = self.columns.entry(col).or_default();
        column.rows.push(row);
        column.values.push(value);
        column.styles.push(style);
        self.cells += 1;
    }

    /// Formulas without a value were never calculated; they take their places among the cells.
    fn finish(mut self) -> RawSheet {
        for (row, col) in self.formula_cells.difference(&self.valued) {
            let column = self.columns.entry(*col).or_default();
            if let Err(place) = column.rows.binary_search(row) {
                column.rows.insert(place, *row);
                column.values.insert(place, Value::NeverCalculated);
                column.styles.insert(place, 0);
            }
        }
        self.sheet.formulas.sort_by_key(|formula| (formula.row, formula.col));
        self.sheet.texts = self.texts.list;
        self.sheet.columns = self.columns.into_iter().collect();
        self.sheet
    }
}

/// OpenDocument stores the error of a formula as its text; LibreOffice has errors of its own, such as `Err:502`.
fn error_named(text: &str) -> Option<CellError> {
    use CellError::{Div0, Name, NotAvailable, Null, Num, Other, Ref, Value};
    let known = [Div0, NotAvailable, Name, Null, Num, Ref, Value].into_iter().find(|error| error.text() == text);
    known.or_else(|| text.starts_with("Err:").then_some(Other))
}

fn style_of(serial: ExcelDateTime) -> u16 {
    if serial.is_duration() || (0.0..1.0).contains(&serial.as_f64()) { TIME } else { DATE }
}
