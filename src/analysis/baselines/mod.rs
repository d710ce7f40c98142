//! The plan as it stands against its baselines and the last closed month.
//!
//! Promises: variances are working days of the activity's own calendar, positive where later or longer than the baseline;
//! what a baseline does not hold has no variance, never 0. Which baseline governs an initiative is what earned value says,
//! so that dates and money are measured against the same plan. Until a month is closed, what needs one says so.
//! Does not judge: limits are the schedule health's.
//!
//! Source: PMI, Practice Standard for Scheduling, 3rd edition (2019), baseline and variance components.

#[cfg(test)]
mod tests;

use crate::analysis::earned_value::{BaselineDates, EarnedValue};
use crate::analysis::lateness::working_days;
use crate::analysis::measure::{Measure, Undefined};
use crate::analysis::progress::{finish_moment, start_moment};
use crate::analysis::schedule::{Schedule, ScheduledActivity, Schedules, calendar_of};
use crate::base::calendar::WorkCalendar;
use crate::base::day::{Day, Moment};
use crate::base::id::{ActivityKey, InitiativeId, PersonId};
use crate::base::origin::Origin;
use crate::model::activity::{ActivityIndex, ActivityType, BaselineEntry};
use crate::model::past::{ClosedActivity, Past};
use crate::model::portfolio::Portfolio;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// Name of the baseline that the Activities table holds in columns of its own.
pub const ACTIVITIES_BASELINE: &str = "Baseline columns of Activities";

/// The plan against its baselines.
#[derive(Clone, Debug)]
pub struct BaselineComparison {
    /// Every baseline, by date of approval, then name; those never approved last.
    pub baselines: Vec<NamedBaseline>,
    /// By activity, as [`Portfolio::activities`]; summaries included.
    pub activities: Vec<ActivityComparison>,
    /// By initiative, as [`Portfolio::initiatives`].
    pub initiatives: Vec<InitiativeComparison>,
    /// What governing or other baselines hold and the plan does not, by place.
    pub removed: Vec<RemovedActivity>,
    /// The period of the last closed month.
    pub last_closed: Measure<String>,
}

impl BaselineComparison {
    /// The comparison of an activity.
    #[must_use]
    pub fn activity(&self, index: ActivityIndex) -> &ActivityComparison {
        &self.activities[index.0]
    }
}

/// A baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedBaseline {
    /// Name.
    pub name: String,
    /// How many activities of the plan it holds.
    pub activities: usize,
    /// Earliest start.
    pub start: Option<Moment>,
    /// Latest finish.
    pub finish: Option<Moment>,
    /// Cost by initiative, each in its own currency; initiatives whose rows give no cost are left out.
    pub cost_by_initiative: Vec<(InitiativeId, Decimal)>,
    /// Who approved it, each once.
    pub approved_by: Vec<PersonId>,
    /// The latest date of approval on its rows.
    pub approved_on: Option<Day>,
    /// Reasons on its rows, each once.
    pub reason: Option<String>,
    /// True where it governs any initiative.
    pub governs: bool,
    /// The initiatives that it governs.
    pub governed: Vec<InitiativeId>,
}

/// An activity against its baselines.
#[derive(Clone, Debug, PartialEq)]
pub struct ActivityComparison {
    /// Which.
    pub activity: ActivityIndex,
    /// Start by the governing baseline.
    pub baseline_start: Option<Moment>,
    /// Finish by the governing baseline.
    pub baseline_finish: Option<Moment>,
    /// Actual start, else forecast.
    pub start: Moment,
    /// Actual finish, else forecast.
    pub finish: Moment,
    /// Working days by which it starts after its baseline; negative before it.
    pub start_variance: Option<f64>,
    /// Working days by which it finishes after its baseline; negative before it.
    pub finish_variance: Option<f64>,
    /// Working days by which it spans more than its baseline did; negative where less.
    pub duration_variance: Option<f64>,
    /// True where its initiative has a baseline which does not hold it. Never for summaries.
    pub added: bool,
    /// In every other baseline that holds it: position in [`BaselineComparison::baselines`], start and finish.
    pub others: Vec<(usize, Moment, Moment)>,
    /// Start as the last month closed.
    pub last_closed_start: Measure<Moment>,
    /// Finish as the last month closed.
    pub last_closed_finish: Measure<Moment>,
    /// Working days by which it finishes later than it did as the last month closed.
    pub moved_since_close: Measure<f64>,
}

