//! Days and moments. A [`Day`] is a calendar date; a [`Moment`] is a minute on the clock, with no time zone: workbooks
//! hold local wall-clock times and so do we.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use std::fmt;

/// A calendar date.
pub type Day = NaiveDate;

/// Minutes in a day.
pub const MINUTES_PER_DAY: i64 = 24 * 60;

/// A minute on the clock: whole minutes since 1970-01-01 00:00, local wall-clock time.
///
/// A moment at 00:00 that came from an input cell means "this date, no time given".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

impl Moment {
    /// The moment of a date and a clock time; seconds are rounded to the nearest minute.
    #[must_use]
    pub fn from_datetime(at: NaiveDateTime) -> Self {
        let day_minutes = days_since_epoch(at.date()) * MINUTES_PER_DAY;
        let seconds = i64::from(at.num_seconds_from_midnight());
        Self(day_minutes + (seconds + 30) / 60)
    }

    /// 00:00 at the start of a day.
    #[must_use]
    pub fn start_of(day: Day) -> Self {
        Self(days_since_epoch(day) * MINUTES_PER_DAY)
    }

    /// 24:00 at the end of a day, which is 00:00 of the next.
    #[must_use]
    pub fn end_of(day: Day) -> Self {
        Self::start_of(day).plus(MINUTES_PER_DAY)
    }

    /// A given hour and minute of a day.
    #[must_use]
    pub fn at(day: Day, hour: u32, minute: u32) -> Self {
        Self::start_of(day).plus(i64::from(hour) * 60 + i64::from(minute))
    }

    /// This moment moved by a number of minutes.
    #[must_use]
    pub const fn plus(self, minutes: i64) -> Self {
        Self(self.0 + minutes)
    }

    /// The date on which the moment lies.
    #[must_use]
    pub fn day(self) -> Day {
        day_from_epoch(self.0.div_euclid(MINUTES_PER_DAY))
    }

    /// The date on which work that ends at this moment ends: 00:00 belongs to the day before.
    #[must_use]
    pub fn finish_day(self) -> Day {
        self.plus(-1).day()
    }

    /// The date that a limit such as a deadline names: at 00:00 that date itself, since no time was given; else the date on
    /// which work that ends then ends.
    #[must_use]
    pub fn given_day(self) -> Day {
        if self.is_date_only() { self.day() } else { self.finish_day() }
    }

    /// Minutes since the day's 00:00.
    #[must_use]
    pub const fn minute_of_day(self) -> i64 {
        self.0.rem_euclid(MINUTES_PER_DAY)
    }

    /// True at 00:00: from an input cell, a date without a time.
    #[must_use]
    pub const fn is_date_only(self) -> bool {
        self.minute_of_day() == 0
    }

    /// The date and time as chrono's type.
    #[must_use]
    pub fn datetime(self) -> NaiveDateTime {
        let minute = u32::try_from(self.minute_of_day()).unwrap_or(0);
        let time = NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0).unwrap_or(NaiveTime::MIN);
        self.day().and_time(time)
    }

    /// The moment of an Excel 1900-system serial, to the nearest minute; serials beyond any calendar are held at its ends.
    #[must_use]
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "bounded to the serials of Excel's dates")]
    pub fn of_excel_serial(serial: f64) -> Self {
        const EPOCH_SERIAL: f64 = 25_569.0;
        const LAST: f64 = 2_958_466.0;
        Self(((serial.clamp(-LAST, LAST) - EPOCH_SERIAL) * MINUTES_PER_DAY as f64).round() as i64)
    }

    /// The Excel 1900-system serial of this moment (days since 1899-12-30, with the time as the fraction).
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "minutes of any calendar date are far below 2^52")]
    pub fn excel_serial(self) -> f64 {
        const EPOCH_SERIAL: f64 = 25_569.0;
        EPOCH_SERIAL + self.0 as f64 / MINUTES_PER_DAY as f64
    }
}

impl fmt::Display for Moment {
    /// `2026-10-31`, or `2026-10-31 17:00` where a time is given.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_date_only() { write!(f, "{}", self.day()) } else { write!(f, "{}", self.datetime().format("%Y-%m-%d %H:%M")) }
    }
}

/// Days from 1970-01-01 to a date.
#[must_use]
pub fn days_since_epoch(day: Day) -> i64 {
    const EPOCH_FROM_CE: i64 = 719_163;
    i64::from(day.num_days_from_ce()) - EPOCH_FROM_CE
}

/// The date that lies a number of days after 1970-01-01, held inside chrono's range.
#[must_use]
pub fn day_from_epoch(days: i64) -> Day {
    const EPOCH_FROM_CE: i64 = 719_163;
    let clamped = (days + EPOCH_FROM_CE).clamp(-90_000_000, 90_000_000);
    let ce = i32::try_from(clamped).unwrap_or(0);
    NaiveDate::from_num_days_from_ce_opt(ce).unwrap_or(if clamped < 0 { NaiveDate::MIN } else { NaiveDate::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_knows_its_day_and_serial() {
        let day = NaiveDate::from_ymd_opt(2006, 4, 17).expect("a date");
        let moment = Moment::at(day, 8, 0);
        assert_eq!(moment.day(), day);
        assert_eq!(moment.to_string(), "2006-04-17 08:00");
        assert!((moment.excel_serial() - (38_824.0 + 8.0 / 24.0)).abs() < 1e-9);
        assert_eq!(Moment::of_excel_serial(moment.excel_serial()), moment);
        assert_eq!(Moment::end_of(day).finish_day(), day);
        assert_eq!([Moment::start_of(day), Moment::at(day, 17, 0)].map(Moment::given_day), [day, day]);
    }

    #[test]
    fn days_before_the_epoch_round_down() {
        let day = NaiveDate::from_ymd_opt(1969, 12, 31).expect("a date");
        assert_eq!(Moment::at(day, 23, 59).day(), day);
        assert_eq!(days_since_epoch(day), -1);
    }
}
