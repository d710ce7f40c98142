//! Milestones, decision gates, reviews and celebrations as one framework of dates; how they moved from month to month;
//! and what is odd about their order.

use super::limits;
use super::outline::Outline;
use super::paths::row_of;
use crate::analysis::framework::FrameworkPoint;
use crate::base::day::{Day, Moment};
use crate::model::activity::ActivityIndex;
use crate::model::initiative::Rag;
use crate::report::book::{Cell, Column, Kind, Mark, Sheet, Table, Total, Value, this_row};
use crate::report::parts::words;
use std::collections::BTreeSet;

/// The framework.
pub const TABLE: &str = "tbl_framework";
/// What is odd about it.
pub const WATCH: &str = "tbl_framework_watch";
/// The most closed months that get a column; the latest ones do.
const MOST_MONTHS: usize = 12;

/// The pages.
#[must_use]
pub fn sheets(outline: &Outline<'_>) -> Vec<Sheet> {
    let trend = match outline.context.input.analyses.framework.points.first().map(|point| &point.status.trend) {
        Some(Err(reason)) => format!("Trend by month: {}", reason.reason()),
        _ => "Trend: the date as each month closed".to_string(),
    };
    vec![
        Sheet::data("Milestones", "Milestones, gates, reviews and celebrations")
            .subtitle(format!("In order of date; late and past deadline are calendar days, float is working days. {trend}"))
            .about("The framework of dated points: baseline, forecast, lateness, float, owner, what holds them.")
            .block(table(outline)),
        Sheet::data("Review Rhythm", "Review rhythm: what is odd about gates and reviews")
            .subtitle("Gates passed out of order, reviews of one owner in one week, initiatives with no review ahead")
            .about("Where gates and reviews are out of order, bunched or missing.")
            .block(watch(outline)),
    ]
}

/// The closed months that get a column, oldest first.
fn months(points: &[FrameworkPoint]) -> Vec<String> {
    let trends = points.iter().filter_map(|point| point.status.trend.as_ref().ok());
    let all: BTreeSet<&str> = trends.flatten().map(|then| then.period.as_str()).collect();
    let skip = all.len().saturating_sub(MOST_MONTHS);
    all.into_iter().skip(skip).map(String::from).collect()
}

/// Every point, by date.
#[must_use]
pub fn table(outline: &Outline<'_>) -> Table {
    let points = &outline.context.input.analyses.framework.points;
    let months = months(points);
    let (late, past) = (this_row(TABLE, "Late (days)"), this_row(TABLE, "Past deadline (days)"));
    let worst = format!("MAX({late},{past})");
    let rag = format!(
        "IF(COUNT({late},{past})=0,\"n/a\",IF({}=\"reached\",\"B\",IF({worst}>={red},\"R\",IF({worst}>0,\"A\",\"G\"))))",
        this_row(TABLE, "State"),
        red = limits::MILESTONE_RED,
    );
    let variance = |more_is_good: bool| Mark::Variance { more_is_good };
    let mut columns = vec![
        Column::text("Point").total(Total::Label("Points shown".into())),
        Column::text("Name").wide(40).total(Total::Count),
        Column::text("Initiative"),
        Column::text("Kind"),
        Column::text("Gate").help("Number among the decision gates of its initiative."),
        Column::text("State"),
        Column::new("Baseline", Kind::Date),
        Column::new("Date", Kind::Date).help("Actual date where reached, else forecast."),
        Column::new("Deadline", Kind::Date),
        Column::new("Late", Kind::Days).mark(variance(false)).help("Calendar days after the baseline."),
        Column::new("Past deadline", Kind::Days).mark(variance(false)).help("Calendar days."),
        Column::new("RAG", Kind::Rag)
            .formula(rag)
            .help("By the worse lateness; B is reached. Limits stand on the Methods sheet."),
        Column::new("Float", Kind::Days).mark(variance(true)).help("Total float in working days."),
        Column::text("Path"),
        Column::text("Owner").wide(20),
        Column::text("Needed sooner by").wide(22).help("Whose need-by date it misses."),
        Column::text("Why then").wide(70),
        Column::new("Moved since close", Kind::Days).mark(variance(false)),
    ];
    columns.extend(months.iter().map(|month| Column::new(month, Kind::Date)));
    let rows = points.iter().map(|point| {
        let mut cells = row(outline, point);
        cells.extend(months.iter().map(|month| {
            let then = point.status.trend.iter().flatten().find(|then| then.period == *month);
            Cell::date(then.map(|then| then.date.finish_day()))
        }));
        cells
    });
    Table::new(TABLE, columns).keys(2).rows(rows.collect()).when_empty("The plan has no milestones.")
}

