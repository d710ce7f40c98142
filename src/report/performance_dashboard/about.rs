//! About: which run this is, what it read, whether its checks hold, and how to read the signs.

use super::context::Context;
use super::{budget_changes, cost_bridge, cost_position, earned_value, funding, reconciliation, reserves};
use crate::base::finding::Severity;
use crate::base::origin::Origin;
use crate::model::initiative::Rag;
use crate::report::book::{
    Band, Cell, Column, DefinedName, Kind, Link, Mark, Note, Sheet, Table, Tone, Value, column_of, rag_name,
};
use crate::source::raw::{FileFacts, FileStatus};

/// Facts of the run.
const RUN: &str = "tbl_run";
/// The as-of date, as a date that formulas can use.
const AS_OF: &str = "tbl_as_of";
/// Checks, one a line.
pub const CHECKS: &str = "tbl_checks";

/// The page.
#[must_use]
pub fn sheet(context: &Context<'_>) -> Sheet {
    let run = context.input.run;
    Sheet::page("About", format!("{}: Performance Dashboard", run.portfolio))
        .subtitle("Which run this is, what it read, whether its checks hold, and how to read the signs")
        .about("Run, inputs, checks and legend.")
        .band(Band::headed("This run", vec![facts(context).into()]))
        .block(as_of(context))
        .band(Band::headed("Checks", vec![checks(context).into()]))
        .band(Band::headed("How to read the signs", vec![legend().into()]))
        .block(Note::plain(notation()))
        .band(Band::headed("Inputs", vec![inputs(context).into()]).on_new_page())
}

/// Names that formulas use: the as-of date.
#[must_use]
pub fn names() -> Vec<DefinedName> {
    let name = DefinedName { name: "as_of".into(), table: AS_OF.into(), row: 0, column: "As of".into() };
    vec![name]
}

/// The as-of date in a table of its own, so that it stays a date.
fn as_of(context: &Context<'_>) -> Table {
    let columns = vec![Column::new("As of", Kind::Date), Column::new("Period", Kind::Text)];
    let period = context.portfolio().settings.fiscal.period_of(context.as_of());
    Table::new(AS_OF, columns).rows(vec![vec![Value::Date(context.as_of()).into(), Cell::text(period.to_string())]])
}

fn facts(context: &Context<'_>) -> Table {
    let (run, input) = (context.input.run, context.input);
    let read = input.files.iter().filter(|file| matches!(file.status, FileStatus::Read)).count();
    let fiscal = &context.portfolio().settings.fiscal;
    let period = fiscal.period_of(context.as_of());
    let rows = [
        ("Portfolio", run.portfolio.clone()),
        ("As of", context.as_of().format("%d %b %Y").to_string()),
        ("Fiscal period", format!("{period} ({})", fiscal.label(period))),
        ("Reporting currency", context.currency().to_string()),
        ("Run id", run.run_id.clone()),
        ("Program", format!("Throughline {}", run.version)),
        ("Settings, SHA-256", run.settings_sha256.clone()),
        ("Files read", format!("{read} of {}", input.files.len())),
        ("Coverage", super::coverage::sentence(context)),
        ("Compared with", previous(context)),
        ("Closed months", closed(context)),
    ];
    let rows = rows.into_iter().map(|(name, value)| vec![Cell::text(name), Cell::text(value)]).collect();
    Table::new(RUN, vec![Column::text("Fact").wide(24), Column::new("Value", Kind::Prose).wide(76)]).rows(rows)
}

fn previous(context: &Context<'_>) -> String {
    context.input.previous.map_or_else(
        || "not available: no earlier run in the out folder".into(),
        |previous| format!("last run as of {}, not closed", previous.as_of.day().format("%d %b %Y")),
    )
}

fn closed(context: &Context<'_>) -> String {
    let closed = &context.input.past.closed;
    closed
        .last()
        .map_or_else(|| "not available: no closed month".into(), |last| format!("{}, last {}", closed.len(), last.period))
}

/// Checks whose verdicts are live.
fn checks(context: &Context<'_>) -> Table {
    let reconciled = context.input.tables.control_totals.iter().all(|total| total.residual() == 0);
    let tied = context.input.analyses.reconciliation.faults().next().is_none();
    let verdict = |good: bool| Value::Text(if good { "ok" } else { "fault" }.into());
    let ev = column_of("tbl_ev_check", "Verdict");
    let errors = context.input.findings.count(Severity::Error);
    let unread = context.input.files.iter().filter(|file| matches!(file.status, FileStatus::Refused)).count();
    let attention = |good: bool| Cell::text(if good { "ok" } else { "look" });
    let mut rows = vec![
        vec![
            Cell::text("Rows and money in = where they went").link(Link::Sheet("Rows and Money In".into())),
            Cell::formula(reconciliation::verdict_formula(), verdict(reconciled)),
            Cell::text("Every row and every amount of every sheet is accounted for."),
        ],
        vec![
            Cell::text("Totals tie to their sources").link(Link::Sheet("Reconciliation".into())),
            Cell::formula(reconciliation::fault_formula(), verdict(tied)),
            Cell::text("Source, adjustments by reason and reported total of every statement that must tie."),
        ],
        vec![
            Cell::text("Earned value tables add up").link(Link::Table { table: earned_value::TABLE.into(), row: None }),
            Cell::formula(format!("IF(COUNTIF({ev},\"fault\")=0,\"ok\",\"fault\")"), verdict(true)),
            Cell::text("Sums of the initiatives agree with the portfolio worked out as one."),
        ],
    ];
    rows.extend(money_checks(context));
    rows.extend([
        vec![
            Cell::text("Errors in the inputs"),
            attention(errors == 0),
            Cell::text(format!("{errors} errors; each with its cell in the Data Quality workbook.")),
        ],
        vec![Cell::text("Files that could not be read"), attention(unread == 0), Cell::text(format!("{unread} files."))],
    ]);
    let words =
        [("ok", Tone::Good), ("fault", Tone::Bad), ("look", Tone::Warn)].map(|(word, tone)| (word.to_string(), tone)).to_vec();
    let columns = vec![
        Column::text("Check").wide(36),
        Column::text("Verdict").mark(Mark::Words(words)),
        Column::new("Meaning", Kind::Prose).wide(64),
    ];
    Table::new(CHECKS, columns).rows(rows)
}

