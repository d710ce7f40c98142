//! Measures and forecasts in time.

use super::arithmetic::{fraction, product, quotient, sum};
use super::curve::PlannedCurve;
use super::measures::{Rates, Work, divided_by_rate};
use super::result::{TimeForecast, TimeMeasures};
use crate::analysis::measure::{Measure, Undefined};
use crate::base::calendar::WorkCalendar;
use crate::base::day::Moment;
use crate::base::number;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use std::sync::Arc;

/// One half.
const HALF: Decimal = Decimal::from_parts(5, 0, 0, false, 1);

/// Base measures in time, in working minutes, and what only time tells.
#[derive(Clone, Debug)]
pub struct TimeBase {
    /// The project's calendar.
    pub calendar: Arc<WorkCalendar>,
    /// The project's start.
    pub start: Option<Moment>,
    /// PD.
    pub planned_duration: i64,
    /// AT.
    pub actual_time: i64,
    /// ES.
    pub earned_schedule: Measure<i64>,
    /// p-factor.
    pub adherence: Measure<Decimal>,
    /// The share of what is earned out of sequence that will not have to be done again.
    pub usable_share: Decimal,
    /// CPI of the last three and of the last six periods.
    pub recent: [Measure<Decimal>; 2],
}

impl TimeBase {
    /// The time measures of a curve for what is earned at a status date.
    #[must_use]
    pub fn of(curve: &PlannedCurve, calendar: &Arc<WorkCalendar>, until: Moment, earned_schedule: Measure<i64>) -> Self {
        Self {
            calendar: Arc::clone(calendar),
            start: curve.start,
            planned_duration: curve.duration(),
            actual_time: curve.minutes_to(Some(until)),
            earned_schedule,
            adherence: Err(Undefined::NothingPlannedYet),
            usable_share: HALF,
            recent: [Err(Undefined::TooFewPeriods); 2],
        }
    }
}

/// The measures in time.
pub(super) fn time_measures(work: &Work, rates: &Rates, time: &TimeBase) -> TimeMeasures {
    let forecasts = TimeForecast::ALL.map(|method| forecast(work, rates, time, method));
    let finish = |minutes: i64| time.start.map(|start| time.calendar.add(start, minutes)).ok_or(Undefined::NoBaseline);
    let planned_left = time.planned_duration - time.actual_time;
    TimeMeasures {
        start: time.start,
        minutes_per_day: time.calendar.minutes_per_day(),
        planned_duration: time.planned_duration,
        actual_time: time.actual_time,
        earned_schedule: time.earned_schedule,
        earned_schedule_at: time.earned_schedule.and_then(finish),
        schedule_variance: time.earned_schedule.map(|earned| earned - time.actual_time),
        schedule_performance_index: fraction(rates.spi_time),
        schedule_cost_index: fraction(rates.sci_time()),
        earned_duration: earned_duration(rates, time).and_then(to_minutes),
        to_complete_index: fraction(to_complete_in_time(work, time, planned_left)),
        to_complete_index_estimate: fraction(
            forecasts[7].and_then(|total| to_complete_in_time(work, time, total - time.actual_time)),
        ),
        schedule_adherence: fraction(time.adherence),
        effective_earned_value: time
            .adherence
            .and_then(|adherence| effective_earned_value(work.raw_earned, adherence, time.usable_share)),
        forecasts,
        finishes: forecasts.map(|minutes| minutes.and_then(finish)),
    }
}

/// ED = AT × SPI.
fn earned_duration(rates: &Rates, time: &TimeBase) -> Measure<Decimal> {
    product(Decimal::from(time.actual_time), rates.spi?)
}

/// (PD − ES) / time left.
fn to_complete_in_time(work: &Work, time: &TimeBase, left: i64) -> Measure<Decimal> {
    if work.is_complete() {
        return Err(Undefined::Complete);
    }
    let open = time.planned_duration - time.earned_schedule?;
    if left <= 0 { Err(Undefined::PlannedTimeUsedUp) } else { quotient(Decimal::from(open), Decimal::from(left)) }
}

/// A forecast duration in minutes.
fn forecast(work: &Work, rates: &Rates, time: &TimeBase, method: TimeForecast) -> Measure<i64> {
    work.indexable()?;
    if time.planned_duration <= 0 {
        return Err(Undefined::NoDuration);
    }
    let (planned, actual) = (Decimal::from(time.planned_duration), Decimal::from(time.actual_time));
    let minutes = match method {
        TimeForecast::PlannedValue => {
            let ahead = work.earned - work.planned;
            Ok(planned - quotient(product(ahead, planned)?, work.budget)?)
        }
        TimeForecast::PlannedValueSpi => divided_by_rate(planned, rates.spi?, work),
        TimeForecast::PlannedValueSci => divided_by_rate(planned, rates.sci()?, work),
        TimeForecast::EarnedDuration | TimeForecast::EarnedDurationSpi | TimeForecast::EarnedDurationSci => {
            let left = planned.max(actual) - earned_duration(rates, time)?;
            sum(actual, divided_by_rate(left, duration_rate(rates, method)?, work)?)
        }
        TimeForecast::EarnedSchedule | TimeForecast::EarnedScheduleSpiTime | TimeForecast::EarnedScheduleSciTime => {
            let left = planned - Decimal::from(time.earned_schedule?);
            sum(actual, divided_by_rate(left, duration_rate(rates, method)?, work)?)
        }
    };
    to_minutes(minutes?)
}

fn duration_rate(rates: &Rates, method: TimeForecast) -> Measure<Decimal> {
    match method {
        TimeForecast::EarnedDurationSpi => rates.spi,
        TimeForecast::EarnedDurationSci => rates.sci(),
        TimeForecast::EarnedScheduleSpiTime => rates.spi_time,
        TimeForecast::EarnedScheduleSciTime => rates.sci_time(),
        _ => Ok(Decimal::ONE),
    }
}

fn to_minutes(minutes: Decimal) -> Measure<i64> {
    number::round(minutes, 0).to_i64().ok_or(Undefined::TooLarge)
}

/// Effective earned value: EV(e) = EV · [p + (1 − p) · R]. What is earned out of sequence, (1 − p) of it, is at risk of being
/// done again; R is the share of it that will not be. Source: Lipke, "Connecting Earned Value to the Schedule" (2004).
///
/// # Errors
/// [`Undefined::TooLarge`].
pub fn effective_earned_value(earned: Decimal, adherence: Decimal, usable_share: Decimal) -> Measure<Decimal> {
    let at_risk = product(Decimal::ONE - adherence, usable_share)?;
    product(earned, sum(adherence, at_risk)?)
}
