//! When a period closes, and where what comes too late for it belongs.
//!
//! A period closes a number of working days after its end. What is entered later than that, for a period that the settings
//! say is closed, belongs to the first period that was still open on the day it was entered.

use crate::base::calendar::WorkCalendar;
use crate::base::day::Day;
use crate::base::period::Period;
use crate::model::closing::closing_day;
use crate::model::settings::Settings;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The closing of periods.
#[derive(Debug)]
pub(super) struct Closing {
    settings: Settings,
    calendar: Arc<WorkCalendar>,
    known: RefCell<BTreeMap<Period, Day>>,
}

impl Closing {
    pub fn new(settings: &Settings, calendar: &Arc<WorkCalendar>) -> Self {
        Self { settings: settings.clone(), calendar: Arc::clone(calendar), known: RefCell::default() }
    }

    /// True where the settings say that the period is closed.
    pub fn is_closed(&self, period: Period) -> bool {
        self.settings.finance.closed_through.is_some_and(|last| period <= last)
    }

    /// The day on which a period closes: so many working days after its end.
    pub fn day(&self, period: Period) -> Day {
        if let Some(day) = self.known.borrow().get(&period) {
            return *day;
        }
        let day = closing_day(&self.settings, &self.calendar, period);
        self.known.borrow_mut().insert(period, day);
        day
    }

    /// True where something of a period comes after it was closed.
    pub fn is_late(&self, period: Period, entered: Day) -> bool {
        self.is_closed(period) && entered > self.day(period)
    }

    /// The first period after this one that was still open on a day, for what came too late; none where it came in time.
    pub fn put_off(&self, period: Period, entered: Day) -> Option<Period> {
        if !self.is_late(period, entered) {
            return None;
        }
        let mut open = period;
        while self.is_late(open, entered) {
            let next = self.settings.fiscal.next(open);
            if next == open {
                return None;
            }
            open = next;
        }
        Some(open)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::period::FiscalCalendar;
    use crate::model::testing::{day, settings};

    fn closing(through: &str, days: i64) -> Closing {
        let mut settings = settings("2026-12-31");
        settings.finance.closed_through = settings.fiscal.parse(through);
        settings.finance.closes_after_days = days;
        Closing::new(&settings, &Arc::new(WorkCalendar::standard()))
    }

    fn period(text: &str) -> Period {
        FiscalCalendar::default().parse(text).expect("a period")
    }

    #[test]
    fn a_period_closes_working_days_after_its_end() {
        // 30 September 2026 is a Wednesday: Thursday, Friday, Monday, Tuesday, Wednesday. 31 October is a Saturday.
        for (days, of, expected) in [
            (0, "2026-09", "2026-09-30"),
            (1, "2026-09", "2026-10-01"),
            (5, "2026-09", "2026-10-07"),
            (1, "2026-10", "2026-11-02"),
            (5, "2026-10", "2026-11-06"),
        ] {
            assert_eq!(closing("2026-10", days).day(period(of)), day(expected), "{days} days after {of}");
        }
    }

    #[test]
    fn what_comes_late_goes_to_the_first_period_open_that_day() {
        let closing = closing("2026-10", 5);
        for (of, entered, expected) in [
            ("2026-09", "2026-10-07", None),            // on the closing day
            ("2026-09", "2026-10-08", Some("2026-10")), // the day after
            ("2026-09", "2026-11-06", Some("2026-10")), // October's own closing day
            ("2026-09", "2026-11-09", Some("2026-11")), // October is closed too
            ("2026-10", "2026-11-07", Some("2026-11")),
            ("2026-11", "2027-03-01", None), // not closed by the settings, however late
        ] {
            assert_eq!(closing.put_off(period(of), day(entered)), expected.map(period), "{of} entered {entered}");
        }
    }
}
