//! The tiles: the plan's headlines, live over the tables behind them, with their change since the last run.

use crate::analysis::schedule::ScheduledActivity;
use crate::base::day::Day;
use crate::model::activity::ActivityType;
use crate::report::book::{Book, Cell, Good, Kind, Link, Table, Tile, Value, column_of};
use crate::report::headline::{Headline, PLAN, Unit};
use crate::report::master_execution_plan::outline::Outline;
use crate::report::master_execution_plan::{
    accountability, baselines, buffers, health, initiatives, interdependency, limits, milestones, paths, plan,
};
use crate::report::parts::{Headlined, kept};

/// All tiles, in reading order.
#[must_use]
pub fn tiles(outline: &Outline<'_>, detail: &Book) -> Vec<Tile> {
    all(outline, detail).into_iter().map(|each| each.changed(PLAN, outline.context.input.previous)).collect()
}

/// The headlines of the tiles, for the next run to compare with.
#[must_use]
pub fn headlines(outline: &Outline<'_>, detail: &Book) -> Vec<Headline> {
    let headline = |each: Headlined| Headline {
        scope: PLAN.into(),
        measure: each.measure.into(),
        unit: each.unit,
        value: kept(&each.tile.value.value),
    };
    all(outline, detail).into_iter().map(headline).collect()
}

/// A table of the book, to count over.
struct Source<'b> {
    table: Option<&'b Table>,
    name: &'static str,
}

impl<'b> Source<'b> {
    fn of(detail: &'b Book, name: &'static str) -> Self {
        Self { table: detail.table(name), name }
    }

    fn column(&self, header: &str) -> String {
        column_of(self.name, header)
    }

    /// The values of a column.
    fn values(&self, header: &str) -> Vec<&'b Value> {
        let Some(table) = self.table else { return Vec::new() };
        let at = table.position(header);
        at.map(|at| table.rows.iter().map(|row| row[at].result()).collect()).unwrap_or_default()
    }

    fn count(&self, header: &str, test: impl Fn(&Value) -> bool) -> i64 {
        whole(self.values(header).into_iter().filter(|value| test(value)).count())
    }

    fn sum(&self, header: &str) -> i64 {
        self.values(header).into_iter().map(|value| if let Value::Integer(whole) = value { *whole } else { 0 }).sum()
    }

    fn link(&self) -> Link {
        Link::Table { table: self.name.into(), row: None }
    }
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn is(word: &'static str) -> impl Fn(&Value) -> bool {
    move |value| *value == Value::Text(word.into())
}

fn above_zero(value: &Value) -> bool {
    match value {
        Value::Number(number) => *number > 0.0,
        Value::Integer(whole) => *whole > 0,
        _ => false,
    }
}

/// A tile that counts.
fn counted(label: &str, measure: &'static str, (formula, count): (String, i64), note: String, source: &Source<'_>) -> Headlined {
    let cell = Cell::formula(formula, Value::Integer(count));
    let tile = Tile::new(label, cell, Kind::Integer).note(note).link(source.link());
    Headlined { tile, measure, unit: Unit::Count, good: Good::Down }
}

fn all(outline: &Outline<'_>, detail: &Book) -> Vec<Headlined> {
    let mut all = finishes(detail);
    all.extend(criticality(outline, detail));
    all.extend(points(outline, detail));
    all.extend(trust(outline, detail));
    all
}

/// The last finish, initiatives late, must-finish-by dates missed.
fn finishes(detail: &Book) -> Vec<Headlined> {
    let (lines, against) = (Source::of(detail, initiatives::TABLE), Source::of(detail, baselines::INITIATIVES));
    let days = |header: &str| -> Vec<Day> {
        against
            .values(header)
            .into_iter()
            .filter_map(|value| if let Value::Date(day) = value { Some(*day) } else { None })
            .collect()
    };
    let last = days("Finish").into_iter().max();
    let cell = last.map_or_else(
        || Cell::not_available("there is no plan"),
        |last| Cell::formula(format!("MAX({})", against.column("Finish")), Value::Date(last)),
    );
    let baseline = days("Baseline finish").into_iter().max();
    let note = baseline.map_or_else(|| "no baseline".into(), |day| format!("baseline {}", day.format("%d %b %Y")));
    let tile = Tile::new("Last forecast finish", cell, Kind::Date).note(note).link(lines.link());
    let finish = Headlined { tile, measure: "plan_finish", unit: Unit::Date, good: Good::Down };
    let many = lines.values("Initiative").len();
    let late = (format!("COUNTIF({},\">0\")", lines.column("Late (days)")), lines.count("Late (days)", above_zero));
    let missed = lines.count("Margin (days)", |value| matches!(value, Value::Integer(days) if *days < 0));
    let dated = lines.count("Must finish by", |value| matches!(value, Value::Date(_)));
    vec![
        finish,
        counted("Initiatives finishing late", "initiatives_late", late, format!("of {many}, against their baselines"), &lines),
        counted(
            "Must-finish dates missed",
            "must_finish_missed",
            (format!("COUNTIF({},\"<0\")", lines.column("Margin (days)")), missed),
            format!("of {dated} initiatives with such a date"),
            &lines,
        ),
    ]
}

