//! The working time of a P6 calendar in XER: a nested text `(0||name(attributes)(children))` in which weekdays count from
//! 1 for Sunday, exceptions are Excel serials, and 0x7F is layout.

use crate::base::day::{Day, day_from_epoch};
use crate::source::codes;
use crate::source::planner::desk::{Desk, Record, minute_of_day};
use crate::source::planner::plan::{Calendar, Exception, Hours};

/// How deep brackets may nest; working hours lie five deep.
const DEEPEST: usize = 12;
/// Days from 1899-12-30, which is serial 0, to 1970-01-01.
const EPOCH_SERIAL: i64 = 25_569;
/// Serials of 1900 to 2200.
const SERIALS: std::ops::RangeInclusive<i64> = 1..=109_939;

/// One bracket.
#[derive(Default)]
struct Node {
    name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Node>,
}

impl Node {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }
}

/// The calendar of a row of CALENDAR.
pub fn calendar(row: &dyn Record, desk: &mut Desk<'_>) -> Calendar {
    let mut calendar = Calendar {
        key: row.get("clndr_id").unwrap_or_default().to_string(),
        name: row.get("clndr_name").unwrap_or_default().to_string(),
        base: row.get("base_clndr_id").map(String::from),
        week: Default::default(),
        minutes_per_day: desk.hours(row, "day_hr_cnt").filter(|minutes| (6..=1_440).contains(minutes)),
        exceptions: Vec::new(),
        place: row.place(),
    };
    let Some(text) = row.get("clndr_data") else {
        if calendar.base.is_none() {
            bad(row, desk, "no working time");
        }
        return calendar;
    };
    match parse(text, desk.limits.calendar_dates.saturating_mul(8)) {
        Ok(root) => fill(&mut calendar, &root, row, desk),
        Err(fault) => bad(row, desk, &fault),
    }
    calendar
}

fn bad(row: &dyn Record, desk: &mut Desk<'_>, found: &str) {
    let name = row.get("clndr_name").unwrap_or_default();
    let finding = desk.at(codes::PLAN_CALENDAR, &row.place()).found(format!("{name}: {found}"));
    desk.say(
        finding
            .expected("weekdays 1 to 7 with hours such as 08:00 to 17:00, and exceptions by date")
            .hint("Check the calendar in P6 and export again."),
    );
}

fn fill(calendar: &mut Calendar, root: &Node, row: &dyn Record, desk: &mut Desk<'_>) {
    for day in root.child("DaysOfWeek").map_or(&[][..], |part| &part.children) {
        match day.name.parse::<usize>() {
            Ok(number @ 1..=7) => calendar.week[(number + 5) % 7] = Some(hours(day, row, desk)),
            _ => bad(row, desk, &format!("weekday {}", day.name)),
        }
    }
    let exceptions = root.child("Exceptions").map_or(&[][..], |part| &part.children);
    if exceptions.len() > desk.limits.calendar_dates {
        bad(
            row,
            desk,
            &format!("{} exceptions; at most {} (calendar_dates) are read", exceptions.len(), desk.limits.calendar_dates),
        );
    }
    for node in exceptions.iter().take(desk.limits.calendar_dates) {
        match node.attribute("d").and_then(date) {
            Some(date) => {
                let hours = hours(node, row, desk);
                calendar.exceptions.push(Exception { from: date, to: date, hours, name: String::new() });
            }
            None => bad(row, desk, &format!("exception of the date {}", node.attribute("d").unwrap_or("nowhere"))),
        }
    }
}

/// The date of an Excel serial.
fn date(serial: &str) -> Option<Day> {
    let serial: i64 = serial.parse().ok()?;
    SERIALS.contains(&serial).then(|| day_from_epoch(serial - EPOCH_SERIAL))
}

/// The hours of a day, in order; those that cannot be read are left out.
fn hours(day: &Node, row: &dyn Record, desk: &mut Desk<'_>) -> Hours {
    let mut hours = Hours::new();
    for node in day.children.iter().filter(|node| node.attribute("s").is_some() || node.attribute("f").is_some()) {
        let (start, finish) = (node.attribute("s").unwrap_or_default(), node.attribute("f").unwrap_or_default());
        match (minute_of_day(start), minute_of_day(finish).map(|finish| if finish == 0 { 1_440 } else { finish })) {
            (Some(from), Some(to)) if from < to => hours.push((from, to)),
            _ => bad(row, desk, &format!("hours {start} to {finish}")),
        }
    }
    hours.sort_unstable();
    hours
}

/// The outermost bracket of a text.
fn parse(text: &str, most: usize) -> Result<Node, String> {
    let clean: Vec<char> = text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let mut cursor = Cursor { text: &clean, at: 0, left: most };
    let mut open: Vec<Node> = vec![Node::default()];
    loop {
        match cursor.peek() {
            Some('(') => {
                if open.len() > DEEPEST {
                    return Err(format!("brackets more than {DEEPEST} deep"));
                }
                open.push(cursor.open()?);
            }
            Some(')') if open.len() > 1 => {
                cursor.demand("))")?;
                let (node, above) = (open.pop().unwrap_or_default(), open.last_mut());
                if let Some(above) = above {
                    above.children.push(node);
                }
            }
            None if open.len() == 1 => break,
            _ => return Err(cursor.fault("a bracket")),
        }
    }
    open.pop().and_then(|mut root| root.children.drain(..).next()).ok_or_else(|| "nothing".to_string())
}

struct Cursor<'c> {
    text: &'c [char],
    at: usize,
    left: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    fn fault(&self, expected: &str) -> String {
        let rest: String = self.text[self.at.min(self.text.len())..].iter().take(20).collect();
        format!("{} at character {}, where {expected} should be", if rest.is_empty() { "the end" } else { &rest }, self.at + 1)
    }

    fn demand(&mut self, what: &str) -> Result<(), String> {
        for letter in what.chars() {
            if self.peek() != Some(letter) {
                return Err(self.fault(what));
            }
            self.at += 1;
        }
        Ok(())
    }

    fn until(&mut self, end: char) -> Result<String, String> {
        let rest = &self.text[self.at..];
        let length = rest.iter().position(|c| *c == end).ok_or_else(|| self.fault(&end.to_string()))?;
        let found = rest[..length].iter().collect();
        self.at += length + 1;
        Ok(found)
    }

    /// `(0||name(attributes)(`.
    fn open(&mut self) -> Result<Node, String> {
        self.left = self.left.checked_sub(1).ok_or("more brackets than the limit `calendar_dates` allows")?;
        self.demand("(")?;
        let head = self.until('(')?;
        let name = head.split_once("||").map(|(_, name)| name.to_string()).ok_or_else(|| self.fault("0||"))?;
        let attributes = self.until(')')?;
        self.demand("(")?;
        let fields: Vec<&str> = attributes.split('|').collect();
        let attributes = fields.chunks_exact(2).map(|pair| (pair[0].to_string(), pair[1].to_string())).collect();
        Ok(Node { name, attributes, children: Vec::new() })
    }
}
