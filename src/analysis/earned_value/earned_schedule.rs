//! Earned schedule: the time at which the plan should have earned what is earned, read from the curve of planned value.
//!
//! Two conventions. Continuous: on the time-phased baseline, in whole working hours, so that the figures which `ProTrack`
//! exports come out. Periodic: between the planned values at the ends of fiscal periods, in straight lines.
//!
//! Sources: Lipke, "Schedule is Different", The Measurable News (2003); Lipke, *Earned Schedule* (2009).

use super::curve::{PlannedCurve, PlannedItem, Side};
use crate::analysis::measure::{Measure, Undefined};
use crate::base::day::Moment;
use crate::base::number;
use crate::base::period::FiscalCalendar;
use crate::model::settings::{EarnedScheduleConvention, FlatCurve, Settings};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

/// Working minutes of the step in which earned schedule is counted.
const HOUR: i64 = 60;

/// Amounts closer than this are equal: what is left of a division that does not come out.
const TOLERANCE: Decimal = Decimal::from_parts(1, 0, 0, false, 6);

/// How earned schedule is read from the curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EarnedScheduleRule {
    /// Continuous, or by period.
    pub convention: EarnedScheduleConvention,
    /// Which point of a flat stretch counts.
    pub flat: FlatCurve,
    /// Where periods end.
    pub fiscal: FiscalCalendar,
}

impl EarnedScheduleRule {
    /// The rule of the settings.
    #[must_use]
    pub const fn of(settings: &Settings) -> Self {
        Self { convention: settings.earned_schedule, flat: settings.flat_curve, fiscal: settings.fiscal }
    }
}

impl PlannedCurve {
    /// Earned schedule, ES, at a status date: working minutes from the start after which the plan has earned this much; the
    /// planned duration where it never does.
    ///
    /// Continuous: in whole hours, down. What is exactly on plan has the time that has passed. On a flat stretch of the plan
    /// the earliest such hour, or the last one at which no more is planned than is earned.
    ///
    /// Periodic: ES = C + (EV − PV at C) / (PV at C + 1 − PV at C), where C counts the periods whose planned value is
    /// earned; on a flat stretch the first of them, or the last.
    ///
    /// # Errors
    /// [`Undefined::NoBaseline`] without dates, [`Undefined::NoBudget`] without a budget.
    pub fn earned_schedule(&self, earned: Decimal, status: Moment, rule: &EarnedScheduleRule) -> Measure<i64> {
        if self.start.is_none() {
            return Err(Undefined::NoBaseline);
        }
        if self.total().is_zero() {
            return Err(Undefined::NoBudget);
        }
        let earned = earned.max(Decimal::ZERO);
        match rule.convention {
            EarnedScheduleConvention::Continuous => Ok(self.by_hours(earned, status, rule.flat)),
            EarnedScheduleConvention::Periodic => self.by_periods(earned, rule),
        }
    }

    fn by_hours(&self, earned: Decimal, status: Moment, flat: FlatCurve) -> i64 {
        let duration = self.duration();
        let end = duration.div_euclid(HOUR) + 1;
        let above = |planned: Decimal| planned > earned + TOLERANCE;
        if flat == FlatCurve::Latest {
            return ((self.first_hour(end + 1, above).0 - 1).max(0) * HOUR).min(duration);
        }
        if (self.value(status, Side::Before) - earned).abs() <= TOLERANCE {
            return self.minutes_to(Some(status)).min(duration);
        }
        let (hour, planned) = self.first_hour(end, |planned| planned + TOLERANCE >= earned);
        (if above(planned) { (hour - 1).max(0) * HOUR } else { hour * HOUR }).min(duration)
    }

