//! Changes of the budget.

use super::{Tally, approver};
use crate::base::id::{BudgetChangeId, InitiativeId};
use crate::base::money::Currency;
use crate::base::period::Period;
use crate::model::budget_control::{AuthorityLimit, BudgetChange, BudgetPlace, ChangeKind, ChangeStatus};
use crate::model::build::budgets::{Works, check_work};
use crate::model::build::context::{Context, Unique, flag, shown};
use crate::model::build::ledger::expenditure;
use crate::model::codes;
use crate::model::finance::PlanTotal;
use crate::table::tables::Row;
use rust_decimal::Decimal;

/// The changes, by id, and where their money went.
pub(super) fn changes(
    context: &mut Context<'_>,
    works: &Works<'_>,
    limits: &[AuthorityLimit],
) -> (Vec<BudgetChange>, Vec<PlanTotal>) {
    let mut tally = Tally::of("Budget changes");
    let mut unique = Unique::new();
    let mut changes = Vec::new();
    for row in context.rows("Budget changes") {
        let Some(amount) = context.amount(row, "amount") else { continue };
        let Some(kind) = row.text("type").and_then(kind) else { continue };
        let sides = sides(context, row);
        let currency = currency(context, row, &sides);
        tally.read(amount, currency);
        let Some(id) = row.text("change_id").map(BudgetChangeId::new) else { continue };
        if !unique.admits(context, row, "change_id", id.clone()) || !above_zero(context, row, amount) {
            continue;
        }
        let Some((from, to)) = places(context, row, kind, &sides) else { continue };
        tally.used(amount, currency);
        check_currency(context, row, &sides, currency);
        for (place, key) in [(&from, "wbs"), (&to, if row.text("to_wbs").is_some() { "to_wbs" } else { "wbs" })] {
            if let Some(place) = place {
                check_work(context, row, key, &place.initiative, works);
            }
        }
        let change = BudgetChange {
            status: status(context, row),
            approver: approver(context, row, limits),
            requester: context.person(row, "requester", false),
            reason: row.text("reason").map(String::from),
            approved_on: row.day("approved_on"),
            origin: row.place(),
            id,
            kind,
            from,
            to,
            amount,
            currency,
        };
        check(context, row, &change);
        changes.push(change);
    }
    changes.sort_by(|a, b| a.id.cmp(&b.id));
    (changes, tally.totals().collect())
}

fn kind(word: &str) -> Option<ChangeKind> {
    ChangeKind::ALL.into_iter().find(|kind| kind.word() == word)
}

/// The initiative of each side; none where its cell is empty or names none that is known.
struct Sides {
    from: Option<InitiativeId>,
    to: Option<InitiativeId>,
    /// True where a cell names an initiative that is not known: told already.
    unknown: bool,
}

fn sides(context: &mut Context<'_>, row: Row<'_>) -> Sides {
    let (from, to) = (context.initiative(row, "from"), context.initiative(row, "to"));
    let lost = |key, found: &Option<InitiativeId>| row.text(key).is_some() && found.is_none();
    let unknown = lost("from", &from) || lost("to", &to);
    Sides { from, to, unknown }
}

fn currency(context: &Context<'_>, row: Row<'_>, sides: &Sides) -> Currency {
    context.currency(row, sides.from.as_ref().or(sides.to.as_ref()))
}

/// Two initiatives of two currencies, and a change that names neither.
fn check_currency(context: &mut Context<'_>, row: Row<'_>, sides: &Sides, used: Currency) {
    let of = |id: &Option<InitiativeId>| id.as_ref().and_then(|id| context.currencies.get(id)).copied();
    let (Some(from), Some(to)) = (of(&sides.from), of(&sides.to)) else { return };
    if from != to && row.text("currency").is_none() {
        let finding = flag(row, codes::CHANGE_CURRENCIES, "currency").found(format!("nothing, between {from} and {to}"));
        context.push(finding.expected(format!("{from} or {to}")).hint(format!("name the currency; {used} is taken until then")));
    }
}

fn above_zero(context: &mut Context<'_>, row: Row<'_>, amount: Decimal) -> bool {
    let above = amount > Decimal::ZERO;
    if !above {
        let finding = flag(row, codes::CHANGE_NOT_ABOVE_ZERO, "amount").expected("an amount above zero");
        context.push(finding.hint("turn the sign, and let the type say which way it goes; the change is left out until then"));
    }
    above
}

