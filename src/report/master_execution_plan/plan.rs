//! The plan as an outline: every row of every initiative's work breakdown structure with its dates, floats, driver and
//! owner. Other pages count over this table.

use super::outline::{Line, Outline};
use crate::analysis::baselines::InitiativeComparison;
use crate::analysis::schedule::{ActivityState, ScheduledActivity};
use crate::base::day::Moment;
use crate::model::activity::{ActivityIndex, ActivityType};
use crate::model::initiative::Initiative;
use crate::report::book::{Cell, Column, Kind, Mark, Sheet, Table, Tone, Total, Value, this_row};
use crate::report::parts::words;

/// The table of the plan.
pub const TABLE: &str = "tbl_plan";
/// What its `Path` column says of critical work.
pub const CRITICAL: &str = "critical";
/// What its `Path` column says of the near-critical bands, the nearest first.
pub const BANDS: [&str; 3] = ["near 1", "near 2", "near 3"];
/// What its `Type` column says of the row of an initiative.
const INITIATIVE: &str = "initiative";

/// The page.
#[must_use]
pub fn sheet(outline: &Outline<'_>) -> Sheet {
    Sheet::data("Plan", "Plan: every row of the work breakdown structure")
        .subtitle(
            "Dates of the schedule as it stands; floats and variances in working days of each activity's calendar, + is late. \
             Blank: does not apply. Fold and unfold with the numbers at the left",
        )
        .about("The whole plan as an outline: dates, baseline, floats, paths, drivers, owners.")
        .block(table(outline))
}

/// Every row of the plan.
#[must_use]
pub fn table(outline: &Outline<'_>) -> Table {
    let rows = outline.lines.iter().map(|line| match line {
        Line::Initiative(position, initiative) => initiative_row(outline, *position, initiative),
        Line::Activity(index, _) => activity_row(outline, *index),
    });
    let levels = outline.lines.iter().map(|line| match line {
        Line::Initiative(..) => 0,
        Line::Activity(_, level) => *level,
    });
    let mut table = Table::new(TABLE, columns()).keys(3).rows(rows.collect()).when_empty("There is no plan.");
    table.levels = levels.collect();
    table
}

fn columns() -> Vec<Column> {
    let late = || Mark::Variance { more_is_good: false };
    let float = || Mark::Variance { more_is_good: true };
    let paths = vec![(CRITICAL.to_string(), Tone::Bad), (BANDS[0].to_string(), Tone::Warn)];
    let date = |header: &str| Column::new(header, Kind::Date).wide(13);
    let days = |header: &str| Column::new(header, Kind::Days).wide(12);
    vec![
        Column::text("Activity").total(Total::Label("Rows shown".into())),
        Column::text("WBS").total(Total::Count),
        Column::text("Name").wide(50),
        Column::text("Type"),
        Column::text("Initiative").detail(),
        Column::text("Owner").wide(20).help("Of the activity; of the initiative where it has none."),
        Column::text("State"),
        Column::new("Complete", Kind::Percent)
            .mark(Mark::Bar)
            .help("As last reported, by the activity's own kind of percentage."),
        date("Start").help("Actual start where known, else early start."),
        date("Finish").help("Actual finish where known, else early finish."),
        date("Baseline start"),
        date("Baseline finish"),
        days("Start variance").mark(late()),
        days("Finish variance").mark(late()).help("Working days from the baseline finish to the forecast or actual finish."),
        days("Slip on the calendar").mark(late()).detail().help("Calendar days from the baseline finish."),
        days("Duration"),
        days("Remaining"),
        days("Total float").mark(float()).help("Of rows that are rolled up: the least below them."),
        days("Free float"),
        days("Interfering float").help("Total float less free float: what it takes from its successors when it is used."),
        Column::text("Path")
            .mark(Mark::Words(paths))
            .total(Total::Count)
            .help("critical, or the near-critical band: near 1 is the nearest. Blank on rows that are rolled up."),
        Column::text("Longest path").help("On a chain of driving links to the finish of an initiative."),
        Column::new("Float path", Kind::Integer)
            .help("The first chain to the initiative's finish that it lies on; 1 has the least float."),
        Column::text("Driven by").wide(26).help("What holds the early start."),
        Column::text("Why these dates").wide(84).help("The same in a sentence, with what holds the float."),
        date("Late start").detail(),
        date("Late finish").detail(),
        Column::text("Calendar").wide(24),
        Column::text("Constraint").wide(30),
        date("Deadline"),
        Column::text("Organisation").wide(24),
    ]
}

fn date(at: Option<Moment>) -> Cell {
    Cell::date(at.map(Moment::finish_day))
}

/// A figure; blank where it does not apply, so that the outline stays quiet.
fn figure(number: Option<f64>) -> Cell {
    number.map_or_else(Cell::blank, |number| Value::Number(number).into())
}

/// `Finish - Baseline finish` of the row; blank where there is no baseline.
fn slip(finish: Option<Moment>, baseline: Option<Moment>) -> Cell {
    let days = finish.zip(baseline).map(|(finish, baseline)| (finish.finish_day() - baseline.finish_day()).num_days());
    let text = format!("{}-{}", this_row(TABLE, "Finish"), this_row(TABLE, "Baseline finish"));
    days.map_or_else(Cell::blank, |days| Cell::formula(text, Value::Integer(days)))
}

