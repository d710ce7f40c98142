//! Working calendars at minute resolution: a weekly pattern of hours, dated exceptions, inheritance.
//!
//! Promises: intervals are half-open; work that finishes lies on the end of an interval (17:00) and work that starts on
//! the start of one (08:00); each question costs a binary search over the exceptions, however far apart the dates are.
//! A search ends 100 years from where it began ([`HORIZON_MINUTES`]) and returns that moment.
//!
//! Does not know time zones or clock changes: moments are local wall-clock time, as they are in workbooks.

mod days;
mod define;
mod hours;
#[cfg(test)]
mod judge;
#[cfg(test)]
mod tests;
mod timeline;

pub use define::{CalendarDefinition, CalendarException, CalendarProblem, Calendars};
pub use hours::parse_hours;

use crate::base::day::{self, Day, MINUTES_PER_DAY, Moment};
use crate::base::id::CalendarId;
use define::WEEKDAYS;
use hours::show_hours;
use timeline::{FIRST_DAY, LAST_DAY, Timeline, Week};

/// How far a search for working time goes: 100 years of 365.25 days, in minutes.
pub const HORIZON_MINUTES: i64 = 36_525 * MINUTES_PER_DAY;

/// Days that count as one month where a duration is given in months, as in Microsoft Project's default options.
pub const DAYS_PER_MONTH: i64 = 20;

/// A calendar ready for use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkCalendar {
    id: CalendarId,
    name: String,
    minutes_per_day: i64,
    timeline: Timeline,
}

impl WorkCalendar {
    /// Monday to Friday, 08:00 to 12:00 and 13:00 to 17:00, no holidays; a day is 8 hours.
    #[must_use]
    pub fn standard() -> Self {
        let office = vec![(8 * 60, 12 * 60), (13 * 60, 17 * 60)];
        let days = std::array::from_fn(|day| if day < 5 { office.clone() } else { Vec::new() });
        Self::of_week("standard", "Standard", Week::new(days), 8 * 60)
    }

    /// Every minute of every day; a day is 24 hours.
    #[must_use]
    pub fn round_the_clock() -> Self {
        Self::of_week("24-hour", "24 hours", Week::every_day(&vec![(0, 24 * 60)]), MINUTES_PER_DAY)
    }

    fn of_week(id: &str, name: &str, week: Week, minutes_per_day: i64) -> Self {
        Self { id: CalendarId::new(id), name: name.into(), minutes_per_day, timeline: Timeline::new(week, &[]) }
    }

    /// Lays its days out one by one, so that questions about moments from 1990 to 2099 cost a few lookups. Changes no
    /// answer; worth it where many questions follow.
    pub fn prepare(&self) {
        self.timeline.prepare();
    }

    /// Working minutes before a moment, counted from a beginning of the calendar's own: a place on its line of work.
    #[must_use]
    #[inline]
    pub fn work_before(&self, t: Moment) -> i64 {
        self.timeline.work_to(bounded(t).0)
    }

    /// The earliest moment before which so many minutes are worked, where work can finish; none beyond the end of time.
    #[must_use]
    #[inline]
    pub fn finish_at(&self, work: i64) -> Option<Moment> {
        self.timeline.first(work).map(Moment)
    }

