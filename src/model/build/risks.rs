//! Risks and issues.

use crate::base::id::{InitiativeId, IssueId, RiskId};
use crate::model::activity::ActivityIndex;
use crate::model::build::context::{Context, Names, Register, Unique, flag};
use crate::model::codes;
use crate::model::risk::{Issue, IssueStatus, Risk, RiskStatus};
use crate::table::tables::Row;

/// The risks, by id, and their register.
pub(super) fn risks(context: &mut Context<'_>) -> Vec<Risk> {
    let rows = context.rows("Risks");
    let names = Names::of(context.has("Risks"), rows.iter().filter_map(|row| row.text("risk_id")));
    context.registers.insert(Register::Risks, names);
    let mut unique = Unique::new();
    let mut risks = Vec::new();
    for row in rows {
        let Some(id) = row.text("risk_id").map(RiskId::new) else { continue };
        if !unique.admits(context, row, "risk_id", id.clone()) {
            continue;
        }
        let Some(initiative) = context.initiative(row, "initiative") else { continue };
        let Some(probability) = row.number("probability") else { continue };
        let risk = risk(context, row, id, initiative, probability);
        check_risk(context, row, &risk);
        risks.push(risk);
    }
    risks.sort_by(|a, b| a.id.cmp(&b.id));
    risks
}

fn risk(context: &mut Context<'_>, row: Row<'_>, id: RiskId, initiative: InitiativeId, probability: f64) -> Risk {
    let status = risk_status(row);
    let text = |key| row.text(key).map(String::from);
    Risk {
        id,
        cause: text("cause"),
        event: row.text("event").unwrap_or_default().to_string(),
        effect: text("effect"),
        category: text("category"),
        owner: context.person(row, "owner", matches!(status, RiskStatus::Open | RiskStatus::Draft)),
        opportunity: row.text("kind") == Some("opportunity"),
        probability,
        cost: ["cost_min", "cost_likely", "cost_max"].map(|key| context.amount(row, key)),
        days: ["days_min", "days_likely", "days_max"].map(|key| row.number(key)),
        impact_kind: text("impact_kind"),
        activities: activities(context, row, &initiative),
        impact_score: row.integer("impact_score"),
        impact_scores: open_columns(row),
        proximity: row.day("proximity_date"),
        response: text("response"),
        residual_probability: row.number("residual_probability"),
        residual_cost: context.amount(row, "residual_cost_likely"),
        residual_days: row.number("residual_days_likely"),
        target_score: row.integer("target_score"),
        trigger: text("trigger"),
        contingency_plan: text("contingency_plan"),
        raised: row.day("raised"),
        status,
        closed: row.day("closed_date"),
        currency: context.currency(row, Some(&initiative)),
        origin: row.place(),
        initiative,
    }
}

fn risk_status(row: Row<'_>) -> RiskStatus {
    match row.text("status").unwrap_or("open") {
        "closed" => RiskStatus::Closed,
        "occurred" => RiskStatus::Occurred,
        "draft" => RiskStatus::Draft,
        _ => RiskStatus::Open,
    }
}

fn activities(context: &mut Context<'_>, row: Row<'_>, home: &InitiativeId) -> Vec<ActivityIndex> {
    let texts = row.list("activities_hit");
    texts.into_iter().filter_map(|text| context.activity_named(row, "activities_hit", text, Some(home))).collect()
}

fn open_columns(row: Row<'_>) -> Vec<(String, f64)> {
    let columns = row.table.open_columns.iter();
    columns.filter_map(|(name, values)| Some((name.clone(), values.get(row.index).copied().flatten()?))).collect()
}

fn check_risk(context: &mut Context<'_>, row: Row<'_>, risk: &Risk) {
    let open = risk.status == RiskStatus::Open;
    if open && risk.probability >= 1.0 {
        let finding = flag(row, codes::RISK_IS_ISSUE, "probability").expected("below 100 %");
        context.push(finding.hint("move it to the issues and set the status to occurred"));
    }
    if open && risk.probability <= 0.0 {
        let finding = flag(row, codes::RISK_IMPOSSIBLE, "probability").expected("above 0 %");
        context.push(finding.hint("give a probability, or close the risk"));
    }
    if risk.status != RiskStatus::Closed && risk.closed.is_some() {
        let finding = flag(row, codes::OPEN_BUT_CLOSED, "closed_date").expected("no closed date on a risk that is not closed");
        context.push(finding.hint("set the status to closed, or clear the date"));
    }
    let scored = risk.impact_score.is_some() || !risk.impact_scores.is_empty();
    if open && !scored && risk.cost.iter().all(Option::is_none) && risk.days.iter().all(Option::is_none) {
        let finding = flag(row, codes::RISK_WITHOUT_IMPACT, "cost_likely").expected("a cost, days, or an impact score");
        context.push(finding.hint("say what it would do"));
    }
    check_residual(context, row, risk);
    for (key, day) in [("raised", risk.raised), ("closed_date", risk.closed)] {
        if day.is_some_and(|day| day > context.as_of()) {
            let finding = flag(row, codes::FUTURE_RECORD, key).expected(format!("a date up to {}", context.as_of()));
            context.push(finding.hint("correct the date"));
        }
    }
}

