//! The arithmetic of working time. `W(t)` is the number of working minutes before `t`; every question about a calendar
//! is asked of `W` and of its two inverses, so no question walks from day to day.

use super::days::DayTable;
use crate::base::day::MINUTES_PER_DAY;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Working intervals of a day: minutes of the day, half-open, sorted, neither overlapping nor touching.
pub(super) type Hours = Vec<(u16, u16)>;

/// Two days' hours made one.
type Combination = fn(&[(u16, u16)], &[(u16, u16)]) -> Hours;

/// Minutes in a week.
pub(super) const MINUTES_PER_WEEK: i64 = 7 * MINUTES_PER_DAY;

/// Days are held between these bounds, about the years -768 and 12921.
pub(super) const FIRST_DAY: i64 = -1_000_000;
pub(super) const LAST_DAY: i64 = 4_000_000;

/// Monday 1969-12-29 00:00, from which weeks are counted.
const A_MONDAY: i64 = -3 * MINUTES_PER_DAY;

/// Seven days of working hours, Monday first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Week {
    days: [Hours; 7],
    /// Working minutes from Monday 00:00 to the start of each weekday, and to the end of Sunday.
    before: [i64; 8],
}

impl Week {
    pub(super) fn new(days: [Hours; 7]) -> Self {
        let mut before = [0; 8];
        for (index, hours) in days.iter().enumerate() {
            before[index + 1] = before[index] + minutes_of(hours);
        }
        Self { days, before }
    }

    /// A week in which every day has the same hours.
    pub(super) fn every_day(hours: &Hours) -> Self {
        Self::new(std::array::from_fn(|_| hours.clone()))
    }

    pub(super) fn days(&self) -> &[Hours; 7] {
        &self.days
    }

    pub(super) const fn total(&self) -> i64 {
        self.before[7]
    }

    fn combined(&self, other: &Self, hours: Combination) -> Self {
        Self::new(std::array::from_fn(|day| hours(&self.days[day], &other.days[day])))
    }

    /// Working minutes between [`A_MONDAY`] and `t`; negative before it.
    fn work_to(&self, t: i64) -> i64 {
        let minute = (t - A_MONDAY).rem_euclid(MINUTES_PER_WEEK);
        let day = index(minute / MINUTES_PER_DAY);
        let within = minutes_before(&self.days[day], minute % MINUTES_PER_DAY);
        (t - A_MONDAY).div_euclid(MINUTES_PER_WEEK) * self.total() + self.before[day] + within
    }

    /// The smallest `t` with `work_to(t) == work`; none where the week has no work.
    fn first(&self, work: i64) -> Option<i64> {
        let weeks = work.checked_sub(1)?.checked_div_euclid(self.total())?;
        let rest = work - weeks * self.total();
        let day = self.before.partition_point(|&before| before < rest).checked_sub(1)?;
        let mut left = rest - self.before[day];
        for &(from, to) in self.days.get(day)? {
            let length = i64::from(to - from);
            if left <= length {
                return Some(week_start(weeks, day)? + i64::from(from) + left);
            }
            left -= length;
        }
        None
    }

    /// The largest `t` with `work_to(t) == work`; none where the week has no work.
    fn last(&self, work: i64) -> Option<i64> {
        let weeks = work.checked_div_euclid(self.total())?;
        let rest = work - weeks * self.total();
        let day = self.before.partition_point(|&before| before <= rest).checked_sub(1)?;
        let mut left = rest - self.before[day];
        for &(from, to) in self.days.get(day)? {
            let length = i64::from(to - from);
            if left < length {
                return Some(week_start(weeks, day)? + i64::from(from) + left);
            }
            left -= length;
        }
        None
    }
}

/// 00:00 of a weekday, a number of weeks after [`A_MONDAY`].
fn week_start(weeks: i64, day: usize) -> Option<i64> {
    let day_minutes = i64::try_from(day).ok()? * MINUTES_PER_DAY;
    weeks.checked_mul(MINUTES_PER_WEEK)?.checked_add(A_MONDAY + day_minutes)
}

