//! What an activity has earned, by its technique. Source: ANSI/EIA-748, guideline 10; the techniques of common use.

use super::Context;
use super::budget::Budget;
use super::curve::{PlannedItem, Side};
use crate::analysis::progress::ProgressState;
use crate::base::day::Moment;
use crate::base::number;
use crate::model::activity::{Activity, CostAccrual, EarnedValueTechnique};
use rust_decimal::Decimal;

/// How deep apportioned activities may follow one another.
const APPORTION_DEPTH: usize = 16;

/// Earned value of an activity at a status date.
#[must_use]
pub fn earned(context: &Context<'_>, budgets: &[Budget], activity: usize, item: &PlannedItem, status: Moment) -> Decimal {
    let state = context.state(activity, status);
    let technique = &context.activity(activity).technique;
    match technique {
        EarnedValueTechnique::PercentComplete | EarnedValueTechnique::Units => by_percent(item, &state, percent(&state)),
        EarnedValueTechnique::LevelOfEffort => item.value(status, Side::Before),
        EarnedValueTechnique::ApportionedTo(base) => {
            item.total() * share_earned(context, budgets, base.0, status, APPORTION_DEPTH)
        }
        EarnedValueTechnique::WeightedSteps if context.activity(activity).steps.is_empty() => {
            by_percent(item, &state, percent(&state))
        }
        _ => item.total() * milestone_share(context.activity(activity), &state),
    }
}

/// Fixed cost as it accrues, and the share done of the rest.
fn by_percent(item: &PlannedItem, state: &ProgressState, percent: Decimal) -> Decimal {
    let fixed = match item.accrual {
        CostAccrual::Start if state.is_started() => item.fixed,
        CostAccrual::End if state.is_complete() => item.fixed,
        CostAccrual::Prorated => item.fixed * percent,
        CostAccrual::Start | CostAccrual::End => Decimal::ZERO,
    };
    fixed + item.variable * percent
}

/// Percent complete as it was given, above 100 % too: earned value above budget is shown, not hidden.
fn percent(state: &ProgressState) -> Decimal {
    let given = if state.actual_finish.is_some() { 1.0 } else { state.percent.unwrap_or(0.0) };
    number::from_excel(given).unwrap_or_default()
}

/// The share that techniques by milestones give.
fn milestone_share(activity: &Activity, state: &ProgressState) -> Decimal {
    let at_start = match activity.technique {
        EarnedValueTechnique::FiftyFifty => Decimal::new(5, 1),
        EarnedValueTechnique::TwentyFiveSeventyFive => Decimal::new(25, 2),
        EarnedValueTechnique::WeightedSteps => {
            let done: f64 = activity.steps.iter().filter(|(_, _, done)| *done).map(|(weight, _, _)| weight).sum();
            number::from_excel(done).unwrap_or_default().min(Decimal::ONE)
        }
        _ => Decimal::ZERO,
    };
    let steps = activity.technique == EarnedValueTechnique::WeightedSteps;
    match (state.is_complete(), state.is_started() || steps) {
        (true, _) => Decimal::ONE,
        (false, true) => at_start,
        (false, false) => Decimal::ZERO,
    }
}

/// The share of its budget that an activity has earned; what it is apportioned to decides, where it is.
fn share_earned(context: &Context<'_>, budgets: &[Budget], activity: usize, status: Moment, depth: usize) -> Decimal {
    if let (EarnedValueTechnique::ApportionedTo(base), true) = (&context.activity(activity).technique, depth > 0) {
        return share_earned(context, budgets, base.0, status, depth - 1);
    }
    if depth == 0 {
        return Decimal::ZERO;
    }
    let budget = budgets.get(context.group_of[activity]);
    let item = budget.and_then(|budget| Some(&budget.curve.items[budget.item_of(activity)?]));
    match item.filter(|item| !item.total().is_zero()) {
        Some(item) => earned(context, budgets, activity, item, status) / item.total(),
        None => percent(&context.state(activity, status)),
    }
}
