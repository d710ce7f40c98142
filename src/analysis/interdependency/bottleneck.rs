//! Bottlenecks: each candidate slips by [`SLIP_DAYS`] working days, the portfolio is scheduled anew, and what moves is
//! counted.
//!
//! A slip: an activity not started starts so much later than now forecast; one in progress takes so much longer; a date
//! that fixes it slips too. Money moved is the budget not yet earned (budget at completion less earned value) of the
//! activities that move, in the reporting currency at the budget rate: an auditor can add it up again from their list.

use crate::analysis::earned_value::EarnedValue;
use crate::analysis::lateness::working_days;
use crate::analysis::measure::{Measure, Undefined};
use crate::analysis::schedule::{ActivityState, Schedule, SlipTrial};
use crate::base::id::InitiativeId;
use crate::model::activity::{ActivityIndex, ActivityType};
use crate::model::exchange::When;
use crate::model::finance::RateKind;
use crate::model::initiative::InitiativeStatus;
use crate::model::portfolio::Portfolio;
use rayon::prelude::*;
use rust_decimal::Decimal;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The slip tried, in working days of the activity's calendar.
pub const SLIP_DAYS: i64 = 20;

/// How many candidates are tried at most: those with the least float.
pub const CANDIDATES_TRIED: usize = 300;

/// How many candidates share one copy of the network, where several threads try them.
const CANDIDATES_TOGETHER: usize = 40;

/// How many bottlenecks are kept of each of the two rankings, by initiatives and by money.
pub const BOTTLENECKS_KEPT: usize = 15;

/// An activity whose slip moves initiatives.
#[derive(Clone, Debug, PartialEq)]
pub struct Bottleneck {
    /// Which.
    pub activity: ActivityIndex,
    /// Slip tried, in working days.
    pub slip_days: i64,
    /// Initiatives whose finish moves out, as in the portfolio.
    pub initiatives_moved: Vec<InitiativeId>,
    /// By how many working days of the default calendar each of them moves.
    pub days_moved: Vec<f64>,
    /// Activities whose start or finish moves, itself included, as in the portfolio.
    pub activities_moved: Vec<ActivityIndex>,
    /// Budget not yet earned of those activities, in the reporting currency.
    pub money_moved: Measure<Decimal>,
    /// Other candidates whose slip moves the same initiatives by the same days, as in the portfolio.
    pub same_effect: Vec<ActivityIndex>,
}

impl Bottleneck {
    /// Working days moved, of all initiatives together.
    #[must_use]
    pub fn total_days(&self) -> f64 {
        self.days_moved.iter().sum()
    }
}

/// What a search for bottlenecks found.
pub struct Found {
    pub bottlenecks: Vec<Bottleneck>,
    pub tried: usize,
    pub candidates: usize,
}

/// The bottlenecks of a schedule.
pub fn bottlenecks(portfolio: &Portfolio, schedule: &Schedule, earned: &EarnedValue) -> Found {
    let mut candidates = candidates(portfolio, schedule);
    let count = candidates.len();
    candidates.truncate(CANDIDATES_TRIED);
    let money = unearned(portfolio, earned);
    let trial = SlipTrial::new(portfolio);
    let tried = candidates.par_chunks(CANDIDATES_TOGETHER).flat_map_iter(|few| {
        let mut trial = trial.clone();
        few.iter().filter_map(|&activity| effect(portfolio, &mut trial, money.as_ref(), activity)).collect::<Vec<_>>()
    });
    let found: Vec<Bottleneck> = tried.filter(|each| !each.initiatives_moved.is_empty()).collect();
    Found { bottlenecks: keep(joined(found)), tried: candidates.len(), candidates: count }
}

/// Unfinished activities on the longest path of an initiative, or from which links lead to another initiative; least float
/// first.
fn candidates(portfolio: &Portfolio, schedule: &Schedule) -> Vec<ActivityIndex> {
    let cancelled: BTreeSet<&str> = (portfolio.initiatives.iter())
        .filter(|initiative| initiative.status == InitiativeStatus::Cancelled)
        .map(|initiative| initiative.id.as_str())
        .collect();
    let crosses = leads_elsewhere(portfolio);
    let mut candidates: Vec<ActivityIndex> = (schedule.activities.iter())
        .filter(|activity| !matches!(activity.kind, ActivityType::Summary | ActivityType::Hammock | ActivityType::Buffer))
        .filter(|activity| activity.state != ActivityState::Complete)
        .filter(|activity| activity.on_longest_path || crosses[activity.activity.0])
        .map(|activity| activity.activity)
        .filter(|&activity| !cancelled.contains(portfolio.activity(activity).key.initiative.as_str()))
        .collect();
    candidates.sort_by_key(|&activity| {
        let scheduled = schedule.activity(activity);
        (scheduled.total_float.unwrap_or(i64::MAX), scheduled.early_start, activity)
    });
    candidates
}