/// After the response a threat is not larger, and an opportunity not smaller, than before.
fn check_residual(context: &mut Context<'_>, row: Row<'_>, risk: &Risk) {
    let wrong_way = |grown: bool, shrunk: bool| if risk.opportunity { shrunk } else { grown };
    let probability = risk.residual_probability.is_some_and(|left| wrong_way(left > risk.probability, left < risk.probability));
    let cost = risk.residual_cost.zip(risk.cost[1]).is_some_and(|(left, before)| wrong_way(left > before, left < before));
    let days = risk.residual_days.zip(risk.days[1]).is_some_and(|(left, before)| wrong_way(left > before, left < before));
    let expected =
        if risk.opportunity { "at least what it was before the response" } else { "at most what it was before the response" };
    for (wrong, key) in [(probability, "residual_probability"), (cost, "residual_cost_likely"), (days, "residual_days_likely")] {
        if wrong {
            context.push(
                flag(row, codes::RESIDUAL_ABOVE_INHERENT, key).expected(expected).hint("correct it, or say why in the response"),
            );
        }
    }
}

/// The issues, by id.
pub(super) fn issues(context: &mut Context<'_>) -> Vec<Issue> {
    let mut unique = Unique::new();
    let mut issues = Vec::new();
    for row in context.rows("Issues") {
        let Some(id) = row.text("issue_id").map(IssueId::new) else { continue };
        if !unique.admits(context, row, "issue_id", id.clone()) {
            continue;
        }
        let Some(initiative) = context.initiative(row, "initiative") else { continue };
        let (Some(raised), Some(severity)) = (row.day("raised"), row.integer("severity")) else { continue };
        let status = issue_status(row);
        let open = !matches!(status, IssueStatus::Closed | IssueStatus::Resolved);
        let text = |key| row.text(key).map(String::from);
        let issue = Issue {
            id,
            initiative,
            title: row.text("title").unwrap_or_default().to_string(),
            raised,
            severity,
            owner: context.person(row, "owner", open),
            due: row.day("due_date"),
            risk: context.reference(row, "risk", Register::Risks).map(|id| RiskId::new(&id)),
            escalated_to: text("escalated_to"),
            escalated_on: row.day("escalated_on"),
            acknowledged: row.day("acknowledged"),
            resolution: text("resolution"),
            resolved: row.day("resolved_date"),
            reopened: row.day("reopened_date"),
            status,
            origin: row.place(),
        };
        check_issue(context, row, &issue, open);
        issues.push(issue);
    }
    issues.sort_by(|a, b| a.id.cmp(&b.id));
    issues
}

fn issue_status(row: Row<'_>) -> IssueStatus {
    match row.text("status").unwrap_or("open") {
        "in progress" => IssueStatus::InProgress,
        "resolved" => IssueStatus::Resolved,
        "closed" => IssueStatus::Closed,
        "reopened" => IssueStatus::Reopened,
        _ => IssueStatus::Open,
    }
}

fn check_issue(context: &mut Context<'_>, row: Row<'_>, issue: &Issue, open: bool) {
    if open && issue.severity == 1 && issue.escalated_to.is_none() {
        let finding =
            flag(row, codes::ISSUE_UNESCALATED, "escalated_to").expected("whom it is escalated to, since the severity is 1");
        context.push(finding.hint("escalate it, or lower the severity"));
    }
    if open && issue.resolved.is_some() && issue.reopened.is_none() {
        let finding = flag(row, codes::OPEN_BUT_CLOSED, "resolved_date").expected("no resolved date on an issue that is open");
        context.push(finding.hint("set the status to resolved or closed, or give the reopened date"));
    }
    for (key, day) in [("raised", Some(issue.raised)), ("resolved_date", issue.resolved)] {
        if day.is_some_and(|day| day > context.as_of()) {
            let finding = flag(row, codes::FUTURE_RECORD, key).expected(format!("a date up to {}", context.as_of()));
            context.push(finding.hint("correct the date"));
        }
    }
}
