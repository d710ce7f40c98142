//! Years of whole weeks: where they end, and how quarters of 13 weeks are divided.

use super::PERIODS_PER_YEAR;
use crate::base::day::Day;
use chrono::{Datelike as _, Days, NaiveDate, Weekday};

/// The weeks of the three periods of a quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WeekPattern {
    /// 4-4-5.
    FourFourFive,
    /// 4-5-4, the retail calendar of the National Retail Federation.
    FourFiveFour,
    /// 5-4-4.
    FiveFourFour,
}

impl WeekPattern {
    const fn quarter(self) -> [u64; 3] {
        match self {
            Self::FourFourFive => [4, 4, 5],
            Self::FourFiveFour => [4, 5, 4],
            Self::FiveFourFour => [5, 4, 4],
        }
    }

    /// Weeks of the year before a period begins.
    pub(super) fn weeks_before(self, number: u8) -> u64 {
        self.quarter().iter().cycle().take(usize::from(number.saturating_sub(1))).sum()
    }

    /// The period in which a week of the year lies, weeks counted from 0. A 53rd week belongs to the last period.
    pub(super) fn period_of_week(self, week: i64) -> u8 {
        let week = u64::try_from(week).unwrap_or(0);
        (1..=PERIODS_PER_YEAR).rev().find(|&number| self.weeks_before(number) <= week).unwrap_or(1)
    }
}

/// Which of a weekday's dates ends the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum YearEndRule {
    /// The last in the month.
    Last,
    /// The nearest to the last day of the month, which may lie in the next month.
    Nearest,
}

/// The day on which a week-based year ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct YearEnd {
    /// The rule.
    pub rule: YearEndRule,
    /// The weekday.
    pub weekday: Weekday,
    /// The month (1 to 12).
    pub month: u8,
}

impl YearEnd {
    /// The end of the fiscal year that belongs to a calendar year's month.
    pub(super) fn in_year(self, year: i32) -> Day {
        let last = last_of_month(year, self.month);
        let latest = match self.rule {
            YearEndRule::Last => last,
            YearEndRule::Nearest => last.checked_add_days(Days::new(3)).unwrap_or(last),
        };
        let back = (7 + latest.weekday().num_days_from_monday() - self.weekday.num_days_from_monday()) % 7;
        latest.checked_sub_days(Days::new(u64::from(back))).unwrap_or(latest)
    }
}

fn last_of_month(year: i32, month: u8) -> Day {
    let (next_year, next_month) = if month >= 12 { (year + 1, 1) } else { (year, u32::from(month) + 1) };
    NaiveDate::from_ymd_opt(next_year, next_month, 1).and_then(|day| day.pred_opt()).unwrap_or_default()
}
