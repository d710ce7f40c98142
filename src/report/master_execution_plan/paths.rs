//! What decides the finish: how many activities are critical and near-critical, and the longest path of each initiative,
//! step by step.

use super::outline::Outline;
use super::plan::{self, BANDS, CRITICAL};
use crate::analysis::schedule::{ActivityState, Driver, InitiativePath};
use crate::model::activity::{ActivityIndex, ActivityType};
use crate::report::book::{Cell, Column, Kind, Link, Mark, Sheet, Table, Total, Value, column_of, this_row};
use crate::report::parts::words;

/// The float paths.
pub const FLOAT_PATHS: &str = "tbl_float_paths";
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
        Sheet::data("Float Paths", "Float paths: the chains that lead to each initiative's finish")
            .subtitle("Path 1 has the least float; float is what the path can slip before it moves the finish, in working days")
            .about("The chains behind the longest path, in order of their float: what becomes critical next.")
            .block(float_paths(outline)),
    ]
}

/// A live count of the plan's rows in this row's initiative on a path.
fn live_count(path: &str) -> String {
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
        count("Critical").formula(live_count(CRITICAL)),
        count("Near 1").formula(live_count(BANDS[0])).help("The nearest band; its bounds stand on the Options sheet."),
        count("Near 2").formula(live_count(BANDS[1])),
        count("Near 3").formula(live_count(BANDS[2])),
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

/// Unfinished activities of an initiative, without summaries and hammocks; critical ones; near-critical ones of all bands.
#[must_use]
pub fn counted(outline: &Outline<'_>, position: usize) -> [usize; 3] {
    let (unfinished, critical, near) = counts_of(outline, position);
    [unfinished, critical, near.iter().sum()]
}

fn counts_of(outline: &Outline<'_>, position: usize) -> (usize, usize, [usize; 3]) {
    let members: Vec<ActivityIndex> = outline.members(&outline.portfolio().initiatives[position]).collect();
    let on = |word: &str| members.iter().filter(|index| plan::path(outline, **index) == word).count();
    let unfinished = members
        .iter()
        .map(|index| outline.at(*index))
        .filter(|at| at.state != ActivityState::Complete && !matches!(at.kind, ActivityType::Summary | ActivityType::Hammock));
    (unfinished.count(), on(CRITICAL), BANDS.map(on))
}

/// The least total float of an initiative's unfinished work, in days of the default calendar.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "minutes of a schedule are far below 2^52")]
pub fn least_float(outline: &Outline<'_>, position: usize) -> Option<f64> {
    let per_day = outline.portfolio().calendars.default_calendar().minutes_per_day().max(1);
    let least = outline.schedule().initiatives.get(position)?.least_float?;
    Some(least as f64 / per_day as f64)
}

fn count_row(outline: &Outline<'_>, position: usize) -> Vec<Cell> {
    let initiative = &outline.portfolio().initiatives[position];
    let (unfinished, critical, near) = counts_of(outline, position);
    let signed = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let bounds = outline.schedule().initiatives.get(position).map(|plan| plan.options.near_critical_days);
    let mut row = vec![outline.context.initiative_cell(&initiative.id), Cell::text(&initiative.name), Cell::count(unfinished)];
    row.push(Cell::count(critical));
    row.extend(near.map(Cell::count));
    row.push(Cell::count(near.iter().sum()));
    row.push(ratio(signed(critical), signed(unfinished)).into());
    row.push(Cell::number(least_float(outline, position), "nothing is unfinished"));
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
        Column::text("Why these dates").wide(84),
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
        Cell::text(outline.explained(index)),
        Cell::maybe_text(activity.responsible_organisation.as_ref()),
    ]
}

/// The way to an activity's row in the plan.
#[must_use]
pub fn row_of(outline: &Outline<'_>, index: ActivityIndex) -> Link {
    Link::Table { table: plan::TABLE.into(), row: outline.row_of(index) }
}

/// The float paths of each initiative, one line a path.
#[must_use]
pub fn float_paths(outline: &Outline<'_>) -> Table {
    let columns = vec![
        Column::text("Initiative"),
        Column::new("Path", Kind::Integer),
        Column::new("Float", Kind::Days).mark(Mark::Variance { more_is_good: true }),
        Column::new("Steps", Kind::Integer),
        Column::new("Unfinished", Kind::Integer),
        Column::new("From", Kind::Date),
        Column::new("To", Kind::Date),
        Column::text("First unfinished step").wide(48),
        Column::text("Its owner").wide(20),
        Column::new("Steps in order", Kind::Prose).wide(90),
    ];
    let mut rows = Vec::new();
    for plan in &outline.schedule().initiatives {
        for (number, path) in plan.float_paths.iter().enumerate() {
            rows.push(float_path_row(outline, plan.initiative.as_str(), number + 1, path));
        }
    }
    Table::new(FLOAT_PATHS, columns).keys(2).rows(rows).when_empty("There is no plan.")
}

fn float_path_row(outline: &Outline<'_>, initiative: &str, number: usize, path: &InitiativePath) -> Vec<Cell> {
    const MOST: usize = 40;
    let unfinished = || path.activities.iter().copied().filter(|index| outline.at(*index).state != ActivityState::Complete);
    let first = unfinished().next();
    let float = path.activities.last().map(|last| outline.at(*last).days(path.float));
    let named = |index: ActivityIndex| format!("{} {}", outline.activity(index).key, outline.activity(index).name);
    let keys: Vec<String> = path.activities.iter().take(MOST).map(|index| outline.activity(*index).key.to_string()).collect();
    let more = if path.activities.len() > MOST { format!(" and {} more", path.activities.len() - MOST) } else { String::new() };
    let day = |day: Option<crate::base::day::Day>| Cell::date(day);
    vec![
        Cell::text(initiative),
        Cell::count(number),
        float.map_or_else(Cell::blank, |days| Value::Number(days).into()),
        Cell::count(path.activities.len()),
        Cell::count(unfinished().count()),
        day(path.activities.iter().map(|index| plan::start_day(outline.at(*index))).min()),
        day(path.activities.iter().map(|index| outline.at(*index).finish.finish_day()).max()),
        first.map_or_else(Cell::blank, |index| Cell::text(named(index)).link(row_of(outline, index))),
        first.map_or_else(Cell::blank, |index| Cell::text(outline.owner(index))),
        Cell::text(format!("{}{more}", keys.join(" > "))),
    ]
}
