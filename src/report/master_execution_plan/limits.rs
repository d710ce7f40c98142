//! The limits behind ratings and look-aheads, as a table whose cells have names that formulas use.

use super::outline::Outline;
use crate::report::book::{Cell, Column, DefinedName, Kind, Table, Value};

/// The table of limits.
pub const TABLE: &str = "tbl_plan_limits";
/// Days late at which a milestone is red.
pub const MILESTONE_RED: &str = "milestone_red_days";
/// Days ahead that the Executive page looks.
pub const AHEAD: &str = "look_ahead_days";
/// Days ahead that the Executive page looks.
pub const AHEAD_DAYS: i64 = 60;

fn limits(outline: &Outline<'_>) -> [(&'static str, i64, &'static str); 2] {
    let red = outline.portfolio().settings.thresholds.milestone_red_days;
    [
        (MILESTONE_RED, red, "A milestone this many calendar days late, or more, is red; late at all, amber."),
        (AHEAD, AHEAD_DAYS, "Calendar days that the Executive page looks ahead for milestones and gates."),
    ]
}

/// The limits.
#[must_use]
pub fn table(outline: &Outline<'_>) -> Table {
    let rows = limits(outline)
        .into_iter()
        .map(|(name, value, words)| vec![Cell::text(name), Value::Integer(value).into(), Cell::text(words)]);
    let columns = vec![
        Column::text("Limit").wide(30),
        Column { header: "Value".into(), ..Column::new("Value", Kind::Integer).wide(80) },
        Column::new("Meaning", Kind::Prose).wide(44),
    ];
    Table::new(TABLE, columns).rows(rows.collect())
}

/// Names for the limits.
#[must_use]
pub fn names(outline: &Outline<'_>) -> Vec<DefinedName> {
    let name = |(row, (name, ..)): (usize, (&str, i64, &str))| DefinedName {
        name: name.to_string(),
        table: TABLE.to_string(),
        row,
        column: "Value".to_string(),
    };
    limits(outline).into_iter().enumerate().map(name).collect()
}
