//! Early dates: what holds a start, and what a finish follows from.

use super::words::{clock, hours, length, moves_on};
use super::{Explainer, Line, Reason};
use crate::analysis::progress::{finish_moment, start_moment};
use crate::analysis::schedule::{ActivityState, Driver, FinishDriver};
use crate::base::day::Moment;
use crate::base::origin::Origin;
use crate::model::activity::{ActivityIndex, ActivityType, Constraint};
use std::fmt::Write as _;

impl Explainer<'_> {
    /// Where an activity stands and why, in one sentence without its name.
    #[must_use]
    pub fn in_brief(&self, index: ActivityIndex) -> Line {
        let dates = self.dates(index);
        let (start, finish) = (clock(dates.start), clock(dates.finish));
        let line = |text: String, origin: Option<Origin>| Line { depth: 0, text, origin };
        if matches!(dates.kind, ActivityType::Summary | ActivityType::Hammock) {
            let reason = self.start_reason(index);
            return line(format!("spans {start} to {finish}: {}", reason.words), reason.origin);
        }
        match dates.state {
            ActivityState::Complete if dates.kind.is_point() => {
                line(format!("reached {finish}: an actual date"), self.actual_origin(index, "Actual finish"))
            }
            ActivityState::Complete => {
                line(format!("started {start} and finished {finish}: actual dates"), self.actual_origin(index, "Actual finish"))
            }
            ActivityState::InProgress => {
                let reason = self.start_reason(index);
                let left = length(dates.remaining, &self.calendar(index));
                let text = format!(
                    "started {start}; the {left} left go on from {} because {}, and finish {finish}",
                    clock(dates.early_start),
                    reason.words
                );
                line(text, reason.origin)
            }
            ActivityState::NotStarted => {
                let reason = self.start_reason(index);
                line(format!("{} {start} because {}", self.starts(index), reason.words), reason.origin)
            }
        }
    }

    /// What holds the early start of an activity.
    #[must_use]
    pub fn start_reason(&self, index: ActivityIndex) -> Reason {
        let driver = self.schedule.driver_text(self.portfolio, index);
        self.held(index).kept_to(self.dates(index).early_start, &format!("{driver} holds it"))
    }

    fn held(&self, index: ActivityIndex) -> Reason {
        match self.dates(index).driver {
            Driver::Predecessor { dependency } => self.start_by_link(index, dependency),
            Driver::ProjectStart => self.by_project_start(index),
            Driver::DataDate => self.by_data_date(index),
            Driver::Constraint => self.by_constraint(index, self.activity(index).constraint, "Constraint date"),
            Driver::SecondaryConstraint => {
                self.by_constraint(index, self.activity(index).secondary_constraint, "Secondary constraint date")
            }
            Driver::Manual => self.by_hand(index),
            Driver::External => self.by_outside_work(index),
            Driver::Resume => self.by_resume(index),
            Driver::WorkDone => {
                let words = "the rest follows the work done so far, whatever the data date".to_string();
                Reason::plain(words, self.actual_origin(index, "Actual start"))
            }
            Driver::AsLateAsPossible => self.as_late_as_possible(index),
            Driver::Actual => Reason::plain("it is an actual date", self.actual_origin(index, "Actual start")),
            Driver::RolledUp => self.rolled_up(index),
        }
    }

    fn by_project_start(&self, index: ActivityIndex) -> Reason {
        let Some(group) = self.group(index) else {
            return Reason::plain("its project starts no earlier", self.cell(index, "Initiative"));
        };
        let plan = &self.schedule.initiatives[group];
        let start = self.rest(index, plan.project_start);
        let initiative = &self.portfolio.initiatives[group];
        let cell = self.portfolio.cells.cell(&initiative.origin, "Initiatives", "Start");
        let source = match initiative.project_start {
            Some(at) if at == plan.project_start => " as its plan's file says",
            _ if initiative.start.map(Moment::start_of) == Some(plan.project_start) => "",
            _ => " by its baseline or actual dates",
        };
        let words = format!(
            "{} starts {}{source} and nothing holds it later{}",
            initiative.id,
            clock(plan.project_start),
            moves_on(plan.project_start, start, &self.calendar(index))
        );
        Reason { words, origin: Some(cell), next: None, gives: Some(start) }
    }

    fn by_data_date(&self, index: ActivityIndex) -> Reason {
        let Some(now) = self.schedule.data_date else { return Reason::plain("of the data date", None) };
        let start = self.rest(index, now);
        let words = format!("no work lies before the data date {}{}", clock(now), moves_on(now, start, &self.calendar(index)));
        Reason { words, origin: self.cell(index, "Activity ID"), next: None, gives: Some(start) }
    }

    fn by_resume(&self, index: ActivityIndex) -> Reason {
        let calendar = self.calendar(index);
        let Some(resume) = self.activity(index).resume else { return Reason::plain("its work resumes then", None) };
        let start = self.rest(index, start_moment(resume, &calendar));
        let words = format!("its work resumes on {resume}{}", moves_on(start_moment(resume, &calendar), start, &calendar));
        Reason { words, origin: self.cell(index, "Resume date"), next: None, gives: Some(start) }
    }

    fn by_outside_work(&self, index: ActivityIndex) -> Reason {
        let calendar = self.calendar(index);
        let Some(at) = self.activity(index).external_early_start else {
            return Reason::plain("work outside these plans allows no earlier start", None);
        };
        let (at, cell) = (start_moment(at, &calendar), self.cell(index, "External early start"));
        let start = self.rest(index, at);
        let words = format!("work outside these plans allows no start before {}{}", clock(at), moves_on(at, start, &calendar));
        Reason { words, origin: cell, next: None, gives: Some(start) }
    }

    fn by_hand(&self, index: ActivityIndex) -> Reason {
        let reason = self.by_constraint(index, self.activity(index).constraint, "Constraint date");
        Reason { words: format!("it is placed by hand: {}", reason.words), ..reason }
    }

    fn as_late_as_possible(&self, index: ActivityIndex) -> Reason {
        let words = "it is to be as late as possible, and any later would delay what follows it".to_string();
        Reason::plain(words, self.cell(index, "Constraint type"))
    }

    /// Why a start follows from a date constraint.
    fn by_constraint(&self, index: ActivityIndex, constraint: Option<Constraint>, field: &str) -> Reason {
        let (calendar, work) = (self.calendar(index), self.work_from_start(index));
        let origin = self.cell(index, field);
        let Some((rule, at, is_finish)) = constraint.and_then(rule) else {
            return Reason::plain("a date constraint holds it", origin);
        };
        let at = if is_finish { finish_moment(at, &calendar) } else { start_moment(at, &calendar) };
        let mandatory = matches!(constraint, Some(Constraint::MustFinishOn(_)));
        let asked = match is_finish {
            true if mandatory => calendar.sub(self.rest_back(index, at), work),
            true => calendar.sub(at, work),
            false => at,
        };
        let start = if mandatory { asked } else { self.rest(index, asked) };
        let mut words = format!("{rule} {}", clock(at));
        if start == self.dates(index).early_start && !self.is_crewed(index) {
            if is_finish && work > 0 {
                let left = length(work, &calendar);
                let _ = write!(words, "; {left} of work on calendar {} before that begin {}", calendar.id(), clock(asked));
            }
            words.push_str(&moves_on(asked, start, &calendar));
            return Reason { words, origin, next: None, gives: Some(start) };
        }
        Reason::plain(words, origin)
    }

    /// What a summary or a hammock takes its start from.
    fn rolled_up(&self, index: ActivityIndex) -> Reason {
        if self.activity(index).kind == ActivityType::Hammock {
            let words = "a hammock takes its dates from the activities that it is linked to".to_string();
            return Reason::plain(words, self.cell(index, "Type"));
        }
        let below = self.below(index);
        let first = below.iter().copied().min_by_key(|&leaf| (self.dates(leaf).start, leaf));
        let last = below.iter().copied().max_by_key(|&leaf| (self.dates(leaf).finish, std::cmp::Reverse(leaf)));
        let Some((first, last)) = first.zip(last) else {
            return Reason::plain("a summary row without work below it", self.cell(index, "WBS"));
        };
        let words = format!(
            "of the activities below it {} starts first and {} finishes last",
            self.name(first, index),
            self.name(last, index)
        );
        Reason { words, origin: self.cell(index, "WBS"), next: Some(last), gives: None }
    }

    /// The scheduled activities below a summary, at any depth.
    pub(super) fn below(&self, summary: ActivityIndex) -> Vec<ActivityIndex> {
        let is_below = |&index: &ActivityIndex| {
            let above = std::iter::successors(self.activity(index).parent, |parent| self.activity(*parent).parent);
            above.take(64).any(|parent| parent == summary)
        };
        let works = |index: &ActivityIndex| !matches!(self.activity(*index).kind, ActivityType::Summary | ActivityType::Hammock);
        (0..self.portfolio.activities.len()).map(ActivityIndex).filter(works).filter(is_below).collect()
    }

    /// What the early finish of an activity follows from.
    #[must_use]
    pub fn finish_reason(&self, index: ActivityIndex) -> Reason {
        self.ended(index).kept_to(self.dates(index).early_finish, "its work ends then")
    }

    fn ended(&self, index: ActivityIndex) -> Reason {
        let (dates, calendar) = (self.dates(index), self.calendar(index));
        match dates.finish_driver {
            FinishDriver::Actual => Reason::plain("it is an actual date", self.actual_origin(index, "Actual finish")),
            FinishDriver::RolledUp => self.rolled_up(index),
            FinishDriver::Expected => {
                let words = "its owner expects it to finish then, which sets the work left".to_string();
                Reason::plain(words, self.cell(index, "Expected finish"))
            }
            FinishDriver::Committed => {
                let words = "its baseline commits the buffer to that finish, within its planned length".to_string();
                Reason::plain(words, self.cell(index, "Baseline finish"))
            }
            FinishDriver::Predecessor { dependency } => {
                let words = format!("{} stretches it", self.carries(self.link(dependency), index));
                let origin = Some(self.portfolio.dependency_cell(dependency, "Successor"));
                Reason { words, origin, next: Some(self.link(dependency).predecessor), gives: None }
            }
            FinishDriver::Work if self.is_crewed(index) => {
                let words = format!("its work runs from {} on the calendars of its resources", clock(dates.early_start));
                Reason { words, origin: self.cell(index, "Calendar basis"), next: Some(index), gives: None }
            }
            FinishDriver::Work => {
                let finish = calendar.add(dates.early_start, dates.remaining);
                Reason { words: self.work_runs(index), origin: self.work_origin(index), next: Some(index), gives: Some(finish) }
            }
        }
    }

    /// `it starts 2026-06-04 08:00 and takes 10d (80h) on calendar STD`.
    fn work_runs(&self, index: ActivityIndex) -> String {
        let (dates, calendar) = (self.dates(index), self.calendar(index));
        let start = clock(dates.early_start);
        if dates.remaining == 0 {
            return format!("it {} {start} and takes no time", self.starts(index));
        }
        let left = format!("{} ({}) on calendar {}", length(dates.remaining, &calendar), hours(dates.remaining), calendar.id());
        match dates.state {
            ActivityState::InProgress => format!("what is left goes on from {start} and takes {left}"),
            _ => format!("it starts {start} and takes {left}"),
        }
    }

    fn work_origin(&self, index: ActivityIndex) -> Option<Origin> {
        match self.dates(index).state {
            ActivityState::InProgress => self.actual_origin(index, "Remaining duration"),
            _ => self.cell(index, "Duration"),
        }
    }

    /// Where progress on an activity is written: the latest report that gives the field, else the activity's own row.
    pub(super) fn actual_origin(&self, index: ActivityIndex, field: &str) -> Option<Origin> {
        let readings = self.portfolio.progress.iter().rev().filter(|reading| reading.activity == index);
        let mut given = readings.filter(|reading| match field {
            "Actual start" => reading.actual_start.is_some(),
            "Actual finish" => reading.actual_finish.is_some(),
            _ => reading.remaining.is_some() || reading.percent_complete.is_some(),
        });
        let reading = given.next();
        let remaining = reading.map_or(&self.activity(index).remaining, |reading| &reading.remaining);
        let percent = field == "Remaining duration" && remaining.is_none();
        let field = if percent { "Percent complete" } else { field };
        let Some(reading) = reading else { return self.cell(index, field) };
        Some(self.portfolio.cells.cell(&reading.origin, "Progress", field))
    }
}

/// A constraint that holds an early start, in words; its date; whether it is a finish.
fn rule(constraint: Constraint) -> Option<(&'static str, Moment, bool)> {
    Some(match constraint {
        Constraint::StartNoEarlierThan(at) => ("it must not start before", at, false),
        Constraint::FinishNoEarlierThan(at) => ("it must not finish before", at, true),
        Constraint::StartNoLaterThan(at) => ("it must not start after", at, false),
        Constraint::FinishNoLaterThan(at) => ("it must not finish after", at, true),
        Constraint::MustStartOn(at) => ("it must start on, whatever its links say,", at, false),
        Constraint::MustFinishOn(at) => ("it must finish on, whatever its links say,", at, true),
        Constraint::StartOn(at) => ("it is to start on, if its links allow,", at, false),
        Constraint::FinishOn(at) => ("it is to finish on, if its links allow,", at, true),
        Constraint::AsLateAsPossible => return None,
    })
}
