//! About: which run this is, what it read, whether its checks hold, and how to read the signs.

use super::outline::Outline;
use super::{checks, gantt};
use crate::base::finding::Severity;
use crate::report::book::{Band, Book, Cell, Column, DefinedName, Kind, Sheet, Table, Value};
use crate::report::parts::{Check, about};

/// The as-of date, as a date that formulas can use.
const AS_OF: &str = "tbl_as_of";
const WHAT: &str = "The Master Execution Plan: every initiative's work with its dates, what drives them, who owns them, how they \
    stand against the baseline, and how far the plan can be trusted. Dates, floats and paths come from the scheduling engine under \
    the run id below; counts, totals and differences are live formulas over the tables of this workbook, counted again on the \
    Checks sheet.";

/// The page. `book` holds the pages that its checks look at.
#[must_use]
pub fn sheet(outline: &Outline<'_>, book: &Book) -> Sheet {
    let input = outline.context.input;
    let held = book.table(checks::TABLE).is_some_and(|table| {
        let verdict = table.position("Verdict");
        verdict.is_some_and(|at| table.rows.iter().all(|row| row[at].result() == &Value::Text("ok".into())))
    });
    let errors = input.findings.count(Severity::Error);
    let checks = vec![
        Check {
            name: "Counts agree with the engine".into(),
            result: Cell::formula(checks::verdict_formula(), Value::Text(if held { "ok" } else { "fault" }.into())),
            detail: "Every line of the Checks sheet.".into(),
        },
        Check {
            name: "Errors in the inputs".into(),
            result: Cell::text(if errors == 0 { "ok" } else { "look" }),
            detail: format!("{errors} errors; each with its cell in the Data Quality workbook."),
        },
    ];
    about(input.run, &format!("{}: Master Execution Plan", input.run.portfolio), WHAT, checks)
        .band(Band::headed("How to read the bars", vec![gantt::legend().into()]))
        .block(as_of(outline))
}

/// The as-of date in a table of its own, so that it stays a date.
fn as_of(outline: &Outline<'_>) -> Table {
    let columns = vec![Column::new("As of", Kind::Date), Column::new("Data date of the schedule", Kind::Moment)];
    let data_date = outline.portfolio().data_date;
    Table::new(AS_OF, columns).rows(vec![vec![Value::Date(outline.context.as_of()).into(), Value::Moment(data_date).into()]])
}

/// Names that formulas use: the as-of date.
#[must_use]
pub fn names() -> Vec<DefinedName> {
    vec![DefinedName { name: "as_of".into(), table: AS_OF.into(), row: 0, column: "As of".into() }]
}
