//! A small reader of Primavera P6 exports (XER), for trials that compare with P6's own dates.
//!
//! Windows-1252 text; `%T` names a table, `%F` its fields, `%R` a row, all separated by tabs. A calendar is a nested
//! text `(0||name(attributes)(children))` in which days count from 1 for Sunday, exceptions are Excel serials, and the
//! character 0x7F is layout.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use std::collections::BTreeMap;
use std::path::Path;
use throughline::base::calendar::{CalendarDefinition, CalendarException};
use throughline::base::day::{Day, Moment};
use throughline::base::id::CalendarId;

/// A row of a table: values by field.
pub type Row = BTreeMap<String, String>;

/// The tables of an export, by name.
pub struct Xer(pub BTreeMap<String, Vec<Row>>);

/// One bracket of a calendar's text.
struct Node {
    name: String,
    attributes: BTreeMap<String, String>,
    children: Vec<Node>,
}

impl Xer {
    pub fn read(path: &Path) -> Self {
        let bytes = std::fs::read(path).expect("the file can be read");
        let (text, _, _) = encoding_rs::WINDOWS_1252.decode(&bytes);
        let mut tables: BTreeMap<String, Vec<Row>> = BTreeMap::new();
        let (mut table, mut fields) = (String::new(), Vec::new());
        for line in text.lines() {
            let mut parts = line.trim_end_matches('\r').split('\t');
            match parts.next() {
                Some("%T") => table = parts.next().unwrap_or_default().into(),
                Some("%F") => fields = parts.map(str::to_string).collect(),
                Some("%R") => {
                    let row = fields.iter().cloned().zip(parts.map(str::to_string)).collect();
                    tables.entry(table.clone()).or_default().push(row);
                }
                _ => {}
            }
        }
        Self(tables)
    }

    pub fn rows(&self, table: &str) -> &[Row] {
        self.0.get(table).map_or(&[], Vec::as_slice)
    }

    /// The calendars of the export, by P6's ids.
    pub fn calendars(&self) -> Vec<CalendarDefinition> {
        self.rows("CALENDAR").iter().map(definition).collect()
    }
}

/// A date and time of a row, such as `2025-11-21 17:00`; none where the field is empty.
pub fn moment(row: &Row, field: &str) -> Option<Moment> {
    let text = row.get(field).filter(|text| !text.is_empty())?;
    Some(Moment::from_datetime(NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a date and time")))
}

/// Hours of a row, as minutes; none where the field is empty.
pub fn minutes(row: &Row, field: &str) -> Option<i64> {
    let hours: f64 = row.get(field).filter(|text| !text.is_empty())?.parse().expect("a number of hours");
    let minutes = (hours * 60.0).round() as i64;
    Some(minutes)
}

fn definition(row: &Row) -> CalendarDefinition {
    let text: String = row["clndr_data"].chars().filter(|c| *c != '\u{7f}' && !c.is_whitespace()).collect();
    let (root, _) = node(&text);
    let part = |name: &str| root.children.iter().find(|child| child.name == name).map_or(&[][..], |child| &child.children);
    let mut weekdays: [Option<Vec<(u16, u16)>>; 7] = Default::default();
    for day in part("DaysOfWeek") {
        let number: usize = day.name.parse().expect("a day, 1 for Sunday");
        weekdays[(number + 5) % 7] = Some(intervals(day));
    }
    CalendarDefinition {
        id: CalendarId::new(&row["clndr_id"]),
        name: row["clndr_name"].clone(),
        base: row.get("base_clndr_id").filter(|base| !base.is_empty()).map(|base| CalendarId::new(base)),
        weekdays,
        minutes_per_day: minutes(row, "day_hr_cnt"),
        exceptions: part("Exceptions").iter().map(exception).collect(),
    }
}

fn exception(node: &Node) -> CalendarException {
    let serial: i64 = node.attributes["d"].parse().expect("a serial");
    let date: Day = NaiveDate::from_ymd_opt(1899, 12, 30).expect("a date") + TimeDelta::days(serial);
    CalendarException { from: date, to: date, intervals: intervals(node), name: String::new() }
}

fn intervals(node: &Node) -> Vec<(u16, u16)> {
    let clock = |text: &str| {
        let (hour, minute) = text.split_once(':').expect("a time");
        hour.parse::<u16>().expect("hours") * 60 + minute.parse::<u16>().expect("minutes")
    };
    let hours = node.children.iter().filter(|child| child.attributes.contains_key("s"));
    hours
        .map(|child| (clock(&child.attributes["s"]), clock(&child.attributes["f"])))
        .map(|(from, to)| (from, if to == 0 { 1440 } else { to }))
        .collect()
}

/// The bracket that a text begins with, and the text after it.
fn node(text: &str) -> (Node, &str) {
    let rest = text.strip_prefix("(0||").expect("a bracket");
    let (name, rest) = rest.split_once('(').expect("attributes");
    let (attributes, rest) = rest.split_once(')').expect("the end of attributes");
    let fields: Vec<&str> = attributes.split('|').collect();
    let attributes = fields.chunks_exact(2).map(|pair| (pair[0].to_string(), pair[1].to_string())).collect();
    let mut rest = rest.strip_prefix('(').expect("children");
    let mut children = Vec::new();
    while rest.starts_with('(') {
        let (child, after) = node(rest);
        children.push(child);
        rest = after;
    }
    (Node { name: name.into(), attributes, children }, rest.strip_prefix("))").expect("the end of a bracket"))
}
