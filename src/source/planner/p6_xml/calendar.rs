//! The working time of a P6 calendar in XML.
//!
//! P6 writes the last minute of a stretch, not its end: 08:00 to 11:59 is worked until 12:00. A finish on a round minute was
//! written by another program and is taken as it stands.

use crate::source::codes;
use crate::source::planner::desk::{Desk, Record as _, day, excerpt, minute_of_day};
use crate::source::planner::plan::{Calendar, Exception, Hours};
use crate::source::planner::xml::{Element, Fields};

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The calendar of a Calendar element.
pub fn calendar(fields: &Fields<'_>, desk: &mut Desk<'_>) -> Calendar {
    let mut calendar = Calendar {
        key: fields.get("clndr_id").unwrap_or_default().to_string(),
        name: fields.get("clndr_name").unwrap_or_default().to_string(),
        base: fields.get("base_clndr_id").map(String::from),
        week: Default::default(),
        minutes_per_day: desk.hours(fields, "day_hr_cnt").filter(|minutes| (6..=1_440).contains(minutes)),
        exceptions: Vec::new(),
        place: fields.place(),
    };
    fields.uses("StandardWorkWeek");
    fields.uses("HolidayOrExceptions");
    let element = fields.element;
    for part in element.child("StandardWorkWeek").into_iter().flat_map(|week| week.all("StandardWorkHours")) {
        let name = part.get("DayOfWeek").unwrap_or_default();
        match DAYS.iter().position(|day| *day == name) {
            Some(weekday) => calendar.week[weekday] = Some(hours(part, desk)),
            None => bad(part, &format!("the weekday {}", excerpt(name)), desk),
        }
    }
    let exceptions: Vec<&Element> =
        element.child("HolidayOrExceptions").into_iter().flat_map(|list| list.all("HolidayOrException")).collect();
    let limit = desk.limits.calendar_dates;
    if exceptions.len() > limit {
        bad(element, &format!("{} exceptions; at most {limit} (calendar_dates) are read", exceptions.len()), desk);
    }
    for part in exceptions.into_iter().take(limit) {
        let text = part.get("Date").unwrap_or_default();
        match day(text.split('T').next().unwrap_or_default()) {
            Some(date) => {
                calendar.exceptions.push(Exception { from: date, to: date, hours: hours(part, desk), name: String::new() });
            }
            None => bad(part, &format!("an exception of the date {}", excerpt(text)), desk),
        }
    }
    calendar
}

fn bad(element: &Element, found: &str, desk: &mut Desk<'_>) {
    let finding = desk.at_line(codes::PLAN_CALENDAR, "Calendar", element.line).found(found);
    desk.say(
        finding
            .expected("weekdays and dates with hours such as 08:00 to 17:00")
            .hint("Check the calendar in P6 and export again."),
    );
}

fn hours(day: &Element, desk: &mut Desk<'_>) -> Hours {
    let mut hours = Hours::new();
    for part in day.all("WorkTime").filter(|part| !part.children.is_empty()) {
        let (start, finish) = (part.get("Start").unwrap_or_default(), part.get("Finish").unwrap_or_default());
        match (minute_of_day(start), minute_of_day(finish).map(end)) {
            (Some(from), Some(to)) if from < to => hours.push((from, to)),
            _ => bad(part, &format!("hours {} to {}", excerpt(start), excerpt(finish)), desk),
        }
    }
    hours.sort_unstable();
    hours
}

/// The end of a stretch whose last minute is given.
const fn end(last: u16) -> u16 {
    if last == 0 {
        1_440
    } else if last % 5 == 4 {
        last + 1
    } else {
        last
    }
}
