//! Decisions, deliverables, commentary and positions reported elsewhere.

use crate::base::id::{DecisionId, DeliverableId, InitiativeId};
use crate::base::money::Currency;
use crate::model::build::context::{Context, Names, Register, Unique, flag};
use crate::model::codes;
use crate::model::finance::{Commentary, ReportedPosition};
use crate::model::governance::{Decision, DecisionStatus};
use crate::model::initiative::Deliverable;
use crate::table::tables::Row;
use std::collections::BTreeMap;

/// The decisions, by id.
pub(super) fn decisions(context: &mut Context<'_>) -> Vec<Decision> {
    let rows = context.rows("Decisions");
    let names = Names::of(context.has("Decisions"), rows.iter().filter_map(|row| row.text("decision_id")));
    context.registers.insert(Register::Decisions, names);
    let mut unique = Unique::new();
    let mut decisions = Vec::new();
    for row in rows {
        let (Some(id), Some(raised)) = (row.text("decision_id").map(DecisionId::new), row.day("date_raised")) else { continue };
        if unique.admits(context, row, "decision_id", id.clone()) {
            let decision = decision(context, row, id, raised);
            check_decision(context, row, &decision);
            decisions.push(decision);
        }
    }
    decisions.sort_by(|a, b| a.id.cmp(&b.id));
    decisions
}

fn decision(context: &mut Context<'_>, row: Row<'_>, id: DecisionId, raised: crate::base::day::Day) -> Decision {
    let text = |key| row.text(key).map(String::from);
    Decision {
        title: row.text("title").unwrap_or_default().to_string(),
        initiative: context.initiative(row, "initiative"),
        raised,
        needed_by: row.day("needed_by"),
        options: text("options"),
        decision: text("decision"),
        rationale: text("rationale"),
        made_by: context.person(row, "made_by", false),
        decided_on: row.day("decided_on"),
        items: text("items"),
        supersedes: context.reference(row, "supersedes", Register::Decisions).map(|id| DecisionId::new(&id)),
        review_date: row.day("review_date"),
        status: decision_status(row),
        origin: row.place(),
        id,
    }
}

fn decision_status(row: Row<'_>) -> DecisionStatus {
    match row.text("status").unwrap_or("open") {
        "decided" => DecisionStatus::Decided,
        "deferred" => DecisionStatus::Deferred,
        "reversed" => DecisionStatus::Reversed,
        _ => DecisionStatus::Open,
    }
}

fn check_decision(context: &mut Context<'_>, row: Row<'_>, decision: &Decision) {
    let decided = matches!(decision.status, DecisionStatus::Decided | DecisionStatus::Reversed);
    for (missing, key) in [(decision.decision.is_none(), "decision"), (row.text("made_by").is_none(), "made_by")] {
        if decided && missing {
            let finding = flag(row, codes::DECISION_INCOMPLETE, key).expected("what was decided, and by whom");
            context.push(finding.hint("fill it in, or set the status to open"));
        }
    }
    if decision.supersedes.as_ref() == Some(&decision.id) {
        context.push(flag(row, codes::NAMES_ITSELF, "supersedes").expected("another decision").hint("correct the id"));
    }
    for (key, day) in [("date_raised", Some(decision.raised)), ("decided_on", decision.decided_on)] {
        if day.is_some_and(|day| day > context.as_of()) {
            let finding = flag(row, codes::FUTURE_RECORD, key).expected(format!("a date up to {}", context.as_of()));
            context.push(finding.hint("correct the date"));
        }
    }
}

/// The register of deliverables, which activities refer to.
pub(super) fn register_deliverables(context: &mut Context<'_>) {
    let rows = context.rows("Deliverables");
    let names = Names::of(context.has("Deliverables"), rows.iter().filter_map(|row| row.text("deliverable_id")));
    context.registers.insert(Register::Deliverables, names);
}

/// The deliverables, by id.
pub(super) fn deliverables(context: &mut Context<'_>) -> Vec<Deliverable> {
    let mut unique = Unique::new();
    let mut deliverables = Vec::new();
    for row in context.rows("Deliverables") {
        let Some(id) = row.text("deliverable_id").map(DeliverableId::new) else { continue };
        if !unique.admits(context, row, "deliverable_id", id.clone()) {
            continue;
        }
        if let Some(initiative) = context.initiative(row, "initiative") {
            deliverables.push(deliverable(context, row, id, initiative));
        }
    }
    deliverables.sort_by(|a, b| a.id.cmp(&b.id));
    deliverables
}

