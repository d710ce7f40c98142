//! Two figures of the company's own, side by side: approved and current budget, budget and plan, orders listed and orders
//! booked, funding and budget, contingency stated and opened. A difference is the company's to explain.

use super::candidates::{Line, candidates};
use super::clues::shown;
use super::statement::{Candidate, SideTotal, Statement, Topic};
use super::{Results, lines};
use crate::analysis::budget_control::BudgetControl;
use crate::analysis::cost::BudgetBridge;
use crate::analysis::earned_value::EarnedValue;
use crate::analysis::funding::FundingPosition;
use crate::analysis::ledger_review::{LedgerReview, OrderBalance};
use crate::analysis::reserves::Reserves;
use crate::base::money::{Currency, Money};
use crate::model::portfolio::Portfolio;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// Every comparison.
pub(super) fn statements(portfolio: &Portfolio, sides: Results<'_>) -> Vec<Statement> {
    let mut statements: Vec<Statement> =
        sides.cost.bridges.iter().filter_map(|bridge| approved_and_current(portfolio, sides.control, bridge)).collect();
    statements.extend(sides.cost.bridges.iter().filter_map(|bridge| budget_and_plan(portfolio, sides.earned, bridge)));
    statements.extend(orders(portfolio, sides.review));
    statements.extend(funding_and_budget(portfolio, sides.funding));
    statements.extend(contingency(portfolio, sides.reserves));
    statements
}

/// Looks for what could explain the difference, where there is one.
fn explained(mut statement: Statement, lines: impl FnOnce() -> Vec<Line>) -> Statement {
    if !statement.ties() {
        (statement.candidates, statement.more_candidates) = candidates(statement.difference, lines());
    }
    statement
}

/// The approved budget of the Initiatives table, and the current budget.
fn approved_and_current(portfolio: &Portfolio, control: &BudgetControl, bridge: &BudgetBridge) -> Option<Statement> {
    let (approved, budget) = (bridge.approved.ok()?, bridge.budget.ok()?);
    let initiative = portfolio.initiative(&bridge.initiative)?;
    let mut source = SideTotal::new("approved budget of Initiatives", approved.amount());
    source.origin = Some(portfolio.cells.cell(&initiative.origin, "Initiatives", "Approved budget"));
    let statement =
        Statement::compare(Topic::Budget, "Approved to current budget", bridge.initiative.to_string(), budget.currency, source)
            .reported(SideTotal::new("current budget", budget.amount()));
    let mut statement = explained(statement, || lines::budget(portfolio, Some(&bridge.initiative), budget.currency));
    if let Some(all) = not_carried_over(control, bridge, approved).filter(|_| !statement.ties()) {
        statement.candidates.insert(0, all);
    }
    Some(statement)
}

/// All changes together, where the register still holds the original budget.
fn not_carried_over(control: &BudgetControl, bridge: &BudgetBridge, approved: Money) -> Option<Candidate> {
    let corkscrew = control.corkscrew.iter().find(|each| each.initiative == bridge.initiative)?;
    let changes = corkscrew.own.changes(approved.currency).ok()?;
    (corkscrew.own.original == Ok(approved)).then(|| Candidate {
        what: "all changes in force together".into(),
        amount: changes.amount(),
        why: format!("they come to {}: the approved budget is still the original one", shown(changes.amount())),
        origin: None,
    })
}

/// The current budget, and the budget at completion of the plan.
fn budget_and_plan(portfolio: &Portfolio, earned: &EarnedValue, bridge: &BudgetBridge) -> Option<Statement> {
    let (budget, completion) = (bridge.budget.ok()?, bridge.budget_at_completion.ok()?);
    let source = SideTotal::new("current budget", budget.amount());
    let statement = Statement::compare(Topic::Budget, "Budget to plan", bridge.initiative.to_string(), budget.currency, source)
        .reported(SideTotal::new("budget at completion of the plan", completion.amount()));
    let all = || {
        let mut all = lines::budget(portfolio, Some(&bridge.initiative), budget.currency);
        let plan = earned.initiatives.iter().find(|each| each.initiative == bridge.initiative);
        all.extend(plan.into_iter().flat_map(|plan| lines::activities(portfolio, plan)));
        all
    };
    Some(explained(statement, all))
}

