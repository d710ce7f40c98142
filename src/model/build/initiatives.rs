//! Initiatives: those that the Initiatives table lists, and those known only from the records of others.

use crate::base::id::{InitiativeId, ObjectiveId, PersonId};
use crate::base::money::Currency;
use crate::base::origin::Origin;
use crate::model::build::context::{Context, Names, Register, Unique, flag};
use crate::model::codes;
use crate::model::initiative::{Initiative, InitiativeStatus, Rag, RagOverride};
use crate::table::tables::Row;
use std::collections::BTreeMap;

/// Tables whose records belong to an initiative.
const USERS: &[&str] =
    &["Activities", "Budgets", "Forecast", "Actuals", "Cost codes", "Risks", "Issues", "Benefits", "Deliverables"];

/// The initiatives, by id, and their register.
pub(super) fn initiatives(context: &mut Context<'_>) -> Vec<Initiative> {
    let rows = context.rows("Initiatives");
    register(context, &rows);
    let mut unique = Unique::new();
    let mut initiatives = Vec::new();
    for row in rows {
        let Some(id) = row.text("initiative_id").map(InitiativeId::new) else { continue };
        if unique.admits(context, row, "initiative_id", id.clone()) {
            initiatives.push(initiative(context, row, id));
        }
    }
    initiatives.extend(undeclared(context));
    initiatives.sort_by(|a, b| a.id.cmp(&b.id));
    context.currencies = initiatives.iter().map(|initiative| (initiative.id.clone(), initiative.currency)).collect();
    initiatives
}

/// Ids, and previous ids as aliases. A previous id that is in use, or claimed twice, stands for nothing.
fn register(context: &mut Context<'_>, rows: &[Row<'_>]) {
    let mut names = Names::of(context.has("Initiatives"), rows.iter().filter_map(|row| row.text("initiative_id")));
    let mut claims: BTreeMap<String, (String, bool)> = BTreeMap::new();
    for row in rows {
        let Some(id) = row.text("initiative_id") else { continue };
        for previous in row.text("previous_ids").unwrap_or("").split([';', ',']).map(str::trim).filter(|text| !text.is_empty()) {
            let clash = names.known.contains(previous) || claims.get(previous).is_some_and(|(other, _)| other != id);
            claims.entry(previous.to_string()).and_modify(|claim| claim.1 |= clash).or_insert((id.to_string(), clash));
            if clash {
                let finding = flag(*row, codes::PREVIOUS_ID_CLASH, "previous_ids").found(previous);
                context.push(finding.expected("an id that no other initiative has or had").hint("delete it here or there"));
            }
        }
    }
    names.aliases = claims.into_iter().filter(|(_, (_, clash))| !clash).map(|(previous, (id, _))| (previous, id)).collect();
    context.registers.insert(Register::Initiatives, names);
}

fn initiative(context: &mut Context<'_>, row: Row<'_>, id: InitiativeId) -> Initiative {
    let status = status(row);
    let open = !matches!(status, InitiativeStatus::Complete | InitiativeStatus::Cancelled);
    let (start, finish) = (row.day("start"), row.day("finish"));
    let text = |key| row.text(key).map(String::from);
    Initiative {
        name: row.text("name").unwrap_or(id.as_str()).to_string(),
        objective: objective(context, row),
        workstream: text("workstream"),
        sponsor: context.person(row, "sponsor", open),
        owner: context.person(row, "owner", open),
        category: text("category"),
        stage: text("stage"),
        status,
        priority: row.integer("priority"),
        scores: scores(row),
        start,
        finish,
        project_start: None,
        calendar: None,
        must_finish_by: row.moment("must_finish_by"),
        currency: row.text("currency").and_then(Currency::parse).unwrap_or(context.settings.reporting_currency),
        approved_budget: context.amount(row, "approved_budget"),
        contingency: context.amount(row, "contingency"),
        business_case_npv: context.amount(row, "business_case_npv"),
        mandatory: row.yes("mandatory").unwrap_or(false),
        excludes: others(context, row, "excludes", &id),
        requires: others(context, row, "requires", &id),
        rag_override: rag_override(row),
        previous_ids: row.list("previous_ids").into_iter().map(String::from).collect(),
        origin: row.place(),
        declared: true,
        id,
    }
}

