//! Links between initiatives: who hands over to whom, when it is needed, where it is at risk; and the activities whose slip
//! would move most.
//!
//! Promises: every link between two initiatives is there once, with a status and the sentence that explains it; the matrix
//! counts exactly those links; a bottleneck's effect is that of a whole new schedule, not an estimate.
//!
//! Does not move anything: the slips tried are forgotten again.

mod bottleneck;
mod handover;
#[cfg(test)]
mod tests;

pub use bottleneck::{BOTTLENECKS_KEPT, Bottleneck, CANDIDATES_TRIED, SLIP_DAYS};
pub use handover::{AT_RISK_DAYS, CrossLink, LinkHealth, NeededFrom};

use crate::analysis::earned_value::EarnedValue;
use crate::analysis::schedule::Schedule;
use crate::base::id::InitiativeId;
use crate::model::portfolio::Portfolio;
use std::collections::BTreeMap;

/// Links between initiatives and bottlenecks.
#[derive(Clone, Debug)]
pub struct Interdependencies {
    /// The initiatives of the matrix's rows and columns, as in the portfolio.
    pub initiatives: Vec<InitiativeId>,
    /// Links between initiatives, in order of the portfolio.
    pub links: Vec<CrossLink>,
    /// What each initiative (row) hands over to each other (column).
    pub matrix: Vec<Vec<MatrixCell>>,
    /// Activities whose slip moves most, by initiatives moved, then money, then days.
    pub bottlenecks: Vec<Bottleneck>,
    /// Activities whose slip was tried.
    pub tried: usize,
    /// Activities whose slip could move an initiative; above [`CANDIDATES_TRIED`] those with the least float were tried.
    pub candidates: usize,
}

/// The links from one initiative to another.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MatrixCell {
    /// All of them.
    pub links: usize,
    /// Of those, late or at risk.
    pub at_risk: usize,
    /// Of those, holding their successor's early start.
    pub driving: usize,
    /// Handed over already.
    pub met: usize,
    /// The smallest float of those not handed over, in days of the giver's calendar.
    pub least_float_days: Option<f64>,
}

impl MatrixCell {
    fn add(&mut self, link: &CrossLink) {
        self.links += 1;
        self.at_risk += usize::from(matches!(link.status, LinkHealth::AtRisk | LinkHealth::Late));
        self.driving += usize::from(link.driving);
        self.met += usize::from(link.status == LinkHealth::Met);
        self.least_float_days = match (self.least_float_days, link.float_days) {
            (Some(least), Some(float)) => Some(least.min(float)),
            (least, float) => least.or(float),
        };
    }
}

/// Links between initiatives as they stand in a schedule, and what a slip would do.
#[must_use]
pub fn interdependencies(portfolio: &Portfolio, schedule: &Schedule, earned: &EarnedValue) -> Interdependencies {
    let initiatives: Vec<InitiativeId> = portfolio.initiatives.iter().map(|initiative| initiative.id.clone()).collect();
    let positions: BTreeMap<&str, usize> = initiatives.iter().enumerate().map(|(at, id)| (id.as_str(), at)).collect();
    let links = handover::cross_links(portfolio, schedule, &positions);
    let mut matrix = vec![vec![MatrixCell::default(); initiatives.len()]; initiatives.len()];
    for link in &links {
        matrix[link.from][link.to].add(link);
    }
    let found = bottleneck::bottlenecks(portfolio, schedule, earned);
    let (bottlenecks, tried, candidates) = (found.bottlenecks, found.tried, found.candidates);
    Interdependencies { initiatives, links, matrix, bottlenecks, tried, candidates }
}
