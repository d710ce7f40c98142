//! The example row of a blank template, left in place: set aside, and said so.

use super::cells::text_of;
use super::codes;
use crate::base::finding::Findings;
use crate::base::origin::Origin;
use crate::table::grid::{Binding, From, Grid, RecordAt};

/// Examples that a row must repeat before it counts as the template's own.
const ENOUGH_ALIKE: usize = 2;

/// Sets aside the first row where every cell of it repeats the contract's example; in a crosstab, all its records.
pub fn set_aside(grid: &mut Grid<'_>, findings: &mut Findings) {
    let Some(row) = grid.records.first().map(|at| at.row) else { return };
    let count = grid.records.iter().take_while(|at| at.row == row).count();
    if !is_example(grid, &grid.records[..count]) {
        return;
    }
    grid.set_aside.declared.extend(grid.records.drain(..count).map(|at| at.row));
    findings.push(
        codes::EXAMPLE_ROW
            .at(Origin::row(&grid.sheet.name, row))
            .field(grid.contract.name.clone(), "")
            .found("the template's example")
            .expected("your own data")
            .hint("Delete the row when it has served."),
    );
}

fn is_example(grid: &Grid<'_>, row: &[RecordAt]) -> bool {
    let cells = |binding: &Binding| -> Vec<(u32, u32)> {
        match binding.from {
            From::Column(col) => row.first().map(|at| (at.row, col)).into_iter().collect(),
            From::Own => row.iter().map(|at| (at.row, at.col)).collect(),
            _ => Vec::new(),
        }
    };
    let of_binding = |binding: &Binding| -> Vec<bool> {
        let example = grid.contract.fields[binding.field].example.as_ref();
        let texts = cells(binding).into_iter().filter_map(|(row, col)| text_of(grid.sheet, row, col));
        texts.map(|text| same(&text, example)).collect()
    };
    let given: Vec<bool> = grid.bindings.iter().flat_map(of_binding).collect();
    given.len() >= ENOUGH_ALIKE && given.iter().all(|alike| *alike)
}

/// True where a cell shows the example, however its number is formatted.
fn same(text: &str, example: &str) -> bool {
    let squeezed =
        |text: &str| text.chars().filter(|letter| !letter.is_whitespace() && *letter != ',').collect::<String>().to_lowercase();
    let (a, b) = (squeezed(text), squeezed(example));
    a == b || number(&a).is_some_and(|value| number(&b) == Some(value))
}

fn number(text: &str) -> Option<rust_decimal::Decimal> {
    let percent = text.strip_suffix('%');
    let value: rust_decimal::Decimal = percent.unwrap_or(text).parse().ok()?;
    Some(if percent.is_some() { (value / rust_decimal::Decimal::ONE_HUNDRED).normalize() } else { value.normalize() })
}
