//! Activities: from rows to typed records in the order of initiative, WBS code and id.

use crate::base::day::Moment;
use crate::base::id::{ActivityId, ActivityKey, DeliverableId, InitiativeId};
use crate::base::span::Span;
use crate::model::activity::{
    Activity, ActivityIndex, ActivityType, CalendarBasis, Constraint, CostAccrual, EarnedValueTechnique, PercentKind, ThreePoint,
};
use crate::model::build::context::{Context, Register, Unique, flag};
use crate::model::build::{calendars, status, steps, wbs};
use crate::model::codes;
use crate::table::tables::Row;

/// The activities, indexed by key and by id, with parents and apportioned links resolved.
pub(super) fn activities(context: &mut Context<'_>) -> Vec<Activity> {
    let mut unique = Unique::new();
    let mut found: Vec<(Activity, Row<'_>)> = Vec::new();
    for row in context.rows("Activities") {
        let Some(initiative) = context.initiative(row, "initiative") else { continue };
        let Some(id) = row.text("activity_id").map(ActivityId::new) else { continue };
        let key = ActivityKey { initiative, id };
        if unique.admits(context, row, "activity_id", key.clone()) {
            found.push((activity(context, row, key), row));
        }
    }
    found.sort_by_cached_key(|(activity, _)| {
        (activity.key.initiative.clone(), wbs::natural(&activity.wbs), activity.key.id.clone())
    });
    index(context, &found);
    let (mut activities, rows): (Vec<Activity>, Vec<Row<'_>>) = found.into_iter().unzip();
    wbs::give_parents(context, &mut activities, &rows);
    apportion(context, &mut activities, &rows);
    for (index, (activity, row)) in activities.iter_mut().zip(&rows).enumerate() {
        status::check(context, ActivityIndex(index), activity, *row);
    }
    activities
}

fn index(context: &mut Context<'_>, found: &[(Activity, Row<'_>)]) {
    for (position, (activity, _)) in found.iter().enumerate() {
        let index = ActivityIndex(position);
        context.activities.by_key.insert(activity.key.clone(), index);
        context.activities.by_id.entry(activity.key.id.as_str().to_string()).or_default().push(index);
    }
}

fn activity(context: &mut Context<'_>, row: Row<'_>, key: ActivityKey) -> Activity {
    let kind = kind(row);
    let duration = duration(context, row, kind);
    let text = |key| row.text(key).map(String::from);
    Activity {
        wbs: row.text("wbs").unwrap_or_default().to_string(),
        name: row.text("name").unwrap_or(key.id.as_str()).to_string(),
        kind: if kind == ActivityType::Task && row.text("type").is_none() && duration.is_zero() {
            ActivityType::Milestone
        } else {
            kind
        },
        duration,
        calendar: calendars::calendar_of(context, row),
        calendar_basis: calendar_basis(row),
        manual: row.text("scheduling") == Some("manual"),
        constraint: constraint(context, row, "constraint_type", "constraint_date"),
        secondary_constraint: constraint(context, row, "secondary_constraint_type", "secondary_constraint_date"),
        expected_finish: row.moment("expected_finish"),
        external_early_start: row.moment("external_early_start"),
        external_late_finish: row.moment("external_late_finish"),
        deadline: row.moment("deadline"),
        baseline_start: row.moment("baseline_start"),
        baseline_finish: row.moment("baseline_finish"),
        baseline_work: row.span("baseline_work"),
        baseline_cost: context.amount(row, "baseline_cost"),
        actual_start: row.moment("actual_start"),
        actual_finish: row.moment("actual_finish"),
        percent_complete: row.number("percent_complete"),
        percent_kind: percent_kind(row),
        remaining: row.span("remaining_duration"),
        resume: row.moment("resume_date"),
        technique: technique(row),
        steps: steps::steps(context, row),
        budget: context.amount(row, "budget"),
        fixed_cost: context.amount(row, "fixed_cost"),
        cost_per_hour: context.amount(row, "cost_per_hour"),
        accrual: accrual(row),
        control_account: text("control_account"),
        responsible_organisation: text("responsible_organisation"),
        crash_duration: row.span("crash_duration"),
        crash_cost: context.amount(row, "crash_cost"),
        owner: context.person(row, "owner", row.moment("actual_finish").is_none()),
        deliverable: context.reference(row, "deliverable", Register::Deliverables).map(|id| DeliverableId::new(&id)),
        estimate: estimate(context, row),
        levelling_priority: row.integer("levelling_priority"),
        parent: None,
        origin: row.place(),
        key,
    }
}

fn kind(row: Row<'_>) -> ActivityType {
    match row.text("type").unwrap_or("task") {
        "milestone" => ActivityType::Milestone,
        "start milestone" => ActivityType::StartMilestone,
        "finish milestone" => ActivityType::FinishMilestone,
        "decision gate" => ActivityType::DecisionGate,
        "review point" => ActivityType::ReviewPoint,
        "celebration" => ActivityType::Celebration,
        "hammock" => ActivityType::Hammock,
        "summary" => ActivityType::Summary,
        "buffer" => ActivityType::Buffer,
        _ => ActivityType::Task,
    }
}

