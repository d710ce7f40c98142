//! Decisions: what is waiting for somebody, for how long, and what was decided.

use super::context::Context;
use super::pick::pick;
use super::settings;
use crate::analysis::decisions::SOON_DAYS;
use crate::model::governance::{Decision, DecisionStatus};
use crate::model::initiative::Rag;
use crate::report::book::{Cell, Column, Kind, Mark, Sheet, Table, Value, this_row};
use crate::report::parts::message::{FIGURE, KEY, NAME, OWNER, WORDS};

/// The table of decisions.
pub const TABLE: &str = "tbl_decisions";
const MOST: usize = 8;

/// The page.
#[must_use]
pub fn sheet(context: &Context<'_>) -> Sheet {
    Sheet::data("Decisions", "Decisions: needed and taken")
        .subtitle("Age and days overdue are calendar days at the as-of date")
        .about("Every decision: what is waiting, for how long, and what was decided.")
        .block(table(context))
}

/// Every decision; what is needed first.
#[must_use]
pub fn table(context: &Context<'_>) -> Table {
    let own = |header: &str| this_row(TABLE, header);
    let (status, raised, needed) = (own("Status"), own("Raised"), own("Needed by"));
    let open = format!("{status}=\"open\"");
    let late = own("Overdue (days)");
    let rag = format!(
        "IF({open},IF(ISNUMBER({needed}),IF({late}>0,\"R\",IF({needed}-as_of<={},\"A\",\"G\")),\"n/a\"),\"n/a\")",
        settings::DECISION_SOON
    );
    let columns = vec![
        Column::text("Decision"),
        Column::new("Title", Kind::Prose).wide(56),
        Column::text("Initiative"),
        Column::text("Status"),
        Column::new("RAG", Kind::Rag).formula(rag),
        Column::new("Raised", Kind::Date),
        Column::new("Needed by", Kind::Date),
        Column::new("Age", Kind::Days).formula(format!("IF({open},as_of-{raised},\"n/a\")")),
        Column::new("Overdue", Kind::Days)
            .formula(format!("IF(AND({open},ISNUMBER({needed})),MAX(0,as_of-{needed}),\"n/a\")"))
            .mark(Mark::Bar),
        Column::new("Options", Kind::Prose).wide(40),
        Column::new("Decision taken", Kind::Prose).wide(40),
        Column::text("Made by"),
        Column::new("Concerns", Kind::Prose).wide(40).detail(),
        Column::new("Decided on", Kind::Date),
    ];
    let rows = ordered(context).into_iter().map(|decision| row(context, decision)).collect();
    Table::new(TABLE, columns).keys(2).rows(rows).when_empty("No decision is registered.")
}

fn ordered<'a>(context: &Context<'a>) -> Vec<&'a Decision> {
    let mut all: Vec<&Decision> = context.portfolio().decisions.iter().collect();
    all.sort_by_key(|each| (each.status != DecisionStatus::Open, each.needed_by.is_none(), each.needed_by, each.id.clone()));
    all
}

fn row(context: &Context<'_>, decision: &Decision) -> Vec<Cell> {
    let as_of = context.as_of();
    let open = decision.status == DecisionStatus::Open;
    let whole = |days: Option<i64>| {
        days.map_or_else(
            || Cell::not_available(if open { "no date given" } else { "not open" }),
            |days| Value::Integer(days).into(),
        )
    };
    let left = decision.needed_by.filter(|_| open).map(|day| (day - as_of).num_days());
    let rag = left.map(|left| match left {
        past if past < 0 => Rag::Red,
        soon if soon <= SOON_DAYS => Rag::Amber,
        _ => Rag::Green,
    });
    let status = match decision.status {
        DecisionStatus::Open => "open",
        DecisionStatus::Decided => "decided",
        DecisionStatus::Deferred => "deferred",
        DecisionStatus::Reversed => "reversed",
    };
    vec![
        Cell::text(decision.id.to_string()).from_source(&decision.origin),
        Cell::text(&decision.title),
        Cell::maybe_text(decision.initiative.as_ref().map(ToString::to_string)),
        Cell::text(status),
        rag.map_or_else(|| Cell::not_available(if open { "no date given" } else { "not open" }), |rag| Value::Rag(rag).into()),
        Value::Date(decision.raised).into(),
        Cell::date(decision.needed_by),
        whole(open.then(|| (as_of - decision.raised).num_days())),
        whole(left.map(|left| (-left).max(0))),
        Cell::maybe_text(decision.options.as_ref()),
        Cell::maybe_text(decision.decision.as_ref()),
        if decision.made_by.is_some() { Cell::text(context.person(decision.made_by.as_ref())) } else { Cell::blank() },
        Cell::maybe_text(concerns(context, decision)),
        Cell::date(decision.decided_on),
    ]
}

/// The initiative's name and what else the decision is about.
fn concerns(context: &Context<'_>, decision: &Decision) -> Option<String> {
    let name = decision.initiative.as_ref().map(|id| context.name_of(id));
    let parts: Vec<String> = name.into_iter().chain(decision.items.clone()).collect();
    (!parts.is_empty()).then(|| parts.join(": "))
}

/// The open ones, by the date they are needed by.
#[must_use]
pub fn few(detail: &Table) -> Table {
    let open = |row: &usize| detail.rows[*row][3].result() == &Value::Text("open".into());
    let rows: Vec<usize> = (0..detail.rows.len()).filter(open).take(MOST).collect();
    let date = |header: &str| (Column::new(header, Kind::Date).wide(FIGURE), header.to_string());
    let days = |words: &str, header: &str| (Column::new(words, Kind::Days).wide(FIGURE), header.to_string());
    let shown = vec![
        (Column::new("Title", Kind::Prose).wide(NAME), "Title".to_string()),
        (Column::new("RAG", Kind::Rag), "RAG".into()),
        date("Raised"),
        date("Needed by"),
        days("Age", "Age (days)"),
        days("Overdue", "Overdue (days)"),
        (Column::new("Options", Kind::Prose).wide(WORDS), "Options".into()),
        (Column::new("Concerns", Kind::Prose).wide(WORDS), "Concerns".into()),
        (Column::new("Initiative", Kind::Prose).wide(OWNER), "Initiative".into()),
    ];
    pick("tbl_exec_decisions", Column::new("Decision", Kind::Prose).wide(KEY), detail, &rows, shown)
        .when_empty("No decision is waiting.")
}
