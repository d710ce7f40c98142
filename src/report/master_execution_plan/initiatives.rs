//! Initiatives: one line each, finish against baseline and must-finish-by, criticality, health, hand-overs, what is next.

use super::outline::Outline;
use super::{accountability, baselines, health, interdependency, paths};
use crate::analysis::interdependency::LinkHealth;
use crate::analysis::schedule::{ActivityState, InitiativeSchedule};
use crate::base::day::Moment;
use crate::model::activity::ActivityIndex;
use crate::model::initiative::Initiative;
use crate::report::book::{Cell, Column, Kind, Mark, Sheet, Table, Value, column_of, this_row};
use crate::report::parts::context::lookup;
use crate::report::parts::words;

/// The table of initiatives.
pub const TABLE: &str = "tbl_initiatives";

/// The page.
#[must_use]
pub fn sheet(outline: &Outline<'_>) -> Sheet {
    Sheet::data("Initiatives", "Initiatives: one line each")
        .subtitle("Late in working days, margin in calendar days; counts are live over the other sheets")
        .about("Each initiative's finish against its baseline and its must-finish-by date, criticality, health and what is next.")
        .block(table(outline))
}

/// One line an initiative.
#[must_use]
pub fn table(outline: &Outline<'_>) -> Table {
    let own = |header: &str| this_row(TABLE, header);
    let id = own("Initiative");
    let from = |table: &str, header: &str| lookup(&column_of(table, header), &id, &column_of(table, "Initiative"));
    let links = |side: &str| {
        let of = |header: &str| column_of(interdependency::LINKS, header);
        format!("COUNTIFS({},{id},{},\"late\")", of(side), of("Status"))
    };
    let points = |verdict: &str| {
        let of = |header: &str| column_of(health::INITIATIVES, header);
        format!("COUNTIFS({},{id},{},\"{verdict}\")", of("Initiative"), of("Verdict"))
    };
    let items = |header: &str| column_of(accountability::ITEMS, header);
    let count = |header: &str, formula: String| Column::new(header, Kind::Integer).wide(12).formula(formula);
    let late = || Mark::Variance { more_is_good: false };
    let margin = || Mark::Variance { more_is_good: true };
    let columns = vec![
        Column::text("Initiative"),
        Column::text("Name").wide(30),
        Column::text("Owner").wide(20),
        Column::new("Schedule", Kind::Rag)
            .help("The rating of its schedule; the rule stands in the note and on the dashboard's Health page."),
        Column::new("Start", Kind::Date),
        Column::new("Baseline finish", Kind::Date),
        Column::new("Finish", Kind::Date),
        Column::new("Late", Kind::Days)
            .formula(from_or_blank(&from(baselines::INITIATIVES, "Finish variance (days)")))
            .mark(late()),
        Column::new("Must finish by", Kind::Date),
        Column::new("Margin", Kind::Days).mark(margin()).help("Calendar days from the finish to the must-finish-by date."),
        Column::new("Least float", Kind::Days).mark(margin()),
        count("Unfinished", from(paths::COUNTS, "Unfinished")),
        count("Critical", from(paths::COUNTS, "Critical")).mark(Mark::Bar),
        count("Near-critical", from(paths::COUNTS, "Near-critical")).mark(Mark::Bar),
        count("Points passed", points("pass")).help("Of the DCMA 14 points."),
        count("Points failed", points("fail")),
        count("Late hand-overs given", links("From")).mark(Mark::High { bad: 0.0, warn: 0.0 }),
        count("Late hand-overs awaited", links("To")).mark(Mark::High { bad: 0.0, warn: 0.0 }),
        count("Overdue items", format!("COUNTIFS({},{id},{},\">0\")", items("Initiative"), items("Overdue (days)"))),
        Column::text("Next point").wide(28),
        Column::new("Next date", Kind::Date),
        Column::text("Finish held by").wide(48).help("The first unfinished step of its longest path."),
    ];
    let rows = outline.portfolio().initiatives.iter().enumerate().map(|(at, each)| row(outline, at, each)).collect();
    Table::new(TABLE, columns).keys(2).rows(rows).when_empty("The portfolio has no initiatives.")
}

/// A lookup that may meet an empty cell: nothing is not 0.
fn from_or_blank(lookup: &str) -> String {
    format!("IF(ISNUMBER({lookup}),{lookup},\"n/a\")")
}

