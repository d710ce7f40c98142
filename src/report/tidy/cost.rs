//! Cost: one row an initiative, category and period, in the reporting currency.

use super::TidyTable;
use crate::analysis::cost::{CellAmounts, CellKey};
use crate::base::money::{Currency, Money};
use crate::report::ReportInput;
use rust_decimal::Decimal;

/// Budget, actual cost, commitments and forecast: the parts of which every total of the Cost page is a sum.
#[must_use]
pub fn table(input: &ReportInput<'_>) -> TidyTable {
    let position = &input.analyses.cost;
    let currency = position.currency;
    let fiscal = &input.portfolio.settings.fiscal;
    let rows: Vec<(&CellKey, &CellAmounts)> = position.cube.cells.iter().collect();
    TidyTable::over("cost", "Amounts of an initiative and category in a fiscal period, in the reporting currency.", &rows)
        .text("initiative", "Id of the initiative; none for money that names none.", |(key, _)| key.initiative.as_ref())
        .text("category", "Cost category; none where the line gives none.", |(key, _)| {
            (!key.category.is_empty()).then_some(&key.category)
        })
        .text("period", "Fiscal period.", |(key, _)| Some(key.period))
        .date("period_end", "Last day of the period.", |(key, _)| Some(fiscal.end(key.period)))
        .text("currency", "Reporting currency.", |_| Some(currency.code().to_string()))
        .amount("budget", "Budget at the budget rate; none where no line says anything.", |(_, cell)| {
            major(cell.budget(), currency)
        })
        .amount("actual_cost", "Actual cost at the average rate of the period.", |(_, cell)| major(cell.actual, currency))
        .amount("accrued", "The part of actual cost that is accrued.", |(_, cell)| major(cell.accrued, currency))
        .amount("actual_cost_at_budget_rate", "Actual cost at the budget rate.", |(_, cell)| {
            major(cell.actual_at_budget_rate, currency)
        })
        .amount("commitments", "Orders placed less released.", |(_, cell)| major(cell.commitment, currency))
        .amount("forecast", "Forecast of the period.", |(_, cell)| major(cell.forecast, currency))
        .done()
}

fn major(minor: Option<i64>, currency: Currency) -> Option<Decimal> {
    minor.map(|minor| Money::new(minor, currency).amount())
}
