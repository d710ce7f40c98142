//! Control totals: every row and every amount that came in, and where it went.

use crate::report::book::{Band, Cell, Column, Kind, Mark, Sheet, Table, Tone, Total, Value, column_of, this_row};
use crate::report::performance_dashboard::context::Context;
use crate::table::tables::{ControlTotal, MoneyTotal};
use rust_decimal::Decimal;

/// Rows by sheet and table.
const ROWS: &str = "tbl_control_rows";
/// Money by sheet, table and currency.
const MONEY: &str = "tbl_control_money";

/// The page.
#[must_use]
pub fn sheet(context: &Context<'_>) -> Sheet {
    Sheet::page("Rows and Money In", "Every row and every amount that came in, and where it went")
        .subtitle("Rows seen = accepted + held back + blank + totals + declared; money in = accepted + held back, in each source's own currency")
        .about("Control totals of rows and money: nothing disappears.")
        .band(Band::headed("Rows, by sheet and table", vec![rows(context).into()]))
        .band(Band::headed("Money, by sheet, table and currency", vec![money(context).into()]).on_new_page())
}

/// Rows of every sheet.
fn rows(context: &Context<'_>) -> Table {
    let own = |header: &str| this_row(ROWS, header);
    let parts = ["Accepted", "Held back", "Blank", "Totals", "Declared"].map(own).join("+");
    let count = |header: &str| Column::new(header, Kind::Integer).sum();
    let columns = vec![
        Column::text("File").wide(30).total(Total::Label("All".into())),
        Column::text("Sheet").wide(22),
        Column::text("Table").wide(20),
        count("Seen"),
        count("Accepted"),
        count("Held back").help("Quarantined: shown as they were in the Data Quality workbook."),
        count("Blank"),
        count("Totals").help("Total and subtotal rows: never added twice."),
        count("Declared").help("Declared to be no data in portfolio.toml."),
        count("Residual").formula(format!("{}-({parts})", own("Seen"))).mark(Mark::High { bad: 0.0, warn: 0.0 }),
        verdict(&format!("IF({}=0,\"ok\",\"fault\")", own("Residual"))),
    ];
    let rows = context.input.tables.control_totals.iter().map(row_cells).collect();
    Table::new(ROWS, columns).keys(3).rows(rows).when_empty("No sheet was read as a table.")
}

fn verdict(formula: &str) -> Column {
    let words = vec![("ok".to_string(), Tone::Good), ("fault".to_string(), Tone::Bad)];
    Column::text("Check").formula(formula).mark(Mark::Words(words))
}

fn row_cells(total: &ControlTotal) -> Vec<Cell> {
    let count = |count: u64| Cell::new(Value::Integer(i64::try_from(count).unwrap_or(i64::MAX)));
    let residual = i64::try_from(total.residual()).unwrap_or(i64::MAX);
    vec![
        place(total),
        Cell::text(&total.sheet.sheet),
        Cell::text(&total.table),
        count(total.rows_seen),
        count(total.accepted),
        count(total.quarantined),
        count(total.blank),
        count(total.totals),
        count(total.declared),
        Value::Integer(residual).into(),
        Cell::text(if residual == 0 { "ok" } else { "fault" }),
    ]
}

fn place(total: &ControlTotal) -> Cell {
    Cell::text(&total.sheet.file).from_source(&crate::base::origin::Origin::sheet(&total.sheet))
}

/// Money of every sheet that holds any.
fn money(context: &Context<'_>) -> Table {
    let own = |header: &str| this_row(MONEY, header);
    let (seen, accepted, held) = (own("Money in"), own("Accepted"), own("Held back"));
    let amount = |header: &str| Column::new(header, Kind::Number(2));
    let columns = vec![
        Column::text("File").wide(30),
        Column::text("Sheet").wide(22),
        Column::text("Table").wide(20),
        Column::text("Currency").help("Empty: neither cell nor source names one; the initiative's own then governs."),
        amount("Money in"),
        amount("Accepted"),
        amount("Held back"),
        amount("Residual").formula(format!("ROUND({seen}-{accepted}-{held},4)")),
        verdict(&format!("IF({}=0,\"ok\",\"fault\")", own("Residual"))),
    ];
    let totals = &context.input.tables.control_totals;
    let rows = totals.iter().flat_map(|total| total.money.iter().map(move |money| money_cells(total, money))).collect();
    Table::new(MONEY, columns).keys(4).rows(rows).when_empty("No table with money was read.")
}

fn money_cells(total: &ControlTotal, money: &MoneyTotal) -> Vec<Cell> {
    let amount = |amount: Decimal| Cell::new(Value::Money(amount));
    let residual = money.seen - money.accepted - money.quarantined;
    vec![
        place(total),
        Cell::text(&total.sheet.sheet),
        Cell::text(&total.table),
        Cell::text(&money.currency),
        amount(money.seen),
        amount(money.accepted),
        amount(money.quarantined),
        amount(residual),
        Cell::text(if residual.is_zero() { "ok" } else { "fault" }),
    ]
}

/// The formula of a verdict over the checks of this page, for the About page.
#[must_use]
pub fn verdict_formula() -> String {
    let (rows, money) = (column_of(ROWS, "Check"), column_of(MONEY, "Check"));
    format!("IF(COUNTIF({rows},\"fault\")+COUNTIF({money},\"fault\")=0,\"ok\",\"fault\")")
}
