//! Dates out of serial numbers and texts.
//!
//! Promises: ISO first; a month in words settles the order; two numbers below 13 leave it open for the column to settle.
//! A trailing `*` or ` A` of a scheduling tool's export is passed over. Months are English.

use crate::base::day::{MINUTES_PER_DAY, days_since_epoch};
use chrono::NaiveDate;

/// Serial numbers of 1899-12-30 and of 1904-01-01 as days since 1970-01-01.
const SERIAL_EPOCH_1900: i64 = -25_569;
const SERIAL_EPOCH_1904: i64 = -24_107;
/// Excel's last day, 9999-12-31.
const LAST_SERIAL: f64 = 2_958_465.0;

/// A date out of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written {
    /// The date, as far as the text settles it.
    pub date: Settled,
    /// Minutes since midnight; 0 where no time is given.
    pub minutes: i64,
    /// The year had two digits.
    pub two_digit_year: bool,
}

/// How far a text settles a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Settled {
    /// This date.
    Date(NaiveDate),
    /// Two numbers of which one is the day and the other the month.
    Numbers { first: u32, second: u32, year: i32 },
}

/// Which of two numbers is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    DayFirst,
    MonthFirst,
    /// Both are below 13 and differ.
    Open,
    /// Both are the same, so the order makes no difference.
    Same,
}

impl Written {
    /// What the text shows about the order of day and month; none where the text has no such pair.
    pub const fn order(&self) -> Option<Order> {
        match self.date {
            Settled::Date(_) => None,
            Settled::Numbers { first, second, .. } if first == second => Some(Order::Same),
            Settled::Numbers { first, .. } if first > 12 => Some(Order::DayFirst),
            Settled::Numbers { second, .. } if second > 12 => Some(Order::MonthFirst),
            Settled::Numbers { .. } => Some(Order::Open),
        }
    }

    /// The date, with the day first or not where the text leaves it open.
    pub fn day(&self, day_first: bool) -> Option<NaiveDate> {
        match self.date {
            Settled::Date(date) => Some(date),
            Settled::Numbers { first, second, year } => {
                let day_first = first > 12 || (second <= 12 && day_first);
                let (day, month) = if day_first { (first, second) } else { (second, first) };
                NaiveDate::from_ymd_opt(year, month, day)
            }
        }
    }
}

/// Days since 1970-01-01 of a serial number; none outside Excel's calendar. A fraction of a minute before midnight
/// belongs to the next day.
pub(super) fn serial_days(serial: f64, date_1904: bool) -> Option<i64> {
    let known = if date_1904 { 0.0..LAST_SERIAL } else { 1.0..LAST_SERIAL + 1.0 };
    if !known.contains(&serial) {
        return None;
    }
    let whole = whole_minutes(serial).div_euclid(MINUTES_PER_DAY);
    // Excel counts 1900-02-29, a day that never was: serials below it are one day late.
    let early = i64::from(!date_1904 && whole < 60);
    Some(whole + early + if date_1904 { SERIAL_EPOCH_1904 } else { SERIAL_EPOCH_1900 })
}

/// Minutes since midnight of a serial number.
pub(super) fn serial_minutes(serial: f64) -> i64 {
    whole_minutes(serial).rem_euclid(MINUTES_PER_DAY)
}

#[expect(clippy::cast_possible_truncation, reason = "serials are checked to lie inside Excel's calendar")]
fn whole_minutes(serial: f64) -> i64 {
    (serial * 1_440.0).round() as i64
}

/// Reads a date, with an optional time.
pub(super) fn read(text: &str) -> Option<Written> {
    let text = text.trim().trim_end_matches('*').trim_end();
    let text = text.strip_suffix(" A").unwrap_or(text);
    if text.len() > 60 {
        return None;
    }
    let (date, minutes) = split_time(text)?;
    let runs = runs(date)?;
    let words: Vec<&str> = runs.iter().map(String::as_str).filter(|run| !is_filler(run)).collect();
    let (date, two_digit_year) = settle(&words)?;
    let settled = Written { date, minutes, two_digit_year };
    (settled.day(true).is_some() || settled.day(false).is_some()).then_some(settled)
}

fn settle(words: &[&str]) -> Option<(Settled, bool)> {
    let fixed = |year: &str, month: u32, day: &str| {
        let (year, short) = year_of(year)?;
        Some((Settled::Date(NaiveDate::from_ymd_opt(year, month, number(day)?)?), short))
    };
    match words {
        [digits] if digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            let month = number(&digits[4..6])?;
            fixed(&digits[..4], month, &digits[6..])
        }
        [year, month, day] if is_year(year) => fixed(year, number(month).or_else(|| month_named(month))?, day),
        [day, month, year] if month_named(month).is_some() => fixed(year, month_named(month)?, day),
        [month, day, year] if month_named(month).is_some() => fixed(year, month_named(month)?, day),
        [first, second, year] => {
            let (year, short) = year_of(year)?;
            let (first, second) = (number(first)?, number(second)?);
            ((1..=31).contains(&first) && (1..=31).contains(&second)).then_some((Settled::Numbers { first, second, year }, short))
        }
        _ => None,
    }
}

/// The date part and the minutes since midnight of a text.
fn split_time(text: &str) -> Option<(&str, i64)> {
    let Some(colon) = text.find(':') else { return Some((text, 0)) };
    let head = &text[..colon];
    let start =
        head.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + head[at..].chars().next().map_or(1, char::len_utf8));
    let mut numbers = text[start..].split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let hour: i64 = numbers.next()?.parse().ok()?;
    let minute: i64 = numbers.next()?.parse().ok()?;
    let lower = text[start..].to_ascii_lowercase();
    let hour = match (lower.contains("am"), lower.contains("pm")) {
        (true, _) => hour % 12,
        (_, true) => hour % 12 + 12,
        _ => hour,
    };
    let date = head[..start].trim_end().trim_end_matches(['T', 't', ',']);
    (hour < 24 && minute < 60 && !date.is_empty()).then_some((date, hour * 60 + minute))
}

