//! A plan as planners' programs keep it: what their files have in common, typed, with the place of every record.
//!
//! Records name one another by the keys of their file; ids and codes that people see come beside them. What each field
//! means is what the column of the plan's tables with its name means.

use crate::base::day::{Day, Moment};
use crate::base::origin::RowPlace;
use rust_decimal::Decimal;

/// A record's key in its file.
pub(super) type Key = String;

/// Working intervals of a day, in minutes, half-open.
pub(super) type Hours = Vec<(u16, u16)>;

/// Everything that one file says.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub projects: Vec<Project>,
    pub calendars: Vec<Calendar>,
    pub resources: Vec<Resource>,
    pub rates: Vec<Rate>,
    pub activities: Vec<Activity>,
    pub links: Vec<Link>,
    pub assignments: Vec<Assignment>,
    pub baselines: Vec<Baseline>,
}

/// A project, which is an initiative here.
#[derive(Clone, Debug)]
pub(super) struct Project {
    pub key: Key,
    /// Its code, which becomes the initiative's id.
    pub code: String,
    /// Options of scheduling and facts of the project: name and value.
    pub options: Vec<(&'static str, String)>,
    /// Its own calendar.
    pub calendar: Option<Key>,
    pub place: RowPlace,
}

/// A calendar.
#[derive(Clone, Debug)]
pub(super) struct Calendar {
    pub key: Key,
    pub name: String,
    pub base: Option<Key>,
    /// Monday to Sunday; none where nothing is said.
    pub week: [Option<Hours>; 7],
    pub minutes_per_day: Option<i64>,
    pub exceptions: Vec<Exception>,
    pub place: RowPlace,
}

/// Dates on which a calendar does not follow its week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Exception {
    pub from: Day,
    pub to: Day,
    pub hours: Hours,
    pub name: String,
}

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Length {
    /// Minutes of working time.
    Working(i64),
    /// Minutes on the clock.
    Elapsed(i64),
    /// A share of the predecessor's duration, in percent.
    Percent(Decimal),
}

impl Length {
    /// As a cell of the plan's tables says it, to the minute: `80h`, `1h 30min`, `24eh`, `-50%`.
    pub fn text(self) -> String {
        let (minutes, e) = match self {
            Self::Percent(percent) => return format!("{}%", percent.normalize()),
            Self::Working(minutes) => (minutes, ""),
            Self::Elapsed(minutes) => (minutes, "e"),
        };
        let sign = if minutes < 0 { "-" } else { "" };
        let (hours, rest) = (minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60);
        match (hours, rest) {
            (hours, 0) => format!("{sign}{hours}{e}h"),
            (0, rest) => format!("{sign}{rest}{e}min"),
            (hours, rest) => format!("{sign}{hours}{e}h {rest}{e}min"),
        }
    }

    /// True for no time at all.
    pub fn is_zero(self) -> bool {
        match self {
            Self::Working(minutes) | Self::Elapsed(minutes) => minutes == 0,
            Self::Percent(percent) => percent.is_zero(),
        }
    }
}

/// A date constraint: the word of the plan's tables, and its date.
pub(super) type Constraint = (&'static str, Option<Moment>);

/// An activity, a milestone, a hammock or a summary row.
#[derive(Clone, Debug)]
pub(super) struct Activity {
    pub key: Key,
    pub project: Key,
    pub id: String,
    pub wbs: String,
    pub name: String,
    pub kind: &'static str,
    pub duration: Length,
    pub calendar: Option<Key>,
    pub basis: Option<&'static str>,
    pub is_manual: bool,
    pub constraint: Option<Constraint>,
    pub secondary: Option<Constraint>,
    pub expected_finish: Option<Moment>,
    pub external_early_start: Option<Moment>,
    pub external_late_finish: Option<Moment>,
    pub deadline: Option<Moment>,
    pub actual_start: Option<Moment>,
    pub actual_finish: Option<Moment>,
    /// Share done, 0 to 1.
    pub percent: Option<Decimal>,
    pub percent_kind: Option<&'static str>,
    pub remaining: Option<Length>,
    pub resume: Option<Moment>,
    pub fixed_cost: Option<Decimal>,
    pub accrual: Option<&'static str>,
    pub priority: Option<i64>,
    /// Who answers for it.
    pub owner: Option<String>,
    pub place: RowPlace,
}

impl Activity {
    /// An activity of which nothing more is known.
    pub fn new(key: Key, project: Key, id: String, place: RowPlace) -> Self {
        Self {
            key,
            project,
            id,
            wbs: String::new(),
            name: String::new(),
            kind: "task",
            duration: Length::Working(0),
            calendar: None,
            basis: None,
            is_manual: false,
            constraint: None,
            secondary: None,
            expected_finish: None,
            external_early_start: None,
            external_late_finish: None,
            deadline: None,
            actual_start: None,
            actual_finish: None,
            percent: None,
            percent_kind: None,
            remaining: None,
            resume: None,
            fixed_cost: None,
            accrual: None,
            priority: None,
            owner: None,
            place,
        }
    }
}

/// A link.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub predecessor: Key,
    pub successor: Key,
    /// `FS`, `SS`, `FF` or `SF`.
    pub kind: &'static str,
    pub lag: Length,
    pub place: RowPlace,
}

/// A resource.
#[derive(Clone, Debug)]
pub(super) struct Resource {
    pub key: Key,
    /// Its code where the file has one that is known beyond it.
    pub code: Option<String>,
    pub name: String,
    pub kind: &'static str,
    pub role: Option<String>,
    pub team: Option<String>,
    pub calendar: Option<Key>,
    pub capacity: Option<Decimal>,
    pub is_consumable: bool,
    pub place: RowPlace,
}

/// A resource's rate.
#[derive(Clone, Debug)]
pub(super) struct Rate {
    pub resource: Key,
    pub from: Day,
    pub amount: Decimal,
    pub unit: &'static str,
    pub per_use: Option<Decimal>,
    pub place: RowPlace,
}

/// An assignment. Work in minutes.
#[derive(Clone, Debug)]
pub(super) struct Assignment {
    pub activity: Key,
    pub resource: Option<Key>,
    pub role: Option<String>,
    pub units: Option<Decimal>,
    pub work: Option<i64>,
    pub fixed_cost: Option<Decimal>,
    pub profile: Option<&'static str>,
    pub place: RowPlace,
}

/// One activity of a named baseline. Work in minutes.
#[derive(Clone, Debug)]
pub(super) struct Baseline {
    pub name: String,
    pub activity: Key,
    pub start: Option<Moment>,
    pub finish: Option<Moment>,
    pub cost: Option<Decimal>,
    pub work: Option<i64>,
    pub place: RowPlace,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::calendar::WorkCalendar;
    use crate::base::span::Span;

    #[test]
    fn a_length_reads_back_to_the_minute() {
        let calendar = WorkCalendar::standard();
        for minutes in [0, 1, 59, 60, 61, 480, 4_830, -90, 12_345] {
            for length in [Length::Working(minutes), Length::Elapsed(minutes)] {
                let span = Span::parse(&length.text(), None).expect("a span");
                assert_eq!(span.minutes(&calendar), Some(minutes), "{}", length.text());
                assert_eq!(span.is_elapsed(), matches!(length, Length::Elapsed(_)));
            }
        }
        let share = Span::parse(&Length::Percent(Decimal::new(-505, 1)).text(), None).expect("a share");
        assert_eq!(share.percent(), Some(Decimal::new(-505, 3)));
    }
}
