//! A few rows of the detail tables: finishes, what is next, hand-overs, and the decisions that wait.

use crate::analysis::decisions::SOON_DAYS;
use crate::analysis::interdependency::LinkHealth;
use crate::model::governance::{Decision, DecisionStatus};
use crate::model::initiative::Rag;
use crate::report::book::{Book, Cell, Column, Kind, Mark, Table, Value, this_row};
use crate::report::master_execution_plan::outline::Outline;
use crate::report::master_execution_plan::{initiatives, interdependency, milestones};
use crate::report::parts::message::{FIGURE, KEY, NAME, OWNER, WORDS};
use crate::report::parts::pick::pick;

/// Most rows of a table.
const MOST: usize = 8;

/// The tables with their headings, in order.
#[must_use]
pub fn tables(outline: &Outline<'_>, detail: &Book) -> Vec<(&'static str, Table)> {
    let of = |name: &str, few: &dyn Fn(&Table) -> Table| detail.table(name).map(few);
    let all = [
        ("Finish of each initiative", of(initiatives::TABLE, &finishes)),
        ("Next milestones, gates and reviews", of(milestones::TABLE, &next)),
        (
            "Hand-overs between initiatives: late, at risk or not agreed",
            of(interdependency::LINKS, &|table| handovers(outline, table)),
        ),
        ("Decisions needed", Some(decisions(outline))),
    ];
    all.into_iter().filter_map(|(heading, table)| Some((heading, table?))).collect()
}

fn key(words: &str) -> Column {
    Column::new(words, Kind::Prose).wide(KEY)
}

fn date(words: &str, header: &str) -> (Column, String) {
    (Column::new(words, Kind::Date).wide(FIGURE), header.to_string())
}

fn days(words: &str, header: &str, more_is_good: bool) -> (Column, String) {
    (Column::new(words, Kind::Days).wide(FIGURE).mark(Mark::Variance { more_is_good }), header.to_string())
}

fn words(words: &str, header: &str, width: u16) -> (Column, String) {
    (Column::new(words, Kind::Prose).wide(width), header.to_string())
}

fn rag(header: &str) -> (Column, String) {
    (Column::new("RAG", Kind::Rag).wide(9), header.to_string())
}

/// Every initiative.
fn finishes(detail: &Table) -> Table {
    let rows: Vec<usize> = (0..detail.rows.len()).collect();
    let shown = vec![
        words("Name", "Name", NAME),
        rag("Schedule"),
        date("Finish", "Finish"),
        days("Late", "Late (days)", false),
        date("Must finish by", "Must finish by"),
        days("Least float", "Least float (days)", true),
        words("Finish held by", "Finish held by", WORDS),
        words("Next point", "Next point", WORDS),
        words("Owner", "Owner", OWNER),
    ];
    pick("tbl_exec_finishes", key("Initiative"), detail, &rows, shown).when_empty("The portfolio has no initiatives.")
}

/// The next points ahead, by date; celebrations stand on their own sheet.
fn next(detail: &Table) -> Table {
    let state = detail.position("State");
    let kind = detail.position("Kind");
    let holds = |row: usize, at: Option<usize>, word: &str| {
        at.is_some_and(|at| detail.rows[row][at].result() == &Value::Text(word.into()))
    };
    let ahead = |row: &usize| holds(*row, state, "ahead") && !holds(*row, kind, "celebration");
    let rows: Vec<usize> = (0..detail.rows.len()).filter(ahead).take(MOST).collect();
    let shown = vec![
        words("Name", "Name", NAME),
        rag("RAG"),
        date("Baseline", "Baseline"),
        date("Forecast", "Date"),
        days("Late", "Late (days)", false),
        days("Float", "Float (days)", true),
        words("Why then", "Why then", WORDS),
        words("Kind", "Kind", WORDS),
        words("Owner", "Owner", OWNER),
    ];
    pick("tbl_exec_points", key("Point"), detail, &rows, shown).when_empty("No milestone is ahead.")
}

/// Hand-overs that need somebody's attention; the detail is in the same order.
fn handovers(outline: &Outline<'_>, detail: &Table) -> Table {
    let ordered = interdependency::ordered(outline);
    let needs = |row: &usize| !matches!(ordered[*row].status, LinkHealth::Met | LinkHealth::OnTrack);
    let rows: Vec<usize> = (0..detail.rows.len().min(ordered.len())).filter(needs).take(MOST).collect();
    let shown = vec![
        words("What is handed over", "What is handed over", NAME),
        (Column::text("Status").wide(9), "Status".into()),
        date("Needed", "Needed"),
        date("Promised", "Promised"),
        date("Forecast", "Forecast"),
        days("Float", "Float (days)", true),
        words("Why", "Why", WORDS),
        words("What waits for it", "What waits for it", WORDS),
        words("Giver owner", "Giver owner", OWNER),
    ];
    pick("tbl_exec_handovers", key("Link"), detail, &rows, shown).when_empty("Every hand-over is agreed and on track.")
}

/// Open decisions, by the date they are needed by.
fn decisions(outline: &Outline<'_>) -> Table {
    const TABLE: &str = "tbl_exec_decisions";
    let mut open: Vec<&Decision> =
        outline.portfolio().decisions.iter().filter(|each| each.status == DecisionStatus::Open).collect();
    open.sort_by_key(|each| (each.needed_by.is_none(), each.needed_by, each.id.clone()));
    let columns = vec![
        key("Decision"),
        Column::new("Title", Kind::Prose).wide(NAME),
        Column::new("RAG", Kind::Rag).wide(9),
        Column::new("Raised", Kind::Date).wide(FIGURE),
        Column::new("Needed by", Kind::Date).wide(FIGURE),
        Column::new("Age", Kind::Days).wide(FIGURE).formula(format!("as_of-{}", this_row(TABLE, "Raised"))),
        Column::new("Overdue", Kind::Days).wide(FIGURE).mark(Mark::Variance { more_is_good: false }),
        Column::new("Options", Kind::Prose).wide(WORDS),
        Column::new("Concerns", Kind::Prose).wide(WORDS),
        Column::new("Initiative", Kind::Prose).wide(OWNER),
    ];
    let rows = open.into_iter().take(MOST).map(|decision| decision_row(outline, TABLE, decision));
    Table::new(TABLE, columns).rows(rows.collect()).when_empty("No decision is waiting.")
}

fn decision_row(outline: &Outline<'_>, table: &str, decision: &Decision) -> Vec<Cell> {
    let as_of = outline.context.as_of();
    let left = decision.needed_by.map(|day| (day - as_of).num_days());
    let rag = left.map(|left| match left {
        past if past < 0 => Rag::Red,
        soon if soon <= SOON_DAYS => Rag::Amber,
        _ => Rag::Green,
    });
    let overdue = format!("MAX(0,as_of-{})", this_row(table, "Needed by"));
    vec![
        Cell::text(decision.id.to_string()).from_source(&decision.origin),
        Cell::text(&decision.title),
        rag.map_or_else(|| Cell::not_available("no date is given"), |rag| Value::Rag(rag).into()),
        Value::Date(decision.raised).into(),
        Cell::date(decision.needed_by),
        Value::Integer((as_of - decision.raised).num_days()).into(),
        left.map_or_else(Cell::blank, |left| Cell::formula(overdue, Value::Integer((-left).max(0)))),
        Cell::maybe_text(decision.options.as_ref()),
        Cell::maybe_text(decision.items.as_ref()),
        Cell::maybe_text(decision.initiative.as_ref().map(ToString::to_string)),
    ]
}