/// From and to of a change by its kind; a finding, and none, where its sides do not go with its kind.
fn places(
    context: &mut Context<'_>,
    row: Row<'_>,
    kind: ChangeKind,
    sides: &Sides,
) -> Option<(Option<BudgetPlace>, Option<BudgetPlace>)> {
    let period = row.period("period")?;
    let (from, to) = (sides.from.as_ref(), sides.to.as_ref());
    let either = from.or(to);
    let two = from.zip(to).is_some_and(|(from, to)| from != to);
    if sides.unknown {
        return None;
    }
    let Some(one) = either else {
        let expected = "the initiative that gives, the one that receives, or both";
        side_fault(context, row, "from", kind, expected, "fill in From or To");
        return None;
    };
    match kind {
        ChangeKind::Virement => Some((Some(giving(row, from.unwrap_or(one), period)), Some(receiving(row, to.unwrap_or(one))?))),
        ChangeKind::Increase | ChangeKind::Decrease if two => {
            let expected = format!("one initiative, since a change of type {} has one side", kind.word());
            side_fault(context, row, "type", kind, &expected, "make it a virement, or clear the other side");
            None
        }
        ChangeKind::Increase => Some((None, Some(receiving(row, one)?))),
        ChangeKind::Decrease => Some((Some(giving(row, one, period)), None)),
        ChangeKind::Rephase if two => {
            let expected = "one initiative, since a re-phase moves budget between periods alone";
            side_fault(context, row, "type", kind, expected, "make it a virement, or name one initiative");
            None
        }
        // Without its To period, which the table's own rules ask for, a re-phase cannot be placed.
        ChangeKind::Rephase => {
            row.period("to_period")?;
            Some((Some(giving(row, one, period)), Some(receiving(row, one)?)))
        }
    }
}

fn side_fault(context: &mut Context<'_>, row: Row<'_>, key: &str, kind: ChangeKind, expected: &str, hint: &str) {
    let found = format!("{} from {} to {}", kind.word(), shown(row, "from"), shown(row, "to"));
    let finding = flag(row, codes::CHANGE_SIDES, key).found(found).expected(expected);
    context.push(finding.hint(format!("{hint}; the change is left out until then")));
}

fn giving(row: Row<'_>, initiative: &InitiativeId, period: Period) -> BudgetPlace {
    BudgetPlace {
        initiative: initiative.clone(),
        work: row.text("wbs").map(String::from),
        category: row.text("category").unwrap_or_default().to_string(),
        expenditure: expenditure(row.text("capex_opex")),
        funding_source: row.text("funding_source").map(String::from),
        period,
    }
}

/// The receiving side: each of its cells, else that of the giving side.
fn receiving(row: Row<'_>, initiative: &InitiativeId) -> Option<BudgetPlace> {
    let text = |own, other| row.text(own).or_else(|| row.text(other)).map(String::from);
    Some(BudgetPlace {
        initiative: initiative.clone(),
        work: text("to_wbs", "wbs"),
        category: text("to_category", "category").unwrap_or_default(),
        expenditure: expenditure(row.text("to_capex_opex").or_else(|| row.text("capex_opex"))),
        funding_source: text("to_funding_source", "funding_source"),
        period: row.period("to_period").or_else(|| row.period("period"))?,
    })
}

/// Where the change stands. One that was approved after the as-of date is approved all the same, and told: it is not in
/// force yet.
fn status(context: &mut Context<'_>, row: Row<'_>) -> ChangeStatus {
    let approved = row.text("approver").is_some() && row.day("approved_on").is_some();
    let told = row.text("status").and_then(|word| ChangeStatus::ALL.into_iter().find(|status| status.word() == word));
    let status = told.unwrap_or(if approved { ChangeStatus::Approved } else { ChangeStatus::Proposed });
    let later = row.day("approved_on").is_some_and(|day| day > context.as_of());
    if status == ChangeStatus::Approved && later {
        let expected = format!("a day up to {}", context.as_of());
        let hint = "it is not in force until that day; correct the date if it is wrong";
        context.push(flag(row, codes::APPROVED_LATER, "approved_on").expected(expected).hint(hint));
    }
    status
}

fn check(context: &mut Context<'_>, row: Row<'_>, change: &BudgetChange) {
    if matches!(change.status, ChangeStatus::Rejected | ChangeStatus::Withdrawn) {
        return;
    }
    for (missing, key, expected) in [
        (change.reason.is_none(), "reason", "why the budget changes"),
        (row.text("requester").is_none(), "requester", "who asked for it"),
    ] {
        if missing {
            let finding = flag(row, codes::CHANGE_UNEXPLAINED, key).expected(expected);
            context.push(finding.hint("fill it in; without it nobody can check the change"));
        }
    }
}
