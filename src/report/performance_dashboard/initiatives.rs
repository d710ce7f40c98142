//! Initiatives: one line each with ratings and their rules, owner, dates and indices; milestones below.

use super::context::{Context, finish, lookup, ratio};
use super::pick::pick;
use super::{earned_value, milestones};
use crate::analysis::earned_value::{InitiativeEarnedValue, Performance};
use crate::analysis::health::{Health, Rating};
use crate::analysis::lateness::{Finish, finishes};
use crate::analysis::measure::{Measure, Undefined};
use crate::analysis::schedule::InitiativeSchedule;
use crate::model::initiative::{Initiative, InitiativeStatus, Rag};
use crate::report::book::{Cell, Column, Kind, Mark, Sheet, Table, Value, column_of, this_row};
use crate::report::parts::message::{FIGURE, KEY, NAME, OWNER, WORDS};

/// The table of initiatives.
pub const TABLE: &str = "tbl_initiatives";

/// The page.
#[must_use]
pub fn sheet(context: &Context<'_>) -> Sheet {
    Sheet::data("Initiatives", "Initiatives: one line each")
        .subtitle("Ratings R red, A amber, G green, B complete; the rule behind each stands on the Health page")
        .about("Owner, dates, indices and ratings of each initiative.")
        .block(table(context))
}

/// The rules behind the ratings.
#[must_use]
pub fn health(context: &Context<'_>) -> Sheet {
    Sheet::data("Health", "Health: the rule behind each rating")
        .subtitle("Of several signs the worst decides; all are listed, the deciding ones first")
        .about("Why each initiative is rated as it is, part by part.")
        .block(rules(context))
}

/// Every milestone.
#[must_use]
pub fn all_milestones(context: &Context<'_>) -> Sheet {
    Sheet::data("Milestones", "Milestones, gates and review points")
        .subtitle("Baseline against forecast; days late are calendar days, float is working days")
        .about("Every milestone with its baseline, forecast, lateness and what holds it.")
        .block(milestones::table(context))
}

/// All that is known of an initiative.
struct Line<'a> {
    initiative: &'a Initiative,
    result: Option<&'a InitiativeEarnedValue>,
    plan: Option<&'a InitiativeSchedule>,
    finish: Option<Finish>,
    health: Option<&'a Health>,
}

fn lines<'a>(context: &Context<'a>) -> Vec<Line<'a>> {
    let analyses = context.input.analyses;
    let finishes = finishes(context.portfolio(), &analyses.schedules.current, &analyses.earned_value);
    let line = |(position, initiative): (usize, &'a Initiative)| Line {
        initiative,
        result: analyses.earned_value.initiatives.get(position),
        plan: analyses.schedules.current.initiatives.get(position),
        finish: finishes.get(position).cloned(),
        health: analyses.health.get(position),
    };
    context.portfolio().initiatives.iter().enumerate().map(line).collect()
}

/// One line an initiative.
#[must_use]
pub fn table(context: &Context<'_>) -> Table {
    let columns = vec![
        Column::text("Initiative"),
        Column::text("Name").wide(28),
        Column::text("Owner"),
        Column::text("Status"),
        Column::new("Overall", Kind::Rag).help("The owner's own rating where there is one, else the worst of the parts."),
        Column::new("Schedule", Kind::Rag),
        Column::new("Cost", Kind::Rag),
        Column::new("Benefits", Kind::Rag),
        Column::new("Risk", Kind::Rag),
        Column::new("CPI", Kind::Ratio).mark(earned_value::low(context)),
        Column::new("SPI(t)", Kind::Ratio).mark(earned_value::low(context)),
        Column::new("Complete", Kind::Percent).mark(Mark::Bar),
        Column::new("Baseline finish", Kind::Date),
        Column::new("Forecast finish", Kind::Date),
        Column::new("Late", Kind::Days)
            .mark(Mark::Variance { more_is_good: false })
            .help("Working days from baseline to forecast finish."),
        Column::new("Least float", Kind::Days)
            .mark(Mark::Variance { more_is_good: true })
            .help("Smallest total float of unfinished work, in working days; negative: a date cannot be met."),
        Column::text("Sponsor").detail(),
        Column::text("Stage").detail(),
        Column::new("Why", Kind::Prose).wide(60).help("What decides the overall rating; every rule stands on the Health page."),
        Column::new("Owner's words", Kind::Prose).wide(60).help("Commentary of the period on the whole of it."),
    ];
    let values = earned_value::initiatives(context);
    let rows = lines(context).iter().map(|line| row(context, line, &values)).collect();
    Table::new(TABLE, columns).keys(2).rows(rows).when_empty("The portfolio has no initiatives.")
}

