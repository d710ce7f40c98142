//! A scheduling case in words of the trade, as the slow judge and the engine are both given it.

use super::calendar::SlowCalendar;
use throughline::model::activity::{Constraint, LinkType};
use throughline::model::scheduling::ScheduleOptions;

/// What has happened to an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    NotStarted,
    InProgress { start: i64, remaining: i64, resume: Option<i64> },
    Complete { start: i64, finish: i64 },
}

/// Where an activity without duration rests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rest {
    #[default]
    Either,
    Start,
    Finish,
}

/// An activity.
#[derive(Clone, Debug)]
pub struct Activity {
    pub calendar: usize,
    pub group: usize,
    pub duration: i64,
    pub rest: Rest,
    pub constraint: Option<Constraint>,
    pub secondary: Option<Constraint>,
    pub deadline: Option<i64>,
    pub expected_finish: Option<i64>,
    pub external_start: Option<i64>,
    pub external_finish: Option<i64>,
    pub state: State,
}

impl Activity {
    /// Work that nothing binds.
    pub fn work(calendar: usize, duration: i64) -> Self {
        Self {
            calendar,
            group: 0,
            duration,
            rest: Rest::Either,
            constraint: None,
            secondary: None,
            deadline: None,
            expected_finish: None,
            external_start: None,
            external_finish: None,
            state: State::NotStarted,
        }
    }

    pub fn is_complete(&self) -> bool {
        matches!(self.state, State::Complete { .. })
    }

    pub fn is_unstarted(&self) -> bool {
        self.state == State::NotStarted
    }
}

/// A link between two activities; its lag runs on a calendar of its own.
#[derive(Clone, Copy, Debug)]
pub struct Bond {
    pub from: usize,
    pub to: usize,
    pub kind: LinkType,
    pub lag: i64,
    pub calendar: usize,
}

/// Everything that decides the dates.
#[derive(Clone, Debug)]
pub struct Case {
    pub calendars: Vec<SlowCalendar>,
    pub activities: Vec<Activity>,
    pub bonds: Vec<Bond>,
    /// Start of the project of each group.
    pub starts: Vec<i64>,
    /// What each group must finish by.
    pub finish_by: Vec<Option<i64>>,
    pub data_date: Option<i64>,
    pub options: ScheduleOptions,
}
