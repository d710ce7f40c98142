//! Budgets and planned dates of an initiative: which baseline governs, what each activity costs, when.

use super::Context;
use super::curve::{PlannedCurve, PlannedItem};
use super::result::{BaselineDates, CostBasis};
use crate::analysis::baselines::baseline_dates;
use crate::analysis::codes;
use crate::base::calendar::WorkCalendar;
use crate::base::day::{Day, Moment};
use crate::base::finding::Findings;
use crate::base::number;
use crate::model::activity::{Activity, BaselineEntry};
use crate::model::finance::RateKind;
use crate::model::resource::{Assignment, Bearer, Rate, RateUnit};
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

/// Fixed cost, and cost spread over working time.
#[derive(Clone, Copy, Debug, Default)]
struct Cost {
    fixed: Decimal,
    variable: Decimal,
}

impl Cost {
    fn total(self) -> Decimal {
        self.fixed + self.variable
    }
}

/// The plan of the initiative at a position.
pub fn budget(context: &Context<'_>, group: usize, findings: &mut Findings) -> Budget {
    let members: Vec<usize> = context.members[group].iter().copied().filter(|&index| context.is_work(index)).collect();
    let (dates, entries) = governing_baseline(context, group, findings);
    let calendar = commonest_calendar(context, &members);
    let planned: Vec<(usize, Moment, Moment)> =
        members.iter().filter_map(|&index| planned_dates(context, &dates, &entries, index)).collect();
    report_missing(context, &dates, &members, &planned, findings);
    report_summaries(context, group, &entries, findings);
    let components: Vec<Cost> = planned.iter().map(|at| component_cost(context, *at, findings)).collect();
    let basis = basis(context, &planned, &entries, &components);
    let items = planned.iter().zip(&components).map(|(&(index, start, finish), component)| {
        let cost = cost(context.activity(index), entries.get(&index).copied(), basis, *component);
        let calendar = Arc::clone(&context.calendars[index]);
        let accrual = context.activity(index).accrual;
        PlannedItem { start, finish, calendar, fixed: cost.fixed, accrual, variable: cost.variable }
    });
    let curve = PlannedCurve::new(items.collect(), Arc::clone(&calendar));
    if basis == CostBasis::None && !planned.is_empty() {
        report_no_budget(context, group, findings);
    }
    Budget { dates, basis, activities: planned.iter().map(|at| at.0).collect(), curve, calendar }
}

type Entries<'a> = BTreeMap<usize, &'a BaselineEntry>;

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
    let governing = entries.iter().filter(|entry| entry.baseline == name).map(|entry| (entry.activity.0, *entry)).collect();
    (BaselineDates::Named(name.to_string()), governing)
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

/// Fixed cost, cost per hour of baseline duration, and assignments at the rates of their days.
fn component_cost(context: &Context<'_>, (index, start, finish): (usize, Moment, Moment), findings: &mut Findings) -> Cost {
    let activity = context.activity(index);
    let minutes = context.calendars[index].work(start, finish);
    let mut cost = Cost { fixed: activity.fixed_cost.unwrap_or_default(), variable: Decimal::ZERO };
    cost.variable += activity.cost_per_hour.unwrap_or_default() * Decimal::from(minutes) / Decimal::from(60);
    for assignment in &context.assignments[index] {
        cost.fixed += assignment.fixed_cost.unwrap_or_default();
        let rates = rates_of(context, &assignment.bearer);
        let Some(first) = rate_in_force(rates, start.day()) else { continue };
        if rates.iter().any(|rate| exchange(context, index, rate, start.day()).is_none()) {
            report_no_rate(context, index, first, findings);
            continue;
        }
        let in_own = |rate: &Rate| exchange(context, index, rate, start.day()).unwrap_or_default();
        cost.fixed += first.cost_per_use.unwrap_or_default() * in_own(first);
        let used = minutes_used(context, index, assignment, minutes);
        for (rate, share) in spells(rates, first, &context.calendars[index], start, finish) {
            cost.variable += quantity(context, index, assignment, rate, used) * share * rate.rate * in_own(rate);
        }
    }
    cost
}

