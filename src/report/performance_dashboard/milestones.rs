//! Milestones: baseline against forecast, days late, and what holds each of them.

use super::context::{Context, finish};
use super::pick::pick;
use super::settings;
use crate::analysis::milestones::MilestoneStatus;
use crate::analysis::schedule::{ActivityState, Driver};
use crate::model::activity::ActivityType;
use crate::model::initiative::Rag;
use crate::report::book::{Cell, Column, Kind, Mark, Table, Value, this_row};
use crate::report::parts::message::{FIGURE, KEY, NAME, OWNER, WORDS};

/// The table of all milestones.
pub const TABLE: &str = "tbl_milestones";
/// The few on the Executive page.
const FEW: &str = "tbl_exec_milestones";
const MOST: usize = 10;
const UNKNOWN: &str = "not in the baseline";

/// Every milestone, gate and review point, by forecast date.
#[must_use]
pub fn table(context: &Context<'_>) -> Table {
    let (late, past) = (this_row(TABLE, "Late (days)"), this_row(TABLE, "Past deadline (days)"));
    let worst = format!("MAX({late},{past})");
    let rag = format!(
        "IF(COUNT({late},{past})>0,IF({worst}>={red},\"R\",IF({worst}>0,\"A\",\"G\")),\"n/a\")",
        red = settings::MILESTONE_RED
    );
    let columns = vec![
        Column::text("Milestone"),
        Column::text("Name").wide(40),
        Column::text("Initiative").wide(26),
        Column::new("Baseline", Kind::Date),
        Column::new("Forecast", Kind::Date).help("Actual date where reached."),
        Column::new("Deadline", Kind::Date),
        Column::new("Late", Kind::Days)
            .mark(Mark::Variance { more_is_good: false })
            .help("Calendar days after the baseline; negative: early."),
        Column::new("Past deadline", Kind::Days).mark(Mark::Variance { more_is_good: false }).help("Calendar days."),
        Column::new("Float", Kind::Days)
            .mark(Mark::Variance { more_is_good: true })
            .help("Total float in working days; negative: a date cannot be met."),
        Column::new("RAG", Kind::Rag).formula(rag).help("Of open milestones: by the worse of both kinds of lateness."),
        Column::text("Reached"),
        Column::text("Held by").wide(52),
        Column::text("Owner").help("Of the activity; of the initiative where it has none."),
    ];
    let mut all: Vec<&MilestoneStatus> = context.input.analyses.milestones.iter().collect();
    all.retain(|each| each.kind != ActivityType::Celebration);
    all.sort_by_key(|each| (each.date, each.activity));
    let rows = all.iter().map(|each| row(context, each)).collect();
    Table::new(TABLE, columns).keys(2).rows(rows).when_empty("The plan has no milestones.")
}

fn row(context: &Context<'_>, each: &MilestoneStatus) -> Vec<Cell> {
    let activity = context.portfolio().activity(each.activity);
    let reached = each.state == ActivityState::Complete;
    let float = context.input.analyses.schedules.current.activity(each.activity).total_float_days();
    let days =
        |days: Option<i64>, reason: &str| days.map_or_else(|| Cell::not_available(reason), |days| Value::Integer(days).into());
    let deadline = each.deadline.map_or_else(Cell::blank, |at| Value::Date(at.given_day()).into());
    let past = if each.deadline.is_some() { days(each.days_past_deadline, "no deadline") } else { Cell::blank() };
    vec![
        Cell::text(activity.key.to_string()).from_source(&activity.origin),
        Cell::text(&activity.name),
        Cell::text(context.name_of(&activity.key.initiative)),
        finish(each.baseline, UNKNOWN),
        Value::Date(each.date.finish_day()).into(),
        deadline,
        days(each.days_late, UNKNOWN),
        past,
        Cell::number(float, if reached { "reached" } else { "no float" }),
        rated(context, each).map_or_else(|| Cell::not_available(UNKNOWN), |rag| Value::Rag(rag).into()),
        Cell::text(if reached { "yes" } else { "no" }),
        if reached { Cell::blank() } else { Cell::text(holder(context, each)) },
        Cell::text(owner(context, each)),
    ]
}

fn owner(context: &Context<'_>, each: &MilestoneStatus) -> String {
    let activity = context.portfolio().activity(each.activity);
    let initiative = context.portfolio().initiative(&activity.key.initiative);
    context.person(activity.owner.as_ref().or(initiative.and_then(|initiative| initiative.owner.as_ref())))
}

/// Red from the days of the settings, amber when late at all, else green.
fn rated(context: &Context<'_>, each: &MilestoneStatus) -> Option<Rag> {
    let limit = context.portfolio().settings.thresholds.milestone_red_days;
    each.worst().map(|days| {
        if days >= limit {
            Rag::Red
        } else if days > 0 {
            Rag::Amber
        } else {
            Rag::Green
        }
    })
}

/// The first unfinished activity on the chain of driving links that leads to a milestone.
fn holder(context: &Context<'_>, each: &MilestoneStatus) -> String {
    let schedule = &context.input.analyses.schedules.current;
    let mut at = each.activity;
    for _ in 0..context.portfolio().activities.len() {
        let Driver::Predecessor { dependency } = schedule.activity(at).driver else { break };
        let before = context.portfolio().dependencies[dependency].predecessor;
        if schedule.activity(before).state == ActivityState::Complete {
            break;
        }
        at = before;
    }
    if at == each.activity {
        return schedule.driver_text(context.portfolio(), at);
    }
    let held = context.activity(at);
    format!("{held}, forecast {}", schedule.activity(at).finish.finish_day().format("%d %b %Y"))
}

/// The milestones not yet reached that are latest, by forecast date.
#[must_use]
pub fn few(detail: &Table) -> Table {
    let late = |row: usize| match (detail.rows[row][6].result(), detail.rows[row][7].result()) {
        (Value::Integer(late), Value::Integer(past)) => *late.max(past),
        (Value::Integer(late), _) | (_, Value::Integer(late)) => *late,
        _ => i64::MIN,
    };
    let is_open = |row: &usize| detail.rows[*row][10].result() == &Value::Text("no".into());
    let mut rows: Vec<usize> = (0..detail.rows.len()).filter(is_open).collect();
    rows.sort_by_key(|row| (std::cmp::Reverse(late(*row)), *row));
    rows.truncate(MOST);
    rows.sort_unstable();
    let date = |header: &str| (Column::new(header, Kind::Date).wide(FIGURE), header.to_string());
    let shown = vec![
        (Column::new("Name", Kind::Prose).wide(NAME), "Name".to_string()),
        (Column::new("RAG", Kind::Rag), "RAG".into()),
        date("Baseline"),
        date("Forecast"),
        (Column::new("Late", Kind::Days).wide(FIGURE).mark(Mark::Variance { more_is_good: false }), "Late (days)".into()),
        date("Deadline"),
        (Column::new("Initiative", Kind::Prose).wide(WORDS), "Initiative".into()),
        (Column::new("Held by", Kind::Prose).wide(WORDS), "Held by".into()),
        (Column::new("Owner", Kind::Prose).wide(OWNER), "Owner".into()),
    ];
    pick(FEW, Column::new("Milestone", Kind::Prose).wide(KEY), detail, &rows, shown).when_empty("No milestone is open.")
}