/// An initiative against its baselines.
#[derive(Clone, Debug, PartialEq)]
pub struct InitiativeComparison {
    /// Which.
    pub initiative: InitiativeId,
    /// Position of its governing baseline in [`BaselineComparison::baselines`]; none where it has no baseline.
    pub baseline: Option<usize>,
    /// First start by the governing baseline.
    pub baseline_start: Option<Moment>,
    /// Last finish by the governing baseline.
    pub baseline_finish: Option<Moment>,
    /// First start now.
    pub start: Option<Moment>,
    /// Last finish now.
    pub finish: Option<Moment>,
    /// Working days of the calendar of the activity that finishes last.
    pub start_variance: Option<f64>,
    /// Working days of the calendar of the activity that finishes last.
    pub finish_variance: Option<f64>,
    /// Last finish in every other baseline that holds any of its activities: position, finish.
    pub others: Vec<(usize, Moment)>,
    /// Activities added since the baseline.
    pub added: usize,
    /// Activities of the baseline that the plan does not hold any more.
    pub removed: usize,
    /// Activities that finish, or are to finish, after their baseline finish.
    pub late: usize,
    /// Last finish as the last month closed.
    pub last_closed_finish: Measure<Moment>,
    /// Working days by which its finish lies later than as the last month closed.
    pub moved_since_close: Measure<f64>,
}

/// What a baseline holds and the plan does not.
#[derive(Clone, Debug, PartialEq)]
pub struct RemovedActivity {
    /// Position in [`BaselineComparison::baselines`]; none where the baseline holds nothing else.
    pub baseline: Option<usize>,
    /// Initiative, where the row names one.
    pub initiative: Option<InitiativeId>,
    /// The activity as the row writes it.
    pub activity: String,
    /// Start.
    pub start: Option<Moment>,
    /// Finish.
    pub finish: Option<Moment>,
    /// Where the row is.
    pub origin: Origin,
}

/// Start and finish that a baseline gives an activity, put to working times; where it gives one of the two, the other
/// follows from the planned duration in minutes. None where it gives neither. A point's dates are in order.
#[must_use]
pub fn baseline_dates(
    kind: ActivityType,
    calendar: &WorkCalendar,
    minutes: i64,
    given: (Option<Moment>, Option<Moment>),
) -> Option<(Moment, Moment)> {
    let (start, finish) = match given {
        (Some(start), Some(finish)) => (start_moment(start, calendar), finish_moment(finish, calendar)),
        (Some(start), None) => (start_moment(start, calendar), calendar.add(start_moment(start, calendar), minutes)),
        (None, Some(finish)) => (calendar.sub(finish_moment(finish, calendar), minutes), finish_moment(finish, calendar)),
        (None, None) => return None,
    };
    let point = kind.is_point() || minutes == 0;
    Some((if point { start.min(finish) } else { start }, finish.max(start)))
}

/// Compares the plan with its baselines and the last closed month.
#[must_use]
pub fn baseline_comparison(
    portfolio: &Portfolio,
    schedules: &Schedules,
    earned: &EarnedValue,
    past: &Past,
) -> BaselineComparison {
    let books = Books::open(portfolio, schedules, earned);
    let last: Measure<Closed<'_>> = past
        .last()
        .map(|month| month.schedule.iter().map(|closed| (&closed.key, closed)).collect())
        .ok_or(Undefined::NoClosedMonth);
    let removed = books.removed();
    let activities: Vec<ActivityComparison> = (0..portfolio.activities.len()).map(|index| books.activity(index, &last)).collect();
    let initiatives =
        (0..portfolio.initiatives.len()).map(|group| books.initiative(group, &activities, &removed, &last)).collect();
    let last_closed = past.last().map(|month| month.period.clone()).ok_or(Undefined::NoClosedMonth);
    BaselineComparison { baselines: books.named(), activities, initiatives, removed, last_closed }
}

