//! Changes of the budget: each judged by every rule, and the budget from its original to its current state.
//!
//! Promises: a change counts where it is approved on or before the as-of date (or approved without a date); what is
//! proposed is counted apart and is in no current budget; every change is judged by every rule, and where a rule cannot
//! be judged the verdict says why. The corkscrew of an initiative ends at the current budget of the cost position, to
//! the minor unit: money is rounded once for each initiative, category, period and currency, and split down from there.
//!
//! A virement takes what it gives, in one currency. In the reporting currency each side is rounded in its own cell, so
//! that a residue of rounding may be left, at most a minor unit a change; it stays where it arises, is never pushed onto
//! a budget line, and is told apart from the effect of budget rates that differ between the two periods.

pub mod authority;
mod balance;
mod corkscrew;
mod findings;
mod rules;
mod split;
#[cfg(test)]
mod tests;

pub use corkscrew::{BudgetCorkscrew, CorkscrewAmounts};
pub use rules::{ChangeRule, JudgedChange, Verdict};
pub use split::SplitSet;

use crate::analysis::cost::CostPosition;
use crate::analysis::measure::Measure;
use crate::base::finding::Findings;
use crate::base::id::BudgetChangeId;
use crate::base::money::{Currency, Money};
use crate::model::budget_control::{BudgetChange, BudgetPlace, ChangeKind, ChangeStatus};
use crate::model::portfolio::Portfolio;
use rust_decimal::Decimal;

/// How the budget is controlled.
#[derive(Clone, Debug, PartialEq)]
pub struct BudgetControl {
    /// Reporting currency.
    pub currency: Currency,
    /// Every change of the table, in its order.
    pub changes: Vec<JudgedChange>,
    /// What approved changes add to the budget, in the reporting currency: increases less decreases, and the residue of
    /// virements.
    pub approved_total: Measure<Money>,
    /// What approved virements and re-phasings add, in the reporting currency: nothing but the two parts that follow.
    pub net_of_virements: Measure<Money>,
    /// Its part that comes from budget rates that differ between the periods or currencies of the two sides.
    pub virement_rate_effect: Measure<Money>,
    /// Its part that comes from rounding each side in its own cell.
    pub virement_rounding: Measure<Money>,
    /// Proposed changes, and approved ones dated after the as-of date, by id: in no current budget.
    pub pending: Vec<BudgetChangeId>,
    /// What they would add to the budget, in the reporting currency.
    pub pending_total: Measure<Money>,
    /// From the original to the current budget, by initiative that has either, by id.
    pub corkscrew: Vec<BudgetCorkscrew>,
    /// The same for all of them, in the reporting currency.
    pub total: CorkscrewAmounts,
    /// Changes that look like one change split to stay below a limit.
    pub splits: Vec<SplitSet>,
    /// Changes by status, in the order of [`ChangeStatus::ALL`].
    pub counts: [usize; 4],
}

/// True where a change is in force at the as-of date.
#[must_use]
pub fn in_force(portfolio: &Portfolio, change: &BudgetChange) -> bool {
    let as_of = portfolio.settings.as_of.day();
    change.status == ChangeStatus::Approved && change.approved_on.is_none_or(|day| day <= as_of)
}

/// True where a change may still come into force.
#[must_use]
pub fn is_pending(portfolio: &Portfolio, change: &BudgetChange) -> bool {
    match change.status {
        ChangeStatus::Proposed => true,
        ChangeStatus::Approved => !in_force(portfolio, change),
        ChangeStatus::Rejected | ChangeStatus::Withdrawn => false,
    }
}

/// What a change takes (below zero) and what it gives (above), in major units of its currency.
pub fn sides(change: &BudgetChange) -> impl Iterator<Item = (&BudgetPlace, Decimal)> {
    let takes = change.from.iter().map(|place| (place, -change.amount));
    takes.chain(change.to.iter().map(|place| (place, change.amount)))
}

/// True for what moves budget and does not change the whole.
#[must_use]
pub const fn moves_only(kind: ChangeKind) -> bool {
    matches!(kind, ChangeKind::Virement | ChangeKind::Rephase)
}

/// Judges the changes and works out the budget that they lead to.
#[must_use]
pub fn budget_control(portfolio: &Portfolio, cost: &CostPosition) -> (BudgetControl, Findings) {
    let currency = portfolio.settings.reporting_currency;
    let splits = split::splits(portfolio);
    let balances = balance::Balances::of(portfolio, cost);
    let changes = rules::judge(portfolio, &balances, &splits);
    let reporting = corkscrew::by_initiative(portfolio, |_| currency);
    let total = corkscrew::total(&reporting, currency);
    let virements = corkscrew::virements(portfolio, &total);
    let pending = portfolio.budget_changes.iter().filter(|change| is_pending(portfolio, change));
    let count = |status| portfolio.budget_changes.iter().filter(|change| change.status == status).count();
    let control = BudgetControl {
        currency,
        approved_total: total.changes(currency),
        net_of_virements: virements.net,
        virement_rate_effect: virements.rate_effect,
        virement_rounding: virements.rounding,
        pending: pending.map(|change| change.id.clone()).collect(),
        pending_total: total.pending,
        corkscrew: corkscrew::corkscrews(portfolio, reporting),
        counts: ChangeStatus::ALL.map(count),
        total,
        splits,
        changes,
    };
    let findings = findings::findings(portfolio, &control);
    (control, findings)
}
