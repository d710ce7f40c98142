//! Working calendars and the data date.

use crate::base::calendar::{CalendarDefinition, CalendarException, CalendarProblem, Calendars, parse_hours};
use crate::base::day::Moment;
use crate::base::id::CalendarId;
use crate::model::build::context::{Context, Names, Register, Unique, flag};
use crate::model::codes;
use crate::table::tables::Row;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use std::collections::BTreeMap;

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The calendars of the portfolio, ready for use, and their register.
pub(super) fn calendars(context: &mut Context<'_>) -> Calendars {
    let rows = context.rows("Calendars");
    let names = Names::of(true, rows.iter().filter_map(|row| row.text("calendar_id")));
    context.registers.insert(Register::Calendars, names);
    let mut exceptions = exceptions(context);
    let mut unique = Unique::new();
    let mut places = BTreeMap::new();
    let mut definitions = Vec::new();
    for row in rows {
        let Some(id) = row.text("calendar_id").map(CalendarId::new) else { continue };
        if unique.admits(context, row, "calendar_id", id.clone()) {
            places.insert(id.clone(), row);
            let own = exceptions.remove(&id).unwrap_or_default();
            definitions.push(definition(context, row, id, own));
        }
    }
    let (calendars, problems) = Calendars::build(&definitions, context.settings.default_calendar.as_ref());
    for problem in problems {
        report(context, &problem, &places);
    }
    calendars
}

/// The calendar that a record names; none, and a finding, where there is no such calendar: the default one is used.
pub(super) fn calendar_of(context: &mut Context<'_>, row: Row<'_>) -> Option<CalendarId> {
    let text = row.text("calendar")?;
    if let Some(id) = context.names(Register::Calendars).and_then(|names| names.find(text)) {
        return Some(CalendarId::new(id));
    }
    let near = context.names(Register::Calendars).and_then(|names| names.hint(text)).unwrap_or_else(|| "correct the id.".into());
    let finding = flag(row, codes::UNKNOWN_CALENDAR, "calendar").expected("an id of the table Calendars");
    context.push(finding.hint(format!("{near} The default calendar is used until then")));
    None
}

/// The data date: the instant given, else the last working instant on or before the end of the as-of day.
pub(super) fn data_date(calendars: &Calendars, as_of: Moment) -> Moment {
    if as_of.is_date_only() { last_working_instant(calendars, as_of) } else { as_of }
}

/// The last working instant on or before the end of a moment's day, on the default calendar.
pub(super) fn last_working_instant(calendars: &Calendars, at: Moment) -> Moment {
    calendars.default_calendar().prev_work_finish(Moment::end_of(at.day()))
}

fn report(context: &mut Context<'_>, problem: &CalendarProblem, places: &BTreeMap<CalendarId, Row<'_>>) {
    let hint = "the default calendar is used instead; mend the calendar and run again";
    let finding = match problem.calendar().and_then(|id| places.get(id)) {
        Some(row) => flag(*row, codes::CALENDAR_UNUSABLE, "calendar_id"),
        None => codes::CALENDAR_UNUSABLE.nowhere().field("Calendars", "Calendar ID"),
    };
    context.push(finding.found(problem.to_string()).expected("a calendar that can be worked by").hint(hint));
}

fn definition(context: &mut Context<'_>, row: Row<'_>, id: CalendarId, exceptions: Vec<CalendarException>) -> CalendarDefinition {
    let base = row.text("base_calendar").map(CalendarId::new);
    let weekdays = WEEKDAYS.map(|weekday| {
        let Some(text) = row.text(weekday) else { return base.is_none().then(Vec::new) };
        Some(hours(context, row, weekday, text))
    });
    let minutes = row.decimal("hours_per_day").and_then(|hours| (hours * Decimal::from(60)).round().to_i64());
    let name = row.text("name").unwrap_or(id.as_str()).to_string();
    CalendarDefinition { id, name, base, weekdays, minutes_per_day: minutes, exceptions }
}

/// The hours that a cell gives; no work where they cannot be read (a finding).
fn hours(context: &mut Context<'_>, row: Row<'_>, key: &str, text: &str) -> Vec<(u16, u16)> {
    parse_hours(text).unwrap_or_else(|problem| {
        let finding = flag(row, codes::HOURS_UNREADABLE, key).expected("working hours such as 08:00-12:00, 13:00-17:00, or off");
        context.push(finding.hint(format!("{problem}; counted as a day off")));
        Vec::new()
    })
}

/// Exceptions by calendar, in the order of their dates: of two on one date, the narrower holds, then the later given.
fn exceptions(context: &mut Context<'_>) -> BTreeMap<CalendarId, Vec<CalendarException>> {
    let mut by_calendar: BTreeMap<CalendarId, Vec<CalendarException>> = BTreeMap::new();
    for row in context.rows("Calendar exceptions") {
        let Some(id) = context.reference(row, "calendar", Register::Calendars) else { continue };
        let Some(from) = row.day("date") else { continue };
        let to = row.day("to_date").unwrap_or(from);
        if to < from {
            context.push(flag(row, codes::DATES_OUT_OF_ORDER, "to_date").expected("a date on or after Date").hint("left out"));
            continue;
        }
        let intervals = exception_hours(context, row);
        let name = row.text("name").unwrap_or_default().to_string();
        by_calendar.entry(CalendarId::new(&id)).or_default().push(CalendarException { from, to, intervals, name });
    }
    for list in by_calendar.values_mut() {
        list.sort_by_key(|exception| {
            (std::cmp::Reverse(exception.to - exception.from), exception.from, exception.intervals.clone())
        });
    }
    by_calendar
}

fn exception_hours(context: &mut Context<'_>, row: Row<'_>) -> Vec<(u16, u16)> {
    match (row.yes("working").unwrap_or(false), row.text("hours")) {
        (false, _) => Vec::new(),
        (true, Some(text)) => hours(context, row, "hours", text),
        (true, None) => {
            let finding = flag(row, codes::HOURS_UNREADABLE, "hours").expected("the hours worked on that date");
            context.push(finding.hint("counted as 08:00-12:00, 13:00-17:00"));
            parse_hours("8").unwrap_or_default()
        }
    }
}