/// True for each activity from which links lead, over any number of others, to another initiative.
fn leads_elsewhere(portfolio: &Portfolio) -> Vec<bool> {
    let mut into: Vec<Vec<ActivityIndex>> = vec![Vec::new(); portfolio.activities.len()];
    let mut leads = vec![false; portfolio.activities.len()];
    let mut waiting = Vec::new();
    for link in &portfolio.dependencies {
        into[link.successor.0].push(link.predecessor);
        let initiative = |end| &portfolio.activity(end).key.initiative;
        if initiative(link.predecessor) != initiative(link.successor) && !leads[link.predecessor.0] {
            leads[link.predecessor.0] = true;
            waiting.push(link.predecessor);
        }
    }
    while let Some(at) = waiting.pop() {
        for &before in &into[at.0] {
            if !leads[before.0] {
                leads[before.0] = true;
                waiting.push(before);
            }
        }
    }
    leads
}

/// Budget not yet earned by activity, in the reporting currency; none at all where no activity has a budget.
fn unearned(portfolio: &Portfolio, earned: &EarnedValue) -> Option<BTreeMap<ActivityIndex, Measure<Decimal>>> {
    let day = When::Day(portfolio.data_date.day());
    let mut money = BTreeMap::new();
    for initiative in &earned.initiatives {
        let to = portfolio.settings.reporting_currency;
        let rate = portfolio.exchange.convert_rate(initiative.currency, to, RateKind::Budget, day);
        for activity in &initiative.activities {
            let Some(base) = activity.history.last().filter(|base| !base.budget_at_completion.is_zero()) else { continue };
            let left = base.budget_at_completion - base.earned_value;
            let converted =
                rate.ok_or(Undefined::NoExchangeRate).and_then(|rate| left.checked_mul(rate).ok_or(Undefined::TooLarge));
            money.insert(activity.activity, converted);
        }
    }
    (!money.is_empty()).then_some(money)
}

fn effect(
    portfolio: &Portfolio,
    trial: &mut SlipTrial<'_>,
    money: Option<&BTreeMap<ActivityIndex, Measure<Decimal>>>,
    activity: ActivityIndex,
) -> Option<Bottleneck> {
    let slipped = trial.slip(activity, SLIP_DAYS)?;
    let calendar = portfolio.calendars.default_calendar();
    let moved: Vec<(InitiativeId, f64)> = (portfolio.initiatives.iter().zip(&slipped.finishes))
        .filter_map(|(initiative, finish)| finish.map(|(before, after)| (initiative, before, after)))
        .filter(|(_, before, after)| after > before)
        .map(|(initiative, before, after)| (initiative.id.clone(), working_days(calendar, before, after)))
        .collect();
    let money_moved = money
        .as_ref()
        .map_or(Err(Undefined::NoBudget), |money| slipped.moved.iter().filter_map(|activity| money.get(activity).copied()).sum());
    let (initiatives_moved, days_moved) = moved.into_iter().unzip();
    Some(Bottleneck {
        activity,
        slip_days: SLIP_DAYS,
        initiatives_moved,
        days_moved,
        activities_moved: slipped.moved,
        money_moved,
        same_effect: Vec::new(),
    })
}

/// Joins what has the same effect under the one that moves most money, then comes first.
fn joined(found: Vec<Bottleneck>) -> Vec<Bottleneck> {
    let key = |each: &Bottleneck| -> (Vec<InitiativeId>, Vec<u64>) {
        (each.initiatives_moved.clone(), each.days_moved.iter().map(|days| days.to_bits()).collect())
    };
    let mut groups: BTreeMap<(Vec<InitiativeId>, Vec<u64>), Vec<Bottleneck>> = BTreeMap::new();
    for each in found {
        groups.entry(key(&each)).or_default().push(each);
    }
    let mut joined = Vec::new();
    for mut group in groups.into_values() {
        group.sort_by_key(|each| (Reverse(each.money_moved.ok()), each.activity));
        let mut others: Vec<ActivityIndex> = group.iter().skip(1).map(|each| each.activity).collect();
        others.sort_unstable();
        joined.extend(group.into_iter().take(1).map(|first| Bottleneck { same_effect: others.clone(), ..first }));
    }
    joined
}

/// The first of both rankings, in order of initiatives moved, then money, then days.
fn keep(mut found: Vec<Bottleneck>) -> Vec<Bottleneck> {
    let by_initiatives = |a: &Bottleneck, b: &Bottleneck| {
        let key = |each: &Bottleneck| (Reverse(each.initiatives_moved.len()), Reverse(each.money_moved.ok()));
        key(a).cmp(&key(b)).then(b.total_days().total_cmp(&a.total_days())).then(a.activity.cmp(&b.activity))
    };
    found.sort_by_key(|each| (Reverse(each.money_moved.ok()), each.activity));
    let costly: BTreeSet<ActivityIndex> = found.iter().take(BOTTLENECKS_KEPT).map(|each| each.activity).collect();
    found.sort_by(by_initiatives);
    let kept = found.into_iter().enumerate().filter(|(rank, each)| *rank < BOTTLENECKS_KEPT || costly.contains(&each.activity));
    kept.map(|(_, each)| each).collect()
}
