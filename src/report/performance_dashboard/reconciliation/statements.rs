//! Every statement, its adjustments by reason, and how many tie.

use crate::analysis::reconciliation::{Adjustment, SideTotal, Statement, Topic};
use crate::report::book::{Band, Cell, Column, Kind, Mark, Sheet, Table, Tone, Total, Value, column_of, this_row};
use crate::report::performance_dashboard::context::Context;

/// The statements.
pub const TABLE: &str = "tbl_recon";
/// Their adjustments by reason.
const ADJUSTMENTS: &str = "tbl_recon_adjustments";
/// How many tie, by subject.
const COUNTS: &str = "tbl_recon_counts";

/// The kinds of statement.
const MUST: &str = "must tie";
const COMPARED: &str = "comparison";
/// The verdicts.
const TIES: &str = "ties";
const FAULT: &str = "fault";
const DIFFERS: &str = "differs";

/// The page of all statements.
#[must_use]
pub fn sheet(context: &Context<'_>) -> Sheet {
    Sheet::page("Statements", "Reconciliation: every statement, from source to report")
        .subtitle("Exact, each in its own currency; adjustments below, by the number of their statement")
        .about("Each total: its source, the adjustments by reason, what is reported, and the difference.")
        .band(Band::headed("Statements", vec![table(context).into()]))
        .band(Band::headed("Adjustments, by reason", vec![adjustments(context).into()]))
}

/// The number of a statement: its place in the list.
pub fn number(index: usize) -> Value {
    Value::Integer(i64::try_from(index + 1).unwrap_or(i64::MAX))
}

fn statements<'a>(context: &Context<'a>) -> &'a [Statement] {
    &context.input.analyses.reconciliation.statements
}

/// What every table of statements begins with.
#[must_use]
pub fn heads() -> Vec<Column> {
    vec![
        Column::new("No.", Kind::Integer).wide(7),
        Column::text("Subject").wide(13),
        Column::new("What ties to what", Kind::Prose).wide(28),
        Column::new("Of", Kind::Prose).wide(24),
        Column::text("Currency").wide(10),
    ]
}

/// Source, adjustments, reported, difference.
#[must_use]
pub fn table(context: &Context<'_>) -> Table {
    let own = |header: &str| this_row(TABLE, header);
    let difference = format!("ROUND({}+{}-{},4)", own("Source total"), own("Adjustments"), own("Reported"));
    let off = format!("IF({}=\"{MUST}\",\"{FAULT}\",\"{DIFFERS}\")", own("Kind"));
    let amount = |words: &str| Column::new(words, Kind::Number(2)).wide(16);
    let words = vec![(TIES.to_string(), Tone::Good), (FAULT.to_string(), Tone::Bad), (DIFFERS.to_string(), Tone::Warn)];
    let mut columns = heads();
    columns.extend([
        Column::new("From", Kind::Prose).wide(30),
        amount("Source total"),
        amount("Adjustments").help("The sum of the statement's adjustments below."),
        Column::new("To", Kind::Prose).wide(30),
        amount("Reported"),
        amount("Difference").formula(difference),
        Column::text("Verdict")
            .wide(10)
            .formula(format!("IF({}=0,\"{TIES}\",{off})", own("Difference")))
            .mark(Mark::Words(words)),
        Column::text("Kind").wide(12).help("A total that must tie, or a comparison of two of the company's own figures."),
    ]);
    let any = statements(context).iter().any(|each| !each.adjustments.is_empty());
    let rows = statements(context).iter().enumerate().map(|(index, each)| row(index, each, any)).collect();
    Table::new(TABLE, columns).keys(3).rows(rows).when_empty("No money came in.")
}

fn row(index: usize, each: &Statement, any_adjustment: bool) -> Vec<Cell> {
    let adjusted = Value::Money(each.adjustments.iter().map(|adjustment| adjustment.amount).sum());
    let [amounts, numbers] = ["Amount", "No."].map(|header| column_of(ADJUSTMENTS, header));
    let sum = format!("SUMIFS({amounts},{numbers},{})", this_row(TABLE, "No."));
    vec![
        number(index).into(),
        Cell::text(each.topic.label()),
        Cell::text(&each.name),
        Cell::text(&each.scope),
        currency(each),
        side(&each.source),
        Value::Money(each.source.amount).into(),
        if any_adjustment { Cell::formula(sum, adjusted) } else { adjusted.into() },
        side(&each.reported),
        Value::Money(each.reported.amount).into(),
        Value::Money(crate::base::number::round(each.difference, 4)).into(),
        Cell::text(verdict(each)),
        Cell::text(if each.must_tie { MUST } else { COMPARED }),
    ]
}

