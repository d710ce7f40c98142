//! The load of one assignment by period, and the capacity of one resource in a period.

use super::{Dates, is_timed};
use crate::analysis::measure::{Measure, Undefined};
use crate::base::calendar::WorkCalendar;
use crate::base::day::Moment;
use crate::base::period::Period;
use crate::model::activity::{ActivityIndex, ActivityType};
use crate::model::portfolio::Portfolio;
use crate::model::resource::{Assignment, Bearer, Resource};
use std::collections::{BTreeMap, BTreeSet};

/// Minutes by which a load may pass capacity through rounding of floating point.
pub(super) const ROUNDING_MINUTES: f64 = 0.5;

/// An assignment placed in time.
pub(super) struct Share<'p> {
    pub assignment: &'p Assignment,
    pub start: Moment,
    pub finish: Moment,
    /// Working minutes by period.
    pub minutes: BTreeMap<Period, f64>,
}

/// The assignments that could be placed in time, and the activities of those that could not.
pub(super) struct Shares<'p> {
    pub placed: Vec<Share<'p>>,
    pub undated: Vec<ActivityIndex>,
}

pub(super) fn shares<'p>(portfolio: &'p Portfolio, dates: &Dates) -> Shares<'p> {
    let mut placed = Vec::new();
    let mut undated = BTreeSet::new();
    for assignment in portfolio.assignments.iter().filter(|assignment| takes_time(portfolio, assignment)) {
        match span_of(portfolio, dates, assignment) {
            Some((start, finish)) => placed.push(place(portfolio, assignment, start, finish)),
            None => drop(undated.insert(assignment.activity)),
        }
    }
    Shares { placed, undated: undated.into_iter().collect() }
}

/// True for work counted in time, on a row that is no summary.
fn takes_time(portfolio: &Portfolio, assignment: &Assignment) -> bool {
    let timed = match &assignment.bearer {
        Bearer::Role(_) => true,
        Bearer::Resource(id) => portfolio.resources.iter().find(|resource| resource.id == *id).is_none_or(is_timed),
    };
    let given = assignment.units.is_some() || assignment.work.is_some();
    timed && given && portfolio.activity(assignment.activity).kind != ActivityType::Summary
}

/// The assignment's own dates, else those handed in, else actual dates, else the baseline's. Dates without a time stand
/// for the whole day.
fn span_of(portfolio: &Portfolio, dates: &Dates, assignment: &Assignment) -> Option<(Moment, Moment)> {
    let activity = portfolio.activity(assignment.activity);
    let handed = dates.get(&assignment.activity);
    let start = assignment.start.or(handed.map(|dates| dates.0)).or(activity.actual_start).or(activity.baseline_start)?;
    let finish = assignment.finish.or(handed.map(|dates| dates.1)).or(activity.actual_finish).or(activity.baseline_finish)?;
    let finish =
        if finish.is_date_only() && handed.is_none_or(|dates| dates.1 != finish) { Moment::end_of(finish.day()) } else { finish };
    (start <= finish).then_some((start, finish))
}

/// The calendar that the work runs on: the resource's, else (for a role) the activity's.
fn calendar<'p>(portfolio: &'p Portfolio, assignment: &Assignment) -> &'p WorkCalendar {
    let of_resource = |resource: &Resource| portfolio.calendars.get_or_default(resource.calendar.as_ref());
    let resource = match &assignment.bearer {
        Bearer::Resource(id) => portfolio.resources.iter().find(|resource| resource.id == *id),
        Bearer::Role(_) => None,
    };
    let of_activity = || portfolio.calendars.get_or_default(portfolio.activity(assignment.activity).calendar.as_ref());
    resource.map_or_else(of_activity, of_resource)
}

#[expect(clippy::cast_precision_loss, reason = "working minutes are far below 2^52")]
fn place<'p>(portfolio: &'p Portfolio, assignment: &'p Assignment, start: Moment, finish: Moment) -> Share<'p> {
    let calendar = calendar(portfolio, assignment);
    let working = calendar.work(start, finish) as f64;
    let work = assignment.work.as_ref().and_then(|work| work.minutes(calendar)).map(|minutes| minutes as f64);
    let total = assignment.units.map_or(work.unwrap_or(0.0), |units| units * working);
    let mut minutes = BTreeMap::new();
    if working > 0.0 && total > 0.0 {
        let fiscal = &portfolio.settings.fiscal;
        let (first, last) = (fiscal.period_of(start.day()), fiscal.period_of(finish.finish_day()));
        let mut before = 0.0;
        for period in fiscal.range(first, last) {
            let until = Moment::end_of(fiscal.end(period)).min(finish);
            let after = done(assignment.profile.as_deref(), calendar.work(start, until) as f64 / working);
            if after > before {
                minutes.insert(period, total * (after - before));
            }
            before = after;
        }
    }
    Share { assignment, start, finish, minutes }
}

/// The share of the work done when a share of the working time has passed: flat x, front-loaded 2x − x², back-loaded x²,
/// bell 3x² − 2x³ (each from 0 at 0 to 1 at 1; the rates are 1, 2(1 − x), 2x and 6x(1 − x)).
pub(super) fn done(profile: Option<&str>, passed: f64) -> f64 {
    let x = passed.clamp(0.0, 1.0);
    match profile {
        Some("front") => x * (2.0 - x),
        Some("back") => x * x,
        Some("bell") => x * x * 2.0f64.mul_add(-x, 3.0),
        _ => x,
    }
}

/// Working minutes that a resource can do in a period, inside its availability.
#[expect(clippy::cast_precision_loss, reason = "working minutes are far below 2^52")]
pub(super) fn capacity(portfolio: &Portfolio, resource: &Resource, period: Period) -> Measure<f64> {
    let units = resource.capacity.ok_or(Undefined::NoCapacity)?;
    let fiscal = &portfolio.settings.fiscal;
    let (start, end) = (fiscal.start(period), fiscal.end(period));
    let from = resource.available_from.map_or(start, |first| first.max(start));
    let to = resource.available_to.map_or(end, |last| last.min(end));
    if from > to {
        return Ok(0.0);
    }
    let calendar = portfolio.calendars.get_or_default(resource.calendar.as_ref());
    Ok(units * calendar.work(Moment::start_of(from), Moment::end_of(to)) as f64)
}

/// A ratio; none where there is nothing to divide by.
pub(super) fn ratio(load: f64, capacity: f64) -> Measure<f64> {
    if capacity > 0.0 { Ok(load / capacity) } else { Err(Undefined::NoCapacity) }
}

/// Most units booked at any instant of a period, by assignments given in units.
pub(super) fn peak_units(portfolio: &Portfolio, shares: &[&Share<'_>], period: Period) -> f64 {
    let fiscal = &portfolio.settings.fiscal;
    let (from, to) = (Moment::start_of(fiscal.start(period)), Moment::end_of(fiscal.end(period)));
    let booked = || {
        shares
            .iter()
            .filter(|share| share.start < to && share.finish > from)
            .filter_map(|share| Some((share, share.assignment.units?)))
    };
    let starts = booked().map(|(share, _)| share.start.max(from));
    let at = |instant: Moment| {
        booked().filter(|(share, _)| share.start <= instant && instant < share.finish).map(|(_, units)| units).sum::<f64>()
    };
    starts.map(at).fold(0.0, f64::max)
}
