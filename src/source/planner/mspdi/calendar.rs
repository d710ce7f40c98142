//! Calendars of Microsoft Project: weekdays, exceptions that may recur, and weeks that differ for a while.
//!
//! A file of 2007 or later lists its exceptions twice: as rules, and written out as weekdays of type 0 for older programs.
//! The rules are used where there are any.

use crate::base::day::{Day, day_from_epoch, days_since_epoch};
use crate::source::codes;
use crate::source::planner::desk::{Desk, Record as _, day, excerpt, minute_of_day};
use crate::source::planner::plan::{Calendar, Exception, Hours};
use crate::source::planner::recurrence::{self, Item, Rule};
use crate::source::planner::xml::{Element, Fields};
use chrono::Datelike as _;

/// The hours of a working day that gives none. Source: Microsoft Project's Standard calendar.
const USUAL: [(u16, u16); 2] = [(480, 720), (780, 1_020)];

/// The calendar of a Calendar element; none without an id.
pub fn calendar(fields: &Fields<'_>, desk: &mut Desk<'_>) -> Option<Calendar> {
    for name in ["WeekDays", "Exceptions", "WorkWeeks"] {
        fields.uses(name);
    }
    let key = fields.get("UID").map(String::from)?;
    let element = fields.element;
    let base = fields.get("BaseCalendarUID").filter(|uid| *uid != "0" && !uid.starts_with('-') && **uid != key);
    let mut reader = Reader { desk, most: 0, week: Default::default(), exceptions: Vec::new() };
    reader.most = reader.desk.limits.calendar_dates;
    reader.weekdays(element);
    reader.exceptions(element);
    reader.work_weeks(element);
    let (week, exceptions) = (reader.week, reader.exceptions);
    if exceptions.len() >= desk.limits.calendar_dates {
        let found = format!("exceptions on {} dates or more", exceptions.len());
        let expected = format!("at most {} dates (calendar_dates)", desk.limits.calendar_dates);
        let finding = desk.at_line(codes::PLAN_CALENDAR, "Calendar", element.line).found(found).expected(expected);
        desk.say(finding.hint("The later ones are left out: shorten the recurring exceptions of the calendar."));
    }
    let is_base = desk.flag(fields, "IsBaseCalendar") != Some(false);
    Some(Calendar {
        name: fields.get("Name").unwrap_or(&key).to_string(),
        base: base.map(String::from).or_else(|| (!is_base).then(|| super::PROJECT_CALENDAR.to_string())),
        week,
        minutes_per_day: None,
        exceptions,
        place: fields.place(),
        key,
    })
}

struct Reader<'r, 'a> {
    desk: &'r mut Desk<'a>,
    /// The most dates that exceptions may come to.
    most: usize,
    week: [Option<Hours>; 7],
    exceptions: Vec<Exception>,
}

impl Reader<'_, '_> {
    fn bad(&mut self, element: &Element, found: &str) {
        let finding = self.desk.at_line(codes::PLAN_CALENDAR, "Calendar", element.line).found(found);
        self.desk.say(
            finding
                .expected("weekdays, dates and hours as Microsoft Project writes them")
                .hint("Check the calendar in Microsoft Project and save the XML again."),
        );
    }

    fn weekdays(&mut self, calendar: &Element) {
        for weekday in calendar.child("WeekDays").into_iter().flat_map(|list| list.all("WeekDay")) {
            match weekday.whole::<usize>("DayType") {
                Some(number @ 1..=7) => self.week[(number + 5) % 7] = Some(self.hours(weekday)),
                Some(0) => {}
                _ => self.bad(weekday, &format!("weekday {}", weekday.get("DayType").unwrap_or("nothing"))),
            }
        }
    }

    /// The hours of a day that is worked; none for a day off.
    fn hours(&mut self, day: &Element) -> Hours {
        if !day.is("DayWorking") {
            return Hours::new();
        }
        let mut hours = Hours::new();
        for part in day.child("WorkingTimes").into_iter().flat_map(|list| list.all("WorkingTime")) {
            let (start, finish) = (part.get("FromTime").unwrap_or_default(), part.get("ToTime").unwrap_or_default());
            match (minute_of_day(start), minute_of_day(finish).map(|to| if to == 0 { 1_440 } else { to })) {
                (Some(from), Some(to)) if from < to => hours.push((from, to)),
                _ => self.bad(part, &format!("hours {} to {}", excerpt(start), excerpt(finish))),
            }
        }
        hours.sort_unstable();
        if day.child("WorkingTimes").is_none() { USUAL.to_vec() } else { hours }
    }

