//! The formulas: from base measures to variances, indices, estimates and forecasts, with a reason where one has no value.

use super::arithmetic::{fraction, product, quotient, sum};
use super::result::{Base, CostMeasures, Oddity, Performance, PerformanceFactor};
use super::time::{TimeBase, time_measures};
use crate::analysis::measure::{Measure, Undefined};
use rust_decimal::Decimal;

/// All that follows from base measures.
#[must_use]
pub fn performance(base: Base, time: &TimeBase) -> Performance {
    let work = Work::of(&base);
    let rates = Rates::of(&work, time);
    Performance { cost: cost_measures(&work, &rates), time: time_measures(&work, &rates, time), base }
}

/// The estimate at completion from the bottom up: actual cost and an estimate to complete.
///
/// # Errors
/// [`Undefined::Negative`] where the estimate to complete is below zero: an estimate cannot lie below what is spent.
pub fn bottom_up_estimate(actual_cost: Decimal, to_complete: Decimal) -> Measure<Decimal> {
    if to_complete < Decimal::ZERO { Err(Undefined::Negative) } else { sum(actual_cost, to_complete) }
}

/// Base measures as the indices take them: earned value is held at the budget.
pub(super) struct Work {
    pub budget: Decimal,
    pub planned: Decimal,
    pub earned: Decimal,
    pub actual: Measure<Decimal>,
    pub raw_earned: Decimal,
}

impl Work {
    fn of(base: &Base) -> Self {
        Self {
            budget: base.budget_at_completion,
            planned: base.planned_value,
            earned: base.earned_value.min(base.budget_at_completion),
            actual: base.actual_cost,
            raw_earned: base.earned_value,
        }
    }

    fn left(&self) -> Decimal {
        self.budget - self.earned
    }

    pub fn is_complete(&self) -> bool {
        self.budget > Decimal::ZERO && self.earned >= self.budget
    }

    fn is_negative(&self) -> bool {
        self.raw_earned < Decimal::ZERO || self.actual.is_ok_and(|actual| actual < Decimal::ZERO)
    }

    /// Refuses an index of a scope without a budget or with negative measures.
    pub fn indexable(&self) -> Measure<()> {
        match (self.budget.is_zero(), self.is_negative()) {
            (true, _) => Err(Undefined::NoBudget),
            (_, true) => Err(Undefined::Negative),
            _ => Ok(()),
        }
    }

    fn oddities(&self) -> Vec<Oddity> {
        let nothing_spent = self.actual == Ok(Decimal::ZERO) && self.raw_earned > Decimal::ZERO;
        [
            (nothing_spent, Oddity::ActualsMissing),
            (self.is_negative(), Oddity::Negative),
            (self.raw_earned > self.budget && self.budget > Decimal::ZERO, Oddity::EarnedAboveBudget),
        ]
        .into_iter()
        .filter_map(|(odd, oddity)| odd.then_some(oddity))
        .collect()
    }
}

/// The indices, exactly.
pub(super) struct Rates {
    pub cpi: Measure<Decimal>,
    pub spi: Measure<Decimal>,
    pub spi_time: Measure<Decimal>,
    pub recent: [Measure<Decimal>; 2],
}

impl Rates {
    fn of(work: &Work, time: &TimeBase) -> Self {
        Self {
            cpi: cost_performance(work),
            spi: schedule_performance(work),
            spi_time: schedule_performance_in_time(work, time),
            recent: time.recent.map(|recent| work.indexable().and(recent)),
        }
    }

    pub fn sci(&self) -> Measure<Decimal> {
        product(self.spi?, self.cpi?)
    }

    pub fn sci_time(&self) -> Measure<Decimal> {
        product(self.spi_time?, self.cpi?)
    }

    /// The value of a performance factor.
    fn factor(&self, factor: PerformanceFactor) -> Measure<Decimal> {
        let weighted = |schedule: Decimal, cost: Decimal| {
            const COST_WEIGHT: Decimal = Decimal::from_parts(8, 0, 0, false, 1);
            sum(product(COST_WEIGHT, cost)?, product(Decimal::ONE - COST_WEIGHT, schedule)?)
        };
        match factor {
            PerformanceFactor::Planned => Ok(Decimal::ONE),
            PerformanceFactor::Cpi => self.cpi,
            PerformanceFactor::Spi => self.spi,
            PerformanceFactor::SpiTime => self.spi_time,
            PerformanceFactor::Sci => self.sci(),
            PerformanceFactor::SciTime => self.sci_time(),
            PerformanceFactor::WeightedSpi => weighted(self.spi?, self.cpi?),
            PerformanceFactor::WeightedSpiTime => weighted(self.spi_time?, self.cpi?),
            PerformanceFactor::LastThree => self.recent[0],
            PerformanceFactor::LastSix => self.recent[1],
        }
    }
}

