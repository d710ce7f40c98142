//! A second, slow calendar that judges the quick one: it walks from minute to minute and looks each one up in the
//! definitions as they were given.

use super::{CalendarDefinition, CalendarException};
use crate::base::day::{Day, Moment};
use crate::base::id::CalendarId;
use chrono::Datelike as _;
use proptest::prelude::*;

/// How many minutes the judge walks before it gives up.
const PATIENCE: i64 = 60 * 24 * 60;

pub(super) struct Judge<'a>(pub &'a [CalendarDefinition]);

impl Judge<'_> {
    /// The hours of a date: an exception of the first calendar of the chain that has one for it (its last one where it
    /// has several), or the weekday of the first that gives it.
    fn hours(&self, day: Day) -> Vec<(u16, u16)> {
        let covers = |exception: &&CalendarException| exception.from <= day && day <= exception.to;
        let exception = self.0.iter().find_map(|definition| definition.exceptions.iter().rev().find(covers));
        let weekday = day.weekday().num_days_from_monday() as usize;
        let usual = self.0.iter().find_map(|definition| definition.weekdays[weekday].clone());
        exception.map(|exception| exception.intervals.clone()).or(usual).unwrap_or_default()
    }

    pub(super) fn works(&self, t: Moment) -> bool {
        self.hours(t.day()).iter().any(|&(from, to)| (i64::from(from)..i64::from(to)).contains(&t.minute_of_day()))
    }

    pub(super) fn next_work_start(&self, t: Moment) -> Option<Moment> {
        (0..PATIENCE).map(|minutes| t.plus(minutes)).find(|t| self.works(*t))
    }

    pub(super) fn prev_work_finish(&self, t: Moment) -> Option<Moment> {
        (0..PATIENCE).map(|minutes| t.plus(-minutes)).find(|t| self.works(t.plus(-1)))
    }

    pub(super) fn add(&self, t: Moment, minutes: i64) -> Option<Moment> {
        let worked = (0..PATIENCE).map(|minutes| t.plus(minutes)).filter(|t| self.works(*t));
        worked.map(|t| t.plus(1)).nth(usize::try_from(minutes - 1).ok()?)
    }

    pub(super) fn sub(&self, t: Moment, minutes: i64) -> Option<Moment> {
        let worked = (1..PATIENCE).map(|minutes| t.plus(-minutes)).filter(|t| self.works(*t));
        worked.clone().nth(usize::try_from(minutes - 1).ok()?)
    }

    pub(super) fn work(&self, a: Moment, b: Moment) -> i64 {
        let count = |a: Moment, b: Moment| (a.0..b.0).filter(|t| self.works(Moment(*t))).count();
        let minutes = if a <= b { count(a, b) } else { count(b, a) };
        i64::try_from(minutes).expect("a count") * if a <= b { 1 } else { -1 }
    }
}

/// The middle of what is tried.
pub(super) fn origin() -> Day {
    Day::from_ymd_opt(2026, 3, 1).expect("a date")
}

/// Hours of a day: none, or up to three intervals at any minutes, with the whole day and its last minute made likely.
fn hours() -> impl Strategy<Value = Vec<(u16, u16)>> {
    let cuts = prop::collection::btree_set(prop_oneof![4 => 0u16..=1440, 1 => Just(0), 1 => Just(1440)], 2..=6);
    let intervals = cuts.prop_map(|cuts| {
        let cuts: Vec<u16> = cuts.into_iter().collect();
        cuts.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
    });
    prop_oneof![2 => Just(Vec::new()), 1 => Just(vec![(0, 1440)]), 4 => intervals]
}

fn exception() -> impl Strategy<Value = CalendarException> {
    (-40i64..40, 0i64..6, hours()).prop_map(|(from, days, intervals)| {
        let from = origin() + chrono::TimeDelta::days(from);
        CalendarException { from, to: from + chrono::TimeDelta::days(days), intervals, name: String::new() }
    })
}

fn definition(id: &'static str, base: Option<&'static str>) -> impl Strategy<Value = CalendarDefinition> {
    let weekdays = prop::array::uniform7(prop::option::weighted(0.7, hours()));
    (weekdays, prop::collection::vec(exception(), 0..6)).prop_map(move |(weekdays, exceptions)| CalendarDefinition {
        id: CalendarId::new(id),
        name: id.into(),
        base: base.map(CalendarId::new),
        weekdays,
        minutes_per_day: None,
        exceptions,
    })
}

/// A calendar and its two bases, the calendar first.
pub(super) fn family() -> impl Strategy<Value = Vec<CalendarDefinition>> {
    (definition("own", Some("base")), definition("base", Some("root")), definition("root", None))
        .prop_map(|(own, base, root)| vec![own, base, root])
}