fn row(context: &Context<'_>, line: &Line<'_>, values: &Table) -> Vec<Cell> {
    let initiative = line.initiative;
    let rated =
        |pick: fn(&Health) -> &Rating| line.health.map_or_else(|| Cell::not_available("not rated"), |health| rag(pick(health)));
    let overall = line.health.map_or_else(
        || Cell::not_available("not rated"),
        |health| health.shown().map_or_else(|| rag(&health.overall), |shown| Cell::new(Value::Rag(shown))),
    );
    let overall = match line.health {
        Some(health) if health.is_overridden() => overall.note(overridden(health)),
        _ => overall,
    };
    let finished = line.finish.as_ref();
    vec![
        context.initiative_cell(&initiative.id),
        Cell::text(&initiative.name),
        Cell::text(context.person(initiative.owner.as_ref())),
        Cell::text(status(initiative.status)),
        overall,
        rated(|health| &health.schedule),
        rated(|health| &health.cost),
        rated(|health| &health.benefits),
        rated(|health| &health.risk),
        looked_up((context, line, values), "CPI", |at| at.cost.cost_performance_index),
        looked_up((context, line, values), "SPI(t)", |at| at.time.schedule_performance_index),
        looked_up((context, line, values), "Complete", |at| at.cost.percent_complete),
        finish(finished.and_then(|finish| finish.baseline), "no baseline dates"),
        finish(finished.and_then(|finish| finish.forecast), "no activities"),
        Cell::number(finished.and_then(|finish| finish.days_late), "no baseline dates"),
        Cell::number(least_float(context, line), "nothing unfinished"),
        Cell::text(context.person(initiative.sponsor.as_ref())),
        Cell::maybe_text(initiative.stage.as_ref()),
        line.health.map_or_else(Cell::blank, |health| Cell::text(why(health))),
        Cell::maybe_text(context.words(&initiative.id, "overall")),
    ]
}

/// A figure of the Earned Value page by this row's id; static where that page does not hold the initiative.
fn looked_up(
    (context, line, table): (&Context<'_>, &Line<'_>, &Table),
    header: &str,
    pick: fn(&Performance) -> Measure<f64>,
) -> Cell {
    let value = line.result.and_then(InitiativeEarnedValue::current).map_or(Err(Undefined::NoBaseline), pick);
    let is_counted = context.input.analyses.earned_value.portfolio.counted.contains(&line.initiative.id);
    if !is_counted {
        return ratio(value).into();
    }
    let position = table.position(header);
    let held = table.rows.iter().find(|row| row[0].result() == &Value::Text(line.initiative.id.to_string()));
    let shown = held.zip(position).map_or_else(|| ratio(value), |(row, position)| row[position].result().clone());
    let (values, ids) = (column_of(earned_value::TABLE, header), column_of(earned_value::TABLE, "Initiative"));
    Cell::formula(lookup(&values, &this_row(TABLE, "Initiative"), &ids), shown)
}

fn rag(rating: &Rating) -> Cell {
    rating.rag.map_or_else(|| Cell::not_available(rating.rule.clone()), |rag| Cell::new(Value::Rag(rag)))
}

fn overridden(health: &Health) -> String {
    let own = health.owner.as_ref().map_or_else(String::new, |owner| owner.reason.clone());
    let computed = letter(health.overall.rag);
    format!("The owner's rating. Computed: {computed}. Reason: {own}")
}

