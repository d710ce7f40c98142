//! The rows of the view by period.

use super::hours::hours;
use super::periods::{PeriodEnd, Phases, Timeline};
use super::series::sum;
use super::views::{Cumulative, PeriodEarnedValue, PeriodState, Scope};
use crate::analysis::measure::{Measure, Undefined};
use crate::base::id::InitiativeId;
use crate::base::money::Currency;
use rust_decimal::Decimal;

/// The rows of a scope, from the first to the last of its periods.
pub fn rows(
    scope: &Scope,
    initiative: Option<&InitiativeId>,
    currency: Currency,
    timeline: &Timeline,
    phases: &Phases,
) -> Vec<PeriodEarnedValue> {
    let Some((first, last)) = extent(timeline, phases) else { return Vec::new() };
    let mut before = Cumulative::nothing();
    let mut rows = Vec::new();
    for position in 0..=last {
        let end = &timeline.ends[position];
        let (cumulative, whole) = cumulative(end, phases, position, &before);
        let row = PeriodEarnedValue {
            scope: scope.clone(),
            initiative: initiative.cloned(),
            period: end.period,
            currency,
            state: end.state,
            until: end.until,
            planned: phases.planned[position],
            planned_to_date: phases.planned_to_date[position],
            earned: less(cumulative.earned, before.earned),
            actual: less(cumulative.actual, before.actual),
            cumulative,
            hours_planned: planned_hours(phases, phases.minutes_planned[position]),
            hours_earned: difference(cumulative.hours_earned, before.hours_earned),
            hours_actual: difference(cumulative.hours_actual, before.hours_actual),
        };
        before = Cumulative { planned: whole, ..cumulative };
        if position >= first {
            rows.push(row);
        }
    }
    rows
}

/// Up to the end of a period, or the data date; and what is planned up to its end.
fn cumulative(end: &PeriodEnd, phases: &Phases, position: usize, before: &Cumulative) -> (Cumulative, Decimal) {
    let to_come = end.state == PeriodState::ToCome;
    let whole = before.planned + phases.planned[position];
    let minutes: Decimal = phases.minutes_planned[..position].iter().sum();
    let of_period = if to_come { phases.minutes_planned[position] } else { phases.minutes_to_date[position] };
    let given = |has: bool, minutes: &[Measure<Decimal>]| if has { hours(minutes[position]) } else { Err(Undefined::NoHours) };
    let cumulative = Cumulative {
        planned: if to_come { whole } else { before.planned + phases.planned_to_date[position] },
        earned: phases.earned[position],
        actual: phases.actual[position],
        hours_planned: planned_hours(phases, minutes + of_period),
        hours_earned: given(phases.has_hours, &phases.minutes_earned),
        hours_actual: given(phases.has_worked, &phases.minutes_actual),
    };
    (cumulative, whole)
}

fn planned_hours(phases: &Phases, minutes: Decimal) -> Measure<f64> {
    if phases.has_hours { hours(Ok(minutes)) } else { Err(Undefined::NoHours) }
}

fn less(now: Measure<Decimal>, before: Measure<Decimal>) -> Measure<Decimal> {
    sum(now, before.map(|before| -before))
}

fn difference(now: Measure<f64>, before: Measure<f64>) -> Measure<f64> {
    Ok(now? - before?)
}

impl Cumulative {
    const fn nothing() -> Self {
        Self {
            planned: Decimal::ZERO,
            earned: Ok(Decimal::ZERO),
            actual: Ok(Decimal::ZERO),
            hours_planned: Ok(0.0),
            hours_earned: Ok(0.0),
            hours_actual: Ok(0.0),
        }
    }
}

/// The first and the last period in which anything is planned, earned or spent; up to the data date where it is not all
/// earned by then.
fn extent(timeline: &Timeline, phases: &Phases) -> Option<(usize, usize)> {
    let has = |amounts: &[Measure<Decimal>], position: usize| matches!(amounts[position], Ok(amount) if !amount.is_zero());
    let touched = |position: &usize| {
        !phases.planned[*position].is_zero()
            || !phases.minutes_planned[*position].is_zero()
            || has(&phases.earned, *position)
            || has(&phases.actual, *position)
            || has(&phases.minutes_actual, *position)
    };
    let first = (0..timeline.ends.len()).find(|position| touched(position))?;
    let planned = (first..timeline.ends.len()).rev().find(|&position| !phases.planned[position].is_zero()).unwrap_or(first);
    Some((first, planned.max(timeline.now().unwrap_or(first)).max(first)))
}