fn deliverable(context: &mut Context<'_>, row: Row<'_>, id: DeliverableId, initiative: InitiativeId) -> Deliverable {
    let accepted_on = row.day("accepted_on");
    if accepted_on.is_some_and(|day| day > context.as_of()) {
        let finding = flag(row, codes::FUTURE_RECORD, "accepted_on").expected(format!("a date up to {}", context.as_of()));
        context.push(finding.hint("correct the date; it counts as not accepted until then"));
    }
    check_late(context, row, &id);
    Deliverable {
        id,
        name: row.text("name").unwrap_or_default().to_string(),
        acceptance_criteria: row.text("acceptance_criteria").map(String::from),
        activity: context.activity(row, "activity", Some(&initiative)),
        owner: context.person(row, "owner", accepted_on.is_none()),
        due: row.day("due_date"),
        accepted_on: accepted_on.filter(|day| *day <= context.as_of()),
        accepted_by: context.person(row, "accepted_by", false),
        origin: row.place(),
        initiative,
    }
}

/// What commentary may speak of, besides the portfolio.
const ITEMS: [Register; 5] = [Register::Initiatives, Register::Objectives, Register::Benefits, Register::Kpis, Register::Risks];

fn check_late(context: &mut Context<'_>, row: Row<'_>, id: &DeliverableId) {
    let late = row.day("due_date").is_some_and(|due| due < context.as_of());
    if late && row.day("accepted_on").is_none() {
        let due = row.day("due_date").unwrap_or_default();
        let finding = flag(row, codes::UNACCEPTED, "due_date").found(format!("{id}, due {due}"));
        context.push(finding.expected("an acceptance date").hint("have it accepted, or agree a new date"));
    }
}

/// The owners' words, by period, item and measure.
pub(super) fn commentary(context: &mut Context<'_>) -> Vec<Commentary> {
    let mut found = Vec::new();
    for row in context.rows("Commentary") {
        let (Some(period), Some(text)) = (row.period("period"), row.text("text")) else { continue };
        let Some(item) = item(context, row) else { continue };
        found.push(Commentary {
            item,
            measure: row.text("measure").unwrap_or_default().to_string(),
            period,
            text: text.to_string(),
            author: context.person(row, "author", false),
            origin: row.place(),
        });
    }
    found.sort_by(|a, b| (a.period, &a.item, &a.measure, &a.text).cmp(&(b.period, &b.item, &b.measure, &b.text)));
    found
}

/// The id of an initiative, objective, benefit, KPI or risk, an initiative and its control account, or `portfolio`.
fn item(context: &mut Context<'_>, row: Row<'_>) -> Option<String> {
    let text = row.text("item")?;
    if text.eq_ignore_ascii_case("portfolio") {
        return Some("portfolio".into());
    }
    if let Some(account) = control_account(context, text) {
        return Some(account);
    }
    let named =
        ITEMS.into_iter().find(|register| context.registers.get(register).is_some_and(|names| names.find(text).is_some()));
    context.resolve(row, "item", text, named.unwrap_or(Register::Initiatives))
}

/// `LU-101 CA-1`: an initiative and one of its control accounts.
fn control_account(context: &Context<'_>, text: &str) -> Option<String> {
    let (initiative, account) = text.split_once(' ')?;
    let id = |text: &str| context.registers.get(&Register::Initiatives).and_then(|known| known.find(text).map(str::to_string));
    let (of, account) = (id(initiative)?, account.trim());
    let mine =
        |row: &Row<'_>| row.text("control_account") == Some(account) && row.text("initiative").and_then(id).as_ref() == Some(&of);
    context.rows("Activities").iter().any(mine).then(|| format!("{of} {account}"))
}

/// Positions reported elsewhere, by item, measure, currency and date.
pub(super) fn reported(context: &mut Context<'_>) -> Vec<ReportedPosition> {
    let mut found: BTreeMap<(String, String, Option<Currency>, crate::base::day::Day), ReportedPosition> = BTreeMap::new();
    for row in context.rows("Reported positions") {
        let (Some(item), Some(measure), Some(as_of)) = (row.text("item"), row.text("measure"), row.day("as_of")) else {
            continue;
        };
        let position = ReportedPosition {
            item: item.to_string(),
            as_of,
            measure: measure.to_string(),
            value: context.amount(row, "value"),
            stated_change: context.amount(row, "stated_change"),
            stated_total: context.amount(row, "stated_total"),
            currency: row.text("currency").and_then(Currency::parse),
            origin: row.place(),
        };
        found.entry((position.item.clone(), position.measure.clone(), position.currency, as_of)).or_insert(position);
    }
    found.into_values().collect()
}
