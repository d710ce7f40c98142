//! Merged cells inside a table: one value, in the first row of several.

use super::cells::Cell;
use super::codes;
use super::column::{Noted, quoted};
use crate::table::contract::{Field, Kind};
use crate::table::grid::Grid;

/// Gives every row of a merged cell its words or code. Amounts, numbers, dates and keys stay in the first row alone: an
/// amount over three rows is one amount.
pub(super) fn fill(grid: &Grid<'_>, field: &Field, col: u32, cells: &mut [Cell<'_>]) -> Vec<Noted> {
    let is_word = matches!(
        field.kind,
        Kind::Reference(_) | Kind::References(_) | Kind::Text | Kind::Choice(_) | Kind::Currency | Kind::Period
    );
    let covers = |rect: &&crate::source::raw::Rect| rect.bottom > rect.top && (rect.left..=rect.right).contains(&col);
    let mut out = Vec::new();
    if !grid.records.is_sorted_by_key(|at| at.row) {
        return out;
    }
    for rect in grid.sheet.merged.iter().filter(covers) {
        let first = grid.records.partition_point(|at| at.row < rect.top);
        let end = grid.records.partition_point(|at| at.row <= rect.bottom);
        let value = if end > first + 1 { cells[first] } else { Cell::Empty };
        if value == Cell::Empty {
            continue;
        }
        for cell in cells[first..end].iter_mut().filter(|cell| is_word && **cell == Cell::Empty) {
            *cell = value;
        }
        let expected = if is_word {
            "one value a row; it was taken for every row"
        } else {
            "one value a row; it was taken for the first row only"
        };
        let records = u32::try_from(first).into_iter().collect();
        let hint = "Unmerge the cells and fill in every row.".into();
        out.push(Noted { code: codes::MERGED, found: quoted(grid.sheet, value), expected: expected.to_string(), hint, records });
    }
    out
}