/// Checks of the money pages: each is a column of verdicts over live formulas.
fn money_checks(context: &Context<'_>) -> Vec<Vec<Cell>> {
    let row = |words: &str, table: &str, meaning: &str| {
        let checks = column_of(table, "Check");
        vec![
            Cell::text(words).link(Link::Table { table: table.into(), row: None }),
            Cell::formula(format!("IF(COUNTIF({checks},\"fault\")=0,\"ok\",\"fault\")"), Value::Text("ok".into())),
            Cell::text(meaning),
        ]
    };
    let mut rows = vec![
        row(
            "Every dimension of cost adds up",
            cost_position::CONTROL,
            "The position by initiative, work package, category, funding source and period comes to the same totals.",
        ),
        row(
            "Budget to estimate at completion",
            cost_bridge::TABLE,
            "The causes explain every difference; the bridge leaves no residual.",
        ),
        row(
            "Original to current budget",
            budget_changes::CORKSCREW,
            "Approved changes lead to the current budget of the cost position.",
        ),
    ];
    if context.input.analyses.funding.is_available() {
        rows.push(row(
            "Funding by period",
            funding::PERIODS,
            "What a period brings forward is what the one before carried forward.",
        ));
    }
    if !context.input.analyses.reserves.funds.is_empty() {
        rows.push(row(
            "Contingency and management reserve",
            reserves::CORKSCREW,
            "Every fund opens with what the period before closed with.",
        ));
    }
    rows
}

fn legend() -> Table {
    let meanings = [
        (Rag::Green, "On plan within the limits of the Methods page."),
        (Rag::AmberGreen, "Between green and amber; only where an owner says so."),
        (Rag::Amber, "To be watched."),
        (Rag::AmberRed, "Between amber and red; only where an owner says so."),
        (Rag::Red, "Outside the limits; a decision or a recovery plan is needed."),
        (Rag::Blue, "Complete."),
    ];
    let row = |(rag, words): (Rag, &str)| vec![Value::Rag(rag).into(), Cell::text(rag_name(rag)), Cell::text(words)];
    let columns =
        vec![Column::new("Letter", Kind::Rag), Column::text("Rating").wide(16), Column::new("Meaning", Kind::Prose).wide(64)];
    Table::new("tbl_legend", columns).rows(meanings.into_iter().map(row).collect())
}

fn notation() -> Vec<String> {
    vec![
        "AC actual · PL plan or budget · FC forecast · dPL difference from plan · PV planned value · EV earned value · BAC budget at completion · EAC estimate at completion.".into(),
        "Charts: actual is solid and dark, plan is outlined, forecast is dashed or hatched. Red and green judge the effect, not the sign: a cost overrun is red though positive.".into(),
        "n/a: the figure does not exist; the note on its cell says why. A dash is zero. Negative amounts stand in brackets.".into(),
        "Totals, variances, ratios, ratings and tiles are live formulas over the tables of this workbook. Schedules and earned value come from the program and are re-added in the checks above.".into(),
    ]
}

/// What was read, with digests.
fn inputs(context: &Context<'_>) -> Table {
    let columns = vec![
        Column::text("File").wide(36),
        Column::new("Bytes", Kind::Integer),
        Column::text("Status").wide(30),
        Column::text("SHA-256").wide(68),
    ];
    let mut rows: Vec<Vec<Cell>> = context.input.files.iter().map(file_row).collect();
    let names: Vec<&str> = context.input.files.iter().map(|file| file.name.as_str()).collect();
    let others = context.input.run.inputs.iter().filter(|input| !names.contains(&input.file.as_str()));
    rows.extend(others.map(|input| {
        let bytes = Value::Integer(i64::try_from(input.bytes).unwrap_or(i64::MAX));
        vec![Cell::text(&input.file), bytes.into(), Cell::text("read: the last run"), Cell::text(&input.sha256)]
    }));
    Table::new("tbl_inputs", columns).rows(rows).when_empty("Nothing was read.")
}

fn file_row(file: &FileFacts) -> Vec<Cell> {
    let status = match &file.status {
        FileStatus::Read => "read".to_string(),
        FileStatus::Refused => "refused: see Data Quality".to_string(),
        FileStatus::Skipped(reason) => format!("skipped: {reason}"),
    };
    vec![
        Cell::text(&file.name).from_source(&Origin::file(&file.name)),
        Value::Integer(i64::try_from(file.bytes).unwrap_or(i64::MAX)).into(),
        Cell::text(status),
        Cell::text(&file.sha256),
    ]
}