    /// First and last date of a period, both included.
    fn period(&mut self, element: &Element) -> Option<(Day, Day)> {
        let period = element.child("TimePeriod");
        let date = |name| period.and_then(|period| period.get(name)).and_then(|text| day(text.split('T').next()?));
        let dates = date("FromDate").zip(date("ToDate")).filter(|(from, to)| from <= to);
        if dates.is_none() {
            self.bad(element, "an exception without a first and a last date in order");
        }
        dates
    }

    fn exceptions(&mut self, calendar: &Element) {
        let rules: Vec<&Element> = calendar.child("Exceptions").into_iter().flat_map(|list| list.all("Exception")).collect();
        let old = calendar.child("WeekDays").into_iter().flat_map(|list| list.all("WeekDay"));
        let old: Vec<&Element> = old.filter(|weekday| weekday.whole::<usize>("DayType") == Some(0)).collect();
        for element in if rules.is_empty() { old } else { rules } {
            let Some((from, to)) = self.period(element) else { continue };
            let hours = self.hours(element);
            let name = element.get("Name").unwrap_or_default().to_string();
            match self.rule(element) {
                Some(Rule::EveryDay) => self.add(Exception { from, to, hours, name }),
                Some(rule) => {
                    let counted = element.is("EnteredByOccurrences").then(|| element.whole("Occurrences")).flatten();
                    let most = counted.filter(|count| *count > 0).unwrap_or(self.most).min(self.most);
                    for day in recurrence::dates(rule, (from, to), most) {
                        self.add(Exception { from: day, to: day, hours: hours.clone(), name: name.clone() });
                    }
                }
                None => {}
            }
        }
    }

    fn add(&mut self, exception: Exception) {
        if self.exceptions.len() < self.most {
            self.exceptions.push(exception);
        }
    }

    /// When an exception repeats; none, and a finding, where that cannot be told.
    fn rule(&mut self, element: &Element) -> Option<Rule> {
        let number = |name| element.whole::<u32>(name);
        let period = number("Period").unwrap_or(1).max(1);
        let month = number("Month").filter(|month| *month < 12).map(|month| month + 1);
        let day = number("MonthDay").filter(|day| (1..=31).contains(day));
        let item = number("MonthItem").and_then(Item::of).zip(number("MonthPosition").filter(|position| *position <= 4));
        let rule = match number("Type").unwrap_or(1) {
            1 | 9 => Some(Rule::EveryDay),
            2 => month.zip(day).map(|(month, day)| Rule::YearDay(month, day)),
            3 => month.zip(item).map(|(month, (item, position))| Rule::YearItem(month, item, position)),
            4 => day.map(|day| Rule::MonthDay(period, day)),
            5 => item.map(|(item, position)| Rule::MonthItem(period, item, position)),
            6 => number("DaysOfWeek").map(|weekdays| Rule::Weeks(period, weekdays)),
            7 => Some(Rule::Days(period)),
            8 => Some(Rule::Weekdays(period)),
            _ => None,
        };
        if rule.is_none() {
            self.bad(element, &format!("an exception of type {}", element.get("Type").unwrap_or("nothing")));
        }
        rule
    }

    /// Weeks that differ for a while: an exception for each of their days that the week names.
    fn work_weeks(&mut self, calendar: &Element) {
        for week in calendar.child("WorkWeeks").into_iter().flat_map(|list| list.all("WorkWeek")) {
            let Some((from, to)) = self.period(week) else { continue };
            let mut days: [Option<Hours>; 7] = Default::default();
            for weekday in week.child("WeekDays").into_iter().flat_map(|list| list.all("WeekDay")) {
                if let Some(number @ 1..=7) = weekday.whole::<usize>("DayType") {
                    days[(number + 5) % 7] = Some(self.hours(weekday));
                }
            }
            let name = week.get("Name").unwrap_or_default();
            for date in (days_since_epoch(from)..=days_since_epoch(to)).take(self.most).map(day_from_epoch) {
                let weekday = usize::try_from(date.weekday().num_days_from_monday()).unwrap_or(0);
                if let Some(hours) = days.get(weekday).cloned().flatten() {
                    self.add(Exception { from: date, to: date, hours, name: name.to_string() });
                }
            }
        }
    }
}