/// The duration. Points and summaries have none of their own; one that cannot be a duration counts as none.
fn duration(context: &mut Context<'_>, row: Row<'_>, kind: ActivityType) -> Span {
    let Some(duration) = row.span("duration") else { return Span::ZERO };
    if duration.is_negative() || duration.percent().is_some() {
        let finding = flag(row, codes::DURATION_UNUSABLE, "duration").expected("a length of time of 0 or more");
        context.push(finding.hint("give working time such as 10d or 4h; counted as 0 until then"));
        return Span::ZERO;
    }
    if kind.is_point() && !duration.is_zero() {
        let finding = flag(row, codes::MILESTONE_WITH_DURATION, "duration").expected("0, since the row is a point in time");
        context.push(finding.hint("set the duration to 0, or the type to task; counted as 0 until then"));
        return Span::ZERO;
    }
    if kind == ActivityType::Summary { Span::ZERO } else { duration }
}

fn calendar_basis(row: Row<'_>) -> CalendarBasis {
    match row.text("calendar_basis").unwrap_or_default() {
        "resources" => CalendarBasis::Resources,
        "both" => CalendarBasis::Both,
        _ => CalendarBasis::Activity,
    }
}

fn constraint(context: &mut Context<'_>, row: Row<'_>, kind: &str, when: &str) -> Option<Constraint> {
    let date = row.moment(when);
    let Some(word) = row.text(kind) else {
        if when == "constraint_date" && row.text("scheduling") == Some("manual") {
            return date.map(Constraint::MustStartOn);
        }
        if date.is_some() {
            let finding = flag(row, codes::CONSTRAINT_WITHOUT_TYPE, when).expected("a constraint type beside it");
            context.push(finding.hint("say what the date means, such as start no earlier than; ignored until then"));
        }
        return None;
    };
    let make: fn(Moment) -> Constraint = match word {
        "start no earlier than" => Constraint::StartNoEarlierThan,
        "start no later than" => Constraint::StartNoLaterThan,
        "finish no earlier than" => Constraint::FinishNoEarlierThan,
        "finish no later than" => Constraint::FinishNoLaterThan,
        "must start on" => Constraint::MustStartOn,
        "must finish on" => Constraint::MustFinishOn,
        "start on" => Constraint::StartOn,
        "finish on" => Constraint::FinishOn,
        "as late as possible" => return Some(Constraint::AsLateAsPossible),
        _ => return None,
    };
    date.map(make)
}

fn percent_kind(row: Row<'_>) -> PercentKind {
    match row.text("percent_complete_kind").unwrap_or_default() {
        "physical" => PercentKind::Physical,
        "units" => PercentKind::Units,
        _ => PercentKind::Duration,
    }
}

/// The technique; apportioned ones are resolved once every activity is known.
fn technique(row: Row<'_>) -> EarnedValueTechnique {
    match row.text("ev_technique").unwrap_or_default() {
        "0/100" => EarnedValueTechnique::ZeroHundred,
        "50/50" => EarnedValueTechnique::FiftyFifty,
        "25/75" => EarnedValueTechnique::TwentyFiveSeventyFive,
        "weighted steps" => EarnedValueTechnique::WeightedSteps,
        "units" => EarnedValueTechnique::Units,
        "level of effort" => EarnedValueTechnique::LevelOfEffort,
        _ => EarnedValueTechnique::PercentComplete,
    }
}

fn accrual(row: Row<'_>) -> CostAccrual {
    match row.text("cost_accrual").unwrap_or_default() {
        "start" => CostAccrual::Start,
        "end" => CostAccrual::End,
        _ => CostAccrual::Prorated,
    }
}

/// The estimate with three points; an incomplete one is a finding and none.
fn estimate(context: &mut Context<'_>, row: Row<'_>) -> Option<ThreePoint> {
    let distribution = row.text("distribution").map(String::from);
    let points = ["optimistic", "most_likely", "pessimistic"].map(|key| row.span(key));
    match points {
        [Some(optimistic), Some(most_likely), Some(pessimistic)] => {
            Some(ThreePoint { optimistic, most_likely, pessimistic, distribution })
        }
        [None, None, None] => None,
        [optimistic, likely, _] => {
            let missing = if optimistic.is_none() {
                "optimistic"
            } else if likely.is_none() {
                "most_likely"
            } else {
                "pessimistic"
            };
            let finding =
                flag(row, codes::ESTIMATE_INCOMPLETE, missing).expected("all three of Optimistic, Most likely, Pessimistic");
            context.push(finding.hint("give all three or none; the estimate is not used until then"));
            None
        }
    }
}

/// Resolves "Apportioned to". What leads nowhere or back to itself earns by percent complete instead (a finding).
fn apportion(context: &mut Context<'_>, activities: &mut [Activity], rows: &[Row<'_>]) {
    let mut bases: Vec<Option<ActivityIndex>> = vec![None; activities.len()];
    for (position, row) in rows.iter().enumerate().filter(|(_, row)| row.text("ev_technique") == Some("apportioned")) {
        let home: InitiativeId = activities[position].key.initiative.clone();
        bases[position] = context.activity(*row, "apportioned_to", Some(&home));
    }
    for (position, row) in rows.iter().enumerate() {
        let Some(base) = bases[position] else { continue };
        if leads_back(&bases, position) {
            let finding =
                flag(*row, codes::APPORTIONED_TO_NOTHING, "apportioned_to").expected("an activity that does not follow this one");
            context.push(finding.hint("break the circle; percent complete is used until then"));
        } else {
            activities[position].technique = EarnedValueTechnique::ApportionedTo(base);
        }
    }
}

fn leads_back(bases: &[Option<ActivityIndex>], from: usize) -> bool {
    let mut at = bases[from];
    for _ in 0..bases.len() {
        match at {
            Some(next) if next.0 == from => return true,
            Some(next) => at = bases[next.0],
            None => return false,
        }
    }
    true
}
