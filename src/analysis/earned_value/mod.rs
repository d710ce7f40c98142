//! Earned value: what was planned, what was done, what it cost, and where that leads, in money and in time.
//!
//! Promises: amounts are exact until they are reported; a measure that does not exist says why; the portfolio's figures
//! are sums whose indices are worked out anew, never averages. Status dates are those of the progress readings on or
//! before the as-of date, and the data date.
//!
//! Does not set budgets or baselines. Sources: ANSI/EIA-748; Lipke, "Schedule is Different" (2003); Vanhoucke, "Measuring
//! Time" (2009).

mod actuals;
mod budget;
mod context;
mod curve;
mod earn;
mod measures;
mod portfolio;
mod range;
mod result;
mod scopes;
#[cfg(test)]
mod tests;
mod views;

pub use curve::{PlannedCurve, PlannedItem, Side};
pub use measures::{TimeBase, bottom_up_estimate, performance};
pub use result::{
    ActivityEarnedValue, ActualCostBasis, Base, BaselineDates, Contribution, CostBasis, CostMeasures, EarnedValue,
    InitiativeEarnedValue, Oddity, Performance, PerformanceFactor, PortfolioEarnedValue, TimeForecast, TimeMeasures,
};
pub use views::{
    BaselineChange, ChangeLogEntry, Cumulative, EstimateRange, Explanation, Hours, PeriodEarnedValue, PeriodState, Scope,
    ScopeEarnedValue, Staffing, VarianceMeasure, VarianceToExplain,
};

use crate::analysis::codes;
use crate::analysis::measure::{Measure, Undefined};
use crate::analysis::schedule::Schedules;
use crate::base::day::Moment;
use crate::base::finding::Findings;
use crate::model::activity::ActivityIndex;
use crate::model::portfolio::Portfolio;
use actuals::Actuals;
use budget::Budget;
use context::Context;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// Earned value of every activity, initiative and the portfolio at every status date.
#[must_use]
pub fn earned_value(portfolio: &Portfolio, schedules: &Schedules) -> (EarnedValue, Findings) {
    let context = Context::new(portfolio, schedules);
    let mut findings = Findings::new();
    let groups = 0..portfolio.initiatives.len();
    let budgets: Vec<Budget> = groups.clone().map(|group| budget::budget(&context, group, &mut findings)).collect();
    let lines = actuals::cost_lines(&context);
    let own_dates: Vec<BTreeSet<Moment>> = groups.clone().map(|group| context.status_dates(group)).collect();
    let all_dates: BTreeSet<Moment> = own_dates.iter().flatten().copied().chain([portfolio.data_date]).collect();
    let status_dates: Vec<Moment> = all_dates.into_iter().collect();
    let tracks: Vec<Track> = groups
        .map(|group| {
            let actuals = actuals::actuals(&context, group, &lines[group], &status_dates);
            Track::of(&context, &budgets, group, actuals, &status_dates)
        })
        .collect();
    let initiatives: Vec<InitiativeEarnedValue> = tracks
        .iter()
        .enumerate()
        .map(|(group, track)| initiative(&context, &budgets, group, track, &own_dates[group], &status_dates))
        .collect();
    initiatives.iter().enumerate().for_each(|(group, result)| report_oddities(&context, group, result, &mut findings));
    let rolled_up = portfolio::roll_up(&context, &budgets, &tracks, &initiatives, &status_dates, &mut findings);
    let scopes = initiatives
        .iter()
        .enumerate()
        .flat_map(|(group, result)| {
            let members = scopes::members(&context, group);
            members
                .into_iter()
                .filter_map(|member| scopes::scope(&context, &budgets[group], &tracks[group], result, member))
                .collect::<Vec<_>>()
        })
        .collect();
    let earned = EarnedValue {
        status_dates,
        portfolio: rolled_up,
        initiatives,
        scopes,
        periods: Vec::new(),
        variances: Vec::new(),
        change_log: Vec::new(),
        staffing: Vec::new(),
    };
    (earned, findings)
}

/// An initiative at every status date of the portfolio.
struct Track {
    /// Earned value by item of the budget, by status date.
    earned: Vec<Vec<Decimal>>,
    /// Actual cost by status date.
    actuals: Actuals,
    /// The actual finish, by status date, where everything is complete by then.
    finished: Vec<Option<Moment>>,
}

