//! Calendars: working time of a week, and the days that differ.

use crate::table::contract::build::{contract, date, id, number, reference, text, yes_no};
use crate::table::contract::{Contract, Field};

pub(super) fn calendars() -> Contract {
    let mut fields = vec![
        id("Calendar ID")
            .needed()
            .also("Calendar|Calendar code")
            .help("A short code that other tables use to name this calendar.")
            .example("STD"),
        text("Name").also("Calendar name|Description|Title").help("What it is for.").example("Standard week"),
        reference("Base calendar", "Calendars")
            .also("Base|Parent calendar|Inherits from")
            .help("Calendar whose weekdays and exceptions it takes over where its own are blank.")
            .example(""),
    ];
    fields.extend(weekdays());
    fields.push(
        number("Hours per day")
            .also("Hours/day|Day length|Hours a day")
            .between(0.1, 24.0)
            .help("How many hours 1d stands for; from the weekdays where blank.")
            .example("8"),
    );
    contract(
        "Calendars",
        "plan.xlsx",
        "Working time of an ordinary week. Each weekday takes hours, or a number of hours, or off.",
    )
    .fields(fields)
    .key("calendar_id")
}

fn weekdays() -> Vec<Field> {
    const WORK: &str = "08:00-12:00, 13:00-17:00";
    const HELP: &str =
        "Working time: 08:00-12:00, 13:00-17:00, or a number of hours, or off. Blank with a base calendar: as there.";
    let day =
        |header: &'static str, short: &'static str, example: &'static str| text(header).also(short).help(HELP).example(example);
    vec![
        day("Monday", "Mon", WORK),
        day("Tuesday", "Tue|Tues", WORK),
        day("Wednesday", "Wed", WORK),
        day("Thursday", "Thu|Thur|Thurs", WORK),
        day("Friday", "Fri", WORK),
        day("Saturday", "Sat", "off"),
        day("Sunday", "Sun", "off"),
    ]
}

pub(super) fn calendar_exceptions() -> Contract {
    contract(
        "Calendar exceptions",
        "plan.xlsx",
        "Holidays, shutdowns and extra working days. One row a day, or a stretch of days.",
    )
    .fields(vec![
        reference("Calendar", "Calendars")
            .needed()
            .also("Calendar ID|Calendar code")
            .help("Calendar ID that it changes.")
            .example("STD"),
        date("Date")
            .needed()
            .also("From|From date|Start|Start date|Holiday date|Day")
            .help("The day, or the first of several.")
            .example("2026-12-25"),
        date("To date").also("To|Until|End|End date|Finish").help("The last day, where there are several.").example("2026-12-28"),
        yes_no("Working")
            .needed()
            .also("Working?|Is working|Workday|Working day")
            .help("Yes for an extra working day, no for a holiday.")
            .example("no"),
        text("Hours")
            .also("Working hours|Working time")
            .help("Working time of an extra working day, as in Calendars.")
            .example(""),
        text("Name").also("Holiday|Holiday name|Description|Reason|Exception name").help("What it is.").example("Christmas"),
    ])
    .key("calendar|date")
    .ordered("date", "to_date")
}
