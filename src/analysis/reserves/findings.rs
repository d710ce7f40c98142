//! Funds below zero, draws above what was foreseen or allowed, and funds that run short.

use super::draws::{DrawRule, JudgedDraw};
use super::{ReserveFund, Reserves};
use crate::analysis::budget_control::authority;
use crate::analysis::codes;
use crate::analysis::measure::Undefined;
use crate::base::finding::{Finding, Findings};
use crate::base::id::InitiativeId;
use crate::base::origin::Origin;
use crate::model::budget_control::{Fund, Movement, ReserveMovement};
use crate::model::portfolio::Portfolio;

pub(super) fn findings(portfolio: &Portfolio, reserves: &Reserves) -> Findings {
    let mut findings = Findings::new();
    for fund in &reserves.funds {
        for (movement, balance) in &fund.overdrawn {
            findings.push(overdrawn(&portfolio.reserves[*movement], &balance.to_string()));
        }
        for draw in &fund.draws {
            findings.0.extend(above_allocation(portfolio, draw));
            findings.0.extend(above_authority(portfolio, draw));
        }
        findings.0.extend(opening_differs(portfolio, fund));
        findings.0.extend(runs_short(portfolio, fund));
    }
    findings.0.extend(not_moved(portfolio, reserves));
    findings
}

/// The fund in words: `contingency of LU-101`, `management reserve of the portfolio`.
fn named(fund: Fund, initiative: Option<&InitiativeId>) -> String {
    format!("{} of {}", fund.word(), initiative.map_or("the portfolio", InitiativeId::as_str))
}

fn overdrawn(movement: &ReserveMovement, balance: &str) -> Finding {
    let finding = codes::RESERVE_BELOW_ZERO.at(movement.origin.clone()).field("Contingency", "Amount");
    let whose = named(movement.fund, movement.initiative.as_ref());
    let finding =
        finding.found(format!("{balance} left of the {whose} on {}", movement.date)).expected("no more than the fund holds");
    finding.hint("Correct the amount or the date, or record the addition that comes first.")
}

fn above_allocation(portfolio: &Portfolio, draw: &JudgedDraw) -> Option<Finding> {
    let verdict = draw.verdict(DrawRule::WithinAllocation).filter(|verdict| verdict.holds == Ok(false))?;
    let movement = &portfolio.reserves[draw.movement];
    let finding = codes::DRAW_ABOVE_ALLOCATION.at(movement.origin.clone()).field("Contingency", "Amount");
    let risk = draw.risk.as_ref()?;
    let finding =
        finding.found(format!("{risk}: {}", verdict.why)).expected("draws within the largest cost foreseen for the risk");
    Some(finding.hint("Reassess the risk's cost, or draw for the risk that it was really for."))
}

fn above_authority(portfolio: &Portfolio, draw: &JudgedDraw) -> Option<Finding> {
    let verdict = draw.verdict(DrawRule::WithinLimit)?;
    let movement = &portfolio.reserves[draw.movement];
    match (verdict.holds, &movement.approver) {
        (Ok(false), _) => {
            let finding = codes::ABOVE_AUTHORITY.at(movement.origin.clone()).field("Contingency", "Approver");
            let finding = finding.found(&verdict.why).expected("an approver whose limit covers the amount");
            Some(finding.hint("Have it approved by the authority named, or correct the limit."))
        }
        (Err(Undefined::NoRole | Undefined::NoAuthorityLimit), Some(approver)) if authority::is_named(portfolio, approver) => {
            Some(authority::unknown_at(movement.origin.clone(), "Contingency", &verdict.why))
        }
        _ => None,
    }
}

fn opening_differs(portfolio: &Portfolio, fund: &ReserveFund) -> Option<Finding> {
    let opening = match (fund.opening, fund.stated) {
        (Ok(opening), Ok(stated)) if stated != opening => opening.to_string(),
        (Err(Undefined::NoOpening), _) => "nothing that is told".into(),
        _ => return None,
    };
    let mine = |movement: &&ReserveMovement| movement.fund == fund.fund && movement.initiative == fund.initiative;
    let rows = || portfolio.reserves.iter().filter(mine);
    let row = rows().find(|movement| movement.movement == Movement::Opening).or_else(|| rows().next())?;
    let finding = codes::RESERVE_OPENING_DIFFERS.at(row.origin.clone()).field("Contingency", "Amount");
    let whose = named(fund.fund, fund.initiative.as_ref());
    let finding = finding.found(format!("the {whose} opens with {opening}")).expected(match fund.stated {
        Ok(stated) => format!("{stated}, as in Initiatives"),
        Err(_) => "an opening before the first draw".into(),
    });
    Some(finding.hint("Correct one of the two, or mend the row of the opening; what was added later is an addition."))
}

fn runs_short(portfolio: &Portfolio, fund: &ReserveFund) -> Option<Finding> {
    let short = fund.surplus.ok().filter(|surplus| surplus.minor < 0)?;
    let (left, exposure) = (fund.remaining_reporting.ok()?, fund.exposure.ok()?);
    let when = fund.runs_short.map_or(String::new(), |period| format!(", short from {period}"));
    let whose = named(fund.fund, fund.initiative.as_ref());
    let finding = codes::RESERVE_RUNS_SHORT;
    let finding = place(portfolio, fund.initiative.as_ref()).map_or_else(|| finding.nowhere(), |place| finding.at(place));
    let finding =
        finding.field("Initiatives", "Contingency").found(format!("{left} left of the {whose}, {short} against exposure{when}"));
    Some(finding.expected(format!("{exposure} to cover residual exposure")).hint("Reduce the exposure, or ask for more in time."))
}

fn place(portfolio: &Portfolio, initiative: Option<&InitiativeId>) -> Option<Origin> {
    Some(portfolio.initiative(initiative?)?.origin.clone())
}

/// Initiatives whose contingency the Contingency table does not know.
fn not_moved(portfolio: &Portfolio, reserves: &Reserves) -> Vec<Finding> {
    if !portfolio.has_table("Contingency") {
        return Vec::new();
    }
    let known = |id: &InitiativeId| {
        reserves.funds.iter().any(|fund| fund.fund == Fund::Contingency && fund.initiative.as_ref() == Some(id))
    };
    let stated = portfolio.initiatives.iter().filter(|one| one.contingency.is_some_and(|stated| !stated.is_zero()));
    let told = |one: &crate::model::initiative::Initiative| {
        let finding = codes::CONTINGENCY_NOT_MOVED.at(one.origin.clone()).field("Initiatives", "Contingency");
        let amount = one.contingency.unwrap_or_default();
        let finding = finding.found(format!("{amount} {} of {}", one.currency, one.id)).expected("an opening in Contingency");
        finding.hint("Add the opening, and what was drawn since.")
    };
    stated.filter(|one| !known(&one.id)).map(told).collect()
}
