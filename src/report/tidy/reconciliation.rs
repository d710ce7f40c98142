//! Reconciliation: every line of every statement, and the positions reported elsewhere that are not what is stated.

use super::TidyTable;
use crate::analysis::reconciliation::{PositionException, Statement};
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
    role: &'static str,
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
        .text("line", "source, adjustment, reported, difference or candidate.", |row| Some(row.role))
        .text("label", "What the amount is.", |row| Some(&row.label))
        .amount("amount", "The amount, exact.", |row| Some(row.amount))
        .whole("count", "Lines behind an adjustment.", |row| row.count.and_then(|count| i64::try_from(count).ok()))
        .text("place", "Where it stands.", |row| row.place.as_ref())
        .done()
}

fn lines(number: usize, each: &Statement) -> Vec<Line> {
    let line = |role: &'static str, label: &str, amount: Decimal| Line {
        statement: number,
        topic: each.topic.label(),
        name: each.name.clone(),
        scope: each.scope.clone(),
        currency: each.currency.map(|currency| currency.code().to_string()),
        must_tie: each.must_tie,
        role,
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
    let line = |role: &'static str, label: &str, amount: Decimal, place: Option<String>| Line {
        statement: number,
        topic: "reported positions",
        name: format!("{}, {} to {}", each.measure, each.previous, each.as_of),
        scope: each.item.clone(),
        currency: each.currency.map(|currency| currency.code().to_string()),
        must_tie: false,
        role,
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
