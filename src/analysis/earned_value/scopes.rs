//! The figures of a scope of an initiative.

use super::budget::{Budget, Plans};
use super::context::Context;
use super::curve::PlannedCurve;
use super::earned_schedule::EarnedScheduleRule;
use super::hours;
use super::measures::performance;
use super::members::Member;
use super::periods::{Phases, Timeline};
use super::range;
use super::result::{Base, InitiativeEarnedValue};
use super::scope_cost::ScopeCost;
use super::time::TimeBase;
use super::track::Track;
use super::views::{Hours, ScopeEarnedValue};
use crate::analysis::measure::{Measure, Undefined};
use crate::base::day::Moment;
use crate::base::number;
use crate::model::activity::{ActivityIndex, EarnedValueTechnique};
use rust_decimal::Decimal;
use std::sync::Arc;

/// What the figures of every scope of an initiative are taken from.
pub struct Ground<'a, 'c> {
    /// The portfolio.
    pub context: &'c Context<'a>,
    /// Position of the initiative.
    pub group: usize,
    /// Its plans.
    pub plans: &'c Plans,
    /// Its track.
    pub track: &'c Track,
    /// Its periods.
    pub timeline: &'c Timeline,
}

impl Ground<'_, '_> {
    /// The figures of a scope, given those of the initiative; none where it has no activities at all.
    pub fn scope(&self, initiative: &InitiativeEarnedValue, member: &Member, phases: &Phases) -> Option<ScopeEarnedValue> {
        let rows: Vec<usize> = member
            .activities
            .iter()
            .filter_map(|&index| initiative.activities.binary_search_by_key(&index, |row| row.activity.0).ok())
            .collect();
        let history = self.history(initiative, member, &rows);
        let base = *history.last()?;
        let current = performance(base, &self.time(member, base, phases));
        let (share, without) = self.level_of_effort(initiative, &rows);
        Some(ScopeEarnedValue {
            scope: member.scope.clone(),
            initiative: Some(initiative.initiative.clone()),
            title: member.title.clone(),
            depth: member.depth,
            holds_activities: member.holds_activities,
            currency: initiative.currency,
            history,
            activities: rows.iter().map(|&row| initiative.activities[row].activity).collect(),
            level_of_effort_share: share,
            schedule_index_without_level_of_effort: without,
            hours: self.hours(phases),
            range: range::range(&current.cost, Err(Undefined::NoForecast)),
            sum_of_estimates: current.cost.estimate_at_completion,
            current,
        })
    }

    fn history(&self, initiative: &InitiativeEarnedValue, member: &Member, rows: &[usize]) -> Vec<Base> {
        let cost = ScopeCost::of(&self.track.actuals, member);
        let at = |at: usize| {
            let status = initiative.history[at].base.status;
            let mut sum = Base::zero(status, initiative.currency);
            for &row in rows {
                let base = &initiative.activities[row].history[at];
                sum.budget_at_completion += base.budget_at_completion;
                sum.planned_value += base.planned_value;
                sum.earned_value += base.earned_value;
            }
            sum.actual_cost = cost.at(status);
            sum
        };
        (0..initiative.history.len()).map(at).collect()
    }

    fn time(&self, member: &Member, base: Base, phases: &Phases) -> TimeBase {
        let budget = self.plans.current();
        let items: Vec<usize> = member.activities.iter().filter_map(|&index| budget.item_of(index)).collect();
        let earned: Vec<Decimal> = match self.track.earned.last() {
            Some(all) => items.iter().map(|&item| all[item]).collect(),
            None => Vec::new(),
        };
        let finished = self.track.finish_of(&member.activities, base.status);
        let mut time = time_base(self.context, &budget.curve.part(&items), budget, &earned, finished, base.status);
        time.recent = self.recent(phases, &base);
        time
    }

    /// CPI of the last three and six periods at a status date.
    pub fn recent(&self, phases: &Phases, base: &Base) -> [Measure<Decimal>; 2] {
        let position = self.timeline.position(base.status);
        [3, 6].map(|periods| match position {
            Some(position) => phases.recent(position, periods, base.earned_value, base.actual_cost),
            None => Err(Undefined::TooFewPeriods),
        })
    }

    fn hours(&self, phases: &Phases) -> Hours {
        let Some(now) = self.timeline.now().filter(|_| phases.has_hours || phases.has_worked) else { return Hours::none() };
        let planned = |minutes: Decimal| if phases.has_hours { hours::hours(Ok(minutes)) } else { Err(Undefined::NoHours) };
        Hours {
            budget: planned(phases.minutes_planned.iter().sum()),
            planned: planned(phases.minutes_to_date.iter().sum()),
            earned: if phases.has_hours { hours::hours(phases.minutes_earned[now]) } else { Err(Undefined::NoHours) },
            actual: if phases.has_worked { hours::hours(phases.minutes_actual[now]) } else { Err(Undefined::NoHours) },
        }
    }

    /// The share of level of effort in the budget, and SPI of all else.
    fn level_of_effort(&self, initiative: &InitiativeEarnedValue, rows: &[usize]) -> (Measure<f64>, Measure<f64>) {
        let (mut all, mut effort, mut planned, mut earned) = (Decimal::ZERO, Decimal::ZERO, Decimal::ZERO, Decimal::ZERO);
        for row in rows.iter().map(|&row| &initiative.activities[row]) {
            let Some(base) = row.history.last() else { continue };
            all += base.budget_at_completion;
            if is_level_of_effort(self.context, row.activity) {
                effort += base.budget_at_completion;
            } else {
                planned += base.planned_value;
                earned += base.earned_value;
            }
        }
        let ratio = |a, b, none| number::ratio(a, b).ok_or(none);
        (ratio(effort, all, Undefined::NoBudget), ratio(earned, planned, Undefined::NothingPlannedYet))
    }
}

/// Base measures in time of some activities: `earned` goes by item of the curve.
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
    let earned_schedule = curve.earned_schedule(earned.iter().sum(), at, &EarnedScheduleRule::of(settings));
    let mut time = TimeBase::of(curve, &Arc::clone(&budget.calendar), until, earned_schedule);
    time.adherence = curve.adherence(earned, earned_schedule);
    time.usable_share = number::from_excel(settings.usable_out_of_sequence).unwrap_or_default();
    time
}

/// True where an activity earns what was planned.
pub fn is_level_of_effort(context: &Context<'_>, activity: ActivityIndex) -> bool {
    context.portfolio.activity(activity).technique == EarnedValueTechnique::LevelOfEffort
}
