//! Plan money in another currency: at the budget rate of its period, the one rate at which plans, funding, reserves and
//! limits of authority compare.
//!
//! Promises: a rate that is not there is a reason, never one for one; nothing is rounded but where the name says so.

use crate::analysis::measure::{Measure, Undefined};
use crate::base::money::{Currency, Money};
use crate::base::period::Period;
use crate::model::exchange::When;
use crate::model::finance::RateKind;
use crate::model::portfolio::Portfolio;
use rust_decimal::Decimal;

/// The amount in another currency, exactly, in major units.
///
/// # Errors
/// [`Undefined::NoExchangeRate`] and [`Undefined::TooLarge`].
pub fn exact(portfolio: &Portfolio, amount: Decimal, (from, to): (Currency, Currency), period: Period) -> Measure<Decimal> {
    let rate = portfolio.exchange.convert_rate(from, to, RateKind::Budget, When::Period(period));
    amount.checked_mul(rate.ok_or(Undefined::NoExchangeRate)?).ok_or(Undefined::TooLarge)
}

/// The amount in another currency, rounded once.
///
/// # Errors
/// [`Undefined::NoExchangeRate`] and [`Undefined::TooLarge`].
pub fn money(portfolio: &Portfolio, amount: Decimal, (from, to): (Currency, Currency), period: Period) -> Measure<Money> {
    Money::rounded(exact(portfolio, amount, (from, to), period)?, to).map_err(|_| Undefined::TooLarge)
}

/// The period in which the as-of date lies.
#[must_use]
pub fn period_now(portfolio: &Portfolio) -> Period {
    portfolio.settings.fiscal.period_of(portfolio.settings.as_of.day())
}

/// The sum of figures of one currency; the first reason where one of them has none.
///
/// # Errors
/// The reason of the first figure that does not exist; [`Undefined::TooLarge`].
pub fn sum(currency: Currency, figures: impl IntoIterator<Item = Measure<Money>>) -> Measure<Money> {
    figures.into_iter().try_fold(Money::zero(currency), |sum, figure| sum.checked_add(figure?).map_err(|_| Undefined::TooLarge))
}
