//! The sum behind a link: from its predecessor's date over the lag to the date that it asks of its successor.

use super::words::{clock, length, link_with_lag, moves_on};
use super::{Explainer, Reason};
use crate::analysis::schedule::ActivityState;
use crate::base::calendar::WorkCalendar;
use crate::base::day::Moment;
use crate::base::number;
use crate::model::activity::{ActivityIndex, ActivityType, Dependency, LagCalendar, LinkType};
use crate::model::scheduling::StartLag;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

impl Explainer<'_> {
    pub(super) fn link(&self, position: usize) -> &Dependency {
        &self.portfolio.dependencies[position]
    }

    /// The calendar on which a link's lag runs.
    pub(super) fn lag_calendar(&self, link: &Dependency) -> Arc<WorkCalendar> {
        if link.lag.is_elapsed() {
            return Arc::new(WorkCalendar::round_the_clock());
        }
        match link.lag_calendar.unwrap_or(self.options(link.successor).lag_calendar) {
            LagCalendar::Predecessor => self.calendar(link.predecessor),
            LagCalendar::Successor => self.calendar(link.successor),
            LagCalendar::Project => Arc::clone(self.portfolio.calendars.default_calendar()),
            LagCalendar::RoundTheClock => Arc::new(WorkCalendar::round_the_clock()),
        }
    }

    /// A link's lag in minutes; a percentage is of its predecessor's duration.
    pub(super) fn lag_minutes(&self, link: &Dependency, calendar: &WorkCalendar) -> i64 {
        match link.lag.percent() {
            Some(share) => {
                let minutes = share.checked_mul(Decimal::from(self.dates(link.predecessor).duration)).unwrap_or_default();
                number::round(minutes, 0).to_i64().unwrap_or(0)
            }
            None => link.lag.minutes(calendar).unwrap_or(0),
        }
    }

    /// The predecessor's date that a link carries.
    pub(super) fn carried(&self, link: &Dependency) -> Moment {
        let dates = self.dates(link.predecessor);
        if matches!(link.link, LinkType::FinishToStart | LinkType::FinishToFinish) {
            return dates.early_finish;
        }
        let from_actual = self.options(link.predecessor).start_lag == StartLag::FromActualStart;
        match dates.state {
            ActivityState::Complete => dates.start,
            ActivityState::InProgress if from_actual => dates.start,
            _ => dates.early_start,
        }
    }

    /// The work with which a start is worked out: what is planned, where it has not started, even if a date cuts it short.
    pub(super) fn work_from_start(&self, index: ActivityIndex) -> i64 {
        let dates = self.dates(index);
        if dates.state == ActivityState::NotStarted { dates.duration } else { dates.remaining }
    }

    /// Where work can start, or a point can rest, from a moment on.
    pub(super) fn rest(&self, index: ActivityIndex, at: Moment) -> Moment {
        let calendar = self.calendar(index);
        let point = self.work_from_start(index) == 0 && self.activity(index).kind != ActivityType::StartMilestone;
        if point && calendar.prev_work_finish(at) == at { at } else { calendar.next_work_start(at) }
    }

    /// Where work can finish, or a point can rest, up to a moment.
    pub(super) fn rest_back(&self, index: ActivityIndex, at: Moment) -> Moment {
        let calendar = self.calendar(index);
        let dates = self.dates(index);
        let begins = self.activity(index).kind == ActivityType::StartMilestone
            || calendar.next_work_start(dates.early_start) == dates.early_start;
        if dates.remaining == 0 && begins && calendar.next_work_start(at) == at { at } else { calendar.prev_work_finish(at) }
    }

    /// Why an early start follows from a link.
    pub(super) fn start_by_link(&self, index: ActivityIndex, position: usize) -> Reason {
        let link = self.link(position);
        let (lag_calendar, calendar) = (self.lag_calendar(link), self.calendar(index));
        let sent = lag_calendar.add(self.carried(link), self.lag_minutes(link, &lag_calendar));
        let work = self.work_from_start(index);
        let backwards = matches!(link.link, LinkType::FinishToFinish | LinkType::StartToFinish);
        let asked = if backwards { calendar.sub(sent, work) } else { sent };
        let start = self.rest(index, asked);
        let origin = Some(self.portfolio.dependency_cell(position, "Successor"));
        if start != self.dates(index).early_start || self.is_crewed(index) {
            return self.start_by_link_without_sum(index, position, origin);
        }
        let mut words = self.carries(link, index);
        if !link.lag.is_zero() {
            let _ = write!(words, " on calendar {} gives {}", lag_calendar.id(), clock(sent));
        }
        if backwards && work > 0 {
            let left = length(work, &calendar);
            let _ = write!(words, ", a finish; {left} of work on calendar {} before it begin {}", calendar.id(), clock(asked));
        }
        words.push_str(&moves_on(asked, start, &calendar));
        Reason { words, origin, next: Some(link.predecessor), gives: Some(start) }
    }

    /// `A220 (finish 2026-05-29 17:00) FS+3d`.
    pub(super) fn carries(&self, link: &Dependency, seen_from: ActivityIndex) -> String {
        let finish = matches!(link.link, LinkType::FinishToStart | LinkType::FinishToFinish);
        let what = if finish { "finish" } else { "start" };
        let name = self.name(link.predecessor, seen_from);
        format!("{name} ({what} {}) {}", clock(self.carried(link)), link_with_lag(link))
    }

    /// The same where the sum is not the link's alone: unfinished work before a finished predecessor, or a crew's calendars.
    fn start_by_link_without_sum(
        &self,
        index: ActivityIndex,
        position: usize,
        origin: Option<crate::base::origin::Origin>,
    ) -> Reason {
        let link = self.link(position);
        let name = self.name(link.predecessor, index);
        if let Some(behind) = self.unfinished_behind(link.predecessor) {
            let (behind_name, finish) = (self.name(behind, index), clock(self.dates(behind).early_finish));
            let words = format!(
                "{name} is finished but {behind_name} before it is not (finish {finish}), and its successors wait for that \
                 (retained logic), {}",
                link_with_lag(link)
            );
            return Reason { words, origin, next: Some(behind), gives: None };
        }
        let follows = if self.is_crewed(index) { ", on the calendars of its resources" } else { "" };
        let words = format!("{} holds it{follows}", self.carries(link, index));
        Reason { words, origin, next: Some(link.predecessor), gives: None }
    }

    /// Of the unfinished activities before a finished one, with none but finished ones between them, the one that finishes
    /// last.
    fn unfinished_behind(&self, finished: ActivityIndex) -> Option<ActivityIndex> {
        let is_complete = |index: ActivityIndex| self.dates(index).state == ActivityState::Complete;
        let mut seen = BTreeSet::from([finished]);
        let (mut next, mut open) = (vec![finished], Vec::new());
        while let Some(index) = next.pop().filter(|index| is_complete(*index)) {
            for link in self.portfolio.dependencies.iter().filter(|link| link.successor == index) {
                if !seen.insert(link.predecessor) {
                    continue;
                }
                if is_complete(link.predecessor) { next.push(link.predecessor) } else { open.push(link.predecessor) }
            }
        }
        open.into_iter().max_by_key(|&index| (self.dates(index).early_finish, index))
    }
}
