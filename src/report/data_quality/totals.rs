//! Control totals: rows and money that came in, and where they went.

use crate::report::book::{Band, Block, Cell, Column, Kind, Mark, Sheet, Table, Total, Value, this_row};
use crate::table::tables::{ControlTotal, MoneyTotal};

/// The sheet.
#[must_use]
pub fn sheet(totals: &[ControlTotal]) -> Sheet {
    Sheet::page("Control totals", "Control totals")
        .subtitle("What came in and where it went; a residual that is not zero is a fault of the program")
        .about("Rows and money of every sheet: seen, accepted, held back, and nothing lost.")
        .band(Band::headed("Rows", vec![Block::Table(rows(totals))]))
        .band(Band::headed("Money, in major units of its currency", vec![Block::Table(money(totals))]))
}

fn label() -> Column {
    Column::text("File").wide(30).total(Total::Label("Total".to_string()))
}

/// Rows seen, by where they went.
#[must_use]
pub fn rows(totals: &[ControlTotal]) -> Table {
    const NAME: &str = "tbl_control_rows";
    let parts = ["Accepted", "Held back", "Blank", "Total rows", "Declared no data"];
    let explained: Vec<String> = parts.iter().map(|part| this_row(NAME, part)).collect();
    let mut columns = vec![
        label(),
        Column::text("Sheet").wide(24),
        Column::text("Table").wide(24),
        Column::new("Rows seen", Kind::Integer).sum(),
    ];
    columns.extend(parts.iter().map(|part| Column::new(part, Kind::Integer).sum()));
    let residual = format!("{}-{}", this_row(NAME, "Rows seen"), explained.join("-"));
    columns.push(Column::new("Residual", Kind::Integer).formula(residual).sum().mark(Mark::Variance { more_is_good: false }));
    let whole = |number: u64| Cell::new(Value::Integer(i64::try_from(number).unwrap_or(i64::MAX)));
    let lines = totals.iter().map(|total| {
        let mut line = vec![Cell::text(&total.sheet.file), Cell::text(&total.sheet.sheet), Cell::text(&total.table)];
        let counts = [total.rows_seen, total.accepted, total.quarantined, total.blank, total.totals, total.declared];
        line.extend(counts.map(whole));
        line.push(Cell::new(Value::Integer(i64::try_from(total.residual()).unwrap_or(i64::MAX))));
        line
    });
    Table::new(NAME, columns).when_empty("No table was read.").rows(lines.collect())
}

/// Money seen, by where it went, in each currency.
#[must_use]
pub fn money(totals: &[ControlTotal]) -> Table {
    const NAME: &str = "tbl_control_money";
    let residual = format!("ROUND({}-{}-{},4)", this_row(NAME, "Seen"), this_row(NAME, "Accepted"), this_row(NAME, "Held back"));
    let columns = vec![
        Column::text("File").wide(30),
        Column::text("Sheet").wide(24),
        Column::text("Table").wide(24),
        Column::text("Currency"),
        Column::new("Seen", Kind::Number(2)),
        Column::new("Accepted", Kind::Number(2)),
        Column::new("Held back", Kind::Number(2)),
        Column::new("Residual", Kind::Number(2)).formula(residual).mark(Mark::Variance { more_is_good: false }),
    ];
    let lines = totals.iter().flat_map(|total| total.money.iter().map(move |money| line(total, money)));
    Table::new(NAME, columns).when_empty("No table with amounts was read.").rows(lines.collect())
}

fn line(total: &ControlTotal, money: &MoneyTotal) -> Vec<Cell> {
    let currency = if money.currency.is_empty() { "(none given)" } else { &money.currency };
    let residual = money.seen - money.accepted - money.quarantined;
    let amount = |amount| Cell::new(Value::Money(amount));
    vec![
        Cell::text(&total.sheet.file),
        Cell::text(&total.sheet.sheet),
        Cell::text(&total.table),
        Cell::text(currency),
        amount(money.seen),
        amount(money.accepted),
        amount(money.quarantined),
        amount(residual.round_dp(4)),
    ]
}
