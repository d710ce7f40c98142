//! Where the money comes from: what each source gives, which cost it pays, and what is left without one.
//!
//! Need is actual cost to date and what is still to come (the estimate at completion of the cost position), by period and
//! initiative. It belongs to the funding sources that the current budget names for the same initiative, category and
//! period, in proportion to them; where none is named there, to those of the initiative and category over its life; else
//! any source may pay. A credit is set against the next need of the same initiative and source.
//!
//! Order of allocation: first needs that name a source, then the others; period by period, cost to date before cost to
//! come. A need is paid by money tied to its initiative first, then by what expires earliest. Money pays for a period that
//! its window (first day to last day or expiry, whichever comes first) touches, and never more than its share of a cost.
//!
//! Promises: allocated + unallocated = funding; funded + unfunded = need; to the minor unit. Funding is converted at the
//! budget rate of the period in which its window opens. Which invoice a source really paid is not known here.

mod allocate;
mod findings;
mod need;
mod position;
#[cfg(test)]
mod tests;

pub use need::Timing;

use crate::analysis::cost::CostPosition;
use crate::analysis::measure::{Measure, Undefined};
use crate::base::day::Day;
use crate::base::finding::Findings;
use crate::base::id::InitiativeId;
use crate::base::money::{Currency, Money};
use crate::base::period::Period;
use crate::model::portfolio::Portfolio;

/// How the portfolio is funded, in the reporting currency.
#[derive(Clone, Debug, PartialEq)]
pub struct FundingPosition {
    /// Reporting currency.
    pub currency: Currency,
    /// Every line of the table, in its order.
    pub lines: Vec<FundingLinePosition>,
    /// By source, by name.
    pub sources: Vec<SourcePosition>,
    /// Every period from the first with need or funding to the last.
    pub periods: Vec<FundingPeriod>,
    /// By initiative with need or funding of its own, by id; cost of no initiative last.
    pub initiatives: Vec<InitiativeFunding>,
    /// What nothing pays for, by period, initiative and source.
    pub gaps: Vec<FundingGap>,
    /// All of it.
    pub total: FundingTotal,
}

/// A line of the Funding table.
#[derive(Clone, Debug, PartialEq)]
pub struct FundingLinePosition {
    /// Position in [`Portfolio::funding`].
    pub line: usize,
    /// What it gives.
    pub amount: Measure<Money>,
    /// First day on which it may pay; none for any.
    pub from: Option<Day>,
    /// Last day on which it may pay: the last day of its window or its expiry, whichever comes first; none for any.
    pub until: Option<Day>,
    /// What it pays of cost to date.
    pub used_to_date: Measure<Money>,
    /// What it pays of all cost.
    pub allocated: Measure<Money>,
    /// What no cost needs: lost after `until`.
    pub unallocated: Measure<Money>,
    /// True where `until` lies before the as-of date.
    pub is_over: bool,
}

/// A source of funding: all its lines.
#[derive(Clone, Debug, PartialEq)]
pub struct SourcePosition {
    /// Name.
    pub source: String,
    /// Positions in [`Portfolio::funding`]; none for a source that only the budget names.
    pub lines: Vec<usize>,
    /// What it gives.
    pub amount: Measure<Money>,
    /// Current budget that names it.
    pub budget: Measure<Money>,
    /// Need (cost to date and to come) that belongs to it.
    pub need: Measure<Money>,
    /// What it pays of cost to date.
    pub used_to_date: Measure<Money>,
    /// What it pays of all cost.
    pub allocated: Measure<Money>,
    /// What no cost needs (overfunded).
    pub unallocated: Measure<Money>,
    /// The part of that which is lost after the last day of its line.
    pub expiring: Measure<Money>,
    /// The earliest day after which any of it is lost.
    pub expires_on: Option<Day>,
    /// Need that belongs to it and that nothing pays for.
    pub unfunded: Measure<Money>,
    /// Cost to date that belongs to it and lies outside its windows.
    pub outside_window: Measure<Money>,
    /// The share of each cost that it bears, where it bears less than all; the smallest of its lines.
    pub match_share: Option<f64>,
    /// What others are to pay beside it.
    pub match_required: Measure<Money>,
    /// What others pay beside it, up to what is required.
    pub match_found: Measure<Money>,
    /// True where others pay what is required.
    pub match_met: Measure<bool>,
}

