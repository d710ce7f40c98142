//! Format 6, in brief: each initiative's dates and its next milestone; the network itself is the other workbook.

use crate::analysis::milestones::MilestoneStatus;
use crate::analysis::schedule::ActivityState;
use crate::base::id::InitiativeId;
use crate::model::activity::ActivityType;
use crate::report::book::{Cell, Column, Kind, Mark, Table, Value, this_row};
use crate::report::performance_dashboard::context::{Context, finish};

/// The table.
pub const TABLE: &str = "tbl_ipmr_6";

/// Baseline and forecast finish, and the next milestone, by initiative.
#[must_use]
pub fn table(context: &Context<'_>) -> Table {
    let own = |header: &str| this_row(TABLE, header);
    let late = |now: &str, then: &str| format!("IF(COUNT({0},{1})=2,{0}-{1},\"n/a\")", own(now), own(then));
    let slip = Mark::Variance { more_is_good: false };
    let date = |words: &str| Column::new(words, Kind::Date).wide(14);
    let columns = vec![
        Column::text("Initiative").wide(13),
        Column::new("Name", Kind::Prose).wide(30),
        Column::new("Owner", Kind::Prose).wide(22),
        Column::new("Next milestone", Kind::Prose).wide(60),
        date("Its baseline"),
        date("Its forecast"),
        Column::new("Late", Kind::Days)
            .wide(12)
            .formula(late("Its forecast", "Its baseline"))
            .mark(slip.clone())
            .help("Calendar days."),
        date("Baseline finish"),
        date("Forecast finish"),
        Column::new("Finish late", Kind::Days)
            .wide(14)
            .formula(late("Forecast finish", "Baseline finish"))
            .mark(slip)
            .help("Calendar days."),
    ];
    let initiatives = &context.input.analyses.earned_value.initiatives;
    let rows = initiatives.iter().map(|each| row(context, &each.initiative, each.curve.finish)).collect();
    Table::new(TABLE, columns).keys(2).rows(rows).when_empty("There are no initiatives.")
}

fn row(context: &Context<'_>, id: &InitiativeId, baseline: Option<crate::base::day::Moment>) -> Vec<Cell> {
    let plan = context.input.analyses.schedules.current.initiatives.iter().find(|plan| plan.initiative == *id);
    let forecast = finish(plan.and_then(|plan| plan.finish), "no activities");
    let planned = finish(baseline, "no baseline dates");
    let next = next(context, id);
    let none = "no milestone is open";
    let its = |at: Option<crate::base::day::Moment>, reason: &str| finish(at, if next.is_some() { reason } else { none });
    let (its_baseline, its_forecast) =
        (its(next.and_then(|each| each.baseline), "not in the baseline"), its(next.map(|each| each.date), none));
    let name = next.map_or_else(|| none.to_string(), |each| context.portfolio().activity(each.activity).name.clone());
    let owner = context.portfolio().initiative(id).and_then(|initiative| initiative.owner.as_ref());
    let (late, its_late) = (days(&forecast, &planned), days(&its_forecast, &its_baseline));
    vec![
        context.initiative_cell(id),
        Cell::text(context.name_of(id)),
        Cell::text(context.person(owner)),
        Cell::text(name),
        its_baseline,
        its_forecast,
        its_late,
        planned,
        forecast,
        late,
    ]
}

/// The first milestone or gate that is not reached.
fn next<'a>(context: &Context<'a>, id: &InitiativeId) -> Option<&'a MilestoneStatus> {
    let open = |each: &&MilestoneStatus| {
        let activity = context.portfolio().activity(each.activity);
        activity.key.initiative == *id && each.state != ActivityState::Complete && each.kind != ActivityType::Celebration
    };
    context.input.analyses.milestones.iter().filter(open).min_by_key(|each| (each.date, each.activity))
}

fn days(now: &Cell, then: &Cell) -> Cell {
    match (now.result(), then.result()) {
        (Value::Date(now), Value::Date(then)) => Value::Integer((*now - *then).num_days()).into(),
        (none @ Value::NotAvailable(_), _) | (_, none) => Cell::new(none.clone()),
    }
}
