//! The figures of an initiative and of its activities at its status dates.

use super::context::Context;
use super::curve::Side;
use super::measures::performance;
use super::periods::Phases;
use super::range;
use super::result::{ActivityEarnedValue, Base, CriticalPath, InitiativeEarnedValue, Oddity, Performance};
use super::scopes::{Ground, time_base};
use super::series::sum;
use crate::analysis::codes;
use crate::analysis::measure::Undefined;
use crate::base::day::Moment;
use crate::base::finding::Findings;
use crate::model::activity::ActivityIndex;
use rust_decimal::Decimal;

/// The figures of an initiative, given it by period.
pub fn initiative(ground: &Ground<'_, '_>, phases: Option<&Phases>) -> InitiativeEarnedValue {
    let (context, group) = (ground.context, ground.group);
    let budget = ground.plans.current();
    let has_plan = !context.members[group].is_empty();
    let dates = 0..ground.track.dates.len();
    let history: Vec<Performance> = if has_plan { dates.map(|at| at_status(ground, phases, at)).collect() } else { Vec::new() };
    InitiativeEarnedValue {
        initiative: context.portfolio.initiatives[group].id.clone(),
        currency: context.currency(group),
        dates: budget.dates.clone(),
        basis: budget.basis,
        actual_cost: ground.track.actuals.basis,
        range: range::of_history(&history),
        history,
        activities: activities(ground),
        curve: budget.curve.clone(),
        undistributed_budget: Err(Undefined::NoBudget),
        critical_path: critical_path(ground),
    }
}

fn at_status(ground: &Ground<'_, '_>, phases: Option<&Phases>, at: usize) -> Performance {
    let (context, track, status) = (ground.context, ground.track, ground.track.dates[at]);
    let budget = ground.plans.at(status);
    let base = Base {
        status,
        currency: context.currency(ground.group),
        budget_at_completion: budget.curve.total(),
        planned_value: budget.curve.value(status, Side::Before),
        earned_value: track.earned[at].iter().sum(),
        actual_cost: track.actuals.total(status),
    };
    let finished = track.finish_of(&budget.activities, status).filter(|_| !budget.activities.is_empty());
    let mut time = time_base(context, &budget.curve, budget, &track.earned[at], finished, status);
    if let Some(phases) = phases {
        time.recent = ground.recent(phases, &base);
    }
    performance(base, &time)
}

/// Earned schedule of the longest path of the plan alone.
fn critical_path(ground: &Ground<'_, '_>) -> Option<CriticalPath> {
    let (context, track, plan) = (ground.context, ground.track, ground.plans.current());
    let path = &context.schedules.baseline_early.initiatives.get(ground.group)?.longest_path;
    let on_path: Vec<(ActivityIndex, usize)> =
        path.iter().filter_map(|activity| Some((*activity, plan.item_of(activity.0)?))).collect();
    let (status, earned) = (*track.dates.last()?, track.earned.last()?);
    let items: Vec<usize> = on_path.iter().map(|(_, item)| *item).collect();
    let activities: Vec<ActivityIndex> = on_path.into_iter().map(|(activity, _)| activity).collect();
    if activities.is_empty() {
        return None;
    }
    let curve = plan.curve.part(&items);
    let earned: Vec<Decimal> = items.iter().map(|&item| earned[item]).collect();
    let positions: Vec<usize> = activities.iter().map(|activity| activity.0).collect();
    let spent = |activity: &usize| track.actuals.of_activity(*activity, status);
    let base = Base {
        status,
        currency: context.currency(ground.group),
        budget_at_completion: curve.total(),
        planned_value: curve.value(status, Side::Before),
        earned_value: earned.iter().sum(),
        actual_cost: positions.iter().map(spent).fold(Ok(Decimal::ZERO), sum),
    };
    let time = time_base(context, &curve, plan, &earned, track.finish_of(&positions, status), status);
    Some(CriticalPath { activities, current: performance(base, &time) })
}

fn activities(ground: &Ground<'_, '_>) -> Vec<ActivityEarnedValue> {
    let (context, track, plans) = (ground.context, ground.track, ground.plans);
    let currency = context.currency(ground.group);
    let base = |activity: usize, at: usize| -> Base {
        let status = track.dates[at];
        let budget = plans.at(status);
        let item = budget.item_of(activity);
        let amount = |of: &dyn Fn(usize) -> Decimal| item.map(of).unwrap_or_default();
        Base {
            status,
            currency,
            budget_at_completion: amount(&|item| budget.curve.items[item].total()),
            planned_value: amount(&|item| budget.curve.items[item].value(status, Side::Before)),
            earned_value: amount(&|item| track.earned[at][item]),
            actual_cost: track.actuals.of_activity(activity, status),
        }
    };
    let planned = |activity: usize| -> Option<(Moment, Moment)> {
        let budget = plans.current();
        let item = &budget.curve.items[budget.item_of(activity)?];
        Some((item.start, item.finish))
    };
    let row = |activity: usize| ActivityEarnedValue {
        activity: ActivityIndex(activity),
        baseline: planned(activity),
        history: (0..track.dates.len()).map(|at| base(activity, at)).collect(),
    };
    let concerned =
        |activity: &usize| plans.versions().any(|budget| budget.item_of(*activity).is_some()) || track.actuals.names(*activity);
    context.members[ground.group].iter().copied().filter(concerned).map(row).collect()
}

/// What is odd about an initiative's figures at the data date.
pub fn report_oddities(context: &Context<'_>, group: usize, result: &InitiativeEarnedValue, findings: &mut Findings) {
    let Some(current) = result.current() else { return };
    for oddity in &current.cost.oddities {
        let (code, hint) = match oddity {
            Oddity::ActualsMissing => {
                (codes::ACTUALS_MISSING, "Cost indices are n/a. Record the actual cost, or map the ledger to the initiative.")
            }
            Oddity::Negative => (codes::NEGATIVE_MEASURE, "Indices are n/a. Look for credits and reversals without their cost."),
            Oddity::EarnedAboveBudget => {
                (codes::EARNED_ABOVE_BUDGET, "Indices take it as the budget. Look for percentages above 100 %.")
            }
        };
        let amounts = format!(
            "earned {}, spent {}, budget {} {}",
            number_text(current.base.earned_value),
            current.base.actual_cost.map_or_else(|none| none.to_string(), number_text),
            number_text(current.base.budget_at_completion),
            result.currency
        );
        let place = code.at(context.initiative_origin(group));
        findings.push(place.found(format!("{amounts} for {}", context.initiative_name(group))).hint(hint));
    }
}

/// An amount in a finding.
pub fn number_text(amount: Decimal) -> String {
    crate::base::number::round(amount, 2).to_string()
}
