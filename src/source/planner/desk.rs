//! What the readers of planners' files share: records with named fields, their values, and findings at their lines.

use crate::base::day::{Day, Moment};
use crate::base::finding::{Code, Finding, Findings};
use crate::base::origin::{Origin, RowPlace, RowPlaces, SheetName};
use crate::source::codes;
use crate::source::limits::Limits;
use chrono::{NaiveDate, NaiveTime};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Years that a plan speaks of; anything else is a slip or damage.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;
/// The longest duration that is believed, in hours: 1,000 years.
const LONGEST_HOURS: i64 = 8_766_000;
/// The largest number that is believed, either way: a million thousand millions.
const LARGEST: i64 = 1_000_000_000_000_000;
/// Characters of a value that a finding repeats.
const SHOWN: usize = 80;

/// A record of a planner's file.
pub(super) trait Record {
    /// A field's text; none where it is empty or missing.
    fn get(&self, field: &'static str) -> Option<&str>;
    /// Where the record stands.
    fn place(&self) -> RowPlace;
}

/// A pair of words: what the file says, and what the plan's tables say.
pub(super) type Words = [(&'static str, &'static str)];

/// Collects findings, each at its line.
pub(super) struct Desk<'a> {
    file: &'a str,
    /// The limits of reading.
    pub limits: &'a Limits,
    findings: Findings,
    counts: BTreeMap<&'static str, (Code, usize)>,
    sheets: BTreeMap<String, Arc<SheetName>>,
}

impl<'a> Desk<'a> {
    pub const fn new(file: &'a str, limits: &'a Limits) -> Self {
        Self { file, limits, findings: Findings::new(), counts: BTreeMap::new(), sheets: BTreeMap::new() }
    }

    /// The file's name.
    pub const fn file(&self) -> &'a str {
        self.file
    }

    /// A finding at a line of a table, or of elements of a kind.
    pub fn at_line(&mut self, code: Code, part: &str, line: u32) -> Finding {
        let name = || Arc::new(SheetName { rows: RowPlaces::Lines, ..SheetName::new(self.file, part) });
        let sheet = self.sheets.entry(part.to_string()).or_insert_with(name);
        code.at(Origin::row(sheet, line.saturating_sub(1)))
    }

    /// A finding at a record.
    pub fn at(&mut self, code: Code, place: &RowPlace) -> Finding {
        match place {
            RowPlace::Line { table, line } => self.at_line(code, table, *line),
            RowPlace::Element { name, line } => {
                let kind = name.split(' ').next().unwrap_or(name);
                self.at_line(code, kind, *line)
            }
        }
    }

    /// A finding of the file as a whole.
    pub fn at_file(&self, code: Code) -> Finding {
        code.at(Origin::file(self.file))
    }

    /// Keeps a finding; beyond the limit of its kind it is only counted.
    pub fn say(&mut self, finding: Finding) {
        let count = &mut self.counts.entry(finding.code.id).or_insert((finding.code, 0)).1;
        *count += 1;
        if *count <= self.limits.plan_findings {
            self.findings.push(finding);
        }
    }

    /// All findings, with what was only counted.
    pub fn finish(mut self) -> Findings {
        let limit = self.limits.plan_findings;
        for (code, count) in self.counts.values().filter(|(_, count)| *count > limit) {
            let found = format!("{} more of {} ({})", count - limit, code.id, code.title);
            let hint = "Mend the first ones and read the file again.";
            self.findings.push(codes::PLAN_MORE.at(Origin::file(self.file)).found(found).hint(hint));
        }
        self.findings
    }

    /// A date and time.
    pub fn moment(&mut self, record: &dyn Record, field: &'static str) -> Option<Moment> {
        let text = record.get(field)?;
        let found = moment(text);
        if found.is_none() {
            self.bad_value(record, field, text, "a date such as 2026-10-31 17:00, between 1900 and 2200");
        }
        found
    }

    /// A finish: midnight is the end of the day before, which is written as that day without a time.
    pub fn finish_moment(&mut self, record: &dyn Record, field: &'static str) -> Option<Moment> {
        self.moment(record, field).map(finish_of)
    }

    /// A number of hours, in minutes.
    pub fn hours(&mut self, record: &dyn Record, field: &'static str) -> Option<i64> {
        let text = record.get(field)?;
        let minutes = number(text)
            .filter(|hours| hours.abs() <= Decimal::from(LONGEST_HOURS))
            .and_then(|hours| crate::base::number::round(hours * Decimal::from(60), 0).to_i64());
        if minutes.is_none() {
            self.bad_value(record, field, text, "a number of hours");
        }
        minutes
    }

    /// A number.
    pub fn number(&mut self, record: &dyn Record, field: &'static str) -> Option<Decimal> {
        let text = record.get(field)?;
        let found = number(text);
        if found.is_none() {
            self.bad_value(record, field, text, "a number");
        }
        found
    }

    /// The word that stands for the file's own; none, and a finding, where it is not known. A word that stands for nothing
    /// is known and means none.
    pub fn word(&mut self, record: &dyn Record, field: &'static str, words: &Words) -> Option<&'static str> {
        let text = record.get(field)?;
        if let Some((_, ours)) = words.iter().find(|(theirs, _)| theirs.eq_ignore_ascii_case(text)) {
            return Some(*ours).filter(|ours| !ours.is_empty());
        }
        let known: Vec<&str> = words.iter().map(|(theirs, _)| *theirs).collect();
        let finding = self.at(codes::PLAN_WORD, &record.place());
        let finding = finding.found(format!("{field} {}", excerpt(text))).expected(format!("one of {}", known.join(", ")));
        self.say(finding.hint("Check what the field means for this record; it counts as empty."));
        None
    }

    /// A constraint with the date that it needs; none, and a finding, where that is missing.
    pub fn dated(
        &mut self,
        record: &dyn Record,
        word: &'static str,
        at: Option<Moment>,
    ) -> Option<(&'static str, Option<Moment>)> {
        if word == "as late as possible" {
            return Some((word, None));
        }
        if at.is_none() {
            let finding = self.at(codes::PLAN_VALUE, &record.place()).found(format!("{word}, without a date"));
            self.say(finding.expected("the date of the constraint").hint("It is left out until it has one."));
        }
        at.map(|at| (word, Some(at)))
    }

    /// Yes or no.
    pub fn flag(&mut self, record: &dyn Record, field: &'static str) -> Option<bool> {
        let word =
            self.word(record, field, &[("Y", "yes"), ("N", "no"), ("1", "yes"), ("0", "no"), ("true", "yes"), ("false", "no")])?;
        Some(word == "yes")
    }

    /// A value that cannot be read.
    pub fn bad_value(&mut self, record: &dyn Record, field: &str, text: &str, expected: &str) {
        let finding = self.at(codes::PLAN_VALUE, &record.place()).found(format!("{field} {}", excerpt(text)));
        self.say(
            finding.expected(expected).hint("Correct it in the planner's program and export again; it is left out until then."),
        );
    }
}

