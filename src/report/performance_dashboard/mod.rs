//! The Performance Dashboard: where the portfolio stands, on one page, and the pages behind it.
//!
//! Promises: totals, variances, ratios, ratings and tiles are formulas over tables of the same workbook, each with the
//! value that the program computed; results of the schedule and of earned value are values, re-added by a check; what
//! does not exist is `n/a` with its reason. Decides no numbers.

mod about;
mod benefits;
mod budget_changes;
mod cash;
mod cost;
mod cost_bridge;
mod cost_position;
mod cost_trend;
mod coverage;
mod curve;
mod decisions;
mod earned_value;
mod earned_value_basis;
mod earned_value_forecasts;
mod earned_value_live;
mod earned_value_periods;
mod earned_value_scopes;
#[cfg(test)]
mod earned_value_tests;
mod executive;
mod funding;
mod initiatives;
mod ipmr;
mod kpis;
mod ledger_review;
mod methods;
mod methods_money;
mod milestones;
mod money;
#[cfg(test)]
mod money_tests;
mod people;
mod reconciliation;
mod reserves;
mod risks;
mod settings;
#[cfg(test)]
mod tests;
mod variances;

use crate::report::ReportInput;
use crate::report::book::{Book, Sheet};
use crate::report::headline::Headline;
use crate::report::parts::{context, pick, stamp, with_contents};
use context::Context;

/// The workbook.
#[must_use]
pub fn book(input: &ReportInput<'_>) -> Book {
    let context = Context::new(input);
    let mut book = detail(&context);
    let executive = executive::sheet(&context, &book);
    book.sheets.insert(0, executive);
    book.sheets.insert(0, about::sheet(&context));
    with_contents(book)
}

/// The headlines of the run.
#[must_use]
pub fn headlines(input: &ReportInput<'_>) -> Vec<Headline> {
    let context = Context::new(input);
    executive::headlines(&context, &detail(&context))
}

/// The pages behind the Executive page.
fn detail(context: &Context<'_>) -> Book {
    let input = context.input;
    let mut book = input.inputs.iter().fold(empty(input), |book, path| book.inputs(path.clone()));
    book.sheets = details(context);
    book.names = settings::names(context).into_iter().chain(about::names()).collect();
    book
}

fn empty(input: &ReportInput<'_>) -> Book {
    let stamp = stamp(input.run);
    Book::new("Performance Dashboard", "Performance Dashboard", stamp)
}

fn details(context: &Context<'_>) -> Vec<Sheet> {
    let mut sheets = vec![initiatives::sheet(context), initiatives::health(context), initiatives::all_milestones(context)];
    sheets.extend(earned_value::sheets(context));
    sheets.push(variances::sheet(context));
    sheets.extend(ipmr::sheets(context));
    sheets.extend(cost::sheets(context));
    sheets.extend(cost_position::sheets(context));
    sheets.extend(budget_changes::sheets(context));
    sheets.push(cash::sheet(context));
    sheets.extend(funding::sheets(context));
    sheets.extend(reserves::sheets(context));
    sheets.push(kpis::sheet(context));
    sheets.extend(benefits::sheets(context));
    sheets.extend(risks::sheets(context));
    sheets.extend([people::sheet(context), decisions::sheet(context)]);
    sheets.extend(reconciliation::sheets(context));
    sheets.push(ledger_review::sheet(context));
    sheets.push(methods::sheet(context));
    sheets
}
