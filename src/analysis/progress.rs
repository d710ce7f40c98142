//! What is known of each activity's progress at a status date: readings and the Activities table, put together.
//!
//! A reading counts from its status date on; a field that the latest reading leaves empty is carried from the one before
//! it (what remains to be done is not: it would be stale). The Activities table's own progress counts at the data date
//! alone, where no reading says otherwise.

use crate::base::calendar::WorkCalendar;
use crate::base::day::{MINUTES_PER_DAY, Moment};
use crate::model::activity::{Activity, ActivityIndex, ProgressReading};
use crate::model::portfolio::Portfolio;
use rust_decimal::Decimal;

/// What is known of an activity at a status date.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProgressState {
    /// Share done, 0 to 1; none where nothing says.
    pub percent: Option<f64>,
    /// Actual start.
    pub actual_start: Option<Moment>,
    /// Actual finish.
    pub actual_finish: Option<Moment>,
    /// Actual duration, in working minutes.
    pub actual_duration: Option<i64>,
    /// Remaining duration, in working minutes.
    pub remaining: Option<i64>,
    /// Actual cost to date.
    pub actual_cost: Option<Decimal>,
}

impl ProgressState {
    /// True where the activity is done: an actual finish, or 100 %.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.actual_finish.is_some() || self.share_done() >= 1.0
    }

    /// True where work has begun: some of it is done, time has passed on it, or a start is recorded and nothing says that
    /// neither happened.
    #[must_use]
    pub fn is_started(&self) -> bool {
        let untouched = self.actual_duration == Some(0) && self.share_done() <= 0.0;
        let begun = self.share_done() > 0.0 || self.actual_duration.is_some_and(|minutes| minutes > 0);
        self.is_finish_recorded() || begun || (self.actual_start.is_some() && !untouched)
    }

    /// Share done, 0 where nothing says and 1 where a finish is recorded.
    #[must_use]
    pub fn share_done(&self) -> f64 {
        if self.is_finish_recorded() { 1.0 } else { self.percent.unwrap_or(0.0).clamp(0.0, 1.0) }
    }

    const fn is_finish_recorded(&self) -> bool {
        self.actual_finish.is_some()
    }
}

/// All progress of a portfolio, by activity and status date.
#[derive(Clone, Debug)]
pub struct ProgressBook<'a> {
    portfolio: &'a Portfolio,
    /// Readings that count, with their status dates, by activity, oldest first.
    readings: Vec<Vec<(Moment, &'a ProgressReading)>>,
}

impl<'a> ProgressBook<'a> {
    /// Opens the book: readings after the as-of date do not count.
    #[must_use]
    pub fn open(portfolio: &'a Portfolio) -> Self {
        let as_of = portfolio.settings.as_of;
        let limit = if as_of.is_date_only() { as_of.plus(MINUTES_PER_DAY) } else { as_of };
        let mut readings = vec![Vec::new(); portfolio.activities.len()];
        for reading in &portfolio.progress {
            let status = status_moment(reading.as_of, portfolio.calendars.default_calendar());
            if let (true, Some(of_activity)) = (status <= limit, readings.get_mut(reading.activity.0)) {
                of_activity.push((status.min(portfolio.data_date), reading));
            }
        }
        for of_activity in &mut readings {
            of_activity.sort_by_key(|(status, _)| *status);
        }
        Self { portfolio, readings }
    }

    /// The status dates of an activity's readings, oldest first.
    pub fn status_dates(&self, activity: ActivityIndex) -> impl Iterator<Item = Moment> + '_ {
        self.readings[activity.0].iter().map(|(status, _)| *status)
    }

    /// The readings of an activity with their status dates, oldest first.
    pub fn readings(&self, activity: ActivityIndex) -> impl Iterator<Item = (Moment, &'a ProgressReading)> + '_ {
        self.readings[activity.0].iter().copied()
    }

    /// What is known of an activity at each of some status dates, oldest first.
    #[must_use]
    pub fn states(&self, activity: ActivityIndex, statuses: &[Moment], calendar: &WorkCalendar) -> Vec<ProgressState> {
        let mut state = ProgressState::default();
        let mut readings = self.readings[activity.0].iter().peekable();
        let at = |status: &Moment| {
            while let Some((_, reading)) = readings.next_if(|(at, _)| at <= status) {
                apply(&mut state, reading, calendar);
            }
            let mut known = state.clone();
            if *status >= self.portfolio.data_date {
                fill_from_activity(&mut known, self.portfolio.activity(activity), calendar);
            }
            known
        };
        statuses.iter().map(at).collect()
    }

    /// What is known of an activity at a status date.
    #[must_use]
    pub fn state(&self, activity: ActivityIndex, status: Moment, calendar: &WorkCalendar) -> ProgressState {
        let mut state = ProgressState::default();
        for (_, reading) in self.readings[activity.0].iter().take_while(|(at, _)| *at <= status) {
            apply(&mut state, reading, calendar);
        }
        if status >= self.portfolio.data_date {
            fill_from_activity(&mut state, self.portfolio.activity(activity), calendar);
        }
        state
    }
}

fn apply(state: &mut ProgressState, reading: &ProgressReading, calendar: &WorkCalendar) {
    state.percent = reading.percent_complete.or(state.percent);
    state.actual_start = reading.actual_start.map(|at| start_moment(at, calendar)).or(state.actual_start);
    state.actual_finish = reading.actual_finish.map(|at| finish_moment(at, calendar)).or(state.actual_finish);
    state.actual_duration = minutes(reading.actual_duration.as_ref(), calendar).or(state.actual_duration);
    state.remaining = minutes(reading.remaining.as_ref(), calendar);
    state.actual_cost = reading.actual_cost.or(state.actual_cost);
}

fn fill_from_activity(state: &mut ProgressState, activity: &Activity, calendar: &WorkCalendar) {
    state.percent = state.percent.or(activity.percent_complete);
    state.actual_start = state.actual_start.or(activity.actual_start.map(|at| start_moment(at, calendar)));
    state.actual_finish = state.actual_finish.or(activity.actual_finish.map(|at| finish_moment(at, calendar)));
    state.remaining = state.remaining.or(minutes(activity.remaining.as_ref(), calendar));
}

fn minutes(span: Option<&crate::base::span::Span>, calendar: &WorkCalendar) -> Option<i64> {
    span.and_then(|span| span.minutes(calendar)).map(|minutes| minutes.max(0))
}

/// A status date; a date alone means the last working instant of that day or before it.
#[must_use]
pub fn status_moment(at: Moment, calendar: &WorkCalendar) -> Moment {
    finish_moment(at, calendar)
}

/// The moment of a start; a date alone means the first working instant of that day or after it.
#[must_use]
pub fn start_moment(at: Moment, calendar: &WorkCalendar) -> Moment {
    if at.is_date_only() { calendar.next_work_start(at) } else { at }
}

/// The moment of a finish; a date alone means the last working instant of that day or before it.
#[must_use]
pub fn finish_moment(at: Moment, calendar: &WorkCalendar) -> Moment {
    if at.is_date_only() { calendar.prev_work_finish(at.plus(MINUTES_PER_DAY)) } else { at }
}
