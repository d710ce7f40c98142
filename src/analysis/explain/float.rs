//! Floats, criticality and duration.

use super::words::{clock, hours, length, link_with_lag};
use super::{Explainer, Line};
use crate::analysis::schedule::ActivityState;
use crate::base::calendar::WorkCalendar;
use crate::model::activity::{ActivityIndex, ActivityType};
use crate::model::scheduling::{CriticalBy, OpenEndFloat};

impl Explainer<'_> {
    /// Total float: which late date less which early date.
    pub(super) fn total_float(&self, index: ActivityIndex) -> Line {
        let (dates, calendar) = (self.dates(index), self.calendar(index));
        let Some(total) = dates.total_float else { return self.no_float(index, "total float") };
        let amount = amount(total, &calendar);
        let text = match dates.kind {
            ActivityType::Summary => format!("has a total float of {amount}: the least of the activities below it"),
            _ if dates.finish_float == Some(total) => format!(
                "has a total float of {amount}: from early finish {} to late finish {} on calendar {}",
                clock(dates.early_finish),
                clock(dates.late_finish),
                calendar.id()
            ),
            _ => format!(
                "has a total float of {amount}: from early start {} to late start {} on calendar {}",
                clock(dates.early_start),
                clock(dates.late_start),
                calendar.id()
            ),
        };
        Line { depth: 0, text, origin: None }
    }

    /// Free float: how far up to the successor that would move first.
    pub(super) fn free_float(&self, index: ActivityIndex) -> Line {
        let (dates, calendar) = (self.dates(index), self.calendar(index));
        let Some(free) = dates.free_float else { return self.no_float(index, "free float") };
        let amount = amount(free, &calendar);
        let links = self.portfolio.dependencies.iter().enumerate().filter(|(_, link)| link.predecessor == index);
        let open = links.filter_map(|(position, _)| Some((self.schedule.links[position].float?, position)));
        let Some((gap, position)) = open.min() else {
            let text = match self.options(index).open_end_float {
                OpenEndFloat::ToProjectFinish => "nothing unfinished follows it, so it is free up to the finish of its project",
                OpenEndFloat::TotalFloat => "nothing unfinished follows it, so its free float is its total float",
            };
            return Line { depth: 0, text: format!("has a free float of {amount}: {text}"), origin: None };
        };
        let link = self.link(position);
        let (name, after) = (self.name(link.successor, index), self.dates(link.successor));
        let origin = Some(self.portfolio.dependency_cell(position, "Successor"));
        let text = if gap.max(0) == free {
            let (start, finish) = (clock(after.early_start), clock(after.early_finish));
            let kind = link_with_lag(link);
            format!(
                "has a free float of {amount}: the first that would move is {name} ({kind}; early start {start}, early finish {finish})"
            )
        } else {
            format!("has a free float of {amount}: it must finish on its date, whatever follows")
        };
        Line { depth: 0, text, origin }
    }

    fn no_float(&self, index: ActivityIndex, what: &str) -> Line {
        let why = match (self.dates(index).state, self.activity(index).kind) {
            (_, ActivityType::Hammock) => "a hammock takes its dates from others",
            (ActivityState::Complete, _) => "it is complete",
            _ => "a summary row takes its dates from the activities below it",
        };
        Line { depth: 0, text: format!("has no {what}: {why}"), origin: None }
    }

    /// Critical or not, and by what rule.
    pub(super) fn critical(&self, index: ActivityIndex) -> Line {
        let (dates, options, calendar) = (self.dates(index), self.options(index), self.calendar(index));
        let is = if dates.critical { "is critical" } else { "is not critical" };
        let path = if dates.on_longest_path { "lies on the longest path" } else { "does not lie on the longest path" };
        let text = match (dates.total_float, options.critical_by) {
            (None, _) => format!("{is}: it is complete or takes its dates from others"),
            (Some(total), CriticalBy::TotalFloat) => format!(
                "{is}: total float {} against a limit of {}; it {path}",
                amount(total, &calendar),
                hours(options.critical_float)
            ),
            (Some(total), CriticalBy::LongestPath) => format!("{is}: it {path}; total float {}", amount(total, &calendar)),
        };
        Line { depth: 0, text, origin: None }
    }

    /// Planned duration, and what is left of it.
    pub(super) fn duration(&self, index: ActivityIndex) -> Vec<Line> {
        let (dates, activity, calendar) = (self.dates(index), self.activity(index), self.calendar(index));
        let planned = length(dates.duration, &calendar);
        let text = match dates.kind {
            kind if kind.is_point() => "no duration: a point in time".to_string(),
            ActivityType::Summary | ActivityType::Hammock => {
                format!("spans {planned} ({}) on calendar {}", hours(dates.duration), calendar.id())
            }
            _ => format!(
                "planned duration {}: {} on calendar {} of {} a day",
                activity.duration,
                hours(dates.duration),
                calendar.id(),
                hours(calendar.minutes_per_day())
            ),
        };
        let mut lines = vec![Line { depth: 0, text, origin: self.cell(index, "Duration") }];
        if dates.state == ActivityState::InProgress && !matches!(dates.kind, ActivityType::Summary | ActivityType::Hammock) {
            let text = format!("{} ({}) of it are left", length(dates.remaining, &calendar), hours(dates.remaining));
            lines.push(Line { depth: 0, text, origin: self.actual_origin(index, "Remaining duration") });
        }
        lines
    }
}

/// `3d (24h)`; the hours alone where they are no handful of hundredths of a day.
fn amount(minutes: i64, calendar: &WorkCalendar) -> String {
    let (days, hours) = (length(minutes, calendar), hours(minutes));
    if days == hours { hours } else { format!("{days} ({hours})") }
}
