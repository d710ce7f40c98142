//! Calendars as they are given, with inheritance; what can be wrong with one; compiling.

use super::WorkCalendar;
use super::hours::show_hours;
use super::timeline::{self, Hours, Timeline, Week};
use crate::base::day::{self, Day, MINUTES_PER_DAY};
use crate::base::id::CalendarId;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// Names of the weekdays, Monday first.
pub(super) const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Dates on which a calendar does not follow its week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarException {
    /// The first date.
    pub from: Day,
    /// The last date.
    pub to: Day,
    /// Working intervals of each of these dates, in minutes of the day, half-open; empty for days off.
    pub intervals: Vec<(u16, u16)>,
    /// What it is called, such as "Christmas Day".
    pub name: String,
}

/// A calendar as its owner gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarDefinition {
    /// Its id.
    pub id: CalendarId,
    /// Its name.
    pub name: String,
    /// The calendar whose hours and exceptions it takes over where it has none of its own.
    pub base: Option<CalendarId>,
    /// Working intervals of Monday to Sunday, in minutes of the day, half-open. None: as the base calendar (no work where
    /// there is no base). Empty: no work.
    pub weekdays: [Option<Vec<(u16, u16)>>; 7],
    /// Working minutes that count as one day where durations are given in days; none: as the base calendar, or else the
    /// commonest length of a working weekday.
    pub minutes_per_day: Option<i64>,
    /// Exceptions. They go before those of the base calendar; of two on one date, the later in the list holds.
    pub exceptions: Vec<CalendarException>,
}

/// Why a calendar cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalendarProblem {
    /// No calendar has this id.
    Unknown {
        /// The id looked for.
        id: CalendarId,
    },
    /// Its base calendar does not exist.
    UnknownBase {
        /// The calendar.
        id: CalendarId,
        /// The base that it names.
        base: CalendarId,
    },
    /// Base calendars lead back to where they began.
    BaseCycle {
        /// The calendars of the loop, the first one repeated at the end.
        ids: Vec<CalendarId>,
    },
    /// It has no working time at all.
    NoWorkingTime {
        /// The calendar.
        id: CalendarId,
    },
    /// Two intervals of one day overlap.
    Overlap {
        /// The calendar.
        id: CalendarId,
        /// The weekday, or the first date and name of the exception.
        place: String,
        /// The intervals as given.
        hours: String,
    },
    /// An interval ends before it starts, or after midnight.
    BadInterval {
        /// The calendar.
        id: CalendarId,
        /// The weekday, or the first date and name of the exception.
        place: String,
        /// The intervals as given.
        hours: String,
    },
    /// An exception ends before it begins.
    BackwardsException {
        /// The calendar.
        id: CalendarId,
        /// First date.
        from: Day,
        /// Last date.
        to: Day,
    },
    /// The length of a day is not between 1 minute and 24 hours.
    BadDayLength {
        /// The calendar.
        id: CalendarId,
        /// Minutes as given.
        minutes: i64,
    },
}

impl CalendarProblem {
    /// The calendar concerned.
    #[must_use]
    pub fn calendar(&self) -> Option<&CalendarId> {
        match self {
            Self::BaseCycle { ids } => ids.first(),
            Self::Unknown { id }
            | Self::UnknownBase { id, .. }
            | Self::NoWorkingTime { id }
            | Self::Overlap { id, .. }
            | Self::BadInterval { id, .. }
            | Self::BackwardsException { id, .. }
            | Self::BadDayLength { id, .. } => Some(id),
        }
    }
}

impl fmt::Display for CalendarProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { id } => write!(f, "there is no calendar {id}"),
            Self::UnknownBase { id, base } => write!(f, "calendar {id} is based on {base}, which does not exist"),
            Self::BaseCycle { ids } => {
                let chain: Vec<&str> = ids.iter().map(CalendarId::as_str).collect();
                write!(f, "calendars are based on one another in a circle: {}", chain.join(" > "))
            }
            Self::NoWorkingTime { id } => write!(f, "calendar {id} has no working time at all"),
            Self::Overlap { id, place, hours } => write!(f, "calendar {id}, {place}: hours overlap ({hours})"),
            Self::BadInterval { id, place, hours } => {
                write!(f, "calendar {id}, {place}: an interval ends before it starts or after 24:00 ({hours})")
            }
            Self::BackwardsException { id, from, to } => {
                write!(f, "calendar {id}: an exception ends on {to}, before it begins on {from}")
            }
            Self::BadDayLength { id, minutes } => {
                write!(f, "calendar {id}: a day of {minutes} minutes; expected more than 0 and at most 24 hours")
            }
        }
    }
}

impl std::error::Error for CalendarProblem {}

impl WorkCalendar {
    /// Makes the calendar with this id ready for use, with what it takes over from its base calendars.
    ///
    /// # Errors
    /// Any [`CalendarProblem`] of the calendar itself or of one of its bases.
    pub fn compile(definitions: &[CalendarDefinition], id: &CalendarId) -> Result<Self, CalendarProblem> {
        let chain = chain_of_bases(definitions, id)?;
        for definition in &chain {
            check(definition)?;
        }
        let days: [Hours; 7] = std::array::from_fn(|day| {
            let own = chain.iter().find_map(|definition| definition.weekdays[day].clone());
            own.and_then(timeline::tidy).unwrap_or_default()
        });
        let exceptions: Vec<(i64, i64, Hours)> = chain.iter().rev().flat_map(|d| d.exceptions.iter().map(compiled)).collect();
        let week = Week::new(days);
        let minutes_per_day = chain.iter().find_map(|d| d.minutes_per_day).unwrap_or_else(|| commonest_day(&week));
        let timeline = Timeline::new(week, &exceptions);
        if !timeline.has_work() {
            return Err(CalendarProblem::NoWorkingTime { id: id.clone() });
        }
        let name = chain.first().map(|definition| definition.name.clone()).unwrap_or_default();
        Ok(Self { id: id.clone(), name, minutes_per_day, timeline })
    }
}

