//! What a scope has cost: the cost of its activities and of the work packages that lie wholly in it.

use super::actuals::Actuals;
use super::context::Context;
use super::members::Member;
use super::result::ActualCostBasis;
use super::series::{Amounts, Place, sum};
use crate::analysis::measure::{Measure, Undefined};
use crate::base::day::Moment;
use rust_decimal::Decimal;

/// The actual cost of a scope of an initiative, over time.
pub struct ScopeCost<'a> {
    actuals: &'a Actuals,
    /// None where the scope holds everything.
    places: Option<&'a [Place]>,
    unknown: Option<Undefined>,
}

impl<'a> ScopeCost<'a> {
    /// That of a scope. A ledger that names no work tells nothing of a part of the initiative.
    pub fn of(context: &Context<'_>, group: usize, actuals: &'a Actuals, member: &'a Member) -> Self {
        let all = context.members[group].iter().filter(|&&index| context.is_work(index)).count();
        if member.activities.len() == all {
            return Self { actuals, places: None, unknown: None };
        }
        let blind = actuals.basis == ActualCostBasis::LedgerByInitiative && !member.activities.is_empty();
        let unknown = blind.then_some(Undefined::LedgerWithoutActivities);
        Self { actuals, places: Some(&member.places), unknown }
    }

    /// In the initiative's currency, by a status date.
    pub fn at(&self, status: Moment) -> Measure<Decimal> {
        self.sum(&self.actuals.own, status)
    }

    /// In the reporting currency.
    pub fn in_reporting(&self, status: Moment) -> Measure<Decimal> {
        self.sum(&self.actuals.reporting, status)
    }

    fn sum(&self, amounts: &Amounts, status: Moment) -> Measure<Decimal> {
        self.actuals.given()?;
        if let Some(unknown) = self.unknown {
            return Err(unknown);
        }
        let until = self.actuals.until(status);
        let Some(places) = self.places else { return amounts.total.at(until) };
        let of = |place: &Place| amounts.by_place.get(place).map_or(Ok(Decimal::ZERO), |series| series.at(until));
        places.iter().map(of).fold(Ok(Decimal::ZERO), sum)
    }
}
