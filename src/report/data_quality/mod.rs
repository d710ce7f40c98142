//! The Data Quality workbook: every finding with the way to its cell, the rows held back as they were, what was skipped
//! and why, and the control totals. It can be sent to the owners of the inputs as it is.

mod findings;
mod places;
mod summary;
mod totals;

use crate::base::finding::Findings;
use crate::base::run::RunFacts;
use crate::report::ReportInput;
use crate::report::book::{Book, Cell, Value};
use crate::report::parts::{Check, about, stamp, with_contents};
use crate::source::raw::FileFacts;
use crate::table::tables::Tables;

/// What the workbook is made from; less than a whole report needs, so that checking alone can write it.
#[derive(Clone, Copy, Debug)]
pub struct QualityInput<'a> {
    /// Facts of the run.
    pub run: &'a RunFacts,
    /// Files of the inputs folder, read or not.
    pub files: &'a [FileFacts],
    /// Control totals, held-back rows and what became of each sheet.
    pub tables: &'a Tables,
    /// Findings, rolled up and sorted by place.
    pub findings: &'a Findings,
    /// Relative path to the inputs folder, with a trailing `/`; none where cells are not linked.
    pub inputs: Option<&'a str>,
}

impl<'a> From<&'a ReportInput<'a>> for QualityInput<'a> {
    fn from(input: &'a ReportInput<'a>) -> Self {
        Self {
            run: input.run,
            files: input.files,
            tables: input.tables,
            findings: input.findings,
            inputs: input.inputs.as_deref(),
        }
    }
}

const WHAT: &str = "This workbook lists what is wrong or remarkable in the input workbooks, cell by cell, with how to mend it. \
Errors keep a value or a row out of the figures; warnings were used and want a look. Filter the Findings sheet by owner to send \
each owner their own list. Links open the source cell, as long as this workbook stays where it was written.";

/// The workbook.
#[must_use]
pub fn book(input: &QualityInput<'_>) -> Book {
    let book = Book::new("Data Quality", "Data Quality", stamp(input.run));
    let book = input.inputs.iter().fold(book, |book, path| book.inputs(*path));
    let book = book
        .sheet(about(input.run, "Data Quality", WHAT, checks(input)))
        .sheet(summary::sheet(input))
        .sheet(findings::sheet(input.findings))
        .sheet(places::quarantine(&input.tables.quarantine))
        .sheet(places::files(input.files))
        .sheet(places::sheets(&input.tables.sheets))
        .sheet(totals::sheet(&input.tables.control_totals));
    with_contents(book)
}

fn checks(input: &QualityInput<'_>) -> Vec<Check> {
    let check = |name: &str, formula: &str, good: bool, bad: &str, detail: &str| Check {
        name: name.to_string(),
        result: Cell::formula(formula, Value::Text((if good { "ok" } else { bad }).to_string())),
        detail: detail.to_string(),
    };
    let totals = &input.tables.control_totals;
    vec![
        check(
            "Rows add up",
            "IF(AND(MAX(tbl_control_rows[Residual])=0,MIN(tbl_control_rows[Residual])=0),\"ok\",\"fault\")",
            totals.iter().all(|total| total.residual() == 0),
            "fault",
            "Rows seen on every sheet = accepted + held back + blank + totals + declared to be no data.",
        ),
        check(
            "Money adds up",
            "IF(AND(MAX(tbl_control_money[Residual])=0,MIN(tbl_control_money[Residual])=0),\"ok\",\"fault\")",
            totals.iter().flat_map(|total| &total.money).all(|money| money.seen == money.accepted + money.quarantined),
            "fault",
            "Amounts seen on every sheet = accepted + held back, in each currency.",
        ),
        check(
            "Nothing to mend",
            "IF(SUMIFS(tbl_findings[Times],tbl_findings[Severity],\"error\")=0,\"ok\",\"look\")",
            input.findings.count(crate::base::finding::Severity::Error) == 0,
            "look",
            "No error findings. Where there are some, the figures leave out what the Quarantine sheet holds.",
        ),
    ]
}
