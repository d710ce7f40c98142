//! Actual cost of an initiative over time: from the ledger or from progress, never both.

use super::Context;
use super::ledger_cost::{CostLine, by_ledger};
use super::result::ActualCostBasis;
use super::series::{Amounts, Place, Series};
use crate::analysis::measure::{Measure, Undefined};
use crate::base::calendar::WorkCalendar;
use crate::base::day::{Day, Moment};
use crate::base::money::Currency;
use crate::model::activity::ActivityIndex;
use crate::model::finance::RateKind;
use crate::model::settings::ActualCostSource;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Actual cost and hours worked, over time.
#[derive(Clone, Debug)]
pub struct Actuals {
    /// Where it comes from.
    pub basis: ActualCostBasis,
    /// In the initiative's currency.
    pub own: Amounts,
    /// In the reporting currency.
    pub reporting: Amounts,
    /// Minutes worked, by activity, as the progress readings give them.
    pub minutes: BTreeMap<usize, Series>,
    /// Activities below a work package that holds cost of its own: theirs is not known.
    pub covered: BTreeSet<usize>,
    /// The days of the ledger that count at a status date.
    pub days: BookedDays,
}

/// Which days of the ledger count at a status date: its own, and those after it on which nobody works, so that a month's last
/// weekend belongs to the month; none after the as-of date.
#[derive(Clone, Debug)]
pub struct BookedDays {
    calendar: Arc<WorkCalendar>,
    limit: Moment,
}

impl BookedDays {
    /// Those of a portfolio.
    pub fn of(context: &Context<'_>) -> Self {
        let limit = Moment::end_of(context.portfolio.settings.as_of.day()).plus(-1);
        Self { calendar: Arc::clone(context.portfolio.calendars.default_calendar()), limit }
    }

    /// The last moment that counts. Midnight is the end of the day before.
    fn until(&self, status: Moment) -> Moment {
        if status.is_date_only() {
            return status.plus(-1).min(self.limit);
        }
        let next = Moment::start_of(self.calendar.next_work_start(status).day());
        next.max(Moment::end_of(status.day())).plus(-1).min(self.limit)
    }
}

impl Actuals {
    /// In the initiative's currency.
    pub fn total(&self, at: Moment) -> Measure<Decimal> {
        self.given()?;
        self.own.total.at(self.until(at))
    }

    /// In the reporting currency.
    pub fn in_reporting(&self, at: Moment) -> Measure<Decimal> {
        self.given()?;
        self.reporting.total.at(self.until(at))
    }

    /// The last moment whose changes count at a status date.
    pub fn until(&self, status: Moment) -> Moment {
        match self.basis {
            ActualCostBasis::Ledger | ActualCostBasis::LedgerByInitiative => self.days.until(status),
            ActualCostBasis::Progress | ActualCostBasis::None => status,
        }
    }

    /// True where readings alone tell it.
    pub fn is_by_progress(&self) -> bool {
        self.basis == ActualCostBasis::Progress
    }

    /// Refuses where nothing gives an actual cost.
    pub fn given(&self) -> Measure<()> {
        if self.basis == ActualCostBasis::None { Err(Undefined::NoActualCost) } else { Ok(()) }
    }

    /// An activity's actual cost.
    pub fn of_activity(&self, activity: usize, at: Moment) -> Measure<Decimal> {
        self.given()?;
        if self.basis == ActualCostBasis::LedgerByInitiative || self.covered.contains(&activity) {
            return Err(Undefined::LedgerWithoutActivities);
        }
        self.own.by_place.get(&Place::Activity(activity)).map_or(Ok(Decimal::ZERO), |series| series.at(self.until(at)))
    }

    /// True where an activity has cost of its own at any time.
    pub fn names(&self, activity: usize) -> bool {
        self.own.by_place.contains_key(&Place::Activity(activity))
    }
}

/// Actual cost of an initiative.
#[must_use]
pub fn actuals(context: &Context<'_>, group: usize, lines: &[CostLine]) -> Actuals {
    let from_ledger = match context.portfolio.settings.actual_cost {
        ActualCostSource::Automatic => !lines.is_empty(),
        ActualCostSource::Ledger => true,
        ActualCostSource::Progress => false,
    };
    let mut actuals = if from_ledger { by_ledger(context, group, lines) } else { by_progress(context, group) };
    actuals.minutes = minutes_worked(context, group);
    actuals
}

/// Each reading's actual cost is the total to date; what is new at a status date is converted at that date's rate.
fn by_progress(context: &Context<'_>, group: usize) -> Actuals {
    let (own, reporting) = (context.currency(group), context.portfolio.settings.reporting_currency);
    let mut changes: Vec<(Moment, usize, Decimal)> = Vec::new();
    let mut given = false;
    for &member in context.members[group].iter().filter(|&&index| context.is_work(index)) {
        let mut before = Decimal::ZERO;
        for (status, reading) in context.readings(ActivityIndex(member)) {
            let Some(cost) = reading.actual_cost else { continue };
            given = true;
            changes.push((status, member, cost - before));
            before = cost;
        }
    }
    changes.sort_by_key(|(status, member, _)| (*status, *member));
    let mut amounts = (Amounts::default(), Amounts::default());
    for (status, member, new) in changes {
        let place = Place::Activity(member);
        amounts.0.add(&place, status, Ok(new));
        amounts.1.add(&place, status, exchanged(context, new, own, reporting, status.finish_day()));
    }
    let basis = if given { ActualCostBasis::Progress } else { ActualCostBasis::None };
    Actuals {
        basis,
        own: amounts.0,
        reporting: amounts.1,
        minutes: BTreeMap::new(),
        covered: BTreeSet::new(),
        days: BookedDays::of(context),
    }
}

fn exchanged(context: &Context<'_>, amount: Decimal, from: Currency, to: Currency, day: Day) -> Measure<Decimal> {
    if amount.is_zero() {
        return Ok(Decimal::ZERO);
    }
    let rate = context.exchange(RateKind::Average, from, to, day)?;
    amount.checked_mul(rate).ok_or(Undefined::TooLarge)
}

fn minutes_worked(context: &Context<'_>, group: usize) -> BTreeMap<usize, Series> {
    let mut worked: BTreeMap<usize, Series> = BTreeMap::new();
    for &member in context.members[group].iter().filter(|&&index| context.is_work(index)) {
        for (status, reading) in context.readings(ActivityIndex(member)) {
            let Some(minutes) = reading.actual_work.as_ref().and_then(|work| work.minutes(&context.calendars[member])) else {
                continue;
            };
            worked.entry(member).or_default().set(status, Ok(Decimal::from(minutes)));
        }
    }
    worked
}