/// The deciding parts of the rating, with their rules; the owner's reason where the owner's rating stands.
fn why(health: &Health) -> String {
    let parts = [("Schedule", &health.schedule), ("Cost", &health.cost), ("Benefits", &health.benefits), ("Risk", &health.risk)];
    let deciding = parts.iter().filter(|(_, rating)| rating.rag.is_some() && rating.rag == health.overall.rag);
    let first = |rule: &str| rule.split("; ").next().unwrap_or(rule).to_string();
    let computed = match health.overall.rag {
        Some(Rag::Green | Rag::Blue) | None => first(&health.overall.rule),
        _ => deciding.map(|(name, rating)| format!("{name}: {}", first(&rating.rule))).collect::<Vec<_>>().join(". "),
    };
    match &health.owner {
        Some(owner) => {
            format!("Owner: {}. Computed {}: {computed}", owner.reason.trim_end_matches('.'), letter(health.overall.rag))
        }
        None => computed,
    }
}

fn letter(rag: Option<Rag>) -> &'static str {
    rag.map_or("n/a", Rag::letter)
}

fn least_float(context: &Context<'_>, line: &Line<'_>) -> Option<f64> {
    let minutes = line.plan?.least_float?;
    let per_day = context.portfolio().calendars.default_calendar().minutes_per_day().max(1);
    #[expect(clippy::cast_precision_loss, reason = "minutes of a schedule are far below 2^52")]
    let days = minutes as f64 / per_day as f64;
    Some(days)
}

const fn status(status: InitiativeStatus) -> &'static str {
    match status {
        InitiativeStatus::Proposed => "proposed",
        InitiativeStatus::Approved => "approved",
        InitiativeStatus::Active => "active",
        InitiativeStatus::OnHold => "on hold",
        InitiativeStatus::Complete => "complete",
        InitiativeStatus::Cancelled => "cancelled",
    }
}

/// The rules, in words with their figures.
fn rules(context: &Context<'_>) -> Table {
    let columns = vec![
        Column::text("Initiative"),
        Column::text("Part").wide(28),
        Column::new("RAG", Kind::Rag),
        Column::new("Rule", Kind::Prose).wide(120),
    ];
    let mut rows = Vec::new();
    for line in lines(context) {
        let Some(health) = line.health else { continue };
        let parts =
            [("Schedule", &health.schedule), ("Cost", &health.cost), ("Benefits", &health.benefits), ("Risk", &health.risk)];
        for (part, rating) in parts.into_iter().chain([("Overall, computed", &health.overall)]) {
            rows.push(vec![context.initiative_cell(&health.initiative), Cell::text(part), rag(rating), Cell::text(&rating.rule)]);
        }
        if let Some(owner) = &health.owner {
            let own = Value::Rag(owner.rag);
            rows.push(vec![
                context.initiative_cell(&health.initiative),
                Cell::text("Overall, owner's"),
                own.into(),
                Cell::text(&owner.reason),
            ]);
        }
    }
    Table::new("tbl_health", columns).keys(2).rows(rows).when_empty("No initiative is rated.")
}

/// The lines of the Executive page.
#[must_use]
pub fn few(context: &Context<'_>) -> Table {
    let detail = table(context);
    let rows: Vec<usize> = (0..detail.rows.len()).collect();
    let index =
        |header: &str| (Column::new(header, Kind::Ratio).wide(FIGURE).mark(earned_value::low(context)), header.to_string());
    let shown = vec![
        (Column::new("Name", Kind::Prose).wide(NAME), "Name".to_string()),
        (Column::new("RAG", Kind::Rag), "Overall".into()),
        index("CPI"),
        index("SPI(t)"),
        (Column::new("Late", Kind::Days).wide(FIGURE).mark(Mark::Variance { more_is_good: false }), "Late (days)".into()),
        (Column::new("Forecast finish", Kind::Date).wide(FIGURE), "Forecast finish".into()),
        (Column::new("Why", Kind::Prose).wide(WORDS), "Why".into()),
        (Column::new("Owner's words", Kind::Prose).wide(WORDS), "Owner's words".into()),
        (Column::new("Owner", Kind::Prose).wide(OWNER), "Owner".into()),
    ];
    pick("tbl_exec_initiatives", Column::new("Initiative", Kind::Prose).wide(KEY), &detail, &rows, shown)
        .when_empty("The portfolio has no initiatives.")
}
