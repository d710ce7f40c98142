//! Why a date is where it is, as a planner would say it: what holds it, and what holds that, back to the data date, the
//! start of the project, a constraint or a fact; and for late dates forward to what limits them.
//!
//! Promises: every sum in a sentence is worked out again here, from the dates and calendars it names, and is said only where
//! it comes to the date that the schedule has; each line names the cell it comes from. Decides no date.
//!
//! Does not explain money, and knows no terminal: lines are plain text.

mod answer;
mod early;
mod find;
mod float;
mod late;
mod link;
#[cfg(test)]
mod tests;
mod words;

pub use answer::explain;
pub use find::{NotFound, Subject, find};

use crate::analysis::schedule::{self, Schedule, ScheduledActivity};
use crate::base::calendar::WorkCalendar;
use crate::base::day::Moment;
use crate::base::origin::Origin;
use crate::model::activity::{Activity, ActivityIndex, CalendarBasis};
use crate::model::portfolio::Portfolio;
use crate::model::scheduling::ScheduleOptions;
use std::sync::Arc;

/// What is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Actual start, else early start.
    Start,
    /// Actual finish, else early finish.
    Finish,
    /// Earliest start of the work left.
    EarlyStart,
    /// Earliest finish.
    EarlyFinish,
    /// Latest start that delays nothing.
    LateStart,
    /// Latest finish that delays nothing.
    LateFinish,
    /// Total float.
    TotalFloat,
    /// Free float.
    FreeFloat,
    /// Critical or not.
    Critical,
    /// Planned duration and work left.
    Duration,
}

impl Measure {
    /// Every measure with its name.
    pub const ALL: [(&'static str, Self); 10] = [
        ("start", Self::Start),
        ("finish", Self::Finish),
        ("early-start", Self::EarlyStart),
        ("early-finish", Self::EarlyFinish),
        ("late-start", Self::LateStart),
        ("late-finish", Self::LateFinish),
        ("total-float", Self::TotalFloat),
        ("free-float", Self::FreeFloat),
        ("critical", Self::Critical),
        ("duration", Self::Duration),
    ];

    /// The measure of a name.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        let word = word.trim().to_lowercase().replace([' ', '_'], "-");
        Self::ALL.iter().find(|(name, _)| *name == word).map(|(_, measure)| *measure)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, measure)| *measure == self).map_or("", |(name, _)| name)
    }
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What was asked about: `LU-101/A230 Build payment journey`.
    pub subject: String,
    /// The answer, the first line first.
    pub lines: Vec<Line>,
}

/// A line of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// How far along the chain it stands, from 0.
    pub depth: usize,
    /// The sentence.
    pub text: String,
    /// The cell that it comes from; none where it follows from the lines before it.
    pub origin: Option<Origin>,
}

/// What holds a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The clause after "because".
    pub words: String,
    /// Where what holds it is written.
    pub origin: Option<Origin>,
    /// The activity whose date it follows from.
    pub next: Option<ActivityIndex>,
    /// The date that the sum of the clause comes to; none where the clause is no sum.
    pub gives: Option<Moment>,
}

impl Reason {
    fn plain(words: impl Into<String>, origin: Option<Origin>) -> Self {
        Self { words: words.into(), origin, next: None, gives: None }
    }

    /// The same where its sum comes to a date; else other words, without a sum.
    fn kept_to(self, date: Moment, otherwise: &str) -> Self {
        if self.gives.is_none_or(|gives| gives == date) {
            return self;
        }
        Self { words: otherwise.to_string(), gives: None, ..self }
    }
}

/// Why each activity is where it is, for one schedule.
#[derive(Clone, Copy, Debug)]
pub struct Explainer<'a> {
    portfolio: &'a Portfolio,
    schedule: &'a Schedule,
}

impl<'a> Explainer<'a> {
    /// Explains this schedule of this portfolio.
    #[must_use]
    pub const fn new(portfolio: &'a Portfolio, schedule: &'a Schedule) -> Self {
        Self { portfolio, schedule }
    }

    fn activity(&self, index: ActivityIndex) -> &'a Activity {
        self.portfolio.activity(index)
    }

    fn dates(&self, index: ActivityIndex) -> &'a ScheduledActivity {
        self.schedule.activity(index)
    }

    fn calendar(&self, index: ActivityIndex) -> Arc<WorkCalendar> {
        schedule::calendar_of(self.portfolio, self.activity(index))
    }

    /// Its initiative as a position in the portfolio; none where it is not listed.
    fn group(&self, index: ActivityIndex) -> Option<usize> {
        let initiative = &self.activity(index).key.initiative;
        self.portfolio.initiatives.iter().position(|each| each.id == *initiative)
    }

    /// The rules by which it was scheduled.
    fn options(&self, index: ActivityIndex) -> &'a ScheduleOptions {
        let group = self.group(index).unwrap_or(self.portfolio.initiatives.len());
        let options = self.portfolio.schedule_options.get(group).or(self.portfolio.schedule_options.last());
        options.unwrap_or(&self.portfolio.settings.schedule)
    }

    /// True where its dates follow the calendars of its resources.
    fn is_crewed(&self, index: ActivityIndex) -> bool {
        let activity = self.activity(index);
        activity.calendar_basis != CalendarBasis::Activity
            && self.options(index).resource_calendars
            && self.portfolio.assignments.iter().any(|assignment| assignment.activity == index)
    }

    /// The cell of a field of its row; none where its row is not known.
    fn cell(&self, index: ActivityIndex, field: &str) -> Option<Origin> {
        let cell = self.portfolio.activity_cell(index, field);
        cell.row.is_some().then_some(cell)
    }
}

/// Why an activity stands where it stands, in one sentence: for a column beside its dates.
#[must_use]
pub fn explanation(portfolio: &Portfolio, schedule: &Schedule, index: ActivityIndex) -> String {
    let sentence = Explainer::new(portfolio, schedule).in_brief(index).text;
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
