//! Exchange rates ready for use.
//!
//! Promises: a rate that is not there is none, never 1; a rate comes from a row, from the inverse of a row, or from two
//! rows through a third currency, in this order; that is the reporting currency where its rates are there, else the first
//! in the alphabet. Average and closing rates hold for their period alone; a budget rate holds until the next one is
//! given, and the first one also before; a spot rate holds for [`SPOT_DAYS`] days.

use crate::base::day::{Day, days_since_epoch};
use crate::base::money::Currency;
use crate::base::period::{FiscalCalendar, Period};
use crate::model::finance::{FxRate, RateKind};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// Days for which a spot rate stands in until the next one: a weekend and public holidays.
pub const SPOT_DAYS: i64 = 7;

/// When a rate is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// In a period.
    Period(Period),
    /// On a day.
    Day(Day),
}

/// Exchange rates by pair and kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FxTable {
    fiscal: FiscalCalendar,
    /// The currency that two rows go through where they can.
    hub: Option<Currency>,
    /// By pair and kind: rates by period ordinal (by day, for spot rates).
    rates: BTreeMap<(Currency, Currency, RateKind), BTreeMap<i64, Decimal>>,
    currencies: BTreeSet<Currency>,
}

impl FxTable {
    /// The table of some rates. A rate that is not positive, or of a currency to itself, is left out; of two for the same
    /// time, the first counts.
    #[must_use]
    pub fn new(rates: &[FxRate], fiscal: FiscalCalendar, hub: Currency) -> Self {
        let mut table = Self { fiscal, hub: Some(hub), ..Self::default() };
        for rate in rates.iter().filter(|rate| rate.rate > Decimal::ZERO && rate.from != rate.to) {
            let Some(at) = table.slot(rate) else { continue };
            table.currencies.extend([rate.from, rate.to]);
            table.rates.entry((rate.from, rate.to, rate.kind)).or_default().entry(at).or_insert(rate.rate);
        }
        table
    }

    /// Where a rate stands among those of its pair and kind: its day for spot rates, else its period.
    #[must_use]
    pub fn slot(&self, rate: &FxRate) -> Option<i64> {
        match (rate.kind, rate.period, rate.date) {
            (RateKind::Spot, _, Some(date)) => Some(days_since_epoch(date)),
            (RateKind::Spot, Some(period), None) => Some(days_since_epoch(self.fiscal.end(period))),
            (_, Some(period), _) => Some(i64::from(period.ordinal())),
            (_, None, Some(date)) => Some(i64::from(self.fiscal.period_of(date).ordinal())),
            (_, None, None) => None,
        }
    }

    /// How many units of `to` one unit of `from` is worth; none where no rate leads from one to the other.
    #[must_use]
    pub fn convert_rate(&self, from: Currency, to: Currency, kind: RateKind, when: When) -> Option<Decimal> {
        if from == to {
            return Some(Decimal::ONE);
        }
        self.leg(from, to, kind, when).or_else(|| {
            let through = self.hub.into_iter().chain(self.currencies.iter().copied());
            let mut through = through.filter(|third| *third != from && *third != to);
            through.find_map(|third| self.leg(from, third, kind, when)?.checked_mul(self.leg(third, to, kind, when)?))
        })
    }

    /// A row's rate, or the inverse of one.
    fn leg(&self, from: Currency, to: Currency, kind: RateKind, when: When) -> Option<Decimal> {
        let direct = self.row(from, to, kind, when);
        direct.or_else(|| Decimal::ONE.checked_div(self.row(to, from, kind, when)?))
    }

    /// The rate that a row gives.
    #[must_use]
    pub fn row(&self, from: Currency, to: Currency, kind: RateKind, when: When) -> Option<Decimal> {
        let rates = self.rates.get(&(from, to, kind))?;
        let period = |when| match when {
            When::Period(period) => i64::from(period.ordinal()),
            When::Day(day) => i64::from(self.fiscal.period_of(day).ordinal()),
        };
        match kind {
            RateKind::Average | RateKind::Closing => rates.get(&period(when)).copied(),
            RateKind::Budget => {
                let before = rates.range(..=period(when)).next_back();
                before.or_else(|| rates.iter().next()).map(|(_, rate)| *rate)
            }
            RateKind::Spot => {
                let day = days_since_epoch(match when {
                    When::Period(period) => self.fiscal.end(period),
                    When::Day(day) => day,
                });
                rates.range(day - SPOT_DAYS..=day).next_back().map(|(_, rate)| *rate)
            }
        }
    }

