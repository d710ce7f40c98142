//! The workbooks of the sample portfolio.

use crate::sample::prepared;
use std::sync::LazyLock;
use throughline::report;
use throughline::report::book::Book;

/// Every workbook that a run on the sample writes.
pub fn books() -> Vec<Book> {
    static BOOKS: LazyLock<Vec<Book>> = LazyLock::new(|| report::books(&prepared().report_input()));
    BOOKS.clone()
}
