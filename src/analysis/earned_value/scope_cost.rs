//! What a scope has cost: the cost of its activities and of the work packages that lie wholly in it.

use super::actuals::Actuals;
use super::members::Member;
use super::result::ActualCostBasis;
use super::series::{Amounts, Series, sum};
use crate::analysis::measure::{Measure, Undefined};
use crate::base::day::Moment;
use rust_decimal::Decimal;

/// The actual cost of a scope of an initiative, over time.
pub struct ScopeCost<'a> {
    actuals: &'a Actuals,
    /// In the initiative's currency.
    own: Vec<&'a Series>,
    /// In the reporting currency.
    reporting: Vec<&'a Series>,
    unknown: Option<Undefined>,
}

impl<'a> ScopeCost<'a> {
    /// That of a scope. A ledger that names no work tells nothing of a part of the initiative.
    pub fn of(actuals: &'a Actuals, member: &Member) -> Self {
        if member.holds_all {
            return Self { actuals, own: vec![&actuals.own.total], reporting: vec![&actuals.reporting.total], unknown: None };
        }
        let blind = actuals.basis == ActualCostBasis::LedgerByInitiative && !member.activities.is_empty();
        let unknown = blind.then_some(Undefined::LedgerWithoutActivities);
        let series = |amounts: &'a Amounts| member.places.iter().filter_map(|place| amounts.by_place.get(place)).collect();
        Self { actuals, own: series(&actuals.own), reporting: series(&actuals.reporting), unknown }
    }

    /// In the initiative's currency, by a status date.
    pub fn at(&self, status: Moment) -> Measure<Decimal> {
        self.sum(&self.own, status)
    }

    /// In the reporting currency.
    pub fn in_reporting(&self, status: Moment) -> Measure<Decimal> {
        self.sum(&self.reporting, status)
    }

    fn sum(&self, series: &[&Series], status: Moment) -> Measure<Decimal> {
        self.actuals.given()?;
        if let Some(unknown) = self.unknown {
            return Err(unknown);
        }
        let until = self.actuals.until(status);
        series.iter().map(|series| series.at(until)).fold(Ok(Decimal::ZERO), sum)
    }
}