fn cost_performance(work: &Work) -> Measure<Decimal> {
    work.indexable()?;
    match (work.actual?.is_zero(), work.earned.is_zero()) {
        (true, true) => Err(Undefined::NothingSpentYet),
        (true, false) => Err(Undefined::ActualsMissing),
        (false, _) => quotient(work.earned, work.actual?),
    }
}

fn schedule_performance(work: &Work) -> Measure<Decimal> {
    work.indexable()?;
    if work.planned.is_zero() { Err(Undefined::NothingPlannedYet) } else { quotient(work.earned, work.planned) }
}

fn schedule_performance_in_time(work: &Work, time: &TimeBase) -> Measure<Decimal> {
    work.indexable()?;
    let earned = Decimal::from(time.earned_schedule?);
    if time.actual_time <= 0 { Err(Undefined::NoTimePassed) } else { quotient(earned, Decimal::from(time.actual_time)) }
}

fn cost_measures(work: &Work, rates: &Rates) -> CostMeasures {
    let estimates = PerformanceFactor::ALL.map(|factor| estimate(work, rates.factor(factor)));
    let by_cost = matches!(rates.cpi, Ok(cpi) if !cpi.is_zero());
    let estimate_factor = if by_cost { PerformanceFactor::Cpi } else { PerformanceFactor::Planned };
    let estimate_at_completion = estimate(work, rates.factor(estimate_factor));
    let schedule_variance = work.raw_earned - work.planned;
    let cost_variance = work.actual.map(|actual| work.raw_earned - actual);
    CostMeasures {
        schedule_variance,
        cost_variance,
        schedule_variance_share: fraction(share(work, schedule_variance, work.planned, Undefined::NothingPlannedYet)),
        cost_variance_share: fraction(cost_variance.and_then(|cv| share(work, cv, work.raw_earned, Undefined::NothingEarnedYet))),
        schedule_performance_index: fraction(rates.spi),
        cost_performance_index: fraction(rates.cpi),
        schedule_cost_index: fraction(rates.sci()),
        recent_cost_indices: rates.recent.map(fraction),
        percent_complete: fraction(work.indexable().and_then(|()| quotient(work.earned, work.budget))),
        percent_spent: fraction(work.indexable().and_then(|()| quotient(work.actual?, work.budget))),
        work_remaining: if work.budget.is_zero() { Err(Undefined::NoBudget) } else { Ok(work.left()) },
        estimates,
        estimate_at_completion,
        estimate_factor,
        estimate_to_complete: estimate_at_completion.and_then(|estimate| Ok(estimate - work.actual?)),
        variance_at_completion: estimate_at_completion.map(|estimate| work.budget - estimate),
        to_complete_index_budget: fraction(to_complete(work, Ok(work.budget), Undefined::NotAchievable)),
        to_complete_index_estimate: fraction(to_complete(work, estimate_at_completion, Undefined::EstimateSpent)),
        oddities: work.oddities(),
    }
}

/// A variance as a share of what it is measured against.
fn share(work: &Work, variance: Decimal, of: Decimal, none: Undefined) -> Measure<Decimal> {
    work.indexable()?;
    if of.is_zero() { Err(none) } else { quotient(variance, of) }
}

/// AC + (BAC − EV) / PF.
fn estimate(work: &Work, factor: Measure<Decimal>) -> Measure<Decimal> {
    let actual = work.actual?;
    if work.budget.is_zero() {
        return Err(Undefined::NoBudget);
    }
    if work.is_complete() {
        return Ok(actual);
    }
    sum(actual, divided_by_rate(work.left(), factor?, work)?)
}

pub(super) fn divided_by_rate(amount: Decimal, rate: Decimal, work: &Work) -> Measure<Decimal> {
    if !rate.is_zero() {
        return quotient(amount, rate);
    }
    Err(if work.earned.is_zero() { Undefined::NothingEarnedYet } else { Undefined::ZeroRate })
}

/// (BAC − EV) / (target − AC).
fn to_complete(work: &Work, target: Measure<Decimal>, spent: Undefined) -> Measure<Decimal> {
    work.indexable()?;
    if work.is_complete() {
        return Err(Undefined::Complete);
    }
    let left = target? - work.actual?;
    if left <= Decimal::ZERO { Err(spent) } else { quotient(work.left(), left) }
}
