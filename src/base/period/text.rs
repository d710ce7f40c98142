//! Periods as people write them.

use super::{FiscalCalendar, Period, YearLabel};
use crate::base::day::Day;
use chrono::NaiveDate;

/// Names of the months; a month may be written by its first three letters or more.
const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

impl FiscalCalendar {
    /// Reads a period: `FY2027-P07`, `FY27 P7`, `FY2026/27-P07`; a calendar month such as `Oct 2026`, `October 2026`,
    /// `Oct-26`, `2026-10` or `10/2026`, which is the period that holds the middle of the month; or a date such as
    /// `2026-10-31` or `31 Oct 2026`. None where it is none of them, or names a period that does not exist.
    ///
    /// A date such as 03/04/2026, which two countries read in two ways, is not read.
    #[must_use]
    pub fn parse(&self, text: &str) -> Option<Period> {
        let parts = parts_of(text);
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let period = match parts.as_slice() {
            ["fy", rest @ ..] => return self.fiscal(rest),
            [_, .., "p", _] => return self.fiscal(&parts),
            [year, month, day] if is_year(year) => self.period_of(date(year, month, day)?),
            [day, month, year] if month_named(month).is_some() => self.period_of(date(year, month, day)?),
            [year, month] if is_year(year) => self.period_of(date(year, month, "15")?),
            [month, year] if is_year(year) || month_named(month).is_some() => self.period_of(date(year, month, "15")?),
            _ => return None,
        };
        Some(period)
    }

    /// `2027 p 7`, `27 p 7`, or with both years of a fiscal year, `2026 27 p 7`.
    fn fiscal(&self, parts: &[&str]) -> Option<Period> {
        let (year, number) = match parts {
            [year, "p", number] => (full_year(year)?, number),
            [first, second, "p", number] => {
                let (first, second) = (full_year(first)?, full_year(second)?);
                let year = if self.year_label() == YearLabel::Start { first } else { second };
                ((second == first + 1).then_some(year)?, number)
            }
            _ => return None,
        };
        let period = Period { year, number: number.parse().ok()? };
        self.is_valid(period).then_some(period)
    }
}

/// Runs of letters and runs of digits, in lower case: `FY27 P7` is `fy 27 p 7`.
fn parts_of(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut last = ' ';
    for c in text.trim().to_lowercase().chars() {
        let goes_on = (c.is_alphabetic() && last.is_alphabetic()) || (c.is_ascii_digit() && last.is_ascii_digit());
        match parts.last_mut() {
            Some(part) if goes_on => part.push(c),
            _ if c.is_alphanumeric() => parts.push(c.into()),
            _ if [' ', '-', '/', '.', ','].contains(&c) => {}
            _ => return Vec::new(),
        }
        last = c;
    }
    parts
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.chars().all(|c| c.is_ascii_digit())
}

/// `2027`, or `27` for 2027.
fn full_year(text: &str) -> Option<i32> {
    let number: i32 = text.parse().ok()?;
    match text.len() {
        2 => Some(2000 + number),
        4 => Some(number),
        _ => None,
    }
}

fn date(year: &str, month: &str, day: &str) -> Option<Day> {
    let month = month_named(month).or_else(|| month.parse().ok())?;
    NaiveDate::from_ymd_opt(full_year(year)?, month, day.parse().ok()?)
}

fn month_named(text: &str) -> Option<u32> {
    let matches = |name: &&str| text.len() >= 3 && (name.starts_with(text) || (*name == "september" && text == "sept"));
    let index = MONTHS.iter().position(matches)?;
    u32::try_from(index + 1).ok()
}
