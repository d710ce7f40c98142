//! The header of a Microsoft Project plan: what the project is called, and the options that it is scheduled by.

use crate::source::codes;
use crate::source::planner::desk::{Desk, Record as _};
use crate::source::planner::plan::Project;
use crate::source::planner::xml::{Element, Fields};
use rust_decimal::Decimal;

/// Endings of file names that a project's name may carry.
const ENDINGS: [&str; 4] = [".mpp", ".xml", ".mpt", ".mpx"];

/// Working minutes of a day of duration.
pub fn minutes_per_day(header: &Element) -> i64 {
    header.whole("MinutesPerDay").filter(|minutes| (6..=1_440).contains(minutes)).unwrap_or(480)
}

/// The project.
pub fn project(fields: &Fields<'_>, desk: &mut Desk<'_>) -> Project {
    let mut options = vec![("profile", "microsoft-project".to_string())];
    for (name, field) in [("data_date", "StatusDate"), ("project_start", "StartDate")] {
        options.extend(desk.moment(fields, field).map(|at| (name, at.to_string())));
    }
    if !honours_constraints(fields.element) {
        options.push(("late_constraints", "late-dates-only".into()));
    }
    fields.uses("HonorConstraints");
    fields.uses("MinutesPerDay");
    if let Some(days) = desk.number(fields, "CriticalSlackLimit").filter(|days| !days.is_zero()) {
        let hours = days * Decimal::from(minutes_per_day(fields.element)) / Decimal::from(60);
        options.push(("critical_float_hours", hours.normalize().to_string()));
    }
    if desk.flag(fields, "MultipleCriticalPaths") == Some(true) {
        options.push(("open_ends_critical", "yes".into()));
    }
    differences(fields, desk);
    let calendar = fields.get("CalendarUID").filter(|uid| *uid != "-1").map(String::from);
    Project { key: super::PROJECT.into(), code: code(fields, desk), options, calendar, place: fields.place() }
}

/// True where tasks keep to their constraints, whatever their links say.
pub fn honours_constraints(header: &Element) -> bool {
    header.get("HonorConstraints") != Some("0")
}

/// The project's name or title, else the file's name, without an ending.
fn code(fields: &Fields<'_>, desk: &Desk<'_>) -> String {
    let stem = desk.file().rsplit('/').next().unwrap_or_default();
    let name = fields.get("Name").or_else(|| fields.get("Title")).unwrap_or(stem);
    fields.uses("Title");
    let lower = name.to_lowercase();
    let ending = ENDINGS.iter().find(|ending| lower.ends_with(**ending)).map_or(0, |ending| ending.len());
    name.get(..name.len() - ending).filter(|name| !name.trim().is_empty()).unwrap_or("Project").to_string()
}

/// Options that no rule here answers to.
fn differences(fields: &Fields<'_>, desk: &mut Desk<'_>) {
    if desk.flag(fields, "ScheduleFromStart") == Some(false) {
        let finding = desk.at(codes::PLAN_DIFFERENT, &fields.place()).found("a project scheduled from its finish");
        desk.say(finding.hint("It is scheduled from its start here: set Project > Project Information > Schedule from to start, or expect earlier dates."));
    }
    let moves = ["MoveCompletedEndsBack", "MoveRemainingStartsBack", "MoveRemainingStartsForward", "MoveCompletedEndsForward"];
    let moved: Vec<&str> = moves.into_iter().filter(|field| desk.flag(fields, field) == Some(true)).collect();
    if !moved.is_empty() {
        let finding = desk.at(codes::PLAN_DIFFERENT, &fields.place()).found(moved.join(", "));
        desk.say(
            finding.hint("Parts of tasks are not moved to the status date when progress is entered; check tasks in progress."),
        );
    }
}
