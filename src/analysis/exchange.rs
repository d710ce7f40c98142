//! Exchange rates as the analyses ask for them: by kind and day, direct, inverted or by way of the reporting currency.
//!
//! Promises: a rate that is not there is none, never 1. A period's rate holds for its days; a budget rate holds until the
//! next one, and the first one also before it.

use crate::base::day::Day;
use crate::base::money::Currency;
use crate::base::period::Period;
use crate::model::finance::{FxRate, RateKind};
use crate::model::portfolio::Portfolio;
use rust_decimal::Decimal;

/// A source of exchange rates.
pub trait ExchangeRates {
    /// How many units of `to` one unit of `from` is; none where no rate is given.
    fn rate(&self, kind: RateKind, from: Currency, to: Currency, day: Day) -> Option<Decimal>;
}

/// The rates of the portfolio's FX rates table.
#[derive(Clone, Copy, Debug)]
pub struct PortfolioRates<'a>(pub &'a Portfolio);

impl ExchangeRates for PortfolioRates<'_> {
    fn rate(&self, kind: RateKind, from: Currency, to: Currency, day: Day) -> Option<Decimal> {
        if from == to {
            return Some(Decimal::ONE);
        }
        let hub = self.0.settings.reporting_currency;
        let by_hub = || self.pair(kind, from, hub, day)?.checked_mul(self.pair(kind, hub, to, day)?);
        self.pair(kind, from, to, day).or_else(by_hub)
    }
}

impl PortfolioRates<'_> {
    /// The rate of a pair, as given or the other way round.
    fn pair(&self, kind: RateKind, from: Currency, to: Currency, day: Day) -> Option<Decimal> {
        if from == to {
            return Some(Decimal::ONE);
        }
        let inverse = || Decimal::ONE.checked_div(self.given(kind, to, from, day)?);
        self.given(kind, from, to, day).or_else(inverse)
    }

    fn given(&self, kind: RateKind, from: Currency, to: Currency, day: Day) -> Option<Decimal> {
        let fiscal = &self.0.settings.fiscal;
        let period = fiscal.period_of(day);
        let period_of = |rate: &FxRate| rate.period.or_else(|| rate.date.map(|day| fiscal.period_of(day)));
        let mut rates: Vec<(Option<Period>, Decimal)> = (self.0.fx_rates.iter())
            .filter(|rate| rate.kind == kind && rate.from == from && rate.to == to && !rate.rate.is_zero())
            .map(|rate| (period_of(rate), rate.rate))
            .collect();
        rates.sort_by_key(|(period, _)| *period);
        match kind {
            RateKind::Budget => {
                let before = rates.iter().rev().find(|(since, _)| *since <= Some(period));
                before.or(rates.first()).map(|(_, rate)| *rate)
            }
            _ => rates.iter().find(|(at, _)| *at == Some(period)).map(|(_, rate)| *rate),
        }
    }
}