/// The live difference of two dates of the row; blank where one is missing.
fn between(table: &str, from: (&str, Option<Day>), to: (&str, Day)) -> Cell {
    let days = from.1.map(|from| (to.1 - from).num_days());
    let text = format!("{}-{}", this_row(table, to.0), this_row(table, from.0));
    days.map_or_else(Cell::blank, |days| Cell::formula(text, Value::Integer(days)))
}

fn row(outline: &Outline<'_>, point: &FrameworkPoint) -> Vec<Cell> {
    let activity = outline.activity(point.status.activity);
    let successor = |dependency: &usize| {
        let link = &outline.portfolio().dependencies[*dependency];
        outline.activity(link.successor).key.to_string()
    };
    let sooner: Vec<String> = point.needed_sooner.iter().map(successor).collect();
    let date = ("Date", point.status.date.finish_day());
    let (baseline, deadline) = dates(point);
    vec![
        Cell::text(activity.key.to_string()).link(row_of(outline, point.status.activity)),
        Cell::text(&activity.name).from_source(&activity.origin),
        Cell::text(activity.key.initiative.to_string()),
        Cell::text(words::kind(point.status.kind)),
        point.gate_number.map_or_else(Cell::blank, |number| Cell::text(format!("G{number}"))),
        Cell::text(if point.is_reached() { "reached" } else { "ahead" }),
        Cell::date(baseline),
        Cell::date(Some(date.1)),
        Cell::date(deadline),
        between(TABLE, ("Baseline", baseline), date),
        between(TABLE, ("Deadline", deadline), date),
        rated(outline, point).map_or_else(|| Cell::not_available("no baseline and no deadline"), |rag| Value::Rag(rag).into()),
        point.float_days.map_or_else(Cell::blank, |days| Value::Number(days).into()),
        Cell::text(super::plan::path(outline, point.status.activity)),
        Cell::text(outline.owner(point.status.activity)),
        if sooner.is_empty() { Cell::blank() } else { Cell::text(sooner.join(", ")) },
        if point.is_reached() { Cell::blank() } else { Cell::text(outline.explained(point.status.activity)) },
        point.moved_since_close.map_or_else(|_| Cell::blank(), |days| Value::Integer(days).into()),
    ]
}

/// The days of a point's baseline and deadline.
fn dates(point: &FrameworkPoint) -> (Option<Day>, Option<Day>) {
    (point.status.baseline.map(Moment::finish_day), point.status.deadline.map(Moment::given_day))
}

/// The rating as the formula gives it.
fn rated(outline: &Outline<'_>, point: &FrameworkPoint) -> Option<Rag> {
    let (baseline, deadline) = dates(point);
    let after = |day: Option<Day>| day.map(|day| (point.status.date.finish_day() - day).num_days());
    let worst = after(baseline).max(after(deadline))?;
    Some(match worst {
        _ if point.is_reached() => Rag::Blue,
        days if days >= outline.portfolio().settings.thresholds.milestone_red_days => Rag::Red,
        days if days > 0 => Rag::Amber,
        _ => Rag::Green,
    })
}

/// What is odd about the framework.
#[must_use]
pub fn watch(outline: &Outline<'_>) -> Table {
    let framework = &outline.context.input.analyses.framework;
    let named = |index: ActivityIndex| outline.context.activity(index);
    let initiative =
        |position: usize| outline.portfolio().initiatives.get(position).map_or_else(String::new, |each| each.id.to_string());
    let mut rows = Vec::new();
    for (earlier, later) in &framework.gates_out_of_order {
        let of = outline.activity(*later).key.initiative.to_string();
        rows.push((of, "gate out of order", None, format!("{} was passed before {}", named(*later), named(*earlier))));
    }
    for bunch in &framework.bunches {
        let points: Vec<String> = bunch.points.iter().map(|index| named(*index)).collect();
        let who = outline.context.person(Some(&bunch.owner));
        rows.push((who, "several in one week", Some(bunch.week), points.join("; ")));
    }
    for gap in &framework.gaps {
        let next = gap.next.map_or_else(
            || "no review point or gate is ahead".to_string(),
            |(index, at)| format!("the next review or gate is {}, {}", named(index), words::day(at.finish_day())),
        );
        rows.push((initiative(gap.initiative), "long without a review", gap.next.map(|next| next.1.finish_day()), next));
    }
    let columns = vec![
        Column::text("Initiative or owner").wide(24),
        Column::text("What is odd").wide(24),
        Column::new("Week or date", Kind::Date),
        Column::new("Which", Kind::Prose).wide(100),
    ];
    let rows = rows
        .into_iter()
        .map(|(place, what, day, which)| vec![Cell::text(place), Cell::text(what), Cell::date(day), Cell::text(which)]);
    Table::new(WATCH, columns).rows(rows.collect()).when_empty("Gates are in order, reviews are spread and none is missing.")
}