fn row(outline: &Outline<'_>, position: usize, initiative: &Initiative) -> Vec<Cell> {
    let analyses = outline.context.input.analyses;
    let plan = outline.schedule().initiatives.get(position);
    let against = analyses.baseline_comparison.initiatives.get(position);
    let finish = plan.and_then(|plan| plan.finish);
    let day = |at: Option<Moment>, reason: &str| {
        at.map_or_else(|| Cell::not_available(reason), |at| Value::Date(at.finish_day()).into())
    };
    let margin = initiative.must_finish_by.zip(finish).map(|(by, at)| (by.given_day() - at.finish_day()).num_days());
    let margin_text = format!("{}-{}", this_row(TABLE, "Must finish by"), this_row(TABLE, "Finish"));
    let mut cells = vec![
        outline.context.initiative_cell(&initiative.id),
        Cell::text(&initiative.name),
        Cell::text(outline.context.person(initiative.owner.as_ref())),
        rating(outline, position),
        plan.and_then(|plan| plan.start).map_or_else(|| Cell::not_available("no activities"), |at| Value::Date(at.day()).into()),
        day(against.and_then(|each| each.baseline_finish), "no baseline"),
        day(finish, "no activities"),
        Cell::number(against.and_then(|each| each.finish_variance), "no baseline"),
        Cell::date(initiative.must_finish_by.map(Moment::given_day)),
        margin.map_or_else(Cell::blank, |days| Cell::formula(margin_text, Value::Integer(days))),
        paths::least_float(outline, position).map_or_else(Cell::blank, |days| Value::Number(days).into()),
    ];
    cells.extend(counts(outline, position, initiative).map(Cell::count));
    let next = analyses.framework.points.iter().find(|point| point.initiative == position && !point.is_reached());
    cells.push(next.map_or_else(Cell::blank, |next| Cell::text(&outline.activity(next.status.activity).name)));
    cells.push(Cell::date(next.map(|next| next.status.date.finish_day())));
    cells.push(plan.and_then(|plan| held_by(outline, plan)).map_or_else(Cell::blank, Cell::text));
    cells
}

fn rating(outline: &Outline<'_>, position: usize) -> Cell {
    let Some(health) = outline.context.input.analyses.health.get(position) else { return Cell::blank() };
    let rule = health.schedule.rule.clone();
    health.schedule.rag.map_or_else(|| Cell::not_available(rule.clone()), |rag| Cell::new(Value::Rag(rag)).note(rule.clone()))
}

/// Unfinished, critical, near-critical; points passed and failed; hand-overs late on either side; items overdue.
fn counts(outline: &Outline<'_>, position: usize, initiative: &Initiative) -> [usize; 8] {
    let analyses = outline.context.input.analyses;
    let [unfinished, critical, near] = paths::counted(outline, position);
    let points = analyses.schedule_health.initiatives.get(position).map(|(_, table)| &table.points);
    let judged =
        |passes: bool| points.into_iter().flatten().filter(|point| point.limit.is_some() && point.passes == Ok(passes)).count();
    let late = analyses.interdependencies.links.iter().filter(|link| link.status == LinkHealth::Late);
    let (given, awaited) = (late.clone().filter(|link| link.from == position), late.filter(|link| link.to == position));
    let items = analyses.accountability.items.iter();
    let overdue =
        items.filter(|item| item.initiative.as_ref() == Some(&initiative.id) && item.days_overdue.is_some_and(|days| days > 0));
    [unfinished, critical, near, judged(true), judged(false), given.count(), awaited.count(), overdue.count()]
}

/// The first unfinished step of the longest path: what holds the finish now.
#[must_use]
pub fn holder(outline: &Outline<'_>, plan: &InitiativeSchedule) -> Option<ActivityIndex> {
    plan.longest_path.iter().copied().find(|index| outline.at(*index).state != ActivityState::Complete)
}

fn held_by(outline: &Outline<'_>, plan: &InitiativeSchedule) -> Option<String> {
    let index = holder(outline, plan)?;
    let (activity, at) = (outline.activity(index), outline.at(index));
    Some(format!("{} {}, forecast {}", activity.key, activity.name, words::day(at.finish.finish_day())))
}