/// Orders of the Commitments table, and orders of the ledger, by currency.
fn orders(portfolio: &Portfolio, review: &LedgerReview) -> Vec<Statement> {
    if portfolio.commitments.is_empty() || review.orders.iter().all(|order| order.in_ledger.is_none()) {
        return Vec::new();
    }
    let currencies: BTreeSet<Currency> = review.orders.iter().map(|order| order.currency).collect();
    currencies.into_iter().filter_map(|currency| orders_in(review, currency)).collect()
}

fn orders_in(review: &LedgerReview, currency: Currency) -> Option<Statement> {
    let amount = |money: Option<Money>| money.map_or(Decimal::ZERO, Money::amount);
    let orders: Vec<&OrderBalance> = review.orders.iter().filter(|order| order.currency == currency).collect();
    let (in_table, in_ledger) = orders.iter().fold((Decimal::ZERO, Decimal::ZERO), |(table, ledger), order| {
        (table + amount(order.in_table), ledger + amount(order.in_ledger))
    });
    if in_table.is_zero() && in_ledger.is_zero() {
        return None;
    }
    let sum = |wanted: &dyn Fn(&OrderBalance) -> bool| {
        let meant = orders.iter().filter(|order| wanted(order));
        meant.fold((Decimal::ZERO, 0), |(sum, count), order| (sum + amount(order.in_ledger) - amount(order.in_table), count + 1))
    };
    let (unlisted, unlisted_count) = sum(&|order| order.in_table.is_none() && order.in_ledger.is_some());
    let (unbooked, unbooked_count) = sum(&|order| order.in_ledger.is_none() && order.in_table.is_some());
    let source = SideTotal::new("orders of Commitments", in_table);
    let statement = Statement::compare(Topic::Commitments, "Orders listed to orders booked", currency.code(), currency, source)
        .adjust("booked in the ledger and not listed", unlisted, unlisted_count)
        .adjust("listed and not booked in the ledger", unbooked, unbooked_count)
        .reported(SideTotal::new("commitment lines of the ledger", in_ledger));
    let line = |order: &&OrderBalance| {
        let apart = amount(order.in_table) - amount(order.in_ledger);
        let both = order.in_table.is_some() && order.in_ledger.is_some();
        (both && !apart.is_zero()).then(|| Line {
            origin: Some(order.origin.clone()),
            what: format!("order {}, listed less booked", order.po),
            amount: apart,
            outside: None,
        })
    };
    Some(explained(statement, || orders.iter().filter_map(line).collect()))
}

/// What the sources give, and the current budget.
fn funding_and_budget(portfolio: &Portfolio, funding: &FundingPosition) -> Option<Statement> {
    let (given, budget) = (funding.total.funding.ok()?, funding.total.budget.ok()?);
    if portfolio.funding.is_empty() {
        return None;
    }
    let source = SideTotal::new("funding of all sources", given.amount());
    let statement = Statement::compare(Topic::Funding, "Funding to current budget", "portfolio", funding.currency, source)
        .reported(SideTotal::new("current budget", budget.amount()));
    Some(explained(statement, || {
        let mut all = lines::funding(portfolio, funding.currency);
        all.extend(lines::budget(portfolio, None, funding.currency));
        all
    }))
}

/// The contingency of the Initiatives table, and what its fund was opened with.
fn contingency(portfolio: &Portfolio, reserves: &Reserves) -> Vec<Statement> {
    let compared = reserves.funds.iter().filter_map(|fund| {
        let (stated, opening) = (fund.stated.ok()?, fund.opening.ok()?);
        let initiative = fund.initiative.as_ref()?;
        let mut source = SideTotal::new("contingency of Initiatives", stated.amount());
        source.origin =
            portfolio.initiative(initiative).map(|known| portfolio.cells.cell(&known.origin, "Initiatives", "Contingency"));
        let statement =
            Statement::compare(Topic::Reserves, "Contingency stated to opened", initiative.to_string(), fund.currency, source)
                .reported(SideTotal::new("opening of the Contingency table", opening.amount()));
        let movements = || {
            let mine = portfolio.reserves.iter().filter(|each| each.fund == fund.fund && each.initiative == fund.initiative);
            let line = |each: &crate::model::budget_control::ReserveMovement| Line {
                origin: Some(each.origin.clone()),
                what: format!("movement of {}", each.date),
                amount: each.amount,
                outside: None,
            };
            mine.map(line).collect()
        };
        Some(explained(statement, movements))
    });
    compared.collect()
}
