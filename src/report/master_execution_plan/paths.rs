//! What decides the finish: how many activities are critical and near-critical, and the longest path of each initiative,
//! step by step.

use super::outline::Outline;
use super::plan::{self, BANDS, CRITICAL};
use crate::analysis::schedule::{ActivityState, Driver};
use crate::model::activity::{ActivityIndex, ActivityType};
use crate::report::book::{Cell, Column, Kind, Link, Mark, Sheet, Table, Total, Value, column_of, this_row};
use crate::report::parts::words;

/// Counts by initiative.
pub const COUNTS: &str = "tbl_criticality";
/// The longest paths, step by step.
pub const LONGEST: &str = "tbl_longest_path";

/// The pages.
#[must_use]
pub fn sheets(outline: &Outline<'_>) -> Vec<Sheet> {
    vec![
        Sheet::data("Criticality", "Criticality: how much of the plan decides its finish")
            .subtitle("Counts of unfinished activities, live over the Plan sheet; the bounds of the bands stand on the Options sheet")
            .about("Critical and near-critical activities of each initiative, by band.")
            .block(counts(outline)),
        Sheet::data("Longest Path", "Longest path of each initiative")
            .subtitle("The chain of driving links that ends with the initiative's last finish, in order; other initiatives' work included")
            .about("Which work holds the finish of each initiative, step by step.")
            .block(longest(outline)),
    ]
}

/// A live count of the plan's rows in this row's initiative on a path.
fn counted(path: &str) -> String {
    let column = |header: &str| column_of(plan::TABLE, header);
    format!("COUNTIFS({},{},{},\"{path}\")", column("Initiative"), this_row(COUNTS, "Initiative"), column("Path"))
}

/// Critical and near-critical activities of each initiative.
#[must_use]
pub fn counts(outline: &Outline<'_>) -> Table {
    let own = |header: &str| this_row(COUNTS, header);
    let count = |header: &str| Column::new(header, Kind::Integer).sum();
    let unfinished = format!(
        "COUNTIFS({0},{1},{2},\"not started\",{3},\"<>summary\",{3},\"<>hammock\")+COUNTIFS({0},{1},{2},\"in progress\",{3},\"<>summary\",{3},\"<>hammock\")",
        column_of(plan::TABLE, "Initiative"),
        own("Initiative"),
        column_of(plan::TABLE, "State"),
        column_of(plan::TABLE, "Type"),
    );
    let near = BANDS.map(|band| own(&header_of(band))).join("+");
    let share = format!("IF({0}>0,{1}/{0},\"n/a\")", own("Unfinished"), own("Critical"));
    let total = |text: String, value: Value| Total::Formula { text, value };
    let sums = |header: &str| format!("SUBTOTAL(109,{})", column_of(COUNTS, header));
    let rows: Vec<Vec<Cell>> = (0..outline.portfolio().initiatives.len()).map(|position| count_row(outline, position)).collect();
    let all = |at: usize| rows.iter().filter_map(|row| whole(&row[at])).sum::<i64>();
    let overall = ratio(all(3), all(2));
    let columns = vec![
        Column::text("Initiative").total(Total::Label("All".into())),
        Column::text("Name").wide(32),
        count("Unfinished").formula(unfinished).help("Without summaries and hammocks."),
        count("Critical").formula(counted(CRITICAL)),
        count("Near 1").formula(counted(BANDS[0])).help("The nearest band; its bounds stand on the Options sheet."),
        count("Near 2").formula(counted(BANDS[1])),
        count("Near 3").formula(counted(BANDS[2])),
        count("Near-critical").formula(near),
        Column::new("Critical share", Kind::Percent)
            .formula(share)
            .mark(Mark::Bar)
            .total(total(format!("IF({0}>0,{1}/{0},\"n/a\")", sums("Unfinished"), sums("Critical")), overall)),
        Column::new("Least float", Kind::Days).mark(Mark::Variance { more_is_good: true }),
        Column::text("Bands (days)").help("Upper bounds of the near-critical bands in working days of each activity's calendar."),
    ];
    Table::new(COUNTS, columns).keys(2).rows(rows).when_empty("The portfolio has no initiatives.")
}

fn header_of(band: &str) -> String {
    band.replacen('n', "N", 1)
}

fn whole(cell: &Cell) -> Option<i64> {
    if let Value::Integer(whole) = cell.result() { Some(*whole) } else { None }
}