/// Funding and need of one period.
#[derive(Clone, Debug, PartialEq)]
pub struct FundingPeriod {
    /// Which.
    pub period: Period,
    /// Money that is there from earlier periods.
    pub brought_forward: Measure<Money>,
    /// Funding whose window opens.
    pub opened: Measure<Money>,
    /// Cost to date and to come, after credits.
    pub need: Measure<Money>,
    /// What is paid of it.
    pub funded: Measure<Money>,
    /// What nothing pays for.
    pub unfunded: Measure<Money>,
    /// Unused money whose last day lies in the period (overfunded).
    pub lapsed: Measure<Money>,
    /// `brought_forward + opened - funded - lapsed`.
    pub carried_forward: Measure<Money>,
    /// True up to the period of the as-of date.
    pub is_past: bool,
}

/// How an initiative is funded.
#[derive(Clone, Debug, PartialEq)]
pub struct InitiativeFunding {
    /// Which; none for cost of no initiative.
    pub initiative: Option<InitiativeId>,
    /// Current budget.
    pub budget: Measure<Money>,
    /// Funding tied to it.
    pub tied: Measure<Money>,
    /// Cost to date and to come, after credits.
    pub need: Measure<Money>,
    /// What is paid of it.
    pub funded: Measure<Money>,
    /// What nothing pays for.
    pub unfunded: Measure<Money>,
    /// What each source pays, by name.
    pub by_source: Vec<(String, Money)>,
}

/// Why nothing pays for a cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GapReason {
    /// The budget names a source that the Funding table does not have.
    UnknownSource,
    /// There is no money for the initiative at all.
    NoFunding,
    /// There is money, and the period lies outside its window.
    OutsideWindow,
    /// The money is used up.
    UsedUp,
    /// The share that others are to bear is not there.
    MatchMissing,
}

impl GapReason {
    /// For a sheet.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::UnknownSource => "source not in Funding",
            Self::NoFunding => "no funding",
            Self::OutsideWindow => "outside the window",
            Self::UsedUp => "funding used up",
            Self::MatchMissing => "match funding missing",
        }
    }
}

/// A cost that nothing pays for.
#[derive(Clone, Debug, PartialEq)]
pub struct FundingGap {
    /// In which period.
    pub period: Period,
    /// Of which initiative; none for cost of no initiative.
    pub initiative: Option<InitiativeId>,
    /// The source that it belongs to; none where the budget names none.
    pub source: Option<String>,
    /// Cost to date, or still to come.
    pub timing: Timing,
    /// How much.
    pub amount: Money,
    /// Why.
    pub why: GapReason,
}

/// All funding and all need.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FundingTotal {
    /// What all sources give.
    pub funding: Measure<Money>,
    /// Current budget.
    pub budget: Measure<Money>,
    /// Funding less current budget: above zero, more than is budgeted.
    pub over_budget: Measure<Money>,
    /// Cost to date and to come, after credits.
    pub need: Measure<Money>,
    /// What is paid of it.
    pub funded: Measure<Money>,
    /// What nothing pays for.
    pub unfunded: Measure<Money>,
    /// What is paid of cost to date.
    pub used_to_date: Measure<Money>,
    /// Funding that no cost needs.
    pub unallocated: Measure<Money>,
    /// The part of that which is lost after the last day of its line.
    pub expiring: Measure<Money>,
    /// Credits that no later need takes up, below zero: `need + credits` is the estimate at completion.
    pub credits: Measure<Money>,
}

impl FundingPosition {
    /// True where the Funding table came in.
    #[must_use]
    pub fn is_available(&self) -> bool {
        self.total.funding != Err(Undefined::NoTable)
    }
}

/// Works out how the portfolio is funded.
#[must_use]
pub fn funding_position(portfolio: &Portfolio, cost: &CostPosition) -> (FundingPosition, Findings) {
    let needs = need::needs(portfolio, cost);
    let allocation = allocate::allocate(portfolio, &needs.needs);
    let position = position::position(portfolio, cost, &needs, &allocation);
    let findings = findings::findings(portfolio, &position);
    (position, findings)
}
