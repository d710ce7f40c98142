//! Budgets and planned dates of an initiative: which baseline governs, what each activity costs, when.

use super::Context;
use super::curve::{PlannedCurve, PlannedItem, held};
use super::hours;
use super::pricing::{Cost, component_cost};
use super::result::{BaselineDates, CostBasis};
use crate::analysis::baselines::baseline_dates;
use crate::analysis::codes;
use crate::base::calendar::WorkCalendar;
use crate::base::day::{Day, Moment};
use crate::base::finding::Findings;
use crate::model::activity::{Activity, BaselineEntry};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The plan of an initiative: activities with baseline dates and a budget each.
#[derive(Clone, Debug)]
pub struct Budget {
    /// Where planned dates come from.
    pub dates: BaselineDates,
    /// Where budgets come from.
    pub basis: CostBasis,
    /// The activity of each item of the curve.
    pub activities: Vec<usize>,
    /// Planned value over time.
    pub curve: PlannedCurve,
    /// Planned minutes of work of each item of the curve; none where nothing gives them.
    pub minutes: Vec<Option<Decimal>>,
    /// The calendar that most activities follow.
    pub calendar: Arc<WorkCalendar>,
}

impl Budget {
    /// The position of an activity among the items.
    #[must_use]
    pub fn item_of(&self, activity: usize) -> Option<usize> {
        self.activities.binary_search(&activity).ok()
    }
}

/// The plans of an initiative: each approved baseline from the day of its approval on, so that what was planned stays as it
/// was planned; the last one governs at the data date.
#[derive(Clone, Debug)]
pub struct Plans {
    /// With the day from which each is in force, oldest first; the first holds before its day too. Never empty.
    versions: Vec<(Option<Day>, Budget)>,
}

impl Plans {
    /// The plans of the initiative at a position.
    pub fn of(context: &Context<'_>, group: usize, findings: &mut Findings) -> Self {
        let (dates, entries) = governing_baseline(context, group, findings);
        let mut versions = Vec::new();
        for (day, name) in earlier_baselines(context, group, &dates) {
            let entries = entries_of(context, group, name);
            versions.push((Some(day), budget(context, group, BaselineDates::Named(name.into()), &entries, &mut Findings::new())));
        }
        let today = context.portfolio.data_date.finish_day();
        let approved = match &dates {
            BaselineDates::Named(name) => approval(context, group, name).map(|day| day.min(today)),
            _ => None,
        };
        versions.push((approved, budget(context, group, dates, &entries, findings)));
        Self { versions }
    }

    /// The plan that governs at the data date.
    pub fn current(&self) -> &Budget {
        &self.versions[self.versions.len() - 1].1
    }

    /// Every plan, oldest first.
    pub fn versions(&self) -> impl Iterator<Item = &Budget> {
        self.versions.iter().map(|(_, budget)| budget)
    }

    /// The end of the day on which the last plan came into force; none where there is one only.
    pub fn last_change(&self) -> Option<Moment> {
        if self.versions.len() > 1 { self.versions.last()?.0.map(Moment::end_of) } else { None }
    }

    /// The plan in force at a status date.
    pub fn at(&self, status: Moment) -> &Budget {
        let day = status.finish_day();
        let last = self.versions.iter().rposition(|(from, _)| from.is_none_or(|from| from <= day)).unwrap_or(0);
        &self.versions[last].1
    }
}

/// The latest day of approval on a baseline's rows.
fn approval(context: &Context<'_>, group: usize, name: &str) -> Option<Day> {
    context.baselines[group].iter().filter(|entry| entry.baseline == name).filter_map(|entry| entry.approved_on).max()
}

/// The baselines approved before the governing one, oldest first; none where the settings name the one that governs, or it
/// was never approved.
fn earlier_baselines<'a>(context: &Context<'a>, group: usize, dates: &BaselineDates) -> Vec<(Day, &'a str)> {
    let BaselineDates::Named(governing) = dates else { return Vec::new() };
    let named = context.portfolio.settings.baseline.as_ref() == Some(governing);
    let Some(until) = approval(context, group, governing).filter(|_| !named) else { return Vec::new() };
    let names: BTreeSet<&str> = context.baselines[group].iter().map(|entry| entry.baseline.as_str()).collect();
    let others = names.into_iter().filter(|name| name != governing);
    let mut earlier: Vec<(Day, &str)> = others.filter_map(|name| Some((approval(context, group, name)?, name))).collect();
    earlier.retain(|(day, _)| *day <= until);
    earlier.sort_unstable();
    earlier
}