    /// The first hour of `0..limit` whose planned value passes, with that value; `limit` where none does. Once one passes,
    /// all after it do. Each step leaves aside the activities that lie wholly on one side of it.
    fn first_hour(&self, limit: i64, passes: impl Fn(Decimal) -> bool) -> (i64, Decimal) {
        let duration = self.duration();
        let at = |hour: i64| self.moment_after((hour * HOUR).min(duration));
        let (mut low, mut high) = (0, limit);
        let mut found = at(limit).map_or(Decimal::ZERO, |moment| self.value(moment, Side::Before));
        let mut done = Decimal::ZERO;
        let mut open: Vec<&PlannedItem> = self.items.iter().collect();
        while low < high {
            let middle = low + (high - low) / 2;
            let Some(moment) = at(middle) else { return (limit, found) };
            let planned = done + open.iter().map(|item| item.value(moment, Side::Before)).sum::<Decimal>();
            if passes(planned) {
                (high, found) = (middle, planned);
                open.retain(|item| item.start < moment);
            } else {
                low = middle + 1;
                done += open.iter().filter(|item| item.finish <= moment).map(|item| item.total()).sum::<Decimal>();
                open.retain(|item| item.finish > moment);
            }
        }
        (low, found)
    }

    /// The project's start, the ends of the periods inside it, and its finish.
    fn period_ends(&self, fiscal: &FiscalCalendar) -> Vec<Moment> {
        let (Some(start), Some(finish)) = (self.start, self.finish) else { return Vec::new() };
        let periods = fiscal.range(fiscal.period_of(start.day()), fiscal.period_of(finish.finish_day()));
        let ends = periods.into_iter().map(|period| Moment::end_of(fiscal.end(period)));
        let inside = ends.filter(|end| start < *end && *end < finish);
        std::iter::once(start).chain(inside).chain([finish]).collect()
    }

    fn by_periods(&self, earned: Decimal, rule: &EarnedScheduleRule) -> Measure<i64> {
        let ends = self.period_ends(&rule.fiscal);
        let (passed, share) = self.periods_earned(&ends, earned, rule.flat)?;
        let from = self.minutes_to(ends.get(passed).copied());
        let Some(next) = ends.get(passed + 1) else { return Ok(from) };
        let length = Decimal::from(self.minutes_to(Some(*next)) - from);
        let minutes = share.checked_mul(length).ok_or(Undefined::TooLarge)?;
        Ok(from + number::round(minutes, 0).to_i64().ok_or(Undefined::TooLarge)?)
    }

    /// Periods whose planned value is earned, and the share of the next one.
    fn periods_earned(&self, ends: &[Moment], earned: Decimal, flat: FlatCurve) -> Measure<(usize, Decimal)> {
        let last = ends.len() - 1;
        let planned = |end: usize| if end == 0 { Decimal::ZERO } else { self.value(ends[end], Side::Before) };
        let reached = match flat {
            FlatCurve::Earliest => partition(last, |end| planned(end) + TOLERANCE < earned),
            FlatCurve::Latest => partition(last, |end| planned(end) <= earned + TOLERANCE),
        };
        let equal = |end: usize| (planned(end) - earned).abs() <= TOLERANCE;
        match flat {
            FlatCurve::Earliest if reached <= last && equal(reached) => return Ok((reached, Decimal::ZERO)),
            _ if reached > last => return Ok((last, Decimal::ZERO)),
            _ => {}
        }
        let passed = reached.saturating_sub(1);
        let (from, to) = (planned(passed), planned(reached.max(1)));
        let share = (earned - from).checked_div(to - from).ok_or(Undefined::TooLarge)?;
        Ok((passed, share.clamp(Decimal::ZERO, Decimal::ONE)))
    }

    /// Earned schedule in periods: C and the share of the period after it. A first or last period that the project fills in
    /// part counts as one.
    ///
    /// # Errors
    /// As [`Self::earned_schedule`].
    pub fn earned_periods(&self, earned: Decimal, rule: &EarnedScheduleRule) -> Measure<Decimal> {
        if self.start.is_none() {
            return Err(Undefined::NoBaseline);
        }
        if self.total().is_zero() {
            return Err(Undefined::NoBudget);
        }
        let (passed, share) = self.periods_earned(&self.period_ends(&rule.fiscal), earned.max(Decimal::ZERO), rule.flat)?;
        Ok(Decimal::from(passed) + share)
    }
}

/// How many of `0..=last` hold, where all that hold come first.
fn partition(last: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, last + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}
