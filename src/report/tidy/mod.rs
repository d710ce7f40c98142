//! Tidy results: one table a result, one column a variable, one row an observation, the same numbers as the workbooks.
//!
//! Promises: a column holds one type and says what it means; an unknown is none, never zero, with its reason in a column
//! of its own where a reader would ask; rows come in a fixed order. Writes no files.

mod checks;
mod cost;
mod earned_value;
mod ipmdar;
mod ledger_review;
mod money;
mod plan;
mod promises;
mod reconciliation;
mod registers;
mod schedule;
mod table;

pub use table::{TidyColumn, TidyTable, TidyTableBuilder, Values};

use crate::report::ReportInput;
use crate::report::headline;

/// Every tidy result of a run, in the order of their names; the last one describes the columns of all.
#[must_use]
pub fn tables(input: &ReportInput<'_>) -> Vec<TidyTable> {
    let mut tables = vec![
        promises::accountability(input),
        plan::baselines(input),
        registers::benefits(input),
        promises::bottlenecks(input),
        money::budget_change_verdicts(input),
        money::budget_changes(input),
        promises::buffers(input),
        money::burn(input),
        money::cash_flow(input),
        checks::control_totals(input),
        cost::table(input),
        cost::lines(input),
        money::position(input),
        promises::cross_links(input),
        earned_value::table(input),
        earned_value::forecasts(input),
        earned_value::periods(input),
        earned_value::scopes(input),
        checks::findings(input),
        plan::float_paths(input),
        promises::framework(input),
        money::funding(input),
        money::funding_gaps(input),
        money::funding_periods(input),
        headline::tidy(&headline::headlines(input)),
        ipmdar::table(input),
        registers::kpis(input),
        ledger_review::table(input),
        reconciliation::reconciliation(input),
        money::reserve_cover(input),
        money::reserve_forward(input),
        money::reserves(input),
        registers::risks(input),
        schedule::table(input),
        plan::health(input),
        plan::offenders(input),
        plan::options(input),
        earned_value::variances(input),
    ];
    tables.push(columns(&tables));
    tables
}

/// What each column means: the documentation of the other tables, as a table.
fn columns(tables: &[TidyTable]) -> TidyTable {
    let rows: Vec<(&TidyTable, &TidyColumn)> =
        tables.iter().flat_map(|table| table.columns.iter().map(move |column| (table, column))).collect();
    TidyTable::over("columns", "A column of a tidy result.", &rows)
        .text("table", "Name of the result.", |(table, _)| Some(table.name))
        .text("row", "What a row of it is.", |(table, _)| Some(table.about))
        .text("column", "Name of the column.", |(_, column)| Some(column.name))
        .text("type", "Type of its values.", |(_, column)| Some(column.values.type_name()))
        .text("meaning", "What it means, with its unit.", |(_, column)| Some(column.about))
        .done()
}
