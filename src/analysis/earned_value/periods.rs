//! Each scope of an initiative by period: what is planned in it, and what is earned and spent by its end.
//!
//! Planned value of a period is the difference of the planned values at its two ends, each by the baseline in force then: a
//! baseline that moves past work shows in the period in which it was approved, and the past stays as it was reported. What
//! is earned is told by a reading in the period, else not, save where all is done. Spread over periods, every scope adds up
//! to the same sums.

use super::actuals::Actuals;
use super::budget::Plans;
use super::context::Context;
use super::curve::Side;
use super::members::Member;
use super::result::ActualCostBasis;
use super::scope_cost::ScopeCost;

use super::series::sum;
use super::track::Track;
use super::views::PeriodState;
use crate::analysis::measure::{Measure, Undefined};
use crate::base::day::Moment;
use crate::base::period::Period;
use rust_decimal::Decimal;

/// A period of an initiative's life.
#[derive(Clone, Copy, Debug)]
pub struct PeriodEnd {
    /// Which.
    pub period: Period,
    /// Where it lies.
    pub state: PeriodState,
    /// Its end.
    pub end: Moment,
    /// Its end; in the period of the data date, that.
    pub until: Moment,
    /// True where a reading tells what is earned by then, nothing can be, or everything is.
    pub told: bool,
}

/// The periods of an initiative.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    /// From the first planned start or cost to the last planned or forecast finish, or the data date.
    pub ends: Vec<PeriodEnd>,
}

impl Timeline {
    /// Those of the initiative at a position.
    pub fn of(context: &Context<'_>, group: usize, plans: &Plans, track: &Track) -> Self {
        let fiscal = &context.portfolio.settings.fiscal;
        let planned = plans.versions().filter_map(|budget| Some((budget.curve.start?, budget.curve.finish?)));
        let spent = track.actuals.own.total.span();
        let spans: Vec<(Moment, Moment)> = planned.chain(spent).collect();
        let Some(first) = spans.iter().map(|(start, _)| *start).min() else { return Self::default() };
        let data_date = context.portfolio.data_date;
        let forecast = context.schedules.current.initiatives.get(group).and_then(|schedule| schedule.finish);
        let last = spans.iter().map(|(_, finish)| *finish).chain(forecast).max().unwrap_or(data_date).max(data_date);
        let periods = fiscal.range(fiscal.period_of(first.min(data_date).day()), fiscal.period_of(last.finish_day()));
        let end = |period| {
            let (start, end) = (Moment::start_of(fiscal.start(period)), Moment::end_of(fiscal.end(period)));
            let state = if fiscal.end(period) <= context.portfolio.settings.as_of.day() {
                PeriodState::Past
            } else if start <= data_date {
                PeriodState::Running
            } else {
                PeriodState::ToCome
            };
            let until = if state == PeriodState::ToCome { end } else { end.min(data_date) };
            let read = track.dates.iter().any(|date| start < *date && *date <= end);
            let begun = plans.current().curve.start.is_some_and(|begins| begins < end)
                || track.dates.first().is_some_and(|date| *date <= start);
            let work = &plans.at(until).activities;
            let done = !work.is_empty() && track.finish_of(work, until).is_some();
            PeriodEnd { period, state, end, until, told: state != PeriodState::ToCome && (read || !begun || done) }
        };
        Self { ends: periods.into_iter().map(end).collect() }
    }

    /// The position of the period of the data date.
    pub fn now(&self) -> Option<usize> {
        self.ends.iter().rposition(|end| end.state != PeriodState::ToCome)
    }

    /// The position of the period in which a moment lies, as a status date.
    pub fn position(&self, status: Moment) -> Option<usize> {
        let position = self.ends.partition_point(|end| end.end < status);
        (position < self.ends.len()).then_some(position)
    }
}

/// A scope by period. Each list goes by period of the timeline.
#[derive(Clone, Debug, Default)]
pub struct Phases {
    /// Planned in the period.
    pub planned: Vec<Decimal>,
    /// Planned in the part of it up to the data date.
    pub planned_to_date: Vec<Decimal>,
    /// Earned by the end of the period, or the data date.
    pub earned: Vec<Measure<Decimal>>,
    /// Spent by then.
    pub actual: Vec<Measure<Decimal>>,
    /// Minutes planned in the period.
    pub minutes_planned: Vec<Decimal>,
    /// Minutes planned in the part of it up to the data date.
    pub minutes_to_date: Vec<Decimal>,
    /// Minutes earned by the end of the period.
    pub minutes_earned: Vec<Measure<Decimal>>,
    /// Minutes worked by then.
    pub minutes_actual: Vec<Measure<Decimal>>,
    /// True where anything gives hours of work.
    pub has_hours: bool,
    /// True where any reading gives hours worked.
    pub has_worked: bool,
}

impl Phases {
    /// Nothing planned, earned or spent.
    pub fn empty(timeline: &Timeline) -> Self {
        let zero = || vec![Decimal::ZERO; timeline.ends.len()];
        let told = || -> Vec<Measure<Decimal>> {
            timeline.ends.iter().map(|end| if end.told { Ok(Decimal::ZERO) } else { Err(untold(end)) }).collect()
        };
        Self {
            planned: zero(),
            planned_to_date: zero(),
            earned: told(),
            actual: told(),
            minutes_planned: zero(),
            minutes_to_date: zero(),
            minutes_earned: told(),
            minutes_actual: told(),
            has_hours: false,
            has_worked: false,
        }
    }

