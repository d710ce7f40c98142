//! Budgets and Forecast: from their lines to the figures, and budget against plan.

use super::statement::{SideTotal, Statement, Topic};
use crate::analysis::cost::CostPosition;
use crate::analysis::earned_value::EarnedValue;
use crate::model::finance::{PlanLine, PlanTotal};
use crate::model::portfolio::Portfolio;
use rust_decimal::Decimal;

/// The statements of plan money.
pub(super) fn statements(portfolio: &Portfolio, cost: &CostPosition, _earned: &EarnedValue) -> Vec<Statement> {
    let mut statements: Vec<Statement> = portfolio
        .plan_totals
        .iter()
        .filter(|total| matches!(total.table.as_str(), "Budgets" | "Forecast"))
        .map(|total| of_table(portfolio, total))
        .collect();
    statements.extend(budget_and_plan(cost));
    statements
}

fn of_table(portfolio: &Portfolio, total: &PlanTotal) -> Statement {
    let (topic, lines): (Topic, &[PlanLine]) =
        if total.table == "Budgets" { (Topic::Budget, &portfolio.budgets) } else { (Topic::Forecast, &portfolio.forecast) };
    let used: Decimal = lines.iter().filter(|line| line.currency == total.currency).map(|line| line.amount).sum();
    let source = SideTotal::new(format!("lines of {}", total.table), total.read);
    Statement::tie(topic, &format!("{} to the figures", total.table), total.currency.code(), total.currency, source)
        .adjust("superseded version", -total.superseded, 0)
        .adjust("of no known initiative", -total.left_out, 0)
        .reported(SideTotal::new("lines that count", used))
}

/// Budget lines against the budget at completion of the plan.
fn budget_and_plan(cost: &CostPosition) -> Vec<Statement> {
    let bridges = cost.bridges.iter().filter_map(|bridge| Some((bridge, bridge.budget.ok()?, bridge.budget_at_completion.ok()?)));
    let compared = bridges.map(|(bridge, budget, completion)| {
        let source = SideTotal::new("current budget", budget.amount());
        Statement::compare(Topic::Budget, "Budget to plan", bridge.initiative.to_string(), budget.currency, source)
            .reported(SideTotal::new("budget at completion of the plan", completion.amount()))
    });
    compared.collect()
}