    /// The currencies that any row names.
    pub fn currencies(&self) -> impl Iterator<Item = Currency> {
        self.currencies.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::day;
    use std::sync::Arc;

    fn currency(code: &str) -> Currency {
        Currency::parse(code).expect("listed")
    }

    fn rate(from: &str, to: &str, kind: RateKind, at: &str, rate: &str) -> FxRate {
        let fiscal = FiscalCalendar::default();
        let period = fiscal.parse(at).filter(|_| kind != RateKind::Spot);
        let date = (kind == RateKind::Spot).then(|| day(at));
        let sheet = Arc::new(crate::base::origin::SheetName::new("t.xlsx", "FX rates"));
        let origin = crate::base::origin::Origin::sheet(&sheet);
        FxRate {
            from: currency(from),
            to: currency(to),
            kind,
            period,
            date,
            rate: rate.parse().expect("a rate"),
            source: None,
            origin,
        }
    }

    fn found(table: &FxTable, from: &str, to: &str, kind: RateKind, at: &str) -> Option<String> {
        let when = if kind == RateKind::Spot {
            When::Day(day(at))
        } else {
            When::Period(FiscalCalendar::default().parse(at).expect("a period"))
        };
        table.convert_rate(currency(from), currency(to), kind, when).map(|rate| rate.normalize().to_string())
    }

    #[test]
    fn a_rate_is_a_row_its_inverse_or_two_rows() {
        let rates =
            [rate("EUR", "GBP", RateKind::Average, "2026-10", "0.8"), rate("GBP", "USD", RateKind::Average, "2026-10", "1.25")];
        let table = FxTable::new(&rates, FiscalCalendar::default(), currency("GBP"));
        assert_eq!(found(&table, "EUR", "GBP", RateKind::Average, "2026-10").as_deref(), Some("0.8"));
        assert_eq!(found(&table, "GBP", "EUR", RateKind::Average, "2026-10").as_deref(), Some("1.25"));
        assert_eq!(found(&table, "EUR", "USD", RateKind::Average, "2026-10").as_deref(), Some("1"));
        assert_eq!(found(&table, "GBP", "GBP", RateKind::Average, "1999-01").as_deref(), Some("1"));
    }

    #[test]
    fn a_missing_rate_is_none_and_never_one() {
        let rates = [rate("EUR", "GBP", RateKind::Average, "2026-10", "0.8")];
        let table = FxTable::new(&rates, FiscalCalendar::default(), currency("GBP"));
        assert_eq!(found(&table, "EUR", "GBP", RateKind::Average, "2026-09"), None);
        assert_eq!(found(&table, "EUR", "GBP", RateKind::Closing, "2026-10"), None);
        assert_eq!(found(&table, "JPY", "GBP", RateKind::Average, "2026-10"), None);
    }

    #[test]
    fn a_budget_rate_holds_on_and_a_spot_rate_for_a_week() {
        let rates = [
            rate("EUR", "GBP", RateKind::Budget, "2026-04", "0.8"),
            rate("EUR", "GBP", RateKind::Budget, "2027-04", "0.9"),
            rate("EUR", "GBP", RateKind::Spot, "2026-10-30", "0.87"),
        ];
        let table = FxTable::new(&rates, FiscalCalendar::default(), currency("GBP"));
        for (at, expected) in
            [("2026-03", Some("0.8")), ("2026-04", Some("0.8")), ("2027-03", Some("0.8")), ("2028-01", Some("0.9"))]
        {
            assert_eq!(found(&table, "EUR", "GBP", RateKind::Budget, at).as_deref(), expected, "{at}");
        }
        for (at, expected) in [("2026-10-29", None), ("2026-11-06", Some("0.87")), ("2026-11-07", None)] {
            assert_eq!(found(&table, "EUR", "GBP", RateKind::Spot, at).as_deref(), expected, "{at}");
        }
    }
}