    /// CPI of the last so many periods up to a position, given what is earned and spent by a moment in it.
    pub fn recent(&self, position: usize, periods: usize, earned: Decimal, actual: Measure<Decimal>) -> Measure<Decimal> {
        let before = (position + 1).checked_sub(periods).ok_or(Undefined::TooFewPeriods)?;
        let at = |told: &[Measure<Decimal>]| match before.checked_sub(1) {
            Some(before) => told.get(before).copied().unwrap_or(Ok(Decimal::ZERO)).map_err(|_| Undefined::TooFewPeriods),
            None => Ok(Decimal::ZERO),
        };
        let (earned, spent) = (earned - at(&self.earned)?, actual? - at(&self.actual)?);
        match (spent.is_zero(), spent < Decimal::ZERO || earned < Decimal::ZERO) {
            (_, true) => Err(Undefined::Negative),
            (true, _) => Err(Undefined::NothingSpentYet),
            _ => earned.checked_div(spent).ok_or(Undefined::TooLarge),
        }
    }
}

fn untold(end: &PeriodEnd) -> Undefined {
    if end.state == PeriodState::ToCome { Undefined::NothingDueYet } else { Undefined::NotToldForPeriod }
}

/// Every scope of an initiative by period, in the order of the members.
pub fn phases(
    context: &Context<'_>,
    plans: &[Plans],
    group: usize,
    track: &Track,
    members: &[Member],
    timeline: &Timeline,
) -> Vec<Phases> {
    let mut phases = vec![Phases::empty(timeline); members.len()];
    let scopes = scopes_of(context, group, members);
    for (activity, scopes) in &scopes {
        add_planned(&plans[group], *activity, scopes, timeline, &mut phases);
    }
    for (position, end) in timeline.ends.iter().enumerate().filter(|(_, end)| end.told) {
        let budget = plans[group].at(end.until);
        let earned = track.earned_at(context, plans, group, end.until);
        for (item, activity) in budget.activities.iter().enumerate() {
            let worked = Track::minutes_earned(budget, item, earned[item]);
            for &scope in scopes.get(activity).into_iter().flatten() {
                add(&mut phases[scope].earned[position], earned[item]);
                if let Some(minutes) = worked {
                    add(&mut phases[scope].minutes_earned[position], minutes);
                }
            }
        }
    }
    for (member, phases) in members.iter().zip(&mut phases) {
        let cost = ScopeCost::of(&track.actuals, member);
        phases.actual = timeline.ends.iter().map(|end| actual(&track.actuals, &cost, end)).collect();
        let minutes = || member.activities.iter().filter_map(|activity| track.actuals.minutes.get(activity));
        phases.has_worked = minutes().next().is_some();
        for (position, end) in timeline.ends.iter().enumerate().filter(|(_, end)| end.told) {
            phases.minutes_actual[position] = minutes().map(|series| series.at(end.until)).fold(Ok(Decimal::ZERO), sum);
        }
    }
    phases
}

fn add(total: &mut Measure<Decimal>, amount: Decimal) {
    *total = sum(*total, Ok(amount));
}

/// What a scope has cost by the end of a period: the ledger tells it of every period, progress where there is a reading.
fn actual(actuals: &Actuals, cost: &ScopeCost<'_>, end: &PeriodEnd) -> Measure<Decimal> {
    match actuals.basis {
        _ if end.state == PeriodState::ToCome => Err(Undefined::NothingDueYet),
        ActualCostBasis::Progress if !end.told => Err(untold(end)),
        _ => cost.at(end.until),
    }
}

type ScopesOf = std::collections::BTreeMap<usize, Vec<usize>>;

/// The scopes of each activity, by position among the members.
fn scopes_of(context: &Context<'_>, group: usize, members: &[Member]) -> ScopesOf {
    let work = context.members[group].iter().copied().filter(|&index| context.is_work(index));
    let mut scopes: ScopesOf = work.map(|index| (index, Vec::new())).collect();
    for (position, member) in members.iter().enumerate() {
        for activity in &member.activities {
            scopes.entry(*activity).or_default().push(position);
        }
    }
    scopes
}

/// Adds an activity's planned value to its scopes, period by period.
fn add_planned(plans: &Plans, activity: usize, scopes: &[usize], timeline: &Timeline, phases: &mut [Phases]) {
    let items = || plans.versions().filter_map(|budget| Some(&budget.curve.items[budget.item_of(activity)?]));
    let (Some(first), Some(last)) = (items().map(|item| item.start).min(), items().map(|item| item.finish).max()) else { return };
    let last = plans.last_change().map_or(last, |change| change.max(last));
    let from = timeline.ends.partition_point(|end| end.end < first);
    let value = |at: Moment| {
        let budget = plans.at(at);
        let item = budget.item_of(activity)?;
        let planned = &budget.curve.items[item];
        let minutes = budget.minutes[item];
        Some((planned.value(at, Side::Before), minutes.map(|minutes| super::curve::held(minutes * planned.share(at)))))
    };
    let mut before = (Decimal::ZERO, Decimal::ZERO);
    for (position, end) in timeline.ends.iter().enumerate().skip(from) {
        let at_end = value(end.end).unwrap_or_default();
        let whole = (at_end.0 - before.0, at_end.1.unwrap_or_default() - before.1);
        let to_date = match end.state {
            PeriodState::ToCome => (Decimal::ZERO, Decimal::ZERO),
            _ if end.until == end.end => whole,
            _ => value(end.until)
                .map_or((Decimal::ZERO, Decimal::ZERO), |at| (at.0 - before.0, at.1.unwrap_or_default() - before.1)),
        };
        for &scope in scopes {
            let scope = &mut phases[scope];
            scope.planned[position] += whole.0;
            scope.planned_to_date[position] += to_date.0;
            scope.minutes_planned[position] += whole.1;
            scope.minutes_to_date[position] += to_date.1;
            scope.has_hours |= at_end.1.is_some();
        }
        before = (at_end.0, at_end.1.unwrap_or_default());
        if end.end >= last {
            break;
        }
    }
}
