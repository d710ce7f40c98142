//! Cash by month, burn rate and runway.
//!
//! Money leaves when an actual is posted; an accrual leaves no money. What is accrued at the as-of date is expected to leave
//! `payment_days` later; the forecast of a period, taken to arise evenly over its days, so many days after each of them.
//! Funding comes in when its window opens.

use super::cube::{CellAmounts, CellKey, Cube};
use super::figures::to_money;
use super::scope::{Scope, is_over};
use crate::analysis::measure::{Measure, Undefined};
use crate::base::day::Day;
use crate::base::id::InitiativeId;
use crate::base::money::{Currency, Money, split};
use crate::base::number;
use crate::base::period::Period;
use crate::model::exchange::When;
use crate::model::finance::RateKind;
use crate::model::portfolio::Portfolio;
use chrono::TimeDelta;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use std::collections::BTreeMap;

/// Cash of the portfolio, in the reporting currency.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CashFlow {
    /// Every period from the first with cash to the last.
    pub months: Vec<CashMonth>,
}

/// Cash of one fiscal period.
#[derive(Clone, Debug, PartialEq)]
pub struct CashMonth {
    /// Which.
    pub period: Period,
    /// Money that left: actuals posted, without accruals and reversals.
    pub paid: Measure<Money>,
    /// Money expected to leave: accruals that are open, and the forecast.
    pub expected: Measure<Money>,
    /// Funding whose window opens.
    pub funding: Measure<Money>,
    /// Paid and expected from the first period on.
    pub cumulative_out: Measure<Money>,
    /// Funding from the first period on.
    pub cumulative_in: Measure<Money>,
    /// True up to the period of the as-of date.
    pub is_past: bool,
}

/// How fast money is spent, and how long the budget lasts.
#[derive(Clone, Debug, PartialEq)]
pub struct Burn {
    /// Which; none for the portfolio.
    pub initiative: Option<InitiativeId>,
    /// Number of whole periods up to the as-of date that the rate is the mean of.
    pub periods: usize,
    /// Actual cost of a period, on average.
    pub per_period: Measure<Money>,
    /// Current budget less actual cost.
    pub remaining: Measure<Money>,
    /// How many periods the remaining budget lasts at that rate.
    pub runway_periods: Measure<f64>,
    /// The day on which it is used up.
    pub runs_out: Measure<Day>,
}

#[derive(Clone, Copy, Default)]
struct Sums {
    paid: i128,
    expected: i128,
    funding: i128,
}

/// Cash by period.
pub(super) fn cash_flow(portfolio: &Portfolio, scope: &Scope, cube: &Cube) -> CashFlow {
    let currency = portfolio.settings.reporting_currency;
    let mut periods: BTreeMap<Period, Sums> = BTreeMap::new();
    let mut known: BTreeMap<Period, Vec<(Period, u64)>> = BTreeMap::new();
    let mut accrued = 0;
    for (key, cell) in &cube.cells {
        let minor = |amount: Option<i64>| i128::from(amount.unwrap_or(0));
        accrued += minor(cell.accrued);
        if cell.actual.is_some() {
            periods.entry(key.period).or_default().paid += minor(cell.actual) - minor(cell.accrued);
        }
        let to_come = scope.to_come(key.period, cell);
        if to_come != 0 {
            let days = known.entry(key.period).or_insert_with(|| paid_in(portfolio, key.period));
            let weights: Vec<u64> = days.iter().map(|(_, days)| *days).collect();
            for ((period, _), share) in days.iter().zip(split(to_come, &weights)) {
                periods.entry(*period).or_default().expected += i128::from(share);
            }
        }
    }
    if accrued != 0 {
        let as_of = portfolio.settings.as_of.day();
        let paid = portfolio.settings.fiscal.period_of(later(portfolio, as_of));
        periods.entry(paid).or_default().expected += accrued;
    }
    let funded = funding(portfolio, &mut periods);
    let (Some(first), Some(last)) = (periods.keys().next().copied(), periods.keys().next_back().copied()) else {
        return CashFlow::default();
    };
    let known = scope.overall(cube, true);
    let mut out = 0;
    let mut funds = 0;
    let month = |period: Period| {
        let sums = periods.get(&period).copied().unwrap_or_default();
        out += sums.paid + sums.expected;
        funds += sums.funding;
        let money = |known: Result<(), Undefined>, minor: i128| known.and_then(|()| to_money(minor, currency));
        let needs_forecast = if sums.expected == 0 && period <= scope.period { Ok(()) } else { known.forecast };
        CashMonth {
            period,
            paid: money(known.actual, sums.paid),
            expected: money(needs_forecast, sums.expected),
            funding: money(funded, sums.funding),
            cumulative_out: money(known.actual.and(needs_forecast), out),
            cumulative_in: money(funded, funds),
            is_past: period <= scope.period,
        }
    };
    CashFlow { months: portfolio.settings.fiscal.range(first, last).into_iter().map(month).collect() }
}

/// The periods in which the cost still to come of a period is paid, each with the number of its days that are paid then.
fn paid_in(portfolio: &Portfolio, period: Period) -> Vec<(Period, u64)> {
    let fiscal = &portfolio.settings.fiscal;
    let tomorrow = portfolio.settings.as_of.day().succ_opt();
    let (first, last) = (fiscal.start(period).max(tomorrow.unwrap_or_default()), fiscal.end(period));
    let mut paid: BTreeMap<Period, u64> = BTreeMap::new();
    for day in first.iter_days().take_while(|day| *day <= last) {
        *paid.entry(fiscal.period_of(later(portfolio, day))).or_default() += 1;
    }
    paid.into_iter().collect()
}