/// Runs of letters and of digits, in lower case; none where there is anything else than the usual signs between them.
fn runs(text: &str) -> Option<Vec<String>> {
    let mut out: Vec<String> = Vec::new();
    let mut last = ' ';
    for c in text.to_lowercase().chars() {
        let joins = (c.is_alphabetic() && last.is_alphabetic()) || (c.is_ascii_digit() && last.is_ascii_digit());
        match out.last_mut() {
            Some(run) if joins => run.push(c),
            _ if c.is_alphabetic() || c.is_ascii_digit() => out.push(c.into()),
            _ if matches!(c, ' ' | '\u{a0}' | '-' | '/' | '.' | ',' | '‑') => {}
            _ => return None,
        }
        last = c;
    }
    Some(out)
}

fn is_filler(run: &str) -> bool {
    const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    matches!(run, "st" | "nd" | "rd" | "th" | "of") || (run.len() >= 2 && WEEKDAYS.iter().any(|day| day.starts_with(run)))
}

fn month_named(run: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if run == "sept" {
        return Some(9);
    }
    let at = MONTHS.iter().position(|month| run.len() >= 3 && month.starts_with(run))?;
    u32::try_from(at + 1).ok()
}

fn number(run: &str) -> Option<u32> {
    (run.len() <= 2).then(|| run.parse().ok()).flatten()
}

fn is_year(run: &str) -> bool {
    run.len() == 4 && run.bytes().all(|byte| byte.is_ascii_digit())
}

/// The year, and whether two digits had to be completed: 00 to 79 lie in this century.
fn year_of(run: &str) -> Option<(i32, bool)> {
    let year: i32 = run.parse().ok()?;
    match run.len() {
        4 => Some((year, false)),
        2 => Some((if year < 80 { 2000 + year } else { 1900 + year }, true)),
        _ => None,
    }
}

/// Days since 1970-01-01 as a frame holds them.
pub(super) fn frame_day(day: NaiveDate) -> i32 {
    i32::try_from(days_since_epoch(day)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Option<String> {
        read(text)?.day(true).map(|day| day.to_string())
    }

    #[test]
    fn dates_in_every_dress() {
        let cases = [
            "2026-10-31",
            "2026/10/31",
            "2026.10.31",
            "20261031",
            "31/10/2026",
            "10/31/2026",
            "31.10.2026",
            "31-10-26",
            "31 Oct 2026",
            "31-Oct-26",
            "Oct 31, 2026",
            "31st of October 2026",
            "Saturday, 31 October 2026",
            "Sat 31/10/26",
            "2026-10-31T17:00:00Z",
            "31 Oct 2026 5:00 pm",
            "2026 Oct 31",
            "31-Oct-26 17:00 A",
            "31-Oct-26*",
        ];
        for text in cases {
            assert_eq!(day(text).as_deref(), Some("2026-10-31"), "{text}");
        }
        assert_eq!(read("31 Oct 2026 5:30 pm").map(|date| date.minutes), Some(17 * 60 + 30));
        assert_eq!(read("2026-10-31 12:05 am").map(|date| date.minutes), Some(5));
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "",
            "soon",
            "2026-02-30",
            "32/01/2026",
            "31/31/2026",
            "Q3 2026",
            "2026",
            "10:30",
            "2026-10",
            "1.2",
            "2026-10-31 25:00",
            "31 Oct",
            "5 wks",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn two_small_numbers_leave_the_order_open() {
        assert_eq!(read("03/04/2026").and_then(|date| date.order()), Some(Order::Open));
        assert_eq!(read("13/04/2026").and_then(|date| date.order()), Some(Order::DayFirst));
        assert_eq!(read("04/13/2026").and_then(|date| date.order()), Some(Order::MonthFirst));
        assert_eq!(read("04/04/2026").and_then(|date| date.order()), Some(Order::Same));
        assert_eq!(read("2026-04-03").and_then(|date| date.order()), None);
    }

    #[test]
    fn serials_are_those_of_excel() {
        // Microsoft, "Date systems in Excel": 5 July 1998 is 35981 from 1900 and 34519 from 1904.
        let day =
            |serial, from_1904| serial_days(serial, from_1904).map(crate::base::day::day_from_epoch).map(|day| day.to_string());
        assert_eq!(day(35_981.0, false).as_deref(), Some("1998-07-05"));
        assert_eq!(day(34_519.0, true).as_deref(), Some("1998-07-05"));
        assert_eq!(day(1.0, false).as_deref(), Some("1900-01-01"));
        assert_eq!(day(0.5, false), None);
        assert_eq!(serial_minutes(35_981.708_333_333), 17 * 60);
        assert_eq!(day(35_981.999_999, false).as_deref(), Some("1998-07-06"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in any::<String>()) {
            let _ = read(&text);
        }

        #[test]
        fn any_date_shown_reads_back(days in 0i64..40_000, form in 0usize..5) {
            let day = crate::base::day::day_from_epoch(days);
            let form = ["%Y-%m-%d", "%d %b %Y", "%B %d, %Y", "%d/%m/%Y", "%Y%m%d"][form];
            let text = day.format(form).to_string();
            prop_assert_eq!(read(&text).and_then(|date| date.day(true)), Some(day), "{}", text);
        }

        #[test]
        fn any_serial_is_read_without_a_panic(serial in any::<f64>(), from_1904 in any::<bool>()) {
            let _ = serial_days(serial, from_1904);
            let _ = serial_minutes(serial);
        }
    }
}
