//! An initiative over time: what is earned at each of its status dates, what is spent, when it was finished.

use super::actuals::Actuals;
use super::budget::{Budget, Plans};
use super::context::Context;
use super::curve::held;
use super::earn::{self, goes_with_time};
use crate::analysis::progress::ProgressState;
use crate::base::day::Moment;
use rust_decimal::Decimal;

/// An initiative at its status dates.
pub struct Track {
    /// Its status dates, oldest first; the last is the data date.
    pub dates: Vec<Moment>,
    /// Earned value by status date, by item of the plan in force then.
    pub earned: Vec<Vec<Decimal>>,
    /// Actual cost.
    pub actuals: Actuals,
    /// By status date, for each of its activities that are work, when it was finished; none where it was not.
    finished: Vec<Vec<Option<Moment>>>,
    /// The activities that are work.
    work: Vec<usize>,
}

impl Track {
    /// Follows an initiative.
    pub fn of(context: &Context<'_>, plans: &[Plans], group: usize, actuals: Actuals) -> Self {
        let dates: Vec<Moment> = context.status_dates(group).into_iter().collect();
        let own = &plans[group];
        let mut earned: Vec<Vec<Decimal>> =
            dates.iter().map(|date| vec![Decimal::ZERO; own.at(*date).activities.len()]).collect();
        let work: Vec<usize> = context.members[group].iter().copied().filter(|&index| context.is_work(index)).collect();
        let mut finished = vec![vec![None; work.len()]; dates.len()];
        for (position, &activity) in work.iter().enumerate() {
            for (at, state) in context.states(activity, &dates).iter().enumerate() {
                finished[at][position] = finish(context, activity, state, dates[at]);
                let budget = own.at(dates[at]);
                if let Some(item) = budget.item_of(activity) {
                    earned[at][item] = earn::earned(context, plans, activity, &budget.curve.items[item], dates[at], state);
                }
            }
        }
        Self { dates, earned, actuals, finished, work }
    }

    /// The position of the last status date on or before a moment.
    pub fn last_date(&self, moment: Moment) -> Option<usize> {
        self.dates.partition_point(|date| *date <= moment).checked_sub(1)
    }

    /// What each item of the plan in force at a moment has earned by then, as the readings up to it tell.
    pub fn earned_at(&self, context: &Context<'_>, plans: &[Plans], group: usize, moment: Moment) -> Vec<Decimal> {
        self.earned_of(context, plans, group, &plans[group].at(moment).activities, moment)
    }

    /// The same of some activities; nothing for one that the plan does not hold.
    pub fn earned_of(
        &self,
        context: &Context<'_>,
        plans: &[Plans],
        group: usize,
        activities: &[usize],
        moment: Moment,
    ) -> Vec<Decimal> {
        let budget = plans[group].at(moment);
        let same = self.last_date(moment).filter(|&at| std::ptr::eq(plans[group].at(self.dates[at]), budget));
        let of = |&activity: &usize| {
            let Some(item) = budget.item_of(activity) else { return Decimal::ZERO };
            match same {
                Some(at) if self.dates[at] == moment || !goes_with_time(&context.activity(activity).technique) => {
                    self.earned[at][item]
                }
                _ => {
                    let state = context.state(activity, moment);
                    earn::earned(context, plans, activity, &budget.curve.items[item], moment, &state)
                }
            }
        };
        activities.iter().map(of).collect()
    }

    /// The minutes of work that an item has earned: of its planned minutes, the share of its budget that is earned; none
    /// where nothing gives minutes or a budget.
    pub fn minutes_earned(budget: &Budget, item: usize, earned: Decimal) -> Option<Decimal> {
        let minutes = budget.minutes[item]?;
        Some(held(minutes.checked_mul(earned.checked_div(budget.curve.items[item].total())?)?))
    }

    /// The last actual finish of some activities, where all of them are complete.
    pub fn finish_of(&self, activities: &[usize], moment: Moment) -> Option<Moment> {
        let finished = &self.finished[self.last_date(moment)?];
        let of = |activity: &usize| self.work.binary_search(activity).ok().and_then(|position| finished[position]);
        let all: Option<Vec<Moment>> = activities.iter().map(of).collect();
        all?.into_iter().max()
    }
}

/// When an activity was finished, as far as it is known at a status date.
fn finish(context: &Context<'_>, activity: usize, state: &ProgressState, status: Moment) -> Option<Moment> {
    if !state.is_complete() {
        return None;
    }
    let took = state.actual_duration.unwrap_or(context.schedules.baseline_early.activities[activity].duration);
    let computed = state.actual_start.map(|start| context.calendars[activity].add(start, took));
    Some(state.actual_finish.or(computed).unwrap_or(status).min(status))
}
