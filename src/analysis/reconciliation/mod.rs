//! Reconciliation, exception first: for each total where it came from, what was taken away or added and why, what is
//! reported, and the difference.
//!
//! Promises: source + adjustments − reported = difference, exactly, in every statement; a statement that must tie and
//! does not is a fault of the program, and a run that meets one publishes nothing; a comparison sets two figures of the
//! company's own side by side, and its difference is the company's to explain. What does not tie has its best candidates
//! beside it: lines that by their amount, sign, digits or date could explain the difference. They are proposals and change
//! no figure. The result does not depend on the order of lines.

mod candidates;
mod clues;
pub mod codes;
mod comparisons;
mod cost;
mod earned;
mod facts;
mod ledger;
mod lines;
mod plans;
mod positions;
mod sources;
mod statement;
#[cfg(test)]
mod tests;

pub use positions::{BackFilled, PositionException, PositionGap, PositionsCheck, StatedIn};
pub use statement::{Adjustment, Candidate, SideTotal, Statement, Topic};

use crate::analysis::Analyses;
use crate::analysis::budget_control::BudgetControl;
use crate::analysis::cost::CostPosition;
use crate::analysis::earned_value::EarnedValue;
use crate::analysis::funding::FundingPosition;
use crate::analysis::ledger_review::LedgerReview;
use crate::analysis::reserves::Reserves;
use crate::base::finding::Findings;
use crate::model::portfolio::Portfolio;

/// Every statement, and the positions reported elsewhere.
#[derive(Clone, Debug, Default)]
pub struct Reconciliation {
    /// The statements, in the order in which money flows: sources, ledger, cost, budget, forecast, earned value.
    pub statements: Vec<Statement>,
    /// Changes recomputed from reported positions, against the stated ones.
    pub positions: PositionsCheck,
}

impl Reconciliation {
    /// The statements that do not tie, those that must first.
    #[must_use]
    pub fn open(&self) -> Vec<&Statement> {
        let mut open: Vec<&Statement> = self.statements.iter().filter(|statement| !statement.ties()).collect();
        open.sort_by_key(|statement| !statement.must_tie);
        open
    }

    /// How many statements tie.
    #[must_use]
    pub fn tied(&self) -> usize {
        self.statements.iter().filter(|statement| statement.ties()).count()
    }

    /// The statements that must tie and do not: faults of the program.
    pub fn faults(&self) -> impl Iterator<Item = &Statement> {
        self.statements.iter().filter(|statement| statement.must_tie && !statement.ties())
    }
}

/// The results that are tied together.
#[derive(Clone, Copy, Debug)]
pub struct Results<'a> {
    /// The cost position.
    pub cost: &'a CostPosition,
    /// Earned value.
    pub earned: &'a EarnedValue,
    /// Changes of the budget.
    pub control: &'a BudgetControl,
    /// Funding.
    pub funding: &'a FundingPosition,
    /// Reserves.
    pub reserves: &'a Reserves,
    /// The ledger's review.
    pub review: &'a LedgerReview,
}

impl<'a> Results<'a> {
    /// Those of the analyses that went before.
    #[must_use]
    pub const fn of(analyses: &'a Analyses) -> Self {
        Self {
            cost: &analyses.cost,
            earned: &analyses.earned_value,
            control: &analyses.budget_control,
            funding: &analyses.funding,
            reserves: &analyses.reserves,
            review: &analyses.ledger_review,
        }
    }
}

/// Works out every statement.
#[must_use]
pub fn reconciliation(portfolio: &Portfolio, results: Results<'_>) -> (Reconciliation, Findings) {
    let groups = facts::groups(portfolio);
    let Results { cost, earned, control, .. } = results;
    let mut statements = sources::statements(portfolio, &groups);
    statements.extend(ledger::statements(portfolio, cost, &groups));
    statements.extend(cost::statements(portfolio, cost));
    statements.extend(plans::statements(portfolio, cost, control));
    statements.extend(comparisons::statements(portfolio, results));
    statements.extend(earned::statements(portfolio, cost, earned, &groups));
    for statement in &mut statements {
        explain_fault(portfolio, statement);
    }
    statements.sort_by_key(|statement| statement.topic);
    let (positions, findings) = positions::check(portfolio);
    (Reconciliation { statements, positions }, findings)
}

/// Looks among the lines of the ledger for what could be behind a fault.
fn explain_fault(portfolio: &Portfolio, statement: &mut Statement) {
    let of_ledger = matches!(statement.topic, Topic::Source | Topic::Ledger);
    if let Some(currency) = statement.currency.filter(|_| of_ledger && statement.must_tie && !statement.ties()) {
        let lines = lines::ledger(portfolio, currency);
        (statement.candidates, statement.more_candidates) = candidates::candidates(statement.difference, lines);
    }
}
