//! The scopes of an initiative, and their figures: activities added up by work package, control account and organisation.

use super::Track;
use super::budget::Budget;
use super::context::Context;
use super::curve::PlannedCurve;
use super::measures::{TimeBase, performance};
use super::range;
use super::result::{Base, InitiativeEarnedValue};
use super::views::{Hours, Scope, ScopeEarnedValue};
use crate::analysis::measure::{Measure, Undefined};
use crate::base::day::Moment;
use crate::base::number;
use crate::model::activity::{ActivityIndex, ActivityType, EarnedValueTechnique};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A scope of an initiative with its activities, in order.
pub struct Member {
    /// Which.
    pub scope: Scope,
    /// What the plan calls it.
    pub title: String,
    /// Parts of the code of a work package.
    pub depth: usize,
    /// True for a work package that holds activities directly.
    pub holds_activities: bool,
    /// Its activities that are work.
    pub activities: Vec<usize>,
}

/// The codes of the work packages that an activity lies in, from the top: the codes above its own; its own where there is
/// none above.
fn packages(code: &str) -> Vec<&str> {
    let mut above: Vec<&str> = std::iter::successors(code.rsplit_once('.').map(|(above, _)| above), |code| {
        code.rsplit_once('.').map(|(above, _)| above)
    })
    .collect();
    above.reverse();
    if above.is_empty() { vec![code] } else { above }
}

/// Every scope of an initiative: itself, its control accounts and organisations by name, its work packages in the order of
/// the plan.
pub fn members(context: &Context<'_>, group: usize) -> Vec<Member> {
    let work: Vec<usize> = context.members[group].iter().copied().filter(|&index| context.is_work(index)).collect();
    let initiative = &context.portfolio.initiatives[group];
    let has_accounts = work.iter().any(|&index| context.activity(index).control_account.is_some());
    let (mut accounts, mut organisations) = (BTreeMap::new(), BTreeMap::new());
    for &index in &work {
        let activity = context.activity(index);
        let account = match &activity.control_account {
            Some(account) => account.clone(),
            None if has_accounts => String::new(),
            None => initiative.id.to_string(),
        };
        accounts.entry(account).or_insert_with(Vec::new).push(index);
        let organisation = activity.responsible_organisation.clone().unwrap_or_default();
        organisations.entry(organisation).or_insert_with(Vec::new).push(index);
    }
    let named = |scope: Scope, activities: Vec<usize>| Member {
        title: scope.name().to_string(),
        scope,
        depth: 0,
        holds_activities: false,
        activities,
    };
    let mut members =
        vec![Member { title: initiative.name.clone(), ..named(Scope::Initiative(initiative.id.clone()), work.clone()) }];
    members.extend(accounts.into_iter().map(|(name, activities)| named(Scope::ControlAccount(name), activities)));
    members.extend(organisations.into_iter().map(|(name, activities)| named(Scope::Organisation(name), activities)));
    members.extend(work_packages(context, group, &work));
    members
}

fn work_packages(context: &Context<'_>, group: usize, work: &[usize]) -> Vec<Member> {
    let mut titles: BTreeMap<&str, &str> = BTreeMap::new();
    for &index in context.members[group].iter().filter(|&&index| !context.is_work(index)) {
        let activity = context.activity(index);
        titles.entry(&activity.wbs).or_insert(&activity.name);
    }
    let mut position: BTreeMap<&str, usize> = BTreeMap::new();
    let mut members: Vec<Member> = Vec::new();
    for &index in work {
        let codes = packages(&context.activity(index).wbs);
        for (level, code) in codes.iter().enumerate() {
            let at = *position.entry(code).or_insert_with(|| {
                let title = titles.get(code).copied().unwrap_or(code).to_string();
                let scope = Scope::WorkPackage((*code).to_string());
                members.push(Member { scope, title, depth: level + 1, holds_activities: false, activities: Vec::new() });
                members.len() - 1
            });
            members[at].activities.push(index);
            members[at].holds_activities |= level + 1 == codes.len();
        }
    }
    members
}

