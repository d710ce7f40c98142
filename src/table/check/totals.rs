//! Total rows inside the data: found, set aside, and compared with the rows they cover, as control totals.
//!
//! A row is a total when it says so (`Total`, `Sum`) and also lacks a required field, sums by a formula, or adds up; when
//! it sums by a formula and lacks a required field; or when it lacks every required field but the amount and equals the
//! rows above it. A row that only carries the word, such as an initiative called Total rewards, stays data.

use super::cells::{self, Cell};
use super::codes;
use super::number;
use super::region::Region;
use crate::base::finding::Finding;
use crate::base::number::from_excel;
use crate::base::origin::{Origin, column_name};
use crate::table::contract::Kind;
use crate::table::grid::{From, Grid, RecordAt};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// Differences up to this are rounding of what is shown.
const ROUNDING: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

/// A total row and what it should be compared with.
pub(super) struct TotalRow {
    row: u32,
    /// True where it was found here, false where the layout had set it aside already.
    found_here: bool,
    /// For each amount column: field, column, what the row says, and the sums that it may stand for.
    amounts: Vec<Compared>,
}

struct Compared {
    field: usize,
    col: u32,
    says: Decimal,
    /// The rows since the last total; all rows before it; all rows.
    sums: [Decimal; 3],
}

/// Takes total rows out of the records and into the rows set aside.
pub(super) fn set_aside(grid: &mut Grid<'_>) -> Vec<TotalRow> {
    let amounts: Vec<(usize, u32)> = amount_columns(grid);
    let in_table =
        grid.records.is_sorted_by_key(|at| at.row) && grid.bindings.iter().any(|binding| matches!(binding.from, From::Column(_)));
    let in_table = in_table && !grid.bindings.iter().any(|binding| matches!(binding.from, From::Own));
    if !in_table {
        return Vec::new();
    }
    let found = find(grid, &amounts);
    if found.is_empty() && grid.set_aside.totals.is_empty() {
        return Vec::new();
    }
    let rows: Vec<u32> = found.iter().map(|record| grid.records[*record].row).collect();
    grid.set_aside.totals.extend(&rows);
    grid.set_aside.totals.sort_unstable();
    grid.set_aside.totals.dedup();
    let mut position = 0;
    grid.records.retain(|_| {
        position += 1;
        !found.contains(&(position - 1))
    });
    total_rows(grid, &rows, &amounts)
}

fn amount_columns(grid: &Grid<'_>) -> Vec<(usize, u32)> {
    let is_amount = |field: usize| {
        grid.contract.fields.get(field).is_some_and(|field| matches!(field.kind, Kind::Money | Kind::LedgerAmount))
    };
    let column = |binding: &crate::table::grid::Binding| match binding.from {
        From::Column(col) if is_amount(binding.field) => Some((binding.field, col)),
        _ => None,
    };
    grid.bindings.iter().filter_map(column).collect()
}

/// Positions of the records that are totals.
fn find(grid: &Grid<'_>, amounts: &[(usize, u32)]) -> BTreeSet<usize> {
    let said = said(grid);
    let summed = summed(grid);
    let mut lacking = BTreeSet::new();
    let mut bare: Option<BTreeSet<usize>> = None;
    let required = |binding: &&crate::table::grid::Binding| {
        let field = grid.contract.fields.get(binding.field);
        field.is_some_and(|field| field.required && !matches!(field.kind, Kind::Money | Kind::LedgerAmount))
    };
    for binding in grid.bindings.iter().filter(required) {
        if let From::Column(col) = binding.from {
            let cells = cells::in_column(grid.sheet, &grid.records, col);
            let empty: BTreeSet<usize> = (0..cells.len()).filter(|at| cells[*at] == Cell::Empty).collect();
            bare = Some(bare.map_or_else(|| empty.clone(), |bare| &bare & &empty));
            lacking.extend(empty);
        }
    }
    let candidates: BTreeSet<usize> = said.iter().chain(&summed).chain(&lacking).copied().collect();
    if candidates.is_empty() {
        return candidates;
    }
    let bare = bare.unwrap_or_default();
    let adding = adding_up(grid, amounts.first().copied(), &candidates);
    let is_total = |at: &usize| {
        let (said, summed, lacking, adds) = (said.contains(at), summed.contains(at), lacking.contains(at), adding.contains(at));
        (said && (summed || lacking || adds)) || (summed && lacking) || (bare.contains(at) && adds)
    };
    let found: BTreeSet<usize> = candidates.into_iter().filter(is_total).collect();
    // Where a third of the rows would be totals, the guess is wrong.
    if found.len() * 3 > grid.records.len().max(3) { BTreeSet::new() } else { found }
}