/// The day on which cost of a day is paid.
fn later(portfolio: &Portfolio, day: Day) -> Day {
    day.checked_add_signed(TimeDelta::days(portfolio.settings.finance.payment_days)).unwrap_or(day)
}

/// Funding at the period in which its window opens; the as-of period where it names none.
fn funding(portfolio: &Portfolio, periods: &mut BTreeMap<Period, Sums>) -> Result<(), Undefined> {
    if !portfolio.has_table("Funding") {
        return Err(Undefined::NoTable);
    }
    let (fiscal, to) = (&portfolio.settings.fiscal, portfolio.settings.reporting_currency);
    let mut whole = Ok(());
    for line in &portfolio.funding {
        let period = fiscal.period_of(line.from.unwrap_or(portfolio.settings.as_of.day()));
        let rate = portfolio.exchange.convert_rate(line.currency, to, RateKind::Budget, When::Period(period));
        let amount = rate.ok_or(Undefined::NoExchangeRate).and_then(|rate| {
            let exact = line.amount.checked_mul(rate).ok_or(Undefined::TooLarge)?;
            Money::rounded(exact, to).map_err(|_| Undefined::TooLarge)
        });
        match amount {
            Ok(money) => periods.entry(period).or_default().funding += i128::from(money.minor),
            Err(why) => whole = Err(why),
        }
    }
    whole
}

/// Burn rate and runway of the portfolio and of each initiative that is not over.
pub(super) fn burn(portfolio: &Portfolio, scope: &Scope, cube: &Cube) -> Vec<Burn> {
    let all: Vec<(&CellKey, &CellAmounts)> = cube.cells.iter().collect();
    let mut burns =
        vec![burn_of(portfolio, scope, None, &all, scope.overall(cube, all.iter().any(|(_, cell)| cell.budget().is_some())))];
    for initiative in portfolio.initiatives.iter().filter(|initiative| !is_over(initiative)) {
        let cells: Vec<(&CellKey, &CellAmounts)> = cube.of(Some(&initiative.id)).collect();
        let known = scope.known_of(cube, super::scope::Part::Initiative(&initiative.id), false);
        burns.push(burn_of(portfolio, scope, Some(initiative.id.clone()), &cells, known));
    }
    burns
}

fn burn_of(
    portfolio: &Portfolio,
    scope: &Scope,
    initiative: Option<InitiativeId>,
    cells: &[(&CellKey, &CellAmounts)],
    known: super::figures::Known,
) -> Burn {
    let currency = portfolio.settings.reporting_currency;
    let fiscal = &portfolio.settings.fiscal;
    let count = portfolio.settings.finance.burn_periods.max(1);
    let last = if scope.incomplete { fiscal.prev(scope.period) } else { scope.period };
    let first = fiscal.moved(last, 1 - i32::try_from(count).unwrap_or(1));
    let minor = |amount: Option<i64>| i128::from(amount.unwrap_or(0));
    let lately = cells.iter().filter(|(key, _)| (first..=last).contains(&key.period));
    let spent: i128 = lately.map(|(_, cell)| minor(cell.actual)).sum();
    let left: i128 = cells.iter().map(|(_, cell)| minor(cell.original) + minor(cell.changes) - minor(cell.actual)).sum();
    let per_period = known.actual.and_then(|()| mean(spent, count, currency));
    let remaining = known.budget.and(known.actual).and_then(|()| to_money(left, currency));
    let runway_periods = remaining.and_then(|left| runway(left, per_period?));
    let runs_out = runway_periods.and_then(|periods| day_after(portfolio, periods));
    Burn { initiative, periods: count, per_period, remaining, runway_periods, runs_out }
}

fn mean(minor: i128, count: usize, currency: Currency) -> Measure<Money> {
    let total = to_money(minor, currency)?.amount();
    Money::rounded(total / Decimal::from(count), currency).map_err(|_| Undefined::TooLarge)
}

fn runway(left: Money, per_period: Money) -> Measure<f64> {
    match (left.minor <= 0, per_period.minor <= 0) {
        (true, _) => Err(Undefined::BudgetUsedUp),
        (_, true) => Err(Undefined::NothingSpentLately),
        _ => number::ratio(left.amount(), per_period.amount()).ok_or(Undefined::NothingSpentLately),
    }
}

/// The longest runway told as a date, in periods.
const LONGEST: f64 = 1_200.0;

/// So many periods after the as-of date, the last one in days.
fn day_after(portfolio: &Portfolio, periods: f64) -> Measure<Day> {
    let (fiscal, as_of) = (&portfolio.settings.fiscal, portfolio.settings.as_of.day());
    let now = fiscal.period_of(as_of);
    let length = |period: Period| small((fiscal.end(period) - fiscal.start(period)).num_days() + 1);
    let passed = small((as_of - fiscal.start(now)).num_days() + 1) / length(now);
    let whole = (passed + periods).trunc();
    let moved = (whole <= LONGEST).then(|| whole.to_i32()).flatten().ok_or(Undefined::TooLarge)?;
    let last = fiscal.moved(now, moved);
    let days = (length(last) * (passed + periods - whole)).floor().to_i64().unwrap_or(0);
    fiscal.start(last).checked_add_signed(TimeDelta::days(days)).ok_or(Undefined::TooLarge)
}

#[expect(clippy::cast_precision_loss, reason = "days of a period")]
const fn small(days: i64) -> f64 {
    days as f64
}
