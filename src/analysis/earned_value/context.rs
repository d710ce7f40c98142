//! What every step of earned value analysis looks things up in: built once.

use crate::analysis::measure::{Measure, Undefined};
use crate::analysis::progress::{ProgressBook, ProgressState};
use crate::analysis::schedule::{self, Schedules};
use crate::base::calendar::WorkCalendar;
use crate::base::day::{Day, Moment};
use crate::base::id::ResourceId;
use crate::base::money::Currency;
use crate::base::origin::Origin;
use crate::base::period::Period;
use crate::model::activity::{Activity, ActivityIndex, ActivityType, BaselineEntry, ProgressReading};
use crate::model::exchange::When;
use crate::model::finance::RateKind;
use crate::model::portfolio::Portfolio;
use crate::model::resource::{Assignment, Bearer, Rate, ResourceKind};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The portfolio, indexed.
pub struct Context<'a> {
    /// The portfolio.
    pub portfolio: &'a Portfolio,
    /// Its schedules.
    pub schedules: &'a Schedules,
    /// Activities by initiative.
    pub members: Vec<Vec<usize>>,
    /// Initiative by activity; the number of initiatives where it is not listed.
    pub group_of: Vec<usize>,
    /// Initiatives by id.
    pub group_by_id: BTreeMap<&'a str, usize>,
    /// Calendar by activity.
    pub calendars: Vec<Arc<WorkCalendar>>,
    /// Baseline entries by initiative.
    pub baselines: Vec<Vec<&'a BaselineEntry>>,
    /// Assignments by activity.
    pub assignments: Vec<Vec<&'a Assignment>>,
    /// Rates by bearer, oldest first.
    pub rates: BTreeMap<&'a Bearer, Vec<&'a Rate>>,
    /// What each resource is.
    pub resource_kinds: BTreeMap<&'a ResourceId, ResourceKind>,
    book: ProgressBook<'a>,
}

/// True for a WBS code that is another or lies below it.
#[must_use]
pub fn is_below(code: &str, above: &str) -> bool {
    code.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

impl<'a> Context<'a> {
    /// Indexes the portfolio.
    #[must_use]
    pub fn new(portfolio: &'a Portfolio, schedules: &'a Schedules) -> Self {
        let group_by_id: BTreeMap<&str, usize> =
            portfolio.initiatives.iter().enumerate().map(|(group, initiative)| (initiative.id.as_str(), group)).collect();
        let count = portfolio.initiatives.len();
        let group = |activity: &Activity| group_by_id.get(activity.key.initiative.as_str()).copied().unwrap_or(count);
        let group_of: Vec<usize> = portfolio.activities.iter().map(group).collect();
        let mut members = vec![Vec::new(); count];
        for (index, &group) in group_of.iter().enumerate().filter(|(_, group)| **group < count) {
            members[group].push(index);
        }
        let mut baselines = vec![Vec::new(); count + 1];
        portfolio.baselines.iter().for_each(|entry| baselines[group_of[entry.activity.0]].push(entry));
        let mut assignments = vec![Vec::new(); portfolio.activities.len()];
        portfolio.assignments.iter().for_each(|assignment| assignments[assignment.activity.0].push(assignment));
        let mut rates: BTreeMap<&Bearer, Vec<&Rate>> = BTreeMap::new();
        portfolio.rates.iter().for_each(|rate| rates.entry(&rate.bearer).or_default().push(rate));
        for rates in rates.values_mut() {
            rates.sort_by_key(|rate| rate.from);
        }
        let calendars = portfolio.activities.iter().map(|activity| schedule::calendar_of(portfolio, activity)).collect();
        let book = ProgressBook::open(portfolio);
        let resource_kinds = portfolio.resources.iter().map(|resource| (&resource.id, resource.kind)).collect();
        Self {
            portfolio,
            schedules,
            members,
            group_of,
            group_by_id,
            calendars,
            baselines,
            assignments,
            rates,
            resource_kinds,
            book,
        }
    }

    /// An activity by position.
    #[must_use]
    pub fn activity(&self, index: usize) -> &'a Activity {
        &self.portfolio.activities[index]
    }

    /// False for a summary row, which adds up what is below it and has no cost of its own.
    #[must_use]
    pub fn is_work(&self, index: usize) -> bool {
        self.activity(index).kind != ActivityType::Summary
    }

    /// What is known of an activity at a status date.
    #[must_use]
    pub fn state(&self, index: usize, status: Moment) -> ProgressState {
        self.book.state(ActivityIndex(index), status, &self.calendars[index])
    }

    /// What is known of an activity at each of some status dates, oldest first.
    #[must_use]
    pub fn states(&self, index: usize, statuses: &[Moment]) -> Vec<ProgressState> {
        self.book.states(ActivityIndex(index), statuses, &self.calendars[index])
    }

    /// The progress readings of an activity with their status dates, oldest first.
    pub fn readings(&self, activity: ActivityIndex) -> impl Iterator<Item = (Moment, &'a ProgressReading)> + '_ {
        self.book.readings(activity)
    }

    /// The status dates of an initiative: those of its progress readings, and the data date.
    #[must_use]
    pub fn status_dates(&self, group: usize) -> BTreeSet<Moment> {
        let readings = self.members[group].iter().flat_map(|&index| self.book.status_dates(ActivityIndex(index)));
        readings.chain([self.portfolio.data_date]).collect()
    }

    /// The activities of an initiative below a WBS code, or with it.
    pub fn below<'c>(&'c self, group: usize, code: &'c str) -> impl Iterator<Item = usize> + 'c {
        let work = self.members[group].iter().copied().filter(|&index| self.is_work(index));
        work.filter(move |&index| is_below(&self.activity(index).wbs, code))
    }

    /// How many units of one currency a unit of another is worth on a day.
    ///
    /// # Errors
    /// [`Undefined::NoExchangeRate`] where no rate leads from one to the other.
    pub fn exchange(&self, kind: RateKind, from: Currency, to: Currency, day: Day) -> Measure<Decimal> {
        self.portfolio.exchange.convert_rate(from, to, kind, When::Day(day)).ok_or(Undefined::NoExchangeRate)
    }

    /// How many units of one currency a unit of another is worth in a period.
    ///
    /// # Errors
    /// [`Undefined::NoExchangeRate`] where no rate leads from one to the other.
    pub fn exchange_in(&self, kind: RateKind, from: Currency, to: Currency, period: Period) -> Measure<Decimal> {
        self.portfolio.exchange.convert_rate(from, to, kind, When::Period(period)).ok_or(Undefined::NoExchangeRate)
    }

    /// The currency of an initiative.
    #[must_use]
    pub fn currency(&self, group: usize) -> Currency {
        self.portfolio.initiatives.get(group).map_or(self.portfolio.settings.reporting_currency, |initiative| initiative.currency)
    }

    /// The currency of an activity's amounts.
    #[must_use]
    pub fn currency_of(&self, index: usize) -> Currency {
        self.currency(self.group_of[index])
    }

    /// Where an initiative is recorded.
    #[must_use]
    pub fn initiative_origin(&self, group: usize) -> Origin {
        self.portfolio.initiatives[group].origin.clone()
    }

    /// Its id and name.
    #[must_use]
    pub fn initiative_name(&self, group: usize) -> String {
        let initiative = &self.portfolio.initiatives[group];
        format!("{} {}", initiative.id, initiative.name)
    }
}