/// The plan of the initiative at a position by a baseline.
fn budget(context: &Context<'_>, group: usize, dates: BaselineDates, entries: &Entries<'_>, findings: &mut Findings) -> Budget {
    let members: Vec<usize> = context.members[group].iter().copied().filter(|&index| context.is_work(index)).collect();
    let calendar = commonest_calendar(context, &members);
    let planned: Vec<(usize, Moment, Moment)> =
        members.iter().filter_map(|&index| planned_dates(context, &dates, entries, index)).collect();
    report_missing(context, &dates, &members, &planned, findings);
    report_summaries(context, group, entries, findings);
    let components: Vec<Cost> = planned.iter().map(|at| component_cost(context, *at, findings)).collect();
    let basis = basis(context, &planned, entries, &components);
    let items = planned.iter().zip(&components).map(|(&(index, start, finish), component)| {
        let cost = cost(context.activity(index), entries.get(&index).copied(), basis, *component);
        let calendar = Arc::clone(&context.calendars[index]);
        let accrual = context.activity(index).accrual;
        PlannedItem { start, finish, calendar, fixed: held(cost.fixed), accrual, variable: held(cost.variable) }
    });
    let curve = PlannedCurve::new(items.collect(), Arc::clone(&calendar));
    let work = |&(index, start, finish): &(usize, Moment, Moment)| {
        hours::planned(context, index, entries.get(&index).copied(), context.calendars[index].work(start, finish))
    };
    let minutes = planned.iter().map(work).collect();
    if basis == CostBasis::None && !planned.is_empty() {
        report_no_budget(context, group, findings);
    }
    Budget { dates, basis, activities: planned.iter().map(|at| at.0).collect(), curve, minutes, calendar }
}

type Entries<'a> = BTreeMap<usize, &'a BaselineEntry>;

fn entries_of<'a>(context: &Context<'a>, group: usize, name: &str) -> Entries<'a> {
    context.baselines[group].iter().filter(|entry| entry.baseline == name).map(|entry| (entry.activity.0, *entry)).collect()
}

/// The baseline that governs: the one that the settings name, else the latest approved, else the only one; else the dates
/// of the Activities table; else the early dates of the plan.
fn governing_baseline<'a>(context: &Context<'a>, group: usize, findings: &mut Findings) -> (BaselineDates, Entries<'a>) {
    let entries = &context.baselines[group];
    let Some(name) = entries
        .first()
        .and_then(|entry| context.portfolio.governing_baseline(&context.portfolio.activity(entry.activity).key.initiative))
    else {
        return (without_baseline(context, group, findings), BTreeMap::new());
    };
    let names: BTreeSet<&str> = entries.iter().map(|entry| entry.baseline.as_str()).collect();
    let chosen = context.portfolio.settings.baseline.as_deref() == Some(name);
    let approved = entries.iter().any(|entry| entry.approved_on.is_some());
    if !chosen && !approved && names.len() > 1 {
        let names: Vec<&str> = names.into_iter().collect();
        let finding = codes::BASELINE_AMBIGUOUS.at(context.initiative_origin(group)).field("Baselines", "Baseline");
        findings.push(
            finding
                .found(format!("{} for {}", names.join(", "), context.initiative_name(group)))
                .expected("one baseline, or one with an approval date")
                .hint(format!("{name} is used. Give \"Approved on\", or name the baseline in the settings.")),
        );
    }
    (BaselineDates::Named(name.to_string()), entries_of(context, group, name))
}

fn without_baseline(context: &Context<'_>, group: usize, findings: &mut Findings) -> BaselineDates {
    let has_dates = |&index: &usize| {
        let activity = context.activity(index);
        activity.baseline_start.is_some() || activity.baseline_finish.is_some()
    };
    let members = &context.members[group];
    if members.iter().any(has_dates) {
        return BaselineDates::Activities;
    }
    if !members.is_empty() {
        findings.push(
            codes::NO_BASELINE
                .at(context.initiative_origin(group))
                .found(format!("no baseline dates for {}", context.initiative_name(group)))
                .expected("a Baselines table, or Baseline start and Baseline finish in Activities")
                .hint("The early dates of the plan stand in. Earned value then cannot tell whether the plan itself has slipped."),
        );
    }
    BaselineDates::EarlySchedule
}

fn planned_dates(
    context: &Context<'_>,
    dates: &BaselineDates,
    entries: &Entries<'_>,
    index: usize,
) -> Option<(usize, Moment, Moment)> {
    let calendar = &context.calendars[index];
    let activity = context.activity(index);
    let given = match dates {
        BaselineDates::Named(_) => entries.get(&index).map(|entry| (entry.start, entry.finish))?,
        BaselineDates::Activities => (activity.baseline_start, activity.baseline_finish),
        BaselineDates::EarlySchedule => {
            let early = &context.schedules.baseline_early.activities[index];
            return Some((index, early.early_start, early.early_finish));
        }
    };
    let minutes = context.schedules.baseline_early.activities[index].duration;
    baseline_dates(activity.kind, calendar, minutes, given).map(|(start, finish)| (index, start, finish))
}

