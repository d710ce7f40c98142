//! Tidy results: one table a result, one column a variable, one row an observation, the same numbers as the workbooks.
//!
//! Promises: a column holds one type and says what it means; an unknown is none, never zero, with its reason in a column
//! of its own where a reader would ask; rows come in a fixed order. Writes no files.

mod table;

pub use table::{TidyColumn, TidyTable, TidyTableBuilder, Values};

use crate::report::ReportInput;
use crate::report::headline;

/// Every tidy result of a run, in the order of their names.
#[must_use]
pub fn tables(input: &ReportInput<'_>) -> Vec<TidyTable> {
    vec![headline::tidy(&headline::headlines(input))]
}
