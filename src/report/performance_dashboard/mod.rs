//! The Performance Dashboard: where the portfolio stands, on one page, and the pages behind it.

use crate::report::ReportInput;
use crate::report::book::{Book, Sheet, Stamp};

/// The workbook.
#[must_use]
pub fn book(input: &ReportInput<'_>) -> Book {
    let run = input.run;
    let stamp = Stamp {
        portfolio: run.portfolio.clone(),
        as_of: Some(run.as_of),
        run_id: Some(run.run_id.clone()),
        version: run.version.clone(),
    };
    let book = Book::new("performance-dashboard", "Performance Dashboard", stamp);
    let book = input.inputs.iter().fold(book, |book, path| book.inputs(path.clone()));
    book.sheet(Sheet::page("About", "About this workbook"))
}