/// Days in a row that follow one week's pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Segment {
    /// Where it begins: 00:00 of a day.
    from: i64,
    /// Working minutes before it begins.
    before: i64,
    /// Which of the timeline's weeks it follows.
    week: usize,
}

/// The whole of a calendar's time: a weekly pattern, broken by exceptions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Timeline {
    weeks: Vec<Week>,
    segments: Vec<Segment>,
    days: Days,
}

/// The days one by one, once they are laid out; says nothing that the segments do not say.
#[derive(Clone, Debug, Default)]
struct Days(OnceLock<Box<DayTable>>);

impl PartialEq for Days {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Days {}

impl Timeline {
    /// The usual week, and exceptions as (first day, last day, hours); of two on one day the later in the list wins.
    pub(super) fn new(usual: Week, exceptions: &[(i64, i64, Hours)]) -> Self {
        let mut weeks = vec![usual];
        let mut index_of: BTreeMap<&Hours, usize> = BTreeMap::new();
        let mut starts: BTreeMap<i64, usize> = BTreeMap::from([(FIRST_DAY, 0)]);
        for (from, to, hours) in exceptions {
            let week = *index_of.entry(hours).or_insert_with(|| {
                weeks.push(Week::every_day(hours));
                weeks.len() - 1
            });
            paint(&mut starts, (*from).max(FIRST_DAY), to.saturating_add(1).min(LAST_DAY), week);
        }
        Self::from_starts(weeks, &starts)
    }

    fn from_starts(weeks: Vec<Week>, starts: &BTreeMap<i64, usize>) -> Self {
        let mut segments: Vec<Segment> = Vec::with_capacity(starts.len());
        for (&day, &week) in starts {
            let from = day * MINUTES_PER_DAY;
            let before = segments
                .last()
                .map_or(0, |last| last.before + weeks[last.week].work_to(from) - weeks[last.week].work_to(last.from));
            if segments.last().is_none_or(|last| last.week != week) {
                segments.push(Segment { from, before, week });
            }
        }
        Self { weeks, segments, days: Days::default() }
    }

    pub(super) fn usual_week(&self) -> &Week {
        &self.weeks[0]
    }

    /// The hours of a day, counted from 1970-01-01.
    pub(super) fn hours_on(&self, day: i64) -> &Hours {
        let segment = self.segment_at(day * MINUTES_PER_DAY);
        &self.weeks[segment.week].days[index((day + 3).rem_euclid(7))]
    }

    /// How many runs of days do not follow the usual week.
    pub(super) fn exception_count(&self) -> usize {
        self.segments.iter().filter(|segment| segment.week != 0).count()
    }

    pub(super) fn has_work(&self) -> bool {
        self.usual_week().total() > 0 || self.segments.last().is_some_and(|last| last.before > 0)
    }

    /// Lays the days of a century out one by one: worth it where many questions follow.
    pub(super) fn prepare(&self) {
        self.days.0.get_or_init(|| Box::new(DayTable::new(self)));
    }

    /// `W(t)`: working minutes before `t`.
    #[inline]
    pub(super) fn work_to(&self, t: i64) -> i64 {
        self.days.0.get().and_then(|days| days.work_to(t)).unwrap_or_else(|| self.work_before(t))
    }

    /// `W(t)`, from the segments.
    pub(super) fn work_before(&self, t: i64) -> i64 {
        let segment = self.segment_at(t);
        let week = &self.weeks[segment.week];
        segment.before + week.work_to(t) - week.work_to(segment.from)
    }

    /// The smallest `t` with `W(t) == work`, which is where the work ends; none where there is not so much work.
    #[inline]
    pub(super) fn first(&self, work: i64) -> Option<i64> {
        self.days.0.get().and_then(|days| days.first(work)).or_else(|| self.first_of_segments(work))
    }

    fn first_of_segments(&self, work: i64) -> Option<i64> {
        let position = self.segments.partition_point(|segment| segment.before < work).checked_sub(1)?;
        let (week, shift) = self.shifted(position);
        week.first(work.checked_sub(shift)?)
    }

    /// The largest `t` with `W(t) == work`, which is where the next work starts; none where there is no more.
    #[inline]
    pub(super) fn last(&self, work: i64) -> Option<i64> {
        self.days.0.get().and_then(|days| days.last(work)).or_else(|| self.last_of_segments(work))
    }

