//! The way from actual cost to the estimate at completion: the dashed end of the S-curve.
//!
//! Promises: at the data date the outlook is actual cost; at the last forecast finish it is the sum of the initiatives'
//! estimates at completion. In between, each initiative spends evenly by the calendar day until its forecast finish. An
//! estimate in words of one straight line an initiative, not a cash forecast.

use crate::analysis::earned_value::{Contribution, EarnedValue};
use crate::analysis::measure::{Measure, Undefined};
use crate::analysis::schedule::Schedule;
use crate::base::day::Moment;
use rust_decimal::Decimal;

/// Cost expected up to a moment, in the reporting currency: actual cost at the data date, more after it.
///
/// # Errors
/// The reason of the first counted initiative without an actual cost or an estimate at completion.
pub fn expected_cost(earned: &EarnedValue, schedule: &Schedule, at: Moment) -> Measure<Decimal> {
    let parts = &earned.portfolio.contributions;
    if parts.is_empty() {
        return Err(Undefined::NoBudget);
    }
    parts.iter().map(|part| of_initiative(part, finish(schedule, part), at)).sum()
}

/// The last forecast finish of the counted initiatives.
#[must_use]
pub fn last_finish(earned: &EarnedValue, schedule: &Schedule) -> Option<Moment> {
    earned.portfolio.contributions.iter().filter_map(|part| finish(schedule, part)).max()
}

fn finish(schedule: &Schedule, part: &Contribution) -> Option<Moment> {
    schedule.initiatives.iter().find(|each| each.initiative == part.initiative).and_then(|each| each.finish)
}

fn of_initiative(part: &Contribution, finish: Option<Moment>, at: Moment) -> Measure<Decimal> {
    let from = part.base.status;
    let (actual, estimate) = (part.base.actual_cost?, part.estimate_at_completion?);
    let end = finish.unwrap_or(from);
    if at <= from {
        return Ok(actual);
    }
    if at >= end {
        return Ok(estimate);
    }
    let share = Decimal::from(at.0 - from.0) / Decimal::from(end.0 - from.0);
    Ok(actual + (estimate - actual) * share)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::earned_value::Base;
    use crate::base::id::InitiativeId;
    use crate::base::money::Currency;

    fn part(actual: i64, estimate: i64) -> Contribution {
        let base = Base {
            status: Moment(1_000),
            currency: Currency::parse("GBP").expect("listed"),
            budget_at_completion: Decimal::from(100),
            planned_value: Decimal::from(50),
            earned_value: Decimal::from(40),
            actual_cost: Ok(Decimal::from(actual)),
        };
        Contribution {
            initiative: InitiativeId::new("P1"),
            rate: Decimal::ONE,
            base,
            actual_at_budget_rate: base.actual_cost,
            estimate_at_completion: Ok(Decimal::from(estimate)),
        }
    }

    #[test]
    fn an_initiative_spends_evenly_from_actual_cost_to_its_estimate() {
        let end = Some(Moment(3_000));
        for (at, cost) in [(500, 60), (1_000, 60), (1_500, 75), (2_000, 90), (3_000, 120), (9_000, 120)] {
            assert_eq!(of_initiative(&part(60, 120), end, Moment(at)), Ok(Decimal::from(cost)), "{at}");
        }
    }

    #[test]
    fn what_is_finished_or_has_no_finish_stands_at_its_estimate() {
        for end in [None, Some(Moment(10)), Some(Moment(1_000))] {
            assert_eq!(of_initiative(&part(60, 60), end, Moment(1_001)), Ok(Decimal::from(60)));
        }
    }

    #[test]
    fn without_actual_cost_there_is_no_outlook() {
        let mut none = part(0, 0);
        none.base.actual_cost = Err(Undefined::NoActualCost);
        assert_eq!(of_initiative(&none, None, Moment(5_000)), Err(Undefined::NoActualCost));
    }
}
