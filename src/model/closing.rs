//! When a period closes: a number of working days after its end.

use crate::base::calendar::WorkCalendar;
use crate::base::day::Day;
use crate::base::period::Period;
use crate::model::settings::Settings;
use chrono::Days;

/// The longest run of days without work that is stepped over; a calendar that works less often closes by calendar days.
const LONGEST_REST: u64 = 366;

/// The day on which a period closes, by the settings' number of working days on a calendar.
#[must_use]
pub fn closing_day(settings: &Settings, calendar: &WorkCalendar, period: Period) -> Day {
    let next = |day: Day| {
        let after = |step| day.checked_add_days(Days::new(step));
        let working = (1..=LONGEST_REST).find_map(|step| after(step).filter(|next| calendar.is_working_day(*next)));
        working.or_else(|| after(1)).unwrap_or(day)
    };
    (0..settings.finance.closes_after_days).fold(settings.fiscal.end(period), |day, _| next(day))
}