fn objective(context: &mut Context<'_>, row: Row<'_>) -> Option<ObjectiveId> {
    if row.text("objective").is_none() && context.has("Objectives") {
        let finding = flag(row, codes::NO_OBJECTIVE, "objective").expected("the objective that the initiative serves");
        context.push(finding.hint("give the objective, or say why the initiative has none"));
    }
    context.reference(row, "objective", Register::Objectives).map(|id| ObjectiveId::new(&id))
}

fn status(row: Row<'_>) -> InitiativeStatus {
    match row.text("status").unwrap_or("active") {
        "proposed" => InitiativeStatus::Proposed,
        "approved" => InitiativeStatus::Approved,
        "on hold" => InitiativeStatus::OnHold,
        "complete" => InitiativeStatus::Complete,
        "cancelled" => InitiativeStatus::Cancelled,
        _ => InitiativeStatus::Active,
    }
}

fn scores(row: Row<'_>) -> Vec<(String, f64)> {
    let columns = row.table.open_columns.iter();
    columns.filter_map(|(name, values)| Some((name.clone(), values.get(row.index).copied().flatten()?))).collect()
}

fn others(context: &mut Context<'_>, row: Row<'_>, key: &str, own: &InitiativeId) -> Vec<InitiativeId> {
    let mut others = Vec::new();
    for text in row.list(key) {
        let Some(other) = context.resolve(row, key, text, Register::Initiatives).map(|id| InitiativeId::new(&id)) else {
            continue;
        };
        if other == *own {
            context
                .push(flag(row, codes::NAMES_ITSELF, key).expected("other initiatives").hint("delete its own id from the list"));
        } else {
            others.push(other);
        }
    }
    others
}

/// The owner's own rating; none without its reason.
fn rag_override(row: Row<'_>) -> Option<RagOverride> {
    let rag = Rag::parse(row.text("rag_override")?)?;
    let reason = row.text("rag_reason")?;
    Some(RagOverride { rag, reason: reason.to_string() })
}

/// Initiatives that records use and no Initiatives table lists. Where there is no such table at all, any record's
/// initiative counts; where there is one, only those of activities do, since a plan must not be lost.
fn undeclared(context: &mut Context<'_>) -> Vec<Initiative> {
    let listed = context.has("Initiatives");
    let tables: &[&str] = if listed { &USERS[..1] } else { USERS };
    let mut places: BTreeMap<String, (Row<'_>, Origin)> = BTreeMap::new();
    for table in tables {
        for row in context.rows(table) {
            let Some(text) = row.text("initiative") else { continue };
            if context.names(Register::Initiatives).is_none_or(|names| names.find(text).is_none()) {
                places.entry(text.to_string()).or_insert_with(|| (row, row.origin("initiative")));
            }
        }
    }
    let found: Vec<Initiative> = places.into_iter().map(|(id, (row, origin))| stand_in(context, &id, row, origin)).collect();
    let names = context.registers.entry(Register::Initiatives).or_default();
    names.known.extend(found.iter().map(|initiative| initiative.id.as_str().to_string()));
    names.present = true;
    found
}

fn stand_in(context: &mut Context<'_>, id: &str, row: Row<'_>, origin: Origin) -> Initiative {
    let listed = context.has("Initiatives");
    let code = if listed { codes::INITIATIVE_NOT_LISTED } else { codes::NO_INITIATIVES_TABLE };
    let near = context.names(Register::Initiatives).and_then(|names| names.hint(id));
    let hint = near.unwrap_or_else(|| "add it to the Initiatives table".into());
    context.push(flag(row, code, "initiative").found(id).expected("an initiative of the Initiatives table").hint(hint));
    Initiative {
        id: InitiativeId::new(id),
        name: id.to_string(),
        objective: None,
        workstream: None,
        sponsor: None,
        owner: None::<PersonId>,
        category: None,
        stage: None,
        status: InitiativeStatus::Active,
        priority: None,
        scores: Vec::new(),
        start: None,
        finish: None,
        project_start: None,
        calendar: None,
        must_finish_by: None,
        currency: context.settings.reporting_currency,
        approved_budget: None,
        contingency: None,
        business_case_npv: None,
        mandatory: false,
        excludes: Vec::new(),
        requires: Vec::new(),
        rag_override: None,
        previous_ids: Vec::new(),
        origin,
        declared: false,
    }
}