    /// The latest moment before which so many minutes are worked, where more work can start; none beyond the end of time.
    #[must_use]
    #[inline]
    pub fn start_at(&self, work: i64) -> Option<Moment> {
        self.timeline.last(work).map(Moment)
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &CalendarId {
        &self.id
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Working minutes that count as one day of duration.
    #[must_use]
    pub const fn minutes_per_day(&self) -> i64 {
        self.minutes_per_day
    }

    /// Working minutes that count as one week of duration: those of the usual week, or five days where it has none.
    #[must_use]
    pub fn minutes_per_week(&self) -> i64 {
        match self.timeline.usual_week().total() {
            0 => 5 * self.minutes_per_day,
            minutes => minutes,
        }
    }

    /// Working minutes that count as one month of duration: [`DAYS_PER_MONTH`] (20) days.
    #[must_use]
    pub const fn minutes_per_month(&self) -> i64 {
        DAYS_PER_MONTH * self.minutes_per_day
    }

    /// The earliest moment, `t` or later, at which work can start.
    #[must_use]
    pub fn next_work_start(&self, t: Moment) -> Moment {
        let t = bounded(t);
        let limit = t.plus(HORIZON_MINUTES);
        self.timeline.last(self.timeline.work_to(t.0)).map_or(limit, |found| Moment(found).min(limit))
    }

    /// The latest moment, `t` or earlier, at which work can finish.
    #[must_use]
    pub fn prev_work_finish(&self, t: Moment) -> Moment {
        let t = bounded(t);
        let limit = t.plus(-HORIZON_MINUTES);
        self.timeline.first(self.timeline.work_to(t.0)).map_or(limit, |found| Moment(found).max(limit))
    }

    /// Where work of some minutes ends that starts at `t` or at the next working moment after it: the end of an interval
    /// rather than the start of the next. Zero minutes return `t` unchanged; negative ones walk back as [`Self::sub`] does.
    #[must_use]
    pub fn add(&self, t: Moment, minutes: i64) -> Moment {
        if minutes <= 0 {
            return if minutes == 0 { t } else { self.sub(t, minutes.saturating_neg()) };
        }
        let t = bounded(t);
        let limit = t.plus(HORIZON_MINUTES);
        let work = self.timeline.work_to(t.0).saturating_add(minutes);
        self.timeline.first(work).map_or(limit, |found| Moment(found).min(limit))
    }

    /// Where work of some minutes starts that finishes at `t` or at the last working moment before it: the start of an
    /// interval rather than the end of the one before. Zero minutes return `t` unchanged; negative ones walk forward.
    #[must_use]
    pub fn sub(&self, t: Moment, minutes: i64) -> Moment {
        if minutes <= 0 {
            return if minutes == 0 { t } else { self.add(t, minutes.saturating_neg()) };
        }
        let t = bounded(t);
        let limit = t.plus(-HORIZON_MINUTES);
        let work = self.timeline.work_to(t.0).saturating_sub(minutes);
        self.timeline.last(work).map_or(limit, |found| Moment(found).max(limit))
    }

    /// Working minutes from `a` to `b`; negative where `b` lies before `a`.
    #[must_use]
    pub fn work(&self, a: Moment, b: Moment) -> i64 {
        self.timeline.work_to(bounded(b).0) - self.timeline.work_to(bounded(a).0)
    }

    /// True where the minute that begins at `t` is worked.
    #[must_use]
    pub fn is_working(&self, t: Moment) -> bool {
        self.work(t, t.plus(1)) == 1
    }

    /// The working intervals of a date, in minutes of the day, half-open.
    #[must_use]
    pub fn hours_on(&self, day: Day) -> &[(u16, u16)] {
        self.timeline.hours_on(day::days_since_epoch(day).clamp(FIRST_DAY, LAST_DAY))
    }

    /// True where a date has working time.
    #[must_use]
    pub fn is_working_day(&self, day: Day) -> bool {
        !self.hours_on(day).is_empty()
    }

    /// Working minutes of a date.
    #[must_use]
    pub fn minutes_on(&self, day: Day) -> i64 {
        timeline::minutes_of(self.hours_on(day))
    }

    /// The calendar of time that both work; the length of a day is this calendar's.
    ///
    /// # Errors
    /// [`CalendarProblem::NoWorkingTime`] where they never work at the same time.
    pub fn intersect(&self, other: &Self) -> Result<Self, CalendarProblem> {
        let id = CalendarId::new(&format!("{} & {}", self.id, other.id));
        let timeline = self.timeline.intersect(&other.timeline);
        if !timeline.has_work() {
            return Err(CalendarProblem::NoWorkingTime { id });
        }
        let name = format!("{} and {}", self.name, other.name);
        Ok(Self { id, name, minutes_per_day: self.minutes_per_day, timeline })
    }

    /// The calendar of time that either works; the length of a day is this calendar's.
    #[must_use]
    pub fn unite(&self, other: &Self) -> Self {
        let id = CalendarId::new(&format!("{} | {}", self.id, other.id));
        let name = format!("{} or {}", self.name, other.name);
        Self { id, name, minutes_per_day: self.minutes_per_day, timeline: self.timeline.unite(&other.timeline) }
    }

    /// Its week in words: `Mon-Fri 08:00-12:00, 13:00-17:00; Sat-Sun off; 8 exceptions`.
    #[must_use]
    pub fn describe(&self) -> String {
        let days = self.timeline.usual_week().days();
        let mut parts = Vec::new();
        let mut from = 0;
        while from < days.len() {
            let to = (from..days.len()).take_while(|&day| days[day] == days[from]).last().unwrap_or(from);
            let names = if to == from {
                WEEKDAYS[from][..3].to_string()
            } else {
                format!("{}-{}", &WEEKDAYS[from][..3], &WEEKDAYS[to][..3])
            };
            parts.push(format!("{names} {}", show_hours(&days[from])));
            from = to + 1;
        }
        match self.timeline.exception_count() {
            0 => {}
            1 => parts.push("1 exception".into()),
            count => parts.push(format!("{count} exceptions")),
        }
        parts.join("; ")
    }
}

/// A moment held inside the days that a timeline covers, leaving room for the horizon.
fn bounded(t: Moment) -> Moment {
    Moment(t.0.clamp(FIRST_DAY * MINUTES_PER_DAY + HORIZON_MINUTES, LAST_DAY * MINUTES_PER_DAY - HORIZON_MINUTES))
}
