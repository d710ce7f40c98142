//! How a planner says it: names, lengths of time, links.

use super::Explainer;
use crate::base::calendar::WorkCalendar;
use crate::base::day::Moment;
use crate::model::activity::{ActivityIndex, Dependency, LinkType};

impl Explainer<'_> {
    /// An activity's id, with its initiative where that is not the reader's own.
    pub(super) fn name(&self, index: ActivityIndex, seen_from: ActivityIndex) -> String {
        let key = &self.activity(index).key;
        if key.initiative == self.activity(seen_from).key.initiative { key.id.to_string() } else { key.to_string() }
    }

    /// `A230 Build payment journey`.
    pub(super) fn full_name(&self, index: ActivityIndex, seen_from: ActivityIndex) -> String {
        let (id, name) = (self.name(index, seen_from), &self.activity(index).name);
        if *name == self.activity(index).key.id.as_str() { id } else { format!("{id} {name}") }
    }

    /// A point falls, work starts.
    pub(super) fn starts(&self, index: ActivityIndex) -> &'static str {
        if self.activity(index).kind.is_point() { "falls on" } else { "starts" }
    }
}

/// `3d`, `2.5d`; hours where it is no handful of hundredths of a day.
pub(super) fn length(minutes: i64, calendar: &WorkCalendar) -> String {
    let day = calendar.minutes_per_day().max(1);
    let hundredths = minutes.saturating_mul(100);
    if hundredths % day == 0 { format!("{}d", decimal(hundredths / day)) } else { hours(minutes) }
}

/// `24h`, `1.5h`; minutes where it is no handful of hundredths of an hour.
pub(super) fn hours(minutes: i64) -> String {
    let hundredths = minutes.saturating_mul(100);
    if hundredths % 60 == 0 { format!("{}h", decimal(hundredths / 60)) } else { format!("{minutes}min") }
}

/// A number of hundredths.
fn decimal(hundredths: i64) -> String {
    rust_decimal::Decimal::new(hundredths, 2).normalize().to_string()
}

/// `FS`, `SS`, `FF` or `SF`.
pub(super) const fn link_name(kind: LinkType) -> &'static str {
    match kind {
        LinkType::FinishToStart => "FS",
        LinkType::StartToStart => "SS",
        LinkType::FinishToFinish => "FF",
        LinkType::StartToFinish => "SF",
    }
}

/// `FS+3d`, `SS`, `FF-2d`.
pub(super) fn link_with_lag(link: &Dependency) -> String {
    let (name, lag) = (link_name(link.link), &link.lag);
    match (lag.is_zero(), lag.is_negative()) {
        (true, _) => name.to_string(),
        (_, true) => format!("{name}{lag}"),
        _ => format!("{name}+{lag}"),
    }
}

/// `; calendar STD next works at 2026-06-04 08:00` where a start moves on; nothing where it does not.
pub(super) fn moves_on(from: Moment, to: Moment, calendar: &WorkCalendar) -> String {
    if from == to { String::new() } else { format!("; calendar {} next works at {}", calendar.id(), clock(to)) }
}

/// `; calendar STD works until 2026-06-03 17:00` where a finish moves back; nothing where it does not.
pub(super) fn moves_back(from: Moment, to: Moment, calendar: &WorkCalendar) -> String {
    if from == to { String::new() } else { format!("; calendar {} works until {}", calendar.id(), clock(to)) }
}

/// A date with its time, midnight included.
pub(super) fn clock(at: Moment) -> String {
    at.datetime().format("%Y-%m-%d %H:%M").to_string()
}
