//! Earned value: what was planned, what was done, what it cost, and where that leads, in money and in time.
//!
//! Promises: amounts are exact until they are reported; a measure that does not exist says why; the portfolio's figures
//! are sums whose indices are worked out anew, never averages. Status dates are those of the progress readings on or
//! before the as-of date, and the data date.
//!
//! Does not set budgets or baselines. Sources: ANSI/EIA-748; Lipke, "Schedule is Different" (2003); Vanhoucke, "Measuring
//! Time" (2009).

mod actuals;
mod arithmetic;
mod budget;
mod change_log;
pub mod codes;
mod context;
mod curve;
mod earn;
mod earned_schedule;
mod hours;
mod initiative;
mod initiatives;
mod ledger_cost;
mod measures;
mod members;
mod periods;
mod portfolio;
mod portfolio_scopes;
mod pricing;
mod range;
mod result;
mod rows;
mod scope_cost;
mod scopes;
mod series;
mod staffing;
mod stated;
#[cfg(test)]
mod tests;
mod time;
mod track;
mod variances;
mod views;

pub use curve::{PlannedCurve, PlannedItem, Side};
pub use earned_schedule::EarnedScheduleRule;
pub use measures::{bottom_up_estimate, performance};
pub use result::{
    ActivityEarnedValue, ActualCostBasis, Base, BaselineDates, Contribution, CostBasis, CostMeasures, CriticalPath, EarnedValue,
    InitiativeEarnedValue, Oddity, Performance, PerformanceFactor, PortfolioEarnedValue, TimeForecast, TimeMeasures,
};
pub use stated::Stated;
pub use time::{TimeBase, effective_earned_value};
pub use views::{
    BaselineChange, ChangeLogEntry, Cumulative, EstimateRange, Explanation, Hours, PeriodEarnedValue, PeriodState, Scope,
    ScopeEarnedValue, Staffing, VarianceMeasure, VarianceToExplain,
};

use crate::analysis::measure::{Measure, Undefined};
use crate::analysis::schedule::Schedules;
use crate::base::day::Moment;
use crate::base::finding::Findings;
use crate::base::id::InitiativeId;
use crate::model::portfolio::Portfolio;
use budget::Plans;
use context::Context;
use initiatives::Book;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// Earned value of every activity, initiative and the portfolio at every status date, through every view.
#[must_use]
pub fn earned_value(portfolio: &Portfolio, schedules: &Schedules) -> (EarnedValue, Findings) {
    let context = Context::new(portfolio, schedules);
    let mut findings = Findings::new();
    let groups = 0..portfolio.initiatives.len();
    let plans: Vec<Plans> = groups.clone().map(|group| Plans::of(&context, group, &mut findings)).collect();
    let book = Book::open(&context, &plans);
    let dates: BTreeSet<Moment> = book.followed.iter().flat_map(|each| each.track.dates.iter().copied()).collect();
    let status_dates: Vec<Moment> = dates.into_iter().chain([portfolio.data_date]).collect::<BTreeSet<_>>().into_iter().collect();
    let initiatives: Vec<InitiativeEarnedValue> =
        groups.map(|group| initiative::initiative(&book.ground(group), book.followed[group].phases.first())).collect();
    initiatives
        .iter()
        .enumerate()
        .for_each(|(group, result)| initiative::report_oddities(&context, group, result, &mut findings));
    let (rolled_up, counted) = portfolio::roll_up(&book, &initiatives, &status_dates, &mut findings);
    let mut earned = EarnedValue {
        status_dates,
        portfolio: rolled_up,
        initiatives,
        scopes: Vec::new(),
        periods: Vec::new(),
        variances: Vec::new(),
        change_log: Vec::new(),
        staffing: Vec::new(),
    };
    (earned.scopes, earned.periods) = views_of(&book, &counted, &earned);
    earned.variances = variances::variances(&context, &earned.scopes, &mut findings);
    earned.change_log = (0..earned.initiatives.len())
        .flat_map(|group| change_log::change_log(&context, group, &earned.initiatives[group], &mut findings))
        .collect();
    earned.staffing = (0..earned.initiatives.len()).flat_map(|group| staffing::staffing(&book, group)).collect();
    (earned, findings)
}

/// Every scope, and every scope by period.
fn views_of(
    book: &Book<'_, '_>,
    counted: &[portfolio::Counted],
    earned: &EarnedValue,
) -> (Vec<ScopeEarnedValue>, Vec<PeriodEarnedValue>) {
    let mut scopes: Vec<ScopeEarnedValue> = Vec::new();
    let mut periods = Vec::new();
    for (group, result) in earned.initiatives.iter().enumerate() {
        let (ground, followed) = (book.ground(group), &book.followed[group]);
        for (member, phases) in followed.members.iter().zip(&followed.phases) {
            let Some(scope) = ground.scope(result, member, phases) else { continue };
            periods.extend(rows::rows(&member.scope, Some(&result.initiative), result.currency, &followed.timeline, phases));
            scopes.push(scope);
        }
    }
    let estimates = by_accounts(&scopes, &earned.initiatives);
    for scope in scopes.iter_mut().filter(|scope| matches!(scope.scope, Scope::Initiative(_))) {
        let group = earned.initiatives.iter().position(|each| Some(&each.initiative) == scope.initiative.as_ref());
        scope.sum_of_estimates = group.map_or(Err(Undefined::NoBudget), |group| estimates[group]);
    }
    let mut above = Vec::new();
    let mut above_periods = Vec::new();
    for (scope, whole) in portfolio_scopes::scopes(book, counted, &earned.portfolio, &|group| estimates[group]) {
        above_periods.extend(rows::rows(&scope.scope, None, scope.currency, &whole.timeline, &whole.phases));
        above.push(scope);
    }
    above.append(&mut scopes);
    above_periods.append(&mut periods);
    (above, above_periods)
}

/// The estimates at completion of each initiative's control accounts, added up. An account without a budget adds what it has
/// cost.
fn by_accounts(scopes: &[ScopeEarnedValue], initiatives: &[InitiativeEarnedValue]) -> Vec<Measure<Decimal>> {
    let mut sums: BTreeMap<&InitiativeId, Measure<Decimal>> = BTreeMap::new();
    for scope in scopes.iter().filter(|scope| matches!(scope.scope, Scope::ControlAccount(_))) {
        let estimate = match scope.current.cost.estimate_at_completion {
            Err(Undefined::NoBudget) => scope.current.base.actual_cost,
            estimate => estimate,
        };
        let Some(initiative) = &scope.initiative else { continue };
        let total = sums.entry(initiative).or_insert(Ok(Decimal::ZERO));
        *total = series::sum(*total, estimate);
    }
    initiatives.iter().map(|each| sums.get(&each.initiative).copied().unwrap_or(Err(Undefined::NoBudget))).collect()
}
