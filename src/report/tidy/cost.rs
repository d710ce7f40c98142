//! Cost: one row an initiative, category and period, in the reporting currency.

use super::TidyTable;
use crate::analysis::cost::{CellAmounts, CellKey, FineKey};
use crate::base::money::{Currency, Money};
use crate::model::finance::Expenditure;
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
        .amount(
            "original_budget",
            "Budget of the version that counts, at the budget rate; none where no line says anything.",
            |(_, cell)| major(cell.original, currency),
        )
        .amount("budget_changes", "Approved changes at the budget rate.", |(_, cell)| major(cell.changes, currency))
        .amount("budget", "Current budget: original and approved changes.", |(_, cell)| major(cell.budget(), currency))
        .amount("actual_cost", "Actual cost at the average rate of the period.", |(_, cell)| major(cell.actual, currency))
        .amount("accrued", "The part of actual cost that is accrued.", |(_, cell)| major(cell.accrued, currency))
        .amount("actual_cost_at_budget_rate", "Actual cost at the budget rate.", |(_, cell)| {
            major(cell.actual_at_budget_rate, currency)
        })
        .amount("commitments", "Orders placed less released.", |(_, cell)| major(cell.commitment, currency))
        .amount("on_order", "Still on order at the as-of date, at the closing rate, in its period.", |(_, cell)| {
            major(cell.on_order, currency)
        })
        .amount("forecast", "Forecast of the period.", |(_, cell)| major(cell.forecast, currency))
        .done()
}

/// The parts of the cost cells by work package, capital or operating, and funding source.
#[must_use]
pub fn lines(input: &ReportInput<'_>) -> TidyTable {
    let cube = &input.analyses.cost.cube;
    let currency = input.analyses.cost.currency;
    let rows: Vec<(&CellKey, &FineKey, &CellAmounts)> =
        cube.parts.iter().flat_map(|(key, parts)| parts.iter().map(move |(fine, amounts)| (key, fine, amounts))).collect();
    TidyTable::over("cost_lines", "A part of a row of cost: the same amounts, told as finely as the tables tell them.", &rows)
        .text("initiative", "Id of the initiative; none for money that names none.", |(key, _, _)| key.initiative.as_ref())
        .text("work_package", "First level of the WBS code; none where the line does not tell.", |(_, fine, _)| {
            fine.work.as_ref()
        })
        .text("category", "Cost category; none where the line gives none.", |(key, _, _)| {
            (!key.category.is_empty()).then_some(&key.category)
        })
        .text("expenditure", "capex or opex; none where the line does not tell.", |(_, fine, _)| {
            fine.expenditure.map(expenditure)
        })
        .text("funding_source", "Funding source; none where the line does not tell.", |(_, fine, _)| fine.funding_source.as_ref())
        .text("period", "Fiscal period.", |(key, _, _)| Some(key.period))
        .text("currency", "Reporting currency.", |_| Some(currency.code().to_string()))
        .amount("original_budget", "Budget of the version that counts.", |(_, _, part)| major(part.original, currency))
        .amount("budget_changes", "Approved changes.", |(_, _, part)| major(part.changes, currency))
        .amount("actual_cost", "Actual cost.", |(_, _, part)| major(part.actual, currency))
        .amount("accrued", "The part of actual cost that is accrued.", |(_, _, part)| major(part.accrued, currency))
        .amount("commitments", "Orders placed less released.", |(_, _, part)| major(part.commitment, currency))
        .amount("on_order", "Still on order at the as-of date.", |(_, _, part)| major(part.on_order, currency))
        .amount("forecast", "Forecast of the period.", |(_, _, part)| major(part.forecast, currency))
        .done()
}

const fn expenditure(expenditure: Expenditure) -> &'static str {
    match expenditure {
        Expenditure::Capex => "capex",
        Expenditure::Opex => "opex",
    }
}

fn major(minor: Option<i64>, currency: Currency) -> Option<Decimal> {
    minor.map(|minor| Money::new(minor, currency).amount())
}
