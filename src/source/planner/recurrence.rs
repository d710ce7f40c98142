//! Recurring dates of Microsoft Project's calendar exceptions, written out. Source: Microsoft, *Project XML Data
//! Interchange Schema Reference*, element `Exception`.

use crate::base::day::{Day, day_from_epoch, days_since_epoch};
use chrono::{Datelike, NaiveDate, Weekday};

/// A weekday, or a kind of day, of which a month has a first, second, third, fourth and last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    Day,
    Weekday,
    WeekendDay,
    /// Counted from Sunday, 0 to 6.
    On(u32),
}

impl Item {
    /// The item of a number as the file gives it.
    pub const fn of(number: u32) -> Option<Self> {
        match number {
            0 => Some(Self::Day),
            1 => Some(Self::Weekday),
            2 => Some(Self::WeekendDay),
            3..=9 => Some(Self::On(number - 3)),
            _ => None,
        }
    }

    fn is(self, day: Day) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        match self {
            Self::Day => true,
            Self::Weekday => !weekend,
            Self::WeekendDay => weekend,
            Self::On(number) => day.weekday().num_days_from_sunday() == number,
        }
    }
}

/// When an exception repeats. Periods are 1 or more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// Every day of the range.
    EveryDay,
    /// Every so many days.
    Days(u32),
    /// Every so many days from Monday to Friday.
    Weekdays(u32),
    /// Every so many weeks, on the weekdays whose bits are set, Sunday first.
    Weeks(u32, u32),
    /// Every so many months, on a day of the month.
    MonthDay(u32, u32),
    /// Every so many months, on the first (0) to fourth, or last (4), of an item.
    MonthItem(u32, Item, u32),
    /// Every year, on a day of a month (1 to 12).
    YearDay(u32, u32),
    /// Every year, on the first (0) to fourth, or last (4), of an item in a month.
    YearItem(u32, Item, u32),
}

/// The dates of a rule within a range, both ends included, at most so many of them.
pub(super) fn dates(rule: Rule, (from, to): (Day, Day), most: usize) -> Vec<Day> {
    let days = || (days_since_epoch(from)..=days_since_epoch(to)).map(day_from_epoch);
    let step = |period: u32| usize::try_from(period.max(1)).unwrap_or(1);
    match rule {
        Rule::EveryDay => days().take(most).collect(),
        Rule::Days(period) => days().step_by(step(period)).take(most).collect(),
        Rule::Weekdays(period) => days().filter(|day| Item::Weekday.is(*day)).step_by(step(period)).take(most).collect(),
        Rule::Weeks(period, weekdays) => {
            let week = |day: Day| (days_since_epoch(day) + 4).div_euclid(7);
            let first = week(from);
            let on = |day: &Day| {
                let in_turn = (week(*day) - first) % i64::from(period.max(1)) == 0;
                in_turn && weekdays & (1 << day.weekday().num_days_from_sunday()) != 0
            };
            days().filter(on).take(most).collect()
        }
        Rule::MonthDay(period, day) => by_month(from, to, period, most, |year, month| month_day(year, month, day)),
        Rule::MonthItem(period, item, position) => {
            by_month(from, to, period, most, |year, month| month_item(year, month, item, position))
        }
        Rule::YearDay(month, day) => by_year(from, to, most, |year| month_day(year, month, day)),
        Rule::YearItem(month, item, position) => by_year(from, to, most, |year| month_item(year, month, item, position)),
    }
}

fn by_month(from: Day, to: Day, period: u32, most: usize, pick: impl Fn(i32, u32) -> Option<Day>) -> Vec<Day> {
    let count = |day: Day| i64::from(day.year()) * 12 + i64::from(day.month0());
    let at = |months: i64| {
        let (year, month) = (i32::try_from(months.div_euclid(12)).ok()?, u32::try_from(months.rem_euclid(12)).ok()? + 1);
        pick(year, month)
    };
    let months = (count(from)..=count(to)).step_by(usize::try_from(period.max(1)).unwrap_or(1));
    months.filter_map(at).filter(|day| (from..=to).contains(day)).take(most).collect()
}

fn by_year(from: Day, to: Day, most: usize, pick: impl Fn(i32) -> Option<Day>) -> Vec<Day> {
    (from.year()..=to.year()).filter_map(pick).filter(|day| (from..=to).contains(day)).take(most).collect()
}

fn days_in(year: i32, month: u32) -> impl DoubleEndedIterator<Item = Day> {
    (1..=31).filter_map(move |day| NaiveDate::from_ymd_opt(year, month, day))
}

/// A day of a month, or its last day where it has fewer.
fn month_day(year: i32, month: u32, day: u32) -> Option<Day> {
    NaiveDate::from_ymd_opt(year, month, day).or_else(|| days_in(year, month).next_back())
}

fn month_item(year: i32, month: u32, item: Item, position: u32) -> Option<Day> {
    let mut found = days_in(year, month).filter(|day| item.is(*day));
    if position >= 4 { found.next_back() } else { found.nth(usize::try_from(position).ok()?) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(rule: Rule, from: &str, to: &str) -> String {
        let day = |text: &str| text.parse().expect("a date");
        dates(rule, (day(from), day(to)), 100).iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn each_rule_gives_the_dates_of_a_wall_calendar() {
        for (rule, from, to, expected) in [
            (Rule::EveryDay, "2026-12-30", "2027-01-02", "2026-12-30 2026-12-31 2027-01-01 2027-01-02"),
            (Rule::Days(3), "2026-11-23", "2026-12-01", "2026-11-23 2026-11-26 2026-11-29"),
            (Rule::Weekdays(2), "2026-11-26", "2026-12-03", "2026-11-26 2026-11-30 2026-12-02"),
            (Rule::Weeks(2, 0b10_0010), "2026-11-23", "2026-12-15", "2026-11-23 2026-11-27 2026-12-07 2026-12-11"),
            (Rule::Weeks(2, 1), "2026-11-23", "2026-12-31", "2026-12-06 2026-12-20"),
            (Rule::MonthDay(1, 31), "2026-01-01", "2026-04-30", "2026-01-31 2026-02-28 2026-03-31 2026-04-30"),
            (Rule::MonthItem(2, Item::On(1), 0), "2026-09-08", "2027-01-31", "2026-11-02 2027-01-04"),
            (Rule::MonthItem(1, Item::Weekday, 4), "2026-10-01", "2026-11-30", "2026-10-30 2026-11-30"),
            (Rule::YearDay(12, 25), "2025-12-26", "2027-12-25", "2026-12-25 2027-12-25"),
            (Rule::YearItem(11, Item::On(4), 3), "2026-01-01", "2027-12-31", "2026-11-26 2027-11-25"),
        ] {
            assert_eq!(shown(rule, from, to), expected, "{rule:?}");
        }
        let long = ("1900-01-01".parse().expect("a date"), "2200-12-31".parse().expect("a date"));
        assert_eq!(dates(Rule::EveryDay, long, 7).len(), 7);
    }
}
