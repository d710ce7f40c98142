//! Scopes that hold parts of several initiatives, in the reporting currency: the portfolio and its organisations.

use super::context::Context;
use super::curve::{PlannedCurve, Side, held};
use super::earned_schedule::EarnedScheduleRule;
use super::hours;
use super::initiatives::{Book, Followed};
use super::measures::performance;
use super::members::Member;
use super::periods::{PeriodEnd, Phases, Timeline};
use super::portfolio::{Counted, at_rate};
use super::range;
use super::result::{Base, PortfolioEarnedValue};
use super::scope_cost::ScopeCost;
use super::scopes::is_level_of_effort;
use super::series::sum;
use super::time::TimeBase;
use super::views::{Hours, PeriodState, Scope, ScopeEarnedValue};
use crate::analysis::measure::{Measure, Undefined};
use crate::base::day::Moment;
use crate::base::number;
use crate::base::period::Period;
use crate::model::activity::ActivityIndex;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The part that one initiative has in a scope.
pub struct Part<'c> {
    counted: Counted,
    followed: &'c Followed,
    member: &'c Member,
    phases: &'c Phases,
    cost: ScopeCost<'c>,
}

impl<'c> Part<'c> {
    /// The scope at a position among an initiative's.
    pub fn of(book: &'c Book<'_, '_>, counted: Counted, position: usize) -> Self {
        let followed = &book.followed[counted.group];
        let member = &followed.members[position];
        let cost = ScopeCost::of(&followed.track.actuals, member);
        Self { counted, followed, member, phases: &followed.phases[position], cost }
    }
}

/// A scope of several initiatives by period.
pub struct PortfolioScope<'c> {
    parts: Vec<Part<'c>>,
    /// Its periods.
    pub timeline: Timeline,
    /// By period.
    pub phases: Phases,
}

impl<'c> PortfolioScope<'c> {
    /// Adds parts up, period by period.
    pub fn of(context: &Context<'_>, parts: Vec<Part<'c>>) -> Self {
        let timeline = combined(parts.iter().map(|part| &part.followed.timeline));
        let mut phases = Phases::empty(&timeline);
        for part in &parts {
            add(&mut phases, &timeline, part);
        }
        phases.actual = timeline.ends.iter().map(|end| actual(context, &parts, end)).collect();
        Self { parts, timeline, phases }
    }

    /// CPI of the last three and six periods at a status date.
    pub fn recent(&self, base: &Base) -> [Measure<Decimal>; 2] {
        [3, 6].map(|periods| match self.timeline.position(base.status) {
            Some(position) => self.phases.recent(position, periods, base.earned_value, base.actual_cost),
            None => Err(Undefined::TooFewPeriods),
        })
    }
}

/// The periods of several initiatives. One is told where it is told of all that have begun.
fn combined<'t>(timelines: impl Iterator<Item = &'t Timeline>) -> Timeline {
    let mut ends: BTreeMap<Period, PeriodEnd> = BTreeMap::new();
    for end in timelines.flat_map(|timeline| &timeline.ends) {
        ends.entry(end.period).and_modify(|known| known.told &= end.told).or_insert(*end);
    }
    Timeline { ends: ends.into_values().collect() }
}

fn add(phases: &mut Phases, timeline: &Timeline, part: &Part<'_>) {
    let (rate, own) = (part.counted.rate, part.phases);
    let at: BTreeMap<Period, usize> =
        part.followed.timeline.ends.iter().enumerate().map(|(position, end)| (end.period, position)).collect();
    let first = part.followed.timeline.ends.first().map(|end| end.period);
    for (position, end) in timeline.ends.iter().enumerate() {
        if let Some(&from) = at.get(&end.period) {
            phases.planned[position] += held(own.planned[from] * rate);
            phases.planned_to_date[position] += held(own.planned_to_date[from] * rate);
            phases.minutes_planned[position] += own.minutes_planned[from];
            phases.minutes_to_date[position] += own.minutes_to_date[from];
            let scaled = own.earned[from].map(|earned| held(earned * rate));
            phases.earned[position] = sum(phases.earned[position], scaled);
            phases.minutes_earned[position] = sum(phases.minutes_earned[position], own.minutes_earned[from]);
            phases.minutes_actual[position] = sum(phases.minutes_actual[position], own.minutes_actual[from]);
        } else if first.is_some_and(|first| first < end.period) && end.state != PeriodState::ToCome {
            phases.earned[position] = Err(Undefined::NotToldForPeriod);
        }
    }
    phases.has_hours |= own.has_hours;
    phases.has_worked |= own.has_worked;
}