/// The calendar and its bases, itself first.
fn chain_of_bases<'a>(
    definitions: &'a [CalendarDefinition],
    id: &CalendarId,
) -> Result<Vec<&'a CalendarDefinition>, CalendarProblem> {
    let find = |id: &CalendarId| definitions.iter().find(|definition| definition.id == *id);
    let mut chain = vec![find(id).ok_or_else(|| CalendarProblem::Unknown { id: id.clone() })?];
    while let Some((last, base)) = chain.last().and_then(|last| Some((*last, last.base.as_ref()?))) {
        if let Some(position) = chain.iter().position(|definition| definition.id == *base) {
            let ids = chain[position..].iter().map(|definition| definition.id.clone()).chain([base.clone()]).collect();
            return Err(CalendarProblem::BaseCycle { ids });
        }
        let unknown = || CalendarProblem::UnknownBase { id: last.id.clone(), base: base.clone() };
        chain.push(find(base).ok_or_else(unknown)?);
    }
    Ok(chain)
}

fn check(definition: &CalendarDefinition) -> Result<(), CalendarProblem> {
    let id = &definition.id;
    if let Some(minutes) = definition.minutes_per_day.filter(|minutes| !(1..=MINUTES_PER_DAY).contains(minutes)) {
        return Err(CalendarProblem::BadDayLength { id: id.clone(), minutes });
    }
    for (hours, weekday) in definition.weekdays.iter().zip(WEEKDAYS) {
        check_hours(id, weekday, hours.as_deref().unwrap_or_default())?;
    }
    for exception in &definition.exceptions {
        if exception.to < exception.from {
            return Err(CalendarProblem::BackwardsException { id: id.clone(), from: exception.from, to: exception.to });
        }
        check_hours(id, &format!("{} {}", exception.from, exception.name), &exception.intervals)?;
    }
    Ok(())
}

fn check_hours(id: &CalendarId, place: &str, hours: &[(u16, u16)]) -> Result<(), CalendarProblem> {
    let (id, place, shown) = (id.clone(), place.trim().to_string(), || show_hours(hours));
    if hours.iter().any(|&(from, to)| from >= to || i64::from(to) > MINUTES_PER_DAY) {
        return Err(CalendarProblem::BadInterval { id, place, hours: shown() });
    }
    if timeline::tidy(hours.to_vec()).is_none() {
        return Err(CalendarProblem::Overlap { id, place, hours: shown() });
    }
    Ok(())
}

fn compiled(exception: &CalendarException) -> (i64, i64, Hours) {
    let hours = timeline::tidy(exception.intervals.clone()).unwrap_or_default();
    (day::days_since_epoch(exception.from), day::days_since_epoch(exception.to), hours)
}

/// The commonest length of a working weekday, the longest where lengths tie; eight hours where no weekday works.
fn commonest_day(week: &Week) -> i64 {
    let mut counts: BTreeMap<i64, u32> = BTreeMap::new();
    for hours in week.days().iter().filter(|hours| !hours.is_empty()) {
        *counts.entry(timeline::minutes_of(hours)).or_default() += 1;
    }
    counts.into_iter().max_by_key(|&(length, count)| (count, length)).map_or(8 * 60, |(length, _)| length)
}

/// The calendars of a portfolio, ready for use.
#[derive(Clone, Debug)]
pub struct Calendars {
    by_id: BTreeMap<CalendarId, Arc<WorkCalendar>>,
    default: Arc<WorkCalendar>,
}

impl Calendars {
    /// Makes all calendars ready. One that cannot be used is left out, and the reason returned. The default is the one
    /// named; [`WorkCalendar::standard`] where none is named or the named one cannot be used.
    #[must_use]
    pub fn build(definitions: &[CalendarDefinition], default: Option<&CalendarId>) -> (Self, Vec<CalendarProblem>) {
        let mut calendars = Self::default();
        let mut problems = Vec::new();
        for definition in definitions {
            match WorkCalendar::compile(definitions, &definition.id) {
                Ok(calendar) => drop(calendars.by_id.insert(definition.id.clone(), Arc::new(calendar))),
                Err(problem) => problems.push(problem),
            }
        }
        if let Some(id) = default {
            match calendars.by_id.get(id) {
                Some(calendar) => calendars.default = Arc::clone(calendar),
                None if definitions.iter().any(|definition| definition.id == *id) => {}
                None => problems.push(CalendarProblem::Unknown { id: id.clone() }),
            }
        }
        problems.dedup();
        (calendars, problems)
    }

    /// The calendar with this id.
    #[must_use]
    pub fn get(&self, id: &CalendarId) -> Option<&Arc<WorkCalendar>> {
        self.by_id.get(id)
    }

    /// The calendar with this id, or the default one.
    #[must_use]
    pub fn get_or_default(&self, id: Option<&CalendarId>) -> &Arc<WorkCalendar> {
        id.and_then(|id| self.get(id)).unwrap_or(&self.default)
    }

    /// The calendar for all that names none.
    #[must_use]
    pub fn default_calendar(&self) -> &Arc<WorkCalendar> {
        &self.default
    }

    /// Every calendar, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<WorkCalendar>> {
        self.by_id.values()
    }
}

impl Default for Calendars {
    /// No calendars but the standard one.
    fn default() -> Self {
        Self { by_id: BTreeMap::new(), default: Arc::new(WorkCalendar::standard()) }
    }
}