fn report_missing(
    context: &Context<'_>,
    dates: &BaselineDates,
    members: &[usize],
    planned: &[(usize, Moment, Moment)],
    findings: &mut Findings,
) {
    let known: BTreeSet<usize> = planned.iter().map(|at| at.0).collect();
    for &index in members.iter().filter(|index| !known.contains(index)) {
        findings.push(
            codes::NOT_IN_BASELINE
                .at(context.activity(index).origin.clone())
                .field("Activities", "Baseline start")
                .expected(format!("dates in {}", dates.label()))
                .hint("The activity has no planned value and no budget. Add it to the baseline by a change, or leave it out."),
        );
    }
}

fn report_summaries(context: &Context<'_>, group: usize, entries: &Entries<'_>, findings: &mut Findings) {
    for &index in context.members[group].iter().filter(|&&index| !context.is_work(index)) {
        let activity = context.activity(index);
        let in_baseline = entries.get(&index).and_then(|entry| entry.cost);
        let own = [activity.baseline_cost, activity.budget, activity.fixed_cost, activity.cost_per_hour, in_baseline];
        let spent = context.state(index, context.portfolio.data_date).actual_cost;
        if own.into_iter().flatten().chain(spent).any(|amount| !amount.is_zero()) {
            findings.push(
                codes::COST_ON_SUMMARY
                    .at(activity.origin.clone())
                    .field("Activities", "Type")
                    .found(format!("a cost on the summary {}", activity.key))
                    .expected("costs on the activities below it")
                    .hint("Nothing to mend where it repeats their sum; else give the cost to an activity."),
            );
        }
    }
}

fn report_no_budget(context: &Context<'_>, group: usize, findings: &mut Findings) {
    findings.push(
        codes::NO_ACTIVITY_BUDGET
            .at(context.initiative_origin(group))
            .found(format!("no cost on any activity of {}", context.initiative_name(group)))
            .expected("a baseline cost, a fixed cost, a cost per hour, priced assignments, or a budget")
            .hint("Earned value of the initiative is n/a until its activities carry a budget."),
    );
}

/// The calendar that most activities follow; of equals, the first by id.
fn commonest_calendar(context: &Context<'_>, members: &[usize]) -> Arc<WorkCalendar> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for &index in members {
        counts.entry(context.calendars[index].id().as_str()).or_insert((0, index)).0 += 1;
    }
    let best = counts.iter().max_by_key(|(id, (count, _))| (*count, std::cmp::Reverse(**id))).map(|(_, (_, index))| *index);
    let default = context.portfolio.calendars.default_calendar();
    Arc::clone(best.map_or(default, |index| &context.calendars[index]))
}

/// The first kind of cost that any activity of the initiative has.
fn basis(context: &Context<'_>, planned: &[(usize, Moment, Moment)], entries: &Entries<'_>, components: &[Cost]) -> CostBasis {
    let any = |has: &dyn Fn(usize) -> bool| planned.iter().any(|at| has(at.0));
    let in_baseline = |index: usize| entries.get(&index).is_some_and(|entry| entry.cost.is_some());
    if any(&in_baseline) || any(&|index| context.activity(index).baseline_cost.is_some()) {
        CostBasis::BaselineCost
    } else if components.iter().any(|cost| !cost.total().is_zero()) {
        CostBasis::ActivityCost
    } else if any(&|index| context.activity(index).budget.is_some()) {
        CostBasis::ActivityBudget
    } else {
        CostBasis::None
    }
}

/// An activity's budget on the basis that its initiative has. A cost given in total keeps the activity's own fixed cost as
/// its fixed part, where it fits.
fn cost(activity: &Activity, entry: Option<&BaselineEntry>, basis: CostBasis, component: Cost) -> Cost {
    let total = match basis {
        CostBasis::ActivityCost => return component,
        CostBasis::BaselineCost => entry.and_then(|entry| entry.cost).or(activity.baseline_cost),
        CostBasis::ActivityBudget => activity.budget,
        CostBasis::None => None,
    }
    .unwrap_or_default();
    let fixed = if component.fixed > Decimal::ZERO && component.fixed <= total { component.fixed } else { Decimal::ZERO };
    Cost { fixed, variable: total - fixed }
}