/// Records with a cell that says total.
fn said(grid: &Grid<'_>) -> BTreeSet<usize> {
    let saying: Vec<bool> = grid.sheet.texts.iter().map(|text| says_total(text)).collect();
    let mut out = BTreeSet::new();
    if !saying.contains(&true) {
        return out;
    }
    for (_, column) in &grid.sheet.columns {
        for (row, value) in column.rows.iter().zip(&column.values) {
            if let crate::source::raw::Value::Text(index) = value
                && saying.get(*index as usize) == Some(&true)
            {
                out.extend(record_of(grid, *row));
            }
        }
    }
    out
}

fn record_of(grid: &Grid<'_>, row: u32) -> Option<usize> {
    grid.records.binary_search_by_key(&row, |at: &RecordAt| at.row).ok()
}

fn says_total(text: &str) -> bool {
    const LONGEST: usize = 80;
    if text.len() > LONGEST {
        return false;
    }
    let bytes = text.as_bytes();
    let maybe = bytes.windows(3).any(|part| part.eq_ignore_ascii_case(b"tot") || part.eq_ignore_ascii_case(b"sum"));
    if !maybe {
        return false;
    }
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.any(|word| matches!(word, "total" | "totals" | "subtotal" | "subtotals" | "sum" | "sums"))
}

/// Records with a formula that adds up cells above it.
fn summed(grid: &Grid<'_>) -> BTreeSet<usize> {
    let adds_above = |formula: &&crate::source::raw::FormulaCell| {
        let text = formula.text.to_ascii_uppercase();
        let own = column_name(formula.col);
        let clean: String = text.chars().filter(|c| *c != '$').collect();
        let range = |part: &str| {
            part.trim_start().starts_with(&own) && part.trim_start()[own.len()..].starts_with(|c: char| c.is_ascii_digit())
        };
        let vertical = clean.split(['(', ',', ';']).any(|part| part.contains(':') && part.split(':').take(2).all(range));
        clean.starts_with("SUBTOTAL(") || (clean.starts_with("SUM(") && vertical)
    };
    grid.sheet.formulas.iter().filter(adds_above).filter_map(|formula| record_of(grid, formula.row)).collect()
}

fn amount(grid: &Grid<'_>, cell: Cell<'_>) -> Option<Decimal> {
    match cell {
        Cell::Number(number, _) => from_excel(number),
        Cell::Text(index) => {
            number::read(grid.sheet.text(index), grid.reading.decimal_comma.unwrap_or(false)).map(|written| written.value)
        }
        _ => None,
    }
}

/// Candidates whose amount equals the rows since the last candidate that did, or all rows above.
fn adding_up(grid: &Grid<'_>, amounts: Option<(usize, u32)>, candidates: &BTreeSet<usize>) -> BTreeSet<usize> {
    let mut out = BTreeSet::new();
    let Some((_, col)) = amounts else { return out };
    let cells = cells::in_column(grid.sheet, &grid.records, col);
    let (mut since, mut all, mut rows) = (Decimal::ZERO, Decimal::ZERO, 0usize);
    for (at, cell) in cells.into_iter().enumerate() {
        let value = amount(grid, cell).unwrap_or_default();
        let adds = [since, all].iter().any(|sum| (value - sum).abs() <= ROUNDING);
        if candidates.contains(&at) && rows >= 2 && !value.is_zero() && adds {
            out.insert(at);
            (since, rows) = (Decimal::ZERO, 2);
        } else {
            since = since.saturating_add(value);
            all = all.saturating_add(value);
            rows += 1;
        }
    }
    out
}