fn actual(context: &Context<'_>, parts: &[Part<'_>], end: &PeriodEnd) -> Measure<Decimal> {
    if end.state == PeriodState::ToCome {
        return Err(Undefined::NothingDueYet);
    }
    let of = |part: &Part<'_>| {
        let told = part.followed.timeline.ends.iter().find(|own| own.period == end.period).is_none_or(|own| own.told);
        let by_readings = part.followed.track.actuals.is_by_progress();
        if by_readings && !told {
            Err(Undefined::NotToldForPeriod)
        } else {
            part.cost.in_reporting(end.until.min(context.portfolio.data_date))
        }
    };
    parts.iter().map(of).fold(Ok(Decimal::ZERO), sum)
}

/// The portfolio and the organisations across its initiatives, with each by period.
pub fn scopes<'c>(
    book: &'c Book<'_, '_>,
    counted: &[Counted],
    portfolio: &PortfolioEarnedValue,
    estimates: &dyn Fn(usize) -> Measure<Decimal>,
) -> Vec<(ScopeEarnedValue, PortfolioScope<'c>)> {
    let Some(current) = portfolio.history.last().filter(|_| !counted.is_empty()) else { return Vec::new() };
    let statuses: Vec<Moment> = portfolio.history.iter().map(|at| at.base.status).collect();
    let parts = |wanted: &dyn Fn(&Scope) -> bool| -> Vec<Part<'c>> {
        let of = |each: &Counted| {
            let members = &book.followed[each.group].members;
            let positions: Vec<usize> = (0..members.len()).filter(|&position| wanted(&members[position].scope)).collect();
            positions.into_iter().map(|position| Part::of(book, *each, position)).collect::<Vec<_>>()
        };
        counted.iter().flat_map(of).collect()
    };
    let names: BTreeSet<&str> = counted
        .iter()
        .flat_map(|each| &book.followed[each.group].members)
        .filter_map(|member| if let Scope::Organisation(name) = &member.scope { Some(name.as_str()) } else { None })
        .collect();
    let whole = PortfolioScope::of(book.context, parts(&|scope| matches!(scope, Scope::Initiative(_))));
    let history: Vec<Base> = portfolio.history.iter().map(|at| at.base).collect();
    let by_accounts: Measure<Decimal> =
        counted.iter().map(|each| estimates(each.group)?.checked_mul(each.rate).ok_or(Undefined::TooLarge)).sum();
    let title = book.context.portfolio.settings.name.clone();
    let mut top = figures(book, &whole, Scope::Portfolio, title, history);
    top.current = current.clone();
    top.range = portfolio.range.clone();
    top.sum_of_estimates = by_accounts;
    let mut result = vec![(top, whole)];
    for name in names {
        let scope = Scope::Organisation(name.to_string());
        let whole = PortfolioScope::of(book.context, parts(&|each| *each == scope));
        let history = statuses.iter().map(|status| base_at(book, &whole, *status)).collect();
        result.push((figures(book, &whole, scope, name.to_string(), history), whole));
    }
    result
}

/// Base measures of the parts at a status date.
fn base_at(book: &Book<'_, '_>, scope: &PortfolioScope<'_>, status: Moment) -> Base {
    let mut base = Base::zero(status, book.context.portfolio.settings.reporting_currency);
    for part in &scope.parts {
        let budget = book.plans[part.counted.group].at(status);
        let track = &part.followed.track;
        let earned = track.earned_of(book.context, book.plans, part.counted.group, &part.member.activities, status);
        for (activity, earned) in part.member.activities.iter().zip(earned) {
            let Some(item) = budget.item_of(*activity) else { continue };
            let item = at_rate(&budget.curve.items[item], part.counted.rate);
            base.budget_at_completion += item.total();
            base.planned_value += item.value(status, Side::Before);
            base.earned_value += held(earned * part.counted.rate);
        }
        base.actual_cost = sum(base.actual_cost, part.cost.in_reporting(status));
    }
    base
}

