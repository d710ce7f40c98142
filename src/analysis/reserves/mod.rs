//! Contingency and management reserve: what is left of each fund, what it has to cover, and when that will be asked for.
//!
//! Contingency is for known risks and lies inside the baseline; management reserve is for what nobody knows yet, outside
//! it, so that no register measures it. A fund belongs to an initiative or to the portfolio; a contingency of the portfolio
//! covers the initiatives that have none of their own. Movements count up to the as-of date; each is converted to the
//! fund's currency (the initiative's) at the budget rate of its period and rounded there.
//!
//! A draw is held against its risk's allocation: the largest cost that the register foresees for it (inherent maximum,
//! else likely, else minimum). The expected value is no measure of a single draw: a risk that strikes costs its impact,
//! not its impact times its probability. What is left is compared with the exposure that lies ahead, period by period, and
//! not with past use. Source of the idea: forward risk drawdown, AACE International, paper RISK-2795.
//!
//! Promises: opening + additions - drawdowns - releases = closing, period by period, to the minor unit.

mod draws;
mod findings;
mod forward;
mod fund;
#[cfg(test)]
mod tests;

pub use draws::{DrawRule, DrawVerdict, JudgedDraw};
pub use forward::{ForwardRow, RiskAhead, TimingBasis};

use crate::analysis::measure::Measure;
use crate::analysis::risk::RiskExposure;
use crate::analysis::schedule::Schedule;
use crate::base::finding::Findings;
use crate::base::id::InitiativeId;
use crate::base::money::{Currency, Money};
use crate::base::period::Period;
use crate::model::budget_control::Fund;
use crate::model::portfolio::Portfolio;

/// Every fund.
#[derive(Clone, Debug, PartialEq)]
pub struct Reserves {
    /// Reporting currency.
    pub currency: Currency,
    /// By fund and initiative; the portfolio's own first.
    pub funds: Vec<ReserveFund>,
    /// Each kind of fund over all that have one, in the order of [`Fund::ALL`]; only those with a fund.
    pub totals: Vec<FundTotal>,
}

/// A fund: contingency or management reserve of an initiative or of the portfolio.
#[derive(Clone, Debug, PartialEq)]
pub struct ReserveFund {
    /// Which kind.
    pub fund: Fund,
    /// Whose; none for the portfolio's.
    pub initiative: Option<InitiativeId>,
    /// Its currency: the initiative's, else the reporting currency.
    pub currency: Currency,
    /// By period from the first movement to the as-of period, in its currency.
    pub corkscrew: Vec<CorkscrewRow>,
    /// What it began with.
    pub opening: Measure<Money>,
    /// What was added.
    pub additions: Measure<Money>,
    /// What was drawn.
    pub drawdowns: Measure<Money>,
    /// What was given back.
    pub releases: Measure<Money>,
    /// What is left, in its currency.
    pub remaining: Measure<Money>,
    /// What is left, in the reporting currency, at the budget rate of the as-of period.
    pub remaining_reporting: Measure<Money>,
    /// The contingency that the Initiatives table gives, in its currency; only for an initiative's contingency.
    pub stated: Measure<Money>,
    /// Residual expected cost of the open threats that it covers, in the reporting currency.
    pub exposure: Measure<Money>,
    /// What was drawn, in the reporting currency, at the budget rate of the as-of period.
    pub drawn_reporting: Measure<Money>,
    /// Expected cost, before any response, of the threats it covered that are over (closed or occurred): the use that was
    /// forecast for them. Draws well above it say that the register underrated them.
    pub retired: Measure<Money>,
    /// Open threats that it covers, and those of them without an amount.
    pub threats: (usize, usize),
    /// What is left over the exposure.
    pub coverage: Measure<f64>,
    /// What was drawn and the exposure ahead: the use to be expected in all, in the reporting currency.
    pub use_at_completion: Measure<Money>,
    /// What is left less the exposure ahead: to be released where above zero, missing where below; reporting currency.
    pub surplus: Measure<Money>,
    /// By period from the as-of date on, in the reporting currency; empty where there is no exposure.
    pub forward: Vec<ForwardRow>,
    /// The threats behind it, by id.
    pub ahead: Vec<RiskAhead>,
    /// The first period in which the draws to be expected pass what is left.
    pub runs_short: Option<Period>,
    /// Positions in [`Portfolio::reserves`] of movements that took it below zero, with what was left.
    pub overdrawn: Vec<(usize, Money)>,
    /// Every draw up to the as-of date, in order.
    pub draws: Vec<JudgedDraw>,
}

/// A fund in one period. `opening + additions - drawdowns - releases = closing`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CorkscrewRow {
    /// Which.
    pub period: Period,
    /// What it began the period with; in the first, its opening movement.
    pub opening: Measure<Money>,
    /// Added.
    pub additions: Measure<Money>,
    /// Drawn.
    pub drawdowns: Measure<Money>,
    /// Given back.
    pub releases: Measure<Money>,
    /// What it ends with.
    pub closing: Measure<Money>,
}

/// All funds of a kind, in the reporting currency.
#[derive(Clone, Debug, PartialEq)]
pub struct FundTotal {
    /// Which kind.
    pub fund: Fund,
    /// What they began with.
    pub opening: Measure<Money>,
    /// What was added.
    pub additions: Measure<Money>,
    /// What was drawn.
    pub drawdowns: Measure<Money>,
    /// What was given back.
    pub releases: Measure<Money>,
    /// What is left.
    pub remaining: Measure<Money>,
    /// Residual expected cost of the open threats that they cover.
    pub exposure: Measure<Money>,
    /// What is left over the exposure.
    pub coverage: Measure<f64>,
    /// All forward curves together.
    pub forward: Vec<ForwardRow>,
    /// The first period in which the draws to be expected pass what is left.
    pub runs_short: Option<Period>,
}

/// Works out every fund.
#[must_use]
pub fn reserves(portfolio: &Portfolio, risk: &RiskExposure, schedule: &Schedule) -> (Reserves, Findings) {
    let funds = fund::funds(portfolio, risk, schedule);
    let reserves = Reserves { currency: portfolio.settings.reporting_currency, totals: fund::totals(portfolio, &funds), funds };
    let findings = findings::findings(portfolio, &reserves);
    (reserves, findings)
}
