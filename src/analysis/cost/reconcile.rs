//! Reconciliations: budget lines against the plan's budget at completion, and the ledger against the cube.

use super::cube::{Cube, Fact};
use super::gather::Native;
use crate::analysis::measure::{Measure, Undefined};
use crate::base::id::InitiativeId;
use crate::base::money::{Currency, Money};
use crate::model::portfolio::Portfolio;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// From the budget lines of an initiative to the budget at completion of its plan, in its own currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BudgetBridge {
    /// Which.
    pub initiative: InitiativeId,
    /// The approved budget of the Initiatives table.
    pub approved: Measure<Money>,
    /// The budget lines of all periods.
    pub budget: Measure<Money>,
    /// Budget at completion of the plan.
    pub budget_at_completion: Measure<Money>,
    /// Budget lines less budget at completion.
    pub difference: Measure<Money>,
}

/// One currency of the ledger: the control totals of the lines, and what the cube holds. Major units, exact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerCheck {
    /// Currency.
    pub currency: Currency,
    /// Actual cost of the ledger's buckets "assigned" and "unassigned".
    pub ledger: Decimal,
    /// Actual cost in the cube, before conversion.
    pub cube: Decimal,
}

impl LedgerCheck {
    /// What is left unexplained: zero, or an internal fault.
    #[must_use]
    pub fn residual(&self) -> Decimal {
        self.ledger - self.cube
    }
}

pub(super) fn bridges(portfolio: &Portfolio, own: &Cube, completions: &BTreeMap<InitiativeId, Decimal>) -> Vec<BudgetBridge> {
    let mut budgets: BTreeMap<&InitiativeId, i128> = BTreeMap::new();
    for (key, cell) in &own.cells {
        if let (Some(initiative), Some(budget)) = (&key.initiative, cell.budget()) {
            *budgets.entry(initiative).or_default() += i128::from(budget);
        }
    }
    let absent = if portfolio.has_table("Budgets") { Undefined::NoBudget } else { Undefined::NoTable };
    let bridge = |initiative: &crate::model::initiative::Initiative| {
        let currency = initiative.currency;
        let plan = |amount: Option<&Decimal>| {
            amount
                .ok_or(Undefined::NoBudget)
                .and_then(|amount| Money::rounded(*amount, currency).map_err(|_| Undefined::TooLarge))
        };
        let budget = budgets.get(&initiative.id).ok_or(absent).and_then(|minor| super::figures::to_money(*minor, currency));
        let completion = plan(completions.get(&initiative.id));
        let difference = budget.and_then(|budget| budget.checked_sub(completion?).map_err(|_| Undefined::TooLarge));
        let approved = plan(initiative.approved_budget.as_ref());
        BudgetBridge { initiative: initiative.id.clone(), approved, budget, budget_at_completion: completion, difference }
    };
    portfolio.initiatives.iter().map(bridge).collect()
}

pub(super) fn ledger_checks(portfolio: &Portfolio, native: &Native) -> Vec<LedgerCheck> {
    let mut checks: BTreeMap<Currency, LedgerCheck> = BTreeMap::new();
    let empty = |currency| LedgerCheck { currency, ledger: Decimal::ZERO, cube: Decimal::ZERO };
    for total in portfolio.ledger.totals.iter().filter(|total| total.kind.is_cost()) {
        checks.entry(total.currency).or_insert_with(|| empty(total.currency)).ledger += total.assigned + total.unassigned;
    }
    for ((_, _, currency), parts) in native.amounts.iter().filter(|((fact, ..), _)| *fact == Fact::Actual) {
        let check = checks.entry(*currency).or_insert_with(|| empty(*currency));
        check.cube = Native::total(parts).ok().and_then(|amount| check.cube.checked_add(amount)).unwrap_or(check.cube);
    }
    checks.into_values().collect()
}
