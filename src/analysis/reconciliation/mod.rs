//! Reconciliation, exception first: for each total where it came from, what was taken away or added and why, what is
//! reported, and the difference.
//!
//! Promises: source + adjustments − reported = difference, exactly, in every statement; a statement that must tie and
//! does not is a fault of the program, and a run that meets one publishes nothing; a comparison sets two figures of the
//! company's own side by side, and its difference is the company's to explain. What does not tie has its best candidates
//! beside it: lines that by their amount, sign, digits or date could explain the difference. They are proposals and change
//! no figure. The result does not depend on the order of lines.

mod clues;
pub mod codes;
mod ledger;
mod plans;
mod positions;
mod statement;

pub use positions::{BackFilled, PositionException, PositionGap, PositionsCheck, StatedIn};
pub use statement::{Adjustment, Candidate, SideTotal, Statement, Topic};

use crate::analysis::cost::CostPosition;
use crate::analysis::earned_value::EarnedValue;
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

/// Works out every statement.
#[must_use]
pub fn reconciliation(portfolio: &Portfolio, cost: &CostPosition, earned: &EarnedValue) -> (Reconciliation, Findings) {
    let mut statements = ledger::statements(portfolio, cost);
    statements.extend(plans::statements(portfolio, cost, earned));
    let (positions, findings) = positions::check(portfolio);
    (Reconciliation { statements, positions }, findings)
}
