//! Answers, line by line: the measure asked for, and the chain behind it.

use super::words::clock;
use super::{Explainer, Explanation, Line, Measure, Reason, Subject};
use crate::analysis::schedule::{ActivityState, Driver, Schedule};
use crate::model::activity::{Activity, ActivityIndex, ActivityType};
use crate::model::portfolio::Portfolio;
use std::collections::BTreeSet;

/// The most steps of a chain that are told.
const LONGEST_CHAIN: usize = 500;

/// Explains a measure of an activity or initiative; all of them in brief where none is asked for.
#[must_use]
pub fn explain(portfolio: &Portfolio, schedule: &Schedule, subject: Subject, measure: Option<Measure>) -> Explanation {
    let explainer = Explainer::new(portfolio, schedule);
    match subject {
        Subject::Activity(index) => {
            let activity = portfolio.activity(index);
            let subject = format!("{} {}", activity.key, activity.name);
            Explanation { subject, lines: explainer.activity_lines(index, measure) }
        }
        Subject::Initiative(group) => {
            let initiative = &portfolio.initiatives[group];
            let subject = format!("{} {}", initiative.id, initiative.name);
            Explanation { subject, lines: explainer.initiative_lines(group, measure) }
        }
    }
}

/// Which end of the chain is followed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    /// What holds it back.
    Early,
    /// What limits it.
    Late,
}

