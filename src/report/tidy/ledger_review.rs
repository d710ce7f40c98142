//! The review of the ledger: what its lines say against one another.

use super::TidyTable;
use crate::analysis::ledger_review::{AccrualState, LedgerLineRef, LedgerReview};
use crate::base::day::Day;
use crate::base::money::Money;
use crate::report::ReportInput;

/// Something that the review of the ledger found.
struct Found {
    kind: &'static str,
    state: String,
    entry: Option<String>,
    posted: Option<Day>,
    initiative: Option<String>,
    money: Money,
    order: Option<String>,
    words: Option<String>,
    place: Option<String>,
}

/// Accruals, orders, lines that look alike, late items and unmatched lines.
#[must_use]
pub fn table(input: &ReportInput<'_>) -> TidyTable {
    let rows = found(&input.analyses.ledger_review);
    TidyTable::over("ledger_review", "What the review of the ledger found: an accrual, an order, or a line.", &rows)
        .text("kind", "accrual, order, duplicate, late or unmatched.", |row| Some(row.kind))
        .text(
            "state",
            "How it stands; for a duplicate, the number of its group; for a late line, the period in which it counts.",
            |row| Some(&row.state),
        )
        .text("entry", "Entry id of the line; none for an order.", |row| row.entry.as_ref())
        .date("posted", "Day of the booking.", |row| row.posted)
        .text("initiative", "Id of the initiative; of an unmatched line, the likeliest.", |row| row.initiative.as_ref())
        .text("currency", "Currency of the amount.", |row| Some(row.money.currency.code().to_string()))
        .amount("amount", "What is left of an accrual, open of an order, or the amount of the line.", |row| {
            Some(row.money.amount())
        })
        .text("order", "Number of the order.", |row| row.order.as_ref())
        .text("words", "What is wrong with an order; why an unmatched line may belong to the initiative.", |row| {
            row.words.as_ref()
        })
        .text("place", "Where it stands.", |row| row.place.as_ref())
        .done()
}

fn found(review: &LedgerReview) -> Vec<Found> {
    let id = ToString::to_string;
    let line = |kind: &'static str, state: String, line: &LedgerLineRef| Found {
        kind,
        state,
        entry: Some(line.entry.clone()),
        posted: Some(line.posted),
        initiative: None,
        money: line.amount,
        order: None,
        words: None,
        place: Some(line.origin.to_string()),
    };
    let mut rows = Vec::new();
    for pair in review.accruals.iter().filter(|pair| pair.state != AccrualState::Reversed) {
        let Some(of) = pair.accrual.as_ref().or(pair.reversal.as_ref()) else { continue };
        rows.push(Found {
            initiative: pair.initiative.as_ref().map(id),
            money: pair.difference,
            ..line("accrual", pair.state.label().into(), of)
        });
    }
    rows.extend(review.orders.iter().map(|order| Found {
        kind: "order",
        state: order.state.label().to_string(),
        entry: None,
        posted: None,
        initiative: order.initiative.as_ref().map(id),
        money: order.open,
        order: Some(order.po.clone()),
        words: (!order.issues.is_empty()).then(|| order.issues.iter().map(|issue| issue.label()).collect::<Vec<_>>().join("; ")),
        place: Some(order.origin.to_string()),
    }));
    for (group, lines) in review.duplicates.iter().enumerate() {
        rows.extend(lines.iter().map(|of| line("duplicate", (group + 1).to_string(), of)));
    }
    rows.extend(review.late.iter().map(|item| Found {
        initiative: item.initiative.as_ref().map(id),
        ..line("late", item.line.period.to_string(), &item.line)
    }));
    rows.extend(review.unmatched.iter().map(|of| {
        let best = of.proposals.first();
        let state = if best.is_some() { "proposal" } else { "nothing points anywhere" };
        Found {
            initiative: best.map(|best| best.initiative.to_string()),
            order: of.po.clone(),
            words: best.map(|best| best.why.clone()),
            ..line("unmatched", state.to_string(), &of.line)
        }
    }));
    rows
}
