//! Accounting periods: which period a day lies in, where each begins and ends, how people write them.
//!
//! Promises: the periods of a calendar follow one another without gap or overlap, twelve a year; the posting date alone
//! decides the period. Two schemes: calendar months from any month, and whole weeks (4-4-5, 4-5-4, 5-4-4) whose year
//! ends on a weekday near the end of a month and now and then has a 53rd week, which goes to the last period.
//!
//! Years are held between 1 and 9999. Does not know quarters of the calendar year or open and closed periods.

mod text;
mod weeks;

pub use weeks::{WeekPattern, YearEnd, YearEndRule};

use crate::base::day::Day;
use chrono::{Datelike as _, Days, Months, NaiveDate};
use std::fmt;

/// Periods in a year, in every scheme.
pub const PERIODS_PER_YEAR: u8 = 12;

/// The first and the last year that can be named.
const FIRST_YEAR: i32 = 1;
const LAST_YEAR: i32 = 9_999;

/// A period of a fiscal year, written `FY2027-P04`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// The fiscal year, as it is labelled.
    pub year: i32,
    /// The number of the period in the year, from 1.
    pub number: u8,
}

impl Period {
    /// A period of a year.
    #[must_use]
    pub const fn new(year: i32, number: u8) -> Self {
        Self { year, number }
    }

    /// Year times 100 plus number: sorts as periods do, and fits in a column of a frame.
    #[must_use]
    pub fn ordinal(self) -> i32 {
        self.year.saturating_mul(100).saturating_add(i32::from(self.number))
    }

    /// The period of an ordinal; none where there is no such period.
    #[must_use]
    pub fn from_ordinal(ordinal: i32) -> Option<Self> {
        let number = u8::try_from(ordinal.rem_euclid(100)).ok()?;
        let year = ordinal.div_euclid(100);
        ((1..=PERIODS_PER_YEAR).contains(&number) && (FIRST_YEAR..=LAST_YEAR).contains(&year)).then_some(Self { year, number })
    }

    /// The quarter of the fiscal year, 1 to 4.
    #[must_use]
    pub const fn quarter(self) -> u8 {
        self.number.saturating_sub(1) / 3 + 1
    }
}

impl fmt::Display for Period {
    /// `FY2027-P04`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("FY{:04}-P{:02}", self.year, self.number))
    }
}

/// Which calendar year gives a fiscal year its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum YearLabel {
    /// The one in which it starts.
    Start,
    /// The one in which it ends.
    End,
}

/// How a fiscal year is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PeriodScheme {
    /// Calendar months.
    CalendarMonths {
        /// The month (1 to 12) in which the year starts.
        start_month: u8,
    },
    /// Whole weeks, in quarters of 13.
    Weeks {
        /// The weeks of the three periods of a quarter.
        pattern: WeekPattern,
        /// The day on which the year ends.
        year_end: YearEnd,
    },
}

/// A month that is not between 1 and 12.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadMonth(pub u8);

impl fmt::Display for BadMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no month {}: write 1 for January to 12 for December", self.0)
    }
}

impl std::error::Error for BadMonth {}

/// The fiscal calendar of a portfolio.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FiscalCalendar {
    scheme: PeriodScheme,
    label: YearLabel,
}

impl Default for FiscalCalendar {
    /// Calendar years of calendar months.
    fn default() -> Self {
        Self { scheme: PeriodScheme::CalendarMonths { start_month: 1 }, label: YearLabel::End }
    }
}

impl FiscalCalendar {
    /// A fiscal calendar. A week-based year belongs by name to the year that ends with the month its end is near to, even
    /// where the end itself falls a few days into the next month or year.
    ///
    /// # Errors
    /// [`BadMonth`] where a month is not between 1 and 12.
    pub fn new(scheme: PeriodScheme, label: YearLabel) -> Result<Self, BadMonth> {
        let month = match scheme {
            PeriodScheme::CalendarMonths { start_month } => start_month,
            PeriodScheme::Weeks { year_end, .. } => year_end.month,
        };
        if (1..=12).contains(&month) { Ok(Self { scheme, label }) } else { Err(BadMonth(month)) }
    }

    /// The scheme.
    #[must_use]
    pub const fn scheme(&self) -> PeriodScheme {
        self.scheme
    }

    /// Which year names a fiscal year.
    #[must_use]
    pub const fn year_label(&self) -> YearLabel {
        self.label
    }

    /// The period in which a day lies; days outside the years 1 to 9999 count as the first or the last one.
    #[must_use]
    pub fn period_of(&self, day: Day) -> Period {
        let period = match self.scheme {
            PeriodScheme::CalendarMonths { start_month } => {
                let months = i32::from(start_month) - 1;
                let since = day.year() * 12 + day.month0().cast_signed() - months;
                let number = u8::try_from(since.rem_euclid(12)).unwrap_or(0) + 1;
                Period { year: since.div_euclid(12) + i32::from(months > 0) - self.label_shift(), number }
            }
            PeriodScheme::Weeks { pattern, year_end } => {
                let ends = (day.year() - 1..=day.year() + 1).find(|&year| day <= year_end.in_year(year)).unwrap_or(day.year());
                let weeks = (day - first_day_after(year_end.in_year(ends - 1))).num_days().div_euclid(7);
                Period { year: ends - self.label_shift(), number: pattern.period_of_week(weeks) }
            }
        };
        self.held(period)
    }

