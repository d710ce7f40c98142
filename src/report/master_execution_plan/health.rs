//! Schedule health: the 14 points of the DCMA assessment for the portfolio and for each initiative, and every row that
//! fails one, with the way to its cell.

use super::outline::Outline;
use super::paths::row_of;
use crate::analysis::schedule_health::{HealthPoint, HealthTable, Offender};
use crate::report::book::{Cell, Column, Kind, Link, Mark, Sheet, Table, Tone, Value, column_of, this_row};
use crate::report::parts::context::lookup;

/// The portfolio's points.
pub const TABLE: &str = "tbl_dcma";
/// The points of each initiative.
pub const INITIATIVES: &str = "tbl_dcma_initiatives";
/// The rows that fail a point.
pub const OFFENDERS: &str = "tbl_offenders";

/// The pages.
#[must_use]
pub fn sheets(outline: &Outline<'_>) -> Vec<Sheet> {
    vec![
        Sheet::data("Schedule Health", "Schedule health: the DCMA 14 points")
            .subtitle("Value: count as a share of what it is counted of; an index for points 12 to 14. Verdicts are live over the values")
            .about("The 14 points of the DCMA assessment: portfolio, and pass or fail by initiative.")
            .block(portfolio(outline)),
        Sheet::data("Health by Initiative", "Schedule health: the 14 points of each initiative")
            .subtitle("The same points, counted within each initiative")
            .about("Counts, values and verdicts of the 14 points for each initiative.")
            .block(initiatives(outline)),
        Sheet::data("Health Rows", "Schedule health: the rows behind the points")
            .subtitle("Every row that a point found, with the cell to mend it in")
            .about("Each activity or link that fails a point, with a link to its source cell.")
            .block(offenders(outline)),
    ]
}

fn verdicts() -> Mark {
    let tones = [("pass", Tone::Good), ("fail", Tone::Bad), ("reported", Tone::Muted)];
    Mark::Words(tones.map(|(word, tone)| (word.to_string(), tone)).to_vec())
}

/// The verdict of a row whose value and limit stand beside it.
fn verdict_formula(table: &str) -> String {
    let [value, limit, side] = ["Value", "Limit", "Limit is"].map(|header| this_row(table, header));
    format!(
        "IF(ISNUMBER({limit}),IF(ISNUMBER({value}),IF({side}=\"at least\",IF(ROUND({value}-{limit},9)>=0,\"pass\",\"fail\"),IF(ROUND({value}-{limit},9)<=0,\"pass\",\"fail\")),\"n/a\"),\"reported\")"
    )
}

/// The verdict as that formula gives it.
fn verdict(point: &HealthPoint) -> &'static str {
    match (point.limit, point.value) {
        (None, _) => "reported",
        (Some(_), Err(_)) => "n/a",
        (Some(_), Ok(_)) => {
            if point.passes == Ok(true) {
                "pass"
            } else {
                "fail"
            }
        }
    }
}

fn value_of(table: &str, point: &HealthPoint) -> Cell {
    let share = point.number <= 11 && point.of > 0;
    match point.value {
        Err(reason) => Cell::not_available(reason.reason()),
        Ok(value) if share => {
            Cell::formula(format!("{}/{}", this_row(table, "Count"), this_row(table, "Of")), Value::Number(value))
        }
        Ok(value) => Value::Number(value).into(),
    }
}

/// Number, name, what is counted, count, of, value, limit, side and verdict.
fn figures(table: &str, point: &HealthPoint) -> Vec<Cell> {
    vec![
        Cell::count(point.count),
        Cell::count(point.of),
        value_of(table, point),
        if point.at_least { Cell::text("at least") } else { Cell::text("at most") },
        point.limit.map_or_else(Cell::blank, |limit| Value::Number(limit).into()),
        Cell::text(verdict(point)),
    ]
}

fn figure_columns(table: &str) -> Vec<Column> {
    vec![
        Column::new("Count", Kind::Integer),
        Column::new("Of", Kind::Integer),
        Column::new("Value", Kind::Number(3)),
        Column::text("Limit is"),
        Column::new("Limit", Kind::Number(2)).help("Blank: the point is reported and not judged."),
        Column::text("Verdict").formula(verdict_formula(table)).mark(verdicts()),
    ]
}

