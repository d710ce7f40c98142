//! A calendar that is asked day by day: no index, no arithmetic but on the minutes of one day.

use chrono::Datelike as _;
use std::collections::BTreeMap;
use throughline::base::calendar::{CalendarDefinition, CalendarException};
use throughline::base::day::{MINUTES_PER_DAY as DAY, day_from_epoch};
use throughline::base::id::CalendarId;

/// Minutes of a day, half-open.
pub type Hours = Vec<(i64, i64)>;

/// How many days a search goes on for: as long as the engine's.
const PATIENCE: i64 = 36_525;

/// Working hours by weekday, Monday first, and by date where it differs.
#[derive(Clone, Debug, Default)]
pub struct SlowCalendar {
    pub week: [Hours; 7],
    pub dates: BTreeMap<i64, Hours>,
}

impl SlowCalendar {
    /// The same hours on the first days of the week.
    pub fn of(days: usize, hours: &[(i64, i64)]) -> Self {
        let week = std::array::from_fn(|day| if day < days { hours.to_vec() } else { Vec::new() });
        Self { week, dates: BTreeMap::new() }
    }

    /// Every minute.
    pub fn round_the_clock() -> Self {
        Self::of(7, &[(0, DAY)])
    }

    fn hours(&self, day: i64) -> &[(i64, i64)] {
        let weekday = day_from_epoch(day).weekday().num_days_from_monday() as usize;
        self.dates.get(&day).unwrap_or(&self.week[weekday])
    }

    /// Working intervals of a day, in minutes since the epoch.
    fn intervals(&self, day: i64) -> impl DoubleEndedIterator<Item = (i64, i64)> + '_ {
        self.hours(day).iter().map(move |(from, to)| (day * DAY + from, day * DAY + to))
    }

    /// Working intervals from a day on.
    fn from(&self, t: i64) -> impl Iterator<Item = (i64, i64)> + '_ {
        let day = t.div_euclid(DAY);
        (day..=day + PATIENCE).flat_map(|day| self.intervals(day))
    }

    /// Working intervals up to a day, the last first.
    fn back_from(&self, t: i64) -> impl Iterator<Item = (i64, i64)> + '_ {
        let day = t.div_euclid(DAY);
        (day - PATIENCE..=day).rev().flat_map(|day| self.intervals(day).rev())
    }

    pub fn next_start(&self, t: i64) -> i64 {
        let found = self.from(t).find(|&(_, to)| t < to).map(|(from, _)| from.max(t));
        found.unwrap_or(t + PATIENCE * DAY).min(t + PATIENCE * DAY)
    }

    pub fn previous_finish(&self, t: i64) -> i64 {
        let found = self.back_from(t).find(|&(from, _)| from < t).map(|(_, to)| to.min(t));
        found.unwrap_or(t - PATIENCE * DAY).max(t - PATIENCE * DAY)
    }

    /// Where so many minutes of work end that begin at `t` or later.
    pub fn add(&self, t: i64, minutes: i64) -> i64 {
        if minutes <= 0 {
            return if minutes == 0 { t } else { self.sub(t, -minutes) };
        }
        let mut left = minutes;
        for (from, to) in self.from(t) {
            let from = from.max(t);
            if to - from >= left {
                return (from + left).min(t + PATIENCE * DAY);
            }
            left -= (to - from).max(0);
        }
        t + PATIENCE * DAY
    }

    /// Where so many minutes of work begin that end at `t` or earlier.
    pub fn sub(&self, t: i64, minutes: i64) -> i64 {
        if minutes <= 0 {
            return if minutes == 0 { t } else { self.add(t, -minutes) };
        }
        let mut left = minutes;
        for (from, to) in self.back_from(t) {
            let to = to.min(t);
            if to - from >= left {
                return (to - left).max(t - PATIENCE * DAY);
            }
            left -= (to - from).max(0);
        }
        t - PATIENCE * DAY
    }

    /// Working minutes from `a` to `b`, negative where `b` is earlier.
    pub fn work(&self, a: i64, b: i64) -> i64 {
        if b < a {
            return -self.work(b, a);
        }
        (a.div_euclid(DAY)..=b.div_euclid(DAY))
            .flat_map(|day| self.intervals(day))
            .map(|(from, to)| (to.min(b) - from.max(a)).max(0))
            .sum()
    }

    /// The calendar as the engine is given it.
    pub fn definition(&self, name: &str) -> CalendarDefinition {
        let minutes = |hours: &Hours| -> Vec<(u16, u16)> { hours.iter().map(|&(from, to)| (from as u16, to as u16)).collect() };
        let exception = |(&day, hours): (&i64, &Hours)| CalendarException {
            from: day_from_epoch(day),
            to: day_from_epoch(day),
            intervals: minutes(hours),
            name: "exception".into(),
        };
        CalendarDefinition {
            id: CalendarId::new(name),
            name: name.into(),
            base: None,
            weekdays: std::array::from_fn(|day| Some(minutes(&self.week[day]))),
            minutes_per_day: Some(480),
            exceptions: self.dates.iter().map(exception).collect(),
        }
    }
}