/// The rates of a bearer, oldest first; those of its role where a resource has none of its own.
fn rates_of<'c, 'a>(context: &'c Context<'a>, bearer: &Bearer) -> &'c [&'a Rate] {
    let of_bearer = |bearer: &Bearer| context.rates.get(bearer).map(Vec::as_slice).filter(|rates| !rates.is_empty());
    let of_role = || match bearer {
        Bearer::Resource(id) => {
            let resource = context.portfolio.resources.iter().find(|resource| resource.id == *id)?;
            of_bearer(&Bearer::Role(resource.role.clone()?))
        }
        Bearer::Role(_) => None,
    };
    of_bearer(bearer).or_else(of_role).unwrap_or_default()
}

/// The last rate from on or before a day, else the first one.
fn rate_in_force<'a>(rates: &[&'a Rate], day: Day) -> Option<&'a Rate> {
    rates.iter().rev().find(|rate| rate.from <= day).or(rates.first()).copied()
}

/// The rates in force between two moments, each with its share of the working time.
fn spells<'a>(
    rates: &[&'a Rate],
    first: &'a Rate,
    calendar: &WorkCalendar,
    start: Moment,
    finish: Moment,
) -> Vec<(&'a Rate, Decimal)> {
    let all = calendar.work(start, finish);
    if all <= 0 {
        return vec![(first, Decimal::ONE)];
    }
    let later = rates.iter().filter(|rate| rate.from > first.from).map(|rate| (*rate, Moment::start_of(rate.from)));
    let begins: Vec<(&Rate, Moment)> = std::iter::once((first, start)).chain(later.filter(|(_, from)| *from < finish)).collect();
    let ends = begins.iter().skip(1).map(|(_, from)| *from).chain([finish]);
    let share =
        |(&(rate, from), to): (&(&'a Rate, Moment), Moment)| (rate, Decimal::from(calendar.work(from, to)) / Decimal::from(all));
    begins.iter().zip(ends).map(share).collect()
}

/// From a rate's currency, the reporting one where it names none, to that of the activity, at the budget rate.
fn exchange(context: &Context<'_>, index: usize, rate: &Rate, day: Day) -> Option<Decimal> {
    let from = rate.currency.unwrap_or(context.portfolio.settings.reporting_currency);
    context.exchange(RateKind::Budget, from, context.currency_of(index), day).ok()
}

fn report_no_rate(context: &Context<'_>, index: usize, rate: &Rate, findings: &mut Findings) {
    let own = context.currency_of(index);
    let from = rate.currency.unwrap_or(context.portfolio.settings.reporting_currency);
    findings.push(
        codes::EXCHANGE_RATE_MISSING
            .at(rate.origin.clone())
            .field("Rates", "Currency")
            .found(format!("a rate in {from} for work in {own}"))
            .expected(format!("a budget rate from {from} to {own} in FX rates"))
            .hint("The assignment counts as costing nothing until the exchange rate is given."),
    );
}

/// Minutes of work of an assignment: as given, or its units over the baseline duration.
fn minutes_used(context: &Context<'_>, index: usize, assignment: &Assignment, minutes: i64) -> Decimal {
    let work = assignment.work.as_ref().and_then(|work| work.minutes(&context.calendars[index]));
    work.map_or_else(|| units(assignment) * Decimal::from(minutes), Decimal::from)
}

/// Units as given; one where none are, unless a lump sum stands for them.
fn units(assignment: &Assignment) -> Decimal {
    let implied = if assignment.work.is_none() && assignment.fixed_cost.is_some() { Decimal::ZERO } else { Decimal::ONE };
    assignment.units.and_then(number::from_excel).unwrap_or(implied)
}

/// How many units of a rate some minutes of work are; of a consumable, the units themselves.
fn quantity(context: &Context<'_>, index: usize, assignment: &Assignment, rate: &Rate, used: Decimal) -> Decimal {
    let calendar = &context.calendars[index];
    let length = match rate.unit {
        RateUnit::Hour => 60,
        RateUnit::Day => calendar.minutes_per_day(),
        RateUnit::Week => calendar.minutes_per_week(),
        RateUnit::Month => calendar.minutes_per_month(),
        RateUnit::Each => return units(assignment),
    };
    used / Decimal::from(length.max(1))
}