type Dates = BTreeMap<usize, (Moment, Moment)>;
type Closed<'a> = BTreeMap<&'a ActivityKey, &'a ClosedActivity>;

/// Baselines by name, and which of them governs what.
struct Books<'a> {
    portfolio: &'a Portfolio,
    current: &'a Schedule,
    /// Names, in the order of the result.
    names: Vec<&'a str>,
    /// Dates by baseline and activity.
    dates: Vec<Dates>,
    /// Dates without a time of points, by baseline and activity.
    whole_days: Vec<BTreeMap<usize, Moment>>,
    /// The governing baseline by initiative.
    governing: Vec<Option<usize>>,
    /// Initiative by activity; the number of initiatives where it is not listed.
    group_of: Vec<usize>,
}

impl<'a> Books<'a> {
    fn open(portfolio: &'a Portfolio, schedules: &'a Schedules, earned: &'a EarnedValue) -> Self {
        let mut approved: BTreeMap<&str, Option<Day>> = BTreeMap::new();
        for entry in &portfolio.baselines {
            let latest = approved.entry(&entry.baseline).or_default();
            *latest = (*latest).max(entry.approved_on);
        }
        if portfolio.activities.iter().any(|activity| activity.baseline_start.or(activity.baseline_finish).is_some()) {
            approved.entry(ACTIVITIES_BASELINE).or_default();
        }
        let mut names: Vec<&str> = approved.keys().copied().collect();
        names.sort_by_key(|name| (approved[name].is_none(), approved[name], *name));
        let position = |name: &str| names.iter().position(|each| *each == name);
        let governing = earned.initiatives.iter().map(|initiative| match &initiative.dates {
            BaselineDates::Named(name) => position(name),
            BaselineDates::Activities => position(ACTIVITIES_BASELINE),
            BaselineDates::EarlySchedule => None,
        });
        let governing = governing.collect();
        let (dates, whole_days) = dates(portfolio, &schedules.baseline_early, &names);
        let by_id: BTreeMap<&str, usize> =
            portfolio.initiatives.iter().enumerate().map(|(group, each)| (each.id.as_str(), group)).collect();
        let group = |key: &str| by_id.get(key).copied().unwrap_or(portfolio.initiatives.len());
        let group_of = portfolio.activities.iter().map(|activity| group(activity.key.initiative.as_str())).collect();
        Self { portfolio, current: &schedules.current, names, dates, whole_days, governing, group_of }
    }

    fn governing_of(&self, index: usize) -> Option<usize> {
        self.governing.get(self.group_of[index]).copied().flatten()
    }

    fn named(&self) -> Vec<NamedBaseline> {
        self.names.iter().enumerate().map(|(position, name)| self.one(position, name)).collect()
    }

    fn one(&self, position: usize, name: &str) -> NamedBaseline {
        let entries: Vec<&BaselineEntry> = self.portfolio.baselines.iter().filter(|entry| entry.baseline == name).collect();
        let dates = self.dates[position].values();
        let people: BTreeSet<&PersonId> = entries.iter().filter_map(|entry| entry.approved_by.as_ref()).collect();
        let reasons: BTreeSet<&str> = entries.iter().filter_map(|entry| entry.reason.as_deref()).collect();
        let governed = self.portfolio.initiatives.iter().zip(&self.governing);
        let governed: Vec<InitiativeId> =
            governed.filter(|(_, governing)| **governing == Some(position)).map(|(each, _)| each.id.clone()).collect();
        NamedBaseline {
            name: name.to_string(),
            activities: self.dates[position].len(),
            start: dates.clone().map(|(start, _)| *start).min(),
            finish: dates.map(|(_, finish)| *finish).max(),
            cost_by_initiative: self.costs(name, &entries),
            approved_by: people.into_iter().cloned().collect(),
            approved_on: entries.iter().filter_map(|entry| entry.approved_on).max(),
            reason: (!reasons.is_empty()).then(|| reasons.into_iter().collect::<Vec<_>>().join("; ")),
            governs: !governed.is_empty(),
            governed,
        }
    }

