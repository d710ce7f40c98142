//! Late dates: what limits a finish.

use super::words::{clock, length, link_with_lag, moves_back};
use super::{Explainer, Reason};
use crate::analysis::progress::{finish_moment, start_moment};
use crate::analysis::schedule::{ActivityState, LateDriver};
use crate::base::day::Moment;
use crate::model::activity::{ActivityIndex, ActivityType, Constraint, LinkType};
use crate::model::scheduling::FloatAnchor;
use std::fmt::Write as _;

impl Explainer<'_> {
    /// What holds the late finish of an activity.
    #[must_use]
    pub fn late_reason(&self, index: ActivityIndex) -> Reason {
        self.limited(index).kept_to(self.dates(index).late_finish, "what follows it, or a date of its own, leaves no more")
    }

    fn limited(&self, index: ActivityIndex) -> Reason {
        let activity = self.activity(index);
        match self.dates(index).late_driver {
            LateDriver::Successor { dependency } => self.late_by_link(index, dependency),
            LateDriver::ProjectFinish => self.late_by_project_finish(index),
            LateDriver::MustFinishBy => self.late_by_must_finish(index),
            LateDriver::OwnFinish => {
                let finish = self.dates(index).early_finish;
                let words = format!("nothing follows it, and open ends are critical: its own finish {}", clock(finish));
                Reason { gives: Some(self.rest_back(index, finish)), ..Reason::plain(words, None) }
            }
            LateDriver::Constraint => self.late_by_constraint(index, activity.constraint, "Constraint date"),
            LateDriver::SecondaryConstraint => {
                self.late_by_constraint(index, activity.secondary_constraint, "Secondary constraint date")
            }
            LateDriver::Deadline => self.late_by_date(index, activity.deadline, "its deadline is", "Deadline"),
            LateDriver::External => {
                let words = "work outside these plans waits for it on";
                self.late_by_date(index, activity.external_late_finish, words, "External late finish")
            }
            LateDriver::Actual => Reason::plain("it is complete", self.actual_origin(index, "Actual finish")),
            LateDriver::RolledUp => self.late_rolled_up(index),
        }
    }

    fn late_by_date(&self, index: ActivityIndex, at: Option<Moment>, words: &str, field: &str) -> Reason {
        let calendar = self.calendar(index);
        let Some(at) = at.map(|at| finish_moment(at, &calendar)) else {
            return Reason::plain(words, self.cell(index, field));
        };
        let finish = self.rest_back(index, at);
        let words = format!("{words} {}{}", clock(at), moves_back(at, finish, &calendar));
        Reason { words, origin: self.cell(index, field), next: None, gives: Some(finish) }
    }

    fn late_by_project_finish(&self, index: ActivityIndex) -> Reason {
        let whole = self.options(index).anchor == FloatAnchor::Portfolio;
        let group = self.group(index);
        let own = group.and_then(|group| self.schedule.initiatives[group].finish);
        let all = || self.schedule.initiatives.iter().filter_map(|each| each.finish).max();
        let Some(finish) = (if whole { all() } else { own }) else { return Reason::plain("the project finishes then", None) };
        let who = match group {
            Some(group) if !whole => self.portfolio.initiatives[group].id.to_string(),
            _ => "the portfolio".to_string(),
        };
        let allowed = self.rest_back(index, finish);
        let back = moves_back(finish, allowed, &self.calendar(index));
        let words = format!("{who} finishes {} and nothing that follows it comes earlier{back}", clock(finish));
        let last = group.and_then(|group| self.schedule.initiatives[group].longest_path.last().copied());
        let is_last = self.dates(index).early_finish == finish;
        let next = last.filter(|_| !whole && !is_last);
        Reason { words, origin: None, next, gives: Some(allowed) }
    }

    fn late_by_must_finish(&self, index: ActivityIndex) -> Reason {
        let initiatives = &self.portfolio.initiatives;
        let own = self.group(index).and_then(|group| Some((group, initiatives[group].must_finish_by?)));
        let last = || {
            let dated = initiatives.iter().enumerate().filter_map(|(group, each)| Some((group, each.must_finish_by?)));
            dated.max_by_key(|(_, at)| *at)
        };
        let Some((group, at)) = own.or_else(last) else { return Reason::plain("its project must finish then", None) };
        let at = finish_moment(at, self.portfolio.calendars.default_calendar());
        let allowed = self.rest_back(index, at);
        let back = moves_back(at, allowed, &self.calendar(index));
        let cell = self.portfolio.cells.cell(&initiatives[group].origin, "Initiatives", "Must finish by");
        let words = format!("{} must finish by {}{back}", initiatives[group].id, clock(at));
        Reason { words, origin: Some(cell), next: None, gives: Some(allowed) }
    }

    fn late_by_constraint(&self, index: ActivityIndex, constraint: Option<Constraint>, field: &str) -> Reason {
        let (calendar, work) = (self.calendar(index), self.dates(index).remaining);
        let cell = self.cell(index, field);
        let (words, at, is_start) = match constraint {
            Some(Constraint::StartNoLaterThan(at)) => ("it must start by", at, true),
            Some(Constraint::StartOn(at)) => ("it is to start on", at, true),
            Some(Constraint::MustStartOn(at)) => ("it must start on", at, true),
            Some(Constraint::FinishNoLaterThan(at)) => ("it must finish by", at, false),
            Some(Constraint::FinishOn(at)) => ("it is to finish on", at, false),
            Some(Constraint::MustFinishOn(at)) => ("it must finish on", at, false),
            _ => return Reason::plain("a date constraint holds it", cell),
        };
        if !is_start {
            return self.late_by_date(index, Some(at), words, field);
        }
        let at = start_moment(at, &calendar);
        let from = if matches!(constraint, Some(Constraint::MustStartOn(_))) { self.rest(index, at) } else { at };
        let finish = calendar.add(from, work);
        let allowed = self.rest_back(index, finish);
        let left = length(work, &calendar);
        let words =
            format!("{words} {}; with {left} of work on calendar {} that finishes {}", clock(at), calendar.id(), clock(finish));
        Reason { words, origin: cell, next: None, gives: Some(allowed).filter(|_| !self.is_crewed(index)) }
    }

    /// Why a late finish follows from a link.
    fn late_by_link(&self, index: ActivityIndex, position: usize) -> Reason {
        let link = self.link(position);
        let (lag_calendar, calendar) = (self.lag_calendar(link), self.calendar(index));
        let (after, work) = (self.dates(link.successor), self.dates(index).remaining);
        let to_start = matches!(link.link, LinkType::FinishToStart | LinkType::StartToStart);
        let date = if to_start { after.late_start } else { after.late_finish };
        let name = self.name(link.successor, index);
        let origin = Some(self.portfolio.dependency_cell(position, "Successor"));
        let what = if to_start { "start" } else { "finish" };
        let allowed = lag_calendar.sub(date, self.lag_minutes(link, &lag_calendar));
        let from_finish = matches!(link.link, LinkType::FinishToStart | LinkType::FinishToFinish);
        let bound = if from_finish { allowed } else { calendar.add(allowed, work) };
        let finish = self.rest_back(index, bound);
        let mut words = format!("{name} must {what} by {} and follows it by {}", clock(date), link_with_lag(link));
        let sum = finish == self.dates(index).late_finish && after.state != ActivityState::Complete && !self.is_crewed(index);
        if !sum {
            let words = format!("{name} follows it by {}", link_with_lag(link));
            return Reason { words, origin, next: Some(link.successor), gives: None };
        }
        if !link.lag.is_zero() {
            let _ = write!(words, ", which back on calendar {} leaves {}", lag_calendar.id(), clock(allowed));
        }
        if !from_finish && work > 0 {
            let left = length(work, &calendar);
            let _ = write!(words, "; {left} of work on calendar {} after that finish {}", calendar.id(), clock(bound));
        }
        words.push_str(&moves_back(bound, finish, &calendar));
        Reason { words, origin, next: Some(link.successor), gives: Some(finish) }
    }

    fn late_rolled_up(&self, index: ActivityIndex) -> Reason {
        if self.activity(index).kind == ActivityType::Hammock {
            return Reason::plain("a hammock has no late dates of its own", self.cell(index, "Type"));
        }
        let last = self.below(index).into_iter().max_by_key(|&leaf| (self.dates(leaf).late_finish, std::cmp::Reverse(leaf)));
        let Some(last) = last else { return Reason::plain("a summary row without work below it", self.cell(index, "WBS")) };
        let words = format!("of the activities below it {} may finish last", self.name(last, index));
        let gives = Some(self.dates(last).late_finish);
        Reason { words, origin: self.cell(index, "WBS"), next: Some(last), gives }
    }
}
