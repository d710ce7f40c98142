//! Sums over a part of the cube, and the figures that follow from them.

use super::cube::CellAmounts;
use crate::analysis::measure::{Measure, Undefined};
use crate::base::money::{Currency, Money};
use crate::base::number;

/// The stretch of time that figures cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Window {
    /// The period in which the as-of date lies.
    Month,
    /// The fiscal year up to that period.
    YearToDate,
    /// The whole fiscal year.
    FullYear,
    /// All periods.
    Life,
}

impl Window {
    /// All, in the order of reports.
    pub const ALL: [Self; 4] = [Self::Month, Self::YearToDate, Self::FullYear, Self::Life];

    /// For a sheet.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::YearToDate => "year to date",
            Self::FullYear => "full year",
            Self::Life => "whole life",
        }
    }

    /// True where the window looks ahead, so that its variance is that of the outlook.
    #[must_use]
    pub const fn looks_ahead(self) -> bool {
        matches!(self, Self::FullYear | Self::Life)
    }
}

/// The cost figures of a scope in a window, in one currency. Positive is cost; a positive variance is more than budget.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// Current budget of the window's periods: original and approved changes.
    pub budget: Measure<Money>,
    /// Budget of the version that counts.
    pub original: Measure<Money>,
    /// Approved changes.
    pub changes: Measure<Money>,
    /// Actual cost posted up to the as-of date: actuals, accruals and reversals.
    pub actual: Measure<Money>,
    /// The part of actual cost that is accrued and not yet invoiced: accruals less reversals.
    pub accrued: Measure<Money>,
    /// The part of the variance that comes from exchange: actual cost at average rates less at budget rates.
    pub exchange_effect: Measure<Money>,
    /// The part of the variance that comes from price and volume: what stands at budget rates, less budget. With the effect
    /// of exchange it makes the variance, to the minor unit.
    pub local_effect: Measure<Money>,
    /// Forecast of what is still to come in the window.
    pub to_come: Measure<Money>,
    /// Actual cost and what is still to come.
    pub outlook: Measure<Money>,
    /// Outlook less budget where the window looks ahead, else actual cost less budget.
    pub variance: Measure<Money>,
    /// The variance as a share of the budget.
    pub variance_share: Measure<f64>,
}

/// The figures of each window.
#[derive(Clone, Debug, PartialEq)]
pub struct Windows {
    /// The period in which the as-of date lies.
    pub month: Figures,
    /// The fiscal year up to that period.
    pub year_to_date: Figures,
    /// The whole fiscal year.
    pub full_year: Figures,
    /// All periods.
    pub life: Figures,
    /// Orders placed and not yet invoiced or released at the as-of date.
    pub open_commitments: Measure<Money>,
}

impl Windows {
    /// The figures of a window.
    #[must_use]
    pub const fn of(&self, window: Window) -> &Figures {
        match window {
            Window::Month => &self.month,
            Window::YearToDate => &self.year_to_date,
            Window::FullYear => &self.full_year,
            Window::Life => &self.life,
        }
    }
}

/// What of a scope is known at all, over its whole life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Known {
    pub budget: Result<(), Undefined>,
    pub actual: Result<(), Undefined>,
    /// A scope in which nothing is still to come needs no forecast.
    pub forecast: Result<(), Undefined>,
    /// Orders that are still open.
    pub orders: Result<(), Undefined>,
}

/// Sums of minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub original: i128,
    pub changes: i128,
    pub actual: i128,
    pub accrued: i128,
    pub actual_at_budget_rate: i128,
    /// Some actual cost has no budget rate.
    pub without_budget_rate: bool,
    pub to_come: i128,
}

impl Sums {
    /// Adds a cell; `to_come` is what of its forecast is still to come.
    pub fn add(&mut self, cell: &CellAmounts, to_come: i64) {
        let minor = |amount: Option<i64>| i128::from(amount.unwrap_or(0));
        self.original += minor(cell.original);
        self.changes += minor(cell.changes);
        self.actual += minor(cell.actual);
        self.accrued += minor(cell.accrued);
        self.actual_at_budget_rate += minor(cell.actual_at_budget_rate);
        self.without_budget_rate |= cell.actual.is_some() && cell.actual_at_budget_rate.is_none();
        self.to_come += i128::from(to_come);
    }

    /// The figures of these sums.
    pub fn figures(&self, window: Window, known: &Known, currency: Currency) -> Figures {
        let money = |minor: i128| to_money(minor, currency);
        let current = self.original + self.changes;
        let budget = known.budget.and_then(|()| money(current));
        let looks_ahead = window.looks_ahead();
        let (stands, defined) = if looks_ahead {
            (self.actual + self.to_come, known.actual.and(known.forecast))
        } else {
            (self.actual, known.actual)
        };
        let compared = known.budget.and(defined);
        let variance = compared.and_then(|()| money(stands - current));
        let variance_share = variance.and_then(|variance| {
            let budget = budget?.amount();
            number::ratio(variance.amount(), budget).ok_or(Undefined::NothingToCompare)
        });
        let at_rates = if self.without_budget_rate { Err(Undefined::NoBudgetRate) } else { Ok(()) };
        let to_come = known.forecast.and_then(|()| money(self.to_come));
        let at_budget_rate = self.actual_at_budget_rate + if looks_ahead { self.to_come } else { 0 };
        Figures {
            budget,
            original: known.budget.and_then(|()| money(self.original)),
            changes: known.budget.and_then(|()| money(self.changes)),
            actual: known.actual.and_then(|()| money(self.actual)),
            accrued: known.actual.and_then(|()| money(self.accrued)),
            exchange_effect: known.actual.and(at_rates).and_then(|()| money(self.actual - self.actual_at_budget_rate)),
            local_effect: compared.and(at_rates).and_then(|()| money(at_budget_rate - current)),
            to_come,
            outlook: known.actual.and(known.forecast).and_then(|()| money(self.actual + self.to_come)),
            variance,
            variance_share,
        }
    }
}

/// Minor units as money.
pub(super) fn to_money(minor: i128, currency: Currency) -> Measure<Money> {
    i64::try_from(minor).map(|minor| Money::new(minor, currency)).map_err(|_| Undefined::TooLarge)
}