    fn costs(&self, name: &str, entries: &[&BaselineEntry]) -> Vec<(InitiativeId, Decimal)> {
        let of_columns = |index: usize| self.portfolio.activities[index].baseline_cost.map(|cost| (index, cost));
        let costs: Vec<(usize, Decimal)> = if name == ACTIVITIES_BASELINE {
            (0..self.portfolio.activities.len()).filter_map(of_columns).collect()
        } else {
            entries.iter().filter_map(|entry| Some((entry.activity.0, entry.cost?))).collect()
        };
        let work = |index: usize| self.portfolio.activities[index].kind != ActivityType::Summary;
        let mut sums: BTreeMap<&InitiativeId, Decimal> = BTreeMap::new();
        for (index, cost) in costs.into_iter().filter(|(index, _)| work(*index)) {
            let sum = sums.entry(&self.portfolio.activities[index].key.initiative).or_default();
            *sum = sum.saturating_add(cost);
        }
        sums.into_iter().map(|(initiative, sum)| (initiative.clone(), sum)).collect()
    }

    fn removed(&self) -> Vec<RemovedActivity> {
        let of = |row: &crate::model::activity::RemovedFromPlan| RemovedActivity {
            baseline: self.names.iter().position(|name| *name == row.baseline),
            initiative: row.initiative.clone(),
            activity: row.activity.clone(),
            start: row.start,
            finish: row.finish,
            origin: row.origin.clone(),
        };
        self.portfolio.removed_from_plan.iter().map(of).collect()
    }

    fn activity(&self, index: usize, last: &Measure<Closed<'_>>) -> ActivityComparison {
        let activity = &self.portfolio.activities[index];
        let now = &self.current.activities[index];
        let calendar = calendar_of(self.portfolio, activity);
        let governing = self.governing_of(index);
        let baseline = governing.and_then(|position| self.dates[position].get(&index).copied());
        let whole_day = governing.and_then(|position| self.whole_days[position].get(&index).copied());
        let baseline = baseline.map(|dates| whole_day.map_or(dates, |day| as_it_rests(now, &calendar, day)));
        let closed = last.as_ref().map_err(|why| *why);
        let closed = closed.and_then(|month| month.get(&activity.key).copied().ok_or(Undefined::NotInClosedMonth));
        let others = self.dates.iter().enumerate().filter(|(position, _)| Some(*position) != governing);
        let others = others.filter_map(|(position, dates)| dates.get(&index).map(|(start, finish)| (position, *start, *finish)));
        let span = |(start, finish): (Moment, Moment)| working_days(&calendar, start, finish);
        ActivityComparison {
            activity: ActivityIndex(index),
            baseline_start: baseline.map(|(start, _)| start),
            baseline_finish: baseline.map(|(_, finish)| finish),
            start: now.start,
            finish: now.finish,
            start_variance: baseline.map(|(start, _)| working_days(&calendar, start, now.start)),
            finish_variance: baseline.map(|(_, finish)| working_days(&calendar, finish, now.finish)),
            duration_variance: baseline.map(|dates| span((now.start, now.finish)) - span(dates)),
            added: governing.is_some() && baseline.is_none() && activity.kind != ActivityType::Summary,
            others: others.collect(),
            last_closed_start: closed.map(|closed| closed.start),
            last_closed_finish: closed.map(|closed| closed.finish),
            moved_since_close: closed.map(|closed| working_days(&calendar, closed.finish, now.finish)),
        }
    }