#[expect(clippy::cast_precision_loss, reason = "counts of activities")]
fn ratio(part: i64, whole: i64) -> Value {
    if whole > 0 { Value::Number(part as f64 / whole as f64) } else { Value::NotAvailable("nothing is unfinished".into()) }
}

fn count_row(outline: &Outline<'_>, position: usize) -> Vec<Cell> {
    let initiative = &outline.portfolio().initiatives[position];
    let members: Vec<ActivityIndex> = outline.members(initiative).collect();
    let on = |word: &str| members.iter().filter(|index| plan::path(outline, **index) == word).count();
    let unfinished = members
        .iter()
        .map(|index| outline.at(*index))
        .filter(|at| at.state != ActivityState::Complete && !matches!(at.kind, ActivityType::Summary | ActivityType::Hammock));
    let (unfinished, critical, near) = (unfinished.count(), on(CRITICAL), BANDS.map(on));
    let signed = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let calendar = outline.portfolio().calendars.default_calendar();
    #[expect(clippy::cast_precision_loss, reason = "minutes of a schedule are far below 2^52")]
    let least = (outline.schedule().initiatives.get(position).and_then(|plan| plan.least_float))
        .map(|least| least as f64 / calendar.minutes_per_day().max(1) as f64);
    let bounds = outline.portfolio().schedule_options.get(position).map(|options| options.near_critical_days);
    let mut row = vec![outline.context.initiative_cell(&initiative.id), Cell::text(&initiative.name), Cell::count(unfinished)];
    row.push(Cell::count(critical));
    row.extend(near.map(Cell::count));
    row.push(Cell::count(near.iter().sum()));
    row.push(ratio(signed(critical), signed(unfinished)).into());
    row.push(Cell::number(least, "nothing is unfinished"));
    row.push(Cell::maybe_text(bounds.map(|bounds| bounds.map(|days| days.to_string()).join(", "))));
    row
}

/// The longest path of each initiative, in order.
#[must_use]
pub fn longest(outline: &Outline<'_>) -> Table {
    let columns = vec![
        Column::text("Finish of"),
        Column::new("Step", Kind::Integer),
        Column::text("Activity"),
        Column::text("Name").wide(48),
        Column::text("Owner"),
        Column::text("State"),
        Column::new("Start", Kind::Date),
        Column::new("Finish", Kind::Date),
        Column::new("Remaining", Kind::Days),
        Column::new("Total float", Kind::Days).mark(Mark::Variance { more_is_good: true }),
        Column::text("Comes after").wide(40).help("The step whose link holds it."),
        Column::text("Driven by").wide(64),
        Column::text("Organisation").wide(26),
    ];
    let mut rows = Vec::new();
    for plan in &outline.schedule().initiatives {
        for (step, index) in plan.longest_path.iter().enumerate() {
            rows.push(path_row(outline, plan.initiative.as_str(), step + 1, *index));
        }
    }
    Table::new(LONGEST, columns).keys(4).rows(rows).when_empty("There is no plan.")
}

fn path_row(outline: &Outline<'_>, initiative: &str, step: usize, index: ActivityIndex) -> Vec<Cell> {
    let (activity, at) = (outline.activity(index), outline.at(index));
    let after = match at.driver {
        Driver::Predecessor { dependency } => {
            let before = outline.activity(outline.portfolio().dependencies[dependency].predecessor);
            Cell::text(format!("{} {}", before.key, before.name))
        }
        _ => Cell::blank(),
    };
    vec![
        Cell::text(initiative),
        Cell::count(step),
        Cell::text(activity.key.to_string()).link(row_of(outline, index)),
        Cell::text(&activity.name),
        Cell::text(outline.owner(index)),
        Cell::text(words::state(at.state)),
        Value::Date(plan::start_day(at)).into(),
        Value::Date(at.finish.finish_day()).into(),
        Value::Number(at.days(at.remaining)).into(),
        at.total_float_days().map_or_else(Cell::blank, |days| Value::Number(days).into()),
        after,
        Cell::text(outline.driven_by(index)),
        Cell::maybe_text(activity.responsible_organisation.as_ref()),
    ]
}

/// The way to an activity's row in the plan.
#[must_use]
pub fn row_of(outline: &Outline<'_>, index: ActivityIndex) -> Link {
    Link::Table { table: plan::TABLE.into(), row: outline.row_of(index) }
}