/// The currency of a statement; said where the source names none.
pub fn currency(each: &Statement) -> Cell {
    each.currency.map_or_else(|| Cell::text("not named"), |currency| Cell::text(currency.code()))
}

/// What a side is, leading to where it stands.
fn side(side: &SideTotal) -> Cell {
    let cell = Cell::text(&side.label);
    match &side.origin {
        Some(origin) => cell.from_source(origin),
        None => cell,
    }
}

/// As the formula judges it.
pub const fn verdict(each: &Statement) -> &'static str {
    match (each.ties(), each.must_tie) {
        (true, _) => TIES,
        (false, true) => FAULT,
        (false, false) => DIFFERS,
    }
}

/// Adjustments by reason, one a row.
fn adjustments(context: &Context<'_>) -> Table {
    let mut columns = heads();
    columns.extend([
        Column::new("Reason", Kind::Prose).wide(30),
        Column::new("Amount", Kind::Number(2)).wide(16),
        Column::new("Lines", Kind::Integer).wide(16).help("How many lines or amounts; 0 where they are not counted."),
    ]);
    let of = |(index, each): (usize, &Statement)| -> Vec<Vec<Cell>> {
        each.adjustments.iter().map(|adjustment| adjustment_row(index, each, adjustment)).collect()
    };
    let rows = statements(context).iter().enumerate().flat_map(of).collect();
    Table::new(ADJUSTMENTS, columns).keys(3).rows(rows).when_empty("No total needed an adjustment.")
}

fn adjustment_row(index: usize, each: &Statement, adjustment: &Adjustment) -> Vec<Cell> {
    vec![
        number(index).into(),
        Cell::text(each.topic.label()),
        Cell::text(&each.name),
        Cell::text(&each.scope),
        currency(each),
        Cell::text(&adjustment.reason),
        Value::Money(adjustment.amount).into(),
        Value::Integer(i64::try_from(adjustment.count).unwrap_or(i64::MAX)).into(),
    ]
}

/// How many statements of each subject tie, counted over the table of statements.
#[must_use]
pub fn counts(context: &Context<'_>) -> Table {
    let all = statements(context);
    let mut topics: Vec<Topic> = all.iter().map(|each| each.topic).collect();
    topics.sort_unstable();
    topics.dedup();
    let counted = |topic: Topic, kind: &str, verdict_word: Option<&str>| {
        let [subjects, kinds, verdicts] = ["Subject", "Kind", "Verdict"].map(|header| column_of(TABLE, header));
        let judged = verdict_word.map(|word| format!(",{verdicts},\"{word}\"")).unwrap_or_default();
        let text = format!("COUNTIFS({subjects},{},{kinds},\"{kind}\"{judged})", this_row(COUNTS, "Subject"));
        let holds = |each: &&Statement| {
            each.topic == topic && each.must_tie == (kind == MUST) && verdict_word.is_none_or(|word| verdict(each) == word)
        };
        let count = all.iter().filter(holds).count();
        Cell::formula(text, Value::Integer(i64::try_from(count).unwrap_or(i64::MAX)))
    };
    let row = |topic: Topic| {
        vec![
            Cell::text(topic.label()),
            counted(topic, MUST, None),
            counted(topic, MUST, Some(TIES)),
            counted(topic, MUST, Some(FAULT)),
            counted(topic, COMPARED, None),
            counted(topic, COMPARED, Some(TIES)),
            counted(topic, COMPARED, Some(DIFFERS)),
        ]
    };
    let count = |words: &str| Column::new(words, Kind::Integer).wide(16).sum();
    let columns = vec![
        Column::text("Subject").wide(16).total(Total::Label("All".into())),
        count("Must tie"),
        count("Tie"),
        count("Faults").mark(Mark::High { bad: 0.0, warn: 0.0 }),
        count("Comparisons"),
        count("Agree"),
        count("Differ"),
    ];
    Table::new(COUNTS, columns).rows(topics.into_iter().map(row).collect()).when_empty("No money came in.")
}

/// The formula of the check of the About page: no total that must tie is off.
#[must_use]
pub fn fault_formula() -> String {
    format!("IF(COUNTIF({},\"{FAULT}\")=0,\"ok\",\"fault\")", column_of(TABLE, "Verdict"))
}