    fn last_of_segments(&self, work: i64) -> Option<i64> {
        let position = self.segments.partition_point(|segment| segment.before <= work).checked_sub(1)?;
        let (week, shift) = self.shifted(position);
        week.last(work.checked_sub(shift)?)
    }

    /// Time that works in both.
    pub(super) fn intersect(&self, other: &Self) -> Self {
        self.combined(other, intersect_hours)
    }

    /// Time that works in either.
    pub(super) fn unite(&self, other: &Self) -> Self {
        self.combined(other, unite_hours)
    }

    fn combined(&self, other: &Self, hours: Combination) -> Self {
        let mut weeks = vec![self.usual_week().combined(other.usual_week(), hours)];
        let mut index_of = BTreeMap::from([((0, 0), 0)]);
        let mut starts = BTreeMap::new();
        for from in self.segments.iter().chain(&other.segments).map(|segment| segment.from) {
            let pair = (self.segment_at(from).week, other.segment_at(from).week);
            let week = *index_of.entry(pair).or_insert_with(|| {
                weeks.push(self.weeks[pair.0].combined(&other.weeks[pair.1], hours));
                weeks.len() - 1
            });
            starts.insert(from.div_euclid(MINUTES_PER_DAY), week);
        }
        Self::from_starts(weeks, &starts)
    }

    fn segment_at(&self, t: i64) -> &Segment {
        let position = self.segments.partition_point(|segment| segment.from <= t);
        &self.segments[position.saturating_sub(1)]
    }

    /// A segment, its week, and what `W` has more than the week's own count there.
    fn shifted(&self, position: usize) -> (&Week, i64) {
        let segment = &self.segments[position];
        let week = &self.weeks[segment.week];
        (week, segment.before - week.work_to(segment.from))
    }
}

/// Sets the pattern of the days `from..to`, leaving the days after as they were.
fn paint(starts: &mut BTreeMap<i64, usize>, from: i64, to: i64, week: usize) {
    if from >= to {
        return;
    }
    let after = starts.range(..=to).next_back().map_or(0, |(_, &week)| week);
    let covered: Vec<i64> = starts.range(from..to).map(|(&day, _)| day).collect();
    for day in covered {
        starts.remove(&day);
    }
    starts.insert(from, week);
    starts.insert(to, after);
}

/// Sorts intervals and joins those that touch; none where two overlap.
pub(super) fn tidy(mut hours: Hours) -> Option<Hours> {
    hours.sort_unstable();
    let mut tidied: Hours = Vec::with_capacity(hours.len());
    for (from, to) in hours {
        match tidied.last_mut() {
            Some(last) if from < last.1 => return None,
            Some(last) if from == last.1 => last.1 = to,
            _ => tidied.push((from, to)),
        }
    }
    Some(tidied)
}

/// Working minutes of a day's intervals.
pub(super) fn minutes_of(hours: &[(u16, u16)]) -> i64 {
    hours.iter().map(|&(from, to)| i64::from(to) - i64::from(from)).sum()
}

fn minutes_before(hours: &[(u16, u16)], minute: i64) -> i64 {
    hours.iter().map(|&(from, to)| (minute.min(i64::from(to)) - i64::from(from)).max(0)).sum()
}

fn intersect_hours(left: &[(u16, u16)], right: &[(u16, u16)]) -> Hours {
    let pairs = left.iter().flat_map(|a| right.iter().map(move |b| (a.0.max(b.0), a.1.min(b.1))));
    let mut both: Hours = pairs.filter(|(from, to)| from < to).collect();
    both.sort_unstable();
    both
}

fn unite_hours(left: &[(u16, u16)], right: &[(u16, u16)]) -> Hours {
    let mut all: Hours = left.iter().chain(right).copied().collect();
    all.sort_unstable();
    let mut united: Hours = Vec::with_capacity(all.len());
    for (from, to) in all {
        match united.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => united.push((from, to)),
        }
    }
    united
}

/// A number between 0 and 6 as an index.
fn index(day: i64) -> usize {
    usize::try_from(day).unwrap_or(0)
}
