//! Movements of contingency and management reserve.

use super::{Tally, approver, is_later, not_negative};
use crate::base::day::Day;
use crate::base::id::{InitiativeId, RiskId};
use crate::base::money::Currency;
use crate::model::budget_control::{AuthorityLimit, Fund, Movement, ReserveMovement};
use crate::model::build::context::{Context, Register, flag, flag_at};
use crate::model::codes;
use crate::model::finance::PlanTotal;
use crate::model::risk::Risk;
use crate::table::tables::Row;
use std::collections::BTreeMap;

/// The movements, by fund, initiative, date and row, and where their money went.
pub(super) fn reserves(
    context: &mut Context<'_>,
    risks: &[Risk],
    limits: &[AuthorityLimit],
) -> (Vec<ReserveMovement>, Vec<PlanTotal>) {
    let mut tally = Tally::of("Contingency");
    let mut found = Vec::new();
    for row in context.rows("Contingency") {
        let (Some(amount), Some(date)) = (context.amount(row, "amount"), row.day("date")) else { continue };
        let word = |key| row.text(key).unwrap_or_default();
        let fund = Fund::ALL.into_iter().find(|fund| fund.word() == word("fund"));
        let movement = Movement::ALL.into_iter().find(|movement| movement.word() == word("movement"));
        let (Some(fund), Some(movement)) = (fund, movement) else { continue };
        let initiative = context.initiative(row, "initiative");
        let currency = context.currency(row, initiative.as_ref());
        tally.read(amount, currency);
        let hint = "turn the sign, and let the movement say which way it goes";
        let amount = not_negative(context, row, "amount", amount, hint);
        let lost = row.text("initiative").is_some() && initiative.is_none();
        let later = is_later(context, row, "date");
        let (Some(amount), false, false) = (amount, lost, later) else { continue };
        tally.used(amount, currency);
        found.push(ReserveMovement {
            risk: risk(context, row, initiative.as_ref(), risks),
            approver: approver(context, row, limits),
            reason: row.text("reason").map(String::from),
            origin: row.place(),
            fund,
            initiative,
            date,
            movement,
            amount,
            currency,
        });
    }
    found.sort_by(|a, b| {
        let key = |of: &ReserveMovement| (of.fund, of.initiative.clone(), of.date, of.movement, of.origin.clone());
        key(a).cmp(&key(b))
    });
    let found = opened_once(context, found, &mut tally);
    (found, tally.totals().collect())
}

/// The risk that it is drawn for; a risk of another initiative than the fund's is told.
fn risk(context: &mut Context<'_>, row: Row<'_>, initiative: Option<&InitiativeId>, risks: &[Risk]) -> Option<RiskId> {
    let id = RiskId::new(&context.reference(row, "risk", Register::Risks)?);
    let of_risk = risks.iter().find(|risk| risk.id == id).map(|risk| &risk.initiative);
    if let Some((fund, risk)) = initiative.zip(of_risk).filter(|(fund, risk)| fund != risk) {
        let finding = flag(row, codes::RISK_OF_ANOTHER, "risk").found(format!("{id}, a risk of {risk}"));
        let expected = format!("a risk of {fund}, whose reserve it is");
        context.push(finding.expected(expected).hint("correct the risk or the initiative, or draw on the portfolio's reserve"));
    }
    Some(id)
}

type FundKey = (Fund, Option<InitiativeId>, Currency);

/// Of several openings of one fund the first counts; what moves before it is told.
fn opened_once(context: &mut Context<'_>, movements: Vec<ReserveMovement>, tally: &mut Tally) -> Vec<ReserveMovement> {
    let key = |of: &ReserveMovement| (of.fund, of.initiative.clone(), of.currency);
    let mut opened: BTreeMap<FundKey, Day> = BTreeMap::new();
    for movement in movements.iter().filter(|movement| movement.movement == Movement::Opening) {
        opened.entry(key(movement)).or_insert(movement.date);
    }
    let mut counted: BTreeMap<FundKey, String> = BTreeMap::new();
    let mut kept = Vec::new();
    for movement in movements {
        let fund = key(&movement);
        let named = fund_name(&movement);
        if movement.movement == Movement::Opening
            && let Some(first) = counted.insert(fund.clone(), movement.origin.to_string())
        {
            counted.insert(fund, first.clone());
            tally.unused(movement.amount, movement.currency);
            let finding = flag_at(&movement.origin, codes::RESERVE_OPENED_TWICE, "Contingency", "Movement");
            let finding = finding.found(format!("opening of {named}")).expected(format!("one opening; the first is at {first}"));
            context.push(finding.hint("make it an addition, or delete the row; only the first counts"));
            continue;
        }
        if let Some(start) = opened.get(&fund).filter(|start| movement.date < **start) {
            let finding = flag_at(&movement.origin, codes::RESERVE_BEFORE_OPENING, "Contingency", "Date");
            let finding = finding.found(format!("{} on {} from {named}", movement.movement.word(), movement.date));
            context.push(finding.expected(format!("a day on or after {start}, when it opens")).hint("correct one of the dates"));
        }
        kept.push(movement);
    }
    kept
}

fn fund_name(movement: &ReserveMovement) -> String {
    let whose = movement.initiative.as_ref().map_or("the portfolio".to_string(), ToString::to_string);
    format!("the {} of {whose} in {}", movement.fund.word(), movement.currency)
}