    fn initiative(
        &self,
        group: usize,
        activities: &[ActivityComparison],
        removed: &[RemovedActivity],
        last: &Measure<Closed<'_>>,
    ) -> InitiativeComparison {
        let plan = &self.current.initiatives[group];
        let work =
            |index: &usize| self.group_of[*index] == group && self.portfolio.activities[*index].kind != ActivityType::Summary;
        let members: Vec<&ActivityComparison> = (0..activities.len()).filter(work).map(|index| &activities[index]).collect();
        let calendar = self.closing_calendar(group);
        let days = |from: Option<Moment>, to: Option<Moment>| Some(working_days(&calendar, from?, to?));
        let baseline_start = members.iter().filter_map(|each| each.baseline_start).min();
        let baseline_finish = members.iter().filter_map(|each| each.baseline_finish).max();
        let governing = self.governing[group];
        let closed = members.iter().filter_map(|each| each.last_closed_finish.ok()).max();
        let closed = last.as_ref().map_err(|why| *why).and_then(|_| closed.ok_or(Undefined::NotInClosedMonth));
        let gone = |each: &&RemovedActivity| {
            each.initiative.as_ref() == Some(&plan.initiative) && each.baseline == governing && governing.is_some()
        };
        InitiativeComparison {
            initiative: plan.initiative.clone(),
            baseline: governing,
            baseline_start,
            baseline_finish,
            start: plan.start,
            finish: plan.finish,
            start_variance: days(baseline_start, plan.start),
            finish_variance: days(baseline_finish, plan.finish),
            others: last_finishes(&members),
            added: members.iter().filter(|each| each.added).count(),
            removed: removed.iter().filter(gone).count(),
            late: members.iter().filter(|each| each.finish_variance.is_some_and(|days| days > 0.0)).count(),
            last_closed_finish: closed,
            moved_since_close: closed.and_then(|closed| days(Some(closed), plan.finish).ok_or(Undefined::NotInClosedMonth)),
        }
    }

    /// The calendar of the activity that finishes last.
    fn closing_calendar(&self, group: usize) -> std::sync::Arc<WorkCalendar> {
        let last = self.current.initiatives[group].longest_path.last().copied();
        let calendar = last.and_then(|last| self.portfolio.activity(last).calendar.as_ref());
        std::sync::Arc::clone(self.portfolio.calendars.get_or_default(calendar))
    }
}

/// The last finish in every other baseline.
fn last_finishes(members: &[&ActivityComparison]) -> Vec<(usize, Moment)> {
    let mut last: BTreeMap<usize, Moment> = BTreeMap::new();
    for (position, _, finish) in members.iter().flat_map(|each| &each.others) {
        let known = last.entry(*position).or_insert(*finish);
        *known = (*known).max(*finish);
    }
    last.into_iter().collect()
}

/// Dates by baseline and activity; beside them the dates without a time that points have.
fn dates(portfolio: &Portfolio, early: &Schedule, names: &[&str]) -> (Vec<Dates>, Vec<BTreeMap<usize, Moment>>) {
    let positions: BTreeMap<&str, usize> = names.iter().enumerate().map(|(position, name)| (*name, position)).collect();
    let (mut dates, mut whole_days) = (vec![Dates::new(); names.len()], vec![BTreeMap::new(); names.len()]);
    let mut keep = |name: &str, index: usize, given: (Option<Moment>, Option<Moment>)| {
        let activity = &portfolio.activities[index];
        let calendar = calendar_of(portfolio, activity);
        let found = baseline_dates(activity.kind, &calendar, early.activities[index].duration, given);
        if let (Some(&position), Some(found)) = (positions.get(name), found) {
            dates[position].insert(index, found);
            let day = given.1.or(given.0).filter(|at| at.is_date_only() && activity.kind.is_point());
            if let Some(day) = day {
                whole_days[position].insert(index, day);
            }
        }
    };
    for entry in &portfolio.baselines {
        keep(&entry.baseline, entry.activity.0, (entry.start, entry.finish));
    }
    for (index, activity) in portfolio.activities.iter().enumerate() {
        keep(ACTIVITIES_BASELINE, index, (activity.baseline_start, activity.baseline_finish));
    }
    (dates, whole_days)
}

/// A point's baseline date without a time rests where the point itself rests: at the start of work or at its end. Else the
/// same day would count as a day early or late.
fn as_it_rests(now: &ScheduledActivity, calendar: &WorkCalendar, day: Moment) -> (Moment, Moment) {
    let begins = calendar.next_work_start(now.finish) == now.finish;
    let at = if begins { start_moment(day, calendar) } else { finish_moment(day, calendar) };
    (at, at)
}