impl Explainer<'_> {
    fn activity_lines(&self, index: ActivityIndex, measure: Option<Measure>) -> Vec<Line> {
        match measure {
            None => self.brief(index),
            Some(Measure::Start) => self.start_lines(index, true),
            Some(Measure::EarlyStart) => self.start_lines(index, false),
            Some(Measure::Finish | Measure::EarlyFinish) => self.finish_lines(index),
            Some(Measure::LateFinish) => self.late_lines(index),
            Some(Measure::LateStart) => self.late_start_lines(index),
            Some(Measure::TotalFloat) => self.total_float_lines(index),
            Some(Measure::FreeFloat) => vec![self.named(index, self.free_float(index))],
            Some(Measure::Critical) => vec![self.named(index, self.critical(index)), self.total_float(index)],
            Some(Measure::Duration) => self.duration(index),
        }
    }

    /// Each date and float in a line of its own.
    fn brief(&self, index: ActivityIndex) -> Vec<Line> {
        let dates = self.dates(index);
        let mut lines = vec![self.named(index, self.in_brief(index))];
        if dates.state != ActivityState::Complete {
            if !dates.kind.is_point() && dates.driver != Driver::RolledUp {
                let reason = self.finish_reason(index);
                lines.push(line(0, format!("finishes {} because {}", clock(dates.early_finish), reason.words), &reason));
            }
            let late = self.late_reason(index);
            lines.push(line(0, format!("must finish by {} because {}", clock(dates.late_finish), late.words), &late));
            lines.extend([self.total_float(index), self.free_float(index), self.critical(index)]);
        }
        lines.extend(self.duration(index));
        lines
    }

    fn named(&self, index: ActivityIndex, line: Line) -> Line {
        Line { text: format!("{} {}", self.full_name(index, index), line.text), ..line }
    }

    fn start_lines(&self, index: ActivityIndex, actual: bool) -> Vec<Line> {
        let dates = self.dates(index);
        if dates.state == ActivityState::Complete || (actual && dates.state == ActivityState::InProgress) {
            let text = format!("{} started {}: an actual date", self.full_name(index, index), clock(dates.start));
            return vec![Line { depth: 0, text, origin: self.actual_origin(index, "Actual start") }];
        }
        self.chain(index, index, 0, Direction::Early)
    }

    fn finish_lines(&self, index: ActivityIndex) -> Vec<Line> {
        let dates = self.dates(index);
        let name = self.full_name(index, index);
        let reason = self.finish_reason(index);
        if dates.state == ActivityState::Complete {
            let text = format!("{name} finished {}: an actual date", clock(dates.finish));
            return vec![line(0, text, &reason)];
        }
        if dates.kind.is_point() && dates.early_start == dates.early_finish {
            return self.chain(index, index, 0, Direction::Early);
        }
        let mut lines = vec![line(0, format!("{name} finishes {} because {}", clock(dates.early_finish), reason.words), &reason)];
        if let Some(next) = reason.next {
            lines.extend(self.chain(next, index, 1, Direction::Early));
        }
        lines
    }

    fn late_start_lines(&self, index: ActivityIndex) -> Vec<Line> {
        let dates = self.dates(index);
        if dates.state == ActivityState::Complete {
            return self.late_lines(index);
        }
        let why = if dates.driver == Driver::RolledUp {
            "the earliest of the late starts below it".to_string()
        } else {
            format!("its late finish {} less the work left", clock(dates.late_finish))
        };
        let text = format!("{} must start by {}: {why}", self.full_name(index, index), clock(dates.late_start));
        let mut lines = vec![Line { depth: 0, text, origin: self.cell(index, "Duration") }];
        lines.extend(self.chain(index, index, 1, Direction::Late));
        lines
    }

    fn late_lines(&self, index: ActivityIndex) -> Vec<Line> {
        if self.dates(index).state == ActivityState::Complete {
            let text = format!("{} is complete: it has no late dates", self.full_name(index, index));
            return vec![Line { depth: 0, text, origin: self.actual_origin(index, "Actual finish") }];
        }
        self.chain(index, index, 0, Direction::Late)
    }

    fn total_float_lines(&self, index: ActivityIndex) -> Vec<Line> {
        let mut lines = vec![self.named(index, self.total_float(index))];
        if self.dates(index).total_float.is_some() {
            lines.extend(self.chain(index, index, 1, Direction::Early).into_iter().take(1));
            lines.extend(self.chain(index, index, 1, Direction::Late));
        }
        lines
    }

    /// What holds an activity, what holds that, and so on, seen from another. It ends where it would come back to itself.
    fn chain(&self, from: ActivityIndex, seen_from: ActivityIndex, depth: usize, direction: Direction) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut told = BTreeSet::new();
        let mut next = Some(from);
        while let Some(index) = next.filter(|&next| lines.len() < LONGEST_CHAIN && told.insert(next)) {
            let (text, reason) = self.step(index, seen_from, direction);
            lines.push(line(depth + lines.len(), text, &reason));
            next = reason.next;
        }
        lines
    }

    fn step(&self, index: ActivityIndex, seen_from: ActivityIndex, direction: Direction) -> (String, Reason) {
        let (dates, name) = (self.dates(index), self.full_name(index, seen_from));
        if direction == Direction::Late {
            let reason = self.late_reason(index);
            return (format!("{name} must finish by {} because {}", clock(dates.late_finish), reason.words), reason);
        }
        let reason = self.start_reason(index);
        let text = match dates.state {
            _ if dates.driver == Driver::RolledUp => {
                let (start, finish) = (clock(dates.start), clock(dates.finish));
                format!("{name} spans {start} to {finish}: {}", reason.words)
            }
            ActivityState::Complete => {
                let text = format!("{name} started {} and finished {}: actual dates", clock(dates.start), clock(dates.finish));
                return (text, Reason::plain("", self.actual_origin(index, "Actual finish")));
            }
            ActivityState::InProgress => format!(
                "{name} started {}; what is left goes on from {} because {}",
                clock(dates.start),
                clock(dates.early_start),
                reason.words
            ),
            ActivityState::NotStarted => {
                format!("{name} {} {} because {}", self.starts(index), clock(dates.early_start), reason.words)
            }
        };
        (text, reason)
    }

    fn initiative_lines(&self, group: usize, measure: Option<Measure>) -> Vec<Line> {
        let plan = &self.schedule.initiatives[group];
        let initiative = &self.portfolio.initiatives[group];
        let Some((start, finish)) = plan.start.zip(plan.finish) else {
            let text = format!("{} has no activities", initiative.id);
            return vec![Line { depth: 0, text, origin: Some(initiative.origin.clone()) }];
        };
        let members = || {
            let own =
                |&index: &ActivityIndex| self.activity(index).key.initiative == initiative.id && is_work(self.activity(index));
            (0..self.portfolio.activities.len()).map(ActivityIndex).filter(own)
        };
        let head = |text: String| Line { depth: 0, text, origin: None };
        let indent = |lines: Vec<Line>| lines.into_iter().map(|line| Line { depth: line.depth + 1, ..line });
        if matches!(measure, Some(Measure::Start | Measure::EarlyStart)) {
            let text = format!("{} starts {}: the first of its activities", initiative.id, clock(start));
            let first = members().find(|&index| self.dates(index).start == start);
            return std::iter::once(head(text))
                .chain(first.into_iter().flat_map(|at| indent(self.start_lines(at, true))))
                .collect();
        }
        let last = plan.longest_path.last().copied().or_else(|| members().find(|&index| self.dates(index).finish == finish));
        let text = format!("{} finishes {}: the last of its activities", initiative.id, clock(finish));
        let measure = measure.unwrap_or(Measure::Finish);
        let of_last = last.into_iter().flat_map(|at| indent(self.activity_lines(at, Some(measure))));
        std::iter::once(head(text)).chain(of_last).collect()
    }
}

/// True for what is scheduled by links.
const fn is_work(activity: &Activity) -> bool {
    !matches!(activity.kind, ActivityType::Summary | ActivityType::Hammock)
}

fn line(depth: usize, text: String, reason: &Reason) -> Line {
    Line { depth, text, origin: reason.origin.clone() }
}
