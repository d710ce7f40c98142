//! The days of a calendar laid out one by one, so that questions about moments from 1990 to 2099 cost a few lookups.
//!
//! Holds, by day, the working minutes before it and which pattern of hours it follows; by pattern, the working minutes
//! before each minute and the way back. Says nothing of other moments: those are asked of the timeline itself.

use super::timeline::Timeline;
use crate::base::day::MINUTES_PER_DAY;
use std::collections::BTreeMap;

/// 1990-01-01 and 2100-01-01, in days since 1970-01-01.
const FIRST: i64 = 7_305;
const END: i64 = 47_482;

/// Working minutes a bucket of the way back covers.
const BUCKET: u32 = 512;

/// The hours of a day, minute by minute.
#[derive(Clone, Debug)]
struct Pattern {
    /// Working minutes before each minute of the day, and before its end: 1,441 entries.
    before: [u16; 1441],
    /// By working minutes done: the earliest minute at which they are.
    first: [u16; 1441],
    /// By working minutes done, all but the last: the latest minute at which no more are.
    last: [u16; 1441],
}

impl Pattern {
    fn new(hours: &[(u16, u16)]) -> Self {
        let (mut before, mut first, mut last) = ([0u16; 1441], [0u16; 1441], [0u16; 1441]);
        let mut done = 0u16;
        for minute in 0..1440u16 {
            before[usize::from(minute)] = done;
            if hours.iter().any(|&(from, to)| from <= minute && minute < to) {
                last[usize::from(done)] = minute;
                done += 1;
                first[usize::from(done)] = minute + 1;
            }
        }
        before[1440] = done;
        Self { before, first, last }
    }
}

/// The table.
#[derive(Clone, Debug)]
pub(super) struct DayTable {
    /// Working minutes before the table begins.
    base: i64,
    /// Working minutes from the table's begin to each day, and to its end.
    before: Vec<u32>,
    /// Which pattern each day follows.
    pattern: Vec<u16>,
    patterns: Vec<Pattern>,
    /// By number of working minutes over [`BUCKET`]: the last day before which no more are done.
    day_of: Vec<u32>,
}

impl DayTable {
    pub(super) fn new(timeline: &Timeline) -> Self {
        let mut index_of: BTreeMap<Vec<(u16, u16)>, u16> = BTreeMap::new();
        let mut table = Self {
            base: timeline.work_before(FIRST * MINUTES_PER_DAY),
            before: vec![0],
            pattern: Vec::new(),
            patterns: Vec::new(),
            day_of: Vec::new(),
        };
        let mut done = 0u32;
        for day in FIRST..END {
            let hours = timeline.hours_on(day);
            let index = index_of.get(hours).copied().unwrap_or_else(|| {
                let index = u16::try_from(table.patterns.len()).unwrap_or(u16::MAX);
                table.patterns.push(Pattern::new(hours));
                index_of.insert(hours.clone(), index);
                index
            });
            table.pattern.push(index);
            done += u32::from(table.patterns[usize::from(index)].before[1440]);
            table.before.push(done);
        }
        table.index();
        table
    }

    fn index(&mut self) {
        let total = self.before.last().copied().unwrap_or(0);
        let mut day = 0;
        for bucket in 0..=total / BUCKET {
            while day + 1 < self.before.len() && self.before[day + 1] <= bucket * BUCKET {
                day += 1;
            }
            self.day_of.push(u32::try_from(day).unwrap_or(u32::MAX));
        }
    }

    /// Working minutes before `t`.
    #[inline]
    pub(super) fn work_to(&self, t: i64) -> Option<i64> {
        let since = u32::try_from(t - FIRST * MINUTES_PER_DAY).ok()?;
        let (day, minute) = ((since / 1440) as usize, (since % 1440) as usize);
        let pattern = &self.patterns[usize::from(*self.pattern.get(day)?)];
        Some(self.base + i64::from(self.before[day]) + i64::from(pattern.before[minute]))
    }

    /// The smallest `t` before which so many minutes are worked; none where it lies outside the table.
    #[inline]
    pub(super) fn first(&self, work: i64) -> Option<i64> {
        let rest = u32::try_from(work.checked_sub(self.base)?).ok()?.checked_sub(1)?;
        let mut day = *self.day_of.get((rest / BUCKET) as usize)? as usize;
        while *self.before.get(day + 1)? <= rest {
            day += 1;
        }
        let within = (rest + 1 - self.before[day]) as usize;
        let minute = self.patterns[usize::from(self.pattern[day])].first[within];
        Some(moment_of(day, minute))
    }

    /// The largest `t` before which so many minutes are worked; none where it lies outside the table.
    #[inline]
    pub(super) fn last(&self, work: i64) -> Option<i64> {
        let rest = u32::try_from(work.checked_sub(self.base)?).ok()?;
        let mut day = *self.day_of.get((rest / BUCKET) as usize)? as usize;
        while *self.before.get(day + 1)? <= rest {
            day += 1;
        }
        let within = (rest - self.before[day]) as usize;
        let minute = self.patterns[usize::from(self.pattern[day])].last[within];
        Some(moment_of(day, minute))
    }
}

/// A day of the table and a minute of it, in minutes since 1970-01-01.
#[inline]
fn moment_of(day: usize, minute: u16) -> i64 {
    #[expect(clippy::cast_possible_wrap, reason = "days of a century")]
    let day = day as i64;
    (FIRST + day) * MINUTES_PER_DAY + i64::from(minute)
}
