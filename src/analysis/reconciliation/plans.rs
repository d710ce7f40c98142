//! Tables of plan amounts, from their lines to the figures; and the budget from its original to its current state.

use super::statement::{SideTotal, Statement, Topic};
use crate::analysis::budget_control::{BudgetControl, BudgetCorkscrew};
use crate::analysis::cost::CostPosition;
use crate::base::money::{Currency, Money};
use crate::model::finance::PlanTotal;
use crate::model::portfolio::Portfolio;
use rust_decimal::Decimal;

/// The statements of plan money.
pub(super) fn statements(portfolio: &Portfolio, cost: &CostPosition, control: &BudgetControl) -> Vec<Statement> {
    let mut statements: Vec<Statement> = portfolio.plan_totals.iter().filter_map(|total| of_table(portfolio, total)).collect();
    statements.extend(control.corkscrew.iter().filter_map(|corkscrew| to_current(cost, corkscrew)));
    statements
}

/// The lines of a table that are in the portfolio, as amounts of a currency.
fn used(portfolio: &Portfolio, table: &str, currency: Currency) -> Option<(Topic, Vec<Decimal>)> {
    let plan = |lines: &[crate::model::finance::PlanLine]| {
        lines.iter().filter(|line| line.currency == currency).map(|line| line.amount).collect::<Vec<_>>()
    };
    macro_rules! amounts {
        ($lines:expr) => {
            $lines.iter().filter(|line| line.currency == currency).map(|line| line.amount).collect()
        };
    }
    Some(match table {
        "Budgets" => (Topic::Budget, plan(&portfolio.budgets)),
        "Forecast" => (Topic::Forecast, plan(&portfolio.forecast)),
        "Budget changes" => (Topic::Budget, amounts!(portfolio.budget_changes)),
        "Commitments" => (Topic::Commitments, amounts!(portfolio.commitments)),
        "Funding" => (Topic::Funding, amounts!(portfolio.funding)),
        "Contingency" => (Topic::Reserves, amounts!(portfolio.reserves)),
        _ => return None,
    })
}

fn of_table(portfolio: &Portfolio, total: &PlanTotal) -> Option<Statement> {
    let (topic, used) = used(portfolio, &total.table, total.currency)?;
    let source = SideTotal::new(format!("lines of {}", total.table), total.read);
    let superseded: Vec<Decimal> = if total.table == "Budgets" {
        portfolio.superseded_budgets.iter().filter(|line| line.currency == total.currency).map(|line| line.amount).collect()
    } else {
        Vec::new()
    };
    let left_out = total.lines.saturating_sub((used.len() + superseded.len()) as u64);
    Some(
        Statement::tie(topic, &format!("{} to the figures", total.table), total.currency.code(), total.currency, source)
            .adjust("of a version that a later one replaces", -total.superseded, superseded.len() as u64)
            .adjust("left out: no known initiative, unusable or not yet due", -total.left_out, left_out)
            .reported(SideTotal::new("lines that count", used.iter().sum())),
    )
}

/// An initiative's budget from its original to its current state, as the cost position has it.
fn to_current(cost: &CostPosition, corkscrew: &BudgetCorkscrew) -> Option<Statement> {
    let mine = cost.initiatives.iter().find(|each| each.initiative == corkscrew.initiative)?;
    let current = mine.own.life.budget.ok()?;
    let own = &corkscrew.own;
    own.current.ok()?;
    let amount = |figure: crate::analysis::measure::Measure<Money>| figure.map_or(Decimal::ZERO, Money::amount);
    let source = SideTotal::new("original budget", amount(own.original));
    let scope = corkscrew.initiative.to_string();
    Some(
        Statement::tie(Topic::Budget, "Original to current budget", scope, current.currency, source)
            .adjust("increases", amount(own.increases), 0)
            .adjust("decreases", amount(own.decreases), 0)
            .adjust("virements in", amount(own.virements_in), 0)
            .adjust("virements out", amount(own.virements_out), 0)
            .adjust("re-phasing between periods: rates and rounding", amount(own.rephasing), 0)
            .reported(SideTotal::new("current budget on the Cost page", current.amount())),
    )
}
