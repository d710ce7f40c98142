//! Reconciliation: every line of every statement, and the positions reported elsewhere; the review of the ledger.

use super::TidyTable;
use crate::analysis::ledger_review::{AccrualState, LedgerLineRef, LedgerReview};
use crate::analysis::reconciliation::{PositionException, Statement};
use crate::base::day::Day;
use crate::base::money::Money;
use crate::report::ReportInput;
use rust_decimal::Decimal;

/// A line of a statement.
struct Line {
    statement: usize,
    topic: &'static str,
    name: String,
    scope: String,
    currency: Option<String>,
    must_tie: bool,
    line: &'static str,
    label: String,
    amount: Decimal,
    count: Option<u64>,
    place: Option<String>,
}

/// Source, adjustments, reported total and difference of every statement; then candidates; then positions that do not tie.
#[must_use]
pub fn reconciliation(input: &ReportInput<'_>) -> TidyTable {
    let result = &input.analyses.reconciliation;
    let statements = result.statements.iter().enumerate().flat_map(|(index, each)| lines(index + 1, each));
    let offset = result.statements.len();
    let positions = result.positions.exceptions.iter().enumerate().map(|(index, each)| position(offset + index + 1, each));
    let rows: Vec<Line> = statements.chain(positions.flatten()).collect();
    TidyTable::over("reconciliation", "A line of a statement: source + adjustments - reported = difference.", &rows)
        .whole("statement", "Number of the statement, as in the workbook; reported positions follow.", |row| {
            i64::try_from(row.statement).ok()
        })
        .text("subject", "What it is about.", |row| Some(row.topic))
        .text("name", "What ties to what.", |row| Some(&row.name))
        .text("scope", "Initiative, currency, file or item.", |row| Some(&row.scope))
        .text("currency", "Currency of the amounts; none where the source names none.", |row| row.currency.as_ref())
        .yes_no("must_tie", "False for a comparison of two of the company's own figures.", |row| Some(row.must_tie))
        .text("line", "source, adjustment, reported, difference or candidate.", |row| Some(row.line))
        .text("label", "What the amount is.", |row| Some(&row.label))
        .amount("amount", "The amount, exact.", |row| Some(row.amount))
        .whole("count", "Lines behind an adjustment.", |row| row.count.and_then(|count| i64::try_from(count).ok()))
        .text("place", "Where it stands.", |row| row.place.as_ref())
        .done()
}

fn lines(number: usize, each: &Statement) -> Vec<Line> {
    let line = |line: &'static str, label: &str, amount: Decimal| Line {
        statement: number,
        topic: each.topic.label(),
        name: each.name.clone(),
        scope: each.scope.clone(),
        currency: each.currency.map(|currency| currency.code().to_string()),
        must_tie: each.must_tie,
        line,
        label: label.to_string(),
        amount,
        count: None,
        place: None,
    };
    let place = |origin: &Option<crate::base::origin::Origin>| origin.as_ref().map(ToString::to_string);
    let mut lines = vec![Line { place: place(&each.source.origin), ..line("source", &each.source.label, each.source.amount) }];
    lines.extend(
        each.adjustments.iter().map(|adjustment| Line {
            count: Some(adjustment.count),
            ..line("adjustment", &adjustment.reason, adjustment.amount)
        }),
    );
    lines.push(Line { place: place(&each.reported.origin), ..line("reported", &each.reported.label, each.reported.amount) });
    lines.push(line("difference", "source + adjustments - reported", each.difference));
    lines.extend(each.candidates.iter().map(|candidate| {
        let label = format!("{}: {}", candidate.what, candidate.why);
        Line { place: place(&candidate.origin), ..line("candidate", &label, candidate.amount) }
    }));
    lines
}

fn position(number: usize, each: &PositionException) -> Vec<Line> {
    let line = |line: &'static str, label: &str, amount: Decimal, place: Option<String>| Line {
        statement: number,
        topic: "reported positions",
        name: format!("{}, {} to {}", each.measure, each.previous, each.as_of),
        scope: each.item.clone(),
        currency: each.currency.map(|currency| currency.code().to_string()),
        must_tie: false,
        line,
        label: label.to_string(),
        amount,
        count: None,
        place,
    };
    let mut lines = vec![
        line("source", "value now less value before", each.recomputed, Some(each.opening_origin.to_string())),
        line("reported", "stated change", each.stated, Some(each.origin.to_string())),
        line("difference", "recomputed less stated", each.difference, None),
    ];
    lines.extend(each.candidates.iter().map(|candidate| {
        line(
            "candidate",
            &format!("{}: {}", candidate.what, candidate.why),
            candidate.amount,
            candidate.origin.as_ref().map(ToString::to_string),
        )
    }));
    lines
}

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
pub fn ledger_review(input: &ReportInput<'_>) -> TidyTable {
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