    /// The first day of a period; a period that does not exist counts as the nearest of its year that does.
    #[must_use]
    pub fn start(&self, period: Period) -> Day {
        let period = self.held(period);
        let ends = period.year + self.label_shift();
        match self.scheme {
            PeriodScheme::CalendarMonths { start_month } => {
                let year = if start_month == 1 { ends } else { ends - 1 };
                let start = NaiveDate::from_ymd_opt(year, u32::from(start_month), 1).unwrap_or_default();
                start.checked_add_months(Months::new(u32::from(period.number) - 1)).unwrap_or(start)
            }
            PeriodScheme::Weeks { pattern, year_end } => {
                let start = first_day_after(year_end.in_year(ends - 1));
                start.checked_add_days(Days::new(7 * pattern.weeks_before(period.number))).unwrap_or(start)
            }
        }
    }

    /// The last day of a period.
    #[must_use]
    pub fn end(&self, period: Period) -> Day {
        let period = self.held(period);
        let after = match (self.scheme, period.number) {
            (PeriodScheme::Weeks { year_end, .. }, PERIODS_PER_YEAR) => {
                return year_end.in_year(period.year + self.label_shift());
            }
            (PeriodScheme::CalendarMonths { .. }, _) => self.start(period).checked_add_months(Months::new(1)),
            (PeriodScheme::Weeks { .. }, _) => Some(self.start(Period { number: period.number + 1, ..period })),
        };
        after.and_then(|day| day.pred_opt()).unwrap_or(NaiveDate::MAX)
    }

    /// The period after; the last one of all is its own.
    #[must_use]
    pub fn next(&self, period: Period) -> Period {
        self.moved(period, 1)
    }

    /// The period before; the first one of all is its own.
    #[must_use]
    pub fn prev(&self, period: Period) -> Period {
        self.moved(period, -1)
    }

    /// The period a number of periods after (before, where negative), held inside the years 1 to 9999.
    #[must_use]
    pub fn moved(&self, period: Period, periods: i32) -> Period {
        let index = i64::from(period.year) * 12 + i64::from(period.number) - 1 + i64::from(periods);
        let year = index.div_euclid(12).clamp(i64::from(FIRST_YEAR) - 1, i64::from(LAST_YEAR) + 1);
        let number = u8::try_from(index.rem_euclid(12)).unwrap_or(0) + 1;
        self.held(Period { year: i32::try_from(year).unwrap_or(FIRST_YEAR), number })
    }

    /// How many periods lie from one to another: 1 from a period to the next.
    #[must_use]
    pub fn periods_between(&self, from: Period, to: Period) -> i64 {
        let index = |period: Period| i64::from(period.year) * 12 + i64::from(period.number);
        index(to) - index(from)
    }

    /// How many periods a year has: 12, in every scheme.
    #[must_use]
    pub const fn periods_in_year(&self, _year: i32) -> u8 {
        PERIODS_PER_YEAR
    }

    /// The periods of a year up to and with this one.
    #[must_use]
    pub fn year_to_date(&self, period: Period) -> Vec<Period> {
        (1..=period.number.min(PERIODS_PER_YEAR)).map(|number| Period { number, ..period }).collect()
    }

    /// The periods from one to another, both included; none where the second lies before the first.
    #[must_use]
    pub fn range(&self, from: Period, to: Period) -> Vec<Period> {
        let count = self.periods_between(from, to) + 1;
        (0..count).map_while(|step| i32::try_from(step).ok()).map(|step| self.moved(from, step)).collect()
    }

    /// Whole weeks in a period of a week-based year; none in calendar months.
    #[must_use]
    pub fn weeks_in(&self, period: Period) -> Option<i64> {
        let days = (self.end(period) - self.start(period)).num_days() + 1;
        matches!(self.scheme, PeriodScheme::Weeks { .. }).then_some(days / 7)
    }

    /// True where there is such a period.
    #[must_use]
    pub fn is_valid(&self, period: Period) -> bool {
        self.held(period) == period
    }

    /// What a person calls the period: `Oct 2026` for months, `FY2027-P07 (4 w)` for weeks.
    #[must_use]
    pub fn label(&self, period: Period) -> String {
        match self.weeks_in(period) {
            None => self.start(period).format("%b %Y").to_string(),
            Some(weeks) => format!("{period} ({weeks} w)"),
        }
    }

    /// What to take from the calendar year in which a fiscal year ends, to get its label.
    fn label_shift(&self) -> i32 {
        let ends_with_december = match self.scheme {
            PeriodScheme::CalendarMonths { start_month } => start_month == 1,
            PeriodScheme::Weeks { year_end, .. } => year_end.month == 12,
        };
        i32::from(self.label == YearLabel::Start && !ends_with_december)
    }

    /// The period itself, or the nearest that exists.
    fn held(&self, period: Period) -> Period {
        if period.year < FIRST_YEAR {
            return Period { year: FIRST_YEAR, number: 1 };
        }
        if period.year > LAST_YEAR {
            return Period { year: LAST_YEAR, number: PERIODS_PER_YEAR };
        }
        Period { number: period.number.clamp(1, self.periods_in_year(period.year)), ..period }
    }
}

fn first_day_after(day: Day) -> Day {
    day.succ_opt().unwrap_or(day)
}

#[cfg(test)]
mod tests;