/// The beginning of a text, for a finding.
pub(super) fn excerpt(text: &str) -> String {
    if text.chars().count() <= SHOWN { text.to_string() } else { text.chars().take(SHOWN).chain(['…']).collect() }
}

/// `2025-11-21 17:00`, `2025-11-21T17:00:00`, `2025-11-21`; seconds are rounded to the minute.
pub(super) fn moment(text: &str) -> Option<Moment> {
    let (date, time) = match text.trim().split_once(['T', ' ']) {
        Some((date, time)) => (date, Some(time.trim())),
        None => (text.trim(), None),
    };
    let day = day(date)?;
    let time = match time {
        Some(time) => clock(time)?,
        None => NaiveTime::MIN,
    };
    Some(Moment::from_datetime(day.and_time(time)))
}

/// `2025-11-21`, within the years of a plan.
pub(super) fn day(text: &str) -> Option<Day> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if parts.next().is_some() || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
        return None;
    }
    let year: i32 = year.parse().ok()?;
    YEARS.contains(&year).then(|| NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?)).flatten()
}

/// `17:00`, `17:00:00`, `17:00:00.000Z`; a zone is passed over, since plans are written in local time.
fn clock(text: &str) -> Option<NaiveTime> {
    let text = text.split(['.', 'Z', '+']).next()?;
    let mut parts = text.split(':').map(|part| part.trim().parse::<u32>());
    let (hour, minute) = (parts.next()?.ok()?, parts.next()?.ok()?);
    let second = parts.next().transpose().ok()?.unwrap_or(0);
    NaiveTime::from_hms_opt(hour, minute, second)
}

/// Minutes of the day of `08:00` or `08:00:00`; `24:00` is the end of the day.
pub(super) fn minute_of_day(text: &str) -> Option<u16> {
    let mut parts = text.trim().split(':');
    let (hour, minute) = (parts.next()?.parse::<u16>().ok()?, parts.next()?.parse::<u16>().ok()?);
    (minute < 60 && hour <= 24 && hour * 60 + minute <= 24 * 60).then(|| hour * 60 + minute)
}

/// A number with a decimal point, or with a decimal comma where there is no point.
pub(super) fn number(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let plain = if text.contains('.') { text.to_string() } else { text.replace(',', ".") };
    let number: Decimal = plain.parse().ok().or_else(|| Decimal::from_scientific(&plain).ok())?;
    (number.abs() <= Decimal::from(LARGEST)).then_some(number)
}

/// A finish at midnight is the end of the day before, written as that day without a time.
pub(super) fn finish_of(at: Moment) -> Moment {
    if at.is_date_only() { Moment::start_of(at.finish_day()) } else { at }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_numbers_are_read_as_exports_write_them() {
        for (text, shown) in [
            ("2025-11-21 17:00", Some("2025-11-21 17:00")),
            ("2025-11-21T17:00:31", Some("2025-11-21 17:01")),
            ("2025-11-21", Some("2025-11-21")),
            ("2025-11-21T00:00:00", Some("2025-11-21")),
            ("2025-02-30 08:00", None),
            ("20251121", None),
            ("2025-11-21 25:00", None),
            ("9999-01-01", None),
            ("2025-1é-21", None),
        ] {
            assert_eq!(moment(text).map(|at| at.to_string()).as_deref(), shown, "{text}");
        }
        assert_eq!(
            (number("1.5"), number("1,5"), number("1.0E2")),
            (number("1.50"), Some(Decimal::new(15, 1)), Some(Decimal::from(100)))
        );
        assert_eq!((number("x"), minute_of_day("24:00"), minute_of_day("24:01")), (None, Some(1440), None));
        assert_eq!(finish_of(moment("2025-11-21 00:00").expect("a date")).to_string(), "2025-11-20");
    }
}
