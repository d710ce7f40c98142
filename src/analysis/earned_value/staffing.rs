//! Staffing: hours of work by organisation and period, planned by the baseline, worked, and still to come by the current
//! schedule. Source: IPMR, format 4.

use super::context::Context;
use super::curve::held;
use super::hours::hours;
use super::initiatives::Book;
use super::members::Member;
use super::periods::{Phases, Timeline};
use super::track::Track;
use super::views::{PeriodState, Scope, Staffing};
use crate::analysis::measure::{Measure, Undefined};
use crate::base::calendar::WorkCalendar;
use crate::base::day::Moment;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The staffing of an initiative: organisations in order, each from its first to its last period.
pub fn staffing(book: &Book<'_, '_>, group: usize) -> Vec<Staffing> {
    let followed = &book.followed[group];
    let is_organisation = |(member, phases): &(&Member, &Phases)| {
        matches!(member.scope, Scope::Organisation(_)) && (phases.has_hours || phases.has_worked)
    };
    let of = |(member, phases): (&Member, &Phases)| organisation(book, group, member, phases);
    followed.members.iter().zip(&followed.phases).filter(is_organisation).flat_map(of).collect()
}

fn organisation(book: &Book<'_, '_>, group: usize, member: &Member, phases: &Phases) -> Vec<Staffing> {
    let timeline = &book.followed[group].timeline;
    let to_come = to_come(book, group, member);
    let calendar = book.context.portfolio.project_calendar(group);
    let worked = worked(phases);
    let rows = timeline.ends.iter().enumerate().map(|(position, end)| {
        let planned = if phases.has_hours { hours(Ok(phases.minutes_planned[position])) } else { Err(Undefined::NoHours) };
        let ahead = to_come.get(&position).copied().unwrap_or_default();
        Staffing {
            initiative: book.context.portfolio.initiatives[group].id.clone(),
            organisation: member.scope.name().to_string(),
            period: end.period,
            planned,
            actual: if phases.has_worked { worked(position, end.state) } else { Err(Undefined::NoHours) },
            to_come: if phases.has_hours { hours(Ok(ahead)) } else { Err(Undefined::NoHours) },
            planned_units: planned.and_then(|planned| units(book.context, calendar, timeline, position, planned)),
        }
    });
    let rows: Vec<Staffing> = rows.collect();
    let busy = |row: &Staffing| [row.planned, row.actual, row.to_come].into_iter().flatten().any(|hours| hours != 0.0);
    let (first, last) = (rows.iter().position(busy), rows.iter().rposition(busy));
    match (first, last) {
        (Some(first), Some(last)) => rows.into_iter().take(last + 1).skip(first).collect(),
        _ => Vec::new(),
    }
}

/// Hours worked in a period: the difference of what is worked by its two ends.
fn worked(phases: &Phases) -> impl Fn(usize, PeriodState) -> Measure<f64> {
    |position, state| {
        if state == PeriodState::ToCome {
            return Err(Undefined::NothingDueYet);
        }
        let before = match position.checked_sub(1) {
            Some(before) => phases.minutes_actual[before]?,
            None => Decimal::ZERO,
        };
        hours(Ok(phases.minutes_actual[position]? - before))
    }
}

/// Planned hours by the working hours of the period: how many people at full time they are.
fn units(context: &Context<'_>, calendar: &WorkCalendar, timeline: &Timeline, position: usize, planned: f64) -> Measure<f64> {
    let fiscal = &context.portfolio.settings.fiscal;
    let end = &timeline.ends[position];
    let open = calendar.work(Moment::start_of(fiscal.start(end.period)), end.end);
    let open = hours(Ok(Decimal::from(open)))?;
    if open > 0.0 { Ok(planned / open) } else { Err(Undefined::NoCapacity) }
}

/// Minutes still to be worked by the current schedule, by position of the period: of each activity what it has not earned of
/// its minutes, spread evenly from the data date or its start to its finish.
fn to_come(book: &Book<'_, '_>, group: usize, member: &Member) -> BTreeMap<usize, Decimal> {
    let (context, followed) = (book.context, &book.followed[group]);
    let plan = book.plans[group].current();
    let data_date = context.portfolio.data_date;
    let earned = followed.track.earned_of(context, book.plans, group, &member.activities, data_date);
    let mut ahead: BTreeMap<usize, Decimal> = BTreeMap::new();
    for (&activity, earned) in member.activities.iter().zip(earned) {
        let Some(item) = plan.item_of(activity) else { continue };
        let (Some(minutes), Some(done)) = (plan.minutes[item], Track::minutes_earned(plan, item, earned)) else { continue };
        let scheduled = &context.schedules.current.activities[activity];
        let (start, finish) = (scheduled.start.max(data_date), scheduled.finish.max(data_date));
        let calendar = &context.calendars[activity];
        let all = Decimal::from(calendar.work(start, finish));
        let left = (minutes - done).max(Decimal::ZERO);
        if left.is_zero() || all.is_zero() {
            continue;
        }
        let mut from = start;
        for (position, end) in followed.timeline.ends.iter().enumerate().filter(|(_, end)| end.end > start) {
            let to = end.end.min(finish);
            let share = Decimal::from(calendar.work(from, to)) / all;
            *ahead.entry(position).or_default() += held(left * share);
            if end.end >= finish {
                break;
            }
            from = to;
        }
    }
    ahead
}