/// Critical and near-critical work, activities late.
fn criticality(outline: &Outline<'_>, detail: &Book) -> Vec<Headlined> {
    let counts = Source::of(detail, paths::COUNTS);
    let rows = Source::of(detail, plan::TABLE);
    let sum = |header: &str| (format!("SUM({})", counts.column(header)), counts.sum(header));
    let unfinished = counts.sum("Unfinished");
    let share =
        |part: i64| part.saturating_mul(100).checked_div(unfinished).map_or_else(String::new, |share| format!(", {share} %"));
    let critical = sum("Critical");
    let note = format!("of {unfinished} unfinished activities{}", share(critical.1));
    let negative = rows.column("Total float (days)");
    let types = rows.column("Type");
    let below = format!("COUNTIFS({negative},\"<0\",{types},\"<>initiative\",{types},\"<>summary\")");
    let late = |at: &&ScheduledActivity| at.kind != ActivityType::Summary && at.total_float.is_some_and(|float| float < 0);
    let count = outline.schedule().activities.iter().filter(late);
    vec![
        counted("Critical activities", "critical_activities", critical, note, &counts),
        counted(
            "Near-critical activities",
            "near_critical_activities",
            sum("Near-critical"),
            "in the three bands".into(),
            &counts,
        ),
        counted(
            "With negative float",
            "negative_float",
            (below, whole(count.count())),
            "a date that cannot be met".into(),
            &rows,
        ),
    ]
}

/// Points ahead, points late, the 14 points.
fn points(outline: &Outline<'_>, detail: &Book) -> Vec<Headlined> {
    let framework = Source::of(detail, milestones::TABLE);
    let (state, date, late) = (framework.column("State"), framework.column("Date"), framework.column("Late (days)"));
    let as_of = outline.context.as_of();
    let until = as_of + chrono::Days::new(u64::try_from(limits::AHEAD_DAYS).unwrap_or(0));
    let ahead = || framework.values("State").into_iter().map(is("ahead"));
    let soon = framework.values("Date").into_iter().zip(ahead());
    let soon = soon.filter(|(day, ahead)| *ahead && matches!(day, Value::Date(day) if *day >= as_of && *day <= until)).count();
    let behind =
        framework.values("Late (days)").into_iter().zip(ahead()).filter(|(days, ahead)| *ahead && above_zero(days)).count();
    let window = format!("{date},\">=\"&as_of,{date},\"<=\"&(as_of+{})", limits::AHEAD);
    let open = ahead().filter(|ahead| *ahead).count();
    let table = Source::of(detail, health::TABLE);
    let passed = (format!("COUNTIF({},\"pass\")", table.column("Verdict")), table.count("Verdict", is("pass")));
    let judged = passed.1 + table.count("Verdict", is("fail"));
    let mut health =
        counted("DCMA points passed", "health_points_passed", passed, format!("of {judged} that could be judged"), &table);
    health.good = Good::Up;
    let mut next = counted(
        &format!("Points in {} days", limits::AHEAD_DAYS),
        "points_ahead",
        (format!("COUNTIFS({state},\"ahead\",{window})"), whole(soon)),
        "milestones, gates, reviews".into(),
        &framework,
    );
    next.good = Good::Neither;
    vec![
        next,
        counted(
            "Points forecast late",
            "points_late",
            (format!("COUNTIFS({state},\"ahead\",{late},\">0\")"), whole(behind)),
            format!("of {open} ahead"),
            &framework,
        ),
        health,
    ]
}

/// Hand-overs, buffers, overdue items.
fn trust(outline: &Outline<'_>, detail: &Book) -> Vec<Headlined> {
    let links = Source::of(detail, interdependency::LINKS);
    let late = (format!("COUNTIF({},\"late\")", links.column("Status")), links.count("Status", is("late")));
    let risk = links.count("Status", is("at risk"));
    let held = Source::of(detail, buffers::TABLE);
    let red = (format!("COUNTIF({},\"red\")", held.column("Zone")), held.count("Zone", is("red")));
    let amber = held.count("Zone", is("amber"));
    let many = outline.context.input.analyses.buffers.buffers.len();
    let items = Source::of(detail, accountability::ITEMS);
    let overdue = (format!("COUNTIF({},\">0\")", items.column("Overdue (days)")), items.count("Overdue (days)", above_zero));
    let open = items.values("Item").len();
    vec![
        counted(
            "Late hand-overs",
            "late_handovers",
            late,
            format!("of {}, and {risk} at risk", links.values("Link").len()),
            &links,
        ),
        counted("Buffers in red", "buffers_red", red, format!("of {many}, and {amber} in amber"), &held),
        counted("Overdue items", "overdue_items", overdue, format!("of {open} open, all owners"), &items),
    ]
}
