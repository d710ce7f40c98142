//! What does not tie: statements with their candidates, and changes of reported positions.

use super::statements;
use crate::analysis::reconciliation::{BackFilled, Candidate, PositionException, PositionsCheck, Statement};
use crate::base::number;
use crate::report::book::{Cell, Column, Kind, Link, Mark, Table, Tone, Value, column_of, this_row};
use crate::report::performance_dashboard::context::{Context, lookup};
use rust_decimal::Decimal;

/// Statements that do not tie, a row for each candidate.
const OPEN: &str = "tbl_recon_open";
/// Stated changes that are not the difference of the values.
const POSITIONS: &str = "tbl_recon_positions";

/// What does not tie: faults first, then the comparisons by the size of their difference.
#[must_use]
pub fn open(context: &Context<'_>) -> Table {
    let all = &context.input.analyses.reconciliation.statements;
    let mut open: Vec<(usize, &Statement)> = all.iter().enumerate().filter(|(_, each)| !each.ties()).collect();
    open.sort_by_key(|(index, each)| (!each.must_tie, std::cmp::Reverse(each.difference.abs()), *index));
    let rows = open.into_iter().flat_map(|(index, each)| open_rows(index, each)).collect();
    let own = |header: &str| this_row(OPEN, header);
    let words = vec![("fault".to_string(), Tone::Bad), ("differs".to_string(), Tone::Warn)];
    let mut columns = statements::heads();
    columns.extend([
        Column::text("Verdict").wide(10).mark(Mark::Words(words)),
        Column::new("Difference", Kind::Number(2)).wide(16).formula(lookup(
            &column_of(statements::TABLE, "Difference"),
            &own("No."),
            &column_of(statements::TABLE, "No."),
        )),
        Column::new("What could explain it", Kind::Prose).wide(34),
        Column::new("Its amount", Kind::Number(2)).wide(16),
        Column::new("Why", Kind::Prose).wide(44),
    ]);
    Table::new(OPEN, columns).keys(4).rows(rows).when_empty("Everything ties.")
}

fn open_rows(index: usize, each: &Statement) -> Vec<Vec<Cell>> {
    if each.candidates.is_empty() {
        let none = "no line stands out by its amount, sign, digits or date";
        return vec![open_row(index, each, Cell::text(none), None, Cell::blank())];
    }
    let last = each.candidates.len() - 1;
    let row = |(position, candidate): (usize, &Candidate)| {
        let more = each.more_candidates;
        let why =
            if position == last && more > 0 { format!("{} ({more} more like it)", candidate.why) } else { candidate.why.clone() };
        open_row(index, each, what(candidate), Some(candidate.amount), Cell::text(why))
    };
    each.candidates.iter().enumerate().map(row).collect()
}

fn open_row(index: usize, each: &Statement, what: Cell, amount: Option<Decimal>, why: Cell) -> Vec<Cell> {
    let link = Link::Table { table: statements::TABLE.into(), row: Some(index) };
    vec![
        Cell::new(statements::number(index)).link(link),
        Cell::text(each.topic.label()),
        Cell::text(&each.name),
        Cell::text(&each.scope),
        statements::currency(each),
        Cell::text(statements::verdict(each)),
        Value::Money(number::round(each.difference, 4)).into(),
        what,
        amount.map_or_else(Cell::blank, |amount| Value::Money(amount).into()),
        why,
    ]
}

fn what(candidate: &Candidate) -> Cell {
    let cell = Cell::text(&candidate.what);
    match &candidate.origin {
        Some(origin) => cell.from_source(origin),
        None => cell,
    }
}

/// How many changes were tested, in words.
#[must_use]
pub fn positions_heading(check: &PositionsCheck) -> String {
    match check.moves_tested {
        0 => "Reported positions: no stated change could be tested".into(),
        tested => format!(
            "Reported positions: {} of {tested} stated changes are not the difference of their values",
            check.exceptions.len()
        ),
    }
}

/// Changes recomputed from reported positions that are not what is stated.
#[must_use]
pub fn positions(context: &Context<'_>) -> Table {
    let own = |header: &str| this_row(POSITIONS, header);
    let amount = |words: &str| Column::new(words, Kind::Number(2)).wide(16);
    let columns = vec![
        Column::text("Item").wide(20),
        Column::new("Measure", Kind::Prose).wide(28),
        Column::text("Currency").wide(10),
        Column::new("From", Kind::Date).wide(13),
        Column::new("To", Kind::Date).wide(13),
        amount("Value before"),
        amount("Stated change"),
        amount("Value now"),
        amount("Recomputed")
            .formula(format!("{}-{}", own("Value now"), own("Value before")))
            .help("Value now less value before."),
        amount("Difference")
            .formula(format!("ROUND({}-{},4)", own("Recomputed"), own("Stated change")))
            .help("Recomputed less stated."),
        Column::new("What could explain it", Kind::Prose).wide(44),
    ];
    let exceptions = &context.input.analyses.reconciliation.positions.exceptions;
    let rows = exceptions.iter().map(position_row).collect();
    Table::new(POSITIONS, columns).keys(2).rows(rows).when_empty("Every stated change is the difference of its values.")
}

fn position_row(each: &PositionException) -> Vec<Cell> {
    let words: Vec<String> = each.candidates.iter().map(|candidate| format!("{}: {}", candidate.what, candidate.why)).collect();
    vec![
        Cell::text(&each.item),
        Cell::text(&each.measure),
        Cell::maybe_text(each.currency.map(|currency| currency.code().to_string())),
        Value::Date(each.previous).into(),
        Value::Date(each.as_of).into(),
        Cell::new(Value::Money(each.opening)).from_source(&each.opening_origin),
        Cell::new(Value::Money(each.stated)).from_source(&each.origin),
        Value::Money(each.closing).into(),
        Value::Money(each.closing - each.opening).into(),
        Value::Money(number::round(each.difference, 4)).into(),
        Cell::text(if words.is_empty() { "nothing stands out".to_string() } else { words.join("; ") }),
    ]
}

/// Totals that hold one figure at every date.
#[must_use]
pub fn back_filled(context: &Context<'_>) -> Table {
    let columns = vec![
        Column::text("Measure").wide(20),
        Column::new("Field", Kind::Prose).wide(28),
        Column::new("Series", Kind::Integer).wide(10),
        Column::new("Of", Kind::Integer).wide(13).help("Series in which it could be seen."),
        Column::new("What gives it away", Kind::Prose).wide(60),
    ];
    let row = |each: &BackFilled| {
        let count = |count: usize| Value::Integer(i64::try_from(count).unwrap_or(i64::MAX));
        let measure = Cell::text(&each.measure);
        vec![
            match &each.origin {
                Some(origin) => measure.from_source(origin),
                None => measure,
            },
            Cell::text(&each.field),
            count(each.series).into(),
            count(each.of).into(),
            Cell::text(&each.why),
        ]
    };
    let rows = context.input.analyses.reconciliation.positions.back_filled.iter().map(row).collect();
    Table::new("tbl_recon_back_filled", columns).keys(1).rows(rows)
}
