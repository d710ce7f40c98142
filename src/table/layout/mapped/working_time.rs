//! A grid of working hours and days, each with a yes or no beside it, as the hours of a week.

use super::explode::Parts;
use super::view::View;
use crate::source::raw::Rect;
use crate::table::mapping::spec::WorkingTime;
use regex::Regex;
use std::sync::LazyLock;

const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const MINUTES_PER_DAY: u32 = 24 * 60;

static SLOT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^(\d{1,2})[:.](\d{2})\s*[-–]\s*(\d{1,2})[:.](\d{2})$").ok());

/// Hours by day, and the cells that could not be understood.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Week {
    /// `monday` to `sunday`: `08:00-12:00, 13:00-17:00`, or `off`.
    pub parts: Parts,
    /// Cells (row, column) that are neither hours nor a day.
    pub odd: Vec<(u32, u32)>,
}

/// Reads the grid.
pub fn week(view: View<'_>, grid: &WorkingTime) -> Week {
    let mut out = Week::default();
    let mut slots: Vec<(u32, u32)> = Vec::new();
    for (row, text, yes) in pairs(view, grid.hours.0, grid) {
        match slot(&text) {
            Some(slot) if yes => slots.push(slot),
            Some(_) => {}
            None => out.odd.push((row, grid.hours.0.left)),
        }
    }
    let hours = joined(slots);
    for (row, text, yes) in pairs(view, grid.days.0, grid) {
        match DAYS.iter().find(|day| text.len() >= 2 && day.starts_with(&text.to_lowercase())) {
            Some(day) => {
                out.parts.insert((*day).to_string(), if yes { hours.clone() } else { "off".to_string() });
            }
            None => out.odd.push((row, grid.days.0.left)),
        }
    }
    out
}

/// Rows of two columns: a text, and whether yes stands beside it.
fn pairs(view: View<'_>, area: Rect, grid: &WorkingTime) -> Vec<(u32, String, bool)> {
    let Some(extent) = view.extent() else { return Vec::new() };
    let is_yes = |text: &str| match grid.yes.0.as_slice() {
        [] => matches!(text.to_lowercase().as_str(), "yes" | "y" | "true" | "x" | "1"),
        words => words.iter().any(|word| word.eq_ignore_ascii_case(text)),
    };
    let rows = area.top..=area.bottom.min(extent.bottom);
    let pair = |row: u32| {
        let text = view.text(row, area.left)?.into_owned();
        Some((row, text, view.text(row, area.left + 1).is_some_and(|answer| is_yes(&answer))))
    };
    rows.filter_map(pair).collect()
}

fn slot(text: &str) -> Option<(u32, u32)> {
    let groups = SLOT.as_ref()?.captures(text.trim())?;
    let number = |at: usize| groups.get(at)?.as_str().parse::<u32>().ok();
    let from = number(1)? * 60 + number(2)?;
    let to = number(3)? * 60 + number(4)?;
    let to = if to == 0 { MINUTES_PER_DAY } else { to };
    (from < to && to <= MINUTES_PER_DAY).then_some((from, to))
}

fn joined(mut slots: Vec<(u32, u32)>) -> String {
    slots.sort_unstable();
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for (from, to) in slots {
        match runs.last_mut() {
            Some(run) if run.1 >= from => run.1 = run.1.max(to),
            _ => runs.push((from, to)),
        }
    }
    let clock = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
    let texts: Vec<String> = runs.iter().map(|(from, to)| format!("{}-{}", clock(*from), clock(*to))).collect();
    if texts.is_empty() { "off".to_string() } else { texts.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_hours_join() {
        let slots: Vec<(u32, u32)> =
            ["8:00 - 9:00", "9:00 - 10:00", "13:00 - 14:00", "23:00 - 0:00"].iter().filter_map(|text| slot(text)).collect();
        assert_eq!(joined(slots), "08:00-10:00, 13:00-14:00, 23:00-24:00");
        assert_eq!(slot("9:00 - 8:00"), None);
        assert_eq!(slot("morning"), None);
    }
}
