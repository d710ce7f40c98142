//! The lag of a link outside the passes: its calendar and its minutes, to walk from one end's date to the other's.

use crate::analysis::schedule::{Schedule, calendar_of};
use crate::base::calendar::WorkCalendar;
use crate::base::day::Moment;
use crate::base::number;
use crate::model::activity::{Dependency, LagCalendar};
use crate::model::portfolio::Portfolio;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use std::sync::Arc;

/// The lag of a link.
#[derive(Clone, Debug)]
pub struct Lags {
    calendar: Arc<WorkCalendar>,
    minutes: i64,
}

impl Lags {
    /// The lag of a link, on the calendar that the link, else the successor's initiative, chooses.
    #[must_use]
    pub fn of(portfolio: &Portfolio, schedule: &Schedule, link: &Dependency) -> Self {
        let (from, to) = (portfolio.activity(link.predecessor), portfolio.activity(link.successor));
        let position = portfolio.initiatives.iter().position(|initiative| initiative.id == to.key.initiative);
        let of_initiative = || {
            let options = position.and_then(|position| portfolio.schedule_options.get(position));
            options.unwrap_or(&portfolio.settings.schedule).lag_calendar
        };
        let round_the_clock = || Arc::new(WorkCalendar::round_the_clock());
        let calendar = match link.lag_calendar.unwrap_or_else(of_initiative) {
            _ if link.lag.is_elapsed() => round_the_clock(),
            LagCalendar::Predecessor => calendar_of(portfolio, from),
            LagCalendar::Successor => calendar_of(portfolio, to),
            LagCalendar::Project => Arc::clone(portfolio.project_calendar(position.unwrap_or(usize::MAX))),
            LagCalendar::RoundTheClock => round_the_clock(),
        };
        let share_of = |share: Decimal| {
            let minutes = share.checked_mul(Decimal::from(schedule.activity(link.predecessor).duration)).unwrap_or_default();
            number::round(minutes, 0).to_i64().unwrap_or(0)
        };
        let minutes = link.lag.percent().map_or_else(|| link.lag.minutes(&calendar).unwrap_or(0), share_of);
        Self { calendar, minutes }
    }

    /// The moment that lies the lag after another.
    #[must_use]
    pub fn after(&self, at: Moment) -> Moment {
        self.calendar.add(at, self.minutes)
    }

    /// The moment that lies the lag before another.
    #[must_use]
    pub fn before(&self, at: Moment) -> Moment {
        self.calendar.sub(at, self.minutes)
    }
}