/// The amounts of one column, added up from the first record down.
struct Running {
    field: usize,
    col: u32,
    rows: Vec<u32>,
    /// Before each record, and after the last.
    sums: Vec<Decimal>,
}

impl Running {
    fn of(grid: &Grid<'_>, field: usize, col: u32) -> Self {
        let mut sums = vec![Decimal::ZERO];
        let mut sum = Decimal::ZERO;
        for cell in cells::in_column(grid.sheet, &grid.records, col) {
            sum = sum.saturating_add(amount(grid, cell).unwrap_or_default());
            sums.push(sum);
        }
        Self { field, col, rows: grid.records.iter().map(|at| at.row).collect(), sums }
    }

    /// The sum of the records above a row.
    fn above(&self, row: u32) -> Decimal {
        self.sums[self.rows.partition_point(|here| *here < row)]
    }

    fn compared(&self, grid: &Grid<'_>, row: u32, last_total: Option<u32>) -> Option<Compared> {
        let other_formula = |formula: &crate::source::raw::FormulaCell| {
            formula.row == row && formula.col == self.col && !formula.text.to_ascii_uppercase().starts_with("SU")
        };
        let at = grid.sheet.formulas.partition_point(|formula| formula.row < row);
        let averages = grid.sheet.formulas[at..].iter().take_while(|formula| formula.row == row).any(other_formula);
        let here = cells::in_column(grid.sheet, &[RecordAt { row, col: 0 }], self.col);
        let says = amount(grid, *here.first()?).filter(|_| !averages)?;
        let above = self.above(row);
        let block = above.saturating_sub(last_total.map_or(Decimal::ZERO, |total| self.above(total)));
        let all = self.sums.last().copied().unwrap_or_default();
        Some(Compared { field: self.field, col: self.col, says, sums: [block, above, all] })
    }
}

fn total_rows(grid: &Grid<'_>, found: &[u32], amounts: &[(usize, u32)]) -> Vec<TotalRow> {
    let running: Vec<Running> = amounts.iter().map(|(field, col)| Running::of(grid, *field, *col)).collect();
    let mut last_total = None;
    let mut out = Vec::new();
    for &row in &grid.set_aside.totals {
        let amounts = running.iter().filter_map(|running| running.compared(grid, row, last_total)).collect();
        out.push(TotalRow { row, found_here: found.binary_search(&row).is_ok(), amounts });
        last_total = Some(row);
    }
    out
}

/// Compares total rows with the rows they cover.
pub(super) fn compare(region: &mut Region<'_>, totals: &[TotalRow]) {
    for total in totals {
        let wrong: Vec<&Compared> =
            total.amounts.iter().filter(|amount| !amount.sums.iter().any(|sum| (amount.says - sum).abs() <= ROUNDING)).collect();
        for amount in &wrong {
            let place = Origin::cell(&region.grid.sheet.name, total.row, amount.col);
            let field = region.contract().fields[amount.field].header.to_string();
            let nearest = amount.sums.iter().min_by_key(|sum| (amount.says - **sum).abs()).copied().unwrap_or_default();
            let finding = codes::TOTAL_WRONG.at(place).field(region.contract().name.to_string(), field);
            let difference = amount.says - nearest;
            let expected = format!("{}, the sum of the rows; the difference is {}", nearest.normalize(), difference.normalize());
            let hint = "Look for a row that is missing, was overwritten, or stands outside the formula.";
            region.findings.push(finding.found(format!("\"{}\"", amount.says)).expected(expected).hint(hint));
        }
        if total.found_here {
            let place = Origin::row(&region.grid.sheet.name, total.row);
            let outcome = match (total.amounts.is_empty(), wrong.is_empty()) {
                (true, _) => "a total row",
                (_, true) => "a total row that adds up",
                _ => "a total row that does not add up",
            };
            let finding = codes::TOTAL_ROW.at(place).found(outcome).hint("Nothing to do; better keep totals outside the table.");
            region.findings.push(Finding { table: region.contract().name.to_string(), ..finding });
        }
    }
}