fn key(initiative: &str, number: u8) -> String {
    format!("{initiative}/{number}")
}

/// The portfolio's points, and pass or fail by initiative beside them.
#[must_use]
pub fn portfolio(outline: &Outline<'_>) -> Table {
    let health = &outline.context.input.analyses.schedule_health;
    let mut columns = vec![Column::new("Point", Kind::Integer), Column::text("Name").wide(26)];
    columns.extend(figure_columns(TABLE));
    columns.push(Column::new("What is counted, and the limit", Kind::Prose).wide(64));
    columns.extend(health.initiatives.iter().map(|(id, _)| Column::text(id.as_str()).mark(verdicts())));
    let (values, keys) = (column_of(INITIATIVES, "Verdict"), column_of(INITIATIVES, "Key"));
    let row = |(at, point): (usize, &HealthPoint)| {
        let mut row = vec![Cell::count(usize::from(point.number)), Cell::text(point.name)];
        row.extend(figures(TABLE, point));
        row.push(Cell::text(point.rule));
        row.extend(health.initiatives.iter().map(|(id, table)| {
            let text = lookup(&values, &format!("\"{}\"", key(id.as_str(), point.number).replace('"', "\"\"")), &keys);
            table.points.get(at).map_or_else(Cell::blank, |point| Cell::formula(text, Value::Text(verdict(point).into())))
        }));
        row
    };
    let rows = health.portfolio.points.iter().enumerate().map(row).collect();
    Table::new(TABLE, columns).keys(2).rows(rows)
}

/// The points of each initiative, one line each.
#[must_use]
pub fn initiatives(outline: &Outline<'_>) -> Table {
    let mut columns =
        vec![Column::text("Key"), Column::text("Initiative"), Column::new("Point", Kind::Integer), Column::text("Name").wide(26)];
    columns.extend(figure_columns(INITIATIVES));
    let of = |(id, table): &(crate::base::id::InitiativeId, HealthTable)| -> Vec<Vec<Cell>> {
        let row = |point: &HealthPoint| {
            let mut row = vec![
                Cell::text(key(id.as_str(), point.number)),
                Cell::text(id.as_str()),
                Cell::count(usize::from(point.number)),
                Cell::text(point.name),
            ];
            row.extend(figures(INITIATIVES, point));
            row
        };
        table.points.iter().map(row).collect()
    };
    let rows = outline.context.input.analyses.schedule_health.initiatives.iter().flat_map(of).collect();
    Table::new(INITIATIVES, columns).keys(1).rows(rows).when_empty("The portfolio has no initiatives.")
}

/// Every row that a point found.
#[must_use]
pub fn offenders(outline: &Outline<'_>) -> Table {
    let columns = vec![
        Column::text("Activity"),
        Column::text("Name").wide(44),
        Column::new("Point", Kind::Integer),
        Column::text("What it fails").wide(26),
        Column::text("Found").wide(64),
        Column::text("Initiative"),
        Column::text("Owner").wide(20),
        Column::text("Cell").wide(48).help("Leads to the cell of the inputs."),
    ];
    let points = &outline.context.input.analyses.schedule_health.portfolio.points;
    let rows = points.iter().flat_map(|point| point.offenders.iter().map(move |each| offender(outline, point, each))).collect();
    Table::new(OFFENDERS, columns).keys(2).rows(rows).when_empty("No row fails a point.")
}

fn offender(outline: &Outline<'_>, point: &HealthPoint, each: &Offender) -> Vec<Cell> {
    let activity = outline.activity(each.activity);
    let link: Link = row_of(outline, each.activity);
    vec![
        Cell::text(activity.key.to_string()).link(link),
        Cell::text(&activity.name),
        Cell::count(usize::from(point.number)),
        Cell::text(point.name),
        Cell::text(&each.what),
        Cell::text(activity.key.initiative.to_string()),
        Cell::text(outline.owner(each.activity)),
        Cell::text(each.origin.to_string()).from_source(&each.origin),
    ]
}