fn figures(book: &Book<'_, '_>, whole: &PortfolioScope<'_>, scope: Scope, title: String, history: Vec<Base>) -> ScopeEarnedValue {
    let context = book.context;
    let currency = context.portfolio.settings.reporting_currency;
    let base = history.last().copied().unwrap_or_else(|| Base::zero(context.portfolio.data_date, currency));
    let current = performance(base, &time(book, whole, &base));
    let (share, without) = level_of_effort(book, whole, base.status);
    let activities = whole.parts.iter().flat_map(|part| part.member.activities.iter().copied().map(ActivityIndex)).collect();
    ScopeEarnedValue {
        scope,
        initiative: None,
        title,
        depth: 0,
        holds_activities: false,
        currency,
        history,
        activities,
        level_of_effort_share: share,
        schedule_index_without_level_of_effort: without,
        hours: hours_of(whole),
        range: range::range(&current.cost, Err(Undefined::NoForecast)),
        sum_of_estimates: current.cost.estimate_at_completion,
        current,
    }
}

fn time(book: &Book<'_, '_>, whole: &PortfolioScope<'_>, base: &Base) -> TimeBase {
    let context = book.context;
    let settings = &context.portfolio.settings;
    let (mut items, mut earned) = (Vec::new(), Vec::new());
    for part in &whole.parts {
        let budget = book.plans[part.counted.group].at(base.status);
        let of = part.followed.track.earned_of(context, book.plans, part.counted.group, &part.member.activities, base.status);
        for (activity, value) in part.member.activities.iter().zip(of) {
            let Some(item) = budget.item_of(*activity) else { continue };
            items.push(at_rate(&budget.curve.items[item], part.counted.rate));
            earned.push(held(value * part.counted.rate));
        }
    }
    let finish = |part: &Part<'_>| {
        if part.member.activities.is_empty() {
            Some(None)
        } else {
            part.followed.track.finish_of(&part.member.activities, base.status).map(Some)
        }
    };
    let finishes: Option<Vec<Option<Moment>>> = whole.parts.iter().map(finish).collect();
    let finish = finishes.and_then(|finishes| finishes.into_iter().flatten().max()).filter(|_| settings.freeze_at_finish);
    let until = finish.map_or(base.status, |finish| finish.min(base.status));
    let calendar = context.portfolio.calendars.default_calendar();
    let curve = PlannedCurve::new(items, Arc::clone(calendar));
    let earned_schedule = curve.earned_schedule(base.earned_value, base.status, &EarnedScheduleRule::of(settings));
    let mut time = TimeBase::of(&curve, calendar, until, earned_schedule);
    time.adherence = curve.adherence(&earned, earned_schedule);
    time.usable_share = number::from_excel(settings.usable_out_of_sequence).unwrap_or_default();
    time.recent = whole.recent(base);
    time
}

/// The share of level of effort in the budget, and SPI of all else.
fn level_of_effort(book: &Book<'_, '_>, whole: &PortfolioScope<'_>, status: Moment) -> (Measure<f64>, Measure<f64>) {
    let (mut all, mut effort, mut planned, mut earned) = (Decimal::ZERO, Decimal::ZERO, Decimal::ZERO, Decimal::ZERO);
    for part in &whole.parts {
        let budget = book.plans[part.counted.group].at(status);
        let of = part.followed.track.earned_of(book.context, book.plans, part.counted.group, &part.member.activities, status);
        for (activity, value) in part.member.activities.iter().zip(of) {
            let Some(item) = budget.item_of(*activity).map(|item| &budget.curve.items[item]) else { continue };
            all += item.total() * part.counted.rate;
            if is_level_of_effort(book.context, ActivityIndex(*activity)) {
                effort += item.total() * part.counted.rate;
            } else {
                planned += item.value(status, Side::Before) * part.counted.rate;
                earned += value * part.counted.rate;
            }
        }
    }
    let ratio = |a, b, none| number::ratio(a, b).ok_or(none);
    (ratio(effort, all, Undefined::NoBudget), ratio(earned, planned, Undefined::NothingPlannedYet))
}

fn hours_of(whole: &PortfolioScope<'_>) -> Hours {
    let phases = &whole.phases;
    let Some(now) = whole.timeline.now() else { return Hours::none() };
    let given = |has: bool, minutes: Measure<Decimal>| if has { hours::hours(minutes) } else { Err(Undefined::NoHours) };
    Hours {
        budget: given(phases.has_hours, Ok(phases.minutes_planned.iter().sum())),
        planned: given(phases.has_hours, Ok(phases.minutes_to_date.iter().sum())),
        earned: given(phases.has_hours, phases.minutes_earned[now]),
        actual: given(phases.has_worked, phases.minutes_actual[now]),
    }
}
