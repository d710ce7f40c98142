//! The example row of a blank template, left in place: set aside, and said so.

use super::cells::text_of;
use super::codes;
use crate::base::finding::Findings;
use crate::base::origin::Origin;
use crate::table::grid::{From, Grid, RecordAt};

/// Examples that a row must repeat before it counts as the template's own.
const ENOUGH_ALIKE: usize = 2;

/// Sets aside the first record where every cell of it repeats the contract's example.
pub fn set_aside(grid: &mut Grid<'_>, findings: &mut Findings) {
    let Some(&first) = grid.records.first() else { return };
    if !is_example(grid, first) {
        return;
    }
    grid.records.remove(0);
    grid.set_aside.declared.push(first.row);
    findings.push(
        codes::EXAMPLE_ROW
            .at(Origin::row(&grid.sheet.name, first.row))
            .field(grid.contract.name.clone(), "")
            .found("the template's example")
            .expected("your own data")
            .hint("Delete the row when it has served."),
    );
}

fn is_example(grid: &Grid<'_>, at: RecordAt) -> bool {
    let columns = grid.bindings.iter().filter_map(|binding| match binding.from {
        From::Column(col) => Some((col, grid.contract.fields[binding.field].example.as_ref())),
        _ => None,
    });
    let given: Vec<bool> = columns.filter_map(|(col, example)| Some(same(&text_of(grid.sheet, at.row, col)?, example))).collect();
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