impl Track {
    fn of(context: &Context<'_>, budgets: &[Budget], group: usize, actuals: Actuals, statuses: &[Moment]) -> Self {
        let budget = &budgets[group];
        let items = || budget.activities.iter().copied().zip(&budget.curve.items);
        let earned_at = |status: &Moment| -> Vec<Decimal> {
            items().map(|(activity, item)| earn::earned(context, budgets, activity, item, *status)).collect()
        };
        let earned = statuses.iter().map(earned_at).collect();
        let finished = statuses.iter().map(|status| finish_of(context, &budget.activities, *status)).collect();
        Self { earned, actuals, finished }
    }

    fn earned_value(&self, status: usize) -> Decimal {
        self.earned[status].iter().sum()
    }
}

/// The last actual finish, where every planned activity is complete.
fn finish_of(context: &Context<'_>, activities: &[usize], status: Moment) -> Option<Moment> {
    let mut last = None;
    for &activity in activities {
        let state = context.state(activity, status);
        if !state.is_complete() {
            return None;
        }
        let took = state.actual_duration.unwrap_or(context.schedules.baseline_early.activities[activity].duration);
        let computed = state.actual_start.map(|start| context.calendars[activity].add(start, took));
        last = last.max(Some(state.actual_finish.or(computed).unwrap_or(status).min(status)));
    }
    last
}

fn initiative(
    context: &Context<'_>,
    budgets: &[Budget],
    group: usize,
    track: &Track,
    own_dates: &BTreeSet<Moment>,
    status_dates: &[Moment],
) -> InitiativeEarnedValue {
    let budget = &budgets[group];
    let own: Vec<usize> = (0..status_dates.len()).filter(|&status| own_dates.contains(&status_dates[status])).collect();
    let has_plan = !context.members[group].is_empty();
    let at = |&status: &usize| {
        let base = Base {
            status: status_dates[status],
            currency: context.currency(group),
            budget_at_completion: budget.curve.total(),
            planned_value: budget.curve.value(status_dates[status], Side::Before),
            earned_value: track.earned_value(status),
            actual_cost: track.actuals.own[status],
        };
        performance(base, &time_base(context, budget, track, status, status_dates[status]))
    };
    let history: Vec<Performance> = if has_plan { own.iter().map(at).collect() } else { Vec::new() };
    let range = range::of_history(&history);
    InitiativeEarnedValue {
        initiative: context.portfolio.initiatives[group].id.clone(),
        currency: context.currency(group),
        dates: budget.dates.clone(),
        basis: budget.basis,
        actual_cost: track.actuals.basis,
        history,
        activities: activities(context, budget, group, track, &own, status_dates),
        curve: budget.curve.clone(),
        range,
        undistributed_budget: Err(Undefined::NoBudget),
    }
}

fn time_base(context: &Context<'_>, budget: &Budget, track: &Track, status: usize, at: Moment) -> TimeBase {
    scopes::time_base(context, &budget.curve, budget, &track.earned[status], track.finished[status], at)
}

fn activities(
    context: &Context<'_>,
    budget: &Budget,
    group: usize,
    track: &Track,
    own: &[usize],
    status_dates: &[Moment],
) -> Vec<ActivityEarnedValue> {
    let base = |activity: usize, status: usize| -> Base {
        let item = budget.item_of(activity);
        let planned = item.map(|item| budget.curve.items[item].value(status_dates[status], Side::Before));
        let actual_cost: Measure<Decimal> = track.actuals.of_activity(activity, status);
        Base {
            status: status_dates[status],
            currency: context.currency(group),
            budget_at_completion: item.map(|item| budget.curve.items[item].total()).unwrap_or_default(),
            planned_value: planned.unwrap_or_default(),
            earned_value: item.map(|item| track.earned[status][item]).unwrap_or_default(),
            actual_cost,
        }
    };
    let row = |&activity: &usize| ActivityEarnedValue {
        activity: ActivityIndex(activity),
        baseline: budget.item_of(activity).map(|item| (budget.curve.items[item].start, budget.curve.items[item].finish)),
        history: own.iter().map(|&status| base(activity, status)).collect(),
    };
    let concerned = |activity: &&usize| budget.item_of(**activity).is_some() || track.actuals.by_activity.contains_key(*activity);
    context.members[group].iter().filter(concerned).map(row).collect()
}

/// What is odd about an initiative's figures at the data date.
fn report_oddities(context: &Context<'_>, group: usize, result: &InitiativeEarnedValue, findings: &mut Findings) {
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

fn number_text(amount: Decimal) -> String {
    crate::base::number::round(amount, 2).to_string()
}