fn initiative_row(outline: &Outline<'_>, position: usize, initiative: &Initiative) -> Vec<Cell> {
    let plan = outline.schedule().initiatives.get(position);
    let least = super::paths::least_float(outline, position);
    let against = outline.context.input.analyses.baseline_comparison.initiatives.get(position);
    let (start, finish) = (plan.and_then(|plan| plan.start), plan.and_then(|plan| plan.finish));
    let of = |pick: fn(&InitiativeComparison) -> Option<Moment>| against.and_then(pick);
    let (baseline_start, baseline) = (of(|each| each.baseline_start), of(|each| each.baseline_finish));
    let mut row = vec![
        Cell::text(initiative.id.to_string()).from_source(&initiative.origin),
        Cell::blank(),
        Cell::text(&initiative.name),
        Cell::text(INITIATIVE),
        Cell::text(initiative.id.to_string()),
        initiative.owner.as_ref().map_or_else(Cell::blank, |owner| Cell::text(outline.context.person(Some(owner)))),
        Cell::blank(),
        Cell::blank(),
        Cell::date(start.map(Moment::day)),
        date(finish),
        Cell::date(baseline_start.map(Moment::day)),
        date(baseline),
        figure(against.and_then(|each| each.start_variance)),
        figure(against.and_then(|each| each.finish_variance)),
        slip(finish, baseline),
        Cell::blank(),
        Cell::blank(),
        figure(least),
        Cell::blank(),
        Cell::blank(),
    ];
    row.resize(29, Cell::blank());
    row.extend([Cell::date(initiative.must_finish_by.map(Moment::given_day)), Cell::blank()]);
    row
}

fn activity_row(outline: &Outline<'_>, index: ActivityIndex) -> Vec<Cell> {
    let (activity, at) = (outline.activity(index), outline.at(index));
    let baseline = outline.baseline(index);
    let mut row = vec![
        Cell::text(activity.key.to_string()).from_source(&activity.origin),
        Cell::text(&activity.wbs),
        Cell::text(&activity.name),
        Cell::text(words::kind(activity.kind)),
        Cell::text(activity.key.initiative.to_string()),
        Cell::text(outline.owner(index)),
        Cell::text(words::state(at.state)),
        figure(outline.share_done(index)),
        Value::Date(start_day(at)).into(),
        date(Some(at.finish)),
        baseline.map_or_else(Cell::blank, |(start, finish)| Value::Date(start.day().min(finish.finish_day())).into()),
        date(baseline.map(|each| each.1)),
    ];
    let against = outline.compared(index);
    row.extend([figure(against.start_variance), figure(against.finish_variance)]);
    row.push(slip(Some(at.finish), baseline.map(|each| each.1)));
    row.extend([Value::Number(at.days(at.duration)).into(), Value::Number(at.days(at.remaining)).into()]);
    row.extend(floats(at));
    let open = at.state != ActivityState::Complete;
    row.extend([
        Cell::text(path(outline, index)),
        if at.on_longest_path && at.kind != ActivityType::Summary { Cell::text("yes") } else { Cell::blank() },
        at.float_path.map_or_else(Cell::blank, Cell::count),
        Cell::text(outline.driven_by(index)),
        Cell::text(outline.explained(index)),
        if open { Value::Date(at.late_start.day()).into() } else { Cell::blank() },
        if open { date(Some(at.late_finish)) } else { Cell::blank() },
        Cell::text(outline.calendar(index)),
        Cell::text(words::constraints(activity)),
        Cell::date(activity.deadline.map(Moment::given_day)),
        Cell::maybe_text(activity.responsible_organisation.as_ref()),
    ]);
    row.into_iter().map(unless_empty).collect()
}

/// Empty words are no words.
fn unless_empty(cell: Cell) -> Cell {
    if cell.value == Value::Text(String::new()) && cell.more.is_none() { Cell::blank() } else { cell }
}

/// A point at the end of a day starts on that day, not on the next.
pub fn start_day(at: &ScheduledActivity) -> crate::base::day::Day {
    at.start.day().min(at.finish.finish_day())
}

fn floats(at: &ScheduledActivity) -> [Cell; 3] {
    let (total, free) = (at.total_float_days(), at.free_float_days());
    let text = format!("{}-{}", this_row(TABLE, "Total float (days)"), this_row(TABLE, "Free float (days)"));
    let shared = total.zip(free).filter(|_| at.interfering_float().is_some());
    let interfering = shared.map(|(total, free)| Cell::formula(text, Value::Number(total - free)));
    [figure(total), figure(free), interfering.unwrap_or_else(Cell::blank)]
}

/// `critical`, a near-critical band, or nothing.
#[must_use]
pub fn path(outline: &Outline<'_>, index: ActivityIndex) -> &'static str {
    let at = outline.at(index);
    if at.kind == ActivityType::Summary || at.state == ActivityState::Complete {
        return "";
    }
    if at.critical {
        return CRITICAL;
    }
    at.near_critical.and_then(|band| BANDS.get(band)).copied().unwrap_or("")
}
