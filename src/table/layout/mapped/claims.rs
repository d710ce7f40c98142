//! No cell is read twice as the same field.

use crate::base::finding::Findings;
use crate::base::origin::Origin;
use crate::table::grid::{From, Grid, RecordAt};
use crate::table::mapping::codes;
use std::collections::BTreeSet;

/// Drops every grid that reads cells which a grid before it reads as the same field of the same table, and says so.
pub fn settle(grids: &mut Vec<(usize, Grid<'_>)>, findings: &mut Findings) {
    let mut kept: Vec<(usize, Grid<'_>)> = Vec::new();
    for (sheet, grid) in grids.drain(..) {
        let clash = kept.iter().filter(|(other, _)| *other == sheet).find_map(|(_, before)| overlap(before, &grid));
        match clash {
            Some((row, field)) => findings.push(
                codes::CLAIMED_TWICE
                    .at(Origin::row(&grid.sheet.name, row))
                    .field(grid.contract.name.clone(), grid.contract.fields[field].header.clone())
                    .found("two mappings for these cells")
                    .expected("one")
                    .hint("Delete one of the two tables in the mapping, or keep their rows apart with `where`, `first_row` or `last_row`."),
            ),
            None => kept.push((sheet, grid)),
        }
    }
    *grids = kept;
}

/// A row and field that both grids read from the same cells.
fn overlap(a: &Grid<'_>, b: &Grid<'_>) -> Option<(u32, usize)> {
    if a.contract.name != b.contract.name {
        return None;
    }
    let field =
        a.bindings.iter().find_map(|one| b.bindings.iter().find(|other| same_cells(one, other)).map(|other| other.field))?;
    let anchors: BTreeSet<(u32, u32)> = a.records.iter().map(|at| (at.row, at.col)).collect();
    let both = b.records.iter().find(|RecordAt { row, col }| anchors.contains(&(*row, *col)))?;
    Some((both.row, field))
}

fn same_cells(one: &crate::table::grid::Binding, other: &crate::table::grid::Binding) -> bool {
    one.field == other.field
        && match (&one.from, &other.from) {
            (From::Column(a), From::Column(b)) | (From::Row(a), From::Row(b)) => a == b,
            (From::Cell(row, col), From::Cell(other_row, other_col)) => (row, col) == (other_row, other_col),
            (From::Own, From::Own) => true,
            _ => false,
        }
}