/// The figures of a scope of an initiative.
pub fn scope(
    context: &Context<'_>,
    budget: &Budget,
    track: &Track,
    initiative: &InitiativeEarnedValue,
    member: Member,
) -> Option<ScopeEarnedValue> {
    let whole = initiative.current()?;
    let rows: Vec<usize> = member
        .activities
        .iter()
        .filter_map(|&index| initiative.activities.binary_search_by_key(&index, |row| row.activity.0).ok())
        .collect();
    let covers_all = initiative.activities.len() == rows.len();
    let history: Vec<Base> = (0..initiative.history.len())
        .map(|at| {
            let mut sum =
                Base { status: initiative.history[at].base.status, ..Base::zero(whole.base.status, initiative.currency) };
            for &row in &rows {
                sum.add(&initiative.activities[row].history[at]);
            }
            if covers_all {
                sum.actual_cost = initiative.history[at].base.actual_cost;
            }
            sum
        })
        .collect();
    let items: Vec<usize> = member.activities.iter().filter_map(|&index| budget.item_of(index)).collect();
    let curve =
        PlannedCurve::new(items.iter().map(|&item| budget.curve.items[item].clone()).collect(), Arc::clone(&budget.calendar));
    let base = *history.last()?;
    let status = track.earned.len() - 1;
    let earned: Vec<Decimal> = items.iter().map(|&item| track.earned[status][item]).collect();
    let finished = super::finish_of(context, &member.activities, base.status);
    let time = time_base(context, &curve, budget, &earned, finished, base.status);
    let current = performance(base, &time);
    let (share, without) = level_of_effort(context, initiative, &rows);
    Some(ScopeEarnedValue {
        initiative: Some(initiative.initiative.clone()),
        title: member.title,
        depth: member.depth,
        holds_activities: member.holds_activities,
        currency: initiative.currency,
        history,
        activities: rows.iter().map(|&row| initiative.activities[row].activity).collect(),
        level_of_effort_share: share,
        schedule_index_without_level_of_effort: without,
        hours: Hours::none(),
        range: range::range(&current.cost, Err(Undefined::NoForecast)),
        sum_of_estimates: current.cost.estimate_at_completion,
        scope: member.scope,
        current,
    })
}

/// Base measures in time of some activities.
pub fn time_base(
    context: &Context<'_>,
    curve: &PlannedCurve,
    budget: &Budget,
    earned: &[Decimal],
    finished: Option<Moment>,
    at: Moment,
) -> TimeBase {
    let settings = &context.portfolio.settings;
    let until = finished.filter(|_| settings.freeze_at_finish).map_or(at, |finish| finish.min(at));
    let earned_schedule = curve.earned_schedule(earned.iter().sum(), at, settings.flat_curve);
    let mut time = TimeBase::of(curve, &budget.calendar, until, earned_schedule);
    time.adherence = curve.adherence(earned, earned_schedule);
    time
}

/// The share of level of effort in the budget, and SPI of all else.
fn level_of_effort(context: &Context<'_>, initiative: &InitiativeEarnedValue, rows: &[usize]) -> (Measure<f64>, Measure<f64>) {
    let (mut all, mut effort, mut planned, mut earned) = (Decimal::ZERO, Decimal::ZERO, Decimal::ZERO, Decimal::ZERO);
    for row in rows.iter().map(|&row| &initiative.activities[row]) {
        let Some(base) = row.history.last() else { continue };
        all += base.budget_at_completion;
        if is_level_of_effort(context, row.activity) {
            effort += base.budget_at_completion;
        } else {
            planned += base.planned_value;
            earned += base.earned_value;
        }
    }
    let ratio = |a, b, none| number::ratio(a, b).ok_or(none);
    (ratio(effort, all, Undefined::NoBudget), ratio(earned, planned, Undefined::NothingPlannedYet))
}

/// True where an activity earns what was planned.
pub fn is_level_of_effort(context: &Context<'_>, activity: ActivityIndex) -> bool {
    let activity = context.portfolio.activity(activity);
    activity.technique == EarnedValueTechnique::LevelOfEffort && activity.kind != ActivityType::Summary
}
